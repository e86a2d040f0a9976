/* recodec_convert.h : from bytes to text and back, by tables and by kernels.
 *
 *  A table is expanded (rcd_table_*), laid out as a map of one direction (rcd_map_build()), and
 *  handed to rcd_convert(). Memory is the caller's throughout. A conversion stops at what is wrong
 *  and says why; what to do about it is the caller's policy, and another call goes on behind it.
 */
#ifndef RECODEC_CONVERT_H
#define RECODEC_CONVERT_H

#include "recodec.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Conversion tables: packed in the module, expanded on request into memory of the caller's. */
#define RCD_TABLE_REFERENCES 3
#define RCD_TABLE_NONE 65535     /* a reference that is not there */
#define RCD_TABLE_SEQUENCE 1114112 /* texts from here on are numbers of sequences, plus this */
#define RCD_TABLE_SCRATCH 2500000   /* bytes of working memory that rcd_table_expand() wants */

/* What one code stands for. */
typedef struct {
    uint64_t code;  /* its bytes, the first one highest */
    uint32_t text;  /* a code point, or a sequence */
    uint8_t length; /* bytes of the code, 1..8 */
    uint8_t flag;   /* 0 both ways, 3 decode only; 1 encode as a fallback, 4 encode always */
    uint16_t reserved;
} rcd_mapping;

typedef struct {
    uint32_t decode; /* mappings with flags 0 and 3, by length and code */
    uint32_t encode; /* mappings with flags 1 and 4, by text */
    uint16_t reference[RCD_TABLE_REFERENCES]; /* tables to expand beforehand */
    uint16_t texts; /* sequences of the caller's own; 0 in a table of ours */
} rcd_table_shape;

/* The two lists of an expanded table. `texts` are the code points, zeros behind the last, of the
 * sequences numbered after those of rcd_table_sequence(); only tables of the caller's have some. */
typedef struct {
    rcd_mapping *decode;
    rcd_mapping *encode;
    const uint32_t (*texts)[4];
} rcd_table;

/* Tables are numbered from 0 and sorted by name ("cp932", "big5@whatwg"). */
RCD_API int rcd_table_count(void);
RCD_API const char *rcd_table_name(int table); /* "" out of range */
RCD_API int rcd_table_find(const char *name);  /* RCD_E_OPTION when there is none */
RCD_API int rcd_table_measure(int table, rcd_table_shape *out);
/* Code points of a sequence (its text less RCD_TABLE_SEQUENCE): writes up to 4, returns how many. */
RCD_API int rcd_table_sequence(uint32_t sequence, uint32_t out[4]);

/* rcd_table_expand() :
 *  Fills the lists of `out`, which have the lengths that rcd_table_measure() tells. `reference`
 *  are the expanded tables it names, in its order; `scratch` is RCD_TABLE_SCRATCH bytes, aligned
 *  to 16, that need not be cleared.
 *  @return 0, or RCD_E_OPTION for a table out of range. */
RCD_API int rcd_table_expand(int table, const rcd_table reference[RCD_TABLE_REFERENCES],
                             void *scratch, const rcd_table *out);

/* Conversion maps: one direction of one table, laid out for the kernels, in memory of the caller's.
 * rcd_map_build() with `mem` NULL tells the bytes that it takes; otherwise `mem` holds as many,
 * aligned to 16. The lists of `table` have the lengths of `shape` and may go afterwards. */
enum rcd_map_kind {
    RCD_MAP_DECODE_UTF8 = 0, /* bytes to UTF-8 */
    RCD_MAP_DECODE_UTF16 = 1, /* bytes to UTF-16, little endian */
    RCD_MAP_ENCODE = 2       /* UTF-8 or UTF-16 to bytes */
};
#define RCD_MAP_FALLBACKS 1 /* encode with flag 1 too */
#define RCD_MAP_LINEAR 2    /* U+10000 and above by the formula of GB 18030 */
RCD_API size_t rcd_map_build(int kind, int options, const rcd_table_shape *shape,
                             const rcd_table *table, void *mem);

/* Why a conversion stopped. */
enum rcd_stop_kind {
    RCD_STOP_END = 0,      /* all input is converted */
    RCD_STOP_OUTPUT = 1,   /* the output has no room for the next character */
    RCD_STOP_CUT = 2,      /* the input ends within a character */
    RCD_STOP_ILLEGAL = 3,  /* the input has no such code */
    RCD_STOP_UNENCODABLE = 4 /* the target has no such character */
};

typedef struct {
    size_t consumed; /* input bytes: up to the character it stopped at */
    size_t produced; /* output bytes */
    uint32_t kind;   /* enum rcd_stop_kind */
    uint32_t length; /* bytes of the input that are cut, illegal or unencodable */
} rcd_stop;

/* Forms of text on either side of a conversion. */
enum rcd_form {
    RCD_FORM_TABLE = 0,   /* by a map */
    RCD_FORM_UTF8 = 1,
    RCD_FORM_UTF16LE = 2,
    RCD_FORM_UTF16BE = 3,
    RCD_FORM_UTF32LE = 4,
    RCD_FORM_UTF32BE = 5,
    RCD_FORM_LATIN1 = 6
};

/* rcd_convert() :
 *  Converts as much as it can and says where and why it stopped; call again from there with what
 *  is left. `from_map` is the RCD_MAP_DECODE_UTF8 map of a table (RCD_MAP_DECODE_UTF16 when `to` is
 *  UTF-16 LE), `to_map` an encoding one; NULL for other forms. With `final` 0 a character that may
 *  be one with the next (U+304B and U+309A in JIS X 0213) is held back as cut. Never reads behind
 *  data[len-1] nor writes behind out[cap-1]. Bytes of `out` behind `produced` may be overwritten.
 *  @return 0, or RCD_E_OPTION for forms it does not know. */
RCD_API int rcd_convert(int from, const void *from_map, int to, const void *to_map, int final,
                        const uint8_t *data, size_t len, uint8_t *out, size_t cap, rcd_stop *stop);

/* rcd_convert_brief() :
 *  As rcd_convert(), which takes `way` in front of `final`, for input that is clean as a rule.
 *  @return 16 times the bytes produced, plus the bytes (under 16) that are held back as cut; or
 *  RCD_E_OPTION where it would have stopped for another reason. */
typedef struct { const void *from_map; const void *to_map; int from; int to; } rcd_way;
RCD_API int64_t rcd_convert_brief(const rcd_way *way, int final, const uint8_t *data, size_t len,
                                  uint8_t *out, size_t cap);

/* rcd_convert_iso2022jp() :
 *  ISO-2022-JP to UTF-8 or UTF-16 LE (`form`) with the decoding map, or from it with the encoding
 *  map, of JIS X 0208 in the form that EUC-JP has. *state is 0 at the start, and what the call
 *  before left. Otherwise as rcd_convert(); what only a full codec reads or writes stops it as
 *  illegal or unencodable. With `final` the output ends in ASCII. */
RCD_API int rcd_convert_iso2022jp(int form, const void *decode_map, const void *encode_map,
                                  uint32_t *state, int final, const uint8_t *data, size_t len,
                                  uint8_t *out, size_t cap, rcd_stop *stop);

/* Schemes: encodings whose bytes mean something by what stands before them, or that count where
 * others look up. A scheme is described by the caller; sets are maps of their codes, in ISO 2022
 * with the high bits off. */
#define RCD_SETS 32
#define RCD_STATE_WORDS 3
#define RCD_NO_SET 255

enum rcd_scheme_kind {
    RCD_SCHEME_ISO2022 = 0,    /* designations and shifts between sets (ECMA-35) */
    RCD_SCHEME_MIXED = 1,      /* mixed-byte EBCDIC: set 0 has single bytes, set 1 pairs */
    RCD_SCHEME_UTF7_IMAP = 2,  /* RFC 3501, 5.1.3 */
    RCD_SCHEME_CESU8 = 3,      /* UTR 26 */
    RCD_SCHEME_MUTF8 = 4,      /* as Java's data streams */
    RCD_SCHEME_UTF_EBCDIC = 5, /* UTR 16 */
    RCD_SCHEME_SCSU = 6,       /* UTR 6 */
    RCD_SCHEME_BOCU1 = 7,      /* UTN 6 */
    RCD_SCHEME_C99 = 8,        /* ISO C99, 6.4.3 */
    RCD_SCHEME_JAVA = 9,       /* Java Language Specification, 3.3 */
    RCD_SCHEME_ISCII = 10,     /* IS 13194:1991 */
    RCD_SCHEME_UTF7 = 11,      /* RFC 2152 */
    RCD_SCHEME_HZ = 12         /* RFC 1843, set 1 has its pairs */
};

enum rcd_shifts {
    RCD_SHIFTS_PLAIN = 0,  /* SO and SI are characters */
    RCD_SHIFTS_SWITCH = 1, /* they switch between G1 and G0 */
    RCD_SHIFTS_ERROR = 2
};

/* ISO 2022: what implementations refuse that else passes, and is left to the codec; all bits. */
enum rcd_care {
    RCD_CARE_CONTROLS = 1, /* controls, space and DEL beside ASCII, the high bit beside pairs, DEL */
    RCD_CARE_GAPS = 2,     /* a designation right in front of ESC, or SO of ESC, SO or SI */
    RCD_CARE_LINES = 4     /* the end of a line that ends a designation, when writing */
};

/* UTF-7: bits by byte: read as it is, written so, needs a hyphen behind a run that it ends. */
#define RCD_UTF7_READ 1
#define RCD_UTF7_WRITTEN 2
#define RCD_UTF7_HYPHEN 4

/* ISCII: bits of the byte before each code of `encode`, whose texts are free of ASCII; the lowest
 * four are a script. FOLLOWS is set where a text that starts with another code goes on so. */
#define RCD_ISCII_ANY 16   /* all scripts have the code */
#define RCD_ISCII_HERE 32  /* written only where the script is in force */
#define RCD_ISCII_FOLLOWS 64

/* An escape sequence and what it calls. */
typedef struct {
    uint8_t length;   /* bytes of `sequence`, which leaves the ESC out */
    uint8_t slot;     /* 0..3 for G0..G3; in rcd_scheme.call RCD_NO_SET: bytes with the high bit */
    uint8_t set;
    uint8_t sequence[5];
} rcd_escape_sequence;

/* Zero where a scheme has no use for a field. Sets are numbered; in ISO 2022 number 0 is ASCII. */
typedef struct {
    uint8_t kind;      /* enum rcd_scheme_kind */
    uint8_t shifts;    /* enum rcd_shifts */
    uint8_t unshifted; /* set that SO calls where none is designated, RCD_NO_SET = it is an error */
    uint8_t spaces;    /* 1 = space and DEL pass within sets of pairs */
    uint8_t high;      /* set that bytes A1..FE are codes of, 0 = none */
    uint8_t right;     /* set that bytes A0..FF are codes of where none is designated into G1 */
    uint8_t designations;
    uint8_t ends_shift; /* 1 = a designation into G0 ends SO */
    uint8_t utf8; /* 1 = ESC % G and ESC % @ go to UTF-8, for what no set has, and back */
    uint8_t care;    /* enum rcd_care */
    uint8_t returns; /* 1 = a carriage return ends a line as well */
    uint8_t direct;  /* C99, Java: bytes below this are read as characters by themselves */
    uint8_t direct_written; /* and characters below this written so */
    uint32_t line_end; /* bits of the state that a line feed clears */
    uint8_t width[RCD_SETS]; /* bytes of a code */
    rcd_escape_sequence header; /* written once, before the first character of G1 */
    rcd_escape_sequence designation[RCD_SETS];
    rcd_escape_sequence call[RCD_SETS]; /* writing: by the first byte of a code of `encode` */
    const void *decode[RCD_SETS]; /* RCD_MAP_DECODE_UTF16 maps; NULL where the conversion stops */
    const void *encode; /* RCD_MAP_ENCODE map; ISO 2022: number of a call, then the code */
    const uint8_t *bytes; /* UTF-EBCDIC: bytes of the intermediate form to bytes, and back: 512;
                             UTF-7: 256 of flags, 256 values of digits or 64, the 64 digits */
} rcd_scheme;

/* rcd_scheme_decode(), rcd_scheme_encode() :
 *  To and from UTF-16 LE, as rcd_convert() but that both leave to the caller what is not in the
 *  middle of clean text: errors, what the end cuts, odd sequences. `state` is all zero at the start
 *  and what the call before left; on stopping it is that in front of input byte `consumed`:
 *  ISO 2022  5 bits each for the sets in G0..G3, then 1 shifted, 1 header written; bit 30 in UTF-8
 *  MIXED     1 = in pairs
 *  HZ        reading: 1 = in pairs; writing: 0 nothing said, 1 ASCII, 2 pairs
 *  UTF-7     2 bits: direct, behind a run, at its start, in it; 3: bits left over; these bits
 *  SCSU      1 bit UTF-16; 3 active window; 18 each: its offset / 16 + 1, or 0 for that of the start
 *  BOCU-1    the code point that differences count from, less U+0040
 *  ISCII     the script in force plus 1, 0 = `unshifted`; `designation` is read, `call` written,
 *            both without ATR; RCD_NO_SET calls that of the start
 *  @return 0, or RCD_E_OPTION for a kind it does not know. */
RCD_API int rcd_scheme_decode(const rcd_scheme *scheme, uint64_t state[RCD_STATE_WORDS],
                              const uint8_t *data, size_t len, uint8_t *out, size_t cap,
                              rcd_stop *stop);
RCD_API int rcd_scheme_encode(const rcd_scheme *scheme, uint64_t state[RCD_STATE_WORDS],
                              const uint8_t *data, size_t len, uint8_t *out, size_t cap,
                              rcd_stop *stop);

/* Length of the longest prefix that is well-formed UTF-8 made of whole characters. */
RCD_API size_t rcd_utf8_prefix(const uint8_t *data, size_t len);

/* How far well-formed UTF-8 leads: its code points, the lines that end in it (by LF, CR or CR LF), and the
 * code points behind the last of these, or all where there is none. */
typedef struct {
    uint64_t characters;
    uint64_t lines;
    uint64_t last;
} rcd_extent;
RCD_API void rcd_utf8_extent(const uint8_t *data, size_t len, rcd_extent *out);

/* How many lines end in the data, by LF, CR or CR LF. */
RCD_API uint64_t rcd_line_ends(const uint8_t *data, size_t len);

/* Which bits are set in any unit of UTF-16 LE; and this one where a unit is a surrogate. */
#define RCD_UTF16_SURROGATES 0x10000u
RCD_API uint32_t rcd_utf16_bits(const uint8_t *data, size_t len);

/* Says that `size` bytes of fresh memory are about to be filled; a hint and no more. */
RCD_API void rcd_advise(void *memory, size_t size);

#ifdef __cplusplus
}
#endif

#endif /* RECODEC_CONVERT_H */
