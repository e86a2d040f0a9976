/* rcd_legacy.c : which legacy charset? All that decode the whole input, weighed by the language
 * models, with the declared label as a strong prior: statistics beat a label only when it is
 * impossible or absurd.
 */
#include <string.h>

#include "rcd_apart.h"
#include "rcd_calibration.h"
#include "rcd_charset.h"
#include "rcd_editions.h"
#include "rcd_lacking.h"
#include "rcd_legacy.h"
#include "rcd_repeats.h"
#include "rcd_single_byte.h"
#include "rcd_twins.h"
#include "rcd_units.h"
#include "rcd_words.h"

/* More than the first window is scored only where the best text leads the next by less than
 * CLEAR_TEXT, or its language by less than CLEAR_LANGUAGE, and not of a text that is made of one or
 * two letters. */
#define CLEAR_TEXT 400
#define CLEAR_LANGUAGE 120u
#define FEW_LETTERS 4u
/* So far ahead of the next, a language is not asked for its words. */
#define FAR 600u
/* What a byte of ordinary text in other languages stays below. */
#define PLAIN_BYTE 45
/* And, of more than a line, what a byte does where charsets differ. */
#define POOR_BYTE 60u
/* And from where on a label that fits says more than the models. */
#define UNREAD_BYTE 55u
/* And what one costs at most, for confidence, where the declared charset reads the text so. */
#define LABEL_EACH 40u
/* So many characters of several bytes in a row are in no other text. */
#define BY_NO_CHANCE 64u
/* So much dearer by letter frequency a charset that leaves some bytes open may be, to be looked at
 * beside one that does not; and in a short text. */
#define NEAR_SLACK 330
#define NEAR_SHORT 50
/* Readings this near the best are asked for letters that they lack. */
#define RIVAL 400
#define SHORT_TEXT 128u
/* So few letters do not tell by their frequency alone that text is in EBCDIC. */
#define FEW_BYTES 24u
/* Confidence in what words and signs by numbers say, in millionths. */
#define MILLION 1000000u
#define UNITS_SURE 850000u
#define UNITS_LEAST 3u /* bytes: a digit and one more may be anything */
/* Tenths of a bit that it counts what the caller allows: a reading that costs so much more than the
 * best of all charsets is as likely as not the wrong one. */
#define ALLOWED_COUNTS 200
/* Bytes of an input that are counted before it is asked again which of them still matter. */
#define COUNTED_AT_ONCE ((size_t)1 << 18)

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

static void sort_readings(rcd_readings *r)
{
    for (uint32_t i = 1; i < r->count; i++) {
        rcd_reading item = r->item[i];
        uint32_t k = i;
        while (k > 0 && (r->item[k - 1].cost > item.cost ||
                         (r->item[k - 1].cost == item.cost && r->item[k - 1].charset > item.charset))) {
            r->item[k] = r->item[k - 1];
            k--;
        }
        r->item[k] = item;
    }
}

static int has_reading(const rcd_readings *r, unsigned charset, unsigned text)
{
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->item[i].charset == charset && r->item[i].text == text) {
            return 1;
        }
    }
    return 0;
}

static int has_damaged_family(const rcd_readings *r)
{
    uint32_t i = 0;
    while (i < r->count && r->item[i].how != RCD_READ_DAMAGED) {
        i++;
    }
    return i < r->count;
}

static int reads_as(const rcd_readings *r, unsigned charset)
{
    uint32_t i = 0;
    while (i < r->count && r->item[i].charset != charset) {
        i++;
    }
    return i < r->count;
}

/* Keeps the best reading of each text, one for each candidate; `len` bytes of the excerpt were read. */
static void rank(const rcd_detector *d, unsigned declared, size_t len, rcd_result *out)
{
    const rcd_readings *r = &d->readings;
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
        c->score = reading->cost - r->item[0].cost;
        c->each = reading->each;
    }
    /* Where the label fits, it stands for what a few bytes cannot show. */
    if (declared != 0 && out->candidate[0].each > LABEL_EACH &&
        has_reading(r, declared, r->item[0].text)) {
        out->candidate[0].each = LABEL_EACH;
    }
    rcd_apart(d->excerpt.text, len, out);
    rcd_calibrate(d->census.length, out);
}

/* The best reading's charset, or with the same text the superset that is the one name for all of
 * them; `exact` asks for the narrowest instead. */
static unsigned name_of_best(const rcd_readings *r, int exact)
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
    /* Hebrew in ISO-8859-8 is told from windows-1255 by its order on the line. */
    while (!exact && charset != RCD_CS_ISO8859_8) {
        unsigned wider = rcd_charset_get((int)charset)->superset;
        if (wider == 0 || !has_reading(r, wider, text)) {
            break;
        }
        charset = wider;
    }
    return charset;
}

static rcd_hints hints_of(const rcd_detector *d, int sample, unsigned declared,
                          const rcd_near_hints *near)
{
    const uint64_t *count = d->census.count;
    unsigned newline = count['\r'] == 0 ? RCD_NEWLINE_LF
                       : count['\n'] == 0 ? RCD_NEWLINE_CR
                                          : RCD_NEWLINE_CRLF;
    rcd_hints hints = {d->options.allow, declared, d->label, d->options.language, newline,
                       &d->bytewise, sample,
                       d->census.length, near, 0, d->options.exact, 0, 0};
    return hints;
}

/* Weighs what the readings near the best lack letters for. */
static void weigh_lacking(rcd_detector *d)
{
    rcd_readings *r = &d->readings;
    const int32_t best = r->count > 0 ? r->item[0].cost : 0;
    int32_t weighed = 0;
    rcd_needed needed;
    needed.language = needed.all = 0;
    if (r->count < 2 || r->item[1].cost - best >= RIVAL) {
        return;
    }
    for (uint32_t i = 0; i < r->count && r->item[i].cost - best < RIVAL; i++) {
        const int32_t bonus = rcd_lacking_bonus(&r->item[i], &d->single.tally, &needed);
        r->item[i].cost -= bonus;
        weighed |= bonus;
    }
    if (weighed != 0) {
        sort_readings(r);
    }
}

static int is_ebcdic(unsigned charset)
{
    return charset != 0 && rcd_charset_get((int)charset)->family == RCD_FAMILY_EBCDIC;
}

/* Pages of EBCDIC share their letters but for a few, which may come late: the preface in English
 * that only some of them were used for is no reason to stop. */
static int reads_as_ebcdic(const rcd_readings *r)
{
    return r->count > 0 && is_ebcdic(r->item[0].charset);
}

/* All that decode the whole input, scored over the first `len` bytes of the excerpt, best first; of a
 * lone reading only so much that its language is clear, unless `thorough`. */
static void score(rcd_detector *d, int sample, unsigned declared, size_t len, int thorough)
{
    d->readings.count = 0;
    d->readings.texts = 0;
    int32_t known = INT32_MAX;
    if (d->with_multibyte) {
        rcd_legacy_families(d, sample, declared, len);
    }
    for (uint32_t i = 0; i < d->readings.count; i++) {
        known = d->readings.item[i].cost < known ? d->readings.item[i].cost : known;
    }
    rcd_hints hints = hints_of(d, sample, declared, NULL);
    hints.thorough = thorough;
    hints.part = len < d->excerpt.len;
    const size_t from = d->preface;
    rcd_single_score(&d->single, d->excerpt.text + from, len - from, &d->census, &hints, known,
                     &d->readings);
    if (d->single.ebcdic && d->census.length < FEW_BYTES && !is_ebcdic(declared)) {
        hints.no_ebcdic = 1;
        rcd_single_score(&d->single, d->excerpt.text + from, len - from, &d->census, &hints, known,
                         &d->readings);
    }
    sort_readings(&d->readings);
    weigh_lacking(d);
}

/* Is the text certain, and its language? Readings of the same text do not rival each other. */
static int decisive(const rcd_readings *r)
{
    if (r->count == 0 || r->item[0].lead < CLEAR_LANGUAGE || reads_as_ebcdic(r)) {
        return 0;
    }
    for (uint32_t i = 1; i < r->count; i++) {
        if (r->item[i].text != r->item[0].text) {
            return r->item[i].cost - r->item[0].cost >= CLEAR_TEXT;
        }
    }
    return 1;
}

/* Near relatives are told by their words where the letters leave it open. */
static unsigned among_near(rcd_detector *d, unsigned charset, unsigned language)
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
    return rcd_words_refine(d->text, n, language, NULL);
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
        len = len < d->excerpt.len && !reads_as_ebcdic(&d->readings) ? len : d->excerpt.len;
        score(d, sample, declared, len, 0);
        if (len == d->excerpt.len || decisive(&d->readings) || says_all(d, len)) {
            return len;
        }
    }
}

/* Of what no model can read (pieces of words, tables of affixes, codes) the least bad reading is no
 * evidence against a label that fits. @return whether it is the label that decides */
static int weigh_label(rcd_detector *d, int sample, unsigned declared, size_t len)
{
    const rcd_readings *r = &d->readings;
    if (declared == 0 || r->count == 0 || r->item[0].each <= UNREAD_BYTE ||
        rcd_mb_family(r->item[0].charset) >= 0 || /* whose structure is evidence */
        has_reading(r, declared, r->item[0].text)) {
        return 0;
    }
    d->families = ((1u << 2 * RCD_MB_COUNT) - 1u) & ~d->unasked;
    d->label = RCD_LABEL_ALONE;
    score(d, sample, declared, len, 0);
    d->label = RCD_LABEL_BONUS;
    return has_reading(r, declared, r->item[0].text);
}

/* May the text be in a charset that has no character for a few of its bytes? What reads as ordinary
 * text needs no such reading, but where letter frequencies like another charset better, or nearly
 * so. */
static int may_be_damaged(rcd_detector *d, int sample, unsigned declared,
                          const rcd_near_hints *near)
{
    const rcd_reading *best = d->readings.count > 0 ? &d->readings.item[0] : NULL;
    int family = best != NULL ? rcd_mb_family(best->charset) : -1;
    int32_t each = best != NULL ? best->cost / ((int32_t)best->scored + 1) : INT32_MAX;
    if (reads_as_ebcdic(&d->readings)) {
        return 0; /* which hardly leaves bytes open */
    }
    if (each > (family >= 0 ? RCD_PLAIN_EACH : PLAIN_BYTE)) {
        return 1;
    }
    if (family < 0 && best->each > POOR_BYTE && near->length >= SHORT_TEXT) {
        return 1; /* much ASCII hides how badly the rest reads */
    }
    for (int f = 0; f < RCD_MB_COUNT && family < 0; f++) {
        if (d->multibyte[f].first_bad != UINT64_MAX && d->multibyte[f].characters >= BY_NO_CHANCE) {
            return 1;
        }
    }
    if (family >= 0) {
        return 0;
    }
    const rcd_hints hints = hints_of(d, sample, declared, near);
    return rcd_rank_damaged(&d->single.tally, &d->census, best->charset,
                            near->length < SHORT_TEXT ? NEAR_SHORT : NEAR_SLACK, &hints);
}

/* Adds the readings that leave some bytes open, of the first `len` bytes of the excerpt, where one of
 * them is the best. @return what the best of them costs over the best that decodes all; and
 * in *unpriced where what is left open costs nothing. */
static int32_t add_damaged(rcd_detector *d, int sample, unsigned declared, size_t len,
                           const rcd_near_hints *near, int32_t *unpriced)
{
    rcd_readings *r = &d->readings;
    const uint32_t count = r->count;
    const int32_t known = count > 0 ? r->item[0].cost : INT32_MAX / 2;
    int32_t best = INT32_MAX / 2;
    *unpriced = INT32_MAX / 2;
    rcd_legacy_damaged_families(d, sample, declared, len, near);
    rcd_hints hints = hints_of(d, sample, declared, near);
    hints.part = len < d->excerpt.len;
    const size_t from = d->preface;
    rcd_single_score(&d->single, d->excerpt.text + from, len - from, &d->census, &hints,
                     count > 0 ? known : INT32_MAX, r);
    for (uint32_t i = count; i < r->count; i++) {
        const uint16_t *table = rcd_single_byte_table(r->item[i].charset);
        const uint64_t bad = table != NULL ? rcd_table_bad(&d->single.tally, table, near->count)
                                           : d->near[rcd_mb_family(r->item[i].charset)].bad;
        const uint64_t read = table != NULL ? rcd_table_unread(&d->single.tally, table) : 0;
        const int32_t whole = rcd_near_price(bad, near->length, read);
        /* The race counts the share of the input; what was read may hold more. */
        r->item[i].cost += whole - rcd_near_price(bad, near->length, 0);
        best = r->item[i].cost < best ? r->item[i].cost : best;
        const int32_t free = r->item[i].cost - whole;
        *unpriced = free < *unpriced ? free : *unpriced;
    }
    *unpriced -= known;
    sort_readings(r);
    return best - known;
}

/* Counts the high bytes of a whole input behind the head, as the census has not: such as it still
 * takes to know which charsets lack few bytes of it. */
static void count_strays(rcd_detector *d, rcd_near_hints *near)
{
    rcd_strays_init(&d->strays);
    memcpy(d->strays.count + 0x80, d->census.count + 0x80, 128u * sizeof d->strays.count[0]);
    near->count = d->strays.count;
    for (size_t i = RCD_CENSUS_HEAD, n; i < d->whole_len; i += n) {
        uint8_t sought[128];
        const size_t count = rcd_rank_sought(&d->single.tally, near, sought);
        if (count == 0) {
            return;
        }
        n = d->whole_len - i < COUNTED_AT_ONCE ? d->whole_len - i : COUNTED_AT_ONCE;
        rcd_strays_seek(&d->strays, sought, count, i, d->whole + i, n);
    }
}

/* Counts the high bytes of a whole input that a table leaves open. */
static void find_strays(rcd_detector *d, const uint16_t table[256])
{
    uint8_t sought[128];
    size_t count = 0;
    for (unsigned b = 0x80u; b < 0x100u; b++) {
        if (table[b] == RCD_UNASSIGNED && rcd_census_has(&d->census, b)) {
            sought[count++] = (uint8_t)b;
        }
    }
    rcd_strays_init(&d->strays);
    rcd_strays_seek(&d->strays, sought, count, 0, d->whole, d->whole_len);
}

/* Looks for a charset that the text is in but for some damage; *read is how much of the excerpt was
 * read, and is in the end. @return whether there is one. */
static int weigh_damaged(rcd_detector *d, int sample, unsigned declared, size_t *read)
{
    size_t len = *read;
    const uint64_t high = rcd_census_high(&d->census);
    rcd_near_hints near = {d->census.count, high, d->census.length};
    if (!d->with_multibyte || d->options.exact || high == 0 ||
        !may_be_damaged(d, sample, declared, &near)) {
        return 0;
    }
    if (d->whole != NULL) {
        count_strays(d, &near);
    } else {
        near.count = d->strays.count; /* of all the input, as the census has not */
    }
    int thorough = 0;
    int32_t unpriced = 0;
    const unsigned whole = d->readings.count > 0 ? d->readings.item[0].charset : 0;
    int32_t over = add_damaged(d, sample, declared, len, &near, &unpriced);
    /* What would be no worse without the price of damage gets all there is to read: the damage may
     * be letters that stand further on. */
    while (!(thorough && len == d->excerpt.len) && unpriced < 0) {
        len = len < d->excerpt.len / 4u ? len * 4u : d->excerpt.len;
        thorough = 1;
        const int no_rival = over >= 0 && !has_damaged_family(&d->readings);
        score(d, sample, declared, len, thorough);
        if (whole != 0 && no_rival && !reads_as(&d->readings, whole)) {
            /* Letter frequency alone has given up what read best so far, as it does with lists: that
             * is no evidence of damage. Characters of several bytes would be. */
            len = *read;
            score(d, sample, declared, len, 0);
            return 0;
        }
        over = add_damaged(d, sample, declared, len, &near, &unpriced);
    }
    *read = len;
    return over < 0;
}

/* Says which bytes of the best reading are damaged. */
static void report_damage(rcd_detector *d, rcd_result *out)
{
    const uint16_t *table = rcd_single_byte_table(out->charset);
    if (table == NULL) {
        const int family = rcd_mb_family(out->charset);
        const rcd_mb_near *n = &d->near[family];
        if (d->readings.item[0].how != RCD_READ_DAMAGED) {
            return;
        }
        const unsigned edition = rcd_legacy_edition(d, family);
        if (edition != 0) {
            out->charset = out->candidate[0].charset = (uint16_t)edition;
            out->bad = n->bad - n->own.codes;
            out->valid_up_to = out->bad != 0 ? n->first_strange : out->length;
            return;
        }
        out->bad = n->bad;
        out->valid_up_to = n->first_bad;
        return;
    }
    if (d->whole != NULL) {
        find_strays(d, table);
    }
    out->bad = rcd_table_bad(&d->single.tally, table, d->strays.count);
    for (unsigned b = 0x80u; b < 0x100u && out->bad != 0; b++) {
        if (table[b] == RCD_UNASSIGNED && d->strays.count[b] != 0 &&
            d->strays.first[b] < out->valid_up_to) {
            out->valid_up_to = d->strays.first[b];
        }
    }
}

/* Names an answer after the edition that has a character where the head of the family has none. */
static void name_edition(const rcd_detector *d, int family, rcd_result *out)
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

/* Where what is allowed reads badly, others may read far better: then nothing that is allowed is what
 * the text is in, and the least bad is not to be trusted, however far ahead of the next. Leaves the
 * readings of all charsets behind. */
static void doubt_allowed(rcd_detector *d, int sample, unsigned declared, size_t len,
                          rcd_result *out)
{
    const uint8_t *allow = d->options.allow;
    const int32_t cost = d->readings.item[0].cost;
    if (allow == NULL || d->inner == NULL || d->readings.item[0].each < (uint32_t)PLAIN_BYTE) {
        return;
    }
    d->options.allow = NULL;
    d->families = ((1u << 2 * RCD_MB_COUNT) - 1u) & ~d->unasked;
    score(d, sample, declared, len, 0);
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
    const unsigned label = d->options.declared != 0 ? d->options.declared : out->declared;
    const unsigned declared = rcd_twins_head(label);
    size_t len = weigh(d, sample, declared);
    int damaged = !weigh_label(d, sample, declared, len) &&
                  weigh_damaged(d, sample, declared, &len);
    if (d->readings.count == 0) {
        return 0;
    }
    rank(d, declared, len, out);
    rcd_candidate *best = &out->candidate[0];
    best->charset = (uint16_t)name_of_best(&d->readings, d->options.exact);
    best->language = (uint16_t)among_near(d, best->charset, best->language);
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
            name_edition(d, family, out);
        }
    }
    if (damaged) {
        report_damage(d, out);
    }
    out->source = label != 0 && label == best->charset ? RCD_SOURCE_DECLARED : RCD_SOURCE_MODEL;
    if (!by_units) {
        doubt_allowed(d, sample, declared, len, out);
    }
    return 1;
}

/* As decide_allowed(), of an excerpt without its repeats. */
static int decide_reduced(rcd_detector *d, int sample, int by_units, rcd_result *out)
{
    uint8_t all[RCD_EXCERPT_SIZE];
    const uint32_t len = d->excerpt.len;
    memcpy(all, d->excerpt.text, len);
    d->excerpt.len = rcd_drop_repeats(all, len, d->excerpt.text);
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
    return rcd_is_repetitive(d->excerpt.text, d->excerpt.len)
               ? decide_reduced(d, sample, by_units, out)
               : decide_allowed(d, sample, by_units, out);
}

/* Says how sure words by numbers make an answer: one that they gave is no surer than they are. */
static void trust_units(rcd_result *out, int gave, uint32_t sure)
{
    rcd_candidate *best = &out->candidate[0];
    const uint32_t raised = sure < UNITS_SURE ? sure : UNITS_SURE;
    const uint32_t most = gave && best->confidence > sure ? sure : best->confidence;
    const uint32_t told = most < raised ? raised : most;
    if (told == best->confidence || out->length < UNITS_LEAST) {
        return;
    }
    for (unsigned k = 1; k < out->count && best->confidence < MILLION; k++) {
        const uint64_t share = (uint64_t)out->candidate[k].confidence * (MILLION - told);
        out->candidate[k].confidence = (uint32_t)(share / (MILLION - best->confidence));
    }
    out->confidence = best->confidence = told;
}

int rcd_decide_legacy(rcd_detector *d, int sample, rcd_result *out)
{
    rcd_result told = *out;
    if (!decide_once(d, sample, 0, out)) {
        return 0;
    }
    uint8_t allow[RCD_CS_COUNT];
    const uint8_t *allowed = d->options.allow;
    uint32_t sure;
    const int says = rcd_units_say(d, sample, out, allow, &sure);
    if (says == RCD_UNITS_OTHER) {
        d->options.allow = allow;
        if (decide_once(d, sample, 1, &told)) {
            *out = told;
        }
        d->options.allow = allowed;
    }
    if (says != RCD_UNITS_NOTHING) {
        trust_units(out, says == RCD_UNITS_OTHER, sure);
    }
    return 1;
}
