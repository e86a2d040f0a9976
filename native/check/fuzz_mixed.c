/* fuzz_mixed.c : the readers of mixed-byte EBCDIC and of VNI and ISCII in pieces. */
#include "fuzz.h"
#include "rcd_bytewise.h"
#include "rcd_mixed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    check_random r = choices_from(data, len);
    rcd_mixed one, cut;
    rcd_bytewise whole, pieces;
    rcd_mixed_init(&one);
    rcd_mixed_init(&cut);
    rcd_bytewise_init(&whole);
    rcd_bytewise_init(&pieces);
    rcd_mixed_feed(&one, data, len);
    rcd_bytewise_feed(&whole, data, len);
    for (size_t i = 0; i < len;) {
        size_t n = random_piece(&r, len - i);
        rcd_mixed_feed(&cut, data + i, n);
        rcd_bytewise_feed(&pieces, data + i, n);
        i += n;
    }
    REQUIRE(one.members == cut.members && one.characters == cut.characters);
    REQUIRE(one.lead == cut.lead && one.wide == cut.wide);
    REQUIRE(whole.vni_bad == pieces.vni_bad && whole.iscii == pieces.iscii);
    REQUIRE(whole.iscii == 0 || (whole.last == pieces.last && whole.script == pieces.script));
    REQUIRE(whole.vni_bad == UINT64_MAX || whole.vni_bad < len);
    uint64_t first_bad;
    uint16_t ended = rcd_mixed_end(&one, 0, &first_bad);
    REQUIRE(first_bad == UINT64_MAX || (first_bad < len && ended == 0));
    uint32_t text[512];
    for (unsigned m = 0; m < RCD_MIXED_COUNT; m++) {
        REQUIRE(rcd_mixed_text(m, data, len, text, 512) <= 512);
    }
    return 0;
}
