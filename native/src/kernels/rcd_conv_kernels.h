/* rcd_conv_kernels.h : the conversion kernels by table, written once for all instruction sets.
 *
 *  rcd_conv_avx2.c and its siblings define these and include this:
 *    KC_FN               attributes of a kernel     KC_HELP      attributes of a helper
 *    KC_SET              the object to define
 *    ascii_copy(out, in) copies 16 bytes; returns how many are ASCII before the first that is not
 *    ascii_widen(out, in, width, big) the same, each byte becoming a unit of 2 or 4 bytes
 *    utf16_bits          the kernel of this name
 *    ascii_narrow(out, in, width, big) 16 units, each becoming a byte; how many are ASCII before
 *                        others
 *    KC_LANES            put_units() and put_short_ones() are there: see rcd_conv_avx2.c
 *
 *  A loop runs while the longest character could neither read nor write beyond the ends, so that
 *  it needs no other check; what is left is done one character at a time. */

/* Room in which a round of the loops below is safe: bytes of input, bytes of output. */
#define KC_IN 32
#define KC_OUT 64

/* Four in a row make a run: a lone space between words is cheaper as a character of its own, since
 * the length of a run is hard to predict. */
KC_HELP int four_ascii(const uint8_t *data)
{
    uint32_t word;
    memcpy(&word, data, 4);
    return (word & 0x80808080u) == 0;
}

KC_HELP int four_ascii_units(const uint8_t *data, unsigned width, int big)
{
    static const uint8_t above[4][8] = {{0x80, 0xFF, 0x80, 0xFF, 0x80, 0xFF, 0x80, 0xFF},
                                        {0xFF, 0x80, 0xFF, 0x80, 0xFF, 0x80, 0xFF, 0x80},
                                        {0x80, 0xFF, 0xFF, 0xFF, 0x80, 0xFF, 0xFF, 0xFF},
                                        {0xFF, 0xFF, 0xFF, 0x80, 0xFF, 0xFF, 0xFF, 0x80}};
    uint64_t word, more, mask;
    memcpy(&word, data, 8);
    memcpy(&more, data + (width == 4 ? 8 : 0), 8);
    memcpy(&mask, above[(width == 4 ? 2 : 0) + (big ? 1 : 0)], 8);
    return ((word | more) & mask) == 0;
}

KC_HELP void put_cell(uint8_t *out, uint32_t cell, int units)
{
    if (units) {
        out[0] = (uint8_t)cell;
        out[1] = (uint8_t)(cell >> 8);
    } else {
        rcd_store4(out, cell);
    }
}

/* Single-byte sets: 16 bytes a round, ASCII at once, others without a branch. */
KC_HELP void decode_single(const rcd_decode_map *map, const uint8_t *data, size_t len,
                           uint8_t *out, size_t cap, size_t *consumed, size_t *produced, int units)
{
    const uint32_t *cells = rcd_decode_cells(map);
    const int ascii = map->ascii;
    size_t i = 0, o = 0;
    while (len - i >= KC_IN && cap - o >= KC_OUT) {
        if (ascii) {
            unsigned n = units ? ascii_widen(out + o, data + i, 2, 0)
                               : ascii_copy(out + o, data + i);
            if (n == 16) {
                i += 16;
                o += units ? 32 : 16;
                continue;
            }
        }
        size_t start = o;
        uint32_t missing = 0;
        for (unsigned k = 0; k < 16; k++) {
            uint32_t cell = cells[data[i + k]];
            /* Kinds 1..3 are what it is made for; others, there is no 4, leave a bit above. */
            missing |= (CELL_KIND(cell) - 1u) & ~3u;
            put_cell(out + o, cell, units);
            o += units ? 2 : CELL_KIND(cell) & 3u;
        }
        if (missing) {
            o = start;
            break;
        }
        i += 16;
    }
    *consumed = i;
    *produced = o;
}

KC_HELP void decode_any(const rcd_decode_map *map, const uint8_t *data, size_t len, uint8_t *out,
                        size_t cap, rcd_stop *stop, int units)
{
    const uint32_t *cells = rcd_decode_cells(map);
    const int ascii = map->ascii;
    size_t i = 0, o = 0;
    for (;;) {
        if (map->single) {
            size_t used, made;
            decode_single(map, data + i, len - i, out + o, cap - o, &used, &made, units);
            i += used;
            o += made;
        }
        while (!map->single && len - i >= KC_IN && cap - o >= KC_OUT) {
            uint32_t cell = cells[data[i]];
            if (CELL_KIND(cell) == CELL_ROW) {
                cell = cells[CELL_REST(cell) + data[i + 1]];
                if (CELL_KIND(cell) - 1u >= 3u) {
                    break;
                }
                put_cell(out + o, cell, units);
                i += 2;
                o += units ? 2 : CELL_KIND(cell);
                continue;
            }
            if (CELL_KIND(cell) - 1u >= 3u) {
                break;
            }
            if (ascii && four_ascii(data + i)) {
                unsigned n = units ? ascii_widen(out + o, data + i, 2, 0)
                                   : ascii_copy(out + o, data + i);
                i += n;
                o += units ? 2 * n : n;
                continue;
            }
            put_cell(out + o, cell, units);
            i++;
            o += units ? 2 : CELL_KIND(cell);
        }
        if (i == len) {
            rcd_at_end(i, o, stop);
            return;
        }
        rcd_one one;
        rcd_decode_one(map, data + i, len - i, &one);
        if (!rcd_take_one(&one, &i, out, cap, &o, stop)) {
            return;
        }
    }
}

KC_FN void decode_utf8(const rcd_decode_map *map, const uint8_t *data, size_t len, uint8_t *out,
                       size_t cap, rcd_stop *stop)
{
    decode_any(map, data, len, out, cap, stop, 0);
}

KC_FN void decode_utf16(const rcd_decode_map *map, const uint8_t *data, size_t len, uint8_t *out,
                        size_t cap, rcd_stop *stop)
{
    decode_any(map, data, len, out, cap, stop, 1);
}

KC_HELP void encode_any(const rcd_encode_map *map, int final, const uint8_t *data, size_t len,
                        uint8_t *out, size_t cap, rcd_stop *stop, int utf16)
{
    const int ascii = map->ascii;
    size_t i = 0, o = 0;
    for (;;) {
        while (len - i >= KC_IN && cap - o >= KC_OUT) {
            if (ascii && (utf16 ? four_ascii_units(data + i, 2, 0) : four_ascii(data + i))) {
                unsigned n = utf16 ? ascii_narrow(out + o, data + i, 2, 0)
                                   : ascii_copy(out + o, data + i);
                i += utf16 ? 2 * n : n;
                o += n;
                continue;
            }
            unsigned used;
            uint32_t cell = utf16 ? rcd_utf16_cell(map, data + i, &used)
                                  : rcd_utf8_cell(map, data + i, &used);
            if (CELL_KIND(cell) - 1u >= 3u) {
                break;
            }
            rcd_store4(out + o, cell);
            i += used;
            o += CELL_KIND(cell);
        }
        if (i == len) {
            rcd_at_end(i, o, stop);
            return;
        }
        rcd_one one;
        rcd_encode_one(map, utf16, final, data + i, len - i, &one);
        if (!rcd_take_one(&one, &i, out, cap, &o, stop)) {
            return;
        }
    }
}

KC_FN void encode_utf8(const rcd_encode_map *map, int final, const uint8_t *data, size_t len,
                       uint8_t *out, size_t cap, rcd_stop *stop)
{
    encode_any(map, final, data, len, out, cap, stop, 0);
}

KC_FN void encode_utf16(const rcd_encode_map *map, int final, const uint8_t *data, size_t len,
                        uint8_t *out, size_t cap, rcd_stop *stop)
{
    encode_any(map, final, data, len, out, cap, stop, 1);
}

#include "rcd_conv_forms.h"

const rcd_conv_kernels KC_SET = {
    decode_utf8, decode_utf16, encode_utf8, encode_utf16,
    forms_to_utf8, forms_from_utf8,
    utf16_bits,
};
