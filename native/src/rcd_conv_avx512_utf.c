/* rcd_conv_avx512_utf.c : between forms of Unicode and Latin-1, with AVX-512.
 *
 *  Lanes hold one character each, and the bytes that count are compressed to the front. */
#include "rcd_conv_avx512_utf8.h"

#if RCD_X86_64

#define KERNEL RCD_TARGET(ISA) void

/* Well-formed UTF-8 without four-byte characters. */
KERNEL rcd_avx512_utf8_to_utf16(const uint8_t *data, size_t len, uint8_t *out, size_t cap,
                                size_t *consumed, size_t *produced)
{
    uint64_t carry = 0;
    size_t i = 0, o = 0;
    while (len - i >= ROUND_IN && cap - o >= ROUND_OUT) {
        ahead(data + i, out + o);
        __m512i v = load(data + i);
        if (_mm512_movepi8_mask(v) == 0) {
            widen(out + o, v);
            i += 64;
            o += 128;
            carry = 0;
            continue;
        }
        utf8_block b = read_utf8(data + i, v, carry);
        unsigned count = ones(b.starts);
        for (unsigned half = 0; half < 2 && 32 * half < count; half++) {
            uint32_t bad;
            store(out + o + 64 * half, utf8_units(&b, half, &bad));
            if (bad) {
                count = 32 * half + first_one(bad);
                b.end = start_of(&b, count);
            }
        }
        o += 2 * count;
        if (b.end < 64) {
            *consumed = i + b.end;
            *produced = o;
            return;
        }
        i += 64;
        carry = b.carry;
    }
    *consumed = i + ones(carry);
    *produced = o;
}

/* 16 UTF-16 units, one in each lane of 32 bits, none of them a surrogate, as UTF-8: a character's
 * bytes end at the third byte of its lane; *keep tells which count. One shift of each byte by its
 * own distance puts six bits into each. */
HELP __m512i units_as_utf8(__m512i units, uint64_t *keep)
{
    const __m512i distance = _mm512_set1_epi64(0x3820262C1800060C); /* 12, 6, 0 bits down */
    const __m512i six = _mm512_set1_epi32(0x003F3FFF);
    __mmask16 two = _mm512_cmpge_epu32_mask(units, _mm512_set1_epi32(0x80));
    __mmask16 three = _mm512_cmpge_epu32_mask(units, _mm512_set1_epi32(0x800));
    __m512i marks = _mm512_mask_mov_epi32(_mm512_set1_epi32(0x00800000), two,
                                          _mm512_set1_epi32(0x0080C000));
    marks = _mm512_mask_mov_epi32(marks, three, _mm512_set1_epi32(0x008080E0));
    *keep = _mm512_test_epi8_mask(marks, marks);
    __m512i bytes = _mm512_multishift_epi64_epi8(distance, units);
    return _mm512_mask_ternarylogic_epi32(bytes, two, six, marks, 0xEA); /* bytes & six | marks */
}

/* Up to the first surrogate, 32 units a round. */
KERNEL rcd_avx512_utf16_to_utf8(const uint8_t *data, size_t len, uint8_t *out, size_t cap,
                                size_t *consumed, size_t *produced)
{
    size_t i = 0, o = 0;
    while (len - i >= 64 && cap - o >= ROUND_OUT) {
        ahead(data + i, out + o);
        __m512i v = load(data + i);
        if (_mm512_test_epi16_mask(v, _mm512_set1_epi16((short)0xFF80)) == 0) {
            _mm256_storeu_si256((__m256i *)(void *)(out + o), _mm512_cvtepi16_epi8(v));
            i += 64;
            o += 32;
            continue;
        }
        __m512i kind = _mm512_and_si512(v, _mm512_set1_epi16((short)0xF800));
        uint32_t pairs = _mm512_cmpeq_epi16_mask(kind, _mm512_set1_epi16((short)0xD800));
        unsigned units = first_one((uint64_t)pairs | (uint64_t)1 << 32);
        for (unsigned half = 0; half < 2; half++) {
            uint64_t keep;
            __m512i lanes = _mm512_cvtepu16_epi32(half ? _mm512_extracti64x4_epi64(v, 1)
                                                       : _mm512_castsi512_si256(v));
            __m512i bytes = units_as_utf8(lanes, &keep);
            if (units < 32) {
                keep &= units > 16 * half ? low_bits(4 * (units - 16 * half)) : 0;
            }
            store(out + o, _mm512_maskz_compress_epi8(keep, bytes));
            o += ones(keep);
        }
        i += 2 * units;
        if (units < 32) {
            break;
        }
    }
    *consumed = i;
    *produced = o;
}

/* 64 bytes of Latin-1; how many bytes of UTF-8. */
HELP unsigned latin1_block(uint8_t *out, __m512i v)
{
    const uint64_t odd_places = 0xAAAAAAAAAAAAAAAA;
    uint64_t high = _mm512_movepi8_mask(v);
    unsigned made = 0;
    for (unsigned half = 0; half < 2; half++) {
        uint32_t two = (uint32_t)(high >> 32 * half);
        __m512i u = half_widened(v, half);
        __m512i low = _mm512_and_si512(u, _mm512_set1_epi16(0x3F));
        __m512i pair = _mm512_or_si512(
            _mm512_or_si512(_mm512_srli_epi16(u, 6), _mm512_slli_epi16(low, 8)),
            _mm512_set1_epi16((short)0x80C0));
        uint64_t keep = ~odd_places | _pdep_u64(two, odd_places);
        store(out + made, _mm512_maskz_compress_epi8(keep, _mm512_mask_mov_epi16(u, two, pair)));
        made += ones(keep);
    }
    return made;
}

/* Four blocks a round: where text is mostly ASCII, it is hard to predict which of them has another
 * character, but not that one has. */
KERNEL rcd_avx512_latin1_to_utf8(const uint8_t *data, size_t len, uint8_t *out, size_t cap,
                                 size_t *consumed, size_t *produced)
{
    size_t i = 0, o = 0;
    while (len - i >= 256 && cap - o >= 640) {
        __m512i a = load(data + i), b = load(data + i + 64);
        __m512i c = load(data + i + 128), d = load(data + i + 192);
        ahead(data + i, out + o);
        ahead(data + i + 64, out + o + 64);
        ahead(data + i + 128, out + o + 128);
        ahead(data + i + 192, out + o + 192);
        __m512i any = _mm512_or_si512(_mm512_or_si512(a, b), _mm512_or_si512(c, d));
        if (_mm512_movepi8_mask(any) == 0) {
            store(out + o, a);
            store(out + o + 64, b);
            store(out + o + 128, c);
            store(out + o + 192, d);
            o += 256;
        } else {
            o += latin1_block(out + o, a);
            o += latin1_block(out + o, b);
            o += latin1_block(out + o, c);
            o += latin1_block(out + o, d);
        }
        i += 256;
    }
    while (len - i >= 64 && cap - o >= ROUND_OUT) {
        o += latin1_block(out + o, load(data + i));
        i += 64;
    }
    *consumed = i;
    *produced = o;
}

KERNEL rcd_avx512_utf8_to_latin1(const uint8_t *data, size_t len, uint8_t *out, size_t cap, size_t *consumed,
                       size_t *produced)
{
    size_t i = 0, o = 0;
    while (len - i >= ROUND_IN && cap - o >= ROUND_OUT) {
        ahead(data + i, out + o);
        __m512i v = load(data + i);
        uint64_t high = _mm512_movepi8_mask(v);
        if (high == 0) {
            store(out + o, v);
            i += 64;
            o += 64;
            continue;
        }
        /* Only C2 and C3 lead to Latin-1. */
        uint64_t trail = _mm512_cmplt_epi8_mask(v, _mm512_set1_epi8(-0x40));
        __m512i pair = _mm512_and_si512(v, _mm512_set1_epi8((char)0xFE));
        uint64_t lead = _mm512_cmpeq_epi8_mask(pair, _mm512_set1_epi8((char)0xC2));
        uint64_t stop_at = (high & ~trail & ~lead) | (trail ^ (lead << 1)) |
                           (lead & (uint64_t)1 << 63);
        unsigned end = (unsigned)_tzcnt_u64(stop_at);
        if (end < 64 && end > 0 && (lead >> (end - 1) & 1) && !(trail >> end & 1)) {
            end--;
        }
        /* The top two bits of the character are those of the lead byte. */
        __m512i moved = _mm512_slli_epi16(_mm512_and_si512(v, _mm512_set1_epi8(3)), 6);
        moved = _mm512_maskz_expand_epi8(~(uint64_t)1, moved);
        __m512i whole = _mm512_or_si512(_mm512_and_si512(v, _mm512_set1_epi8(0x3F)), moved);
        uint64_t keep = ~lead & low_bits(end);
        store(out + o, _mm512_maskz_compress_epi8(keep, _mm512_mask_mov_epi8(v, trail, whole)));
        o += ones(keep);
        i += end;
        if (end < 63) {
            break;
        }
    }
    *consumed = i;
    *produced = o;
}

RCD_TARGET(ISA) uint32_t rcd_avx512_utf16_bits(const uint8_t *data, size_t len)
{
    const __m512i kind = _mm512_set1_epi16((short)0xF800);
    const __m512i surrogate = _mm512_set1_epi16((short)0xD800);
    __m512i all = _mm512_setzero_si512();
    uint32_t pairs = 0;
    size_t i = 0;
    for (; len - i >= 64; i += 64) {
        __m512i v = load(data + i);
        all = _mm512_or_si512(all, v);
        pairs |= _mm512_cmpeq_epi16_mask(_mm512_and_si512(v, kind), surrogate);
    }
    uint32_t bits = (uint32_t)_mm512_reduce_or_epi32(all);
    bits = (bits | bits >> 16) & 0xFFFF;
    return bits | (pairs ? RCD_UTF16_SURROGATES : 0u) | rcd_scalar_utf16_bits(data + i, len - i);
}

#else
typedef int rcd_no_conv_avx512_utf; /* a translation unit must not be empty */
#endif
