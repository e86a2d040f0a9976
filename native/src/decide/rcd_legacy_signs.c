/* rcd_legacy_signs.c : see rcd_legacy.h.
 *
 * A name in English text is often all that is not ASCII: "Émile", "Öberg", "Suchý". In a charset that
 * is rarer, such a byte is a sign: "…mile", "÷berg", "Such²". Each sign stands beside some words, so that
 * it costs little there; but not there alone, in text that has no other sign. And where English has an
 * apostrophe, as in "doesn’t" and "I’ve", it is more than any sign: "doesnít" is a word of no language.
 */
#include "rcd_bits.h"
#include "rcd_legacy.h"
#include "rcd_letters.h"
#include "rcd_models.h"
#include "rcd_single_byte.h"

#define HIGH_MOST 8u    /* high bytes of such a text, */
#define ASCII_EACH 16u  /* and bytes of ASCII for each at least */
#define SIGN_TOUCHES 80 /* tenths of a bit that such a sign costs more, */
#define CONTRACTION 140 /* and that an apostrophe costs less where two words are contracted, */
#define SIGNS_MOST 2u   /* up to so many */
#define PAID 60         /* a sign that costs as much beside a letter is rare there anyway */
#define UNIT_LETTERS 2u /* of a word that may be a unit, which a power follows */

#define APOSTROPHE 0x2019u
#define ACUTE 0xB4u /* typed for one */

/* A high byte, and what is beside it. */
typedef struct {
    uint8_t byte;
    uint8_t left, right; /* whether letters of ASCII touch it */
    uint8_t place[2];    /* what stands there, as rcd_place_cost() has it */
    uint8_t unit;        /* the word to the left is so short that it may be a unit */
    uint8_t contracted;  /* words of English are contracted there, see below */
    uint8_t apart;       /* a word and a space are before it */
} near_byte;

static unsigned kind_of(unsigned b) { return rcd_is_letter(b) ? 2u : rcd_is_digit(b) ? 1u : 0u; }

enum { NOT_CONTRACTED, CONTRACTED_IN_ENGLISH, CONTRACTED };

/* Is what ends before `i` and goes on behind it an English word with another that is contracted? A letter
 * before S or D is so in many languages. */
static uint8_t is_contracted(const uint8_t *text, size_t len, size_t i)
{
    static const char behind[][3] = {"re", "ll", "ve", "t", "m", "s", "d"};
    size_t end = i + 1u;
    while (end < len && end - i < 4u && rcd_is_letter(text[end])) {
        end++;
    }
    const size_t n = end - i - 1u;
    const int cut = end < len && text[end] >= 0x80u;
    if (i == 0 || !rcd_is_letter(text[i - 1u]) || n == 0 || n > 2u || cut) {
        return NOT_CONTRACTED;
    }
    const unsigned first = text[i + 1u], second = n > 1u ? text[i + 2u] : 0u;
    size_t k = 0;
    while (k < sizeof behind / sizeof behind[0] &&
           (first != (unsigned char)behind[k][0] || second != (unsigned char)behind[k][1])) {
        k++;
    }
    if (k == sizeof behind / sizeof behind[0]) {
        return NOT_CONTRACTED;
    }
    const unsigned before = text[i - 1u];
    const int lone = i == 1u || !rcd_is_letter(text[i - 2u]);
    if (n == 1u && first == 't') {
        return (before | 32u) == 'n' ? CONTRACTED : NOT_CONTRACTED;
    }
    if (n == 1u && first == 'm') {
        return before == 'I' && lone ? CONTRACTED : NOT_CONTRACTED;
    }
    return n > 1u ? CONTRACTED : CONTRACTED_IN_ENGLISH;
}

/* @return how many high bytes there are; 0 where no letter touches one, or they are too many */
static size_t gather(const uint8_t *text, size_t len, near_byte *found)
{
    size_t count = 0;
    int touched = 0;
    for (size_t i = 0; i < len;) {
        if (text[i] < 0x80u) {
            i += len - i >= 8u && (rcd_load_bytes(text + i) & RCD_BYTE_TOPS) == 0 ? 8u : 1u;
            continue;
        }
        if (count == HIGH_MOST) {
            return 0;
        }
        size_t word = 0;
        while (word < i && rcd_is_letter(text[i - 1u - word])) {
            word++;
        }
        const unsigned left = i > 0 ? kind_of(text[i - 1u]) : 0u;
        const unsigned right = len - i > 1u ? kind_of(text[i + 1u]) : 0u;
        const near_byte one = {text[i], left == 2u, right == 2u, {(uint8_t)left, (uint8_t)right},
                               word <= UNIT_LETTERS, is_contracted(text, len, i),
                               i > 1u && text[i - 1u] == ' ' && rcd_is_letter(text[i - 2u])};
        touched |= one.left || one.right;
        found[count++] = one;
        i++;
    }
    return touched ? count : 0;
}

static int is_quote(uint32_t cp)
{
    return cp == 0xABu || cp == 0xBBu || cp == 0x2018u || cp - 0x201Au < 6u || cp - 0x2039u < 2u;
}

/* Does a sign belong where it touches a word? What is of goods, points and powers of units do behind
 * it, apostrophes in it, but in English only where words are contracted or a short one is in front,
 * as in "O’Hara"; of sums and of money nowhere, and a dash not where there is a space before it. */
static int belongs(uint32_t cp, const near_byte *t, int english)
{
    if (t->left && t->right) {
        const int apostrophe = cp == APOSTROPHE || cp == ACUTE;
        const int own = !english || t->contracted || (cp == APOSTROPHE && t->unit);
        return (apostrophe && own) || cp == 0xB7u || cp == 0xADu;
    }
    switch (cp) {
    case APOSTROPHE: case 0x2026u: case 0xAEu: case 0x2122u: case 0xAAu: case 0xBAu:
        return t->left;
    case 0x2013u: case 0x2014u:
        return !t->apart;
    case 0xB0u:
        return t->right || t->unit;
    case 0xB2u: case 0xB3u:
        return t->left && t->unit;
    case 0xA3u: case 0xA4u: case 0xA5u: case 0xA7u: case 0xB1u: case 0xB9u:
    case 0xBCu: case 0xBDu: case 0xBEu: case 0xD7u: case 0xF7u:
        return 0;
    default:
        return 1;
    }
}

static int is_cheap(rcd_cell cell, const near_byte *t)
{
    return rcd_cell_symbol(cell) <= RCD_SYM_DIGIT &&
           rcd_place_cost(rcd_cell_place(cell), t->place[0], t->place[1]) < PAID;
}

/* Is there another text that is so near the best that signs may decide? */
static int is_close(const rcd_readings *r)
{
    for (uint32_t i = 1; i < r->count; i++) {
        if (r->item[i].text != r->item[0].text) {
            return r->item[i].cost - r->item[0].cost < CONTRACTION * (int32_t)SIGNS_MOST;
        }
    }
    return 0;
}

void rcd_legacy_weigh_signs(rcd_detector *d, int32_t rival)
{
    near_byte found[HIGH_MOST];
    rcd_readings *r = &d->readings;
    const size_t from = d->preface;
    const uint64_t all = rcd_census_high(&d->census);
    if (all > HIGH_MOST || d->census.ascii < all * ASCII_EACH || !is_close(r)) {
        return;
    }
    const size_t count = gather(d->excerpt.text + from, d->excerpt.len - from, found);
    const int32_t best = r->item[0].cost;
    int32_t weighed = 0;
    for (uint32_t i = 0; i < r->count && count != 0 && r->item[i].cost - best < rival; i++) {
        const uint16_t *table = rcd_single_byte_table(r->item[i].charset);
        const int english = r->item[i].language == rcd_script_get(RCD_LATN)->languages[RCD_LATN_ENGLISH];
        const unsigned least = english ? CONTRACTED_IN_ENGLISH : CONTRACTED;
        unsigned signs = 0, quotes = 0, at_words = 0, contracted = 0;
        for (size_t k = 0; k < count && table != NULL && table['a'] == 'a'; k++) {
            const uint32_t cp = table[found[k].byte];
            const int touched = found[k].left || found[k].right;
            const int quote = is_quote(cp) && !(found[k].left && found[k].right);
            quotes += (unsigned)quote;
            at_words += (unsigned)(quote && touched);
            contracted += (cp == APOSTROPHE || cp == ACUTE) && found[k].contracted >= least;
            signs += touched && !quote && is_cheap(rcd_cell_of(cp), &found[k]) &&
                     !belongs(cp, &found[k], english);
        }
        signs += quotes == 1u && at_words == 1u; /* they come in pairs */
        const int32_t more = SIGN_TOUCHES * (int32_t)(signs < SIGNS_MOST ? signs : SIGNS_MOST) -
                             CONTRACTION * (int32_t)(contracted < SIGNS_MOST ? contracted : SIGNS_MOST);
        r->item[i].cost += more;
        weighed |= more;
    }
    if (weighed != 0) {
        rcd_legacy_sort(r);
    }
}
