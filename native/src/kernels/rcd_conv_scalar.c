/* rcd_conv_scalar.c : the conversion kernels in plain C, eight bytes at a time where it helps. */
#if defined(__x86_64__)
#include "rcd_small.h" /* where there are vectors nobody runs it but to compare */
#endif
#include "rcd_conv.h"

#define KC_FN static
#define KC_HELP RCD_INLINE
#define KC_SET rcd_conv_scalar

RCD_INLINE unsigned ascii_count(const uint8_t *in)
{
    unsigned n = 0;
    while (n < 16 && in[n] < 0x80) {
        n++;
    }
    return n;
}

RCD_INLINE unsigned ascii_copy(uint8_t *out, const uint8_t *in)
{
    uint64_t a, b;
    memcpy(&a, in, 8);
    memcpy(&b, in + 8, 8);
    memcpy(out, &a, 8);
    memcpy(out + 8, &b, 8);
    return ((a | b) & 0x8080808080808080u) == 0 ? 16 : ascii_count(in);
}

RCD_INLINE unsigned ascii_widen(uint8_t *out, const uint8_t *in, unsigned width, int big)
{
    unsigned n = ascii_count(in);
    for (unsigned i = 0; i < n; i++) {
        for (unsigned k = 0; k < width; k++) {
            out[width * i + k] = k == (big ? width - 1 : 0) ? in[i] : 0;
        }
    }
    return n;
}

RCD_INLINE unsigned ascii_narrow(uint8_t *out, const uint8_t *in, unsigned width, int big)
{
    unsigned n = 0;
    while (n < 16 && rcd_unit_at(in + width * n, width, big) < 0x80) {
        out[n] = (uint8_t)rcd_unit_at(in + width * n, width, big);
        n++;
    }
    return n;
}

uint32_t rcd_scalar_utf16_bits(const uint8_t *data, size_t len)
{
    uint32_t bits = 0;
    for (size_t i = 0; i + 1 < len; i += 2) {
        uint32_t unit = (uint32_t)data[i + 1] << 8 | data[i];
        bits |= unit | ((unit & 0xF800) == 0xD800 ? RCD_UTF16_SURROGATES : 0u);
    }
    return bits;
}

#define utf16_bits rcd_scalar_utf16_bits

#include "rcd_conv_kernels.h"
