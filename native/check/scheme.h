/* scheme.h : descriptions of schemes for the tests and fuzzers: one of each kind, those of ISO 2022
 * with every way of calling a set. */
#ifndef CHECK_SCHEME_H
#define CHECK_SCHEME_H

#include "conv.h"
#include "rcd_table.h"

#define SCHEMES 17

/* What `scheme_open` made, for `scheme_close`. */
typedef struct {
    rcd_scheme scheme;
    void *memory[8];
    unsigned count;
    uint8_t bytes[576];
} scheme_made;

/* The map of a list of codes. */
static inline const void *scheme_map(scheme_made *m, int kind, rcd_mapping *list, uint32_t count)
{
    rcd_table_shape shape = {count, 0, {RCD_TABLE_NONE, RCD_TABLE_NONE, RCD_TABLE_NONE}, 0};
    rcd_table table = {list, NULL, NULL};
    void *map = conv_build(kind, 0, &shape, &table);
    m->memory[m->count++] = map;
    return map;
}

/* Codes of a table of one length that decode and encode; `mark` is put before each. */
static inline uint32_t scheme_codes(const char *name, unsigned length, int mark, rcd_mapping **list)
{
    rcd_table_shape shape;
    rcd_table table = conv_expand(rcd_table_find(name), &shape);
    uint32_t n = 0;
    for (uint32_t i = 0; i < shape.decode; i++) {
        rcd_mapping one = table.decode[i];
        if (one.length == length && one.flag == 0) {
            if (mark >= 0) {
                one.code |= (uint64_t)mark << (8 * length);
                one.length = (uint8_t)(length + 1);
            }
            table.decode[n++] = one;
        }
    }
    free(table.encode);
    *list = table.decode;
    return n;
}

static inline void scheme_set(scheme_made *m, unsigned number, const char *name, unsigned width)
{
    rcd_mapping *list;
    uint32_t count = scheme_codes(name, width, -1, &list);
    m->scheme.decode[number] = scheme_map(m, RCD_MAP_DECODE_UTF16, list, count);
    m->scheme.width[number] = (uint8_t)width;
    free(list);
}

static inline rcd_escape_sequence scheme_sequence(const char *bytes, int slot, int set)
{
    rcd_escape_sequence s = {(uint8_t)strlen(bytes), (uint8_t)slot, (uint8_t)set, {0}};
    memcpy(s.sequence, bytes, strlen(bytes));
    return s;
}

/* Sets 1 and 2 of two bytes; by number: a Japanese use of G0, a Korean of SO, a Chinese of a single
 * shift, bytes with the high bit, and G1 on the right. */
static inline void scheme_iso2022(scheme_made *m, unsigned which)
{
    rcd_scheme *s = &m->scheme;
    rcd_mapping *list;
    const int slot = which == 0 ? 0 : which == 2 ? 2 : which == 3 ? RCD_NO_SET : 1;
    const char *const sequence = which == 0 ? "$B" : which == 2 ? "$*H" : "$)C";
    s->kind = RCD_SCHEME_ISO2022;
    s->shifts = which == 0 ? RCD_SHIFTS_PLAIN : RCD_SHIFTS_SWITCH;
    s->unshifted = which == 1 ? 0 : RCD_NO_SET;
    s->line_end = which == 1 ? 1u << 20 : which == 2 ? 0x1FFFE0 : 0;
    s->spaces = which == 3;
    s->high = which == 3 ? 1 : 0;
    s->right = which == 4 ? 1 : 0;
    s->utf8 = which == 4;
    s->care = which == 2 ? RCD_CARE_CONTROLS | RCD_CARE_GAPS : 0;
    s->returns = which == 2;
    s->header = scheme_sequence(which == 1 ? "$)C" : "", 1, 1);
    s->designations = 3;
    s->designation[0] = scheme_sequence("(B", 0, 0);
    s->designation[1] = scheme_sequence("$B", 0, 1);
    s->designation[2] = scheme_sequence(sequence, slot == RCD_NO_SET ? 1 : slot, 1);
    s->call[0] = scheme_sequence(sequence, slot, 1);
    scheme_set(m, 1, which == 0 ? "jisx0213-1" : "jisx0208", 2);
    uint32_t count = scheme_codes(which == 0 ? "jisx0213-1" : "jisx0208", 2, 0, &list);
    s->encode = scheme_map(m, RCD_MAP_ENCODE, list, count);
    free(list);
}

static inline void scheme_mixed(scheme_made *m)
{
    rcd_table_shape shape;
    rcd_table table = conv_expand(rcd_table_find("ibm930"), &shape);
    scheme_set(m, 0, "ibm930", 1);
    scheme_set(m, 1, "ibm930", 2);
    m->scheme.kind = RCD_SCHEME_MIXED;
    void *map = conv_build(RCD_MAP_ENCODE, 0, &shape, &table);
    m->memory[m->count++] = map;
    m->scheme.encode = map;
    free(table.decode);
    free(table.encode);
}

/* Flags, values of digits and digits of UTF-7, or of IMAP's. */
static inline void scheme_utf7(scheme_made *m, int imap)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+";
    const uint8_t shift = imap ? '&' : '+';
    memset(m->bytes, 0, 256);
    for (unsigned b = 0x20; b < 0x7F; b++) {
        const int written = imap || b < '[';
        m->bytes[b] = (uint8_t)((b != shift ? RCD_UTF7_READ : 0) | RCD_UTF7_HYPHEN |
                                (written && (imap || b != shift) ? RCD_UTF7_WRITTEN : 0));
    }
    memset(m->bytes + 256, 64, 256);
    memcpy(m->bytes + 512, digits, 63);
    m->bytes[575] = imap ? ',' : '/';
    for (unsigned k = 0; k < 64; k++) {
        m->bytes[256 + m->bytes[512 + k]] = (uint8_t)k;
    }
}

/* HZ with the pairs of a set of two bytes. */
static inline void scheme_hz(scheme_made *m)
{
    rcd_mapping *list;
    scheme_set(m, 1, "jisx0208", 2);
    uint32_t count = scheme_codes("jisx0208", 2, -1, &list);
    m->scheme.encode = scheme_map(m, RCD_MAP_ENCODE, list, count);
    free(list);
}

/* The marked codes of two scripts and three texts of two code points, the last in both scripts. */
static inline void scheme_iscii(scheme_made *m)
{
    static const uint32_t texts[3][4] = {{0x94D, 0x200D}, {0x9CD, 0x200D}, {0x200D, 0xA0}};
    const uint32_t own = RCD_TABLE_SEQUENCE + rcd_table_sequence_count;
    rcd_scheme *s = &m->scheme;
    rcd_mapping *writing = malloc(1024 * sizeof *writing);
    uint32_t written = 0;
    for (unsigned script = 0; script < 2; script++) {
        rcd_mapping *list;
        const char code[2] = {(char)(0x42 + script), 0};
        uint32_t count = scheme_codes(script == 0 ? "iscii-0" : "iscii-1", 1, -1, &list);
        list = realloc(list, (count + 2) * sizeof *list);
        const rcd_mapping pair = {0xE8E9, own + script, 2, 0, 0}, any = {0xD9A0, own + 2, 2, 0, 0};
        list[count++] = pair;
        list[count++] = any;
        for (uint32_t i = 0; i < count; i++) {
            rcd_mapping one = list[i];
            const uint64_t mark = one.text == 0x9CD ? script | RCD_ISCII_FOLLOWS
                                  : one.text == own + 2 ? RCD_ISCII_ANY
                                  : one.text == 0x905 ? RCD_ISCII_HERE
                                                        : script;
            one.code |= mark << (8 * one.length);
            one.length++;
            if (one.text >= 0x900 && (script == 0 || one.text != own + 2)) {
                writing[written++] = one;
            }
        }
        rcd_table_shape shape = {count, 0, {RCD_TABLE_NONE, RCD_TABLE_NONE, RCD_TABLE_NONE}, 3};
        rcd_table table = {list, NULL, texts};
        void *map = conv_build(RCD_MAP_DECODE_UTF16, 0, &shape, &table);
        m->memory[m->count++] = map;
        s->decode[script] = map;
        s->designation[script] = scheme_sequence(code, 0, (int)script);
        s->call[script] = scheme_sequence(code, 0, (int)script);
        free(list);
    }
    s->designation[2] = scheme_sequence("@", 0, RCD_NO_SET);
    s->designations = 3;
    rcd_table_shape shape = {written, 0, {RCD_TABLE_NONE, RCD_TABLE_NONE, RCD_TABLE_NONE}, 3};
    rcd_table table = {writing, NULL, texts};
    void *map = conv_build(RCD_MAP_ENCODE, 0, &shape, &table);
    m->memory[m->count++] = map;
    s->encode = map;
    free(writing);
}

/* Whether what is written is read as the same text. Letters that ISCII puts side by side may be
 * read as one, and a backslash as the start of an escape. */
static inline int scheme_goes_back(const rcd_scheme *s)
{
    return s->kind != RCD_SCHEME_C99 && s->kind != RCD_SCHEME_JAVA && s->kind != RCD_SCHEME_ISCII;
}

/* number < SCHEMES */
static inline void scheme_open(scheme_made *m, unsigned number)
{
    memset(m, 0, sizeof *m);
    if (number < 5) {
        scheme_iso2022(m, number);
        return;
    }
    m->scheme.kind = (uint8_t)(number - 4);
    if (m->scheme.kind == RCD_SCHEME_MIXED) {
        scheme_mixed(m);
    }
    if (m->scheme.kind == RCD_SCHEME_ISCII) {
        scheme_iscii(m);
    }
    for (unsigned i = 0; i < 256; i++) {
        m->bytes[i] = (uint8_t)(255 - i); /* its own reverse */
        m->bytes[256 + i] = (uint8_t)(255 - i);
    }
    if (m->scheme.kind == RCD_SCHEME_UTF7 || m->scheme.kind == RCD_SCHEME_UTF7_IMAP) {
        scheme_utf7(m, m->scheme.kind == RCD_SCHEME_UTF7_IMAP);
    }
    if (m->scheme.kind == RCD_SCHEME_HZ) {
        scheme_hz(m);
    }
    m->scheme.direct = m->scheme.direct_written = 0x80;
    m->scheme.bytes = m->bytes;
}

static inline void scheme_close(scheme_made *m)
{
    for (unsigned i = 0; i < m->count; i++) {
        free(m->memory[i]);
    }
}

/* Takes up a conversion in memory of exactly `cap` bytes, behind which nothing may be written. */
static inline void scheme_convert(const rcd_scheme *s, int writing, uint64_t *state,
                                  const uint8_t *data, size_t len, uint8_t *out, size_t cap,
                                  rcd_stop *stop)
{
    uint8_t *in = malloc(len > 0 ? len : 1), *room = malloc(cap > 0 ? cap : 1);
    memcpy(in, data, len);
    (writing ? rcd_scheme_encode : rcd_scheme_decode)(s, state, in, len, room, cap, stop);
    memcpy(out, room, stop->produced <= cap ? stop->produced : 0);
    free(in);
    free(room);
}

#endif
