/* rcd_extent.c : how far a text leads, in code points and lines. */
#include "recodec_convert.h"

#include "rcd_dispatch.h"

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

uint64_t rcd_line_ends(const uint8_t *data, size_t len)
{
    return rcd_kernels_get()->line_ends(data, len, 0);
}

void rcd_utf8_extent(const uint8_t *data, size_t len, rcd_extent *out)
{
    size_t tail = len;
    out->lines = rcd_line_ends(data, len);
    while (out->lines != 0 && data[tail - 1u] != '\n' && data[tail - 1u] != '\r') {
        tail--;
    }
    out->characters = count_characters(data, len);
    out->last = out->lines == 0 ? out->characters : count_characters(data + tail, len - tail);
}
