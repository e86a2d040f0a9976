/* rcd_single_ascii.c : what is ASCII in every charset, scored once per script and not once per
 * charset. See rcd_single.c. Compiled a second time by rcd_single_avx2.c. */
#include <string.h>

#include "rcd_bits.h"
#include "rcd_kernels.h"
#include "rcd_score.h"
#include "rcd_single_parts.h"

#if defined(RCD_USE_AVX2)
#define SCORE_ASCII rcd_single_ascii_avx2
#else
#define SCORE_ASCII rcd_single_ascii_plain
#endif

#define SOME_ENGLISH 2u
#define CHANGE_WORDS 90 /* as RCD_COST_CHANGE and RCD_COST_STAY, where the language is decided */
#define STAY_WORDS 20

/* Sums over the positions that are ASCII in every charset. All of a stretch fits into 16 bits, signed,
 * and compilers make vectors of that. */
typedef struct {
    int32_t common;  /* whatever the language */
    int32_t foreign; /* as foreign words or English */
    uint32_t untouched;
    unsigned stretch_len;
    unsigned english; /* stretches that are English before foreign words */
    uint16_t stretch[RCD_MAX_COLUMNS];
    int16_t changed[RCD_MAX_COLUMNS]; /* whether foreign words took over, */
    int16_t words[RCD_MAX_COLUMNS];   /* the same for the language */
    int32_t base[RCD_MAX_COLUMNS];
    int32_t base_language[RCD_MAX_COLUMNS];
} ascii_sums;

_Static_assert(RCD_STRETCH * 256u + RCD_COST_CHANGE + CHANGE_WORDS <= INT16_MAX, "fits 16 bits");

/* A stretch of ASCII inside a text need not be in its language: names, code, an English preface.
 * Where foreign words or English do better by more than the change costs, they count. Of the charset
 * there may be any amount of English and code around one line in it, so that the first change is
 * dear and to stay costs next to nothing; the language of a text is what most of it is in. */
static void add_stretch(ascii_sums *restrict sums, unsigned columns)
{
    const int16_t least = (int16_t)rcd_foreign_least(sums->stretch);
    const int16_t words = (int16_t)sums->stretch[RCD_LATN_FOREIGN];
    sums->foreign += least;
    sums->english += least < words;
    if (sums->english >= SOME_ENGLISH) {
        sums->changed[RCD_LATN_ENGLISH] = 1; /* names and code are at home in English */
    }
    for (unsigned k = 0; k < columns; k++) {
        const int16_t own = (int16_t)sums->stretch[k];
        const int16_t change = sums->changed[k] ? RCD_COST_STAY : RCD_COST_CHANGE;
        const int16_t other = (int16_t)(least + change);
        const int16_t cost = other < own ? other : own;
        const int16_t change_words = sums->words[k] ? STAY_WORDS : CHANGE_WORDS;
        const int16_t other_words = (int16_t)(words + change_words);
        const int16_t cost_words = other_words < own ? other_words : own;
        sums->changed[k] = other < own;
        sums->words[k] = other_words < own;
        sums->base[k] += cost;
        sums->base_language[k] += cost_words - cost;
        sums->stretch[k] = 0;
    }
    sums->stretch_len = 0;
}

/* Adds the bytes from .. end - 1, at most RCD_ASCII_MOST, which have no special one among them or the
 * two before. */
static void add_run(ascii_sums *sums, const rcd_script *latin, const rcd_ascii *plain, size_t from,
                    size_t end)
{
    sums->common += (uint16_t)(plain->shared[end] - plain->shared[from]);
    for (unsigned k = plain->steps[from], all = plain->steps[end], n; k < all; k += n) {
        n = RCD_STRETCH - sums->stretch_len;
        n = n < all - k ? n : all - k;
        const uint8_t *row[RCD_STRETCH];
        for (unsigned i = 0; i < n; i++) {
            row[i] = latin->rows + (size_t)plain->row[k + i] * latin->stride;
        }
        rcd_add_rows(sums->stretch, row, n, latin->stride);
        sums->untouched += n;
        sums->stretch_len += n;
        if (sums->stretch_len == RCD_STRETCH) {
            add_stretch(sums, latin->stride);
        }
    }
}

/* Adds the letters among the bytes in `touched`, which have a special one among them or the two
 * before, as parts of foreign words: a bit for each from data[at] on. */
static void add_touched(rcd_single_work *w, const rcd_script *latin, const uint8_t *data, size_t at,
                        uint64_t touched)
{
    const rcd_byte_info *info = rcd_ascii_info(1);
    for (; touched != 0; touched &= touched - 1u) {
        const size_t i = at + rcd_lowest_bit(touched);
        const unsigned c = data[i] < 0x80u ? symbol_of(info[data[i]]) : RCD_SYM_BOUNDARY;
        if (c <= RCD_SYM_DIGIT) {
            continue;
        }
        const unsigned before = i > 0 ? data[i - 1u] : '\n', first = i > 1 ? data[i - 2u] : '\n';
        const unsigned b = before < 0x80u ? symbol_of(info[before]) : RCD_SYM_BOUNDARY;
        const unsigned a = first < 0x80u ? symbol_of(info[first]) : RCD_SYM_BOUNDARY;
        int32_t cost = 0;
        const unsigned n = rcd_ascii_row(latin, b <= RCD_SYM_DIGIT ? b : a, b, c, &cost);
        cost += latin->rows[(size_t)n * latin->stride + RCD_LATN_FOREIGN];
        w->foreign[i] = (uint8_t)(cost > 255 ? 255 : cost);
    }
}

void SCORE_ASCII(rcd_single_work *w, const uint8_t *data, size_t len, int with_others)
{
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    ascii_sums sums;
    memset(&sums, 0, sizeof sums);
    memset(w->foreign, 0, len);
    rcd_ascii_extend(&w->plain, data, len);
    uint64_t before = 0; /* special bytes among the 64 before */
    for (size_t at = 0; at < len; at += 64u) {
        const uint64_t special = w->tally.special[at / 64u];
        const uint64_t touched = rcd_tally_touched(special, before);
        uint64_t rest = ~touched;
        before = special;
        if (with_others) {
            const uint64_t all = len - at < 64u ? (UINT64_C(1) << (len - at)) - 1u : UINT64_MAX;
            add_touched(w, latin, data, at, touched & all);
        }
        while (rest != 0) {
            const unsigned from = rcd_lowest_bit(rest);
            const uint64_t behind = touched >> from;
            const size_t begin = at + from;
            const size_t end = behind != 0 ? begin + rcd_lowest_bit(behind) : at + 64u;
            if (begin >= len) {
                break;
            }
            const size_t stop = end < len ? end : len;
            add_run(&sums, latin, &w->plain, begin, stop);
            w->base_count += (uint32_t)(stop - begin);
            rest = end < at + 64u ? rest >> (end - at) << (end - at) : 0;
        }
    }
    add_stretch(&sums, latin->stride);
    w->base_latin = sums.common;
    w->base_other = sums.common + sums.foreign + rcd_foreign_change(sums.untouched);
    for (unsigned k = 0; k < latin->stride; k++) {
        w->base[k] += sums.base[k];
        w->base_language[k] += sums.base_language[k];
    }
}

#if !defined(RCD_USE_AVX2)
void rcd_single_ascii(rcd_single_work *w, const uint8_t *data, size_t len, int with_others)
{
#if RCD_X86_64
    if (rcd_kernels_have_avx2()) {
        rcd_single_ascii_avx2(w, data, len, with_others);
        return;
    }
#endif
    rcd_single_ascii_plain(w, data, len, with_others);
}
#endif
