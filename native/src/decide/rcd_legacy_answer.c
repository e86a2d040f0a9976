/* rcd_legacy_answer.c : what the readings come to: the candidates with their confidence, the name of
 * the charset and the language of the best.
 */
#include "rcd_apart.h"
#include "rcd_calibration.h"
#include "rcd_charset.h"
#include "rcd_editions.h"
#include "rcd_legacy.h"
#include "rcd_single_byte.h"
#include "rcd_words.h"

/* So far ahead of the next, a language is not asked for its words. */
#define FAR 600u
/* What a byte costs at most, for confidence, where the declared charset reads the text so. */
#define LABEL_EACH 40u
/* Of a list that forms no text, what one charset costs more than another says little: it is in which codes
 * happen to be there. */
#define LIST_PART 4
/* And that it is one at all, rather than no text, less than its characters do. */
#define LIST_EACH 26u

void rcd_legacy_rank(const rcd_detector *d, unsigned declared, size_t len, rcd_result *out)
{
    const rcd_readings *r = &d->readings;
    const int list = r->count > 0 && r->item[0].how == RCD_READ_LIST;
    unsigned seen[RCD_CANDIDATES];
    out->count = 0;
    for (uint32_t i = 0; i < r->count && out->count < RCD_CANDIDATES; i++) {
        const rcd_reading *reading = &r->item[i];
        if (reading->cost - r->item[0].cost >= RCD_NO_RIVAL) {
            break;
        }
        unsigned k = 0;
        while (k < out->count && seen[k] != reading->text) {
            k++;
        }
        if (k < out->count) {
            continue;
        }
        seen[out->count] = reading->text;
        rcd_candidate *c = &out->candidate[out->count++];
        c->charset = reading->charset;
        c->language = reading->language;
        c->score = (reading->cost - r->item[0].cost) / (list ? LIST_PART : 1);
        c->each = reading->each + (reading->how == RCD_READ_LIST ? LIST_EACH : 0u);
    }
    /* Where the label fits, it stands for what a few bytes cannot show. */
    if (declared != 0 && out->candidate[0].each > LABEL_EACH &&
        rcd_legacy_has(r, declared, r->item[0].text)) {
        out->candidate[0].each = LABEL_EACH;
    }
    rcd_apart(d->excerpt.text, len, out);
    rcd_calibrate(d->census.length, out);
    if (r->count > 0 && r->item[0].how == RCD_READ_LETTERS) {
        rcd_candidate *best = &out->candidate[0];
        const uint32_t sure = rcd_letters_sure(out->count > 1u ? out->candidate[1].score : INT32_MAX);
        best->confidence = best->confidence < sure ? best->confidence : sure;
    }
}

unsigned rcd_legacy_name(const rcd_readings *r, int exact)
{
    unsigned charset = r->item[0].charset;
    unsigned text = r->item[0].text;
    for (uint32_t i = 0; i < r->count; i++) {
        const rcd_charset *other = rcd_charset_get(r->item[i].charset);
        if (exact && r->item[i].text == text && other->superset == charset) {
            charset = r->item[i].charset;
            i = 0; /* the narrower may have a narrower one in turn */
        }
    }
    while (!exact) {
        unsigned wider = rcd_charset_get((int)charset)->superset;
        if (wider == 0 || !rcd_legacy_has(r, wider, text)) {
            break;
        }
        charset = wider;
    }
    return charset;
}

unsigned rcd_legacy_language(rcd_detector *d, unsigned charset, unsigned language)
{
    const uint16_t *table = rcd_single_byte_table((int)charset);
    if (d->options.language != 0 || d->readings.item[0].lead >= FAR || !rcd_words_has(language) ||
        table == NULL) {
        return language;
    }
    const size_t from = d->preface, left = d->excerpt.len - from;
    size_t n = left < RCD_WORDS_TEXT ? left : RCD_WORDS_TEXT;
    for (size_t i = 0; i < n; i++) {
        d->text[i] = table[d->excerpt.text[from + i]];
    }
    return rcd_words_refine(d->text, n, language, d->readings.item[0].lead, NULL);
}

void rcd_legacy_name_edition(const rcd_detector *d, int family, rcd_result *out)
{
    uint64_t present[4] = {0};
    for (unsigned b = 0x80u; b < 0x100u; b++) {
        present[b >> 6] |= (uint64_t)rcd_census_has(&d->census, b) << (b & 63u);
    }
    const unsigned edition = rcd_edition_of_text(family, d->excerpt.text, d->excerpt.len, present,
                                                 d->options.allow);
    if (edition != 0) {
        out->charset = out->candidate[0].charset = (uint16_t)edition;
    }
}
