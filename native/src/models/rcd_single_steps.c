/* rcd_single_steps.c : what positions of the text cost the lanes of the single-byte race. See
 * rcd_single.c. Compiled a second time by rcd_single_avx2.c, for newer processors. */
#include <string.h>

#include "rcd_kernels.h"
#include "rcd_score.h"
#include "rcd_single_parts.h"

#if defined(RCD_USE_AVX2)
#define TAKE_STEPS rcd_single_take_steps_avx2
#else
#define TAKE_STEPS rcd_single_take_steps_plain
#endif

#define FIRST_BYTES 14u /* positions that most lanes do not come through: what they need of the bytes
                           is found out step by step */
#define DRAWN 25  /* a letter behind two of itself: rather a line is drawn */
#define UNJOINED 50              /* more where the lines of two pieces of a frame do not meet */
#define TWO_SCRIPTS 60           /* a letter right beside one of another script */
#define UNLIKE_MOST 2u /* one in so many special bytes lanes that are much the same read otherwise */

/* Finds the ranks of a position of the text, and what else does not depend on the lane. */
static inline void find_place(const rcd_single_work *w, const uint8_t *data, size_t at,
                              rcd_single_place *place)
{
    const uint8_t *rank = w->tally.rank;
    uint8_t second = '\n';
    place->byte = data[at];
    place->before = '\n';
    if (at >= 2u) { /* one question, whose answer is foreseen, instead of two */
        place->before = data[at - 1u];
        second = data[at - 2u];
    } else if (at == 1u) {
        place->before = data[0];
    }
    place->rank[0] = rank[place->byte];
    place->rank[1] = rank[place->before];
    place->rank[2] = rank[second];
    place->foreign = w->foreign[at];
    place->last = at + 1 == w->len;
}

/* Do the lines of two pieces of a frame meet? */
static int joins(rcd_byte_info left, rcd_byte_info right)
{
    const unsigned to = right_of(left), from = left_of(right);
    return to == from || to == 3u || from == 3u;
}

/* Is it the Latin i, or right behind one? Cyrillic was typed with it where a charset has none. */
static int is_letter_i(const rcd_single_place *place)
{
    return (place->byte | 0x20u) == 'i' || (place->before | 0x20u) == 'i';
}

/* Adds what a step costs in whatever language where more than letters counts: after signs and digits,
 * beside letters of other scripts. @return whether that is all, and there is no row to add */
static int read_odd(const rcd_single_lane *lane, const rcd_single_place *place, int32_t *cost)
{
    const rcd_byte_info i0 = lane->info[place->rank[0]];
    const rcd_byte_info i1 = lane->info[place->rank[1]];
    const unsigned a = symbol_of(lane->info[place->rank[2]]);
    const unsigned b = symbol_of(i1), c = symbol_of(i0);
    if (c == RCD_SYM_FOREIGN && place->byte < 0x80u) {
        *cost += place->foreign;
    }
    if (c == b && c <= RCD_SYM_DIGIT) {
        /* Rules and frames: a sign once more is no news, and another piece of a frame is little. */
        const int again = place->byte >= 0x80u && place->byte == place->before;
        const int framed = place_of(i0) == RCD_PLACE_BOX && place_of(i1) == RCD_PLACE_BOX;
        const int joined = framed && joins(i1, i0);
        if (again && (framed ? joined : place->rank[2] == place->rank[0])) {
            *cost = RCD_COST_AGAIN;
        } else if (framed) {
            *cost = RCD_COST_FRAME + (joined ? 0 : UNJOINED);
        } else if (place_of(i1) != 0) {
            *cost += rcd_place_cost(place_of(i1), a, c);
        }
        *cost += c == RCD_SYM_BOUNDARY ? RCD_COST_AGAIN : RCD_COST_DIGIT;
        return 1;
    }
    if (place_of(i1) != 0) {
        *cost += rcd_place_cost(place_of(i1), a, c);
    }
    if (place_of(i0) != 0 && place->last) {
        *cost += rcd_place_cost(place_of(i0), b, RCD_SYM_BOUNDARY);
    }
    /* Two scripts in one word. */
    if ((b == RCD_SYM_FOREIGN ? c > RCD_SYM_FOREIGN
                              : c == RCD_SYM_FOREIGN && b > RCD_SYM_FOREIGN) &&
        !(lane->group == RCD_CYRL && is_letter_i(place))) {
        *cost += TWO_SCRIPTS;
    }
    return 0;
}

/* Reads some positions, at most RCD_LOOKUPS. */
static void read_steps(const rcd_single_lane *lane, const rcd_single_place *place, size_t count,
                       rcd_single_steps *restrict steps)
{
    const rcd_script *s = lane->script;
    int32_t sum = 0;
    steps->rows.count = 0;
    for (const rcd_single_place *end = place + count; place < end; place++) {
        const rcd_byte_info i0 = lane->info[place->rank[0]];
        const rcd_byte_info i1 = lane->info[place->rank[1]];
        const rcd_byte_info i2 = lane->info[place->rank[2]];
        const unsigned a = symbol_of(i2), b = symbol_of(i1), c = symbol_of(i0);
        int32_t cost = own_cost(i2, i1, i0);
        const int odd = ((i1 | i0) & RCD_INFO_ODD) != 0 || (b | c) == RCD_SYM_BOUNDARY;
        const int done = odd && read_odd(lane, place, &cost);
        sum += cost;
        if (done) {
            continue;
        }
        rcd_lookups_add(&steps->rows, s, b <= RCD_SYM_DIGIT ? b : a, b, c);
    }
    steps->cost = sum;
}

/* What bytes behind two of themselves cost a lane more than read_steps() says: letters are rarely written
 * so, and signs rarely otherwise. */
static int32_t drawn_cost(const rcd_single_lane *lane, const rcd_single_place *place, size_t count)
{
    int32_t cost = 0;
    for (const rcd_single_place *end = place + count; place < end; place++) {
        const rcd_byte_info info = lane->info[place->rank[0]];
        const int drawn = place->byte >= 0x80u && place->rank[0] == place->rank[1] &&
                          place->rank[0] == place->rank[2];
        if (drawn && symbol_of(info) > RCD_SYM_DIGIT) {
            cost += DRAWN;
        } else if (drawn && (place_of(info) != RCD_PLACE_BOX || joins(info, info))) {
            cost -= RCD_COST_AGAIN;
        }
    }
    return cost;
}

/* Makes room in the sums of a lane. */
static void make_room(rcd_single_lane *lane)
{
    if (lane->steps + RCD_LOOKUPS > RCD_ROWS_MOST) {
        rcd_single_settle(lane);
    }
}

/* Adds what read_steps() has read. */
static void add_steps(rcd_single_lane *lane, const rcd_single_steps *steps)
{
    make_room(lane);
    lane->shared += steps->cost;
    rcd_add_rows(lane->part, steps->rows.row, steps->rows.count, lane->script->stride);
    lane->steps = (uint16_t)(lane->steps + steps->rows.count);
}

/* Adds them to a lane, and to those behind it in the race that read the same as it. */
static void add_shared_steps(rcd_single_work *w, uint32_t place, const uint8_t *same)
{
    const unsigned n = w->racing[place];
    rcd_single_lane *lane = &w->lane[n];
    uint16_t part[RCD_MAX_COLUMNS];
    make_room(lane);
    memcpy(part, lane->part, lane->columns * sizeof part[0]);
    const int32_t shared = lane->shared;
    const unsigned steps = lane->steps;
    add_steps(lane, &w->taken[n]);
    for (uint32_t k = place + 1u; k < w->racing_count; k++) {
        rcd_single_lane *other = &w->lane[w->racing[k]];
        if (same[k] && other->like == n) {
            make_room(other);
            rcd_add_change(other->part, lane->part, part, lane->columns);
            other->shared += lane->shared - shared;
            other->steps = (uint16_t)(other->steps + lane->steps - steps);
        }
    }
}

/* Notes the ranks that a lane reads otherwise than another of its script. @return whether these are
 * not too many of the text. */
static int is_like(const rcd_single_work *w, rcd_single_lane *lane, const rcd_single_lane *other)
{
    const rcd_tally *t = &w->tally;
    const uint32_t ranks = w->ebcdic ? t->byte_count : t->special_count;
    uint32_t most = t->specials / UNLIKE_MOST;
    memset(lane->unlike, 0, sizeof lane->unlike);
    for (uint32_t i = 0; i < ranks; i++) {
        if (lane->info[i] != other->info[i]) {
            const uint32_t often = (uint32_t)t->count[t->byte[i]];
            lane->unlike[i >> 6] |= UINT64_C(1) << (i & 63u);
            if (often > most) {
                return 0;
            }
            most -= often;
        }
    }
    return 1;
}

/* Finds for each lane in the race one before it that is much the same, where
 * all bytes that they are compared by are known. @return whether there are any. */
static int find_alike(rcd_single_work *w)
{
    int any = 0;
    for (uint32_t k = 0; k < w->racing_count; k++) {
        rcd_single_lane *lane = &w->lane[w->racing[k]];
        const rcd_single_lane *leader =
            lane->like != RCD_SINGLE_NONE ? &w->lane[lane->like] : NULL;
        if (leader != NULL && leader->live && leader->like == RCD_SINGLE_NONE) {
            any = 1;
            continue;
        }
        lane->like = RCD_SINGLE_NONE;
        for (uint32_t j = 0; j < k && lane->like == RCD_SINGLE_NONE; j++) {
            const rcd_single_lane *other = &w->lane[w->racing[j]];
            if (other->group == lane->group && other->like == RCD_SINGLE_NONE &&
                is_like(w, lane, other)) {
                lane->like = w->racing[j];
                any = 1;
            }
        }
    }
    return any;
}

/* Marks the lanes that read some positions the same as those that they are like. @return whether
 * there are any. */
static int find_same(const rcd_single_work *w, const rcd_single_place *place, size_t count,
                     uint8_t *same, uint8_t *leads)
{
    uint64_t ranks[4] = {0};
    int any = 0;
    for (size_t i = 0; i < count; i++) {
        const int next = i > 0 && place[i].rank[1] == place[i - 1u].rank[0] &&
                         place[i].rank[2] == place[i - 1u].rank[1];
        for (unsigned k = 0; k < (next ? 1u : 3u); k++) {
            ranks[place[i].rank[k] >> 6] |= UINT64_C(1) << (place[i].rank[k] & 63u);
        }
    }
    for (uint32_t k = 0; k < w->racing_count; k++) {
        const rcd_single_lane *lane = &w->lane[w->racing[k]];
        leads[w->racing[k]] = 0;
        same[k] = lane->like != RCD_SINGLE_NONE &&
                  ((lane->unlike[0] & ranks[0]) | (lane->unlike[1] & ranks[1]) |
                   (lane->unlike[2] & ranks[2]) | (lane->unlike[3] & ranks[3])) == 0;
        if (same[k]) {
            leads[lane->like] = 1;
            any = 1;
        }
    }
    return any;
}

void TAKE_STEPS(rcd_single_work *w, const uint8_t *data, size_t begin, size_t end)
{
    rcd_single_place place[RCD_LOOKUPS];
    uint8_t same[RCD_SINGLE_LANES] = {0}; /* by their place in the race: as the lane they are like */
    uint8_t leads[RCD_SINGLE_LANES] = {0}; /* others are the same as it */
    int all_known = begin >= FIRST_BYTES && w->racing_count > 1u;
    if (all_known) {
        for (uint32_t k = 0; k < w->racing_count; k++) {
            rcd_single_know(&w->lane[w->racing[k]], &w->tally, w->tally.special_count);
        }
        all_known = find_alike(w);
    }
    for (size_t some; begin < end; begin = some) {
        some = begin + RCD_LOOKUPS < end ? begin + RCD_LOOKUPS : end;
        uint32_t known = begin < FIRST_BYTES ? 0 : w->tally.special_count;
        for (size_t i = begin; i < some; i++) {
            rcd_single_place *p = &place[i - begin];
            find_place(w, data, w->touched[i], p);
            for (unsigned k = 0; k < 3u && begin < FIRST_BYTES; k++) {
                const uint32_t rank = p->rank[k];
                known = rank < w->tally.special_count && rank >= known ? rank + 1u : known;
            }
        }
        const int shared = all_known && find_same(w, place, some - begin, same, leads);
        for (uint32_t k = 0; k < w->racing_count; k++) {
            const unsigned n = w->racing[k];
            if (!shared || !same[k]) {
                rcd_single_know(&w->lane[n], &w->tally, known);
                read_steps(&w->lane[n], place, some - begin, &w->taken[n]);
            }
        }
        for (uint32_t k = 0; w->tally.repeats != 0 && k < w->racing_count; k++) {
            const unsigned n = w->racing[k];
            w->taken[n].cost += drawn_cost(&w->lane[n], place, some - begin);
        }
        for (uint32_t k = 0; k < w->racing_count; k++) {
            rcd_single_steps *taken = &w->taken[w->racing[k]];
            if (!shared || !same[k]) {
                taken->cost += rcd_lookups_find(&taken->rows, w->lane[w->racing[k]].script);
            }
        }
        for (uint32_t k = 0; k < w->racing_count; k++) {
            const unsigned n = w->racing[k];
            if (!shared || (!same[k] && !leads[n])) {
                add_steps(&w->lane[n], &w->taken[n]);
            } else if (!same[k]) {
                add_shared_steps(w, k, same);
            }
        }
    }
}

#if !defined(RCD_USE_AVX2)
void rcd_single_take_steps(rcd_single_work *w, const uint8_t *data, size_t begin, size_t end)
{
#if RCD_X86_64
    if (rcd_kernels_have_avx2()) {
        rcd_single_take_steps_avx2(w, data, begin, end);
        return;
    }
#endif
    rcd_single_take_steps_plain(w, data, begin, end);
}
#endif
