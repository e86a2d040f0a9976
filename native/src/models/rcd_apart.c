/* rcd_apart.c : see rcd_apart.h. */
#include "rcd_apart.h"

#include <string.h>

#include "rcd_bits.h"
#include "rcd_models.h"

/* Tenths of a bit that the commonest charset for a language costs less than one that is rare for it, and
 * what part of that a byte costs more for confidence: of 180 such answers in 80,000 a third were wrong,
 * and of those that cost 60 and more nearly all. */
#define RARE 100u
#define RARE_PART 5u

_Static_assert(RCD_CANDIDATES <= 8, "a candidate is a bit of a byte");

/* Are two characters different ones to the models? Of s with comma and with cedilla they know one. */
static int differ(unsigned one, unsigned other)
{
    if (one == other) {
        return 0;
    }
    const rcd_cell a = rcd_cell_of(one), b = rcd_cell_of(other);
    return rcd_cell_symbol(a) <= RCD_SYM_RARE || rcd_cell_symbol(a) != rcd_cell_symbol(b) ||
           rcd_cell_group(a) != rcd_cell_group(b) || rcd_cell_case(a) != rcd_cell_case(b);
}

/* What a charset's use for a language costs; NULL = it was not used for it. */
static const rcd_pair *pair_of(unsigned charset, unsigned language)
{
    size_t count;
    const rcd_pair *pairs = rcd_pairs_of(charset, &count), *least = NULL;
    for (size_t p = 0; p < count; p++) {
        const unsigned of = pairs[p].group == RCD_HANI
                                ? rcd_hani_language(pairs[p].column)
                                : rcd_script_get(pairs[p].group)->languages[pairs[p].column];
        if (of == language && (least == NULL || pairs[p].cost < least->cost)) {
            least = &pairs[p];
        }
    }
    return least;
}

/* What the text alone says for the best and against another. */
static int32_t told_of(const rcd_pair *best, const rcd_candidate *other)
{
    const rcd_pair *rival = pair_of(other->charset, other->language);
    return best == NULL || rival == NULL ? other->score
                                         : other->score - ((int32_t)rival->cost - best->cost);
}

/* The tables of the best charset and of the others; NULL = of several bytes to a character. */
typedef struct {
    const uint16_t *table[RCD_CANDIDATES];
    uint8_t marks[256]; /* of a byte: KNOWN, and the others that read it otherwise */
} readings;

#define KNOWN 1u /* the bit of the best */

/* The others that read a byte otherwise: those of several bytes to a character, the high ones. */
static unsigned marks_of(readings *r, unsigned count, unsigned b)
{
    if (r->marks[b] == 0) {
        unsigned marks = KNOWN;
        for (unsigned k = 1; k < count; k++) {
            const uint16_t *one = r->table[0], *other = r->table[k];
            const int differs =
                one != NULL && other != NULL ? differ(one[b], other[b]) : b >= 0x80u;
            marks |= (unsigned)differs << k;
        }
        r->marks[b] = (uint8_t)marks;
    }
    return r->marks[b] & ~KNOWN;
}

/* Is any of ASCII read otherwise? */
static int ascii_differs(const readings *r, unsigned count)
{
    unsigned k = 1;
    while (k < count && (r->table[0] == NULL || r->table[k] == NULL ||
                         memcmp(r->table[0], r->table[k], 0x80u * sizeof(uint16_t)) == 0)) {
        k++;
    }
    return k < count;
}

/* A byte with its neighbours: the same again, as in a word that comes twice, says nothing new. */
static uint32_t place_at(const uint8_t *text, size_t len, size_t i)
{
    uint32_t before = i > 0 ? text[i - 1u] : ' ', after = i + 1u < len ? text[i + 1u] : ' ';
    return before << 16 | (uint32_t)text[i] << 8 | after;
}

/* Counts a place where it is new. @return whether there is room for more. */
static int count_place(uint32_t seen[RCD_APART_MOST], rcd_candidate *c, uint32_t place)
{
    for (unsigned k = 0; k < c->places; k++) {
        if (seen[k] == place) {
            return 1;
        }
    }
    seen[c->places++] = place;
    return c->places < RCD_APART_MOST;
}

void rcd_apart(const uint8_t *text, size_t len, rcd_result *out)
{
    readings r;
    uint32_t seen[RCD_CANDIDATES][RCD_APART_MOST];
    unsigned open = 0;
    const rcd_pair *best = pair_of(out->candidate[0].charset, out->candidate[0].language);
    /* A charset that hardly anybody used for the language must read it well. */
    if (best != NULL && best->rarer >= RARE) {
        out->candidate[0].each += best->rarer / RARE_PART;
    }
    memset(r.marks, 0, sizeof r.marks);
    r.table[0] = rcd_single_byte_table(out->candidate[0].charset);
    for (unsigned k = 1; k < out->count; k++) {
        out->candidate[k].places = out->candidate[k].reserved = 0;
        out->candidate[k].told = told_of(best, &out->candidate[k]);
        r.table[k] = rcd_single_byte_table(out->candidate[k].charset);
        open |= 1u << k;
    }
    const int plain = !ascii_differs(&r, out->count);
    for (size_t i = 0; i < len && open != 0; i++) {
        if (plain && len - i >= 8u && (rcd_load_bytes(text + i) & RCD_BYTE_TOPS) == 0) {
            i += 7u;
            continue;
        }
        unsigned here = marks_of(&r, out->count, text[i]) & open;
        if (here == 0) {
            continue;
        }
        const uint32_t place = place_at(text, len, i);
        for (unsigned k = 1; k < out->count; k++) {
            if ((here >> k & 1u) != 0 && !count_place(seen[k], &out->candidate[k], place)) {
                open &= ~(1u << k);
            }
        }
    }
}
