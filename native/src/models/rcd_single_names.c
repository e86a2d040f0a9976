/* rcd_single_names.c : words in other languages than the text's, as names in lists are, and letters that
 * are listed.
 *
 * A reading is scored in one language, with the ASCII of English and code beside it for little. That
 * says nothing of `Krujë`, `São Paulo` and `Malmö` among English words: in English each of their
 * letters is strange, so that a sign in their place, or any alphabet where the rest is a syllable,
 * would be as good. So a word that charsets differ in may be in a language of its own, the letters
 * in front of the first such byte included, for a price. And where the ASCII is rather English, these
 * letters count as in the language of the reading, and not as English.
 *
 * Nor is what code and tests list a word of a language: `äöüß` are the letters that German has beyond
 * ASCII, `абвг` are those that the alphabet begins with. Each comes once, for a price of its own.
 */
#include <string.h>

#include "rcd_score.h"
#include "rcd_single_parts.h"

#define FOREIGN_WORD 60    /* a word in another language; which one costs */
#define LANGUAGE_SHARE 2   /* one in so many of the bits that tell which language a text is in, */
#define UNWRITTEN 30       /* and more where the charset was hardly used for it: from this prior on */
#define UNWRITTEN_PRIOR 250
#define LISTED 80         /* letters that are listed; each, */
#define LISTED_LETTER (-10) /* besides which of the language's it is, */
#define LISTED_STRANGE 110 /* and where the language does not write it, */
#define NO_LETTER 120     /* which is less than one in 2^12; */
#define LISTED_FIRST 60   /* and in an alphabet of another script, one that is not next, */
#define LISTED_NEXT 10    /* and one that is, or that the alphabet begins with */
#define LISTED_ORDER 3u   /* letters for each that is not next, at least */
#define WORD_STEPS 200u    /* of at most 255 each: their sums fit into 16 bits */

/* The sums of a word in the languages of the script. */
typedef struct {
    uint16_t touched[RCD_MAX_COLUMNS]; /* of the positions that the race has counted, */
    uint16_t plain[RCD_MAX_COLUMNS];   /* and of those that are ASCII in every charset */
    int32_t backed;                    /* of the first, what backing off costs, whatever the language */
    size_t begin, end;
} word_sums;

/* The row of a position; NULL where the race adds none. Adds what backing off costs to *backed. */
static const uint8_t *row_of(const rcd_single_lane *lane, const uint8_t *rank, const uint8_t *data,
                             size_t i, int32_t *backed)
{
    const unsigned a = symbol_of(lane->info[rank[i > 1u ? data[i - 2u] : '\n']]);
    const unsigned b = symbol_of(lane->info[rank[i > 0 ? data[i - 1u] : '\n']]);
    const unsigned c = symbol_of(lane->info[rank[data[i]]]);
    if (c == b && c <= RCD_SYM_DIGIT) {
        return NULL;
    }
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
                                          touched ? &sums->backed : &unused) : NULL;
        if (row != NULL) {
            rcd_add_row(touched ? sums->touched : sums->plain, row, lane->script->stride);
            steps++;
        }
    }
    return at;
}

/* May a list go on behind these letters of ASCII? Behind none, a Z, or three in their order, as ABC. */
static int may_follow(const uint8_t *ascii, size_t len)
{
    return len == 0 || (ascii[len - 1u] | 32u) == 'z' ||
           (len >= 3u && ascii[len - 1u] == ascii[len - 2u] + 1 && ascii[len - 2u] == ascii[len - 3u] + 1);
}

/* Where the letters begin that a word lists: all of it, or what is behind those of ASCII. `end` where they
 * are no list: it has two at least, and none twice. */
static size_t list_begin(const rcd_single_lane *lane, const uint8_t *rank, const uint8_t *data,
                         const word_sums *sums)
{
    uint64_t seen[2] = {0};
    size_t begin = sums->begin;
    while (begin < sums->end && data[begin] < 0x80u) {
        begin++;
    }
    if (sums->end - begin < 2u || !may_follow(data + sums->begin, begin - sums->begin)) {
        return sums->end;
    }
    for (size_t i = begin; i < sums->end; i++) {
        const unsigned b = data[i];
        if (b < 0x80u || symbol_of(lane->info[rank[b]]) <= RCD_SYM_FOREIGN || rcd_has_bit(seen, b - 0x80u)) {
            return sums->end;
        }
        seen[(b - 0x80u) / 64u] |= UINT64_C(1) << (b & 63u);
    }
    return begin;
}

int rcd_single_has_lists(const rcd_single_work *w, const uint8_t *data)
{
    for (uint32_t at = 0; at < w->touched_count; at++) {
        const size_t i = w->touched[at];
        size_t begin = i, end = i;
        if (data[i] < 0x80u || (i > 0 && data[i - 1u] >= 0x80u)) {
            continue;
        }
        while (begin > 0 && rcd_may_be_in_word(data[begin - 1u])) {
            begin--;
        }
        while (end < w->len && data[end] >= 0x80u) {
            end++;
        }
        if (end - i >= 2u && (end == w->len || !rcd_may_be_in_word(data[end])) &&
            may_follow(data + begin, i - begin)) {
            return 1;
        }
    }
    return 0;
}

/* What a letter of a list costs in each language: one of those that it writes beyond ASCII, which are few but
 * in Vietnamese. */
static void letter_costs(const rcd_script *s, uint8_t cost[RCD_MAX_COLUMNS])
{
    memset(cost, 0, RCD_MAX_COLUMNS);
    for (unsigned symbol = RCD_ASCII_SYMBOLS; symbol < s->symbols; symbol++) {
        const uint8_t *row = s->rows + (size_t)symbol * s->stride;
        for (unsigned k = 0; k < s->columns; k++) {
            cost[k] = (uint8_t)(cost[k] + (row[k] < NO_LETTER));
        }
    }
    for (unsigned k = 0; k < s->columns; k++) {
        unsigned bits = 0;
        while (cost[k] >> bits != 0) {
            bits++;
        }
        cost[k] = (uint8_t)(10 * (int)bits + LISTED_LETTER);
    }
}

/* Does an alphabet begin with a letter, as lists of it do? */
static int is_first_letter(unsigned cp)
{
    static const uint16_t first[] = {0x0391, 0x03B1, 0x0410, 0x0430, 0x05D0, 0x0627, 0x0E01, 0x10D0};
    for (size_t k = 0; k < sizeof first / sizeof first[0]; k++) {
        if (first[k] == cp) {
            return 1;
        }
    }
    return 0;
}

/* What the letters begin .. end - 1 cost as a list, in each language of the script; `letter` as above. */
static void list_costs(const rcd_single_lane *lane, const uint8_t *rank, const uint8_t *data,
                       size_t begin, size_t end, const uint8_t letter[RCD_MAX_COLUMNS],
                       int32_t cost[RCD_MAX_COLUMNS])
{
    const rcd_script *s = lane->script;
    int32_t shared = LISTED;
    unsigned first = 0;
    for (unsigned k = 0; k < s->columns; k++) {
        cost[k] = 0;
    }
    for (size_t i = begin; i < end; i++) {
        const uint8_t *row = s->rows + (size_t)symbol_of(lane->info[rank[data[i]]]) * s->stride;
        if (lane->group != RCD_LATN) {
            const unsigned cp = lane->table[data[i]];
            const int next = i > begin ? cp == lane->table[data[i - 1u]] + 1u : is_first_letter(cp);
            shared += next ? LISTED_NEXT : LISTED_FIRST;
            first += !next;
            continue;
        }
        for (unsigned k = 0; k < s->columns; k++) {
            cost[k] += row[k] < NO_LETTER ? letter[k] : LISTED_STRANGE;
        }
    }
    shared += first * LISTED_ORDER > end - begin ? INT32_MAX / 4 : 0; /* in no order */
    for (unsigned k = 0; k < s->columns; k++) {
        cost[k] += shared;
    }
}

/* Takes off what words cost more than as lists of letters. */
static void take_lists(rcd_single_lane *lane, const rcd_single_work *w, const uint8_t *data)
{
    uint8_t letter[RCD_MAX_COLUMNS];
    int known = 0;
    for (uint32_t at = 0; at < w->touched_count;) {
        word_sums sums;
        int32_t listed[RCD_MAX_COLUMNS];
        at = add_word(w, lane, data, at, &sums);
        const size_t begin = list_begin(lane, w->tally.rank, data, &sums);
        if (begin == sums.end) {
            continue;
        }
        if (!known && lane->group == RCD_LATN) {
            letter_costs(lane->script, letter);
            known = 1;
        }
        list_costs(lane, w->tally.rank, data, begin, sums.end, letter, listed);
        for (unsigned k = 0; k < lane->script->columns; k++) {
            const int32_t more = sums.touched[k] + sums.backed - listed[k];
            lane->saved[k] += more > 0 ? more : 0;
        }
    }
}

static void take_names(rcd_single_lane *lane, const rcd_single_work *w, const uint8_t *data)
{
    const rcd_script *s = lane->script;
    int32_t which[RCD_MAX_COLUMNS];
    uint8_t among_english[RCD_MAX_COLUMNS]; /* the text's ASCII is less in the language than that */
    for (unsigned k = 0; k < s->columns; k++) {
        which[k] = (int32_t)rcd_language_cost(s->languages[k]) / LANGUAGE_SHARE +
                   (lane->prior[k] >= UNWRITTEN_PRIOR ? UNWRITTEN : 0);
        among_english[k] = w->base[k] > w->base[RCD_LATN_ENGLISH];
    }
    for (uint32_t at = 0; at < w->touched_count;) {
        word_sums sums;
        at = add_word(w, lane, data, at, &sums);
        if (list_begin(lane, w->tally.rank, data, &sums) != sums.end) {
            continue; /* see take_lists() */
        }
        int32_t least = INT32_MAX / 2;
        for (unsigned k = 0; k < s->columns; k++) {
            const int32_t cost = sums.touched[k] + sums.plain[k] + which[k];
            const int real = s->languages[k] != 0 && k != RCD_LATN_ENGLISH;
            least = real && cost < least ? cost : least;
        }
        /* What its ASCII has cost so far, where most of the text is English or code. */
        const int32_t counted = rcd_foreign_least(sums.plain);
        least += FOREIGN_WORD - counted;
        for (unsigned k = 0; k < s->columns; k++) {
            const int32_t less = counted - sums.plain[k];
            const int32_t own = sums.touched[k] - (less > 0 && among_english[k] ? less : 0);
            lane->saved[k] += sums.touched[k] - (own < least ? own : least);
        }
    }
}

void rcd_single_names(rcd_single_lane *lane, const rcd_single_work *w, const uint8_t *data, int names)
{
    memset(lane->saved, 0, sizeof lane->saved);
    take_lists(lane, w, data);
    if (names && lane->group == RCD_LATN) {
        take_names(lane, w, data);
    }
    for (unsigned k = 0; k < lane->columns; k++) {
        lane->own[k] -= lane->saved[k];
    }
}
