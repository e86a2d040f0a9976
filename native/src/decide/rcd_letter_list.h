/* rcd_letter_list.h : the letters beyond ASCII of a text that may be lists of letters, as in `[a-zäöüß]`.
 *
 *  And what they cost, whatever letters they are: by how many words they make, what stands around these, and
 *  which come again. */
#ifndef RCD_LETTER_LIST_H
#define RCD_LETTER_LIST_H

#include <stddef.h>
#include <stdint.h>

#define RCD_LETTERS_MOST 512u /* that are looked at */
/* Letters at least for each that is strange, comes again, or is out of order. */
#define RCD_LETTERS_ORDERED 4u

typedef struct {
    uint8_t byte[RCD_LETTERS_MOST];
    uint8_t copied[RCD_LETTERS_MOST]; /* it is no new one: its cost is in `shared` */
    uint8_t inside[RCD_LETTERS_MOST]; /* how many are before it in the same word, up to 255 */
    uint32_t count;
    uint32_t distinct;
    uint32_t jumps;  /* to one that was there */
    uint32_t again;  /* these, and one of the last two */
    uint32_t places; /* that texts count as these */
    int32_t shared;  /* tenths of a bit that the list costs whatever letters they are */
} rcd_letter_list;

/* Gathers the letters of a text. @return 0 where it has words that are no lists */
int rcd_letter_list_gather(const uint8_t *text, size_t len, rcd_letter_list *list);

#endif
