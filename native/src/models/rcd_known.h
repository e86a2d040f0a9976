/* rcd_known.h : common words, by which short text is recognised. */
#ifndef RCD_KNOWN_H
#define RCD_KNOWN_H

#include <stdint.h>

#define RCD_KNOWN_LETTERS 24u /* the longest words of the table */

/* FNV-1a over a script group and the symbols of a word. */
static inline uint32_t rcd_known_hash(uint32_t hash, unsigned symbol)
{
    return (hash ^ symbol) * 0x01000193u;
}
#define RCD_KNOWN_SEED 0x811C9DC5u

/* Takes what knowing the word saves off the sums of the languages that have it, and off all sums as
 * far as it saves more than `foreign`: what a word of another language, as names are, costs more. */
void rcd_known_word(uint32_t hash, uint32_t foreign, int32_t *sum, unsigned columns);

#endif
