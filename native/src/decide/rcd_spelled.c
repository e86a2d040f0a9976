/* rcd_spelled.c : see rcd_spelled.h. */
#include "rcd_small.h"

#include "rcd_spelled.h"

#include <string.h>

#include "rcd_charset.h"
#include "rcd_letters.h"
#include "rcd_multibyte.h"
#include "rcd_multibyte_tables.h"

#define FAR 24u        /* bytes that the spelling stands away, at most */
#define OTHERS_MOST 8u /* characters more than those spelled, from the start on: text */
#define SEEN_WORDS 16u
#define SURE_FEW 600000u
#define SURE_SOME 900000u
#define SURE_MANY 990000u
#define LEADS_SHARE 2u /* The lead bytes of such characters are so large a part of all high bytes, at least. */

#define HIRAGANA 0x3041u
#define KATAKANA 0x30A1u
#define KANA 83u
#define NO_KANA 0xFFu
#define WO 81u
#define N 82u

/* From small A to N: how the spelling ends, and what it begins with, which for vowels is the same; x = the small
 * ones. */
static const char kana_ends[KANA + 1u] = "aaiiuueeoo"
                                         "aaiiuueeoo"
                                         "aaiiuueeoo"
                                         "aaiiuuueeoo"
                                         "aiueo"
                                         "aaaiiiuuueeeooo"
                                         "aiueo"
                                         "aauuoo"
                                         "aiueo"
                                         "aaieon";
static const char kana_begins[KANA + 1u] = "xaxixuxexo"
                                           "kgkgkgkgkg"
                                           "szszszszsz"
                                           "tdtdxtdtdtd"
                                           "nnnnn"
                                           "hbphbphbphbphbp"
                                           "mmmmm"
                                           "xyxyxy"
                                           "rrrrr"
                                           "xwwwwn";

/* A character by itself, of bytes begin .. end - 1, and the small kana behind it that belongs to it, or itself. */
typedef struct {
    size_t begin, end;
    uint32_t cp, last;
    unsigned code; /* its first two bytes */
} unit;

static unsigned kana_of(uint32_t cp)
{
    const uint32_t kana = cp - (cp >= KATAKANA ? KATAKANA : HIRAGANA);
    return kana < KANA ? kana : NO_KANA;
}

/* Is a letter, which is a small one of ASCII, among some? */
static int is_one_of(const char *some, char letter) { return strchr(some, letter) != NULL; }

/* May a spelling of more than one letter begin so? Small kana are typed with x or l, or spelled as large ones. */
static int may_begin(unsigned kana, char first)
{
    switch (kana_begins[kana]) {
    case 'x': return is_one_of("xltyw", first);
    case 't': return is_one_of("tc", first);
    case 'h': return is_one_of("hf", first);
    case 'z': return is_one_of("zj", first);
    case 'd': return is_one_of("djz", first);
    default: return first == kana_begins[kana];
    }
}

/* A kana, or two of which the second is small, as `kya`. */
static int spells_kana(const unit *u, const char *letters, size_t n)
{
    const unsigned kana = kana_of(u->cp), last = kana_of(u->last);
    if (n > 3u || letters[n - 1u] != kana_ends[last]) {
        return 0;
    }
    if (n == 1u) {
        return kana == last && (letters[0] == kana_begins[kana] || kana_begins[kana] == 'x' || kana == WO);
    }
    return may_begin(kana, letters[0]) && (n == 2u || (is_one_of("shyz", letters[1]) && kana != N));
}

/* A syllable of Hangul: by its first consonant, or vowel, and whether it ends in a vowel. */
static int spells_hangul(const unit *u, const char *letters, size_t n)
{
    static const char *const begins[19] = {"gk", "gk", "n", "dt", "dt", "rl", "m",  "bp", "bp", "s",
                                           "s",  "",   "j", "j",  "c",  "k",  "tc", "p",  "h"};
    static const char *const vowels[21] = {"a", "a", "y", "y", "eo", "e", "y", "y", "o", "w", "w",
                                           "wo", "y", "u", "w", "w", "w", "y", "eu", "eu", "i"};
    const uint32_t index = u->cp - 0xAC00u;
    const unsigned consonant = index / 588u, vowel = index % 588u / 28u, coda = index % 28u;
    const char *first = consonant == 11u ? vowels[vowel] : begins[consonant];
    return n < 8u && is_one_of(first, letters[0]) &&
           (coda == 0) == (is_one_of("aeiouy", letters[n - 1u]) != 0);
}

/* Han by the first letter of its pinyin, in the order of which GB 2312-1980 has its first level. */
static int spells_han(const unit *u, const char *letters, size_t n)
{
    static const char first[24] = "abcdefghjklmnopqrstwxyz";
    static const uint16_t from[23] = {0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE,
                                      0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8, 0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA,
                                      0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1};
    unsigned k = 0;
    while (k + 1u < 23u && u->code >= from[k + 1u]) {
        k++;
    }
    return letters[0] == first[k] && n < 7u && is_one_of("aeiouvngr", letters[n - 1u]) &&
           (n > 1u || is_one_of("aeo", letters[0]));
}

static int is_kana(const unit *u) { return kana_of(u->cp) != NO_KANA; }
static int is_hangul(const unit *u) { return u->cp - 0xAC00u < 11172u; }
static int is_han(const unit *u) { return u->code >= 0xB0A1u && u->code < 0xD7FAu && (u->code & 0xFFu) > 0xA0u; }

/* What a family has that is spelled. By chance a word of two letters is the spelling of a kana once in some seventy
 * times, and one begins as that of Han or Hangul does once in a dozen. */
typedef struct {
    int family;
    uint8_t leads[2]; /* from one to the other */
    uint8_t least, some, many; /* different ones that say it, and make it likely, and sure */
    uint8_t share;       /* of all, in quarters */
    int (*has)(const unit *u);
    int (*spells)(const unit *u, const char *letters, size_t n);
} speller;

static const speller spellers[] = {
    {RCD_MB_SHIFT_JIS, {0x82, 0x83}, 1, 2, 4, 2, is_kana, spells_kana},
    {RCD_MB_EUC_JP, {0xA4, 0xA5}, 1, 2, 4, 2, is_kana, spells_kana},
    {RCD_MB_GB18030, {0xB0, 0xD7}, 3, 4, 8, 3, is_han, spells_han},
    {RCD_MB_EUC_KR, {0x81, 0xC8}, 3, 4, 8, 3, is_hangul, spells_hangul},
};

/* Is one of the words of ASCII from `at` up to `end` the spelling? */
static int is_among(const speller *s, const unit *u, const uint8_t *text, size_t at, size_t end)
{
    char letters[FAR];
    while (at < end) {
        size_t n = 0;
        while (at + n < end && n < FAR && rcd_is_letter(text[at + n])) {
            letters[n] = (char)(text[at + n] | 32u);
            n++;
        }
        if (n > 0 && s->spells(u, letters, n)) {
            return 1;
        }
        at += n > 0 ? n : 1u;
    }
    return 0;
}

static int is_beside(unsigned b) { return b < 0x80u && b != '\n' && b != '\r'; }

static int stands_alone(const uint8_t *text, size_t len, const unit *u)
{
    return !(u->begin > 0 && rcd_in_word(text[u->begin - 1u])) && !(u->end < len && rcd_in_word(text[u->end]));
}

static int has_spelling(const speller *s, const uint8_t *text, size_t len, const unit *u)
{
    const size_t first = u->begin > FAR ? u->begin - FAR : 0, behind = len - u->end > FAR ? u->end + FAR : len;
    size_t from = u->begin, to = u->end;
    while (from > first && is_beside(text[from - 1u])) {
        from--;
    }
    while (to < behind && is_beside(text[to])) {
        to++;
    }
    return is_among(s, u, text, from, u->begin) || is_among(s, u, text, u->end, to);
}

/* The character at `at` as the family's first member reads it, with a small kana behind a kana.
 * @return 0 where there is none */
static int read_unit(int family, const uint8_t *text, size_t len, size_t at, unit *u)
{
    uint32_t cp[2];
    int used = rcd_mb_next_as(family, 0, text + at, len - at, cp);
    if (used <= 0) {
        return 0;
    }
    u->begin = at;
    u->end = at + (size_t)used;
    u->cp = u->last = cp[0];
    u->code = (unsigned)text[at] << 8 | (used > 1 ? text[at + 1u] : 0u);
    if (is_kana(u) && u->end < len && text[u->end] >= 0x80u) {
        used = rcd_mb_next_as(family, 0, text + u->end, len - u->end, cp);
        if (used > 0 && kana_of(cp[0]) != NO_KANA && kana_begins[kana_of(cp[0])] == 'x') {
            u->last = cp[0];
            u->end += (size_t)used;
        }
    }
    return 1;
}

/* How many different characters are spelled in the excerpt, as far as a small hash tells; 0 where it is other
 * text. */
static unsigned count_spelled(const rcd_detector *d, const speller *s)
{
    const uint8_t *text = d->excerpt.text;
    const size_t len = d->excerpt.len;
    uint64_t seen[SEEN_WORDS] = {0};
    unsigned spelled = 0, others = 0, different = 0;
    unit u;
    for (size_t i = 0; i < len && others <= spelled + OTHERS_MOST; i = u.end) {
        u.end = i + 1u;
        if (text[i] < 0x80u) {
            continue;
        }
        if (!read_unit(s->family, text, len, i, &u)) {
            break;
        }
        if (!stands_alone(text, len, &u)) {
            others++;
        } else if (!s->has(&u)) {
            others += u.cp != RCD_MB_RARE_HAN; /* what the core tells no code point of may be spelled */
        } else if (has_spelling(s, text, len, &u)) {
            const unsigned hash = (u.code * 40503u >> 6) % (64u * SEEN_WORDS);
            const uint64_t bit = UINT64_C(1) << (hash & 63u);
            different += (seen[hash >> 6] & bit) == 0;
            seen[hash >> 6] |= bit;
            spelled++;
        } else {
            others++;
        }
    }
    return spelled * 4u >= (spelled + others) * s->share ? different : 0u;
}

/* May the text be in the family, with such characters for the most part? */
static int may_be(const rcd_detector *d, int sample, const speller *s)
{
    uint64_t leads = 0;
    for (unsigned b = s->leads[0]; b <= s->leads[1]; b++) {
        leads += d->census.count[b];
    }
    return leads * LEADS_SHARE >= rcd_census_high(&d->census) &&
           rcd_mb_end(&d->multibyte[s->family], sample, NULL) != 0;
}

unsigned rcd_spelled_say(const rcd_detector *d, int sample, uint8_t *allow, uint32_t *sure)
{
    if (d->options.declared != 0 || d->options.language != 0 || !d->with_multibyte) {
        return 0;
    }
    for (size_t k = 0; k < sizeof spellers / sizeof spellers[0]; k++) {
        const speller *s = &spellers[k];
        const unsigned different = may_be(d, sample, s) ? count_spelled(d, s) : 0u;
        if (different < s->least) {
            continue;
        }
        memset(allow, 0, RCD_CS_COUNT);
        const unsigned charset = rcd_allow_family(d, s->family, allow);
        if (charset != 0) {
            *sure = different >= s->many ? SURE_MANY : different >= s->some ? SURE_SOME : SURE_FEW;
            return charset;
        }
    }
    return 0;
}
