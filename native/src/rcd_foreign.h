/* rcd_foreign.h : the ASCII of a text, weighed once for all readings in scripts of other letters. */
#ifndef RCD_FOREIGN_H
#define RCD_FOREIGN_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_excerpt.h"

/* Readings that differ in a few characters share the ASCII around these, and what a character of it
 * costs depends on the two before it alone. So costs are summed from the beginning of the text on, and
 * that of a stretch is the difference of two sums: modulo 65536, which is more than any stretch of
 * RCD_FOREIGN_STRETCH bytes costs. */
#define RCD_FOREIGN_STRETCH 64u

typedef struct {
    uint32_t begin, end; /* bytes of the text that have been weighed */
    uint16_t shared[RCD_EXCERPT_SIZE + 1u];  /* in front of each byte: what it takes by any model, */
    uint16_t steps[RCD_EXCERPT_SIZE + 1u];   /* and the steps of the models; in front of each step: */
    uint16_t foreign[RCD_EXCERPT_SIZE + 1u]; /* what it costs as words of other languages */
    uint16_t english[RCD_EXCERPT_SIZE + 1u]; /* and as English */
} rcd_foreign;

/* Nothing of a text is weighed; it will be from byte `begin` on. */
void rcd_foreign_init(rcd_foreign *f, size_t begin);

/* Weighs `data` up to byte `end` (at most RCD_EXCERPT_SIZE), as far as it has not been. Of a byte that
 * is not ASCII, or one or two behind such a byte or the beginning, the sums say nothing. */
void rcd_foreign_extend(rcd_foreign *f, const uint8_t *data, size_t end);

#endif
