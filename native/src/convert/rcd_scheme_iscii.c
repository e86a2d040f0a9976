/* rcd_scheme_iscii.c : ISCII (IS 13194:1991). ATR and a byte switch between scripts, the end of a
 * line goes back to that of the start. */
#include "rcd_small.h"

#include "rcd_scheme.h"

#define ATR 0xEF

#define SCRIPT 0x0Fu /* of the byte before a code that is written */

static uint32_t script_of(const rcd_scheme *s, uint64_t state)
{
    return (state != 0 ? (uint32_t)state - 1 : s->unshifted) % RCD_SETS;
}

static int is_line_end(uint32_t unit)
{
    return unit == '\n' || unit == '\r';
}

static int called(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    if (r->len - r->i < 2) {
        return run_cut(r);
    }
    for (unsigned k = 0; k < s->designations && k < RCD_SETS; k++) {
        const rcd_escape_sequence *call = s->designation + k;
        if (call->sequence[0] == r->data[r->i + 1]) {
            *state = call->set == RCD_NO_SET ? 0 : call->set + 1u;
            r->i += 2;
            return 1;
        }
    }
    return run_illegal(r);
}

/* Up to the end of a line or ATR, which are in no pair, one script is in force. */
int rcd_iscii_decode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    const uint8_t *data = r->data + r->i;
    if (data[0] == ATR) {
        return called(s, state, r);
    }
    if (is_line_end(data[0])) {
        if (!run_put_point(r, 1, data[0])) {
            return 0;
        }
        *state = 0;
        return 1;
    }
    const rcd_decode_map *map = s->decode[script_of(s, *state)];
    if (map == NULL) {
        return run_illegal(r);
    }
    /* No byte makes less than half a unit, so there is no room for what is behind `most`. */
    size_t left = r->len - r->i, room = r->cap - r->o, n = 0;
    const size_t most = left < room + 2 ? left : room + 2;
    while (n < most && data[n] != ATR && !is_line_end(data[n])) {
        n++;
    }
    rcd_stop stop;
    rcd_decode_joined(map, n < most, data, n, r->out + r->o, room, &stop);
    r->i += stop.consumed;
    r->o += stop.produced;
    if (stop.kind == RCD_STOP_CUT && n < left) {
        /* What `most` cuts is taken up again; half of a pair before the end of a line is wrong. */
        return stop.consumed > 0 && n == most ? 1 : run_illegal(r);
    }
    return stop.kind == RCD_STOP_END ? 1 : run_stop(r, stop.kind, stop.length);
}

/* Characters of the script in force that stand for themselves whatever follows. */
static void same_script(const rcd_encode_map *map, uint32_t script, rcd_run *r)
{
    while (r->len - r->i >= 4 && r->cap - r->o >= 2) {
        const uint32_t unit = unit_of(r->data + r->i), next = unit_of(r->data + r->i + 2);
        if (unit - 0x20 < 0x60) {
            r->out[r->o++] = (uint8_t)unit;
            r->i += 2;
            continue;
        }
        uint32_t cell = map->plane[unit];
        if (cell & CELL_STARTS) {
            const uint32_t behind = map->plane[next] & ~CELL_STARTS;
            if (next >= 0x80 && (behind == 0 || (behind & RCD_ISCII_FOLLOWS))) {
                return;
            }
            cell &= ~CELL_STARTS;
        }
        if (CELL_KIND(cell) - 2 > 1 || (cell & (SCRIPT | RCD_ISCII_ANY)) != script) {
            return;
        }
        r->out[r->o] = (uint8_t)(cell >> 8);
        r->out[r->o + 1] = (uint8_t)(cell >> 16);
        r->o += CELL_KIND(cell) - 1;
        r->i += 2;
    }
}

int rcd_iscii_encode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    const rcd_encode_map *map = s->encode;
    const uint32_t here = script_of(s, *state);
    if (map == NULL) {
        return run_stop(r, RCD_STOP_UNENCODABLE, 2);
    }
    same_script(map, here, r);
    if (r->i == r->len) {
        return 1;
    }
    const uint8_t *p = r->data + r->i;
    if (r->len - r->i >= 2 && unit_of(p) < 0x80) {
        if (!run_put_bytes(r, 2, p, 1)) {
            return 0;
        }
        *state = is_line_end(p[0]) ? 0 : *state;
        return 1;
    }
    rcd_one one;
    rcd_encode_one(map, 1, 0, p, r->len - r->i, &one);
    if (one.kind != RCD_STOP_END) {
        return run_stop(r, one.kind, one.length);
    }
    const uint32_t mark = one.out[0], script = mark & SCRIPT;
    if ((mark & RCD_ISCII_ANY) || script == here) {
        return run_put_bytes(r, one.length, one.out + 1, one.made - 1);
    }
    if (mark & RCD_ISCII_HERE) {
        return run_stop(r, RCD_STOP_UNENCODABLE, 2);
    }
    uint8_t bytes[SCHEME_LONGEST] = {ATR, s->call[script].sequence[0]};
    memcpy(bytes + 2, one.out + 1, one.made - 1);
    if (!run_put_bytes(r, one.length, bytes, one.made + 1)) {
        return 0;
    }
    *state = script == s->unshifted ? 0 : script + 1;
    return 1;
}
