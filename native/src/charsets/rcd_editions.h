/* rcd_editions.h : editions of the multi-byte charsets, that are recognised by codes of their own.
 *
 *  Text in one is text of the charset that it is an edition of, until a code comes that no member of the
 *  family has, or that the family's head leaves to its users: 80 is a euro sign in windows-936, and A8 BC
 *  a letter of pinyin in GB 18030 since 2005. One code of a single byte may be a stray byte as well; two
 *  are not. */
#ifndef RCD_EDITIONS_H
#define RCD_EDITIONS_H

#include <stddef.h>
#include <stdint.h>

/* So many of one byte in a row are a hole, which a disk or a card leaves where it lost a block, and no
 * codes of an edition: guides write four signs of money, but nobody two of what FD to FF are. */
static inline unsigned rcd_hole_least(unsigned byte)
{
    return byte >= 0xFDu ? 2u : 8u;
}

/* What is known of the codes of their own that a text has. */
typedef struct {
    uint64_t codes;  /* how many there were, */
    uint64_t pairs;  /* and of these of two bytes */
    uint8_t who;     /* bit k: the k-th edition of the family has all of them */
} rcd_own_codes;

/* The family that a charset is an edition of; -1 for any other charset. */
int rcd_edition_family(unsigned charset);

void rcd_own_codes_init(rcd_own_codes *own);

/* Counts the code at p in, where an edition of the family has it.
 *  is_private  one that the head of the family has for private use; else one that no member has
 *  @return its length in bytes, 0 where there is none */
size_t rcd_own_codes_take(rcd_own_codes *own, int family, const uint8_t *p, size_t n, int is_private);

/* The first edition that has them all, of those that are allowed (as in rcd_options; NULL = all); 0 where
 * there is none, or too few codes. */
unsigned rcd_own_codes_edition(const rcd_own_codes *own, int family, const uint8_t *allow);

/* The same for the codes of private use in a text, which the family decodes. `present` says which bytes
 * are in it, as 256 bits. */
unsigned rcd_edition_of_text(int family, const uint8_t *text, size_t len, const uint64_t present[4],
                             const uint8_t *allow);

#endif
