/* rcd_models.c : look-ups in the generated model tables. */
#include "rcd_models.h"

#include "rcd_want.h"
#include "recodec.h"

#include "rcd_models_data.h"
#include "rcd_pairs_data.h"

_Static_assert(sizeof(scripts) / sizeof(scripts[0]) == RCD_GROUPS, "groups differ from alphabet.py");
_Static_assert(ASCII_SYMBOLS == RCD_ASCII_SYMBOLS, "ASCII has other symbols");
_Static_assert(PAIR_NONE == RCD_NEVER_USED, "gen_pairs.py differs from rcd_models.h");
_Static_assert(HANI_COLUMNS == RCD_HANI_COLUMNS, "columns differ from cjk.py");

const rcd_script *rcd_script_get(unsigned group)
{
    return group < RCD_GROUPS ? scripts[group] : NULL;
}

static unsigned neighbour(unsigned symbol)
{
    return symbol >= RCD_SYM_FOREIGN ? 2u : symbol == RCD_SYM_DIGIT ? 1u : 0u;
}

int32_t rcd_place_cost(unsigned place, unsigned left, unsigned right)
{
    return place_costs[(place * 3u + neighbour(left)) * 3u + neighbour(right)];
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

/* Stage by stage for all of them: the tables are too large for the caches that are near, and several
 * waits cost no more than one. */
unsigned rcd_hani_add(rcd_hani_pairs *steps, uint32_t sum[RCD_HANI_COLUMNS])
{
    uint32_t mixed[RCD_HANI_PAIRS], slot[RCD_HANI_PAIRS];
    const uint8_t *row[RCD_HANI_PAIRS];
    const unsigned count = steps->count;
    unsigned alone = 0;
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
        alone += !has;
        RCD_WANT(row[i]);
    }
    for (unsigned i = 0; i < count; i++) {
        for (unsigned k = 0; k < HANI_COLUMNS; k++) {
            sum[k] += row[i][k];
        }
    }
    steps->count = 0;
    return alone;
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
