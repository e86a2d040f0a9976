/* rcd_single.c : see rcd_single.h.
 *
 * Stages of rising cost. The bytes that occur rule charsets out, and letter frequencies rank what
 * is left (rcd_ranking.c); charsets that give the same text are folded into one; the few plausible
 * ones meet the trigram models, in steps, until one is far ahead. ASCII means the same in nearly
 * all of them, so what is only ASCII is scored once per script and not once per charset.
 */
#include "rcd_single.h"

#include <string.h>

#include "rcd_near.h"
#include "rcd_score.h"
#include "rcd_single_byte.h"
#include "rcd_single_parts.h"
#include "recodec.h"

/* How far letter frequencies may mislead: by so much, more for each byte over 0x7F, and still more
 * for each in a long text; against a cost that is final, by more for every byte. */
#define SLACK 400
#define SLACK_EACH 34
#define SLACK_LONG 45
#define LONG_TEXT 48
#define KNOWN_EACH 24
#define FIRST_STEP 2u            /* positions until the first look at who is still in the race; */
#define LAST_STEP RCD_ROWS_MOST  /* each step is twice the one before, up to this */
#define BEHIND 450               /* a reading this far behind is given up: of readings that ended near
                                    the best, one in ten thousand had been so far behind */
#define BEHIND_EBCDIC 700        /* signs of markup that no other charset has come first there */
#define COMMON_BYTES (RCD_SINGLE_TOUCHED - 512u) /* positions, then only of rare bytes */
#define RARE_BYTE 16             /* occurrences that make a byte rare */
#define ENOUGH 240u              /* positions after which the language of a lone reading is
                                    clear where it leads by so much */
#define CLEAR_LANGUAGE 400
#define SHORT_TEXT 160u          /* positions; in a text that has no more, words are looked up */
#define REPEATS 12u              /* of one byte: a flood of them says no more */
#define ASCII_FOREIGN 42         /* which ASCII letter it is, in text of another script */
#define NEXT_LINE 0x85u           /* EBCDIC's line end */
#define SECOND_ASCII 40u         /* a sign of ASCII that is mostly written as ASCII */
#define BOX_NEXT 70              /* a piece of a frame after another */
#define TWO_SCRIPTS 60           /* a letter right beside one of another script */
#define NO_LETTERS 150           /* text in a script of which it has not one letter */
#define IMPOSSIBLE (INT32_MAX / 4)
#define HASHED_BYTES 8u /* tell most texts apart */
#define NO_TEXT 255u    /* the number of none, and of no lane */
#define NO_LANE 255u
#define NEAR_ROWS 128u /* of at most 255 each: their sums fit into 15 bits */

_Static_assert(RCD_CLASSES_MOST <= NO_TEXT && RCD_SINGLE_LANES <= NO_LANE, "numbers of a byte");

static unsigned bytewise_of(const rcd_class *class)
{
    return class->bytewise ? class->charset : 0u;
}

/* Are the characters of two tables the same for the bytes that occur? */
static int same_text(const rcd_tally *t, const uint16_t *one, const uint16_t *other, uint32_t bytes)
{
    if (one == other) {
        return 1;
    }
    for (uint32_t i = 0; i < bytes; i++) {
        if (one[t->byte[i]] != other[t->byte[i]]) {
            return 0;
        }
    }
    return 1;
}

/* Numbers the texts that the first `count` ranked classes make of the bytes. */
static void number_texts(rcd_single_work *w, size_t count, int ebcdic)
{
    size_t all;
    const rcd_class *classes = rcd_classes(&all);
    const rcd_tally *t = &w->tally;
    const uint32_t bytes = ebcdic ? t->byte_count : t->special_count;
    const uint32_t hashed = bytes < HASHED_BYTES ? bytes : HASHED_BYTES;
    uint8_t slot[2u * RCD_CLASSES_MOST]; /* number of a text, by its hash */
    memset(slot, NO_TEXT, sizeof slot);
    memset(w->text_of, NO_TEXT, sizeof w->text_of);
    w->text_count = 0;
    for (size_t n = 0; n < count; n++) {
        const rcd_class *class = &classes[w->ranked[n].class];
        const uint16_t *table = rcd_single_byte_table(class->charset);
        const unsigned bytewise = bytewise_of(class);
        uint32_t hash = bytewise;
        for (uint32_t i = 0; i < hashed; i++) {
            hash = (hash ^ table[t->byte[i]]) * 0x9E3779B1u;
        }
        unsigned text;
        for (uint32_t at = (hash >> 16) % sizeof slot;; at = (at + 1u) % sizeof slot) {
            text = slot[at];
            if (text == NO_TEXT) {
                text = w->text_count++;
                w->text[text].table = table;
                w->text[text].bytewise = (uint16_t)bytewise;
                w->text[text].lane = NO_LANE;
                slot[at] = (uint8_t)text;
                break;
            }
            if (w->text[text].bytewise == bytewise &&
                same_text(t, w->text[text].table, table, bytes)) {
                break;
            }
        }
        w->text_of[w->ranked[n].class] = (uint8_t)text;
    }
}

/* What the bytes are in every charset but the EBCDIC ones. */
static void fill_ascii(rcd_single_work *w)
{
    const rcd_tally *t = &w->tally;
    for (int latin = 0; latin < 2; latin++) {
        const rcd_byte_info *info = rcd_ascii_info(latin);
        for (uint32_t i = t->special_count; i < t->byte_count; i++) {
            w->ascii[latin][i - t->special_count] = info[t->byte[i]];
        }
    }
}

/* What a byte is to a lane. */
static rcd_byte_info info_of(const rcd_single_lane *lane, const rcd_tally *t, unsigned b)
{
    unsigned cp = lane->table[b];
    if (lane->damaged && cp == RCD_UNASSIGNED) {
        return RCD_SYM_BOUNDARY; /* its price is told once, see lane_of() */
    }
    rcd_cell cell = rcd_cell_of(cp);
    unsigned symbol = rcd_symbol_in(cell, lane->group);
    unsigned cost = rcd_cell_cost(cell);
    /* Case and place stand side by side in both. */
    rcd_byte_info style = cell >> 24 << 16;
    if (symbol == RCD_SYM_FOREIGN) {
        /* ASCII letters get their cost from the foreign words, see read_steps(). */
        cost = cp < 0x80u ? (lane->ebcdic ? ASCII_FOREIGN : 0u) : RCD_COST_ALIEN;
    } else if (b >= 0x80u) {
        cost += lane->merged;
        if (cp < 0x7Fu && !lane->ebcdic) {
            /* The ASCII controls a second time: nobody typed a tab that way. And who writes
             * ASCII's signs a second time, for text to the left, has no use for the first. */
            int again = cp > ' ' && t->count[cp] > t->count[b];
            cost = cp < 0x20u ? 255u : cost + (again ? SECOND_ASCII : 0u);
        }
        cost = cost < 255u ? cost : 255u;
    }
    /* A line end is no sign: it may stand beside anything. */
    style &= cp == NEXT_LINE ? 3u << 16 : ~0u;
    return symbol | cost << 8 | style;
}

/* Fills in the bytes of the ranks below `end`. Most lanes are given up before they need many. */
static void know_bytes(rcd_single_lane *lane, const rcd_tally *t, uint32_t end)
{
    for (uint32_t i = lane->known; i < end; i++) {
        lane->info[i] = info_of(lane, t, t->byte[i]);
    }
    lane->known = (uint16_t)(end > lane->known ? end : lane->known);
}

/* Does a letter of the lane's script occur? */
static int has_letters(const rcd_single_lane *lane, const rcd_tally *t, const rcd_class *class)
{
    if (!lane->ebcdic) {
        return (lane->group == RCD_LATN && t->letters) ||
               ((class->letter[0] & t->high[0]) | (class->letter[1] & t->high[1])) != 0;
    }
    for (uint32_t i = 0; i < t->byte_count; i++) {
        if (symbol_of(lane->info[i]) > RCD_SYM_FOREIGN && t->count[t->byte[i]] != 0) {
            return 1;
        }
    }
    return 0;
}

static rcd_single_lane *find_lane(rcd_single_work *w, unsigned text, unsigned group)
{
    unsigned n = w->text[text].lane;
    while (n != NO_LANE && w->lane[n].group != group) {
        n = w->lane[n].next;
    }
    return n != NO_LANE ? &w->lane[n] : NULL;
}

/* The lane of a class, made when there is none; NULL when there are too many. */
static rcd_single_lane *lane_of(rcd_single_work *w, const rcd_class *class, unsigned text,
                                const rcd_near_hints *near)
{
    rcd_single_lane *lane = find_lane(w, text, class->group);
    if (lane != NULL || w->lane_count == RCD_SINGLE_LANES) {
        return lane;
    }
    const rcd_tally *t = &w->tally;
    lane = &w->lane[w->lane_count];
    lane->next = w->text[text].lane;
    w->text[text].lane = (uint8_t)w->lane_count++;
    lane->table = w->text[text].table;
    lane->text = (uint16_t)text;
    lane->group = class->group;
    lane->script = rcd_script_get(class->group);
    lane->follows = rcd_script_follows(class->group);
    lane->columns = (uint8_t)lane->script->stride;
    lane->ebcdic = class->ebcdic;
    lane->merged = class->merged;
    lane->damaged = near != NULL;
    lane->live = 1;
    lane->steps = 0;
    memset(lane->part, 0, lane->columns * sizeof lane->part[0]);
    for (unsigned k = 0; k < lane->columns; k++) {
        lane->prior[k] = RCD_NO_PRIOR;
    }
    lane->known = 0;
    if (class->ebcdic) {
        know_bytes(lane, t, t->byte_count);
    } else {
        memcpy(lane->info + t->special_count, w->ascii[class->group == RCD_LATN],
               (t->byte_count - t->special_count) * sizeof lane->info[0]);
    }
    lane->shared = has_letters(lane, t, class) ? 0 : NO_LETTERS;
    if (near != NULL) {
        lane->shared += rcd_near_price(rcd_table_bad(t, lane->table, near->count), near->length);
    }
    return lane;
}

/* Lowers `n` costs to others. */
static void keep_least(int16_t *cost, const int16_t *other, unsigned n)
{
    unsigned k = 0;
#if defined(RCD_SCORE_SSE2)
    for (; k + 8u <= n; k += 8u) {
        __m128i *to = (__m128i *)(void *)(cost + k);
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(other + k));
        _mm_storeu_si128(to, _mm_min_epi16(_mm_loadu_si128(to), x));
    }
#endif
    for (; k < n; k++) {
        cost[k] = other[k] < cost[k] ? other[k] : cost[k];
    }
}

/* @return whether the lanes are in the EBCDIC family. */
static int choose_lanes(rcd_single_work *w, const rcd_hints *hints, int32_t known)
{
    size_t class_count;
    const rcd_class *classes = rcd_classes(&class_count);
    int32_t specials = (int32_t)w->tally.specials;
    int32_t slack = SLACK + SLACK_EACH * specials;
    slack += specials > LONG_TEXT ? (SLACK_LONG - SLACK_EACH) * (specials - LONG_TEXT) : 0;
    /* Letter frequencies are off by what the order of letters says, which per letter is at most so
     * much, and against a reading that the pairs of characters have scored, so much. */
    int32_t all = 0;
    for (uint32_t i = 0; i < w->tally.byte_count; i++) {
        all += w->tally.count[w->tally.byte[i]];
    }
    const int bound = known < INT32_MAX && hints->near == NULL;
    int32_t most = bound ? known + SLACK + KNOWN_EACH * all : INT32_MAX / 2;
    size_t count = rcd_rank_classes(&w->tally, hints, slack, most, w->ranked);
    w->lane_count = w->text_count = 0;
    if (count == 0) {
        return 0;
    }
    const int ebcdic = classes[w->ranked[0].class].ebcdic;
    number_texts(w, count, ebcdic);
    fill_ascii(w);
    for (size_t i = 0; i < count; i++) {
        const rcd_class *class = &classes[w->ranked[i].class];
        rcd_single_lane *lane = lane_of(w, class, w->text_of[w->ranked[i].class],
                                        hints->near);
        if (lane != NULL) {
            int16_t prior[RCD_MAX_COLUMNS];
            rcd_priors_of(class, hints, prior);
            keep_least(lane->prior, prior, lane->columns);
        }
    }
    return ebcdic;
}

/* Finds the ranks of a position of the text, and what else does not depend on the lane. */
static void find_place(const rcd_single_work *w, const uint8_t *data, size_t at,
                       rcd_single_place *place)
{
    const uint8_t *rank = w->tally.rank;
    const unsigned byte = data[at];
    const unsigned before = at > 0 ? data[at - 1] : '\n';
    place->rank[0] = rank[byte];
    place->rank[1] = rank[before];
    place->rank[2] = rank[at > 1 ? data[at - 2] : '\n'];
    place->ascii = byte < 0x80u;
    place->foreign = w->foreign[at];
    place->again = byte == before;
    place->letter_i = (byte | 0x20u) == 'i' || (before | 0x20u) == 'i';
    place->last = at + 1 == w->len;
}

/* Puts what was added last into sums of the lane's own. */
static void settle(rcd_single_lane *lane)
{
    for (unsigned k = 0; k < lane->columns; k++) {
        lane->own[k] = lane->sum[k] + lane->part[k];
        lane->part[k] = 0;
    }
    lane->sum = lane->own;
    lane->near_sum = NULL;
    lane->steps = 0;
}

/* Reads some positions, at most RCD_LOOKUPS. Where nothing but the letter has a row, it is added. */
static void read_steps(rcd_single_lane *lane, const rcd_single_place *place, size_t count,
                       rcd_lookups *restrict lookups)
{
    const rcd_script *s = lane->script;
    int32_t sum = 0;
    lookups->count = 0;
    if (lane->steps + RCD_LOOKUPS > RCD_ROWS_MOST) {
        settle(lane);
    }
    for (const rcd_single_place *end = place + count; place < end; place++) {
        const rcd_byte_info i0 = lane->info[place->rank[0]];
        const rcd_byte_info i1 = lane->info[place->rank[1]];
        const rcd_byte_info i2 = lane->info[place->rank[2]];
        unsigned a = symbol_of(i2), b = symbol_of(i1), c = symbol_of(i0);
        int32_t shared = own_cost(i2, i1, i0);
        if (c == RCD_SYM_FOREIGN && place->ascii) {
            shared += place->foreign;
        }
        if (c == b && c <= RCD_SYM_DIGIT) {
            /* Lines and frames: the same piece again is no news, and another is little. */
            if (place_of(i0) == RCD_PLACE_BOX && place_of(i1) == RCD_PLACE_BOX) {
                shared = place->again ? RCD_COST_AGAIN : BOX_NEXT;
            } else if (place_of(i1) != 0) {
                shared += rcd_place_cost(place_of(i1), a, c);
            }
            sum += shared + (c == RCD_SYM_BOUNDARY ? RCD_COST_AGAIN : RCD_COST_DIGIT);
            continue;
        }
        if (place_of(i1 | i0) != 0) {
            if (place_of(i1) != 0) {
                shared += rcd_place_cost(place_of(i1), a, c);
            }
            if (place_of(i0) != 0 && place->last) {
                shared += rcd_place_cost(place_of(i0), b, RCD_SYM_BOUNDARY);
            }
        }
        /* Two scripts in one word: only the Cyrillic i was typed as the Latin one where a charset
         * has none. */
        if ((b == RCD_SYM_FOREIGN ? c > RCD_SYM_FOREIGN
                                  : c == RCD_SYM_FOREIGN && b > RCD_SYM_FOREIGN) &&
            !(lane->group == RCD_CYRL && place->letter_i)) {
            shared += TWO_SCRIPTS;
        }
        sum += shared;
        if (rcd_follows(lane->follows, s, b, c)) {
            rcd_lookups_add(lookups, s, b <= RCD_SYM_DIGIT ? b : a, b, c);
        } else {
            sum += RCD_COST_LETTER;
            rcd_add_row(lane->part, s->letters + (size_t)c * s->stride, s->stride);
            lane->steps++;
        }
    }
    lane->shared += sum;
}

/* Adds what read_steps() has read. */
static void add_steps(rcd_single_lane *lane, const rcd_lookups *lookups)
{
    const rcd_script *s = lane->script;
    for (unsigned i = 0; i < lookups->count; i++) {
        const uint8_t *row = rcd_lookups_row(lookups, s, i, &lane->shared);
        rcd_add_row(lane->part, row, s->stride);
    }
    lane->steps = (uint16_t)(lane->steps + lookups->count);
}

/* Adds the positions begin .. end - 1 to all lanes that are in the race. */
static void take_steps(rcd_single_work *w, const uint8_t *data, size_t begin, size_t end)
{
    rcd_single_place place[RCD_LOOKUPS];
    for (size_t some; begin < end; begin = some) {
        some = begin + RCD_LOOKUPS < end ? begin + RCD_LOOKUPS : end;
        uint32_t known = 0;
        for (size_t i = begin; i < some; i++) {
            find_place(w, data, w->touched[i], &place[i - begin]);
            for (unsigned k = 0; k < 3u; k++) {
                uint32_t rank = place[i - begin].rank[k];
                known = rank < w->tally.special_count && rank >= known ? rank + 1u : known;
            }
        }
        for (uint32_t k = 0; k < w->racing_count; k++) {
            const unsigned n = w->racing[k];
            know_bytes(&w->lane[n], &w->tally, known);
            read_steps(&w->lane[n], place, some - begin, &w->lookups[n]);
        }
        for (uint32_t k = 0; k < w->racing_count; k++) {
            const unsigned n = w->racing[k];
            rcd_lookups_find(&w->lookups[n], w->lane[n].script);
        }
        for (uint32_t k = 0; k < w->racing_count; k++) {
            const unsigned n = w->racing[k];
            add_steps(&w->lane[n], &w->lookups[n]);
        }
    }
}

/* Lists the positions that charsets differ in: special bytes and the two behind each. When the list
 * is nearly full, only bytes that are rare: relatives differ in what is not on every line. */
static void find_touched(rcd_single_work *w, const uint8_t *data, size_t len, int ebcdic)
{
    uint32_t count = 0;
    unsigned repeats = 0, after = 3;
    for (size_t i = 0; i < len && count < RCD_SINGLE_TOUCHED; i++) {
        int special = rcd_is_special(data[i]);
        if (count < COMMON_BYTES || w->tally.count[data[i]] <= RARE_BYTE || !special) {
            after = special ? 0 : after + 1u;
        } else {
            after = after < 2u ? after + 1u : 3u;
        }
        repeats = i > 0 && data[i] == data[i - 1] ? repeats + 1u : 0;
        w->touched[count] = (uint16_t)i;
        count += (after < 3u || ebcdic) && repeats < REPEATS;
    }
    w->touched_count = count;
}

/* Cost of a column so far, with its prior; IMPOSSIBLE and more when no pair stands for it. */
static inline int32_t column_cost(const rcd_single_lane *lane, unsigned k)
{
    int32_t prior = lane->prior[k] == RCD_NO_PRIOR ? IMPOSSIBLE : lane->prior[k];
    return lane->sum[k] + lane->part[k] + prior;
}

/* The least of the sums of three costs in `n` columns, as far as 16 bits hold it. */
static int32_t least_sum(const uint16_t *part, const int16_t *sum, const int16_t *prior, unsigned n)
{
    int32_t least = INT16_MAX;
    unsigned k = 0;
#if defined(RCD_SCORE_SSE2)
    __m128i low = _mm_set1_epi16(INT16_MAX);
    for (; k + 8u <= n; k += 8u) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(part + k));
        x = _mm_adds_epi16(x, _mm_loadu_si128((const __m128i *)(const void *)(sum + k)));
        x = _mm_adds_epi16(x, _mm_loadu_si128((const __m128i *)(const void *)(prior + k)));
        low = _mm_min_epi16(low, x);
    }
    low = _mm_min_epi16(low, _mm_srli_si128(low, 8));
    low = _mm_min_epi16(low, _mm_srli_si128(low, 4));
    low = _mm_min_epi16(low, _mm_srli_si128(low, 2));
    least = (int16_t)_mm_extract_epi16(low, 0);
#endif
    for (; k < n; k++) {
        int32_t cost = part[k] + sum[k];
        cost = (cost < INT16_MAX ? cost : INT16_MAX) + prior[k];
        least = cost < least ? cost : least;
    }
    return least;
}

/* Cost of the cheapest pair that a lane stands for, of the positions read so far. */
static void judge_lane(const rcd_single_work *w, rcd_single_lane *lane)
{
    const int latin = lane->group == RCD_LATN;
    if (lane->near_sum != NULL && lane->steps <= NEAR_ROWS) {
        int32_t least = least_sum(lane->part, lane->near_sum, lane->prior, lane->columns);
        lane->best = least + lane->shared + (latin ? w->base_least : -w->base_to_come);
        return;
    }
    int32_t best = INT32_MAX;
    for (unsigned k = 0; k < lane->columns; k++) {
        int32_t cost = column_cost(lane, k);
        cost -= latin ? w->near_base[k] - w->base_so_far[k] : w->base_to_come;
        best = cost < best ? cost : best;
    }
    lane->best = best + lane->shared;
}

/* Is the language of the only text that is left clear? */
static int language_is_clear(const rcd_single_work *w)
{
    int32_t least = INT32_MAX, second = INT32_MAX;
    unsigned language = 0;
    for (uint32_t n = 0; n < w->racing_count; n++) {
        const rcd_single_lane *lane = &w->lane[w->racing[n]];
        const rcd_script *s = lane->script;
        for (unsigned k = 0; k < s->columns; k++) {
            int32_t cost = column_cost(lane, k) + lane->shared;
            if (cost < least) {
                second = s->languages[k] != language ? least : second;
                language = s->languages[k];
                least = cost;
            } else if (cost < second && s->languages[k] != language) {
                second = cost;
            }
        }
    }
    return second - least >= CLEAR_LANGUAGE;
}

/* Counts of the untouched ASCII, which is of the whole text, as much as has been read of the rest:
 * what is English and code in front of the first word of another language says nothing of it.
 *  read  positions, of w->touched_count */
static void count_base(rcd_single_work *w, size_t read)
{
    const int32_t share = (int32_t)(read * 256u / w->touched_count);
    for (unsigned k = 0; k < RCD_MAX_COLUMNS; k++) {
        w->base_so_far[k] = (int16_t)(w->near_base[k] * share / 256);
    }
    w->base_to_come = (int32_t)((int64_t)w->base_ahead * (256 - share) / 256);
}

static void race(rcd_single_work *w, const uint8_t *data, int32_t known, int32_t behind,
                 int thorough)
{
    size_t step = FIRST_STEP;
    w->racing_count = w->lane_count;
    for (uint32_t n = 0; n < w->lane_count; n++) {
        w->racing[n] = (uint8_t)n;
    }
    for (size_t begin = 0, end; begin < w->touched_count; begin = end) {
        end = begin + step < w->touched_count ? begin + step : w->touched_count;
        step = step < LAST_STEP ? step * 2u : step;
        w->scored += (uint32_t)(end - begin);
        take_steps(w, data, begin, end);
        count_base(w, end);
        int32_t best = known;
        for (uint32_t k = 0; k < w->racing_count; k++) {
            rcd_single_lane *lane = &w->lane[w->racing[k]];
            judge_lane(w, lane);
            best = lane->best < best ? lane->best : best;
        }
        unsigned texts = 0;
        unsigned text = UINT16_MAX;
        uint32_t left = 0;
        for (uint32_t k = 0; k < w->racing_count; k++) {
            rcd_single_lane *lane = &w->lane[w->racing[k]];
            if (lane->best > best + behind) {
                lane->live = 0;
                continue;
            }
            w->racing[left++] = w->racing[k];
            texts += lane->text != text;
            text = lane->text;
        }
        w->racing_count = left;
        if (texts == 0) {
            return;
        }
        if (texts == 1 && end >= ENOUGH && known == INT32_MAX && !thorough &&
            language_is_clear(w)) {
            w->raced = (uint32_t)end;
            return;
        }
    }
}

/* The readings of one charset's classes that give a text, as far as their lanes are left: the best
 * language is reported. */
static void report_charset(rcd_single_work *w, const rcd_hints *hints, unsigned text,
                           const rcd_class *class, size_t classes, rcd_readings *out)
{
    int16_t prior[RCD_MAX_COLUMNS];
    rcd_reading best = {class->charset, 0, 0, 0, INT32_MAX / 2, 0};
    int32_t second = INT32_MAX / 2;
    for (size_t c = 0; c < classes; c++, class++) {
        const rcd_single_lane *lane = find_lane(w, text, class->group);
        if (lane == NULL || !lane->live) {
            continue;
        }
        rcd_priors_of(class, hints, prior);
        for (unsigned k = 0; k < lane->columns; k++) {
            if (prior[k] == RCD_NO_PRIOR) {
                continue;
            }
            int32_t cost = lane->sum[k] + lane->part[k] + lane->shared + prior[k];
            uint16_t language = lane->script->languages[k];
            if (cost < best.cost) {
                second = language != best.language ? best.cost : second;
                best.language = language;
                best.cost = cost;
            } else if (language != best.language && cost < second) {
                second = cost;
            }
        }
    }
    if (best.cost < INT32_MAX / 2) {
        rcd_readings_add(out, best.charset, best.language, out->texts + text, best.cost, second,
                         w->scored);
    }
}

static int has_live(const rcd_single_work *w, unsigned text)
{
    unsigned n = w->text[text].lane;
    while (n != NO_LANE && !w->lane[n].live) {
        n = w->lane[n].next;
    }
    return n != NO_LANE;
}

static void report(rcd_single_work *w, const rcd_hints *hints, rcd_readings *out)
{
    size_t count;
    const rcd_class *classes = rcd_classes(&count);
    for (size_t c = 0; c < count; c++) {
        const unsigned text = w->text_of[c]; /* of all classes of the charset that were ranked */
        if (text == NO_TEXT || !has_live(w, text)) {
            continue;
        }
        size_t first = c, next = c + 1;
        while (first > 0 && classes[first - 1].charset == classes[c].charset) {
            first--;
        }
        while (next < count && classes[next].charset == classes[c].charset) {
            next++;
        }
        report_charset(w, hints, text, &classes[first], next - first, out);
        c = next - 1;
    }
    out->texts = (uint16_t)(out->texts + w->text_count);
}

/* The costs of untouched ASCII as far as they matter while a lane has not gone far. */
static void find_near_base(rcd_single_work *w)
{
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    int32_t least = INT32_MAX;
    for (unsigned k = 0; k < latin->columns; k++) {
        least = w->base[k] < least ? w->base[k] : least;
    }
    for (unsigned k = 0; k < latin->stride; k++) {
        int32_t over = w->base[k] > least ? w->base[k] - least : 0;
        w->near_base[k] = (int16_t)(over < INT16_MAX ? over : INT16_MAX);
    }
    w->base_least = least;
}

void rcd_single_score(rcd_single_work *w, const uint8_t *data, size_t len,
                      const rcd_census *census, const rcd_hints *hints, int32_t known,
                      rcd_readings *out)
{
    static const int32_t nothing[RCD_MAX_COLUMNS] = {0};
    static const int16_t near_nothing[RCD_MAX_COLUMNS] = {0};
    len = len < RCD_SINGLE_BYTES ? len : RCD_SINGLE_BYTES;
    rcd_tally_bytes(&w->tally, data, len, census);
    int ebcdic = choose_lanes(w, hints, known);
    if (w->lane_count == 0) {
        return;
    }
    memset(w->base, 0, sizeof w->base);
    memset(w->near_base, 0, sizeof w->near_base);
    w->base_latin = w->base_other = w->base_least = w->base_ahead = 0;
    w->scored = 0;
    w->len = (uint32_t)len;
    find_touched(w, data, len, ebcdic);
    if (!ebcdic) {
        uint32_t groups = 0;
        for (uint32_t n = 0; n < w->lane_count; n++) {
            groups |= 1u << w->lane[n].group;
        }
        w->scored = (uint32_t)len; /* and what is touched will be counted when it is scored */
        rcd_single_ascii(w, data, len, groups);
        find_near_base(w);
        if ((groups >> RCD_LATN & 1u) != 0) {
            w->base_ahead = w->base_other - w->base_latin - w->base_least;
        }
    } else {
        memset(w->foreign, 0, len); /* EBCDIC has no ASCII letters: see fill_info() */
    }
    for (uint32_t n = 0; n < w->lane_count; n++) {
        rcd_single_lane *lane = &w->lane[n];
        int latin = lane->group == RCD_LATN;
        lane->shared += latin ? w->base_latin : w->base_other;
        lane->sum = latin ? w->base : nothing;
        lane->near_sum = latin ? w->base_so_far : near_nothing;
    }
    if (hints->near == NULL) {
        w->raced = w->touched_count;
    } else if (known != INT32_MAX && w->raced < w->touched_count) {
        w->touched_count = w->raced; /* as far as what it is compared with */
    }
    /* Known words make what they are compared with cheaper in the end: damaged readings are few. */
    race(w, data, hints->near != NULL ? INT32_MAX : known, ebcdic ? BEHIND_EBCDIC : BEHIND,
         hints->thorough || hints->near != NULL);
    for (uint32_t n = 0; n < w->lane_count && w->touched_count <= SHORT_TEXT; n++) {
        if (w->lane[n].live) {
            settle(&w->lane[n]);
            know_bytes(&w->lane[n], &w->tally, w->tally.special_count);
            rcd_single_words(&w->lane[n], w->tally.rank, data, len);
        }
    }
    report(w, hints, out);
}
