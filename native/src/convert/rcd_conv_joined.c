/* rcd_conv_joined.c : bytes to text where a code may be the start of another: letters that a mark
 * behind them joins (TCVN, VNI, the Vietnamese and Hebrew pages of iconv), escapes of one byte that
 * mean something alone (GSM 03.38). */
#include "rcd_conv.h"

/* Room in which a round is safe: bytes of input, bytes of output. */
#define ROUND_IN 4
#define ROUND_OUT 16

static void put_cell(uint8_t *out, uint32_t cell, int units)
{
    if (units) {
        out[0] = (uint8_t)cell;
        out[1] = (uint8_t)(cell >> 8);
    } else {
        rcd_store4(out, cell);
    }
}

void rcd_decode_joined(const rcd_decode_map *map, int final, const uint8_t *data, size_t len,
                       uint8_t *out, size_t cap, rcd_stop *stop)
{
    const uint32_t *cells = rcd_decode_cells(map);
    const rcd_span *spans = rcd_decode_spans(map);
    const int units = map->units;
    size_t i = 0, o = 0;
    while (i < len) {
        while (len - i >= ROUND_IN && cap - o >= ROUND_OUT) {
            uint32_t cell = cells[data[i]], alone = CELL_NONE;
            unsigned used = 1, alone_used = 1;
            while (used < ROUND_IN) {
                if (CELL_KIND(cell) == CELL_BOTH) {
                    alone = spans[CELL_REST(cell)].first;
                    alone_used = used;
                    cell = spans[CELL_REST(cell) + 1].first;
                }
                if (CELL_KIND(cell) != CELL_ROW) {
                    break;
                }
                cell = cells[CELL_REST(cell) + data[i + used]];
                used++;
            }
            if (cell == CELL_NONE) {
                cell = alone;
                used = alone_used;
            }
            if (rcd_is_plain(cell)) {
                put_cell(out + o, cell, units);
                o += units ? 2 : CELL_KIND(cell);
            } else if (CELL_KIND(cell) == CELL_TEXT) {
                o += rcd_put_text(map, CELL_REST(cell), out + o);
            } else {
                break;
            }
            i += used;
        }
        if (i == len) {
            break;
        }
        rcd_one one;
        if (final) {
            rcd_decode_last(map, data + i, len - i, &one);
        } else {
            rcd_decode_one(map, data + i, len - i, &one);
        }
        if (!rcd_take_one(&one, &i, out, cap, &o, stop)) {
            return;
        }
    }
    rcd_at_end(i, o, stop);
}
