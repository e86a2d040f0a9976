/* rcd_decide.c : from the state of the stages to an answer.
 *
 * Structure beats statistics. Order: byte order mark, UTF-16/32 by their lanes, escape sequences,
 * UTF-8 and near-UTF-8, binary; what is left is for the language models (rcd_legacy.c).
 */
#include <string.h>

#include "rcd_binary.h"
#include "rcd_chance.h"
#include "rcd_charset.h"
#include "rcd_decide.h"
#include "rcd_declared.h"
#include "rcd_detector.h"
#include "rcd_legacy.h"
#include "rcd_national.h"
#include "rcd_score.h"
#include "rcd_twin_names.h"

#define ESC 0x1Bu
/* Tenths of a bit that a byte of text with marks costs at most: between them are lists and code. */
#define MARKED_BYTE 75u
/* Millionths: what is strange in UTF-8 must be so likely in another charset, and is held for so likely then. */
#define CHANCE_LEAST 950000u
#define CHANCE_SURE 850000u
#define LIKELY 500000u /* millionths: what is binary data otherwise must be so likely as text */

void rcd_answer(rcd_result *out, unsigned charset, unsigned language, unsigned source,
                uint32_t confidence)
{
    /* Readings that were looked at on the way do not count. */
    memset(out->candidate, 0, sizeof out->candidate);
    out->count = 0;
    out->charset = (uint16_t)charset;
    out->language = (uint16_t)language;
    out->source = (uint8_t)source;
    out->confidence = confidence;
    if (charset != 0) {
        out->count = 1;
        out->candidate[0].charset = (uint16_t)charset;
        out->candidate[0].language = (uint16_t)language;
        out->candidate[0].confidence = confidence;
    }
}

static int decide_ascii(rcd_detector *d, rcd_result *out)
{
    if (d->census.first_high != UINT64_MAX) {
        return 0;
    }
    const unsigned plain = rcd_allowed(d, RCD_CS_ASCII)   ? RCD_CS_ASCII
                           : rcd_allowed(d, RCD_CS_UTF_8) ? RCD_CS_UTF_8
                                                          : RCD_CS_NONE;
    unsigned declared = d->options.declared != 0 ? d->options.declared : out->declared;
    rcd_national_hints hints = {d->options.allow, declared, 0};
    unsigned language = RCD_LATER;
    if (!d->options.later || rcd_national_asks_cost(&d->census, d->options.allow)) {
        rcd_text_score score;
        language = rcd_utf8_language(d, &score);
        int32_t length = score.length > 0 ? (int32_t)score.length : 1;
        hints.per_letter = score.language != 0 ? score.cost / length : INT32_MAX;
    }
    rcd_national_answer found;
    rcd_national_find(d->excerpt.text, d->excerpt.len, &d->census, &hints, d->text, &found);
    if (found.charset != 0) {
        found.charset = (uint16_t)rcd_twins_name(d, found.charset, found.language, declared);
        rcd_answer(out, found.charset, found.language,
                   found.charset == declared ? RCD_SOURCE_DECLARED : RCD_SOURCE_MODEL,
                   found.confidence);
    } else if (plain != RCD_CS_NONE) {
        rcd_answer(out, plain, language, RCD_SOURCE_STRUCTURE, found.confidence);
    }
    return found.charset != 0 || plain != RCD_CS_NONE;
}

/* The last bytes of the input, *len of them. */
static const uint8_t *find_tail(rcd_detector *d, size_t *len)
{
    const uint64_t length = d->census.length;
    *len = length < RCD_TAIL_SIZE ? (size_t)length : RCD_TAIL_SIZE;
    if (length <= d->head_len) {
        return d->head + (length - *len);
    }
    const size_t from = (size_t)((length - *len) % RCD_TAIL_SIZE);
    memcpy(d->last, d->tail + from, RCD_TAIL_SIZE - from);
    memcpy(d->last + RCD_TAIL_SIZE - from, d->tail, from);
    return d->last;
}

static void find_label(rcd_detector *d, rcd_result *out)
{
    size_t tail_len;
    const uint8_t *tail = find_tail(d, &tail_len);
    rcd_declaration found;
    if (rcd_declared_find(d->head, d->head_len, tail, tail_len, &found)) {
        out->declared = (uint16_t)found.charset;
    }
    if (found.kind != RCD_DECLARED_NONE) {
        uint64_t base = found.in_tail ? d->census.length - tail_len : 0;
        uint64_t offset = base + found.offset;
        out->declared_kind = (uint16_t)found.kind;
        out->declared_offset = offset > UINT32_MAX ? UINT32_MAX : (uint32_t)offset;
        out->declared_len = (uint32_t)found.len;
    }
}

/* EBCDIC has its line ends and tab among the C0 controls, its space at `@`, and no ASCII space: to
 * an ASCII eye it is binary, and Hebrew, whose letters lie below 0x80 there, is plain ASCII. */
static int may_be_ebcdic(const rcd_census *c)
{
    uint64_t others = 0, own = c->count[0x15] + c->count[0x25] + c->count[0x40];
    for (unsigned b = 1; b < 0x40u; b++) {
        others += b == 0x05u || b == 0x0Du || b == 0x15u || b == 0x25u ? 0u : c->count[b];
    }
    const uint64_t text = c->length - (rcd_census_is_filled(c) ? c->filled : 0u);
    const uint64_t all = text < rcd_census_head(c) ? text : rcd_census_head(c);
    others += text == c->length ? c->nul : 0u;
    /* A line feed is no line end in EBCDIC, and a line of @ or % is not its spaces. */
    if (c->first_high == UINT64_MAX && (c->count['\n'] != 0 || own * 2u > c->length)) {
        return 0;
    }
    /* Other controls are seldom: 255 random bytes hold sixty of them. */
    return own != 0 && own * 100u >= all && others * 16u <= all;
}

/* Answers where the input is text in EBCDIC. What has controls that stand in no other text is that or
 * none: markup and tables are ASCII mostly, and what else their bytes may be in other charsets is no
 * rival then.
 *  kind  of binary data that the input is, if it is no text in EBCDIC */
static int decide_ebcdic(rcd_detector *d, int sample, int kind, rcd_result *out)
{
    if (rcd_decide_legacy(d, sample, out) && rcd_is_ebcdic(out->charset)) {
        return 1;
    }
    if (kind == 0) {
        return 0;
    }
    uint8_t allow[RCD_CS_COUNT] = {0};
    const uint8_t *allowed = d->options.allow;
    for (unsigned charset = 1; charset < RCD_CS_COUNT; charset++) {
        allow[charset] = (uint8_t)(rcd_is_ebcdic(charset) && rcd_allowed(d, charset));
    }
    d->options.allow = allow;
    const int found = rcd_decide_legacy(d, sample, out) && rcd_is_ebcdic(out->charset) &&
                      out->confidence >= LIKELY;
    d->options.allow = allowed;
    return found;
}

static void answer_binary(const rcd_detector *d, int kind, uint32_t confidence, rcd_result *out)
{
    memset(out, 0, sizeof *out); /* a label in binary data is not its own */
    out->length = d->census.length;
    out->valid_up_to = d->census.length;
    out->non_ascii = rcd_census_high(&d->census);
    out->binary_kind = (uint8_t)kind;
    rcd_answer(out, 0, 0, RCD_SOURCE_BINARY, confidence);
}

/* What the structure of the bytes rules out, with the first place that does. Of multi-byte charsets
 * what the first bytes rule out: of the rest of an input not all are asked. */
static void list_rejected(const rcd_detector *d, int sample, rcd_result *out)
{
    uint64_t bad, first_bad;
    rcd_utf8_end(&d->utf8, sample, &bad, &first_bad);
    if (bad > 0 && out->charset != RCD_CS_UTF_8) {
        rcd_rejection *entry = &out->rejected[out->rejections++];
        entry->charset = RCD_CS_UTF_8;
        entry->offset = first_bad;
    }
    const int own = rcd_mb_family(out->charset);
    for (int f = 0; f < RCD_MB_COUNT && d->with_multibyte && out->rejections < RCD_REJECTIONS; f++) {
        if ((d->unasked >> f & 1u) == 0 &&
            rcd_mb_end(&d->multibyte[f], sample, &first_bad) == 0 && first_bad < RCD_ASK_ALL &&
            own != f) {
            rcd_rejection *entry = &out->rejected[out->rejections++];
            entry->charset = rcd_mb_members(f)[0];
            entry->offset = first_bad;
        }
    }
}

/* Each step of rcd_decide() that comes before binary data, asked whether it could answer. */
int rcd_decide_binary(rcd_detector *d, rcd_result *out)
{
    static const uint8_t mark_starts[] = {0x00, 0xEF, 0xFE, 0xFF};
    const rcd_census *c = &d->census;
    if (c->length == 0 || memchr(mark_starts, d->head[0], sizeof mark_starts) != NULL) {
        return 0;
    }
    int kind = rcd_binary_signature(d->head, d->head_len);
    if (kind != 0) {
        answer_binary(d, kind, 995000u, out);
        return 1;
    }
    kind = rcd_binary_by_census(c);
    int seven_bit = c->first_high == UINT64_MAX && c->count[0x1B] * 3u <= c->length;
    if (kind == 0 || seven_bit || may_be_ebcdic(c) || rcd_binary_may_be_marked(c) ||
        rcd_binary_may_be_filled(c) || rcd_may_be_shifted(c) || rcd_forms_any(d->head, d->head_len, c)) {
        return 0;
    }
    /* ASCII with few controls and without a NUL is never taken for UTF-16. */
    int plain = c->first_high == UINT64_MAX && c->nul == 0;
    if (!plain && d->wide.pos == 0 && !rcd_wide_none_fits(d->whole, d->whole_len)) {
        return 0;
    }
    for (int f = 0; f < RCD_WIDE_FORMS && !plain; f++) {
        if (d->wide.form[f].bad == 0 && d->wide.form[f].units > 0) {
            return 0;
        }
    }
    rcd_result joined;
    if (d->options.allow != NULL || rcd_decide_joined(d, &joined)) {
        return 0; /* what alone is allowed may be the answer all the same */
    }
    answer_binary(d, kind, 980000u, out);
    return 1;
}

int rcd_decide_structure(rcd_detector *d, int sample, rcd_result *out)
{
    memset(out, 0, sizeof *out);
    out->length = d->census.length;
    out->valid_up_to = d->census.length;
    out->non_ascii = rcd_census_high(&d->census);
    if (d->census.length == 0) {
        rcd_answer(out, RCD_CS_UTF_8, 0, RCD_SOURCE_EMPTY, 0);
        return 1;
    }
    int kind = rcd_binary_signature(d->head, d->head_len);
    if (kind == 0 && rcd_decide_joined(d, out)) {
        return 1;
    }
    if (rcd_decide_mark(d, sample, out)) {
        find_label(d, out);
        return 1;
    }
    if (kind != 0) {
        answer_binary(d, kind, 995000u, out);
        return 1;
    }
    if (rcd_decide_shifted(d, sample, out) || rcd_decide_forms(d, sample, out)) {
        return 1;
    }
    uint64_t bad, first_bad;
    rcd_utf8_end(&d->utf8, sample, &bad, &first_bad);
    /* A word in UTF-16 may be all ASCII: Thai and Cyrillic have a control for every high byte. */
    int plain = bad == 0 && (rcd_binary_may_be_filled(&d->census) ||
                             (d->census.nul == 0 && rcd_binary_by_census(&d->census) == 0));
    return !plain && (rcd_decide_utf32(d, sample, out) || rcd_decide_utf16(d, sample, out));
}

/* Answers where what the census takes for binary data is text with marks of programs in it, or with NULs
 * behind it. */
static int decide_marked(rcd_detector *d, int sample, rcd_result *out)
{
    const int filled = rcd_binary_may_be_filled(&d->census);
    if (!filled && !rcd_binary_may_be_marked(&d->census)) {
        return 0;
    }
    const rcd_result before = *out;
    if (decide_ascii(d, out) || (rcd_decide_utf8(d, sample, out) && out->bad == 0)) {
        return 1;
    }
    *out = before;
    uint8_t all[RCD_EXCERPT_SIZE];
    const uint32_t len = d->excerpt.len;
    memcpy(all, d->excerpt.text, len);
    for (uint32_t i = 0; i < len; i++) {
        const int escaped = all[i] == ESC || (i > 0 && all[i - 1u] == ESC);
        d->excerpt.text[i] = escaped || rcd_binary_is_mark(all[i]) ? '\n' : all[i];
    }
    d->begun = 0;
    const int found = rcd_decide_legacy(d, sample, out) && out->bad == 0 && out->confidence >= LIKELY &&
                      d->readings.count > 0 && d->readings.item[0].each <= MARKED_BYTE;
    memcpy(d->excerpt.text, all, len);
    d->begun = 0;
    if (!found) {
        *out = before;
    }
    return found;
}

/* Answers where a few characters of UTF-8 are rather those of another charset, see rcd_chance.h. */
static int decide_chance(rcd_detector *d, int sample, rcd_result *out)
{
    if (out->declared == RCD_CS_UTF_8 || !rcd_chance_doubts_utf8(d)) {
        return 0;
    }
    const rcd_result before = *out;
    if (!rcd_decide_legacy(d, sample, out) || out->bad > 0 || out->confidence < CHANCE_LEAST) {
        d->begun = 0;
        *out = before;
        return 0;
    }
    out->confidence = out->candidate[0].confidence = CHANCE_SURE;
    list_rejected(d, sample, out);
    return 1;
}

static void decide(rcd_detector *d, int sample, rcd_result *out)
{
    if (!d->without_structure && rcd_decide_structure(d, sample, out)) {
        return;
    }
    uint64_t bad, first_bad;
    rcd_utf8_end(&d->utf8, sample, &bad, &first_bad);
    const int kind = rcd_binary_by_census(&d->census);
    find_label(d, out);
    if (rcd_decide_escape(d, sample, out)) {
        return;
    }
    int utf8 = bad == 0 && d->utf8.characters > 0;
    if (!utf8 && may_be_ebcdic(&d->census) && decide_ebcdic(d, sample, kind, out)) {
        return;
    }
    if (kind == 0 && utf8 && decide_chance(d, sample, out)) {
        return;
    }
    if (kind == 0 && (decide_ascii(d, out) || rcd_decide_utf8(d, sample, out))) {
        if (out->bad > 0) {
            list_rejected(d, sample, out);
        }
        return;
    }
    if (kind != 0) {
        if (!decide_marked(d, sample, out) && !rcd_decide_named(d, sample, 1, out)) {
            answer_binary(d, kind, 980000u, out);
        }
        return;
    }
    if (rcd_decide_lines(d, out)) {
        list_rejected(d, sample, out);
        return;
    }
    if (rcd_decide_legacy(d, sample, out)) {
        rcd_decide_mixed(d, out);
        list_rejected(d, sample, out);
        return;
    }
    if (rcd_decide_named(d, sample, 0, out)) {
        return;
    }
    /* Nothing that is allowed decodes the input: say where the widest reading breaks. */
    out->bad = 1;
    out->valid_up_to = first_bad < d->census.first_high ? first_bad : d->census.first_high;
    out->valid_up_to = out->valid_up_to < d->census.length ? out->valid_up_to : 0;
    rcd_answer(out, rcd_allowed(d, RCD_CS_UTF_8) ? RCD_CS_UTF_8 : 0, 0, RCD_SOURCE_FALLBACK, 0);
}

void rcd_decide(rcd_detector *d, int sample, rcd_result *out)
{
    size_t len;
    rcd_excerpt_kept kept;
    const uint8_t *tail = find_tail(d, &len);
    d->ended = rcd_excerpt_end(&d->excerpt, &d->rest, tail, len, &kept);
    d->begun = d->begun && !d->ended;
    const uint32_t with_filling = d->excerpt.len;
    while (rcd_census_is_filled(&d->census) && d->excerpt.len > 0 &&
           d->excerpt.text[d->excerpt.len - 1u] == 0) {
        d->excerpt.len--;
    }
    decide(d, sample, out);
    d->excerpt.len = with_filling;
    if (d->ended) {
        rcd_excerpt_restore(&d->excerpt, &kept); /* there may come more input */
        d->begun = d->ended = 0;
    }
}
