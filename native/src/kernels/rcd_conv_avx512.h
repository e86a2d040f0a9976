/* rcd_conv_avx512.h : what the kernels with AVX-512 (VBMI and VBMI2: Ice Lake, Zen 4) share. */
#ifndef RCD_CONV_AVX512_H
#define RCD_CONV_AVX512_H

#include "rcd_conv.h"

#if RCD_X86_64
#include <immintrin.h>

#define ISA "avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt"
#define FN static RCD_TARGET(ISA)
#define HELP RCD_INLINE_TARGET(ISA)

#define ROUND_IN 80   /* bytes of input that a round may read */
#define ROUND_OUT 256 /* bytes of output that a round may write */
#define AHEAD 1024    /* bytes between what is worked on and what is fetched */

HELP __m512i load(const void *p)
{
    return _mm512_loadu_si512(p);
}

HELP void ahead(const uint8_t *in, const uint8_t *out)
{
    RCD_PREFETCH(in, AHEAD);
    RCD_PREFETCH(out, AHEAD);
    RCD_PREFETCH(out, AHEAD + 64);
}

HELP void store(void *p, __m512i v)
{
    _mm512_storeu_si512(p, v);
}

HELP unsigned ones(uint64_t mask)
{
    return (unsigned)_mm_popcnt_u64(mask);
}

HELP unsigned first_one(uint64_t mask)
{
    return (unsigned)_tzcnt_u64(mask);
}

HELP uint64_t low_bits(unsigned n)
{
    return n >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << n) - 1;
}

HELP __m512i half_widened(__m512i v, unsigned half)
{
    return _mm512_cvtepu8_epi16(half ? _mm512_extracti64x4_epi64(v, 1) : _mm512_castsi512_si256(v));
}

HELP void widen(uint8_t *out, __m512i v)
{
    store(out, half_widened(v, 0));
    store(out + 64, half_widened(v, 1));
}

/* The low bytes of 16 cells, as many of each as its top byte says, one after another; how many. */
HELP unsigned pack_cells(uint8_t *out, __m512i cells)
{
    const __m512i tops = _mm512_set1_epi64(0x0707070703030303);
    const __m512i place = _mm512_set1_epi32(0x03020100);
    const __m512i lanes = _mm512_set4_epi32(0x08080808, 0x08080808, 0, 0);
    __m512i length = _mm512_shuffle_epi8(cells, _mm512_add_epi8(tops, lanes));
    __mmask64 keep = _mm512_cmpgt_epu8_mask(length, place);
    store(out, _mm512_maskz_compress_epi8(keep, cells));
    return ones(keep);
}

/* Lanes whose cells are not of a plain kind. */
HELP unsigned odd_cells(__m512i cells)
{
    __m512i kind = _mm512_sub_epi32(_mm512_srli_epi32(cells, 24), _mm512_set1_epi32(1));
    return _mm512_cmpge_epu32_mask(kind, _mm512_set1_epi32(3));
}

#define BLOCKS 8 /* of 64 bytes, whose cells are looked up together at most */

/* Cells by their numbers of 16 bits, four at a time; three more are read. One by one: on most processors to
 * gather sixteen takes longer than as many loads. */
HELP void fetch_cells(const uint32_t *cells, const void *at, unsigned count, uint32_t *found)
{
    for (unsigned k = 0; k < count; k += 4) {
        uint64_t four;
        memcpy(&four, (const uint8_t *)at + 2 * k, 8);
        found[k] = cells[four & 0xFFFF];
        found[k + 1] = cells[four >> 16 & 0xFFFF];
        found[k + 2] = cells[four >> 32 & 0xFFFF];
        found[k + 3] = cells[four >> 48];
    }
}

/* The texts of cells, up to the first that is not plain; how many, and *made: bytes. 15 more are
 * read. */
HELP unsigned put_cells(const uint32_t *cells, unsigned count, uint8_t *out, size_t *made, int units)
{
    unsigned done = 0, odd = 0;
    uint8_t *o = out;
    while (done < count && !odd) {
        __m512i cell = load(cells + done);
        unsigned lanes = count - done < 16 ? count - done : 16;
        odd = odd_cells(cell) & ((1u << lanes) - 1);
        lanes = odd ? first_one(odd) : lanes;
        if (units) {
            _mm256_storeu_si256((__m256i *)(void *)o, _mm512_cvtepi32_epi16(cell));
            o += 2 * lanes;
        } else {
            o += pack_cells(o, _mm512_maskz_mov_epi32((__mmask16)((1u << lanes) - 1), cell));
        }
        done += lanes;
    }
    *made += (size_t)(o - out);
    return done;
}

/* Where character `number` starts, by the bytes that start one in each block of 64. */
HELP unsigned start_among(const uint64_t *starts, unsigned number)
{
    unsigned block = 0;
    for (; number >= ones(starts[block]); block++) {
        number -= ones(starts[block]);
    }
    return 64 * block + first_one(_pdep_u64((uint64_t)1 << number, starts[block]));
}

/* 16 bytes of `v`, from the given quarter, as 32-bit lanes. */
HELP __m512i quarter(__m512i v, unsigned number)
{
    switch (number) {
    case 0:
        return _mm512_cvtepu8_epi32(_mm512_castsi512_si128(v));
    case 1:
        return _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(v, 1));
    case 2:
        return _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(v, 2));
    default:
        return _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(v, 3));
    }
}

rcd_encode_kernel rcd_avx512_encode_utf8, rcd_avx512_encode_utf16;
rcd_bits_kernel rcd_avx512_utf16_bits;
extern rcd_utf_kernel *const rcd_avx512_to_utf8[RCD_FORMS], *const rcd_avx512_from_utf8[RCD_FORMS];

#endif
#endif
