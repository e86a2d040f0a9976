/* test_cheapest.c : the cheapest way through lines, against all ways there are. */
#include "check.h"

#define LINES 6
#define WAYS 3
#define CHANGE 60

static int64_t price(int32_t cost[WAYS][LINES], size_t lines, const size_t *way, int came)
{
    int64_t sum = came >= 0 && (size_t)came != way[0] ? CHANGE : 0;
    for (size_t i = 0; i < lines; i++) {
        sum += cost[way[i]][i] + (i > 0 && way[i] != way[i - 1] ? CHANGE : 0);
    }
    return sum;
}

static void cheapest_of_all(void)
{
    check_random random = {7};
    for (int round = 0; round < 3000; round++) {
        int32_t cost[WAYS][LINES];
        const int32_t *rows[WAYS] = {cost[0], cost[1], cost[2]};
        const size_t lines = 1 + random_below(&random, LINES);
        const int came = (int)random_below(&random, WAYS + 1) - 1;
        size_t way[LINES] = {0}, all = 1, count = 0;
        uint8_t back[LINES * WAYS];
        rcd_stretch out[LINES + 1];
        for (size_t i = 0; i < lines; i++) {
            all *= WAYS;
            for (size_t k = 0; k < WAYS; k++) {
                cost[k][i] = (int32_t)random_below(&random, 200);
            }
        }
        int64_t least = INT64_MAX;
        for (size_t n = 0; n < all; n++) {
            for (size_t i = 0, rest = n; i < lines; i++, rest /= WAYS) {
                way[i] = rest % WAYS;
            }
            const int64_t sum = price(cost, lines, way, came);
            least = sum < least ? sum : least;
        }
        const int64_t found = rcd_cheapest(rows, WAYS, lines, CHANGE, came, back, out, &count);
        size_t line = 0;
        for (size_t i = 0; i < count; i++) {
            CHECK(i == 0 || (out[i].end > out[i - 1].end && out[i].way != out[i - 1].way), "stretch %zu", i);
            for (; line < out[i].end; line++) {
                way[line] = out[i].way;
            }
        }
        CHECK(found == least && line == lines && price(cost, lines, way, came) == least,
              "round %d: %d, not %d", round, (int)found, (int)least);
    }
}

static void edges(void)
{
    static const int32_t first[] = {0, 100, 100, 0, 5}, second[] = {100, 0, 0, 100, 5};
    const int32_t *rows[RCD_CHEAPEST_WAYS + 1] = {first, second};
    uint8_t back[10];
    rcd_stretch out[6];
    size_t count = 9;
    CHECK(rcd_cheapest(rows, 2, 5, 10, -1, back, out, &count) == 25 && count == 3, "%zu stretches", count);
    CHECK(out[0].end == 1 && out[1].end == 3 && out[2].end == 5, "the line that is the same in both");
    CHECK(rcd_cheapest(rows, 2, 1, 10, 1, back, out, &count) == 10 && count == 1 && out[0].way == 0,
          "a change before the first line");
    CHECK(rcd_cheapest(rows, 2, 0, 10, -1, back, out, &count) == 0 && count == 1, "no lines");
    CHECK(rcd_cheapest(rows, 0, 1, 10, -1, back, out, &count) == RCD_E_OPTION, "no ways");
    CHECK(rcd_cheapest(rows, RCD_CHEAPEST_WAYS + 1, 1, 10, -1, back, out, &count) == RCD_E_OPTION,
          "too many ways");
}

static void own_costs(void)
{
    static const int32_t cost[] = {50, 10, 5, 500, 0, 90, 999, 999, 999};
    int32_t own[3];
    rcd_own_costs(cost, 3, 3, 30, 900, own);
    CHECK(own[0] == 35 && own[1] == 30 && own[2] == 900, "%d, %d, %d", (int)own[0], (int)own[1], (int)own[2]);
    rcd_own_costs(cost, 1, 3, 30, 900, own);
    CHECK(own[0] == 50 && own[1] == 10 && own[2] == 5, "one language");
}

int main(void)
{
    cheapest_of_all();
    edges();
    own_costs();
    return check_end("cheapest");
}
