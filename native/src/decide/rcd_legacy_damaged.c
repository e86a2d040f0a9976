/* rcd_legacy_damaged.c : is the text in a charset that has no character for a few of its bytes? What
 * decodes all but some damage is weighed beside what decodes all, and the answer says where it does
 * not decode. See rcd_near.h for what damage costs.
 */
#include <string.h>

#include "rcd_legacy.h"
#include "rcd_single_byte.h"

/* What a byte of ordinary text of more than a line stays below where charsets differ. */
#define POOR_BYTE 60u
/* So much dearer by letter frequency a charset that leaves some bytes open may be, to be looked at
 * beside one that does not; and in a short text. */
#define NEAR_SLACK 330
#define NEAR_SHORT 50
#define SHORT_TEXT 128u
/* Bytes of an input that are counted before it is asked again which of them still matter. */
#define COUNTED_AT_ONCE ((size_t)1 << 18)

/* May the text be in a charset that has no character for a few of its bytes? What reads as ordinary
 * text needs no such reading, but where letter frequencies like another charset better, or nearly
 * so. */
static int may_be_damaged(rcd_detector *d, int sample, unsigned declared,
                          const rcd_near_hints *near)
{
    const rcd_reading *best = d->readings.count > 0 ? &d->readings.item[0] : NULL;
    int family = best != NULL ? rcd_mb_family(best->charset) : -1;
    int32_t each = best != NULL ? best->cost / ((int32_t)best->scored + 1) : INT32_MAX;
    if (rcd_legacy_reads_ebcdic(&d->readings)) {
        return 0; /* which hardly leaves bytes open */
    }
    if (each > (family >= 0 ? RCD_PLAIN_EACH : RCD_PLAIN_BYTE)) {
        return 1;
    }
    if (family >= 0) {
        return 0;
    }
    if (best->each > POOR_BYTE && near->length >= SHORT_TEXT) {
        return 1; /* much ASCII hides how badly the rest reads */
    }
    const rcd_hints hints = rcd_legacy_hints(d, sample, declared, near);
    return rcd_rank_damaged(&d->single.tally, &d->census, best->charset,
                            near->length < SHORT_TEXT ? NEAR_SHORT : NEAR_SLACK, &hints);
}

/* Adds the readings that leave some bytes open, of the first `len` bytes of the excerpt, where one of
 * them is the best. @return what the best of them costs over the best that decodes all; and
 * in *unpriced where what is left open costs nothing. */
static int32_t add_damaged(rcd_detector *d, int sample, unsigned declared, size_t len,
                           const rcd_near_hints *near, int32_t *unpriced)
{
    rcd_readings *r = &d->readings;
    const uint32_t count = r->count;
    int32_t known = count > 0 ? r->item[0].cost : INT32_MAX / 2;
    int32_t best = INT32_MAX / 2;
    *unpriced = INT32_MAX / 2;
    rcd_legacy_damaged_families(d, sample, declared, len, near);
    rcd_hints hints = rcd_legacy_hints(d, sample, declared, near);
    hints.part = len < d->excerpt.len;
    const size_t from = d->preface;
    rcd_single_score(&d->single, d->excerpt.text + from, len - from, &d->census, &hints,
                     count > 0 ? known : INT32_MAX, r);
    known = INT32_MAX / 2;
    for (uint32_t i = 0; i < count; i++) { /* which may cost more than before, without names */
        known = r->item[i].cost < known ? r->item[i].cost : known;
    }
    for (uint32_t i = count; i < r->count; i++) {
        const uint16_t *table = rcd_single_byte_table(r->item[i].charset);
        const uint64_t bad = table != NULL ? rcd_table_bad(&d->single.tally, table, near->count)
                                           : rcd_mb_near_paid(&d->near[rcd_mb_family(r->item[i].charset)]);
        const uint64_t read = table != NULL ? rcd_table_unread(&d->single.tally, table) : 0;
        const int32_t whole = rcd_near_price(bad, near->length, read);
        /* The race counts the share of the input; what was read may hold more. */
        r->item[i].cost += whole - rcd_near_price(bad, near->length, 0);
        best = r->item[i].cost < best ? r->item[i].cost : best;
        const int32_t free = r->item[i].cost - whole;
        *unpriced = free < *unpriced ? free : *unpriced;
    }
    *unpriced -= known;
    rcd_legacy_sort(r);
    return best - known;
}

/* Did the race of what decodes all stop early, where a family that may be damaged was read to the end? What
 * they cost is not of the same bytes then. */
static int stopped_early(const rcd_detector *d)
{
    const rcd_readings *r = &d->readings;
    for (uint32_t i = 0; i < r->count && d->single.raced < d->single.touched_count; i++) {
        if (r->item[i].how == RCD_READ_DAMAGED && rcd_mb_family(r->item[i].charset) >= 0) {
            return 1;
        }
    }
    return 0;
}

/* Counts the high bytes of a whole input behind the head, as the census has not: such as it still
 * takes to know which charsets lack few bytes of it. */
static void count_strays(rcd_detector *d, rcd_near_hints *near)
{
    rcd_strays_init(&d->strays);
    memcpy(d->strays.count + 0x80, d->census.count + 0x80, 128u * sizeof d->strays.count[0]);
    near->count = d->strays.count;
    for (size_t i = RCD_CENSUS_HEAD, n; i < d->whole_len; i += n) {
        uint8_t sought[128];
        const size_t count = rcd_rank_sought(&d->single.tally, near, sought);
        if (count == 0) {
            return;
        }
        n = d->whole_len - i < COUNTED_AT_ONCE ? d->whole_len - i : COUNTED_AT_ONCE;
        rcd_strays_seek(&d->strays, sought, count, i, d->whole + i, n);
    }
}

/* Counts the high bytes of a whole input that a table leaves open. */
static void find_strays(rcd_detector *d, const uint16_t table[256])
{
    uint8_t sought[128];
    size_t count = 0;
    for (unsigned b = 0x80u; b < 0x100u; b++) {
        if (table[b] == RCD_UNASSIGNED && rcd_census_has(&d->census, b)) {
            sought[count++] = (uint8_t)b;
        }
    }
    rcd_strays_init(&d->strays);
    rcd_strays_seek(&d->strays, sought, count, 0, d->whole, d->whole_len);
}

int rcd_legacy_damaged(rcd_detector *d, int sample, unsigned declared, size_t *read)
{
    size_t len = *read;
    const uint64_t high = rcd_census_high(&d->census);
    rcd_near_hints near = {d->census.count, high, d->census.length};
    if (!d->with_multibyte || d->options.exact || high == 0 ||
        !may_be_damaged(d, sample, declared, &near)) {
        return 0;
    }
    if (d->whole != NULL) {
        count_strays(d, &near);
    } else {
        near.count = d->strays.count; /* of all the input, as the census has not */
    }
    int thorough = 0;
    int32_t unpriced = 0;
    int32_t over = add_damaged(d, sample, declared, len, &near, &unpriced);
    /* What would be no worse without the price of damage gets all there is to read: the damage may
     * be letters that stand further on. */
    while (!(thorough && len == d->excerpt.len) && (unpriced < 0 || (!thorough && stopped_early(d)))) {
        if (unpriced < 0) {
            len = len < d->excerpt.len / 4u ? len * 4u : d->excerpt.len;
        }
        thorough = 1;
        rcd_legacy_score(d, sample, declared, len, thorough);
        over = add_damaged(d, sample, declared, len, &near, &unpriced);
    }
    *read = len;
    return over < 0;
}

void rcd_legacy_report_damage(rcd_detector *d, rcd_result *out)
{
    const uint16_t *table = rcd_single_byte_table(out->charset);
    if (table == NULL) {
        const int family = rcd_mb_family(out->charset);
        const rcd_mb_near *n = &d->near[family];
        if (d->readings.item[0].how != RCD_READ_DAMAGED) {
            return;
        }
        const unsigned edition = rcd_legacy_edition(d, family);
        if (edition != 0) {
            out->charset = out->candidate[0].charset = (uint16_t)edition;
            out->bad = n->bad - n->own.codes;
            out->valid_up_to = out->bad != 0 ? n->first_strange : out->length;
            return;
        }
        out->bad = n->bad;
        out->valid_up_to = n->first_bad;
        return;
    }
    if (d->whole != NULL) {
        find_strays(d, table);
    }
    out->bad = rcd_table_bad(&d->single.tally, table, d->strays.count);
    for (unsigned b = 0x80u; b < 0x100u && out->bad != 0; b++) {
        if (table[b] == RCD_UNASSIGNED && d->strays.count[b] != 0 &&
            d->strays.first[b] < out->valid_up_to) {
            out->valid_up_to = d->strays.first[b];
        }
    }
}
