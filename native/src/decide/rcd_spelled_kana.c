/* rcd_spelled_kana.c : see rcd_spelled_kana.h. */
#include "rcd_small.h"

#include "rcd_spelled_kana.h"

#include <string.h>

#include "rcd_charset.h"
#include "rcd_letters.h"
#include "rcd_multibyte.h"

#define HIRAGANA 0x3041u
#define KATAKANA 0x30A1u
#define KANA 83u
#define NO_KANA 0xFFu
#define WO 81u
#define N 82u
#define FAR 24u          /* bytes that the spelling stands away, at most */
#define SPELLING_MOST 3u /* letters, as of `shi`, `tsu` */
#define OTHERS_MOST 8u   /* characters more than those spelled, from the start on: text */
/* A kana is spelled beside a word of two other letters once in a dozen times by chance. */
#define MANY 4u /* different ones */
#define SURE_ONE 600000u
#define SURE_FEW 900000u
#define SURE_MANY 990000u
#define LEADS_SHARE 2u /* The lead bytes of kana are so large a part of all high bytes, at least. */

/* From small A to N: how the spelling ends, and what it begins with, which for vowels is the same; x = the small
 * ones. */
static const char ends[KANA + 1u] = "aaiiuueeoo"
                                    "aaiiuueeoo"
                                    "aaiiuueeoo"
                                    "aaiiuuueeoo"
                                    "aiueo"
                                    "aaaiiiuuueeeooo"
                                    "aiueo"
                                    "aauuoo"
                                    "aiueo"
                                    "aaieon";
static const char begins[KANA + 1u] = "xaxixuxexo"
                                      "kgkgkgkgkg"
                                      "szszszszsz"
                                      "tdtdxtdtdtd"
                                      "nnnnn"
                                      "hbphbphbphbphbp"
                                      "mmmmm"
                                      "xyxyxy"
                                      "rrrrr"
                                      "xwwwwn";

static int in_word(unsigned b) { return b >= 0x80u || rcd_is_letter(b) || rcd_is_digit(b); }

static unsigned kana_of(uint32_t cp)
{
    const uint32_t kana = cp - (cp >= KATAKANA ? KATAKANA : HIRAGANA);
    return kana < KANA ? kana : NO_KANA;
}

/* May a spelling of more than one letter begin so? Small kana are typed with x or l, or spelled as large ones. */
static int may_begin(unsigned kana, char first)
{
    switch (begins[kana]) {
    case 'x': return first == 'x' || first == 'l' || first == 't' || first == 'y' || first == 'w';
    case 't': return first == 't' || first == 'c';
    case 'h': return first == 'h' || first == 'f';
    case 'z': return first == 'z' || first == 'j';
    case 'd': return first == 'd' || first == 'j' || first == 'z';
    default: return first == begins[kana];
    }
}

/* Do `n` letters of ASCII spell a kana, or two of which the second is small, as `kya`? */
static int spells(unsigned kana, unsigned last, const uint8_t *letters, size_t n)
{
    if (n == 0 || n > SPELLING_MOST || (char)(letters[n - 1u] | 32u) != ends[last]) {
        return 0;
    }
    const char first = (char)(letters[0] | 32u), second = (char)(letters[n > 1u ? 1u : 0u] | 32u);
    if (n == 1) {
        return kana == last && (first == begins[kana] || begins[kana] == 'x' || kana == WO);
    }
    const int glides = second == 's' || second == 'h' || second == 'y' || second == 'z';
    return may_begin(kana, first) && (n == 2 || (glides && kana != N));
}

/* Is one of the words of ASCII from `at` up to `end` the spelling? */
static int is_among(unsigned kana, unsigned last, const uint8_t *text, size_t at, size_t end)
{
    while (at < end) {
        const size_t begin = at;
        while (at < end && rcd_is_letter(text[at])) {
            at++;
        }
        if (spells(kana, last, text + begin, at - begin)) {
            return 1;
        }
        at += (size_t)(at == begin);
    }
    return 0;
}

static int is_beside(unsigned b) { return b < 0x80u && b != '\n' && b != '\r'; }

/* Do kana of bytes begin .. end - 1 stand by themselves beside their spelling? */
static int is_spelled(const uint8_t *text, size_t len, size_t begin, size_t end, unsigned kana, unsigned last)
{
    if ((begin > 0 && in_word(text[begin - 1u])) || (end < len && in_word(text[end]))) {
        return 0;
    }
    const size_t first = begin > FAR ? begin - FAR : 0, behind = len - end > FAR ? end + FAR : len;
    size_t from = begin, to = end;
    while (from > first && is_beside(text[from - 1u])) {
        from--;
    }
    while (to < behind && is_beside(text[to])) {
        to++;
    }
    return is_among(kana, last, text, from, begin) || is_among(kana, last, text, end, to);
}

/* How many different kana are spelled in the excerpt, as a family reads it; 0 where it is other text. */
static unsigned count_spelled(const rcd_detector *d, int family)
{
    const uint8_t *text = d->excerpt.text;
    const size_t len = d->excerpt.len;
    uint64_t seen[2] = {0, 0};
    unsigned spelled = 0, others = 0, different = 0;
    for (size_t i = 0; i < len && others <= spelled + OTHERS_MOST;) {
        if (text[i] < 0x80u) {
            i++;
            continue;
        }
        uint32_t cp = 0, small = 0;
        const int used = rcd_mb_next(family, text + i, len - i, &cp);
        if (used <= 0) {
            break;
        }
        size_t end = i + (size_t)used;
        const unsigned kana = kana_of(cp);
        unsigned last = kana;
        if (kana != NO_KANA && end < len && text[end] >= 0x80u) {
            const int more = rcd_mb_next(family, text + end, len - end, &small);
            last = more > 0 ? kana_of(small) : NO_KANA;
            if (last != NO_KANA && begins[last] == 'x') {
                end += (size_t)more;
            } else {
                last = kana;
            }
        }
        if (kana != NO_KANA && is_spelled(text, len, i, end, kana, last)) {
            const uint64_t bit = UINT64_C(1) << (kana & 63u);
            different += (seen[kana >> 6] & bit) == 0;
            seen[kana >> 6] |= bit;
            spelled++;
        } else {
            others++;
        }
        i = end;
    }
    return others <= spelled ? different : 0;
}

unsigned rcd_spelled_kana_say(const rcd_detector *d, int sample, uint8_t *allow, uint32_t *sure)
{
    static const struct {
        int family;
        uint8_t leads[2]; /* of hiragana, of katakana */
    } reader[] = {{RCD_MB_SHIFT_JIS, {0x82u, 0x83u}}, {RCD_MB_EUC_JP, {0xA4u, 0xA5u}}};
    const uint64_t high = rcd_census_high(&d->census);
    if (d->options.declared != 0 || d->options.language != 0 || !d->with_multibyte) {
        return 0;
    }
    for (size_t k = 0; k < sizeof reader / sizeof reader[0]; k++) {
        const int family = reader[k].family;
        const uint64_t leads = d->census.count[reader[k].leads[0]] + d->census.count[reader[k].leads[1]];
        if (leads * LEADS_SHARE < high || rcd_mb_end(&d->multibyte[family], sample, NULL) == 0) {
            continue;
        }
        const unsigned different = count_spelled(d, family);
        if (different == 0) {
            continue;
        }
        unsigned charset = 0;
        memset(allow, 0, RCD_CS_COUNT);
        const uint16_t *members = rcd_mb_members(family);
        for (size_t m = 0; members[m] != 0; m++) {
            const int left = rcd_allowed(d, members[m]);
            allow[members[m]] = (uint8_t)left;
            charset = charset == 0 && left ? members[m] : charset;
        }
        if (charset != 0) {
            *sure = different >= MANY ? SURE_MANY : different > 1u ? SURE_FEW : SURE_ONE;
            return charset;
        }
    }
    return 0;
}
