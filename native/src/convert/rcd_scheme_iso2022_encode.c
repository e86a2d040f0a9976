/* rcd_scheme_iso2022_encode.c : writing ISO 2022 by its description. */
#include "rcd_scheme_iso2022.h"

/* Writes what it takes to have a set in force. */
static size_t call(const rcd_scheme *s, uint64_t *state, unsigned slot, unsigned set,
                   const rcd_escape_sequence *sequence, uint8_t *out)
{
    size_t n = 0;
    uint64_t now = *state;
    if (slot == 1 && s->header.length != 0) {
        if (!(now & HEADED)) {
            out[n++] = ESC;
            memcpy(out + n, s->header.sequence, s->header.length);
            n += s->header.length;
        }
        now |= HEADED | (uint64_t)set << SET_BITS;
    }
    unsigned known = slot_of(now, slot);
    int wanted = known != set && (known != 0 || slot != 1 || set != s->unshifted);
    if (slot == 0 && (now & SHIFTED)) {
        out[n++] = SI;
        now &= ~SHIFTED;
    }
    if (wanted) {
        out[n++] = ESC;
        memcpy(out + n, sequence->sequence, sequence->length);
        n += sequence->length;
        now = designate(now, slot, set);
    }
    if (slot == 1 && !(now & SHIFTED)) {
        out[n++] = SO;
        now |= SHIFTED;
    } else if (slot > 1) {
        out[n++] = ESC;
        out[n++] = slot == 2 ? 'N' : 'O';
    }
    *state = now;
    return n;
}

/* The sequence that brings ASCII back. */
static const rcd_escape_sequence to_ascii = {2, 0, 0, {'(', 'B', 0, 0, 0}};

static int encode_ascii(const rcd_scheme *s, uint64_t *state, rcd_run *r, uint32_t unit)
{
    if (unit == ESC || ((unit == SO || unit == SI) && s->shifts != RCD_SHIFTS_PLAIN)) {
        return run_stop(r, RCD_STOP_UNENCODABLE, 2);
    }
    const int ended = unit == '\n' || (unit == '\r' && s->returns);
    if (ended && (s->care & RCD_CARE_LINES) && (*state & s->line_end & ~SHIFTED)) {
        return run_stop(r, RCD_STOP_UNENCODABLE, 2);
    }
    uint64_t after = *state;
    uint8_t bytes[SCHEME_LONGEST];
    size_t n = call(s, &after, 0, 0, &to_ascii, bytes);
    bytes[n++] = (uint8_t)unit;
    if (!run_put_bytes(r, 2, bytes, n)) {
        return 0;
    }
    *state = ended ? after & ~(uint64_t)s->line_end : after;
    if (unit >= 0x20) {
        run_narrow(r);
    }
    return 1;
}

/* As many characters of the set in force as follow, by their calls. */
static void same_set(const rcd_scheme *s, unsigned slot, unsigned set, unsigned width, rcd_run *r)
{
    const rcd_encode_map *map = s->encode;
    while (r->len - r->i >= 2 && r->cap - r->o >= 2) {
        uint32_t cell = map->plane[unit_of(r->data + r->i)];
        const rcd_escape_sequence *c = s->call + (cell & SET_MASK);
        if (CELL_KIND(cell) != width + 1 || c->slot != slot || c->set != set) {
            return;
        }
        r->out[r->o] = (uint8_t)(cell >> 8);
        r->out[r->o + 1] = (uint8_t)(cell >> 16);
        r->o += width;
        r->i += 2;
    }
}

static int is_control(uint32_t point)
{
    return point - 0x80 < 0x20;
}

/* Characters that no set has, after the escape that they need. */
static int encode_utf8(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    size_t used;
    uint32_t point = run_point(r, &used);
    while (used != 0 && point >= 0x80 && !is_control(point) &&
           rcd_encode_cell(s->encode, point) == CELL_NONE) {
        uint8_t bytes[7] = {ESC, '%', 'G', 0, 0, 0, 0};
        const size_t escape = *state & UTF_8 ? 0 : 3;
        const size_t size = rcd_put_utf8(bytes + 3, point);
        if (!run_put_bytes(r, used, bytes + 3 - escape, escape + size)) {
            return 0;
        }
        *state |= UTF_8;
        if (r->i == r->len) {
            return 1;
        }
        point = run_point(r, &used);
    }
    return used != 0;
}

/* The way back, before a character that is sure to be written. */
static int leave_utf8(const rcd_scheme *s, uint64_t *state, uint32_t point, size_t used, rcd_run *r)
{
    static const uint8_t bytes[3] = {ESC, '%', '@'};
    const uint32_t cell = rcd_encode_cell(s->encode, point);
    if (point == ESC || is_control(point) || (cell & CELL_STARTS) ||
        (point >= 0x80 && CELL_KIND(cell) - 2 > 1)) {
        return run_stop(r, RCD_STOP_UNENCODABLE, (uint32_t)used);
    }
    if (!run_put_bytes(r, 0, bytes, sizeof bytes)) {
        return 0;
    }
    *state &= ~UTF_8;
    return 1;
}

int rcd_iso2022_encode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    size_t used;
    if (s->utf8 && s->encode != NULL) {
        const size_t start = r->i;
        if (!encode_utf8(s, state, r)) {
            return 0;
        }
        if (r->i > start) {
            return 1;
        }
    }
    uint32_t point = run_point(r, &used);
    if (used == 0) {
        return 0;
    }
    if (s->utf8 && s->encode != NULL && (*state & UTF_8)) {
        return leave_utf8(s, state, point, used, r);
    }
    if (s->utf8 && is_control(point)) {
        return run_stop(r, RCD_STOP_UNENCODABLE, (uint32_t)used);
    }
    if (point < 0x80 && *state < OTHERS) {
        return encode_ascii(s, state, r, point);
    }
    if (s->encode == NULL || *state >= OTHERS) {
        return run_stop(r, RCD_STOP_UNENCODABLE, (uint32_t)used);
    }
    rcd_one one;
    rcd_encode_one(s->encode, 1, 0, r->data + r->i, r->len - r->i, &one);
    if (one.kind != RCD_STOP_END || one.made < 2 || one.made > 3) {
        return run_stop(r, one.kind == RCD_STOP_END ? RCD_STOP_UNENCODABLE : one.kind, one.length);
    }
    const rcd_escape_sequence *c = s->call + (one.out[0] & SET_MASK);
    const unsigned width = one.made - 1;
    const uint8_t high = c->slot == RCD_NO_SET || s->right != 0 ? 0x80 : 0;
    uint8_t bytes[SCHEME_LONGEST];
    size_t n = 0;
    uint64_t after = *state;
    if (s->right != 0) {
        unsigned known = slot_of(after, 1);
        if ((known != 0 ? known : s->right) != c->set) {
            bytes[n++] = ESC;
            memcpy(bytes + n, c->sequence, c->length);
            n += c->length;
        }
        after = designate(after, 1, c->set);
    } else if (c->slot != RCD_NO_SET) {
        n = call(s, &after, c->slot, c->set, c, bytes);
    }
    for (unsigned k = 0; k < width; k++) {
        bytes[n++] = one.out[1 + k] | high;
    }
    if (!run_put_bytes(r, one.length, bytes, n)) {
        return 0;
    }
    *state = after;
    if (high == 0 && c->slot < 2) {
        same_set(s, c->slot, c->set, width, r);
    }
    return 1;
}
