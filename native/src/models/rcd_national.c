/* rcd_national.c : see rcd_national.h. */
#include "rcd_national.h"

#include <string.h>

#include "rcd_bits.h"
#include "rcd_charset.h"
#include "rcd_letters.h"
#include "rcd_models.h"
#include "rcd_score.h"
#include "rcd_viqr.h"
#include "recodec.h"

/* Bits by which a national reading must beat ASCII, in tenths: nobody types such letters by
 * chance in the middle of words of that very language. A label asks for less. */
#define MARGIN 200
#define MARGIN_ALPHABET 400
#define MARGIN_FEW 280 /* where the letters are fewer than LEAST_LETTERS, or of one kind */
#define DOUBT 60       /* so far ahead it is no answer yet, but ASCII is not certain */
#define MISPLACED 60   /* what a closing bracket at the start of a word costs beside a letter */
#define LABELLED (-300)
/* Most that text in a language costs for each character, and a short one in all. */
#define READABLE 42
#define READABLE_SHORT 300
#define LEAST_LETTERS 3u  /* national letters inside words, of two kinds at least */
#define LOOSE_SHARE 8u    /* of so many, one may stand alone */
/* How much dearer its languages may find the ASCII words than another: so much, and one more for
 * each character, up to a limit. */
#define SAME_LANGUAGE 30
#define SAME_LANGUAGE_MOST 150
#define STRANGE 45        /* ASCII text that costs more for each character is no common language */
#define PERIOD_MOST 4u    /* signs that a rule has in turn */

/* Sets that replace single positions are recognised by those inside words; the others have an alphabet
 * of their own where ASCII has letters. */
static const uint16_t replacing[] = {
    RCD_CS_DIN_66003,   RCD_CS_DS_2089,      RCD_CS_NS_4551_1,      RCD_CS_SEN_850200_B,
    RCD_CS_NF_Z_62_010, RCD_CS_YUSCII_LATIN, RCD_CS_YUSCII_SERBIAN, RCD_CS_YUSCII_MACEDONIAN,
    RCD_CS_SEN_850200_C, RCD_CS_CSA_Z243_4_1985_1, RCD_CS_ISO646_IT,
    RCD_CS_ISO646_PT, RCD_CS_ISO646_PT2, RCD_CS_MSZ_7795_3,
    RCD_CS_ISO646_ES, RCD_CS_ISO646_ES2, RCD_CS_NC_NC00_10,
};
static const uint16_t alphabets[] = {
    RCD_CS_ASMO_449, RCD_CS_KOI7_N2,     RCD_CS_SI_960,      RCD_CS_ARMSCII_7, RCD_CS_GREEK7,
    RCD_CS_ISO_5428, RCD_CS_GREEK_CCITT, RCD_CS_GREEK7_OLD,
};

typedef struct {
    unsigned charset;
    unsigned language;
    int32_t cost;
    int32_t ahead; /* of ASCII */
} reading;

/* What the text costs as ASCII. */
typedef struct {
    int32_t column[RCD_MAX_COLUMNS];
    int32_t least;
} ascii_costs;

/* The positions that ISO 646 leaves to the countries. */
static int is_open(unsigned b)
{
    return b == '@' || (b >= '[' && b <= '`' && b != '_') || (b >= '{' && b <= '~');
}

/* Where the open positions stand: in words, alone between words, elsewhere. */
typedef struct {
    uint32_t inside[128];
    uint32_t alone[128];
    uint32_t loose[128];
    uint32_t brackets; /* closing ones at the start of a word */
    uint32_t letters;  /* inside or alone: without any nothing replaces a letter */
} places;

static unsigned at(const uint8_t *data, size_t len, size_t i)
{
    return i < len ? data[i] : (unsigned)'\n'; /* before the start, too: i wraps around */
}

static int ends_word(const uint8_t *data, size_t len, size_t i)
{
    unsigned last = at(data, len, i);
    return rcd_is_letter(last) || (is_open(last) && rcd_is_letter(at(data, len, i - 1u)));
}

static void count_open(const uint8_t *data, size_t len, places *where)
{
    for (size_t i = 0, n; i < len; i += n) {
        n = 1;
        if (!is_open(data[i])) {
            continue;
        }
        while (i + n < len && is_open(data[i + n])) {
            n++;
        }
        unsigned b = data[i], last = data[i + n - 1u];
        unsigned before = at(data, len, i - 1u), after = at(data, len, i + n);
        int left = rcd_is_letter(before), right = rcd_is_letter(after);
        where->brackets += last == ']' && right && !left;
        int brackets = n == 2 && ((b == '{' && last == '}') || (b == '[' && last == ']'));
        /* The same twice is a sign (||, ]]), but for a long vowel inside a word. */
        int word = n == 1 ? left || right : n == 2 && (b == last ? left && (right || b == '{')
                                                                 : left || right);
        if (i + n == len && !word) {
            continue; /* the word may have been cut */
        }
        if (brackets && word) {
            continue; /* could be both */
        }
        word = word && !(n == 2 && b == '}' && last == '{');
        int alone = n == 1 && !word && after == ' ' &&
                    (rcd_is_letter(at(data, len, i + 2u)) || rcd_is_letter(at(data, len, i + 3u))) &&
                    (before == '\n' ||
                     (before == ' ' && (ends_word(data, len, i - 2u) || at(data, len, i - 2u) == ',')));
        where->letters += word || alone ? (uint32_t)n : 0u;
        for (size_t k = i; k < i + n; k++) {
            uint32_t *count = word ? where->inside : alone ? where->alone : where->loose;
            count[data[k]]++;
        }
    }
}

static int is_word_letter(const uint16_t *table, unsigned b)
{
    rcd_cell cell = rcd_cell_of(table[b]);
    return rcd_cell_group(cell) != RCD_COMMON && rcd_cell_symbol(cell) > RCD_SYM_FOREIGN;
}

static int replaces(const uint16_t *table, const places *where, unsigned least)
{
    uint32_t in = 0, out = 0, kinds = 0;
    for (unsigned b = '@'; b < 128u; b++) {
        if (is_open(b) && is_word_letter(table, b)) {
            /* Danish and Norwegian have a word of one letter, French another, Italian a third. */
            int is_word = table[b] == 0xE5u || table[b] == 0xE0u || table[b] == 0xE8u;
            uint32_t here = where->inside[b] + (is_word ? where->alone[b] : 0u);
            in += here;
            kinds += here != 0;
            out += where->loose[b] + (is_word ? 0u : where->alone[b]);
        }
    }
    return in >= least && (kinds > 1u || least == 1u) && out * LOOSE_SHARE <= in;
}

static int share(uint64_t part, uint64_t whole, unsigned percent)
{
    return part != 0 && part * 100u >= whole * percent;
}

/* Cheap signs of a whole alphabet in seven bits, from the counts of the bytes. */
static int may_be_alphabet(unsigned charset, const uint64_t *count)
{
    uint64_t small = 0, capital = 0, last = 0, odd = 0, even = 0;
    for (unsigned b = 'a'; b <= 'z'; b++) {
        small += count[b];
        capital += count[b - 0x20u];
        last += b >= 's' ? count[b] : 0u;
    }
    for (unsigned b = 0x32u; b < 0x7Eu; b++) {
        odd += b & 1u ? count[b] : 0u;
        even += b & 1u ? 0u : count[b];
    }
    switch (charset) {
    case RCD_CS_ASMO_449: return last == 0 && share(count['G'] + count['d'], small + capital, 10);
    case RCD_CS_KOI7_N2: return share(count['q'] + count['x'] + count['~'], small, 2) && capital * 4u < small;
    case RCD_CS_SI_960: return share(count['`'], small, 2) && capital * 4u < small;
    case RCD_CS_GREEK7:      /* pi, which is frequent, and xi, which is not */
        return share(count['q'], small + capital, 2) &&
               !share(count['o'], small + capital, 3);
    case RCD_CS_GREEK_CCITT: /* rho and xi */
        return share(count['q'], small + capital, 2) &&
               !share(count['n'], small + capital, 3);
    case RCD_CS_ISO_5428:    /* tau and old letters */
        return share(count['x'], small + capital, 2) &&
               !share(count['h'] + count['t'], small + capital, 3);
    case RCD_CS_GREEK7_OLD:  /* capitals by their sounds, but for omega and final sigma */
        return small * 4u < capital && share(count['V'], capital, 1) &&
               share(count['W'], capital, 2);
    /* ARMSCII-7 has small letters at odd places and capitals at even ones. */
    default: return share(odd, odd + even, 85) ||
                    (count['a'] + count['e'] == 0 && share(even, odd + even, 85));
    }
}

#define ROUND 64u /* bytes between two looks at the sum */

/* Ones where a byte of ASCII is a small letter. */
static uint64_t small_letters(uint64_t word)
{
    const uint64_t from_a = word + RCD_BYTE_ONES * (0x80u - 'a');
    const uint64_t after_z = word + RCD_BYTE_ONES * (0x7Fu - 'z');
    return (from_a & ~after_z) >> 7 & RCD_BYTE_ONES;
}

/* Ones where it is a letter at an even place of the code, which ARMSCII-7 hardly uses. */
static uint64_t even_letters(uint64_t word)
{
    return word >> 6 & ~word & RCD_BYTE_ONES;
}

/* Ones where it is one at an odd place, which capitals of ARMSCII-7 hardly use. */
static uint64_t odd_letters(uint64_t word)
{
    return word >> 6 & word & RCD_BYTE_ONES;
}

/* Whether there are `enough` of them; `ones` is one of the three above. */
static inline int has_enough(const uint8_t *data, size_t len, uint64_t (*ones)(uint64_t),
                             uint64_t enough)
{
    uint64_t found = 0;
    for (size_t i = 0; i < len && found < enough; i += ROUND) {
        uint8_t part[ROUND] = {0};
        size_t n = len - i < ROUND ? len - i : ROUND;
        const uint8_t *from = n == ROUND ? data + i : memcpy(part, data + i, n);
        uint64_t sums = 0; /* eight of them side by side */
        for (size_t k = 0; k < ROUND; k += sizeof sums) {
            uint64_t word;
            memcpy(&word, from + k, sizeof word);
            sums += ones(word);
        }
        found += (sums * RCD_BYTE_ONES) >> 56;
    }
    return found >= enough;
}

static size_t count_byte(const uint8_t *data, size_t len, int b)
{
    size_t found = 0;
    const uint8_t *end = data + len;
    while (data < end && (data = memchr(data, b, (size_t)(end - data))) != NULL) {
        found++;
        data++;
    }
    return found;
}

/* The signs of may_be_alphabet(), each read no further than needed to see that it is missing. */
int rcd_national_never(const uint8_t *data, size_t len)
{
    size_t i = 0;
    while (i < len && (uint8_t)(data[i] - 's') >= 8u) {
        i++;
    }
    if (i == len && (memchr(data, 'G', len) != NULL || memchr(data, 'd', len) != NULL)) {
        return 0;
    }
    uint64_t rare = count_byte(data, len, 'q') + count_byte(data, len, 'x');
    /* Capitals alone may be Greek. */
    uint64_t small = rare * 50u > len / 5u ? rare * 50u + 1u : len / 5u + 1u;
    return (has_enough(data, len, small_letters, small) ||
            (rare == 0 && (memchr(data, 'V', len) == NULL || memchr(data, 'W', len) == NULL))) &&
           has_enough(data, len, even_letters, len * 15u / 100u + 1u) &&
           (memchr(data, 'e', len) != NULL || memchr(data, 'a', len) != NULL ||
            has_enough(data, len, odd_letters, len * 15u / 100u + 1u));
}

/* Is the byte at `i` once more what a rule is made of, of one sign or of up to PERIOD_MOST in turn? */
static int goes_on(const uint8_t *data, size_t i)
{
    for (size_t period = 1; period <= PERIOD_MOST && i >= 2u * period; period++) {
        if (data[i] == data[i - period] &&
            memcmp(data + i - period, data + i - 2u * period, period) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Reads a text, by a table or as ASCII, without what only goes on: a rule of a sign says nothing new, and
 * is as cheap as can be where the sign is a letter. @return characters of it */
static size_t decode(const uint16_t *table, const uint8_t *data, size_t len, uint32_t *text)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (!goes_on(data, i)) {
            text[n++] = table != NULL ? table[data[i]] : data[i];
        }
    }
    return n;
}

/* The reading in the best language that the set was used for, and whether it is good enough. */
static int try_set(unsigned charset, const uint32_t *text, size_t len, const ascii_costs *ascii,
                   unsigned declared, reading *out)
{
    size_t count;
    const rcd_pair *pairs = rcd_pairs(&count);
    int32_t cost[RCD_MAX_COLUMNS];
    int32_t own = INT32_MAX; /* as ASCII in a language of the set */
    unsigned scored = RCD_COMMON;
    out->cost = INT32_MAX;
    for (size_t p = 0; p < count; p++) {
        if (pairs[p].charset != (charset == RCD_CS_VIQR ? (unsigned)RCD_CS_CP1258 : charset)) {
            continue;
        }
        if (pairs[p].group != scored) {
            scored = pairs[p].group;
            rcd_score_script(text, len, scored, cost);
        }
        if (scored == RCD_LATN && ascii->column[pairs[p].column] < own) {
            own = ascii->column[pairs[p].column];
        }
        int32_t sum = cost[pairs[p].column] + pairs[p].cost;
        if (sum < out->cost) {
            out->language = rcd_script_get(scored)->languages[pairs[p].column];
            out->cost = sum;
        }
    }
    out->charset = charset;
    out->ahead = ascii->least - out->cost;
    int whole = scored != RCD_LATN || charset == RCD_CS_VIQR; /* ASCII is another text, or none */
    int32_t margin = whole ? MARGIN_ALPHABET : MARGIN;
    margin = declared == charset ? LABELLED : margin;
    int32_t slack = SAME_LANGUAGE + (int32_t)len;
    slack = slack < SAME_LANGUAGE_MOST ? slack : SAME_LANGUAGE_MOST;
    return out->cost <= READABLE * (int32_t)len + READABLE_SHORT && out->ahead >= margin &&
           (whole || own <= ascii->least + slack);
}

static void as_ascii(const uint8_t *data, size_t len, uint32_t *text, ascii_costs *out)
{
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    rcd_score_script(text, decode(NULL, data, len, text), RCD_LATN, out->column);
    out->least = out->column[0];
    for (unsigned k = 1; k < latin->columns; k++) {
        out->least = out->column[k] < out->least ? out->column[k] : out->least;
    }
}

static int has_all(const uint16_t *table, const rcd_census *census)
{
    for (unsigned b = 0; b < 128u; b++) {
        if (census->count[b] != 0 && table[b] == 0xFFFFu) {
            return 0;
        }
    }
    return 1;
}

static int is_candidate(unsigned charset, const rcd_census *census, const uint8_t *allow)
{
    const uint16_t *table = rcd_single_byte_table((int)charset);
    return (allow == NULL || allow[charset] != 0) && has_all(table, census);
}

int rcd_national_asks_cost(const rcd_census *census, const uint8_t *allow)
{
    for (size_t n = 0; n < sizeof alphabets / sizeof alphabets[0]; n++) {
        if (may_be_alphabet(alphabets[n], census->count) &&
            is_candidate(alphabets[n], census, allow)) {
            return 1;
        }
    }
    return 0;
}

/* Vietnamese has one mark of shape and one tone in so many bytes, at least. */
static int may_be_viqr(const rcd_census *c)
{
    const uint64_t *count = c->count;
    uint64_t shapes = count['^'] + count['('] + count['+'];
    uint64_t tones = count['`'] + count['\''] + count['~'] + count['?'] + count['.'];
    return shapes * 40u >= c->length && tones * 40u >= c->length;
}

void rcd_national_find(const uint8_t *data, size_t len, const rcd_census *census,
                       const rcd_national_hints *hints, uint32_t *text, rcd_national_answer *out)
{
    out->charset = 0;
    out->language = 0;
    out->confidence = 1000000u;
    int32_t rival = INT32_MIN;
    uint64_t open = 0;
    for (unsigned b = '@'; b < 128u; b++) {
        open += is_open(b) ? census->count[b] : 0u;
    }
    int strange = hints->per_letter > STRANGE;
    unsigned least = hints->declared != 0 ? 1u : LEAST_LETTERS;
    if (open == 0 && !strange) {
        return;
    }
    len = len < RCD_NATIONAL_TEXT ? len : RCD_NATIONAL_TEXT;
    places where = {{0}, {0}, {0}, 0, 0};
    count_open(data, len, &where);
    const size_t groups[2] = {sizeof replacing / sizeof replacing[0],
                              sizeof alphabets / sizeof alphabets[0]};
    reading best = {0, 0, INT32_MAX, 0};
    ascii_costs ascii = {{0}, -1};
    for (unsigned k = where.letters != 0 ? 0u : 1u; k < (strange ? 2u : 1u); k++) {
        for (size_t n = 0; n < groups[k]; n++) {
            unsigned charset = k == 0 ? replacing[n] : alphabets[n];
            const uint16_t *table = rcd_single_byte_table((int)charset);
            if (!is_candidate(charset, census, hints->allow) ||
                (k == 0 && !replaces(table, &where, 1u)) ||
                (k == 1 && !may_be_alphabet(charset, census->count))) {
                continue;
            }
            if (ascii.least < 0) {
                as_ascii(data, len, text, &ascii);
            }
            const size_t n_read = decode(table, data, len, text);
            reading found;
            int good = try_set(charset, text, n_read, &ascii, hints->declared, &found) &&
                       (k == 1 || found.ahead >= MARGIN_FEW || replaces(table, &where, least));
            found.cost += table[']'] == ']' ? MISPLACED * (int32_t)where.brackets : 0;
            if (good && found.cost < best.cost) {
                best = found;
            }
            rival = found.ahead > rival ? found.ahead : rival;
        }
    }
    if (may_be_viqr(census) && (hints->allow == NULL || hints->allow[RCD_CS_VIQR] != 0) &&
        rcd_viqr_may(data, len)) {
        if (ascii.least < 0) {
            as_ascii(data, len, text, &ascii);
        }
        reading found;
        size_t n = rcd_viqr_text(data, len, text);
        if (try_set(RCD_CS_VIQR, text, n, &ascii, hints->declared, &found) && found.cost < best.cost) {
            best = found;
        }
    }
    if (best.charset == 0) {
        out->confidence = rival >= DOUBT ? 600000u : 1000000u;
        return;
    }
    out->charset = (uint16_t)best.charset;
    out->language = (uint16_t)best.language;
    out->confidence = best.ahead > 2 * MARGIN_ALPHABET ? 980000u : 930000u;
}
