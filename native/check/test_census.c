/* test_census.c : what is exact is exact, and no cut changes anything. */
#include "check.h"
#include "rcd_census.h"

static int plain(unsigned b)
{
    return (b >= 0x20 && b <= 0x7E) || b == '\t' || b == '\n' || b == '\f' || b == '\r';
}

static void check_against_loops(const uint8_t *p, size_t len, const char *what)
{
    static rcd_census c; /* several KiB: not for the stack of every platform */
    uint64_t head[256] = {0}, all[256] = {0};
    uint64_t first_high = UINT64_MAX, ascii = 0, filled = 0;
    for (size_t i = 0; i < len; i++) {
        filled = p[i] == 0 ? filled + 1u : 0u;
        all[p[i]]++;
        head[p[i]] += i < RCD_CENSUS_HEAD;
        ascii += p[i] < 0x80;
        if (p[i] >= 0x80 && first_high == UINT64_MAX) {
            first_high = i;
        }
    }
    rcd_census_init(&c);
    rcd_census_feed(&c, p, len);
    CHECK(c.length == len && c.ascii == ascii && rcd_census_high(&c) == len - ascii,
          "%s: ascii %" PRIu64 ", want %" PRIu64, what, c.ascii, ascii);
    CHECK(c.first_high == first_high, "%s: first_high %" PRIu64, what, c.first_high);
    CHECK(c.nul == all[0] && c.escapes == all[0x1B] + all[0x0E] + all[0x0F], "%s: nul", what);
    CHECK(c.filled == filled && rcd_census_is_filled(&c) ==
                                     (filled != 0 && filled == all[0] && filled <= RCD_FILLED_MOST),
          "%s: filled %" PRIu64 ", want %" PRIu64, what, c.filled, filled);
    for (unsigned b = 0; b < 256; b++) {
        uint64_t want = b < 0x80 && !plain(b) ? all[b] : head[b];
        CHECK(c.count[b] == want, "%s: count[%02X] %" PRIu64 ", want %" PRIu64, what, b, c.count[b],
              want);
        CHECK(rcd_census_has(&c, b) == ((b >= 0x80 ? all[b] : want) != 0), "%s: has %02X", what, b);
    }
}

static void check_cuts(const uint8_t *p, size_t len, check_random *r, const char *what)
{
    static rcd_census one, cut;
    rcd_census_init(&one);
    rcd_census_feed(&one, p, len);
    rcd_census_init(&cut);
    for (size_t i = 0; i < len;) {
        size_t n = random_piece(r, len - i);
        rcd_census_feed(&cut, p + i, n);
        i += n;
    }
    CHECK(memcmp(&one, &cut, sizeof one) == 0, "%s: %zu bytes in pieces", what, len);
}

int main(void)
{
    enum { LEN = 3 * RCD_CENSUS_HEAD };
    uint8_t *p = malloc(LEN);
    if (p == NULL) {
        abort();
    }
    for (size_t k = 0; k < CHECK_KERNELS; k++) {
        if (rcd_kernel_force(check_kernel_names[k]) != 0) {
            continue;
        }
        check_random r = {0xABCDEF};
        static const char *const kinds[] = {"random", "text", "rare", "sixteen", "late"};
        for (unsigned round = 0; round < 60; round++) {
            unsigned kind = round % 5;
            size_t len = round < 30 ? random_below(&r, 600) : random_below(&r, LEN);
            for (size_t i = 0; i < len; i++) {
                uint8_t b = (uint8_t)random_next(&r);
                if (kind == 1) {
                    b = b < 0x80 ? (uint8_t)(0x20 + b % 0x5F) : b;
                } else if (kind == 2) {
                    b = random_below(&r, 300) == 0 ? b : 'e';
                } else if (kind == 3) {
                    b = i % 2 == 0 ? 0 : b;
                } else if (kind == 4) {
                    b = i < len - len / 16 ? (uint8_t)(b & 15) | 0xC0 : b;
                }
                p[i] = b;
            }
            uint8_t *exact = exact_copy(p, len);
            check_against_loops(exact, len, kinds[kind]);
            check_cuts(exact, len, &r, kinds[kind]);
            free(exact);
        }
    }
    free(p);
    return check_end("census");
}
