/* rcd_relatives.c : see rcd_relatives.h. */
#include "rcd_relatives.h"

#include "rcd_score.h"

#include "rcd_relatives_data.h"

/* Runs of four and of five letters, of which the first and the last may stand for what is beside a
 * word, as in native/gen/gen_relatives.py. */
#define SHORT_RUN 4u
#define LONG_RUN 5u
#define UNIT_PARTS 8
#define HASH 0x9E3779B97F4A7C15u

const rcd_relatives *rcd_relatives_of(unsigned language)
{
    for (size_t g = 0; language != 0 && g < sizeof groups / sizeof groups[0]; g++) {
        for (unsigned k = 0; k < groups[g].count; k++) {
            if (groups[g].language[k] == language) {
                return &groups[g];
            }
        }
    }
    return NULL;
}

static inline void add_run(const rcd_relatives *group, uint64_t letters, unsigned run,
                           int32_t sum[RCD_RELATIVES_MOST])
{
    const uint64_t key = (letters & (UINT64_MAX >> (64u - 8u * run))) | (uint64_t)run << (8u * run);
    const unsigned others = group->count - 1u;
    size_t at = (size_t)(key * HASH >> (64u - group->bits)) * others;
    for (unsigned k = 1; k <= others; k++, at++) {
        sum[k] += (group->levels[at / 2u] >> (at % 2u * 4u) & 15) - 8;
    }
}

void rcd_relatives_add(const rcd_relatives *group, const uint32_t *cp, size_t len,
                       int32_t cost[RCD_RELATIVES_MOST])
{
    int32_t sum[RCD_RELATIVES_MOST] = {0};
    uint64_t last = 0; /* the symbols up to here, a byte each; 0 is none */
    unsigned word = 0; /* letters in a row before this one */
    for (size_t i = 0; i <= len; i++) {
        const unsigned symbol =
            i < len ? rcd_symbol_in(rcd_cell_of(cp[i]), group->script) : (unsigned)RCD_SYM_BOUNDARY;
        const unsigned letter = symbol >= RCD_SYM_RARE ? symbol : 0u;
        last = last << 8 | letter;
        if (word >= SHORT_RUN - 2u) {
            add_run(group, last, SHORT_RUN, sum);
        }
        if (word >= LONG_RUN - 2u) {
            add_run(group, last, LONG_RUN, sum);
        }
        word = letter != 0 ? word + 1u : 0u;
    }
    for (unsigned k = 1; k < group->count; k++) {
        cost[k] += sum[k] * (int32_t)group->unit / UNIT_PARTS;
    }
}
