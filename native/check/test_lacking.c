/* test_lacking.c : a charset without a language's letters makes those that it has less of a surprise. */
#include <string.h>

#include "check.h"
#include "rcd_charset_ids.h"
#include "rcd_lacking.h"

static int language_id(const char *tag)
{
    int id = 1;
    while (id <= rcd_language_count() && strcmp(rcd_language_name(id), tag) != 0) {
        id++;
    }
    return id;
}

static int32_t bonus(unsigned charset, const char *language, unsigned byte, int count)
{
    static rcd_tally t;
    memset(&t, 0, sizeof t);
    t.byte[t.byte_count++] = (uint8_t)byte;
    t.special_count = byte >= 0x80u;
    t.count[byte] = (int16_t)count;
    rcd_reading r = {(uint16_t)charset, (uint16_t)language_id(language), 0, 0, 500, 0, 100, 0, 0};
    return rcd_lacking_bonus(&r, &t);
}

int main(void)
{
    const int32_t one = bonus(RCD_CS_ISO8859_1, "ro", 0xE2, 1);
    CHECK(one > 5, "Latin-1 lacks most letters of Romanian: %d", (int)one);
    CHECK(bonus(RCD_CS_ISO8859_1, "ro", 0xE2, 10) == 10 * one, "for each letter");
    CHECK(bonus(RCD_CS_ISO8859_1, "ro", 0xE2, 1000) == bonus(RCD_CS_ISO8859_1, "ro", 0xE2, 500),
          "up to a number of letters");
    CHECK(bonus(RCD_CS_ISO8859_2, "ro", 0xE2, 10) < one, "ISO-8859-2 has them");
    CHECK(bonus(RCD_CS_ISO8859_1, "ro", 0xEA, 10) == 0, "a foreign letter");
    CHECK(bonus(RCD_CS_ISO8859_1, "ro", 'a', 10) == 0, "ASCII says nothing");
    CHECK(bonus(RCD_CS_ISO8859_1, "de", 0xE4, 10) == 0, "nothing is lacking");
    CHECK(bonus(RCD_CS_ISO8859_5, "ru", 0xD0, 10) == 0, "another script");
    CHECK(bonus(RCD_CS_GB18030, "zh-Hans", 0xD0, 10) == 0, "no table");
    return check_end("lacking");
}
