/* rcd_signs.h : signs that stand by numbers.
 *
 *  "388 m²", "£5" and "20 °C" are in no language. The models take the sign for a letter of some
 *  alphabet: "mỗ", "mē". Where each high byte stands by a number, as a sign does that is known to
 *  stand there, it is one, in the commonest charset that has such signs. */
#ifndef RCD_SIGNS_H
#define RCD_SIGNS_H

#include "rcd_detector.h"

/* Are there but signs by numbers in the excerpt, and does a charset take them for something else?
 * Marks the charsets that do not, of those that options.allow has, in allow[], which has
 * RCD_CS_COUNT entries. */
int rcd_signs_deny(const rcd_detector *d, unsigned charset, uint8_t *allow);

#endif
