/* rcd_kernels.h : what the kernel files share; nobody else includes it. */
#ifndef RCD_KERNELS_H
#define RCD_KERNELS_H

#include "rcd_dispatch.h"

/* ARM64EC defines _M_X64 too, but runs x86 vectors in emulation: there the scalar set serves. */
#if (defined(__x86_64__) || defined(__i386__) || defined(_M_X64) || defined(_M_IX86)) && \
    !defined(_M_ARM64EC)
#define RCD_X86 1
#else
#define RCD_X86 0
#endif

#if RCD_X86 && (defined(__x86_64__) || defined(_M_X64))
#define RCD_X86_64 1
#else
#define RCD_X86_64 0
#endif

/* The position of a byte in a vector mask is counted from the little end. */
#if defined(_M_ARM64) || (defined(__aarch64__) && !defined(__AARCH64EB__))
#define RCD_ARM64 1
#else
#define RCD_ARM64 0
#endif

/* gcc and clang want the instruction set named for each function that uses intrinsics beyond the
 * baseline; a list of per-file flags in the build would have to be repeated for every build system.
 * MSVC takes every intrinsic everywhere. */
#if defined(__GNUC__) || defined(__clang__)
#define RCD_TARGET(isa) __attribute__((target(isa)))
#define RCD_INLINE_TARGET(isa) static inline __attribute__((always_inline, target(isa)))
#define RCD_INLINE static inline __attribute__((always_inline))
#else
#define RCD_TARGET(isa)
#define RCD_INLINE_TARGET(isa) static __forceinline
#define RCD_INLINE static __forceinline
#endif

/* Tells the caches what will be read or written. The address may be anywhere: a kernel looks so many
 * bytes ahead of where it works, since processors neither see that far through its instructions nor
 * fetch across pages by themselves. */
#if defined(__GNUC__) || defined(__clang__)
#define RCD_PREFETCH(p, offset) \
    __builtin_prefetch((const void *)((uintptr_t)(const void *)(p) + (uintptr_t)(offset)))
#elif RCD_X86
#include <xmmintrin.h>
#define RCD_PREFETCH(p, offset) \
    _mm_prefetch((const char *)((uintptr_t)(const void *)(p) + (uintptr_t)(offset)), _MM_HINT_T0)
#else
#define RCD_PREFETCH(p, offset) ((void)(p))
#endif
#ifndef RCD_AHEAD
#define RCD_AHEAD 4096
#endif

extern const rcd_kernels rcd_kernels_scalar;
#if RCD_X86
extern const rcd_kernels rcd_kernels_sse2;
extern const rcd_kernels rcd_kernels_ssse3;
extern const rcd_kernels rcd_kernels_avx2;
#if RCD_X86_64
extern const rcd_kernels rcd_kernels_avx512;
#endif
#endif
#if RCD_ARM64
extern const rcd_kernels rcd_kernels_neon;
#endif

/* The scalar kernels, also used by the vector sets for the bytes that do not fill a vector. */
size_t rcd_scalar_plain_run(const uint8_t *data, size_t len);
size_t rcd_scalar_ascii_run(const uint8_t *data, size_t len);
size_t rcd_scalar_utf8_run(const uint8_t *data, size_t len, uint64_t *characters);
size_t rcd_scalar_set_run(const uint8_t *data, size_t len, const rcd_byteset *set, uint64_t *high);
void rcd_scalar_histogram(uint64_t count[256], const uint8_t *data, size_t len);
uint64_t rcd_scalar_line_ends(const uint8_t *data, size_t len, unsigned before);

/* Length of the well-formed multi-byte character at data[0] (which is >= 0x80), by table 3-7 of the
 * Unicode Standard; 0 when it is ill-formed or cut by the end of the data. */
static inline size_t rcd_utf8_character(const uint8_t *data, size_t len)
{
    unsigned lead = data[0];
    if (lead < 0xC2 || lead > 0xF4 || len < 2) {
        return 0;
    }
    unsigned low = 0x80, high = 0xBF;
    if (lead < 0xE0) {
        return data[1] >= low && data[1] <= high ? 2 : 0;
    }
    if (lead == 0xE0) {
        low = 0xA0;
    } else if (lead == 0xED) {
        high = 0x9F;
    } else if (lead == 0xF0) {
        low = 0x90;
    } else if (lead == 0xF4) {
        high = 0x8F;
    }
    if (data[1] < low || data[1] > high || len < 3 || (data[2] & 0xC0) != 0x80) {
        return 0;
    }
    if (lead < 0xF0) {
        return 3;
    }
    return len >= 4 && (data[3] & 0xC0) == 0x80 ? 4 : 0;
}

#endif
