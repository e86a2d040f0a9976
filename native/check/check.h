/* check.h : the few things that every test program here needs.
 *
 *  A test program prints what went wrong with enough to repeat it, and returns 1. Random inputs
 *  come from a fixed seed: a failure seen once is seen every time. */
#ifndef CHECK_H
#define CHECK_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "recodec.h"

static int check_failures = 0;
static uint64_t check_count = 0;

/* Counts, and reports the first hundred failures: one wrong table entry can make a million. */
#define CHECK(condition, ...)                                                                     \
    do {                                                                                          \
        check_count++;                                                                            \
        if (!(condition)) {                                                                       \
            if (++check_failures <= 100) {                                                        \
                fprintf(stderr, "%s:%d: %s: ", __FILE__, __LINE__, #condition);                   \
                fprintf(stderr, __VA_ARGS__);                                                     \
                fputc('\n', stderr);                                                              \
            }                                                                                     \
        }                                                                                         \
    } while (0)

/* The program's exit status: a test that checks nothing has failed, too. */
static inline int check_end(const char *name)
{
    printf("%-12s %12" PRIu64 " checks, %d failures\n", name, check_count, check_failures);
    return check_failures != 0 || check_count == 0;
}

/* xorshift64*: small, and good enough to choose bytes and cuts. */
typedef struct {
    uint64_t state;
} check_random;

static inline uint64_t random_next(check_random *r)
{
    uint64_t x = r->state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    r->state = x;
    return x * UINT64_C(0x2545F4914F6CDD1D);
}

/* 0 .. below - 1; below > 0. */
static inline size_t random_below(check_random *r, size_t below)
{
    return (size_t)((random_next(r) >> 11) % below);
}

/* Memory of exactly `len` bytes, so that a sanitizer sees a read one past either end. */
static inline uint8_t *exact_copy(const void *data, size_t len)
{
    uint8_t *p = malloc(len > 0 ? len : 1);
    if (p == NULL) {
        abort();
    }
    if (len > 0) {
        memcpy(p, data, len);
    }
    return p;
}

/* Memory aligned to the 16 bytes that the core asks for, to free(). malloc() aligns to them where a
 * pointer has 64 bits; aligned_alloc() is missing on Windows. */
static inline void *check_aligned(size_t size)
{
    size_t some = size > 0 ? size : 1;
#if UINTPTR_MAX > 0xFFFFFFFF || defined(_WIN32)
    void *p = malloc(some);
#else
    void *p = aligned_alloc(16, some);
#endif
    if (p == NULL) {
        abort();
    }
    return p;
}

/* Memory for one detector, to free(). */
static inline void *check_detector_memory(void)
{
    return check_aligned(rcd_detector_size());
}

static const char *const check_kernel_names[] = {"scalar", "sse2", "ssse3", "avx2", "avx512", "neon"};
#define CHECK_KERNELS (sizeof check_kernel_names / sizeof check_kernel_names[0])

/* The sizes of the pieces a random split makes: mostly small, at times all that is left. */
static inline size_t random_piece(check_random *r, size_t left)
{
    size_t most = random_below(r, 4) == 0 ? left : random_below(r, 40) + 1;
    size_t n = random_below(r, most + 1);
    return n < left ? n : left;
}

#endif
