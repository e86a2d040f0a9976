/* rcd_beside.h : letters that stand beside what is typed or written for them.
 *
 *  Key maps and tables that strip letters of their marks or spell them in ASCII have a letter of ASCII
 *  beside each other letter: `'A' to 'Á'`, `ø => o`, `s/ж/zh/`. To the models that is text of single
 *  letters, in the alphabet of which most of these are words; but what stands beside them tells which
 *  letters they are. */
#ifndef RCD_BESIDE_H
#define RCD_BESIDE_H

#include "rcd_detector.h"

/* The charset that reads in a text of letters on their own those that what stands beside them is written
 * for, of charsets that read the same the commonest; with the narrower ones that it is the name of marked
 * in allow[], which has RCD_CS_COUNT entries, and in *sure how sure that is, in millionths. `found` is
 * what the models say.
 * @return 0 when too few stand so, or what is found reads them so as well */
unsigned rcd_beside_say(const rcd_detector *d, const rcd_result *found, uint8_t *allow, uint32_t *sure);

#endif
