/* rcd_mentions.c : see rcd_mentions.h. */
#include "rcd_small.h"

#include "rcd_mentions.h"

#include <string.h>

#include "rcd_bits.h"
#include "rcd_charset.h"
#include "rcd_letters.h"
#include "rcd_models.h"
#include "rcd_single_byte.h"

#define ENOUGH_WORDS 24u /* more than named letters so far: running text */
#define NAMED_LEAST 3u   /* that outnumber words */
#define DOUBLED_MOST 3u  /* of one sign in a row */
/* Tenths of a bit that a charset costs for each byte that is no Latin letter in it, up to so many. */
#define NO_LETTER 30
#define USUAL_SIGN 60 /* where one or two bytes are all, which may well be signs: what these are rarer */
#define NO_LETTERS_MOST 3u
#define FEWER 4u
#define NO_BREAK 0xA0u
/* What the commonest use of a charset costs at most, to be the answer, and where it still counts. */
#define USE_MOST 66
#define PRIOR_MOST 120
/* Letters are named in code, tables and patterns, of which the commonest charsets have a larger share than of
 * text: of 1,600 files of others 70 in a hundred are in windows-1252, and one or two in each of the next. So
 * the use counts twice in what is chosen; not in how sure that is. */
#define USE_WEIGHS 2
#define MILLION UINT64_C(1000000)

static int in_word(unsigned b) { return b >= 0x80u || rcd_is_letter(b); }
static int is_end(unsigned b) { return b == '\n' || b == '\r'; }
static int is_sign(unsigned b) { return b > ' ' && !rcd_is_digit(b) && !in_word(b); }
/* What joins letters to one word, or to one abbreviation. */
static int is_joint(unsigned b) { return b == '\'' || b == '-' || b == '.'; }

/* The byte before the one at `i`, or behind it; an end of line where there is none. */
static unsigned before(const uint8_t *text, size_t i, size_t far)
{
    return i >= far ? text[i - far] : '\n';
}
static unsigned behind(const uint8_t *text, size_t len, size_t i, size_t far)
{
    return len - i > far ? text[i + far] : '\n';
}

/* Is the high byte at `i`, up to `last` over and over, which no letter touches, a word of running text, a
 * part of one or a sign by a number? Words of one letter are followed by another word; what an abbreviation
 * is, by a full stop. */
static int is_written(const uint8_t *text, size_t len, size_t i, size_t last)
{
    const unsigned left = before(text, i, 1), right = behind(text, len, last, 1);
    if ((is_joint(left) && in_word(before(text, i, 2))) || right == '.' ||
        (is_joint(right) && in_word(behind(text, len, last, 2)))) {
        return 1;
    }
    if (rcd_is_digit(left) || (left == ' ' && rcd_is_digit(before(text, i, 2))) ||
        (right == ' ' && rcd_is_digit(behind(text, len, last, 2)))) {
        return 1;
    }
    return right == ' ' && in_word(behind(text, len, last, 2)) && in_word(behind(text, len, last, 3)) &&
           (is_end(left) || left == '(' || left == ' ');
}

/* Does the byte at `i` stand in quotes or brackets, as a character in code? */
static int is_quoted(const uint8_t *text, size_t len, size_t i)
{
    static const char left[] = "'\"`[{<", right[] = "'\"`]}>";
    const char *at = memchr(left, (int)before(text, i, 1), sizeof left - 1u);
    return at != NULL && behind(text, len, i, 1) == (unsigned char)right[at - left];
}

/* The word with a high byte that is next from `i` on: its start, and its end in *end; `len` = none. */
static size_t next_word(const uint8_t *text, size_t len, size_t i, size_t *end)
{
    while (i < len && text[i] < 0x80u) {
        i += len - i >= 8u && (rcd_load_bytes(text + i) & RCD_BYTE_TOPS) == 0 ? 8u : 1u;
    }
    size_t start = i;
    while (i < len && start > 0 && in_word(text[start - 1u])) {
        start--;
    }
    while (i < len && in_word(text[i])) {
        i++;
    }
    *end = i;
    return start;
}

/* Is a word one high byte, or the same up to thrice? More often it is a rule. */
static int is_one_byte(const uint8_t *text, size_t start, size_t end)
{
    size_t i = start;
    while (i < end && text[i] == text[start]) {
        i++;
    }
    return i == end && end - start <= DOUBLED_MOST && text[start] >= 0x80u;
}

static int has_letter(const uint16_t *table, unsigned b)
{
    return rcd_is_letter_cell(rcd_cell_of(table[b]));
}

static int is_in(const rcd_mentions *m, unsigned b)
{
    return (int)(m->byte[(b & 127u) / 64u] >> (b & 63u) & 1u);
}

void rcd_mentions_count(const uint8_t *text, size_t len, const uint16_t *table, rcd_mentions *m)
{
    memset(m, 0, sizeof *m);
    for (size_t i = 0, start; (start = next_word(text, len, i, &i)) < len;) {
        const unsigned b = text[start];
        if (is_one_byte(text, start, i) && !is_written(text, len, start, i - 1u)) {
            const int once = i - start == 1u, letter = has_letter(table, b);
            m->doubled += (uint32_t)!once;
            m->named += (uint32_t)(once && letter);
            m->signs += (uint32_t)(once && !letter);
            m->quoted += (uint32_t)(once && !letter && is_quoted(text, len, start));
            m->in_signs |= (uint32_t)(is_sign(before(text, start, 1)) ||
                                      is_sign(behind(text, len, i - 1u, 1)));
            m->byte[(b & 127u) / 64u] |= UINT64_C(1) << (b & 63u);
        } else if (++m->words > m->named + ENOUGH_WORDS) {
            return;
        }
    }
}

int rcd_mentions_outnumber(const rcd_mentions *m)
{
    const uint32_t named = m->named + m->doubled;
    return m->words != 0 && named >= NAMED_LEAST && named > m->words;
}

int rcd_mentions_few(const rcd_mentions *m)
{
    /* The bits besides the lowest of each half, of which there are two. */
    const uint64_t first = m->byte[0] & (m->byte[0] - 1u), second = m->byte[1] & (m->byte[1] - 1u);
    const int one_each = (first | second) == 0;
    const int two_in_one = (m->byte[0] == 0 || m->byte[1] == 0) &&
                           ((first & (first - 1u)) | (second & (second - 1u))) == 0;
    return m->words == 0 && m->named != 0 && m->in_signs && (one_each || two_in_one);
}

uint32_t rcd_mentions_drop(const rcd_mentions *m, const uint8_t *text, uint32_t len, uint8_t *out)
{
    uint32_t size = 0;
    for (size_t i = 0, start, from = 0; from < len; from = i) {
        start = next_word(text, len, i, &i);
        const int named = start < len && is_one_byte(text, start, i) && is_in(m, text[start]) &&
                          !is_written(text, len, start, i - 1u);
        const size_t to = named ? start : i;
        memcpy(out + size, text + from, to - from);
        size += (uint32_t)(to - from);
    }
    return size;
}

/* Are all of the named bytes signs in a charset? */
static int all_signs(const rcd_mentions *m, const uint16_t *table)
{
    for (unsigned b = 0x80u; b < 0x100u; b++) {
        if (is_in(m, b) && (rcd_cell_symbol(rcd_cell_of(table[b])) > RCD_SYM_DIGIT || table[b] == NO_BREAK)) {
            return 0;
        }
    }
    return 1;
}

/* How many of the named bytes are no Latin letter in a charset; *signs = what these cost as signs. */
static uint32_t no_letters(const rcd_mentions *m, const uint16_t *table, int32_t *signs)
{
    uint32_t count = 0;
    *signs = 0;
    for (unsigned k = 0; k < 2u; k++) {
        for (uint64_t left = m->byte[k]; left != 0; left &= left - 1u) {
            const unsigned cp = table[0x80u + k * 64u + rcd_lowest_bit(left)];
            const rcd_cell cell = rcd_cell_of(cp);
            const int letter = rcd_cell_group(cell) == RCD_LATN && rcd_cell_symbol(cell) > RCD_SYM_DIGIT;
            if (!letter && cp != NO_BREAK) {
                const int32_t rare = (int32_t)rcd_cell_cost(cell) - USUAL_SIGN;
                const int sign = rcd_cell_symbol(cell) <= RCD_SYM_DIGIT && rare < NO_LETTER;
                *signs += sign ? rare : NO_LETTER;
                count++;
            }
        }
    }
    return count;
}

/* Is all that stands alone the byte of the no-break space? It fills cells of tables, and separates links. */
static int only_no_break(const rcd_mentions *m)
{
    return m->byte[0] == UINT64_C(1) << (NO_BREAK & 63u) && m->byte[1] == 0;
}

/* Are there letters of another script? */
static int is_foreign(const rcd_mentions *m, const uint16_t *table)
{
    for (unsigned b = 0x80u; b < 0x100u; b++) {
        if (is_in(m, b) && has_letter(table, b) && rcd_cell_group(rcd_cell_of(table[b])) != RCD_LATN) {
            return 1;
        }
    }
    return 0;
}

static int32_t use_of(unsigned charset) { return (int32_t)rcd_least_prior(charset) * USE_WEIGHS; }

/* What a charset's commonest use costs, in tenths of a bit, and that it has no letters there; -1 = it is
 * out of the question. */
static int32_t cost_of(const rcd_detector *d, const rcd_mentions *m, unsigned charset)
{
    const uint16_t *table = rcd_single_byte_table((int)charset);
    const int32_t prior = use_of(charset);
    if (table == NULL || table['a'] != 'a' || prior > USE_WEIGHS * PRIOR_MOST || !rcd_allowed(d, charset)) {
        return -1;
    }
    for (unsigned b = 0x80u; b < 0x100u; b++) {
        if (table[b] == RCD_UNASSIGNED && rcd_census_has(&d->census, b)) {
            return -1;
        }
    }
    int32_t signs;
    const uint32_t strange = no_letters(m, table, &signs);
    if (m->doubled != 0) {
        return prior + (all_signs(m, table) ? 0 : NO_LETTER);
    }
    const uint32_t counted = strange < NO_LETTERS_MOST ? strange : NO_LETTERS_MOST;
    return prior + (rcd_mentions_few(m) ? signs : NO_LETTER * (int32_t)counted);
}

static int is_name_of(unsigned charset, unsigned common)
{
    return charset == common || rcd_charset_get((int)charset)->superset == common;
}

static int read_alike(const rcd_mentions *m, const uint16_t *a, const uint16_t *b)
{
    for (unsigned k = 0; k < 128u; k++) {
        if (is_in(m, k) && a[0x80u + k] != b[0x80u + k]) {
            return 0;
        }
    }
    return 1;
}

unsigned rcd_mentions_say(const rcd_detector *d, const rcd_mentions *m, const rcd_result *found,
                          uint8_t *allow, uint32_t *sure)
{
    const uint16_t *table = rcd_single_byte_table((int)found->charset);
    const int strange_signs = m->quoted != 0 && m->quoted == m->signs && m->named == 0;
    const int say_nothing = strange_signs || only_no_break(m) || rcd_mentions_few(m);
    if ((m->named == 0 && !say_nothing && m->doubled == 0) || m->words != 0 || table == NULL ||
        ((!say_nothing || m->doubled != 0) && !is_foreign(m, table)) ||
        d->options.language != 0 || d->options.declared != 0 || found->declared != 0) {
        return 0;
    }
    int32_t cost[RCD_CS_COUNT], least = INT32_MAX;
    unsigned common = 0;
    for (unsigned c = 1; c < RCD_CS_COUNT; c++) {
        cost[c] = cost_of(d, m, c);
        if (cost[c] >= 0 && cost[c] < least && (int32_t)rcd_least_prior(c) <= USE_MOST) {
            least = cost[c];
            common = c;
        }
    }
    const uint16_t *letters = rcd_single_byte_table((int)common);
    int32_t signs;
    const uint32_t strange = common == 0 ? 0 : no_letters(m, letters, &signs);
    /* What the models say may well be an alphabet, where it has far fewer signs there; letters come twice
     * in words, too. */
    if (common == 0 || (m->doubled != 0 ? !all_signs(m, letters)
                                        : strange >= NO_LETTERS_MOST && m->signs * FEWER <= strange)) {
        return 0;
    }
    uint64_t odds = 0;
    allow[0] = 0; /* no charset */
    for (unsigned c = 1; c < RCD_CS_COUNT; c++) {
        const uint16_t *other = rcd_single_byte_table((int)c);
        const int alike = other != NULL && read_alike(m, letters, other);
        allow[c] = rcd_allowed(d, c) && is_name_of(c, common) && alike;
        if (cost[c] >= 0 && !alike) {
            const int32_t more = cost[c] - least - (int32_t)rcd_least_prior(c) +
                                 (int32_t)rcd_least_prior(common);
            const unsigned bits = more > 0 ? (unsigned)more / 10u : 0u;
            odds += MILLION >> (bits < 19u ? bits : 19u);
        }
    }
    *sure = (uint32_t)(MILLION * MILLION / (MILLION + odds));
    return common;
}
