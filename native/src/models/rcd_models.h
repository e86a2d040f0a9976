/* rcd_models.h : the language models, and what they see of a code point. */
#ifndef RCD_MODELS_H
#define RCD_MODELS_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_bits.h"

/* Costs are -log2 of a probability in tenths of a bit, as in native/gen/ngrams.py. */

enum { RCD_SYM_BOUNDARY, RCD_SYM_DIGIT, RCD_SYM_FOREIGN, RCD_SYM_RARE };
enum { RCD_CASE_NONE, RCD_CASE_LOWER, RCD_CASE_UPPER };

/* Script groups, in the order of GROUPS in native/gen/alphabet.py. */
enum {
    RCD_COMMON, RCD_LATN, RCD_CYRL, RCD_GREK, RCD_ARAB, RCD_HEBR, RCD_THAI, RCD_LAOO, RCD_GEOR,
    RCD_ARMN, RCD_DEVA, RCD_BENG, RCD_GURU, RCD_GUJR, RCD_TAML, RCD_TELU, RCD_KNDA, RCD_MLYM,
    RCD_HANI, RCD_GROUPS
};

/* A cell packs what a code point is to the models: cost 0-7, symbol 8-15, group 16-20, case 24-25,
 * and what kind of sign it is to rcd_place_cost() 26-31. */
typedef uint32_t rcd_cell;
static inline unsigned rcd_cell_cost(rcd_cell c) { return c & 255u; }
static inline unsigned rcd_cell_symbol(rcd_cell c) { return (c >> 8) & 255u; }
static inline unsigned rcd_cell_group(rcd_cell c) { return (c >> 16) & 31u; }
static inline unsigned rcd_cell_case(rcd_cell c) { return (c >> 24) & 3u; }
static inline unsigned rcd_cell_place(rcd_cell c) { return c >> 26; }
static inline int rcd_is_letter_cell(rcd_cell c)
{
    return rcd_cell_group(c) != RCD_COMMON && rcd_cell_symbol(c) > RCD_SYM_DIGIT;
}

/* Columns of the Latin models: of English; the last, which is no language of its own, is of the
 * words of other languages in text of another script. */
#define RCD_LATN_ENGLISH 10u
#define RCD_LATN_FOREIGN 54u
#define RCD_LATN_STRIDE 56u

/* The trigram model of all languages of a script. A row has `stride` costs, one per column. The rows
 * are those of the letters, then of pairs of them, then of trigrams: see rcd_row_number(). */
typedef struct {
    uint16_t symbols;
    uint16_t columns;
    uint16_t stride;
    uint16_t words; /* of a context in `after` */
    uint16_t pairs; /* that have a row */
    const uint16_t *languages; /* language id of each column; 0 = not a language of its own */
    const uint64_t *pair;    /* numbered flags: [b * symbols + c], the pairs that have a row */
    const uint64_t *context; /* [a * symbols + b], those that a trigram with a row begins with */
    const uint64_t *after;   /* [context][c], the symbols that end one */
    const uint8_t *rows;
    const uint8_t *mixed; /* [symbols], all languages of the script taken together */
} rcd_script;

/* One (charset, language column) that was really written. */
typedef struct {
    uint16_t charset;
    uint8_t cost; /* prior */
    uint8_t group;
    uint8_t column;
    uint8_t rarer; /* prior above that of the commonest charset for the column */
} rcd_pair;

#define RCD_MAX_COLUMNS 64
#define RCD_HANI_COLUMNS 5

/* Cell of any code point; those beyond the Basic Multilingual Plane are rare CJK or symbols. */
extern const uint16_t rcd_cell_page[1024];
extern const uint32_t rcd_cell_cells[];
static inline rcd_cell rcd_cell_of(uint32_t cp)
{
    if (cp < 0x10000u) {
        return rcd_cell_cells[(size_t)rcd_cell_page[cp >> 6] * 64u + (cp & 63u)];
    }
    /* Planes 2 and 3 hold rare ideographs; plane 1 symbols and emoji, which modern text has. */
    if (cp >= 0x20000u && cp < 0x40000u) {
        return ((rcd_cell)RCD_HANI << 16) | ((rcd_cell)RCD_SYM_RARE << 8);
    }
    return cp >= 0x1F000u && cp < 0x20000u ? 120u : 255u;
}
/* Model of a script group; NULL for COMMON and HANI. */
extern const rcd_script *const *const rcd_scripts;
static inline const rcd_script *rcd_script_get(unsigned group)
{
    return group < RCD_GROUPS ? rcd_scripts[group] : NULL;
}

/* Numbered flags, as native/gen/numbered.py packs them: one word says whether something is in a set, and
 * as what number. */
#define RCD_FLAGS 48u
static inline unsigned rcd_flag(uint64_t word, unsigned bit) { return (unsigned)(word >> bit) & 1u; }
static inline unsigned rcd_flag_number(uint64_t word, unsigned bit)
{
    return (unsigned)(word >> RCD_FLAGS) + rcd_bit_count(word & ((UINT64_C(1) << bit) - 1u));
}

/* What a model that has no row for a trigram costs more, in tenths of a bit. Chosen on the dev split. */
#define RCD_COST_PAIR 15     /* back off to the pair, */
#define RCD_COST_LETTER 35   /* and where that has none either, to the letter */

/* The word of s->after with the flag `c` % RCD_FLAGS of the trigrams (a, b, .); one without flags where
 * there are none. */
static inline const uint64_t *rcd_after(const rcd_script *s, unsigned a, unsigned b, unsigned c)
{
    static const uint64_t none = 0;
    const unsigned at = a * s->symbols + b;
    const uint64_t word = s->context[at / RCD_FLAGS];
    return rcd_flag(word, at % RCD_FLAGS)
               ? s->after + (size_t)rcd_flag_number(word, at % RCD_FLAGS) * s->words + c / RCD_FLAGS
               : &none;
}

/* The row of the trigram whose flag is in `after`, or else that of the pair (b, c), or of the letter
 * c; `pair` is b * symbols + c. Adds what backing off costs to *cost. */
static inline unsigned rcd_row_behind(const rcd_script *s, const uint64_t *after, unsigned pair,
                                      unsigned c, int32_t *cost)
{
    if (rcd_flag(*after, c % RCD_FLAGS)) {
        return s->symbols + s->pairs + rcd_flag_number(*after, c % RCD_FLAGS);
    }
    const uint64_t word = s->pair[pair / RCD_FLAGS];
    const unsigned known = rcd_flag(word, pair % RCD_FLAGS);
    *cost += known ? RCD_COST_PAIR : RCD_COST_LETTER;
    return known ? s->symbols + rcd_flag_number(word, pair % RCD_FLAGS) : c;
}

/* The number of the row that the symbol c has after a and b. */
static inline unsigned rcd_row_number(const rcd_script *s, unsigned a, unsigned b, unsigned c,
                                      int32_t *cost)
{
    return rcd_row_behind(s, rcd_after(s, a, b, c), b * s->symbols + c, c, cost);
}

/* The same number in the Latin model, where all three are ASCII. */
#define RCD_ASCII_SYMBOLS 30u
extern const uint16_t rcd_ascii_rows[];

/* What backing off to a row costs, where those of pairs and of trigrams begin. */
static inline unsigned rcd_ascii_backed(unsigned row, unsigned pairs, unsigned trigrams)
{
    return (unsigned)(row < trigrams) * RCD_COST_PAIR +
           (unsigned)(row < pairs) * (RCD_COST_LETTER - RCD_COST_PAIR);
}

static inline unsigned rcd_ascii_row(const rcd_script *latin, unsigned a, unsigned b, unsigned c,
                                     int32_t *cost)
{
    const unsigned row = rcd_ascii_rows[(a * RCD_ASCII_SYMBOLS + b) * RCD_ASCII_SYMBOLS + c];
    const unsigned pairs = latin->symbols;
    *cost += (int32_t)rcd_ascii_backed(row, pairs, pairs + latin->pairs);
    return row;
}

/* Characters of CJK text, each after another. */
#define RCD_HANI_PAIRS 16u
typedef struct {
    uint32_t first[RCD_HANI_PAIRS];
    uint32_t second[RCD_HANI_PAIRS];
    unsigned count;
} rcd_hani_pairs;
/* Adds what they cost in each language to `sum`, and forgets them.
 * @return how many pairs have no row, so that the second character alone tells its cost */
unsigned rcd_hani_add(rcd_hani_pairs *steps, uint32_t sum[RCD_HANI_COLUMNS]);
/* The same where characters stand in a list, each by itself, and any may come: all that they cost goes to
 * `sum`, and to `others` without Han characters and Hangul. */
void rcd_hani_add_listed(rcd_hani_pairs *steps, uint32_t sum[RCD_HANI_COLUMNS],
                         uint32_t others[RCD_HANI_COLUMNS]);
uint16_t rcd_hani_language(unsigned column);
/* Cost of a letter's case after the cases of the two characters before. */
extern const uint8_t rcd_case_costs[27];
static inline unsigned rcd_case_cost(unsigned a, unsigned b, unsigned c)
{
    return rcd_case_costs[(a * 3u + b) * 3u + c];
}
/* What a sign (rcd_cell_place() of it, RCD_PLACE_BOX is box drawing) costs more or less than others
 * between two neighbours, by their symbols. 0 for ASCII and letters. */
#define RCD_PLACE_BOX 1u
int32_t rcd_place_cost(unsigned place, unsigned left, unsigned right);

/* Signs of ASCII that national pages have at different bytes: what one costs at most in text that may be
 * in any of them, since the corpora hold no code, in tenths of a bit; and the place of the sign that
 * stands where it does, 0 = anywhere. */
#define RCD_TYPED_MOST 110u
unsigned rcd_ascii_place(uint32_t cp);
/* All pairs sorted by charset. */
const rcd_pair *rcd_pairs(size_t *count);
/* Those of one charset. */
const rcd_pair *rcd_pairs_of(unsigned charset, size_t *count);
/* What a charset's commonest use costs, in tenths of a bit; RCD_NEVER_USED = it has no pair. */
#define RCD_NEVER_USED 255u
unsigned rcd_least_prior(unsigned charset);
/* Prior of a language whatever the encoding. */
unsigned rcd_language_cost(unsigned language);

#endif
