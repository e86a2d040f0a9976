/* recodec.h : which encoding are these bytes in?
 *
 *  The core knows nothing of Python, allocates nothing, keeps no global state but one atomic
 *  pointer (the chosen kernels), and is thread-safe as long as one detector is used by one thread
 *  at a time. All sizes are in bytes; results are `int`, negative means error.
 *
 *  Simple      rcd_detect()                     one buffer in, one answer out
 *  Streaming   rcd_detector_init/feed/finish    any split gives the answer of one shot
 *  Lookups     rcd_charset_*, rcd_language_*    what the numbers in an answer mean
 *  Conversion  recodec_convert.h                bytes to text, text to bytes
 */
#ifndef RECODEC_H
#define RECODEC_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef RCD_API
#define RCD_API
#endif

/* Return codes. Errors are negative. */
#define RCD_MORE 0        /* more input may still change the answer */
#define RCD_DONE 1        /* no further input can change the answer; feeding more is allowed */
#define RCD_E_MEMORY (-1) /* the memory handed over is too small or not aligned to 16 bytes */
#define RCD_E_STATE (-2)  /* fed after the end; rcd_detector_init() starts anew */
#define RCD_E_OPTION (-3) /* an option is out of its range */

/* How an answer was found (rcd_result.source). */
enum rcd_source {
    RCD_SOURCE_EMPTY = 0,     /* there were no bytes */
    RCD_SOURCE_BOM = 1,       /* a byte order mark */
    RCD_SOURCE_STRUCTURE = 2, /* ASCII, valid UTF-8, escape sequences, UTF-16/32 by their lanes */
    RCD_SOURCE_DECLARED = 3,  /* a declared label that fits the bytes */
    RCD_SOURCE_MODEL = 4,     /* automata and language models */
    RCD_SOURCE_FALLBACK = 5,  /* nothing fits well: the least bad reading */
    RCD_SOURCE_BINARY = 6     /* not text */
};

#define RCD_CANDIDATES 8 /* length of rcd_result.candidate */
#define RCD_REJECTIONS 8 /* length of rcd_result.rejected */

/* What the caller may say beforehand. All zero is the default. */
typedef struct {
    const uint8_t *allow; /* rcd_charset_count() + 1 flags by id, 1 = may be answered; NULL = all */
    uint16_t declared;    /* charset id from a header such as Content-Type; 0 = none */
    uint16_t language;    /* language id expected; 0 = any */
    uint8_t exact;        /* 1 = name the narrowest charset, not its superset */
    uint8_t sample;       /* 1 = the input is a cut sample: a broken last character is no evidence */
    uint8_t later;        /* 1 = one shot may leave the language untold, see RCD_LATER */
    uint8_t reserved;     /* must be 0 */
} rcd_options;

/* An rcd_result.language that rcd_detect() left untold because it was allowed to, the input was at
 * most RCD_LATER_SIZE bytes long and the charset needs no language to be told. The same call without
 * `later` gives the whole answer; of this one charset, bom_len and confidence are what they will be. */
#define RCD_LATER 65535
#define RCD_LATER_SIZE 4096

typedef struct {
    uint16_t charset;    /* charset id, never 0 */
    uint16_t language;   /* language id, 0 = none told */
    uint32_t confidence; /* probability in millionths, 0 .. 1000000 */
    int32_t score;       /* cost over the best in tenths of a bit, 0 for the best */
    uint32_t each;       /* tenths of a bit that a byte costs which charsets read otherwise;
                          * at most 40 where the declared charset reads the text so, more
                          * where the best's is hardly used for the language */
    uint16_t places;     /* bytes with their neighbours that it reads otherwise than the best, each
                            counted once, at most 16 */
    uint16_t reserved;   /* 0 */
    int32_t told;        /* tenths of a bit of the score that are from the text, and not from one
                            charset being commoner than another */
} rcd_candidate;

/* A charset that the bytes rule out by their structure. */
typedef struct {
    uint64_t offset;  /* of the first sequence that it has no character for */
    uint16_t charset; /* the widest of its family */
    uint16_t reserved[3];
} rcd_rejection;

typedef struct {
    uint16_t charset;         /* the answer; 0 = binary */
    uint16_t language;        /* language id, 0 = none told */
    uint8_t source;           /* enum rcd_source */
    uint8_t bom_len;          /* bytes of the byte order mark the input starts with */
    uint8_t binary_kind;      /* enum of rcd_binary.h, see rcd_binary_name() */
    uint8_t count;            /* candidates filled in */
    uint32_t confidence;      /* probability in millionths */
    uint16_t declared;        /* charset id of the label found in the bytes, 0 = none */
    uint16_t declared_kind;   /* where it stood: enum rcd_declared_kind */
    uint32_t declared_offset; /* bytes from the start to the label */
    uint32_t declared_len;    /* bytes of the label */
    uint16_t double_encoded;  /* charset that this UTF-8 was misread in before it was written as
                                 UTF-8 again, 0 = none; told from the text that is scored */
    uint8_t mixed;            /* 1 = lines of the text that is scored are in different encodings */
    uint8_t rejections;       /* entries of `rejected` filled in */
    uint64_t length;          /* bytes seen */
    uint64_t valid_up_to;     /* first byte that does not decode; == length when all does */
    uint64_t bad;             /* ill-formed sequences when valid_up_to < length */
    uint64_t non_ascii;       /* bytes 0x80..0xFF seen */
    rcd_candidate candidate[RCD_CANDIDATES]; /* best first, one per different reading */
    rcd_rejection rejected[RCD_REJECTIONS];  /* in the order of the families */
} rcd_result;

typedef struct rcd_detector rcd_detector;

/* rcd_detector_size() :
 *  Bytes of memory one detector needs. Constant for a build, below 1 MiB. */
RCD_API size_t rcd_detector_size(void);

/* rcd_detector_init() :
 *  Makes a detector in `mem` (at least rcd_detector_size() bytes, aligned to 16; need not be
 *  cleared) and copies `opt` (NULL = defaults; opt->allow must stay readable while used).
 *  @return RCD_MORE, or RCD_E_MEMORY, RCD_E_OPTION with `mem` untouched. */
RCD_API int rcd_detector_init(void *mem, size_t mem_len, const rcd_options *opt);

/* rcd_detector_feed() :
 *  Adds `len` bytes to the stream. Never allocates, never reads past data[len-1].
 *  Where the input is cut does not matter: any split gives the same answer.
 *  @return RCD_MORE, RCD_DONE, or RCD_E_STATE after rcd_detector_finish(). */
RCD_API int rcd_detector_feed(rcd_detector *d, const uint8_t *data, size_t len);

/* rcd_detector_peek() :
 *  Answers for the bytes so far, as if the rest were still to come: a character cut at the end is
 *  no evidence. Feeding may go on. Not cheap: it runs the models. */
RCD_API int rcd_detector_peek(rcd_detector *d, rcd_result *out);

/* rcd_detector_finish() :
 *  Answers for all bytes fed. Calling it again gives the same answer. */
RCD_API int rcd_detector_finish(rcd_detector *d, rcd_result *out);

/* rcd_detect() :
 *  One shot: the answer of init + feed + finish in memory `mem` (see rcd_detector_init()), but
 *  allowed to skip work that cannot change the answer. `data` may be NULL when len is 0.
 *  @return 0, or RCD_E_MEMORY / RCD_E_OPTION with `out` untouched. */
RCD_API int rcd_detect(void *mem, size_t mem_len, const uint8_t *data, size_t len,
                       const rcd_options *opt, rcd_result *out);
/* rcd_settled() :
 *  Text whose encoding takes no more than a look at its bytes, ASCII and UTF-8 for the most part: what
 *  rcd_detect() answers without options, at a tenth of the price. Everything else that it says, the
 *  language first of all, is for rcd_detect() to find out.
 *  @return charset id << RCD_SETTLED_SHIFT | confidence in millionths, 0 when it takes more. */
#define RCD_SETTLED_SHIFT 20
RCD_API uint32_t rcd_settled(const uint8_t *data, size_t len);

/* rcd_detect_each() :
 *  rcd_detect() for `count` inputs that stand one after the other in `data`, input i len[i] bytes long.
 *  Where opt->later leaves all but encoding and confidence for later, settled[i] is these, as of
 *  rcd_settled(); else it is 0, and the answer for input i the next in `out` (room for `count`).
 *  @return answers in `out`, or RCD_E_MEMORY / RCD_E_OPTION. */
RCD_API int rcd_detect_each(void *mem, size_t mem_len, const uint8_t *data, const size_t *len,
                            size_t count, const rcd_options *opt, uint32_t *settled,
                            rcd_result *out);

/* rcd_weigh_lines() :
 *  What each line of a text costs in each of some languages (ids; 0 = in the best of all), in tenths
 *  of a bit: cost[line * languages + k]. Only the words with a character beyond ASCII are read; U+FFFD
 *  is 25 bits. Lines end after LF, and after CR where no LF follows; `lines` are read at most.
 *  The same bytes read in two charsets are likelier to be in the one that makes them cheaper.
 *  @return lines read, or RCD_E_OPTION for no or too many languages and ids out of range. */
#define RCD_WEIGH_LANGUAGES 8
RCD_API int rcd_weigh_lines(const uint32_t *text, size_t len, const uint16_t *language,
                            size_t languages, int32_t *cost, size_t lines);

/* rcd_own_costs() :
 *  own[line] = what rcd_weigh_lines() says a line costs in the first of the languages, or where that is
 *  less, in another of them and `further`; `most` at most. */
RCD_API void rcd_own_costs(const int32_t *cost, size_t languages, size_t lines, int32_t further,
                           int32_t most, int32_t *own);

/* rcd_scan_lines() :
 *  The lines of a text that are not ASCII or have an escape of ISO 2022 (ESC $), as many as `out` has
 *  room for; lines end after LF, and after CR where no LF follows. A line with `solid` characters of
 *  UTF-8 beyond ASCII and nothing that is none is solid; those that follow each other count as one
 *  line, and so do ASCII lines between them. Half a surrogate pair is a character here.
 *  @return lines in `out` */
enum { RCD_LINES_OPEN, RCD_LINES_UTF8, RCD_LINES_SOLID };
typedef struct {
    int64_t start, end; /* in bytes */
    int64_t high;       /* bytes from 0x80 on */
    int64_t words; /* bytes of the words that have one of these */
    int64_t kind;
} rcd_scanned;
RCD_API size_t rcd_scan_lines(const uint8_t *data, size_t len, uint64_t solid, rcd_scanned *out,
                              size_t room);

/* rcd_cheapest() :
 *  The cheapest way through lines of which line i costs cost[k][i] in way k: a change of way between
 *  two lines costs `change`, and so does one from `came`, the way before the first, unless that is
 *  negative. A change stands as late as it can where that costs no more. `back` is room for
 *  lines * ways bytes, `out` for lines + 1 stretches, which follow each other.
 *  @return what it costs, or RCD_E_OPTION for no or too many ways or too many lines. */
#define RCD_CHEAPEST_WAYS 16
typedef struct {
    uint32_t end; /* the line after the last one of the stretch */
    uint32_t way;
} rcd_stretch;
RCD_API int64_t rcd_cheapest(const int32_t *const *cost, size_t ways, size_t lines, int32_t change,
                             int came, uint8_t *back, rcd_stretch *out, size_t *stretches);

/* Charsets. Ids run from 1 to rcd_charset_count(); 0 is none. */
RCD_API int rcd_charset_count(void);
/* Canonical name, a static string; "" for an id out of range. */
RCD_API const char *rcd_charset_name(int id);
/* Id of the charset that a label (HTML, XML, MIME ...) declares: what the web means by it where that
 * differs, so "iso-8859-1" is cp1252. Only ASCII letters and digits count, in either case. With a byte
 * from 0x80, a NUL, or more than 48 letters and digits it is unknown. `label` may be NULL when len is
 * 0. @return id; 0 = unknown */
RCD_API int rcd_charset_from_label(const uint8_t *label, size_t len);
/* 256 code points of a single-byte charset, 0xFFFF where nothing is assigned; NULL for others. */
RCD_API const uint16_t *rcd_single_byte_table(int id);

/* Languages. Ids run from 1 to rcd_language_count(); the name is a BCP 47 tag. */
RCD_API int rcd_language_count(void);
RCD_API const char *rcd_language_name(int id);

/* What a binary_kind says ("png", "zip", "data" ...); "" for 0 or out of range. */
RCD_API const char *rcd_binary_name(int kind);

/* Kernels: "avx512", "avx2", "ssse3", "sse2", "neon", "scalar". Forcing is for tests: all give the same
 * answers.
 *  rcd_kernel_force(NULL) goes back to the best. @return 0, or RCD_E_OPTION when not available. */
RCD_API const char *rcd_kernel_name(void);
RCD_API int rcd_kernel_force(const char *name);

#ifdef __cplusplus
}
#endif

#endif /* RECODEC_H */
