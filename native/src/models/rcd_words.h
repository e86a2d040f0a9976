/* rcd_words.h : languages that the trigrams can hardly tell apart, but their common words can, or
 * their runs of letters (rcd_relatives.h). */
#ifndef RCD_WORDS_H
#define RCD_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_score.h"

#define RCD_WORDS_TEXT 2048u /* code points that are looked at, at most */

/* The language of a text when `language` has near relatives: the best of them by words, trigrams
 * and runs of letters together.
 *  lead    how far its letters are ahead of those of the next, in tenths of a bit, where more was counted
 *          than rcd_score_script() does; else 0
 *  scored  what rcd_score_text() says of the same text; NULL to have it asked
 * @return it, or `language` when it has none, or nothing speaks against it. */
unsigned rcd_words_refine(const uint32_t *cp, size_t len, unsigned language, int32_t lead,
                          const rcd_text_score *scored);

/* Has the language such relatives? */
int rcd_words_has(unsigned language);

#endif
