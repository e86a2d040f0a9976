/* rcd_plain_letter.h : which letters of ASCII are written or typed for a letter of another alphabet. */
#ifndef RCD_PLAIN_LETTER_H
#define RCD_PLAIN_LETTER_H

/* The letter of ASCII that one of Latin script is without its mark: `a` of `á`, from À to ſ; '-' = none. */
char rcd_without_mark(unsigned cp);

/* Is `plain`, a small letter of ASCII, what is written or typed for a letter of Latin, Cyrillic or Greek
 * script, or how that begins? `o` of `ø` and `ö`, `z` of `ж`, `w` and `o` of `ω`. */
int rcd_is_plain_for(unsigned cp, unsigned plain);

#endif
