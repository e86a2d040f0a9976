/* rcd_viqr.c : see rcd_viqr.h. */
#include "rcd_small.h"

#include "rcd_viqr.h"
#include "rcd_letters.h"

#define MARKED_SHARE 4u /* one word in so many at least has a mark of shape, */
#define TONED_SHARE 3u  /* and one a tone */
#define LEAST_MARKED 2u

static unsigned small(unsigned b)
{
    return b - 'A' < 26u ? b | 0x20u : b;
}

static int is_vowel(unsigned b)
{
    switch (small(b)) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
    case 'y': return 1;
    default: return 0;
    }
}

/* The letter that a vowel and a mark of shape make, 0 = none. */
static uint32_t shaped(unsigned letter, unsigned mark)
{
    unsigned key = small(letter) << 8 | mark;
    uint32_t capital = letter == small(letter) ? 0u : 1u;
    switch (key) {
    case 'a' << 8 | '(': return 0x103u - capital;
    case 'a' << 8 | '^': return 0xE2u - 0x20u * capital;
    case 'e' << 8 | '^': return 0xEAu - 0x20u * capital;
    case 'o' << 8 | '^': return 0xF4u - 0x20u * capital;
    case 'o' << 8 | '+': return 0x1A1u - capital;
    case 'u' << 8 | '+': return 0x1B0u - capital;
    default: return 0;
    }
}

static uint32_t tone(unsigned mark)
{
    switch (mark) {
    case '`': return 0x300u;
    case '\'': return 0x301u;
    case '~': return 0x303u;
    case '?': return 0x309u;
    case '.': return 0x323u;
    default: return 0;
    }
}

/* Bytes of the letter at `data`, with its marks; what it is in out[0], its tone or 0 in out[1]. */
static size_t next(const uint8_t *data, size_t len, uint32_t out[2])
{
    unsigned b = data[0];
    size_t used = 1;
    out[0] = b;
    out[1] = 0;
    if (small(b) == 'd' && len > 1 && small(data[1]) == 'd') {
        out[0] = b == 'd' ? 0x111u : 0x110u;
        return 2;
    }
    if (b == '\\' && len > 1) { /* the next is itself */
        out[0] = data[1];
        return 2;
    }
    if (!is_vowel(b)) {
        return 1;
    }
    uint32_t shape = len > 1 ? shaped(b, data[1]) : 0;
    if (shape != 0) {
        out[0] = shape;
        used = 2;
    }
    out[1] = used < len ? tone(data[used]) : 0;
    /* A full stop or a question mark ends a sentence more often than it is a mark; where a letter
     * follows, it is one. */
    if (out[1] != 0 && (data[used] == '.' || data[used] == '?') &&
        (used + 1u == len || data[used + 1u] <= ' ') && shape == 0) {
        out[1] = 0;
    }
    return used + (out[1] != 0);
}

int rcd_viqr_may(const uint8_t *data, size_t len)
{
    size_t words = 0, marked = 0, toned = 0;
    uint32_t letter[2];
    for (size_t i = 0; i < len;) {
        words += rcd_is_letter(data[i]) && (i == 0 || data[i - 1u] <= ' ');
        i += next(data + i, len - i, letter);
        marked += letter[0] >= 0x80u && letter[0] != 0x110u && letter[0] != 0x111u;
        toned += letter[1] != 0;
    }
    return marked >= LEAST_MARKED && marked * MARKED_SHARE >= words && toned * TONED_SHARE >= words;
}

size_t rcd_viqr_text(const uint8_t *data, size_t len, uint32_t *text)
{
    size_t n = 0;
    uint32_t letter[2];
    for (size_t i = 0; i < len;) {
        i += next(data + i, len - i, letter);
        text[n++] = letter[0];
        if (letter[1] != 0) {
            text[n++] = letter[1];
        }
    }
    return n;
}
