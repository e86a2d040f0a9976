/* rcd_chance.h : is what is well-formed UTF-8 rather a few letters of another charset?
 *
 *  Two bytes of a legacy charset may be one character of UTF-8 by chance, hardly one that text has: a letter
 *  of a script that few write, or of another script than the letters beside it. */
#ifndef RCD_CHANCE_H
#define RCD_CHANCE_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_detector.h"

#define RCD_CHANCE_MOST 4u /* characters beyond ASCII that are so by chance */
/* Longer input is not looked at. */
#define RCD_CHANCE_LENGTH 256u

/* Are all characters beyond ASCII of well-formed UTF-8 such, and no more than RCD_CHANCE_MOST? The first of
 * them is at `first`. */
int rcd_chance_strange(const uint8_t *text, size_t len, size_t first);

/* The same of an input that is well-formed. 0 where UTF-8 is not allowed, or declared from outside. */
int rcd_chance_doubts_utf8(const rcd_detector *d);

#endif
