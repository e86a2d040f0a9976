/* rcd_letters.h : letters and digits of ASCII, whatever the locale. */
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

#endif
