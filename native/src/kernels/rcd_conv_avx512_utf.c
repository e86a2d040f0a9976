/* rcd_conv_avx512_utf.c : between forms of Unicode and Latin-1, with AVX-512.
 *
 *  Lanes hold one character each, and the bytes that count are compressed to the front. */
#include "rcd_conv_avx512_utf8.h"

#if RCD_X86_64

/* Code units of `width` bytes as the machine has them, from either order of bytes, or back. */
HELP __m512i in_order(__m512i units, unsigned width, int big)
{
    if (!big) {
        return units;
    }
    const __m512i twos = _mm512_set4_epi32(0x0E0F0C0D, 0x0A0B0809, 0x06070405, 0x02030001);
    const __m512i fours = _mm512_set4_epi32(0x0C0D0E0F, 0x08090A0B, 0x04050607, 0x00010203);
    return _mm512_shuffle_epi8(units, width == 2 ? twos : fours);
}

/* Half of 32 units as code points of their own. */
HELP __m512i units_as_points(__m512i units, unsigned half)
{
    return _mm512_cvtepu16_epi32(half ? _mm512_extracti64x4_epi64(units, 1)
                                      : _mm512_castsi512_si256(units));
}

/* 16 of the block's characters as code points; *bad: those that are overlong, surrogates or above
 * U+10FFFF. */
HELP __m512i utf8_points(const utf8_block *b, unsigned part, __mmask16 *bad)
{
    const __m512i six = _mm512_set1_epi32(0x3F);
    __m512i point = quarter(b->first, part), limit = _mm512_set1_epi32(0x7F);
    __mmask16 two = _mm512_cmpge_epu32_mask(point, _mm512_set1_epi32(0xC0));
    __mmask16 three = _mm512_cmpge_epu32_mask(point, _mm512_set1_epi32(0xE0));
    __mmask16 four = _mm512_cmpge_epu32_mask(point, _mm512_set1_epi32(0xF0));
    __m512i second = _mm512_and_si512(quarter(b->second, part), six);
    __m512i third = _mm512_and_si512(quarter(b->third, part), six);
    __m512i fourth = _mm512_and_si512(quarter(b->fourth, part), six);
    point = _mm512_mask_or_epi32(point, two, _mm512_slli_epi32(point, 6), second);
    point = _mm512_mask_or_epi32(point, three, _mm512_slli_epi32(point, 6), third);
    point = _mm512_mask_or_epi32(point, four, _mm512_slli_epi32(point, 6), fourth);
    limit = _mm512_mask_mov_epi32(limit, two, _mm512_set1_epi32(0x7FF));
    limit = _mm512_mask_mov_epi32(limit, three, _mm512_set1_epi32(0xFFFF));
    limit = _mm512_mask_mov_epi32(limit, four, _mm512_set1_epi32(0x1FFFFF));
    point = _mm512_and_si512(point, limit);
    __m512i kind = _mm512_and_si512(point, _mm512_set1_epi32((int)0xFFFFF800));
    __m512i above = _mm512_sub_epi32(point, _mm512_set1_epi32(0x10000));
    *bad = _mm512_mask_testn_epi32_mask(three, kind, kind) |
           _mm512_cmpeq_epi32_mask(kind, _mm512_set1_epi32(0xD800)) |
           _mm512_mask_cmpge_epu32_mask(four, above, _mm512_set1_epi32(0x100000));
    return point;
}

/* The first `count` of 16 code points in UTF-16 or UTF-32; how many bytes. */
HELP unsigned put_wide(uint8_t *out, __m512i points, unsigned count, unsigned width, int big)
{
    if (width == 4) {
        store(out, in_order(points, 4, big));
        return 4 * count;
    }
    __mmask16 pair = _mm512_cmpge_epu32_mask(points, _mm512_set1_epi32(0x10000));
    __m512i high = _mm512_add_epi32(_mm512_srli_epi32(points, 10), _mm512_set1_epi32(0xD7C0));
    __m512i low = _mm512_and_si512(_mm512_slli_epi32(points, 16), _mm512_set1_epi32(0x3FF0000));
    low = _mm512_or_si512(low, _mm512_set1_epi32((int)0xDC000000));
    __m512i units = _mm512_mask_or_epi32(points, pair, high, low);
    uint32_t keep = 0x55555555 | _pdep_u32(pair, 0xAAAAAAAA);
    keep &= (uint32_t)low_bits(2 * count);
    store(out, in_order(_mm512_maskz_compress_epi16(keep, units), 2, big));
    return 2 * ones(keep);
}

/* The characters of a block that have up to three bytes; how many bytes. Sets `end` back to one
 * that is overlong or a surrogate. */
HELP unsigned put_short_ones(uint8_t *out, utf8_block *b, unsigned width, int big)
{
    unsigned count = ones(b->starts);
    for (unsigned half = 0; half < 2 && 32 * half < count; half++) {
        uint32_t bad;
        __m512i units = utf8_units(b, half, &bad);
        uint8_t *to = out + 32 * width * half;
        if (width == 2) {
            store(to, in_order(units, 2, big));
        } else {
            store(to, in_order(units_as_points(units, 0), 4, big));
            store(to + 64, in_order(units_as_points(units, 1), 4, big));
        }
        if (bad) {
            count = 32 * half + first_one(bad);
            b->end = start_of(b, count);
        }
    }
    return width * count;
}

/* The 64 bytes at p where some characters have four bytes: by itself, out of the way of the others'
 * registers. Adds to *made, tells the *end, and returns what is left for the next block. */
FN uint64_t long_block(const uint8_t *p, uint64_t carry, uint8_t *out, size_t *made, unsigned *end,
                       unsigned width, int big)
{
    utf8_block b = read_utf8(p, load(p), carry, 4);
    unsigned count = ones(b.starts);
    for (unsigned part = 0; 16 * part < count; part++) {
        __mmask16 bad;
        __m512i points = utf8_points(&b, part, &bad);
        unsigned lanes = count - 16 * part < 16 ? count - 16 * part : 16;
        bad &= (__mmask16)low_bits(lanes);
        if (bad) {
            lanes = first_one(bad);
            count = 16 * part + lanes;
            b.end = start_of(&b, count);
        }
        *made += put_wide(out + *made, points, lanes, width, big);
    }
    *end = b.end;
    return b.carry;
}

/* Well-formed UTF-8. */
HELP void utf8_to_wide(const uint8_t *data, size_t len, uint8_t *out, size_t cap, size_t *consumed,
                       size_t *produced, unsigned width, int big)
{
    uint64_t carry = 0;
    size_t i = 0, o = 0;
    while (len - i >= ROUND_IN && cap - o >= ROUND_OUT) {
        ahead(data + i, out + o);
        __m512i v = load(data + i);
        if (_mm512_movepi8_mask(v) == 0) {
            for (unsigned k = 0; k < width; k++) {
                __m512i units = width == 2 ? half_widened(v, k) : quarter(v, k);
                store(out + o + 64 * k, in_order(units, width, big));
            }
            i += 64;
            o += 64 * width;
            carry = 0;
            continue;
        }
        utf8_block b = read_utf8(data + i, v, carry, 3);
        unsigned end = b.end;
        if (end == 64 || data[i + end] < 0xF0) {
            o += put_short_ones(out + o, &b, width, big);
            end = b.end;
            carry = b.carry;
        } else {
            carry = long_block(data + i, carry, out, &o, &end, width, big);
        }
        if (end < 64) {
            *consumed = i + end;
            *produced = o;
            return;
        }
        i += 64;
    }
    *consumed = i + ones(carry);
    *produced = o;
}

/* Those of 16 code points that are `there`, as UTF-8; how many bytes. `longest` is 3 where all are
 * below U+10000. A character's bytes end at the fourth byte of its lane, and what marks them tells
 * which count; one shift of each byte by its own distance puts six bits into each. */
HELP unsigned put_utf8(uint8_t *out, __m512i points, __mmask16 there, unsigned longest)
{
    const __m512i distance = _mm512_set1_epi64(0x20262C3200060C12); /* 18, 12, 6, 0 bits down */
    __mmask16 two = _mm512_cmpge_epu32_mask(points, _mm512_set1_epi32(0x80));
    __mmask16 three = _mm512_cmpge_epu32_mask(points, _mm512_set1_epi32(0x800));
    __m512i marks = _mm512_maskz_set1_epi32(there, (int)0x80000000);
    marks = _mm512_mask_mov_epi32(marks, two & there, _mm512_set1_epi32((int)0x80C00000));
    marks = _mm512_mask_mov_epi32(marks, three & there, _mm512_set1_epi32((int)0x8080E000));
    if (longest > 3) {
        __mmask16 four = _mm512_cmpge_epu32_mask(points, _mm512_set1_epi32(0x10000));
        marks = _mm512_mask_mov_epi32(marks, four & there, _mm512_set1_epi32((int)0x808080F0));
    }
    uint64_t keep = _mm512_test_epi8_mask(marks, marks);
    __m512i bytes = _mm512_multishift_epi64_epi8(distance, points);
    bytes = _mm512_mask_ternarylogic_epi32(bytes, two, _mm512_set1_epi8(0x3F), marks,
                                           0xEA); /* bytes & 3F | marks */
    store(out, _mm512_maskz_compress_epi8(keep, bytes));
    return ones(keep);
}

/* 32 units of UTF-16 with surrogates among them, as UTF-8; how many bytes. *units: how many of them
 * were taken, up to a lone surrogate or one whose partner is still to come. */
HELP unsigned put_pairs(uint8_t *out, __m512i v, uint32_t surrogates, unsigned *units)
{
    const __m512i base = _mm512_set1_epi32(0x10000 - (0xD800 << 10) - 0xDC00);
    uint32_t high = _mm512_mask_cmplt_epu16_mask(surrogates, v, _mm512_set1_epi16((short)0xDC00));
    uint32_t low = surrogates & ~high;
    unsigned end = first_one((high << 1 ^ low) | (uint64_t)1 << 32);
    end -= end > 0 ? high >> (end - 1) & 1 : 0;
    __m512i next = _mm512_alignr_epi8(_mm512_alignr_epi32(v, v, 4), v, 2);
    uint32_t there = ~low & (uint32_t)low_bits(end);
    unsigned made = 0;
    for (unsigned half = 0; half < 2; half++) {
        __m512i points = units_as_points(v, half);
        __m512i pair = _mm512_add_epi32(_mm512_slli_epi32(points, 10), units_as_points(next, half));
        points = _mm512_mask_add_epi32(points, (__mmask16)(high >> 16 * half), pair, base);
        made += put_utf8(out + made, points, (__mmask16)(there >> 16 * half), 4);
    }
    *units = end;
    return made;
}

/* Up to the first unit that is none of Unicode's, or stands alone where it belongs to a pair. */
HELP void wide_to_utf8(const uint8_t *data, size_t len, uint8_t *out, size_t cap, size_t *consumed,
                       size_t *produced, unsigned width, int big)
{
    const unsigned all = 64 / width;
    size_t i = 0, o = 0;
    while (len - i >= 64 && cap - o >= ROUND_OUT) {
        ahead(data + i, out + o);
        __m512i v = in_order(load(data + i), width, big);
        unsigned units = all;
        if (width == 4) {
            if (_mm512_test_epi32_mask(v, _mm512_set1_epi32(~0x7F)) == 0) {
                _mm_storeu_si128((__m128i *)(void *)(out + o), _mm512_cvtepi32_epi8(v));
                o += 16;
            } else {
                __m512i kind = _mm512_and_si512(v, _mm512_set1_epi32((int)0xFFFFF800));
                unsigned bad = _mm512_cmpge_epu32_mask(v, _mm512_set1_epi32(0x110000)) |
                               _mm512_cmpeq_epi32_mask(kind, _mm512_set1_epi32(0xD800));
                units = first_one(bad | 1u << 16);
                o += put_utf8(out + o, v, (__mmask16)low_bits(units), 4);
            }
        } else if (_mm512_test_epi16_mask(v, _mm512_set1_epi16((short)0xFF80)) == 0) {
            _mm256_storeu_si256((__m256i *)(void *)(out + o), _mm512_cvtepi16_epi8(v));
            o += 32;
        } else {
            __m512i kind = _mm512_and_si512(v, _mm512_set1_epi16((short)0xF800));
            uint32_t surrogates = _mm512_cmpeq_epi16_mask(kind, _mm512_set1_epi16((short)0xD800));
            if (surrogates == 0) {
                o += put_utf8(out + o, units_as_points(v, 0), 0xFFFF, 3);
                o += put_utf8(out + o, units_as_points(v, 1), 0xFFFF, 3);
            } else {
                o += put_pairs(out + o, v, surrogates, &units);
            }
        }
        i += width * units;
        /* Of a pair whose first half is the last unit, the next round has both. */
        if (units + (width == 2) < all) {
            break;
        }
    }
    *consumed = i;
    *produced = o;
}

RCD_UTF_KERNELS(FN)

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
FN void latin1_to_utf8(const uint8_t *data, size_t len, uint8_t *out, size_t cap,
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

FN void utf8_to_latin1(const uint8_t *data, size_t len, uint8_t *out, size_t cap,
                       size_t *consumed, size_t *produced)
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

rcd_utf_kernel *const rcd_avx512_to_utf8[RCD_FORMS] = {
    NULL, NULL, utf16le_to_utf8, utf16be_to_utf8, utf32le_to_utf8, utf32be_to_utf8, latin1_to_utf8,
};
rcd_utf_kernel *const rcd_avx512_from_utf8[RCD_FORMS] = {
    NULL, NULL, utf8_to_utf16le, utf8_to_utf16be, utf8_to_utf32le, utf8_to_utf32be, utf8_to_latin1,
};

#else
typedef int rcd_no_conv_avx512_utf; /* a translation unit must not be empty */
#endif
