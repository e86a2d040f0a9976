/* rcd_score.h : language models over text in code points, and the shared costs of a step. */
#ifndef RCD_SCORE_H
#define RCD_SCORE_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_ascii.h"
#include "rcd_models.h"
#include "rcd_want.h"

#if defined(__SSE2__) || defined(_M_X64)
#define RCD_SCORE_SSE2 1
#include <emmintrin.h>
#elif defined(__aarch64__) || defined(_M_ARM64)
#define RCD_SCORE_NEON 1
#include <arm_neon.h>
#endif

/* Costs of what the trigram tables leave out, in tenths of a bit. Chosen on the dev split. */
#define RCD_COST_AGAIN 10    /* a non-letter after a non-letter */
#define RCD_COST_FRAME 70     /* a piece of a frame after another */
#define RCD_COST_DIGIT 5      /* a digit after a digit */
#define RCD_COST_ALIEN 160   /* which letter of another script it is, ASCII apart */
#define RCD_COST_GREEK_SIGN 215 /* which sign it is, of a Greek letter in a charset with a few as signs */
#define RCD_COST_ALIEN_MORE 80 /* in CJK text the same of another of that script */
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
    unsigned other_group;           /* as a text in letters of another script, RCD_COMMON = none, */
    int32_t other[RCD_MAX_COLUMNS]; /* the same; of several scripts the last */
} rcd_text_score;

/* Scores `len` code points against every language of every script the text is in. */
void rcd_score_text(const uint32_t *cp, size_t len, rcd_text_score *out);

/* What every step costs whatever the language, and the ASCII words of a text in another script:
 * where three characters in a row are ASCII, the model of foreign words reads them. */
typedef struct {
    unsigned a, b;        /* Latin symbols of the two characters before */
    unsigned ka, kb;      /* their cases */
    unsigned ascii;       /* ASCII characters in a row, this one included */
    unsigned foreign;     /* steps that the foreign words took */
    unsigned stretch_len; /* and of these, how many are in `stretch` */
    uint16_t stretch[2];  /* what they cost as foreign words, as English */
    unsigned alien;       /* the script of the last letter of another one, since the last of the own */
    int32_t shared;
} rcd_common_state;

/* A CJK reading that is scored part by part. */
typedef struct {
    rcd_common_state common;
    uint32_t sum[RCD_HANI_COLUMNS];
    uint32_t others[RCD_HANI_COLUMNS]; /* of a list: what is not of its characters */
    uint32_t before;  /* the token before */
    uint32_t run;     /* CJK characters in a row */
    int word, inside; /* a foreign letter stood before this character, before the run */
    int listed;       /* set behind rcd_hani_begin(): the characters stand in a list, and form no text */
} rcd_hani_state;

void rcd_hani_begin(rcd_hani_state *state);
/* Adds a part of the text. A row of one sign is one sign within a part only. */
void rcd_hani_read(rcd_hani_state *state, const uint32_t *cp, size_t len);
/* Adds the bytes from .. to - 1 of `data`, all of them ASCII, which *ascii looks up where it has not yet.
 * There are two at least, and what was read before ends with the two in front of them, which are ASCII,
 * too. */
void rcd_hani_pass(rcd_hani_state *state, rcd_ascii *ascii, const uint8_t *data, size_t from,
                   size_t to);
/* What has been read costs in each of the RCD_HANI_COLUMNS languages, without priors. */
void rcd_hani_costs(const rcd_hani_state *state, int32_t cost[RCD_HANI_COLUMNS]);
/* The same of a list, where its Han characters and Hangul cost `uniform` if all are as likely. */
void rcd_hani_list_costs(const rcd_hani_state *state, int32_t uniform,
                         int32_t cost[RCD_HANI_COLUMNS]);

/* The same of a text in one part. */
void rcd_score_hani(const uint32_t *cp, size_t len, int32_t cost[RCD_HANI_COLUMNS]);

/* Costs in every column of a script, without priors. `cost` has RCD_MAX_COLUMNS entries. */
void rcd_score_script(const uint32_t *cp, size_t len, unsigned group,
                      int32_t cost[RCD_MAX_COLUMNS]);

/* The row of a step in a script, and what backing off adds to *shared. Contexts are reset by the
 * caller: (BOUNDARY, BOUNDARY) after a non-letter, (DIGIT, DIGIT) after a digit. */
static inline const uint8_t *rcd_step(const rcd_script *s, unsigned a, unsigned b, unsigned c,
                                      int32_t *shared)
{
    return s->rows + (size_t)rcd_row_number(s, a, b, c, shared) * s->stride;
}

/* Steps whose rows are looked up together: the tables of the models are too large for the caches
 * that are near, and several waits cost no more than one. */
#define RCD_LOOKUPS 8u
typedef struct {
    const uint64_t *after[RCD_LOOKUPS]; /* as in rcd_row_behind() */
    uint16_t pair[RCD_LOOKUPS];
    uint8_t last[RCD_LOOKUPS];
    const uint8_t *row[RCD_LOOKUPS];
    unsigned count;
} rcd_lookups;

/* First asks where the flags of all steps are, ... */
static inline void rcd_lookups_add(rcd_lookups *l, const rcd_script *s, unsigned a, unsigned b,
                                   unsigned c)
{
    const unsigned i = l->count;
    l->count = i + 1u;
    l->after[i] = rcd_after(s, a, b, c);
    RCD_WANT(l->after[i]);
    l->pair[i] = (uint16_t)(b * s->symbols + c);
    l->last[i] = (uint8_t)c;
}

/* ... then, where their rows are. @return what backing off costs */
static inline int32_t rcd_lookups_find(rcd_lookups *l, const rcd_script *s)
{
    int32_t cost = 0;
    for (unsigned i = 0; i < l->count; i++) {
        const unsigned n = rcd_row_behind(s, l->after[i], l->pair[i], l->last[i], &cost);
        l->row[i] = s->rows + (size_t)n * s->stride;
        RCD_WANT(l->row[i]);
        RCD_WANT(l->row[i] + s->stride - 1);
    }
    return cost;
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

/* sum[k] += row[k] for each of `count` rows, in `sixteens` times sixteen columns from `at` on, and eight more
 * with `eight`: each sum is read and written once. Both are known when it is compiled. */
#define RCD_SIXTEENS_MOST 3u
#if defined(RCD_USE_AVX2)
static inline void rcd_add_columns(uint16_t *sum, const uint8_t *const *row, unsigned count,
                                   unsigned at, unsigned sixteens, int eight)
{
    __m256i all[RCD_SIXTEENS_MOST];
    sum += at;
    __m128i rest = eight ? _mm_loadu_si128((const __m128i *)(const void *)(sum + 16u * sixteens))
                         : _mm_setzero_si128();
    for (unsigned k = 0; k < sixteens; k++) {
        all[k] = _mm256_loadu_si256((const __m256i *)(const void *)(sum + 16u * k));
    }
    for (unsigned i = 0; i < count; i++) {
        const uint8_t *from = row[i] + at;
        for (unsigned k = 0; k < sixteens; k++) {
            const __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(from + 16u * k));
            all[k] = _mm256_add_epi16(all[k], _mm256_cvtepu8_epi16(x));
        }
        if (eight) {
            const __m128i x = _mm_loadl_epi64((const __m128i *)(const void *)(from + 16u * sixteens));
            rest = _mm_add_epi16(rest, _mm_cvtepu8_epi16(x));
        }
    }
    for (unsigned k = 0; k < sixteens; k++) {
        _mm256_storeu_si256((__m256i *)(void *)(sum + 16u * k), all[k]);
    }
    if (eight) {
        _mm_storeu_si128((__m128i *)(void *)(sum + 16u * sixteens), rest);
    }
}
#elif defined(RCD_SCORE_SSE2)
static inline void rcd_add_columns(uint16_t *sum, const uint8_t *const *row, unsigned count,
                                   unsigned at, unsigned sixteens, int eight)
{
    const __m128i zero = _mm_setzero_si128();
    const unsigned eights = 2u * sixteens + (eight ? 1u : 0u);
    __m128i all[2u * RCD_SIXTEENS_MOST + 1u];
    sum += at;
    for (unsigned k = 0; k < eights; k++) {
        all[k] = _mm_loadu_si128((const __m128i *)(const void *)(sum + 8u * k));
    }
    for (unsigned i = 0; i < count; i++) {
        const uint8_t *from = row[i] + at;
        for (unsigned k = 0; k < sixteens; k++) {
            const __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(from + 16u * k));
            all[2u * k] = _mm_add_epi16(all[2u * k], _mm_unpacklo_epi8(x, zero));
            all[2u * k + 1u] = _mm_add_epi16(all[2u * k + 1u], _mm_unpackhi_epi8(x, zero));
        }
        if (eight) {
            const __m128i x = _mm_loadl_epi64((const __m128i *)(const void *)(from + 16u * sixteens));
            all[2u * sixteens] = _mm_add_epi16(all[2u * sixteens], _mm_unpacklo_epi8(x, zero));
        }
    }
    for (unsigned k = 0; k < eights; k++) {
        _mm_storeu_si128((__m128i *)(void *)(sum + 8u * k), all[k]);
    }
}
#elif defined(RCD_SCORE_NEON)
static inline void rcd_add_columns(uint16_t *sum, const uint8_t *const *row, unsigned count,
                                   unsigned at, unsigned sixteens, int eight)
{
    const unsigned eights = 2u * sixteens + (eight ? 1u : 0u);
    uint16x8_t all[2u * RCD_SIXTEENS_MOST + 1u];
    sum += at;
    for (unsigned k = 0; k < eights; k++) {
        all[k] = vld1q_u16(sum + 8u * k);
    }
    for (unsigned i = 0; i < count; i++) {
        const uint8_t *from = row[i] + at;
        for (unsigned k = 0; k < sixteens; k++) {
            const uint8x16_t x = vld1q_u8(from + 16u * k);
            all[2u * k] = vaddw_u8(all[2u * k], vget_low_u8(x));
            all[2u * k + 1u] = vaddw_u8(all[2u * k + 1u], vget_high_u8(x));
        }
        if (eight) {
            all[2u * sixteens] = vaddw_u8(all[2u * sixteens], vld1_u8(from + 16u * sixteens));
        }
    }
    for (unsigned k = 0; k < eights; k++) {
        vst1q_u16(sum + 8u * k, all[k]);
    }
}
#endif

/* Adds rows to the sums of their columns. */
static inline void rcd_add_rows(uint16_t *sum, const uint8_t *const *row, unsigned count,
                                unsigned stride)
{
#if defined(RCD_SCORE_SSE2) || defined(RCD_SCORE_NEON)
    if (stride == RCD_LATN_STRIDE) {
        rcd_add_columns(sum, row, count, 0, RCD_LATN_STRIDE / 16u, RCD_LATN_STRIDE % 16u != 0);
        return;
    }
    if (stride >= 8u) {
        unsigned k = 0;
        for (; k + 16u <= stride; k += 16u) {
            rcd_add_columns(sum, row, count, k, 1, 0);
        }
        if (k < stride) {
            rcd_add_columns(sum, row, count, k, 0, 1);
        }
        return;
    }
#endif
    for (unsigned i = 0; i < count; i++) {
        rcd_add_row(sum, row[i], stride);
    }
}

/* Finds and adds the rows of all steps that were gathered. */
static inline void rcd_lookups_sum(rcd_lookups *l, const rcd_script *s, uint16_t *sum,
                                   int32_t *shared)
{
    *shared += rcd_lookups_find(l, s);
    rcd_add_rows(sum, l->row, l->count, s->stride);
}

/* sum[k] += now[k] - before[k]: what was added to other sums, modulo 2^16 as these. */
static inline void rcd_add_change(uint16_t *sum, const uint16_t *now, const uint16_t *before,
                                  unsigned stride)
{
    for (unsigned k = 0; k < stride; k++) {
        sum[k] = (uint16_t)(sum[k] + now[k] - before[k]);
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
