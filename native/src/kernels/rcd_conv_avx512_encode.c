/* rcd_conv_avx512_encode.c : text to bytes by table, with AVX-512. */
#include "rcd_conv_avx512_utf8.h"

#if RCD_X86_64

#define CLOSE 32   /* bytes between two characters that are done by hand, in which a round loses */
#define PATIENCE 8 /* plain characters that have to follow each other before the next round then */

HELP int is_ascii(__m512i units)
{
    return _mm512_test_epi16_mask(units, _mm512_set1_epi16((short)0xFF80)) == 0;
}

/* Units of UTF-16, 32 a block. */
FN void encode_units(const rcd_encode_map *map, const uint8_t *data, size_t len, uint8_t *out,
                     size_t cap, size_t *consumed, size_t *produced)
{
    uint32_t found[32 * BLOCKS + 16];
    size_t i = 0, o = 0;
    for (unsigned most = 1; len - i >= 64 && cap - o >= ROUND_OUT;
         most = most < BLOCKS ? 2 * most : BLOCKS) {
        unsigned blocks = 0;
        __m512i v = load(data + i);
        int ascii = 0;
        while (blocks < most && len - i >= 64 + 64 * blocks && cap - o >= ROUND_OUT + 96 * blocks) {
            const uint8_t *p = data + i + 64 * blocks;
            ahead(p, out + o + 64 * blocks);
            v = load(p);
            ascii = map->ascii && is_ascii(v);
            if (ascii) {
                break;
            }
            blocks++;
        }
        unsigned count = 32 * blocks;
        fetch_cells(map->plane, data + i, count, found);
        unsigned done = put_cells(found, count, out + o, &o, 0);
        i += 2 * done;
        if (done < count) {
            break;
        }
        if (ascii) {
            _mm256_storeu_si256((__m256i *)(void *)(out + o), _mm512_cvtepi16_epi8(v));
            i += 64;
            o += 32;
        }
    }
    *consumed = i;
    *produced = o;
}

/* UTF-8, 64 bytes a block. */
FN void encode_characters(const rcd_encode_map *map, const uint8_t *data, size_t len, uint8_t *out,
                          size_t cap, size_t *consumed, size_t *produced)
{
    uint16_t at[64 * BLOCKS + 64]; /* units of UTF-16 */
    uint32_t found[64 * BLOCKS + 16];
    uint64_t starts[BLOCKS], carry = 0;
    size_t i = 0, o = 0;
    for (unsigned most = 1; len - i >= ROUND_IN && cap - o >= ROUND_OUT;
         most = most < BLOCKS ? 2 * most : BLOCKS) {
        unsigned blocks = 0, count = 0, end = 64;
        __m512i v = load(data + i);
        int ascii = 0;
        while (blocks < most && end == 64 && len - i >= ROUND_IN + 64 * blocks &&
               cap - o >= ROUND_OUT + 192 * blocks) {
            const uint8_t *p = data + i + 64 * blocks;
            ahead(p, out + o + 64 * blocks);
            v = load(p);
            ascii = map->ascii && _mm512_movepi8_mask(v) == 0;
            if (ascii) {
                break;
            }
            utf8_block b = read_utf8(p, v, carry, 3);
            unsigned characters = ones(b.starts);
            for (unsigned half = 0; half < 2 && 32 * half < characters; half++) {
                uint32_t bad;
                store(at + count + 32 * half, utf8_units(&b, half, &bad));
                if (bad) {
                    characters = 32 * half + first_one(bad);
                    b.end = start_of(&b, characters);
                }
            }
            starts[blocks++] = b.starts;
            count += characters;
            end = b.end;
            carry = b.carry;
        }
        store(at + count, _mm512_setzero_si512());
        fetch_cells(map->plane, at, count, found);
        unsigned done = put_cells(found, count, out + o, &o, 0);
        if (done < count || end < 64) {
            *consumed = i + (done < count ? start_among(starts, done) : 64 * (blocks - 1) + end);
            *produced = o;
            return;
        }
        i += 64 * blocks;
        if (ascii) {
            store(out + o, v);
            i += 64;
            o += 64;
            carry = 0;
        }
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

/* The codes that nearly all of a text in a single-byte set has, where they can be looked up in
 * registers. Two stretches of 64 characters each, which differ in the last bit of the byte before
 * the last; 0 = no code, or none that is plain. */
typedef struct {
    uint8_t latin[128]; /* after C2 and C3 */
    uint8_t marks[128]; /* after E2 80 and E2 81: dashes and quotes */
    uint8_t two[128];   /* after `lead`: Greek, Cyrillic, Hebrew ... */
    uint8_t three[128]; /* after `wide` and `second`: Thai */
    uint8_t lead;       /* 0 = not met yet; even */
    uint8_t wide;
    uint8_t second; /* even */
} near_codes;

FN void learn_codes(uint8_t code[128], const rcd_encode_map *map, unsigned point)
{
    for (unsigned k = 0; k < 128; k += 16) {
        __m512i cells = load(map->plane + point + k);
        __m512i kind = _mm512_srli_epi32(cells, 24);
        __mmask16 plain = _mm512_cmpeq_epi32_mask(kind, _mm512_set1_epi32(1));
        _mm_storeu_si128((__m128i *)(void *)(code + k), _mm512_maskz_cvtepi32_epi8(plain, cells));
    }
}

FN void start_near(near_codes *near, const rcd_encode_map *map)
{
    memset(near, 0, sizeof *near);
    learn_codes(near->latin, map, 0x80);
    learn_codes(near->marks, map, 0x2000);
}

/* The character at p is not near. Its neighbours become so if `idle`, which says for leads of two
 * and of three bytes that those learnt before are not in use. */
FN void learn_near(near_codes *near, const rcd_encode_map *map, const uint8_t *p, int idle_two,
                   int idle_three)
{
    if (p[0] < 0xE0 && idle_two) {
        near->lead = p[0] & 0xFE;
        learn_codes(near->two, map, (near->lead & 0x1Fu) << 6);
    } else if (p[0] >= 0xE0 && idle_three && (p[0] > 0xE0 || p[1] >= 0xA0)) {
        near->wide = p[0];
        near->second = p[1] & 0xFE;
        learn_codes(near->three, map, (p[0] & 0xFu) << 12 | (near->second & 0x3Fu) << 6);
    }
}

HELP __m512i near_code(const uint8_t code[128], __m512i at)
{
    return _mm512_permutex2var_epi8(load(code), at, load(code + 64));
}

/* The lowest bit of a byte above the six of the one that follows. */
HELP __m512i near_place(__m512i byte, __m512i next)
{
    return _mm512_or_si512(
        _mm512_and_si512(next, _mm512_set1_epi8(0x3F)),
        _mm512_and_si512(_mm512_slli_epi16(byte, 6), _mm512_set1_epi8(0x40)));
}

/* Puts the codes of all characters of `b`, which was read from *v, in the places of their first
 * bytes; 0 where one of them is not near. */
HELP int encode_near(near_codes *near, const rcd_encode_map *map, const uint8_t *p,
                     const utf8_block *b, __m512i *v)
{
    const __m512i but_last = _mm512_set1_epi8((char)0xFE);
    const __m512i next = load(p + 1);
    const __m512i even = _mm512_and_si512(*v, but_last);
    uint64_t latin = _mm512_mask_cmpeq_epi8_mask(b->leads, even, _mm512_set1_epi8((char)0xC2));
    uint64_t two = _mm512_mask_cmpeq_epi8_mask(b->leads, even, _mm512_set1_epi8((char)near->lead));
    uint64_t marks = 0, three = 0;
    if (b->three) {
        const __m512i even_next = _mm512_and_si512(next, but_last);
        marks = _mm512_mask_cmpeq_epi8_mask(b->leads, *v, _mm512_set1_epi8((char)0xE2));
        marks = _mm512_mask_cmpeq_epi8_mask(marks, even_next, _mm512_set1_epi8((char)0x80));
        three = _mm512_mask_cmpeq_epi8_mask(b->leads, *v, _mm512_set1_epi8((char)near->wide));
        three = _mm512_mask_cmpeq_epi8_mask(three, even_next,
                                            _mm512_set1_epi8((char)near->second));
    }
    uint64_t far = b->leads & ~(latin | two | marks | three);
    if (far) {
        learn_near(near, map, p + first_one(far), two == 0, three == 0);
        return 0;
    }
    __m512i at = near_place(*v, next);
    __m512i code = near_code(near->two, at);
    if (latin) {
        code = _mm512_mask_mov_epi8(code, latin, near_code(near->latin, at));
    }
    if (marks | three) {
        at = near_place(next, load(p + 2));
        code = _mm512_mask_mov_epi8(code, marks, near_code(near->marks, at));
        code = _mm512_mask_mov_epi8(code, three, near_code(near->three, at));
    }
    *v = _mm512_mask_mov_epi8(*v, b->leads, code);
    return _mm512_mask_testn_epi8_mask(b->leads, code, code) == 0;
}

/* The codes of all characters of `b`, which was read from v; those that are not ASCII are looked up
 * one by one, and put back among it. `b` ends where one has none. */
HELP __m512i encode_far(const rcd_encode_map *map, const uint8_t *p, __m512i v, utf8_block *b)
{
    __m512i first = _mm512_maskz_compress_epi8(b->leads, v);
    __m512i second = _mm512_maskz_compress_epi8(b->leads, load(p + 1));
    __m512i third = _mm512_maskz_compress_epi8(b->leads, load(p + 2));
    unsigned others = ones(b->leads), odd = 0, part = 0;
    __m512i codes =
        _mm512_castsi128_si512(codes_of(map, first, second, third, 0, others, &odd));
    if (others > 16 && !odd) {
        part = 1;
        codes = _mm512_inserti32x4(codes, codes_of(map, first, second, third, 1, others, &odd), 1);
    }
    if (others > 32 && !odd) { /* of the 64 bytes at most 32 and one more start a character */
        part = 2;
        codes = _mm512_inserti32x4(codes, codes_of(map, first, second, third, 2, others, &odd), 2);
    }
    if (odd) {
        b->end = first_one(_pdep_u64((uint64_t)1 << (16 * part + first_one(odd)), b->leads));
        b->starts &= low_bits(b->end);
    }
    return _mm512_mask_expand_epi8(b->first, _pext_u64(b->leads, b->starts), codes);
}

/* 64 bytes of UTF-8 a round, for single-byte sets with ASCII, which is let through. */
FN void encode_bytes(const rcd_encode_map *map, near_codes *near, const uint8_t *data, size_t len,
                     uint8_t *out, size_t cap, size_t *consumed, size_t *produced)
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
        __m512i codes = v;
        if (encode_near(near, map, data + i, &b, &codes)) {
            codes = _mm512_maskz_compress_epi8(b.starts, codes);
        } else {
            codes = encode_far(map, data + i, v, &b);
        }
        store(out + o, codes);
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

/* Plain characters from data + *i on, one by one; whether there were so many that a round pays. */
HELP int encode_some(const rcd_encode_map *map, int utf16, const uint8_t *data, size_t len,
                     uint8_t *out, size_t cap, size_t *i, size_t *o)
{
    for (int n = 0; n < PATIENCE; n++) {
        if (len - *i < 4 || cap - *o < 4) {
            return 0;
        }
        unsigned used;
        uint32_t cell = utf16 ? rcd_utf16_cell(map, data + *i, &used)
                              : rcd_utf8_cell(map, data + *i, &used);
        if (!rcd_is_plain(cell)) {
            return 0;
        }
        rcd_store4(out + *o, cell);
        *i += used;
        *o += CELL_KIND(cell);
    }
    return 1;
}

HELP void encode_any(const rcd_encode_map *map, int final, const uint8_t *data, size_t len,
                     uint8_t *out, size_t cap, rcd_stop *stop, int utf16)
{
    size_t i = 0, o = 0;
    near_codes near;
    const int near_ones = !utf16 && map->single && map->ascii && len >= ROUND_IN;
    if (near_ones) {
        start_near(&near, map);
    }
    for (;;) {
        size_t used, made;
        if (utf16) {
            encode_units(map, data + i, len - i, out + o, cap - o, &used, &made);
        } else if (near_ones) {
            encode_bytes(map, &near, data + i, len - i, out + o, cap - o, &used, &made);
        } else {
            encode_characters(map, data + i, len - i, out + o, cap - o, &used, &made);
        }
        i += used;
        o += made;
        const int close = used < CLOSE;
        int again;
        do { /* near the ends, where there is no room for a round, all of it */
            rcd_one one;
            if (i == len) {
                break;
            }
            rcd_encode_one(map, utf16, final, data + i, len - i, &one);
            if (!rcd_take_one(&one, &i, out, cap, &o, stop)) {
                return;
            }
            again = close && !encode_some(map, utf16, data, len, out, cap, &i, &o);
        } while (again || len - i < ROUND_IN || cap - o < ROUND_OUT);
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
