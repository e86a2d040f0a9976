/* rcd_lacking.c : see rcd_lacking.h. */
#include "rcd_lacking.h"

#include <string.h>

#include "rcd_score.h"
#include "rcd_single_byte.h"

#define OWN 32u          /* a letter of the language is at least one in so many of its letters */
#define LETTERS_MOST 16 /* of a text that are counted: they do not come independently */
#define ONE 4096u        /* what share_of() gives for certainty */
#define BONUS_LEAST 16   /* a letter, in tenths of a bit: most of the letters are lacking */
#define BONUS_MOST 50    /* a letter, in tenths of a bit */

typedef struct {
    uint8_t symbol;
    uint8_t cost;
} need;

#include "rcd_lacking_data.h"

_Static_assert(LACKING_SYMBOLS <= 256, "symbols of a byte");

/* 2^(-tenths/10), in parts of ONE. */
static uint32_t share_of(uint32_t tenths)
{
    static const uint16_t step[10] = {4096, 3822, 3566, 3327, 3104, 2896, 2702, 2521, 2353, 2195};
    return (uint32_t)step[tenths % 10u] >> tenths / 10u;
}

/* Symbol of a character where it is a letter beyond ASCII, else 0. */
static unsigned letter_of(uint32_t cp)
{
    if (cp < 0x80u) {
        return 0;
    }
    const unsigned symbol = rcd_symbol_in(rcd_cell_of(cp), RCD_LATN);
    return symbol > RCD_SYM_RARE ? symbol : 0u;
}

/* Column of a language among those in Latin script; their number = it is none. */
static unsigned column_of(const rcd_script *s, unsigned language)
{
    unsigned k = 0;
    while (k < s->columns && s->languages[k] != language) {
        k++;
    }
    return k;
}

/* Finds what a language needs. */
static void find_needed(unsigned language, rcd_needed *needed)
{
    const unsigned k = column_of(rcd_script_get(RCD_LATN), language);
    needed->language = language;
    needed->all = 0;
    if (k == LACKING_COLUMNS || first_need[k] == first_need[k + 1u]) {
        return;
    }
    memset(needed->share, 0, LACKING_SYMBOLS * sizeof needed->share[0]);
    for (unsigned i = first_need[k]; i < first_need[k + 1u]; i++) {
        const uint32_t share = share_of(needs[i].cost);
        needed->share[needs[i].symbol] = (uint16_t)share;
        needed->all += share;
    }
}

int32_t rcd_lacking_bonus(const rcd_reading *r, const rcd_tally *t, rcd_needed *needed)
{
    const uint16_t *table = rcd_single_byte_table(r->charset);
    if (table == NULL) {
        return 0;
    }
    if (needed->language != r->language) {
        find_needed(r->language, needed);
    }
    if (needed->all == 0) {
        return 0;
    }
    uint8_t has[256] = {1};
    uint32_t there = 0;
    /* What the text has is mostly more than half of what it needs, and all that is to be known.
     * Foreign letters are as much of a surprise as ever. */
    int32_t letters = 0;
    const int ascii = table['a'] == 'a'; /* in EBCDIC letters are anywhere */
    const uint32_t bytes = ascii ? t->special_count : t->byte_count;
    for (uint32_t i = 0; i < bytes; i++) {
        const unsigned symbol = letter_of(table[t->byte[i]]);
        if (symbol == 0) {
            continue;
        }
        const uint32_t share = needed->share[symbol];
        letters += share * OWN >= needed->all ? t->count[t->byte[i]] : 0;
        there += has[symbol] ? 0u : share;
        has[symbol] = 1;
    }
    if (letters == 0) {
        return 0;
    }
    for (unsigned b = ascii ? 0x80u : 0u; b < 256u && there * 2u <= needed->all; b++) {
        const unsigned symbol = letter_of(table[b]);
        there += has[symbol] ? 0u : needed->share[symbol];
        has[symbol] = 1;
    }
    letters = letters < LETTERS_MOST ? letters : LETTERS_MOST;
    int32_t tenths = 0;
    while (tenths < BONUS_MOST &&
           (uint64_t)needed->all * share_of((uint32_t)tenths + 1u) >= (uint64_t)there * ONE) {
        tenths++;
    }
    return tenths < BONUS_LEAST ? 0 : letters * tenths;
}
