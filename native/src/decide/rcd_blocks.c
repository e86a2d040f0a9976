/* rcd_blocks.c : see rcd_blocks.h. */
#include "rcd_small.h"

#include "rcd_blocks.h"

#include "rcd_bits.h"
#include "rcd_charset.h"
#include "rcd_single_byte.h"

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#define BLOCKS_SSE2 1
#endif

#define BLOCK 64u
#define PAIR_BLOCK 128u
#define LOOKED_AT 4096u /* of a longer text only so many bytes are looked at, in blocks far and wide */
#define BLOCKS_MOST (LOOKED_AT / BLOCK + 1u)
#define CAPITAL 30       /* tenths of a bit that a capital costs more: some charsets swap the cases */
#define EXCESS 30        /* what the dearer blocks cost over nine eighths of the mean, in tenths of a bit, */
#define EXCESS_BLOCK 1   /* and for each block, from which some are of another kind */
#define LATIN_MOST 28u   /* so many bytes of a block are beyond ASCII in Latin letters, at most */
#define FIRST_HIGH 64u   /* bytes beyond ASCII that are the start of a text */
#define LEAST_PAIRS 16u  /* bytes beyond ASCII of a block that tell how its pairs are made */
#define CHANGED 12       /* bits by which a block is made otherwise than the rest */

/* Of how many blocks one is looked at. */
static size_t every(const rcd_detector *d)
{
    return (d->excerpt.len + LOOKED_AT - 1u) / LOOKED_AT;
}

/* What a text costs by letter frequency: bytes beyond ASCII in bits 20 and up, below what they cost. */
typedef struct {
    uint32_t block[BLOCKS_MOST];
    size_t blocks;
    uint64_t cost, high;             /* of all blocks, */
    uint64_t first_cost, first_high; /* and of the first with FIRST_HIGH bytes */
} block_costs;

/* The pair of a charset and a language; NULL when it has none. */
static const rcd_pair *pair_of(unsigned charset, unsigned language)
{
    size_t count;
    const rcd_pair *pair = rcd_pairs_of(charset, &count);
    for (; count > 0; count--, pair++) {
        if (rcd_script_get(pair->group)->languages[pair->column] == language) {
            return pair;
        }
    }
    return NULL;
}

/* 1 << 20 and what it costs, for each byte beyond ASCII. @return 0 when that is not known */
static int pack_costs(const rcd_tally *tally, unsigned charset, unsigned group, uint32_t packed[256])
{
    const uint16_t *table = rcd_single_byte_table((int)charset);
    int16_t cost[256];
    if (table == NULL || !rcd_rank_bytes(tally, charset, group, cost)) {
        return 0;
    }
    for (uint32_t i = 0; i < tally->special_count; i++) {
        const unsigned b = tally->byte[i];
        if (b >= 0x80u) {
            const int capital = rcd_cell_case(rcd_cell_of(table[b])) == RCD_CASE_UPPER;
            packed[b] = 1u << 20 | (uint32_t)(cost[b] + (capital ? CAPITAL : 0));
        }
    }
    return 1;
}

static void sum_blocks(const rcd_detector *d, const uint32_t packed[256], block_costs *c)
{
    c->blocks = 0;
    c->cost = c->high = c->first_cost = c->first_high = 0;
    for (size_t at = 0; at < d->excerpt.len; at += BLOCK * every(d)) {
        const size_t left = d->excerpt.len - at, n = left < BLOCK ? left : BLOCK;
        const uint8_t *data = d->excerpt.text + at;
        uint32_t one = 0, other = 0;
        size_t i = 0;
        for (; i + 8u <= n; i += 8u) {
            one += packed[data[i]] + packed[data[i + 2u]] + packed[data[i + 4u]] +
                   packed[data[i + 6u]];
            other += packed[data[i + 1u]] + packed[data[i + 3u]] + packed[data[i + 5u]] +
                     packed[data[i + 7u]];
        }
        for (; i < n; i++) {
            one += packed[data[i]];
        }
        const uint32_t sum = one + other;
        c->block[c->blocks++] = sum;
        c->cost += sum & 0xFFFFFu;
        c->high += sum >> 20;
        if (c->first_high < FIRST_HIGH) {
            c->first_cost = c->cost;
            c->first_high = c->high;
        }
    }
}

int rcd_letters_change(const rcd_detector *d, unsigned charset, unsigned language)
{
    const rcd_pair *pair = pair_of(charset, language);
    uint32_t packed[256] = {0};
    block_costs c;
    if (pair == NULL || !pack_costs(&d->single.tally, charset, pair->group, packed)) {
        return 0;
    }
    sum_blocks(d, packed, &c);
    if (c.high == 0) {
        return 0;
    }
    if (c.first_high >= FIRST_HIGH && c.cost * c.first_high * 4u > c.first_cost * c.high * 5u) {
        return 1; /* the charset was found from the start, and fits the rest so much less */
    }
    const uint32_t limit = (uint32_t)(c.cost * 9u * 32u / c.high); /* in 256ths */
    const unsigned most = pair->group == RCD_LATN ? LATIN_MOST : BLOCK;
    int32_t excess = 0;
    for (size_t k = 0; k < c.blocks; k++) {
        const uint32_t cost = c.block[k] & 0xFFFFFu, high = c.block[k] >> 20;
        if (high > most) {
            return 1;
        }
        const int32_t over = (int32_t)cost - (int32_t)(high * limit >> 8);
        excess += over > 0 ? over : 0;
    }
    return excess > EXCESS + EXCESS_BLOCK * (int32_t)c.blocks;
}

/* Of a block of text in a charset of several bytes: how many bytes lie in 80..A0, how many above, and
 * how many letters of ASCII stand behind one of them in the same eight bytes. */
static void count_pairs(const uint8_t *data, uint16_t kind[3])
{
#if defined(BLOCKS_SSE2)
    const __m128i zero = _mm_setzero_si128(), a0 = _mm_set1_epi8((char)0xA0);
    __m128i high = zero, upper = zero, trail = zero; /* in each byte what to take off */
    for (size_t i = 0; i < PAIR_BLOCK; i += 16u) {
        const __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(data + i));
        const __m128i is_high = _mm_cmplt_epi8(x, zero);
        high = _mm_add_epi8(high, is_high);
        upper = _mm_add_epi8(upper, _mm_and_si128(is_high, _mm_cmpgt_epi8(x, a0)));
        trail = _mm_add_epi8(trail, _mm_and_si128(_mm_slli_epi64(is_high, 8),
                                                  _mm_cmpgt_epi8(x, _mm_set1_epi8(0x3F))));
    }
    const __m128i sums[3] = {high, upper, trail};
    for (unsigned k = 0; k < 3u; k++) {
        const __m128i sum = _mm_sad_epu8(_mm_sub_epi8(zero, sums[k]), zero);
        kind[k] = (uint16_t)(_mm_extract_epi16(sum, 0) + _mm_extract_epi16(sum, 4));
    }
    kind[0] = (uint16_t)(kind[0] - kind[1]);
#else
    uint64_t sum[3] = {0, 0, 0}; /* a count in each byte */
    for (size_t i = 0; i < PAIR_BLOCK; i += 8u) {
        const uint64_t word = rcd_load_bytes(data + i), high = word & RCD_BYTE_TOPS;
        const uint64_t upper = ((word & ~RCD_BYTE_TOPS) + 0x5Fu * RCD_BYTE_ONES) & high;
        const uint64_t trail = word << 1 & ~word & high << 8 & RCD_BYTE_TOPS;
        sum[0] += (high ^ upper) >> 7;
        sum[1] += upper >> 7;
        sum[2] += trail >> 7;
    }
    for (unsigned k = 0; k < 3u; k++) {
        kind[k] = (uint16_t)(sum[k] * RCD_BYTE_ONES >> 56);
    }
#endif
}

int rcd_pairs_change(const rcd_detector *d)
{
    const size_t len = d->excerpt.len;
    uint16_t kind[LOOKED_AT / PAIR_BLOCK + 1u][3];
    uint32_t all[3] = {0, 0, 0};
    size_t blocks = 0;
    if (len < PAIR_BLOCK) {
        return 0;
    }
    for (size_t at = 0; at + PAIR_BLOCK / 2u < len; at += PAIR_BLOCK * every(d), blocks++) {
        /* The last is looked at in full. */
        const uint8_t *data = d->excerpt.text + (len - at < PAIR_BLOCK ? len - PAIR_BLOCK : at);
        count_pairs(data, kind[blocks]);
        for (unsigned k = 0; k < 3u; k++) {
            all[k] += kind[blocks][k];
        }
    }
    const uint32_t sum = all[0] + all[1] + all[2];
    for (size_t n = 0; n < blocks; n++) {
        const uint32_t own = (uint32_t)kind[n][0] + kind[n][1] + kind[n][2];
        uint32_t chi = 0; /* chi-square, of which a bit is 1.39 */
        for (unsigned k = 0; k < 3u && own >= LEAST_PAIRS; k++) {
            const uint32_t expected = all[k] * own * 16u / sum + 1u; /* in 16ths */
            const int32_t over = (int32_t)(kind[n][k] * 16u) - (int32_t)expected;
            chi += (uint32_t)(over * over) / (expected * 16u);
        }
        if (chi * 100u > CHANGED * 139u) {
            return 1;
        }
    }
    return 0;
}
