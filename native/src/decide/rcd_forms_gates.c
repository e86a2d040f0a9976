/* rcd_forms_gates.c : which forms the bytes look like, before any is read: by how often each byte occurs, and
 * by what stands beside what. */
#include "rcd_forms_gates.h"

#include "rcd_charset_ids.h"
#include "rcd_forms.h"
#include "rcd_single_byte.h"

#define FEW_KINDS 6u /* of bytes: fewer are no text, but in a word or two */

/* Bits of the forms, in the order of the table in rcd_forms.c. */
#define ALL_OF(first, last) (((1u << ((last) + 1u)) - 1u) & ~((1u << (first)) - 1u))
#define FORM_UTF_EBCDIC 2u
#define PAIR_FORMS ALL_OF(3u, 4u)
#define WIDE_FORMS ALL_OF(5u, 7u)
#define ACCENT_FORMS ALL_OF(8u, 10u)
#define KANA_FORMS ALL_OF(11u, 12u)

static uint64_t count_between(const rcd_census *c, unsigned first, unsigned last)
{
    uint64_t sum = 0;
    for (unsigned b = first; b <= last; b++) {
        sum += c->count[b];
    }
    return sum;
}

/* Windows of SCSU are chosen, defined and left by controls that other text has not. */
static int may_be_scsu(const rcd_census *c)
{
    uint64_t tags = count_between(c, 0x01, 0x08) + c->count[0x0B] + count_between(c, 0x0E, 0x1A) +
                    count_between(c, 0x1C, 0x1F);
    /* In EBCDIC 40 is the space, and 15 its line end. */
    uint64_t head = rcd_census_head(c);
    return tags > 0 && c->count[0x40] * 30u < head && c->count[0] * 20u <= head;
}

/* A language is written in few of the bytes from 50 on, and only spaces and controls are themselves;
 * the last bytes begin longer codes. */
static int may_be_bocu(const rcd_census *c)
{
    uint64_t head = rcd_census_head(c);
    return c->count[0] == 0 && count_between(c, 'a', 'z') * 2u <= head &&
           count_between(c, 0xD0, 0xFF) * 5u <= head * 3u &&
           count_between(c, 0x21, 0x4F) * 3u <= head && count_between(c, 0x07, 0x08) == 0 &&
           c->count[0x0B] == 0 && count_between(c, 0x0E, 0x0F) == 0;
}

static int may_be_ebcdic(const rcd_census *c)
{
    return c->count[0x15] + c->count[0x25] + c->count[0x40] > 0;
}

/* Katakana fill the places between the small letters of other pages, too. */
static int may_be_kana(const rcd_census *c)
{
    uint64_t letters = count_between(c, 0x81, 0x89) + count_between(c, 0x91, 0x99) +
                       count_between(c, 0xA2, 0xA9);
    uint64_t all = count_between(c, 0x81, 0xBF);
    uint64_t spaces = c->count[0x15] + c->count[0x25] + c->count[0x40];
    uint64_t head = rcd_census_head(c);
    return all >= 4u && spaces * 60u >= head && (all - letters) * 6u >= all && all * 3u >= head;
}

/* Every accent stands before a letter, mostly a small one, and most of what is beyond ASCII are
 * accents inside words. */
static int may_be_accents(const uint8_t *p, size_t len)
{
    unsigned accented_letters = 0, small = 0, inside = 0, others = 0;
    for (size_t i = 0; i < len; i++) {
        if (!rcd_forms_is_accent(p[i])) {
            others += p[i] >= 0x80u;
            continue;
        }
        if (i + 1u < len && (p[i + 1u] | 0x20u) - 'a' >= 26u) {
            return 0;
        }
        accented_letters++;
        small += i + 1u < len && p[i + 1u] >= 'a';
        inside += i > 0 && (p[i - 1u] | 0x20u) - 'a' < 26u;
    }
    return accented_letters >= 2u && small * 2u > accented_letters &&
           inside * 2u >= accented_letters && others <= accented_letters;
}

/* Printable ASCII without spaces, in more than a few characters: a flood of one is no text. */
static int may_be_pairs(const rcd_census *c)
{
    unsigned kinds = 0;
    for (unsigned b = 0x21; b < 0x7Fu; b++) {
        kinds += c->count[b] != 0;
    }
    return c->count[' '] == 0 && (kinds >= FEW_KINDS || kinds * 2u > c->length) &&
           count_between(c, 0, 0x1F) == c->count['\n'] + c->count['\r'];
}

/* The same with Latin letters in their usual places and katakana in all others. */
static int may_be_latin_kana(const rcd_census *c)
{
    const uint16_t *table = rcd_single_byte_table(RCD_CS_CP5123);
    uint64_t kana = 0, spaces = c->count[0x15] + c->count[0x25] + c->count[0x40];
    for (unsigned b = 0x41u; b < 0xC0u; b++) {
        kana += table[b] >= 0xFF61u && table[b] <= 0xFF9Fu ? c->count[b] : 0u;
    }
    return spaces * 60u >= rcd_census_head(c) && kana * 2u >= rcd_census_head(c);
}

uint32_t rcd_forms_may(const rcd_census *c, int utf8)
{
    uint32_t may = may_be_scsu(c) ? 1u << RCD_FORM_SCSU : 0u;
    if (utf8) {
        return may; /* no text in the other forms is */
    }
    if (c->first_high == UINT64_MAX) {
        return may | (may_be_pairs(c) ? PAIR_FORMS : 0u);
    }
    may |= may_be_bocu(c) ? 1u << RCD_FORM_BOCU : 0u;
    if (c->count[' '] == 0 && c->count['\n'] == 0) {
        may |= may_be_ebcdic(c) ? 1u << FORM_UTF_EBCDIC : 0u;
        may |= may_be_kana(c) ? KANA_FORMS : 0u;
        may |= may_be_latin_kana(c) ? 1u << RCD_FORM_LATIN_KANA : 0u;
        may |= count_between(c, 0, 0x3F) == 0 ? WIDE_FORMS : 0u;
    }
    if (count_between(c, 0xC1, 0xCF) * 2u >= count_between(c, 0x80, 0xFF)) {
        may |= ACCENT_FORMS;
    }
    return may;
}

uint32_t rcd_forms_by_order(const uint8_t *head, size_t len, uint32_t among)
{
    return (among & ACCENT_FORMS) != 0 && !may_be_accents(head, len) ? among & ~ACCENT_FORMS : among;
}
