/* rcd_scheme_iso2022.c : reading ISO 2022 by its description. */
#include "rcd_scheme_iso2022.h"

/* The set that bytes 21..7E are codes of. */
static unsigned current(const rcd_scheme *s, uint64_t state)
{
    unsigned set = slot_of(state, 1);
    return !(state & SHIFTED) ? slot_of(state, 0) : set != 0 ? set : s->unshifted & SET_MASK;
}

/* One character by hand at `start`, which is r->i or behind a single shift. */
static int one_of_set(const rcd_scheme *s, unsigned set, size_t start, rcd_run *r)
{
    const rcd_decode_map *map = s->decode[set];
    if (map == NULL) {
        return run_illegal(r);
    }
    if (r->len - start < s->width[set]) {
        return run_cut(r);
    }
    rcd_one one;
    rcd_decode_one(map, r->data + start, s->width[set], &one);
    if (one.kind != RCD_STOP_END) {
        return run_illegal(r);
    }
    return run_put_bytes(r, start - r->i + one.length, one.out, one.made);
}

/* Whether something stands between what ends in front of `at` and the next sequence, or shift where
 * it was one; else it stops. */
static int no_gap(const rcd_scheme *s, rcd_run *r, size_t at, int shifted)
{
    if (!(s->care & RCD_CARE_GAPS)) {
        return 1;
    }
    if (r->len - at < 2) {
        return run_cut(r); /* until a whole character is there */
    }
    const uint8_t b = r->data[at];
    return b == ESC || (shifted && (b == SI || b == SO)) ? run_illegal(r) : 1;
}

static int escape(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    const uint8_t *p = r->data + r->i + 1;
    size_t left = r->len - r->i - 1;
    int cut = left == 0;
    if (s->utf8 && left >= 2 && p[0] == '%' && p[1] == 'G') {
        *state |= UTF_8;
        r->i += 3;
        return 1;
    }
    for (unsigned k = 0; k < s->designations; k++) {
        const rcd_escape_sequence *d = s->designation + k;
        if (left >= d->length && memcmp(p, d->sequence, d->length) == 0) {
            if (!no_gap(s, r, r->i + 1 + d->length, 0)) {
                return 0;
            }
            *state = designate(*state, d->slot, d->set);
            if (d->slot == 0 && s->ends_shift) {
                *state &= ~SHIFTED;
            }
            r->i += 1u + d->length;
            return 1;
        }
        cut = cut || (left < d->length && memcmp(p, d->sequence, left) == 0);
    }
    if (cut) {
        return run_cut(r);
    }
    if ((*p == 'N' || *p == 'O') && slot_of(*state, *p == 'N' ? 2 : 3) != 0) {
        return one_of_set(s, slot_of(*state, *p == 'N' ? 2 : 3), r->i + 2, r);
    }
    return run_illegal(r);
}

static int shift(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    int out = r->data[r->i] == SO;
    if (s->shifts != RCD_SHIFTS_SWITCH ||
        (out && slot_of(*state, 1) == 0 && s->unshifted == RCD_NO_SET)) {
        return run_illegal(r);
    }
    if (out && !no_gap(s, r, r->i + 1, 1)) {
        return 0;
    }
    *state = out ? *state | SHIFTED : *state & ~SHIFTED;
    r->i++;
    return 1;
}

/* Codes of one byte or two, with the bits of `high` set, as many as are plain. With `between` a
 * character of ASCII between SI and SO does not end them: Korean has one behind every other word,
 * and a jump that nobody can foresee is what takes the time. */
static int codes(const rcd_scheme *s, unsigned set, unsigned high, int between, rcd_run *r)
{
    const rcd_decode_map *map = s->decode[set];
    if (map == NULL || s->width[set] > 2) {
        return run_illegal(r);
    }
    const uint32_t *cells = rcd_decode_cells(map);
    const uint8_t *data = r->data;
    size_t i = r->i, o = r->o;
    const size_t start = i, width = s->width[set];
    if (width == 2) {
        size_t gone = 0; /* behind the last SI, character and SO */
        /* Where a shift back to nothing is an error, a pair must follow. */
        const size_t room = s->care & RCD_CARE_GAPS ? 5 : 3;
        while (r->len - i >= 2 && r->cap - o >= 2) {
            uint32_t cell = cells[data[i] ^ high];
            if (CELL_KIND(cell) != CELL_ROW) {
                if (between && i != gone && r->len - i >= room && data[i] == SI &&
                    data[i + 2] == SO && data[i + 1] >= 0x20 && data[i + 1] < 0x7F &&
                    (room == 3 || CELL_KIND(cells[data[i + 3] ^ high]) == CELL_ROW)) {
                    put_unit(r->out + o, data[i + 1]);
                    i += 3;
                    o += 2;
                    gone = i;
                    continue;
                }
                break;
            }
            cell = cells[CELL_REST(cell) + (data[i + 1] ^ high)];
            if (CELL_KIND(cell) != 1) {
                break;
            }
            put_unit(r->out + o, cell);
            i += 2;
            o += 2;
        }
    } else {
        while (r->len - i >= 1 && r->cap - o >= 2) {
            uint32_t cell = cells[data[i] ^ high];
            if (CELL_KIND(cell) != 1) {
                break;
            }
            put_unit(r->out + o, cell);
            i++;
            o += 2;
        }
    }
    r->i = i;
    r->o = o;
    if (i > start) {
        return 1;
    }
    if (r->len - i < width) {
        return run_cut(r);
    }
    if (r->cap - o < 2) {
        return run_full(r);
    }
    return high ? run_illegal(r) : one_of_set(s, set, i, r);
}

static int right(const rcd_scheme *s, uint64_t state, rcd_run *r)
{
    if (s->right != 0) {
        unsigned set = slot_of(state, 1);
        return codes(s, set != 0 ? set : s->right, 0x80, 0, r);
    }
    return s->high != 0 ? codes(s, s->high, 0x80, 0, r) : run_illegal(r);
}

/* Up to the escape that ends it. */
static int decode_utf8(uint64_t *state, rcd_run *r)
{
    while (r->i < r->len) {
        const uint8_t *p = r->data + r->i;
        const size_t left = r->len - r->i;
        if (*p == ESC) {
            if (left < 3 || p[1] != '%' || p[2] != '@') {
                return left < 3 ? run_cut(r) : run_illegal(r);
            }
            *state &= ~UTF_8;
            r->i += 3;
            return 1;
        }
        rcd_one one;
        const uint32_t point = rcd_read_point(RCD_FORM_UTF8, p, left, &one);
        if (one.kind != RCD_STOP_END) {
            return run_stop(r, one.kind, one.length);
        }
        if (!run_put_point(r, one.length, point)) {
            return 0;
        }
    }
    return 1;
}

int rcd_iso2022_decode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    uint8_t b = r->data[r->i];
    if (s->utf8 && (*state & UTF_8)) {
        return decode_utf8(state, r);
    }
    if (*state >= OTHERS) {
        return run_illegal(r);
    }
    unsigned set = current(s, *state);
    if (b >= 0x7F && s->decode[set] != NULL && s->width[set] == 2 &&
        CELL_KIND(rcd_decode_cells(s->decode[set])[b]) == CELL_ROW) {
        return codes(s, set, 0, 0, r); /* a row behind the 94th */
    }
    const int careful = s->care & RCD_CARE_CONTROLS;
    if (b >= 0x80) {
        return careful && set != 0 && s->width[set] != 1 ? run_illegal(r) : right(s, *state, r);
    }
    if (b == ESC) {
        return escape(s, state, r);
    }
    if ((b == SO || b == SI) && s->shifts != RCD_SHIFTS_PLAIN) {
        return shift(s, state, r);
    }
    const uint8_t end = careful ? 0x7F : 0x80; /* of ASCII */
    if (careful && (b < 0x21 || b == 0x7F) && (set != 0 || b == 0x7F)) {
        return run_illegal(r);
    }
    if (set == 0 && b >= 0x20) {
        if (!careful) {
            run_widen(r);
        }
        b = r->i < r->len ? r->data[r->i] : 0;
        while (b >= 0x20 && b < end && r->cap - r->o >= 2) {
            put_unit(r->out + r->o, b);
            r->o += 2;
            r->i++;
            b = r->i < r->len ? r->data[r->i] : 0;
        }
        return r->i == r->len || r->cap - r->o >= 2 ? 1 : run_full(r);
    }
    if (b < 0x20 || set == 0 ||
        ((b == 0x20 || b == 0x7F) && (s->width[set] == 1 || s->spaces))) {
        if (!run_put_point(r, 1, b)) {
            return 0;
        }
        if (b == '\n' || (b == '\r' && s->returns)) {
            *state &= ~(uint64_t)s->line_end;
        }
        return 1;
    }
    /* Where SO leads back to this set, and what stands before it is ASCII. */
    int between = (*state & SHIFTED) && slot_of(*state, 0) == 0;
    return codes(s, set, 0, between, r);
}
