/* rcd_census.h : one pass that counts.
 *
 *  What detection asks of every byte value differs with cost: which values at or above 0x80 and
 *  which controls occur AT ALL decides what can decode the input, so that is exact to the last
 *  byte; how OFTEN the letters occur only ranks, and the first 64 KiB say it as well as all of it.
 *  A full histogram runs at about 2 GB/s, asking a vector of bytes "is one of you new?" at over
 *  20, so the histogram stops after RCD_CENSUS_HEAD bytes. */
#ifndef RCD_CENSUS_H
#define RCD_CENSUS_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_dispatch.h"

#define RCD_CENSUS_HEAD 65536u
#define RCD_FILLED_MOST (1u << 20)

typedef struct {
    uint64_t length;      /* bytes seen */
    uint64_t count[256];  /* how often each value occurs: every value in the first RCD_CENSUS_HEAD
                             bytes; beyond them only controls (0x00..0x1F but TAB LF FF CR, and
                             0x7F), whose counts are thus exact over the whole input */
    uint64_t ascii;       /* bytes below 0x80 in the whole input, controls included */
    uint64_t first_high;  /* offset of the first byte >= 0x80; UINT64_MAX = none */
    uint64_t nul;         /* NUL bytes, == count[0] */
    uint64_t filled;      /* of these, the ones at the end of the input, behind anything else */
    uint64_t escapes;     /* ESC, SO and SI bytes */
    rcd_byteset known;    /* values that need no more attention: see rcd_census_has() */
} rcd_census;

void rcd_census_init(rcd_census *c);

/* Adds `len` bytes. Any split gives the same state. */
void rcd_census_feed(rcd_census *c, const uint8_t *data, size_t len);

/* The same for bytes behind the head that are all `known` and below 0x80. */
static inline void rcd_census_pass(rcd_census *c, size_t len)
{
    c->ascii += len;
    c->length += len;
    c->filled = 0;
}

/* 1 when `value` has occurred at least once anywhere: exact for values >= 0x80 and controls; for
 * plain ASCII text it goes by the first RCD_CENSUS_HEAD bytes only. */
static inline int rcd_census_has(const rcd_census *c, unsigned value)
{
    value &= 255u;
    return value >= 0x80 ? c->known.has[value] : c->count[value] != 0;
}

/* Are there NULs, and all of them behind anything else? Not more than fields and blocks are filled with: a
 * file of more is not all there. */
static inline int rcd_census_is_filled(const rcd_census *c)
{
    return c->nul != 0 && c->nul == c->filled && c->filled <= RCD_FILLED_MOST;
}

/* Bytes >= 0x80 in the whole input. */
static inline uint64_t rcd_census_high(const rcd_census *c)
{
    return c->length - c->ascii;
}

/* How many bytes the counts of values >= 0x80 and of plain ASCII text are taken from. */
static inline uint64_t rcd_census_head(const rcd_census *c)
{
    return c->length < RCD_CENSUS_HEAD ? c->length : RCD_CENSUS_HEAD;
}

/* How many bytes >= 0x80 are among these. */
static inline uint64_t rcd_census_head_high(const rcd_census *c)
{
    uint64_t high = 0;
    for (unsigned b = 0x80u; b < 0x100u; b++) {
        high += c->count[b];
    }
    return high;
}

#endif
