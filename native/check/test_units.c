/* test_units.c : words and signs by numbers are told for what they are, in the commonest charset that has
 * them. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "rcd_charset_ids.h"
#include "rcd_slots.h"
#include "rcd_units.h"

static uint8_t allow[RCD_CS_COUNT];
static rcd_detector *d;

static uint32_t sure;

/* What is said to models that say a charset, and no other. */
static int said(unsigned charset)
{
    rcd_result told;
    told.charset = (uint16_t)charset;
    told.count = 0;
    return rcd_units_say(d, 0, &told, allow, &sure);
}

/* Is a charset denied for a text, which `instead` is allowed for? */
static int denied(const char *text, unsigned charset, unsigned instead)
{
    rcd_detector_init(d, rcd_detector_size(), NULL);
    rcd_detector_feed(d, (const uint8_t *)text, strlen(text));
    return said(charset) == RCD_UNITS_OTHER && allow[instead] && !allow[charset];
}

/* The same of models that have a third one beside it, so many tenths of a bit behind. */
static int denied_beside(const char *text, unsigned charset, unsigned third, int32_t behind)
{
    rcd_result told;
    told.charset = (uint16_t)charset;
    told.count = 1;
    told.candidate[0].charset = (uint16_t)third;
    told.candidate[0].score = behind;
    rcd_detector_init(d, rcd_detector_size(), NULL);
    rcd_detector_feed(d, (const uint8_t *)text, strlen(text));
    return rcd_units_say(d, 0, &told, allow, &sure) == RCD_UNITS_OTHER && allow[third];
}

/* Slots end and begin so, at the marked place. */
static void check_slots(void)
{
    static const char *const ends[] = {"%d",    "%02d", "%.2f",       "%Y",   "$n",
                                       "$_[0]", "{0}",  "say {name}", "${n}", "#{n}"};
    static const char *const none[] = {"", "a", "5", "]", "}", "x]", "100%", "\\begin{em}",
                                       "\\cite[a]{b}", "a b}", "$ ]", "%abcdefghijklmnopq",
                                       "{abcdefghijklmnopqr}"};
    static const char *const begins[] = {"%d", "%Y", "$n", "$_[0]", "${n}", "#{n}", "{0}", "{count}"};
    static const char *const plain[] = {"% ", "%", "$", "$ 5", "{", "{}", "{ 0 }", "{0", "#1", "abc"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        uint8_t *copy = exact_copy((const uint8_t *)ends[i], strlen(ends[i]));
        CHECK(rcd_ends_slot(copy, strlen(ends[i])), "%s ends none", ends[i]);
        free(copy);
    }
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        uint8_t *copy = exact_copy((const uint8_t *)none[i], strlen(none[i]));
        CHECK(!rcd_ends_slot(copy, strlen(none[i])), "%s ends one", none[i]);
        free(copy);
    }
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++) {
        uint8_t *copy = exact_copy((const uint8_t *)begins[i], strlen(begins[i]));
        CHECK(rcd_begins_slot(copy, strlen(begins[i]), 0), "%s begins none", begins[i]);
        free(copy);
    }
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        uint8_t *copy = exact_copy((const uint8_t *)plain[i], strlen(plain[i]));
        CHECK(!rcd_begins_slot(copy, strlen(plain[i]), 0), "%s begins one", plain[i]);
        free(copy);
    }
}

/* Names in slots are blank, and all else as it was. */
static void check_blank_slots(void)
{
    static const struct {
        const char *text, *blank;
    } texts[] = {
        {"{count} of", "{       of"},
        {"to ${n}.", "to ${  ."},
        {"%(name)s at", "%(       at"},
        {"{a}{b}", "{  {  "},
        {"%(n)d", "%(   "},
        {"%(name)", "%(name)"},
        {"(name)s", "(name)s"},
        {"a{count}", "a{count}"},
        {"{count", "{count"},
        {"{a b}", "{a b}"},
        {"%(a b)s", "%(a b)s"},
        {"%(name}s", "%(name}s"},
        {"{name)", "{name)"},
        {"{}", "{ "},
        {"{abcdefghijklmno}", "{                "},
        {"{abcdefghijklmnop}", "{abcdefghijklmnop}"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const size_t len = strlen(texts[i].text);
        uint32_t *cp = malloc(len * sizeof *cp);
        size_t same = 0;
        for (size_t k = 0; k < len; k++) {
            cp[k] = (uint8_t)texts[i].text[k];
        }
        rcd_blank_slots(cp, len);
        while (same < len && cp[same] == (uint8_t)texts[i].blank[same]) {
            same++;
        }
        CHECK(same == len, "%s: not blank from %zu", texts[i].text, same);
        free(cp);
    }
}

int main(void)
{
    check_slots();
    check_blank_slots();
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
    CHECK(denied("x5\xEA\xE3", RCD_CS_CP720, RCD_CS_CP1251), "right behind the number");
    CHECK(denied("5 z\xB3;7 szt.", RCD_CS_CP1252, RCD_CS_CP1250), "zloty, not cubes");
    CHECK(denied("900\x89\x7E", RCD_CS_CP1252, RCD_CS_CP932), "yen");
    CHECK(allow[RCD_CS_SHIFT_JIS], "and the family");
    CHECK(denied("5 \xF7.", RCD_CS_HP_ROMAN8, RCD_CS_CP1251), "hours");

    CHECK(!denied("388 m\xB2", RCD_CS_ISO8859_1, RCD_CS_CP1252), "the same text");
    CHECK(said(RCD_CS_ISO8859_1) == RCD_UNITS_SAME, "which is borne out");
    CHECK(!denied("5 z\xB3", RCD_CS_CP1250, RCD_CS_CP1252), "zloty are no unit of length");
    CHECK(!denied("394 \xAC", RCD_CS_CP866, RCD_CS_CP437), "a fraction has no space before it");
    CHECK(!denied("900\x89\x7E", RCD_CS_CP932, RCD_CS_CP1252), "a trail byte ends no cell");
    CHECK(!denied("cr\xE8me br\xFBl\xE9" "e 5 m\xB2", RCD_CS_MAC_ROMAN, RCD_CS_CP1252), "words");
    CHECK(!denied("g \xB0", RCD_CS_VISCII, RCD_CS_CP1252), "no number");
    CHECK(!denied("800\xE9" "600", RCD_CS_VISCII, RCD_CS_CP1252), "a letter between numbers");
    CHECK(!denied("\xF7" "3\n\xF7" "4", RCD_CS_HP_ROMAN8, RCD_CS_CP1251), "names of cells, not hours");
    CHECK(!denied("5 kg", RCD_CS_CP866, RCD_CS_CP1252), "ASCII");
    CHECK(said(RCD_CS_CP866) == RCD_UNITS_NOTHING, "which says nothing");

    CHECK(!denied("\xEA\xE3 12", RCD_CS_CP720, RCD_CS_CP1251), "a title of one word");
    CHECK(denied("\xEA\xE3. 12", RCD_CS_CP720, RCD_CS_CP1251), "which no full stop shortens");
    CHECK(denied("\xEA\xE3 12\n\xEA\xE3 7", RCD_CS_CP720, RCD_CS_CP1251), "nor comes again");
    CHECK(denied_beside("\xEA\xE3 12", RCD_CS_CP720, RCD_CS_CP1251, 30), "but tips the scale");
    CHECK(!denied_beside("\xEA\xE3 12", RCD_CS_CP720, RCD_CS_CP1251, 31), "by no more");

    CHECK(denied("388 m\xB2", RCD_CS_VISCII, RCD_CS_CP1252) && sure > 800000u, "one sign");
    CHECK(denied("\xA4" "5", RCD_CS_CP1256, RCD_CS_MAC_ROMAN) && sure < 500000u, "one of several");
    CHECK(denied("5 \xB0" "C", RCD_CS_VISCII, RCD_CS_CP1252), "degrees, not a rare charset");
    const uint32_t rare = sure;
    CHECK(denied("5 \xB0" "C", RCD_CS_CP949, RCD_CS_CP1252), "nor a common one");
    CHECK(sure < rare, "which is likelier to be meant: %u, %u", sure, rare);
    free(d);
    return check_end("units");
}
