/* rcd_single_words.c : what a short text in a one-byte charset says beside its letters: words that are
 * known as wholes, and signs that ought not to be alone. */
#include "rcd_bits.h"
#include "rcd_known.h"
#include "rcd_score.h"
#include "rcd_single_parts.h"

#define FEW_WORDS 100u   /* bytes; in more text there are others to tell the language */
#define FOREIGN_WORD 50u /* a known word of another language than the text's, in few words */
#define FOREIGN_NAME 0u  /* and in more */
#define LONE_QUOTE 40    /* a quote without another, in few words, */
#define QUOTES_NONE 40   /* and more where no letter is beside it */
#define LONE_FRAME 60    /* the same of a piece of a frame, */
#define FRAME_IN_WORD 40 /* and more where it touches a letter */
#define LONE_BULLET 40   /* a bullet in front of what is no list */
#define NUMBER_SIGN 60   /* less for the sign of a number at its side: `£5`, `20 °`, `12 €` */
#define LONE_LETTER 60   /* letters that charsets differ in, and no word of them: `£5` read as `г5` */

void rcd_single_find_words(rcd_single_work *w, const uint8_t *data, size_t len)
{
    w->word_count = 0;
    if (w->ebcdic) {
        w->word[w->word_count++] = (rcd_single_word){0, (uint16_t)len};
        return;
    }
    for (size_t i = 0; i < len; i++) {
        const uint64_t special = w->tally.special[i / 64u] >> (i & 63u);
        if (special == 0) {
            i |= 63u;
            continue;
        }
        i += rcd_lowest_bit(special);
        size_t begin = i;
        while (begin > 0 && rcd_may_be_in_word(data[begin - 1u])) {
            begin--;
        }
        while (i < len && rcd_may_be_in_word(data[i])) {
            i++;
        }
        if (w->word_count == RCD_SINGLE_SHORT) {
            return;
        }
        w->word[w->word_count++] = (rcd_single_word){(uint16_t)begin, (uint16_t)i};
    }
}

/* What is found in words. */
typedef struct {
    int words; /* some with a byte that charsets differ in, and letters of the script, */
    int lone;  /* any letter that they differ in, */
    int plain; /* and any other letter */
} found_words;

/* The words among some bytes that have none beside them. */
static void add_words(rcd_single_lane *lane, const uint8_t *rank, const uint8_t *data, size_t begin,
                      size_t end, uint32_t foreign, found_words *found)
{
    uint32_t hash = 0;
    unsigned letters = 0, own = 0; /* of the word; of these, in the script */
    int differs = 0, strange = 0;
    for (size_t i = begin; i <= end; i++) {
        unsigned symbol = i < end ? symbol_of(lane->info[rank[data[i]]]) : RCD_SYM_BOUNDARY;
        if (symbol > RCD_SYM_DIGIT) {
            hash = rcd_known_hash(letters == 0 ? rcd_known_hash(RCD_KNOWN_SEED, lane->group) : hash,
                                  symbol);
            letters++;
            own += symbol > RCD_SYM_FOREIGN;
            differs |= rcd_is_special(data[i]);
            found->plain |= !rcd_is_special(data[i]);
            strange |= symbol == RCD_SYM_FOREIGN;
            continue;
        }
        found->words |= differs && own > 1;
        found->lone |= differs;
        if (differs && !strange && letters > 1 && letters <= RCD_KNOWN_LETTERS) {
            rcd_known_word(hash, foreign, lane->own, lane->columns);
        }
        letters = own = 0;
        differs = strange = 0;
    }
}

static int is_quote(unsigned cp)
{
    return cp == 0xABu || cp == 0xBBu || (cp >= 0x2018u && cp <= 0x201Fu) || cp == 0x2039u ||
           cp == 0x203Au;
}

static int is_bullet(unsigned cp) { return cp == 0xB7u || cp == 0x2022u; }

enum { IN_FRONT = 1, BEHIND = 2 };

/* On which sides of a number a sign stands. */
static int sides_of_number(unsigned cp)
{
    switch (cp) {
    case 0xA3u: case 0xA5u: case 0xA7u: case 0xB1u: case 0x2116u: return IN_FRONT; /* £ ¥ § ± № */
    case 0xB0u: case 0xBDu: return BEHIND; /* ° ½ */
    case 0x20ACu: return IN_FRONT | BEHIND; /* € */
    default: return 0;
    }
}

static int is_digit(const rcd_single_lane *lane, const uint8_t *rank, unsigned b)
{
    return symbol_of(lane->info[rank[b]]) == RCD_SYM_DIGIT;
}

/* Is there a sign beside a number, or a space away, on the side where such signs stand? The models have
 * it among all signs, and its place for no evidence. */
static int has_number_sign(const rcd_single_lane *lane, const uint8_t *rank, const uint8_t *data,
                           size_t len)
{
    for (size_t i = 0; i < len; i++) {
        const int sides = data[i] >= 0x80u ? sides_of_number(lane->table[data[i]]) : 0;
        for (size_t far = 1; far <= 2 && sides != 0; far++) {
            const int front = (sides & IN_FRONT) != 0 && i + far < len &&
                              (far == 1 || data[i + 1] == ' ') &&
                              is_digit(lane, rank, data[i + far]);
            const int behind = (sides & BEHIND) != 0 && i >= far &&
                               (far == 1 || data[i - 1] == ' ') &&
                               is_digit(lane, rank, data[i - far]);
            if (front || behind) {
                return 1;
            }
        }
    }
    return 0;
}

/* What it costs a short text that a quote, a piece of a frame, or a bullet before its only item is alone:
 * letters are read as such by charsets that have these in their place. Apostrophes are no quotes. */
static int32_t lone_signs(const rcd_single_lane *lane, const uint8_t *rank, const uint8_t *data,
                          size_t len)
{
    unsigned quotes = 0, frames = 0;
    int joined = 0, quoting = 0, bullet = 0;
    for (size_t i = 0; i < len; i++) {
        if (data[i] >= 0x80u && place_of(lane->info[rank[data[i]]]) != 0) {
            unsigned cp = lane->table[data[i]];
            int behind = i > 0 && symbol_of(lane->info[rank[data[i - 1]]]) > RCD_SYM_DIGIT;
            int before = i + 1 < len && symbol_of(lane->info[rank[data[i + 1]]]) > RCD_SYM_DIGIT;
            int frame = place_of(lane->info[rank[data[i]]]) == RCD_PLACE_BOX;
            quotes += is_quote(cp) && !(cp == 0x2019u && behind && before);
            quoting |= is_quote(cp) && (behind || before);
            frames += (unsigned)frame;
            joined |= frame && (behind || before);
            bullet |= i == 0 && is_bullet(cp);
        }
        bullet &= data[i] != '\n' && data[i] != '\r';
    }
    return (bullet ? LONE_BULLET : 0) +
           (quotes == 1u ? LONE_QUOTE + (quoting ? 0 : QUOTES_NONE) : 0) +
           (frames == 1u ? LONE_FRAME + (joined ? FRAME_IN_WORD : 0) : 0);
}

void rcd_single_words(rcd_single_lane *lane, const rcd_single_work *w, const uint8_t *data)
{
    const uint8_t *rank = w->tally.rank;
    const size_t len = w->len;
    const uint32_t foreign = len <= FEW_WORDS ? FOREIGN_WORD : FOREIGN_NAME;
    found_words found = {0, 0, !w->ebcdic && w->tally.letters};
    for (uint32_t n = 0; n < w->word_count; n++) {
        add_words(lane, rank, data, w->word[n].begin, w->word[n].end, foreign, &found);
    }
    /* Letters that charsets differ in make no word at all. In Latin text, a letter may be one: `à`. */
    if (found.lone && !found.words && (lane->group != RCD_LATN || !found.plain)) {
        lane->shared += LONE_LETTER;
    }
    if (len <= FEW_WORDS) {
        lane->shared += lone_signs(lane, rank, data, len);
        lane->shared -= has_number_sign(lane, rank, data, len) ? NUMBER_SIGN : 0;
    }
}
