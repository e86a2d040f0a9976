/* test_mentions.c : letters that text names are told from words. */
#include <string.h>

#include "check.h"
#include "rcd_mentions.h"
#include "rcd_single_byte.h"
#include "rcd_charset_ids.h"

static char left[1024];
static rcd_mentions found;

static uint32_t named(const char *text)
{
    rcd_mentions_count((const uint8_t *)text, strlen(text), rcd_single_byte_table(RCD_CS_CP1252),
                       &found);
    return found.named;
}

static const char *dropped(const char *text)
{
    named(text);
    const uint32_t size = rcd_mentions_drop(&found, (const uint8_t *)text, (uint32_t)strlen(text),
                                            (uint8_t *)left);
    left[size] = '\0';
    return left;
}

static uint8_t allow[RCD_CS_COUNT];

/* The charset that is said for a text of which models say `charset`; *sure = how sure that is. */
static unsigned said(rcd_detector *d, const char *text, unsigned charset, uint32_t *sure)
{
    const size_t len = strlen(text);
    rcd_result told = {0};
    told.charset = (uint16_t)charset;
    rcd_detector_init(d, rcd_detector_size(), NULL);
    rcd_detector_feed(d, (const uint8_t *)text, len);
    rcd_mentions_count((const uint8_t *)text, len, rcd_single_byte_table((int)charset), &found);
    return rcd_mentions_say(d, &found, &told, allow, sure);
}

static void test_said(void)
{
    rcd_detector *d = check_detector_memory();
    uint32_t sure, surer;
    CHECK(said(d, "'\xE4' '\xF6' '\xFC'\n", RCD_CS_CP866, &surer) == RCD_CS_CP1252, "umlauts");
    CHECK(allow[RCD_CS_CP1252] && allow[RCD_CS_ISO8859_1], "a charset and its narrower name");
    CHECK(!allow[RCD_CS_CP866] && !allow[RCD_CS_CP1250], "and no other, even if it reads them alike");
    CHECK(surer > 500000u, "%u", surer);
    /* The last is a letter in Latin-2, too, but another one. */
    CHECK(said(d, "'\xE4' '\xF6' '\xF5'\n", RCD_CS_CP866, &sure) == RCD_CS_CP1252, "and an o");
    CHECK(sure < surer, "others read that otherwise: %u, %u", sure, surer);
    CHECK(said(d, "'\xE4' '\xF6' '\xFC'\n", RCD_CS_CP1250, &sure) == 0, "Latin letters are borne out");
    CHECK(said(d, "'\xE4' f\xFCr\n", RCD_CS_CP866, &sure) == 0, "words");
    free(d);
}

int main(void)
{
    test_said();
    CHECK(named("key '\xE4'") == 1 && found.words == 0, "between quotes");
    CHECK(named("\xE4\t\xF6\t\xFC\n") == 3, "cells");
    CHECK(named(".map \xE4 \xE4  \xC4 \xE4") == 4, "one beside the other");
    CHECK(named("row \xE4" "3") == 1, "the name of a cell");
    CHECK(named("il va \xE0 Paris") == 0 && found.words == 1, "a word of one letter");
    CHECK(named("l'\xE0 c\xF4t\xE9") == 0 && found.words == 2, "a part of a word");
    CHECK(named("\xC9. Zola") == 0, "an initial");
    CHECK(named("5 \xE4, \xE4 5") == 0, "a sign by a number");
    CHECK(named("'\xD7' '\xAB'") == 0 && found.signs == 2, "signs are no letters");
    CHECK(named("") == 0 && named("\xE4") == 1 && named("\xE4\xE4") == 0, "the ends");
    CHECK(named("s;\xA7\xA7;g \xA7\xA7\xA7>") == 0 && found.doubled == 2 && found.signs == 0 &&
              found.words == 0,
          "a sign over and over");
    CHECK(named("\xB0\xB0\xB0\xB0 x") == 0 && found.doubled == 0 && found.words == 1, "a rule");

    CHECK(named("{\xE4}") == 1 && rcd_mentions_few(&found), "one in braces");
    CHECK(named("/\xE4/\xF6/") == 2 && rcd_mentions_few(&found), "two between signs");
    CHECK(named("/\xE4/\xF6/\xFC/") == 3 && !rcd_mentions_few(&found), "three are not few");
    CHECK(named("\xE4\n\xF6\n") == 2 && !rcd_mentions_few(&found), "no sign beside them");
    CHECK(named("'\xE4' f\xFCr") == 1 && !rcd_mentions_few(&found), "a word");
    CHECK(named("[\xD7] {\xAB}") == 0 && found.quoted == 2, "signs in brackets");
    CHECK(named("(\xA3)") == 0 && found.quoted == 0, "a currency is no character in code");

    CHECK(named("'\xE4' '\xF6' '\xFC'") == 3 && !rcd_mentions_outnumber(&found), "no words");
    CHECK(named("'\xE4' '\xF6' '\xFC' \xFC" "ber alles") == 3 && rcd_mentions_outnumber(&found),
          "fewer words");
    CHECK(named("'\xE4' f\xFCr \xFC" "ber") == 1 && !rcd_mentions_outnumber(&found), "more words");

    CHECK(strcmp(dropped("'\xE4' f\xFCr '\xD7' \xE4\n"), "'' f\xFCr '' \n") == 0,
          "letters and signs go, words stay");
    CHECK(strcmp(dropped("\xE4"), "") == 0 && strcmp(dropped("plain"), "plain") == 0, "all or none");
    char running[64 * 4 + 8] = "";
    for (int i = 0; i < 64; i++) {
        strcat(running, "f\xFCr ");
    }
    strcat(running, "'\xE4'");
    CHECK(named(running) == 0, "running text is not read to its end");
    return check_end("mentions");
}
