/* rcd_excerpt.h : the text that the models read, picked out of a stream of any length. */
#ifndef RCD_EXCERPT_H
#define RCD_EXCERPT_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_rest.h"

#define RCD_EXCERPT_SIZE 16384u /* bytes kept */
#define RCD_EXCERPT_FULL 8192u  /* offset up to which every word outside markup is kept */
#define RCD_EXCERPT_HASHES 512u /* picked words that are remembered, at most */
#define RCD_EXCERPT_DROPPED 65536u /* so many bytes of repeated words: there come no others */
#define RCD_EXCERPT_END 1024u   /* bytes of the end of a longer input */
#define RCD_EXCERPT_WORD 48u    /* ASCII bytes kept of a word before its first high byte */

/* Of the first 8 KiB everything is kept but markup: tags, scripts, styles and character references
 * say nothing about the language of the text. Of markup and of what follows, only words with bytes
 * outside ASCII are kept, which are what the encodings differ in. Of these each
 * counts once: what a writer repeats (a dash between spaces, a name, a notice) is no new evidence. */
typedef struct {
    uint64_t pos;             /* bytes consumed */
    uint32_t len;             /* bytes kept in text */
    uint32_t dropped;         /* bytes of words that came a second time */
    uint32_t state;           /* enum in rcd_excerpt_pick.h */
    uint32_t tag_len;         /* bytes since `<` */
    uint32_t match;           /* progress in the closing tag of a script or style */
    uint32_t word_len;        /* ASCII bytes in `word` */
    uint32_t after;           /* ASCII bytes kept since the last high byte of a picked word */
    uint32_t line;            /* where the last line of picked words ends in `text` */
    uint32_t begin;           /* where the picked word begins in `text` */
    uint8_t picking;          /* inside a word with a high byte, in selective reading */
    uint8_t name_len;         /* letters in `name` */
    uint8_t high;             /* the current word of the text has a high byte */
    uint16_t picked[RCD_EXCERPT_HASHES]; /* of the words picked so far, see end_word() */
    uint8_t name[8];          /* start of the tag's name, lower case */
    uint8_t word[RCD_EXCERPT_WORD]; /* ring of the ASCII bytes of the current word */
    uint8_t text[RCD_EXCERPT_SIZE];
} rcd_excerpt;

void rcd_excerpt_init(rcd_excerpt *e);
/* Consumes all of `data`; any split gives the same text. Once `text` is full, or between words with
 * high bytes, it costs a vector scan or nothing. @return how many bytes were looked at: the rest came when
 * it was full */
size_t rcd_excerpt_feed(rcd_excerpt *e, const uint8_t *data, size_t len);

#define RCD_EXCERPT_KEPT (RCD_REST_TEXT + RCD_EXCERPT_END + 256u)

/* What rcd_excerpt_end() has put other text in the place of. */
typedef struct {
    uint32_t at;
    uint32_t len;
    uint8_t text[RCD_EXCERPT_KEPT];
} rcd_excerpt_kept;

/* Puts words of the rest of an input that is longer than the text, and its last ones, behind the text, or in
 * the place of its last words, as lines of their own, so that an input that goes on otherwise than it begins
 * is seen to; what stood there is in *kept.
 *  last  the last bytes of the input, at most RCD_EXCERPT_END
 * @return 0 where the input is shorter, or `last` is one word: nothing is changed then */
int rcd_excerpt_end(rcd_excerpt *e, const rcd_rest *rest, const uint8_t *last, size_t len,
                    rcd_excerpt_kept *kept);
/* Undoes it. */
void rcd_excerpt_restore(rcd_excerpt *e, const rcd_excerpt_kept *kept);

#endif
