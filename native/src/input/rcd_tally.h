/* rcd_tally.h : the bytes of a text by which one-byte charsets are compared, counted. */
#ifndef RCD_TALLY_H
#define RCD_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_census.h"

#define RCD_TALLY_MOST 16384u /* bytes of a text */

/* What a byte is in every charset of the ASCII family; to those of RCD_KIND_SPECIAL it is not the
 * same: from 0x80 on, and controls. */
enum { RCD_KIND_SPECIAL, RCD_KIND_LETTER, RCD_KIND_DIGIT, RCD_KIND_SIGN };
extern const uint8_t rcd_kinds[256];

static inline int rcd_is_special(unsigned b) { return rcd_kinds[b] == RCD_KIND_SPECIAL; }

/* May a byte be a letter, in a charset of the ASCII family? */
static inline int rcd_may_be_in_word(unsigned b) { return rcd_kinds[b] <= RCD_KIND_LETTER; }

typedef struct {
    uint64_t high[2];      /* bit per byte from 0x80 on that occurs, */
    uint64_t joined[2];    /* and of these, those that `beside` counts */
    int16_t count[256];    /* from 0x80 on without those that `again` counts: a rule of signs says no
                              more than its start */
    uint16_t beside[256];  /* how often a special byte has an ASCII letter beside it */
    uint16_t again[256];   /* how often it stands behind two of itself */
    uint32_t digit_runs;   /* ASCII digits behind a digit, signs and spaces behind one */
    uint32_t sign_runs;
    uint32_t specials;     /* special bytes in the text, */
    uint32_t repeats;      /* and from 0x80 on those that `again` counts */
    uint8_t byte[256];     /* the bytes that the models or the decoding meet, by rank: special ones
                              first, and these in the order in which they occur */
    uint8_t rank[256];     /* the rank of a byte that is in `byte` */
    uint32_t byte_count;
    uint32_t special_count;
    uint8_t letters;       /* an ASCII letter occurs */
    uint8_t controls;      /* a special byte below 0x80 occurs */
    uint64_t special[RCD_TALLY_MOST / 64u]; /* bit per byte of the text: it is special */
} rcd_tally;

/* Of 64 bytes of a text, those that are special or one or two behind such a byte.
 *  before  of the 64 bytes in front of them, those that are special */
static inline uint64_t rcd_tally_touched(uint64_t special, uint64_t before)
{
    return special | special << 1 | before >> 63 | special << 2 | before >> 62;
}

/* Counts `len` (at most RCD_TALLY_MOST) bytes. Bytes that the input has elsewhere are listed, too,
 * and a newline always is: it stands before the text. */
void rcd_tally_bytes(rcd_tally *t, const uint8_t *data, size_t len, const rcd_census *census);

#endif
