/* test_weigh.c : lines cost least in their own encoding and language, and nothing where all is ASCII. */
#include "check.h"
#include "recodec.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static unsigned language(const char *tag)
{
    for (int i = 1; i <= rcd_language_count(); i++) {
        if (strcmp(rcd_language_name(i), tag) == 0) {
            return (unsigned)i;
        }
    }
    return 0;
}

static void own_language_is_cheapest(void)
{
    /* "schöne Grüße" LF "мы ходили в лес" CR "今日は" CR LF "plain" */
    static const uint32_t text[] = {
        's', 'c', 'h', 0xF6, 'n', 'e', ' ', 'G', 'r', 0xFC, 0xDF, 'e', '\n',
        0x43C, 0x44B, ' ', 0x445, 0x43E, 0x434, 0x438, 0x43B, 0x438, ' ', 0x432, ' ',
        0x43B, 0x435, 0x441, '\r',
        0x4ECA, 0x65E5, 0x306F, '\r', '\n', 'p', 'l', 'a', 'i', 'n'};
    const uint16_t languages[] = {(uint16_t)language("de"), (uint16_t)language("ru"),
                                  (uint16_t)language("ja"), 0};
    int32_t cost[5 * 4];
    int lines = rcd_weigh_lines(text, COUNT(text), languages, 4, cost, 5);
    CHECK(lines == 4, "lines: %d", lines);
    for (int line = 0; line < 3; line++) {
        const int32_t *row = cost + line * 4;
        for (int k = 0; k < 3; k++) {
            CHECK(k == line || row[line] + 100 < row[k], "line %d costs %d, in language %d %d", line,
                  (int)row[line], k, (int)row[k]);
        }
        CHECK(row[3] > 0 && row[3] < row[line] + 200, "line %d in any language: %d", line, (int)row[3]);
    }
    for (int k = 0; k < 4; k++) {
        CHECK(cost[3 * 4 + k] == 0, "ASCII costs %d", (int)cost[3 * 4 + k]);
    }
    CHECK(rcd_weigh_lines(text, COUNT(text), languages, 4, cost, 2) == 2, "two of the lines");
}

static void long_lines_and_lost_characters(void)
{
    static uint32_t text[5000];
    const uint16_t any[] = {0};
    int32_t cost[2], part;
    for (size_t i = 0; i < COUNT(text); i++) {
        text[i] = i % 8 == 7 ? ' ' : 0x430u + (uint32_t)(i % 32);
    }
    CHECK(rcd_weigh_lines(text, COUNT(text), any, 1, cost, 2) == 1, "one line");
    CHECK(rcd_weigh_lines(text, 500, any, 1, &part, 1) == 1 && cost[0] > 8 * part,
          "a long line costs %d, a tenth of it %d", (int)cost[0], (int)part);
    for (size_t i = 0; i < COUNT(text); i++) {
        text[i] = 0xFFFD;
    }
    CHECK(rcd_weigh_lines(text, 2, any, 1, cost, 1) == 1 && cost[0] == 500, "two lost: %d",
          (int)cost[0]);
    text[3] = ' ';
    text[4] = 0x2014; /* a dash is in no language */
    CHECK(rcd_weigh_lines(text + 3, 2, any, 1, cost, 1) == 1 && cost[0] > 0 && cost[0] < 500,
          "a dash costs %d", (int)cost[0]);
}

static void options(void)
{
    const uint16_t languages[RCD_WEIGH_LANGUAGES + 1] = {0};
    const uint16_t unknown[] = {(uint16_t)(rcd_language_count() + 1)};
    int32_t cost[RCD_WEIGH_LANGUAGES + 1];
    const uint32_t text[] = {0xE9};
    CHECK(rcd_weigh_lines(text, 1, languages, 0, cost, 1) == RCD_E_OPTION, "no language");
    CHECK(rcd_weigh_lines(text, 1, languages, RCD_WEIGH_LANGUAGES + 1, cost, 1) == RCD_E_OPTION,
          "too many languages");
    CHECK(rcd_weigh_lines(text, 1, unknown, 1, cost, 1) == RCD_E_OPTION, "an unknown language");
    CHECK(rcd_weigh_lines(NULL, 0, languages, 1, cost, 1) == 0, "no text");
}

int main(void)
{
    own_language_is_cheapest();
    long_lines_and_lost_characters();
    options();
    return check_end("weigh");
}
