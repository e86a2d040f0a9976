/* rcd_lacking.h : letters that a language needs and a charset lacks.
 *
 *  Romanian with many â and î but not one ă, ș or ț was written where there are none: in Latin-1.
 *  Whoever writes a language so has fewer letters to choose from, and each is less of a surprise. */
#ifndef RCD_LACKING_H
#define RCD_LACKING_H

#include "rcd_ranking.h"
#include "rcd_reading.h"

/* Tenths of a bit that the letters of a text in Latin script cost a reading less than the models say,
 * because its charset lacks some that they count with. 0 for other scripts, where what is lacking is
 * written with other letters that are there, and where a character takes several bytes.
 *  t  the bytes that occur */
int32_t rcd_lacking_bonus(const rcd_reading *r, const rcd_tally *t);

#endif
