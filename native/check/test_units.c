/* test_units.c : words and signs by numbers are told for what they are, in the commonest charset that has
 * them. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "rcd_charset_ids.h"
#include "rcd_units.h"

static uint8_t allow[RCD_CS_COUNT];
static rcd_detector *d;

/* Is a charset denied for a text, which `instead` is allowed for? */
static int denied(const char *text, unsigned charset, unsigned instead)
{
    rcd_detector_init(d, rcd_detector_size(), NULL);
    rcd_detector_feed(d, (const uint8_t *)text, strlen(text));
    return rcd_units_say(d, 0, charset, allow) == RCD_UNITS_OTHER && allow[instead] && !allow[charset];
}

int main(void)
{
    d = check_detector_memory();
    CHECK(denied("388 m\xB2", RCD_CS_VISCII, RCD_CS_CP1252), "square metres");
    CHECK(denied("800\xD7" "600", RCD_CS_CP874, RCD_CS_CP1252), "a size");
    CHECK(denied("20 \xB0" "C\r\n5 \xB0" "C", RCD_CS_CP949, RCD_CS_CP1252), "degrees");
    CHECK(denied("20 \xF8" "C", RCD_CS_CP1252, RCD_CS_CP437), "degrees of DOS");
    CHECK(!allow[RCD_CS_CP850], "which is the commonest that reads it so");
    CHECK(denied("5 \x80", RCD_CS_CP1256, RCD_CS_CP1252), "a rarer one that reads it alike");
    CHECK(denied("\xA9 1999", RCD_CS_CP737, RCD_CS_CP1252), "a year");
    CHECK(denied("5 \x80", RCD_CS_CP866, RCD_CS_CP1252), "euros");
    CHECK(denied("N\xB0 5", RCD_CS_MAC_LATIN2, RCD_CS_CP1252), "numero");

    CHECK(denied("12 \xEA\xE3", RCD_CS_CP720, RCD_CS_CP1251), "kilograms");
    CHECK(denied("5 z\xB3;7 szt.", RCD_CS_CP1252, RCD_CS_CP1250), "zloty, not cubes");
    CHECK(denied("900\x89\x7E", RCD_CS_CP1252, RCD_CS_CP932), "yen");
    CHECK(allow[RCD_CS_SHIFT_JIS], "and the family");
    CHECK(denied("5 \xF7.", RCD_CS_HP_ROMAN8, RCD_CS_CP1251), "hours");

    CHECK(!denied("388 m\xB2", RCD_CS_ISO8859_1, RCD_CS_CP1252), "the same text");
    CHECK(rcd_units_say(d, 0, RCD_CS_ISO8859_1, allow) == RCD_UNITS_SAME, "which is borne out");
    CHECK(!denied("5 z\xB3", RCD_CS_CP1250, RCD_CS_CP1252), "zloty are no unit of length");
    CHECK(!denied("394 \xAC", RCD_CS_CP866, RCD_CS_CP437), "a fraction has no space before it");
    CHECK(!denied("900\x89\x7E", RCD_CS_CP932, RCD_CS_CP1252), "a trail byte ends no cell");
    CHECK(!denied("cr\xE8me br\xFBl\xE9" "e 5 m\xB2", RCD_CS_MAC_ROMAN, RCD_CS_CP1252), "words");
    CHECK(!denied("5 kg", RCD_CS_CP866, RCD_CS_CP1252), "ASCII");
    CHECK(rcd_units_say(d, 0, RCD_CS_CP866, allow) == RCD_UNITS_NOTHING, "which says nothing");
    free(d);
    return check_end("units");
}
