/* rcd_conv_avx512.c : the conversion kernels with AVX-512 (VBMI and VBMI2: Ice Lake, Zen 4).
 *
 *  Characters of all lengths go through the same instructions, so that mixed text costs no wrongly
 *  predicted branches: sixteen to sixty-four characters a round are gathered into lanes, looked up,
 *  and the bytes that count are compressed to the front. Whatever is not plain ends a round; then
 *  one character is done by hand.
 *
 *  Which bytes are second bytes of a pair is the question which quotes are escaped by backslashes:
 *  every other byte of a run of lead bytes. See Langdale and Lemire, "Parsing gigabytes of JSON per
 *  second" (VLDB Journal 28, 2019), for the carry of an addition that tells. */
#include "rcd_conv_avx512.h"

#if RCD_X86_64

/* table[byte] for 64 bytes; `low` says what those below 80 have where that is known. */
HELP __m512i lookup(const uint8_t table[256], __m512i v, uint64_t high, int ascii, __m512i low)
{
    if (!ascii) {
        low = _mm512_permutex2var_epi8(load(table), v, load(table + 64));
    }
    __m512i other = _mm512_permutex2var_epi8(load(table + 128), v, load(table + 192));
    return _mm512_mask_mov_epi8(low, high, other);
}

/* 64 bytes of ASCII; how many bytes they become. */
HELP unsigned put_ascii(uint8_t *out, __m512i v, int units)
{
    if (units) {
        widen(out, v);
        return 128;
    }
    store(out, v);
    return 64;
}

/* Bytes that are the second of a pair; *carry: the first byte is one, then the next round's is. */
HELP uint64_t second_bytes(uint64_t lead, uint64_t *carry)
{
    const uint64_t even = 0x5555555555555555;
    lead &= ~*carry;
    uint64_t follows = lead << 1 | *carry;
    uint64_t odd_starts = lead & ~even & ~follows;
    uint64_t sum = odd_starts + lead;
    *carry = sum < lead;
    return (even ^ (sum << 1)) & follows;
}

/* Codes of one and two bytes. */
FN void decode_rows(const rcd_decode_map *map, const uint8_t *data, size_t len, uint8_t *out,
                    size_t cap, size_t *consumed, size_t *produced, int units)
{
    const uint32_t *cells = rcd_decode_cells(map);
    const __m512i rows = load(map->row), rows_above = load(map->row + 64);
    uint16_t at[64 * BLOCKS + 64]; /* numbers of cells */
    uint32_t found[64 * BLOCKS + 16];
    uint64_t starts[BLOCKS], carry = 0;
    size_t i = 0, o = 0;
    /* Twice as many blocks each time: what stops it may come often. */
    for (unsigned most = 1; len - i >= ROUND_IN && cap - o >= ROUND_OUT;
         most = most < BLOCKS ? 2 * most : BLOCKS) {
        unsigned blocks = 0, count = 0;
        int ascii = 0;
        while (blocks < most && len - i >= ROUND_IN + 64 * blocks &&
               cap - o >= ROUND_OUT + 192 * blocks) {
            const uint8_t *p = data + i + 64 * blocks;
            ahead(p, out + o + 96 * blocks);
            __m512i v = load(p);
            uint64_t high = _mm512_movepi8_mask(v);
            ascii = map->ascii && high == 0 && carry == 0;
            if (ascii) {
                break;
            }
            __m512i row = _mm512_maskz_permutex2var_epi8(high, rows, v, rows_above);
            uint64_t lead = _mm512_test_epi8_mask(row, row);
            uint64_t here = ~second_bytes(lead, &carry);
            lead &= here;
            __m512i low = _mm512_mask_blend_epi8(lead, v, load(p + 1));
            low = _mm512_maskz_compress_epi8(here, low);
            row = _mm512_maskz_compress_epi8(here, _mm512_maskz_mov_epi8(lead, row));
            for (unsigned half = 0; half < 2; half++) {
                __m512i above = _mm512_slli_epi16(half_widened(row, half), 8);
                store(at + count + 32 * half, _mm512_or_si512(above, half_widened(low, half)));
            }
            starts[blocks++] = here;
            count += ones(here);
        }
        store(at + count, _mm512_setzero_si512());
        fetch_cells(cells, at, count, found);
        unsigned done = put_cells(found, count, out + o, &o, units);
        if (done < count) {
            *consumed = i + start_among(starts, done);
            *produced = o;
            return;
        }
        i += 64 * blocks;
        if (ascii) {
            o += put_ascii(out + o, load(data + i), units);
            i += 64;
        }
    }
    /* The last pair reaches into bytes that were not read as starts. */
    *consumed = i + (size_t)carry;
    *produced = o;
}

/* Pairs of bytes, of which the second is there where its top bit is; returns what is left. */
HELP unsigned put_pairs(uint8_t *out, __m512i first, __m512i second)
{
    const uint64_t odd_places = 0xAAAAAAAAAAAAAAAA;
    const __m512i mix_low = _mm512_set_epi64(11, 10, 3, 2, 9, 8, 1, 0);
    const __m512i mix_high = _mm512_set_epi64(15, 14, 7, 6, 13, 12, 5, 4);
    __m512i a = _mm512_unpacklo_epi8(first, second);
    __m512i b = _mm512_unpackhi_epi8(first, second);
    uint64_t two = _mm512_movepi8_mask(second);
    uint64_t keep = ~odd_places | _pdep_u64(two, odd_places);
    store(out, _mm512_maskz_compress_epi8(keep, _mm512_permutex2var_epi64(a, mix_low, b)));
    unsigned made = ones(keep);
    keep = ~odd_places | _pdep_u64(two >> 32, odd_places);
    store(out + made, _mm512_maskz_compress_epi8(keep, _mm512_permutex2var_epi64(a, mix_high, b)));
    return made + ones(keep);
}

/* 64 bytes that become one or two bytes of UTF-8 each; 0 where one is longer. */
HELP unsigned put_short(const rcd_decode_map *map, uint8_t *out, __m512i v)
{
    uint64_t top = _mm512_movepi8_mask(v);
    __m512i first = lookup(map->first, v, top, 1, v);
    if (_mm512_cmpge_epu8_mask(first, _mm512_set1_epi8((char)0xE0)) != 0) {
        return 0;
    }
    return put_pairs(out, first, lookup(map->second, v, top, 1, _mm512_setzero_si512()));
}

/* 64 units of UTF-16 by their lower and their upper bytes. */
HELP void put_units(uint8_t *out, __m512i lower, __m512i upper)
{
    const __m512i mix_low = _mm512_set_epi64(11, 10, 3, 2, 9, 8, 1, 0);
    const __m512i mix_high = _mm512_set_epi64(15, 14, 7, 6, 13, 12, 5, 4);
    __m512i a = _mm512_unpacklo_epi8(lower, upper);
    __m512i b = _mm512_unpackhi_epi8(lower, upper);
    store(out, _mm512_permutex2var_epi64(a, mix_low, b));
    store(out + 64, _mm512_permutex2var_epi64(a, mix_high, b));
}

/* 64 characters of one to three bytes of UTF-8, of which those in `three` have three; where they
 * end. */
HELP size_t put_triples(uint8_t *out, size_t at, __m512i first, __m512i second, __m512i third,
                        uint64_t three)
{
    uint64_t two = _mm512_movepi8_mask(second);
    for (unsigned part = 0; part < 4; part++) {
        __m512i lanes = _mm512_or_si512(
            _mm512_or_si512(quarter(first, part), _mm512_slli_epi32(quarter(second, part), 8)),
            _mm512_slli_epi32(quarter(third, part), 16));
        uint64_t keep = 0x1111111111111111 |
                        _pdep_u64(two >> 16 * part & 0xFFFF, 0x2222222222222222) |
                        _pdep_u64(three >> 16 * part & 0xFFFF, 0x4444444444444444);
        store(out + at, _mm512_maskz_compress_epi8(keep, lanes));
        at += ones(keep);
    }
    return at;
}

/* 64 bytes by their cells, up to one that is not plain; how many, and adds to *made. */
HELP unsigned put_by_cells(const uint32_t *cells, __m512i v, uint8_t *out, size_t *made, int units)
{
    for (unsigned part = 0; part < 4; part++) {
        __m512i cell = _mm512_i32gather_epi32(quarter(v, part), cells, 4);
        unsigned odd = odd_cells(cell), lanes = odd ? first_one(odd) : 16;
        if (odd) {
            cell = _mm512_maskz_mov_epi32((__mmask16)((1u << lanes) - 1), cell);
        }
        if (units) {
            _mm256_storeu_si256((__m256i *)(void *)(out + *made), _mm512_cvtepi32_epi16(cell));
            *made += 2 * lanes;
        } else {
            *made += pack_cells(out + *made, cell);
        }
        if (odd) {
            return 16 * part + lanes;
        }
    }
    return 64;
}

/* 64 bytes that become up to three bytes of UTF-8 each, or one unit; 0 where one does not. Adds to
 * *made. */
HELP int put_block(const rcd_decode_map *map, __m512i v, uint8_t *out, size_t *made, int units,
                   int ascii)
{
    const __m512i zero = _mm512_setzero_si512();
    uint64_t top = _mm512_movepi8_mask(v);
    __m512i first = lookup(map->first, v, top, ascii, v);
    uint64_t long_ones;
    if (units) {
        __m512i plain = lookup(map->plain, v, top, ascii, _mm512_set1_epi8(-1));
        long_ones = ~_mm512_movepi8_mask(plain);
    } else {
        long_ones = _mm512_cmpge_epu8_mask(first, _mm512_set1_epi8((char)0xE0));
    }
    if (long_ones == 0) {
        __m512i second = lookup(map->second, v, top, ascii, zero);
        if (units) {
            put_units(out + *made, first, second);
            *made += 128;
        } else {
            *made += put_pairs(out + *made, first, second);
        }
        return 1;
    }
    if (!units && _mm512_cmpeq_epi8_mask(first, _mm512_set1_epi8(-1)) == 0) {
        __m512i second = lookup(map->second, v, top, ascii, zero);
        __m512i third = lookup(map->third, v, top, ascii, zero);
        *made = put_triples(out, *made, first, second, third, long_ones);
        return 1;
    }
    return 0;
}

/* The 256 bytes at p, of which v are the first, where they are of ASCII or become up to two bytes of
 * UTF-8 each; how many of them, and adds to *made. */
HELP unsigned put_four(const rcd_decode_map *map, const uint8_t *p, __m512i v, uint8_t *out,
                       size_t *made, int units)
{
    __m512i a = load(p + 64), b = load(p + 128), c = load(p + 192);
    __m512i any = _mm512_or_si512(_mm512_or_si512(v, a), _mm512_or_si512(b, c));
    uint8_t *to = out + *made;
    int plain = _mm512_movepi8_mask(any) == 0;
    if (plain || !units) {
        ahead(p + 64, to + 64);
        ahead(p + 128, to + 128);
        ahead(p + 192, to + 192);
    }
    if (plain) {
        *made += put_ascii(out + *made, v, units);
        *made += put_ascii(out + *made, a, units);
        *made += put_ascii(out + *made, b, units);
        *made += put_ascii(out + *made, c, units);
        return 256;
    }
    unsigned done = 0;
    while (!units && done < 256) {
        unsigned size = put_short(map, out + *made, v);
        if (size == 0) {
            break;
        }
        *made += size;
        done += 64;
        v = a, a = b, b = c;
    }
    return done;
}

/* Single bytes, 64 a round. Where text is mostly ASCII it is hard to predict which rounds have
 * another character, but not which four have one: so four go one way. */
HELP void decode_bytes_as(const rcd_decode_map *map, const uint8_t *data, size_t len, uint8_t *out,
                          size_t cap, size_t *consumed, size_t *produced, int units, int ascii)
{
    const uint32_t *cells = rcd_decode_cells(map);
    size_t i = 0, o = 0;
    while (len - i >= ROUND_IN && cap - o >= ROUND_OUT) {
        ahead(data + i, out + o);
        __m512i v = load(data + i);
        if (ascii && len - i >= 256 && cap - o >= 640) {
            unsigned done = put_four(map, data + i, v, out, &o, units);
            i += done;
            if (done != 0) {
                continue;
            }
        }
        if (put_block(map, v, out, &o, units, ascii)) {
            i += 64;
            continue;
        }
        unsigned used = put_by_cells(cells, v, out, &o, units);
        i += used;
        if (used < 64) {
            break;
        }
    }
    *consumed = i;
    *produced = o;
}

FN void decode_bytes(const rcd_decode_map *map, const uint8_t *data, size_t len, uint8_t *out,
                     size_t cap, size_t *consumed, size_t *produced, int units)
{
    if (map->ascii) {
        decode_bytes_as(map, data, len, out, cap, consumed, produced, units, 1);
    } else {
        decode_bytes_as(map, data, len, out, cap, consumed, produced, units, 0);
    }
}

HELP void decode_any(const rcd_decode_map *map, const uint8_t *data, size_t len, uint8_t *out,
                     size_t cap, rcd_stop *stop, int units)
{
    size_t i = 0, o = 0;
    for (;;) {
        size_t used, made;
        if (map->single) {
            decode_bytes(map, data + i, len - i, out + o, cap - o, &used, &made, units);
        } else {
            decode_rows(map, data + i, len - i, out + o, cap - o, &used, &made, units);
        }
        i += used;
        o += made;
        rcd_one one;
        size_t by_hand = i;
        /* Near the ends there is no room for a round; then it is all by hand. */
        while (i < len && (i == by_hand || len - i < ROUND_IN || cap - o < ROUND_OUT)) {
            rcd_decode_one(map, data + i, len - i, &one);
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

FN void decode_utf8(const rcd_decode_map *map, const uint8_t *data, size_t len, uint8_t *out,
                    size_t cap, rcd_stop *stop)
{
    if (!map->rowed) {
        rcd_conv_avx2.decode_utf8(map, data, len, out, cap, stop);
        return;
    }
    decode_any(map, data, len, out, cap, stop, 0);
}

FN void decode_utf16(const rcd_decode_map *map, const uint8_t *data, size_t len, uint8_t *out,
                     size_t cap, rcd_stop *stop)
{
    if (!map->rowed) {
        rcd_conv_avx2.decode_utf16(map, data, len, out, cap, stop);
        return;
    }
    decode_any(map, data, len, out, cap, stop, 1);
}

const rcd_conv_kernels rcd_conv_avx512 = {
    decode_utf8,
    decode_utf16,
    rcd_avx512_encode_utf8,
    rcd_avx512_encode_utf16,
    rcd_avx512_to_utf8,
    rcd_avx512_from_utf8,
    rcd_avx512_utf16_bits,
};

#else
typedef int rcd_no_conv_avx512; /* a translation unit must not be empty */
#endif
