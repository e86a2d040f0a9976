/* rcd_decide_named.c : what the caller names, where nothing that is allowed speaks for itself.
 *
 *  Text in a set of signs, a few words of UTF-7 or plain ASCII in Shift_JIS show nothing of their
 *  charset. Whoever allows no other wants to know whether it fits, and of several which reads best.
 */
#include "rcd_small.h"

#include <string.h>

#include "rcd_charset.h"
#include "rcd_decide.h"
#include "rcd_single_byte.h"
#include "rcd_viqr.h"

/* Tenths of a bit: what plain text costs a character at most, and a short one in all; what a label
 * counts. */
#define PLAIN 45
#define PLAIN_SHORT 300
#define LABEL 300
/* Millionths, by what is read: the ASCII that the bytes look like, plain text in a language, what no
 * model knows. */
#define AS_ASCII 1000000u
#define AS_TEXT 900000u
#define AS_ANYTHING 100000u

static int is_plain(const rcd_detector *d)
{
    return d->census.first_high == UINT64_MAX;
}

/* The head as ASCII. */
static size_t as_ascii(rcd_detector *d)
{
    for (size_t i = 0; i < d->head_len; i++) {
        d->text[i] = d->head[i];
    }
    return d->head_len;
}

static size_t as_single(rcd_detector *d, unsigned charset, const uint16_t *table, int sample)
{
    if (!is_plain(d) && !rcd_bytewise_fits(&d->bytewise, charset, sample)) {
        return 0;
    }
    for (unsigned b = 0; b < 256u; b++) {
        if (table[b] == RCD_UNASSIGNED && rcd_census_has(&d->census, b)) {
            return 0;
        }
    }
    for (size_t i = 0; i < d->head_len; i++) {
        d->text[i] = table[d->head[i]];
    }
    return d->head_len;
}

/* UTF-8 that has none of what its two relatives write otherwise. */
static size_t as_utf8(rcd_detector *d, unsigned charset, int sample)
{
    uint64_t bad, first_bad;
    rcd_utf8_end(&d->utf8, sample, &bad, &first_bad);
    for (unsigned lead = 0xF0; lead <= 0xF4u && charset != RCD_CS_UTF_8; lead++) {
        bad += (uint64_t)rcd_census_has(&d->census, lead);
    }
    bad += charset == RCD_CS_MUTF_8 ? d->census.nul : 0u;
    return bad == 0 ? rcd_utf8_text(d, RCD_TEXT_SIZE) : 0;
}

static size_t as_family(rcd_detector *d, unsigned charset, int sample)
{
    if (is_plain(d)) {
        return as_ascii(d);
    }
    const int family = rcd_mb_family((int)charset), member = rcd_mb_member((int)charset);
    if (!d->with_multibyte || (d->unasked >> family & 1u) != 0 ||
        (rcd_mb_end(&d->multibyte[family], sample, NULL) >> member & 1u) == 0) {
        return 0;
    }
    size_t n = 0;
    for (size_t i = 0; i < d->head_len && n < RCD_TEXT_SIZE; n++) {
        int used = rcd_mb_next(family, d->head + i, d->head_len - i, &d->text[n]);
        if (used <= 0) {
            break;
        }
        i += (size_t)used;
    }
    return n;
}

static size_t as_escapes(rcd_detector *d, unsigned charset, int sample)
{
    if (!is_plain(d) || !rcd_escape_fits(&d->escape, charset, sample) ||
        rcd_bad_line_ends(d, charset) > 0) {
        return 0;
    }
    const unsigned mark = charset == RCD_CS_UTF_7_IMAP ? RCD_UTF7_IMAP : RCD_UTF7_PLUS;
    return charset == RCD_CS_UTF_7 || charset == RCD_CS_UTF_7_IMAP
               ? rcd_utf7_text(mark, d->head, d->head_len, d->text, RCD_TEXT_SIZE)
               : as_ascii(d);
}

static size_t as_form(rcd_detector *d, unsigned form, int sample)
{
    const int all = d->whole != NULL || d->census.length <= d->head_len;
    const uint8_t *data = d->whole != NULL ? d->whole : d->head;
    if (!all || !rcd_forms_fits(form, data, (size_t)d->census.length, sample) ||
        rcd_bad_line_ends(d, rcd_forms_charset(form)) > 0) {
        return 0;
    }
    return rcd_forms_text(form, d->head, d->head_len, d->text, RCD_TEXT_SIZE);
}

/* Whether a byte of the input is one that has no character outside the shifts. */
static int lacks_single(const rcd_detector *d, unsigned member)
{
    for (unsigned b = 0; b < 256u; b++) {
        const uint8_t byte = (uint8_t)b;
        uint32_t point;
        if (rcd_census_has(&d->census, b) && rcd_mixed_text(member, &byte, 1, &point, 1) == 1 &&
            point == RCD_UNASSIGNED) {
            return 1;
        }
    }
    return 0;
}

static size_t as_mixed(rcd_detector *d, unsigned member, int sample)
{
    uint64_t first_bad;
    const unsigned members = rcd_mixed_end(&d->mixed, sample, &first_bad);
    if (d->census.count[0x0E] != 0 ? (members >> member & 1u) == 0 : lacks_single(d, member)) {
        return 0;
    }
    size_t n = rcd_mixed_text(member, d->head, d->head_len, d->text, RCD_TEXT_SIZE);
    for (size_t i = 0; i < n; i++) {
        if (d->text[i] == 0xFFFDu) {
            return 0;
        }
    }
    return n;
}

/* The start of the text in a charset, in d->text. @return its length, 0 where a byte does not fit, or
 * nobody here can tell. */
static size_t read_as(rcd_detector *d, unsigned charset, int sample)
{
    const uint16_t *table = rcd_single_byte_table((int)charset);
    if (table != NULL) {
        return as_single(d, charset, table, sample);
    }
    if (charset == RCD_CS_UTF_8 || charset == RCD_CS_CESU_8 || charset == RCD_CS_MUTF_8) {
        return as_utf8(d, charset, sample);
    }
    if (rcd_mb_family((int)charset) >= 0) {
        return as_family(d, charset, sample);
    }
    for (unsigned k = 0; k < RCD_FORMS_COUNT; k++) {
        if (rcd_forms_charset(k) == charset) {
            return as_form(d, k, sample);
        }
    }
    for (unsigned k = 0; k < RCD_MIXED_COUNT; k++) {
        if (rcd_mixed_charset(k) == charset) {
            return as_mixed(d, k, sample);
        }
    }
    if (charset == RCD_CS_VIQR) {
        return is_plain(d) ? rcd_viqr_text(d->head, d->head_len, d->text) : 0;
    }
    return as_escapes(d, charset, sample);
}

int rcd_decide_named(rcd_detector *d, int sample, int must_read, rcd_result *out)
{
    const unsigned declared = d->options.declared != 0 ? d->options.declared : out->declared;
    unsigned best = 0;
    int32_t best_cost = INT32_MAX;
    uint32_t confidence = 0;
    for (unsigned c = 1; c < RCD_CS_COUNT && d->options.allow != NULL; c++) {
        size_t n = d->options.allow[c] != 0 ? read_as(d, c, sample) : 0;
        if (n == 0) {
            continue;
        }
        rcd_text_score score;
        rcd_score_text(d->text, n, &score);
        int ascii = is_plain(d) && n == d->head_len;
        for (size_t i = 0; i < n && ascii; i++) {
            ascii = d->text[i] == d->head[i];
        }
        int32_t most = PLAIN * (int32_t)score.length + PLAIN_SHORT;
        int reads = score.language != 0 && score.cost <= most;
        int32_t cost = score.language != 0 ? score.cost : INT32_MAX / 2;
        cost -= c == declared ? LABEL : 0;
        if (cost < best_cost && (reads || !must_read)) {
            best = c;
            best_cost = cost;
            confidence = ascii ? AS_ASCII : reads ? AS_TEXT : AS_ANYTHING;
        }
    }
    if (best == 0) {
        return 0;
    }
    rcd_text_score score;
    unsigned language = rcd_wide_language(d, read_as(d, best, sample), &score);
    rcd_answer(out, best, language, best == declared ? RCD_SOURCE_DECLARED : RCD_SOURCE_FALLBACK,
               confidence);
    return 1;
}
