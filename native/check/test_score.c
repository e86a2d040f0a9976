/* test_score.c : steps that are looked up together, by vectors where there are any, cost what they
 * cost one by one. */
#include <string.h>

#include "check.h"
#include "rcd_score.h"

static void check_steps(unsigned group, check_random *r)
{
    const rcd_script *s = rcd_script_get(group);
    uint16_t sum[RCD_MAX_COLUMNS] = {0}, want[RCD_MAX_COLUMNS] = {0};
    int32_t shared = 0, want_shared = 0;
    const unsigned count = 1u + (unsigned)random_below(r, RCD_LOOKUPS);
    rcd_lookups l;
    l.count = 0;
    for (unsigned i = 0; i < count; i++) {
        /* Low symbols are those that occur. */
        const unsigned below = random_below(r, 2) ? s->symbols : 16u;
        const unsigned a = (unsigned)random_below(r, below), b = (unsigned)random_below(r, below);
        const unsigned c = (unsigned)random_below(r, below);
        const uint8_t *row = rcd_step(s, a, b, c, &want_shared);
        for (unsigned k = 0; k < s->stride; k++) {
            want[k] = (uint16_t)(want[k] + row[k]);
        }
        rcd_lookups_add(&l, s, a, b, c);
    }
    rcd_lookups_sum(&l, s, sum, &shared);
    CHECK(l.count == count, "group %u: steps are the caller's to drop", group);
    CHECK(shared == want_shared, "group %u: shared %d, want %d", group, (int)shared,
          (int)want_shared);
    CHECK(memcmp(sum, want, sizeof sum) == 0, "group %u: sums of %u steps", group, count);
}

int main(void)
{
    check_random r = {7};
    for (unsigned group = RCD_LATN; group < RCD_HANI; group++) {
        for (unsigned round = 0; round < 500; round++) {
            check_steps(group, &r);
        }
    }
    return check_end("score");
}
