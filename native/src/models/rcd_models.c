/* rcd_models.c : look-ups in the generated model tables. */
#include "rcd_models.h"

#include "rcd_bits.h"
#include "rcd_want.h"
#include "recodec.h"

#include "rcd_models_data.h"
#include "rcd_pairs_data.h"

_Static_assert(sizeof(scripts) / sizeof(scripts[0]) == RCD_GROUPS, "groups differ from alphabet.py");
_Static_assert(ASCII_SYMBOLS == RCD_ASCII_SYMBOLS, "ASCII has other symbols");
_Static_assert(PAIR_NONE == RCD_NEVER_USED, "gen_pairs.py differs from rcd_models.h");
_Static_assert(HANI_COLUMNS == RCD_HANI_COLUMNS, "columns differ from cjk.py");

/* What each of the some 8,000 Han characters and syllables of Hangul that models know costs in a list. */
#define LISTED 130u
#define BETWEEN 15u /* and what stands between them, in every language */
#define FIRST_HAN 0x3400u
#define FIRST_FORM 0xFF00u /* full-width and half-width forms stand behind them */

const rcd_script *const *const rcd_scripts = scripts;

static unsigned neighbour(unsigned symbol)
{
    return symbol >= RCD_SYM_FOREIGN ? 2u : symbol == RCD_SYM_DIGIT ? 1u : 0u;
}

int32_t rcd_place_cost(unsigned place, unsigned left, unsigned right)
{
    return place_costs[(place * 3u + neighbour(left)) * 3u + neighbour(right)];
}

unsigned rcd_ascii_place(uint32_t cp)
{
    uint32_t like;
    switch (cp) {
    case '[':
    case '{':
    case '\\':
    case '^':
    case '`':
    case '~': like = 0x201Cu; break; /* what opens, and accents: not inside words */
    case ']':
    case '}': like = 0x201Du; break; /* what closes */
    case '!': like = 0x61Fu; break;  /* the end of a sentence */
    default: return 0;
    }
    return rcd_cell_place(rcd_cell_of(like));
}

static const uint8_t *hani_letter(uint32_t cp)
{
    size_t page = cp < 0x10000u ? hani_page[cp >> 8] : 0u;
    return hani_letters + (page * 256u + (cp & 255u)) * HANI_COLUMNS;
}

/* The perfect hash of native/gen/perfect_hash.py: two loads, no loop. A slot holds the low 16 bits of
 * its key, mixed; one strange key in 65536 is taken for another. */
static inline uint32_t mix(uint32_t key)
{
    uint32_t x = key * 0x9E3779B1u;
    x ^= x >> 15;
    x *= 0x85EBCA6Bu;
    return x ^ x >> 13;
}

/* Where the displacement of a mixed key is. */
static inline uint32_t bucket_of(uint32_t mixed, uint32_t buckets)
{
    return (uint32_t)(((uint64_t)mixed * buckets) >> 32);
}

static inline uint32_t slot_at(uint32_t mixed, uint32_t displacement, uint32_t slots)
{
    uint32_t x = mixed ^ displacement * 0xC2B2AE35u;
    x *= 0x27D4EB2Fu;
    x ^= x >> 16;
    x *= 0x9E3779B1u;
    return (uint32_t)(((uint64_t)x * slots) >> 32);
}

/* Finds the rows of some pairs, or where they have none those of their second characters.
 *
 * Stage by stage for all of them: the tables are too large for the caches that are near, and several
 * waits cost no more than one.
 * @return a bit for each that has no row of its own */
static inline uint32_t find_rows(const rcd_hani_pairs *steps, const uint8_t *row[RCD_HANI_PAIRS])
{
    uint32_t mixed[RCD_HANI_PAIRS], slot[RCD_HANI_PAIRS];
    const unsigned count = steps->count;
    uint32_t alone = 0;
    for (unsigned i = 0; i < count; i++) {
        mixed[i] = mix((steps->first[i] << 16) | (steps->second[i] & 0xFFFFu));
        RCD_WANT(hani_displace + bucket_of(mixed[i], HANI_BUCKETS));
    }
    for (unsigned i = 0; i < count; i++) {
        const uint32_t displacement = hani_displace[bucket_of(mixed[i], HANI_BUCKETS)];
        slot[i] = slot_at(mixed[i], displacement, HANI_SLOTS);
        RCD_WANT(hani_checks + slot[i]);
    }
    for (unsigned i = 0; i < count; i++) {
        const int plain = (steps->first[i] | steps->second[i]) <= 0xFFFFu;
        const int has = plain && hani_checks[slot[i]] == (uint16_t)mixed[i];
        row[i] = has ? hani_rows + (size_t)slot[i] * HANI_COLUMNS : hani_letter(steps->second[i]);
        alone |= (uint32_t)!has << i;
        RCD_WANT(row[i]);
    }
    return alone;
}

unsigned rcd_hani_add(rcd_hani_pairs *steps, uint32_t sum[RCD_HANI_COLUMNS])
{
    const uint8_t *row[RCD_HANI_PAIRS];
    const unsigned count = steps->count;
    const uint32_t alone = find_rows(steps, row);
    for (unsigned i = 0; i < count; i++) {
        for (unsigned k = 0; k < HANI_COLUMNS; k++) {
            sum[k] += row[i][k];
        }
    }
    steps->count = 0;
    return rcd_bit_count(alone);
}

static int is_listed(uint32_t cp)
{
    return cp >= FIRST_HAN && (cp < FIRST_FORM || cp > 0xFFFFu);
}

/* What a character costs that is chosen as in text, or as likely at random. */
static uint32_t either(uint32_t cost)
{
    static const uint8_t over[] = {0, 4, 7, 8, 9}; /* the likelier of them, by how far it is ahead */
    const uint32_t ahead = (cost < LISTED ? LISTED - cost : cost - LISTED) / 10u;
    return (cost < LISTED ? cost : LISTED) + (ahead < sizeof over ? over[ahead] : 10u);
}

void rcd_hani_add_listed(rcd_hani_pairs *steps, uint32_t sum[RCD_HANI_COLUMNS],
                         uint32_t others[RCD_HANI_COLUMNS])
{
    const uint8_t *row[RCD_HANI_PAIRS];
    const uint32_t alone = find_rows(steps, row);
    for (unsigned i = 0; i < steps->count; i++) {
        const uint32_t back_off = (alone >> i & 1u) * RCD_COST_PAIR;
        const int listed = is_listed(steps->second[i]), between = steps->second[i] <= RCD_SYM_FOREIGN;
        for (unsigned k = 0; k < HANI_COLUMNS; k++) {
            const uint32_t cost = between ? BETWEEN : row[i][k] + back_off;
            sum[k] += listed ? either(cost) : cost;
            others[k] += listed ? 0u : cost;
        }
    }
    steps->count = 0;
}

uint16_t rcd_hani_language(unsigned column)
{
    return hani_languages[column];
}

const rcd_pair *rcd_pairs(size_t *count)
{
    *count = PAIR_COUNT;
    return pairs;
}

const rcd_pair *rcd_pairs_of(unsigned charset, size_t *count)
{
    charset = charset <= PAIR_CHARSETS ? charset : 0; /* which is none, and has none */
    *count = (size_t)pair_first[charset + 1u] - pair_first[charset];
    return pairs + pair_first[charset];
}

unsigned rcd_least_prior(unsigned charset)
{
    return charset <= PAIR_CHARSETS ? pair_least[charset] : RCD_NEVER_USED;
}

unsigned rcd_language_cost(unsigned language)
{
    return language <= LANGUAGE_COUNT ? language_cost[language] : 255u;
}

int rcd_language_count(void)
{
    return LANGUAGE_COUNT;
}

const char *rcd_language_name(int id)
{
    return id >= 0 && id <= LANGUAGE_COUNT ? language_tags[id] : "";
}
