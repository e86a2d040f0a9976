/* rcd_alone.h : Han, kana and Hangul on their own.
 *
 *  Tables of codes, of fonts and of input methods list characters, `U+4E00 一`, `case '가':`, `<li>亜</li>`. To the
 *  models these are words of two letters; but no text has so many words of just two, of letters from all over the
 *  upper half of the codes, or each the next code. Which charset it is, the part of its codes tells that they are
 *  in: the first levels are of different size. */
#ifndef RCD_ALONE_H
#define RCD_ALONE_H

#include "rcd_detector.h"

/* The charset of several bytes a character in the first level of which nearly all is that stands beyond ASCII, where
 * that is characters by themselves alone.
 *  allow  RCD_CS_COUNT entries: it and others that are nearly as likely are marked, of those that the caller allows
 *  sure   how sure that is, in millionths
 * @return 0 where there is none, or a label or the caller's hints say what it is */
unsigned rcd_alone_say(const rcd_detector *d, int sample, uint8_t *allow, uint32_t *sure);

#endif
