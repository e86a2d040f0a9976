/* rcd_twins.h : one-byte charsets that differ from another in a few signs: pages before and after
 *  the euro sign, British and American ones, the brackets of EBCDIC.
 *
 *  They have neither models nor priors of their own. A text is first told as the commonest of them;
 *  where it holds bytes that another reads otherwise, the one that reads them sensibly gives it its
 *  name. Without such evidence the commonest stays. */
#ifndef RCD_TWINS_H
#define RCD_TWINS_H

#include "rcd_detector.h"

/* The charset of a text that was told as `charset` in `language`: itself or a twin of it that is
 * allowed and decodes every byte; what is `declared` (0 = nothing) needs no sense of its own. Uses
 * d->text as work space. */
unsigned rcd_twins_name(rcd_detector *d, unsigned charset, unsigned language, unsigned declared);

/* What text in a charset is told as first: the first that it is a twin of, or itself. */
unsigned rcd_twins_head(unsigned charset);

/* Is there among a charset and its twins one that is allowed and has all these bytes (a bit each)? A
 * control that the charset itself has not counts only where the answer must be `exact`. */
int rcd_twins_fit(unsigned charset, const uint8_t *allow, int exact,
                  const uint64_t present[4]);

#endif
