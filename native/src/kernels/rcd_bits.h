/* rcd_bits.h : sets of bits in 64-bit words. */
#ifndef RCD_BITS_H
#define RCD_BITS_H

#include <stdint.h>
#include <string.h>

#if defined(_MSC_VER) && (defined(_M_X64) || defined(_M_ARM64))
#include <intrin.h>
#endif

/* The number of the lowest bit that is set; `word` is not 0. */
static inline unsigned rcd_lowest_bit(uint64_t word)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_ctzll(word);
#elif defined(_MSC_VER) && (defined(_M_X64) || defined(_M_ARM64))
    unsigned long at;
    _BitScanForward64(&at, word);
    return (unsigned)at;
#else
    unsigned n = 0;
    for (unsigned half = 32; half != 0; half /= 2u) {
        if ((word & ((UINT64_C(1) << half) - 1u)) == 0) {
            word >>= half;
            n += half;
        }
    }
    return n;
#endif
}

/* How many bits are set. */
static inline unsigned rcd_bit_count(uint64_t word)
{
#if defined(RCD_USE_AVX2) && defined(__GNUC__)
    return (unsigned)__builtin_popcountll(word);
#elif defined(RCD_USE_AVX2)
    return (unsigned)__popcnt64(word);
#else
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (unsigned)(word * UINT64_C(0x0101010101010101) >> 56);
#endif
}

/* Eight bytes as a number, the first of them in its low bits. */
static inline uint64_t rcd_load_bytes(const uint8_t *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
#if defined(__BYTE_ORDER__) && defined(__ORDER_BIG_ENDIAN__)
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
#endif
    return word;
}

#define RCD_BYTE_ONES UINT64_C(0x0101010101010101)
#define RCD_BYTE_TOPS UINT64_C(0x8080808080808080)

/* A top bit where a byte of `word` is `b`, and perhaps in bytes behind the first that is. */
static inline uint64_t rcd_bytes_like(uint64_t word, uint8_t b)
{
    const uint64_t x = word ^ RCD_BYTE_ONES * b;
    return (x - RCD_BYTE_ONES) & ~x & RCD_BYTE_TOPS;
}

static inline int rcd_has_bit(const uint64_t *set, unsigned n)
{
    return (int)(set[n >> 6] >> (n & 63u) & 1u);
}

#endif
