/* rcd_hz.c : reading HZ.
 *
 *  A tilde is rare in prose and common in paths, home pages and code, where nearly always something
 *  follows it that HZ does not allow; and "~{" of format directives is followed by no pairs, or by
 *  small letters, which are hanzi of the second level: four of five characters of any Chinese text
 *  are not. */
#include "rcd_hz.h"

#include <string.h>

#include "rcd_multibyte_code.h"

/* The bit of gb2312 in the family's order of members. */
#define GB2312_MEMBER 4u

enum { ASCII, ASCII_TILDE, GB, GB_SECOND, GB_TILDE };

void rcd_hz_init(rcd_hz *h)
{
    memset(h, 0, sizeof *h);
    h->first_bad = UINT64_MAX;
}

static void broken(rcd_hz *h)
{
    h->bad++;
    if (h->first_bad == UINT64_MAX) {
        h->first_bad = h->start;
    }
    h->state = ASCII;
    h->run = 0;
    h->run_common = 0;
    h->dead = h->bad > 16 + h->characters / 4;
}

static void close_run(rcd_hz *h)
{
    h->characters += h->run;
    h->common += h->run_common;
    h->run = 0;
    h->run_common = 0;
    h->state = ASCII;
}

static void pair(rcd_hz *h, unsigned a, unsigned b)
{
    uint8_t bytes[2] = {(uint8_t)(a | 0x80), (uint8_t)(b | 0x80)};
    rcd_mb_code code;
    if (b < 0x21 || b > 0x7E || rcd_mb_read(RCD_MB_GB18030, bytes, 2, &code) != 2 ||
        (code.members & GB2312_MEMBER) == 0) {
        broken(h);
        return;
    }
    h->run++;
    h->run_common += a <= 0x57;
    h->state = GB;
}

static void byte(rcd_hz *h, unsigned b)
{
    switch (h->state) {
    case ASCII_TILDE:
        if (b == '{') {
            h->state = GB;
        } else if (b == '~' || b == '\n') {
            h->state = ASCII;
        } else {
            broken(h);
        }
        return;
    case GB:
        h->start = h->pos;
        if (b == '~') {
            h->state = GB_TILDE;
        } else if (b >= 0x21 && b <= 0x77) {
            h->first = (uint8_t)b;
            h->state = GB_SECOND;
        } else {
            broken(h);
        }
        return;
    case GB_SECOND:
        pair(h, h->first, b);
        return;
    default: /* GB_TILDE; a line may be continued within a run, though few decoders take it */
        if (b == '}') {
            close_run(h);
        } else if (b == '\n') {
            h->state = GB;
        } else {
            broken(h);
        }
        return;
    }
}

void rcd_hz_feed(rcd_hz *h, const uint8_t *data, size_t len)
{
    const uint64_t total = h->pos + len;
    const uint8_t *end = data + len;
    while (data < end && !h->dead) {
        if (h->state != ASCII) {
            byte(h, *data++);
            h->pos++;
            continue;
        }
        const uint8_t *tilde = memchr(data, '~', (size_t)(end - data));
        if (tilde == NULL) {
            break;
        }
        h->pos += (uint64_t)(tilde - data);
        h->start = h->pos++;
        h->state = ASCII_TILDE;
        data = tilde + 1;
    }
    h->pos = total;
}

void rcd_hz_finish(rcd_hz *h, int sample)
{
    if (h->dead) {
        return;
    }
    int half = h->state == ASCII_TILDE || h->state == GB_SECOND || h->state == GB_TILDE;
    if (h->state == GB || (half && sample)) {
        close_run(h);
    } else if (half) {
        /* What was whole before it stays. */
        uint64_t run = h->run, common = h->run_common;
        broken(h);
        h->characters += run;
        h->common += common;
    }
}

int rcd_hz_idle(const rcd_hz *h)
{
    return h->state == ASCII;
}
