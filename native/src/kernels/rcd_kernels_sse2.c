/* rcd_kernels_sse2.c : 16 bytes at a time on any 64-bit x86.
 *
 *  Without a byte shuffle only the questions about ASCII are vectors; characters beyond it are
 *  checked one by one between the runs. */
#include "rcd_kernels.h"

#if RCD_X86

#include <emmintrin.h>

#include "rcd_bits.h"

#define FN RCD_TARGET("sse2") static
#define HELP RCD_INLINE_TARGET("sse2")

HELP __m128i load16(const uint8_t *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

HELP size_t lowest_bit(unsigned mask)
{
    return (size_t)rcd_lowest_bit(mask);
}

/* Bit k: byte k is not plain ASCII text. The comparison is explained in rcd_kernels_avx2.c. */
HELP unsigned odd_mask(__m128i v)
{
    __m128i printable = _mm_cmpgt_epi8(_mm_add_epi8(v, _mm_set1_epi8(1)), _mm_set1_epi8(0x20));
    __m128i lines = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(0x0A)),
                                 _mm_cmpeq_epi8(v, _mm_set1_epi8(0x0D)));
    __m128i other = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(0x09)),
                                 _mm_cmpeq_epi8(v, _mm_set1_epi8(0x0C)));
    __m128i plain = _mm_or_si128(printable, _mm_or_si128(lines, other));
    return (unsigned)_mm_movemask_epi8(plain) ^ 0xFFFFu;
}

FN size_t sse2_plain_run(const uint8_t *data, size_t len)
{
    size_t i = 0;
    for (; len - i >= 16; i += 16) {
        unsigned odd = odd_mask(load16(data + i));
        if (odd != 0) {
            return i + lowest_bit(odd);
        }
    }
    return i + rcd_scalar_plain_run(data + i, len - i);
}

FN size_t sse2_ascii_run(const uint8_t *data, size_t len)
{
    size_t i = 0;
    for (; len - i >= 64; i += 64) {
        __m128i a = _mm_or_si128(load16(data + i), load16(data + i + 16));
        __m128i b = _mm_or_si128(load16(data + i + 32), load16(data + i + 48));
        if (_mm_movemask_epi8(_mm_or_si128(a, b)) != 0) {
            break;
        }
    }
    for (; len - i >= 16; i += 16) {
        unsigned high = (unsigned)_mm_movemask_epi8(load16(data + i));
        if (high != 0) {
            return i + lowest_bit(high);
        }
    }
    return i + rcd_scalar_ascii_run(data + i, len - i);
}

FN size_t sse2_utf8_run(const uint8_t *data, size_t len, uint64_t *characters)
{
    size_t i = 0;
    uint64_t found = 0;
    while (i < len) {
        if (len - i >= 16) {
            unsigned high = (unsigned)_mm_movemask_epi8(load16(data + i));
            if (high == 0) {
                i += 16;
                continue;
            }
            i += lowest_bit(high);
        }
        /* Words are short in most scripts beyond ASCII: a vector is tried again only after two
         * ASCII bytes in a row. */
        while (i < len) {
            if (data[i] < 0x80) {
                if (++i < len && data[i] < 0x80 && len - i >= 16) {
                    break;
                }
                continue;
            }
            size_t n = rcd_utf8_character(data + i, len - i);
            if (n == 0) {
                *characters += found;
                return i;
            }
            found++;
            i += n;
        }
    }
    *characters += found;
    return i;
}

const rcd_kernels rcd_kernels_sse2 = {
    "sse2",        sse2_plain_run,     sse2_ascii_run,
    sse2_utf8_run, rcd_scalar_set_run, rcd_scalar_histogram, NULL,
    rcd_scalar_line_ends,
};

#else
typedef int rcd_no_sse2; /* a translation unit must not be empty */
#endif
