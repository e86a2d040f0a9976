/* rcd_legacy.h : what the files of the legacy decision share: which part of the excerpt is read, and
 * what the multi-byte families read in it. */
#ifndef RCD_LEGACY_H
#define RCD_LEGACY_H

#include "rcd_detector.h"

/* A declared label is worth as much as 30 bits of text: some ten words in the wrong language. */
#define RCD_LABEL_BONUS 300
/* And where no reading is text in a language that is known, so that none of them is evidence. */
#define RCD_LABEL_ALONE 20000
/* What a character of ordinary text in Chinese, Japanese or Korean stays below. */
#define RCD_PLAIN_EACH 110
/* A hundred bits behind, a reading is no candidate. */
#define RCD_NO_RIVAL 1000

/* Finds d->preface, and forgets what was read of another excerpt. Comes first. */
void rcd_legacy_begin(rcd_detector *d);

/* Length of what is scored first. */
size_t rcd_legacy_window(const rcd_detector *d);

/* Adds the readings of the multi-byte families in the first `len` bytes of the excerpt, for those in
 * d->families that decode all of the input; what is far behind is taken out of these.
 *
 * Where any two high bytes make a character, text that begins with a trail byte even decodes, to
 * nothing that anybody wrote: when all read badly from the first byte, the second is tried. */
void rcd_legacy_families(rcd_detector *d, int sample, unsigned declared, size_t len);

/* The same of the families that decode all but a few bytes of it. */
void rcd_legacy_damaged_families(rcd_detector *d, int sample, unsigned declared, size_t len,
                                 const rcd_near_hints *near);

/* The edition of a family that has what no member has of a damaged text, see rcd_editions.h; 0 = none. */
unsigned rcd_legacy_edition(const rcd_detector *d, int family);

#endif
