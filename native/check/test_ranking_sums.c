/* test_ranking_sums.c : sums of costs over many rows at once, by every set of kernels, are those of each
 * byte and row by itself. */
#include "check.h"
#include "rcd_ranking_sums.h"

#define ROWS_MOST 48u

static int16_t wide[128][ROWS_MOST];
static uint8_t narrow[256][ROWS_MOST];

/* A tally as rcd_tally_bytes() makes it: special bytes first, some of which the text has elsewhere. */
static void make_tally(check_random *r, rcd_tally *t)
{
    memset(t, 0, sizeof *t);
    const unsigned one_in = 1u + (unsigned)random_below(r, 40);
    for (unsigned half = 0; half < 2u; half++) {
        for (unsigned b = half == 0 ? 0x80u : 0; b < (half == 0 ? 0x100u : 0x80u); b++) {
            if (random_below(r, one_in) == 0) {
                t->count[b] = (int16_t)random_below(r, random_below(r, 4) == 0 ? 16384 : 20);
                t->byte[t->byte_count++] = (uint8_t)b;
            }
        }
        t->special_count = half == 0 ? t->byte_count : t->special_count;
    }
}

static void check_sums(check_random *r, const rcd_tally *t, unsigned rows, int is_wide)
{
    int32_t sum[ROWS_MOST];
    const uint32_t asked = random_below(r, 2) == 0 ? UINT32_MAX : (uint32_t)random_next(r);
    const unsigned base = is_wide ? 0x80u : 0;
    rcd_rank_sums(t, is_wide ? &wide[0][0] : NULL, is_wide ? NULL : &narrow[0][0], rows, base, asked,
                  sum);
    for (unsigned k = 0; k < rows; k++) {
        int32_t wanted = 0;
        for (uint32_t i = 0; i < t->byte_count; i++) {
            const unsigned b = t->byte[i];
            const size_t at = (size_t)(b - base) * rows + k;
            wanted += b < base ? 0 : t->count[b] * (is_wide ? (&wide[0][0])[at] : (&narrow[0][0])[at]);
        }
        CHECK((asked >> (k / 8u) & 1u) == 0 || sum[k] == wanted, "row %u of %u: %d, not %d", k, rows,
              (int)sum[k], (int)wanted);
    }
}

int main(void)
{
    static rcd_tally t;
    for (size_t set = 0; set < CHECK_KERNELS; set++) {
        if (rcd_kernel_force(check_kernel_names[set]) != 0) {
            continue;
        }
        check_random r = {UINT64_C(0x5EED)};
        for (size_t i = 0; i < sizeof wide / sizeof wide[0][0]; i++) {
            (&wide[0][0])[i] = (int16_t)random_below(&r, 900);
        }
        for (size_t i = 0; i < sizeof narrow; i++) {
            (&narrow[0][0])[i] = (uint8_t)random_next(&r);
        }
        for (unsigned round = 0; round < 500; round++) {
            make_tally(&r, &t);
            for (unsigned rows = 16; rows <= ROWS_MOST; rows += 8u) {
                check_sums(&r, &t, rows, round % 2u == 0);
            }
        }
    }
    rcd_kernel_force(NULL);
    return check_end("ranking_sums");
}
