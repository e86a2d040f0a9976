/* rcd_ranking_damaged.c : charsets that lack a few of the bytes, which may be damage. See rcd_ranking.h
 * and rcd_ranking_parts.h. */
#include <string.h>

#include "rcd_bits.h"
#include "rcd_near.h"
#include "rcd_ranking_parts.h"
#include "rcd_single_byte.h"
#include "recodec.h"

#define SLACK_PART 32 /* of a cost by letter frequency, which grows with the text */

uint64_t rcd_table_bad(const rcd_tally *t, const uint16_t table[256], const uint64_t count[256])
{
    uint64_t bad = 0;
    for (uint32_t i = 0; i < t->special_count; i++) {
        unsigned b = t->byte[i];
        bad += b >= 0x80u && table[b] == RCD_UNASSIGNED ? count[b] : 0u;
    }
    return bad;
}

uint64_t rcd_table_unread(const rcd_tally *t, const uint16_t table[256])
{
    uint64_t unread = 0;
    for (uint32_t i = 0; i < t->special_count; i++) {
        const unsigned b = t->byte[i];
        unread += b >= 0x80u && table[b] == RCD_UNASSIGNED ? (uint64_t)t->count[b] : 0u;
    }
    return unread;
}

int rcd_damaged_classes(const rcd_tally *t, const rcd_near_hints *near,
                        uint64_t which[RCD_CLASS_WORDS])
{
    uint64_t any = 0, out[RCD_CLASS_WORDS];
    size_t classes;
    const rcd_class *all = rcd_classes(&classes);
    memcpy(out, rcd_ranking_is_ebcdic, sizeof out);
    memset(which, 0, RCD_CLASS_WORDS * sizeof which[0]);
    for (uint32_t i = 0; i < t->byte_count; i++) {
        const unsigned b = t->byte[i];
        const int rare = b >= 0x80u && rcd_near_few(near->count[b], near->high);
        for (unsigned word = 0; word < RCD_CLASS_WORDS; word++) {
            (rare ? which : out)[word] |= rcd_ranking_lacking[b][word];
        }
    }
    for (unsigned word = 0; word < RCD_CLASS_WORDS; word++) {
        which[word] &= ~out[word];
        /* What a twin has, a class may lack by itself. */
        for (uint64_t left = rcd_ranking_is_holed[word] & ~out[word] & ~which[word]; left != 0;
             left &= left - 1u) {
            const unsigned c = word * 64u + rcd_lowest_bit(left);
            const uint16_t *table = rcd_single_byte_table(all[c].charset);
            const int lacks = rcd_table_bad(t, table, near->count) != 0;
            which[word] |= (uint64_t)lacks << (c & 63u);
        }
        any |= which[word];
    }
    return any != 0;
}

int32_t rcd_damage_cost(const rcd_tally *t, const rcd_class *class, const rcd_near_hints *near)
{
    const uint64_t bad = rcd_table_bad(t, rcd_single_byte_table(class->charset), near->count);
    if (class->bytewise || !rcd_near_few(bad, near->high)) {
        return INT32_MAX;
    }
    /* The census may not have counted them. */
    return rcd_near_price(bad != 0 ? bad : 1u, near->length, 0);
}

size_t rcd_rank_sought(const rcd_tally *t, const rcd_near_hints *near, uint8_t sought[128])
{
    uint8_t seen[256] = {0};
    size_t classes, count = 0;
    const rcd_class *all = rcd_classes(&classes);
    for (size_t c = 0; c < classes; c++) {
        if (all[c].ebcdic || rcd_damage_cost(t, &all[c], near) == INT32_MAX) {
            continue;
        }
        const uint16_t *table = rcd_single_byte_table(all[c].charset);
        for (uint32_t i = 0; i < t->special_count; i++) {
            const uint8_t b = t->byte[i];
            if (b >= 0x80u && table[b] == RCD_UNASSIGNED && !seen[b]) {
                seen[b] = 1;
                sought[count++] = b;
            }
        }
    }
    return count;
}

/* Counts high bytes as the census has, their neighbours in proportion. */
static void count_head(rcd_tally *t, const rcd_census *census)
{
    uint32_t all = 0, beside = 0;
    for (uint32_t i = 0; i < t->special_count; i++) {
        all += (uint16_t)t->count[t->byte[i]];
        beside += t->beside[t->byte[i]];
    }
    for (uint32_t i = 0; i < t->special_count; i++) {
        const unsigned b = t->byte[i];
        const uint32_t head = census->count[b] < INT16_MAX ? (uint32_t)census->count[b] : INT16_MAX;
        const uint32_t seen = (uint32_t)t->count[b] + t->again[b];
        if (b < 0x80u || head == seen) {
            continue;
        }
        t->beside[b] = (uint16_t)(seen == 0 ? (all != 0 ? beside * head / all : 0u)
                                  : t->beside[b] != 0 ? t->beside[b] * head / seen : 0u);
        t->again[b] = (uint16_t)(seen != 0 && t->again[b] != 0 ? t->again[b] * head / seen : 0u);
        t->joined[(b - 128u) >> 6] |= (uint64_t)(t->beside[b] != 0) << (b & 63u);
        t->count[b] = (int16_t)(head - t->again[b]);
    }
}

int rcd_rank_damaged(rcd_tally *t, const rcd_census *census, unsigned charset, int32_t slack,
                     const rcd_hints *hints)
{
    uint64_t which[RCD_CLASS_WORDS];
    if (!rcd_damaged_classes(t, hints->near, which)) {
        return 0;
    }
    /* The classes of the charset itself, and then those that may be damaged. */
    uint8_t found[2u * RCD_CLASSES_MOST];
    unsigned own_count = 0, count;
    size_t classes;
    const rcd_class *all = rcd_classes(&classes);
    uint32_t asked = 0;
    for (unsigned c = rcd_first_class(charset); c < classes && all[c].charset == charset; c++) {
        if (!all[c].ebcdic) {
            asked |= 1u << all[c].row / 8u;
            found[own_count++] = (uint8_t)c;
        }
    }
    count = own_count;
    for (unsigned word = 0; word < RCD_CLASS_WORDS; word++) {
        for (uint64_t left = which[word]; left != 0; left &= left - 1u) {
            const unsigned c = word * 64u + rcd_lowest_bit(left);
            if (rcd_class_allowed(&all[c], hints)) {
                asked |= 1u << all[c].row / 8u;
                found[count++] = (uint8_t)c;
            }
        }
    }
    int32_t sum[RCD_CLASSES_MOST];
    int32_t own = INT32_MAX / 2;
    count_head(t, census);
    rcd_class_sums(t, asked, sum);
    for (unsigned i = 0; i < count; i++) {
        const rcd_class *class = &all[found[i]];
        int32_t cost = rcd_class_prior(class, hints) + sum[class->row];
        if (i < own_count) {
            cost += rcd_class_others(t, class, own - cost);
            own = cost < own ? cost : own;
            continue;
        }
        slack = slack > own / SLACK_PART ? slack : own / SLACK_PART;
        if (cost >= own + slack) {
            continue;
        }
        int32_t damage = rcd_damage_cost(t, class, hints->near);
        if (damage == INT32_MAX) {
            continue;
        }
        cost += damage;
        if (cost + rcd_class_others(t, class, own + slack - cost) < own + slack) {
            return 1;
        }
    }
    return 0;
}

