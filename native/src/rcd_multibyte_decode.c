/* rcd_multibyte_decode.c : whole buffers to code points, for charsets that CPython lacks. */
#include "recodec.h"

#include "rcd_multibyte.h"

int rcd_can_decode(int charset)
{
    return rcd_mb_family(charset) >= 0;
}

int64_t rcd_decode(int charset, const uint8_t *data, size_t len, uint32_t *out, size_t cap,
                   size_t *used)
{
    int family = rcd_mb_family(charset);
    int member = rcd_mb_member(charset);
    *used = 0;
    if (family < 0) {
        return RCD_E_OPTION;
    }
    size_t at = 0;
    size_t written = 0;
    while (at < len) {
        uint32_t cp[2];
        int size = rcd_mb_next_as(family, member, data + at, len - at, cp);
        size_t points = cp[1] != 0 ? 2 : 1;
        if (size <= 0 || cap - written < points) {
            break;
        }
        out[written] = cp[0];
        if (points == 2) {
            out[written + 1] = cp[1];
        }
        written += points;
        at += (size_t)size;
    }
    *used = at;
    return (int64_t)written;
}
