/* test_repeats.c : words that come again and again are read twice. */
#include <string.h>

#include "check.h"
#include "rcd_repeats.h"

static char left[4096];

static int is_repetitive(const char *text)
{
    return rcd_is_repetitive((const uint8_t *)text, (uint32_t)strlen(text));
}

static const char *dropped(const char *text)
{
    const uint32_t size = rcd_drop_repeats((const uint8_t *)text, (uint32_t)strlen(text), (uint8_t *)left);
    left[size] = '\0';
    return left;
}

int main(void)
{
    CHECK(is_repetitive("1 \xEA\xE3\n22 \xEA\xE3\n3 \xEA\xE3\n"), "one word, three times");
    CHECK(!is_repetitive("1 \xEA\xE3\n2 \xEA\xE3\n"), "twice is no habit");
    CHECK(!is_repetitive("1 kg\n2 kg\n3 kg\n"), "ASCII says nothing anyway");
    CHECK(!is_repetitive("\xE0 \xE1 \xE2 \xE0 \xE1 \xE2"), "different words");
    CHECK(is_repetitive("5\xB0;12\xB0;345\xB0"), "numbers are alike, and a cell ends a word");
    CHECK(!is_repetitive(""), "no text");
    char running[64 * 3 + 1] = "";
    for (int i = 0; i < 64; i++) {
        strcat(running, (const char[]){(char)(0xC0 + i % 13), (char)(0xC0 + i), ' ', '\0'});
    }
    CHECK(!is_repetitive(running), "running text");

    CHECK(strcmp(dropped("1 \xEA\n2 \xEA\n3 \xEA\n4 \xEA\n"), "1 \xEA\n2 \xEA\n") == 0,
          "lines without a letter go whole");
    CHECK(strcmp(dropped("a \xEA\nb \xEA\nc \xEA\n"), "a \xEA\nb \xEA\nc \n") == 0,
          "of others the word");
    CHECK(strcmp(dropped("\xEA \xEA \xEA \xEB \xEA\r\n7\r\n"), "\xEA \xEA  \xEB \r\n7\r\n") == 0,
          "what is new stays");
    CHECK(strcmp(dropped("7\n\n8"), "7\n\n8") == 0, "and what has no high byte");
    return check_end("repeats");
}
