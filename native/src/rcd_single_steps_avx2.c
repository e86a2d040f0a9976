/* rcd_single_steps_avx2.c : the steps of the single-byte race once more, for x86-64 with AVX2, BMI and
 * POPCNT: rows of the models are found by counting bits, which takes other processors a dozen
 * instructions a time. */
#include "rcd_kernels.h"

#if RCD_X86_64

/* Before the instruction set is named: these say for themselves what they need. */
#include <immintrin.h>
#include <string.h>

#define RCD_USE_AVX2 1

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,popcnt"))), apply_to = function)
#elif defined(__GNUC__)
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2,popcnt")
#endif

#include "rcd_single_steps.c"

#if defined(__clang__)
#pragma clang attribute pop
#elif defined(__GNUC__)
#pragma GCC pop_options
#endif

#else
typedef int rcd_no_steps_avx2; /* a translation unit must not be empty */
#endif
