/* rcd_beside.c : see rcd_beside.h. */
#include "rcd_beside.h"

#include <string.h>

#include "rcd_bits.h"
#include "rcd_charset.h"
#include "rcd_letters.h"
#include "rcd_models.h"
#include "rcd_plain_letter.h"
#include "rcd_single_byte.h"

#define FAR 24u /* bytes that a letter stands from what is written for it, at most */
#define QUOTED_MOST 4u   /* letters of that, as `shch` of `щ` */
#define PAIRS_MOST 256u  /* that are looked at */
#define ENOUGH_WORDS 24u /* more than pairs so far: running text */
#define LEAST 3u         /* bytes beyond ASCII that are what stands beside them */
/* What a letter tells in tenths of a bit, that is what stands beside it, as one of some twenty would be by
 * chance, in the same case or the other; and one that is not. */
#define SAME 40
#define OTHER_CASE 25
#define NEITHER 30
#define CASES 12 /* The next is the same letter in the other case: many charsets have these 32 codes apart. */
#define AHEAD 60 /* of what is found, to be the answer instead */
#define PRIOR_MOST 120
#define USE_WEIGHS 2 /* Code is in the commonest charsets more than text is, see rcd_mentions.c. */
#define MILLION UINT64_C(1000000)

/* A byte beyond ASCII, the letters of ASCII nearest on both sides, and the next letter on its own that is
 * beyond ASCII, too; 0 = none. */
typedef struct {
    uint8_t byte, left, right, other;
} pair;

typedef struct {
    pair item[PAIRS_MOST];
    uint32_t count;
    uint32_t words; /* beyond ASCII, of more than one letter */
} pairs;

static int is_end(unsigned b) { return b == '\n' || b == '\r'; }

/* Where the word of ASCII is one letter, or some in quotes, `'ae'`: its first; else 0. */
static unsigned written(const uint8_t *text, size_t len, size_t begin, size_t end)
{
    const unsigned left = begin > 0 ? text[begin - 1u] : '\n', right = end < len ? text[end] : '\n';
    const int quoted = left > ' ' && right > ' ' && (left == right || left == '{' || left == '>');
    const int short_enough = end - begin == 1u || (end - begin <= QUOTED_MOST && quoted);
    const int whole = !rcd_in_word(left) && !rcd_in_word(right);
    return whole && short_enough && rcd_is_letter(text[begin]) ? text[begin] : 0u;
}

/* The nearest such letter before the byte at `i`, and from `i` on. */
static unsigned letter_before(const uint8_t *text, size_t len, size_t i)
{
    const size_t first = i > FAR ? i - FAR : 0;
    while (i > first && !is_end(text[i - 1u])) {
        const size_t end = i;
        while (i > first && rcd_in_word(text[i - 1u])) {
            i--;
        }
        const unsigned letter = i < end ? written(text, len, i, end) : 0u;
        if (letter != 0) {
            return letter;
        }
        i -= (size_t)(i == end);
    }
    return 0;
}

static unsigned letter_behind(const uint8_t *text, size_t len, size_t i)
{
    const size_t last = len - i > FAR ? i + FAR : len;
    while (i < last && !is_end(text[i])) {
        const size_t begin = i;
        while (i < last && rcd_in_word(text[i])) {
            i++;
        }
        const unsigned letter = i > begin ? written(text, len, begin, i) : 0u;
        if (letter != 0) {
            return letter;
        }
        i += (size_t)(i == begin);
    }
    return 0;
}

/* The next byte beyond ASCII that touches no letter. */
static unsigned other_behind(const uint8_t *text, size_t len, size_t i)
{
    const size_t last = len - i > FAR ? i + FAR : len;
    while (i < last && text[i] < 0x80u && !is_end(text[i])) {
        i++;
    }
    return i < last && text[i] >= 0x80u && !rcd_in_word(text[i - 1u]) && !(len - i > 1u && rcd_in_word(text[i + 1u]))
               ? text[i] : 0u;
}

static void add_pair(pairs *p, pair one)
{
    for (uint32_t k = 0; k < p->count; k++) {
        const pair *has = &p->item[k];
        if (has->byte == one.byte && has->left == one.left && has->right == one.right &&
            has->other == one.other) {
            return;
        }
    }
    p->item[p->count++] = one;
}

/* Gathers them. With many more words at the start it stops: that is no such text. */
static void gather(const uint8_t *text, size_t len, pairs *p)
{
    p->count = p->words = 0;
    for (size_t i = 0; i < len && p->count < PAIRS_MOST && p->words <= p->count + ENOUGH_WORDS; i++) {
        if (text[i] < 0x80u) {
            i += len - i > 8u && (rcd_load_bytes(text + i + 1u) & RCD_BYTE_TOPS) == 0 ? 8u : 0u;
            continue;
        }
        size_t end = i + 1u;
        while (end < len && rcd_in_word(text[end])) {
            end++;
        }
        if (end - i > 1u || (i > 0 && rcd_in_word(text[i - 1u]))) {
            p->words++;
            i = end - 1u;
            continue;
        }
        const pair one = {text[i], (uint8_t)letter_before(text, len, i),
                          (uint8_t)letter_behind(text, len, end), (uint8_t)other_behind(text, len, end)};
        if ((one.left | one.right | one.other) != 0) {
            add_pair(p, one);
        }
    }
}

/* What a letter tells that stands beside `plain`, 0 = none; signs tell nothing. */
static int32_t told_by(rcd_cell cell, unsigned cp, unsigned plain)
{
    const unsigned style = plain < 'a' ? RCD_CASE_UPPER : RCD_CASE_LOWER;
    return plain == 0 || !rcd_is_letter_cell(cell) ? 0
           : !rcd_is_plain_for(cp, plain | 32u)    ? -NEITHER
           : rcd_cell_case(cell) == style          ? SAME
                                                   : OTHER_CASE;
}

static uint32_t count_bits(uint64_t bits)
{
    uint32_t count = 0;
    for (; bits != 0; bits &= bits - 1u) {
        count++;
    }
    return count;
}

/* Are two bytes neither the same nor one behind the other, as in a table in the order of codes? */
static int are_apart(unsigned a, unsigned b) { return a + 1u < b || b + 1u < a; }

static void mark(uint64_t bytes[2], unsigned b) { bytes[(b & 127u) / 64u] |= UINT64_C(1) << (b & 63u); }

/* What the pairs say for a charset's table, in tenths of a bit; *bytes = how many different ones are what
 * stands beside them. Marked forms of one letter of ASCII alone are not counted. */
static int32_t told(const pairs *p, const uint16_t *table, uint32_t *bytes)
{
    uint64_t cased[2] = {0, 0}, written_so[2] = {0, 0};
    uint32_t letters = 0;
    int32_t sum = 0;
    for (uint32_t k = 0; k < p->count; k++) {
        const pair *one = &p->item[k];
        const unsigned cp = table[one->byte];
        const rcd_cell cell = rcd_cell_of(cp), other = rcd_cell_of(table[one->other]);
        const int32_t left = told_by(cell, cp, one->left), right = told_by(cell, cp, one->right);
        const int32_t best = left == 0 || (right != 0 && right > left) ? right : left;
        const int is_cased = one->other != 0 && rcd_is_letter_cell(cell) &&
                             rcd_cell_symbol(cell) == rcd_cell_symbol(other) &&
                             rcd_cell_group(cell) == rcd_cell_group(other) &&
                             are_apart(one->byte, one->other);
        if (best > 0) {
            letters |= UINT32_C(1) << ((best == left ? one->left : one->right) & 31u);
            mark(written_so, one->byte);
        }
        if (is_cased) {
            mark(cased, one->byte);
        }
        sum += is_cased && best < CASES ? CASES : best;
    }
    const uint64_t some = (letters & (letters - 1u)) != 0 ? UINT64_MAX : 0u;
    *bytes = count_bits(cased[0] | (written_so[0] & some)) + count_bits(cased[1] | (written_so[1] & some));
    return sum;
}

static int read_alike(const pairs *p, const uint16_t *a, const uint16_t *b)
{
    for (uint32_t k = 0; k < p->count; k++) {
        if (a[p->item[k].byte] != b[p->item[k].byte]) {
            return 0;
        }
    }
    return 1;
}

/* The table of a charset that can be the answer; NULL = it cannot. */
static const uint16_t *table_of(const rcd_detector *d, unsigned charset)
{
    const uint16_t *table = rcd_single_byte_table((int)charset);
    if (table == NULL || table['a'] != 'a' || rcd_least_prior(charset) > PRIOR_MOST ||
        !rcd_allowed(d, charset)) {
        return NULL;
    }
    for (unsigned b = 0x80u; b < 0x100u; b++) {
        if (table[b] == RCD_UNASSIGNED && rcd_census_has(&d->census, b)) {
            return NULL;
        }
    }
    return table;
}

unsigned rcd_beside_say(const rcd_detector *d, const rcd_result *found, uint8_t *allow, uint32_t *sure)
{
    pairs p;
    int32_t cost[RCD_CS_COUNT], least = INT32_MAX;
    uint32_t bytes, most = 0;
    unsigned said = 0;
    gather(d->excerpt.text + d->preface, d->excerpt.len - d->preface, &p);
    if (p.count < LEAST || p.words >= p.count) {
        return 0;
    }
    for (unsigned c = 1; c < RCD_CS_COUNT; c++) {
        const uint16_t *table = table_of(d, c);
        cost[c] = INT32_MAX;
        if (table != NULL) {
            cost[c] = USE_WEIGHS * (int32_t)rcd_least_prior(c) - told(&p, table, &bytes);
        }
        if (cost[c] < least) {
            least = cost[c];
            said = c;
            most = bytes;
        }
    }
    const uint16_t *letters = rcd_single_byte_table((int)said);
    const uint16_t *other = rcd_single_byte_table((int)found->charset);
    if (said == 0 || most < LEAST || most <= p.words || told(&p, letters, &bytes) <= 0 || other == NULL ||
        told(&p, letters, &most) - told(&p, other, &bytes) < AHEAD) {
        return 0;
    }
    uint64_t odds = 0;
    allow[0] = 0; /* no charset */
    for (unsigned c = 1; c < RCD_CS_COUNT; c++) {
        const uint16_t *table = rcd_single_byte_table((int)c);
        const int alike = table != NULL && read_alike(&p, letters, table);
        allow[c] = rcd_allowed(d, c) && alike && (c == said || rcd_charset_get((int)c)->superset == said);
        if (cost[c] != INT32_MAX && !alike) {
            const unsigned bits = (unsigned)(cost[c] - least) / 10u;
            odds += MILLION >> (bits < 19u ? bits : 19u);
        }
    }
    *sure = (uint32_t)(MILLION * MILLION / (MILLION + odds));
    return said;
}
