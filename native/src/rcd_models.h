/* rcd_models.h : the language models, and what they see of a code point. */
#ifndef RCD_MODELS_H
#define RCD_MODELS_H

#include <stddef.h>
#include <stdint.h>

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

/* Columns of the Latin models: of English; the last, which is no language of its own, is of the
 * words of other languages in text of another script. */
#define RCD_LATN_ENGLISH 10u
#define RCD_LATN_FOREIGN 54u

/* The trigram model of all languages of a script. A row has `stride` costs, one per column. */
typedef struct {
    uint16_t symbols;
    uint16_t columns;
    uint16_t stride;
    uint32_t buckets;
    uint32_t slots;
    const uint16_t *languages; /* language id of each column; 0 = not a language of its own */
    const uint16_t *displace;
    const uint16_t *checks; /* by slot, see rcd_slot_of() */
    const uint8_t *rows;
    const uint8_t *letters; /* [symbols][stride] */
    const uint8_t *mixed;   /* [symbols], all languages of the script taken together */
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
const rcd_script *rcd_script_get(unsigned group);
/* The perfect hash of native/gen/perfect_hash.py: two loads, no loop. *check is what the slot of a
 * key holds; one strange key in 65536 is taken for another. */
static inline uint32_t rcd_mix(uint32_t key)
{
    uint32_t x = key * 0x9E3779B1u;
    x ^= x >> 15;
    x *= 0x85EBCA6Bu;
    return x ^ x >> 13;
}

/* Where the displacement of a mixed key is. */
static inline uint32_t rcd_bucket_of(uint32_t mixed, uint32_t buckets)
{
    return (uint32_t)(((uint64_t)mixed * buckets) >> 32);
}

static inline uint32_t rcd_slot_at(uint32_t mixed, uint32_t displacement, uint32_t slots)
{
    uint32_t x = mixed ^ displacement * 0xC2B2AE35u;
    x *= 0x27D4EB2Fu;
    x ^= x >> 16;
    x *= 0x9E3779B1u;
    return (uint32_t)(((uint64_t)x * slots) >> 32);
}

static inline uint32_t rcd_slot_of(uint32_t key, const uint16_t *displace, uint32_t buckets,
                                   uint32_t slots, uint16_t *check)
{
    uint32_t x = rcd_mix(key);
    *check = (uint16_t)x;
    return rcd_slot_at(x, displace[rcd_bucket_of(x, buckets)], slots);
}

/* Row of the trigram (a, b, c), or NULL; with a = 255 the row of the pair (b, c). */
static inline const uint8_t *rcd_script_row(const rcd_script *s, unsigned a, unsigned b, unsigned c)
{
    uint32_t key = (uint32_t)((a << 16) | (b << 8) | c);
    uint16_t check;
    uint32_t slot = rcd_slot_of(key, s->displace, s->buckets, s->slots, &check);
    return s->checks[slot] == check ? s->rows + (size_t)slot * s->stride : NULL;
}

/* Bits for the pairs of a script's symbols, see rcd_follows(). */
const uint8_t *rcd_script_follows(unsigned group);
/* 0 where neither the pair (b, c) nor a trigram that ends with it has a row: only the letter has. */
static inline unsigned rcd_follows(const uint8_t *bits, const rcd_script *s, unsigned b, unsigned c)
{
    const uint32_t at = b * s->symbols + c;
    return bits[at >> 3] >> (at & 7u) & 1u;
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
/* All pairs sorted by charset. */
const rcd_pair *rcd_pairs(size_t *count);
/* Those of one charset. */
const rcd_pair *rcd_pairs_of(unsigned charset, size_t *count);
/* Prior of a language whatever the encoding. */
unsigned rcd_language_cost(unsigned language);

#endif
