/* fuzz_wide.c : UTF-16 and UTF-32 in pieces; a form that lives counts every unit. */
#include "fuzz.h"
#include "rcd_wide.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    check_random r = choices_from(data, len);
    rcd_wide one, cut;
    rcd_wide_init(&one);
    rcd_wide_init(&cut);
    rcd_wide_feed(&one, data, len);
    for (size_t i = 0; i < len;) {
        size_t n = random_piece(&r, len - i);
        rcd_wide_feed(&cut, data + i, n);
        i += n;
    }
    REQUIRE(one.pos == len && cut.pos == len);
    REQUIRE(one.gone == cut.gone && one.dead == cut.dead && one.bom == cut.bom);
    for (int form = 0; form < RCD_WIDE_FORMS; form++) {
        rcd_wide_form a, b, sample;
        rcd_wide_end(&one, form, 0, &a);
        rcd_wide_end(&cut, form, 0, &b);
        rcd_wide_end(&one, form, 1, &sample);
        REQUIRE(memcmp(&a, &b, sizeof a) == 0);
        if ((one.gone >> form & 1) != 0) {
            REQUIRE(a.units == 0 && a.bad == 1);
            continue;
        }
        REQUIRE(a.units == len / (form < RCD_WIDE_32LE ? 2 : 4));
        REQUIRE(a.ascii + a.controls + a.odd <= a.units && sample.bad <= a.bad);
        REQUIRE((a.bad == 0) == (a.first_bad == UINT64_MAX));
        REQUIRE(a.bad == 0 || a.first_bad < len);
    }
    return 0;
}
