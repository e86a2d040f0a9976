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

/* ASCII that was looked up before, passed in any pieces, costs what it costs when it is read. */
static void check_pass(check_random *r)
{
    static const char *const pieces[] = {"the ", "0", "00", "    ", "\n", "e", "EE", "\t", "=", "qx"};
    static rcd_ascii known;
    uint8_t data[512];
    uint32_t text[512];
    size_t len = 0;
    const size_t most = 8u + random_below(r, sizeof data - 16u);
    while (len < most) {
        if (random_below(r, 40) == 0) {
            data[len++] = (uint8_t)(0x80u + random_below(r, 128));
            continue;
        }
        const char *piece = pieces[random_below(r, sizeof pieces / sizeof pieces[0])];
        memcpy(data + len, piece, strlen(piece));
        len += strlen(piece);
    }
    for (size_t i = 0; i < len; i++) {
        text[i] = data[i] < 0x80u ? data[i] : 0x4E00u + data[i];
    }
    int32_t want[RCD_HANI_COLUMNS], cost[RCD_HANI_COLUMNS];
    rcd_score_hani(text, len, want);
    rcd_hani_state state;
    rcd_hani_begin(&state);
    known.end = 0;
    unsigned ascii = 0;
    for (size_t i = 0, part = 0; i < len;) {
        size_t end = i;
        while (end < len && data[end] < 0x80u && end - i < 300u) {
            end++;
        }
        if (ascii >= 2u && end >= i + 2u && random_below(r, 2)) {
            rcd_hani_read(&state, text + part, i - part);
            rcd_ascii_extend(&known, data, i + random_below(r, end - i));
            rcd_hani_pass(&state, &known, data, i, end);
            part = i = end;
            ascii = 0;
        } else {
            ascii = data[i] < 0x80u ? ascii + 1u : 0;
            i++;
        }
        if (i == len) {
            rcd_hani_read(&state, text + part, i - part);
        }
    }
    rcd_hani_costs(&state, cost);
    CHECK(memcmp(cost, want, sizeof cost) == 0, "%u bytes: %d passed, %d read", (unsigned)len,
          (int)cost[0], (int)want[0]);
}

int main(void)
{
    check_random r = {7};
    for (unsigned round = 0; round < 2000; round++) {
        check_pass(&r);
    }
    for (unsigned group = RCD_LATN; group < RCD_HANI; group++) {
        for (unsigned round = 0; round < 500; round++) {
            check_steps(group, &r);
        }
    }
    return check_end("score");
}
