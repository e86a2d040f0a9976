/* test_spacing.c : rows of no-break spaces become one space. */
#include <string.h>

#include "check.h"
#include "rcd_spacing.h"

static char left[256];

static const char *dropped(const char *text)
{
    const uint32_t size = rcd_spacing_drop((const uint8_t *)text, (uint32_t)strlen(text), (uint8_t *)left);
    left[size] = '\0';
    return left;
}

static void count(rcd_census *census, const char *text)
{
    rcd_census_init(census);
    rcd_census_feed(census, (const uint8_t *)text, strlen(text));
}

int main(void)
{
    CHECK(strcmp(dropped("\xA0 \xA0 \xA0" "a"), " a") == 0, "at the start");
    CHECK(strcmp(dropped("a  \xA0\t\xA0"), "a   ") == 0, "at the end");
    CHECK(strcmp(dropped("a\xA0" "b \xA0\xA0" "c"), "a\xA0" "b  c") == 0, "one alone stays");
    CHECK(strcmp(dropped("\xE9\xA0\xA0" "c"), "\xE9\xA0\xA0" "c") == 0, "beside another byte");
    CHECK(strcmp(dropped("c\xA0\xA0\xE9"), "c\xA0\xA0\xE9") == 0, "in front of another byte");
    CHECK(strcmp(dropped("plain text"), "plain text") == 0 && strcmp(dropped(""), "") == 0, "none");

    rcd_census census;
    count(&census, "\xA0 \xA0" "a");
    CHECK(rcd_may_be_spaced(&census) && rcd_is_spaced(&census), "nothing else");
    count(&census, "\xA0 \xA0\xE9");
    CHECK(rcd_may_be_spaced(&census) && !rcd_is_spaced(&census), "and a letter");
    count(&census, "\xA0 \xA0\xE9\xE9\xE9\xE9\xE9\xE9\xE9");
    CHECK(!rcd_may_be_spaced(&census), "letters for the most part");
    count(&census, "a\xA0" "b");
    CHECK(!rcd_may_be_spaced(&census) && !rcd_is_spaced(&census), "one");
    return check_end("spacing");
}
