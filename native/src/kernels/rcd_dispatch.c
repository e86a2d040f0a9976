/* rcd_dispatch.c : which kernels this processor can run.
 *
 *  Probed on first use and stored in one atomic pointer, the only state the core shares between
 *  threads. Two threads may both probe: they store the same pointer. */
#include "rcd_dispatch.h"

#include <string.h>

#include "rcd_conv.h"
#include "rcd_kernels.h"
#include "recodec.h"

#if defined(_MSC_VER) && !defined(__clang__)
#define RCD_MSVC 1
#include <intrin.h>
#else
#define RCD_MSVC 0
#endif

typedef struct {
    const char *name;
    const rcd_kernels *kernels;
    const rcd_conv_kernels *conversion;
    int (*available)(void);
    int avx2; /* and BMI and POPCNT */
} kernel_set;

/* MSVC has C11 atomics only since 2022, behind a switch. Interlocked operations are full fences,
 * and an aligned pointer-sized volatile read does not tear. */
#if RCD_MSVC
typedef void *volatile shared_pointer;
#define SHARED_LOAD(p) ((const kernel_set *)_InterlockedCompareExchangePointer(&(p), NULL, NULL))
#define SHARED_STORE(p, value) ((void)_InterlockedExchangePointer(&(p), (void *)(value)))
#else
#include <stdatomic.h>
typedef _Atomic(const kernel_set *) shared_pointer;
#define SHARED_LOAD(p) atomic_load_explicit(&(p), memory_order_acquire)
#define SHARED_STORE(p, value) atomic_store_explicit(&(p), (value), memory_order_release)
#endif

static shared_pointer chosen;

#if RCD_X86 && RCD_MSVC
/* The processor having AVX2 is not enough: the system must save the wide registers as well, which
 * OSXSAVE and the two low state bits of XCR0 (XMM and YMM) say. */
static int has_avx2(void)
{
    int r[4];
    __cpuid(r, 0);
    if (r[0] < 7) {
        return 0;
    }
    __cpuid(r, 1);
    const int needed = (1 << 23) | (1 << 27) | (1 << 28); /* POPCNT, OSXSAVE, AVX */
    if ((r[2] & needed) != needed || (_xgetbv(0) & 6) != 6) {
        return 0;
    }
    __cpuidex(r, 7, 0);
    const int also = (1 << 3) | (1 << 5) | (1 << 8); /* BMI, AVX2, BMI2 */
    return (r[1] & also) == also;
}

#if RCD_X86_64
static int has_avx512(void)
{
    int r[4];
    if (!has_avx2()) {
        return 0;
    }
    __cpuidex(r, 7, 0);
    const unsigned wide = 1u << 16 | 1u << 17 | 1u << 30 | 1u << 31; /* F, DQ, BW, VL */
    const int bytes = (1 << 1) | (1 << 6);                           /* VBMI, VBMI2 */
    return ((unsigned)r[1] & wide) == wide && (r[2] & bytes) == bytes &&
           (_xgetbv(0) & 0xE6) == 0xE6;
}
#endif

static int has_ssse3(void)
{
    int r[4];
    __cpuid(r, 1);
    return (r[2] & (1 << 9)) != 0;
}

static int has_sse2(void)
{
    int r[4];
    __cpuid(r, 1);
    return (r[3] & (1 << 26)) != 0;
}
#elif RCD_X86
/* These builtins look at the operating system's support as well. */
static int has_avx2(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}

#if RCD_X86_64
static int has_avx512(void)
{
    __builtin_cpu_init();
    return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");
}
#endif

static int has_ssse3(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("ssse3") != 0;
}

static int has_sse2(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("sse2") != 0;
}
#endif

static int always(void)
{
    return 1;
}

/* Best first. */
static const kernel_set sets[] = {
#if RCD_X86
#if RCD_X86_64
    {"avx512", &rcd_kernels_avx512, &rcd_conv_avx512, has_avx512, 1},
#endif
    {"avx2", &rcd_kernels_avx2, &rcd_conv_avx2, has_avx2, 1},
    {"ssse3", &rcd_kernels_ssse3, &rcd_conv_sse2, has_ssse3, 0},
    {"sse2", &rcd_kernels_sse2, &rcd_conv_sse2, has_sse2, 0},
#endif
#if RCD_ARM64
    {"neon", &rcd_kernels_neon, &rcd_conv_neon, always, 0},
#endif
    {"scalar", &rcd_kernels_scalar, &rcd_conv_scalar, always, 0},
};

#define SET_COUNT (sizeof sets / sizeof sets[0])

static const kernel_set *probe(void)
{
    size_t i = 0;
    while (!sets[i].available()) {
        i++;
    }
    return sets + i;
}

static const kernel_set *get(void)
{
    const kernel_set *set = SHARED_LOAD(chosen);
    if (set == NULL) {
        set = probe();
        SHARED_STORE(chosen, set);
    }
    return set;
}

const rcd_kernels *rcd_kernels_get(void)
{
    return get()->kernels;
}

int rcd_kernels_have_avx2(void)
{
    return get()->avx2;
}

const rcd_conv_kernels *rcd_conv_kernels_get(void)
{
    return get()->conversion;
}

const char *rcd_kernel_name(void)
{
    return get()->name;
}

int rcd_kernel_force(const char *name)
{
    if (name == NULL) {
        SHARED_STORE(chosen, probe());
        return 0;
    }
    for (size_t i = 0; i < SET_COUNT; i++) {
        if (strcmp(name, sets[i].name) == 0) {
            if (!sets[i].available()) {
                return RCD_E_OPTION;
            }
            SHARED_STORE(chosen, sets + i);
            return 0;
        }
    }
    return RCD_E_OPTION;
}
