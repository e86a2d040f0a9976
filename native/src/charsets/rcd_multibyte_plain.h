/* rcd_multibyte_plain.h : the tight loop of the validators, over the bytes of ASCII, the single bytes and the
 * pairs that most text is of.
 *
 *  Outside make-up sequences, and between characters: s->makeup and s->pending_len are 0. Both bring
 *  s->members, s->characters and s->pos up to date. */
#ifndef RCD_MULTIBYTE_PLAIN_H
#define RCD_MULTIBYTE_PLAIN_H

#include "rcd_multibyte.h"

/* Takes what repeats the first four pairs, where the data begins with a flood of one character: asked once
 * for what is fed, since the loop over plain text has no time for it. @return the bytes taken */
size_t rcd_mb_take_flood(rcd_mb_state *s, int family, const uint8_t *data, size_t len);

/* Takes text as long as it is such and a member has it; what is not stays to be read code by code, and so do
 * the last few bytes. @return the bytes taken */
size_t rcd_mb_take_plain(rcd_mb_state *s, int family, const uint8_t *data, size_t len);

#endif
