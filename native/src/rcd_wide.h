/* rcd_wide.h : UTF-16 and UTF-32 without a byte order mark, told by their lanes. */
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
    uint64_t controls;   /* units that are NUL, other C0 controls, DEL or C1 controls */
    uint64_t odd;        /* units that no text has: noncharacters, U+FFFE, private use */
    uint64_t units;      /* complete units seen */
} rcd_wide_form;

enum { RCD_WIDE_16LE, RCD_WIDE_16BE, RCD_WIDE_32LE, RCD_WIDE_32BE, RCD_WIDE_FORMS };

typedef struct {
    uint64_t pos;                        /* bytes consumed */
    rcd_wide_form form[RCD_WIDE_FORMS];
    uint8_t carry[4];                    /* bytes of the unit cut at the end */
    uint8_t carry_len;
    uint8_t high[2];                     /* a high surrogate waits: [0] little, [1] big endian */
    uint8_t dead;                        /* no form is plausible any more: feeding is skipped */
} rcd_wide;

void rcd_wide_init(rcd_wide *w);
/* Consumes all of `data`; any split gives the same state. Stops working (dead) only by a rule that
 * does not depend on how the input is cut. */
void rcd_wide_feed(rcd_wide *w, const uint8_t *data, size_t len);

#endif
