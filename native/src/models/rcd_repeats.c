/* rcd_repeats.c : see rcd_repeats.h. */
#include "rcd_repeats.h"

#include <string.h>

#include "rcd_bits.h"
#include "rcd_letters.h"

#define LONGEST 48u    /* bytes of a word in a table */
#define WORDS_MOST 64u /* different words; text with more is no table */
#define FIRST 16u      /* Of so many words, */
#define FIRST_WORDS 10u /* no more than these are different ones in a table. */
#define SLOTS 128u     /* a power of two */
#define TIMES 2u       /* that a word is read, */
#define FEW_WORDS 16u  /* and where there are fewer than these in all, */
#define FEW_TIMES 1u   /* so often */
#define AGAIN 3u       /* times that words come on average, at least */

typedef struct {
    uint32_t hash[SLOTS]; /* 0 = free */
    uint32_t times[SLOTS];
    uint32_t words;
    uint32_t all;
} seen_words;

/* Ends of a cell or a word; trail bytes of no charset. */
static int is_end(unsigned b) { return b <= 0x2Fu || b == ';'; }

/* The word with a high byte that is next from `i` on: its start, and its end in *end; `len` = none. */
static uint32_t next_word(const uint8_t *text, uint32_t len, uint32_t i, uint32_t *end)
{
    uint32_t high = i;
    while (high < len && text[high] < 0x80u) {
        const int plain = len - high >= 8u && (rcd_load_bytes(text + high) & RCD_BYTE_TOPS) == 0;
        high += plain ? 8u : 1u;
    }
    uint32_t start = high;
    while (start > i && !is_end(text[start - 1u])) {
        start--;
    }
    *end = high;
    while (*end < len && *end - start <= LONGEST && !is_end(text[*end])) {
        ++*end;
    }
    return high < len ? start : len;
}

/* May there be a digit among eight bytes or more? Yes where one is between 30 and 3F: which a word has,
 * or has not, whatever its numbers are. */
static int may_have_digits(const uint8_t *word, uint32_t len)
{
    uint64_t found = 0;
    for (uint32_t i = 0; i < len; i += 8u) {
        const uint64_t part = rcd_load_bytes(word + (len - i < 8u ? len - 8u : i));
        found |= rcd_bytes_like(part & RCD_BYTE_ONES * 0xF0u, 0x30u);
    }
    return found != 0;
}

/* Of a word's bytes, numbers as one digit; never 0. */
static uint32_t hash_of(const uint8_t *word, uint32_t len)
{
    if (len >= 8u && !may_have_digits(word, len)) {
        uint64_t mixed = len;
        for (uint32_t i = 0; i < len; i += 8u) {
            mixed ^= rcd_load_bytes(word + (len - i < 8u ? len - 8u : i));
            mixed *= UINT64_C(0x9E3779B97F4A7C15);
            mixed ^= mixed >> 32;
        }
        return (uint32_t)(mixed >> 24) | 1u;
    }
    uint32_t hash = 2166136261u;
    unsigned before = 0;
    for (uint32_t i = 0; i < len; i++) {
        const unsigned b = rcd_is_digit(word[i]) ? '0' : word[i];
        hash = b != '0' || before != '0' ? (hash ^ b) * 16777619u : hash;
        before = b;
    }
    return hash | 1u;
}

/* Counts a word. @return how often it has come, 0 when there are too many. */
static uint32_t count_word(seen_words *seen, uint32_t hash)
{
    uint32_t k = hash >> 8 & (SLOTS - 1u);
    while (seen->hash[k] != hash && seen->hash[k] != 0) {
        k = (k + 1u) & (SLOTS - 1u);
    }
    if (seen->hash[k] == 0) {
        if (seen->words == WORDS_MOST) {
            return 0;
        }
        seen->hash[k] = hash;
        seen->words++;
    }
    seen->all++;
    return ++seen->times[k];
}

/* May a word say what its first reading did? What has a Latin letter: quotation marks and dashes tell by
 * where they stand each time, and a word of high bytes alone is text of its own. */
static int may_go(const uint8_t *word, uint32_t len, unsigned times)
{
    uint32_t i = 0;
    while (i < len && !rcd_is_letter(word[i])) {
        i++;
    }
    return i < len || times > FEW_TIMES;
}

unsigned rcd_repeats_kept(const uint8_t *text, uint32_t len)
{
    seen_words seen;
    int again = 0;
    memset(&seen, 0, sizeof seen);
    for (uint32_t i = 0, end; (i = next_word(text, len, i, &end)) < len; i = end) {
        const uint32_t times =
            end - i > LONGEST ? 0 : count_word(&seen, hash_of(text + i, end - i));
        if (times == 0 || (seen.all == FIRST && seen.words > FIRST_WORDS)) {
            return 0;
        }
        again = again || (times > FEW_TIMES && may_go(text + i, end - i, FEW_TIMES));
    }
    if (seen.all >= FEW_WORDS) {
        return seen.all >= AGAIN * seen.words ? TIMES : 0;
    }
    return again ? FEW_TIMES : seen.all >= AGAIN * seen.words && seen.words != 0 ? TIMES : 0;
}

static int ends_line(unsigned b) { return b == '\n' || b == '\r'; }

/* Copies a line without the words that came often before, or nothing of it where no letter is left.
 * @return bytes that were written */
static uint32_t copy_line(const uint8_t *line, uint32_t len, unsigned times, seen_words *seen,
                          uint8_t *out)
{
    uint32_t size = 0;
    int kept = 0, dropped = 0;
    for (uint32_t i = 0, end; i < len; i = end) {
        const uint32_t word = next_word(line, len, i, &end);
        const int is_new = word < len &&
                           (count_word(seen, hash_of(line + word, end - word)) <= times ||
                            !may_go(line + word, end - word, times));
        dropped = dropped || (word < len && !is_new);
        for (uint32_t k = i; k < (is_new ? end : word); k++) {
            kept = kept || line[k] >= 0x80u || rcd_is_letter(line[k]);
            out[size++] = line[k];
        }
    }
    return dropped && !kept ? 0 : size;
}

uint32_t rcd_drop_repeats(const uint8_t *text, uint32_t len, unsigned times, uint8_t *out)
{
    seen_words seen;
    memset(&seen, 0, sizeof seen);
    uint32_t size = 0;
    for (uint32_t i = 0, end; i < len; i = end) {
        end = i;
        while (end < len && !ends_line(text[end])) {
            end++;
        }
        while (end < len && ends_line(text[end])) {
            end++;
        }
        size += copy_line(text + i, end - i, times, &seen, out + size);
    }
    return size;
}
