/* rcd_decide_utf8.c : UTF-8, what is nearly it, and lines of it among others.
 */
#include <string.h>

#include "rcd_charset.h"
#include "rcd_decide.h"
#include "rcd_doubled.h"
#include "rcd_lines.h"
#include "rcd_single_byte.h"
#include "rcd_units.h"

/* Code points that tell whether text is worth a walk through all of it. */
#define SOME_WORDS 256u
/* Millionths: one, two and three bytes of a character that the end of the input cuts are one of UTF-8. */
#define CUT_ONE 600000u
#define CUT_TWO 700000u
#define CUT_THREE 900000u
/* Well-formed characters in a line that is in something else: words picked out of two lines, where the
 * encoding changes, stand in one. */
#define BOTH 8u

/* The charset that valid UTF-8 was misread in; *n code points in d->text are its text then. What
 * the first characters rule out need not be looked at in all of the text. */
static unsigned doubled(rcd_detector *d, size_t *n)
{
    *n = rcd_utf8_text(d, SOME_WORDS);
    if (*n == SOME_WORDS) {
        size_t whole = *n;
        while (whole > 0 && d->text[whole - 1] >= 0x80u) {
            whole--; /* the last run goes on */
        }
        size_t high = 0;
        while (high < whole && d->text[high] < 0x80u) {
            high++;
        }
        if (high < whole && rcd_doubled_charset(d->text, whole) == 0) {
            return 0;
        }
        *n = rcd_utf8_text(d, RCD_TEXT_SIZE);
    }
    return rcd_doubled_charset(d->text, *n);
}

/* The forms that write UTF-16 units: CESU-8 (Unicode Technical Report 26), where all surrogates are
 * paired, and Java's, which has C0 80 for NUL and may cut pairs apart. 0 = neither. */
static unsigned utf8_of_units(const rcd_detector *d)
{
    for (unsigned lead = 0xF0; lead <= 0xF4u; lead++) {
        if (rcd_census_has(&d->census, lead)) {
            return 0;
        }
    }
    if (d->utf8.nul2 > 0) {
        return d->census.nul == 0 ? RCD_CS_MUTF_8 : 0u;
    }
    return d->utf8.surrogates > 0 && d->utf8.surrogates == 2u * d->utf8.pairs ? RCD_CS_CESU_8 : 0u;
}

uint32_t rcd_utf8_confidence(uint64_t characters)
{
    return characters == 1 ? 950000u : characters == 2 ? 990000u : 999000u;
}

/* Does the input end inside its only character beyond ASCII? Two bytes of one are a letter with a sign
 * in few other charsets, three are none; of a whole input only a mark, or what takes four bytes. The one
 * that letters of Western Europe and no-break spaces begin with ends no word there but few. */
static int is_cut(const rcd_detector *d, int sample, unsigned declared)
{
    const rcd_utf8 *u = &d->utf8;
    const uint64_t from = d->census.length - u->pending_len;
    if (u->pending_len == 0 || d->census.first_high != from) {
        return 0;
    }
    if (u->pending_len == 1u) {
        const unsigned lead = u->pending[0];
        return sample && from > 0 && (lead == 0xC2u || lead == 0xC3u) &&
               (declared == 0 || declared == RCD_CS_UTF_8);
    }
    return sample || u->pending_len == 3u ||
           (from == 0 && u->pending[0] == 0xEFu && u->pending[1] == 0xBBu);
}

/* Are they units in a legacy charset, and nothing in UTF-8? */
static int is_other(const rcd_detector *d, int sample)
{
    uint8_t allow[RCD_CS_COUNT];
    uint32_t sure;
    rcd_result found;
    found.charset = RCD_CS_UTF_8;
    found.count = 0;
    return rcd_units_doubt_utf8(d) &&
           rcd_units_say(d, sample, &found, allow, &sure) == RCD_UNITS_OTHER;
}

/* Valid UTF-8, or UTF-8 with a few broken bytes: no legacy text has so many well-formed sequences
 * by chance, but where whole lines are something else. */
int rcd_decide_utf8(rcd_detector *d, int sample, rcd_result *out)
{
    uint64_t bad, first_bad;
    rcd_utf8_end(&d->utf8, sample, &bad, &first_bad);
    if (d->census.first_high == UINT64_MAX || d->utf8.lost) {
        return 0;
    }
    uint64_t good = d->utf8.characters + d->utf8.surrogates + d->utf8.nul2;
    uint64_t broken = bad - d->utf8.surrogates - d->utf8.nul2;
    int mixed = 0;
    unsigned units = bad > 0 && broken == 0 ? utf8_of_units(d) : 0;
    if (units != 0 && rcd_allowed(d, units)) {
        rcd_answer(out, units, rcd_later_language(d), RCD_SOURCE_STRUCTURE, 990000u);
        return 1;
    }
    if (!rcd_allowed(d, RCD_CS_UTF_8)) {
        return 0;
    }
    if (is_cut(d, sample, d->options.declared != 0 ? d->options.declared : out->declared)) {
        out->bad = bad;
        out->valid_up_to = bad > 0 ? first_bad : d->census.length;
        rcd_answer(out, RCD_CS_UTF_8, rcd_later_language(d), RCD_SOURCE_STRUCTURE,
                   d->utf8.pending_len == 1u   ? CUT_ONE
                   : d->utf8.pending_len == 2u ? CUT_TWO
                                               : CUT_THREE);
        return 1;
    }
    if (bad > 0) {
        if (d->utf8.characters == 0 || good < broken) {
            return 0;
        }
        uint64_t ruled = rcd_lines_ruled(d->excerpt.text, d->excerpt.len);
        good -= ruled < good ? ruled : good;
        if (good < broken) {
            return 0;
        }
        mixed = broken > 0 && rcd_lines_mixed(d->excerpt.text, d->excerpt.len);
        if (good < 4u * broken && !mixed) {
            return 0;
        }
    } else if (d->utf8.characters == 0) {
        return 0; /* a sample that ends inside its first character */
    } else if (is_other(d, sample)) {
        return 0;
    }
    size_t n = 0;
    out->bad = bad;
    out->valid_up_to = bad > 0 ? first_bad : d->census.length;
    uint32_t confidence = rcd_utf8_confidence(good);
    if (bad > 0) {
        confidence = good > 20u * bad ? 980000u : 900000u;
        out->mixed = (uint8_t)mixed;
    } else {
        out->double_encoded = (uint16_t)doubled(d, &n);
    }
    unsigned language;
    if (out->double_encoded != 0) {
        rcd_text_score score;
        language = rcd_wide_language(d, rcd_doubled_undo(d->text, n, out->double_encoded), &score);
    } else {
        language = rcd_later_language(d);
    }
    rcd_answer(out, RCD_CS_UTF_8, language, RCD_SOURCE_STRUCTURE, confidence);
    return 1;
}

void rcd_report_part(const rcd_detector *d, rcd_result *out)
{
    /* Of charsets of several bytes it is not known without another look at the input. */
    const uint16_t *table = rcd_single_byte_table(out->charset);
    int all = table != NULL;
    for (unsigned b = 0x80; b < 0x100u && all; b++) {
        all = table[b] != RCD_UNASSIGNED || !rcd_census_has(&d->census, b);
    }
    out->valid_up_to = all ? d->census.length : d->census.first_high;
    out->bad = !all;
}

/* Gives the lines that are not UTF-8 and have fewer well-formed characters than `most` to the inner
 * detector. */
static void feed_others(rcd_detector *d, uint64_t most)
{
    for (size_t i = 0, n; i < d->excerpt.len; i += n) {
        enum rcd_line kind;
        uint64_t characters;
        n = rcd_line_next(d->excerpt.text + i, d->excerpt.len - i, &kind, &characters);
        if (kind == RCD_LINE_OTHER && characters < most) {
            rcd_detector_feed(d->inner, d->excerpt.text + i, n);
        }
    }
}

/* Lines of UTF-8 among others make every charset but a wrong one impossible. So the others are
 * judged by themselves, as a sample of a file that has no more than them. */
int rcd_decide_lines(rcd_detector *d, rcd_result *out)
{
    d->lone_character = 0;
    /* Of a longer input that is mostly ill-formed they are not counted. */
    if (d->inner == NULL || (d->utf8.characters == 0 && !d->ended)) {
        return 0;
    }
    const uint64_t good = rcd_lines_good(d->excerpt.text, d->excerpt.len);
    d->lone_character = good == 1u && rcd_allowed(d, RCD_CS_UTF_8);
    if (good < 2u || !rcd_lines_mixed(d->excerpt.text, d->excerpt.len)) {
        return 0;
    }
    rcd_options options = d->options;
    options.sample = 1;
    if (rcd_detector_init_inner(d->inner, &options) != RCD_MORE) {
        return 0;
    }
    feed_others(d, BOTH);
    if (d->inner->census.length == 0) {
        feed_others(d, UINT64_MAX);
    }
    rcd_result part;
    rcd_decide(d->inner, 1, &part);
    if (part.charset == 0 || part.source != RCD_SOURCE_MODEL) {
        return 0;
    }
    rcd_answer(out, part.charset, part.language, RCD_SOURCE_MODEL, part.confidence);
    memcpy(out->candidate, part.candidate, sizeof out->candidate);
    out->count = part.count;
    out->mixed = 1;
    rcd_report_part(d, out);
    return 1;
}
