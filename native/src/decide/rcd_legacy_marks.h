/* rcd_legacy_marks.h : lists of letters with marks, of whatever language.
 *
 *  They are what code strips marks from, what it takes for vowels, or all that a charset has. `áàâãäéèêë`,
 *  `áéíóúàèìòù` and `àáâãäåæçèé` are in no alphabet's order, and no language has all of them. They come
 *  letter by letter with all marks, mark by mark with all letters, or in the order of their codes. */
#ifndef RCD_LEGACY_MARKS_H
#define RCD_LEGACY_MARKS_H

#include <stdint.h>

#define RCD_MARKED_LEAST 4 /* tenths of a bit that a letter costs at least */

/* What came before; all 0 at the start. */
typedef struct {
    unsigned before;     /* the last byte, 0 = none, */
    unsigned earlier;    /* and the one before it */
    unsigned run;        /* bytes that followed in the order of their codes */
    uint32_t disordered; /* letters in none of these orders */
} rcd_marked;

/* What a letter that was not there before costs behind the others in tenths of a bit, in a charset's table
 * with Latin letters. */
int32_t rcd_marked_cost(rcd_marked *m, const uint16_t *table, unsigned byte);

#endif
