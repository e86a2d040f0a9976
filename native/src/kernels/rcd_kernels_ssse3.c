/* rcd_kernels_ssse3.c : 16 bytes at a time on x86 with SSSE3, the oldest set with a byte shuffle.
 *
 *  Kept beside AVX2 because emulators, low-power processors and older virtual machines stop here,
 *  and validating text that is not ASCII without a shuffle is several times slower. */
#include "rcd_kernels.h"

#if RCD_X86

#include <tmmintrin.h>

#include "rcd_bits.h"

#define RCD_V_NAME "ssse3"
#define RCD_V_SET rcd_kernels_ssse3
#define RCD_V_FN RCD_TARGET("ssse3") static
#define RCD_V_HELP RCD_INLINE_TARGET("ssse3")
#define VEC_LEN 16

typedef __m128i vec;

RCD_V_HELP vec v_load(const uint8_t *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

RCD_V_HELP vec v_splat(int b)
{
    return _mm_set1_epi8((char)b);
}

RCD_V_HELP vec v_shr4(vec v)
{
    return _mm_and_si128(_mm_srli_epi16(v, 4), _mm_set1_epi8(15));
}

#define v_table(p) v_load(p)
#define v_prev(v, before, n) _mm_alignr_epi8((v), (before), 16 - (n))
#define v_and(a, b) _mm_and_si128((a), (b))
#define v_or(a, b) _mm_or_si128((a), (b))
#define v_xor(a, b) _mm_xor_si128((a), (b))
#define v_subs(a, b) _mm_subs_epu8((a), (b))
#define v_lookup(t, i) _mm_shuffle_epi8((t), (i))
#define v_eq(a, b) _mm_cmpeq_epi8((a), (b))
#define v_not(v) _mm_xor_si128((v), _mm_set1_epi8(-1))
#define v_any(v) (_mm_movemask_epi8(_mm_cmpeq_epi8((v), _mm_setzero_si128())) != 0xFFFF)
#define v_any_high(v) (_mm_movemask_epi8(v) != 0)

#define v_bits(v) ((uint64_t)(unsigned)_mm_movemask_epi8(v))

RCD_V_HELP size_t v_first(vec v)
{
    unsigned zero = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_setzero_si128()));
    return (size_t)rcd_lowest_bit(~zero);
}

/* popcnt came a generation later: the sum of absolute differences to zero adds up bytes. */
RCD_V_HELP uint64_t sum_of_bytes(vec v)
{
    vec sums = _mm_sad_epu8(v, _mm_setzero_si128());
    return (uint64_t)(unsigned)_mm_cvtsi128_si32(sums) +
           (uint64_t)(unsigned)_mm_cvtsi128_si32(_mm_srli_si128(sums, 8));
}

RCD_V_HELP uint64_t v_count_high(vec v)
{
    return sum_of_bytes(_mm_and_si128(_mm_srli_epi16(v, 7), _mm_set1_epi8(1)));
}

/* Signed, the leads C0..FF are the negative numbers above BF. */
RCD_V_HELP uint64_t v_count_lead(vec v)
{
    vec above = _mm_cmpgt_epi8(v, _mm_set1_epi8((char)0xBF));
    return sum_of_bytes(_mm_and_si128(_mm_srli_epi16(_mm_and_si128(above, v), 7),
                                      _mm_set1_epi8(1)));
}

/* As in rcd_kernels_avx2.c. */
RCD_V_HELP vec v_plain(vec v)
{
    const vec space = _mm_setr_epi8(-1, -1, -1, -1, -1, -1, -1, -1, -1, 9, 10, -1, 12, 13, -1, -1);
    vec printable = _mm_cmpgt_epi8(_mm_add_epi8(v, _mm_set1_epi8(1)), _mm_set1_epi8(0x20));
    return _mm_or_si128(printable, _mm_cmpeq_epi8(_mm_shuffle_epi8(space, v), v));
}

#include "rcd_kernels_vector.h"

#else
typedef int rcd_no_ssse3; /* a translation unit must not be empty */
#endif
