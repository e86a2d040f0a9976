/* rcd_repeats.h : text that says the same few words again and again.
 *
 *  A column of "12 kg" has one word, however many lines it has, and a page about a town says its name on
 *  every line. To the models each is new evidence; what speaks for the wrong alphabet by a little seems
 *  certain after twenty. */
#ifndef RCD_REPEATS_H
#define RCD_REPEATS_H

#include "rcd_excerpt.h"

/* How often a word with high bytes is worth reading: once where there are few such words, as a name in
 * English text, twice where few come again and again, as in a table; 0 = as often as it comes. Numbers
 * count as alike. */
unsigned rcd_repeats_kept(const uint8_t *text, uint32_t len);

/* Copies a text to out[], which has room for `len` bytes, without such words where they came `times`
 * times before, and without lines that have no letter then. @return bytes there */
uint32_t rcd_drop_repeats(const uint8_t *text, uint32_t len, unsigned times, uint8_t *out);

#endif
