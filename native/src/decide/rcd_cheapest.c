/* rcd_cheapest.c : the cheapest way through lines that may each be read in several ways. */
#include "recodec.h"

int64_t rcd_cheapest(const int32_t *const *cost, size_t ways, size_t lines, int32_t change, int came,
                     uint8_t *back, rcd_stretch *out, size_t *stretches)
{
    int64_t total[RCD_CHEAPEST_WAYS];
    if (ways == 0 || ways > RCD_CHEAPEST_WAYS || lines > UINT32_MAX) {
        return RCD_E_OPTION;
    }
    for (size_t k = 0; k < ways; k++) {
        total[k] = came < 0 || (size_t)came == k ? 0 : change;
    }
    for (size_t line = 0; line < lines; line++) {
        size_t best = 0;
        int differ = 0;
        for (size_t k = 1; k < ways; k++) {
            best = total[k] < total[best] ? k : best;
            differ |= cost[k][line] != cost[0][line];
        }
        const int64_t limit = total[best] + change;
        for (size_t k = 0; k < ways; k++) {
            /* Where a line costs the same in all, a change can wait. */
            const int changes = differ && total[k] > limit;
            back[line * ways + k] = (uint8_t)(changes ? best : k);
            total[k] = (changes ? limit : total[k]) + cost[k][line];
        }
    }
    size_t way = 0;
    for (size_t k = 1; k < ways; k++) {
        way = total[k] < total[way] ? k : way;
    }
    const int64_t least = total[way];
    size_t count = 0;
    out[count].end = (uint32_t)lines;
    out[count++].way = (uint32_t)way;
    for (size_t line = lines; line-- > 0;) {
        const size_t before = back[line * ways + way];
        if (before != way) {
            out[count].end = (uint32_t)line;
            out[count++].way = (uint32_t)before;
            way = before;
        }
    }
    for (size_t i = 0; i < count / 2; i++) {
        const rcd_stretch one = out[i];
        out[i] = out[count - 1 - i];
        out[count - 1 - i] = one;
    }
    *stretches = count;
    return least;
}
