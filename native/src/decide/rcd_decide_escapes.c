/* rcd_decide_escapes.c : text that says by bytes of its own which charset comes next: the escape
 * sequences of ISO-2022 and its like, and the shifts of mixed-byte EBCDIC.
 */
#include <string.h>

#include "rcd_charset.h"
#include "rcd_decide.h"
#include "rcd_score.h"

#define GB_EACH 8 /* designations of GB 2312 to one of CNS 11643 in traditional text, at most */
/* Tenths of a bit per character between the shifts of mixed-byte EBCDIC, for the whole of a short one;
 * what a declared label counts when several charsets give nearly the same text. */
#define MIXED_LIMIT 140
#define MIXED_SHORT 400
#define MIXED_LABEL 300
#define MIXED_CLEAR 120

static unsigned language_id(const char *tag)
{
    for (int i = 1; i <= rcd_language_count(); i++) {
        if (strcmp(rcd_language_name(i), tag) == 0) {
            return (unsigned)i;
        }
    }
    return 0;
}

/* Is text in ISO-2022-CN traditional? Then it needs CNS 11643 on every line or so (each says again
 * what it uses, RFC 1922); many of its characters are in GB 2312 as well, and simplified text needs
 * nothing else. */
static int is_traditional(const rcd_detector *d)
{
    int balance = 0;
    for (size_t i = 0; i + 3 < d->head_len; i++) {
        if (memcmp(d->head + i, "\x1B$)", 3) == 0) {
            balance += d->head[i + 3] == 'G' ? GB_EACH : -1;
        }
    }
    return balance > 0;
}

static const char *language_of_escapes(const rcd_detector *d, unsigned charset)
{
    switch (charset) {
    case RCD_CS_ISO2022_KR: return "ko";
    case RCD_CS_ISO2022_CN:
    case RCD_CS_ISO2022_CN_EXT: return is_traditional(d) ? "zh-Hant" : "zh-Hans";
    case RCD_CS_HZ: return "zh-Hans";
    default: return "ja";
    }
}

int rcd_may_be_shifted(const rcd_census *c)
{
    uint64_t out = c->count[0x0E], in = c->count[0x0F];
    return out > 0 && (out == in || out == in + 1u);
}

/* Is all but one code of two bytes in its shifts a number of EBCDIC, as in a price with its currency? */
static int is_number(const rcd_census *c)
{
    uint64_t count = c->count[0x40] + c->count[0x4B] + c->count[0x6B]; /* space, point, comma */
    for (unsigned b = 0xF0; b <= 0xF9u; b++) {
        count += c->count[b];
    }
    return c->length >= 6u && count == c->length - 4u;
}

int rcd_decide_shifted(rcd_detector *d, int sample, rcd_result *out)
{
    uint64_t first_bad;
    unsigned members = rcd_mixed_end(&d->mixed, sample, &first_bad);
    if (d->census.count[0x0E] == 0 || d->mixed.characters == 0 ||
        (d->mixed.characters == 1 && !is_number(&d->census))) {
        return 0;
    }
    if (first_bad != UINT64_MAX) {
        members = d->mixed.members; /* cut inside its last code */
    }
    unsigned best = RCD_MIXED_COUNT, language = 0;
    int32_t best_cost = INT32_MAX, second = INT32_MAX;
    int32_t length = 1;
    for (unsigned m = 0; m < RCD_MIXED_COUNT; m++) {
        unsigned charset = rcd_mixed_charset(m), page = rcd_mixed_charset(rcd_mixed_page(m));
        if ((members & (1u << m)) == 0 || !rcd_allowed(d, charset) ||
            (page != charset && (members & (1u << rcd_mixed_page(m))) != 0 &&
             rcd_allowed(d, page))) {
            continue; /* of a page and its edition the former, where it has all codes */
        }
        size_t n = rcd_mixed_text(m, d->head, d->head_len, d->text, RCD_TEXT_SIZE);
        n += rcd_mixed_text(m, d->mixed.single, d->mixed.singles, d->text + n, RCD_TEXT_SIZE - n);
        int32_t cost[RCD_HANI_COLUMNS];
        rcd_score_hani(d->text, n, cost);
        size_t count;
        const rcd_pair *pairs = rcd_pairs(&count);
        for (size_t p = 0; p < count; p++) {
            if (pairs[p].charset != page || pairs[p].group != RCD_HANI) {
                continue;
            }
            int32_t sum = cost[pairs[p].column] + pairs[p].cost;
            sum -= d->options.declared == charset ? MIXED_LABEL : 0;
            if (sum < best_cost) {
                second = best_cost;
                best_cost = sum;
                best = m;
                language = rcd_hani_language(pairs[p].column);
                length = (int32_t)n;
            } else if (sum < second) {
                second = sum;
            }
        }
    }
    if (best == RCD_MIXED_COUNT || best_cost / length > MIXED_LIMIT + MIXED_SHORT / length) {
        return 0;
    }
    rcd_answer(out, rcd_mixed_charset(best), language, RCD_SOURCE_STRUCTURE,
               second - best_cost > MIXED_CLEAR || second == INT32_MAX ? 990000u : 850000u);
    if (first_bad != UINT64_MAX) {
        out->bad = 1;
        out->valid_up_to = first_bad;
    }
    return 1;
}

static unsigned escape_language(rcd_detector *d, unsigned charset)
{
    if (charset != RCD_CS_UTF_7 && charset != RCD_CS_UTF_7_IMAP) {
        return language_id(language_of_escapes(d, charset));
    }
    const unsigned mark = charset == RCD_CS_UTF_7 ? RCD_UTF7_PLUS : RCD_UTF7_IMAP;
    rcd_text_score score;
    return rcd_wide_language(
        d, rcd_utf7_text(mark, d->head, d->head_len, d->text, RCD_TEXT_SIZE), &score);
}

int rcd_decide_escape(rcd_detector *d, int sample, rcd_result *out)
{
    rcd_escape_verdict verdict;
    if (d->census.first_high != UINT64_MAX) {
        return 0;
    }
    rcd_escape_end(&d->escape, sample, d->options.allow, &verdict);
    unsigned charset = d->options.exact ? verdict.narrow : verdict.charset;
    if (charset == 0 || (!verdict.certain && verdict.characters < 2) ||
        (d->options.exact && rcd_bad_line_ends(d, charset) > 0)) {
        return 0;
    }
    out->bad = verdict.bad;
    out->valid_up_to = verdict.bad > 0 ? verdict.first_bad : d->census.length;
    rcd_answer(out, charset, escape_language(d, charset), RCD_SOURCE_STRUCTURE,
               verdict.certain ? 995000u : 800000u);
    rcd_report_line_ends(d, out);
    return 1;
}
