/* fuzz_score.c : the models read any code points: costs are finite, languages known, and a text
 * costs the same each time. The first byte says how wide the code points are. */
#include "fuzz.h"
#include "rcd_score.h"

#define MOST 2048u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static uint32_t text[MOST];
    if (len == 0) {
        return 0;
    }
    const unsigned width = 1u + data[0] % 3u;
    size_t n = 0;
    for (size_t i = 1; i + width <= len && n < MOST; i += width) {
        uint32_t cp = 0;
        for (unsigned k = 0; k < width; k++) {
            cp = cp << 8 | data[i + k];
        }
        text[n++] = cp % 0x110000u;
    }
    rcd_text_score score, again;
    memset(&score, 0, sizeof score);
    memset(&again, 0, sizeof again);
    rcd_score_text(text, n, &score);
    rcd_score_text(text, n, &again);
    REQUIRE(memcmp(&score, &again, sizeof score) == 0);
    REQUIRE(score.language <= rcd_language_count() && score.length <= n);
    if (score.language != 0) {
        REQUIRE(score.cost >= 0 && score.second >= score.cost && score.group > RCD_COMMON &&
                score.group < RCD_GROUPS);
    }
    int32_t hani[RCD_HANI_COLUMNS];
    rcd_score_hani(text, n, hani);
    for (unsigned k = 0; k < RCD_HANI_COLUMNS; k++) {
        REQUIRE(hani[k] >= 0);
    }
    return 0;
}
