/* rcd_legacy_label.c : does a label decide that the bytes do not refute?
 *
 * Of what no model can read (pieces of words, tables of affixes, codes, the characters of a code page in
 * their order) the least bad reading is no evidence against a label that fits.
 */
#include "rcd_charset.h"
#include "rcd_legacy.h"
#include "rcd_models.h"
#include "rcd_single_byte.h"

/* From where on a label that fits says more than the models. */
#define UNREAD_IN_FAMILY 50u /* the rarest of its characters costs no more than some of it */
#define UNREAD_CHARACTER 100 /* what one of several bytes costs in text */
/* What a label costs that is true of text that no model reads, in tenths of a bit: once, each byte beyond
 * ASCII, one that is up to LABEL_FAR behind one of the two before, and one that is next to it. */
#define LABEL_COST 80
#define LABEL_BYTE 90
#define LABEL_NEAR 40
#define LABEL_FAR 8u
#define LABEL_NEXT 10
/* A page of codes begins and ends with a row, may lack some bytes, and has more than an alphabet. */
#define PAGE_ROW 16u
#define PAGE_GAP 4u
#define PAGE_LEAST 40u
/* Fewer characters of several bytes than these may be letters that stand so by chance. */
#define CHANCE_MOST 64u

/* Is what a multi-byte family reads of so few characters that bytes may be such by chance, and does the
 * declared charset have a letter for each of them? Lists of letters do, as a dictionary has of its own. */
static int may_be_letters(const rcd_detector *d, int family, unsigned declared)
{
    const uint16_t *table = rcd_single_byte_table((int)declared);
    if (table == NULL || d->multibyte[family].characters >= CHANCE_MOST) {
        return 0;
    }
    for (unsigned b = 0x80u; b < 0x100u; b++) {
        if (rcd_census_has(&d->census, b) && !rcd_is_letter_cell(rcd_cell_of(table[b]))) {
            return 0;
        }
    }
    return 1;
}

/* What the bytes beyond ASCII cost that a label is true of and no model reads: each is one of many, unless
 * they are in the order of their codes, as in tables. */
static int32_t cost_as_labelled(const rcd_detector *d, size_t len, uint32_t *high)
{
    const uint8_t *text = d->excerpt.text;
    unsigned last = 0, before = 0;
    int32_t cost = LABEL_COST;
    *high = 0;
    for (size_t i = d->preface; i < len; i++) {
        const unsigned b = text[i];
        if (b >= 0x80u) {
            const unsigned gap = b - last < b - before ? b - last : b - before; /* they wrap around */
            cost += gap <= 1u ? LABEL_NEXT : gap <= LABEL_FAR ? LABEL_NEAR : LABEL_BYTE;
            before = last;
            last = b;
            ++*high;
        }
    }
    return cost;
}

/* Does the best reading say so much against the label that it is not true? */
static int is_refuted(const rcd_detector *d, int family, unsigned declared, size_t len)
{
    const rcd_reading *best = &d->readings.item[0];
    uint32_t high;
    int32_t labelled = cost_as_labelled(d, len, &high);
    if (family >= 0) {
        return (best->each <= UNREAD_IN_FAMILY || !may_be_letters(d, family, declared)) &&
               labelled >= (int32_t)(high / 2u) * UNREAD_CHARACTER;
    }
    const uint32_t places = d->single.scored - d->single.base_count;
    labelled += places > high ? (int32_t)(places - high) * RCD_PLAIN_BYTE : 0;
    return best->each <= RCD_UNREAD_BYTE && labelled >= (int32_t)(best->each * places);
}

/* Is the best reading what the label says, or another name of that? */
static int is_as_labelled(const rcd_readings *r, unsigned declared)
{
    const int family = rcd_mb_family((int)declared);
    return rcd_legacy_has(r, declared, r->item[0].text) ||
           (family >= 0 && family == rcd_mb_family(r->item[0].charset));
}

int rcd_legacy_is_table(const rcd_detector *d, size_t len)
{
    uint32_t high;
    const int32_t labelled = cost_as_labelled(d, len, &high);
    return d->readings.item[0].each > RCD_UNREAD_BYTE && labelled <= (int32_t)high * LABEL_NEAR;
}

int rcd_legacy_is_code_page(const rcd_detector *d)
{
    const uint8_t *text = d->excerpt.text;
    uint8_t seen[128] = {0};
    unsigned last = 0;
    uint32_t count = 0;
    for (size_t i = 0; i < d->excerpt.len; i++) {
        const unsigned b = text[i];
        if (b < 0x80u || seen[b & 127u]) { /* tables may have a code again, as of the other case */
            continue;
        }
        seen[b & 127u] = 1;
        if (count == 0 ? b % PAGE_ROW != 0 : b < last || b - last > PAGE_GAP) {
            return 0;
        }
        last = b;
        count++;
    }
    return count >= PAGE_LEAST && (last + 1u) % PAGE_ROW == 0;
}

/* Does a charset have a character for each byte beyond ASCII? */
static int decodes(const rcd_detector *d, unsigned charset)
{
    const uint16_t *table = rcd_single_byte_table((int)charset);
    for (unsigned b = 0x80u; b < 0x100u && table != NULL; b++) {
        if (table[b] == RCD_UNASSIGNED && rcd_census_has(&d->census, b)) {
            return 0;
        }
    }
    return table != NULL;
}

unsigned rcd_legacy_label_meant(const rcd_detector *d, unsigned declared, size_t len)
{
    if (rcd_single_byte_table((int)declared) == NULL || decodes(d, declared) || d->readings.count == 0 ||
        !rcd_legacy_is_table(d, len)) {
        return declared;
    }
    unsigned meant = declared;
    for (unsigned c = 1; c < RCD_CS_COUNT; c++) {
        if (rcd_charset_get((int)c)->superset == declared && rcd_allowed(d, c) && decodes(d, c) &&
            (meant == declared || rcd_least_prior(c) < rcd_least_prior(meant))) {
            meant = c;
        }
    }
    return meant;
}

int rcd_legacy_weigh_label(rcd_detector *d, int sample, unsigned declared, size_t len)
{
    const rcd_readings *r = &d->readings;
    if (declared == 0 || r->count == 0) {
        return 0;
    }
    /* As letters that are listed, too, a table may be in any charset. */
    if (is_as_labelled(r, declared) ? !rcd_legacy_is_table(d, len)
                                    : is_refuted(d, rcd_mb_family(r->item[0].charset), declared, len)) {
        return 0;
    }
    d->families = ((1u << 2 * RCD_MB_COUNT) - 1u) & ~d->unasked;
    d->label = RCD_LABEL_ALONE;
    rcd_legacy_score(d, sample, declared, len, 0);
    d->label = RCD_LABEL_BONUS;
    return is_as_labelled(r, declared);
}
