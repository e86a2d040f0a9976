/* rcd_census.h : one pass that counts. */
#ifndef RCD_CENSUS_H
#define RCD_CENSUS_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t length;      /* bytes seen */
    uint64_t count[256];  /* how often each byte value occurs (see rcd_census_feed) */
    uint64_t ascii;       /* bytes below 0x80 that were counted as a run, without a histogram */
    uint64_t first_high;  /* offset of the first byte >= 0x80; UINT64_MAX = none */
    uint64_t nul;         /* NUL bytes */
    uint64_t escapes;     /* ESC, SO, SI bytes */
} rcd_census;

void rcd_census_init(rcd_census *c);

/* Adds `len` bytes. Runs of plain ASCII text (0x20..0x7E, TAB, LF, FF, CR) are skipped by a vector kernel and only added
 * to `ascii`; all other bytes go to the histogram, which for bytes >= 0x80 and controls is exact.
 * Printable ASCII bytes are never in `count` — except within the first 4096 bytes of the stream, where every byte is
 * counted in `count` (and not in `ascii`), so that EBCDIC can be told. Any split gives the same state. */
void rcd_census_feed(rcd_census *c, const uint8_t *data, size_t len);

/* 1 when `value` has occurred at least once; printable ASCII beyond the first 4096 bytes is not asked. */
static inline int rcd_census_has(const rcd_census *c, unsigned value)
{
    return c->count[value & 255u] != 0;
}

#endif
