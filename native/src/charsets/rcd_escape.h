/* rcd_escape.h : the 7-bit encodings: ISO-2022-JP/KR/CN families, HZ, UTF-7 and IMAP's. */
#ifndef RCD_ESCAPE_H
#define RCD_ESCAPE_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_dispatch.h"
#include "rcd_hz.h"
#include "rcd_iso2022.h"
#include "rcd_utf7.h"

/* Streaming state; the fields are private to rcd_escape.c. */
typedef struct {
    uint64_t pos;        /* bytes consumed */
    uint64_t first_high; /* offset of the first byte >= 0x80; UINT64_MAX = none */
    rcd_iso2022 iso2022;
    rcd_hz hz;
    rcd_utf7 utf7;
    rcd_utf7 imap;
    rcd_byteset idle;    /* bytes that change nothing while every reader is at rest */
    uint8_t live;        /* the readers that `idle` was made for */
    uint8_t dead;        /* nothing can come of it any more */
} rcd_escape;

typedef struct {
    uint16_t charset;    /* RCD_CS_ISO2022_JP, ..._JP_1, _JP_2, _JP_3, _JP_2004, _JP_EXT, CP50220
                            (half-width kana by ESC ( I, NEC row 13 or IBM characters), ISO2022_KR,
                            ISO2022_CN, ISO2022_CN_EXT, HZ, UTF_7, UTF_7_IMAP; 0 = none of them */
    uint16_t narrow;     /* the narrowest of the family that decodes the input (exact=True) */
    uint64_t characters; /* characters coded by the escapes, shifts or +...- runs */
    uint64_t bad;        /* broken sequences inside; few beside the characters, or charset is 0 */
    uint64_t first_bad;  /* offset of the first of them; UINT64_MAX = none */
    int certain;         /* 1 = the structure alone decides; 0 = weak (a lone ~{ or +x- run) */
} rcd_escape_verdict;

void rcd_escape_init(rcd_escape *e);

/* Consumes all of `data`. A byte >= 0x80 ends it all: each of these encodings is strictly 7-bit.
 * Any split gives the same state. One pass of a vector kernel as long as there is no ESC, SO, SI,
 * '~', '+' or '&'; a reader gives up for good once what it has seen is mostly broken. */
void rcd_escape_feed(rcd_escape *e, const uint8_t *data, size_t len);

/* Do all readers rest, so that only ESC, SO, SI, '~', '+' and '&', or a byte >= 0x80, wake one? */
int rcd_escape_rests(const rcd_escape *e);

/* As rcd_escape_feed() while they rest, for bytes that wake none. */
void rcd_escape_pass(rcd_escape *e, const uint8_t *data, size_t len);

/* The verdict if the input ends here, of the charsets that `allow` has (as in rcd_options, or NULL);
 * with `sample`, a sequence cut at the end is no evidence. Does not change `e`. */
void rcd_escape_end(const rcd_escape *e, int sample, const uint8_t *allow, rcd_escape_verdict *out);

/* Whether one of these charsets decodes all of an input without a byte >= 0x80, be there anything
 * coded by its escapes or not. 0 for what is none of them. */
int rcd_escape_fits(const rcd_escape *e, unsigned charset, int sample);

#endif
