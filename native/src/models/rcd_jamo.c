/* rcd_jamo.c : see rcd_jamo.h. */
#include "rcd_small.h"

#include "rcd_jamo.h"

#include "rcd_jamo_data.h"

#define FIRST_CONSONANT 0x3131u
#define FIRST_VOWEL 0x314Fu
#define LAST_VOWEL 0x3163u
/* In EUC-KR, the lead byte of all letters, and the byte behind the last of those in use. */
#define LEAD 0xA4u
#define BEYOND 0xD4u
/* Tenths of a bit: that a letter is of the other kind than the one before; that a consonant follows a
 * consonant, as at the end of a syllable, and a vowel a vowel; the same again, as in laughter; the next in
 * the order of the alphabet; that syllables are spelled at all. */
#define COST_OTHER_KIND 5
#define COST_CONSONANTS 20
#define COST_VOWELS 80
#define COST_SAME 25
#define COST_NEXT 15
#define COST_SPELLED 200

int rcd_jamo_may_be(const rcd_census *c)
{
    uint64_t others = 0;
    if (c->count[LEAD] * 8u < rcd_census_high(c) && c->length <= RCD_CENSUS_HEAD) {
        return 0; /* without counting */
    }
    const uint64_t high = rcd_census_head_high(c);
    for (unsigned b = BEYOND; b < 0x100u; b++) {
        others += c->count[b];
    }
    return c->count[LEAD] * 4u >= high && others * 8u <= high;
}

void rcd_jamo_begin(rcd_jamo *j)
{
    j->cost = COST_SPELLED;
    j->last = 0;
}

static int is_vowel(uint32_t cp)
{
    return cp >= FIRST_VOWEL;
}

/* Does a letter follow another in the alphabet, without the doubled ones and the clusters? */
static int is_next(uint32_t last, uint32_t cp)
{
    static const uint16_t letters[] = {0x3131, 0x3134, 0x3137, 0x3139, 0x3141, 0x3142, 0x3145, 0x3147,
                                       0x3148, 0x314A, 0x314B, 0x314C, 0x314D, 0x314E};
    for (unsigned i = 1; i < sizeof letters / sizeof letters[0]; i++) {
        if (letters[i - 1u] == last && letters[i] == cp) {
            return 1;
        }
    }
    return cp == last + 1u;
}

int rcd_jamo_take(rcd_jamo *j, uint32_t cp)
{
    if (cp < FIRST_CONSONANT || cp > LAST_VOWEL) {
        j->last = cp == ' ' ? j->last : 0u;
        return 0;
    }
    const int alike = j->last != 0 && is_vowel(j->last) == is_vowel(cp);
    if (j->last == cp) {
        j->cost += COST_SAME;
    } else if (j->last != 0 && is_next(j->last, cp)) {
        j->cost += COST_NEXT;
    } else {
        j->cost += letter_costs[cp - FIRST_CONSONANT];
        j->cost += !alike ? COST_OTHER_KIND : is_vowel(cp) ? COST_VOWELS : COST_CONSONANTS;
    }
    j->last = cp;
    return 1;
}

int32_t rcd_jamo_cost(const rcd_jamo *j)
{
    return j->cost;
}
