/* rcd_conv_neon.c : the conversion kernels with NEON. */
#include "rcd_conv.h"

#if RCD_ARM64
#include <arm_neon.h>

#define KC_FN static
#define KC_HELP RCD_INLINE
#define KC_SET rcd_conv_neon
#define KC_LANES 1

#include "rcd_conv_lanes.h"

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

/* One bit for each of 16 bytes that are 0 or 0xFF. */
RCD_INLINE unsigned mask_of(uint8x16_t v)
{
    static const uint8_t bit[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    v = vandq_u8(v, vld1q_u8(bit));
    return vaddv_u8(vget_low_u8(v)) | (unsigned)vaddv_u8(vget_high_u8(v)) << 8;
}

/* How many of four bits are set. */
RCD_INLINE unsigned bits_in(unsigned mask)
{
    static const uint8_t count[16] = {0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4};
    return count[mask];
}

/* Eight bytes by a row of a table. */
RCD_INLINE uint8x8_t kept(uint8x8_t v, const uint8_t row[8])
{
    return vtbl1_u8(v, vld1_u8(row));
}

/* Eight units in lanes of 16 bits. */
RCD_INLINE uint16x8_t in_order(uint16x8_t units, int big)
{
    return big ? vreinterpretq_u16_u8(vrev16q_u8(vreinterpretq_u8_u16(units))) : units;
}

RCD_INLINE uint32x4_t in_order4(uint32x4_t units, int big)
{
    return big ? vreinterpretq_u32_u8(vrev32q_u8(vreinterpretq_u8_u32(units))) : units;
}

/* Four units of the basic plane in lanes of 32 bits, as UTF-8; how many bytes. */
RCD_INLINE unsigned put_four(uint8_t *out, uint32x4_t unit)
{
    const uint32x4_t six = vdupq_n_u32(0x3F), above = vdupq_n_u32(0x80);
    uint32x4_t two = vcgtq_u32(unit, vdupq_n_u32(0x7F));
    uint32x4_t three = vcgtq_u32(unit, vdupq_n_u32(0x7FF));
    uint32x4_t last = vorrq_u32(vandq_u32(unit, six), above);
    uint32x4_t upper = vshrq_n_u32(unit, 6);
    uint32x4_t middle = vorrq_u32(vandq_u32(upper, six), above);
    uint32x4_t pair = vorrq_u32(vorrq_u32(upper, vdupq_n_u32(0xC0)), vshlq_n_u32(last, 8));
    uint32x4_t triple = vorrq_u32(vorrq_u32(vshrq_n_u32(unit, 12), vdupq_n_u32(0xE0)),
                                  vorrq_u32(vshlq_n_u32(middle, 8), vshlq_n_u32(last, 16)));
    uint8x16_t bytes = vreinterpretq_u8_u32(vbslq_u32(three, triple, vbslq_u32(two, pair, unit)));
    uint16x8_t both = vcombine_u16(vmovn_u32(two), vmovn_u32(three));
    unsigned found = mask_of(vcombine_u8(vmovn_u16(both), vdup_n_u8(0)));
    unsigned low = (found & 3) | (found >> 2 & 12), high = (found >> 2 & 3) | (found >> 4 & 12);
    unsigned made = 2 + bits_in(low);
    vst1_u8(out, kept(vget_low_u8(bytes), groups_kept[low]));
    vst1_u8(out + made, kept(vget_high_u8(bytes), groups_kept[high]));
    return made + 2 + bits_in(high);
}

/* Eight units as UTF-8; how many bytes, 0 where one is a surrogate or beyond the basic plane. */
RCD_INLINE unsigned put_units(uint8_t *out, const uint8_t *in, unsigned width, int big)
{
    uint16x8_t units;
    if (width == 2) {
        units = in_order(vreinterpretq_u16_u8(vld1q_u8(in)), big);
    } else {
        uint32x4_t a = in_order4(vreinterpretq_u32_u8(vld1q_u8(in)), big);
        uint32x4_t b = in_order4(vreinterpretq_u32_u8(vld1q_u8(in + 16)), big);
        if (vmaxvq_u32(vorrq_u32(a, b)) > 0xFFFF) {
            return 0;
        }
        units = vcombine_u16(vmovn_u32(a), vmovn_u32(b));
    }
    if (vmaxvq_u16(units) < 0x800) {
        uint16x8_t two = vcgtq_u16(units, vdupq_n_u16(0x7F));
        uint16x8_t last = vorrq_u16(vandq_u16(units, vdupq_n_u16(0x3F)), vdupq_n_u16(0x80));
        uint16x8_t pair = vorrq_u16(vorrq_u16(vshrq_n_u16(units, 6), vdupq_n_u16(0xC0)),
                                    vshlq_n_u16(last, 8));
        uint8x16_t bytes = vreinterpretq_u8_u16(vbslq_u16(two, pair, units));
        unsigned twos = mask_of(vcombine_u8(vmovn_u16(two), vdup_n_u8(0)));
        unsigned made = 4 + bits_in(twos & 15);
        vst1_u8(out, kept(vget_low_u8(bytes), pairs_kept[twos & 15]));
        vst1_u8(out + made, kept(vget_high_u8(bytes), pairs_kept[twos >> 4]));
        return made + 4 + bits_in(twos >> 4);
    }
    uint16x8_t kind = vandq_u16(units, vdupq_n_u16(0xF800));
    if (vmaxvq_u16(vceqq_u16(kind, vdupq_n_u16(0xD800))) != 0) {
        return 0;
    }
    unsigned made = put_four(out, vmovl_u16(vget_low_u16(units)));
    return made + put_four(out + made, vmovl_u16(vget_high_u16(units)));
}

/* Four units of the row's. */
RCD_INLINE void put_four_wide(uint8_t *out, uint16x4_t units, const uint8_t row[8], unsigned width,
                              int big)
{
    units = vreinterpret_u16_u8(kept(vreinterpret_u8_u16(units), row));
    if (width == 2) {
        vst1_u8(out, big ? vrev16_u8(vreinterpret_u8_u16(units)) : vreinterpret_u8_u16(units));
    } else {
        vst1q_u8(out, vreinterpretq_u8_u32(in_order4(vmovl_u16(units), big)));
    }
}

/* Characters that start in 16 bytes of UTF-8, in which one does, up to the first that has more than
 * two bytes or is not well-formed; how many bytes of output. *used: bytes taken. 17 are read. */
RCD_INLINE unsigned put_short_ones(uint8_t *out, const uint8_t *p, unsigned *used, unsigned width,
                                   int big)
{
    uint8x16_t first = vld1q_u8(p), second = vandq_u8(vld1q_u8(p + 1), vdupq_n_u8(0x3F));
    unsigned high = mask_of(vcgeq_u8(first, vdupq_n_u8(0x80)));
    unsigned trail = mask_of(vceqq_u8(vandq_u8(first, vdupq_n_u8(0xC0)), vdupq_n_u8(0x80)));
    unsigned lead = mask_of(vandq_u8(vcgeq_u8(first, vdupq_n_u8(0xC2)),
                                     vcltq_u8(first, vdupq_n_u8(0xE0))));
    unsigned there = trail | (p[16] >> 6 == 2 ? 0x10000u : 0u);
    unsigned stop_at = (high & ~trail & ~lead) | (lead << 1 ^ there);
    unsigned end = stop_at == 0 ? 16 : 0;
    while (end < 16 && (stop_at >> end & 1) == 0) {
        end++;
    }
    end -= (lead << 1 & ~there) >> end & 1; /* the second byte is missing */
    unsigned starts = ~trail & ((1u << end) - 1), made = 0;
    for (unsigned half = 0; half < 2; half++) {
        uint16x8_t a = vmovl_u8(half ? vget_high_u8(first) : vget_low_u8(first));
        uint16x8_t b = vmovl_u8(half ? vget_high_u8(second) : vget_low_u8(second));
        uint16x8_t pair = vorrq_u16(vandq_u16(vshlq_n_u16(a, 6), vdupq_n_u16(0x7C0)), b);
        uint16x8_t units = vbslq_u16(vcgtq_u16(a, vdupq_n_u16(0xBF)), pair, a);
        unsigned low = starts >> 8 * half & 15, upper = starts >> (8 * half + 4) & 15;
        put_four_wide(out + made, vget_low_u16(units), units_kept[low], width, big);
        made += width * bits_in(low);
        put_four_wide(out + made, vget_high_u16(units), units_kept[upper], width, big);
        made += width * bits_in(upper);
    }
    *used = end < 16 ? end : 16 + (lead >> 15);
    return made;
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
