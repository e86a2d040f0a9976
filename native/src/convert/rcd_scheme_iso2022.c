/* rcd_scheme_iso2022.c : ISO 2022 by its description: which escape sequence calls which set, what
 * SO and SI mean, what a line feed ends. The state has the layout of recodec_convert.h. */
#include "rcd_scheme.h"

#define BITS 5
#define MASK 31u
#define SHIFTED (UINT64_C(1) << 4 * BITS)
#define HEADED (UINT64_C(1) << (4 * BITS + 1))
#define OTHERS (HEADED << 1) /* what stands from here on is for the codec alone */

#define UTF_8 (UINT64_C(1) << 30)

#define ESC 0x1B
#define SO 0x0E
#define SI 0x0F

static unsigned slot_of(uint64_t state, unsigned slot)
{
    return (unsigned)(state >> slot * BITS) & MASK;
}

static uint64_t designate(uint64_t state, unsigned slot, unsigned set)
{
    return (state & ~((uint64_t)MASK << slot * BITS)) | (uint64_t)set << slot * BITS;
}

/* The set that bytes 21..7E are codes of. */
static unsigned current(const rcd_scheme *s, uint64_t state)
{
    unsigned set = slot_of(state, 1);
    return !(state & SHIFTED) ? slot_of(state, 0) : set != 0 ? set : s->unshifted & MASK;
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
        now |= HEADED | (uint64_t)set << BITS;
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
        const rcd_escape_sequence *c = s->call + (cell & MASK);
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
    const rcd_escape_sequence *c = s->call + (one.out[0] & MASK);
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
