/* rcd_hz.h : HZ, GB 2312 between ~{ and ~} (RFC 1843). */
#ifndef RCD_HZ_H
#define RCD_HZ_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t pos;        /* bytes consumed */
    uint64_t characters; /* in runs that were closed */
    uint64_t common;     /* those of them that Chinese text is made of: punctuation, letters, kana
                            and the first level of hanzi */
    uint64_t bad;        /* a tilde and what may not follow it; a run that breaks off */
    uint64_t first_bad;  /* offset of the first; UINT64_MAX = none */
    uint64_t start;      /* offset of the tilde or pair that is being read */
    uint64_t run;        /* characters of the open run */
    uint64_t run_common;
    uint8_t state;
    uint8_t first;       /* first byte of a pair */
    uint8_t dead;        /* given up: too much is broken */
} rcd_hz;

void rcd_hz_init(rcd_hz *h);

/* Consumes all of `data`, bytes below 0x80. Any split gives the same state. */
void rcd_hz_feed(rcd_hz *h, const uint8_t *data, size_t len);

/* Ends the input in `h`: an open run counts as closed (decoders take it), half a pair or a lone
 * tilde as broken unless `sample`. */
void rcd_hz_finish(rcd_hz *h, int sample);

/* 1 when nothing is open, so that bytes other than '~' change nothing but `pos`. */
int rcd_hz_idle(const rcd_hz *h);

#endif
