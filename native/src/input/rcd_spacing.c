/* rcd_spacing.c : see rcd_spacing.h. */
#include "rcd_spacing.h"

#include <string.h>

#define NO_BREAK 0xA0u
#define LEAST 2u /* in a row */
#define SHARE 4u /* of the bytes that are not ASCII, one in so many */

int rcd_may_be_spaced(const rcd_census *census)
{
    return census->count[NO_BREAK] >= LEAST &&
           census->count[NO_BREAK] * SHARE >= rcd_census_head_high(census);
}

int rcd_is_spaced(const rcd_census *census)
{
    unsigned b = 0x80u;
    while (b < 0x100u && (b == NO_BREAK || !rcd_census_has(census, b))) {
        b++;
    }
    return b == 0x100u && census->count[NO_BREAK] >= LEAST;
}

/* Where the row of spaces at `i` ends, and in *count how many of them are no-break spaces. */
static uint32_t row_end(const uint8_t *text, uint32_t len, uint32_t i, uint32_t *count)
{
    *count = 0;
    while (i < len && (text[i] == NO_BREAK || text[i] == ' ' || text[i] == '\t')) {
        *count += text[i++] == NO_BREAK;
    }
    return i;
}

uint32_t rcd_spacing_drop(const uint8_t *text, uint32_t len, uint8_t *out)
{
    uint32_t size = 0;
    for (uint32_t i = 0, count; i < len;) {
        const uint8_t *next = memchr(text + i, NO_BREAK, len - i);
        const uint32_t at = next != NULL ? (uint32_t)(next - text) : len;
        memcpy(out + size, text + i, at - i);
        size += at - i;
        i = row_end(text, len, at, &count);
        const int apart = (at == 0 || text[at - 1u] < 0x80u) && (i == len || text[i] < 0x80u);
        if (at < len && apart && count >= LEAST) {
            out[size++] = ' ';
        } else {
            memcpy(out + size, text + at, i - at);
            size += i - at;
        }
    }
    return size;
}
