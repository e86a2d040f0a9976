/* rcd_units.h : words and signs that stand by numbers.
 *
 *  "388 m²", "£5" and "12 кг" are hardly in a language. The models take the sign for a letter of some
 *  alphabet ("mỗ", "mē"), and the word for one of another. Where each word with high bytes stands by a
 *  number, and a charset reads all of them as words or signs that are known to stand there, they are
 *  these, in the commonest charset that does. */
#ifndef RCD_UNITS_H
#define RCD_UNITS_H

#include "rcd_detector.h"

/* What the words of the excerpt say where all of them stand by numbers: nothing; that a charset is the
 * commonest that knows them, or the caller's hints are for one that reads them alike; or that it is
 * another. Marks then that one and its narrower names, of those that options.allow has, in allow[],
 * which has RCD_CS_COUNT entries. `found` is what the models say. *sure is how sure that is, in millionths,
 * where the words say something. */
enum { RCD_UNITS_NOTHING, RCD_UNITS_SAME, RCD_UNITS_OTHER };
int rcd_units_say(const rcd_detector *d, int sample, const rcd_result *found, uint8_t *allow,
                  uint32_t *sure);

/* Does text in UTF-8 begin with a letter of two bytes that no known language has? GBK's 元 is Ԫ there. */
int rcd_units_is_strange(const uint8_t *text, size_t len);

/* Is the input, which is UTF-8, such that its first characters and all of the excerpt are so, and its words
 * stand by numbers? */
int rcd_units_doubt_utf8(const rcd_detector *d);

#endif
