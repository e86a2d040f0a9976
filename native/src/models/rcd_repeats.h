/* rcd_repeats.h : text that says the same few words again and again.
 *
 *  A column of "12 kg" has one word, however many lines it has. To the models every line is new
 *  evidence; what speaks for the wrong alphabet by a little seems certain after twenty. */
#ifndef RCD_REPEATS_H
#define RCD_REPEATS_H

#include "rcd_excerpt.h"

/* Are the words with high bytes few that come again and again? Numbers count as alike. */
int rcd_is_repetitive(const uint8_t *text, uint32_t len);

/* Copies a text to out[], which has room for `len` bytes, without such words where they came twice
 * before, and without lines that have no letter then. @return bytes there */
uint32_t rcd_drop_repeats(const uint8_t *text, uint32_t len, uint8_t *out);

#endif
