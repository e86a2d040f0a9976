/* rcd_decide_mixed.c : legacy text of which some lines are in another encoding than others.
 *
 * Read in the charset that was found, the lines of another cost much more than the rest. So where the
 * bytes of some part differ from those of others, which costs little to see, the lines are weighed; the
 * strangest are judged by themselves; and if two encodings read all of them so much better than one
 * that it pays to change, and both as ordinary text, the input is in both.
 */
#include "rcd_small.h"

#include <string.h>

#include "rcd_blocks.h"
#include "rcd_charset.h"
#include "rcd_decide.h"
#include "rcd_detector.h"
#include "rcd_editions.h"
#include "rcd_lines.h"
#include "rcd_runs.h"

#define POOR_BYTE 65u    /* what a byte costs at the start of a text that may be mixed */
#define STRANGE 200      /* tenths of a bit that a strange line costs more than others */
#define READINGS 8u
#define SURE 700000u     /* confidence in the others, in millionths, beside a lone line of UTF-8; */
#define LONE 140         /* what it saves to read that so; */
#define LONE_SURE 900000u /* and confidence in what the others are then, at most */
#define WEIGHED_SURE 700000u /* confidence by all of a text, which its lines do not change */
#define ORDINARY 60      /* tenths of a bit that a byte of ordinary text stays below */

typedef struct {
    rcd_detector *d;
    rcd_run_line line[RCD_RUNS_LINES];
    size_t lines;
    rcd_run_reading reading[READINGS];
    unsigned readings;
    unsigned pair[2];              /* the two that divide the text best, */
    uint8_t which[RCD_RUNS_LINES]; /* in which of them each line is, */
    int32_t saved;                 /* and what they save over the best alone */
    uint16_t number[RCD_RUNS_LINES]; /* lines that are judged together */
} lines_work;

/* Is there any sign that it pays to weigh the lines? Units and signs by numbers are no text, which alone
 * has lines that read worse than others. */
static int may_be_mixed(const rcd_detector *d, const rcd_result *out)
{
    return !d->by_units &&
           (out->candidate[0].each > POOR_BYTE ||
            (rcd_mb_family(out->charset) >= 0 ? rcd_pairs_change(d)
                                              : rcd_letters_change(d, out->charset, out->language)));
}

/* Judges the first `count` lines of `number` by themselves. */
static void judge(const lines_work *w, const uint16_t *number, size_t count, rcd_result *found)
{
    rcd_detector *d = w->d, *inner = d->inner;
    rcd_options options = d->options;
    options.sample = 1;
    memset(found, 0, sizeof *found);
    if (count == 0 || rcd_detector_init_inner(inner, &options) != RCD_MORE) {
        return;
    }
    for (size_t k = 0; k < count; k++) {
        const rcd_run_line *line = &w->line[number[k]];
        rcd_detector_feed(inner, d->excerpt.text + line->begin, line->len);
        rcd_detector_feed(inner, (const uint8_t *)"\n", 1);
    }
    rcd_decide(inner, 1, found);
}

/* Weighs all lines in one more reading. */
static void add_reading(lines_work *w, unsigned charset, unsigned language)
{
    for (unsigned k = 0; k < w->readings; k++) {
        if (w->reading[k].charset == charset) {
            return;
        }
    }
    if (w->readings < READINGS) {
        rcd_run_reading *r = &w->reading[w->readings];
        r->charset = charset;
        r->language = language;
        w->readings += (unsigned)rcd_runs_weigh(r, w->d->excerpt.text, w->line, w->lines, w->d->text);
    }
}

/* The same where lines are divided among readings. */
static void add_beside(lines_work *w, unsigned charset, unsigned language)
{
    const unsigned before = w->readings;
    add_reading(w, charset, language);
    for (unsigned k = 0; k < before && w->readings > before; k++) {
        rcd_runs_level(&w->reading[k], &w->reading[before], w->d->excerpt.text, w->line, w->lines);
    }
}

/* Adds what some lines by themselves are in; lines that are UTF-8 have been looked for before. */
static void add_judged(lines_work *w, const uint16_t *number, size_t count)
{
    rcd_result found;
    judge(w, number, count, &found);
    if (found.charset != 0 && found.charset != RCD_CS_UTF_8) {
        add_beside(w, found.charset, found.language);
    }
}

/* Lists the lines that cost `least` more in the first reading than others do, for the bytes of their words
 * beyond ASCII, the worst first. @return how many there are */
static size_t find_strange(lines_work *w, int32_t least)
{
    const rcd_run_reading *r = &w->reading[0];
    int32_t rate[RCD_RUNS_LINES], over[RCD_RUNS_LINES];
    size_t count = 0;
    for (size_t k = 0; k < w->lines; k++) {
        const int32_t each = r->cost[k] / w->line[k].read;
        size_t at = k;
        for (; at > 0 && rate[at - 1] > each; at--) {
            rate[at] = rate[at - 1];
        }
        rate[at] = each;
    }
    const int32_t usual = rate[w->lines / 4u];
    for (size_t k = 0; k < w->lines; k++) {
        const int32_t excess = r->cost[k] - usual * w->line[k].read;
        size_t at = count;
        if (excess < least) {
            continue;
        }
        for (; at > 0 && over[at - 1] < excess; at--) {
            over[at] = over[at - 1];
            w->number[at] = w->number[at - 1];
        }
        over[at] = excess;
        w->number[at] = (uint16_t)k;
        count++;
    }
    return count;
}

/* Finds the two readings that divide the text best. */
static void find_pair(lines_work *w)
{
    int32_t alone = INT32_MAX, best = INT32_MAX;
    uint8_t which[RCD_RUNS_LINES];
    for (unsigned one = 0; one < w->readings; one++) {
        alone = w->reading[one].total < alone ? w->reading[one].total : alone;
        for (unsigned other = one + 1u; other < w->readings; other++) {
            const int32_t cost =
                rcd_runs_path(&w->reading[one], &w->reading[other], w->lines, which);
            if (cost < best) {
                best = cost;
                w->pair[0] = one;
                w->pair[1] = other;
                memcpy(w->which, which, w->lines);
            }
        }
    }
    w->saved = best == INT32_MAX ? 0 : alone - best;
}

/* Lists the lines that are in one of the two readings. @return how many there are */
static size_t lines_in(lines_work *w, unsigned side)
{
    size_t count = 0;
    for (size_t k = 0; k < w->lines; k++) {
        w->number[count] = (uint16_t)k;
        count += w->which[k] == side;
    }
    return count;
}

/* Are the lines of one of the two readings ordinary text in it? Where pieces of words cost much in all
 * readings, some cost less in anything. */
static int is_ordinary(const lines_work *w, unsigned side)
{
    const rcd_run_reading *own = &w->reading[w->pair[side]];
    int64_t cost = 0, read = 0;
    for (size_t k = 0; k < w->lines; k++) {
        if (w->which[k] == side) {
            cost += own->cost[k];
            read += w->line[k].read;
        }
    }
    return cost <= ORDINARY * read;
}

/* Do the readings so far divide the text? */
static int is_divided(const lines_work *w)
{
    return w->saved >= RCD_RUNS_ENCODING && is_ordinary(w, 0) && is_ordinary(w, 1);
}

/* Looks for readings that divide the text. @return 1 when there are two, else 0 */
static int divide(lines_work *w, const rcd_result *out)
{
    add_reading(w, out->charset, out->language);
    if (w->readings == 0) {
        return 0;
    }
    /* Where all lines read poorly, none need be strange. */
    const int poor = out->candidate[0].each > POOR_BYTE;
    const size_t strange = find_strange(w, poor ? INT32_MIN : STRANGE);
    add_judged(w, w->number, strange > 0);
    if (w->readings == 1u && !poor) {
        return 0; /* even the worst line is in what was found */
    }
    add_judged(w, w->number + 1, strange > 1u);
    find_pair(w);
    if (w->saved < RCD_RUNS_ENCODING) {
        return 0;
    }
    /* What the lines were found in may be no more than near to what they are in. */
    for (unsigned side = 0; side < 2u; side++) {
        add_judged(w, w->number, lines_in(w, side));
    }
    find_pair(w);
    return is_divided(w);
}

/* Does a charset read the lines of `number` no worse than a reading does? */
static int reads_as_well(lines_work *w, unsigned charset, const rcd_run_reading *reading,
                         size_t count)
{
    int64_t cost = 0;
    unsigned k = 0;
    add_beside(w, charset, reading->language);
    while (k < w->readings && w->reading[k].charset != charset) {
        k++;
    }
    for (size_t n = 0; n < count && k < w->readings; n++) {
        cost += w->reading[k].cost[w->number[n]] - reading->cost[w->number[n]];
    }
    return k < w->readings && cost <= 0;
}

/* Makes what lines by themselves are in the answer. */
static void take(const lines_work *w, const rcd_result *found, rcd_result *out)
{
    if (found->charset != out->charset) {
        out->charset = found->charset;
        out->source = RCD_SOURCE_MODEL;
        rcd_report_part(w->d, out);
    }
    out->language = found->language;
    out->confidence = found->confidence;
    out->count = found->count;
    memcpy(out->candidate, found->candidate, sizeof out->candidate);
}

/* Says in the answer what the larger part is in. */
static void report(lines_work *w, rcd_result *out)
{
    rcd_result found;
    size_t size[2] = {0, 0};
    for (size_t k = 0; k < w->lines; k++) {
        size[w->which[k]] += w->line[k].len;
    }
    const unsigned larger = size[1] > size[0];
    const size_t count = lines_in(w, larger);
    out->mixed = 1;
    judge(w, w->number, count, &found);
    if (found.charset == 0 ||
        !reads_as_well(w, found.charset, &w->reading[w->pair[larger]], count)) {
        return;
    }
    take(w, &found, out);
}

/* Where a text may have been told by its start, which says little, another charset may read all lines so
 * much better. Those that it reads better are judged by themselves. */
static void prefer(lines_work *w, rcd_result *out)
{
    rcd_result found;
    const rcd_run_reading *best = &w->reading[0];
    size_t count = 0;
    if (out->confidence >= WEIGHED_SURE && w->d->all_weighed) {
        return; /* all of it was weighed, with what its ASCII says */
    }
    for (unsigned k = 1; k < w->readings; k++) {
        best = w->reading[k].total < best->total ? &w->reading[k] : best;
    }
    if (out->source == RCD_SOURCE_DECLARED || w->readings == 0 ||
        w->reading[0].total - best->total < RCD_RUNS_ENCODING) {
        return;
    }
    for (size_t k = 0; k < w->lines; k++) {
        w->number[count] = (uint16_t)k;
        count += best->cost[k] < w->reading[0].cost[k];
    }
    judge(w, w->number, count, &found);
    if (found.charset == best->charset && found.bad == 0) {
        take(w, &found, out);
    }
}

/* A line of UTF-8 with a single character is well-formed by chance at times. Do it and the others, each
 * as what it is, cost so much less than all of them in the charset that was found? */
static int is_lone_line(lines_work *w, rcd_result *out)
{
    size_t lone = w->lines, others = 0, size = 0;
    rcd_result found;
    for (size_t k = 0; k < w->lines; k++) {
        enum rcd_line kind;
        uint64_t characters;
        rcd_line_next(w->d->excerpt.text + w->line[k].begin, w->line[k].len, &kind, &characters);
        if (kind == RCD_LINE_UTF8) {
            lone = k;
            continue;
        }
        w->number[others++] = (uint16_t)k;
        size += w->line[k].len;
    }
    if (lone == w->lines || others == 0 || size < w->line[lone].len) {
        return 0;
    }
    judge(w, w->number, others, &found);
    if (found.charset == 0 || found.bad != 0 || found.confidence < SURE) {
        return 0;
    }
    add_reading(w, out->charset, out->language);
    add_reading(w, found.charset, found.language);
    add_reading(w, RCD_CS_UTF_8, 0);
    unsigned own = 0;
    while (own < w->readings && w->reading[own].charset != found.charset) {
        own++;
    }
    const rcd_run_reading *last = &w->reading[w->readings - 1u];
    if (own == w->readings || last->charset != RCD_CS_UTF_8 ||
        last->cost[lone] > ORDINARY * w->line[lone].read) {
        return 0;
    }
    int32_t saved = w->reading[0].total - last->cost[lone];
    for (size_t k = 0; k < others; k++) {
        saved -= w->reading[own].cost[w->number[k]];
    }
    if (saved < LONE) {
        return 0;
    }
    out->charset = found.charset;
    out->language = found.language;
    out->source = RCD_SOURCE_MODEL;
    out->confidence = found.confidence < LONE_SURE ? found.confidence : LONE_SURE;
    out->count = found.count;
    memcpy(out->candidate, found.candidate, sizeof out->candidate);
    out->candidate[0].confidence = out->confidence;
    out->mixed = 1;
    rcd_report_part(w->d, out);
    return 1;
}

static void look_for_runs(rcd_detector *d, rcd_result *out)
{
    lines_work w;
    if (!(d->lone_character || may_be_mixed(d, out))) {
        return;
    }
    w.d = d;
    w.readings = 0;
    w.lines = rcd_runs_lines(d->excerpt.text, d->excerpt.len, w.line);
    if (w.lines < 2u || (d->lone_character && is_lone_line(&w, out))) {
        return;
    }
    w.readings = 0;
    if (!may_be_mixed(d, out)) {
        return;
    }
    if (divide(&w, out)) {
        report(&w, out);
    } else {
        prefer(&w, out);
    }
}

/* Text may be named after an edition for codes of another encoding: lines are weighed in the family. */
void rcd_decide_mixed(rcd_detector *d, rcd_result *out)
{
    const uint16_t found = out->charset;
    const int family = rcd_edition_family(found);
    if (d->inner == NULL) {
        return;
    }
    if (family >= 0) {
        out->charset = rcd_mb_members(family)[0];
    }
    look_for_runs(d, out);
    if (family >= 0 && !out->mixed) {
        out->charset = found;
    }
}
