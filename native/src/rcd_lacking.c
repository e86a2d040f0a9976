/* rcd_lacking.c : see rcd_lacking.h. */
#include "rcd_lacking.h"

#include "rcd_score.h"
#include "rcd_single_byte.h"

#define OWN 32u          /* a letter of the language is at least one in so many of its letters */
#define LETTERS_MOST 16 /* of a text that are counted: they do not come independently */
#define ONE 4096u        /* what share_of() gives for certainty */
#define BONUS_LEAST 16   /* a letter, in tenths of a bit: most of the letters are lacking */
#define NO_SHARE 120u     /* tenths of a bit that a letter costs, of which there is no share */
#define BONUS_MOST 50    /* a letter, in tenths of a bit */

/* 2^(-tenths/10), in parts of ONE. */
static uint32_t share_of(uint32_t tenths)
{
    static const uint16_t step[10] = {4096, 3822, 3566, 3327, 3104, 2896, 2702, 2521, 2353, 2195};
    return tenths >= NO_SHARE ? 0u : (uint32_t)step[tenths % 10u] >> tenths / 10u;
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

/* Is any letter beyond ASCII in the text one of those in a column? */
static int has_any(const rcd_script *s, unsigned k, const uint16_t *table, const rcd_tally *t)
{
    for (uint32_t i = 0; i < t->byte_count; i++) {
        const unsigned symbol = letter_of(table[t->byte[i]]);
        if (symbol != 0 && s->letters[(size_t)symbol * s->stride + k] < NO_SHARE) {
            return 1;
        }
    }
    return 0;
}

/* Finds what the language of a column needs. */
static void find_needed(const rcd_script *s, unsigned k, rcd_needed *needed)
{
    needed->language = s->languages[k];
    needed->all = 0;
    for (unsigned c = 0; c < s->symbols; c++) {
        const uint8_t cost = s->letters[(size_t)c * s->stride + k];
        needed->share[c] = (uint16_t)(c > RCD_SYM_RARE ? share_of(cost) : 0u);
    }
    for (unsigned c = 'a'; c <= 'z'; c++) {
        needed->share[rcd_symbol_in(rcd_cell_of(c), RCD_LATN)] = 0;
    }
    for (unsigned c = 0; c < s->symbols; c++) {
        needed->all += needed->share[c];
    }
}

int32_t rcd_lacking_bonus(const rcd_reading *r, const rcd_tally *t, rcd_needed *needed)
{
    const uint16_t *table = rcd_single_byte_table(r->charset);
    const rcd_script *s = rcd_script_get(RCD_LATN);
    if (table == NULL) {
        return 0;
    }
    if (needed->language != r->language) {
        const unsigned column = column_of(s, r->language);
        if (column == s->columns || !has_any(s, column, table, t)) {
            return 0;
        }
        find_needed(s, column, needed);
    }
    if (needed->all == 0) {
        return 0;
    }
    uint8_t has[256] = {1};
    uint32_t there = 0;
    /* What the text has is mostly more than half of what it needs, and all that is to be known.
     * Foreign letters are as much of a surprise as ever. */
    int32_t letters = 0;
    for (uint32_t i = 0; i < t->byte_count; i++) {
        const unsigned symbol = letter_of(table[t->byte[i]]);
        if (symbol == 0) {
            continue;
        }
        const uint32_t share = needed->share[symbol];
        letters += share * OWN >= needed->all ? t->count[t->byte[i]] : 0;
        there += has[symbol] ? 0u : share;
        has[symbol] = 1;
    }
    unsigned b = table['a'] == 'a' ? 0x80u : 0u; /* in EBCDIC letters are anywhere */
    for (; b < 256u && letters != 0 && there * 2u <= needed->all; b++) {
        const unsigned symbol = letter_of(table[b]);
        there += has[symbol] ? 0u : needed->share[symbol];
        has[symbol] = 1;
    }
    letters = letters < LETTERS_MOST ? letters : LETTERS_MOST;
    int32_t tenths = 0;
    while (tenths < BONUS_MOST && letters != 0 &&
           (uint64_t)needed->all * share_of((uint32_t)tenths + 1u) >= (uint64_t)there * ONE) {
        tenths++;
    }
    return tenths < BONUS_LEAST ? 0 : letters * tenths;
}
