/* test_scan_lines.c : the lines that are not ASCII, against a look at every line by itself. */
#include "check.h"
#include "rcd_kernels.h"

#define ROOM 64
#define SOLID 3

/* Characters beyond ASCII of UTF-8, halves of surrogate pairs included; 0 where a byte is none. */
static uint64_t slow_characters(const uint8_t *data, size_t len)
{
    uint64_t count = 0;
    for (size_t i = 0; i < len;) {
        size_t n = data[i] < 0x80u ? 1 : rcd_utf8_character(data + i, len - i);
        if (n == 0 && len - i >= 3 && data[i] == 0xED && data[i + 1] >= 0xA0 && data[i + 1] <= 0xBF &&
            data[i + 2] >= 0x80 && data[i + 2] <= 0xBF) {
            n = 3;
        }
        if (n == 0) {
            return 0;
        }
        count += n > 1;
        i += n;
    }
    return count;
}

static size_t slow_scan(const uint8_t *data, size_t len, rcd_scanned *out)
{
    size_t count = 0;
    for (size_t start = 0, end; start < len; start = end) {
        rcd_scanned one = {(int64_t)start, 0, 0, 0, 0};
        int escape = 0;
        int64_t word = 0, high = 0;
        for (end = start; end < len; end++) {
            const int line_end = data[end] == '\n' || data[end] == '\r';
            if (line_end || data[end] == ' ' || data[end] == '\t') {
                one.words += high > 0 ? word : 0;
                one.high += high;
                word = high = 0;
            } else {
                word++;
                high += data[end] >= 0x80u;
            }
            escape |= end + 1 < len && data[end] == 0x1B && data[end + 1] == '$';
            if (line_end) {
                const int pair = data[end] == '\r' && end + 1 < len && data[end + 1] == '\n';
                end += pair ? 2u : 1u;
                break;
            }
        }
        one.words += high > 0 ? word : 0;
        one.high += high;
        one.end = (int64_t)end;
        const uint64_t characters = slow_characters(data + start, end - start);
        one.kind = characters >= SOLID ? RCD_LINES_SOLID : characters > 0 ? RCD_LINES_UTF8 : RCD_LINES_OPEN;
        if (one.high == 0 && !escape) {
            continue;
        }
        if (one.kind == RCD_LINES_SOLID && count > 0 && out[count - 1].kind == RCD_LINES_SOLID) {
            out[count - 1].end = one.end;
            out[count - 1].high += one.high;
            out[count - 1].words += one.words;
        } else {
            out[count++] = one;
        }
    }
    return count;
}

static void random_texts(void)
{
    static const char *const pieces[] = {"\r", "\n", "\r\n", "a", " ", "\t", "\x1b", "$", "\xE9",
                                         "\xC3\xA9", "\xE2\x82\xAC", "\xED\xA0\xBD", "\xED\xA0",
                                         "\xF0\x9F\x98\x80", "plain text that is longer than a vector"};
    check_random random = {42};
    for (int round = 0; round < 20000; round++) {
        uint8_t text[1000];
        size_t len = 0;
        for (size_t n = random_below(&random, 20); n > 0; n--) {
            const char *piece = pieces[random_below(&random, sizeof pieces / sizeof pieces[0])];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        rcd_scanned wanted[ROOM], found[ROOM];
        uint8_t *copy = exact_copy(text, len);
        const size_t count = slow_scan(copy, len, wanted);
        const size_t own = rcd_scan_lines(copy, len, SOLID, found, ROOM);
        CHECK(own == count && memcmp(wanted, found, count * sizeof wanted[0]) == 0,
              "round %d: %zu lines, not %zu", round, own, count);
        if (count > 1) {
            CHECK(rcd_scan_lines(copy, len, SOLID, found, count - 1) == count - 1, "less room");
        }
        free(copy);
    }
}

static void words_end_at_all_white_space(void)
{
    static const uint8_t text[] = "a\xE9 b\vc\xE9\x0C" "d\t\xE9\xE9\xE9";
    rcd_scanned line;
    CHECK(rcd_scan_lines(text, sizeof text - 1, SOLID, &line, 1) == 1 && line.words == 7 && line.high == 5,
          "%d bytes in words", (int)line.words);
}

int main(void)
{
    random_texts();
    words_end_at_all_white_space();
    return check_end("scan_lines");
}
