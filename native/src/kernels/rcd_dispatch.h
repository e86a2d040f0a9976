/* rcd_dispatch.h : the kernels, one set per instruction set, chosen once.
 *
 *  Every set gives the same answer to every call; only the time differs. native/check compares each
 *  set that the processor has with the scalar one. */
#ifndef RCD_DISPATCH_H
#define RCD_DISPATCH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A set of byte values, in the two forms that kernels want: `row` for shuffles by nibble (bit
 * (b >> 4) & 7 of row[(b >> 7) * 16 + (b & 15)]), `has` for one load per byte. */
typedef struct {
    uint8_t row[32];
    uint8_t has[256];
} rcd_byteset;

static inline void rcd_byteset_add(rcd_byteset *set, uint8_t value)
{
    unsigned at = (unsigned)(value >> 7) * 16u + (value & 15u);
    set->row[at] = (uint8_t)(set->row[at] | (1u << ((value >> 4) & 7u)));
    set->has[value] = 1;
}

static inline void rcd_byteset_remove(rcd_byteset *set, uint8_t value)
{
    unsigned at = (unsigned)(value >> 7) * 16u + (value & 15u);
    set->row[at] = (uint8_t)(set->row[at] & ~(1u << ((value >> 4) & 7u)));
    set->has[value] = 0;
}

/* The values below 0x80. */
static inline void rcd_byteset_ascii(rcd_byteset *set)
{
    memset(set->row, 0xFF, 16);
    memset(set->row + 16, 0, 16);
    memset(set->has, 1, 128);
    memset(set->has + 128, 0, 128);
}

/* Bytes that lead pairs, and some of the pairs: eight products of sets. A byte is in the products that
 * both of its halves are in, and a pair is one where both bytes are in the same product. */
typedef struct {
    uint8_t leads[16]; /* by low half, a bit for each high half from 8 on */
    uint8_t lead_low[16], lead_high[16];
    uint8_t trail_low[16], trail_high[16];
} rcd_pairset;

#define RCD_PAIR_BLOCK 64u
typedef struct {
    uint64_t high;  /* bytes from 0x80 on */
    uint64_t leads; /* that may lead a pair, */
    uint64_t pairs; /* and where one would begin that is in the set */
} rcd_pair_masks;

typedef struct {
    const char *name; /* "avx2", "ssse3", "sse2", "neon", "scalar" */
    /* Length of the run at the start of data of bytes that are plain ASCII text:
     * 0x20..0x7E, TAB, LF, FF, CR. */
    size_t (*plain_run)(const uint8_t *data, size_t len);
    /* Length of the run at the start of data of bytes below 0x80. */
    size_t (*ascii_run)(const uint8_t *data, size_t len);
    /* Length of the longest prefix that is well-formed UTF-8 made of whole characters; what follows
     * is ill-formed or a character cut by the end. *characters grows by the multi-byte characters
     * in that prefix. */
    size_t (*utf8_run)(const uint8_t *data, size_t len, uint64_t *characters);
    /* Length of the run at the start of data of bytes that are in `set`. *high grows by the bytes
     * >= 0x80 in that run. */
    size_t (*set_run)(const uint8_t *data, size_t len, const rcd_byteset *set, uint64_t *high);
    /* count[b] += occurrences of each byte value. */
    void (*histogram)(uint64_t count[256], const uint8_t *data, size_t len);
    /* What the first RCD_PAIR_BLOCK bytes of data are to a set of pairs, a bit each; one byte more is
     * read. NULL = asking byte by byte is as fast. */
    void (*pair_masks)(const uint8_t *data, const rcd_pairset *set, rcd_pair_masks *masks);
    /* How many LF, CR and CR LF there are, each of which ends a line; `before` is the byte in front of
     * the data, 0 where there is none. */
    uint64_t (*line_ends)(const uint8_t *data, size_t len, unsigned before);
} rcd_kernels;

/* The best set this processor has, or the one forced with rcd_kernel_force(). Thread-safe. */
const rcd_kernels *rcd_kernels_get(void);

/* Does that set use AVX2, BMI and POPCNT? Then what was compiled for them may run. */
int rcd_kernels_have_avx2(void);

#endif
