/* rcd_forms.c : see rcd_forms.h. */
#include "rcd_forms.h"

#include <string.h>

#include "rcd_charset_ids.h"
#include "rcd_forms_gates.h"
#include "rcd_kana.h"
#include "rcd_mixed.h"
#include "rcd_multibyte.h"
#include "rcd_multibyte_tables.h"
#include "rcd_single_byte.h"

#include "rcd_forms_data.h"

#define CHUNK 256u      /* bytes that are read at once */
#define GATE 1024u      /* bytes whose counts let forms in */
#define TRIED 256u      /* bytes that must fit before more is read */
#define UNITS (4u * (CHUNK + RCD_FORMS_CARRY)) /* a byte may be a pair of surrogates, in bytes */

enum { SCHEME, PAIRS, WIDE, ACCENT, KANA };

static const struct {
    uint16_t charset;
    uint8_t reader;
    uint8_t which; /* scheme, family, bit number, table */
} forms[RCD_FORMS_COUNT] = {
    {RCD_CS_SCSU, SCHEME, RCD_SCHEME_SCSU},
    {RCD_CS_BOCU_1, SCHEME, RCD_SCHEME_BOCU1},
    {RCD_CS_UTF_EBCDIC, SCHEME, RCD_SCHEME_UTF_EBCDIC},
    {RCD_CS_JISX0208, PAIRS, RCD_MB_EUC_JP},
    {RCD_CS_GB2312_RAW, PAIRS, RCD_MB_GB18030},
    {RCD_CS_CP300, WIDE, 0},
    {RCD_CS_CP834, WIDE, 1},
    {RCD_CS_CP16684, WIDE, RCD_MIXED_PAGES},
    {RCD_CS_ISO_6937, ACCENT, 0},
    {RCD_CS_T_61_8BIT, ACCENT, 3},
    {RCD_CS_ANSI_X3_110, ACCENT, 2},
    {RCD_CS_CP290, KANA, 0},
    {RCD_CS_CP8482, KANA, 0},
    {RCD_CS_CP5123, KANA, 0},
};

/* Code points, and bytes consumed; a reader leaves what is no whole character yet, and stops in
 * front of what does not fit. */
typedef struct {
    uint32_t *out;
    size_t count, used;
    int bad;
} reading;

void rcd_forms_init(rcd_forms *f)
{
    f->alive = 0;
    f->begun = 0;
}

unsigned rcd_forms_charset(unsigned form)
{
    return forms[form].charset;
}

int rcd_forms_is_kana(unsigned form)
{
    return forms[form].reader == KANA;
}

static void read_scheme(unsigned form, rcd_form_state *s, const uint8_t *p, size_t n, reading *r)
{
    uint8_t units[UNITS];
    const rcd_scheme scheme = {.kind = forms[form].which, .bytes = utf_ebcdic};
    rcd_stop stop = {0};
    if (rcd_scheme_decode(&scheme, s->words, p, n, units, sizeof units, &stop) != 0) {
        r->bad = 1;
        return;
    }
    /* A surrogate pair is one character of three or more bytes, so that none is cut here. */
    for (size_t i = 0; i + 1 < stop.produced; i += 2u) {
        uint32_t unit = units[i] | (uint32_t)units[i + 1u] << 8;
        if (unit >= 0xDC00u && unit <= 0xDFFFu && r->count > 0) {
            r->out[r->count - 1u] = 0x10000u + ((r->out[r->count - 1u] - 0xD800u) << 10) +
                                    (unit - 0xDC00u);
        } else {
            r->out[r->count++] = unit;
        }
    }
    r->used = stop.consumed;
    r->bad = stop.kind != RCD_STOP_END && !(stop.kind == RCD_STOP_CUT && n - r->used < 5u);
}

/* Raw pairs of a 94 by 94 set; line ends stand between them. */
static void read_pairs(unsigned form, const uint8_t *p, size_t n, reading *r)
{
    const int family = forms[form].which;
    const int member = family == RCD_MB_EUC_JP ? 0 : rcd_mb_member(RCD_CS_GB2312);
    while (r->used < n) {
        unsigned b = p[r->used];
        if (b == '\n' || b == '\r') {
            r->out[r->count++] = b;
            r->used++;
            continue;
        }
        if (r->used + 1u == n) {
            return;
        }
        const uint8_t code[2] = {(uint8_t)(b | 0x80u), (uint8_t)(p[r->used + 1u] | 0x80u)};
        uint32_t cp[2];
        if (b < 0x21u || b > 0x77u || p[r->used + 1u] >= 0x80u ||
            rcd_mb_next_as(family, member, code, 2, cp) != 2) {
            r->bad = 1;
            return;
        }
        r->out[r->count++] = cp[0];
        r->used += 2u;
    }
}

static int in_wide(unsigned b)
{
    return b >= RCD_MIXED_FIRST && b <= RCD_MIXED_LAST;
}

/* The two-byte codes of mixed EBCDIC. */
static void read_wide(unsigned form, const uint8_t *p, size_t n, reading *r)
{
    const unsigned member = forms[form].which;
    const rcd_mixed_set *set = &rcd_mixed_sets[member];
    for (; r->used + 1u < n; r->used += 2u) {
        unsigned lead = p[r->used], trail = p[r->used + 1u];
        if (!in_wide(lead) || !in_wide(trail)) {
            r->bad = 1;
            return;
        }
        size_t column = trail - RCD_MIXED_FIRST;
        size_t cell = (lead - RCD_MIXED_FIRST) * (size_t)RCD_MIXED_WIDTH + column;
        if ((rcd_mixed_members[rcd_mixed_classes[cell]] >> member & 1u) == 0) {
            r->bad = 1;
            return;
        }
        cell = set->row[lead] * (size_t)RCD_MIXED_WIDTH + column;
        uint32_t cp = rcd_mb_point_of(set->points, cell);
        r->out[r->count++] = cp == RCD_MB_RARE ? RCD_MB_RARE_HAN : cp != 0 ? cp : 0xFFFDu;
    }
}

static uint32_t accented(unsigned which, uint32_t code)
{
    size_t low = 0, high = accents[which].count;
    while (low < high) {
        size_t middle = (low + high) / 2u;
        uint32_t entry = accents[which].pairs[middle];
        if (entry >> 16 == code) {
            return entry & 0xFFFFu;
        }
        if (entry >> 16 < code) {
            low = middle + 1u;
        } else {
            high = middle;
        }
    }
    return 0;
}

static void read_accents(unsigned form, const uint8_t *p, size_t n, reading *r)
{
    const unsigned which = forms[form].which;
    while (r->used < n) {
        unsigned b = p[r->used];
        uint32_t cp = accents[which].single[b];
        size_t size = 1;
        if (rcd_forms_is_accent(b)) {
            if (r->used + 1u == n) {
                return;
            }
            cp = accented(which, b << 8 | p[r->used + 1u]);
            cp = cp != 0 ? cp : RCD_UNASSIGNED;
            size = 2;
        }
        if (cp == RCD_UNASSIGNED) {
            r->bad = 1;
            return;
        }
        r->out[r->count++] = cp;
        r->used += size;
    }
}

static void read_kana(unsigned form, const uint8_t *p, size_t n, reading *r)
{
    const uint16_t *table = rcd_single_byte_table(forms[form].charset);
    for (; r->used < n; r->used++) {
        if (table[p[r->used]] == RCD_UNASSIGNED) {
            r->bad = 1;
            return;
        }
        r->out[r->count++] = table[p[r->used]];
    }
}

static void read_some(unsigned form, rcd_form_state *s, const uint8_t *p, size_t n, reading *r)
{
    switch (forms[form].reader) {
    case SCHEME: read_scheme(form, s, p, n, r); break;
    case PAIRS: read_pairs(form, p, n, r); break;
    case WIDE: read_wide(form, p, n, r); break;
    case ACCENT: read_accents(form, p, n, r); break;
    default: read_kana(form, p, n, r); break;
    }
}

/* Reads on; puts code points into `out` as long as there is room. @return 0 when it does not fit. */
static int read_on(unsigned form, rcd_form_state *s, const uint8_t *data, size_t len,
                   uint32_t *out, size_t cap, size_t *count)
{
    uint8_t bytes[CHUNK + RCD_FORMS_CARRY];
    uint32_t points[CHUNK + RCD_FORMS_CARRY];
    while (len > 0) {
        size_t n = len < CHUNK ? len : CHUNK;
        memcpy(bytes, s->carry, s->carried);
        memcpy(bytes + s->carried, data, n);
        reading r = {points, 0, 0, 0};
        size_t all = s->carried + n;
        read_some(form, s, bytes, all, &r);
        if (r.bad || all - r.used > RCD_FORMS_CARRY) {
            return 0;
        }
        s->carried = (uint8_t)(all - r.used);
        memcpy(s->carry, bytes + r.used, s->carried);
        s->pos += n;
        data += n;
        len -= n;
        for (size_t i = 0; i < r.count && *count < cap; i++) {
            out[(*count)++] = points[i];
        }
    }
    return 1;
}

size_t rcd_forms_text(unsigned form, const uint8_t *data, size_t len, uint32_t *out, size_t cap)
{
    rcd_form_state s = {{0}, 0, {0}, 0};
    size_t n = 0;
    read_on(form, &s, data, len, out, cap, &n);
    return forms[form].reader == KANA ? rcd_kana_full_width(out, n) : n;
}

static int is_odd(uint32_t cp)
{
    return (cp < 0x20u && cp != '\t' && cp != '\n' && cp != '\r') ||
           (cp >= 0x7Fu && cp < 0xA0u && cp != 0x85u) || (cp >= 0xD800u && cp <= 0xF8FFu) ||
           cp >= 0xF0000u;
}

size_t rcd_forms_odd(const uint32_t *text, size_t n)
{
    size_t odd = 0;
    for (size_t i = 0; i < n; i++) {
        odd += (size_t)is_odd(text[i]);
    }
    return odd;
}

/* Do the first bytes of a form fit it? */
static int may_begin(unsigned form, const uint8_t *head, size_t len)
{
    rcd_form_state tried = {{0}, 0, {0}, 0};
    uint32_t text[UNITS];
    size_t n = 0;
    return read_on(form, &tried, head, len < TRIED ? len : TRIED, text, UNITS, &n) &&
           (form != RCD_FORM_SCSU || rcd_forms_odd(text, n) == 0);
}

void rcd_forms_begin(rcd_forms *f, const uint8_t *head, size_t len, const rcd_census *all,
                     uint32_t among)
{
    const rcd_form_state start = {{0}, 0, {0}, 0};
    len = len < GATE ? len : GATE;
    f->begun = 1;
    f->alive = 0;
    for (unsigned k = 0; k < RCD_FORMS_COUNT; k++) {
        f->state[k] = start;
        f->alive |= (uint32_t)((among >> k & 1u) != 0 && may_begin(k, head, len)) << k;
    }
    if (f->alive != 0) {
        rcd_census census;
        if (all->length > len) {
            rcd_census_init(&census);
            rcd_census_feed(&census, head, len);
            all = &census;
        }
        f->alive &= rcd_forms_may(all, 0);
    }
    f->alive = rcd_forms_by_order(head, len, f->alive);
}

int rcd_forms_any(const uint8_t *head, size_t len, const rcd_census *census)
{
    uint32_t may = rcd_forms_may(census, 0);
    rcd_forms f;
    if (may != 0) {
        rcd_forms_begin(&f, head, len, census, may);
        may = f.alive;
    }
    return may != 0;
}

void rcd_forms_feed(rcd_forms *f, const uint8_t *data, size_t len)
{
    for (unsigned k = 0; k < RCD_FORMS_COUNT && f->alive != 0; k++) {
        size_t none = 0;
        if ((f->alive >> k & 1u) != 0 && !read_on(k, &f->state[k], data, len, NULL, 0, &none)) {
            f->alive &= ~(1u << k);
        }
    }
}

int rcd_forms_whole(const rcd_forms *f, unsigned form)
{
    return f->state[form].carried == 0;
}

int rcd_forms_fits(unsigned form, const uint8_t *data, size_t len, int sample)
{
    rcd_form_state s = {{0}, 0, {0}, 0};
    size_t none = 0;
    return read_on(form, &s, data, len, NULL, 0, &none) && (sample || s.carried == 0);
}
