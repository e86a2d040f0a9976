/* rcd_mentions.h : letters that text names instead of writing words with them.
 *
 *  Tables of keys, lists of what is typed for what, code that treats `'ä'` in its own way: each letter
 *  stands by itself. In the language of some alphabet most single letters are words, or it is at least
 *  no wonder that they stand alone; so its model reads the table best, the surer the longer that is. Which
 *  letters a text names says nothing of its language. */
#ifndef RCD_MENTIONS_H
#define RCD_MENTIONS_H

#include "rcd_detector.h"

/* Words with high bytes of a text, and which of them are letters that are named. */
typedef struct {
    uint32_t named;
    uint32_t signs;   /* that are named likewise */
    uint32_t quoted; /* of these, in quotes: `'x'` */
    uint32_t in_signs; /* whether some stand beside signs of ASCII */
    uint32_t doubled; /* neither: bytes that come twice or thrice in a row, as signs do: `§§` */
    uint32_t words;   /* all others */
    uint64_t byte[2]; /* the high bytes that are named: bit b & 63 of byte[(b & 127) / 64] */
} rcd_mentions;

/* Counts them in a text, with what a charset's table reads there for letters or signs. With many more words
 * than named letters at the start it stops: that is no such text. */
void rcd_mentions_count(const uint8_t *text, size_t len, const uint16_t *table, rcd_mentions *m);

/* Do the words decide, of which there are some, without the named letters, of which there are more? */
int rcd_mentions_outnumber(const rcd_mentions *m);

/* Are one or two letters named, beside signs, and nothing else is there? They tell nothing of a language,
 * or of a list. */
int rcd_mentions_few(const rcd_mentions *m);

/* Copies a text to out[], which has room for `len` bytes, without named letters and signs.
 * @return bytes there */
uint32_t rcd_mentions_drop(const rcd_mentions *m, const uint8_t *text, uint32_t len, uint8_t *out);

/* Where named letters are all that is not ASCII: the commonest charset that has letters there, with the
 * narrower ones that it is the name of marked in allow[], which has RCD_CS_COUNT entries, and in *sure how
 * sure that is, in millionths. `found` is what the models say. @return 0 when that can stay, or there
 * is none */
unsigned rcd_mentions_say(const rcd_detector *d, const rcd_mentions *m, const rcd_result *found,
                          uint8_t *allow, uint32_t *sure);

#endif
