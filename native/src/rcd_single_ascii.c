/* rcd_single_ascii.c : what is ASCII in every charset, scored once per script and not once per
 * charset. See rcd_single.c. */
#include <string.h>

#include "rcd_score.h"
#include "rcd_single_parts.h"

#define SOME_ENGLISH 2u
#define CHANGE_WORDS 90 /* as RCD_COST_CHANGE and RCD_COST_STAY, where the language is told */
#define STAY_WORDS 20

/* Sums over the positions that are ASCII in every charset. */
typedef struct {
    int32_t common;  /* whatever the language */
    int32_t foreign; /* as foreign words or English */
    unsigned untouched;
    unsigned stretch_len;
    unsigned english; /* stretches that are English before foreign words */
    uint16_t stretch[RCD_MAX_COLUMNS];
    uint8_t changed[RCD_MAX_COLUMNS];
    uint8_t words[RCD_MAX_COLUMNS]; /* the same for the language */
} ascii_sums;

/* What a stretch costs a language, which foreign words may have taken over.
 *  other  what they cost, with the change */
static int32_t stretch_cost(uint16_t own, int32_t other, uint8_t *changed)
{
    *changed = other < own;
    return *changed ? other : own;
}

/* A stretch of ASCII inside a text need not be in its language: names, code, an English preface.
 * Where foreign words or English do better by more than the change costs, they count. Of the charset
 * there may be any amount of English and code around one line in it, so that the first change is
 * dear and to stay costs next to nothing; the language of a text is what most of it is in. */
static void add_stretch(rcd_single_work *w, ascii_sums *sums, const rcd_script *latin)
{
    const int32_t least = rcd_foreign_least(sums->stretch);
    const int32_t words = sums->stretch[RCD_LATN_FOREIGN];
    sums->foreign += least;
    sums->english += least < words;
    for (unsigned k = 0; k < latin->stride; k++) {
        /* Names and code are at home in English, once there is some. */
        const int at_home = k == RCD_LATN_ENGLISH && sums->english >= SOME_ENGLISH;
        const int32_t change = sums->changed[k] || at_home ? RCD_COST_STAY : RCD_COST_CHANGE;
        const int32_t change_words = sums->words[k] ? STAY_WORDS : CHANGE_WORDS;
        const int32_t cost = stretch_cost(sums->stretch[k], least + change, &sums->changed[k]);
        w->base[k] += cost;
        w->base_language[k] +=
            stretch_cost(sums->stretch[k], words + change_words, &sums->words[k]) - cost;
        sums->stretch[k] = 0;
    }
    sums->stretch_len = 0;
}

_Static_assert(RCD_STRETCH % RCD_LOOKUPS == 0, "a stretch ends where lookups do");

static void add_ascii(rcd_single_work *w, ascii_sums *sums, rcd_lookups *lookups)
{
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    rcd_lookups_find(lookups, latin);
    rcd_lookups_sum(lookups, latin, sums->stretch, &sums->common);
    sums->untouched += lookups->count;
    sums->stretch_len += lookups->count;
    if (sums->stretch_len == RCD_STRETCH) {
        add_stretch(w, sums, latin);
    }
    lookups->count = 0;
}

/* Letters beside the special bytes, as parts of foreign words. */
static void add_words(rcd_single_work *w, const uint16_t *at, rcd_lookups *lookups)
{
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    rcd_lookups_find(lookups, latin);
    for (unsigned i = 0; i < lookups->count; i++) {
        int32_t cost = 0;
        const uint8_t *row = rcd_lookups_row(lookups, latin, i, &cost);
        cost += row[RCD_LATN_FOREIGN];
        w->foreign[at[i]] = (uint8_t)(cost > 255 ? 255 : cost);
    }
    lookups->count = 0;
}

void rcd_single_ascii(rcd_single_work *w, const uint8_t *data, size_t len, int with_others)
{
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    const rcd_byte_info *info = rcd_ascii_info(1);
    ascii_sums sums;
    memset(&sums, 0, sizeof sums);
    rcd_lookups plain, words;
    uint16_t at[RCD_LOOKUPS];
    plain.count = words.count = 0;
    unsigned after = 3;
    rcd_byte_info i0 = info['\n'], i1 = i0, i2;
    for (size_t i = 0; i < len; i++) {
        unsigned byte = data[i];
        after = rcd_is_special(byte) ? 0 : after + 1u;
        i2 = i1;
        i1 = i0;
        i0 = byte < 0x80u ? info[byte] : 0;
        unsigned c = symbol_of(i0), b = symbol_of(i1);
        unsigned a = b <= RCD_SYM_DIGIT ? b : symbol_of(i2);
        if (after < 3u) {
            w->foreign[i] = 0;
            if (with_others && c > RCD_SYM_DIGIT) {
                at[words.count] = (uint16_t)i;
                rcd_lookups_add(&words, latin, a, b, c);
                if (words.count == RCD_LOOKUPS) {
                    add_words(w, at, &words);
                }
            }
            continue;
        }
        w->base_count++;
        sums.common += own_cost(i2, i1, i0);
        if (c == b && c <= RCD_SYM_DIGIT) {
            sums.common += c == RCD_SYM_BOUNDARY ? RCD_COST_AGAIN : RCD_COST_DIGIT;
            continue;
        }
        rcd_lookups_add(&plain, latin, a, b, c);
        if (plain.count == RCD_LOOKUPS) {
            add_ascii(w, &sums, &plain);
        }
    }
    add_words(w, at, &words);
    add_ascii(w, &sums, &plain);
    add_stretch(w, &sums, latin);
    w->base_latin = sums.common;
    w->base_other = sums.common + sums.foreign + rcd_foreign_change(sums.untouched);
}
