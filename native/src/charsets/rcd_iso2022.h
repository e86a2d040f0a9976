/* rcd_iso2022.h : the ISO-2022 family, switched by escape sequences and shifts. */
#ifndef RCD_ISO2022_H
#define RCD_ISO2022_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_dispatch.h"

/* Which charsets of the family still decode what has been seen, a bit each. */
enum {
    RCD_2022_JP = 1u << 0,
    RCD_2022_JP_1 = 1u << 1,
    RCD_2022_JP_2 = 1u << 2,
    RCD_2022_JP_3 = 1u << 3,
    RCD_2022_JP_2004 = 1u << 4,
    RCD_2022_JP_EXT = 1u << 5,
    RCD_2022_CP50220 = 1u << 6, /* and cp50221, cp50222, which read the same */
    RCD_2022_KR = 1u << 7,
    RCD_2022_CN = 1u << 8,
    RCD_2022_CN_EXT = 1u << 9
};

typedef struct {
    uint64_t pos;        /* bytes consumed */
    uint64_t characters; /* in sets of two bytes, in katakana by ESC ( I, in G2 and G3 */
    uint64_t shifted;    /* katakana by SO: too weak a sign to stand alone */
    uint64_t foreign;    /* escape sequences of terminals and other things that name no set */
    uint64_t bad;        /* sequences that no charset left would decode */
    uint64_t first_bad;  /* offset of the first; UINT64_MAX = none */
    uint64_t start;      /* offset of the ESC, or of the first byte of the character, being read */
    rcd_byteset ground;  /* bytes that change nothing in one-byte states */
    uint16_t alive;      /* RCD_2022_...; a bad sequence leaves it as it was */
    uint8_t set0;        /* set in G0 */
    uint8_t set1;        /* set that SO calls */
    uint8_t set2;        /* set that ESC N calls for one character */
    uint8_t set3;        /* set that ESC O calls */
    uint8_t shifted_out; /* SO is in force */
    uint8_t single;      /* 2 or 3: one character of that set is being read */
    uint8_t state;
    uint8_t first;       /* first byte of a pair */
    uint8_t escape[4];   /* what followed the ESC so far */
    uint8_t escape_len;
    uint8_t header;      /* the Korean designation stood at the very start */
    uint8_t dead;        /* given up */
} rcd_iso2022;

void rcd_iso2022_init(rcd_iso2022 *s);

/* Consumes all of `data`, bytes below 0x80. Any split gives the same state. */
void rcd_iso2022_feed(rcd_iso2022 *s, const uint8_t *data, size_t len);

/* Ends the input in `s`: half a pair and half an escape sequence are broken, unless `sample`. */
void rcd_iso2022_finish(rcd_iso2022 *s, int sample);

/* 1 when only ESC, SO and SI can change anything but `pos`. */
int rcd_iso2022_idle(const rcd_iso2022 *s);

#endif
