/* rcd_kana_order.h : lists of kana in the order of the alphabet or of their codes, in EUC-JP and Shift_JIS.
 *
 *  Text has no such rows, so that the models find letters of other alphabets cheaper, and letters of Hangul
 *  (rcd_jamo.h), which are the same bytes as hiragana. */
#ifndef RCD_KANA_ORDER_H
#define RCD_KANA_ORDER_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    int32_t cost;  /* of the kana in order so far, in tenths of a bit */
    uint32_t last; /* the kana before, across ASCII and what divides; 0 = another character */
    uint32_t run;  /* how many have come that follow the one before */
} rcd_kana_order;

/* Has the beginning of a text a row of them? `euc`: in EUC-JP, else in Shift_JIS. Looks at bytes, so that a
 * row may be found where there is none. */
int rcd_kana_order_may_be(const uint8_t *text, size_t len, int euc);

void rcd_kana_order_begin(rcd_kana_order *k);

/* Counts a character in. @return whether it is a kana that follows the one before */
int rcd_kana_order_take(rcd_kana_order *k, uint32_t cp);

#endif
