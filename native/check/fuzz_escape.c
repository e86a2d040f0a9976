/* fuzz_escape.c : the 7-bit readers in pieces. */
#include "fuzz.h"
#include "rcd_escape.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    check_random r = choices_from(data, len);
    static rcd_escape one, cut;
    choose_kernel(&r);
    rcd_escape_init(&one);
    rcd_escape_feed(&one, data, len);
    choose_kernel(&r);
    rcd_escape_init(&cut);
    for (size_t i = 0; i < len;) {
        size_t n = random_piece(&r, len - i);
        rcd_escape_feed(&cut, data + i, n);
        i += n;
    }
    REQUIRE(one.pos == len && cut.pos == len && one.dead == cut.dead);
    for (int sample = 0; sample < 2; sample++) {
        rcd_escape_verdict v, w;
        rcd_escape_end(&one, sample, NULL, &v);
        rcd_escape_end(&cut, sample, NULL, &w);
        REQUIRE(v.charset == w.charset && v.narrow == w.narrow && v.characters == w.characters);
        REQUIRE(v.bad == w.bad && v.first_bad == w.first_bad && v.certain == w.certain);
        REQUIRE((v.bad == 0) == (v.first_bad == UINT64_MAX));
        REQUIRE(v.bad == 0 || v.first_bad < len);
        REQUIRE((v.charset == 0) == (v.narrow == 0));
        REQUIRE(v.characters <= len);
        if (v.charset != 0) {
            for (size_t i = 0; i < len; i++) {
                REQUIRE(data[i] < 0x80);
            }
        }
    }
    return 0;
}
