/* rcd_scheme_mixed.c : mixed-byte EBCDIC. SO enters the codes of two bytes, SI those of one. */
#include "rcd_small.h"

#include "rcd_scheme.h"

#define SO 0x0E
#define SI 0x0F

int rcd_mixed_decode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    const uint8_t *data = r->data;
    const size_t before = r->i;
    const uint8_t b = data[before];
    if (b == SO || b == SI) {
        *state = b == SO;
        r->i++;
        return 1;
    }
    const rcd_decode_map *map = s->decode[*state & 1];
    if (map == NULL) {
        return run_illegal(r);
    }
    const uint32_t *cells = rcd_decode_cells(map);
    if (*state == 0) {
        size_t i = before, o = r->o;
        while (i < r->len && r->cap - o >= 2) {
            uint32_t cell = cells[data[i]];
            if (CELL_KIND(cell) != 1 || data[i] == SO || data[i] == SI) {
                break;
            }
            put_unit(r->out + o, cell);
            i++;
            o += 2;
        }
        r->i = i;
        r->o = o;
    } else {
        /* SO and SI are no leads; behind one they are left to the codec, like all that is odd. */
        run_pairs(r, cells, SO);
    }
    if (r->i > before) {
        return 1;
    }
    rcd_one one;
    rcd_decode_one(map, data + before, r->len - before, &one);
    if (one.kind != RCD_STOP_END) {
        return run_stop(r, one.kind, one.length);
    }
    return run_put_bytes(r, one.length, one.out, one.made);
}

static int is_shift(uint32_t value)
{
    return value == SO || value == SI;
}

/* As many characters as follow whose codes have the length in force. */
static void same_length(const rcd_encode_map *map, unsigned length, rcd_run *r)
{
    while (r->len - r->i >= 2 && r->cap - r->o >= 2) {
        uint32_t unit = unit_of(r->data + r->i);
        uint32_t cell = map->plane[unit];
        if (CELL_KIND(cell) != length || is_shift(unit) || (length == 1 && is_shift(cell & 0xFF))) {
            return;
        }
        r->out[r->o] = (uint8_t)cell;
        r->out[r->o + 1] = (uint8_t)(cell >> 8);
        r->o += length;
        r->i += 2;
    }
}

int rcd_mixed_encode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    rcd_one one;
    if (s->encode == NULL) {
        return run_stop(r, RCD_STOP_UNENCODABLE, 2);
    }
    rcd_encode_one(s->encode, 1, 0, r->data + r->i, r->len - r->i, &one);
    if (one.kind != RCD_STOP_END || one.made > 2 || is_shift(unit_of(r->data + r->i)) ||
        (one.made == 1 && is_shift(one.out[0]))) {
        return run_stop(r, one.kind == RCD_STOP_END ? RCD_STOP_UNENCODABLE : one.kind, one.length);
    }
    const uint64_t pairs = one.made - 1;
    uint8_t bytes[3];
    size_t n = 0;
    if (*state != pairs) {
        bytes[n++] = pairs ? SO : SI;
    }
    memcpy(bytes + n, one.out, one.made);
    if (!run_put_bytes(r, one.length, bytes, n + one.made)) {
        return 0;
    }
    *state = pairs;
    same_length(s->encode, one.made, r);
    return 1;
}
