/* rcd_kernels_avx512.c : 64 bytes at a time on x86 with AVX-512 (VBMI: Ice Lake, Zen 4). */
#include "rcd_kernels.h"

#if RCD_X86_64

#include <immintrin.h>

#define ISA "avx512f,avx512bw,avx512vl,avx512vbmi,bmi,popcnt"
#define RCD_V_NAME "avx512"
#define RCD_V_SET rcd_kernels_avx512
#define RCD_V_FN RCD_TARGET(ISA) static
#define RCD_V_HELP RCD_INLINE_TARGET(ISA)
#define VEC_LEN 64

typedef __m512i vec;

#define v_load(p) _mm512_loadu_si512(p)
#define v_splat(b) _mm512_set1_epi8((char)(b))
#define v_and(a, b) _mm512_and_si512((a), (b))
#define v_or(a, b) _mm512_or_si512((a), (b))
#define v_xor(a, b) _mm512_xor_si512((a), (b))
#define v_subs(a, b) _mm512_subs_epu8((a), (b))
#define v_lookup(t, i) _mm512_shuffle_epi8((t), (i))
#define v_eq(a, b) _mm512_movm_epi8(_mm512_cmpeq_epi8_mask((a), (b)))
#define v_not(v) _mm512_xor_si512((v), _mm512_set1_epi8(-1))
#define v_any(v) (_mm512_test_epi8_mask((v), (v)) != 0)
#define v_any_high(v) (_mm512_movepi8_mask(v) != 0)

RCD_V_HELP vec v_table(const uint8_t *p)
{
    return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)p));
}

RCD_V_HELP vec v_shr4(vec v)
{
    return _mm512_and_si512(_mm512_srli_epi16(v, 4), _mm512_set1_epi8(15));
}

/* The shift works within 16-byte lanes, so the lane below is put in front first. */
#define v_prev(v, before, n) \
    _mm512_alignr_epi8((v), _mm512_alignr_epi64((v), (before), 6), 16 - (n))

/* Moving bytes and looking them up are for one port of the processor alone, loads for others. */
#define v_back(p, first, v, before, n) ((first) ? v_prev((v), (before), n) : v_load((p) - (n)))
/* Six bits count, and the tables repeat after four. */
#define v_by_low(t, v) _mm512_permutexvar_epi8((v), (t))
#define v_by_high(t, v) _mm512_permutexvar_epi8(_mm512_srli_epi16((v), 4), (t))

#define v_bits(v) ((uint64_t)_mm512_movepi8_mask(v))

RCD_V_HELP size_t v_first(vec v)
{
    return (size_t)_tzcnt_u64(_mm512_test_epi8_mask(v, v));
}

RCD_V_HELP uint64_t v_count_high(vec v)
{
    return (uint64_t)_mm_popcnt_u64(_mm512_movepi8_mask(v));
}

RCD_V_HELP uint64_t v_count_lead(vec v)
{
    return (uint64_t)_mm_popcnt_u64(_mm512_cmpge_epu8_mask(v, _mm512_set1_epi8((char)0xC0)));
}

/* 20..7E, or one of the four white-space controls: each is what its low nibble finds in a table. */
RCD_V_HELP vec v_plain(vec v)
{
    static const uint8_t spaces[16] = {255, 255, 255, 255, 255, 255, 255, 255,
                                       255, 9,   10,  255, 12,  13,  255, 255};
    vec moved = _mm512_sub_epi8(v, _mm512_set1_epi8(0x20));
    uint64_t plain = _mm512_cmple_epu8_mask(moved, _mm512_set1_epi8(0x7E - 0x20)) |
                     _mm512_cmpeq_epi8_mask(_mm512_shuffle_epi8(v_table(spaces), v), v);
    return _mm512_movm_epi8(plain);
}

#include "rcd_kernels_vector.h"

#else
typedef int rcd_no_avx512; /* a translation unit must not be empty */
#endif
