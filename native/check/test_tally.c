/* test_tally.c : what is counted in sets of 64 is what a byte by byte count finds. */
#include <string.h>

#include "check.h"
#include "rcd_bits.h"
#include "rcd_tally.h"

enum { MOST = 1000 };

static void check_counts(const rcd_tally *t, const uint8_t *p, size_t len, const char *what)
{
    int count[256] = {0};
    unsigned beside[256] = {0}, again[256] = {0};
    uint32_t digit_runs = 0, sign_runs = 0, specials = 0, listed = 0;
    int letters = 0;
    for (size_t i = 0; i < len; i++) {
        const unsigned kind = rcd_kinds[p[i]];
        const unsigned before = i > 0 ? rcd_kinds[p[i - 1]] : (unsigned)RCD_KIND_SPECIAL;
        const unsigned next = i + 1 < len ? rcd_kinds[p[i + 1]] : (unsigned)RCD_KIND_SPECIAL;
        digit_runs += kind == RCD_KIND_DIGIT && before == kind;
        sign_runs += kind == RCD_KIND_SIGN && before == kind;
        letters |= kind == RCD_KIND_LETTER;
        CHECK(rcd_has_bit(t->special, (unsigned)i) == (kind == RCD_KIND_SPECIAL), "%s: bit", what);
        if (kind == RCD_KIND_SPECIAL) {
            specials++;
            beside[p[i]] += before == RCD_KIND_LETTER || next == RCD_KIND_LETTER;
            again[p[i]] += i > 1 && p[i - 1] == p[i] && p[i - 2] == p[i];
            if (count[p[i]] == 0) {
                CHECK(t->byte[listed] == p[i] && t->rank[p[i]] == listed, "%s: order", what);
                listed++;
            }
        }
        count[p[i]]++;
    }
    CHECK(t->digit_runs == digit_runs && t->sign_runs == sign_runs, "%s: runs", what);
    CHECK(t->specials == specials && t->letters == letters, "%s: specials", what);
    for (unsigned b = 0; b < 256; b++) {
        const int want = b >= 0x80u ? count[b] - (int)again[b] : count[b];
        CHECK(t->count[b] == want, "%s: %02X %d times, want %d", what, b, t->count[b], want);
        if (count[b] != 0 && rcd_is_special(b)) {
            CHECK(t->beside[b] == beside[b] && t->again[b] == again[b], "%s: beside %02X", what, b);
        }
        const int high = b >= 0x80 && count[b] != 0;
        CHECK(rcd_has_bit(t->high, b & 127u) == high || b < 0x80, "%s: high %02X", what, b);
    }
}

/* Every byte of the input is listed once, special ones first, and the newline is. */
static void check_list(const rcd_tally *t, const rcd_census *c, const char *what)
{
    unsigned seen[256] = {0};
    for (uint32_t i = 0; i < t->byte_count; i++) {
        const unsigned b = t->byte[i];
        seen[b]++;
        CHECK(t->rank[b] == i, "%s: rank of %02X", what, b);
        CHECK(rcd_is_special(b) == (i < t->special_count), "%s: %02X in front", what, b);
    }
    for (unsigned b = 0; b < 256; b++) {
        CHECK(seen[b] == (unsigned)(c->count[b] != 0 || b == '\n'), "%s: %02X listed", what, b);
    }
}

static void check_tally(const uint8_t *p, size_t len, size_t text, const char *what)
{
    static rcd_census c;
    static rcd_tally t;
    uint8_t *copy = exact_copy(p, text);
    memset(&t, 0xA5, sizeof t);
    rcd_census_init(&c);
    rcd_census_feed(&c, p, len);
    rcd_tally_bytes(&t, copy, text, &c);
    check_counts(&t, p, text, what);
    check_list(&t, &c, what);
    free(copy);
}

int main(void)
{
    check_random r = {1};
    uint8_t p[MOST];
    for (unsigned round = 0; round < 400; round++) {
        const size_t len = random_below(&r, MOST);
        const unsigned few = 1u + (unsigned)random_below(&r, 256);
        const unsigned from = (unsigned)random_below(&r, 256);
        for (size_t i = 0; i < len; i++) {
            p[i] = (uint8_t)(from + random_below(&r, few));
        }
        check_tally(p, len, len, "all of it");
        check_tally(p, len, random_below(&r, len + 1), "the start of it");
    }
    for (unsigned b = 0; b < 256; b++) {
        memset(p, (int)b, MOST);
        check_tally(p, MOST, MOST, "a flood");
        CHECK(rcd_lowest_bit(UINT64_C(1) << (b & 63u)) == (b & 63u), "lowest bit %u", b & 63u);
        CHECK(rcd_bit_count((UINT64_C(2) << (b & 63u)) - 1u) == (b & 63u) + 1u, "bits %u", b & 63u);
    }
    return check_end("tally");
}
