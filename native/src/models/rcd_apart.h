/* rcd_apart.h : how much of the text tells its readings apart.
 *
 *  Two readings of the same bytes may differ in one letter of a long text. What their costs differ by
 *  is then the word of that letter alone, however long the rest is, or of no letter at all: one of
 *  the charsets is commoner. */
#ifndef RCD_APART_H
#define RCD_APART_H

#include <stddef.h>
#include <stdint.h>

#include "recodec.h"

#define RCD_APART_MOST 16u /* places counted; so many are as good as any number */

/* Fills in `places` and `told` of out->candidate but the first, over `len` bytes of the
 * text, and adds to `each` of the first where its charset is rare for its language. */
void rcd_apart(const uint8_t *text, size_t len, rcd_result *out);

#endif
