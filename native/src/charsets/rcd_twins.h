/* rcd_twins.h : one-byte charsets that differ from another in a few signs: pages before and after
 *  the euro sign, British and American ones, the brackets of EBCDIC.
 *
 *  They have neither models nor priors of their own. A text is first detected as the commonest of them,
 *  their head; rcd_twin_names.h then gives it the name of another where its bytes speak for that. */
#ifndef RCD_TWINS_H
#define RCD_TWINS_H

#include <stdint.h>

/* What text in a charset is first detected as: the first that it is a twin of, or itself. */
unsigned rcd_twins_head(unsigned charset);

/* The twin of a charset that follows another (0: the first); 0 when there are no more. */
unsigned rcd_twins_next(unsigned charset, unsigned twin);

/* Has a charset all these bytes (a bit each)? */
int rcd_twins_decode(unsigned charset, const uint64_t present[4]);

/* Does a twin of a charset have every byte that occurs, and where that has nothing no control, nor
 * just one sign? Such a byte is rather a stray one in text of the charset's own, unless the answer
 * must decode all (`exact`). */
int rcd_twins_stand_in(unsigned twin, unsigned charset, int exact, const uint64_t present[4]);

/* Is there among a charset and its twins one that is allowed (NULL: all are) and has all these
 * bytes, as rcd_twins_stand_in() has it? */
int rcd_twins_fit(unsigned charset, const uint8_t *allow, int exact, const uint64_t present[4]);

#endif
