/* rcd_patterns.h : hyphenation patterns, which have digits between their letters.
 *
 *  `.a3b2c` says how good a place each is to divide a word at. To the models every digit ends a word: what
 *  is left are single letters and pairs, and the alphabet in which those are words reads them best. */
#ifndef RCD_PATTERNS_H
#define RCD_PATTERNS_H

#include "rcd_census.h"

/* Are there about as many digits as such patterns have? Asks the counts alone. */
int rcd_may_be_patterns(const rcd_census *census);

/* Are most words with high bytes patterns? */
int rcd_is_patterns(const uint8_t *text, uint32_t len);

/* Copies a text to out[], which has room for `len` bytes, without single digits beside a letter.
 * @return bytes there */
uint32_t rcd_patterns_drop(const uint8_t *text, uint32_t len, uint8_t *out);

/* Are the patterns of such a text mostly pieces of words, of two or three letters? Which language has them
 * is hard to tell. */
int rcd_patterns_are_pieces(const uint8_t *text, uint32_t len);

#endif
