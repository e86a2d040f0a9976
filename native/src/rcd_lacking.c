/* rcd_lacking.c : see rcd_lacking.h. */
#include "rcd_lacking.h"

#include "rcd_score.h"
#include "rcd_single_byte.h"

#define OWN 32u          /* a letter of the language is at least one in so many of its letters */
#define LETTERS_MOST 16 /* of a text that are counted: they do not come independently */
#define ONE 4096u        /* what share_of() gives for certainty */
#define BONUS_LEAST 10   /* a letter, in tenths of a bit: half of the letters are lacking */
#define BONUS_MOST 50    /* a letter, in tenths of a bit */

/* 2^(-tenths/10), in parts of ONE. */
static uint32_t share_of(uint32_t tenths)
{
    static const uint16_t step[10] = {4096, 3822, 3566, 3327, 3104, 2896, 2702, 2521, 2353, 2195};
    return tenths >= 120u ? 0u : (uint32_t)step[tenths % 10u] >> tenths / 10u;
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

int32_t rcd_lacking_bonus(const rcd_reading *r, const rcd_tally *t)
{
    const uint16_t *table = rcd_single_byte_table(r->charset);
    const rcd_script *s = rcd_script_get(RCD_LATN);
    const unsigned column = column_of(s, r->language);
    if (table == NULL || column == s->columns) {
        return 0;
    }
    uint8_t has[256] = {0};
    for (unsigned b = 0; b < 256u; b++) {
        const unsigned symbol = letter_of(table[b]);
        has[symbol] = 1;
    }
    for (unsigned c = 'a'; c <= 'z'; c++) {
        has[rcd_symbol_in(rcd_cell_of(c), RCD_LATN)] = 2;
    }
    uint32_t all = 0, there = 0;
    for (unsigned c = RCD_SYM_RARE + 1u; c < s->symbols; c++) {
        const uint32_t share =
            has[c] == 2 ? 0u : share_of(s->letters[(size_t)c * s->stride + column]);
        all += share;
        there += has[c] == 1 ? share : 0u;
    }
    if (there == all) {
        return 0;
    }
    /* Foreign letters are as much of a surprise as ever. */
    int32_t letters = 0;
    for (uint32_t i = 0; i < t->byte_count; i++) {
        const unsigned symbol = letter_of(table[t->byte[i]]);
        const uint32_t share = share_of(s->letters[(size_t)symbol * s->stride + column]);
        letters += symbol != 0 && share * OWN >= all ? t->count[t->byte[i]] : 0;
    }
    letters = letters < LETTERS_MOST ? letters : LETTERS_MOST;
    int32_t tenths = 0;
    while (tenths < BONUS_MOST &&
           (uint64_t)all * share_of((uint32_t)tenths + 1u) >= (uint64_t)there * ONE) {
        tenths++;
    }
    return tenths < BONUS_LEAST ? 0 : letters * tenths;
}
