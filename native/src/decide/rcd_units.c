/* rcd_units.c : see rcd_units.h. What charsets read the words as that rcd_unit_words.c has found; the list
 * of those that stand by numbers is that of native/gen/units.toml. */
#include "rcd_small.h"

#include "rcd_units.h"

#include "rcd_bits.h"
#include "rcd_charset.h"
#include "rcd_models.h"
#include "rcd_single_byte.h"
#include "rcd_unit_words.h"
#include "rcd_units_data.h"

/* Tenths of a bit that a charset's commonest use costs at most, to be the answer by signs; by words alone. */
#define SIGNS_USE 66
#define WORDS_USE 90
/* And where such a one still counts against another. */
#define PRIOR_MOST 120
/* What words by numbers say for it over what the models read there: the one of a title, one, several. */
#define TITLE_SAYS 30
#define ONE_WORD_SAYS 50
#define WORDS_SAY 90
/* And what a charset costs more that has a middle dot where another has a sign of times, as in `640 × 480`. */
#define SELDOM 40
#define MIDDLE_DOT 0xB7u
#define MILLION UINT64_C(1000000)
#define MOST_ODDS(tenths) ((tenths) < 190 ? (tenths) / 10 : 19)

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
    {0x00BA, BETWEEN | AFTER | UNIT | NUMBER}, /* masculine ordinal */
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

static unsigned places_of(unsigned cp)
{
    size_t low = 0, high = sizeof signs / sizeof signs[0];
    while (low < high) {
        const size_t middle = (low + high) / 2u;
        if (signs[middle].cp < cp) {
            low = middle + 1u;
        } else {
            high = middle;
        }
    }
    return low < sizeof signs / sizeof signs[0] && signs[low].cp == cp ? signs[low].places : 0u;
}

/* The hash of a word as a charset reads it, one of a single byte to a character or else of a family;
 * 0 where it does not. FNV-1a over code points. */
static uint32_t hash_of(const rcd_unit_word *word, const uint16_t *table, int family, int member)
{
    uint32_t hash = 2166136261u;
    for (uint32_t i = 0; i < word->len;) {
        uint32_t cp[2] = {word->text[i], 0};
        int used = 1;
        if (table != NULL) {
            cp[0] = table[word->text[i]];
        } else if (word->text[i] >= 0x80u) {
            used = rcd_mb_next_as(family, member, word->text + i, word->len - i, cp);
        }
        if (used <= 0) {
            return 0;
        }
        i += (uint32_t)used;
        hash = (hash ^ cp[0]) * 16777619u;
    }
    return hash;
}

static int is_unit(uint32_t hash)
{
    size_t low = 0, high = sizeof units / sizeof units[0];
    while (low < high) {
        const size_t middle = (low + high) / 2u;
        if (units[middle] < hash) {
            low = middle + 1u;
        } else {
            high = middle;
        }
    }
    return low < sizeof units / sizeof units[0] && units[low] == hash;
}

/* The sign that a word is in a charset, or has beside ASCII letters; 0 = none. */
static unsigned sign_of(const rcd_unit_word *word, const uint16_t *table)
{
    for (uint32_t i = 0; i < word->len && word->high == 1u && table != NULL; i++) {
        if (word->text[i] >= 0x80u) {
            return places_of(table[word->text[i]]) != 0 ? table[word->text[i]] : 0u;
        }
    }
    return 0;
}

/* Is it a letter that numbers follow, as in the names of cells? A short word has a space or a full stop. */
static int is_code(const rcd_unit_word *word) { return word->len == 1u && word->joined == word->all; }

/* How a charset reads the words: each as one that stands by numbers, or as a sign in its place, or as a
 * sign in another, or one of them as something else. */
enum { READS_WORDS, READS_PLACED, READS_SIGNS, READS_OTHER };

static int reading_of(const rcd_unit_words *w, unsigned charset)
{
    const uint16_t *table = rcd_single_byte_table((int)charset);
    const int family = rcd_mb_family((int)charset), member = rcd_mb_member((int)charset);
    int reading = READS_WORDS;
    if (table != NULL ? table['0'] != '0' : family < 0) {
        return READS_OTHER;
    }
    for (uint32_t k = 0; k < w->count; k++) {
        const rcd_unit_word *word = &w->word[k];
        const unsigned sign = sign_of(word, table);
        uint32_t fit = 0;
        for (unsigned left = places_of(sign); left != 0; left &= left - 1u) {
            fit += word->at[rcd_lowest_bit(left)];
        }
        const int as = sign != 0 && fit == word->all ? READS_PLACED
                       : !is_code(word) && is_unit(hash_of(word, table, family, member)) ? READS_WORDS
                       : sign != 0 && word->len == 1u ? READS_SIGNS
                                                      : READS_OTHER;
        reading = as > reading ? as : reading;
    }
    return reading;
}

/* What a charset that reads signs costs more than another that does where they are seldom: a middle dot
 * between two numbers and apart from them. */
static int32_t seldom(const rcd_unit_words *w, unsigned charset)
{
    const uint16_t *table = rcd_single_byte_table((int)charset);
    for (uint32_t k = 0; k < w->count; k++) {
        if (w->word[k].apart != 0 && sign_of(&w->word[k], table) == MIDDLE_DOT) {
            return SELDOM;
        }
    }
    return 0;
}

/* Do two charsets read the words alike? Those of a family do. */
static int read_alike(unsigned one, unsigned other, const rcd_unit_words *w)
{
    const uint16_t *a = rcd_single_byte_table((int)one), *b = rcd_single_byte_table((int)other);
    if (a == NULL || b == NULL) {
        return a == b && rcd_mb_family((int)one) == rcd_mb_family((int)other);
    }
    for (uint32_t k = 0; k < w->count; k++) {
        for (uint32_t i = 0; i < w->word[k].len; i++) {
            if (a[w->word[k].text[i]] != b[w->word[k].text[i]]) {
                return 0;
            }
        }
    }
    return 1;
}

/* Is one charset another, the narrower that is named after it, or of its family? */
static int is_name_of(unsigned charset, unsigned common)
{
    const int family = rcd_mb_family((int)common);
    return charset == common ||
           (family >= 0 ? rcd_mb_family((int)charset) == family
                        : rcd_charset_get((int)charset)->superset == common);
}

/* May a charset be answered, and can it decode the input? */
static int is_possible(const rcd_detector *d, unsigned charset, int sample)
{
    const int family = rcd_mb_family((int)charset);
    if (!rcd_allowed(d, charset)) {
        return 0;
    }
    return family < 0 || ((d->unasked >> family & 1u) == 0 &&
                          (rcd_mb_end(&d->multibyte[family], sample, NULL) >>
                               rcd_mb_member((int)charset) & 1u) != 0);
}

/* Is a word before a number all there is? So are names and titles: it may be any. */
static int is_title(const rcd_unit_words *w)
{
    return w->count == 1u && w->word[0].all == 1u && w->titles == 1u;
}

/* Is a charset so near the best by what the models say that a title's one word by a number outweighs it? */
static int is_near(const rcd_result *found, unsigned charset)
{
    for (unsigned k = 0; k < found->count; k++) {
        if (found->candidate[k].charset == charset) {
            return found->candidate[k].score <= TITLE_SAYS;
        }
    }
    return 0;
}

/* How sure it is that a charset is the commonest that reads the words so, and the right one, in millionths:
 * others that do so are as likely as they are common, and so is what the models say, which reads
 * something else there. */
static uint32_t sureness(const rcd_detector *d, int sample, const rcd_unit_words *w, unsigned common,
                         unsigned charset)
{
    const int32_t least = (int32_t)rcd_least_prior(common);
    const int placed = reading_of(w, common) == READS_PLACED;
    uint64_t odds = 0;
    for (unsigned c = 1; c < RCD_CS_COUNT; c++) {
        const int32_t prior = (int32_t)rcd_least_prior(c);
        int32_t over = prior - least;
        if (prior > PRIOR_MOST || !is_possible(d, c, sample) || is_name_of(c, common) ||
            read_alike(c, common, w)) {
            continue;
        }
        const int reading = reading_of(w, c);
        if (reading > READS_PLACED && c != charset) {
            continue;
        }
        if (reading == READS_PLACED && placed) {
            over += seldom(w, c) - seldom(w, common);
        }
        if (reading > READS_PLACED) {
            over += w->count > 1u ? WORDS_SAY : ONE_WORD_SAYS;
        }
        odds += over < 0 ? MILLION << MOST_ODDS(-over) : MILLION >> MOST_ODDS(over);
    }
    return (uint32_t)(MILLION * MILLION / (MILLION + odds));
}

int rcd_units_say(const rcd_detector *d, int sample, const rcd_result *found, uint8_t *allow,
                  uint32_t *sure)
{
    const unsigned charset = found->charset;
    rcd_unit_words w;
    if (!rcd_unit_words_find(d->excerpt.text, d->excerpt.len, &w)) {
        return RCD_UNITS_NOTHING;
    }
    /* A rarer charset does not win over one that has words and signs, too, if in other places. */
    const unsigned most =
        reading_of(&w, charset) < READS_OTHER ? rcd_least_prior(charset) : RCD_NEVER_USED;
    const int title = is_title(&w);
    unsigned least = RCD_NEVER_USED, common = 0;
    for (unsigned c = 1; c < RCD_CS_COUNT; c++) {
        const unsigned prior = rcd_least_prior(c);
        if (prior > WORDS_USE || prior > most || prior >= least || !is_possible(d, c, sample)) {
            continue;
        }
        const int reading = reading_of(&w, c);
        if ((reading == READS_WORDS && (!title || is_near(found, c))) ||
            (reading == READS_PLACED && prior <= SIGNS_USE)) {
            least = prior;
            common = c;
        }
    }
    if (common == 0) {
        return RCD_UNITS_NOTHING;
    }
    if (reading_of(&w, common) == READS_PLACED && seldom(&w, common) != 0) {
        least += SELDOM;
        for (unsigned c = 1; c < RCD_CS_COUNT; c++) {
            const unsigned prior = rcd_least_prior(c);
            if (prior < least && prior <= SIGNS_USE && is_possible(d, c, sample) &&
                reading_of(&w, c) == READS_PLACED && seldom(&w, c) == 0) {
                least = prior;
                common = c;
            }
        }
    }
    *sure = sureness(d, sample, &w, common, charset);
    const int alike = read_alike(charset, common, &w);
    if (alike && is_name_of(charset, common)) {
        return RCD_UNITS_SAME;
    }
    allow[0] = 0; /* no charset */
    for (unsigned c = 1; c < RCD_CS_COUNT; c++) {
        allow[c] = rcd_allowed(d, c) && is_name_of(c, common) && read_alike(c, common, &w);
    }
    return RCD_UNITS_OTHER;
}

int rcd_units_is_strange(const uint8_t *text, size_t len)
{
    if (len < 2u || text[0] < 0xC2u || text[0] > 0xDFu) {
        return 0; /* three bytes in a row are well-formed by no chance */
    }
    const unsigned cp = (text[0] & 0x1Fu) << 6 | (text[1] & 0x3Fu);
    return places_of(cp) == 0 && rcd_cell_symbol(rcd_cell_of(cp)) <= RCD_SYM_RARE;
}

/* Is the input, which is UTF-8, of characters that are nothing there? The first is asked for first. */
int rcd_units_doubt_utf8(const rcd_detector *d)
{
    const uint64_t first = d->census.first_high;
    rcd_unit_words w;
    if (first >= d->head_len ||
        !rcd_units_is_strange(d->head + first, d->head_len - (size_t)first) ||
        !rcd_unit_words_find(d->excerpt.text, d->excerpt.len, &w)) {
        return 0;
    }
    for (uint32_t k = 0; k < w.count; k++) {
        const rcd_unit_word *word = &w.word[k];
        for (uint32_t i = 0; i < word->len; i++) {
            if (word->text[i] < 0x80u) {
                continue;
            }
            if (!rcd_units_is_strange(word->text + i, word->len - i)) {
                return 0;
            }
            i++;
        }
    }
    return 1;
}

