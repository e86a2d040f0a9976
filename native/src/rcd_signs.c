/* rcd_signs.c : see rcd_signs.h. */
#include "rcd_small.h"

#include "rcd_signs.h"

#include <string.h>

#include "rcd_bits.h"
#include "rcd_charset.h"
#include "rcd_models.h"
#include "rcd_single_byte.h"

#define KINDS_MOST 32u /* different high bytes: signs are few */
#define NEARLY(n) ((n) - (n) / 10u) /* that stand where a sign usually does */
#define IN_USE 66      /* tenths of a bit that a charset's commonest use costs at most */

/* Where a byte stands: between numbers, right behind one, behind one and a space, before one, before a
 * unit that follows a number, behind a unit of length, behind the N that a number follows. */
enum { BETWEEN = 1, AFTER = 2, APART = 4, BEFORE = 8, UNIT = 16, POWER = 32, NUMBER = 64, PLACES = 7 };

/* Signs in the order of their code points, and where they usually stand. */
static const struct {
    uint16_t cp;
    uint16_t places;
} signs[] = {
    {0x00A0, BETWEEN | AFTER | BEFORE | UNIT | NUMBER},
    {0x00A2, AFTER | BEFORE},             /* cent */
    {0x00A3, BEFORE},                     /* pound */
    {0x00A5, AFTER | APART | BEFORE},     /* yen */
    {0x00A7, BEFORE},                     /* section */
    {0x00A9, BEFORE},                     /* copyright, before a year */
    {0x00AA, AFTER},                      /* feminine ordinal */
    {0x00AB, BEFORE},                     /* quotes */
    {0x00AE, AFTER},                      /* registered, behind a name that ends in a number */
    {0x00B0, BETWEEN | AFTER | APART | UNIT | NUMBER},
    {0x00B1, BETWEEN | BEFORE},           /* plus or minus */
    {0x00B2, AFTER | POWER},              /* squared */
    {0x00B3, AFTER | POWER},              /* cubed */
    {0x00B5, UNIT},                       /* micro */
    {0x00B7, BETWEEN | BEFORE},           /* middle dot */
    {0x00BA, AFTER | UNIT | NUMBER},      /* masculine ordinal */
    {0x00BB, AFTER},
    {0x00BC, AFTER},                      /* fractions */
    {0x00BD, AFTER},
    {0x00BE, AFTER},
    {0x00D7, BETWEEN | AFTER | BEFORE},   /* times */
    {0x00D8, BEFORE},                     /* diameter */
    {0x00F7, BETWEEN},                    /* divided by */
    {0x0192, BEFORE},                     /* florin */
    {0x2013, BETWEEN | APART | BEFORE},   /* dashes */
    {0x2014, BETWEEN | APART},
    {0x2018, BEFORE},                     /* quotes */
    {0x2019, BETWEEN | AFTER},            /* in Swiss numbers, too */
    {0x201A, BEFORE},
    {0x201C, BEFORE},
    {0x201D, AFTER},
    {0x201E, BEFORE},
    {0x2022, BEFORE},                     /* bullet */
    {0x2026, BETWEEN | AFTER},            /* ellipsis */
    {0x2030, AFTER | APART},              /* per mille */
    {0x20AA, AFTER | APART | BEFORE},     /* shekel */
    {0x20AC, BETWEEN | AFTER | APART | BEFORE}, /* euro */
    {0x2116, BEFORE},                     /* numero */
    {0x2122, AFTER},                      /* trade mark */
    {0x2248, BEFORE},                     /* almost equal, not greater, not less */
    {0x2264, BEFORE},
    {0x2265, BEFORE},
};

/* The high bytes of a text, in the order in which they occur, and how often each stands where. */
typedef struct {
    uint32_t count;
    uint8_t byte[KINDS_MOST];
    uint32_t all[KINDS_MOST];
    uint32_t at[KINDS_MOST][PLACES];
} sign_places;

static int is_digit(unsigned b) { return b >= '0' && b <= '9'; }
static int is_letter(unsigned b) { return (b | 32u) >= 'a' && (b | 32u) <= 'z'; }
/* What ends a cell or a word, and is no trail byte of the charsets for Chinese, Japanese and Korean. */
static int is_end(unsigned b) { return b < 0x40u && !is_digit(b); }

/* Is what ends at `behind` a unit of length, or feet or inches, by itself? */
static int is_length(const uint8_t *text, size_t behind)
{
    size_t i = behind;
    while (i > 0 && is_letter(text[i - 1u])) {
        i--;
    }
    const size_t len = behind - i;
    const unsigned last = len > 0 ? text[behind - 1u] | 32u : 0;
    const unsigned first = len > 1u ? text[i] | 32u : last;
    if (i > 0 && text[i - 1u] >= 0x80u) {
        return 0;
    }
    return (len == 1u && last == 'm') ||
           (len == 2u && ((last == 'm' && memchr("cdkmn", (int)first, 5) != NULL) ||
                          (first == 'f' && last == 't') || (first == 'i' && last == 'n')));
}

/* The place of the byte at `i`; 0 = not by a number. */
static unsigned place_of(const uint8_t *text, size_t len, size_t i)
{
    const unsigned before = i > 0 ? text[i - 1u] : '\n';
    const unsigned after = i + 1u < len ? text[i + 1u] : '\n';
    const unsigned second = i > 1u ? text[i - 2u] : '\n';
    const unsigned next = i + 2u < len ? text[i + 2u] : '\n';
    const int behind = is_digit(before) || (before == ' ' && is_digit(second));
    const int ahead = is_digit(after) || (after == ' ' && is_digit(next));
    if (before >= 0x80u || after >= 0x80u) {
        return 0;
    }
    if (behind && ahead) {
        return BETWEEN;
    }
    if (behind) {
        return is_letter(after) ? UNIT : !is_end(after) ? 0u : before == ' ' ? APART : AFTER;
    }
    if (is_letter(before)) {
        return (before | 32u) == 'n' && is_end(second) && (ahead || after == ' ') ? NUMBER
               : is_end(after) && is_length(text, i)                              ? POWER
                                                                                  : 0u;
    }
    return ahead ? BEFORE : 0u;
}

/* @return whether there was room for it */
static int count_place(sign_places *s, unsigned byte, unsigned place)
{
    uint32_t k = 0;
    while (k < s->count && s->byte[k] != byte) {
        k++;
    }
    if (k == KINDS_MOST) {
        return 0;
    }
    if (k == s->count) {
        memset(s->at[k], 0, sizeof s->at[k]);
        s->byte[k] = (uint8_t)byte;
        s->all[k] = 0;
        s->count++;
    }
    s->all[k]++;
    s->at[k][rcd_lowest_bit(place)]++;
    return 1;
}

/* @return whether there are high bytes, and each stands by a number */
static int find_signs(const uint8_t *text, size_t len, sign_places *s)
{
    s->count = 0;
    for (size_t i = 0; i < len; i++) {
        if (len - i >= 8u && (rcd_load_bytes(text + i) & RCD_BYTE_TOPS) == 0) {
            i += 7u;
        } else if (text[i] >= 0x80u) {
            const unsigned place = place_of(text, len, i);
            if (place == 0 || !count_place(s, text[i], place)) {
                return 0;
            }
        }
    }
    return s->count != 0;
}

static unsigned places_of(unsigned cp)
{
    for (size_t i = 0; i < sizeof signs / sizeof signs[0] && signs[i].cp <= cp; i++) {
        if (signs[i].cp == cp) {
            return signs[i].places;
        }
    }
    return 0;
}

/* Has a charset signs for all of them that stand so? */
static int has_signs(const uint16_t table[256], const sign_places *s)
{
    for (uint32_t k = 0; k < s->count; k++) {
        uint32_t fit = 0;
        for (unsigned left = places_of(table[s->byte[k]]); left != 0; left &= left - 1u) {
            fit += s->at[k][rcd_lowest_bit(left)];
        }
        if (fit < NEARLY(s->all[k])) {
            return 0;
        }
    }
    return 1;
}

/* What a charset's commonest use costs, in tenths of a bit. */
static int32_t least_prior(unsigned charset)
{
    size_t count;
    int32_t least = INT32_MAX;
    const rcd_pair *pair = rcd_pairs_of(charset, &count);
    for (size_t p = 0; p < count; p++) {
        least = pair[p].cost < least ? pair[p].cost : least;
    }
    return least;
}

/* Does a charset have a sign for each, wherever that usually stands? */
static int reads_signs(const uint16_t *table, const sign_places *s)
{
    uint32_t k = 0;
    while (table != NULL && k < s->count && places_of(table[s->byte[k]]) != 0) {
        k++;
    }
    return k == s->count;
}

static int read_alike(const uint16_t *one, const uint16_t *other, const sign_places *s)
{
    uint32_t k = 0;
    while (k < s->count && one[s->byte[k]] == other[s->byte[k]]) {
        k++;
    }
    return k == s->count;
}

int rcd_signs_deny(const rcd_detector *d, unsigned charset, uint8_t *allow)
{
    sign_places s;
    if (!find_signs(d->excerpt.text, d->excerpt.len, &s)) {
        return 0;
    }
    /* A rarer charset does not win over one that has signs, too, only in other places. */
    const uint16_t *told = rcd_single_byte_table((int)charset), *common = NULL;
    int32_t least = reads_signs(told, &s) ? least_prior(charset) + 1 : IN_USE + 1;
    for (unsigned c = 0; c < RCD_CS_COUNT; c++) {
        const int32_t prior = least_prior(c);
        const uint16_t *table = rcd_single_byte_table((int)c);
        if (prior < least && table != NULL && table['0'] == '0' && rcd_allowed(d, c) &&
            has_signs(table, &s)) {
            least = prior;
            common = table;
        }
    }
    if (common == NULL || (told != NULL && read_alike(told, common, &s))) {
        return 0;
    }
    for (unsigned c = 0; c < RCD_CS_COUNT; c++) {
        const uint16_t *table = rcd_single_byte_table((int)c);
        allow[c] = table != NULL && rcd_allowed(d, c) && read_alike(table, common, &s);
    }
    return 1;
}
