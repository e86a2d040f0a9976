/* rcd_unit_words.h : the words with high bytes of a text in which each of them stands by a number.
 *
 *  They are found as bytes: which charset they are in is for rcd_units.c to say. */
#ifndef RCD_UNIT_WORDS_H
#define RCD_UNIT_WORDS_H

#include <stddef.h>
#include <stdint.h>

#define RCD_UNIT_WORDS 16u /* different words at most: a table has few */

/* Where a sign stands: between numbers, right behind one, behind one and a space, before one, before a
 * unit that follows a number, behind a unit of length, behind the N that a number follows. */
enum { BETWEEN = 1, AFTER = 2, APART = 4, BEFORE = 8, UNIT = 16, POWER = 32, NUMBER = 64, PLACES = 7 };

/* A word of the text, and how often it has come; where one byte of it is high, where that stood. */
typedef struct {
    const uint8_t *text; /* in the text that was searched */
    uint32_t len;
    uint32_t high; /* high bytes */
    uint32_t all;
    uint32_t joined;     /* to a number behind it, without a space, as `ä3` */
    uint32_t apart;      /* between two numbers, from which spaces part it */
    uint32_t at[PLACES]; /* by the number of the place's bit */
} rcd_unit_word;

typedef struct {
    uint32_t count;
    uint32_t titles; /* how often one of them has come before a number, and no full stop */
    rcd_unit_word word[RCD_UNIT_WORDS];
} rcd_unit_words;

/* Finds the words with high bytes, up to the first that is too long, stands by no number, or has no room.
 * @return whether there are any, and none of them was such a one */
int rcd_unit_words_find(const uint8_t *text, size_t len, rcd_unit_words *w);

#endif
