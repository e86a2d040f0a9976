/* fuzz_national.c : the national 7-bit sets: any ASCII, any hints; what letters alone rule out is
 * ruled out. */
#include "fuzz.h"
#include "rcd_national.h"

static uint8_t allow[1024];

static int is_open(uint8_t b)
{
    return b == '@' || (b >= '[' && b <= '`' && b != '_') || (b >= '{' && b <= '~');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static rcd_census census;
    static uint32_t text[RCD_NATIONAL_TEXT];
    check_random r = choices_from(data, len);
    uint8_t *ascii = exact_copy(data, len);
    int open = 0;
    for (size_t i = 0; i < len; i++) {
        ascii[i] &= 0x7F;
        open |= is_open(ascii[i]);
    }
    rcd_national_hints hints = {NULL, 0, (int32_t)random_below(&r, 100)};
    if (random_below(&r, 4) == 0) {
        hints.declared = (unsigned)random_below(&r, (size_t)rcd_charset_count() + 1);
    }
    if (random_below(&r, 4) == 0 && (size_t)rcd_charset_count() < sizeof allow) {
        hints.allow = allow;
        for (int id = 1; id <= rcd_charset_count(); id++) {
            allow[id] = (uint8_t)random_below(&r, 2);
        }
    }
    rcd_national_answer answer;
    memset(&answer, 0xFF, sizeof answer);
    rcd_census_init(&census);
    rcd_census_feed(&census, ascii, len);
    rcd_national_find(ascii, len, &census, &hints, text, &answer);
    REQUIRE(answer.confidence <= 1000000);
    REQUIRE(answer.charset <= rcd_charset_count() && answer.language <= rcd_language_count());
    REQUIRE(answer.charset == 0 || hints.allow == NULL || allow[answer.charset]);
    if (!open && hints.declared == 0 && rcd_national_never(ascii, len)) {
        REQUIRE(answer.charset == 0 && answer.confidence == 1000000);
    }
    free(ascii);
    return 0;
}
