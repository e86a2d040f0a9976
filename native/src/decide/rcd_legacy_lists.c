/* rcd_legacy_lists.c : lists of Han characters and Hangul that form no text: of input methods, of
 * dictionaries, in the order of their codes.
 *
 * Such characters are rare in text, so that the models find single letters of another alphabet
 * cheaper, though nobody writes these either. Where nothing reads as text, each character is taken to
 * be chosen from its charset, as likely as any other or as in text; all of its bytes being pairs that
 * have a character is what a list shows.
 */
#include "rcd_legacy.h"
#include "rcd_near.h"

/* What it costs once that a text is a list; of fewer characters than LIST_FEW each that is missing costs
 * more, and fewer than LIST_LEAST are none. */
#define LIST_COST 400
#define LIST_FEW 12u
#define LIST_MISSING 60
#define LIST_LEAST 4u
/* What costs no more is text: a byte of all, or a Han character or a syllable and each other. The first
 * spares most text the second look. */
#define LIST_BYTE 45u
#define LIST_HAN 110
#define LIST_OTHER 30
/* What a character costs that is in none of the levels below. */
#define BEYOND_LEVELS 172

/* The levels of a charset: Han characters and syllables that were chosen together, as the commonest. */
typedef struct {
    uint8_t family, low, high; /* lead bytes */
    uint8_t trail;             /* the lowest trail byte */
    uint8_t size;              /* log2 of how many there are, in tenths */
} han_level;

static const han_level levels[RCD_LEVELS] = {
    {RCD_MB_SHIFT_JIS, 0x88, 0x98, 0x40, 115}, {RCD_MB_SHIFT_JIS, 0x99, 0xEA, 0x40, 117},
    {RCD_MB_EUC_JP, 0xB0, 0xCF, 0xA1, 115},    {RCD_MB_EUC_JP, 0xD0, 0xF4, 0xA1, 117},
    {RCD_MB_EUC_KR, 0xB0, 0xC8, 0xA1, 112},    {RCD_MB_EUC_KR, 0xCA, 0xFD, 0xA1, 123},
    {RCD_MB_JOHAB, 0x84, 0xD3, 0x31, 134},     {RCD_MB_JOHAB, 0xE0, 0xF9, 0x31, 123},
    {RCD_MB_GB18030, 0xB0, 0xD7, 0xA1, 119},   {RCD_MB_GB18030, 0xD8, 0xF7, 0xA1, 116},
    {RCD_MB_BIG5, 0xA4, 0xC6, 0x40, 124},      {RCD_MB_BIG5, 0xC9, 0xF9, 0x40, 129},
    {RCD_MB_EUC_TW, 0xC4, 0xFD, 0xA1, 124},
    {RCD_MB_COUNT, 0, 0, 0, BEYOND_LEVELS}, /* all others */
};

unsigned rcd_level_of(int family, const uint8_t *p, int used)
{
    unsigned k = 0;
    while (k + 1u < RCD_LEVELS &&
           (levels[k].family != family || used != 2 || p[0] < levels[k].low ||
            p[0] > levels[k].high || p[1] < levels[k].trail)) {
        k++;
    }
    return k;
}

int32_t rcd_levels_cost(const uint32_t count[RCD_LEVELS], uint32_t all)
{
    int32_t cost = 0;
    for (unsigned k = 0; k < RCD_LEVELS; k++) {
        const int32_t which = count[k] != 0 ? rcd_log2_tenths(all) - rcd_log2_tenths(count[k]) : 0;
        cost += (int32_t)count[k] * (levels[k].size + which);
    }
    return cost;
}

/* Does the best reading so far read as text? */
static int is_text(const rcd_detector *d)
{
    const rcd_reading *best = &d->readings.item[0];
    const int family = rcd_mb_family(best->charset);
    if (family < 0 || best->how != RCD_READ_WHOLE) {
        return best->each <= RCD_UNREAD_BYTE;
    }
    if (best->each <= LIST_BYTE) {
        return 1; /* kana are cheaper, and ASCII may be most of it */
    }
    const rcd_family_text *read = &d->read[family];
    const int32_t han = (int32_t)read->han, others = (int32_t)(read->count - read->han);
    return read->han == 0 || (int32_t)(best->each * read->used) <= LIST_HAN * han + LIST_OTHER * others;
}

int rcd_legacy_lists(rcd_detector *d, int sample, unsigned declared, size_t len)
{
    if (!d->with_multibyte || d->readings.count == 0 || is_text(d)) {
        return 0;
    }
    for (int f = 0; f < RCD_MB_COUNT; f++) {
        rcd_mb_state *state = &d->multibyte[f];
        if ((d->unasked >> f & 1u) != 0 && d->whole != NULL) { /* as text it could not win */
            rcd_mb_feed(state, f, d->whole + state->pos, d->whole_len - (size_t)state->pos);
        }
        const uint32_t alive = rcd_mb_end(state, sample, NULL);
        rcd_legacy_quoted(d, f, alive, declared, len);
        if (alive != 0 && state->characters >= LIST_LEAST) {
            const unsigned few = state->characters < LIST_FEW ? (unsigned)state->characters : LIST_FEW;
            rcd_legacy_read_list(d, f, alive, len, declared,
                                 LIST_COST + LIST_MISSING * (int32_t)(LIST_FEW - few));
        }
    }
    d->unasked = 0;
    rcd_legacy_sort(&d->readings);
    return d->readings.item[0].how == RCD_READ_LIST;
}
