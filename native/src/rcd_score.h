/* rcd_score.h : language models over text in code points, and the shared costs of a step. */
#ifndef RCD_SCORE_H
#define RCD_SCORE_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_models.h"

#if defined(__SSE2__) || defined(_M_X64)
#define RCD_SCORE_SSE2 1
#include <emmintrin.h>
#elif defined(__aarch64__) || defined(_M_ARM64)
#define RCD_SCORE_NEON 1
#include <arm_neon.h>
#endif

/* Costs of what the trigram tables leave out, in tenths of a bit. Chosen on the dev split. */
#define RCD_COST_PAIR 15     /* no row for the trigram: back off to the pair */
#define RCD_COST_LETTER 35   /* no row for the pair either: back off to the letter */
#define RCD_COST_AGAIN 10    /* a non-letter after a non-letter */
#define RCD_COST_DIGIT 5      /* a digit after a digit */
#define RCD_COST_ALIEN 160   /* which letter of another script it is, ASCII apart */
#define RCD_STRETCH 48u      /* ASCII characters that are taken to be in one language */
#define RCD_COST_CHANGE 150  /* a stretch in another language than the text */
#define RCD_COST_STAY 1     /* one more such, and any in a text of another script */

/* The text as code points and what one language costs it. */
typedef struct {
    uint16_t language; /* best language id; 0 = no letters at all */
    uint16_t group;    /* script group of that language */
    int32_t cost;      /* of the text in that language, with the language's prior */
    int32_t second;    /* cost in the second best language */
    uint32_t length;   /* code points that were scored */
    int has_latin;     /* as a text in Latin letters, too: */
    int32_t latin[RCD_MAX_COLUMNS]; /* what it costs in their languages, without priors */
} rcd_text_score;

/* Scores `len` code points against every language of every script the text is in. */
void rcd_score_text(const uint32_t *cp, size_t len, rcd_text_score *out);

/* Costs of a CJK reading in each of the RCD_HANI_COLUMNS languages, without priors. */
void rcd_score_hani(const uint32_t *cp, size_t len, int32_t cost[RCD_HANI_COLUMNS]);

/* Costs in every column of a script, without priors. `cost` has RCD_MAX_COLUMNS entries. */
void rcd_score_script(const uint32_t *cp, size_t len, unsigned group,
                      int32_t cost[RCD_MAX_COLUMNS]);

/* The row of a step in a script, and what backing off adds to *shared. Contexts are reset by the
 * caller: (BOUNDARY, BOUNDARY) after a non-letter, (DIGIT, DIGIT) after a digit. */
static inline const uint8_t *rcd_step(const rcd_script *s, unsigned a, unsigned b, unsigned c,
                                      int32_t *shared)
{
    const uint8_t *row = rcd_script_row(s, a, b, c);
    if (row != NULL) {
        return row;
    }
    row = rcd_script_row(s, 255, b, c);
    if (row != NULL) {
        *shared += RCD_COST_PAIR;
        return row;
    }
    *shared += RCD_COST_LETTER;
    return s->letters + (size_t)c * s->stride;
}

/* Says that memory is wanted soon. */
#if defined(RCD_SCORE_SSE2)
#define RCD_WANT(p) _mm_prefetch((const char *)(const void *)(p), _MM_HINT_T0)
#elif defined(__GNUC__)
#define RCD_WANT(p) __builtin_prefetch((const void *)(p))
#else
#define RCD_WANT(p) ((void)(p))
#endif

/* Steps whose rows are looked up together: the tables of the models are too large for the caches
 * that are near, and several waits cost no more than one. */
#define RCD_LOOKUPS 8u
typedef struct {
    uint32_t key[RCD_LOOKUPS];
    uint32_t mixed[RCD_LOOKUPS];
    uint32_t slot[RCD_LOOKUPS];
    unsigned count;
} rcd_lookups;

/* First adds all steps ... */
static inline void rcd_lookups_add(rcd_lookups *l, const rcd_script *s, unsigned a, unsigned b,
                                   unsigned c)
{
    uint32_t key = (uint32_t)((a << 16) | (b << 8) | c);
    uint32_t mixed = rcd_mix(key);
    RCD_WANT(s->displace + rcd_bucket_of(mixed, s->buckets));
    l->key[l->count] = key;
    l->mixed[l->count++] = mixed;
}

/* ... then finds where their rows would be ... */
static inline void rcd_lookups_find(rcd_lookups *l, const rcd_script *s)
{
    for (unsigned i = 0; i < l->count; i++) {
        uint32_t displacement = s->displace[rcd_bucket_of(l->mixed[i], s->buckets)];
        uint32_t slot = rcd_slot_at(l->mixed[i], displacement, s->slots);
        RCD_WANT(s->checks + slot);
        RCD_WANT(s->rows + (size_t)slot * s->stride);
        RCD_WANT(s->rows + (size_t)slot * s->stride + s->stride - 1u);
        l->slot[i] = slot;
    }
}

/* ... and reads one, as rcd_step() does. */
static inline const uint8_t *rcd_lookups_row(const rcd_lookups *l, const rcd_script *s, unsigned i,
                                             int32_t *shared)
{
    if (s->checks[l->slot[i]] == (uint16_t)l->mixed[i]) {
        return s->rows + (size_t)l->slot[i] * s->stride;
    }
    unsigned b = l->key[i] >> 8 & 255u, c = l->key[i] & 255u;
    const uint8_t *row = rcd_script_row(s, 255, b, c);
    if (row != NULL) {
        *shared += RCD_COST_PAIR;
        return row;
    }
    *shared += RCD_COST_LETTER;
    return s->letters + (size_t)c * s->stride;
}

/* sum[k] += row[k] for one step. Strides are below 8 or multiples of 8; eight at once is what
 * compilers make of the plain loop too, but not all of them. */
static inline void rcd_add_row(uint16_t *sum, const uint8_t *row, unsigned stride)
{
    if (stride < 8u) {
        for (unsigned k = 0; k < stride; k++) {
            sum[k] = (uint16_t)(sum[k] + row[k]);
        }
        return;
    }
    for (unsigned k = 0; k < stride; k += 8u) {
#if defined(RCD_SCORE_SSE2)
        __m128i wide = _mm_unpacklo_epi8(_mm_loadl_epi64((const __m128i *)(const void *)(row + k)),
                                         _mm_setzero_si128());
        __m128i *to = (__m128i *)(void *)(sum + k);
        _mm_storeu_si128(to, _mm_add_epi16(_mm_loadu_si128(to), wide));
#elif defined(RCD_SCORE_NEON)
        vst1q_u16(sum + k, vaddw_u8(vld1q_u16(sum + k), vld1_u8(row + k)));
#else
        for (unsigned j = 0; j < 8u; j++) {
            sum[k + j] = (uint16_t)(sum[k + j] + row[k + j]);
        }
#endif
    }
}

/* Adds the rows of all steps that were gathered to the sums of their columns, in the order of columns:
 * each sum is read and written once. */
static inline void rcd_lookups_sum(const rcd_lookups *l, const rcd_script *s, uint16_t *sum,
                                   int32_t *shared)
{
    const uint8_t *row[RCD_LOOKUPS];
    for (unsigned i = 0; i < l->count; i++) {
        row[i] = rcd_lookups_row(l, s, i, shared);
    }
#if defined(RCD_SCORE_SSE2) || defined(RCD_SCORE_NEON)
    for (unsigned k = 0; k < s->stride && s->stride >= 8u; k += 8u) {
#if defined(RCD_SCORE_SSE2)
        __m128i *to = (__m128i *)(void *)(sum + k);
        __m128i all = _mm_loadu_si128(to);
        for (unsigned i = 0; i < l->count; i++) {
            __m128i eight = _mm_loadl_epi64((const __m128i *)(const void *)(row[i] + k));
            all = _mm_add_epi16(all, _mm_unpacklo_epi8(eight, _mm_setzero_si128()));
        }
        _mm_storeu_si128(to, all);
#else
        uint16x8_t all = vld1q_u16(sum + k);
        for (unsigned i = 0; i < l->count; i++) {
            all = vaddw_u8(all, vld1_u8(row[i] + k));
        }
        vst1q_u16(sum + k, all);
#endif
    }
    const unsigned rest = s->stride < 8u ? l->count : 0u;
#else
    const unsigned rest = l->count;
#endif
    for (unsigned i = 0; i < rest; i++) {
        rcd_add_row(sum, row[i], s->stride);
    }
}

/* Rows that fit into 16-bit sums: 255 * 256 < 65536. */
#define RCD_ROWS_MOST 256u

/* total[k] += sum[k]; sum is cleared. */
static inline void rcd_flush_rows(uint32_t *total, uint16_t *sum, unsigned stride)
{
    for (unsigned k = 0; k < stride; k++) {
        total[k] += sum[k];
        sum[k] = 0;
    }
}

/* What a stretch of ASCII costs as foreign words or as English, which is cheaper.
 *  sum  of its rows, in the columns of the Latin models */
static inline int32_t rcd_foreign_least(const uint16_t *sum)
{
    const uint16_t foreign = sum[RCD_LATN_FOREIGN], english = sum[RCD_LATN_ENGLISH];
    return foreign < english ? foreign : english;
}

/* What so many foreign characters cost a text in another script beside which they are. */
static inline int32_t rcd_foreign_change(uint32_t characters)
{
    uint32_t first = characters < RCD_STRETCH ? characters : RCD_STRETCH;
    return (int32_t)((first * (RCD_COST_CHANGE - RCD_COST_STAY) + characters * RCD_COST_STAY) /
                     RCD_STRETCH);
}

/* Symbol of a cell to the models of `group`. */
static inline unsigned rcd_symbol_in(rcd_cell cell, unsigned group)
{
    unsigned g = rcd_cell_group(cell);
    return g == group || g == RCD_COMMON ? rcd_cell_symbol(cell) : (unsigned)RCD_SYM_FOREIGN;
}

#endif
