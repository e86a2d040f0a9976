/* rcd_dispatch.h : the kernels, one set per instruction set, chosen once. */
#ifndef RCD_DISPATCH_H
#define RCD_DISPATCH_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    const char *name; /* "avx2", "sse2", "neon", "scalar" */
    /* Length of the run at the start of data of bytes that are plain ASCII text:
     * 0x20..0x7E, TAB, LF, FF, CR. */
    size_t (*plain_run)(const uint8_t *data, size_t len);
    /* Length of the run at the start of data of bytes below 0x80. */
    size_t (*ascii_run)(const uint8_t *data, size_t len);
    /* Length of the longest prefix that is well-formed UTF-8 made of whole characters (a prefix of
     * the true longest, at most 64 bytes short of an error, is allowed only when an error follows:
     * the caller goes on byte by byte). characters: multi-byte characters in that prefix. */
    size_t (*utf8_run)(const uint8_t *data, size_t len, uint64_t *characters);
    /* count[b] += occurrences of each byte value. */
    void (*histogram)(uint64_t count[256], const uint8_t *data, size_t len);
} rcd_kernels;

/* The best set this processor has, or the forced one. */
const rcd_kernels *rcd_kernels_get(void);

#endif
