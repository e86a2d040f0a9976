/* rcd_legacy_window.c : which part of the excerpt is scored first, and how much of it. */
#include "rcd_bits.h"
#include "rcd_legacy.h"
#include "rcd_score.h"

/* Of a preface in ASCII: */
#define CONTEXT 256u /* bytes of ASCII that are read before the first high byte, */
#define DENSE 16u    /* where a byte in so many is high from there on */
/* Scored first: the excerpt up to so many high bytes, where a family of several bytes may be it up to more
 * (of Korean pages with a Japanese title, 32 characters are no Korean), or so many bytes with some high ones
 * among them. */
#define FIRST_HIGH 64u
#define FIRST_HIGH_FAMILY 128u
#define FIRST_WINDOW 512u
#define SOME_HIGH 24u

/* Bytes of ASCII at the start of the excerpt that are not read where text of another kind comes
 * after. A long preface, or a licence, is mostly English: it would speak for charsets that English is
 * written in. */
static size_t preface(const rcd_excerpt *e)
{
    size_t high = 0;
    while (high < e->len && e->text[high] < 0x80u) {
        high++;
    }
    if (high == e->len || high < 2u * CONTEXT) {
        return 0;
    }
    size_t from = high - CONTEXT;
    while (from < high && e->text[from - 1u] != ' ' && e->text[from - 1u] != '\n') {
        from++;
    }
    size_t count = 0;
    for (size_t i = high; i < e->len; i++) {
        count += e->text[i] >> 7;
    }
    return count * DENSE >= e->len - from ? from : 0;
}

void rcd_legacy_begin(rcd_detector *d)
{
    if (d->begun) {
        return;
    }
    d->begun = 1;
    d->preface = (uint32_t)preface(&d->excerpt);
    d->single.plain.end = 0;
    d->single.base_len = d->single.raced = 0;
    for (int f = 0; f < RCD_MB_COUNT; f++) {
        d->read[f].len = 0;
    }
}

/* A top bit where a byte is not that of two before, or its neighbour before is not. */
static uint64_t news_of(const uint8_t *p)
{
    const uint64_t low = ~RCD_BYTE_TOPS;
    const uint64_t own = rcd_load_bytes(p) ^ rcd_load_bytes(p - 2);
    const uint64_t other = rcd_load_bytes(p - 1) ^ rcd_load_bytes(p - 3);
    const uint64_t either = own | other;
    return (((either & low) + low) | either) & RCD_BYTE_TOPS;
}

/* Is all of the input characters of several bytes? */
static int has_family(const rcd_detector *d)
{
    int f = 0;
    while (f < RCD_MB_COUNT &&
           (d->multibyte[f].first_bad != UINT64_MAX || d->multibyte[f].characters == 0)) {
        f++;
    }
    return d->with_multibyte && f < RCD_MB_COUNT;
}

/* As many bytes of the excerpt as begin to tell. A row of one sign, or of two in turn, as lines are drawn
 * with, counts no more than its start. */
size_t rcd_legacy_window(const rcd_detector *d)
{
    const rcd_excerpt *e = &d->excerpt;
    const uint8_t *text = e->text;
    const size_t from = d->preface;
    const size_t enough = from + FIRST_WINDOW;
    const unsigned first_high = has_family(d) ? FIRST_HIGH_FAMILY : FIRST_HIGH;
    unsigned high = 0;
    for (size_t i = from; i < e->len; i++) {
        const int behind = i >= from + 3u;
        if (e->len - i >= 8u) {
            uint64_t tops = rcd_load_bytes(text + i) & RCD_BYTE_TOPS;
            tops &= tops != 0 && behind ? news_of(text + i) : tops;
            const unsigned more = (unsigned)((tops >> 7) * RCD_BYTE_ONES >> 56);
            if (high + more < (i + 8u < enough ? first_high : SOME_HIGH)) {
                high += more;
                i += 7u;
                continue;
            }
        }
        high += text[i] >= 0x80u &&
                !(behind && text[i] == text[i - 2u] && text[i - 1u] == text[i - 3u]);
        if (high == first_high || (i + 1 >= enough && high >= SOME_HIGH)) {
            return i + 1;
        }
    }
    return e->len;
}

size_t rcd_legacy_single_extent(const rcd_detector *d, size_t len)
{
    return d->preface + rcd_single_extent(d->excerpt.text + d->preface, len - d->preface);
}

size_t rcd_legacy_extent(const rcd_detector *d, size_t len)
{
    return has_family(d) ? rcd_legacy_single_extent(d, len) : len;
}
