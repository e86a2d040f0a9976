/* rcd_decide_forms.c : is the input in one of the rare forms of rcd_forms.h? */
#include "rcd_small.h"

#include "rcd_charset_ids.h"
#include "rcd_decide.h"
#include "rcd_forms.h"

/* What plain text costs a character in tenths of a bit, and what a short one may in all. */
#define EACH 45
#define EACH_HANI 125
#define EACH_SCSU 95   /* where random bytes are kana, or characters of its Unicode mode */
#define EACH_KANA 85   /* where Greek and Cyrillic of other pages are kana */
#define SHORT 400
#define SHORT_CLOSE 150
#define DIFFERENT 8u   /* characters */
#define AHEAD 400      /* of the same bytes as ASCII */
#define NO_CHANCE 4u   /* so many characters are not in UTF-8 by chance */
#define SCSU_RARE 12u  /* one character in so many at least is beyond ASCII */
#define LEAST_TEXT 16u /* characters */
#define LEAST_BYTES 32u /* the same where each is a byte */
#define LEAST_RARE 2u  /* beyond ASCII */

/* What seven-bit text costs as ASCII: a file of numbers, of names or in capitals is cheap so. */
static int32_t as_ascii(rcd_detector *d)
{
    for (size_t i = 0; i < d->head_len; i++) {
        d->text[i] = d->head[i];
    }
    rcd_text_score score;
    rcd_score_text(d->text, d->head_len, &score);
    return score.language != 0 ? score.cost : 0;
}

/* Are there enough different characters, and is text in Han or kana mostly of these? */
static int has_words(const uint32_t *text, size_t n, unsigned group)
{
    uint32_t seen[DIFFERENT];
    size_t different = 0, own = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < different && seen[k] != text[i]) {
            k++;
        }
        if (k == different && different < DIFFERENT) {
            seen[different++] = text[i];
        }
        own += rcd_cell_group(rcd_cell_of(text[i])) == group;
    }
    return different == DIFFERENT && (group != RCD_HANI || own * 2u >= n);
}

/* Is the text of a form one that somebody wrote? @return what it costs, INT32_MAX when it is not. */
static int32_t reads_well(rcd_detector *d, unsigned form, unsigned *language)
{
    const int kana = rcd_forms_is_kana(form), scsu = form == RCD_FORM_SCSU;
    size_t n = rcd_forms_text(form, d->head, d->head_len, d->text, RCD_TEXT_SIZE);
    const size_t odd = rcd_forms_odd(d->text, n);
    size_t rare = 0, small = 0, drawn = 0; /* what stands behind two of itself is a line, and no letter */
    for (size_t i = 0; i < n; i++) {
        rare += d->text[i] >= 0xA0u;
        small += d->text[i] - 'a' < 26u;
        drawn += i > 1 && d->text[i] > ' ' && d->text[i] == d->text[i - 1u] && d->text[i] == d->text[i - 2u];
    }
    /* Katakana stand beside capitals alone; binary data has words in it. Pairs of capitals, which BOCU-1
     * makes of lists of letters in two bytes each, are no text. */
    if (n < (kana || scsu ? LEAST_BYTES : LEAST_TEXT) || odd * 50u > n || (kana && small * 50u > n) ||
        (rare < LEAST_RARE && (form != RCD_FORM_BOCU || small * 2u < n)) ||
        (scsu && (odd > 0 || rare * SCSU_RARE < n))) {
        return INT32_MAX;
    }
    rcd_text_score score;
    rcd_score_text(d->text, n, &score);
    const int32_t length = (int32_t)(score.length - (drawn < score.length ? drawn : score.length));
    const int latin_kana = form == RCD_FORM_LATIN_KANA;
    const int32_t each_hani = scsu ? EACH_SCSU : latin_kana ? EACH_KANA : EACH_HANI;
    const int32_t each = score.group == RCD_HANI ? each_hani : EACH;
    int32_t most = each * length + (scsu || latin_kana ? SHORT_CLOSE : SHORT);
    if (score.language == 0 || score.cost > most || !has_words(d->text, n, score.group)) {
        return INT32_MAX;
    }
    *language = rcd_wide_language(d, n, &score);
    if (d->census.first_high == UINT64_MAX) {
        return as_ascii(d) - score.cost >= AHEAD ? score.cost : INT32_MAX;
    }
    return score.cost;
}

uint64_t rcd_bad_line_ends(const rcd_detector *d, unsigned charset)
{
    if (charset != RCD_CS_UTF_7_IMAP && charset != RCD_CS_JISX0208 &&
        charset != RCD_CS_GB2312_RAW) {
        return 0;
    }
    uint64_t count = d->census.count[0x7F];
    for (unsigned b = 0; b < 0x20u; b++) {
        count += d->census.count[b];
    }
    return count;
}

void rcd_report_line_ends(const rcd_detector *d, rcd_result *out)
{
    const uint64_t count = rcd_bad_line_ends(d, out->charset);
    size_t first = 0;
    while (count > 0 && first < d->head_len && d->head[first] >= 0x20u && d->head[first] != 0x7Fu) {
        first++;
    }
    if (count > 0 && (out->bad == 0 || first < out->valid_up_to)) {
        out->valid_up_to = first;
    }
    out->bad += count;
}

int rcd_decide_forms(rcd_detector *d, int sample, rcd_result *out)
{
    uint64_t bad, first_bad;
    rcd_utf8_end(&d->utf8, sample, &bad, &first_bad);
    uint32_t may = rcd_forms_may(&d->census, bad == 0 && d->utf8.characters > 0);
    if (bad == 0 && d->utf8.characters >= NO_CHANCE) {
        return 0; /* records in UTF-8 have separators among the tags of SCSU */
    }
    if (may == 0) {
        return 0;
    }
    const int begins = !d->forms.begun;
    if (begins) {
        rcd_forms_begin(&d->forms, d->head, d->head_len, &d->census, may);
        const int whole = d->whole != NULL;
        rcd_forms_feed(&d->forms, whole ? d->whole : d->head, whole ? d->whole_len : d->head_len);
    }
    unsigned best = RCD_FORMS_COUNT, best_language = 0;
    int32_t best_cost = INT32_MAX;
    for (unsigned k = 0; k < RCD_FORMS_COUNT && d->forms.alive != 0; k++) {
        if ((d->forms.alive & may & (1u << k)) == 0 || !rcd_allowed(d, rcd_forms_charset(k)) ||
            (!sample && !rcd_forms_whole(&d->forms, k)) ||
            (d->options.exact && rcd_bad_line_ends(d, rcd_forms_charset(k)) > 0)) {
            continue;
        }
        unsigned language;
        int32_t cost = reads_well(d, k, &language);
        if (cost < best_cost) {
            best = k;
            best_cost = cost;
            best_language = language;
        }
    }
    if (begins) {
        rcd_forms_init(&d->forms); /* a stream goes on as if it had not been asked */
    }
    if (best == RCD_FORMS_COUNT) {
        return 0;
    }
    rcd_answer(out, rcd_forms_charset(best), best_language, RCD_SOURCE_STRUCTURE, 950000u);
    rcd_report_line_ends(d, out);
    return 1;
}
