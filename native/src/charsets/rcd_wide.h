/* rcd_wide.h : UTF-16 and UTF-32 without a byte order mark, recognised by their lanes. */
#ifndef RCD_WIDE_H
#define RCD_WIDE_H

#include <stddef.h>
#include <stdint.h>

/* What every code unit of the stream says, for one of the four forms. */
typedef struct {
    uint64_t first_bad;  /* byte offset of the first ill-formed unit; UINT64_MAX = none
                            (unpaired surrogate; for UTF-32 also > 10FFFF) */
    uint64_t bad;        /* ill-formed units */
    uint64_t ascii;      /* units that are printable ASCII, tab, CR or LF */
    uint64_t marks;      /* units U+3000..3002 and U+FF01..FF1F: what East Asian text has where
                            other text has ASCII */
    uint64_t controls;   /* units that are NUL, other C0 controls, DEL or C1 controls */
    uint64_t odd;        /* units that no text has: noncharacters (U+FFFE among them), private use,
                            and for UTF-32 the planes where nothing is assigned */
    uint64_t units;      /* complete units seen; one code unit each, so a surrogate pair is two */
} rcd_wide_form;

enum { RCD_WIDE_16LE, RCD_WIDE_16BE, RCD_WIDE_32LE, RCD_WIDE_32BE, RCD_WIDE_FORMS };

typedef struct {
    uint64_t pos;                        /* bytes consumed */
    rcd_wide_form form[RCD_WIDE_FORMS];
    uint8_t carry[4];                    /* bytes since the last multiple of four */
    uint8_t carry_len;
    uint8_t high[2];                     /* a high surrogate waits: [0] little, [1] big endian */
    uint8_t gone;                        /* bit f: form f is given up. Its counts are then all 0
                                            but for bad = 1: nothing that wants a whole or even a
                                            likely text takes it for one */
    uint8_t bom;                         /* bit f: the input starts with the mark of form f, which
                                            is then never given up */
    uint8_t lanes;                       /* a byte no 8-bit text has was seen: see rcd_wide.c */
    uint8_t dead;                        /* every form is given up: feeding is skipped */
} rcd_wide;

void rcd_wide_init(rcd_wide *w);

/* Consumes all of `data`; any split gives the same state. Forms are given up at fixed offsets by
 * what has been seen up to there, never by how the input is cut. */
void rcd_wide_feed(rcd_wide *w, const uint8_t *data, size_t len);

/* 1 when `data`, which is all of the input and begins with no byte order mark, is seen to be
 * ill-formed in every form: feeding it would count as much. 0 says nothing. */
int rcd_wide_none_fits(const uint8_t *data, size_t len);

/* The counts of `form` if the input ends here: a unit cut at the end and a high surrogate that
 * still waits are one ill-formed unit each, unless `sample`. Does not change `w`. */
void rcd_wide_end(const rcd_wide *w, int form, int sample, rcd_wide_form *out);

#endif
