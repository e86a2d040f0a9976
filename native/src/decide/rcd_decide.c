/* rcd_decide.c : from the state of the stages to an answer.
 *
 * Structure beats statistics. Order: byte order mark, UTF-16/32 by their lanes, escape sequences,
 * UTF-8 and near-UTF-8, binary; what is left is for the language models (rcd_legacy.c).
 */
#include <string.h>

#include "rcd_binary.h"
#include "rcd_charset.h"
#include "rcd_decide.h"
#include "rcd_declared.h"
#include "rcd_detector.h"
#include "rcd_national.h"
#include "rcd_score.h"
#include "rcd_twin_names.h"
#include "rcd_words.h"

/* Code points that the language of a structurally certain text is told from. */
#define FEW_WORDS 96u
#define SOME_WORDS 256u
#define MANY_WORDS 2048u
#define GB_EACH 8 /* designations of GB 2312 to one of CNS 11643 in traditional text, at most */
#define FAR 600 /* so far ahead of the next, a language is not asked for its words */
#define LIKELY 500000u /* millionths: what is binary data otherwise must be so likely as text */
/* Tenths of a bit per character between the shifts of mixed-byte EBCDIC, for the whole of a short one;
 * what a declared label counts when several charsets give nearly the same text. */
#define MIXED_LIMIT 140
#define MIXED_SHORT 400
#define MIXED_LABEL 300
#define MIXED_CLEAR 120

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

/* UTF-8 of the excerpt, ill-formed bytes left out: at most `most` code points. */
size_t rcd_utf8_text(rcd_detector *d, size_t most)
{
    const uint8_t *p = d->excerpt.text;
    const uint8_t *end = p + d->excerpt.len;
    size_t n = 0;
    while (p < end && n < most) {
        unsigned b = *p++;
        if (b < 0x80u) {
            d->text[n++] = b;
            continue;
        }
        if (b >= 0xC2u && b < 0xE0u && p < end && (*p & 0xC0u) == 0x80u) {
            d->text[n++] = (b & 0x1Fu) << 6 | (*p++ & 0x3Fu); /* what most alphabets are made of */
            continue;
        }
        unsigned more = b >= 0xF0u ? 3u : b >= 0xE0u ? 2u : b >= 0xC2u ? 1u : 0u;
        uint32_t cp = b & (0x3Fu >> more);
        if (more == 0 || b > 0xF4u || (size_t)(end - p) < more) {
            continue;
        }
        unsigned k = 0;
        while (k < more && (p[k] & 0xC0u) == 0x80u) {
            cp = (cp << 6) | (p[k] & 0x3Fu);
            k++;
        }
        if (k == more) {
            d->text[n++] = cp;
            p += more;
        }
    }
    return n;
}

/* Language of `len` code points in d->text. */
static unsigned text_language(const rcd_detector *d, size_t len, rcd_text_score *score)
{
    rcd_score_text(d->text, len, score);
    return d->options.language != 0 && score->language == 0 ? d->options.language
                                                             : score->language;
}

/* A few words tell most languages; near ones get more to read. */
static const struct {
    size_t most;   /* code points */
    int32_t clear; /* lead over the next language, in tenths of a bit, that is enough */
} looks[] = {{FEW_WORDS, 250}, {SOME_WORDS, 120}, {MANY_WORDS, 0}};

static int is_clear(const rcd_text_score *score, int32_t clear)
{
    return score->language != 0 && score->second - score->cost >= clear;
}

/* Near relatives are told by their words where the letters leave it open. */
static unsigned among_near(const rcd_detector *d, size_t n, unsigned language,
                           const rcd_text_score *score)
{
    if (d->options.language != 0 || is_clear(score, FAR)) {
        return language;
    }
    int same = score->has_latin && score->length == n && n <= RCD_WORDS_TEXT;
    return rcd_words_refine(d->text, n, language, same ? score->latin : NULL);
}

unsigned rcd_utf8_language(rcd_detector *d, rcd_text_score *score)
{
    unsigned language = 0;
    size_t n = 0;
    for (size_t k = 0; k < sizeof looks / sizeof looks[0]; k++) {
        n = rcd_utf8_text(d, looks[k].most);
        language = text_language(d, n, score);
        if (n < looks[k].most || is_clear(score, looks[k].clear)) {
            break;
        }
    }
    return among_near(d, n, language, score);
}

unsigned rcd_later_language(rcd_detector *d)
{
    rcd_text_score score;
    return d->options.later ? RCD_LATER : rcd_utf8_language(d, &score);
}

/* The same for `n` code points that are in d->text already. */
unsigned rcd_wide_language(const rcd_detector *d, size_t n, rcd_text_score *score)
{
    unsigned language = 0;
    for (size_t k = 0; k < sizeof looks / sizeof looks[0]; k++) {
        size_t some = n < looks[k].most ? n : looks[k].most;
        language = text_language(d, some, score);
        if (some == n || is_clear(score, looks[k].clear)) {
            break;
        }
    }
    return among_near(d, n, language, score);
}

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

/* The shifts of mixed-byte EBCDIC come in pairs; other binary data has them by chance. */
static int may_be_mixed(const rcd_census *c)
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

/* Mixed-byte EBCDIC: every byte fits its shift state, and the codes between the shifts are text. */
static int decide_shifted(rcd_detector *d, int sample, rcd_result *out)
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

static int decide_escape(rcd_detector *d, int sample, rcd_result *out)
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
    for (unsigned b = 0; b < 0x40u; b++) {
        others += b == 0x05u || b == 0x0Du || b == 0x15u || b == 0x25u ? 0u : c->count[b];
    }
    /* A line feed is no line end in EBCDIC, and a line of @ or % is not its spaces. */
    if (c->first_high == UINT64_MAX && (c->count['\n'] != 0 || own * 2u > c->length)) {
        return 0;
    }
    /* Other controls are seldom: 255 random bytes hold sixty of them. */
    return own * 100u >= rcd_census_head(c) && others * 16u <= rcd_census_head(c);
}

static int is_ebcdic(unsigned charset)
{
    const rcd_charset *c = rcd_charset_get((int)charset);
    return c != NULL && c->family == RCD_FAMILY_EBCDIC;
}

/* Answers where the input is text in EBCDIC. What has controls that stand in no other text is that or
 * none: markup and tables are ASCII mostly, and what else their bytes may be in other charsets is no
 * rival then.
 *  kind  of binary data that the input is, if it is no text in EBCDIC */
static int decide_ebcdic(rcd_detector *d, int sample, int kind, rcd_result *out)
{
    if (rcd_decide_legacy(d, sample, out) && is_ebcdic(out->charset)) {
        return 1;
    }
    if (kind == 0) {
        return 0;
    }
    uint8_t allow[RCD_CS_COUNT] = {0};
    const uint8_t *allowed = d->options.allow;
    for (unsigned charset = 1; charset < RCD_CS_COUNT; charset++) {
        allow[charset] = (uint8_t)(is_ebcdic(charset) && rcd_allowed(d, charset));
    }
    d->options.allow = allow;
    const int found = rcd_decide_legacy(d, sample, out) && is_ebcdic(out->charset) &&
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
    if (kind == 0 || seven_bit || may_be_ebcdic(c) || may_be_mixed(c) ||
        rcd_forms_any(d->head, d->head_len, c)) {
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
    if (decide_shifted(d, sample, out) || rcd_decide_forms(d, sample, out)) {
        return 1;
    }
    uint64_t bad, first_bad;
    rcd_utf8_end(&d->utf8, sample, &bad, &first_bad);
    /* A word in UTF-16 may be all ASCII: Thai and Cyrillic have a control for every high byte. */
    int plain = bad == 0 && d->census.nul == 0 && rcd_binary_by_census(&d->census) == 0;
    return !plain && (rcd_decide_utf32(d, sample, out) || rcd_decide_utf16(d, sample, out));
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
    if (decide_escape(d, sample, out)) {
        return;
    }
    int utf8 = bad == 0 && d->utf8.characters > 0;
    if (!utf8 && may_be_ebcdic(&d->census) && decide_ebcdic(d, sample, kind, out)) {
        return;
    }
    if (kind == 0 && (decide_ascii(d, out) || rcd_decide_utf8(d, sample, out))) {
        if (out->bad > 0) {
            list_rejected(d, sample, out);
        }
        return;
    }
    if (kind != 0) {
        if (!rcd_decide_named(d, sample, 1, out)) {
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
    d->ended = rcd_excerpt_end(&d->excerpt, tail, len, &kept);
    d->begun = d->begun && !d->ended;
    decide(d, sample, out);
    if (d->ended) {
        rcd_excerpt_restore(&d->excerpt, &kept); /* there may come more input */
        d->begun = d->ended = 0;
    }
}
