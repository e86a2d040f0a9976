/* rcd_jamo.h : syllables of Hangul that are spelled, as `ㅎㅏㄴㄱㅡㄹ`, and lists of its letters, in EUC-KR.
 *
 *  Where nothing else stands beside them, they are hiragana in EUC-JP as well. */
#ifndef RCD_JAMO_H
#define RCD_JAMO_H

#include <stdint.h>

#include "rcd_census.h"

typedef struct {
    int32_t cost;  /* of the letters so far, in tenths of a bit */
    uint32_t last; /* the letter before, across a space; 0 = another character */
} rcd_jamo;

/* Are many of the bytes beyond ASCII those of such letters, and hardly any such as no letter has? */
int rcd_jamo_may_be(const rcd_census *c);

void rcd_jamo_begin(rcd_jamo *j);

/* Counts a character in. @return whether it is a letter */
int rcd_jamo_take(rcd_jamo *j, uint32_t cp);

/* Tenths of a bit that the letters cost, and that they are spelled at all. */
int32_t rcd_jamo_cost(const rcd_jamo *j);

#endif
