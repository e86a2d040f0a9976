/* rcd_single_report.c : the readings that are left at the end of the single-byte race, each with its
 * best language. See rcd_single.c. Compiled a second time by rcd_single_avx2.c. */
#include "rcd_kernels.h"
#include "rcd_single_parts.h"

#if defined(RCD_USE_AVX2)
#define REPORT rcd_single_report_avx2
#else
#define REPORT rcd_single_report_plain
#endif

/* Of what a lane costs in a language, the share of the ASCII that all charsets read alike. */
static int32_t ascii_share(const rcd_single_work *w, const rcd_single_lane *lane, unsigned k)
{
    if (lane->ebcdic) {
        return 0;
    }
    return lane->group == RCD_LATN ? w->base_latin + w->base[k] : w->base_other;
}

/* What a lane costs more in each language where the language is decided; `room` is room for it. */
static const int32_t *language_costs(const rcd_single_work *w, const rcd_single_lane *lane,
                                     int32_t room[RCD_MAX_COLUMNS])
{
    static const int32_t nothing[RCD_MAX_COLUMNS] = {0};
    if (lane->group != RCD_LATN) {
        return nothing;
    }
    if (!w->named) {
        return w->base_language;
    }
    for (unsigned k = 0; k < lane->columns; k++) {
        room[k] = w->base_language[k] + lane->saved[k];
    }
    return room;
}

#define NEVER (INT32_MAX / 4) /* the cost of a column that a charset was not used for, or more */

/* What a lane costs in each column with the priors of a charset; NEVER where there is none.
 * @return the least */
static int32_t costs_of(const rcd_single_lane *lane, const int16_t *restrict prior,
                        int32_t *restrict cost)
{
    const int32_t *sum = lane->sum, shared = lane->shared;
    const uint16_t *part = lane->part;
    const unsigned n = lane->columns;
    int32_t least = INT32_MAX;
    for (unsigned k = 0; k < n; k++) {
        const int32_t own = sum[k] + part[k] + shared + prior[k];
        const int32_t x = prior[k] == RCD_NO_PRIOR ? NEVER : own;
        cost[k] = x;
        least = x < least ? x : least;
    }
    return least;
}

/* Adds what there is more of in each of `n` columns. @return the least */
static int32_t add_more(int32_t *restrict cost, const int32_t *restrict more, unsigned n)
{
    int32_t least = INT32_MAX;
    for (unsigned k = 0; k < n; k++) {
        const int32_t x = cost[k] + more[k];
        cost[k] = x;
        least = x < least ? x : least;
    }
    return least;
}

static int32_t least_of(const int32_t *cost, unsigned n)
{
    int32_t least = INT32_MAX;
    for (unsigned k = 0; k < n; k++) {
        least = cost[k] < least ? cost[k] : least;
    }
    return least;
}

/* The first column with a cost that one has. */
static unsigned column_with(const int32_t *cost, int32_t least)
{
    unsigned k = 0;
    while (cost[k] != least) {
        k++;
    }
    return k;
}

/* The least cost in another language than that of a column; the columns of a language stand together. */
static int32_t least_other(const rcd_single_lane *lane, int32_t *cost, unsigned column)
{
    const uint16_t *languages = lane->script->languages;
    const uint16_t language = languages[column];
    unsigned from = column, to = column;
    while (from > 0 && languages[from - 1u] == language) {
        from--;
    }
    for (; to < lane->script->columns && languages[to] == language; to++) {
    }
    for (; from < to; from++) {
        cost[from] = INT32_MAX / 2;
    }
    return least_of(cost, lane->columns);
}

/* The best language of a charset so far, its cost, and that of the best other. */
typedef struct {
    uint16_t language;
    int32_t first;
    int32_t second;
} best_language;

static void keep_language(best_language *b, uint16_t language, int32_t first, int32_t second)
{
    const int32_t other = language != b->language ? b->first : b->second;
    if (first < b->first) {
        *b = (best_language){language, first, other < second ? other : second};
    } else {
        const int32_t behind = language != b->language ? first : second;
        b->second = behind < b->second ? behind : b->second;
    }
}

/* The readings of one charset's classes that give a text, as far as their lanes are left: the best
 * language is reported. */
static void report_charset(rcd_single_work *w, const rcd_hints *hints, unsigned text,
                           const rcd_class *class, size_t classes, rcd_readings *out)
{
    const unsigned charset = class->charset;
    int16_t prior[RCD_MAX_COLUMNS];
    int32_t cost[RCD_MAX_COLUMNS], room[RCD_MAX_COLUMNS];
    best_language language = {0, INT32_MAX / 2, INT32_MAX / 2};
    int32_t best = INT32_MAX / 2, unnamed = INT32_MAX / 2; /* the least cost, and without names */
    uint32_t each = 0;
    for (size_t c = 0; c < classes; c++, class++) {
        const rcd_single_lane *lane = rcd_single_lane_of(w, text, class->group);
        if (lane == NULL || !lane->live) {
            continue;
        }
        rcd_priors_of(class, hints, prior);
        int32_t least = costs_of(lane, prior, cost);
        if (least >= NEVER) {
            continue;
        }
        if (least < best) {
            const unsigned k = column_with(cost, least);
            best = least;
            each = rcd_each(least - prior[k] - ascii_share(w, lane, k), w->scored - w->base_count);
        }
        const int32_t first = add_more(cost, language_costs(w, lane, room), lane->columns);
        const unsigned told = column_with(cost, first);
        keep_language(&language, lane->script->languages[told], first, least_other(lane, cost, told));
        if (w->named) {
            int32_t plain = least;
            if (lane->group == RCD_LATN) {
                costs_of(lane, prior, cost);
                plain = add_more(cost, lane->saved, lane->columns);
            }
            unnamed = plain < unnamed ? plain : unnamed;
        }
    }
    if (best < INT32_MAX / 2) {
        rcd_readings_add(out, charset, language.language, out->texts + text, best,
                         best + (language.second - language.first), w->named ? unnamed - best : 0,
                         w->scored, each, RCD_READ_WHOLE);
    }
}

void REPORT(rcd_single_work *w, const rcd_hints *hints, rcd_readings *out)
{
    size_t count;
    const rcd_class *classes = rcd_classes(&count);
    uint8_t live[RCD_SINGLE_NONE + 1u] = {0}; /* by text: has it a lane that is left? */
    for (uint32_t n = 0; n < w->lane_count; n++) {
        live[w->lane[n].text] |= w->lane[n].live;
    }
    for (size_t c = 0; c < count; c++) {
        const unsigned text = w->text_of[c]; /* of all classes of the charset that were ranked */
        if (!live[text]) {
            continue;
        }
        size_t first = c, next = c + 1;
        while (first > 0 && classes[first - 1].charset == classes[c].charset) {
            first--;
        }
        while (next < count && classes[next].charset == classes[c].charset) {
            next++;
        }
        report_charset(w, hints, text, &classes[first], next - first, out);
        c = next - 1;
    }
    out->texts = (uint16_t)(out->texts + w->text_count);
}

#if !defined(RCD_USE_AVX2)
void rcd_single_report(rcd_single_work *w, const rcd_hints *hints, rcd_readings *out)
{
#if RCD_X86_64
    if (rcd_kernels_have_avx2()) {
        rcd_single_report_avx2(w, hints, out);
        return;
    }
#endif
    rcd_single_report_plain(w, hints, out);
}
#endif
