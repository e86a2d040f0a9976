/* rcd_census.c : byte counts of the head, byte presence of the rest. */
#include "rcd_census.h"

#include <string.h>

/* Where unexpected bytes come this close together, a histogram of a stretch is cheaper than
 * stopping at each of them. */
#define DENSE_RUN 32
#define DENSE_STRETCH 4096

static int is_plain(unsigned b)
{
    return (b >= 0x20 && b < 0x7F) || b == 0x09 || b == 0x0A || b == 0x0C || b == 0x0D;
}

void rcd_census_init(rcd_census *c)
{
    memset(c, 0, sizeof *c);
    c->first_high = UINT64_MAX;
    rcd_byteset_ascii(&c->known);
    for (unsigned b = 0; b < 0x20; b++) {
        if (!is_plain(b)) {
            rcd_byteset_remove(&c->known, (uint8_t)b);
        }
    }
    rcd_byteset_remove(&c->known, 0x7F);
}

/* `len` bytes that all lie within the head. Returns how many of them are >= 0x80. */
static uint64_t count_head(rcd_census *c, const uint8_t *data, size_t len, const rcd_kernels *k)
{
    uint64_t high = 0;
    /* Byte by byte below what going through 128 counters twice costs. */
    if (len < 256) {
        for (size_t i = 0; i < len; i++) {
            uint8_t b = data[i];
            c->count[b]++;
            if (b >= 0x80) {
                high++;
                if (!c->known.has[b]) {
                    rcd_byteset_add(&c->known, b);
                }
            }
        }
        return high;
    }
    for (unsigned b = 0x80; b < 0x100; b++) {
        high -= c->count[b];
    }
    k->histogram(c->count, data, len);
    for (unsigned b = 0x80; b < 0x100; b++) {
        high += c->count[b];
        if (c->count[b] != 0 && !c->known.has[b]) {
            rcd_byteset_add(&c->known, (uint8_t)b);
        }
    }
    return high;
}

/* `len` bytes behind the head: controls are counted, other values only noted. */
static uint64_t count_stretch(rcd_census *c, const uint8_t *data, size_t len, const rcd_kernels *k)
{
    uint64_t count[256] = {0};
    uint64_t high = 0;
    k->histogram(count, data, len);
    for (unsigned b = 0; b < 0x80; b++) {
        if (!is_plain(b)) {
            c->count[b] += count[b];
        }
    }
    for (unsigned b = 0x80; b < 0x100; b++) {
        high += count[b];
        if (count[b] != 0 && !c->known.has[b]) {
            rcd_byteset_add(&c->known, (uint8_t)b);
        }
    }
    return high;
}

static uint64_t count_rest(rcd_census *c, const uint8_t *data, size_t len, const rcd_kernels *k)
{
    uint64_t high = 0;
    size_t i = 0;
    while (i < len) {
        size_t run = k->set_run(data + i, len - i, &c->known, &high);
        i += run;
        if (i == len) {
            break;
        }
        if (run < DENSE_RUN) {
            size_t n = len - i < DENSE_STRETCH ? len - i : DENSE_STRETCH;
            high += count_stretch(c, data + i, n, k);
            i += n;
        } else if (data[i] < 0x80) {
            c->count[data[i]]++;
            i++;
        } else {
            rcd_byteset_add(&c->known, data[i]);
        }
    }
    return high;
}

static size_t count_filled(const uint8_t *data, size_t len)
{
    size_t end = len;
    while (end > 0 && data[end - 1u] == 0) {
        end--;
    }
    return len - end;
}

void rcd_census_feed(rcd_census *c, const uint8_t *data, size_t len)
{
    const rcd_kernels *k = rcd_kernels_get();
    size_t head = 0;
    uint64_t high = 0;
    if (c->length < RCD_CENSUS_HEAD) {
        size_t room = (size_t)(RCD_CENSUS_HEAD - c->length);
        head = len < room ? len : room;
        high = count_head(c, data, head, k);
    }
    high += count_rest(c, data + head, len - head, k);
    if (high != 0 && c->first_high == UINT64_MAX) {
        c->first_high = c->length + k->ascii_run(data, len);
    }
    c->ascii += len - high;
    c->length += len;
    const size_t filled = count_filled(data, len);
    c->filled = filled == len ? c->filled + len : filled;
    c->nul = c->count[0x00];
    c->escapes = c->count[0x1B] + c->count[0x0E] + c->count[0x0F];
}
