/* rcd_mixed.h : EBCDIC with two-byte codes between shift-out (0E) and shift-in (0F): cp930, cp933,
 *  cp935, cp937, cp939 (IBM's Japanese, Korean, Simplified and Traditional Chinese), and cp1390,
 *  cp1364, cp1388, cp1371, cp1399, which have all their codes and more.
 *
 *  Repeated shifts change nothing, and the last shift-in may be missing: that is how IBM's own
 *  converters read. A control between the shifts is an error. */
#ifndef RCD_MIXED_H
#define RCD_MIXED_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_mixed_tables.h"

/* Text without a shift-out among its first bytes, and without EBCDIC's spaces and line ends, is
 * something else. */
#define RCD_MIXED_HEAD 4096u

/* Single bytes kept for the models: what the charsets differ in may come after the first of them. */
#define RCD_MIXED_SINGLES 256u

typedef struct {
    uint64_t pos;        /* bytes consumed */
    uint64_t characters; /* two-byte codes */
    uint64_t lead_at;    /* offset of a lead byte that waits for its trail byte */
    uint32_t spaces;     /* 40, 15 and 25 among the first RCD_MIXED_HEAD bytes */
    uint16_t members;    /* bit k = the k-th charset decodes all so far */
    uint8_t wide;        /* between the shifts */
    uint8_t lead;        /* lead byte that waits; 0 = none */
    uint32_t singles;    /* bytes in `single` */
    uint8_t single[RCD_MIXED_SINGLES]; /* the first outside the shifts and the head of the input, of
                                          several spaces one */
} rcd_mixed;

void rcd_mixed_init(rcd_mixed *m);

/* Consumes all of `data` unless no charset is left; any split gives the same state. */
void rcd_mixed_feed(rcd_mixed *m, const uint8_t *data, size_t len);

/* The charsets that decode the input if it ends here; a code cut at the end is bad unless `sample`,
 * and *first_bad is its offset then, else UINT64_MAX. */
uint16_t rcd_mixed_end(const rcd_mixed *m, int sample, uint64_t *first_bad);

/* Charset id of a bit number. */
unsigned rcd_mixed_charset(unsigned member);

/* The page that a bit number's charset is an edition of: itself or another bit number. */
static inline unsigned rcd_mixed_page(unsigned member)
{
    return member % RCD_MIXED_PAGES;
}

/* Code points of the start of a text, shifts left out, at most `cap`. @return how many. */
size_t rcd_mixed_text(unsigned member, const uint8_t *data, size_t len, uint32_t *out, size_t cap);

#endif
