/* fuzz_rare_forms.c : every rare form reads any bytes in bounds, in pieces as at once, and gives the
 * models code points only; what the gates let in is what they say it may be. */
#include "fuzz.h"
#include "rcd_forms.h"

#define MOST 2048u

/* As if the gates had let all of them in: what they keep out is the decoder's to refuse as well. */
static void begin(rcd_forms *f)
{
    memset(f, 0, sizeof *f);
    f->begun = 1;
    f->alive = (1u << RCD_FORMS_COUNT) - 1u;
}

static void check_text(unsigned form, const uint8_t *data, size_t len, size_t cap)
{
    uint32_t *text = malloc(cap > 0 ? cap * sizeof *text : 1);
    if (text == NULL) {
        abort();
    }
    size_t n = rcd_forms_text(form, data, len, text, cap);
    REQUIRE(n <= cap);
    for (size_t i = 0; i < n; i++) {
        REQUIRE(text[i] <= 0x10FFFF);
    }
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    check_random r = choices_from(data, len);
    static rcd_forms one, cut, gated;
    static rcd_census census;
    begin(&one);
    begin(&cut);
    uint8_t *whole = exact_copy(data, len);
    rcd_forms_feed(&one, whole, len);
    for (size_t i = 0; i < len;) {
        size_t n = random_piece(&r, len - i);
        rcd_forms_feed(&cut, whole + i, n);
        i += n;
    }
    REQUIRE(one.alive == cut.alive);
    for (unsigned k = 0; k < RCD_FORMS_COUNT; k++) {
        check_text(k, whole, len, random_below(&r, MOST));
        if ((one.alive >> k & 1u) != 0) {
            REQUIRE(one.state[k].pos == len && cut.state[k].pos == len);
            REQUIRE(one.state[k].carried == cut.state[k].carried &&
                    one.state[k].carried <= RCD_FORMS_CARRY);
            REQUIRE(memcmp(one.state[k].carry, cut.state[k].carry, one.state[k].carried) == 0);
            REQUIRE(rcd_forms_whole(&one, k) == (one.state[k].carried == 0));
        }
    }
    rcd_census_init(&census);
    rcd_census_feed(&census, whole, len);
    rcd_forms_begin(&gated, whole, len, &census, RCD_FORMS_ALL);
    uint32_t may = rcd_forms_may(&census, 0);
    REQUIRE(may >> RCD_FORMS_COUNT == 0 && (rcd_forms_may(&census, 1) & ~may) == 0);
    REQUIRE(len > 1024 || (gated.alive & ~may) == 0);
    REQUIRE((rcd_forms_any(whole, len, &census) != 0) == ((gated.alive & may) != 0));
    rcd_forms_feed(&gated, whole, len);
    REQUIRE((gated.alive & ~one.alive) == 0);
    free(whole);
    return 0;
}
