/* test_beside.c : letters are known by what stands beside them. */
#include <string.h>

#include "check.h"
#include "rcd_beside.h"
#include "rcd_charset_ids.h"
#include "rcd_plain_letter.h"

static uint8_t allow[RCD_CS_COUNT];
static uint32_t sure;

/* The charset that is said for a text of which models say `charset`. */
static unsigned said(rcd_detector *d, const char *text, unsigned charset)
{
    rcd_result told = {0};
    told.charset = (uint16_t)charset;
    rcd_detector_init(d, rcd_detector_size(), NULL);
    rcd_detector_feed(d, (const uint8_t *)text, strlen(text));
    return rcd_beside_say(d, &told, allow, &sure);
}

static void test_said(void)
{
    rcd_detector *d = check_detector_memory();
    CHECK(said(d, "a\t\xE1\ne\t\xE9\nu\t\xFA\n", RCD_CS_CP1251) == RCD_CS_CP1252, "on its line");
    CHECK(allow[RCD_CS_CP1252] && allow[RCD_CS_ISO8859_1] && !allow[RCD_CS_CP1250], "and narrower ones");
    CHECK(said(d, "a\t\xE1\ne\t\xE9\nu\t\xFA\n", RCD_CS_CP1250) == 0, "is read so already");
    CHECK(said(d, "s/\xB9/a/\ns/\xEA/e/\ns/\xB3/l/\ns/\xBF/z/\n", RCD_CS_CP1251) == RCD_CS_CP1250,
          "behind it");
    CHECK(said(d, "'zh' => '\xE6'\n'k' => '\xEA'\n'l' => '\xEB'\n", RCD_CS_CP1252) == RCD_CS_CP1251,
          "some letters in quotes");
    CHECK(said(d, "zh => \xE6\nka => \xEA\nla => \xEB\n", RCD_CS_CP1252) == 0, "words are none");
    CHECK(said(d, "a \xE1 \xE0 \xE2 \xE4\n", RCD_CS_CP1251) == 0, "all of one letter");
    CHECK(said(d, "a \xE1\ne \xE9\n", RCD_CS_CP1251) == 0, "two");
    CHECK(said(d, "a \xE1\ne \xE9\nu \xFA\n\xE1\xE9 \xE9\xFA \xFA\xE1 \xE9\xE1", RCD_CS_CP1251) == 0,
          "more words");
    CHECK(said(d, "a\n\xE1\ne\n\xE9\nu\n\xFA\n", RCD_CS_CP1251) == 0, "on other lines");
    CHECK(said(d, "\xC4 - \xE4\n\xD6 - \xF6\n\xDC - \xFC\n", RCD_CS_CP1251) == 0, "as many charsets have it");
    CHECK(said(d, "a", 0) == 0 && said(d, "\xE1", RCD_CS_CP1251) == 0, "the ends");
    CHECK(said(d, "\xE1 \xE9", RCD_CS_CP1251) == 0, "no ASCII");
    free(d);
}

static void test_plain(void)
{
    CHECK(rcd_is_plain_for(0xE1, 'a') && !rcd_is_plain_for(0xE1, 'e'), "a");
    CHECK(rcd_is_plain_for(0xF8, 'o') && rcd_is_plain_for(0xE6, 'a') && rcd_is_plain_for(0xC6, 'a'),
          "no mark");
    CHECK(rcd_is_plain_for(0x142, 'l') && rcd_is_plain_for(0x17F, 's') && !rcd_is_plain_for(0x180, 'b'),
          "Latin");
    CHECK(rcd_is_plain_for(0x219, 's') && rcd_is_plain_for(0x21B, 't') && rcd_is_plain_for(0x1B0, 'u'),
          "more");
    CHECK(rcd_is_plain_for(0x1EA1, 'a') && rcd_is_plain_for(0x1EF9, 'y') && !rcd_is_plain_for(0x1F00, 'a'),
          "two");
    CHECK(rcd_is_plain_for(0x416, 'z') && rcd_is_plain_for(0x436, 'z') && !rcd_is_plain_for(0x436, 'd'),
          "Cyrillic");
    CHECK(rcd_is_plain_for(0x401, 'e') && rcd_is_plain_for(0x45F, 'd') && !rcd_is_plain_for(0x460, 'o'),
          "others");
    CHECK(rcd_is_plain_for(0x3A9, 'w') && rcd_is_plain_for(0x3C9, 'o') && rcd_is_plain_for(0x3CE, 'o'),
          "Greek");
    CHECK(rcd_is_plain_for(0x386, 'a') && rcd_is_plain_for(0x390, 'i') && !rcd_is_plain_for(0x3CF, 'k'),
          "marked");
    CHECK(!rcd_is_plain_for(0x20AC, 'e') && !rcd_is_plain_for(0, 'a') && !rcd_is_plain_for(0x5D0, 'a'),
          "none");
    CHECK(rcd_without_mark(0xBF) == '-' && rcd_without_mark(0xD7) == '-' && rcd_without_mark(0xFF) == 'y',
          "y");
}

int main(void)
{
    test_said();
    test_plain();
    return check_end("beside");
}
