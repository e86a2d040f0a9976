/* rcd_models.c : look-ups in the generated model tables. */
#include "rcd_models.h"

#include "recodec.h"

#include "rcd_models_data.h"

_Static_assert(sizeof(scripts) / sizeof(scripts[0]) == RCD_GROUPS, "groups differ from alphabet.py");
_Static_assert(HANI_COLUMNS == RCD_HANI_COLUMNS, "columns differ from cjk.py");

rcd_cell rcd_cell_of(uint32_t cp)
{
    if (cp < 0x10000u) {
        return cell_cells[(size_t)cell_page[cp >> 6] * 64u + (cp & 63u)];
    }
    /* Planes 2 and 3 hold rare ideographs; plane 1 symbols and emoji, which modern text has. */
    if (cp >= 0x20000u && cp < 0x40000u) {
        return ((rcd_cell)RCD_HANI << 16) | ((rcd_cell)RCD_SYM_RARE << 8);
    }
    return cp >= 0x1F000u && cp < 0x20000u ? 120u : 255u;
}

const rcd_script *rcd_script_get(unsigned group)
{
    return group < RCD_GROUPS ? scripts[group] : NULL;
}

/* The perfect hash of native/gen/perfect_hash.py: two loads, no loop. */
static uint32_t slot_of(uint32_t key, const uint16_t *displace, uint32_t buckets, uint32_t slots)
{
    uint32_t x = key * 0x9E3779B1u;
    x ^= x >> 15;
    x *= 0x85EBCA6Bu;
    x ^= x >> 13;
    uint32_t bucket = (uint32_t)(((uint64_t)x * buckets) >> 32);
    x ^= (uint32_t)displace[bucket] * 0xC2B2AE35u;
    x *= 0x27D4EB2Fu;
    x ^= x >> 16;
    x *= 0x9E3779B1u;
    return (uint32_t)(((uint64_t)x * slots) >> 32);
}

const uint8_t *rcd_script_row(const rcd_script *s, unsigned a, unsigned b, unsigned c)
{
    uint32_t key = (uint32_t)((a << 16) | (b << 8) | c);
    uint32_t slot = slot_of(key, s->displace, s->buckets, s->slots);
    return s->keys[slot] == key ? s->rows + (size_t)slot * s->stride : NULL;
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
    uint32_t slot = slot_of(key, hani_displace, HANI_BUCKETS, HANI_SLOTS);
    return hani_keys[slot] == key ? hani_rows + (size_t)slot * HANI_COLUMNS : NULL;
}

uint16_t rcd_hani_language(unsigned column)
{
    return hani_languages[column];
}

unsigned rcd_case_cost(unsigned a, unsigned b, unsigned c)
{
    return case_costs[(a * 3u + b) * 3u + c];
}

const rcd_pair *rcd_pairs(size_t *count)
{
    *count = PAIR_COUNT;
    return pairs;
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
