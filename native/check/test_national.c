/* test_national.c : national 7-bit sets: text in one, and ASCII that merely has the signs. */
#include "check.h"
#include "rcd_charset_ids.h"
#include "rcd_national.h"

static uint32_t work[RCD_NATIONAL_TEXT];

static rcd_national_answer find(const char *text, const uint8_t *allow, unsigned declared)
{
    static rcd_census census;
    rcd_national_hints hints = {allow, declared, 30};
    rcd_national_answer answer;
    size_t len = strlen(text);
    uint8_t *copy = exact_copy(text, len);
    rcd_census_init(&census);
    rcd_census_feed(&census, copy, len);
    rcd_national_find(copy, len, &census, &hints, work, &answer);
    free(copy);
    return answer;
}

static void test_sets(void)
{
    static const char swedish[] =
        "F{rjan g}r klockan tolv. Ta med dig en tjock rock, f|r bl}sten {r kall och det kan vara "
        "sv}rt att h}lla v{rmen p} |arna.";
    static const char german[] =
        "Die F{hre f{hrt um zw|lf. Nehmen Sie f}r die \\berfahrt einen Mantel mit, drau~en ist es "
        "kalt und windig.";
    rcd_national_answer a = find(swedish, NULL, 0);
    CHECK(a.charset == RCD_CS_SEN_850200_B, "Swedish: %s", rcd_charset_name(a.charset));
    CHECK(strcmp(rcd_language_name(a.language), "sv") == 0, "in %s", rcd_language_name(a.language));
    CHECK(a.confidence > 500000 && a.confidence <= 1000000, "%u", (unsigned)a.confidence);
    a = find(german, NULL, 0);
    CHECK(a.charset == RCD_CS_DIN_66003, "German: %s", rcd_charset_name(a.charset));
    static uint8_t none[1024];
    CHECK((size_t)rcd_charset_count() < sizeof none, "more charsets than flags");
    a = find(swedish, none, 0);
    CHECK(a.charset == 0 && a.language == 0, "none is allowed");
}

static void test_ascii(void)
{
    static const char *const texts[] = {
        "",
        "The ferry leaves at noon; bring a coat, the wind is cold.",
        "int main(void) { return a[0] | b[1]; } /* ~{x} */",
        "C:\\WINDOWS\\system32 [section] {json: [1, 2]} ^caret^ ~tilde~ `quoted` a|b|c",
        "user@example.org | grep {name} > ~/file; echo `date` && x[1]=\\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        rcd_national_answer a = find(texts[i], NULL, 0);
        CHECK(a.charset == 0 && a.confidence > 900000, "text %zu: %s", i,
              rcd_charset_name(a.charset));
    }
}

/* Letters alone rule the sets out for plain words, not for capitals of which some may be others. */
static void test_never(void)
{
    static const char words[] = "The ferry leaves at noon; bring a coat, the wind is cold.";
    CHECK(rcd_national_never((const uint8_t *)words, sizeof words - 1), "plain words");
    CHECK(!rcd_national_never((const uint8_t *)"1 2 3", 5), "no letters");
    CHECK(!rcd_national_never((const uint8_t *)"", 0), "nothing");
}

int main(void)
{
    test_sets();
    test_ascii();
    test_never();
    return check_end("national");
}
