/* rcd_extent.c : how far a text leads, in code points and lines. */
#include "recodec_convert.h"

#define BLOCK 4096u /* bytes that are summed in 32 bits, which compilers make vectors of */

static uint64_t count_characters(const uint8_t *data, size_t len)
{
    uint64_t all = 0;
    for (size_t from = 0; from < len; from += BLOCK) {
        const size_t n = len - from < BLOCK ? len - from : BLOCK;
        uint32_t count = 0;
        for (size_t i = 0; i < n; i++) {
            count += (data[from + i] & 0xC0u) != 0x80u;
        }
        all += count;
    }
    return all;
}

/* Counts LF, CR and CR LF, each of which ends a line. */
static uint64_t count_lines(const uint8_t *data, size_t len)
{
    uint64_t all = len > 0 && (data[0] == '\n' || data[0] == '\r');
    for (size_t from = 1; from < len; from += BLOCK) {
        const size_t n = len - from < BLOCK ? len - from : BLOCK;
        uint32_t count = 0;
        for (size_t i = from; i < from + n; i++) {
            count += (uint32_t)(data[i] == '\r') |
                     ((uint32_t)(data[i] == '\n') & (uint32_t)(data[i - 1u] != '\r'));
        }
        all += count;
    }
    return all;
}

void rcd_utf8_extent(const uint8_t *data, size_t len, rcd_extent *out)
{
    size_t tail = len;
    out->lines = count_lines(data, len);
    while (out->lines != 0 && data[tail - 1u] != '\n' && data[tail - 1u] != '\r') {
        tail--;
    }
    out->characters = count_characters(data, len);
    out->last = out->lines == 0 ? out->characters : count_characters(data + tail, len - tail);
}
