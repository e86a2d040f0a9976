/* fuzz.h : what the fuzz targets share.
 *
 *  A target is one function that takes any bytes and dies when a promise of the core is broken. It
 *  runs under libFuzzer where clang is, otherwise under fuzz_driver.c. The bytes alone decide what
 *  happens, the cuts included, so that a file that made it die does so again. */
#ifndef FUZZ_H
#define FUZZ_H

#include "check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

#define REQUIRE(condition)                                                                        \
    do {                                                                                          \
        if (!(condition)) {                                                                       \
            fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #condition);       \
            abort();                                                                              \
        }                                                                                         \
    } while (0)

/* Memory for one detector: aligned as rcd_detector_init() asks, and larger than any may be. */
#define DETECTOR_ROOM ((size_t)1 << 20)
static inline uint8_t *detector_memory(void)
{
    static uint8_t memory[DETECTOR_ROOM + 16];
    return memory + (16 - (uintptr_t)memory % 16) % 16;
}

/* A source of choices from the bytes (FNV-1a, never 0). */
static inline check_random choices_from(const uint8_t *data, size_t len)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ data[i]) * UINT64_C(0x100000001B3);
    }
    check_random r = {hash | 1};
    return r;
}

/* Any of the kernels this machine has. */
static inline void choose_kernel(check_random *r)
{
    while (rcd_kernel_force(check_kernel_names[random_below(r, CHECK_KERNELS)]) != 0) {
    }
}

#endif
