/* rcd_patterns.c : see rcd_patterns.h. */
#include "rcd_patterns.h"

#include "rcd_bits.h"
#include "rcd_letters.h"

#define SHARE 12u   /* of the bytes that are not ASCII, a digit for so many at least */
#define LEAST 3u    /* patterns */
#define ENOUGH 256u /* words: after so many it is clear */
#define SHORT 3u    /* letters that patterns have on average which are pieces of words */

static int is_letter(unsigned b) { return b >= 0x80u || rcd_is_letter(b); }
static int in_word(unsigned b) { return is_letter(b) || rcd_is_digit(b); }

int rcd_may_be_patterns(const rcd_census *census)
{
    uint64_t digits = 0;
    for (unsigned b = '0'; b <= '9'; b++) {
        digits += census->count[b];
    }
    return digits >= LEAST && digits * SHARE >= rcd_census_head_high(census);
}

/* Is there one digit at `i` and no more, between letters? */
static int divides(const uint8_t *text, uint32_t begin, uint32_t end, uint32_t i)
{
    return rcd_is_digit(text[i]) && i > begin && end - i > 1u && is_letter(text[i - 1u]) &&
           is_letter(text[i + 1u]);
}

/* The first byte beyond ASCII from `i` on; `len` = none. */
static uint32_t next_high(const uint8_t *text, uint32_t len, uint32_t i)
{
    while (i < len && text[i] < 0x80u) {
        const int plain = len - i >= 8u && (rcd_load_bytes(text + i) & RCD_BYTE_TOPS) == 0;
        i += plain ? 8u : 1u;
    }
    return i;
}

int rcd_is_patterns(const uint8_t *text, uint32_t len)
{
    uint32_t patterns = 0, others = 0;
    for (uint32_t last = 0, end; patterns + others < ENOUGH; last = end) {
        uint32_t begin = next_high(text, len, last);
        unsigned dividing = 0, digits = 0;
        if (begin == len) {
            break;
        }
        for (end = begin; end < len && in_word(text[end]); end++) {
            digits |= (unsigned)rcd_is_digit(text[end]);
        }
        for (; begin > last && in_word(text[begin - 1u]); begin--) {
            digits |= (unsigned)rcd_is_digit(text[begin - 1u]);
        }
        for (uint32_t k = begin; digits != 0 && k < end; k++) {
            dividing |= (unsigned)divides(text, begin, end, k);
        }
        patterns += dividing;
        others += digits == 0; /* `8a` is a pattern, or an ordinal: neither */
    }
    return patterns >= LEAST && patterns > others;
}

uint32_t rcd_patterns_drop(const uint8_t *text, uint32_t len, uint8_t *out)
{
    uint32_t size = 0;
    for (uint32_t i = 0; i < len; i++) {
        const unsigned left = i > 0 ? text[i - 1u] : ' ';
        const unsigned right = len - i > 1u ? text[i + 1u] : ' ';
        const int single = rcd_is_digit(text[i]) && !rcd_is_digit(left) && !rcd_is_digit(right);
        if (!single || !(is_letter(left) || is_letter(right))) {
            out[size++] = text[i];
        }
    }
    return size;
}

int rcd_patterns_are_pieces(const uint8_t *text, uint32_t len)
{
    uint32_t words = 0, letters = 0;
    for (uint32_t i = 0; (i = next_high(text, len, i)) < len;) {
        uint32_t begin = i;
        for (; begin > 0 && is_letter(text[begin - 1u]); begin--) {
        }
        for (; i < len && is_letter(text[i]); i++) {
        }
        letters += i - begin;
        words++;
    }
    return letters <= words * SHORT;
}
