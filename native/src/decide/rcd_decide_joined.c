/* rcd_decide_joined.c : a file to whose lines in an 8-bit encoding others were appended in UTF-16, as
 * Windows PowerShell does, or to whose UTF-16 other programs have appended their bytes.
 *
 * Read as one or the other, all of it is nonsense that mostly decodes. What shows it is where the NUL
 * bytes are: none before, or behind, the end of a line, and on the other side of it in one of two lanes.
 * Only the first and the last bytes are looked at.
 */
#include "rcd_small.h"

#include <string.h>

#include "rcd_charset.h"
#include "rcd_decide.h"
#include "rcd_kernels.h"

#define LEAST 4u           /* bytes of a part */
#define LEAST_UNITS 4u     /* code units of UTF-16 */
#define LEAST_LEGACY 32u   /* bytes of a part that is not UTF-8 */
#define LINES 4u           /* ends of lines that are tried */
#define SURE 900000u       /* confidence in a part that is not UTF-8 */
#define CONFIDENCE 950000u /* in UTF-16 that is joined to something */
/* Tenths of a bit per code unit that text in UTF-16 stays below, as in rcd_decide_wide.c. */
#define CJK_LIMIT 135
#define OTHER_LIMIT 95

enum { LITTLE, BIG };

/* Where the parts are. */
typedef struct {
    int big;
    int wide_first;
    size_t at;      /* where in the bytes that are looked at the second begins, */
    int known;      /* it begins there, or else between the first and the last bytes, */
    uint64_t first; /* and how many bytes the first has; where that is not known, all or none */
} joint;

static int is_line_end(unsigned b)
{
    return b == '\n' || b == '\r';
}

static int is_mark(const uint8_t data[2])
{
    return (data[0] == 0xFFu && data[1] == 0xFEu) || (data[0] == 0xFEu && data[1] == 0xFFu);
}

/* Is it text of an 8-bit encoding, as far as its controls say? Every other byte of UTF-16 in some
 * scripts of India is a line end. */
static int is_narrow(const uint8_t *data, size_t len)
{
    size_t ends = 0;
    for (size_t i = 0; i < len; i++) {
        const unsigned b = data[i];
        if ((b < 0x20u && b != '\t' && !is_line_end(b) && b != '\f' && b != 0x1Bu) || b == 0x7Fu) {
            return 0;
        }
        ends += (size_t)is_line_end(b);
    }
    return len >= LEAST && ends * 3u <= len + 2u;
}

/* Is it text in UTF-16, with some ASCII in it? Half a code unit at the end does not count. */
static int is_wide(rcd_detector *d, const uint8_t *data, size_t len, int big)
{
    size_t n = 0, ascii = 0, high = 0;
    for (size_t i = 0; i + 2u <= len && n < RCD_TEXT_SIZE; i += 2u) {
        const uint32_t unit = big ? (uint32_t)data[i] << 8 | data[i + 1u]
                                  : (uint32_t)data[i + 1u] << 8 | data[i];
        const int low = unit >= 0xDC00u && unit < 0xE000u;
        if ((unit < 0x20u && unit != '\t' && !is_line_end(unit)) || (unit >= 0x7Fu && unit < 0xA0u) ||
            (unit >= 0xE000u && unit < 0xF900u) || unit >= 0xFFFEu || (unit == 0xFEFFu && i != 0) ||
            (i != 0 && low != (high != 0))) {
            return 0;
        }
        high = unit >= 0xD800u && unit < 0xDC00u;
        ascii += unit < 0x80u;
        d->text[n++] = unit;
    }
    if (n < LEAST_UNITS || ascii == 0 || ascii * 2u >= n) {
        return n >= LEAST_UNITS && ascii != 0;
    }
    rcd_text_score score;
    return rcd_wide_language(d, n, &score) != 0 &&
           score.cost / (int32_t)score.length <= (score.group == RCD_HANI ? CJK_LIMIT : OTHER_LIMIT);
}

/* Looks for lines of 8-bit text and UTF-16 behind them. */
static int find_wide_tail(rcd_detector *d, const uint8_t *data, size_t len, joint *found)
{
    const uint8_t *nul = memchr(data, 0, len);
    const size_t first = nul != NULL ? (size_t)(nul - data) : 0;
    unsigned tried = 0;
    if (len < LEAST || is_mark(data)) {
        return 0;
    }
    for (size_t at = first; at > LEAST && tried < LINES; at--) {
        const int marked = len - at >= 2u && is_mark(data + at);
        if (data[at - 1u] != '\n' && !marked) {
            continue;
        }
        /* The first NUL is in the second byte of a unit, or in the first. */
        const int big = marked ? data[at] == 0xFEu : (first - at) % 2u == 0;
        tried++;
        if (is_narrow(data, at) && is_wide(d, data + at, len - at, big)) {
            found->big = big;
            found->wide_first = 0;
            found->at = at;
            return 1;
        }
    }
    return 0;
}

/* Looks for lines of UTF-16 and 8-bit text behind them, which ends with a line. */
static int find_narrow_tail(rcd_detector *d, const uint8_t *data, size_t len, joint *found)
{
    size_t last = len;
    while (last > 0 && data[last - 1u] != 0) {
        last--;
    }
    if (last < 2u * LEAST_UNITS || last == len || data[len - 1u] != '\n') {
        return 0;
    }
    /* Behind LF NUL, or behind NUL LF. */
    const int big = last % 2u;
    const size_t at = big ? last + 1u : last;
    if (data[big ? last : last - 2u] != '\n' || len - at < LEAST ||
        !is_narrow(data + at, len - at) || !is_wide(d, data, at, big)) {
        return 0;
    }
    found->big = big;
    found->wide_first = 1;
    found->at = at;
    return 1;
}

/* The joint is between the first bytes and the last: are they text of the two kinds? */
static int find_gap(rcd_detector *d, const uint8_t *data, size_t len, joint *found)
{
    const size_t head = d->head_len;
    const uint8_t *tail = data + head, *nul = memchr(data, 0, head);
    const size_t rest = len - head;
    found->at = head;
    found->wide_first = nul != NULL;
    if (nul != NULL) {
        /* ASCII in the first unit, or a mark. */
        found->big = data[0] == 0 || (is_mark(data) && data[0] == 0xFEu);
        return data[len - 1u] == '\n' && is_wide(d, data, head, found->big) &&
               is_narrow(tail, rest);
    }
    nul = memchr(tail, 0, rest);
    if (nul == NULL || !is_narrow(data, head)) {
        return 0;
    }
    for (const uint8_t *p = tail; p + 1 < nul; p++) {
        if (is_line_end(*p) && !is_line_end(p[1])) {
            return 0; /* a line that ends without a NUL: the joint is behind it */
        }
    }
    /* A line that ends in NUL ends with LF NUL; where units begin follows from the last. */
    found->big = data[len - 1u] != 0;
    found->at += rest % 2u;
    return is_wide(d, data + found->at, len - found->at, found->big);
}

/* Looks for the joint in the first and the last bytes put together, which are all of a short input.
 * @return the bytes that were looked at, in `data`, 0 when there is none */
static size_t find_joint(rcd_detector *d, uint8_t data[RCD_HEAD_SIZE + RCD_TAIL_SIZE], joint *found)
{
    const uint64_t length = d->census.length;
    size_t len = d->head_len, tail = 0;
    memcpy(data, d->head, len);
    if (length > len) {
        tail = length - len < RCD_TAIL_SIZE ? (size_t)(length - len) : RCD_TAIL_SIZE;
        /* What is left out is whole code units. */
        tail -= (size_t)((length - len - tail) % 2u);
        const size_t from = (size_t)((length - tail) % RCD_TAIL_SIZE);
        const size_t part = RCD_TAIL_SIZE - from < tail ? RCD_TAIL_SIZE - from : tail;
        memcpy(data + len, d->tail + from, part);
        memcpy(data + len + part, d->tail, tail - part);
        len += tail;
    }
    const uint64_t gap = length - len;
    found->known = gap == 0 || !find_gap(d, data, len, found);
    if (len < 2u * LEAST || (found->known && !find_wide_tail(d, data, len, found) &&
                             !find_narrow_tail(d, data, len, found))) {
        return 0;
    }
    found->first = found->at + (found->at > d->head_len ? gap : 0);
    if (!found->known) {
        /* What is wide has as many NUL bytes elsewhere as where it is looked at. */
        const uint8_t *wide = data + (found->wide_first ? 0 : found->at);
        const size_t n = found->wide_first ? found->at : len - found->at;
        uint64_t nul = 0;
        for (size_t i = 0; i < n; i++) {
            nul += wide[i] == 0;
        }
        const int mostly_wide = d->census.nul * n * 2u >= length * nul;
        found->first = mostly_wide == found->wide_first ? length : 0;
    }
    return len;
}

/* What the 8-bit part is in. @return whether that is sure */
static int judge(rcd_detector *d, const uint8_t *data, size_t len, rcd_result *found)
{
    rcd_options options = d->options;
    options.sample = 1;
    if (rcd_detector_init_inner(d->inner, &options) != RCD_MORE) {
        return 0;
    }
    rcd_detector_feed(d->inner, data, len);
    rcd_decide(d->inner, 1, found);
    return found->charset == RCD_CS_UTF_8 || found->charset == RCD_CS_ASCII ||
           (len >= LEAST_LEGACY && found->charset != 0 && found->confidence >= SURE && found->bad == 0);
}

/* The end of the last whole line of the first bytes: that far they surely decode. */
static size_t last_line(const rcd_detector *d, const joint *found)
{
    const size_t width = found->wide_first ? 2u : 1u;
    size_t end = d->head_len / width * width;
    while (end > 0 && (d->head[found->big ? end - 1u : end - width] != '\n' ||
                       (width == 2u && d->head[found->big ? end - 2u : end - 1u] != 0))) {
        end -= width;
    }
    return end;
}

int rcd_decide_joined(rcd_detector *d, rcd_result *out)
{
    uint8_t data[RCD_HEAD_SIZE + RCD_TAIL_SIZE];
    joint found = {0}; /* gcc 16 does not see that it is set where there is a joint */
    rcd_result narrow;
    if (d->inner == NULL || d->census.nul < 2u) {
        return 0;
    }
    const size_t len = find_joint(d, data, &found);
    if (len == 0) {
        return 0;
    }
    const unsigned wide = found.big ? RCD_CS_UTF_16_BE : RCD_CS_UTF_16_LE;
    if (!rcd_allowed(d, wide)) {
        return 0;
    }
    const uint8_t *first = data, *second = data + found.at;
    const size_t at = found.at, rest = len - at;
    /* The first bytes are whole; what is behind them may begin inside a character. */
    const size_t whole = at < d->head_len ? at : d->head_len;
    if (!judge(d, found.wide_first ? second : first, found.wide_first ? rest : whole, &narrow)) {
        return 0;
    }
    const int first_is_larger = found.first * 2u >= d->census.length;
    out->mixed = 1;
    out->bad = 1;
    out->valid_up_to = !first_is_larger ? 0 : found.known ? found.first : last_line(d, &found);
    if (found.wide_first == first_is_larger) {
        const size_t mark = found.wide_first && is_mark(data) ? 2u : 0u;
        const size_t units = (found.wide_first ? at : rest) / 2u - mark / 2u;
        rcd_text_score score;
        is_wide(d, found.wide_first ? first + mark : second, units * 2u, found.big);
        const unsigned language = rcd_wide_language(d, units, &score);
        out->bom_len = (uint8_t)mark;
        rcd_answer(out, mark != 0 ? RCD_CS_UTF_16 : wide, language, RCD_SOURCE_STRUCTURE, CONFIDENCE);
        return 1;
    }
    rcd_answer(out, narrow.charset, narrow.language == RCD_LATER ? 0 : narrow.language, narrow.source,
               narrow.confidence > CONFIDENCE ? CONFIDENCE : narrow.confidence);
    return 1;
}
