/* rcd_conv_neon.c : the conversion kernels with NEON. */
#include "rcd_conv.h"

#if RCD_ARM64
#include <arm_neon.h>

#define KC_FN static
#define KC_HELP RCD_INLINE
#define KC_SET rcd_conv_neon

/* Bytes before the first that is 0xFF in `mask`, whose bytes are 0 or 0xFF. */
RCD_INLINE unsigned count_below(uint8x16_t mask)
{
    uint64_t nibbles = vget_lane_u64(
        vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(mask), 4)), 0);
    unsigned n = 0;
    if (nibbles == 0) {
        return 16;
    }
    while ((nibbles & 15) == 0) {
        nibbles >>= 4;
        n++;
    }
    return n;
}

RCD_INLINE unsigned ascii_copy(uint8_t *out, const uint8_t *in)
{
    uint8x16_t v = vld1q_u8(in);
    vst1q_u8(out, v);
    return count_below(vcgeq_u8(v, vdupq_n_u8(0x80)));
}

RCD_INLINE unsigned ascii_widen(uint8_t *out, const uint8_t *in, unsigned width, int big)
{
    const uint8x16_t zero = vdupq_n_u8(0);
    uint8x16_t v = vld1q_u8(in);
    if (width == 2) {
        uint8x16x2_t wide = {{big ? zero : v, big ? v : zero}};
        vst2q_u8(out, wide);
    } else {
        uint8x16x4_t wide = {{big ? zero : v, zero, zero, big ? v : zero}};
        vst4q_u8(out, wide);
    }
    return count_below(vcgeq_u8(v, vdupq_n_u8(0x80)));
}

RCD_INLINE unsigned ascii_narrow(uint8_t *out, const uint8_t *in, unsigned width, int big)
{
    uint8x16_t unit, rest;
    if (width == 2) {
        uint8x16x2_t v = vld2q_u8(in);
        unit = v.val[big ? 1 : 0];
        rest = v.val[big ? 0 : 1];
    } else {
        uint8x16x4_t v = vld4q_u8(in);
        unit = v.val[big ? 3 : 0];
        rest = vorrq_u8(v.val[big ? 0 : 3], vorrq_u8(v.val[1], v.val[2]));
    }
    vst1q_u8(out, unit);
    return count_below(vorrq_u8(vcgeq_u8(unit, vdupq_n_u8(0x80)), vtstq_u8(rest, rest)));
}

KC_FN uint32_t utf16_bits(const uint8_t *data, size_t len)
{
    uint16x8_t all = vdupq_n_u16(0), pairs = all;
    size_t i = 0;
    for (; len - i >= 16; i += 16) {
        uint16x8_t v = vreinterpretq_u16_u8(vld1q_u8(data + i));
        uint16x8_t kind = vandq_u16(v, vdupq_n_u16(0xF800));
        all = vorrq_u16(all, v);
        pairs = vorrq_u16(pairs, vceqq_u16(kind, vdupq_n_u16(0xD800)));
    }
    uint16_t found[8];
    vst1q_u16(found, all);
    uint32_t bits = vmaxvq_u16(pairs) != 0 ? RCD_UTF16_SURROGATES : 0;
    for (unsigned k = 0; k < 8; k++) {
        bits |= found[k];
    }
    return bits | rcd_scalar_utf16_bits(data + i, len - i);
}

#include "rcd_conv_kernels.h"

#else
typedef int rcd_no_conv_neon; /* a translation unit must not be empty */
#endif
