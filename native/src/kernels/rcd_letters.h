/* rcd_letters.h : letters, digits and delimiters of ASCII, whatever the locale. */
#ifndef RCD_LETTERS_H
#define RCD_LETTERS_H

static inline int rcd_is_letter(unsigned b)
{
    return (b | 32u) - 'a' < 26u;
}

static inline int rcd_is_digit(unsigned b)
{
    return b - '0' < 10u;
}

/* A letter or digit, or a byte beyond ASCII. */
static inline int rcd_in_word(unsigned b) { return b >= 0x80u || rcd_is_letter(b) || rcd_is_digit(b); }

/* No multi-byte encoding has these as trail bytes (Johab's symbols apart), so a cut at one of them
 * never cuts a character. */
static inline int rcd_is_delimiter(unsigned b)
{
    return b < 0x40u && !rcd_is_digit(b);
}

#endif
