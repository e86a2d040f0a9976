/* test_extent.c : how far a text leads, against a plain count. */
#include <string.h>

#include "check.h"
#include "recodec_convert.h"

static void check_extent(const uint8_t *data, size_t len)
{
    rcd_extent plain = {0, 0, 0}, found;
    for (size_t i = 0; i < len; i++) {
        const int ends = data[i] == '\r' || (data[i] == '\n' && (i == 0 || data[i - 1u] != '\r'));
        plain.characters += (data[i] & 0xC0u) != 0x80u;
        plain.lines += (uint64_t)ends;
        plain.last = data[i] == '\r' || data[i] == '\n' ? 0u
                                                        : plain.last + ((data[i] & 0xC0u) != 0x80u);
    }
    rcd_utf8_extent(data, len, &found);
    CHECK(memcmp(&plain, &found, sizeof plain) == 0, "%u bytes", (unsigned)len);
}

int main(void)
{
    static const char pieces[][5] = {"a", "\n", "\r", "\r\n", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};
    static uint8_t data[40000];
    uint32_t random = 1;
    size_t len = 0;
    while (len + 4u < sizeof data) {
        random = random * 1664525u + 1013904223u;
        const char *piece = pieces[(random >> 16) % 7u];
        check_extent(data, len % 97u == 0 ? len : len % 300u);
        memcpy(data + len, piece, strlen(piece));
        len += strlen(piece);
    }
    check_extent(data, len);
    check_extent((const uint8_t *)"\r\n\n\r", 4);
    check_extent((const uint8_t *)"", 0);
    return check_end("extent");
}
