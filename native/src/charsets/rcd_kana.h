/* rcd_kana.h : half-width katakana, which the models know at full width only. */
#ifndef RCD_KANA_H
#define RCD_KANA_H

#include <stddef.h>
#include <stdint.h>

/* Turns half-width katakana among `n` code points into what is written at full width, in place: a
 * letter and the sign of voice after it become one.
 * @return how many code points are left */
size_t rcd_kana_full_width(uint32_t *text, size_t n);

#endif
