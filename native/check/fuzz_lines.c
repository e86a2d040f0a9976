/* fuzz_lines.c : the kinds of lines, and UTF-8 that was written twice. */
#include "fuzz.h"
#include "rcd_doubled.h"
#include "rcd_lines.h"
#include "reference.h"

#define MOST 4096u

/* Length of the ill-formed sequence at p[0] as rcd_utf8.h counts them: surrogates and C0 80 are one
 * each, also when the end of the line cuts them. */
static size_t ill_formed(const uint8_t *p, size_t n)
{
    if (n > 1 && p[0] == 0xED && p[1] >= 0xA0 && p[1] <= 0xBF && (n == 2 || (p[2] & 0xC0) == 0x80)) {
        return n == 2 ? 2 : 3;
    }
    return n > 1 && p[0] == 0xC0 && p[1] == 0x80 ? 2 : reference_utf8_bad(p, n);
}

/* The kind of a line by its definition: read to its end, whatever its start says. */
static enum rcd_line plain_kind(const uint8_t *line, size_t n, uint64_t *characters)
{
    uint64_t bad = 0, again = 0;
    *characters = 0;
    for (size_t i = 0, step; i < n; i += step) {
        step = reference_utf8_character(line + i, n - i);
        if (step == 0) {
            step = ill_formed(line + i, n - i);
            bad++;
        } else if (step > 1) {
            ++*characters;
            again += step == 2 && i + 3 < n && memcmp(line + i, line + i + 2, 2) == 0;
        }
    }
    return bad > 0 ? (bad * 2 > *characters ? RCD_LINE_OTHER : RCD_LINE_DAMAGED)
           : *characters == 0         ? RCD_LINE_ASCII
           : again * 2 > *characters  ? RCD_LINE_RULE
                                      : RCD_LINE_UTF8;
}

/* Are all characters of a line of two bytes above A0, three at most, and none beside a letter of ASCII? */
static int plain_chance(const uint8_t *line, size_t n)
{
    unsigned high = 0;
    for (size_t k = 0; k < n; k++) {
        high += line[k] >= 0x80;
        const int wide = line[k] >= 0xE0 || (line[k] >= 0x80 && line[k] <= 0xA0);
        const int by_high = (k > 0 && line[k - 1] >= 0x80) || (k + 1 < n && line[k + 1] >= 0x80);
        if (wide || (by_high && (line[k] | 32) >= 'a' && (line[k] | 32) <= 'z')) {
            return 0;
        }
    }
    return high <= 6;
}

/* Neither the lines that are given up early nor the look that spares most text the rest may change
 * an answer: all is asked again here without them. */
static void check_lines(const uint8_t *data, size_t len)
{
    uint64_t ruled = 0, good = 0, good_lines = 0, longest = 0, bad = 0, bad_lines = 0;
    uint64_t apart = 0;
    for (size_t i = 0, n; i < len; i += n) {
        enum rcd_line kind;
        uint64_t characters, all;
        n = rcd_line_next(data + i, len - i, &kind, &characters);
        REQUIRE(n >= 1 && n <= len - i);
        const uint8_t *feed = memchr(data + i, '\n', len - i);
        REQUIRE(n == (feed == NULL ? len - i : (size_t)(feed - data) - i + 1));
        REQUIRE(kind == plain_kind(data + i, n, &all));
        REQUIRE(kind == RCD_LINE_OTHER ? characters <= all : characters == all);
        ruled += kind == RCD_LINE_RULE ? all : 0;
        if (kind == RCD_LINE_UTF8 && !plain_chance(data + i, n)) {
            good += all;
            good_lines++;
            longest = all > longest ? all : longest;
        } else if (kind == RCD_LINE_OTHER) {
            bad_lines++;
            for (size_t k = i; k < i + n; k++) {
                bad += data[k] >= 0x80;
                apart += data[k] >= 0x80 && (k == i || data[k - 1] < 0x80);
            }
        }
    }
    REQUIRE(rcd_lines_ruled(data, len) == ruled);
    int mixed = good >= 2 && (bad >= 3 || apart >= 2) &&
                (longest >= 8 || good_lines * 20 >= bad_lines);
    REQUIRE(rcd_lines_mixed(data, len) == mixed);
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
