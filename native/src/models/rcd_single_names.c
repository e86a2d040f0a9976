/* rcd_single_names.c : words in other languages than the text's, as names in lists are.
 *
 * A reading is scored in one language, with the ASCII of English and code beside it for little. That
 * says nothing of `Krujë`, `São Paulo` and `Malmö` among English words: in English each of their
 * letters is strange, so that a sign in their place, or any alphabet where the rest is a syllable,
 * would be as good. So a word that charsets differ in may be in a language of its own, the letters
 * in front of the first such byte included, for a price. And where the ASCII is rather English, these
 * letters count as in the language of the reading, and not as English.
 */
#include <string.h>

#include "rcd_score.h"
#include "rcd_single_parts.h"

#define FOREIGN_WORD 60    /* a word in another language; which one costs */
#define LANGUAGE_SHARE 2   /* one in so many of the bits that tell which language a text is in, */
#define UNWRITTEN 30       /* and more where the charset was hardly used for it: from this prior on */
#define UNWRITTEN_PRIOR 250
#define SMALL_NAME 50      /* a name among English that begins with a small letter */
#define NO_LANGUAGE 50     /* a word in none of the languages, more than in one of them: */
#define HOST 16u           /* there have to be so many characters of other words, */
#define NAME_MOST 20u      /* and a word of more bytes is no name, but an alphabet */
#define WORD_STEPS 200u    /* of at most 255 each: their sums fit into 16 bits */

/* The sums of a word in the languages of the script. */
typedef struct {
    uint16_t touched[RCD_MAX_COLUMNS]; /* of the positions that the race has counted, */
    uint16_t plain[RCD_MAX_COLUMNS];   /* and of those that are ASCII in every charset */
    int32_t backed;                    /* of the first, what backing off costs, whatever the language */
    int32_t letters;                   /* what the letters of all cost by themselves */
    size_t begin, end;                 /* of the word */
} word_sums;

/* The row of a position; NULL where the race adds none. Adds what backing off costs to *backed, and what the
 * symbol costs by itself to *letters. */
static const uint8_t *row_of(const rcd_single_lane *lane, const uint8_t *rank, const uint8_t *data,
                             size_t i, int32_t *backed, int32_t *letters)
{
    const unsigned a = symbol_of(lane->info[rank[i > 1u ? data[i - 2u] : '\n']]);
    const unsigned b = symbol_of(lane->info[rank[i > 0 ? data[i - 1u] : '\n']]);
    const unsigned c = symbol_of(lane->info[rank[data[i]]]);
    if (c == b && c <= RCD_SYM_DIGIT) {
        return NULL;
    }
    *letters += lane->script->mixed[c];
    return rcd_step(lane->script, b <= RCD_SYM_DIGIT ? b : a, b, c, backed);
}

/* Is a position ASCII in every charset, and the two before it? */
static int is_plain(const uint8_t *data, size_t i)
{
    return !rcd_is_special(data[i]) && (i < 1u || !rcd_is_special(data[i - 1u])) &&
           (i < 2u || !rcd_is_special(data[i - 2u]));
}

/* Sums up the word around the position w->touched[at], with what ends it.
 * @return the first of w->touched that is behind it */
static uint32_t add_word(const rcd_single_work *w, const rcd_single_lane *lane, const uint8_t *data,
                         uint32_t at, word_sums *sums)
{
    size_t begin = w->touched[at], end = begin;
    unsigned steps = 0;
    while (begin > 0 && rcd_may_be_in_word(data[begin - 1u])) {
        begin--;
    }
    while (end < w->len && rcd_may_be_in_word(data[end])) {
        end++;
    }
    memset(sums, 0, sizeof *sums);
    sums->begin = begin;
    sums->end = end;
    for (size_t i = begin; i <= end && i < w->len; i++) {
        const int touched = at < w->touched_count && w->touched[at] == i;
        at += (uint32_t)touched;
        int32_t unused = 0;
        const uint8_t *row = (touched || is_plain(data, i)) && steps < WORD_STEPS
                                 ? row_of(lane, w->tally.rank, data, i,
                                          touched ? &sums->backed : &unused, &sums->letters) : NULL;
        if (row != NULL) {
            rcd_add_row(touched ? sums->touched : sums->plain, row, lane->script->stride);
            steps++;
        }
    }
    return at;
}

/* Is it the first byte of a word among English that charsets differ in, and does the word, which is hardly
 * English, then begin with a small letter? Names do not, and a letter by itself is none. */
static int is_small(const rcd_single_work *w, const rcd_single_lane *lane, const uint8_t *data,
                    const word_sums *word)
{
    size_t i = word->begin;
    if (!w->english || !rcd_is_special(data[i])) {
        return 0;
    }
    while (i < word->end && symbol_of(lane->info[w->tally.rank[data[i]]]) <= RCD_SYM_DIGIT) {
        i++;
    }
    return i + 1u < word->end && case_of(lane->info[w->tally.rank[data[i]]]) != RCD_CASE_UPPER;
}

void rcd_single_name_costs(const rcd_single_work *w, rcd_name_costs *costs)
{
    const rcd_script *s = rcd_script_get(RCD_LATN);
    for (unsigned k = 0; k < s->stride; k++) {
        const unsigned language = k < s->columns ? s->languages[k] : 0u;
        costs->which[k] = (int32_t)rcd_language_cost(language) / LANGUAGE_SHARE;
        costs->unreal[k] = language == 0 || k == RCD_LATN_ENGLISH ? INT32_MAX / 4 : 0;
        costs->among_english[k] = w->base[k] > w->base[RCD_LATN_ENGLISH] ? -1 : 0;
    }
}

/* The least that a word costs in any of the languages. */
static int32_t least_in(const rcd_single_lane *lane, const word_sums *sums, const rcd_name_costs *costs)
{
    int32_t least = INT32_MAX / 2;
    for (unsigned k = 0; k < RCD_LATN_STRIDE; k++) {
        const int32_t cost = sums->touched[k] + sums->plain[k] + costs->which[k] + costs->unreal[k] +
                             (lane->prior[k] >= UNWRITTEN_PRIOR ? UNWRITTEN : 0);
        least = cost < least ? cost : least;
    }
    return least;
}

/* Notes what a word costs more in each language than as one in any, for `least`.
 *  counted  what its ASCII has cost so far, where most of the text is English or code */
static void save(rcd_single_lane *lane, const word_sums *sums, const rcd_name_costs *costs, int32_t least,
                 int32_t counted)
{
    for (unsigned k = 0; k < RCD_LATN_STRIDE; k++) {
        const int32_t less = counted - sums->plain[k];
        const int32_t own = sums->touched[k] - ((less > 0 ? less : 0) & costs->among_english[k]);
        lane->saved[k] += sums->touched[k] - (own < least ? own : least);
    }
}

static void take_names(rcd_single_lane *lane, const rcd_single_work *w, const uint8_t *data,
                       const rcd_name_costs *costs)
{
    for (uint32_t at = 0; at < w->touched_count;) {
        word_sums sums;
        at = add_word(w, lane, data, at, &sums);
        int32_t least = least_in(lane, &sums, costs);
        const int32_t alone = sums.letters - sums.backed + NO_LANGUAGE;
        const int may_be_name = w->base_count >= HOST && sums.end - sums.begin <= NAME_MOST;
        least = may_be_name && alone < least ? alone : least;
        const int32_t counted = rcd_foreign_least(sums.plain);
        least += FOREIGN_WORD + (is_small(w, lane, data, &sums) ? SMALL_NAME : 0) - counted;
        save(lane, &sums, costs, least, counted);
    }
}

void rcd_single_names(rcd_single_lane *lane, const rcd_single_work *w, const uint8_t *data,
                      const rcd_name_costs *costs)
{
    memset(lane->saved, 0, sizeof lane->saved);
    take_names(lane, w, data, costs);
    for (unsigned k = 0; k < lane->columns; k++) {
        lane->own[k] -= lane->saved[k];
    }
}
