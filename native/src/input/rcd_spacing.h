/* rcd_spacing.h : rows of no-break spaces, with which pages are indented and tables are filled.
 *
 *  Most charsets have the no-break space at A0. In text it is rare, so that a row of them costs much, and
 *  the charsets that have a letter there, or the space a second time, are the cheaper for it the more of
 *  them there are. */
#ifndef RCD_SPACING_H
#define RCD_SPACING_H

#include "rcd_census.h"

/* Is a good part of what is not ASCII the byte A0? */
int rcd_may_be_spaced(const rcd_census *census);

/* Is nothing but several A0 not ASCII? Between letters they make units of UTF-16 like any other byte. */
int rcd_is_spaced(const rcd_census *census);

/* Copies a text to out[], which has room for `len` bytes, with one space in the place of each row of
 * several A0, with or without spaces between them, that stands between ASCII. @return bytes there */
uint32_t rcd_spacing_drop(const uint8_t *text, uint32_t len, uint8_t *out);

#endif
