/* rcd_single_words.c : what a short text in a one-byte charset says beside its letters: words that are
 * known as wholes, and signs that ought not to be alone. */
#include "rcd_known.h"
#include "rcd_score.h"
#include "rcd_single_parts.h"

#define FEW_WORDS 100u   /* bytes; in more text there are others to tell the language */
#define FOREIGN_WORD 50u /* a known word of another language than the text's, in few words */
#define FOREIGN_NAME 0u  /* and in more */
#define LONE_QUOTE 40    /* a quote without another, in few words */
#define LONE_FRAME 60    /* the same of a piece of a frame */

/* The words that are known, of those with a byte that charsets differ in. */
static void add_known_words(rcd_single_lane *lane, const uint8_t *rank, const uint8_t *data,
                            size_t len)
{
    uint32_t hash = 0;
    unsigned letters = 0;
    int differs = 0, strange = 0;
    const uint32_t foreign = len <= FEW_WORDS ? FOREIGN_WORD : FOREIGN_NAME;
    for (size_t i = 0; i <= len; i++) {
        unsigned symbol = i < len ? symbol_of(lane->info[rank[data[i]]]) : RCD_SYM_BOUNDARY;
        if (symbol > RCD_SYM_DIGIT) {
            hash = rcd_known_hash(letters == 0 ? rcd_known_hash(RCD_KNOWN_SEED, lane->group) : hash,
                                  symbol);
            letters++;
            differs |= rcd_is_special(data[i]);
            strange |= symbol == RCD_SYM_FOREIGN;
            continue;
        }
        if (differs && !strange && letters > 1 && letters <= RCD_KNOWN_LETTERS) {
            rcd_known_word(hash, foreign, lane->own, lane->columns);
        }
        letters = 0;
        differs = strange = 0;
    }
}

static int is_quote(unsigned cp)
{
    return cp == 0xABu || cp == 0xBBu || (cp >= 0x2018u && cp <= 0x201Fu) || cp == 0x2039u ||
           cp == 0x203Au;
}

/* What it costs a short text that a quote, or a piece of a frame, is alone: letters are read as such
 * by charsets that have these in their place. Apostrophes are no quotes. */
static int32_t lone_signs(const rcd_single_lane *lane, const uint8_t *rank, const uint8_t *data,
                          size_t len)
{
    unsigned quotes = 0, frames = 0;
    for (size_t i = 0; i < len; i++) {
        if (data[i] >= 0x80u && place_of(lane->info[rank[data[i]]]) != 0) {
            unsigned cp = lane->table[data[i]];
            int inside = i > 0 && i + 1 < len &&
                         symbol_of(lane->info[rank[data[i - 1]]]) > RCD_SYM_DIGIT &&
                         symbol_of(lane->info[rank[data[i + 1]]]) > RCD_SYM_DIGIT;
            quotes += is_quote(cp) && !(cp == 0x2019u && inside);
            frames += place_of(lane->info[rank[data[i]]]) == RCD_PLACE_BOX;
        }
    }
    return (quotes == 1u ? LONE_QUOTE : 0) + (frames == 1u ? LONE_FRAME : 0);
}

void rcd_single_words(rcd_single_lane *lane, const uint8_t *rank, const uint8_t *data, size_t len)
{
    add_known_words(lane, rank, data, len);
    if (len <= FEW_WORDS) {
        lane->shared += lone_signs(lane, rank, data, len);
    }
}
