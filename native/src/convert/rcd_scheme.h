/* rcd_scheme.h : what the schemes of rcd_scheme_*.c share.
 *
 *  Each converts clean text and stops in front of everything else; the codec answers for the place
 *  and the scheme goes on behind it. A loop keeps its place in a `run`; it stops whole characters
 *  short of the ends, so that nothing is lost or repeated whatever room there is. */
#ifndef RCD_SCHEME_H
#define RCD_SCHEME_H

#include "rcd_conv.h"

/* Bytes that one character becomes at most, with all that must be written before it. */
#define SCHEME_LONGEST 24

typedef struct {
    const uint8_t *data;
    size_t len, i;
    uint8_t *out;
    size_t cap, o;
    uint32_t kind, length; /* why it stopped */
} rcd_run;

/* Stops; to be returned by what takes a step. */
RCD_INLINE int run_stop(rcd_run *r, uint32_t kind, uint32_t length)
{
    r->kind = kind;
    r->length = length;
    return 0;
}

RCD_INLINE int run_illegal(rcd_run *r)
{
    return run_stop(r, RCD_STOP_ILLEGAL, 1);
}

RCD_INLINE int run_full(rcd_run *r)
{
    return run_stop(r, RCD_STOP_OUTPUT, 0);
}

RCD_INLINE int run_cut(rcd_run *r)
{
    return run_stop(r, RCD_STOP_CUT, (uint32_t)(r->len - r->i));
}

RCD_INLINE void put_unit(uint8_t *out, uint32_t unit)
{
    out[0] = (uint8_t)unit;
    out[1] = (uint8_t)(unit >> 8);
}

RCD_INLINE uint32_t unit_of(const uint8_t *p)
{
    return (uint32_t)p[1] << 8 | p[0];
}

/* `used` bytes stand for one code point. */
RCD_INLINE int run_put_point(rcd_run *r, size_t used, uint32_t point)
{
    size_t size = point < 0x10000 ? 2 : 4;
    if (r->cap - r->o < size) {
        return run_full(r);
    }
    r->o += rcd_put_utf16(r->out + r->o, point);
    r->i += used;
    return 1;
}

/* `used` bytes of text become these bytes. */
RCD_INLINE int run_put_bytes(rcd_run *r, size_t used, const uint8_t *bytes, size_t size)
{
    if (r->cap - r->o < size) {
        return run_full(r);
    }
    memcpy(r->out + r->o, bytes, size);
    r->o += size;
    r->i += used;
    return 1;
}

/* Codes of two bytes by the cells of a map, up to one that is odd or begins with `end`. */
RCD_INLINE void run_pairs(rcd_run *r, const uint32_t *cells, uint8_t end)
{
    const uint8_t *data = r->data;
    size_t i = r->i, o = r->o;
    while (r->len - i >= 2 && r->cap - o >= 2 && data[i] != end) {
        uint32_t cell = cells[data[i]];
        if (CELL_KIND(cell) != CELL_ROW) {
            break;
        }
        cell = cells[CELL_REST(cell) + data[i + 1]];
        if (CELL_KIND(cell) != 1) {
            break;
        }
        put_unit(r->out + o, cell);
        i += 2;
        o += 2;
    }
    r->i = i;
    r->o = o;
}

/* The code point at r->i, of UTF-16; `used` is its bytes, 0 when the conversion stops there. */
RCD_INLINE uint32_t run_point(rcd_run *r, size_t *used)
{
    const uint8_t *p = r->data + r->i;
    size_t left = r->len - r->i;
    *used = 0;
    if (left < 2) {
        run_cut(r);
        return 0;
    }
    uint32_t unit = unit_of(p);
    if ((unit & 0xF800) != 0xD800) {
        *used = 2;
        return unit;
    }
    if (unit < 0xDC00 && left < 4) {
        run_cut(r);
        return 0;
    }
    uint32_t low = unit < 0xDC00 ? unit_of(p + 2) : 0;
    if ((low & 0xFC00) != 0xDC00) {
        run_stop(r, RCD_STOP_UNENCODABLE, 2);
        return 0;
    }
    *used = 4;
    return 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF);
}

/* Eight bytes at a time: the high bit of each byte outside of 20..7F. */
RCD_INLINE uint64_t beyond_print(uint64_t word)
{
    const uint64_t highs = UINT64_C(0x8080808080808080);
    return (word | ~((word | highs) - UINT64_C(0x2020202020202020))) & highs;
}

/* Widens bytes 20..7F, eight by eight, as long as there are no others. */
RCD_INLINE void run_widen(rcd_run *r)
{
    while (r->len - r->i >= 8 && r->cap - r->o >= 16) {
        uint64_t word;
        memcpy(&word, r->data + r->i, 8);
        if (beyond_print(word)) {
            return;
        }
        for (unsigned k = 0; k < 8; k++) {
            put_unit(r->out + r->o + 2 * k, r->data[r->i + k]);
        }
        r->i += 8;
        r->o += 16;
    }
}

/* Narrows units 20..7F, four by four, as long as there are no others. */
RCD_INLINE void run_narrow(rcd_run *r)
{
    while (r->len - r->i >= 8 && r->cap - r->o >= 4) {
        uint32_t all = 0, least = 0x20;
        for (unsigned k = 0; k < 4; k++) {
            uint32_t unit = unit_of(r->data + r->i + 2 * k);
            all |= unit;
            least = unit < least ? unit : least;
            r->out[r->o + k] = (uint8_t)unit;
        }
        if (all >= 0x80 || least < 0x20) {
            return;
        }
        r->i += 8;
        r->o += 4;
    }
}

/* Takes a step. Returns 0 when the run stops. */
typedef int rcd_step(const rcd_scheme *scheme, uint64_t *state, rcd_run *r);

rcd_step rcd_iso2022_decode, rcd_iso2022_encode, rcd_mixed_decode, rcd_mixed_encode;
rcd_step rcd_utf7_decode, rcd_utf7_encode, rcd_hz_decode, rcd_hz_encode;
rcd_step rcd_cesu_decode, rcd_cesu_encode;
rcd_step rcd_utf_ebcdic_decode, rcd_utf_ebcdic_encode;
rcd_step rcd_scsu_decode, rcd_scsu_encode, rcd_bocu_decode, rcd_bocu_encode;
rcd_step rcd_escapes_decode, rcd_escapes_encode, rcd_iscii_decode, rcd_iscii_encode;

#endif
