/* What Python sees of native/include/recodec*.h: declarations only, the contracts stand there.
 * tests/test_binding.py holds the two to each other. */

#define RCD_MORE 0
#define RCD_DONE 1
#define RCD_E_MEMORY -1
#define RCD_E_STATE -2
#define RCD_E_OPTION -3

enum rcd_source {
    RCD_SOURCE_EMPTY = 0,
    RCD_SOURCE_BOM = 1,
    RCD_SOURCE_STRUCTURE = 2,
    RCD_SOURCE_DECLARED = 3,
    RCD_SOURCE_MODEL = 4,
    RCD_SOURCE_FALLBACK = 5,
    RCD_SOURCE_BINARY = 6
};

#define RCD_CANDIDATES 8
#define RCD_REJECTIONS 8

typedef struct {
    const uint8_t *allow;
    uint16_t declared;
    uint16_t language;
    uint8_t exact;
    uint8_t sample;
    uint8_t later;
    uint8_t reserved;
} rcd_options;

#define RCD_LATER 65535
#define RCD_LATER_SIZE 4096

typedef struct {
    uint16_t charset;
    uint16_t language;
    uint32_t confidence;
    int32_t score;
    uint32_t each;
    uint16_t places;
    uint16_t reserved;
    int32_t told;
} rcd_candidate;

typedef struct {
    uint64_t offset;
    uint16_t charset;
    uint16_t reserved[3];
} rcd_rejection;

typedef struct {
    uint16_t charset;
    uint16_t language;
    uint8_t source;
    uint8_t bom_len;
    uint8_t binary_kind;
    uint8_t count;
    uint32_t confidence;
    uint16_t declared;
    uint16_t declared_kind;
    uint32_t declared_offset;
    uint32_t declared_len;
    uint16_t double_encoded;
    uint8_t mixed;
    uint8_t rejections;
    uint64_t length;
    uint64_t valid_up_to;
    uint64_t bad;
    uint64_t non_ascii;
    rcd_candidate candidate[RCD_CANDIDATES];
    rcd_rejection rejected[RCD_REJECTIONS];
} rcd_result;

typedef struct rcd_detector rcd_detector;

size_t rcd_detector_size(void);
int rcd_detector_init(void *mem, size_t mem_len, const rcd_options *opt);
int rcd_detector_feed(rcd_detector *d, const uint8_t *data, size_t len);
int rcd_detector_peek(rcd_detector *d, rcd_result *out);
int rcd_detector_finish(rcd_detector *d, rcd_result *out);
int rcd_detect(void *mem, size_t mem_len, const uint8_t *data, size_t len,
               const rcd_options *opt, rcd_result *out);
#define RCD_SETTLED_SHIFT 20
uint32_t rcd_settled(const uint8_t *data, size_t len);
int rcd_detect_each(void *mem, size_t mem_len, const uint8_t *data, const size_t *len,
                    size_t count, const rcd_options *opt, uint32_t *settled, rcd_result *out);
#define RCD_WEIGH_LANGUAGES 8
int rcd_weigh_lines(const uint32_t *text, size_t len, const uint16_t *language, size_t languages,
                    int32_t *cost, size_t lines);
void rcd_own_costs(const int32_t *cost, size_t languages, size_t lines, int32_t further,
                   int32_t most, int32_t *own);
enum { RCD_LINES_OPEN, RCD_LINES_UTF8, RCD_LINES_SOLID };
typedef struct {
    int64_t start, end;
    int64_t high;
    int64_t words;
    int64_t kind;
} rcd_scanned;
size_t rcd_scan_lines(const uint8_t *data, size_t len, uint64_t solid, rcd_scanned *out, size_t room);
#define RCD_CHEAPEST_WAYS 16
typedef struct {
    uint32_t end;
    uint32_t way;
} rcd_stretch;
int64_t rcd_cheapest(const int32_t *const *cost, size_t ways, size_t lines, int32_t change, int came,
                     uint8_t *back, rcd_stretch *out, size_t *stretches);

int rcd_charset_count(void);
const char *rcd_charset_name(int id);
int rcd_charset_from_label(const uint8_t *label, size_t len);
const uint16_t *rcd_single_byte_table(int id);

#define RCD_TABLE_REFERENCES 3
#define RCD_TABLE_NONE 65535
#define RCD_TABLE_SEQUENCE 1114112
#define RCD_TABLE_SCRATCH 2500000

typedef struct {
    uint64_t code;
    uint32_t text;
    uint8_t length;
    uint8_t flag;
    uint16_t reserved;
} rcd_mapping;

typedef struct {
    uint32_t decode;
    uint32_t encode;
    uint16_t reference[RCD_TABLE_REFERENCES];
    uint16_t texts;
} rcd_table_shape;

typedef struct {
    rcd_mapping *decode;
    rcd_mapping *encode;
    const uint32_t (*texts)[4];
} rcd_table;

int rcd_table_count(void);
const char *rcd_table_name(int table);
int rcd_table_find(const char *name);
int rcd_table_measure(int table, rcd_table_shape *out);

int rcd_table_sequence(uint32_t sequence, uint32_t out[4]);

int rcd_table_expand(int table, const rcd_table reference[RCD_TABLE_REFERENCES],
                             void *scratch, const rcd_table *out);

enum rcd_map_kind {
    RCD_MAP_DECODE_UTF8 = 0,
    RCD_MAP_DECODE_UTF16 = 1,
    RCD_MAP_ENCODE = 2
};
#define RCD_MAP_FALLBACKS 1
#define RCD_MAP_LINEAR 2
size_t rcd_map_build(int kind, int options, const rcd_table_shape *shape,
                             const rcd_table *table, void *mem);

enum rcd_stop_kind {
    RCD_STOP_END = 0,
    RCD_STOP_OUTPUT = 1,
    RCD_STOP_CUT = 2,
    RCD_STOP_ILLEGAL = 3,
    RCD_STOP_UNENCODABLE = 4
};

typedef struct {
    size_t consumed;
    size_t produced;
    uint32_t kind;
    uint32_t length;
} rcd_stop;

enum rcd_form {
    RCD_FORM_TABLE = 0,
    RCD_FORM_UTF8 = 1,
    RCD_FORM_UTF16LE = 2,
    RCD_FORM_UTF16BE = 3,
    RCD_FORM_UTF32LE = 4,
    RCD_FORM_UTF32BE = 5,
    RCD_FORM_LATIN1 = 6
};

int rcd_convert(int from, const void *from_map, int to, const void *to_map, int final,
                        const uint8_t *data, size_t len, uint8_t *out, size_t cap, rcd_stop *stop);

typedef struct {
    const void *from_map;
    const void *to_map;
    int from;
    int to;
} rcd_way;

int64_t rcd_convert_brief(const rcd_way *way, int final, const uint8_t *data, size_t len,
                                  uint8_t *out, size_t cap);

enum rcd_put {
    RCD_PUT_NOTHING = 0,
    RCD_PUT_TEXT = 1,
    RCD_PUT_HEX = 2,
    RCD_PUT_DECIMAL = 3,
    RCD_PUT_ESCAPE = 4
};

#define RCD_SPELT_NOT 0
#define RCD_SPELT_OTHER 1
#define RCD_SPELT_BAD 2
typedef struct {
    const uint16_t *page;
    const uint32_t *cell;
    const uint8_t *bytes;
} rcd_spellings;

typedef struct {
    uint64_t at;
    uint32_t length;
    uint32_t unencodable;
} rcd_place;

typedef struct {
    uint8_t illegal;
    uint8_t unencodable;
    uint8_t first;
    uint8_t text_form;
    uint8_t length[2];
    uint8_t text[2][32];
    const rcd_spellings *spellings;
    uint64_t count[2];
    uint64_t respelled;
    rcd_place *places;
    size_t room, placed;
    uint64_t before;
} rcd_patch;

int rcd_convert_patched(int from, const void *from_map, int to, const void *to_map,
                        int final, const uint8_t *data, size_t len, uint8_t *out,
                        size_t cap, rcd_patch *patch, rcd_stop *stop);

int rcd_convert_iso2022jp(int form, const void *decode_map, const void *encode_map,
                          uint32_t *state, int final, const uint8_t *data, size_t len,
                          uint8_t *out, size_t cap, rcd_stop *stop);

#define RCD_SETS 32
#define RCD_STATE_WORDS 3
#define RCD_NO_SET 255
#define RCD_UTF7_READ 1
#define RCD_UTF7_WRITTEN 2
#define RCD_UTF7_HYPHEN 4
#define RCD_ISCII_ANY 16
#define RCD_ISCII_HERE 32
#define RCD_ISCII_FOLLOWS 64

enum rcd_scheme_kind {
    RCD_SCHEME_ISO2022 = 0,
    RCD_SCHEME_MIXED = 1,
    RCD_SCHEME_UTF7_IMAP = 2,
    RCD_SCHEME_CESU8 = 3,
    RCD_SCHEME_MUTF8 = 4,
    RCD_SCHEME_UTF_EBCDIC = 5,
    RCD_SCHEME_SCSU = 6,
    RCD_SCHEME_BOCU1 = 7,
    RCD_SCHEME_C99 = 8,
    RCD_SCHEME_JAVA = 9,
    RCD_SCHEME_ISCII = 10,
    RCD_SCHEME_UTF7 = 11,
    RCD_SCHEME_HZ = 12
};

enum rcd_care {
    RCD_CARE_CONTROLS = 1,
    RCD_CARE_GAPS = 2,
    RCD_CARE_LINES = 4
};

enum rcd_shifts {
    RCD_SHIFTS_PLAIN = 0,
    RCD_SHIFTS_SWITCH = 1,
    RCD_SHIFTS_ERROR = 2
};

typedef struct {
    uint8_t length;
    uint8_t slot;
    uint8_t set;
    uint8_t sequence[5];
} rcd_escape_sequence;

typedef struct {
    uint8_t kind;
    uint8_t shifts;
    uint8_t unshifted;
    uint8_t spaces;
    uint8_t high;
    uint8_t right;
    uint8_t designations;
    uint8_t ends_shift;
    uint8_t utf8;
    uint8_t care;
    uint8_t returns;
    uint8_t direct;
    uint8_t direct_written;
    uint32_t line_end;
    uint8_t width[RCD_SETS];
    rcd_escape_sequence header;
    rcd_escape_sequence designation[RCD_SETS];
    rcd_escape_sequence call[RCD_SETS];
    const void *decode[RCD_SETS];
    const void *encode;
    const uint8_t *bytes;
} rcd_scheme;

int rcd_scheme_decode(const rcd_scheme *scheme, uint64_t state[RCD_STATE_WORDS],
                              const uint8_t *data, size_t len, uint8_t *out, size_t cap,
                              rcd_stop *stop);
int rcd_scheme_encode(const rcd_scheme *scheme, uint64_t state[RCD_STATE_WORDS],
                              const uint8_t *data, size_t len, uint8_t *out, size_t cap,
                              rcd_stop *stop);

size_t rcd_utf8_prefix(const uint8_t *data, size_t len);
typedef struct {
    uint64_t characters;
    uint64_t lines;
    uint64_t last;
} rcd_extent;
void rcd_utf8_extent(const uint8_t *data, size_t len, rcd_extent *out);
uint64_t rcd_line_ends(const uint8_t *data, size_t len);
uint32_t rcd_utf16_bits(const uint8_t *data, size_t len);

void rcd_advise(void *memory, size_t size);

int rcd_language_count(void);
const char *rcd_language_name(int id);

const char *rcd_binary_name(int kind);

const char *rcd_kernel_name(void);
int rcd_kernel_force(const char *name);
