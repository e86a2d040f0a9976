/* rcd_known.c : see rcd_known.h. */
#include "rcd_known.h"

#include <stddef.h>

#include "rcd_known_data.h"

void rcd_known_word(uint32_t hash, uint32_t foreign, int32_t *sum, unsigned columns)
{
    const size_t first = (size_t)(((uint64_t)hash * KNOWN_SLOTS) >> 32);
    uint32_t most = 0;
    for (size_t at = first; known_words[at] != 0; at = at + 1u < KNOWN_SLOTS ? at + 1u : 0u) {
        if (known_words[at] >> 16 == (hash & 0xFFFFu)) {
            const uint32_t gain = known_words[at] & 255u;
            most = gain > most ? gain : most;
        }
    }
    if (most == 0) {
        return;
    }
    const uint32_t other = most > foreign ? most - foreign : 0u;
    for (unsigned k = 0; k < columns; k++) {
        sum[k] -= (int32_t)other;
    }
    for (size_t at = first; known_words[at] != 0; at = at + 1u < KNOWN_SLOTS ? at + 1u : 0u) {
        uint32_t gain = known_words[at] & 255u;
        if (known_words[at] >> 16 == (hash & 0xFFFFu) && gain > other) {
            sum[known_words[at] >> 8 & 255u] -= (int32_t)(gain - other);
        }
    }
}
