/* rcd_ranking.c : see rcd_ranking.h. The tables are those of native/gen/gen_ranking.py. */
#include "rcd_ranking.h"

#include <string.h>

#include "rcd_bits.h"
#include "rcd_ranking_parts.h"
#include "rcd_ranking_sums.h"
#include "rcd_score.h"
#include "rcd_single_byte.h"
#include "rcd_twins.h"
#include "recodec.h"

/* The bytes of a class from 0x80 on that are letters of the script, or box drawing: apart from the
 * class, since few are asked for them. */
typedef struct {
    uint64_t letter[2];
    uint64_t box[2];
} class_signs;

#include "rcd_ranking_data.h"

_Static_assert(RANKING_ALIEN == RCD_COST_ALIEN && RANKING_GREEK_SIGN == RCD_COST_GREEK_SIGN,
               "gen_ranking.py differs from rcd_score.h");
_Static_assert(RANKING_CLASSES <= RCD_CLASSES_MOST && RANKING_CLASSES > RCD_CLASSES_MOST - 64u,
               "another number of classes than a set of them holds");
_Static_assert(RANKING_HIGH % 8 == 0 && RANKING_EBCDIC % 8 == 0 && RANKING_HIGH >= 16 &&
                   RANKING_EBCDIC >= 16, "rows by eight, sixteen at least");
_Static_assert(RANKING_HIGH <= RCD_CLASSES_MOST && RANKING_EBCDIC <= RCD_CLASSES_MOST,
               "32 bits for eight rows each, and sums for all");

#define ALL_ROWS UINT32_MAX
/* RCD_FEW_MORE hundredths of 1 / RCD_FEW_BYTES are one in so many, and in 16 bits a product with the
 * inverse, of which so many bits are dropped besides. */
#define FEW_PARTS 40
#define FEW_INVERSE 52429u
#define FEW_SHIFT 5
_Static_assert(RCD_FEW_BYTES * 100 == RCD_FEW_MORE * FEW_PARTS, "another part of a cost");
#define MIXED_WORD 60    /* a letter of another script beside an ASCII letter */
#define BUCKETS 64
/* Among ASCII, foreign letters are rarer in the commonest charsets of Latin text than letters are in
 * other scripts, and that by more than the order of letters could make good. They take part anyway. */
#define AMONG_ASCII 4    /* of so many characters, at most one is no ASCII; */
#define COMMONEST 40     /* the prior of such a charset at most */
#define EBCDIC_BYTES 4u  /* A text of less is hardly in EBCDIC: by so much for each */
#define EBCDIC_FEW 50
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

/* What a pair costs more in input that is short by `rarer` bytes: (cost - least) * rarer / FEW_PARTS. */
static int rarer_cost(unsigned cost, unsigned least, unsigned rarer)
{
    return (int)((cost - least) * rarer / FEW_PARTS);
}

#if defined(RCD_SCORE_SSE2)
/* Eight priors: the costs with `shared`, and RCD_NO_PRIOR where there is no pair. */
static inline __m128i eight_priors(const uint8_t *cost, const uint8_t *least, __m128i shared, unsigned rarer)
{
    const __m128i zero = _mm_setzero_si128();
    const __m128i own = _mm_unpacklo_epi8(_mm_loadl_epi64((const __m128i *)(const void *)cost), zero);
    const __m128i lacks = _mm_cmpeq_epi16(own, _mm_set1_epi16(RANKING_NO_PAIR));
    __m128i x = _mm_add_epi16(own, shared);
    if (rarer != 0) {
        __m128i more = _mm_unpacklo_epi8(_mm_loadl_epi64((const __m128i *)(const void *)least), zero);
        more = _mm_mullo_epi16(_mm_sub_epi16(own, more), _mm_set1_epi16((int16_t)rarer));
        more = _mm_srli_epi16(_mm_mulhi_epu16(more, _mm_set1_epi16((int16_t)FEW_INVERSE)), FEW_SHIFT);
        x = _mm_add_epi16(x, more);
    }
    const __m128i top = _mm_set1_epi16(RCD_NO_PRIOR);
    return _mm_or_si128(_mm_andnot_si128(lacks, x), _mm_and_si128(lacks, top));
}
#endif

/* prior[k] = cost[k] + shared + what input that is short by `rarer` bytes costs more, for `n` columns, or
 * RCD_NO_PRIOR; with `lower`, only where that is less than what is there. */
static inline void put_priors(const uint8_t *cost, const uint8_t *least, int16_t shared, unsigned rarer,
                              unsigned n, int lower, int16_t *restrict prior)
{
    unsigned k = 0;
#if defined(RCD_SCORE_SSE2)
    const __m128i all = _mm_set1_epi16(shared);
    for (; k + 8u <= n; k += 8u) {
        __m128i *to = (__m128i *)(void *)(prior + k);
        const __m128i x = eight_priors(cost + k, least + k, all, rarer);
        _mm_storeu_si128(to, lower ? _mm_min_epi16(_mm_loadu_si128(to), x) : x);
    }
#endif
    for (; k < n; k++) {
        const int lacks = cost[k] == RANKING_NO_PAIR;
        const int more = lacks ? 0 : rarer_cost(cost[k], least[k], rarer);
        const int16_t x = lacks ? RCD_NO_PRIOR : (int16_t)(cost[k] + shared + more);
        prior[k] = lower && prior[k] < x ? prior[k] : x;
    }
}

/* As rcd_priors_of() and rcd_priors_lower(), which is which known when it is compiled. */
static inline void priors_of(const rcd_class *class, const rcd_hints *hints, int lower,
                             int16_t prior[RCD_MAX_COLUMNS])
{
    const unsigned n = rcd_script_get(class->group)->stride;
    const uint8_t *cost = ranking_priors + class->first_prior;
    const uint8_t *least = ranking_least[class->group];
    const int16_t shared = (int16_t)rcd_prior_shared(class, hints);
    if (hints->length >= RCD_FEW_BYTES) { /* so that it is not asked for every eight */
        put_priors(cost, least, shared, 0, n, lower, prior);
    } else {
        put_priors(cost, least, shared, RCD_FEW_BYTES - (unsigned)hints->length, n, lower, prior);
    }
}

void rcd_priors_of(const rcd_class *class, const rcd_hints *hints, int16_t prior[RCD_MAX_COLUMNS])
{
    priors_of(class, hints, 0, prior);
    const rcd_script *s = rcd_script_get(class->group);
    for (unsigned k = 0; k < s->columns && hints->language != 0; k++) {
        if (prior[k] != RCD_NO_PRIOR) {
            int more = s->languages[k] == hints->language ? -RCD_HINT : RCD_HINT;
            prior[k] = (int16_t)(prior[k] + more);
        }
    }
}

void rcd_priors_lower(const rcd_class *class, const rcd_hints *hints, int16_t prior[RCD_MAX_COLUMNS])
{
    if (hints->language == 0) {
        priors_of(class, hints, 1, prior);
        return;
    }
    int16_t own[RCD_MAX_COLUMNS];
    rcd_priors_of(class, hints, own);
    for (unsigned k = 0; k < rcd_script_get(class->group)->stride; k++) {
        prior[k] = own[k] < prior[k] ? own[k] : prior[k];
    }
}

int32_t rcd_class_prior(const rcd_class *class, const rcd_hints *hints)
{
    if (hints->language == 0) {
        return class->least + rcd_prior_shared(class, hints);
    }
    int16_t prior[RCD_MAX_COLUMNS];
    int32_t best = RCD_NO_PRIOR;
    rcd_priors_of(class, hints, prior);
    for (unsigned k = 0; k < rcd_script_get(class->group)->stride; k++) {
        best = prior[k] < best ? prior[k] : best;
    }
    return best;
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

static int meets(const uint64_t one[2], const uint64_t other[2])
{
    return ((one[0] & other[0]) | (one[1] & other[1])) != 0;
}

int rcd_class_has_letter(const rcd_class *class, const uint64_t high[2])
{
    return meets(ranking_signs[class - ranking_classes].letter, high);
}

/* What signs of ASCII that a class has a second time cost more, as nothing else is of its script. */
static int32_t mirrored_cost(const rcd_tally *t, const rcd_class *class)
{
    const uint16_t *table = rcd_single_byte_table(class->charset);
    int32_t cost = 0;
    if (rcd_class_has_letter(class, t->high)) {
        return 0;
    }
    for (uint32_t i = 0; i < t->special_count; i++) {
        const unsigned b = t->byte[i];
        cost += b >= 0x80u && table[b] >= ' ' && table[b] < 0x7Fu ? t->count[b] * RCD_SECOND_ALONE : 0;
    }
    return cost;
}

/* Is there anything of what rcd_class_others() tells? */
static int has_others(const rcd_tally *t)
{
    return t->controls != 0 || (t->joined[0] | t->joined[1]) != 0;
}

int32_t rcd_class_others(const rcd_tally *t, const rcd_class *class, int32_t most)
{
    int32_t cost = 0;
    for (uint32_t i = 0; t->controls && i < t->special_count; i++) {
        cost += t->byte[i] < 0x80u && t->count[t->byte[i]] != 0
                    ? t->count[t->byte[i]] * control_cost(class, t->byte[i]) : 0;
    }
    /* Letters of another script do not stand inside ASCII words, nor do frames. */
    const uint64_t mixes = class->group != RCD_LATN ? ~UINT64_C(0) : 0;
    if (!class->boxed && mixes == 0) {
        return cost;
    }
    const class_signs *signs = &ranking_signs[class - ranking_classes];
    for (unsigned word = 0; word < 2u; word++) {
        const uint64_t letters = signs->letter[word] & mixes & t->joined[word];
        const uint64_t boxes = signs->box[word] & t->joined[word];
        for (uint64_t left = letters | boxes; left != 0 && cost < most; left &= left - 1u) {
            const unsigned bit = rcd_lowest_bit(left);
            cost += t->beside[128u + word * 64u + bit] * ((int32_t)(boxes >> bit & 1u) * BOX_WORD +
                                                          (int32_t)(letters >> bit & 1u) * MIXED_WORD);
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

/* May the class be answered? `present` has a bit for each byte that must have a character. */
static int is_asked(const rcd_class *class, const rcd_hints *hints, const uint64_t present[4])
{
    if ((class->holed || (hints->allow != NULL && hints->allow[class->charset] == 0)) &&
        !rcd_twins_fit(class->charset, hints->allow, hints->exact, present)) {
        return 0;
    }
    return !class->bytewise || hints->letters == NULL ||
           rcd_bytewise_fits(hints->letters, class->charset, hints->sample);
}

unsigned rcd_first_class(unsigned charset)
{
    unsigned low = 0, high = RANKING_CLASSES;
    while (low < high) {
        const unsigned middle = (low + high) / 2u;
        if (ranking_classes[middle].charset < charset) {
            low = middle + 1u;
        } else {
            high = middle;
        }
    }
    return low;
}

void rcd_class_sums(const rcd_tally *t, uint32_t asked, int32_t sum[RCD_CLASSES_MOST])
{
    rcd_rank_sums(t, ranking_high[0], NULL, RANKING_HIGH, 128u, asked, sum);
}

int rcd_rank_bytes(const rcd_tally *t, unsigned charset, unsigned group, int16_t cost[256])
{
    unsigned c = rcd_first_class(charset);
    while (c < RANKING_CLASSES && ranking_classes[c].charset == charset &&
           ranking_classes[c].group != group) {
        c++;
    }
    if (c == RANKING_CLASSES || ranking_classes[c].charset != charset || ranking_classes[c].ebcdic) {
        return 0;
    }
    for (uint32_t i = 0; i < t->special_count; i++) {
        const unsigned b = t->byte[i];
        cost[b] = b >= 0x80u ? ranking_high[b - 128u][ranking_classes[c].row] : 0;
    }
    return 1;
}

/* Which classes of a family are ranked, and how far behind the best. */
typedef struct {
    int ebcdic;
    int32_t slack; /* over the best, */
    int32_t most;  /* and no more than this at all */
    int32_t least; /* what the family's table leaves out of every row */
    int among_ascii; /* see AMONG_ASCII */
} ranked_family;

/* Is a class ranked however much it costs? */
static int stays(const rcd_class *class, int among_ascii)
{
    return among_ascii && class->group == RCD_LATN && class->least <= COMMONEST;
}

/* Marks the classes of a family that lack no byte, or may. @return whether there are any */
static int mark_asked(const rcd_tally *t, const rcd_hints *hints, int ebcdic, uint64_t asked[RCD_CLASS_WORDS])
{
    if (hints->near != NULL) {
        return !ebcdic && rcd_damaged_classes(t, hints->near, asked);
    }
    for (unsigned word = 0; word < RCD_CLASS_WORDS; word++) {
        uint64_t out = ebcdic ? ~rcd_ranking_is_ebcdic[word] : rcd_ranking_is_ebcdic[word];
        for (uint32_t i = 0; i < t->byte_count; i++) {
            out |= rcd_ranking_lacking[t->byte[i]][word];
        }
        asked[word] = ~out;
    }
    return 1;
}

/* What a class costs beside its prior and the sums of its row; INT32_MAX where it is not to be answered.
 *  most  dearer classes need no exact cost */
static int32_t rest_of(const rcd_tally *t, const rcd_hints *hints, const rcd_class *class,
                       const uint64_t present[4], int others, int32_t most)
{
    int32_t cost = 0;
    if (hints->near != NULL) {
        cost = rcd_class_allowed(class, hints) ? rcd_damage_cost(t, class, hints->near) : INT32_MAX;
        if (cost == INT32_MAX) {
            return INT32_MAX;
        }
    } else if (!is_asked(class, hints, present)) {
        return INT32_MAX;
    }
    if (others) {
        cost += rcd_class_others(t, class, most - cost);
    }
    return class->mirrored ? cost + mirrored_cost(t, class) : cost;
}

/* Lists the classes of one family that decode what is present. @return the cost of the best. */
static int32_t rank_family(const rcd_tally *t, const rcd_hints *hints, const ranked_family *family,
                           rcd_ranked *item, size_t *count)
{
    const int others = !family->ebcdic && has_others(t);
    int32_t sum[RCD_CLASSES_MOST];
    uint64_t asked[RCD_CLASS_WORDS];
    uint64_t present[4] = {0};
    int32_t best = INT32_MAX / 2;
    size_t n = 0;
    *count = 0;
    for (uint32_t i = 0; i < t->byte_count; i++) {
        present[t->byte[i] >> 6] |= UINT64_C(1) << (t->byte[i] & 63u);
    }
    if (!mark_asked(t, hints, family->ebcdic, asked)) {
        return best;
    }
    if (family->ebcdic) {
        rcd_rank_sums(t, NULL, ranking_ebcdic[0], RANKING_EBCDIC, 0, ALL_ROWS, sum);
    } else {
        rcd_class_sums(t, ALL_ROWS, sum);
    }
    for (unsigned word = 0; word < RCD_CLASS_WORDS; word++) {
        const unsigned end = RANKING_CLASSES - word * 64u;
        uint64_t left = end < 64u ? asked[word] & ((UINT64_C(1) << end) - 1u) : asked[word];
        for (; left != 0; left &= left - 1u) {
            const unsigned c = word * 64u + rcd_lowest_bit(left);
            const rcd_class *class = &ranking_classes[c];
            int32_t limit = best + family->slack;
            limit = limit < family->most && !stays(class, family->among_ascii) ? limit : family->most;
            const int32_t cost = rcd_class_prior(class, hints) + sum[class->row] + family->least;
            if (cost > limit) {
                continue; /* whatever is found out about it */
            }
            const int32_t rest = rest_of(t, hints, class, present, others, limit - cost);
            if (rest > limit - cost) {
                continue;
            }
            item[n++] = (rcd_ranked){cost + rest, (uint16_t)c, 0};
            best = cost + rest < best ? cost + rest : best;
        }
    }
    *count = n;
    return best;
}

/* Sorts by cost, which is between `best` and `best` + `slack`: by buckets, and then what is in one. */
static void sort_ranked(rcd_ranked *item, size_t count, int32_t best, int32_t slack)
{
    rcd_ranked sorted[RCD_CLASSES_MOST];
    uint8_t end[BUCKETS] = {0};
    unsigned shift = 0;
    while (slack >> shift >= BUCKETS) {
        shift++;
    }
    for (size_t i = 0; i < count; i++) {
        end[(item[i].cost - best) >> shift]++;
    }
    for (unsigned k = 0, sum = 0; k < BUCKETS; k++) {
        unsigned n = end[k];
        end[k] = (uint8_t)sum;
        sum += n;
    }
    for (size_t i = 0; i < count; i++) {
        sorted[end[(item[i].cost - best) >> shift]++] = item[i];
    }
    for (size_t i = 0; i < count; i++) {
        size_t k = i;
        while (k > 0 && (item[k - 1].cost > sorted[i].cost ||
                         (item[k - 1].cost == sorted[i].cost && item[k - 1].class > sorted[i].class))) {
            item[k] = item[k - 1];
            k--;
        }
        item[k] = sorted[i];
    }
}

size_t rcd_rank_classes(const rcd_tally *t, const rcd_hints *hints, int32_t slack, int32_t most,
                        rcd_ranked *item)
{
    rcd_ranked other[RCD_CLASSES_MOST];
    size_t count, others;
    int32_t ascii = ascii_cost(t);
    uint32_t bytes = 0;
    for (uint32_t i = 0; i < t->byte_count; i++) {
        bytes += (uint16_t)t->count[t->byte[i]];
    }
    const int among_ascii = t->specials * AMONG_ASCII < bytes && hints->near == NULL;
    const ranked_family plain = {0, slack, most - ascii, 0, among_ascii};
    int32_t best = rank_family(t, hints, &plain, item, &count) + ascii;
    /* The other family only where it could win at all. */
    int32_t bonus = (hints->declared != 0 ? hints->bonus : 0) +
                    (hints->language != 0 ? RCD_HINT : 0);
    int32_t least = 0;
    for (uint32_t i = 0; i < t->byte_count; i++) {
        least += t->count[t->byte[i]] * ranking_ebcdic_least[t->byte[i]];
    }
    least += bytes < EBCDIC_BYTES ? (int32_t)(EBCDIC_BYTES - bytes) * EBCDIC_FEW : 0;
    if (least - bonus < best && !hints->no_ebcdic) {
        const ranked_family ebcdic = {1, slack, most, least, 0};
        int32_t found = rank_family(t, hints, &ebcdic, other, &others);
        if (others != 0 && found < best) {
            memcpy(item, other, others * sizeof *item);
            count = others;
            best = found;
            ascii = 0;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        item[kept] = item[i];
        item[kept].cost += ascii;
        if (item[kept].cost - best > slack && stays(&ranking_classes[item[kept].class], among_ascii)) {
            item[kept].cost = best + slack;
        }
        kept += item[kept].cost - best <= slack;
    }
    sort_ranked(item, kept, best, slack);
    return kept;
}
