/* multibyte_probe.c : what the multi-byte core makes of many short sequences, for
 * test_multibyte_tables.py. Built there into a shared library; one call answers for a whole array,
 * so that a million sequences cost no million calls from Python. */
#include "rcd_multibyte.h"

#if defined(_WIN32)
#define PROBE_API __declspec(dllexport)
#else
#define PROBE_API __attribute__((visibility("default")))
#endif

/* `count` sequences of `width` bytes. points: two for each (0 = none); sizes: result of
 * rcd_mb_next_as(). */
PROBE_API void probe_decode(int family, int member, const uint8_t *data, size_t width, size_t count,
                            int32_t *sizes, uint32_t *points)
{
    for (size_t i = 0; i < count; i++) {
        sizes[i] = rcd_mb_next_as(family, member, data + i * width, width, points + 2 * i);
    }
}

/* The same through rcd_mb_next(), one point for each. */
PROBE_API void probe_union(int family, const uint8_t *data, size_t width, size_t count,
                           int32_t *sizes, uint32_t *points)
{
    for (size_t i = 0; i < count; i++) {
        points[i] = 0;
        sizes[i] = rcd_mb_next(family, data + i * width, width, &points[i]);
    }
}

/* Members by rcd_mb_end(), of whole and of cut (`sample`) input. Each sequence is fed at once and
 * byte by byte; a difference is reported as 0xFF. */
PROBE_API void probe_members(int family, const uint8_t *data, size_t width, size_t count,
                             int sample, uint8_t *members)
{
    for (size_t i = 0; i < count; i++) {
        const uint8_t *p = data + i * width;
        rcd_mb_state whole;
        rcd_mb_state bytes;
        rcd_mb_init(&whole);
        rcd_mb_init(&bytes);
        rcd_mb_feed(&whole, family, p, width);
        for (size_t at = 0; at < width; at++) {
            rcd_mb_feed(&bytes, family, p + at, 1);
        }
        int same = whole.pos == bytes.pos && whole.characters == bytes.characters &&
                   whole.first_bad == bytes.first_bad && whole.members == bytes.members &&
                   whole.pending_len == bytes.pending_len && whole.makeup == bytes.makeup;
        members[i] = same ? (uint8_t)rcd_mb_end(&whole, sample, NULL) : 0xFF;
    }
}

PROBE_API int probe_family(int charset)
{
    return rcd_mb_family(charset);
}

PROBE_API int probe_member(int charset)
{
    return rcd_mb_member(charset);
}
