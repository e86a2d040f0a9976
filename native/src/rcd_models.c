/* rcd_models.c : look-ups in the generated model tables. */
#include "rcd_models.h"

#include "recodec.h"

#include "rcd_follows_data.h"
#include "rcd_models_data.h"
#include "rcd_pairs_data.h"

_Static_assert(sizeof(scripts) / sizeof(scripts[0]) == RCD_GROUPS, "groups differ from alphabet.py");
_Static_assert(HANI_COLUMNS == RCD_HANI_COLUMNS, "columns differ from cjk.py");

const rcd_script *rcd_script_get(unsigned group)
{
    return group < RCD_GROUPS ? scripts[group] : NULL;
}

const uint8_t *rcd_script_follows(unsigned group)
{
    return group < sizeof follows / sizeof follows[0] ? follows[group] : NULL;
}

static unsigned neighbour(unsigned symbol)
{
    return symbol >= RCD_SYM_FOREIGN ? 2u : symbol == RCD_SYM_DIGIT ? 1u : 0u;
}

int32_t rcd_place_cost(unsigned place, unsigned left, unsigned right)
{
    return place_costs[(place * 3u + neighbour(left)) * 3u + neighbour(right)];
}

const uint8_t *rcd_hani_letter(uint32_t cp)
{
    size_t page = cp < 0x10000u ? hani_page[cp >> 8] : 0u;
    return hani_letters + (page * 256u + (cp & 255u)) * HANI_COLUMNS;
}

const uint8_t *rcd_hani_pair(uint32_t first, uint32_t second)
{
    if (first > 0xFFFFu || second > 0xFFFFu) {
        return NULL;
    }
    uint32_t key = (first << 16) | second;
    uint16_t check;
    uint32_t slot = rcd_slot_of(key, hani_displace, HANI_BUCKETS, HANI_SLOTS, &check);
    return hani_checks[slot] == check ? hani_rows + (size_t)slot * HANI_COLUMNS : NULL;
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
