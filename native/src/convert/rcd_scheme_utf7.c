/* rcd_scheme_utf7.c : UTF-7, of RFC 2152 and for the names of IMAP mailboxes.
 * In a run of base 64 the state holds the bits left over from the last code unit. */
#include "rcd_scheme.h"

enum { DIRECT = 0, AFTER_RUN = 1, EMPTY_RUN = 2, IN_RUN = 3 };
#define KIND(state) ((unsigned)(state) & 3u)
#define COUNT(state) ((unsigned)((state) >> 2) & 7u)
#define LEFT(state) ((uint32_t)((state) >> 5))

#define NO_DIGIT 64u

static uint64_t in_run(unsigned count, uint32_t bits)
{
    return IN_RUN | (uint64_t)count << 2 | (uint64_t)bits << 5;
}

static unsigned flags_of(const rcd_scheme *s, uint32_t byte)
{
    return s->bytes[byte];
}

static uint32_t digit_of(const rcd_scheme *s, uint8_t byte)
{
    return s->bytes[256 + byte];
}

static uint8_t digit(const rcd_scheme *s, uint32_t value)
{
    return s->bytes[512 + (value & 63)];
}

static int is_imap(const rcd_scheme *s)
{
    return s->kind == RCD_SCHEME_UTF7_IMAP;
}

static uint8_t shift_of(const rcd_scheme *s)
{
    return is_imap(s) ? '&' : '+';
}

/* Reads a code unit; returns 0 when the run stops. */
static int read_unit(const rcd_scheme *s, rcd_run *r, size_t *at, unsigned *count, uint32_t *bits,
                     uint32_t *unit)
{
    while (*count < 16) {
        if (*at == r->len) {
            return run_cut(r);
        }
        uint32_t value = digit_of(s, r->data[*at]);
        if (value == NO_DIGIT) {
            return run_illegal(r);
        }
        *bits = *bits << 6 | value;
        *count += 6;
        (*at)++;
    }
    *count -= 16;
    *unit = *bits >> *count;
    *bits &= (1u << *count) - 1;
    return 1;
}

/* Whether a code unit is no character, or one that must not stand in base 64. */
static int is_odd(const rcd_scheme *s, uint32_t unit)
{
    return (unit & 0xFFFFF800u) == 0xD800 || (is_imap(s) && unit >= 0x20 && unit < 0x7F);
}

/* Three code units at once from eight digits, as long as nothing is special. */
static void read_triples(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    while (*state == in_run(0, 0) && r->len - r->i >= 8 && r->cap - r->o >= 6) {
        uint64_t bits = 0;
        uint32_t worst = 0;
        for (unsigned k = 0; k < 8; k++) {
            uint32_t value = digit_of(s, r->data[r->i + k]);
            worst |= value;
            bits = bits << 6 | value;
        }
        for (unsigned k = 0; k < 3; k++) {
            uint32_t unit = (uint32_t)(bits >> (32 - 16 * k)) & 0xFFFF;
            worst |= is_odd(s, unit) ? NO_DIGIT : 0;
            put_unit(r->out + r->o + 2 * k, unit);
        }
        if (worst >= NO_DIGIT) {
            return;
        }
        r->i += 8;
        r->o += 6;
    }
}

/* Behind the digits of a run: its end, which is left to the codec where it is no plain one. */
static int read_end(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    const uint8_t b = r->data[r->i];
    if (KIND(*state) == EMPTY_RUN || LEFT(*state) != 0 || (b != '-' && is_imap(s))) {
        return run_illegal(r);
    }
    *state = is_imap(s) ? AFTER_RUN : DIRECT;
    if (b == '-') {
        r->i++;
    }
    return 1;
}

/* Whether the digits of another code unit follow, or the end of the run with nothing left over. */
static int goes_on(const rcd_scheme *s, const rcd_run *r, size_t at, unsigned count, uint32_t bits)
{
    if (at < r->len && digit_of(s, r->data[at]) == NO_DIGIT) {
        return bits == 0 &&
               (r->data[at] == '-' || (flags_of(s, r->data[at]) & RCD_UTF7_READ) != 0);
    }
    for (; count < 16; count += 6, at++) {
        const uint32_t value = at < r->len ? digit_of(s, r->data[at]) : NO_DIGIT;
        if (value == NO_DIGIT) {
            return 0;
        }
        bits = bits << 6 | value;
    }
    return !is_odd(s, bits >> (count - 16) & 0xFFFF) || !is_imap(s);
}

static int read_shifted(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    read_triples(s, state, r);
    if (r->i == r->len) {
        return 1;
    }
    if (digit_of(s, r->data[r->i]) == NO_DIGIT) {
        return read_end(s, state, r);
    }
    unsigned count = COUNT(*state);
    uint32_t bits = LEFT(*state), unit, low;
    size_t at = r->i;
    if (!read_unit(s, r, &at, &count, &bits, &unit)) {
        return 0;
    }
    if ((unit & 0xFC00) == 0xD800) {
        if (!read_unit(s, r, &at, &count, &bits, &low)) {
            return 0;
        }
        unit = (low & 0xFC00) == 0xDC00 ? 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF) : unit;
    }
    if (is_odd(s, unit)) {
        return run_illegal(r);
    }
    /* What is wrong behind a character that shares a digit with it begins with that digit. */
    if (count != 0 && !goes_on(s, r, at, count, bits)) {
        return at + 3 > r->len ? run_cut(r) : run_illegal(r);
    }
    if (!run_put_point(r, at - r->i, unit)) {
        return 0;
    }
    *state = in_run(count, bits);
    return 1;
}

int rcd_utf7_decode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    const uint8_t b = r->data[r->i];
    if (KIND(*state) < EMPTY_RUN && *state > AFTER_RUN) {
        return run_illegal(r); /* a state of the codec's */
    }
    if (KIND(*state) >= EMPTY_RUN) {
        return read_shifted(s, state, r);
    }
    if (b == shift_of(s)) {
        if (r->len - r->i < 2) {
            return run_cut(r);
        }
        if (r->data[r->i + 1] == '-') {
            if (!run_put_point(r, 2, b)) {
                return 0;
            }
            *state = DIRECT;
            return 1;
        }
        if (KIND(*state) == AFTER_RUN || digit_of(s, r->data[r->i + 1]) == NO_DIGIT) {
            return run_illegal(r);
        }
        *state = EMPTY_RUN;
        r->i++;
        return 1;
    }
    if (!(flags_of(s, b) & RCD_UTF7_READ)) {
        return run_illegal(r);
    }
    do {
        if (!run_put_point(r, 1, r->data[r->i])) {
            return 0;
        }
        *state = DIRECT;
    } while (r->i < r->len && (flags_of(s, r->data[r->i]) & RCD_UTF7_READ));
    return 1;
}

/* A character that is written as it is, behind the end of a run; the shift with a hyphen. */
static int write_direct(const rcd_scheme *s, uint64_t *state, rcd_run *r, uint32_t point)
{
    uint8_t bytes[4];
    size_t n = 0;
    if (*state != DIRECT) {
        const unsigned count = COUNT(*state);
        if (count != 0) {
            bytes[n++] = digit(s, LEFT(*state) << (6 - count));
        }
        if (flags_of(s, point) & RCD_UTF7_HYPHEN) {
            bytes[n++] = '-';
        }
    }
    bytes[n++] = (uint8_t)point;
    if (point == shift_of(s)) {
        bytes[n++] = '-';
    }
    if (!run_put_bytes(r, 2, bytes, n)) {
        return 0;
    }
    *state = DIRECT;
    while (r->len - r->i >= 2 && r->o < r->cap) {
        const uint32_t unit = unit_of(r->data + r->i);
        if (unit >= 0x80 || unit == shift_of(s) || !(flags_of(s, unit) & RCD_UTF7_WRITTEN)) {
            break;
        }
        r->out[r->o++] = (uint8_t)unit;
        r->i += 2;
    }
    return 1;
}

int rcd_utf7_encode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    size_t used;
    uint32_t point = run_point(r, &used);
    if (used == 0) {
        return 0;
    }
    if (point < 0x80 && ((flags_of(s, point) & RCD_UTF7_WRITTEN) ||
                         (point == shift_of(s) && *state == DIRECT))) {
        return write_direct(s, state, r, point);
    }
    uint8_t bytes[SCHEME_LONGEST];
    size_t n = 0;
    unsigned count = COUNT(*state);
    uint32_t bits = LEFT(*state);
    if (*state == DIRECT) {
        bytes[n++] = shift_of(s);
    }
    for (size_t k = 0; k < used; k += 2) {
        bits = bits << 16 | unit_of(r->data + r->i + k);
        count += 16;
        while (count >= 6) {
            count -= 6;
            bytes[n++] = digit(s, bits >> count);
        }
        bits &= (1u << count) - 1;
    }
    if (!run_put_bytes(r, used, bytes, n)) {
        return 0;
    }
    *state = in_run(count, bits);
    return 1;
}
