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

/* The caches are told what comes: a round takes so many instructions that the processor does not
 * see far enough ahead by itself, least of all across pages. */
HELP void ahead(const uint8_t *in, const uint8_t *out)
{
    const char *read = (const char *)((uintptr_t)in + AHEAD);
    const char *write = (const char *)((uintptr_t)out + AHEAD);
    _mm_prefetch(read, _MM_HINT_T0);
    _mm_prefetch(write, _MM_HINT_T0);
    _mm_prefetch(write + 64, _MM_HINT_T0);
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

/* table[byte] for 64 bytes. */
HELP __m512i lookup(const uint8_t table[256], __m512i v)
{
    __m512i low = _mm512_permutex2var_epi8(load(table), v, load(table + 64));
    __m512i high = _mm512_permutex2var_epi8(load(table + 128), v, load(table + 192));
    return _mm512_mask_blend_epi8(_mm512_movepi8_mask(v), low, high);
}

HELP void widen(uint8_t *out, __m512i v)
{
    store(out, _mm512_cvtepu8_epi16(_mm512_castsi512_si256(v)));
    store(out + 64, _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(v, 1)));
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
    uint64_t carry = 0;
    size_t i = 0, o = 0;
    while (len - i >= ROUND_IN && cap - o >= ROUND_OUT) {
        ahead(data + i, out + o);
        __m512i v = load(data + i);
        uint64_t high = _mm512_movepi8_mask(v);
        if (map->ascii && high == 0 && carry == 0) {
            if (units) {
                widen(out + o, v);
                o += 128;
            } else {
                store(out + o, v);
                o += 64;
            }
            i += 64;
            continue;
        }
        __m512i row = _mm512_maskz_permutex2var_epi8(high, rows, v, rows_above);
        uint64_t lead = _mm512_test_epi8_mask(row, row);
        uint64_t starts = ~second_bytes(lead, &carry);
        lead &= starts;
        __m512i low = _mm512_mask_blend_epi8(lead, v, load(data + i + 1));
        low = _mm512_maskz_compress_epi8(starts, low);
        row = _mm512_maskz_compress_epi8(starts, _mm512_maskz_mov_epi8(lead, row));
        unsigned count = ones(starts);
        unsigned done = 0;
        for (unsigned part = 0; done < count; part++) {
            unsigned lanes = count - done < 16 ? count - done : 16;
            __mmask16 there = (__mmask16)((1u << lanes) - 1);
            __m512i at = _mm512_or_si512(quarter(low, part),
                                         _mm512_slli_epi32(quarter(row, part), 8));
            __m512i cell = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), there, at, cells, 4);
            unsigned odd = odd_cells(cell) & there;
            if (odd) {
                lanes = first_one(odd);
                cell = _mm512_maskz_mov_epi32((__mmask16)((1u << lanes) - 1), cell);
            }
            if (units) {
                _mm256_storeu_si256((__m256i *)(void *)(out + o), _mm512_cvtepi32_epi16(cell));
                o += 2 * lanes;
            } else {
                o += pack_cells(out + o, cell);
            }
            done += lanes;
            if (odd) {
                break;
            }
        }
        if (done < count) {
            i += first_one(_pdep_u64((uint64_t)1 << done, starts));
            *consumed = i;
            *produced = o;
            return;
        }
        i += 64;
    }
    /* The last pair reaches into bytes that were not read as starts. */
    *consumed = i + (size_t)carry;
    *produced = o;
}

/* Single bytes, 64 a round. */
FN void decode_bytes(const rcd_decode_map *map, const uint8_t *data, size_t len, uint8_t *out,
                     size_t cap, size_t *consumed, size_t *produced, int units)
{
    const uint32_t *cells = rcd_decode_cells(map);
    const uint64_t odd_places = 0xAAAAAAAAAAAAAAAA;
    const __m512i mix_low = _mm512_set_epi64(11, 10, 3, 2, 9, 8, 1, 0);
    const __m512i mix_high = _mm512_set_epi64(15, 14, 7, 6, 13, 12, 5, 4);
    size_t i = 0, o = 0;
    while (len - i >= ROUND_IN && cap - o >= ROUND_OUT) {
        ahead(data + i, out + o);
        __m512i v = load(data + i);
        if (map->ascii && _mm512_movepi8_mask(v) == 0) {
            if (units) {
                widen(out + o, v);
                o += 128;
            } else {
                store(out + o, v);
                o += 64;
            }
            i += 64;
            continue;
        }
        __m512i plain = lookup(map->plain, v);
        uint64_t short_ones = _mm512_movepi8_mask(plain);
        if (short_ones == ~(uint64_t)0) {
            __m512i first = lookup(map->first, v), second = lookup(map->second, v);
            __m512i a = _mm512_unpacklo_epi8(first, second);
            __m512i b = _mm512_unpackhi_epi8(first, second);
            __m512i low = _mm512_permutex2var_epi64(a, mix_low, b);
            __m512i high = _mm512_permutex2var_epi64(a, mix_high, b);
            if (units) {
                store(out + o, low);
                store(out + o + 64, high);
                o += 128;
            } else {
                uint64_t two = _mm512_movepi8_mask(second);
                uint64_t keep = ~odd_places | _pdep_u64(two, odd_places);
                store(out + o, _mm512_maskz_compress_epi8(keep, low));
                o += ones(keep);
                keep = ~odd_places | _pdep_u64(two >> 32, odd_places);
                store(out + o, _mm512_maskz_compress_epi8(keep, high));
                o += ones(keep);
            }
            i += 64;
            continue;
        }
        if (!units && _mm512_test_epi8_mask(plain, plain) == ~(uint64_t)0) {
            __m512i first = lookup(map->first, v), second = lookup(map->second, v);
            __m512i third = lookup(map->third, v);
            uint64_t two = _mm512_movepi8_mask(second), three = ~short_ones;
            for (unsigned part = 0; part < 4; part++) {
                __m512i lanes = _mm512_or_si512(
                    _mm512_or_si512(quarter(first, part),
                                    _mm512_slli_epi32(quarter(second, part), 8)),
                    _mm512_slli_epi32(quarter(third, part), 16));
                uint64_t keep = 0x1111111111111111 |
                                _pdep_u64(two >> 16 * part & 0xFFFF, 0x2222222222222222) |
                                _pdep_u64(three >> 16 * part & 0xFFFF, 0x4444444444444444);
                store(out + o, _mm512_maskz_compress_epi8(keep, lanes));
                o += ones(keep);
            }
            i += 64;
            continue;
        }
        for (unsigned part = 0; part < 4; part++) {
            __m512i cell = _mm512_i32gather_epi32(quarter(v, part), cells, 4);
            unsigned odd = odd_cells(cell);
            if (odd) {
                unsigned lanes = first_one(odd);
                cell = _mm512_maskz_mov_epi32((__mmask16)((1u << lanes) - 1), cell);
                if (units) {
                    _mm256_storeu_si256((__m256i *)(void *)(out + o), _mm512_cvtepi32_epi16(cell));
                    o += 2 * lanes;
                } else {
                    o += pack_cells(out + o, cell);
                }
                *consumed = i + 16 * part + lanes;
                *produced = o;
                return;
            }
            if (units) {
                _mm256_storeu_si256((__m256i *)(void *)(out + o), _mm512_cvtepi32_epi16(cell));
                o += 32;
            } else {
                o += pack_cells(out + o, cell);
            }
        }
        i += 64;
    }
    *consumed = i;
    *produced = o;
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
        rcd_one one = {RCD_STOP_END, 0, 0, {0}};
        size_t by_hand = i;
        /* Near the ends there is no room for a round; then it is all by hand. */
        while (i < len && (i == by_hand || len - i < ROUND_IN || cap - o < ROUND_OUT)) {
            rcd_decode_one(map, data + i, len - i, &one);
            if (one.kind != RCD_STOP_END || one.made > cap - o) {
                stop->kind = one.kind == RCD_STOP_END ? RCD_STOP_OUTPUT : one.kind;
                stop->length = one.kind == RCD_STOP_END ? 0 : one.length;
                stop->consumed = i;
                stop->produced = o;
                return;
            }
            memcpy(out + o, one.out, one.made);
            i += one.length;
            o += one.made;
        }
        if (i == len) {
            stop->kind = RCD_STOP_END;
            stop->length = 0;
            stop->consumed = i;
            stop->produced = o;
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

/* Well-formed UTF-8 without four-byte characters, as many whole characters as 64 bytes have. */
FN void utf8_to_utf16(const uint8_t *data, size_t len, uint8_t *out, size_t cap, size_t *consumed,
                      size_t *produced)
{
    size_t i = 0, o = 0;
    while (len - i >= 64 && cap - o >= ROUND_OUT) {
        ahead(data + i, out + o);
        __m512i v = load(data + i);
        uint64_t high = _mm512_movepi8_mask(v);
        if (high == 0) {
            widen(out + o, v);
            i += 64;
            o += 128;
            continue;
        }
        uint64_t trail = _mm512_cmplt_epi8_mask(v, _mm512_set1_epi8(-0x40));
        uint64_t beyond = _mm512_cmpge_epu8_mask(v, _mm512_set1_epi8((char)0xF0));
        uint64_t three = _mm512_cmpge_epu8_mask(v, _mm512_set1_epi8((char)0xE0)) & ~beyond;
        uint64_t two = high & ~trail & ~three & ~beyond;
        uint64_t wrong = _mm512_cmplt_epu8_mask(v, _mm512_set1_epi8((char)0xC2)) & two;
        uint64_t wanted = (two | three) << 1 | three << 2;
        /* Stop before what is wrong, what is beyond, and what the 64 bytes cut. */
        uint64_t cut = (two & (uint64_t)1 << 63) | (three & (uint64_t)3 << 62);
        uint64_t stop_at = (wanted ^ trail) | wrong | beyond | cut;
        unsigned end = (unsigned)_tzcnt_u64(stop_at);
        if (wanted >> (end & 63) & 1 && end < 64 && !(trail >> end & 1)) {
            /* A trail byte is missing: its lead goes with it. */
            end -= end >= 2 && (three >> (end - 2) & 1) ? 2 : 1;
        }
        uint64_t inside = low_bits(end);
        uint64_t ends = inside & ~((trail & inside) >> 1);
        unsigned count = ones(ends);
        __m512i last = _mm512_maskz_compress_epi8(ends, v);
        __m512i second = _mm512_maskz_compress_epi8(ends, _mm512_maskz_expand_epi8(~(uint64_t)1, v));
        __m512i third = _mm512_maskz_compress_epi8(ends, _mm512_maskz_expand_epi8(~(uint64_t)3, v));
        unsigned made = 0;
        for (unsigned half = 0; half < 2 && made == 32 * half && made < count; half++) {
            __m512i a = _mm512_cvtepu8_epi16(half ? _mm512_extracti64x4_epi64(last, 1)
                                                  : _mm512_castsi512_si256(last));
            __m512i b = _mm512_cvtepu8_epi16(half ? _mm512_extracti64x4_epi64(second, 1)
                                                  : _mm512_castsi512_si256(second));
            __m512i c = _mm512_cvtepu8_epi16(half ? _mm512_extracti64x4_epi64(third, 1)
                                                  : _mm512_castsi512_si256(third));
            __mmask32 many = _mm512_test_epi16_mask(a, _mm512_set1_epi16(0x80));
            __mmask32 long3 = many & _mm512_cmplt_epu16_mask(b, _mm512_set1_epi16(0xC0));
            __m512i six = _mm512_set1_epi16(0x3F);
            __m512i upper = _mm512_slli_epi16(_mm512_and_si512(b, six), 6);
            __m512i top = _mm512_maskz_slli_epi16(long3, c, 12);
            __m512i wide = _mm512_or_si512(_mm512_or_si512(_mm512_and_si512(a, six), upper), top);
            __m512i unit = _mm512_mask_mov_epi16(a, many, wide);
            /* Overlong forms and surrogates show in the value. */
            unsigned lanes = count - made < 32 ? count - made : 32;
            __mmask32 bad = _mm512_mask_cmplt_epu16_mask(long3, unit, _mm512_set1_epi16(0x800));
            __m512i kind = _mm512_and_si512(unit, _mm512_set1_epi16((short)0xF800));
            bad |= _mm512_mask_cmpeq_epi16_mask(long3, kind, _mm512_set1_epi16((short)0xD800));
            unsigned fine = first_one((uint64_t)bad | (uint64_t)1 << lanes);
            store(out + o + 2 * made, unit);
            made += fine;
            if (fine < lanes) {
                break;
            }
        }
        o += 2 * made;
        if (made < count) {
            /* Behind the last end that counts. */
            i += made == 0 ? 0 : first_one(_pdep_u64((uint64_t)1 << (made - 1), ends)) + 1;
            break;
        }
        i += end;
        if (end < 62) {
            break;
        }
    }
    *consumed = i;
    *produced = o;
}

/* 16 units a round, none of them a surrogate. */
FN void utf16_to_utf8(const uint8_t *data, size_t len, uint8_t *out, size_t cap, size_t *consumed,
                      size_t *produced)
{
    const __m512i six = _mm512_set1_epi32(0x3F);
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
        for (unsigned half = 0; half < 2 && 16 * half < units; half++) {
            unsigned lanes = units - 16 * half < 16 ? units - 16 * half : 16;
            __mmask16 there = (__mmask16)((1u << lanes) - 1);
            __m512i u = _mm512_cvtepu16_epi32(half ? _mm512_extracti64x4_epi64(v, 1)
                                                   : _mm512_castsi512_si256(v));
            __mmask16 two = _mm512_cmpge_epu32_mask(u, _mm512_set1_epi32(0x80));
            __mmask16 three = _mm512_cmpge_epu32_mask(u, _mm512_set1_epi32(0x800));
            __m512i low = _mm512_or_si512(_mm512_and_si512(u, six), _mm512_set1_epi32(0x80));
            __m512i rest = _mm512_srli_epi32(u, 6);
            __m512i pair = _mm512_or_si512(_mm512_or_si512(rest, _mm512_set1_epi32(0xC0)),
                                           _mm512_slli_epi32(low, 8));
            __m512i middle = _mm512_or_si512(_mm512_and_si512(rest, six), _mm512_set1_epi32(0x80));
            __m512i triple = _mm512_or_si512(
                _mm512_or_si512(_mm512_srli_epi32(u, 12), _mm512_set1_epi32(0xE0)),
                _mm512_or_si512(_mm512_slli_epi32(middle, 8), _mm512_slli_epi32(low, 16)));
            __m512i bytes = _mm512_mask_mov_epi32(_mm512_mask_mov_epi32(u, two, pair), three, triple);
            uint64_t keep = _pdep_u64(there, 0x1111111111111111) |
                            _pdep_u64(two & there, 0x2222222222222222) |
                            _pdep_u64(three & there, 0x4444444444444444);
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

FN void latin1_to_utf8(const uint8_t *data, size_t len, uint8_t *out, size_t cap, size_t *consumed,
                       size_t *produced)
{
    const uint64_t odd_places = 0xAAAAAAAAAAAAAAAA;
    size_t i = 0, o = 0;
    while (len - i >= 64 && cap - o >= ROUND_OUT) {
        ahead(data + i, out + o);
        __m512i v = load(data + i);
        uint64_t high = _mm512_movepi8_mask(v);
        if (high == 0) {
            store(out + o, v);
            i += 64;
            o += 64;
            continue;
        }
        for (unsigned half = 0; half < 2; half++) {
            uint32_t two = (uint32_t)(high >> 32 * half);
            __m512i u = _mm512_cvtepu8_epi16(half ? _mm512_extracti64x4_epi64(v, 1)
                                                  : _mm512_castsi512_si256(v));
            __m512i low = _mm512_and_si512(u, _mm512_set1_epi16(0x3F));
            __m512i pair = _mm512_or_si512(
                _mm512_or_si512(_mm512_srli_epi16(u, 6), _mm512_slli_epi16(low, 8)),
                _mm512_set1_epi16((short)0x80C0));
            uint64_t keep = ~odd_places | _pdep_u64(two, odd_places);
            store(out + o, _mm512_maskz_compress_epi8(keep, _mm512_mask_mov_epi16(u, two, pair)));
            o += ones(keep);
        }
        i += 64;
    }
    *consumed = i;
    *produced = o;
}

FN void utf8_to_latin1(const uint8_t *data, size_t len, uint8_t *out, size_t cap, size_t *consumed,
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

/* Bytes of UTF-8 that `units` bytes of UTF-16 came from. */
static size_t utf8_behind(const uint8_t *data, size_t units)
{
    size_t i = 0;
    for (size_t k = 0; k < units; k += 2) {
        i += data[i] < 0x80 ? 1 : data[i] < 0xE0 ? 2 : 3;
    }
    return i;
}

HELP void encode_any(const rcd_encode_map *map, int final, const uint8_t *data, size_t len,
                     uint8_t *out, size_t cap, rcd_stop *stop, int utf16)
{
    uint8_t unit[4096];
    size_t i = 0, o = 0;
    for (;;) {
        size_t used, made;
        if (utf16) {
            encode_units(map, data + i, len - i, out + o, cap - o, &used, &made);
            i += used;
            o += made;
        } else if (len - i >= 64 && cap - o >= ROUND_OUT) {
            size_t taken, units, room = len - i < 2048 ? len - i : 2048;
            utf8_to_utf16(data + i, room, unit, sizeof unit, &taken, &units);
            encode_units(map, unit, units, out + o, cap - o, &used, &made);
            size_t whole = used;
            /* The last units do not fill a round. */
            while (whole < units) {
                uint32_t cell = map->plane[unit[whole] | (unsigned)unit[whole + 1] << 8];
                if (CELL_KIND(cell) - 1u >= 3u || cap - o - made < 4) {
                    break;
                }
                rcd_store4(out + o + made, cell);
                made += CELL_KIND(cell);
                whole += 2;
            }
            i += whole == units ? taken : utf8_behind(data + i, whole);
            o += made;
            if (whole == units && units > 0 && len - i >= 64) {
                continue;
            }
        }
        rcd_one one;
        size_t by_hand = i;
        while (i < len && (i == by_hand || len - i < 64 || cap - o < ROUND_OUT)) {
            rcd_encode_one(map, utf16, final, data + i, len - i, &one);
            if (one.kind != RCD_STOP_END || one.made > cap - o) {
                stop->kind = one.kind == RCD_STOP_END ? RCD_STOP_OUTPUT : one.kind;
                stop->length = one.kind == RCD_STOP_END ? 0 : one.length;
                stop->consumed = i;
                stop->produced = o;
                return;
            }
            memcpy(out + o, one.out, one.made);
            i += one.length;
            o += one.made;
        }
        if (i == len) {
            stop->kind = RCD_STOP_END;
            stop->length = 0;
            stop->consumed = i;
            stop->produced = o;
            return;
        }
    }
}

FN void encode_utf8(const rcd_encode_map *map, int final, const uint8_t *data, size_t len,
                    uint8_t *out, size_t cap, rcd_stop *stop)
{
    encode_any(map, final, data, len, out, cap, stop, 0);
}

FN void encode_utf16(const rcd_encode_map *map, int final, const uint8_t *data, size_t len,
                     uint8_t *out, size_t cap, rcd_stop *stop)
{
    encode_any(map, final, data, len, out, cap, stop, 1);
}

const rcd_conv_kernels rcd_conv_avx512 = {
    decode_utf8,    decode_utf16,   encode_utf8,   encode_utf16,
    latin1_to_utf8, utf8_to_latin1, utf16_to_utf8, utf8_to_utf16,
};

#else
typedef int rcd_no_conv_avx512; /* a translation unit must not be empty */
#endif
