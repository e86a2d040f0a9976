/* rcd_conv_avx2.c : the conversion kernels with AVX2. */
#include "rcd_conv.h"

#if RCD_X86
#include <immintrin.h>

#define ISA "avx2,bmi,bmi2,popcnt"
#define KC_FN static RCD_TARGET(ISA)
#define KC_HELP RCD_INLINE_TARGET(ISA)
#define KC_SET rcd_conv_avx2
#define KC_LANES 1

#include "rcd_conv_lanes.h"
#include "rcd_conv_x86.h"

KC_HELP __m128i load16(const uint8_t *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

KC_HELP __m128i in_order(__m128i units, unsigned width, int big)
{
    const __m128i twos = _mm_set_epi32(0x0E0F0C0D, 0x0A0B0809, 0x06070405, 0x02030001);
    const __m128i fours = _mm_set_epi32(0x0C0D0E0F, 0x08090A0B, 0x04050607, 0x00010203);
    return big ? _mm_shuffle_epi8(units, width == 2 ? twos : fours) : units;
}

/* Both halves of `v` by the rows of a table. */
KC_HELP __m128i kept(__m128i v, const uint8_t table[16][8], unsigned low, unsigned high)
{
    const __m128i upper = _mm_set_epi32(0x08080808, 0x08080808, 0, 0);
    __m128i first = _mm_loadl_epi64((const __m128i *)(const void *)table[low]);
    __m128i second = _mm_loadl_epi64((const __m128i *)(const void *)table[high]);
    return _mm_shuffle_epi8(v, _mm_or_si128(_mm_unpacklo_epi64(first, second), upper));
}

/* Half of `v`. */
KC_HELP void store8(uint8_t *out, __m128i v, unsigned half)
{
    _mm_storel_epi64((__m128i *)(void *)out, half ? _mm_unpackhi_epi64(v, v) : v);
}

KC_HELP unsigned bits_in(unsigned mask)
{
    return (unsigned)_mm_popcnt_u32(mask);
}

/* Four units of the basic plane in lanes of 32 bits, as UTF-8; how many bytes. */
KC_HELP unsigned put_four(uint8_t *out, __m128i unit)
{
    const __m128i six = _mm_set1_epi32(0x3F), above = _mm_set1_epi32(0x80);
    __m128i two = _mm_cmpgt_epi32(unit, _mm_set1_epi32(0x7F));
    __m128i three = _mm_cmpgt_epi32(unit, _mm_set1_epi32(0x7FF));
    __m128i last = _mm_or_si128(_mm_and_si128(unit, six), above);
    __m128i upper = _mm_srli_epi32(unit, 6);
    __m128i middle = _mm_or_si128(_mm_and_si128(upper, six), above);
    __m128i pair = _mm_or_si128(_mm_or_si128(upper, _mm_set1_epi32(0xC0)), _mm_slli_epi32(last, 8));
    __m128i triple = _mm_or_si128(
        _mm_or_si128(_mm_srli_epi32(unit, 12), _mm_set1_epi32(0xE0)),
        _mm_or_si128(_mm_slli_epi32(middle, 8), _mm_slli_epi32(last, 16)));
    __m128i bytes = _mm_blendv_epi8(_mm_blendv_epi8(unit, pair, two), triple, three);
    unsigned twos = (unsigned)_mm_movemask_ps(_mm_castsi128_ps(two));
    unsigned threes = (unsigned)_mm_movemask_ps(_mm_castsi128_ps(three));
    unsigned low = (twos & 3) | (threes & 3) << 2, high = twos >> 2 | (threes & 12);
    bytes = kept(bytes, groups_kept, low, high);
    unsigned made = 2 + bits_in(low);
    store8(out, bytes, 0);
    store8(out + made, bytes, 1);
    return made + 2 + bits_in(high);
}

/* Eight units as UTF-8; how many bytes, 0 where one is a surrogate or beyond the basic plane. */
KC_HELP unsigned put_units(uint8_t *out, const uint8_t *in, unsigned width, int big)
{
    __m128i units = in_order(load16(in), width, big);
    if (width == 4) {
        __m128i more = in_order(load16(in + 16), width, big);
        if (!_mm_testz_si128(_mm_or_si128(units, more), _mm_set1_epi32((int)0xFFFF0000))) {
            return 0;
        }
        units = _mm_packus_epi32(units, more);
    }
    __m128i kind = _mm_and_si128(units, _mm_set1_epi16((short)0xF800));
    if (_mm_testz_si128(kind, kind)) {
        __m128i two = _mm_cmpgt_epi16(units, _mm_set1_epi16(0x7F));
        __m128i last = _mm_or_si128(_mm_and_si128(units, _mm_set1_epi16(0x3F)),
                                    _mm_set1_epi16(0x80));
        __m128i pair = _mm_or_si128(_mm_or_si128(_mm_srli_epi16(units, 6), _mm_set1_epi16(0xC0)),
                                    _mm_slli_epi16(last, 8));
        unsigned twos = (unsigned)_mm_movemask_epi8(_mm_packs_epi16(two, _mm_setzero_si128()));
        __m128i bytes = kept(_mm_blendv_epi8(units, pair, two), pairs_kept, twos & 15, twos >> 4);
        unsigned made = 4 + bits_in(twos & 15);
        store8(out, bytes, 0);
        store8(out + made, bytes, 1);
        return made + 4 + bits_in(twos >> 4);
    }
    __m128i surrogates = _mm_cmpeq_epi16(kind, _mm_set1_epi16((short)0xD800));
    if (!_mm_testz_si128(surrogates, surrogates)) {
        return 0;
    }
    unsigned made = put_four(out, _mm_cvtepu16_epi32(units));
    return made + put_four(out + made, _mm_cvtepu16_epi32(_mm_srli_si128(units, 8)));
}

/* Characters that start in 16 bytes of UTF-8, in which one does, up to the first that has more than
 * two bytes or is not well-formed; how many bytes of output. *used: bytes taken. 17 are read. */
KC_HELP unsigned put_short_ones(uint8_t *out, const uint8_t *p, unsigned *used, unsigned width,
                                int big)
{
    __m128i first = load16(p), second = _mm_and_si128(load16(p + 1), _mm_set1_epi8(0x3F));
    unsigned high = (unsigned)_mm_movemask_epi8(first);
    unsigned trail = (unsigned)_mm_movemask_epi8(_mm_cmpgt_epi8(_mm_set1_epi8(-0x40), first));
    unsigned lead = (unsigned)_mm_movemask_epi8(
        _mm_and_si128(_mm_cmpgt_epi8(first, _mm_set1_epi8(-0x3F)), /* C2 to DF */
                      _mm_cmpgt_epi8(_mm_set1_epi8(-0x20), first)));
    unsigned there = trail | (p[16] >> 6 == 2 ? 0x10000u : 0u);
    unsigned end = count_below((high & ~trail & ~lead) | (lead << 1 ^ there));
    end -= (lead << 1 & ~there) >> end & 1; /* the second byte is missing */
    unsigned starts = ~trail & ((1u << end) - 1), made = 0;
    for (unsigned half = 0; half < 2; half++) {
        __m128i a = _mm_cvtepu8_epi16(half ? _mm_srli_si128(first, 8) : first);
        __m128i b = _mm_cvtepu8_epi16(half ? _mm_srli_si128(second, 8) : second);
        __m128i pair = _mm_and_si128(_mm_slli_epi16(a, 6), _mm_set1_epi16(0x7C0));
        __m128i is_lead = _mm_cmpgt_epi16(a, _mm_set1_epi16(0xBF));
        __m128i units = _mm_blendv_epi8(a, _mm_or_si128(pair, b), is_lead);
        unsigned low = starts >> 8 * half & 15, upper = starts >> (8 * half + 4) & 15;
        units = kept(units, units_kept, low, upper);
        if (width == 2) {
            units = in_order(units, 2, big);
            store8(out + made, units, 0);
            store8(out + made + 2 * bits_in(low), units, 1);
        } else {
            __m128i more = _mm_cvtepu16_epi32(_mm_srli_si128(units, 8));
            store16(out + made, in_order(_mm_cvtepu16_epi32(units), 4, big));
            store16(out + made + 4 * bits_in(low), in_order(more, 4, big));
        }
        made += width * bits_in(low | upper << 4);
    }
    *used = end < 16 ? end : 16 + (lead >> 15);
    return made;
}

#include "rcd_conv_kernels.h"

#else
typedef int rcd_no_conv_avx2; /* a translation unit must not be empty */
#endif
