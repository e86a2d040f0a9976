/* rcd_wide.c : reading the stream as code units of two and four bytes, both ways round.
 *
 *  All four forms are read side by side until the bytes rule them out, which takes most text 512
 *  bytes. The rules, checked where the number of bytes seen reaches 512 and then every 4096:
 *
 *  - No control byte other than TAB, LF, FF, CR in the first 512 bytes: no wide form. Any wide text
 *    has some: NUL from spaces and line ends; the script's high byte (04, 06, 0E ...); in Chinese
 *    and Korean, whose low bytes are spread evenly, 28 values of 256 are such controls, so that
 *    256 characters have none with probability 1e-13.
 *  - From 4096 bytes on, less than one unit in 256 is ASCII or East Asian punctuation: no text has
 *    so few. This gives up 7-bit text with escape sequences, all of whose pairs are assigned
 *    ideographs.
 *  - Ill-formed units, private use, controls beyond what a damaged text could have.
 *
 *  With a byte order mark the form stays, whatever comes: then it is not a question. */
#include "rcd_wide.h"

#include <string.h>

#include "rcd_bits.h"

#if defined(__SSE2__) || defined(_M_X64)
#define WIDE_SSE2 1
#include <emmintrin.h>
#endif

#define FIRST_LOOK 512u
#define NEXT_LOOKS 4096u

#define BIT(form) (1u << (form))
#define ALL_FORMS (BIT(RCD_WIDE_FORMS) - 1u)
#define FORMS_16 (BIT(RCD_WIDE_16LE) | BIT(RCD_WIDE_16BE))

/* What a unit below 0100 counts as. */
enum { LOW_TEXT, LOW_ASCII, LOW_CONTROL };

static unsigned low_kind(unsigned unit)
{
    if (unit >= 0x20 && unit <= 0x7E) {
        return LOW_ASCII;
    }
    if (unit == 0x09 || unit == 0x0A || unit == 0x0D) {
        return LOW_ASCII;
    }
    return unit < 0xA0 ? LOW_CONTROL : LOW_TEXT;
}

/* Units with this high byte are letters of one script or another, and need no more than to be
 * counted: all but Latin-1, the marks of East Asian text, surrogates, private use and the end. */
static int only_letters(unsigned high_byte)
{
    return high_byte - 1u < 0xD7u && high_byte != 0x30;
}

/* A unit that is a character of the basic plane, no surrogate. */
static void count_basic(rcd_wide_form *f, unsigned unit)
{
    if (unit < 0x100) {
        unsigned kind = low_kind(unit);
        f->ascii += kind == LOW_ASCII;
        f->controls += kind == LOW_CONTROL;
    } else if (unit >= 0x3000 && unit <= 0x3002) {
        f->marks++;
    } else if (unit >= 0xE000) {
        f->odd += unit <= 0xF8FF || (unit >= 0xFDD0 && unit <= 0xFDEF) || unit >= 0xFFFE;
        f->marks += unit >= 0xFF01 && unit <= 0xFF1F;
    }
}

static void count_bad(rcd_wide_form *f, uint64_t offset)
{
    f->bad++;
    if (f->first_bad == UINT64_MAX) {
        f->first_bad = offset;
    }
}

static inline unsigned unit16(const uint8_t *p, int big)
{
    return big ? (unsigned)p[0] << 8 | p[1] : (unsigned)p[1] << 8 | p[0];
}

#if defined(WIDE_SSE2)
#define VECTOR_UNITS 8u

/* Units that are at least `low` and at most `high`, both below 8000. */
static inline __m128i between(__m128i x, int low, int high)
{
    return _mm_and_si128(_mm_cmpgt_epi16(x, _mm_set1_epi16((short)(low - 1))),
                         _mm_cmplt_epi16(x, _mm_set1_epi16((short)(high + 1))));
}

static inline unsigned sum_units(__m128i x)
{
    uint16_t part[VECTOR_UNITS];
    unsigned sum = 0;
    _mm_storeu_si128((__m128i *)(void *)part, x);
    for (unsigned k = 0; k < VECTOR_UNITS; k++) {
        sum += part[k];
    }
    return sum;
}

/* Counts units up to the first VECTOR_UNITS with a surrogate or what comes after, as count_basic()
 * does. @return how many, of `n`, which is no more than FIRST_LOOK */
static size_t count_units(rcd_wide_form *f, int big, const uint8_t *p, size_t n)
{
    __m128i ascii = _mm_setzero_si128(), controls = ascii, marks = ascii;
    size_t i = 0;
    for (; n - i >= VECTOR_UNITS; i += VECTOR_UNITS) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(p + 2u * i));
        if (big) {
            x = _mm_or_si128(_mm_slli_epi16(x, 8), _mm_srli_epi16(x, 8));
        }
        /* D800 and more are the signed numbers from -2800 to -1. */
        const __m128i late = _mm_and_si128(_mm_cmpgt_epi16(x, _mm_set1_epi16(-0x2801)),
                                           _mm_cmplt_epi16(x, _mm_setzero_si128()));
        if (_mm_movemask_epi8(late) != 0) {
            break;
        }
        const __m128i text = _mm_or_si128(
            _mm_or_si128(between(x, 0x20, 0x7E), between(x, 0x09, 0x0A)), between(x, 0x0D, 0x0D));
        ascii = _mm_sub_epi16(ascii, text);
        controls = _mm_sub_epi16(controls, _mm_andnot_si128(text, between(x, 0, 0x9F)));
        marks = _mm_sub_epi16(marks, between(x, 0x3000, 0x3002));
    }
    f->ascii += sum_units(ascii);
    f->controls += sum_units(controls);
    f->marks += sum_units(marks);
    return i;
}
#endif

/* `n` units from p on, the first of them at byte `offset` of the stream. */
static void feed_16(rcd_wide *w, int big, const uint8_t *p, size_t n, uint64_t offset)
{
    rcd_wide_form *f = &w->form[big ? RCD_WIDE_16BE : RCD_WIDE_16LE];
    uint8_t *waiting = &w->high[big];
    size_t i = 0;
    while (i < n) {
        if (*waiting) {
            /* Either its partner, which is eaten with it, or the one before was alone. */
            *waiting = 0;
            if ((unit16(p + 2 * i, big) & 0xFC00) == 0xDC00) {
                i++;
                continue;
            }
            count_bad(f, offset + 2 * i - 2);
        }
#if defined(WIDE_SSE2)
        i += count_units(f, big, p + 2 * i, n - i);
#endif
        const uint8_t *high_byte = p + (big ? 0 : 1);
        const uint8_t *low_byte = p + (big ? 1 : 0);
        uint64_t ascii = 0;
        while (i < n) {
            if (high_byte[2 * i] == 0 && low_byte[2 * i] - 0x20u < 0x5Fu) {
                ascii++;
            } else if (!only_letters(high_byte[2 * i])) {
                break;
            }
            i++;
        }
        f->ascii += ascii;
        if (i == n) {
            break;
        }
        unsigned unit = unit16(p + 2 * i, big);
        if ((unit & 0xF800) != 0xD800) {
            count_basic(f, unit);
        } else if (unit < 0xDC00) {
            *waiting = 1;
        } else {
            count_bad(f, offset + 2 * i);
        }
        i++;
    }
    f->units += n;
}

static void feed_32(rcd_wide *w, int big, const uint8_t *p, size_t n, uint64_t offset)
{
    rcd_wide_form *f = &w->form[big ? RCD_WIDE_32BE : RCD_WIDE_32LE];
    for (size_t i = 0; i < n; i++, p += 4) {
        uint32_t unit = big ? (uint32_t)unit16(p, 1) << 16 | unit16(p + 2, 1)
                            : (uint32_t)unit16(p + 2, 0) << 16 | unit16(p, 0);
        if (unit > 0x10FFFF || (unit >= 0xD800 && unit <= 0xDFFF)) {
            count_bad(f, offset + 4 * i);
        } else if (unit < 0x10000) {
            count_basic(f, unit);
        } else {
            /* Planes 4 to 13 hold nothing, 15 and 16 are private. */
            f->odd += (unit & 0xFFFE) == 0xFFFE || (unit >= 0x40000 && unit < 0xE0000) ||
                      unit >= 0xF0000;
        }
    }
    f->units += n;
}

static void look_for_bom(rcd_wide *w, const uint8_t *first4, size_t len)
{
    if (len == 2) {
        w->bom |= (uint8_t)(unit16(first4, 0) == 0xFEFF ? BIT(RCD_WIDE_16LE) : 0);
        w->bom |= (uint8_t)(unit16(first4, 1) == 0xFEFF ? BIT(RCD_WIDE_16BE) : 0);
    } else {
        static const uint8_t little[4] = {0xFF, 0xFE, 0, 0}, big[4] = {0, 0, 0xFE, 0xFF};
        w->bom |= (uint8_t)(memcmp(first4, little, 4) == 0 ? BIT(RCD_WIDE_32LE) : 0);
        w->bom |= (uint8_t)(memcmp(first4, big, 4) == 0 ? BIT(RCD_WIDE_32BE) : 0);
    }
}

static int implausible(const rcd_wide_form *f)
{
    return f->bad > 16 + f->units / 64 || f->odd > 16 + f->units / 16 ||
           f->controls > 16 + f->units / 2 ||
           (f->units >= NEXT_LOOKS / 4u && f->ascii + f->marks < f->units / 256);
}

/* Called when `pos` has just reached a multiple of FIRST_LOOK. */
static void give_up(rcd_wide *w)
{
    unsigned gone = w->gone;
    if (w->pos == FIRST_LOOK && !w->lanes) {
        gone |= ALL_FORMS;
    } else if (w->pos == FIRST_LOOK || w->pos % NEXT_LOOKS == 0) {
        for (unsigned f = 0; f < RCD_WIDE_FORMS; f++) {
            gone |= implausible(&w->form[f]) ? BIT(f) : 0;
        }
    }
    w->gone = (uint8_t)(gone & ~(unsigned)w->bom);
    w->dead = w->gone == ALL_FORMS;
    for (unsigned f = 0; f < RCD_WIDE_FORMS; f++) {
        if ((w->gone & BIT(f)) != 0) {
            memset(&w->form[f], 0, sizeof w->form[f]);
            w->form[f].bad = 1;
        }
    }
    w->high[0] = (w->gone & BIT(RCD_WIDE_16LE)) != 0 ? 0 : w->high[0];
    w->high[1] = (w->gone & BIT(RCD_WIDE_16BE)) != 0 ? 0 : w->high[1];
}

static int is_lane(unsigned b)
{
    return (b < 0x20 && b != 0x09 && b != 0x0A && b != 0x0C && b != 0x0D) || b == 0x7F;
}

static int has_lane(const uint8_t *data, size_t len)
{
    const uint64_t ones = RCD_BYTE_ONES;
    size_t i = 0;
#if defined(WIDE_SSE2)
    for (; len - i >= 16u; i += 16u) {
        const __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(data + i));
        const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(x, _mm_set1_epi8(0x1F)), x);
        const __m128i delete = _mm_cmpeq_epi8(x, _mm_set1_epi8(0x7F));
        unsigned left = (unsigned)_mm_movemask_epi8(_mm_or_si128(low, delete));
        for (; left != 0; left &= left - 1u) {
            if (is_lane(data[i + rcd_lowest_bit(left)])) {
                return 1;
            }
        }
    }
#endif
    while (i < len) {
        uint64_t word;
        if (len - i >= sizeof word) {
            word = rcd_load_bytes(data + i);
            uint64_t delete = word ^ ones * 0x7F;
            /* Bytes below 20 or equal to 7F, and perhaps the byte above one. */
            uint64_t low = ((word - ones * 0x20) & ~word) | ((delete - ones) & ~delete);
            for (low &= RCD_BYTE_TOPS; low != 0; low &= low - 1u) {
                if (is_lane(data[i + rcd_lowest_bit(low) / 8u])) {
                    return 1;
                }
            }
            i += sizeof word;
        } else if (is_lane(data[i++])) {
            return 1;
        }
    }
    return 0;
}

static void look_for_lanes(rcd_wide *w, const uint8_t *data, size_t len)
{
    w->lanes = (uint8_t)(w->lanes || has_lane(data, len));
}

/* No mark and no lane in the first FIRST_LOOK bytes: what reading them would come to. */
static int hopeless(const uint8_t *data)
{
    int mark = (data[0] == 0xFF && data[1] == 0xFE) || (data[0] == 0xFE && data[1] == 0xFF);
    return !mark && !has_lane(data, FIRST_LOOK);
}

/* One byte, when the position is not a multiple of four or fewer than four are left. */
static void feed_byte(rcd_wide *w, uint8_t byte)
{
    w->carry[w->carry_len++] = byte;
    w->pos++;
    if (w->carry_len % 2 == 0) {
        if (w->pos <= 4) {
            look_for_bom(w, w->carry, w->carry_len);
        }
        const uint8_t *unit = w->carry + w->carry_len - 2;
        for (int big = 0; big < 2; big++) {
            if ((w->gone & BIT(RCD_WIDE_16LE + big)) == 0) {
                feed_16(w, big, unit, 1, w->pos - 2);
            }
        }
    }
    if (w->carry_len == 4) {
        for (int big = 0; big < 2; big++) {
            if ((w->gone & BIT(RCD_WIDE_32LE + big)) == 0) {
                feed_32(w, big, w->carry, 1, w->pos - 4);
            }
        }
        w->carry_len = 0;
    }
}

void rcd_wide_init(rcd_wide *w)
{
    memset(w, 0, sizeof *w);
    for (unsigned f = 0; f < RCD_WIDE_FORMS; f++) {
        w->form[f].first_bad = UINT64_MAX;
    }
}

void rcd_wide_feed(rcd_wide *w, const uint8_t *data, size_t len)
{
    const uint64_t total = w->pos + len;
    if (w->pos == 0 && len >= FIRST_LOOK && hopeless(data)) {
        w->pos = FIRST_LOOK;
        give_up(w);
    }
    while (len > 0 && !w->dead) {
        size_t to_look = (size_t)(FIRST_LOOK - w->pos % FIRST_LOOK);
        size_t n = len < to_look ? len : to_look;
        if (w->pos < FIRST_LOOK) {
            look_for_lanes(w, data, n);
        }
        size_t i = 0;
        while (i < n && (w->carry_len != 0 || w->pos < 4)) {
            feed_byte(w, data[i++]);
        }
        size_t whole = (n - i) / 4;
        for (int big = 0; big < 2; big++) {
            if ((w->gone & BIT(RCD_WIDE_16LE + big)) == 0) {
                feed_16(w, big, data + i, 2 * whole, w->pos);
            }
            if ((w->gone & BIT(RCD_WIDE_32LE + big)) == 0) {
                feed_32(w, big, data + i, whole, w->pos);
            }
        }
        i += 4 * whole;
        w->pos += 4 * whole;
        while (i < n) {
            feed_byte(w, data[i++]);
        }
        data += n;
        len -= n;
        if (w->pos % FIRST_LOOK == 0) {
            give_up(w);
        }
    }
    w->pos = total;
    if (w->dead) {
        w->carry_len = 0;
    }
}

/* Is one of the four units in a word a surrogate? */
static int has_surrogate(uint64_t word, int big)
{
    const uint64_t units = UINT64_C(0x0001000100010001);
    const uint64_t x = (word & units * (big ? 0x00F8u : 0xF800u)) ^ units * (big ? 0x00D8u : 0xD800u);
    return ((x - units) & ~x & units << 15) != 0;
}

/* A surrogate without its partner among whole units of two bytes. */
static int has_lone_surrogate(const uint8_t *data, size_t len, int big)
{
    for (size_t i = 0; i + 4 <= len; i += 2) {
        if (len - i >= 10u && !has_surrogate(rcd_load_bytes(data + i), big)) {
            i += 6u;
            continue;
        }
        unsigned unit = unit16(data + i, big);
        if ((unit & 0xF800) == 0xD800) {
            if (unit >= 0xDC00 || (unit16(data + i + 2, big) & 0xFC00) != 0xDC00) {
                return 1;
            }
            i += 2;
        }
    }
    return 0;
}

int rcd_wide_none_fits(const uint8_t *data, size_t len)
{
    unsigned bad = 0;
    for (size_t i = 0; i + 4 <= len && bad != (BIT(RCD_WIDE_32LE) | BIT(RCD_WIDE_32BE)); i += 4) {
        bad |= data[i] != 0 || data[i + 1] > 0x10 ? BIT(RCD_WIDE_32BE) : 0;
        bad |= data[i + 3] != 0 || data[i + 2] > 0x10 ? BIT(RCD_WIDE_32LE) : 0;
    }
    return bad == (BIT(RCD_WIDE_32LE) | BIT(RCD_WIDE_32BE)) && has_lone_surrogate(data, len, 0) &&
           has_lone_surrogate(data, len, 1);
}

void rcd_wide_end(const rcd_wide *w, int form, int sample, rcd_wide_form *out)
{
    *out = w->form[form];
    if (sample || (w->gone & BIT(form)) != 0) {
        return;
    }
    unsigned cut = (FORMS_16 & BIT(form)) != 0 ? w->pos % 2 : w->pos % 4;
    if ((FORMS_16 & BIT(form)) != 0 && w->high[form == RCD_WIDE_16BE]) {
        count_bad(out, w->pos - cut - 2);
    }
    if (cut != 0) {
        count_bad(out, w->pos - cut);
    }
}
