/* rcd_scheme_utf.c : forms of Unicode: CESU-8 and Java's modified UTF-8, UTF-EBCDIC, and UTF-7 for
 * the names of IMAP mailboxes. */
#include "rcd_scheme.h"

/* CESU-8: surrogates have three bytes each, and here they are there in pairs or not at all. */

/* The code unit of a sequence whose lead byte is at p; 0 when it is ill-formed or cut. */
static uint32_t unit_of_three(const uint8_t *p, size_t left)
{
    if (left < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80) {
        return 0;
    }
    uint32_t unit = (p[0] & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u);
    return unit < 0x800 ? 0 : unit;
}

int rcd_cesu_decode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    (void)state;
    run_widen(r);
    if (r->i == r->len) {
        return 1;
    }
    const uint8_t *p = r->data + r->i;
    size_t left = r->len - r->i;
    const int java = s->kind == RCD_SCHEME_MUTF8;
    if (p[0] < 0x80) {
        return java && p[0] == 0 ? run_illegal(r) : run_put_point(r, 1, p[0]);
    }
    if (p[0] >= 0xE0 && p[0] < 0xF0) {
        uint32_t unit = unit_of_three(p, left);
        if (unit == 0) {
            return left < 3 ? run_cut(r) : run_illegal(r);
        }
        if ((unit & 0xF800) != 0xD800) {
            return run_put_point(r, 3, unit);
        }
        uint32_t low = left > 3 && p[3] == 0xED ? unit_of_three(p + 3, left - 3) : 0;
        if (unit < 0xDC00 && (low & 0xFC00) == 0xDC00) {
            return run_put_point(r, 6, 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF));
        }
        return unit < 0xDC00 && left < 6 ? run_cut(r) : run_illegal(r);
    }
    if (left < 2) {
        return run_cut(r);
    }
    int two = p[0] >= 0xC2 ? p[0] < 0xE0 && (p[1] & 0xC0) == 0x80
                           : java && p[0] == 0xC0 && p[1] == 0x80;
    return two ? run_put_point(r, 2, (p[0] & 31u) << 6 | (p[1] & 63u)) : run_illegal(r);
}

int rcd_cesu_encode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    (void)state;
    run_narrow(r);
    if (r->i == r->len) {
        return 1;
    }
    size_t used;
    uint32_t point = run_point(r, &used);
    uint8_t bytes[8];
    if (used == 0) {
        return 0;
    }
    if (point == 0 && s->kind == RCD_SCHEME_MUTF8) {
        return run_put_bytes(r, used, (const uint8_t *)"\xC0\x80", 2);
    }
    if (point < 0x10000) {
        return run_put_bytes(r, used, bytes, rcd_put_utf8(bytes, point));
    }
    size_t n = rcd_put_utf8(bytes, 0xD7C0 + (point >> 10));
    n += rcd_put_utf8(bytes + n, 0xDC00 + (point & 0x3FF));
    return run_put_bytes(r, used, bytes, n);
}

/* UTF-EBCDIC: trail bytes of the intermediate form are A0..BF and hold five bits. */

/* By the number of trail bytes: the first code point that takes so many. */
static const uint32_t least[5] = {0, 0xA0, 0x400, 0x4000, 0x40000};

int rcd_utf_ebcdic_decode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    (void)state;
    const uint8_t *from = s->bytes + 256;
    while (r->i < r->len && r->cap - r->o >= 2 && from[r->data[r->i]] < 0xA0) {
        put_unit(r->out + r->o, from[r->data[r->i]]);
        r->o += 2;
        r->i++;
    }
    if (r->i == r->len) {
        return 1;
    }
    uint32_t lead = from[r->data[r->i]];
    if (lead < 0xA0) {
        return run_full(r);
    }
    unsigned count = lead < 0xC5   ? 0
                     : lead < 0xE0 ? 1
                     : lead < 0xF0 ? 2
                     : lead < 0xF8 ? 3
                     : lead < 0xFA ? 4
                                   : 0;
    if (count == 0 || lead == 0xE0) {
        return run_illegal(r);
    }
    if (r->len - r->i <= count) {
        return run_cut(r);
    }
    uint32_t point = lead & (count == 1 ? 31u : count == 2 ? 15u : 7u);
    for (unsigned k = 1; k <= count; k++) {
        uint32_t trail = from[r->data[r->i + k]];
        if (trail - 0xA0u >= 0x20) {
            return run_illegal(r);
        }
        point = point << 5 | (trail & 31);
    }
    if (point < least[count] || point > 0x10FFFF || (point & 0xFFFFF800u) == 0xD800) {
        return run_illegal(r);
    }
    return run_put_point(r, count + 1, point);
}

int rcd_utf_ebcdic_encode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    (void)state;
    static const uint8_t leads[5] = {0, 0xC0, 0xE0, 0xF0, 0xF8};
    size_t used;
    uint32_t point = run_point(r, &used);
    if (used == 0) {
        return 0;
    }
    unsigned count = 0;
    while (count < 4 && point >= least[count + 1]) {
        count++;
    }
    uint8_t bytes[5];
    bytes[0] = s->bytes[leads[count] | point >> 5 * count];
    for (unsigned k = 1; k <= count; k++) {
        bytes[k] = s->bytes[0xA0 | (point >> 5 * (count - k) & 31)];
    }
    return run_put_bytes(r, used, bytes, count + 1);
}

/* UTF-7 for IMAP. In a run the state holds the bits left over from the last code unit. */

enum { DIRECT = 0, AFTER_RUN = 1, EMPTY_RUN = 2, IN_RUN = 3 };
#define KIND(state) ((unsigned)(state) & 3u)
#define COUNT(state) ((unsigned)((state) >> 2) & 7u)
#define LEFT(state) ((uint32_t)((state) >> 5))

static uint64_t in_run(unsigned count, uint32_t bits)
{
    return IN_RUN | (uint64_t)count << 2 | (uint64_t)bits << 5;
}

static const uint8_t digits[65] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/* Values of the digits from + on; 64 where there is none. */
static const uint8_t values[0x80 - '+'] = {
    62, 63, 64, 64, 64, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 64, 64, 64, 64, 64, 64, 64,
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
    24, 25, 64, 64, 64, 64, 64, 64, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41,
    42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 64, 64, 64, 64, 64,
};

static uint32_t digit_of(uint8_t b)
{
    uint32_t place = b - (uint32_t)'+';
    return place < sizeof values ? values[place] : 64;
}

/* Reads a code unit; returns 0 when the run stops. */
static int imap_unit(rcd_run *r, size_t *at, unsigned *count, uint32_t *bits, uint32_t *unit)
{
    while (*count < 16) {
        if (*at == r->len) {
            return run_cut(r);
        }
        uint32_t digit = digit_of(r->data[*at]);
        if (digit == 64) {
            return run_illegal(r);
        }
        *bits = *bits << 6 | digit;
        *count += 6;
        (*at)++;
    }
    *count -= 16;
    *unit = *bits >> *count;
    *bits &= (1u << *count) - 1;
    return 1;
}

/* Three code units at once from eight digits, as long as nothing is special. */
static void imap_triples(uint64_t *state, rcd_run *r)
{
    while (*state == in_run(0, 0) && r->len - r->i >= 8 && r->cap - r->o >= 6) {
        uint64_t bits = 0;
        uint32_t worst = 0;
        for (unsigned k = 0; k < 8; k++) {
            uint32_t digit = digit_of(r->data[r->i + k]);
            worst |= digit;
            bits = bits << 6 | digit;
        }
        for (unsigned k = 0; k < 3; k++) {
            uint32_t unit = (uint32_t)(bits >> (32 - 16 * k)) & 0xFFFF;
            worst |= (unit & 0xF800) == 0xD800 || (unit >= 0x20 && unit < 0x7F) ? 64u : 0;
            put_unit(r->out + r->o + 2 * k, unit);
        }
        if (worst >= 64) {
            return;
        }
        r->i += 8;
        r->o += 6;
    }
}

static int imap_shifted(uint64_t *state, rcd_run *r)
{
    imap_triples(state, r);
    if (r->i == r->len) {
        return 1;
    }
    unsigned count = COUNT(*state);
    uint32_t bits = LEFT(*state), unit, low;
    size_t at = r->i;
    if (r->data[at] == '-' && KIND(*state) == IN_RUN && bits == 0) {
        *state = AFTER_RUN;
        r->i++;
        return 1;
    }
    if (!imap_unit(r, &at, &count, &bits, &unit)) {
        return 0;
    }
    if ((unit & 0xFC00) == 0xD800) {
        if (!imap_unit(r, &at, &count, &bits, &low)) {
            return 0;
        }
        unit = (low & 0xFC00) == 0xDC00 ? 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF) : unit;
    }
    if ((unit & 0xF800) == 0xD800 || (unit >= 0x20 && unit < 0x7F)) {
        return run_illegal(r);
    }
    if (!run_put_point(r, at - r->i, unit)) {
        return 0;
    }
    *state = in_run(count, bits);
    return 1;
}

int rcd_imap_decode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    (void)s;
    const uint8_t b = r->data[r->i];
    if (KIND(*state) >= EMPTY_RUN) {
        return imap_shifted(state, r);
    }
    if (b == '&') {
        if (r->len - r->i < 2) {
            return run_cut(r);
        }
        if (r->data[r->i + 1] == '-') {
            if (!run_put_point(r, 2, '&')) {
                return 0;
            }
            *state = DIRECT;
            return 1;
        }
        if (KIND(*state) == AFTER_RUN) {
            return run_illegal(r);
        }
        *state = EMPTY_RUN;
        r->i++;
        return 1;
    }
    if (b < 0x20 || b >= 0x7F) {
        return run_illegal(r);
    }
    do {
        if (!run_put_point(r, 1, r->data[r->i])) {
            return 0;
        }
        *state = DIRECT;
    } while (r->i < r->len && r->data[r->i] >= 0x20 && r->data[r->i] < 0x7F &&
             r->data[r->i] != '&');
    return 1;
}

int rcd_imap_encode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    (void)s;
    size_t used;
    uint32_t point = run_point(r, &used);
    if (used == 0) {
        return 0;
    }
    uint8_t bytes[SCHEME_LONGEST];
    size_t n = 0;
    unsigned count = COUNT(*state);
    uint32_t bits = LEFT(*state);
    if (point >= 0x20 && point < 0x7F) {
        if (*state != 0) {
            if (count != 0) {
                bytes[n++] = digits[bits << (6 - count) & 63];
            }
            bytes[n++] = '-';
        }
        bytes[n++] = (uint8_t)point;
        if (point == '&') {
            bytes[n++] = '-';
        }
        if (!run_put_bytes(r, used, bytes, n)) {
            return 0;
        }
        *state = DIRECT;
        return 1;
    }
    if (*state == 0) {
        bytes[n++] = '&';
    }
    for (size_t k = 0; k < used; k += 2) {
        bits = bits << 16 | unit_of(r->data + r->i + k);
        count += 16;
        while (count >= 6) {
            count -= 6;
            bytes[n++] = digits[bits >> count & 63];
        }
        bits &= (1u << count) - 1;
    }
    if (!run_put_bytes(r, used, bytes, n)) {
        return 0;
    }
    *state = in_run(count, bits);
    return 1;
}
