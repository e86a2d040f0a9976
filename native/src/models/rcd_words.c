/* rcd_words.c : see rcd_words.h. */
#include "rcd_words.h"

#include "rcd_models.h"
#include "rcd_score.h"

#define MOST_LANGUAGES 6
#define LONGEST_WORD 24u
/* Of the words of a text three in ten are among the common ones, of fragments fewer, which are so by chance:
 * letters that lead by 4 bits are left to tell then, from so many words on. */
#define KNOWN_PERCENT 30u
#define LETTERS_LEAD 40
#define WORDS_LEAST 6u

typedef struct {
    uint16_t language[MOST_LANGUAGES];
    uint8_t script;
    uint8_t count;
    uint16_t words;
    const uint32_t *hash;  /* ascending */
    const uint8_t *cost;   /* [words][count], tenths of a bit */
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
    return language != 0 && group_of(language) != NULL;
}

/* @return 1 where the word is known */
static unsigned add_word(const word_group *group, uint32_t hash, int32_t *sum)
{
    size_t low = 0, high = group->words;
    while (low < high) {
        size_t middle = (low + high) / 2u;
        if (group->hash[middle] < hash) {
            low = middle + 1u;
        } else {
            high = middle;
        }
    }
    if (low == group->words || group->hash[low] != hash) {
        return 0;
    }
    for (unsigned k = 0; k < group->count; k++) {
        sum[k] += group->cost[low * group->count + k];
    }
    return 1;
}

unsigned rcd_words_refine(const uint32_t *cp, size_t len, unsigned language, int32_t lead,
                          const int32_t *column)
{
    const word_group *group = language != 0 ? group_of(language) : NULL;
    if (group == NULL) {
        return language;
    }
    len = len < RCD_WORDS_TEXT ? len : RCD_WORDS_TEXT;
    int32_t sum[MOST_LANGUAGES] = {0};
    uint32_t hash = 0x811C9DC5u;
    unsigned letters = 0, words = 0, known = 0;
    for (size_t i = 0; i <= len; i++) {
        rcd_cell cell = i < len ? rcd_cell_of(cp[i]) : 0;
        unsigned symbol = i < len ? rcd_symbol_in(cell, group->script) : (unsigned)RCD_SYM_BOUNDARY;
        if (symbol >= RCD_SYM_RARE) {
            hash = (hash ^ symbol) * 0x01000193u;
            letters++;
            continue;
        }
        if (letters > 0 && letters <= LONGEST_WORD) {
            known += add_word(group, hash, sum);
            words++;
        }
        hash = 0x811C9DC5u;
        letters = 0;
    }
    if (lead >= LETTERS_LEAD && words >= WORDS_LEAST && known * 100u < words * KNOWN_PERCENT) {
        return language;
    }
    /* Words are made of trigrams, which count less for that. */
    int32_t own[RCD_MAX_COLUMNS];
    const rcd_script *script = rcd_script_get(group->script);
    if (column == NULL || group->script != RCD_LATN) {
        rcd_score_script(cp, len, group->script, own);
        column = own;
    }
    unsigned best = language;
    int32_t least = INT32_MAX;
    for (unsigned k = 0; k < group->count; k++) {
        int32_t trigrams = INT32_MAX / 2;
        for (unsigned c = 0; c < script->columns; c++) {
            if (script->languages[c] == group->language[k] && column[c] < trigrams) {
                trigrams = column[c];
            }
        }
        int32_t cost = trigrams / 4 * 3 + sum[k] + (int32_t)rcd_language_cost(group->language[k]);
        if (cost < least) {
            least = cost;
            best = group->language[k];
        }
    }
    return best;
}
