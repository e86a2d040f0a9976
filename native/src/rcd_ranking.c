/* rcd_ranking.c : see rcd_ranking.h. The tables are those of native/gen/gen_ranking.py. */
#include "rcd_ranking.h"

#include <string.h>

#include "rcd_score.h"
#include "rcd_twins.h"
#include "recodec.h"

#include "rcd_ranking_data.h"

_Static_assert(RANKING_ALIEN == RCD_COST_ALIEN, "gen_ranking.py differs from rcd_score.h");
_Static_assert(RANKING_CLASSES <= RCD_CLASSES_MOST, "more classes than a ranking holds");

#define FEW_BYTES 20u    /* are multiplied one by one */
#define MIXED_WORD 60    /* a letter of another script beside an ASCII letter */
#define BOX_WORD 60      /* box drawing beside an ASCII letter */

const rcd_class *rcd_classes(size_t *count)
{
    *count = RANKING_CLASSES;
    return ranking_classes;
}

const rcd_byte_info *rcd_ascii_info(int latin)
{
    return ranking_ascii[latin ? 0 : 1];
}

enum { SPECIAL, LETTER, DIGIT, SIGN };

#define FOUR(kind) kind, kind, kind, kind
#define SIXTEEN(kind) FOUR(kind), FOUR(kind), FOUR(kind), FOUR(kind)
#define LETTERS FOUR(LETTER), FOUR(LETTER), FOUR(LETTER), FOUR(LETTER), FOUR(LETTER), FOUR(LETTER)

static const uint8_t kind_of[256] = {
    FOUR(SPECIAL), FOUR(SPECIAL), SPECIAL, SIGN, SIGN, SPECIAL, SPECIAL, SIGN, SPECIAL, SPECIAL,
    SIXTEEN(SPECIAL),
    SIXTEEN(SIGN),
    FOUR(DIGIT), FOUR(DIGIT), DIGIT, DIGIT, SIGN, SIGN, FOUR(SIGN),
    SIGN, LETTERS, LETTER, LETTER, FOUR(SIGN), SIGN,
    SIGN, LETTERS, LETTER, LETTER, FOUR(SIGN), SPECIAL,
    SIXTEEN(SPECIAL), SIXTEEN(SPECIAL), SIXTEEN(SPECIAL), SIXTEEN(SPECIAL),
    SIXTEEN(SPECIAL), SIXTEEN(SPECIAL), SIXTEEN(SPECIAL), SIXTEEN(SPECIAL),
};

static void set_bit(uint64_t set[4], unsigned b)
{
    set[b >> 6] |= UINT64_C(1) << (b & 63u);
}

static int has_bit(const uint64_t set[4], unsigned b)
{
    return (int)(set[b >> 6] >> (b & 63u) & 1u);
}

/* Adds the bytes that are present, ascending, of those that are special or of the others. */
static void list_bytes(rcd_tally *t, int special)
{
    for (unsigned word = 0; word < 4u; word++) {
        unsigned b = 64u * word;
        for (uint64_t bits = t->present[word]; bits != 0; bits >>= 1, b++) {
            if ((bits & 1u) != 0 && (kind_of[b] == SPECIAL) == special) {
                t->rank[b] = (uint8_t)t->byte_count;
                t->byte[t->byte_count++] = (uint8_t)b;
            }
        }
    }
}

void rcd_tally_bytes(rcd_tally *t, const uint8_t *data, size_t len, const rcd_census *census)
{
    memset(t, 0, sizeof *t);
    uint32_t after[16] = {0}; /* by the kinds of two bytes */
    unsigned before = SPECIAL;
    for (size_t i = 0; i < len; i++) {
        unsigned b = data[i];
        unsigned k = kind_of[b];
        t->count[b]++;
        set_bit(t->present, b);
        after[before * 4u + k]++;
        if (k == SPECIAL) {
            int beside = before == LETTER || (i + 1 < len && kind_of[data[i + 1]] == LETTER);
            int again = i > 0 && data[i - 1] == b;
            t->beside[b] = (uint16_t)(t->beside[b] + beside);
            t->again[b] = (uint16_t)(t->again[b] + again);
            t->joined[b >> 6] |= (uint64_t)beside << (b & 63u);
            t->doubled[b >> 6] |= (uint64_t)again << (b & 63u);
        }
        before = k;
    }
    set_bit(t->present, '\n');
    for (unsigned b = 0; b < 256u && census->length > len; b++) {
        t->present[b >> 6] |= (uint64_t)rcd_census_has(census, b) << (b & 63u);
    }
    t->digit_runs = after[DIGIT * 4 + DIGIT];
    t->sign_runs = after[SIGN * 4 + SIGN];
    uint32_t letters = 0;
    for (unsigned k = SPECIAL; k <= SIGN; k++) {
        letters += after[k * 4 + LETTER];
        t->specials += after[k * 4 + SPECIAL];
    }
    t->letters = letters != 0;
    list_bytes(t, 1);
    t->special_count = t->byte_count;
    list_bytes(t, 0);
}

/* Cheapest prior of the class's languages. */
static int32_t class_prior(const rcd_class *class, const rcd_hints *hints)
{
    size_t count;
    const rcd_pair *pairs = rcd_pairs(&count);
    rcd_pair least = {class->charset, class->least, class->group, 0, 0};
    if (hints->language == 0) {
        return rcd_prior_of(class, &least, hints);
    }
    int32_t best = INT32_MAX;
    for (unsigned n = 0; n < class->pair_count; n++) {
        const rcd_pair *pair = &pairs[class->first_pair + n];
        int32_t cost = pair->group == class->group ? rcd_prior_of(class, pair, hints) : INT32_MAX;
        best = cost < best ? cost : best;
    }
    return best;
}

static int32_t products(const int16_t *a, const int16_t *b, size_t n)
{
    int32_t sum = 0;
#if defined(RCD_SCORE_SSE2)
    __m128i sums = _mm_setzero_si128(); /* n is a multiple of eight */
    for (size_t i = 0; i < n; i += 8u) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(a + i));
        __m128i y = _mm_loadu_si128((const __m128i *)(const void *)(b + i));
        sums = _mm_add_epi32(sums, _mm_madd_epi16(x, y));
    }
    int32_t part[4];
    _mm_storeu_si128((__m128i *)(void *)part, sums);
    sum = part[0] + part[1] + part[2] + part[3];
#else
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
#endif
    return sum;
}

/* A control in a charset of the ASCII family: rare enough not to be in the tables. */
static int32_t control_cost(const rcd_class *class, unsigned b)
{
    const rcd_script *s = rcd_script_get(class->group);
    rcd_cell cell = rcd_cell_of(rcd_single_byte_table(class->charset)[b]);
    unsigned symbol = rcd_symbol_in(cell, class->group);
    int32_t cost = s->mixed[symbol];
    return cost + (int32_t)(symbol == RCD_SYM_FOREIGN ? RANKING_ALIEN : rcd_cell_cost(cell));
}

static int meets(const uint64_t one[4], const uint64_t other[4])
{
    return ((one[0] & other[0]) | (one[1] & other[1]) | (one[2] & other[2]) |
            (one[3] & other[3])) != 0;
}

/* Letter frequencies, all languages of a script taken together. Characters that are ASCII in every
 * charset count as foreign words in all but EBCDIC.
 *  most  dearer classes need not be told exactly */
static int32_t frequency_cost(const rcd_tally *t, const rcd_class *class, int32_t most)
{
    if (class->ebcdic) {
        return products(t->count, ranking_ebcdic[class->row], 256);
    }
    const int16_t *row = ranking_high[class->row];
    int32_t cost = 0;
    uint32_t first = 0; /* byte that is no control */
    while (first < t->special_count && t->byte[first] < 0x80u) {
        cost += t->count[t->byte[first]] * control_cost(class, t->byte[first]);
        first++;
    }
    if (t->special_count - first > FEW_BYTES) {
        cost += products(t->count + 128, row, 128);
    } else {
        for (uint32_t i = first; i < t->special_count; i++) {
            cost += t->count[t->byte[i]] * row[t->byte[i] - 128u];
        }
    }
    if (meets(class->box, t->doubled)) {
        for (uint32_t i = 0; i < t->special_count; i++) {
            unsigned b = t->byte[i];
            if (b >= 0x80u && has_bit(class->box, b)) {
                cost -= t->again[b] * (row[b - 128u] - 2 * RCD_COST_AGAIN);
            }
        }
    }
    /* Frames do not stand inside words. */
    if (cost < most && meets(class->box, t->joined)) {
        for (uint32_t i = 0; i < t->special_count; i++) {
            unsigned b = t->byte[i];
            cost += b >= 0x80u && has_bit(class->box, b) ? t->beside[b] * BOX_WORD : 0;
        }
    }
    if (cost < most && class->group != RCD_LATN && meets(class->letter, t->joined)) {
        for (uint32_t i = 0; i < t->special_count; i++) {
            unsigned b = t->byte[i];
            cost += b >= 0x80u && has_bit(class->letter, b) ? t->beside[b] * MIXED_WORD : 0;
        }
    }
    return cost;
}

/* What the bytes cost that are ASCII in every charset but the EBCDIC ones. */
static int32_t ascii_cost(const rcd_tally *t)
{
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    const rcd_byte_info *info = rcd_ascii_info(1);
    int32_t cost = 0;
    for (uint32_t i = t->special_count; i < t->byte_count; i++) {
        unsigned b = t->byte[i];
        int32_t each = latin->mixed[info[b] & 255u] + (int32_t)(info[b] >> 8 & 255u);
        cost += t->count[b] * each;
    }
    /* In a run, only the first says that a number or a gap begins. */
    cost -= (int32_t)t->digit_runs * (latin->mixed[RCD_SYM_DIGIT] - RCD_COST_DIGIT);
    return cost - (int32_t)t->sign_runs * (latin->mixed[RCD_SYM_BOUNDARY] - RCD_COST_AGAIN);
}

int rcd_class_fits(const rcd_tally *t, const rcd_class *class, const rcd_hints *hints)
{
    if ((class->holed || (hints->allow != NULL && hints->allow[class->charset] == 0)) &&
        !rcd_twins_fit(class->charset, hints->allow, t->present)) {
        return 0;
    }
    if (class->bytewise && hints->letters != NULL &&
        !rcd_bytewise_fits(hints->letters, class->charset, hints->sample)) {
        return 0;
    }
    return ((t->present[0] & class->missing[0]) | (t->present[1] & class->missing[1]) |
            (t->present[2] & class->missing[2]) | (t->present[3] & class->missing[3])) == 0;
}

/* Adds the classes of one family. @return the cost of the best. */
static int32_t rank_family(const rcd_tally *t, const rcd_hints *hints, int ebcdic, int32_t slack,
                           int32_t most, rcd_ranked *item, size_t *count)
{
    int32_t best = INT32_MAX / 2;
    *count = 0;
    for (unsigned c = 0; c < RANKING_CLASSES; c++) {
        const rcd_class *class = &ranking_classes[c];
        if (class->ebcdic != ebcdic || !rcd_class_fits(t, class, hints)) {
            continue;
        }
        int32_t limit = best + slack < most ? best + slack : most;
        int32_t cost = class_prior(class, hints);
        cost += frequency_cost(t, class, limit - cost);
        if (cost > limit) {
            continue;
        }
        item[*count].cost = cost;
        item[*count].class = (uint16_t)c;
        (*count)++;
        best = cost < best ? cost : best;
    }
    return best;
}

size_t rcd_rank_classes(const rcd_tally *t, const rcd_hints *hints, int32_t slack, int32_t most,
                        rcd_ranked *item)
{
    rcd_ranked other[RCD_CLASSES_MOST];
    size_t count, others;
    int32_t ascii = ascii_cost(t);
    int32_t best = rank_family(t, hints, 0, slack, most - ascii, item, &count) + ascii;
    /* The other family only where it could win at all. */
    int32_t least = products(t->count, ranking_ebcdic_least, 256) -
                    (hints->declared != 0 ? hints->bonus : 0) -
                    (hints->language != 0 ? RCD_HINT : 0);
    if (least < best) {
        int32_t found = rank_family(t, hints, 1, slack, most, other, &others);
        if (others != 0 && found < best) {
            memcpy(item, other, others * sizeof *item);
            count = others;
            best = found;
            ascii = 0;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        rcd_ranked one = item[i];
        one.cost += ascii;
        if (one.cost - best > slack) {
            continue;
        }
        size_t k = kept++;
        while (k > 0 && item[k - 1].cost > one.cost) {
            item[k] = item[k - 1];
            k--;
        }
        item[k] = one;
    }
    return kept;
}
