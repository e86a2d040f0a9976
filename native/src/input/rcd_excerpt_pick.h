/* rcd_excerpt_pick.h : selective reading, of which rcd_excerpt.c says where: words with high bytes are kept,
 * with the last RCD_EXCERPT_WORD bytes of ASCII before these and as many after. */
#ifndef RCD_EXCERPT_PICK_H
#define RCD_EXCERPT_PICK_H

#include "rcd_excerpt.h"

/* Values of rcd_excerpt.state: where in markup the next byte is. */
enum { IN_TEXT, AFTER_LESS, IN_TAG, IN_SCRIPT, IN_STYLE };

/* Keeps a byte, where there is room. */
static inline void rcd_excerpt_put(rcd_excerpt *e, uint8_t b)
{
    if (e->len < RCD_EXCERPT_SIZE) {
        e->text[e->len++] = b;
    }
}

/* Parts what is kept from what comes, by one space. */
static inline void rcd_excerpt_space(rcd_excerpt *e)
{
    if (e->len > 0 && e->text[e->len - 1] != ' ' && e->text[e->len - 1] != '\n') {
        rcd_excerpt_put(e, ' ');
    }
}

/* Reads a byte. */
void rcd_excerpt_pick(rcd_excerpt *e, uint8_t b);

/* Goes on with a picked word, as rcd_excerpt_pick() would byte by byte. @return the bytes taken: up to what
 * ends the word, or the room */
size_t rcd_excerpt_pick_word(rcd_excerpt *e, const uint8_t *data, size_t len);

/* Reads `len` bytes of ASCII outside picked words: only the last can stand before a high byte. */
void rcd_excerpt_pick_run(rcd_excerpt *e, const uint8_t *data, size_t len);

#endif
