/* fuzz_lines.c : the kinds of lines, and UTF-8 that was written twice. */
#include "fuzz.h"
#include "rcd_doubled.h"
#include "rcd_lines.h"
#include "reference.h"

#define MOST 4096u

static void check_lines(const uint8_t *data, size_t len)
{
    uint64_t ruled = 0;
    unsigned good = 0, other = 0;
    for (size_t i = 0; i < len;) {
        enum rcd_line kind;
        uint64_t characters;
        size_t n = rcd_line_next(data + i, len - i, &kind, &characters);
        REQUIRE(n >= 1 && n <= len - i && characters <= n / 2);
        const uint8_t *feed = memchr(data + i, '\n', len - i);
        REQUIRE(n == (feed == NULL ? len - i : (size_t)(feed - data) - i + 1));
        int well = 1;
        for (size_t k = i; k < i + n && well;) {
            size_t step = reference_utf8_character(data + k, i + n - k);
            well = step > 0;
            k += step;
        }
        REQUIRE(well == (kind != RCD_LINE_OTHER && kind != RCD_LINE_DAMAGED));
        REQUIRE((kind == RCD_LINE_ASCII) == (well && characters == 0));
        good += kind == RCD_LINE_UTF8;
        other += kind == RCD_LINE_OTHER;
        ruled += kind == RCD_LINE_RULE ? characters : 0;
        i += n;
    }
    REQUIRE(rcd_lines_ruled(data, len) == ruled);
    REQUIRE(!rcd_lines_mixed(data, len) || (good > 0 && other > 0));
}

static void check_doubled(const uint8_t *data, size_t len)
{
    static uint32_t text[MOST], undone[MOST];
    size_t n = 0;
    for (size_t i = 0; i < len && n < MOST;) {
        size_t step = reference_utf8_character(data + i, len - i);
        if (step == 0) {
            text[n++] = data[i++]; /* as Latin-1: what a misreading gives */
            continue;
        }
        uint32_t cp = step == 1 ? data[i] : data[i] & (0x7Fu >> step);
        for (size_t k = 1; k < step; k++) {
            cp = cp << 6 | (data[i + k] & 0x3Fu);
        }
        text[n++] = cp;
        i += step;
    }
    unsigned charset = rcd_doubled_charset(text, n);
    REQUIRE(charset <= (unsigned)rcd_charset_count());
    for (unsigned k = 0; k < 2; k++) {
        unsigned by = k == 0 ? charset : (unsigned)rcd_charset_from_label((const uint8_t *)"cp1251", 6);
        memcpy(undone, text, n * sizeof *text);
        size_t left = rcd_doubled_undo(undone, n, by);
        REQUIRE(left <= n && (by != 0 || left == n));
        REQUIRE(k > 0 || charset == 0 || left < n);
        for (size_t i = 0; i < left; i++) {
            REQUIRE(undone[i] <= 0x10FFFF && undone[i] - 0xD800u >= 0x800u);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    uint8_t *copy = exact_copy(data, len);
    check_lines(copy, len);
    check_doubled(copy, len);
    free(copy);
    return 0;
}
