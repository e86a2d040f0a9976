/* fuzz_utf8.c : the UTF-8 stage in pieces, under any kernel, against the reading of reference.h. */
#include "fuzz.h"
#include "rcd_census.h"
#include "rcd_utf8.h"
#include "reference.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    check_random r = choices_from(data, len);
    static rcd_census census, whole;
    rcd_utf8 u;
    choose_kernel(&r);
    rcd_utf8_init(&u);
    rcd_census_init(&census);
    rcd_census_init(&whole);
    rcd_census_feed(&whole, data, len);
    for (size_t i = 0; i < len;) {
        size_t n = random_piece(&r, len - i);
        rcd_utf8_feed(&u, data + i, n);
        rcd_census_feed(&census, data + i, n);
        i += n;
    }
    REQUIRE(memcmp(&census, &whole, sizeof census) == 0);
    REQUIRE(u.pos == len);

    uint64_t characters = 0, first_bad = UINT64_MAX;
    for (size_t i = 0; i < len;) {
        size_t n = reference_utf8_character(data + i, len - i);
        if (n == 0) {
            first_bad = i;
            break;
        }
        characters += n > 1;
        i += n;
    }
    uint64_t bad, found_bad, sample_bad, found_sample;
    rcd_utf8_end(&u, 0, &bad, &found_bad);
    rcd_utf8_end(&u, 1, &sample_bad, &found_sample);
    REQUIRE(found_bad == first_bad);
    REQUIRE((bad == 0) == (first_bad == UINT64_MAX));
    REQUIRE(bad != 0 || u.characters == characters);
    REQUIRE(u.characters >= characters);
    REQUIRE(sample_bad <= bad && bad <= sample_bad + 1);
    int cut_only = first_bad != UINT64_MAX && reference_utf8_cut(data + first_bad, len - first_bad);
    REQUIRE((sample_bad == 0) == (first_bad == UINT64_MAX || cut_only));
    return 0;
}
