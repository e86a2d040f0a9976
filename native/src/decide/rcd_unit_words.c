/* rcd_unit_words.c : see rcd_unit_words.h. */
#include "rcd_small.h"

#include "rcd_unit_words.h"

#include <string.h>

#include "rcd_bits.h"
#include "rcd_letters.h"
#include "rcd_slots.h"

#define LONGEST 32u /* bytes of such a word */

/* Is what ends at `behind` a unit of length, or feet or inches, by itself? */
static int is_length(const uint8_t *text, size_t behind)
{
    size_t i = behind;
    while (i > 0 && rcd_is_letter(text[i - 1u])) {
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
    const int behind = rcd_is_digit(before) || (before == ' ' && rcd_is_digit(second));
    const int ahead = rcd_is_digit(after) || (after == ' ' && rcd_is_digit(next));
    if (before >= 0x80u || after >= 0x80u) {
        return 0;
    }
    if (behind && ahead) {
        return BETWEEN;
    }
    if (behind) {
        return rcd_is_letter(after) ? UNIT : !rcd_is_delimiter(after) ? 0u : before == ' ' ? APART : AFTER;
    }
    if (rcd_is_letter(before)) {
        return (before | 32u) == 'n' && rcd_is_delimiter(second) && (ahead || after == ' ') ? NUMBER
               : rcd_is_delimiter(after) && is_length(text, i)                              ? POWER
                                                                                            : 0u;
    }
    return ahead ? BEFORE : 0u;
}

/* Is the byte part of a word, in which trail bytes and the quotes of Hebrew may be? */
static int is_inside(const uint8_t *text, size_t len, size_t i)
{
    return (text[i] >= 0x40u && text[i] != 0x7Fu) ||
           ((text[i] == '"' || text[i] == '\'') && i + 1u < len && text[i + 1u] >= 0x80u);
}

static int ends_number(const uint8_t *text, size_t end, int slots)
{
    return end > 0 && (rcd_is_digit(text[end - 1u]) || (slots && rcd_ends_slot(text, end)));
}

/* Is there a number right before a word, with a space or not, or what stands for one? */
static int is_behind_number(const uint8_t *text, size_t start, int slots)
{
    return ends_number(text, start > 1u && text[start - 1u] == ' ' ? start - 1u : start, slots);
}

/* Or behind it and a full stop? */
static int is_before_number(const uint8_t *text, size_t len, size_t end, int slots)
{
    size_t after = end + (end < len && (text[end] == '.' || text[end] == ':'));
    after += after < len && text[after] == ' ';
    return after < len && (rcd_is_digit(text[after]) || (slots && rcd_begins_slot(text, len, after)));
}

/* @return whether there was room for it */
static int count_word(rcd_unit_words *w, const uint8_t *text, uint32_t len, uint32_t high, unsigned place,
                      int joined, int apart)
{
    uint32_t k = 0;
    while (k < w->count && (w->word[k].len != len || memcmp(w->word[k].text, text, len) != 0)) {
        k++;
    }
    if (k == RCD_UNIT_WORDS) {
        return 0;
    }
    rcd_unit_word *word = &w->word[k];
    if (k == w->count) {
        memset(word, 0, sizeof *word);
        word->text = text;
        word->len = len;
        word->high = high;
        w->count++;
    }
    word->all++;
    word->joined += (uint32_t)joined;
    word->apart += (uint32_t)apart;
    if (place != 0) {
        word->at[rcd_lowest_bit(place)]++;
    }
    return 1;
}

int rcd_unit_words_find(const uint8_t *text, size_t len, rcd_unit_words *w)
{
    w->count = w->titles = 0;
    for (size_t i = 0; i < len; i++) {
        if (len - i >= 8u && (rcd_load_bytes(text + i) & RCD_BYTE_TOPS) == 0) {
            i += 7u;
            continue;
        }
        if (text[i] < 0x80u) {
            continue;
        }
        size_t start = i, end = i;
        uint32_t high = 0;
        while (start > 0 && rcd_is_letter(text[start - 1u]) && !rcd_ends_slot(text, start)) {
            start--;
        }
        for (; end < len && is_inside(text, len, end) && end - start <= LONGEST &&
               !rcd_begins_braces(text, len, end);
             end++) {
            high += text[end] >> 7;
        }
        const unsigned place = high == 1u ? place_of(text, len, i) : 0u;
        /* What stands for a number may stand for a noun: "%s è", "de %s à %s". */
        const int slots = end - start > 1u;
        const int behind = is_behind_number(text, start, slots);
        if (end - start > LONGEST ||
            (place == 0 && !behind && !is_before_number(text, len, end, slots)) ||
            !count_word(w, text + start, (uint32_t)(end - start), high, place,
                        place == BEFORE && rcd_is_digit(text[end]),
                        place == BETWEEN && text[i - 1u] == ' ')) {
            return 0;
        }
        w->titles += (uint32_t)(!behind && (end == len || text[end] == ' '));
        i = end - 1u;
    }
    return w->count != 0;
}
