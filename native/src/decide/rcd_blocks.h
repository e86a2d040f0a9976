/* rcd_blocks.h : do some blocks of a legacy text look as if they were in another encoding than the rest?
 *
 * What costs little to see, before lines are weighed. Of a long text blocks far and wide are looked at.
 */
#ifndef RCD_BLOCKS_H
#define RCD_BLOCKS_H

#include "rcd_detector.h"

/* Of the excerpt in a charset of single bytes: do some blocks cost much more than others by the letter
 * frequency of a language? 0 too where the charset is not one of that language. */
int rcd_letters_change(const rcd_detector *d, unsigned charset, unsigned language);

/* Of the excerpt in a charset of several bytes: are some blocks made of other kinds of pairs than the
 * rest? Bytes below A1, from there on, and ASCII as trail bytes tell Shift_JIS, the EUC forms and Big5. */
int rcd_pairs_change(const rcd_detector *d);

#endif
