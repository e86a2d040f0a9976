/* test_apart.c : places are counted once each, and letters that the models take for one not at all. */
#include <string.h>

#include "check.h"
#include "rcd_apart.h"
#include "rcd_charset_ids.h"

static rcd_candidate apart(const char *text, unsigned one, unsigned other)
{
    rcd_result r;
    memset(&r, 0, sizeof r);
    r.count = 2;
    r.candidate[0].charset = (uint16_t)one;
    r.candidate[1].charset = (uint16_t)other;
    r.candidate[1].score = 38;
    rcd_apart((const uint8_t *)text, strlen(text), &r);
    return r.candidate[1];
}

int main(void)
{
    /* 0xEA is e with circumflex in ISO-8859-1 and with ogonek in ISO-8859-2. */
    rcd_candidate c = apart("Th\xEA" "atre", RCD_CS_ISO8859_1, RCD_CS_ISO8859_2);
    CHECK(c.places == 1, "one word: %u", c.places);
    c = apart("Th\xEA" "atre, Th\xEA" "atre", RCD_CS_ISO8859_1, RCD_CS_ISO8859_2);
    CHECK(c.places == 1, "the same again: %u", c.places);
    c = apart("\xEA \xEA" "a \xE3", RCD_CS_ISO8859_1, RCD_CS_ISO8859_2);
    CHECK(c.places == 3, "two letters: %u", c.places);
    c = apart("\xE2\xE4", RCD_CS_ISO8859_1, RCD_CS_ISO8859_2);
    CHECK(c.places == 0, "the same letters: %u", c.places);
    /* s with cedilla, s with comma below. */
    c = apart("\xBA", RCD_CS_ISO8859_2, RCD_CS_ISO8859_16);
    CHECK(c.places == 0, "two forms of one letter: %u", c.places);
    c = apart("\xB0\xA1 \xB0\xA2 \xB0\xA3 \xB0\xA4 \xB0\xA5 \xB0\xA6 \xB0\xA7 \xB0\xA8 \xB0\xA9",
              RCD_CS_GB18030, RCD_CS_ISO8859_1);
    CHECK(c.places == RCD_APART_MOST, "all high bytes, up to %u: %u", RCD_APART_MOST, c.places);
    c = apart("", RCD_CS_ISO8859_1, RCD_CS_ISO8859_2);
    CHECK(c.places == 0, "no text");
    return check_end("apart");
}
