/* rcd_ascii.h : the ASCII of a text, looked up in the Latin models once for all readings. */
#ifndef RCD_ASCII_H
#define RCD_ASCII_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_excerpt.h"

/* Readings that differ in a few characters share the ASCII around these, and what a character of it
 * costs depends on the two before it alone. So costs are summed from the beginning of the text on, and
 * that of a stretch is the difference of two sums: modulo 65536, which is more than RCD_ASCII_MOST
 * bytes or steps cost. */
#define RCD_ASCII_MOST 64u

typedef struct {
    uint32_t end;    /* bytes of the text that have been looked up; 0 = this is of none */
    uint32_t summed; /* steps that the last two sums are of */
    /* In front of each byte: what the text costs whatever the language, and the steps of the models. */
    uint16_t shared[RCD_EXCERPT_SIZE + 1u];
    uint16_t steps[RCD_EXCERPT_SIZE + 1u];
    uint16_t row[RCD_EXCERPT_SIZE]; /* number of each step's row in the Latin models */
    /* In front of each step: what it costs as foreign words, and as English. */
    uint16_t foreign[RCD_EXCERPT_SIZE + 1u];
    uint16_t english[RCD_EXCERPT_SIZE + 1u];
} rcd_ascii;

/* Looks `data` up to byte `end` up (at most RCD_EXCERPT_SIZE), as far as it has not been. In front of
 * the text is a line end. Of a byte that is not ASCII, or one or two behind such a byte, the sums say
 * nothing. */
void rcd_ascii_extend(rcd_ascii *a, const uint8_t *data, size_t end);

/* Sums the rows of what has been looked up as foreign words and as English. */
void rcd_ascii_sum_words(rcd_ascii *a);

#endif
