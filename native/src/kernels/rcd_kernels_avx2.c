/* rcd_kernels_avx2.c : 32 bytes at a time on x86 with AVX2. */
#include "rcd_kernels.h"

#if RCD_X86

#include <immintrin.h>

#include "rcd_bits.h"

#define RCD_V_NAME "avx2"
#define RCD_V_SET rcd_kernels_avx2
#define RCD_V_FN RCD_TARGET("avx2,popcnt") static
#define RCD_V_HELP RCD_INLINE_TARGET("avx2,popcnt")
#define VEC_LEN 32

typedef __m256i vec;

RCD_V_HELP vec v_load(const uint8_t *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

RCD_V_HELP vec v_splat(int b)
{
    return _mm256_set1_epi8((char)b);
}

RCD_V_HELP vec v_table(const uint8_t *p)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)p));
}

RCD_V_HELP vec v_shr4(vec v)
{
    return _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(15));
}

/* The shift works within 16-byte lanes, so the lane below is put in front first. */
#define v_prev(v, before, n) \
    _mm256_alignr_epi8((v), _mm256_permute2x128_si256((before), (v), 0x21), 16 - (n))
#define v_and(a, b) _mm256_and_si256((a), (b))
#define v_or(a, b) _mm256_or_si256((a), (b))
#define v_xor(a, b) _mm256_xor_si256((a), (b))
#define v_subs(a, b) _mm256_subs_epu8((a), (b))
#define v_lookup(t, i) _mm256_shuffle_epi8((t), (i))
#define v_eq(a, b) _mm256_cmpeq_epi8((a), (b))
#define v_not(v) _mm256_xor_si256((v), _mm256_set1_epi8(-1))
#define v_any(v) (!_mm256_testz_si256((v), (v)))
#define v_any_high(v) (_mm256_movemask_epi8(v) != 0)

#define v_bits(v) ((uint64_t)(unsigned)_mm256_movemask_epi8(v))

RCD_V_HELP size_t v_first(vec v)
{
    unsigned zero = (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, _mm256_setzero_si256()));
    return (size_t)rcd_lowest_bit(~zero);
}

RCD_V_HELP uint64_t v_count_high(vec v)
{
    return (uint64_t)_mm_popcnt_u32((unsigned)_mm256_movemask_epi8(v));
}

/* Signed, the leads C0..FF are the negative numbers above BF. */
RCD_V_HELP uint64_t v_count_lead(vec v)
{
    vec above = _mm256_cmpgt_epi8(v, _mm256_set1_epi8((char)0xBF));
    return (uint64_t)_mm_popcnt_u32((unsigned)_mm256_movemask_epi8(_mm256_and_si256(above, v)));
}

/* Signed, v + 1 > 0x20 holds for 0x20..0x7E alone: 0x7F becomes the smallest number. The four
 * white-space controls are found by looking up each byte's low nibble in a table of themselves. */
RCD_V_HELP vec v_plain(vec v)
{
    const vec space = _mm256_setr_epi8(-1, -1, -1, -1, -1, -1, -1, -1, -1, 9, 10, -1, 12, 13, -1,
                                       -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 9, 10, -1, 12, 13,
                                       -1, -1);
    vec printable = _mm256_cmpgt_epi8(_mm256_add_epi8(v, _mm256_set1_epi8(1)),
                                      _mm256_set1_epi8(0x20));
    return _mm256_or_si256(printable, _mm256_cmpeq_epi8(_mm256_shuffle_epi8(space, v), v));
}

#include "rcd_kernels_vector.h"

#else
typedef int rcd_no_avx2; /* a translation unit must not be empty */
#endif
