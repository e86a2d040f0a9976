/* rcd_letter_list.c : see rcd_letter_list.h. */
#include "rcd_letter_list.h"

#include <string.h>

#include "rcd_bits.h"
#include "rcd_letters.h"
#include "rcd_models.h"
#include "rcd_near.h"

#define LETTERS_LEAST 2u /* different ones */
#define LETTERS_TELL 32u  /* after so many it shows that letters come again as in words */
/* A list costs in tenths of a bit, once, */
#define LIST 80
/* for each word behind others, where ASCII letters stand in between, in signs, or as words do; a lone letter
 * is rather a sign then; */
#define WORD_IN_SIGNS 20
#define WORD_AMONG 90
#define SIGN_AMONG 300
#define PLACE_BYTES 150u /* the first as words do, in which of so many bytes; */
#define WORD_OF_TWO 35   /* and more where it is of two letters, or of some. */
#define WORD_OF_MORE 50
/* The ASCII behind a word costs what texts count for it. */
#define BEHIND_SIGN 20
#define BEHIND_LETTER 60
#define SECOND_SIGN 10
/* More for a full stop between words, or between one and a quote, as those of "н.э.". */
#define ABBREVIATED 120
#define USUAL_SIGN 100 /* more where it is rarer than brackets */
#define SECOND_LETTER 45
/* A letter that was there before: one of the last two, what follows the same letter as then, another. */
#define AGAIN 30
#define INSIDE 100 /* more in the same word, as only words do */
#define COPY 30
#define REPEATED 60


/* Are all of these letters vowels in their order, as AEIOU? */
static int are_vowels(const uint8_t *ascii, size_t len)
{
    static const char vowels[] = "aeiouwy";
    size_t at = 0;
    for (size_t i = 0; i < len; i++, at++) {
        while (vowels[at] != '\0' && vowels[at] != (ascii[i] | 32)) {
            at++;
        }
        if (vowels[at] == '\0') {
            return 0;
        }
    }
    return len >= 3u;
}

/* May a list go on behind these letters and digits of ASCII? Behind none, a Z, a 9, three in their order,
 * as ABC, or vowels. */
static int may_follow(const uint8_t *ascii, size_t len)
{
    return are_vowels(ascii, len) || len == 0 || (ascii[len - 1u] | 32u) == 'z' || ascii[len - 1u] == '9' ||
           (len >= 3u && ascii[len - 1u] == ascii[len - 2u] + 1 && ascii[len - 2u] == ascii[len - 3u] + 1);
}

static int is_space(unsigned b) { return b == ' ' || b == '\n' || b == '\r'; }

/* What the word begin .. end - 1 costs for standing behind `last`, where the one before ends. */
static int32_t word_cost(const uint8_t *text, size_t len, size_t last, size_t begin, size_t end)
{
    const unsigned left = begin > 0 ? text[begin - 1u] : '\n', right = end < len ? text[end] : '\n';
    size_t i = last;
    while (i < begin && !rcd_is_letter(text[i]) && !rcd_is_digit(text[i])) {
        i++;
    }
    if (last == 0) {
        const uint32_t places = (uint32_t)(len - (end - begin)) / PLACE_BYTES + 1u;
        return is_space(left) && is_space(right) ? rcd_log2_tenths(places) : 0;
    }
    if (i == begin) {
        return 0;
    }
    return left != ' ' && right != ' ' ? WORD_IN_SIGNS : end - begin == 1u ? SIGN_AMONG : WORD_AMONG;
}

/* Are there too many that were there before? */
static int comes_again(const rcd_letter_list *list)
{
    return list->jumps * RCD_LETTERS_ORDERED > list->count + 1u;
}

/* Adds the letters of a word.
 * @return 0 where one comes thrice in a row, as signs do, or they come again as in words */
static int add_letters(rcd_letter_list *list, uint16_t seen[128], uint32_t *from, const uint8_t *text,
                       size_t len)
{
    for (size_t i = 0; i < len && list->count < RCD_LETTERS_MOST; i++) {
        const uint32_t n = list->count++;
        const unsigned b = text[i] & 127u;
        list->byte[n] = text[i];
        list->inside[n] = (uint8_t)(i < 255u ? i : 255u);
        list->copied[n] = seen[b] != 0;
        if (seen[b] == 0) {
            *from = n + 1u;
            list->distinct++;
        } else if (*from < n && list->byte[*from] == text[i]) {
            list->shared += COPY;
            (*from)++;
        } else {
            const int once_more = n + 1u - seen[b] <= 2u, inside = n - i < seen[b] && seen[b] < n;
            list->shared += once_more ? AGAIN : rcd_log2_tenths(list->distinct) + REPEATED;
            list->shared += inside ? INSIDE : 0;
            list->jumps += (uint32_t)(!once_more || inside);
            list->again++;
            *from = seen[b];
        }
        seen[b] = (uint16_t)(n + 1u);
        if ((n >= 2u && list->byte[n - 1u] == text[i] && list->byte[n - 2u] == text[i]) ||
            (n >= LETTERS_TELL && comes_again(list))) {
            return 0;
        }
    }
    return 1;
}

/* What one of the two places behind a word costs, where it is ASCII. */
static void add_behind(rcd_letter_list *list, const uint8_t *text, size_t len, size_t i, int32_t sign,
                       int32_t letter)
{
    if (i < len && text[i] < 0x80u) {
        const int32_t rare = (int32_t)rcd_cell_cost(rcd_cell_of(text[i])) - USUAL_SIGN;
        list->shared += rcd_is_letter(text[i]) ? letter : sign + (rare > 0 ? rare : 0);
        list->places++;
    }
}

/* Does a full stop behind the word that ends before `i` end no sentence? */
static int is_abbreviated(const uint8_t *text, size_t len, size_t i)
{
    return len - i > 1u && text[i] == '.' &&
           (rcd_in_word(text[i + 1u]) || text[i + 1u] == '"' || text[i + 1u] == '\'' || text[i + 1u] == '<');
}

int rcd_letter_list_gather(const uint8_t *text, size_t len, rcd_letter_list *list)
{
    uint16_t seen[128] = {0};
    uint32_t from = 0;
    memset(list, 0, sizeof *list);
    list->shared = LIST;
    for (size_t i = 0, last = 0; i < len && list->count < RCD_LETTERS_MOST;) {
        size_t begin = i, start = i;
        if (text[i] < 0x80u) {
            i += len - i >= 8u && (rcd_load_bytes(text + i) & RCD_BYTE_TOPS) == 0 ? 8u : 1u;
            continue;
        }
        while (start > 0 && rcd_in_word(text[start - 1u])) {
            start--;
        }
        while (i < len && text[i] >= 0x80u) {
            i++;
        }
        if (!may_follow(text + start, begin - start) ||
            (i < len && rcd_in_word(text[i]) && (len - i < 2u || text[i + 1u] != '-')) ||
            !add_letters(list, seen, &from, text + begin, i - begin)) {
            return 0;
        }
        list->shared += word_cost(text, len, last, begin, i);
        list->shared += i - begin == 1u ? 0 : i - begin == 2u ? WORD_OF_TWO : WORD_OF_MORE;
        list->shared += is_abbreviated(text, len, i) ? ABBREVIATED : 0;
        add_behind(list, text, len, i, BEHIND_SIGN, BEHIND_LETTER);
        add_behind(list, text, len, i + 1u, SECOND_SIGN, SECOND_LETTER);
        last = i;
    }
    list->places += list->count;
    return list->distinct >= LETTERS_LEAST && !comes_again(list);
}
