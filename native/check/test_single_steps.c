/* test_single_steps.c : what the positions of a text cost the lanes of the single-byte race, added for
 * lanes that read alike together and in any steps, is what each position costs each lane by itself. */
#include "check.h"
#include "rcd_single.h"
#include "rcd_single_parts.h"

#define MOST 600u

/* What boxes and scripts that stand beside each other cost, as rcd_single_steps.c has it. */
#define BOX_NEXT 70
#define UNJOINED 50
#define TWO_SCRIPTS 60
#define DRAWN 25

static rcd_single_work work;

/* What a position costs a lane whatever the language. *row is what it costs in each, or NULL. */
static int32_t cost_at(const rcd_single_lane *lane, const uint8_t *data, size_t at, size_t len,
                       const uint8_t **row)
{
    const uint8_t *rank = work.tally.rank;
    const unsigned byte = data[at], before = at > 0 ? data[at - 1] : '\n';
    const rcd_byte_info i0 = lane->info[rank[byte]], i1 = lane->info[rank[before]];
    const unsigned before_that = at > 1 ? data[at - 2] : '\n';
    const rcd_byte_info i2 = lane->info[rank[before_that]];
    const unsigned a = symbol_of(i2), b = symbol_of(i1), c = symbol_of(i0);
    const int foreign = c == RCD_SYM_FOREIGN, foreign_before = b == RCD_SYM_FOREIGN;
    int32_t cost = own_cost(i2, i1, i0);
    const int drawn = byte >= 0x80u && byte == before && byte == before_that;
    *row = NULL;
    cost += drawn && c > RCD_SYM_DIGIT ? DRAWN : 0;
    if (foreign && byte < 0x80u) {
        cost += work.foreign[at];
    }
    if (b == c && c <= RCD_SYM_DIGIT) {
        const int frame = place_of(i0) == RCD_PLACE_BOX && place_of(i1) == RCD_PLACE_BOX;
        const unsigned to = right_of(i1), from = left_of(i0);
        const int again = byte >= 0x80u && byte == before;
        const int meet = to == from || to == 3u || from == 3u;
        if (again && (frame ? meet : byte == before_that)) {
            cost = RCD_COST_AGAIN;
        } else if (frame) {
            cost = BOX_NEXT + (meet ? 0 : UNJOINED);
        } else if (place_of(i1) != 0) {
            cost += rcd_place_cost(place_of(i1), a, c);
        }
        const int meets = place_of(i0) != RCD_PLACE_BOX || left_of(i0) == right_of(i0) ||
                          left_of(i0) == 3u || right_of(i0) == 3u;
        cost -= drawn && meets ? RCD_COST_AGAIN : 0;
        return cost + (c == RCD_SYM_BOUNDARY ? RCD_COST_AGAIN : RCD_COST_DIGIT);
    }
    if (place_of(i1) != 0) {
        cost += rcd_place_cost(place_of(i1), a, c);
    }
    if (place_of(i0) != 0 && at + 1 == len) {
        cost += rcd_place_cost(place_of(i0), b, RCD_SYM_BOUNDARY);
    }
    const int letter_i = (byte | 0x20u) == 'i' || (before | 0x20u) == 'i';
    if (((foreign && b > RCD_SYM_FOREIGN) || (foreign_before && c > RCD_SYM_FOREIGN)) &&
        !(lane->group == RCD_CYRL && letter_i)) {
        cost += TWO_SCRIPTS;
    }
    *row = rcd_step(lane->script, b <= RCD_SYM_DIGIT ? b : a, b, c, &cost);
    return cost;
}

/* Lanes of all charsets that are plausible, before the first step. @return how many positions there
 * are to add */
static size_t begin(const uint8_t *data, size_t len)
{
    static rcd_census census;
    rcd_hints hints;
    memset(&hints, 0, sizeof hints);
    hints.length = len;
    rcd_census_init(&census);
    rcd_census_feed(&census, data, len);
    memset(&work, 0, sizeof work);
    rcd_tally_bytes(&work.tally, data, len, &census);
    rcd_single_rank(&work, &hints, INT32_MAX);
    if (work.ranked_count == 0) {
        return 0;
    }
    rcd_single_enter(&work, &hints);
    work.len = (uint32_t)len;
    rcd_single_line_up(&work, &hints, 0, work.ranked_count);
    for (uint32_t n = 0; n < work.lane_count; n++) {
        work.racing[work.racing_count++] = (uint8_t)n;
    }
    for (size_t i = 0; i < len; i++) {
        work.foreign[i] = (uint8_t)(i * 7u % 100u);
        work.touched[i] = (uint16_t)i;
    }
    return len;
}

static unsigned alike; /* lanes that were much the same as another, in all texts */

static void check_lane(const rcd_single_lane *lane, const uint8_t *data, size_t len, int32_t before)
{
    int32_t sum[RCD_MAX_COLUMNS] = {0};
    int32_t shared = 0;
    for (size_t at = 0; at < len; at++) {
        const uint8_t *row;
        shared += cost_at(lane, data, at, len, &row);
        for (unsigned i = 0; i < lane->columns && row != NULL; i++) {
            sum[i] += row[i];
        }
    }
    alike += lane->like != RCD_SINGLE_NONE;
    for (unsigned i = 0; i < lane->columns; i++) {
        CHECK(lane->sum[i] + lane->part[i] == sum[i], "%zu bytes, script %u column %u: %d, not %d", len,
              (unsigned)lane->group, i, (int)(lane->sum[i] + lane->part[i]), (int)sum[i]);
    }
    CHECK(lane->shared - before == shared, "%zu bytes, script %u: %d whatever the language, not %d", len,
          (unsigned)lane->group, (int)(lane->shared - before), (int)shared);
}

static void check_text(check_random *r, const uint8_t *data, size_t len)
{
    int32_t before[RCD_SINGLE_LANES]; /* what the lanes begin with */
    const size_t count = begin(data, len);
    for (uint32_t n = 0; n < work.lane_count; n++) {
        before[n] = work.lane[n].shared;
    }
    for (size_t at = 0, n; at < count; at += n) {
        n = 1u + random_below(r, 90);
        n = n < count - at ? n : count - at;
        rcd_single_take_steps(&work, data, at, at + n);
        /* Any of them may be given up between two steps. */
        if (work.racing_count > 2u && random_below(r, 6) == 0) {
            const size_t out = random_below(r, work.racing_count);
            work.lane[work.racing[out]].live = 0;
            memmove(work.racing + out, work.racing + out + 1u, --work.racing_count - out);
        }
    }
    for (uint32_t k = 0; k < work.racing_count && count > 0; k++) {
        rcd_single_lane *lane = &work.lane[work.racing[k]];
        rcd_single_know(lane, &work.tally, work.tally.special_count);
        check_lane(lane, data, len, before[work.racing[k]]);
    }
}

/* Words of letters from a few ranges, with signs, digits and frames among them. */
static size_t make_text(check_random *r, const uint8_t *letters, size_t kinds, uint8_t space,
                        uint8_t *out)
{
    static const uint8_t others[] = "  ,.-(i)09\xAB\xB0\xB9\xBB\x85\x93\x94\x96\xC4\xC4\xB3\xDA";
    const size_t len = 1u + random_below(r, MOST);
    for (size_t i = 0; i < len; i++) {
        const size_t choice = random_below(r, 12);
        out[i] = choice == 0   ? space
                 : choice == 1 ? (space == ' ' ? others[random_below(r, sizeof others - 1u)]
                                               : (uint8_t)(0x41u + random_below(r, 0xBFu)))
                               : (uint8_t)(letters[random_below(r, kinds)] + random_below(r, 16));
        out[i] = choice == 2 && i > 0 ? out[i - 1u] : out[i];
    }
    return len;
}

int main(void)
{
    static const struct {
        uint8_t letters[4];
        size_t kinds;
        uint8_t space;
    } texts[] = {
        {{0xE0, 0xE0, 0xF0, 0xC0}, 4, ' '}, /* windows-1251 and its relatives */
        {{0xC0, 0xC0, 0xD0, 0xE0}, 4, ' '}, /* KOI8 */
        {{0xA0, 0xA0, 0xE0, 0x80}, 4, ' '}, /* pages of DOS */
        {{0x61, 0x61, 0x6A, 0xE0}, 4, ' '}, /* Latin with accents */
        {{0x81, 0x91, 0xA2, 0xC1}, 4, 0x40}, /* EBCDIC */
    };
    uint8_t data[MOST];
    for (size_t set = 0; set < CHECK_KERNELS; set++) {
        if (rcd_kernel_force(check_kernel_names[set]) != 0) {
            continue;
        }
        check_random r = {UINT64_C(0x1234567)};
        alike = 0;
        for (unsigned round = 0; round < 400; round++) {
            const size_t k = round % (sizeof texts / sizeof texts[0]);
            const size_t len =
                make_text(&r, texts[k].letters, texts[k].kinds, texts[k].space, data);
            check_text(&r, data, len);
        }
        CHECK(alike > 100, "%s: only %u lanes were like others", check_kernel_names[set], alike);
    }
    rcd_kernel_force(NULL);
    return check_end("single_steps");
}
