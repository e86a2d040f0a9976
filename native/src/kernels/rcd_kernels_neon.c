/* rcd_kernels_neon.c : 16 bytes at a time on 64-bit ARM, where every processor has NEON. */
#include "rcd_kernels.h"

#if RCD_ARM64

#include <arm_neon.h>

#include "rcd_bits.h"

#define RCD_V_NAME "neon"
#define RCD_V_SET rcd_kernels_neon
#define RCD_V_FN static
#define RCD_V_HELP RCD_INLINE
#define VEC_LEN 16

typedef uint8x16_t vec;

#define v_load(p) vld1q_u8(p)
#define v_splat(b) vdupq_n_u8((uint8_t)(b))
#define v_table(p) vld1q_u8(p)
#define v_shr4(v) vshrq_n_u8((v), 4)
#define v_prev(v, before, n) vextq_u8((before), (v), 16 - (n))
#define v_and(a, b) vandq_u8((a), (b))
#define v_or(a, b) vorrq_u8((a), (b))
#define v_xor(a, b) veorq_u8((a), (b))
#define v_subs(a, b) vqsubq_u8((a), (b))
#define v_lookup(t, i) vqtbl1q_u8((t), (i))
#define v_eq(a, b) vceqq_u8((a), (b))
#define v_not(v) vmvnq_u8(v)
#define v_any(v) (vmaxvq_u8(v) != 0)
#define v_any_high(v) (vmaxvq_u8(v) >= 0x80)

/* There is no move-mask: narrowing each 16-bit pair by four bits leaves one nibble per byte. */
RCD_V_HELP size_t v_first(vec v)
{
    uint8x8_t nibbles = vshrn_n_u16(vreinterpretq_u16_u8(vtstq_u8(v, v)), 4);
    uint64_t mask = vget_lane_u64(vreinterpret_u64_u8(nibbles), 0);
    return (size_t)rcd_lowest_bit(mask) >> 2;
}

/* The top bits, each moved to its place in one of two bytes. */
RCD_V_HELP uint64_t v_bits(vec v)
{
    static const int8_t places[16] = {-7, -6, -5, -4, -3, -2, -1, 0, -7, -6, -5, -4, -3, -2, -1, 0};
    uint8x16_t bits = vshlq_u8(vandq_u8(v, vdupq_n_u8(0x80)), vld1q_s8(places));
    return (uint64_t)vaddv_u8(vget_low_u8(bits)) | (uint64_t)vaddv_u8(vget_high_u8(bits)) << 8;
}

RCD_V_HELP uint64_t v_count_high(vec v)
{
    return vaddvq_u8(vshrq_n_u8(v, 7));
}

RCD_V_HELP uint64_t v_count_lead(vec v)
{
    return vaddvq_u8(vshrq_n_u8(vcgeq_u8(v, vdupq_n_u8(0xC0)), 7));
}

RCD_V_HELP vec v_plain(vec v)
{
    /* The lookup gives 0 for bytes above 15, which is none of them. */
    static const uint8_t spaces[16] = {255, 255, 255, 255, 255, 255, 255, 255,
                                       255, 9,   10,  255, 12,  13,  255, 255};
    vec printable = vcleq_u8(vsubq_u8(v, vdupq_n_u8(0x20)), vdupq_n_u8(0x7E - 0x20));
    return vorrq_u8(printable, vceqq_u8(vqtbl1q_u8(vld1q_u8(spaces), v), v));
}

#include "rcd_kernels_vector.h"

#else
typedef int rcd_no_neon; /* a translation unit must not be empty */
#endif
