/* rcd_conv_avx512_utf8.h : 64 bytes of UTF-8 taken apart into characters.
 *
 *  Blocks follow each other every 64 bytes, whatever characters they cut: bytes of a character that
 *  starts in a block are read beyond its end, and the next block leaves them out. So no block waits
 *  for the one before to tell where it starts. After Robert Clausecker and Daniel Lemire,
 *  "Transcoding Unicode characters with AVX-512 instructions" (Software: Practice and Experience
 *  53(12), 2023), who compress each byte of the characters into a vector of its own. */
#ifndef RCD_CONV_AVX512_UTF8_H
#define RCD_CONV_AVX512_UTF8_H

#include "rcd_conv_avx512.h"

#if RCD_X86_64

typedef struct {
    __m512i first, second, third, fourth; /* by character; made where one is so long */
    uint64_t starts; /* bytes that start a character: well-formed by its length */
    uint64_t leads;  /* those of them that are not ASCII */
    uint64_t three;  /* not 0: some have three bytes or more */
    uint64_t four;   /* not 0: some have four */
    uint64_t carry;  /* bytes of the next block that belong to the last of them */
    unsigned end;    /* where the first that is not so starts, or 64 */
} utf8_block;

/* Of the 67 bytes at p, whose first 64 are v; `carry` are bytes of characters that started before.
 * `longest` is 3 where characters of four bytes are not wanted. */
HELP utf8_block read_utf8(const uint8_t *p, __m512i v, uint64_t carry, unsigned longest)
{
    utf8_block b;
    uint64_t trail = _mm512_cmplt_epi8_mask(v, _mm512_set1_epi8(-0x40));
    uint64_t lead = _mm512_movepi8_mask(v) & ~trail;
    const __m512i limit = _mm512_set1_epi8((char)(longest < 4 ? 0xF0 : 0xF5));
    uint64_t beyond = _mm512_cmpge_epu8_mask(v, limit);
    uint64_t wrong = _mm512_mask_cmplt_epu8_mask(lead, v, _mm512_set1_epi8((char)0xC2));
    b.three = _mm512_cmpge_epu8_mask(v, _mm512_set1_epi8((char)0xE0));
    b.four = longest < 4 ? 0 : _mm512_cmpge_epu8_mask(v, _mm512_set1_epi8((char)0xF0));
    uint64_t wanted = carry | lead << 1 | b.three << 2 | b.four << 3;
    b.carry = lead >> 63 | b.three >> 62 | b.four >> 61;
    /* Of the next three bytes, those that have the top bit and not the one below. */
    unsigned next = p[64] | (unsigned)p[65] << 8;
    next |= longest < 4 ? 0 : (unsigned)p[66] << 16;
    next &= ~(next << 1);
    next = (next >> 7 & 1) | (next >> 14 & 2) | (next >> 21 & 4);
    b.starts = ~trail;
    b.end = 64;
    uint64_t stop_at = (wanted ^ trail) | wrong | beyond;
    if (stop_at | (b.carry & ~(uint64_t)next)) {
        b.end = first_one(stop_at);
        if (b.end == 64 || (wanted & ~trail) >> b.end & 1) {
            /* Bytes are missing: the lead is not whole. */
            b.end -= lead >> (b.end - 1) & 1 ? 1 : b.three >> (b.end - 2) & 1 ? 2 : 3;
        }
        b.starts &= low_bits(b.end);
    }
    b.leads = lead & b.starts;
    b.first = _mm512_maskz_compress_epi8(b.starts, v);
    b.second = _mm512_maskz_compress_epi8(b.starts, load(p + 1));
    if (b.three) {
        b.third = _mm512_maskz_compress_epi8(b.starts, load(p + 2));
    }
    if (b.four) {
        b.fourth = _mm512_maskz_compress_epi8(b.starts, load(p + 3));
    }
    return b;
}

/* 32 of the characters as UTF-16; *bad: those that are overlong or surrogates. */
HELP __m512i utf8_units(const utf8_block *b, unsigned half, uint32_t *bad)
{
    const __m512i six = _mm512_set1_epi16(0x3F);
    __m512i first = half_widened(b->first, half);
    __m512i second = _mm512_and_si512(half_widened(b->second, half), six);
    __mmask32 high = _mm512_test_epi16_mask(first, _mm512_set1_epi16(0x80));
    __m512i upper = _mm512_and_si512(_mm512_slli_epi16(first, 6), _mm512_set1_epi16(0x7C0));
    __m512i unit = _mm512_mask_mov_epi16(first, high, _mm512_or_si512(upper, second));
    *bad = 0;
    if (b->three) {
        __mmask32 three = _mm512_cmpge_epu16_mask(first, _mm512_set1_epi16(0xE0));
        __m512i low = _mm512_and_si512(half_widened(b->third, half), six);
        __m512i wide = _mm512_or_si512(
            _mm512_or_si512(_mm512_slli_epi16(first, 12), _mm512_slli_epi16(second, 6)), low);
        unit = _mm512_mask_mov_epi16(unit, three, wide);
        __m512i kind = _mm512_and_si512(wide, _mm512_set1_epi16((short)0xF800));
        *bad = _mm512_mask_testn_epi16_mask(three, kind, kind) |
               _mm512_mask_cmpeq_epi16_mask(three, kind, _mm512_set1_epi16((short)0xD800));
    }
    return unit;
}

/* The byte of the block where character `number` starts. */
HELP unsigned start_of(const utf8_block *b, unsigned number)
{
    return first_one(_pdep_u64((uint64_t)1 << number, b->starts));
}

#endif
#endif
