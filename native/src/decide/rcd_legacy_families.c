/* rcd_legacy_families.c : what the multi-byte families read in the excerpt, weighed by the language
 * models.
 */
#include "rcd_bits.h"
#include "rcd_charset.h"
#include "rcd_dispatch.h"
#include "rcd_jamo.h"
#include "rcd_kana.h"
#include "rcd_kana_order.h"
#include "rcd_legacy.h"
#include "rcd_score.h"

/* A multi-byte text that ends inside a character: seldom, and what random bytes do half the time. */
#define CUT_COST 70
/* And of a name or a cell more, which is whole if it is so short. */
#define CUT_SHORT 100
#define SHORT 24u /* bytes */
/* One that begins inside a character: a piece of something, which short text seldom is. */
#define BEGUN_COST 180
/* Signs of theirs, and not one letter: a degree sign and a C are an ideographic full stop. */
#define NO_LETTERS 150
#define FIRST_LETTER 0x3041u
#define FIRST_HAN 0x3400u /* up to compatibility forms; Hangul stands between */
#define FIRST_FORM 0xFF00u /* of full width */
#define FULL_WIDTH 0xFEE0u /* from an ASCII sign to its full-width form */
/* Half-width katakana, of one byte each, may be all of a text that is not ASCII: so many at least, of
 * so many kinds. */
#define HALF_WIDTH_FEW 8u
#define HALF_WIDTH_KINDS 5u
/* So many bytes of ASCII are weighed once for all families. */
#define LONG_ASCII 16u

/* Cheapest prior among the members of a family for each language; INT32_MAX = not written so.
 *  which  the members that are asked, allowed or not. @return whether there is any */
static int cheapest_priors(int family, uint32_t which, int32_t prior[RCD_HANI_COLUMNS])
{
    const uint16_t *members = rcd_mb_members(family);
    int any = 0;
    for (unsigned k = 0; k < RCD_HANI_COLUMNS; k++) {
        prior[k] = INT32_MAX;
    }
    for (size_t m = 0; members[m] != 0; m++) {
        size_t count;
        const rcd_pair *pair = rcd_pairs_of(members[m], &count);
        for (size_t p = 0; p < count && (which >> m & 1u) != 0; p++) {
            if (pair[p].group == RCD_HANI && pair[p].cost < prior[pair[p].column]) {
                prior[pair[p].column] = pair[p].cost;
                any = 1;
            }
        }
    }
    return any;
}

/* Priors of those members that decode the text and are allowed. An edition has none of its own: where only
 * it is left, those of the others are its. */
static void family_priors(int family, uint32_t left, int32_t prior[RCD_HANI_COLUMNS])
{
    if (!cheapest_priors(family, left, prior)) {
        cheapest_priors(family, UINT32_MAX, prior);
    }
}

/* Scores the excerpt, without its preface, as text of a family from byte `from` up to `len`, or to a
 * character that is cut. ASCII is not read again for every family, but for its first two characters. */
static void score_text(rcd_detector *d, int family, size_t from, size_t len, int listed,
                       rcd_jamo *jamo, rcd_kana_order *kana, rcd_family_text *out)
{
    const uint8_t *data = d->excerpt.text + d->preface;
    rcd_ascii *plain = &d->single.plain;
    size_t i = from, count = 0;
    int letters = 0;
    rcd_hani_state state;
    uint32_t han = 0, level[RCD_LEVELS] = {0};
    rcd_hani_begin(&state);
    state.listed = listed;
    for (int more = 1; more;) {
        size_t n = 0;
        unsigned ascii = 0;
        more = 0;
        while (i < len && !more) {
            uint32_t cp = data[i];
            int used = cp < 0x80u ? 1 : rcd_mb_next(family, data + i, len - i, &cp);
            if (used == 0) {
                break;
            }
            if (used > 1 && cp >= FIRST_HAN && (cp < FIRST_FORM || cp > 0xFFFFu)) {
                han++;
                level[listed ? rcd_level_of(family, data + i, used) : 0]++;
            }
            i += (size_t)(used > 0 ? used : -used);
            letters |= used > 0 && cp >= FIRST_LETTER;
            if ((jamo != NULL && rcd_jamo_take(jamo, cp)) ||
                (kana != NULL && rcd_kana_order_take(kana, cp))) {
                ascii = 0;
                continue;
            }
            if (used > 1 && cp < 0x80u) {
                cp += FULL_WIDTH; /* JIS X 0213's sign of two bytes, which others write so */
            }
            d->text[n++] = used > 0 ? cp : 0xFFFDu;
            ascii = used == 1 && cp < 0x80u ? ascii + 1u : 0u;
            more = ascii == 2u && len - i >= LONG_ASCII &&
                   ((rcd_load_bytes(data + i) | rcd_load_bytes(data + i + 8u)) & RCD_BYTE_TOPS) == 0;
        }
        if (family == RCD_MB_SHIFT_JIS || family == RCD_MB_EUC_JP) {
            n = rcd_kana_full_width(d->text, n);
        }
        rcd_hani_read(&state, d->text, n);
        count += n;
        if (more) {
            const size_t end = i + rcd_kernels_get()->ascii_run(data + i, len - i);
            rcd_hani_pass(&state, plain, data, i, end);
            count += end - i;
            i = end;
        }
    }
    if (listed) {
        rcd_hani_list_costs(&state, rcd_levels_cost(level, han), out->cost);
    } else {
        rcd_hani_costs(&state, out->cost);
    }
    out->han = han;
    out->len = (uint32_t)len;
    out->used = (uint32_t)(i - from);
    out->count = (uint32_t)count;
    out->letters = letters;
}

/* Where letters by themselves cost less than the text as it stands, it is what the text costs. */
static void take_letters(rcd_family_text *read, const rcd_family_text *without, int32_t letters)
{
    for (unsigned k = 0; k < RCD_HANI_COLUMNS; k++) {
        const int32_t cost = without->cost[k] + letters;
        read->cost[k] = cost < read->cost[k] ? cost : read->cost[k];
    }
}

/* Reads syllables of Hangul that are spelled, which the models hardly know, as letters. */
static void read_jamo(rcd_detector *d, size_t from, size_t len, rcd_family_text *read)
{
    rcd_jamo jamo;
    rcd_family_text spelled;
    if (rcd_jamo_may_be(&d->census)) {
        rcd_jamo_begin(&jamo);
        score_text(d, RCD_MB_EUC_KR, from, len, 0, &jamo, NULL, &spelled);
        take_letters(read, &spelled, rcd_jamo_cost(&jamo));
    }
}

/* And kana in their order as what the order says. */
static void read_kana(rcd_detector *d, int family, size_t from, size_t len, rcd_family_text *read)
{
    rcd_kana_order kana;
    rcd_family_text others;
    if (rcd_kana_order_may_be(d->excerpt.text + d->preface + from, len - from, family == RCD_MB_EUC_JP)) {
        rcd_kana_order_begin(&kana);
        score_text(d, family, from, len, 0, NULL, &kana, &others);
        take_letters(read, &others, kana.cost);
    }
}

/* The number of the text that is read: as a list, that of the same charset. */
static unsigned text_of(rcd_readings *r, unsigned charset, unsigned how)
{
    for (uint32_t i = 0; i < r->count && how == RCD_READ_LIST; i++) {
        if (r->item[i].charset == charset && r->item[i].how == RCD_READ_WHOLE) {
            return r->item[i].text;
        }
    }
    return r->texts++;
}

/* The charset that members of a family in `alive` are told as, where they are allowed; 0 = none is. Puts
 * these into *left. */
static unsigned charset_of(const rcd_detector *d, int family, uint32_t alive, uint32_t *left)
{
    const uint16_t *members = rcd_mb_members(family);
    unsigned charset = 0;
    *left = 0;
    for (unsigned m = 0; members[m] != 0; m++) {
        if ((alive & (1u << m)) != 0 && rcd_allowed(d, members[m])) {
            /* widest first; exact wants the last, the narrowest */
            charset = charset == 0 || d->options.exact ? members[m] : charset;
            *left |= 1u << m;
        }
    }
    return charset;
}

int32_t rcd_legacy_add_family(rcd_detector *d, int family, uint32_t alive, unsigned declared,
                              const rcd_family_text *read, int32_t extra, unsigned how)
{
    uint32_t left;
    int32_t prior[RCD_HANI_COLUMNS];
    const unsigned charset = charset_of(d, family, alive, &left);
    if (charset == 0) {
        return INT32_MAX;
    }
    const unsigned text = text_of(&d->readings, charset, how);
    family_priors(family, left, prior);
    unsigned best_language = 0;
    uint32_t each = 0;
    int32_t best = INT32_MAX / 2, second = INT32_MAX / 2;
    for (unsigned k = 0; k < RCD_HANI_COLUMNS; k++) {
        if (prior[k] == INT32_MAX) {
            continue;
        }
        unsigned language = rcd_hani_language(k);
        int32_t sum = read->cost[k] + prior[k];
        if (d->options.language != 0) {
            sum += language == d->options.language ? -60 : 60;
        }
        if (sum < best) {
            second = best;
            best = sum;
            best_language = language;
            each = rcd_each(read->cost[k], read->used);
        } else {
            second = sum < second ? sum : second;
        }
    }
    if (best_language == 0) {
        return INT32_MAX;
    }
    extra += read->letters ? 0 : NO_LETTERS;
    extra -= declared != 0 && rcd_mb_family((int)declared) == family ? d->label : 0;
    rcd_readings_add(&d->readings, charset, best_language, text, best + extra, second + extra,
                     0, read->count, each, how);
    return read->count > 0 ? best / (int32_t)read->count : INT32_MAX;
}

/* Weighs the text of a family from byte `from` behind the preface on, for the members in `alive`.
 * @return what it costs a character in tenths of a bit, INT32_MAX when there is no such text. */
static int32_t read_text(rcd_detector *d, int family, uint32_t alive, size_t from, size_t len,
                         unsigned declared, int32_t extra, unsigned how)
{
    uint32_t left;
    rcd_family_text other;
    const int kept = how == RCD_READ_WHOLE || how == RCD_READ_DAMAGED;
    rcd_family_text *read = kept ? &d->read[family] : &other;
    if (charset_of(d, family, alive, &left) == 0) {
        return INT32_MAX;
    }
    len -= d->preface;
    if (!kept || read->len != len) {
        score_text(d, family, from, len, how == RCD_READ_LIST, NULL, NULL, read);
        if (how != RCD_READ_LIST && family == RCD_MB_EUC_KR) {
            read_jamo(d, from, len, read);
        } else if (how != RCD_READ_LIST && (family == RCD_MB_SHIFT_JIS || family == RCD_MB_EUC_JP)) {
            read_kana(d, family, from, len, read);
        }
    }
    return rcd_legacy_add_family(d, family, alive, declared, read, extra, how);
}

void rcd_legacy_read_list(rcd_detector *d, int family, uint32_t alive, size_t len, unsigned declared,
                          int32_t extra)
{
    read_text(d, family, alive, 0, rcd_legacy_extent(d, len), declared, extra, RCD_READ_LIST);
}

static int32_t cut_cost(const rcd_detector *d)
{
    return CUT_COST + (d->census.length < SHORT ? CUT_SHORT : 0);
}

/* Are half-width katakana all that is not ASCII, and enough of them to be text? */
static int is_half_width(const rcd_census *c)
{
    unsigned kinds = 0;
    for (unsigned b = 0xA1u; b <= 0xDFu; b++) {
        kinds += (unsigned)rcd_census_has(c, b);
    }
    return rcd_census_high(c) >= HALF_WIDTH_FEW && kinds >= HALF_WIDTH_KINDS;
}

/* Cut inside its last character the input does not decode, but it is still that text.
 * @return as read_text() */
static int32_t read_family(rcd_detector *d, int family, int sample, unsigned declared, size_t from,
                           size_t len)
{
    const rcd_mb_state *state = from > 0 ? &d->shifted[family] : &d->multibyte[family];
    uint32_t alive = rcd_mb_end(state, sample, NULL);
    int cut = alive == 0;
    alive = cut ? rcd_mb_end(state, 1, NULL) : alive;
    if (alive == 0 || (state->characters == 0 && (family != RCD_MB_SHIFT_JIS || from > 0 ||
                                                  !is_half_width(&d->census)))) {
        return INT32_MAX;
    }
    int32_t extra = (cut ? cut_cost(d) : 0) + (from > 0 ? BEGUN_COST : 0);
    return read_text(d, family, alive, from, len, declared, extra,
                     from > 0 ? RCD_READ_SHIFTED : RCD_READ_WHOLE);
}

/* Does a lone byte 80, the sign of money of all editions that have it, stand by a number? */
static int is_money(const rcd_excerpt *e)
{
    const uint8_t *p = e->text;
    for (size_t i = 0; i < e->len; i++) {
        const unsigned before = i > 1u && p[i - 1u] == ' ' ? p[i - 2u] : i > 0 ? p[i - 1u] : 0u;
        const unsigned after = i + 2u < e->len && p[i + 1u] == ' ' ? p[i + 2u]
                               : i + 1u < e->len                   ? p[i + 1u]
                                                                   : 0u;
        if (p[i] == 0x80u &&
            ((before >= '0' && before <= '9') || (after >= '0' && after <= '9'))) {
            return 1;
        }
    }
    return 0;
}

unsigned rcd_legacy_edition(const rcd_detector *d, int family)
{
    rcd_own_codes own = d->near[family].own;
    own.codes += own.codes == 1u && is_money(&d->excerpt);
    return rcd_own_codes_edition(&own, family, d->options.allow);
}

/* As read_family(), of a family that the input is no valid text of. */
static void read_damaged(rcd_detector *d, int family, int sample, unsigned declared, size_t len,
                         const rcd_near_hints *near)
{
    const rcd_mb_near *n = &d->near[family];
    if (d->multibyte[family].first_bad == UINT64_MAX || (d->unasked >> family & 1u) != 0) {
        return;
    }
    if (d->whole != NULL) {
        rcd_mb_near_init(&d->near[family]);
        rcd_mb_near_feed(&d->near[family], family, d->whole, d->whole_len);
    }
    uint32_t alive = rcd_mb_near_end(n, sample);
    int cut = alive == 0;
    alive = cut ? rcd_mb_near_end(n, 1) : alive;
    if (alive != 0 && n->state.characters > 0) {
        /* An edition is as seldom as one damaged place. */
        const unsigned edition = rcd_legacy_edition(d, family);
        const uint64_t bad = rcd_mb_near_paid(n) + (edition != 0 ? 1u : n->own.codes);
        int32_t price = rcd_near_price(bad, near->length, 0);
        read_text(d, family, alive, 0, len, declared, price + (cut ? cut_cost(d) : 0),
                  RCD_READ_DAMAGED);
    }
}

void rcd_legacy_families(rcd_detector *d, int sample, unsigned declared, size_t len)
{
    int32_t cost[2 * RCD_MB_COUNT]; /* from the first byte, from the second */
    int32_t least = INT32_MAX, best = INT32_MAX;
    for (int k = 0; k < 2 * RCD_MB_COUNT; k++) {
        int f = k % RCD_MB_COUNT;
        size_t from = k < RCD_MB_COUNT ? 0 : 1;
        cost[k] = INT32_MAX;
        if ((d->families >> k & 1u) == 0 ||
            (from > 0 && (least < RCD_PLAIN_EACH || d->head[0] < 0x80u))) {
            continue;
        }
        if (from > 0 && d->whole != NULL && d->shifted[f].pos == 0) {
            rcd_mb_feed(&d->shifted[f], f, d->whole + 1, d->whole_len - 1);
        }
        uint32_t before = d->readings.count;
        int32_t each = read_family(d, f, sample, declared, from, len);
        least = each < least ? each : least;
        cost[k] = d->readings.count > before ? d->readings.item[before].cost : INT32_MAX;
        best = cost[k] < best ? cost[k] : best;
    }
    /* What is so far behind is not asked again when there is more to read. */
    for (int k = 0; k < 2 * RCD_MB_COUNT; k++) {
        if (cost[k] != INT32_MAX && cost[k] - best >= RCD_NO_RIVAL) {
            d->families &= ~(1u << k);
        }
    }
}

void rcd_legacy_damaged_families(rcd_detector *d, int sample, unsigned declared, size_t len,
                                 const rcd_near_hints *near)
{
    const size_t extent = rcd_legacy_single_extent(d, len);
    for (int f = 0; f < RCD_MB_COUNT; f++) {
        read_damaged(d, f, sample, declared, extent, near);
    }
}

uint32_t rcd_legacy_rivals(rcd_detector *d)
{
    int32_t cost[RCD_MB_COUNT];
    int32_t best = INT32_MAX;
    rcd_legacy_begin(d);
    size_t len = rcd_legacy_window(d);
    d->readings.count = d->readings.texts = 0;
    for (int f = 0; f < RCD_MB_COUNT; f++) {
        uint32_t before = d->readings.count;
        read_family(d, f, 1, 0, 0, len);
        cost[f] = d->readings.count > before ? d->readings.item[before].cost : INT32_MAX;
        best = cost[f] < best ? cost[f] : best;
    }
    uint32_t rivals = 0;
    for (int f = 0; f < RCD_MB_COUNT; f++) {
        int near = cost[f] != INT32_MAX && cost[f] - best < RCD_NO_RIVAL;
        rivals |= (uint32_t)near << f;
    }
    return rivals;
}
