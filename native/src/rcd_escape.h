/* rcd_escape.h : the 7-bit encodings: ISO-2022-JP/KR/CN families, HZ, UTF-7. */
#ifndef RCD_ESCAPE_H
#define RCD_ESCAPE_H

#include <stddef.h>
#include <stdint.h>

/* Streaming state; fields private to rcd_escape.c. Sized generously so that the layout may change. */
typedef struct {
    uint64_t word[96];
} rcd_escape;

typedef struct {
    uint16_t charset;    /* RCD_CS_ISO2022_JP, ..._JP_1, _JP_2, _JP_3, _JP_2004, _JP_EXT, CP50220
                            (half-width kana by ESC ( I, NEC row 13 or IBM characters), ISO2022_KR,
                            ISO2022_CN, ISO2022_CN_EXT, HZ, UTF_7; 0 = none of them */
    uint16_t narrow;     /* the narrowest charset of the family that decodes the input (exact=True) */
    uint64_t characters; /* characters coded by the escapes, shifts or +...- runs */
    uint64_t bad;        /* broken sequences inside; first_bad says where */
    uint64_t first_bad;  /* UINT64_MAX = none */
    int certain;         /* 1 = the structure alone decides; 0 = weak (a lone ~{ or +x- run) */
} rcd_escape_verdict;

void rcd_escape_init(rcd_escape *e);
/* Consumes all of `data` (which may contain bytes over 0x7F: these end the candidature of the
 * strictly 7-bit forms, remembered with their offset). Any split gives the same state. Fast when
 * the input has no ESC, SO, SI, `~{` or `+`: uses the plain-run kernel, and gives up for good once
 * nothing can come of it. */
void rcd_escape_feed(rcd_escape *e, const uint8_t *data, size_t len);
/* The verdict if the input ends here; with `sample`, a sequence cut at the end is no evidence. */
void rcd_escape_end(const rcd_escape *e, int sample, rcd_escape_verdict *out);

#endif
