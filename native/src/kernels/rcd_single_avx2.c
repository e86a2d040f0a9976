/* rcd_single_avx2.c : where the single-byte race spends its time, once more for x86-64 with AVX2, BMI
 * and POPCNT. Rows of the models are found by counting bits, which takes a dozen instructions without;
 * sums of costs are twice as wide. */
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

#include "rcd_ranking_sums.c"
#include "rcd_single_ascii.c"
#include "rcd_single_report.c"
#include "rcd_single_steps.c"

#if defined(__clang__)
#pragma clang attribute pop
#elif defined(__GNUC__)
#pragma GCC pop_options
#endif

#else
typedef int rcd_no_single_avx2; /* a translation unit must not be empty */
#endif
