/* rcd_scan_lines.c : the lines of a text that say something of its encoding. */
#include "recodec.h"

#include <string.h>

#include "rcd_kernels.h"

/* Length of half a surrogate pair that is written as a character: what some programs do, and no other
 * encoding; 0 for all else. */
static size_t half_pair(const uint8_t *data, size_t len)
{
    return len >= 3 && data[0] == 0xEDu && data[1] >= 0xA0u && data[1] <= 0xBFu &&
                   (data[2] & 0xC0u) == 0x80u
               ? 3
               : 0;
}

/* Characters beyond ASCII of a line that is UTF-8, 0 for any other. */
static uint64_t characters_of(const rcd_kernels *k, const uint8_t *data, size_t len)
{
    uint64_t characters = 0;
    for (size_t i = 0; i < len;) {
        i += k->utf8_run(data + i, len - i, &characters);
        if (i < len) {
            const size_t half = half_pair(data + i, len - i);
            if (half == 0) {
                return 0;
            }
            characters++;
            i += half;
        }
    }
    return characters;
}

static int64_t count_high(const uint8_t *data, size_t len)
{
    int64_t high = 0;
    for (size_t i = 0; i < len; i++) {
        high += data[i] >> 7;
    }
    return high;
}

static int is_space(uint8_t byte)
{
    return byte == ' ' || (byte >= 0x09 && byte <= 0x0D);
}

/* Bytes of the words that are not ASCII; words have ASCII white space between them. */
static int64_t count_words(const uint8_t *data, size_t len)
{
    int64_t words = 0;
    for (size_t i = 0; i < len; i++) {
        const size_t begin = i;
        uint8_t all = 0;
        while (i < len && !is_space(data[i])) {
            all |= data[i++];
        }
        words += all >= 0x80u ? (int64_t)(i - begin) : 0;
    }
    return words;
}

/* Where the next designation of several bytes begins from `at` on, `len` where there is none. */
static size_t next_escape(const uint8_t *data, size_t len, size_t at)
{
    while (at < len) {
        const uint8_t *found = memchr(data + at, 0x1B, len - at);
        if (found == NULL) {
            break;
        }
        at = (size_t)(found - data);
        if (at + 1 < len && data[at + 1] == '$') {
            return at;
        }
        at++;
    }
    return len;
}

/* Where the line that `at` stands in ends. */
static size_t line_after(const uint8_t *data, size_t len, size_t at)
{
    while (at < len && data[at] != '\n' && data[at] != '\r') {
        at++;
    }
    return at + (at < len) + (at + 1 < len && data[at] == '\r' && data[at + 1] == '\n');
}

size_t rcd_scan_lines(const uint8_t *data, size_t len, uint64_t solid, rcd_scanned *out, size_t room)
{
    const rcd_kernels *k = rcd_kernels_get();
    size_t count = 0, at = 0, escape = next_escape(data, len, 0);
    while (at < len) {
        const size_t high = at + k->ascii_run(data + at, len - at);
        if (escape < at) {
            escape = next_escape(data, len, at);
        }
        const size_t first = high < escape ? high : escape;
        if (first == len) {
            break;
        }
        size_t start = first;
        while (start > at && data[start - 1] != '\n' && data[start - 1] != '\r') {
            start--;
        }
        const size_t end = line_after(data, len, first);
        const uint64_t characters = characters_of(k, data + first, end - first);
        const int surely = characters >= solid;
        const int64_t beyond = count_high(data + first, end - first);
        const int64_t words = count_words(data + start, end - start);
        at = end;
        if (surely && count > 0 && out[count - 1].kind == RCD_LINES_SOLID) {
            out[count - 1].end = (int64_t)end;
            out[count - 1].high += beyond;
            out[count - 1].words += words;
            continue;
        }
        if (count == room) {
            break;
        }
        out[count].start = (int64_t)start;
        out[count].end = (int64_t)end;
        out[count].high = beyond;
        out[count].words = words;
        out[count].kind = surely ? RCD_LINES_SOLID : characters > 0 ? RCD_LINES_UTF8 : RCD_LINES_OPEN;
        count++;
    }
    return count;
}
