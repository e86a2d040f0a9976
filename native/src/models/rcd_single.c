/* rcd_single.c : see rcd_single.h.
 *
 * Stages of rising cost. The bytes that occur rule charsets out, and letter frequencies rank what
 * is left (rcd_ranking.c); charsets that give the same text are folded into one; the few plausible
 * ones meet the trigram models, in steps, until one is far ahead: first the likeliest alone, and the
 * others only where the best of these is no ordinary text. ASCII means the same in nearly all of
 * them, so what is only ASCII is scored once per script and not once per charset.
 */
#include "rcd_single.h"

#include <string.h>

#include "rcd_near.h"
#include "rcd_score.h"
#include "rcd_single_byte.h"
#include "rcd_single_parts.h"
#include "recodec.h"

#define FIRST_STEP 2u            /* positions until the first look at who is still in the race; */
#define LAST_STEP RCD_ROWS_MOST  /* each step is twice the one before, up to this */
#define BEHIND 450               /* a reading this far behind is given up: of readings that ended near
                                    the best, one in ten thousand had been so far behind */
#define BEHIND_EBCDIC 9000       /* where markup and tables of ASCII stand before the first word */
/* Favourites that cost no more than this, and for each position so much, are beaten by no other: of
 * 39,000 texts of the dev split none. */
#define ORDINARY 90
#define ORDINARY_EACH 40
#define NAMES_EACH 50 /* and where a position of the best costs more, words may be in other languages */
#define NAMES_SHARE 2u /* of the bytes that charsets differ in: text of more is in no such language */
#define LONE_WORD 40 /* to be in another language than English with one word of it: rather it is English that
                        says a name, and in a charset of English */
#define ENOUGH 240u              /* positions after which the language of a lone reading is
                                    clear where it leads by so much */
#define CLEAR_LANGUAGE 400
#define CLEAR_ENGLISH 100
#define IMPOSSIBLE (INT32_MAX / 4)
#define NEAR_ROWS 128u /* of at most 255 each: their sums fit into 15 bits */

/* Cost of a column so far, with its prior; IMPOSSIBLE and more when no pair stands for it. */
static inline int32_t column_cost(const rcd_single_lane *lane, unsigned k)
{
    int32_t prior = lane->prior[k] == RCD_NO_PRIOR ? IMPOSSIBLE : lane->prior[k];
    return lane->sum[k] + lane->part[k] + prior;
}

/* The least of the sums of three costs in `n` columns, as far as 16 bits hold it. */
static int32_t least_sum(const uint16_t *part, const int16_t *sum, const int16_t *prior, unsigned n)
{
    int32_t least = INT16_MAX;
    unsigned k = 0;
#if defined(RCD_SCORE_SSE2)
    __m128i low = _mm_set1_epi16(INT16_MAX);
    for (; k + 8u <= n; k += 8u) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(part + k));
        x = _mm_adds_epi16(x, _mm_loadu_si128((const __m128i *)(const void *)(sum + k)));
        x = _mm_adds_epi16(x, _mm_loadu_si128((const __m128i *)(const void *)(prior + k)));
        low = _mm_min_epi16(low, x);
    }
    low = _mm_min_epi16(low, _mm_srli_si128(low, 8));
    low = _mm_min_epi16(low, _mm_srli_si128(low, 4));
    low = _mm_min_epi16(low, _mm_srli_si128(low, 2));
    least = (int16_t)_mm_extract_epi16(low, 0);
#endif
    for (; k < n; k++) {
        int32_t cost = part[k] + sum[k];
        cost = (cost < INT16_MAX ? cost : INT16_MAX) + prior[k];
        least = cost < least ? cost : least;
    }
    return least;
}

/* Cost of the cheapest pair that a lane stands for, of the positions read so far. */
static void judge_lane(const rcd_single_work *w, rcd_single_lane *lane)
{
    const int latin = lane->group == RCD_LATN;
    if (lane->near_sum != NULL && lane->steps <= NEAR_ROWS) {
        int32_t least = least_sum(lane->part, lane->near_sum, lane->prior, lane->columns);
        lane->best = least + lane->shared + (latin ? w->base_least : -w->base_to_come);
        return;
    }
    int32_t best = INT32_MAX;
    for (unsigned k = 0; k < lane->columns; k++) {
        int32_t cost = column_cost(lane, k);
        cost -= latin ? w->near_base[k] - w->base_so_far[k] : w->base_to_come;
        best = cost < best ? cost : best;
    }
    lane->best = best + lane->shared;
}

/* Is the language of the only text that is left clear? */
static int language_is_clear(const rcd_single_work *w)
{
    int32_t least = INT32_MAX, second = INT32_MAX;
    unsigned language = 0;
    for (uint32_t n = 0; n < w->racing_count; n++) {
        const rcd_single_lane *lane = &w->lane[w->racing[n]];
        const rcd_script *s = lane->script;
        for (unsigned k = 0; k < s->columns; k++) {
            int32_t cost = column_cost(lane, k) + lane->shared;
            if (cost < least) {
                second = s->languages[k] != language ? least : second;
                language = s->languages[k];
                least = cost;
            } else if (cost < second && s->languages[k] != language) {
                second = cost;
            }
        }
    }
    return second - least >= CLEAR_LANGUAGE;
}

/* Counts of the untouched ASCII, which is of the whole text, as much as has been read of the rest:
 * what is English and code in front of the first word of another language says nothing of it.
 *  read  positions, of w->touched_count */
static void count_base(rcd_single_work *w, size_t read)
{
    const int32_t share = (int32_t)(read * 256u / w->touched_count);
    w->base_to_come = (int32_t)((int64_t)w->base_ahead * (256 - share) / 256);
    for (unsigned k = 0; k < RCD_MAX_COLUMNS && w->base_count != 0; k++) {
        w->base_so_far[k] = (int16_t)((uint32_t)(w->near_base[k] * share) >> 8);
    }
}

/* Races the lanes from `from` on, over the first `length` positions. After each step, those that are
 * far behind the best are given up; where others have raced before, behind the best of these, too.
 *  known  cost of the best reading that was found before
 * @return the cost of the best of all */
static int32_t race(rcd_single_work *w, const uint8_t *data, uint32_t from, size_t length,
                    int32_t known, int32_t behind, int thorough)
{
    size_t step = FIRST_STEP;
    int32_t best = known;
    w->racing_count = 0;
    for (uint32_t n = from; n < w->lane_count; n++) {
        w->racing[w->racing_count++] = (uint8_t)n;
    }
    unsigned at = 0;
    for (size_t begin = 0, end; begin < length && w->racing_count != 0; begin = end, at++) {
        end = begin + step < length ? begin + step : length;
        step = step < LAST_STEP ? step * 2u : step;
        rcd_single_take_steps(w, data, begin, end);
        count_base(w, end);
        if (at == w->steps) {
            w->pace[w->steps++] = known;
            w->scored += (uint32_t)(end - begin);
        }
        best = w->pace[at];
        for (uint32_t k = 0; k < w->racing_count; k++) {
            rcd_single_lane *lane = &w->lane[w->racing[k]];
            judge_lane(w, lane);
            best = lane->best < best ? lane->best : best;
        }
        w->pace[at] = best;
        unsigned texts = 0;
        unsigned text = UINT16_MAX;
        uint32_t left = 0;
        for (uint32_t k = 0; k < w->racing_count; k++) {
            rcd_single_lane *lane = &w->lane[w->racing[k]];
            if (lane->best > best + behind) {
                lane->live = 0;
                continue;
            }
            w->racing[left++] = w->racing[k];
            texts += lane->text != text;
            text = lane->text;
        }
        w->racing_count = left;
        if (texts == 1 && end >= ENOUGH && known == INT32_MAX && !thorough &&
            language_is_clear(w)) {
            w->raced = (uint32_t)end;
            break;
        }
    }
    return best;
}

/* The costs of untouched ASCII as far as they matter while a lane has not gone far. */
static void find_near_base(rcd_single_work *w)
{
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    int32_t least = INT32_MAX;
    for (unsigned k = 0; k < latin->columns; k++) {
        least = w->base[k] < least ? w->base[k] : least;
    }
    for (unsigned k = 0; k < latin->stride; k++) {
        int32_t over = w->base[k] > least ? w->base[k] - least : 0;
        w->near_base[k] = (int16_t)(over < INT16_MAX ? over : INT16_MAX);
    }
    w->base_least = least;
}

/* Is what all charsets read alike clearly English, whatever the rest is? */
static int is_english(const rcd_single_work *w)
{
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    for (unsigned k = 0; k < latin->columns; k++) {
        const int other = latin->languages[k] != 0 && k != RCD_LATN_ENGLISH;
        if (other && w->base[k] < w->base[RCD_LATN_ENGLISH] + CLEAR_ENGLISH) {
            return 0;
        }
    }
    return 1;
}

/* Scores what is ASCII in every charset, but where that has been done. */
static void score_base(rcd_single_work *w, const uint8_t *data, size_t len)
{
    const int latin = (w->groups >> RCD_LATN & 1u) != 0;
    const int others = (w->groups & ~(1u << RCD_LATN)) != 0;
    if (w->ebcdic || w->base_len != len || others > w->base_others) {
        memset(w->base, 0, sizeof w->base);
        memset(w->base_language, 0, sizeof w->base_language);
        memset(w->near_base, 0, sizeof w->near_base);
        memset(w->base_so_far, 0, sizeof w->base_so_far);
        w->base_latin = w->base_other = w->base_least = 0;
        w->base_count = 0;
        w->base_len = 0;
    }
    if (w->ebcdic) {
        memset(w->foreign, 0, len); /* EBCDIC has no ASCII letters: see info_of() */
    } else if (w->base_len == 0) {
        rcd_single_ascii(w, data, len, others);
        find_near_base(w);
        w->base_len = (uint32_t)len;
        w->base_others = others;
    }
    w->english = !w->ebcdic && latin && is_english(w);
    w->scored = w->base_count; /* what is touched will be counted when it is scored */
    w->base_ahead = !w->ebcdic && latin ? w->base_other - w->base_latin - w->base_least : 0;
}

/* Does the best reading cost at most `each` for each position that charsets differ in, and a little? */
static int is_ordinary(const rcd_single_work *w, int32_t best, int32_t each)
{
    int32_t ascii = w->base_other;
    if ((w->groups >> RCD_LATN & 1u) != 0 && w->base_latin + w->base_least < ascii) {
        ascii = w->base_latin + w->base_least;
    }
    return best - ascii <= ORDINARY + each * (int32_t)w->raced;
}

/* The lane that is ahead of all others; NULL when all have been given up. */
static const rcd_single_lane *best_lane(const rcd_single_work *w)
{
    const rcd_single_lane *best = NULL;
    for (uint32_t n = 0; n < w->lane_count; n++) {
        const rcd_single_lane *lane = &w->lane[n];
        best = lane->live && (best == NULL || lane->best < best->best) ? lane : best;
    }
    return best;
}

/* Are all bytes that charsets differ in part of one word? */
static int is_one_word(const rcd_single_work *w, const uint8_t *data)
{
    size_t end = w->touched_count != 0 ? w->touched[0] : 0;
    for (uint32_t i = 0; i < w->touched_count; i++) {
        const size_t at = w->touched[i];
        if (!rcd_is_special(data[at])) {
            continue;
        }
        while (end < at && rcd_may_be_in_word(data[end])) {
            end++;
        }
        if (end < at) {
            return 0;
        }
    }
    return 1;
}

/* Where not even the best lane reads as ordinary text, and in English, the few words that decide may be
 * in other languages than the text. That makes poor readings cheaper, so that it is forgotten of those
 * in `out` where damaged text reads as ordinary. */
static void weigh_names(rcd_single_work *w, const uint8_t *data, int near, rcd_readings *out)
{
    const rcd_single_lane *best = best_lane(w);
    const int ordinary = best == NULL || w->ebcdic || w->tally.specials > w->len / NAMES_SHARE ||
                         (is_ordinary(w, best->best, NAMES_EACH) && !w->english);
    if (!near) {
        w->named = !ordinary;
    } else if (w->named && ordinary) {
        w->named = 0;
        for (uint32_t n = 0; n < out->count; n++) {
            out->item[n].cost += out->item[n].named;
            out->item[n].named = 0;
        }
    }
    if (!w->named) {
        return;
    }
    rcd_name_costs costs;
    rcd_single_name_costs(w, &costs);
    const int32_t lone = w->english && is_one_word(w, data) ? LONE_WORD : 0;
    for (uint32_t n = 0; n < w->lane_count; n++) {
        rcd_single_lane *lane = &w->lane[n];
        if (lane->live && lane->group == RCD_LATN) {
            rcd_single_settle(lane);
            rcd_single_know(lane, &w->tally, w->tally.special_count);
            rcd_single_names(lane, w, data, &costs);
            for (unsigned k = 0; k < lane->columns; k++) {
                lane->own[k] += k != RCD_LATN_ENGLISH ? lone : 0;
            }
        }
    }
}

void rcd_single_score(rcd_single_work *w, const uint8_t *data, size_t len,
                      const rcd_census *census, const rcd_hints *hints, int32_t known,
                      rcd_readings *out)
{
    const int near = hints->near != NULL;
    w->named = near && w->named; /* damaged readings go by those of the run before */
    len = len < RCD_SINGLE_BYTES ? len : RCD_SINGLE_BYTES;
    rcd_tally_bytes(&w->tally, data, len, census);
    rcd_single_rank(w, hints, known);
    if (!near) { /* damaged readings are of the bytes that were read before */
        w->base_len = w->raced = 0;
    }
    if (w->ranked_count == 0) {
        return;
    }
    w->len = (uint32_t)len;
    rcd_single_find_touched(w, data, len, w->ebcdic);
    score_base(w, data, len);
    const uint32_t favourites = rcd_single_enter(w, hints);
    rcd_single_line_up(w, hints, 0, favourites);
    size_t length = w->touched_count;
    if (!near) {
        w->raced = w->touched_count;
    } else if (known != INT32_MAX && w->raced != 0 && w->raced < length) {
        length = w->raced; /* as far as what it is compared with */
    }
    w->steps = 0;
    /* Known words make what they are compared with cheaper in the end: damaged readings are few. */
    const int32_t behind = w->ebcdic ? BEHIND_EBCDIC : BEHIND;
    const int32_t best = race(w, data, 0, length, near ? INT32_MAX : known, behind,
                        hints->thorough || near);
    if (favourites < w->ranked_count) {
        const uint32_t from = w->lane_count;
        const rcd_single_lane *winner = best_lane(w);
        if (winner == NULL || !is_ordinary(w, best, ORDINARY_EACH)) {
            rcd_single_line_up(w, hints, favourites, w->ranked_count);
        } else {
            rcd_single_line_up_near(w, hints, favourites, winner);
        }
        race(w, data, from, near ? length : w->raced, known, behind, 1);
    }
    const int is_short = length <= RCD_SINGLE_SHORT && !hints->part;
    if (is_short) {
        rcd_single_find_words(w, data, len);
    }
    weigh_names(w, data, near, out);
    for (uint32_t n = 0; n < w->lane_count && is_short; n++) {
        if (w->lane[n].live) {
            rcd_single_settle(&w->lane[n]);
            rcd_single_know(&w->lane[n], &w->tally, w->tally.special_count);
            rcd_single_words(&w->lane[n], w, data);
        }
    }
    rcd_single_report(w, hints, out);
}
