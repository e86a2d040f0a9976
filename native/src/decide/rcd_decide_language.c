/* rcd_decide_language.c : the language of text whose bytes alone say what it is in, as UTF-8.
 */
#include "rcd_decide.h"
#include "rcd_score.h"
#include "rcd_slots.h"
#include "rcd_words.h"

/* Code points that the language of a structurally certain text is found from. */
#define FEW_WORDS 96u
#define SOME_WORDS 256u
#define MANY_WORDS 2048u
#define FAR 600 /* so far ahead of the next, a language is not asked for its words */

void rcd_blank_names(rcd_detector *d, size_t n)
{
    if (rcd_census_has(&d->census, '{') || rcd_census_has(&d->census, '%')) {
        rcd_blank_slots(d->text, n);
    }
}

/* UTF-8 of the excerpt, ill-formed bytes left out: at most `most` code points. */
size_t rcd_utf8_text(rcd_detector *d, size_t most)
{
    const uint8_t *p = d->excerpt.text;
    const uint8_t *end = p + d->excerpt.len;
    size_t n = 0;
    while (p < end && n < most) {
        unsigned b = *p++;
        if (b < 0x80u) {
            d->text[n++] = b;
            continue;
        }
        if (b >= 0xC2u && b < 0xE0u && p < end && (*p & 0xC0u) == 0x80u) {
            d->text[n++] = (b & 0x1Fu) << 6 | (*p++ & 0x3Fu); /* what most alphabets are made of */
            continue;
        }
        unsigned more = b >= 0xF0u ? 3u : b >= 0xE0u ? 2u : b >= 0xC2u ? 1u : 0u;
        uint32_t cp = b & (0x3Fu >> more);
        if (more == 0 || b > 0xF4u || (size_t)(end - p) < more) {
            continue;
        }
        unsigned k = 0;
        while (k < more && (p[k] & 0xC0u) == 0x80u) {
            cp = (cp << 6) | (p[k] & 0x3Fu);
            k++;
        }
        if (k == more) {
            d->text[n++] = cp;
            p += more;
        }
    }
    rcd_blank_names(d, n);
    return n;
}

/* Language of `len` code points in d->text. */
static unsigned text_language(const rcd_detector *d, size_t len, rcd_text_score *score)
{
    rcd_score_text(d->text, len, score);
    return d->options.language != 0 && score->language == 0 ? d->options.language
                                                             : score->language;
}

/* A few words tell most languages; near ones get more to read. */
static const struct {
    size_t most;   /* code points */
    int32_t clear; /* lead over the next language, in tenths of a bit, that is enough */
} looks[] = {{FEW_WORDS, 250}, {SOME_WORDS, 120}, {MANY_WORDS, 0}};

static int is_clear(const rcd_text_score *score, int32_t clear)
{
    return score->language != 0 && score->second - score->cost >= clear;
}

/* Near relatives are told apart by their words where the letters leave it open. */
static unsigned among_near(const rcd_detector *d, size_t n, unsigned language,
                           const rcd_text_score *score)
{
    if (d->options.language != 0 || is_clear(score, FAR)) {
        return language;
    }
    int same = score->length == n && n <= RCD_WORDS_TEXT;
    return rcd_words_refine(d->text, n, language, 0, same ? score : NULL);
}

unsigned rcd_utf8_language(rcd_detector *d, rcd_text_score *score)
{
    unsigned language = 0;
    size_t n = 0;
    for (size_t k = 0; k < sizeof looks / sizeof looks[0]; k++) {
        n = rcd_utf8_text(d, looks[k].most);
        language = text_language(d, n, score);
        if (n < looks[k].most || is_clear(score, looks[k].clear)) {
            break;
        }
    }
    return among_near(d, n, language, score);
}

unsigned rcd_later_language(rcd_detector *d)
{
    rcd_text_score score;
    return d->options.later ? RCD_LATER : rcd_utf8_language(d, &score);
}

/* The same for `n` code points that are in d->text already. */
unsigned rcd_wide_language(const rcd_detector *d, size_t n, rcd_text_score *score)
{
    unsigned language = 0;
    for (size_t k = 0; k < sizeof looks / sizeof looks[0]; k++) {
        size_t some = n < looks[k].most ? n : looks[k].most;
        language = text_language(d, some, score);
        if (some == n || is_clear(score, looks[k].clear)) {
            break;
        }
    }
    return among_near(d, n, language, score);
}
