/* test_repeats.c : words that come again and again are read twice, or once. */
#include <string.h>

#include "check.h"
#include "rcd_repeats.h"

static char left[4096];

static unsigned kept(const char *text)
{
    return rcd_repeats_kept((const uint8_t *)text, (uint32_t)strlen(text));
}

static const char *dropped(const char *text, unsigned times)
{
    const uint32_t size =
        rcd_drop_repeats((const uint8_t *)text, (uint32_t)strlen(text), times, (uint8_t *)left);
    left[size] = '\0';
    return left;
}

int main(void)
{
    CHECK(kept("1 \xEA\xE3\n2 \xEA\xE3\n") == 0, "twice is no habit,");
    CHECK(kept("1 a\xE3\n2 a\xE3\n") == 1, "but of a word with letters enough");
    CHECK(kept("1 \xEA\xE3\n2 \xEA\xE3\n3 \xEA\xE3\n") == 2, "one word, three times");
    CHECK(kept("N\xEEmes is old. We love N\xEEmes, all of us") == 1, "what ends words is none of them");
    CHECK(kept("1 kg\n2 kg\n3 kg\n") == 0, "ASCII says nothing anyway");
    CHECK(kept("\xE0 \xE1 \xE2 \xE3") == 0, "different words");
    CHECK(kept("5\xB0;12\xB0;345\xB0") == 2, "numbers are alike, and a cell ends a word");
    CHECK(kept("") == 0, "no text");
    char table[64 * 3 + 1] = "", running[64 * 3 + 1] = "", list[64 * 3 + 1] = "";
    for (int i = 0; i < 64; i++) {
        strcat(table, (const char[]){(char)(0xC0 + i % 5), (char)0xC1, ' ', '\0'});
        strcat(running, (const char[]){(char)(0xC0 + i % 13), (char)(0xC0 + i), ' ', '\0'});
        strcat(list, (const char[]){(char)(0xC0 + (i < 16 ? i % 8 : i - 8)), (char)0xC1, ' ', '\0'});
    }
    CHECK(kept(table) == 2, "a table");
    CHECK(kept(running) == 0, "running text");
    CHECK(kept(list) == 0, "many words, few of them again");

    CHECK(strcmp(dropped("1 \xEA\n2 \xEA\n3 \xEA\n4 \xEA\n", 2), "1 \xEA\n2 \xEA\n") == 0,
          "lines without a letter go whole");
    CHECK(strcmp(dropped("a \xEA\nb \xEA\nc \xEA\n", 2), "a \xEA\nb \xEA\nc \n") == 0,
          "of others the word");
    CHECK(strcmp(dropped("a m\xEA\nb m\xEA\nc \xEA \xEA\n", 1), "a m\xEA\nb \nc \xEA \xEA\n") == 0,
          "at once, if it has a letter");
    CHECK(strcmp(dropped("\xEA \xEA \xEA \xEB \xEA\r\n7\r\n", 2), "\xEA \xEA  \xEB \r\n7\r\n") == 0,
          "what is new stays");
    CHECK(strcmp(dropped("7\n\n8", 2), "7\n\n8") == 0, "and what has no high byte");
    return check_end("repeats");
}
