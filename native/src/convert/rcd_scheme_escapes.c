/* rcd_scheme_escapes.c : ASCII with escapes for all else, of code points (C99) or UTF-16 (Java). */
#include "rcd_small.h"

#include "rcd_scheme.h"

/* What is there as it is, up to a backslash. */
static void widen_direct(const rcd_scheme *s, rcd_run *r)
{
    while (r->i < r->len && r->cap - r->o >= 2) {
        uint8_t b = r->data[r->i];
        if (b >= s->direct || b == '\\') {
            return;
        }
        put_unit(r->out + r->o, b);
        r->o += 2;
        r->i++;
    }
}

static uint32_t hex_of(uint8_t b)
{
    uint32_t letter = b | 0x20u;
    return b >= '0' && b <= '9'             ? b - '0' + 0u
           : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10
                                            : 16;
}

/* Reads the number of an escape of the letter at `at`; returns 0 when the run stops. */
static int number_at(rcd_run *r, size_t at, uint8_t letter, unsigned digits, uint32_t *number)
{
    *number = 0;
    for (unsigned k = 0; k < digits + 2; k++) {
        if (at + k == r->len) {
            return run_cut(r);
        }
        uint8_t b = r->data[at + k];
        uint32_t digit = k < 2 ? 0 : hex_of(b);
        if ((k == 0 && b != '\\') || (k == 1 && b != letter) || digit > 15 ||
            *number >= 0x1000000) {
            return run_illegal(r);
        }
        *number = *number << 4 | digit;
    }
    return 1;
}

int rcd_escapes_decode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    (void)state;
    widen_direct(s, r);
    if (r->i == r->len) {
        return 1;
    }
    if (r->data[r->i] != '\\') {
        return r->data[r->i] < s->direct ? run_full(r) : run_illegal(r);
    }
    const int wide = s->kind == RCD_SCHEME_C99 && r->len - r->i > 1 && r->data[r->i + 1] == 'U';
    uint32_t point, low;
    size_t used = wide ? 10 : 6;
    if (!number_at(r, r->i, wide ? 'U' : 'u', wide ? 8 : 4, &point)) {
        return 0;
    }
    if (s->kind == RCD_SCHEME_JAVA && (point & 0xFFFFFC00u) == 0xD800) {
        if (!number_at(r, r->i + 6, 'u', 4, &low)) {
            return 0;
        }
        if ((low & 0xFFFFFC00u) == 0xDC00) {
            point = 0x10000 + ((point & 0x3FF) << 10) + (low & 0x3FF);
            used = 12;
        }
    }
    if (point > 0x10FFFF || (point & 0xFFFFF800u) == 0xD800) {
        return run_illegal(r);
    }
    return run_put_point(r, used, point);
}

static size_t put_escape(uint8_t *out, uint8_t letter, unsigned count, uint32_t number)
{
    static const uint8_t hex[17] = "0123456789abcdef";
    out[0] = '\\';
    out[1] = letter;
    for (unsigned k = 0; k < count; k++) {
        out[2 + k] = hex[number >> 4 * (count - 1 - k) & 15];
    }
    return 2 + count;
}

int rcd_escapes_encode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    (void)state;
    run_narrow(r);
    if (r->i == r->len) {
        return 1;
    }
    size_t used;
    uint32_t point = run_point(r, &used);
    uint8_t bytes[SCHEME_LONGEST];
    if (used == 0) {
        return 0;
    }
    if (point < s->direct_written) {
        bytes[0] = (uint8_t)point;
        return run_put_bytes(r, used, bytes, 1);
    }
    size_t n;
    if (point < 0x10000) {
        n = put_escape(bytes, 'u', 4, point);
    } else if (s->kind == RCD_SCHEME_C99) {
        n = put_escape(bytes, 'U', 8, point);
    } else {
        n = put_escape(bytes, 'u', 4, 0xD7C0 + (point >> 10));
        n += put_escape(bytes + n, 'u', 4, 0xDC00 + (point & 0x3FF));
    }
    return run_put_bytes(r, used, bytes, n);
}
