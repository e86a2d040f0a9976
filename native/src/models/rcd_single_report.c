/* rcd_single_report.c : the readings that are left at the end of the single-byte race, each with its
 * best language. See rcd_single.c. */
#include "rcd_bits.h"
#include "rcd_single_parts.h"

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

/* The least that a lane costs the columns of a charset that are in `used` without names. */
static int32_t least_unnamed(const rcd_single_lane *lane, uint64_t used,
                             const int16_t prior[RCD_MAX_COLUMNS])
{
    const int latin = lane->group == RCD_LATN;
    int32_t least = INT32_MAX / 2;
    for (uint64_t left = used; left != 0; left &= left - 1u) {
        const unsigned k = rcd_lowest_bit(left);
        const int32_t saved = latin ? lane->saved[k] : 0;
        const int32_t cost = lane->sum[k] + lane->part[k] + lane->shared + prior[k] + saved;
        least = cost < least ? cost : least;
    }
    return least;
}

/* The readings of one charset's classes that give a text, as far as their lanes are left: the best
 * language is reported. */
static void report_charset(rcd_single_work *w, const rcd_hints *hints, unsigned text,
                           const rcd_class *class, size_t classes, rcd_readings *out)
{
    int16_t prior[RCD_MAX_COLUMNS];
    rcd_reading best = {class->charset, 0, 0, 0, INT32_MAX / 2, 0, 0, 0, RCD_READ_WHOLE};
    int32_t unnamed = INT32_MAX / 2; /* the least cost without names */
    int32_t room[RCD_MAX_COLUMNS];
    const uint32_t places = w->scored - w->base_count;
    int32_t first = INT32_MAX / 2, second = INT32_MAX / 2; /* of the languages */
    for (size_t c = 0; c < classes; c++, class++) {
        const rcd_single_lane *lane = rcd_single_lane_of(w, text, class->group);
        if (lane == NULL || !lane->live) {
            continue;
        }
        const uint64_t used = rcd_priors_of(class, hints, prior);
        const int32_t *more = language_costs(w, lane, room);
        const int32_t least = !w->named ? 0 : least_unnamed(lane, used, prior);
        unnamed = least < unnamed ? least : unnamed;
        for (uint64_t left = used; left != 0; left &= left - 1u) {
            const unsigned k = rcd_lowest_bit(left);
            int32_t cost = lane->sum[k] + lane->part[k] + lane->shared + prior[k];
            int32_t whole = cost + more[k];
            uint16_t language = lane->script->languages[k];
            if (cost < best.cost) {
                best.cost = cost;
                best.each = rcd_each(cost - prior[k] - ascii_share(w, lane, k), places);
            }
            if (whole < first) {
                second = language != best.language ? first : second;
                best.language = language;
                first = whole;
            } else if (language != best.language && whole < second) {
                second = whole;
            }
        }
    }
    if (best.cost < INT32_MAX / 2) {
        rcd_readings_add(out, best.charset, best.language, out->texts + text, best.cost,
                         best.cost + (second - first), w->named ? unnamed - best.cost : 0,
                         w->scored, best.each, RCD_READ_WHOLE);
    }
}

static int has_live(const rcd_single_work *w, unsigned text)
{
    unsigned n = w->text[text].lane;
    while (n != RCD_SINGLE_NONE && !w->lane[n].live) {
        n = w->lane[n].next;
    }
    return n != RCD_SINGLE_NONE;
}

void rcd_single_report(rcd_single_work *w, const rcd_hints *hints, rcd_readings *out)
{
    size_t count;
    const rcd_class *classes = rcd_classes(&count);
    for (size_t c = 0; c < count; c++) {
        const unsigned text = w->text_of[c]; /* of all classes of the charset that were ranked */
        if (text == RCD_SINGLE_NONE || !has_live(w, text)) {
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
