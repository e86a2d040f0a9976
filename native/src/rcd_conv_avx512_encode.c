/* rcd_conv_avx512_encode.c : text to bytes by table, with AVX-512. */
#include "rcd_conv_avx512_utf8.h"

#if RCD_X86_64

/* 32 units a round. */
FN void encode_units(const rcd_encode_map *map, const uint8_t *data, size_t len, uint8_t *out,
                     size_t cap, size_t *consumed, size_t *produced)
{
    size_t i = 0, o = 0;
    while (len - i >= 64 && cap - o >= ROUND_OUT) {
        ahead(data + i, out + o);
        __m512i v = load(data + i);
        if (map->ascii &&
            _mm512_test_epi16_mask(v, _mm512_set1_epi16((short)0xFF80)) == 0) {
            _mm256_storeu_si256((__m256i *)(void *)(out + o), _mm512_cvtepi16_epi8(v));
            i += 64;
            o += 32;
            continue;
        }
        for (unsigned half = 0; half < 2; half++) {
            __m512i at = _mm512_cvtepu16_epi32(half ? _mm512_extracti64x4_epi64(v, 1)
                                                    : _mm512_castsi512_si256(v));
            __m512i cell = _mm512_i32gather_epi32(at, map->plane, 4);
            unsigned odd = odd_cells(cell);
            if (odd) {
                unsigned lanes = first_one(odd);
                o += pack_cells(out + o,
                                _mm512_maskz_mov_epi32((__mmask16)((1u << lanes) - 1), cell));
                *consumed = i + 2 * lanes;
                *produced = o;
                return;
            }
            o += pack_cells(out + o, cell);
            i += 32;
        }
    }
    *consumed = i;
    *produced = o;
}

/* 64 bytes of UTF-8 a round. */
FN void encode_characters(const rcd_encode_map *map, const uint8_t *data, size_t len, uint8_t *out,
                          size_t cap, size_t *consumed, size_t *produced)
{
    uint64_t carry = 0;
    size_t i = 0, o = 0;
    while (len - i >= ROUND_IN && cap - o >= ROUND_OUT) {
        ahead(data + i, out + o);
        __m512i v = load(data + i);
        if (map->ascii && _mm512_movepi8_mask(v) == 0) {
            store(out + o, v);
            i += 64;
            o += 64;
            carry = 0;
            continue;
        }
        utf8_block b = read_utf8(data + i, v, carry, 3);
        unsigned count = ones(b.starts);
        for (unsigned half = 0; half < 2 && 32 * half < count; half++) {
            uint32_t bad;
            __m512i units = utf8_units(&b, half, &bad);
            for (unsigned part = 2 * half; part < 2 * half + 2 && 16 * part < count; part++) {
                unsigned lanes = count - 16 * part < 16 ? count - 16 * part : 16;
                __mmask16 there = (__mmask16)low_bits(lanes);
                __m512i at = _mm512_cvtepu16_epi32(part & 1 ? _mm512_extracti64x4_epi64(units, 1)
                                                            : _mm512_castsi512_si256(units));
                __m512i cell = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), there, at,
                                                           map->plane, 4);
                unsigned odd = (odd_cells(cell) | bad >> (part & 1) * 16) & there;
                if (odd) {
                    lanes = first_one(odd);
                    cell = _mm512_maskz_mov_epi32((__mmask16)low_bits(lanes), cell);
                    count = 16 * part + lanes;
                    b.end = start_of(&b, count);
                }
                o += pack_cells(out + o, cell);
            }
        }
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

/* The codes of up to 16 of the characters that are not ASCII, from number 16 * part on; *odd: those
 * of them that have none. */
HELP __m128i codes_of(const rcd_encode_map *map, __m512i first, __m512i second, __m512i third,
                      unsigned part, unsigned count, unsigned *odd)
{
    const __m512i six = _mm512_set1_epi32(0x3F);
    __mmask16 there = (__mmask16)low_bits(count - 16 * part);
    __m512i a = quarter(first, part);
    __m512i b = _mm512_and_si512(quarter(second, part), six);
    __m512i c = _mm512_and_si512(quarter(third, part), six);
    __mmask16 three = _mm512_cmpge_epu32_mask(a, _mm512_set1_epi32(0xE0));
    __m512i at = _mm512_or_si512(
        _mm512_slli_epi32(_mm512_and_si512(a, _mm512_set1_epi32(0x1F)), 6), b);
    __m512i wide = _mm512_or_si512(
        _mm512_slli_epi32(_mm512_and_si512(a, _mm512_set1_epi32(0xF)), 12),
        _mm512_or_si512(_mm512_slli_epi32(b, 6), c));
    at = _mm512_mask_mov_epi32(at, three, wide);
    /* Surrogates have no codes, overlong forms would find those of others. */
    __mmask16 bad = _mm512_mask_cmplt_epu32_mask(three, at, _mm512_set1_epi32(0x800));
    __m512i cell = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), there, at, map->plane, 4);
    __m512i kind = _mm512_srli_epi32(cell, 24);
    *odd = (_mm512_cmpneq_epi32_mask(kind, _mm512_set1_epi32(1)) | bad) & there;
    return _mm512_cvtepi32_epi8(cell);
}

/* The same for single-byte sets with ASCII, which is let through: only the other characters are
 * looked up, and put back among it. */
FN void encode_bytes(const rcd_encode_map *map, const uint8_t *data, size_t len, uint8_t *out,
                     size_t cap, size_t *consumed, size_t *produced)
{
    uint64_t carry = 0;
    size_t i = 0, o = 0;
    while (len - i >= ROUND_IN && cap - o >= ROUND_OUT) {
        ahead(data + i, out + o);
        __m512i v = load(data + i);
        if (_mm512_movepi8_mask(v) == 0) {
            store(out + o, v);
            i += 64;
            o += 64;
            carry = 0;
            continue;
        }
        utf8_block b = read_utf8(data + i, v, carry, 3);
        __m512i first = _mm512_maskz_compress_epi8(b.leads, v);
        __m512i second = _mm512_maskz_compress_epi8(b.leads, load(data + i + 1));
        __m512i third = _mm512_maskz_compress_epi8(b.leads, load(data + i + 2));
        unsigned others = ones(b.leads), odd = 0, part = 0;
        __m512i codes = _mm512_castsi128_si512(
            codes_of(map, first, second, third, 0, others, &odd));
        if (others > 16 && !odd) {
            part = 1;
            codes = _mm512_inserti32x4(
                codes, codes_of(map, first, second, third, 1, others, &odd), 1);
        }
        if (others > 32 && !odd) { /* of the 64 bytes at most 32 and one more start a character */
            part = 2;
            codes = _mm512_inserti32x4(
                codes, codes_of(map, first, second, third, 2, others, &odd), 2);
        }
        if (odd) {
            b.end = first_one(_pdep_u64((uint64_t)1 << (16 * part + first_one(odd)), b.leads));
            b.starts &= low_bits(b.end);
        }
        uint64_t places = _pext_u64(b.leads, b.starts);
        store(out + o, _mm512_mask_expand_epi8(b.first, places, codes));
        o += ones(b.starts);
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

HELP void encode_any(const rcd_encode_map *map, int final, const uint8_t *data, size_t len,
                     uint8_t *out, size_t cap, rcd_stop *stop, int utf16)
{
    size_t i = 0, o = 0;
    for (;;) {
        size_t used, made;
        if (utf16) {
            encode_units(map, data + i, len - i, out + o, cap - o, &used, &made);
        } else if (map->single && map->ascii) {
            encode_bytes(map, data + i, len - i, out + o, cap - o, &used, &made);
        } else {
            encode_characters(map, data + i, len - i, out + o, cap - o, &used, &made);
        }
        i += used;
        o += made;
        rcd_one one;
        size_t by_hand = i;
        /* Near the ends there is no room for a round; then it is all by hand. */
        while (i < len && (i == by_hand || len - i < ROUND_IN || cap - o < ROUND_OUT)) {
            rcd_encode_one(map, utf16, final, data + i, len - i, &one);
            if (!rcd_take_one(&one, &i, out, cap, &o, stop)) {
                return;
            }
        }
        if (i == len) {
            rcd_at_end(i, o, stop);
            return;
        }
    }
}

RCD_TARGET(ISA)
void rcd_avx512_encode_utf8(const rcd_encode_map *map, int final, const uint8_t *data, size_t len,
                            uint8_t *out, size_t cap, rcd_stop *stop)
{
    encode_any(map, final, data, len, out, cap, stop, 0);
}

RCD_TARGET(ISA)
void rcd_avx512_encode_utf16(const rcd_encode_map *map, int final, const uint8_t *data, size_t len,
                             uint8_t *out, size_t cap, rcd_stop *stop)
{
    encode_any(map, final, data, len, out, cap, stop, 1);
}

#else
typedef int rcd_no_conv_avx512_encode; /* a translation unit must not be empty */
#endif
