/* rcd_ranking_sums.c : see rcd_ranking_sums.h. Compiled a second time by rcd_single_avx2.c. */
#include "rcd_ranking_sums.h"

#include <string.h>

#include "rcd_kernels.h"

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#define RANK_SSE2 1
#endif

#if defined(RCD_USE_AVX2)
#define RANK_SUMS rcd_rank_sums_avx2
#else
#define RANK_SUMS rcd_rank_sums_plain
#endif

/* The bytes that count, and an end beside the last of an odd number that counts as nothing. */
typedef struct {
    uint32_t from[257]; /* where the rows of a byte are */
    uint16_t count[258];
    unsigned n;
} counted_bytes;

static inline void list_counted(const rcd_tally *t, unsigned rows, unsigned base, counted_bytes *out)
{
    unsigned n = 0;
    const uint32_t end = base >= 0x80u ? t->special_count : t->byte_count; /* ASCII comes last */
    for (uint32_t i = 0; i < end; i++) {
        const unsigned b = t->byte[i];
        out->from[n] = (b - base) * rows;
        out->count[n] = (uint16_t)t->count[b];
        n += b >= base && t->count[b] != 0;
    }
    out->from[n] = 0;
    out->count[n] = out->count[n + 1u] = 0;
    out->n = n;
}

#if defined(RCD_USE_AVX2)
/* Sixteen costs of a byte, of which one table or the other holds all. */
static inline __m256i sixteen_costs(const int16_t *wide, const uint8_t *narrow, size_t at)
{
    if (wide != NULL) {
        return _mm256_loadu_si256((const __m256i *)(const void *)(wide + at));
    }
    return _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(narrow + at)));
}

/* sum[r .. r + 15], of two bytes at a time. */
static inline void add_rows(const counted_bytes *bytes, const int16_t *wide, const uint8_t *narrow,
                            unsigned r, int32_t *sum)
{
    __m256i low = _mm256_setzero_si256(), high = low; /* four rows of each eight */
    for (unsigned i = 0; i < bytes->n; i += 2u) {
        int32_t both;
        memcpy(&both, bytes->count + i, sizeof both);
        const __m256i counts = _mm256_set1_epi32(both);
        const __m256i x = sixteen_costs(wide, narrow, (size_t)bytes->from[i] + r);
        const __m256i y = sixteen_costs(wide, narrow, (size_t)bytes->from[i + 1u] + r);
        low = _mm256_add_epi32(low, _mm256_madd_epi16(_mm256_unpacklo_epi16(x, y), counts));
        high = _mm256_add_epi32(high, _mm256_madd_epi16(_mm256_unpackhi_epi16(x, y), counts));
    }
    __m256i *to = (__m256i *)(void *)(sum + r);
    _mm256_storeu_si256(to, _mm256_permute2x128_si256(low, high, 0x20));
    _mm256_storeu_si256(to + 1, _mm256_permute2x128_si256(low, high, 0x31));
}
#elif defined(RANK_SSE2)
/* Eight costs of a byte. */
static inline __m128i eight_costs(const int16_t *wide, const uint8_t *narrow, size_t at)
{
    if (wide != NULL) {
        return _mm_loadu_si128((const __m128i *)(const void *)(wide + at));
    }
    return _mm_unpacklo_epi8(_mm_loadl_epi64((const __m128i *)(const void *)(narrow + at)),
                             _mm_setzero_si128());
}

static inline void add_rows(const counted_bytes *bytes, const int16_t *wide, const uint8_t *narrow,
                            unsigned r, int32_t *sum)
{
    __m128i part[4];
    for (unsigned k = 0; k < 4u; k++) {
        part[k] = _mm_setzero_si128();
    }
    for (unsigned i = 0; i < bytes->n; i += 2u) {
        int32_t both;
        memcpy(&both, bytes->count + i, sizeof both);
        const __m128i counts = _mm_set1_epi32(both);
        for (unsigned k = 0; k < 4u; k += 2u) {
            __m128i x = eight_costs(wide, narrow, (size_t)bytes->from[i] + r + 4u * k);
            __m128i y = eight_costs(wide, narrow, (size_t)bytes->from[i + 1u] + r + 4u * k);
            part[k] = _mm_add_epi32(part[k], _mm_madd_epi16(_mm_unpacklo_epi16(x, y), counts));
            part[k + 1u] =
                _mm_add_epi32(part[k + 1u], _mm_madd_epi16(_mm_unpackhi_epi16(x, y), counts));
        }
    }
    for (unsigned k = 0; k < 4u; k++) {
        _mm_storeu_si128((__m128i *)(void *)(sum + r + 4u * k), part[k]);
    }
}
#else
static inline void add_rows(const counted_bytes *bytes, const int16_t *wide, const uint8_t *narrow,
                            unsigned r, int32_t *sum)
{
    int32_t part[16] = {0};
    for (unsigned i = 0; i < bytes->n; i++) {
        const size_t at = (size_t)bytes->from[i] + r;
        for (unsigned k = 0; k < 16u; k++) {
            part[k] += bytes->count[i] * (wide != NULL ? wide[at + k] : narrow[at + k]);
        }
    }
    memcpy(sum + r, part, sizeof part);
}
#endif

void RANK_SUMS(const rcd_tally *t, const int16_t *wide, const uint8_t *narrow, unsigned rows,
               unsigned base, uint32_t asked, int32_t *sum)
{
    counted_bytes bytes;
    list_counted(t, rows, base, &bytes);
    /* Sixteen at a time, of which the last may be done twice. */
    for (unsigned at = 0; at < rows; at += 16u) {
        const unsigned r = at + 16u <= rows ? at : rows - 16u;
        if ((asked >> (r / 8u) & 3u) == 0) {
            continue;
        }
        if (wide != NULL) { /* so that it is not asked for each byte */
            add_rows(&bytes, wide, NULL, r, sum);
        } else {
            add_rows(&bytes, NULL, narrow, r, sum);
        }
    }
}

#if !defined(RCD_USE_AVX2)
void rcd_rank_sums(const rcd_tally *t, const int16_t *wide, const uint8_t *narrow, unsigned rows,
                   unsigned base, uint32_t asked, int32_t *sum)
{
#if RCD_X86_64
    if (rcd_kernels_have_avx2()) {
        rcd_rank_sums_avx2(t, wide, narrow, rows, base, asked, sum);
        return;
    }
#endif
    rcd_rank_sums_plain(t, wide, narrow, rows, base, asked, sum);
}
#endif
