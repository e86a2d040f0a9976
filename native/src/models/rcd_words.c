/* rcd_words.c : see rcd_words.h. */
#include "rcd_words.h"

#include "rcd_models.h"
#include "rcd_relatives.h"
#include "rcd_score.h"

#define MOST_LANGUAGES 6
#define LONGEST_WORD 24u
/* Of the words of a text three in ten are among the common ones, of fragments fewer, which are so by chance:
 * letters that lead by 4 bits are left to tell then, from so many words on. */
#define KNOWN_PERCENT 30u
#define LETTERS_LEAD 40
#define WORDS_LEAST 6u

/* Beside runs of letters trigrams count in full, and words twice. */
#define WORDS_BESIDE_RUNS 2
#define RUNS_LEAST 24u /* characters: names and labels of fewer are made of any runs */
#define AHEAD 150 /* so far ahead of its relatives a language is not asked for its runs */

typedef struct {
    uint16_t language[MOST_LANGUAGES];
    uint8_t script;
    uint8_t count;
    const uint16_t *first; /* [257] of the words by the top 8 bits of their hash */
    const uint16_t *check; /* the 16 bits below, ascending */
    const uint8_t *cost;   /* [words][(count + 1) / 2] what a word costs, a level in four bits */
} word_group;

#include "rcd_words_data.h"

static const word_group *group_of(unsigned language)
{
    for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++) {
        for (unsigned k = 0; k < groups[g].count; k++) {
            if (groups[g].language[k] == language) {
                return &groups[g];
            }
        }
    }
    return NULL;
}

int rcd_words_has(unsigned language)
{
    return language != 0 && (group_of(language) != NULL || rcd_relatives_of(language) != NULL);
}

/* @return 1 where the word is known */
static unsigned add_word(const word_group *group, uint32_t hash, int32_t *sum)
{
    const uint16_t check = (uint16_t)(hash >> 8);
    const size_t end = group->first[(hash >> 24) + 1u];
    size_t at = group->first[hash >> 24];
    while (at < end && group->check[at] < check) {
        at++;
    }
    if (at == end || group->check[at] != check) {
        return 0;
    }
    const uint8_t *cost = group->cost + at * ((group->count + 1u) / 2u);
    for (unsigned k = 0; k < group->count; k++) {
        sum[k] += cost_levels[cost[k / 2u] >> k % 2u * 4u & 15u];
    }
    return 1;
}

/* What a text costs in each language of a group: its words, its trigrams. */
typedef struct {
    int32_t sum[MOST_LANGUAGES];
    int32_t trigrams[MOST_LANGUAGES];
    unsigned count, known; /* of the words */
} words_seen;

static void read_words(const word_group *group, const uint32_t *cp, size_t len, words_seen *seen)
{
    uint32_t hash = 0x811C9DC5u;
    unsigned letters = 0;
    for (size_t i = 0; i <= len; i++) {
        rcd_cell cell = i < len ? rcd_cell_of(cp[i]) : 0;
        unsigned symbol = i < len ? rcd_symbol_in(cell, group->script) : (unsigned)RCD_SYM_BOUNDARY;
        if (symbol >= RCD_SYM_RARE) {
            hash = (hash ^ symbol) * 0x01000193u;
            letters++;
            continue;
        }
        if (letters > 0 && letters <= LONGEST_WORD) {
            seen->known += add_word(group, hash, seen->sum);
            seen->count++;
        }
        hash = 0x811C9DC5u;
        letters = 0;
    }
}

/* What the trigrams cost in a language, of columns of a script. */
static int32_t trigrams_of(const rcd_script *script, const int32_t *column, unsigned language)
{
    int32_t least = INT32_MAX / 2;
    for (unsigned c = 0; c < script->columns; c++) {
        if (script->languages[c] == language && column[c] < least) {
            least = column[c];
        }
    }
    return least;
}

/* The best of a group by trigrams, which are kept in *seen, and words. Words are made of trigrams, which count
 * less for that. */
static unsigned best_by_words(const word_group *group, words_seen *seen, const int32_t *column)
{
    const rcd_script *script = rcd_script_get(group->script);
    unsigned best = group->language[0];
    int32_t least = INT32_MAX;
    for (unsigned k = 0; k < group->count; k++) {
        const unsigned language = group->language[k];
        seen->trigrams[k] = trigrams_of(script, column, language);
        const int32_t cost =
            seen->trigrams[k] / 4 * 3 + seen->sum[k] + (int32_t)rcd_language_cost(language);
        if (cost < least) {
            least = cost;
            best = language;
        }
    }
    return best;
}

/* What trigrams, words and how much it is used cost in a language beside its runs. */
static int32_t beside_runs(const word_group *group, const words_seen *seen, const rcd_script *script,
                           const int32_t *column, unsigned language)
{
    const int32_t use = (int32_t)rcd_language_cost(language);
    for (unsigned k = 0; group != NULL && k < group->count; k++) {
        if (group->language[k] == language) {
            return seen->trigrams[k] + seen->sum[k] * WORDS_BESIDE_RUNS + use;
        }
    }
    return trigrams_of(script, column, language) + use;
}

static unsigned least_of(const int32_t *cost, unsigned count)
{
    unsigned least = 0;
    for (unsigned k = 1; k < count; k++) {
        least = cost[k] < cost[least] ? k : least;
    }
    return least;
}

/* How much less the best of them costs than any other. */
static int32_t ahead_of_others(const int32_t *cost, unsigned count, unsigned best)
{
    int32_t ahead = INT32_MAX;
    for (unsigned k = 0; k < count; k++) {
        if (k != best && cost[k] - cost[best] < ahead) {
            ahead = cost[k] - cost[best];
        }
    }
    return ahead;
}

unsigned rcd_words_refine(const uint32_t *cp, size_t len, unsigned language, int32_t lead,
                          const rcd_text_score *scored)
{
    const word_group *group = language != 0 ? group_of(language) : NULL;
    const rcd_relatives *kin = group == NULL ? rcd_relatives_of(language) : NULL;
    if (group == NULL && kin == NULL) {
        return language;
    }
    len = len < RCD_WORDS_TEXT ? len : RCD_WORDS_TEXT;
    const unsigned script = group != NULL ? group->script : kin->script;
    words_seen seen = {{0}, {0}, 0, 0};
    if (group != NULL) {
        read_words(group, cp, len, &seen);
        if (lead >= LETTERS_LEAD && seen.count >= WORDS_LEAST &&
            seen.known * 100u < seen.count * KNOWN_PERCENT) {
            return language;
        }
    }
    int32_t own[RCD_MAX_COLUMNS];
    const int32_t *column = own;
    if (scored != NULL && script == RCD_LATN && scored->has_latin) {
        column = scored->latin;
    } else if (scored != NULL && script == scored->other_group) {
        column = scored->other;
    } else {
        rcd_score_script(cp, len, script, own);
    }
    if (group != NULL) {
        language = best_by_words(group, &seen, column);
        kin = rcd_relatives_of(language);
    }
    if (kin == NULL || len < RUNS_LEAST) {
        return language;
    }
    int32_t cost[RCD_RELATIVES_MOST];
    for (unsigned k = 0; k < kin->count; k++) {
        cost[k] = beside_runs(group, &seen, rcd_script_get(script), column, kin->language[k]);
    }
    const unsigned best = least_of(cost, kin->count);
    if (ahead_of_others(cost, kin->count, best) >= AHEAD) {
        return kin->language[best];
    }
    rcd_relatives_add(kin, cp, len, cost);
    return kin->language[least_of(cost, kin->count)];
}
