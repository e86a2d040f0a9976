/* rcd_scheme_hz.c : HZ (RFC 1843) as ICU has it: set 1 between ~{ and ~}, ASCII outside. */
#include "rcd_small.h"

#include "rcd_scheme.h"

#define PAIRS 1u                   /* when reading; a shift with nothing behind it is the codec's */
enum { UNSAID, SINGLES, DOUBLES }; /* when writing */

/* `{` and `}` behind a tilde, with a character behind them. */
static int read_shift(uint64_t *state, rcd_run *r)
{
    const uint8_t *p = r->data + r->i;
    const size_t left = r->len - r->i;
    if (left < 3 || (p[1] == '{' && left < 4)) {
        return run_cut(r); /* until a whole character is there */
    }
    if ((p[1] != '{' && p[1] != '}') || p[2] == '~') {
        return run_illegal(r);
    }
    *state = p[1] == '{' ? PAIRS : 0;
    r->i += 2;
    return 1;
}

static int read_pairs(const rcd_scheme *s, rcd_run *r)
{
    if (s->decode[1] == NULL) {
        return run_illegal(r);
    }
    const size_t before = r->i;
    run_pairs(r, rcd_decode_cells(s->decode[1]), '~');
    return r->i > before       ? 1
           : r->len - r->i < 2 ? run_cut(r)
           : r->cap - r->o < 2 ? run_full(r)
                               : run_illegal(r);
}

int rcd_hz_decode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    if (*state > PAIRS) {
        return run_illegal(r);
    }
    uint8_t b = r->data[r->i];
    if (b == '~') {
        return read_shift(state, r);
    }
    if (*state == PAIRS) {
        return read_pairs(s, r);
    }
    while (b < 0x80 && b != '~' && r->cap - r->o >= 2) {
        put_unit(r->out + r->o, b);
        r->o += 2;
        if (++r->i == r->len) {
            return 1;
        }
        b = r->data[r->i];
    }
    return b == '~' ? 1 : b >= 0x80 ? run_illegal(r) : run_full(r);
}

int rcd_hz_encode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    const rcd_encode_map *map = s->encode;
    size_t i = r->i, o = r->o;
    uint32_t kind = RCD_STOP_END;
    while (i < r->len) {
        if (r->len - i < 2) {
            kind = RCD_STOP_CUT;
            break;
        }
        const uint32_t unit = unit_of(r->data + i);
        const uint32_t cell = unit < 0x80 || map == NULL ? CELL_NONE : map->plane[unit];
        const uint64_t wanted = unit < 0x80 ? SINGLES : DOUBLES;
        if (unit == '~' || (unit >= 0x80 && CELL_KIND(cell) != 2)) {
            kind = RCD_STOP_UNENCODABLE;
            break;
        }
        const size_t size = (wanted != *state ? 2u : 0u) + (wanted == DOUBLES ? 2u : 1u);
        if (r->cap - o < size) {
            kind = RCD_STOP_OUTPUT;
            break;
        }
        if (wanted != *state) {
            r->out[o++] = '~';
            r->out[o++] = wanted == DOUBLES ? '{' : '}';
            *state = wanted;
        }
        if (wanted == DOUBLES) {
            r->out[o++] = (uint8_t)cell;
            r->out[o++] = (uint8_t)(cell >> 8);
        } else {
            r->out[o++] = (uint8_t)unit;
        }
        i += 2;
    }
    r->i = i;
    r->o = o;
    return kind == RCD_STOP_END      ? 1
           : kind == RCD_STOP_CUT    ? run_cut(r)
           : kind == RCD_STOP_OUTPUT ? run_full(r)
                                     : run_stop(r, kind, 2);
}
