/* rcd_legacy.c : which legacy charset? All that decode the whole input, weighed by the language
 * models, with the declared label as a strong prior: statistics beat a label only when it is
 * impossible or absurd.
 */
#include <string.h>

#include "rcd_alone.h"
#include "rcd_beside.h"
#include "rcd_calibration.h"
#include "rcd_charset.h"
#include "rcd_frames.h"
#include "rcd_lacking.h"
#include "rcd_legacy.h"
#include "rcd_mentions.h"
#include "rcd_models.h"
#include "rcd_patterns.h"
#include "rcd_repeats.h"
#include "rcd_single_byte.h"
#include "rcd_spacing.h"
#include "rcd_spelled.h"
#include "rcd_twin_names.h"
#include "rcd_twins.h"
#include "rcd_units.h"

/* More than the first window is scored only where the best text leads the next by less than
 * CLEAR_TEXT, or its language by less than CLEAR_LANGUAGE, and not of a text that is made of one or
 * two letters. */
#define CLEAR_TEXT 400
#define CLEAR_LANGUAGE 120u
#define FEW_LETTERS 4u
/* Readings this near the best are asked for letters that they lack. */
#define RIVAL 400
/* So few letters do not tell by their frequency alone that text is in EBCDIC. */
#define FEW_BYTES 24u
/* Confidence in what words and signs by numbers say, in millionths. */
#define MILLION 1000000u
#define UNITS_SURE 850000u
#define PAGE_SURE 500000u  /* and in a page of codes that says not whose they are */
#define PIECES_SURE 800000u /* in hyphenation patterns that are pieces of words */
#define UNITS_LEAST 3u /* bytes: a digit and one more may be anything */
/* Tenths of a bit that it counts what the caller allows: a reading that costs so much more than the
 * best of all charsets is as likely as not the wrong one. */
#define ALLOWED_COUNTS 200

/* Has the start of the excerpt, which holds a good many high bytes, all of the few letters that
 * there are? More of the same says no more. */
static int says_all(const rcd_detector *d, size_t len)
{
    uint8_t seen[128] = {0};
    unsigned letters = 0, all = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned b = d->excerpt.text[i];
        if (b >= 0x80u && !seen[b - 0x80u]) {
            seen[b - 0x80u] = 1;
            letters++;
        }
    }
    for (unsigned b = 0x80u; b < 0x100u; b++) {
        all += (unsigned)rcd_census_has(&d->census, b);
    }
    return letters <= FEW_LETTERS && letters == all;
}

/* What readings are sorted by, in one number: cost, charset, and where a reading is. */
static uint64_t sort_key(const rcd_reading *reading, uint32_t at)
{
    const uint32_t cost = (uint32_t)reading->cost ^ UINT32_C(0x80000000);
    return (uint64_t)cost << 32 | (uint64_t)reading->charset << 16 | at;
}

void rcd_legacy_sort(rcd_readings *r)
{
    uint64_t key[RCD_READINGS];
    int sorted = 1;
    for (uint32_t i = 0; i < r->count; i++) {
        const uint64_t own = sort_key(&r->item[i], i);
        uint32_t k = i;
        for (; k > 0 && key[k - 1u] > own; k--) {
            key[k] = key[k - 1u];
        }
        sorted = sorted && k == i;
        key[k] = own;
    }
    if (sorted) {
        return;
    }
    rcd_reading before[RCD_READINGS];
    memcpy(before, r->item, r->count * sizeof before[0]);
    for (uint32_t i = 0; i < r->count; i++) {
        r->item[i] = before[key[i] & 0xFFFFu];
    }
}

int rcd_legacy_has(const rcd_readings *r, unsigned charset, unsigned text)
{
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->item[i].charset == charset && r->item[i].text == text) {
            return 1;
        }
    }
    return 0;
}

rcd_hints rcd_legacy_hints(const rcd_detector *d, int sample, unsigned declared,
                          const rcd_near_hints *near)
{
    const uint64_t *count = d->census.count;
    unsigned newline = count['\r'] == 0 ? RCD_NEWLINE_LF
                       : count['\n'] == 0 ? RCD_NEWLINE_CR
                                          : RCD_NEWLINE_CRLF;
    rcd_hints hints = {d->options.allow, declared, d->label, d->options.language, newline,
                       &d->bytewise, sample,
                       d->census.length - (rcd_census_is_filled(&d->census) ? d->census.filled : 0u),
                       near, 0, d->options.exact, 0, 0};
    return hints;
}

/* Weighs what the readings near the best lack letters for. */
static void weigh_lacking(rcd_detector *d)
{
    rcd_readings *r = &d->readings;
    const int32_t best = r->count > 0 ? r->item[0].cost : 0;
    int32_t weighed = 0;
    if (r->count < 2 || r->item[1].cost - best >= RIVAL) {
        return;
    }
    for (uint32_t i = 0; i < r->count && r->item[i].cost - best < RIVAL; i++) {
        const int32_t bonus = rcd_lacking_bonus(&r->item[i], &d->single.tally);
        r->item[i].cost -= bonus;
        weighed |= bonus;
    }
    if (weighed != 0) {
        rcd_legacy_sort(r);
    }
}

/* Pages of EBCDIC share their letters but for a few, which may come late: the preface in English
 * that only some of them were used for is no reason to stop. */
int rcd_legacy_reads_ebcdic(const rcd_readings *r)
{
    return r->count > 0 && rcd_is_ebcdic(r->item[0].charset);
}

void rcd_legacy_score(rcd_detector *d, int sample, unsigned declared, size_t len, int thorough)
{
    const size_t extent = rcd_legacy_extent(d, len);
    len = rcd_legacy_reads_ebcdic(&d->readings) ? len : extent; /* behind it what is rare is read */
    d->readings.count = 0;
    d->readings.texts = 0;
    int32_t known = INT32_MAX;
    if (d->with_multibyte) {
        rcd_legacy_families(d, sample, declared, extent);
    }
    for (uint32_t i = 0; i < d->readings.count; i++) {
        known = d->readings.item[i].cost < known ? d->readings.item[i].cost : known;
    }
    rcd_hints hints = rcd_legacy_hints(d, sample, declared, NULL);
    hints.thorough = thorough;
    hints.part = len < d->excerpt.len;
    const size_t from = d->preface;
    rcd_single_score(&d->single, d->excerpt.text + from, len - from, &d->census, &hints, known,
                     &d->readings);
    if (d->single.ebcdic && d->census.length < FEW_BYTES && !rcd_is_ebcdic(declared)) {
        hints.no_ebcdic = 1;
        rcd_single_score(&d->single, d->excerpt.text + from, len - from, &d->census, &hints, known,
                         &d->readings);
    }
    rcd_legacy_sort(&d->readings);
    weigh_lacking(d);
    rcd_legacy_weigh_signs(d, RIVAL);
}

/* Is the best reading of what was read in characters of several bytes, and dearer than ordinary text? */
static int is_poor(const rcd_readings *r)
{
    const rcd_reading *best = &r->item[0];
    return rcd_mb_family(best->charset) >= 0 && best->cost / ((int32_t)best->scored + 1) > RCD_PLAIN_EACH;
}

/* Is the text certain, and its language? Readings of the same text do not rival each other. Where the
 * start is in another language than the rest, as Japanese titles of Korean pages are, the best of them
 * may be none. */
static int decisive(const rcd_readings *r)
{
    if (r->count == 0 || r->item[0].lead < CLEAR_LANGUAGE || rcd_legacy_reads_ebcdic(r) || is_poor(r)) {
        return 0;
    }
    for (uint32_t i = 1; i < r->count; i++) {
        if (r->item[i].text != r->item[0].text) {
            return r->item[i].cost - r->item[0].cost >= CLEAR_TEXT;
        }
    }
    return 1;
}

/* A few lines settle most texts; what they leave open gets more to read.
 * @return how much of the excerpt was read */
static size_t weigh(rcd_detector *d, int sample, unsigned declared)
{
    rcd_legacy_begin(d);
    d->families = ((1u << 2 * RCD_MB_COUNT) - 1u) & ~d->unasked;
    d->label = RCD_LABEL_BONUS;
    d->readings.count = 0;
    for (size_t len = rcd_legacy_window(d);; len *= 4u) {
        len = len < d->excerpt.len && !rcd_legacy_reads_ebcdic(&d->readings) ? len : d->excerpt.len;
        rcd_legacy_score(d, sample, declared, len, 0);
        if (len == d->excerpt.len || decisive(&d->readings) || says_all(d, len)) {
            return len;
        }
    }
}

/* Where what is allowed reads badly, others may read far better: then nothing that is allowed is what
 * the text is in, and the least bad is not to be trusted, however far ahead of the next. Leaves the
 * readings of all charsets behind. */
static void doubt_allowed(rcd_detector *d, int sample, unsigned declared, size_t len,
                          rcd_result *out)
{
    const uint8_t *allow = d->options.allow;
    const int32_t cost = d->readings.item[0].cost;
    if (allow == NULL || d->inner == NULL || d->readings.item[0].each < (uint32_t)RCD_PLAIN_BYTE) {
        return;
    }
    d->options.allow = NULL;
    d->families = ((1u << 2 * RCD_MB_COUNT) - 1u) & ~d->unasked;
    rcd_legacy_score(d, sample, declared, len, 0);
    d->options.allow = allow;
    const int32_t over = d->readings.count > 0 ? cost - d->readings.item[0].cost : 0;
    if (over <= ALLOWED_COUNTS) {
        return;
    }
    for (unsigned k = 0; k < out->count; k++) {
        out->candidate[k].confidence = rcd_outdone(out->candidate[k].confidence,
                                                   (uint32_t)(over - ALLOWED_COUNTS));
    }
    out->confidence = out->candidate[0].confidence;
}

/* Answers with the best of what is allowed: by the caller, or else by the words that stand by numbers.
 * @return 0 when there is none */
static int decide_allowed(rcd_detector *d, int sample, int by_units, rcd_result *out)
{
    unsigned label = d->options.declared != 0 ? d->options.declared : out->declared;
    unsigned declared = rcd_twins_head(label);
    size_t len = weigh(d, sample, declared);
    const unsigned meant = declared != 0 ? rcd_legacy_label_meant(d, declared, len) : 0;
    label = meant != declared ? meant : label;
    declared = meant;
    const int by_label = rcd_legacy_weigh_label(d, sample, declared, len);
    int damaged = !by_label && rcd_legacy_damaged(d, sample, declared, &len);
    /* A table that the label is true of is in no other charset as a list. */
    d->labelled = by_label && rcd_legacy_is_table(d, len);
    damaged = !d->labelled && !rcd_legacy_lists(d, sample, declared, len) && damaged;
    d->all_weighed = len == d->excerpt.len;
    d->listed = !d->labelled && rcd_legacy_letters(d, sample, declared, len);
    damaged = !d->listed && damaged;
    if (d->readings.count == 0) {
        return 0;
    }
    rcd_legacy_rank(d, declared, len, out);
    rcd_candidate *best = &out->candidate[0];
    best->charset = (uint16_t)rcd_legacy_name(&d->readings, d->options.exact);
    best->language = (uint16_t)rcd_legacy_language(d, best->charset, best->language);
    best->charset = (uint16_t)rcd_twins_name(d, best->charset, best->language, label);
    out->charset = best->charset;
    out->language = best->language;
    out->confidence = best->confidence;
    int family = rcd_mb_family(best->charset);
    if (family >= 0) {
        uint64_t first_bad;
        uint32_t alive = rcd_mb_end(&d->multibyte[family], sample, &first_bad);
        if ((alive & (1u << (unsigned)rcd_mb_member(best->charset))) == 0) {
            /* Read from the second byte on, the first does not decode; where the family dies is
             * where its last member does. */
            out->valid_up_to = d->readings.item[0].how == RCD_READ_SHIFTED ? 0 : first_bad;
            out->bad = 1;
        } else {
            rcd_legacy_name_edition(d, family, out);
        }
    }
    if (damaged) {
        rcd_legacy_report_damage(d, out);
    }
    out->source = label != 0 && label == best->charset ? RCD_SOURCE_DECLARED : RCD_SOURCE_MODEL;
    if (!by_units) {
        doubt_allowed(d, sample, declared, len, out);
    }
    return 1;
}

/* As decide_allowed(), of an excerpt without letters that are named, or else without what comes more
 * than `times` times. */
static int decide_reduced(rcd_detector *d, int sample, int by_units, const rcd_mentions *named,
                          unsigned times, rcd_result *out)
{
    uint8_t all[RCD_EXCERPT_SIZE];
    const uint32_t len = d->excerpt.len;
    memcpy(all, d->excerpt.text, len);
    d->excerpt.len = named != NULL ? rcd_mentions_drop(named, all, len, d->excerpt.text)
                                   : rcd_drop_repeats(all, len, times, d->excerpt.text);
    d->begun = 0;
    const int found = decide_allowed(d, sample, by_units, out);
    memcpy(d->excerpt.text, all, len);
    d->excerpt.len = len;
    d->begun = 0;
    return found;
}

/* What comes again and again is no new evidence each time. */
static int decide_once(rcd_detector *d, int sample, int by_units, rcd_result *out)
{
    const unsigned times = rcd_repeats_kept(d->excerpt.text, d->excerpt.len);
    return times != 0 ? decide_reduced(d, sample, by_units, NULL, times, out)
                      : decide_allowed(d, sample, by_units, out);
}

/* Says how sure words by numbers, or common charsets, make an answer: one that they gave is no surer than
 * they are. */
static void trust(rcd_result *out, int gave, uint32_t sure)
{
    rcd_candidate *best = &out->candidate[0];
    const uint32_t raised = sure < UNITS_SURE ? sure : UNITS_SURE;
    const uint32_t most = gave && best->confidence > sure ? sure : best->confidence;
    const uint32_t confidence = most < raised ? raised : most;
    if (confidence == best->confidence || out->length < UNITS_LEAST) {
        return;
    }
    for (unsigned k = 1; k < out->count && best->confidence < MILLION; k++) {
        const uint64_t share = (uint64_t)out->candidate[k].confidence * (MILLION - confidence);
        out->candidate[k].confidence = (uint32_t)(share / (MILLION - best->confidence));
    }
    out->confidence = best->confidence = confidence;
}

/* Is a good part of the text in ASCII? */
static int has_ascii_words(const rcd_detector *d)
{
    uint64_t letters = 0;
    for (unsigned b = 'a'; b <= 'z'; b++) {
        letters += d->census.count[b] + d->census.count[b - 32u];
    }
    return letters > rcd_census_head_high(&d->census) / 2u;
}

/* Answers with what is marked in allow[], as sure as that is; where it decodes nothing, *out stays. */
static void decide_as(rcd_detector *d, int sample, const rcd_result *before, const uint8_t *allow,
                      uint32_t sure, rcd_result *out)
{
    const uint8_t *allowed = d->options.allow;
    rcd_result other = *before;
    d->options.allow = allow;
    if (decide_once(d, sample, 1, &other)) {
        *out = other;
        trust(out, 1, sure);
    }
    d->options.allow = allowed;
}

/* Weighs an answer again where the text names letters: what stands beside them decides, or the words that
 * there are, or else which charsets are common. */
static void decide_named(rcd_detector *d, int sample, const rcd_result *before, rcd_result *out)
{
    uint8_t allow[RCD_CS_COUNT];
    rcd_mentions named;
    uint32_t sure;
    const uint16_t *table = rcd_single_byte_table(out->charset);
    if (table == NULL || rcd_is_ebcdic(out->charset) || !has_ascii_words(d)) {
        return;
    }
    if (out->declared == 0 && d->options.declared == 0 && d->options.language == 0 &&
        rcd_beside_say(d, out, allow, &sure) != 0) {
        decide_as(d, sample, before, allow, sure, out);
        return;
    }
    rcd_mentions_count(d->excerpt.text, d->excerpt.len, table, &named);
    if (d->labelled || (d->listed && !rcd_mentions_few(&named))) {
        return;
    }
    if (rcd_mentions_outnumber(&named)) {
        rcd_result other = *before;
        if (decide_reduced(d, sample, 0, &named, 0, &other)) {
            *out = other;
        }
    } else if (rcd_mentions_say(d, &named, out, allow, &sure) != 0) {
        decide_as(d, sample, before, allow, sure, out);
    }
}

static int decide_read(rcd_detector *d, int sample, rcd_result *out)
{
    const rcd_result before = *out;
    uint8_t allow[RCD_CS_COUNT];
    const uint8_t *allowed = d->options.allow;
    uint32_t sure;
    if (out->declared == 0 && (rcd_frames_say(d, sample, allow, &sure) != 0 ||
                               rcd_spelled_say(d, sample, allow, &sure) != 0 ||
                               rcd_alone_say(d, sample, allow, &sure) != 0)) {
        d->options.allow = allow;
        const int found = decide_once(d, sample, 1, out);
        d->options.allow = allowed;
        if (found) {
            trust(out, 1, sure);
            return 1;
        }
        *out = before;
    }
    if (!decide_once(d, sample, 0, out)) {
        return 0;
    }
    const int says = rcd_units_say(d, sample, out, allow, &sure);
    d->by_units = says != RCD_UNITS_NOTHING;
    if (says == RCD_UNITS_OTHER) {
        rcd_result other = before;
        d->options.allow = allow;
        if (decide_once(d, sample, 1, &other)) {
            *out = other;
        }
        d->options.allow = allowed;
    }
    if (says != RCD_UNITS_NOTHING) {
        trust(out, says == RCD_UNITS_OTHER, sure);
    } else {
        decide_named(d, sample, &before, out);
    }
    return 1;
}

/* Puts text without what is no writing in the place of the excerpt, which is in all[] then, and in *sure how
 * sure an answer can be for it at most. @return 0 where there is nothing of that */
static int read_bare(rcd_detector *d, int sample, uint8_t all[RCD_EXCERPT_SIZE], uint32_t *sure)
{
    const uint32_t len = d->excerpt.len;
    const int spaced = rcd_may_be_spaced(&d->census);
    /* The codes of four bytes in GB 18030 have digits in them, too. */
    const int patterns = !spaced && rcd_may_be_patterns(&d->census) &&
                         rcd_mb_end(&d->multibyte[RCD_MB_GB18030], sample, NULL) == 0 &&
                         rcd_is_patterns(d->excerpt.text, len);
    if (!spaced && !patterns) {
        return 0;
    }
    memcpy(all, d->excerpt.text, len);
    d->excerpt.len = spaced ? rcd_spacing_drop(all, len, d->excerpt.text)
                            : rcd_patterns_drop(all, len, d->excerpt.text);
    if (patterns && rcd_patterns_are_pieces(d->excerpt.text, d->excerpt.len)) {
        *sure = PIECES_SURE;
    }
    d->begun = 0;
    return 1;
}

int rcd_decide_legacy(rcd_detector *d, int sample, rcd_result *out)
{
    uint8_t all[RCD_EXCERPT_SIZE];
    const uint32_t len = d->excerpt.len;
    uint32_t most = MILLION;
    const int bare = read_bare(d, sample, all, &most);
    const int found = decide_read(d, sample, out);
    if (found && out->declared == 0 && d->options.declared == 0) {
        const uint32_t sure = out->candidate[0].confidence;
        most = rcd_legacy_is_code_page(d) ? PAGE_SURE : most;
        trust(out, 1, sure < most ? sure : most);
    }
    if (bare) {
        memcpy(d->excerpt.text, all, len);
        d->excerpt.len = len;
        d->begun = 0;
    }
    return found;
}
