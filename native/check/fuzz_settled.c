/* fuzz_settled.c : what a glance settles is what the whole detection says, and no byte beyond the
 * text is looked at. */
#include "fuzz.h"
#include "rcd_charset_ids.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    check_random r = choices_from(data, len);
    uint8_t *text = exact_copy(data, len);
    /* Half of the time without the bytes that a glance leaves to others, so that it settles more. */
    if (random_below(&r, 2) == 0) {
        for (size_t i = 0; i < len; i++) {
            text[i] = text[i] < ' ' || text[i] == 0x7F ? ' ' : text[i];
        }
    }
    choose_kernel(&r);
    uint32_t glance = rcd_settled(text, len);
    choose_kernel(&r);
    REQUIRE(glance == rcd_settled(text, len));
    if (glance != 0) {
        rcd_result all;
        REQUIRE(rcd_detect(detector_memory(), DETECTOR_ROOM, text, len, NULL, &all) == 0);
        REQUIRE(glance >> RCD_SETTLED_SHIFT == all.charset);
        REQUIRE((glance & ((1u << RCD_SETTLED_SHIFT) - 1u)) == all.confidence);
        REQUIRE(all.bom_len == 0 && all.bad == 0);
    }
    free(text);
    return 0;
}
