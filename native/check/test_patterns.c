/* test_patterns.c : hyphenation patterns lose the digits between their letters. */
#include <string.h>

#include "check.h"
#include "rcd_patterns.h"

static char left[256];

static int is_patterns(const char *text)
{
    return rcd_is_patterns((const uint8_t *)text, (uint32_t)strlen(text));
}

static const char *dropped(const char *text)
{
    const uint32_t size = rcd_patterns_drop((const uint8_t *)text, (uint32_t)strlen(text), (uint8_t *)left);
    left[size] = '\0';
    return left;
}

int main(void)
{
    CHECK(is_patterns(".\xC1\x31\xC2 \xC3\x32\xC4\x31 2\xC5\x31\xC6"), "three");
    CHECK(!is_patterns(".\xC1\x31\xC2 \xC3\x32\xC4"), "two");
    CHECK(!is_patterns("\xC1\x31\xC2 \xC3\x32\xC4 \xC5\x31\xC6 \xC1\xC2 \xC3\xC4 \xC5\xC6"), "as many words");
    CHECK(!is_patterns("a1b c2d e1f"), "ASCII says nothing anyway");
    CHECK(!is_patterns("12\xC1 34\xC2 56\xC3"), "numbers with a unit");
    CHECK(!is_patterns("\xC1\x31\x32\xC2 \xC3\x34\x35\xC4 \xC5\x36\x37\xC6"), "numbers of two digits");
    CHECK(!is_patterns(""), "no text");

    CHECK(strcmp(dropped(".\xC1\x31\xC2 8\xC3 \xC4\x32"), ".\xC1\xC2 \xC3 \xC4") == 0, "beside a letter");
    CHECK(strcmp(dropped("12\xC1 3 45 \xC2-6"), "12\xC1 3 45 \xC2-6") == 0, "numbers stay");
    CHECK(strcmp(dropped("7"), "7") == 0, "without neighbours");

    CHECK(rcd_patterns_are_pieces((const uint8_t *)"\xC1\xC2\xC3 \xC4", 5), "two letters on average");
    CHECK(!rcd_patterns_are_pieces((const uint8_t *)"\xC1\xC2\xC3" "abc \xC4\xC5", 9), "four");
    CHECK(rcd_patterns_are_pieces((const uint8_t *)"abcdefgh", 8), "ASCII says nothing");

    rcd_census census;
    rcd_census_init(&census);
    CHECK(!rcd_may_be_patterns(&census), "nothing");
    const char text[] = "\xC1\x31\xC2\x32\xC3\x33";
    rcd_census_feed(&census, (const uint8_t *)text, sizeof text - 1);
    CHECK(rcd_may_be_patterns(&census), "as many digits as letters");
    return check_end("patterns");
}
