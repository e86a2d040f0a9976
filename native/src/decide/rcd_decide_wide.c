/* rcd_decide_wide.c : UTF-16 and UTF-32, and what begins with a byte order mark.
 */
#include "rcd_small.h"

#include <string.h>

#include "rcd_charset.h"
#include "rcd_decide.h"
#include "rcd_spacing.h"

#define MILLION 1000000u
/* Tenths of a bit per code unit: text in UTF-16 costs less, other bytes read as UTF-16 more. */
#define WIDE_CJK_LIMIT 135
#define WIDE_OTHER_LIMIT 95
/* Most other bytes show it in the first code units: no UTF-16 of the dev split costs more than 95
 * there, of other text 1 % less than 214. */
#define GLANCE 24u
#define GLANCE_LIMIT 180
/* Units whose two bytes are the same, as those of a rule or a row of spaces in one-byte text: without a NUL
 * there is no text that has one in so many. */
#define SAME_SHARE 4u
/* Without a NUL, UTF-16 that has fewer than one byte of so many beyond ASCII is Japanese in kana, or no UTF-16:
 * a few words of ASCII and a letter, each two bytes of them a rare character. */
#define HIGH_SHARE 4u
#define FILLED_LEAST 4u /* units in front of NULs that fill a field: fewer are a number */

static inline uint32_t unit_at(const uint8_t *p, int big)
{
    return big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

/* UTF-16 or UTF-32 of the head, from byte `from`; form as in rcd_wide.h. */
static size_t wide_text(rcd_detector *d, int form, size_t from)
{
    size_t width = form >= RCD_WIDE_32LE ? 4u : 2u;
    int big = form == RCD_WIDE_16BE || form == RCD_WIDE_32BE;
    size_t n = 0;
    for (size_t i = from; i + width <= d->head_len && n < RCD_TEXT_SIZE; i += width) {
        const uint32_t unit = width == 2u ? unit_at(d->head + i, big)
                              : big       ? unit_at(d->head + i, 1) << 16 | unit_at(d->head + i + 2, 1)
                                          : unit_at(d->head + i + 2, 0) << 16 | unit_at(d->head + i, 0);
        if (width == 2 && unit >= 0xDC00u && unit <= 0xDFFFu && n > 0 &&
            d->text[n - 1] >= 0xD800u && d->text[n - 1] <= 0xDBFFu) {
            d->text[n - 1] = 0x10000u + ((d->text[n - 1] - 0xD800u) << 10) + (unit - 0xDC00u);
            continue;
        }
        d->text[n++] = unit;
    }
    rcd_blank_names(d, n);
    return n;
}

int rcd_decide_mark(rcd_detector *d, int sample, rcd_result *out)
{
    static const struct {
        uint8_t len;
        uint8_t bytes[4];
        uint16_t charset;
        int8_t form;
    } marks[] = {
        {4, {0xFF, 0xFE, 0, 0}, RCD_CS_UTF_32, RCD_WIDE_32LE},
        {4, {0, 0, 0xFE, 0xFF}, RCD_CS_UTF_32, RCD_WIDE_32BE},
        {3, {0xEF, 0xBB, 0xBF, 0}, RCD_CS_UTF_8_SIG, -1},
        {2, {0xFF, 0xFE, 0, 0}, RCD_CS_UTF_16, RCD_WIDE_16LE},
        {2, {0xFE, 0xFF, 0, 0}, RCD_CS_UTF_16, RCD_WIDE_16BE},
    };
    for (size_t m = 0; m < sizeof marks / sizeof marks[0]; m++) {
        if (d->head_len < marks[m].len || memcmp(d->head, marks[m].bytes, marks[m].len) != 0 ||
            !rcd_allowed(d, marks[m].charset)) {
            continue;
        }
        uint64_t bad, first_bad;
        unsigned language;
        if (marks[m].form < 0) {
            rcd_utf8_end(&d->utf8, sample, &bad, &first_bad);
            language = rcd_later_language(d);
            /* The mark's own three bytes are one character. */
            if (bad > 0 && (d->utf8.lost || bad >= d->utf8.characters)) {
                continue;
            }
        } else {
            rcd_wide_form form;
            rcd_wide_end(&d->wide, marks[m].form, sample, &form);
            bad = form.bad;
            first_bad = form.first_bad;
            /* The mark of UTF-32 is that of UTF-16 before a NUL. */
            if (bad * 10u > form.units + 10u || form.odd * 4u > form.units + 8u ||
                (m == 0 && bad > 0 && first_bad == marks[m].len)) {
                continue;
            }
            rcd_text_score score;
            size_t n = wide_text(d, marks[m].form, marks[m].len);
            language = rcd_wide_language(d, n, &score);
        }
        out->bom_len = marks[m].len;
        out->bad = bad;
        out->valid_up_to = bad > 0 ? first_bad : d->census.length;
        rcd_answer(out, marks[m].charset, language, RCD_SOURCE_BOM,
                   bad > 0 ? 990000u : MILLION);
        return 1;
    }
    return 0;
}

int rcd_decide_utf32(rcd_detector *d, int sample, rcd_result *out)
{
    for (int f = RCD_WIDE_32LE; f <= RCD_WIDE_32BE; f++) {
        rcd_wide_form form;
        rcd_wide_end(&d->wide, f, sample, &form);
        unsigned charset = f == RCD_WIDE_32LE ? RCD_CS_UTF_32_LE : RCD_CS_UTF_32_BE;
        if (form.units == 0 || form.bad != 0 || form.controls * 20u > form.units ||
            form.odd * 20u > form.units || !rcd_allowed(d, charset)) {
            continue;
        }
        size_t n = wide_text(d, f, 0);
        rcd_text_score score;
        unsigned language = rcd_wide_language(d, n, &score);
        /* Small numbers in 32 bits are code points, too, but nothing that anybody would say. */
        if (form.ascii * 2u < form.units &&
            (language == 0 ||
             score.cost / (int32_t)score.length >
                 (score.group == RCD_HANI ? WIDE_CJK_LIMIT + 60 : WIDE_OTHER_LIMIT + 40))) {
            continue;
        }
        rcd_answer(out, charset, language, RCD_SOURCE_STRUCTURE,
                   form.units > 2 ? 999000u : 900000u);
        return 1;
    }
    return 0;
}

/* Of a code point that comes over and over the first two: a rule of box drawing in a double-byte
 * charset is the same unit again and again, which costs nothing and is no language. */
static size_t without_rules(uint32_t *text, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (kept < 2u || text[i] < 0x80u || text[i] != text[kept - 1] ||
            text[i] != text[kept - 2]) {
            text[kept++] = text[i];
        }
    }
    return kept;
}

static int is_rows_of_bytes(const uint32_t *text, size_t n)
{
    size_t same = 0;
    for (size_t i = 0; i < n; i++) {
        same += text[i] == (text[i] & 255u) * 0x101u;
    }
    return same * SAME_SHARE > n;
}

/* Bytes without those of NULs behind all else; one more is of the last character. */
static uint64_t written_bytes(const rcd_census *c)
{
    return c->length - (c->filled & ~UINT64_C(1));
}

/* Are there NULs among these? */
static int has_nuls(const rcd_census *c) { return c->nul != (c->filled & ~UINT64_C(1)); }

/* Do the bytes read as words in ASCII, for less than what the units cost? */
static int is_rather_ascii(rcd_detector *d, int32_t per_unit)
{
    rcd_text_score score;
    size_t n = 0;
    const uint64_t end = written_bytes(&d->census);
    if (has_nuls(&d->census) || rcd_census_high(&d->census) * HIGH_SHARE >= end) {
        return 0;
    }
    for (size_t i = 0; i < d->head_len && i < end && n < RCD_TEXT_SIZE; i++) {
        d->text[n] = d->head[i];
        n += d->head[i] < 0x80u;
    }
    rcd_score_text(d->text, n, &score);
    return score.language != 0 && 2 * (score.cost / (int32_t)score.length) < per_unit;
}

/* Units of NULs behind all else, which fill a field or a buffer. */
static uint64_t filling(const rcd_detector *d, const rcd_wide_form *form)
{
    const uint64_t units = d->census.filled / 2u;
    return units < form->controls ? units : form->controls;
}

int rcd_decide_utf16(rcd_detector *d, int sample, rcd_result *out)
{
    int best = -1;
    int32_t best_cost = INT32_MAX;
    unsigned best_language = 0;
    uint64_t units = d->census.length / 2u;
    const int nuls = has_nuls(&d->census);
    if (units < 2 || (!nuls && (written_bytes(&d->census) < 12u || rcd_is_spaced(&d->census)))) {
        return 0;
    }
    for (int f = RCD_WIDE_16LE; f <= RCD_WIDE_16BE; f++) {
        const rcd_wide_form *form = &d->wide.form[f];
        unsigned charset = f == RCD_WIDE_16LE ? RCD_CS_UTF_16_LE : RCD_CS_UTF_16_BE;
        const uint64_t filled = filling(d, form);
        const uint64_t written = form->units - filled;
        if (form->units == 0 || form->bad != 0 || (form->controls - filled) * 20u > written + 8u ||
            form->odd * 20u > written || !rcd_allowed(d, charset) ||
            (filled != 0 && written < FILLED_LEAST)) {
            continue; /* a half character at the end is no evidence against the others */
        }
        size_t n = wide_text(d, f, 0);
        while (filled != 0 && n > 0 && d->text[n - 1u] == 0) {
            n--;
        }
        n = without_rules(d->text, n);
        rcd_text_score score;
        if (!nuls && is_rows_of_bytes(d->text, n)) {
            return 0; /* nor the other way round */
        }
        if (n > GLANCE && form->ascii * 2u <= written) {
            rcd_score_text(d->text, GLANCE, &score);
            if (score.language != 0 && score.cost > GLANCE_LIMIT * (int32_t)score.length) {
                continue;
            }
        }
        unsigned language = rcd_wide_language(d, n, &score);
        if (language == 0) {
            /* No letters: digits and punctuation only count when all units are ASCII. */
            if (form->ascii == written && written >= 2u && best < 0) {
                best = f;
            }
            continue;
        }
        int32_t per_unit = score.cost / (int32_t)score.length;
        int32_t limit = score.group == RCD_HANI ? WIDE_CJK_LIMIT : WIDE_OTHER_LIMIT;
        if (form->ascii * 2u > written) {
            limit *= 2; /* numbers, names, code: odd as language, plain as structure */
        } else if (n < 64) {
            limit += 40 * (64 - (int32_t)n) / 64;
        }
        if (per_unit <= limit && per_unit < best_cost) {
            best = f;
            best_cost = per_unit;
            best_language = language;
        }
    }
    if (best < 0 || (best_cost != INT32_MAX && is_rather_ascii(d, best_cost))) {
        return 0;
    }
    unsigned charset = best == RCD_WIDE_16LE ? RCD_CS_UTF_16_LE : RCD_CS_UTF_16_BE;
    rcd_wide_form whole;
    rcd_wide_end(&d->wide, best, sample, &whole);
    out->bad = whole.bad;
    out->valid_up_to = whole.bad > 0 ? whole.first_bad : d->census.length;
    rcd_answer(out, charset, best_language, RCD_SOURCE_STRUCTURE, units > 8 ? 990000u : 900000u);
    return 1;
}
