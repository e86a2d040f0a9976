/* rcd_scheme_escapes.c : ASCII with escapes for all else, of code points (C99) or UTF-16 (Java). */
#include "rcd_scheme.h"

/* ASCII up to a backslash. */
static void widen_ascii(rcd_run *r)
{
    while (r->i < r->len && r->cap - r->o >= 2) {
        uint8_t b = r->data[r->i];
        if (b >= 0x80 || b == '\\') {
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

/* The number of an escape of `size` bytes at p; what is none gives more than Unicode has. */
static uint32_t number_of(const uint8_t *p, size_t left, uint8_t letter, unsigned size)
{
    if (left < size || p[0] != '\\' || p[1] != letter) {
        return UINT32_MAX;
    }
    uint32_t number = 0;
    for (unsigned k = 2; k < size; k++) {
        uint32_t digit = hex_of(p[k]);
        if (digit > 15 || number >= 0x1000000) {
            return UINT32_MAX;
        }
        number = number << 4 | digit;
    }
    return number;
}

int rcd_escapes_decode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    (void)state;
    widen_ascii(r);
    if (r->i == r->len) {
        return 1;
    }
    const uint8_t *p = r->data + r->i;
    const size_t left = r->len - r->i;
    if (p[0] != '\\') {
        return p[0] < 0x80 ? run_full(r) : run_illegal(r);
    }
    uint32_t point = number_of(p, left, 'u', 6);
    size_t used = 6;
    if (s->kind == RCD_SCHEME_C99 && point == UINT32_MAX) {
        point = number_of(p, left, 'U', 10);
        used = 10;
    } else if (s->kind == RCD_SCHEME_JAVA && (point & 0xFFFFFC00u) == 0xD800) {
        uint32_t low = number_of(p + 6, left - 6, 'u', 6);
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
    if (point < 0x80) {
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
