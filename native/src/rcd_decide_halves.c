/* rcd_decide_halves.c : two legacy encodings in one file.
 *
 * Text in one encoding uses much the same bytes in all its parts; in two it hardly does. Only where
 * the halves of the excerpt differ so, each is judged by itself, and then by the other's charset:
 * both must be sure, and the charsets no names for the same text.
 */
#include "rcd_small.h"

#include <string.h>

#include "rcd_charset.h"
#include "rcd_decide.h"
#include "rcd_detector.h"
#include "rcd_dispatch.h"

#define LEAST_HIGH 32u    /* high bytes of a half, to be judged by */
#define MOST_SHARED 500u  /* thousandths of the high bytes that halves of one encoding share, least */
#define END 1024u         /* bytes of either end that are counted before all, */
#define ALIKE 650u        /* which need not be where they share so many thousandths */
#define SURE 700000u      /* confidence in each half, in millionths */
#define FAR_BEHIND 200    /* tenths of a bit that the other's charset costs more */
#define CHARSETS_MOST 1024u

typedef struct {
    const uint8_t *text;
    size_t len;
} part;

static uint32_t sum_high(const uint64_t count[256])
{
    uint64_t high = 0;
    for (unsigned b = 128u; b < 256u; b++) {
        high += count[b];
    }
    return (uint32_t)high; /* of an excerpt */
}

/* Thousandths of the high bytes that two parts share; `unknown` where one of them has too few.
 *  both  how often each high byte is in the two parts, or NULL */
static uint32_t shared_bytes(const part *a, const part *b, const uint64_t both[256],
                             uint32_t unknown)
{
    uint64_t one[256] = {0}, other[256];
    rcd_kernels_get()->histogram(one, a->text, a->len);
    const uint32_t high_one = sum_high(one);
    if (high_one < LEAST_HIGH) {
        return unknown;
    }
    if (both == NULL) {
        memset(other, 0, sizeof other);
        rcd_kernels_get()->histogram(other, b->text, b->len);
    }
    for (unsigned i = 128u; i < 256u && both != NULL; i++) {
        other[i] = both[i] - one[i];
    }
    const uint32_t high_other = sum_high(other);
    if (high_other < LEAST_HIGH) {
        return unknown;
    }
    uint32_t shared = 0;
    for (unsigned i = 128u; i < 256u; i++) {
        if (one[i] != 0 && other[i] != 0) {
            /* The smaller of two shares, of parts that are no longer than an excerpt. */
            const int less = one[i] * high_other < other[i] * high_one;
            shared += (uint32_t)(less ? one[i] : other[i]) * 1000u / (less ? high_one : high_other);
        }
    }
    return shared;
}

/* May the parts be in two encodings? Where they are, so are the start of the first and the end of the
 * second, which is less to count. */
static int may_differ(const part *first, const part *second, const uint64_t both[256])
{
    if (first->len > 2u * END && second->len > 2u * END) {
        const part start = {first->text, END};
        const part end = {second->text + second->len - END, END};
        if (shared_bytes(&start, &end, NULL, 0) > ALIKE) {
            return 0;
        }
    }
    return shared_bytes(first, second, both, 1000u) <= MOST_SHARED;
}

/* Judges a part by itself. @return its charset where that is sure, or else 0. */
static unsigned judge(rcd_detector *d, const part *p, const uint8_t *allow)
{
    rcd_options options = d->options;
    rcd_result found;
    options.sample = 1;
    options.allow = allow;
    if (rcd_detector_init_inner(d->inner, &options) != RCD_MORE) {
        return 0;
    }
    rcd_detector_feed(d->inner, p->text, p->len);
    rcd_decide(d->inner, 1, &found);
    return found.source == RCD_SOURCE_MODEL && found.confidence >= SURE && found.bad == 0
               ? found.charset : 0u;
}

/* Is a part, of those two charsets, in `own`, and nothing that anybody wrote in `other`? */
static int only_in(rcd_detector *d, const part *p, unsigned own, unsigned other)
{
    uint8_t allow[CHARSETS_MOST] = {0};
    allow[own] = allow[other] = 1;
    if (judge(d, p, allow) != own) {
        return 0;
    }
    const rcd_readings *r = &d->inner->readings;
    for (uint32_t i = 1; i < r->count; i++) {
        if (r->item[i].charset == other) {
            return r->item[i].text != r->item[0].text &&
                   r->item[i].cost - r->item[0].cost >= FAR_BEHIND;
        }
    }
    return 1;
}

/* The place of the line end that is nearest to the middle, `len` where the second half has none. */
static size_t middle_of(const uint8_t *text, size_t len)
{
    size_t after = len / 2u;
    while (after < len && text[after] != '\n') {
        after++;
    }
    const size_t reach = after - len / 2u;
    for (size_t back = 1; back < reach && back <= len / 2u; back++) {
        if (text[len / 2u - back] == '\n') {
            return len / 2u - back;
        }
    }
    return after;
}

int rcd_halves_differ(rcd_detector *d)
{
    const uint8_t *text = d->excerpt.text;
    size_t len = d->excerpt.len;
    const size_t middle = middle_of(text, len);
    if (d->inner == NULL || len - middle <= LEAST_HIGH || rcd_charset_count() >= (int)CHARSETS_MOST) {
        return 0;
    }
    const part first = {text, middle + 1u};
    const part second = {text + middle + 1u, len - middle - 1u};
    /* What has been counted of all the input need not be counted again. */
    const uint64_t *both = d->census.length <= RCD_CENSUS_HEAD && len == d->census.length
                               ? d->census.count : NULL;
    if (!may_differ(&first, &second, both)) {
        return 0;
    }
    unsigned one = judge(d, &first, d->options.allow);
    unsigned other = one != 0 ? judge(d, &second, d->options.allow) : 0u;
    if (other == 0 || one == other) {
        return 0;
    }
    int family = rcd_mb_family((int)one);
    return (family < 0 || family != rcd_mb_family((int)other)) && only_in(d, &first, one, other) &&
           only_in(d, &second, other, one);
}
