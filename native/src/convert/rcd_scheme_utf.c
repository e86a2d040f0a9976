/* rcd_scheme_utf.c : forms of Unicode: CESU-8 and Java's modified UTF-8, and UTF-EBCDIC. */
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
