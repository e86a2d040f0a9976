/* test_lines.c : lines in UTF-8 beside lines in something else, and UTF-8 that was written twice. */
#include "check.h"
#include "rcd_charset_ids.h"
#include "rcd_doubled.h"
#include "rcd_lines.h"

static void test_kinds(void)
{
    static const struct {
        const char *line;
        enum rcd_line kind;
        uint64_t characters;
    } cases[] = {
        {"plain\n", RCD_LINE_ASCII, 0},
        {"na\xC3\xAFve\n", RCD_LINE_UTF8, 1},
        {"\xC3\xA9t\xC3\xA9", RCD_LINE_UTF8, 2},
        {"\xE9t\xE9\n", RCD_LINE_OTHER, 0},
        {"\xC3\xA9t\xC3\xA9 \xC3\xA9t\xC3\xA9 \xC3\xA9t\xC3\xA9 \xE9\n", RCD_LINE_DAMAGED, 6},
        {"\xC4\xC4\xC4\xC4\n", RCD_LINE_OTHER, 0},
        {"\xDC\x84\xDC\x84\xDC\x84\xDC\x84\n", RCD_LINE_RULE, 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        enum rcd_line kind;
        uint64_t characters;
        size_t len = strlen(cases[i].line);
        uint8_t *copy = exact_copy(cases[i].line, len);
        size_t n = rcd_line_next(copy, len, &kind, &characters);
        CHECK(n == len && kind == cases[i].kind && characters == cases[i].characters,
              "line %zu: %zu bytes, kind %d, %" PRIu64 " characters", i, n, (int)kind, characters);
        free(copy);
    }
    enum rcd_line kind;
    uint64_t characters;
    CHECK(rcd_line_next((const uint8_t *)"\n\xE9", 2, &kind, &characters) == 1, "an empty line");
}

static void test_mixed(void)
{
    static const struct {
        const char *text;
        int mixed;
    } cases[] = {
        {"", 0},
        {"plain\nplain\n", 0},
        {"\xC3\xA9t\xC3\xA9\n\xC3\xA0 bient\xC3\xB4t\n", 0},
        {"\xE9t\xE9\n\xE0 bient\xF4t\n", 0},
        {"\xC3\xA9t\xC3\xA9\n\xC3\xA0 bient\xC3\xB4t\n\xE9t\xE9\n\xE0 bient\xF4t\n", 1},
        {"\xC3\xA9t\xC3\xA9\n\xC3\xA0 bient\xC3\xB4t\none stray \xE9\n", 0},
        {"\xC3\xA9t\xC3\xA9\n\xC3\xA0 bient\xC3\xB4t\na quote that is cut \xE2\x80 .\n", 0},
        {"'\xD5\xAA\xD2\xAA'\n'\xC4\xBF\xC2\xBC'\n'\xB0\xE6\xC8\xA8'\n'\xB5\xDA'\n", 0},
        {"'\xD0\xB4\xD0\xB0'\n'\xD0\xBD\xD0\xB5\xD1\x82'\n'\xE4\xE0'\n'\xED\xE5\xF2'\n", 1},
        {"- \xE9t\xE9\n+ \xC3\xA9t\xC3\xA9\n", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int found = rcd_lines_mixed((const uint8_t *)cases[i].text, strlen(cases[i].text));
        CHECK(found == cases[i].mixed, "text %zu: %d", i, found);
    }
    static const char rule[] = "\xDC\x84\xDC\x84\xDC\x84\xDC\x84\nna\xC3\xAFve\n";
    CHECK(rcd_lines_ruled((const uint8_t *)rule, sizeof rule - 1) == 4, "the rule alone");
}

/* What `text` in UTF-8 becomes when each of its bytes is read in a charset. */
static size_t misread(int charset, const char *text, uint32_t *out)
{
    const uint16_t *table = rcd_single_byte_table(charset);
    size_t n = 0;
    for (const char *p = text; *p != '\0'; p++) {
        uint8_t b = (uint8_t)*p;
        out[n++] = table[b] == 0xFFFF ? b : table[b];
    }
    return n;
}

static void test_doubled(void)
{
    static const char text[] = "\xC3\xA9t\xC3\xA9, \xE2\x82\xAC 5, na\xC3\xAFve, d\xC3\xA9j\xC3\xA0 vu";
    static const int charsets[] = {RCD_CS_CP1252, RCD_CS_CP1250, RCD_CS_MAC_ROMAN, RCD_CS_CP437,
                                   RCD_CS_CP850, RCD_CS_KOI8_R, RCD_CS_CP1251};
    uint32_t out[64];
    for (size_t i = 0; i < sizeof charsets / sizeof charsets[0]; i++) {
        size_t n = misread(charsets[i], text, out);
        unsigned found = rcd_doubled_charset(out, n);
        CHECK(found == (unsigned)charsets[i], "%s: %s", rcd_charset_name(charsets[i]),
              rcd_charset_name((int)found));
        n = rcd_doubled_undo(out, n, found);
        CHECK(n == 24 && out[0] == 0xE9 && out[5] == 0x20AC && out[n - 1] == 'u', "%s undone: %zu",
              rcd_charset_name(charsets[i]), n);
    }
    size_t n = misread(RCD_CS_CP1252, "plain text", out);
    CHECK(rcd_doubled_charset(out, n) == 0, "ASCII");
    n = misread(RCD_CS_CP1252, "\xE9t\xE9 \xC3\xA9", out);
    CHECK(rcd_doubled_charset(out, n) == 0, "French that holds one such pair");
    CHECK(rcd_doubled_charset(out, 0) == 0, "nothing");
    CHECK(rcd_doubled_undo(out, n, 0) == n, "no charset");
}

int main(void)
{
    test_kinds();
    test_mixed();
    test_doubled();
    return check_end("lines");
}
