/* rcd_ranking_sums.h : what the bytes of a text cost by letter frequency, in many charsets at once. */
#ifndef RCD_RANKING_SUMS_H
#define RCD_RANKING_SUMS_H

#include "rcd_tally.h"

/* What the bytes from `base` on cost in `rows` rows at once, in the table that is not NULL: sum[r] is
 * their counts times cost[.][r]. There are sixteen rows at least, and a multiple of eight.
 *  asked  a bit for each eight rows whose sums are wanted */
void rcd_rank_sums(const rcd_tally *t, const int16_t *wide, const uint8_t *narrow, unsigned rows,
                   unsigned base, uint32_t asked, int32_t *sum);
/* The same, compiled for every processor, and for those where rcd_kernels_have_avx2(). */
void rcd_rank_sums_plain(const rcd_tally *t, const int16_t *wide, const uint8_t *narrow,
                         unsigned rows, unsigned base, uint32_t asked, int32_t *sum);
void rcd_rank_sums_avx2(const rcd_tally *t, const int16_t *wide, const uint8_t *narrow,
                        unsigned rows, unsigned base, uint32_t asked, int32_t *sum);

#endif
