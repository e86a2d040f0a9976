/* rcd_tally.c : see rcd_tally.h. */
#include "rcd_tally.h"

#include <string.h>

#include "rcd_bits.h"

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#define TALLY_SSE2 1
#endif

#define SPECIAL RCD_KIND_SPECIAL
#define LETTER RCD_KIND_LETTER
#define DIGIT RCD_KIND_DIGIT
#define SIGN RCD_KIND_SIGN
#define FOUR(kind) kind, kind, kind, kind
#define SIXTEEN(kind) FOUR(kind), FOUR(kind), FOUR(kind), FOUR(kind)
#define LETTERS FOUR(LETTER), FOUR(LETTER), FOUR(LETTER), FOUR(LETTER), FOUR(LETTER), FOUR(LETTER)

const uint8_t rcd_kinds[256] = {
    FOUR(SPECIAL), FOUR(SPECIAL), SPECIAL, SIGN, SIGN, SPECIAL, SPECIAL, SIGN, SPECIAL, SPECIAL,
    SIXTEEN(SPECIAL),
    SIXTEEN(SIGN),
    FOUR(DIGIT), FOUR(DIGIT), DIGIT, DIGIT, SIGN, SIGN, FOUR(SIGN),
    SIGN, LETTERS, LETTER, LETTER, FOUR(SIGN), SIGN,
    SIGN, LETTERS, LETTER, LETTER, FOUR(SIGN), SPECIAL,
    SIXTEEN(SPECIAL), SIXTEEN(SPECIAL), SIXTEEN(SPECIAL), SIXTEEN(SPECIAL),
    SIXTEEN(SPECIAL), SIXTEEN(SPECIAL), SIXTEEN(SPECIAL), SIXTEEN(SPECIAL),
};

/* 64 bytes of a text, a bit each in the set of its kind. */
typedef struct {
    uint64_t special;
    uint64_t letter;
    uint64_t digit;
} kind_sets;

static void add_kind(kind_sets *sets, unsigned byte, unsigned at)
{
    const unsigned kind = rcd_kinds[byte];
    sets->special |= (uint64_t)(kind == SPECIAL) << at;
    sets->letter |= (uint64_t)(kind == LETTER) << at;
    sets->digit |= (uint64_t)(kind == DIGIT) << at;
}

static kind_sets kinds_of(const uint8_t *data, size_t len)
{
    kind_sets sets = {0, 0, 0};
    unsigned i = 0;
#if defined(TALLY_SSE2)
    for (; i + 16u <= len && i < 64u; i += 16u) {
        const __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(data + i));
        const __m128i small = _mm_or_si128(x, _mm_set1_epi8(0x20));
        /* Compared as signed numbers: what is from 0x80 on is below all else, and sums wrap around. */
        const __m128i letter =
            _mm_cmpgt_epi8(_mm_add_epi8(small, _mm_set1_epi8(127 - 'z')), _mm_set1_epi8(127 - 26));
        const __m128i digit =
            _mm_cmpgt_epi8(_mm_add_epi8(x, _mm_set1_epi8(127 - '9')), _mm_set1_epi8(127 - 10));
        __m128i plain = _mm_cmpeq_epi8(x, _mm_set1_epi8('\t'));
        plain = _mm_or_si128(plain, _mm_cmpeq_epi8(x, _mm_set1_epi8('\n')));
        plain = _mm_or_si128(plain, _mm_cmpeq_epi8(x, _mm_set1_epi8('\r')));
        __m128i special = _mm_cmplt_epi8(x, _mm_set1_epi8(' '));
        special = _mm_or_si128(special, _mm_cmpeq_epi8(x, _mm_set1_epi8(0x7F)));
        special = _mm_andnot_si128(plain, special);
        sets.special |= (uint64_t)(uint32_t)_mm_movemask_epi8(special) << i;
        sets.letter |= (uint64_t)(uint32_t)_mm_movemask_epi8(letter) << i;
        sets.digit |= (uint64_t)(uint32_t)_mm_movemask_epi8(digit) << i;
    }
#endif
    for (; i < len && i < 64u; i++) {
        add_kind(&sets, data[i], i);
    }
    return sets;
}

static void list_byte(rcd_tally *t, unsigned b)
{
    t->beside[b] = t->again[b] = 0;
    t->rank[b] = (uint8_t)t->byte_count;
    t->byte[t->byte_count++] = (uint8_t)b;
}

/* Lists special bytes as they come, `at` in the text. Those that are listed are marked in t->count. */
static void list_special(rcd_tally *t, const uint8_t *data, uint64_t special)
{
    for (; special != 0; special &= special - 1u) {
        const unsigned b = data[rcd_lowest_bit(special)];
        if (t->count[b] == 0) {
            t->count[b] = 1;
            list_byte(t, b);
        }
    }
}

/* Counts bytes of a set. */
static void count_set(uint16_t count[256], const uint8_t *data, uint64_t set)
{
    for (; set != 0; set &= set - 1u) {
        count[data[rcd_lowest_bit(set)]]++;
    }
}

/* Which of some bytes are the same as the one before: there is one before the first. */
static uint64_t repeats(const uint8_t *data, size_t len)
{
    const uint8_t *before = data - 1;
    uint64_t again = 0;
    size_t i = 0;
#if defined(TALLY_SSE2)
    for (; i + 16u <= len; i += 16u) {
        const __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(data + i));
        const __m128i y = _mm_loadu_si128((const __m128i *)(const void *)(before + i));
        again |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(x, y)) << i;
    }
#endif
    for (; i < len; i++) {
        again |= (uint64_t)(data[i] == before[i]) << i;
    }
    return again;
}

/* Tells the kinds of all bytes: which are special, and how the others stand in runs. */
static void tell_kinds(rcd_tally *t, const uint8_t *data, size_t len)
{
    kind_sets before = {0, 0, 0};
    uint64_t signs_before = 0, again_before = 0, letters = 0;
    t->digit_runs = t->sign_runs = t->specials = 0;
    for (size_t at = 0; at < len; at += 64u) {
        const size_t n = len - at < 64u ? len - at : 64u;
        const uint64_t all = n < 64u ? (UINT64_C(1) << n) - 1u : UINT64_MAX;
        const kind_sets sets = kinds_of(data + at, n);
        const uint64_t signs = all & ~(sets.special | sets.letter | sets.digit);
        const uint64_t next = at + n < len && rcd_kinds[data[at + n]] == LETTER;
        const uint64_t beside =
            sets.letter << 1 | before.letter >> 63 | sets.letter >> 1 | next << 63;
        t->digit_runs += rcd_bit_count(sets.digit & (sets.digit << 1 | before.digit >> 63));
        t->sign_runs += rcd_bit_count(signs & (signs << 1 | signs_before >> 63));
        t->special[at / 64u] = sets.special;
        if (sets.special != 0) {
            const uint64_t again = at > 0 ? repeats(data + at, n) : repeats(data + 1, n - 1u) << 1;
            list_special(t, data + at, sets.special);
            count_set(t->beside, data + at, sets.special & beside);
            count_set(t->again, data + at, sets.special & again & (again << 1 | again_before));
            t->specials += rcd_bit_count(sets.special);
            again_before = again >> 63;
        }
        letters |= sets.letter;
        before = sets;
        signs_before = signs;
    }
    t->letters = letters != 0;
}

/* Lists the special bytes that the input has behind the text. */
static void list_later(rcd_tally *t, const rcd_census *census)
{
    for (unsigned b = 0; b < 0x80u; b = b < 0x20u ? b + 1u : b == 0x20u ? 0x7Fu : 0x80u) {
        if (rcd_is_special(b) && t->count[b] == 0 && census->count[b] != 0) {
            list_byte(t, b);
        }
    }
    for (unsigned from = 0x80u; from < 256u; from += 8u) {
        uint64_t any;
        memcpy(&any, census->known.has + from, sizeof any);
        for (unsigned b = from; any != 0 && b < from + 8u; b++) {
            if (census->known.has[b] && t->count[b] == 0) {
                list_byte(t, b);
            }
        }
    }
}

static int occurs(const rcd_tally *t, const rcd_census *census, int all, unsigned b)
{
    return t->count[b] != 0 || (all && census->count[b] != 0);
}

/* Does any of four bytes? */
static int occur(const rcd_tally *t, const rcd_census *census, int all, unsigned b)
{
    uint64_t four;
    memcpy(&four, t->count + b, sizeof four);
    const uint64_t *more = census->count + b;
    return four != 0 || (all && (more[0] | more[1] | more[2] | more[3]) != 0);
}

/* Lists the bytes that are ASCII in nearly all charsets behind the special ones. */
static void list_others(rcd_tally *t, const rcd_census *census, int all)
{
    for (unsigned b = '\t'; b <= '\r'; b++) {
        if ((b == '\n' || occurs(t, census, all, b)) && !rcd_is_special(b)) {
            list_byte(t, b);
        }
    }
    for (unsigned from = ' '; from < 0x80u; from += 4u) {
        for (unsigned b = from; occur(t, census, all, from) && b < from + 4u; b++) {
            if (occurs(t, census, all, b) && !rcd_is_special(b)) {
                list_byte(t, b);
            }
        }
    }
}

static void count_bytes(rcd_tally *t, const uint8_t *data, size_t len)
{
    size_t i = 0;
    for (; len - i >= 8u; i += 8u) {
        for (unsigned k = 0; k < 8u; k++) {
            t->count[data[i + k]]++;
        }
    }
    for (; i < len; i++) {
        t->count[data[i]]++;
    }
}

void rcd_tally_bytes(rcd_tally *t, const uint8_t *data, size_t len, const rcd_census *census)
{
    const int all = census->length > len;
    memset(t->count, 0, sizeof t->count);
    t->byte_count = 0;
    tell_kinds(t, data, len);
    for (uint32_t i = 0; i < t->byte_count; i++) {
        t->count[t->byte[i]] = 0;
    }
    count_bytes(t, data, len);
    t->controls = 0;
    t->repeats = 0;
    memset(t->high, 0, sizeof t->high);
    memset(t->joined, 0, sizeof t->joined);
    for (uint32_t i = 0; i < t->byte_count; i++) {
        const unsigned b = t->byte[i], word = b >> 6 & 1u;
        if (b < 0x80u) {
            t->controls = 1;
            continue;
        }
        t->high[word] |= UINT64_C(1) << (b & 63u);
        t->joined[word] |= (uint64_t)(t->beside[b] != 0) << (b & 63u);
        t->count[b] = (int16_t)(t->count[b] - t->again[b]);
        t->repeats += t->again[b];
    }
    if (all) {
        list_later(t, census);
    }
    t->special_count = t->byte_count;
    list_others(t, census, all);
}
