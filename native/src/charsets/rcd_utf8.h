/* rcd_utf8.h : is it UTF-8, and if not quite, where does it break? */
#ifndef RCD_UTF8_H
#define RCD_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* After this many ill-formed sequences, when they also outnumber the characters, the stream is
 * given up, and after fewer when they are more than twice as many: see rcd_utf8.hopeless. */
#define RCD_UTF8_PATIENCE 65536u
#define RCD_UTF8_DOUBT 1024u

typedef struct {
    uint64_t pos;         /* bytes consumed */
    uint64_t characters;  /* complete multi-byte characters (2 to 4 bytes) seen */
    uint64_t bad;         /* maximal ill-formed subparts (Unicode 15, 3.9, table 3-8) */
    uint64_t first_bad;   /* offset of the first of them; UINT64_MAX = none */
    uint64_t surrogates;  /* three-byte forms of U+D800..DFFF (CESU-8, WTF-8); each also counts in
                             `bad` as one ill-formed sequence of three bytes */
    uint64_t pairs;       /* high ones of these that a low one follows at once */
    uint64_t high_end;    /* where the last high one ended; UINT64_MAX = none yet */
    uint64_t nul2;        /* C0 80, the NUL of Modified UTF-8; counted in `bad` once as well */
    uint8_t pending[4];   /* the start of a character, of a surrogate form or of C0 80, cut at the
                             end of what was fed */
    uint8_t pending_len;
    uint8_t hopeless;     /* 1 = given up (bad >= RCD_UTF8_PATIENCE and bad > characters, or
                             bad >= RCD_UTF8_DOUBT and bad > 2 * characters): `pos` goes on,
                             the counts stay as they were at that ill-formed sequence */
    uint8_t lost;         /* 1 = rcd_utf8_give_up() */
} rcd_utf8;

/* Starts anew. */
void rcd_utf8_init(rcd_utf8 *u);

/* Consumes all of `data`; any split gives the same state. Fast while the input is well-formed
 * (kernel), goes on counting after errors until hopeless. */
void rcd_utf8_feed(rcd_utf8 *u, const uint8_t *data, size_t len);

/* The same for ASCII, where nothing is pending. */
static inline void rcd_utf8_pass(rcd_utf8 *u, size_t len) { u->pos += len; }

/* For a caller who knows that less is well-formed than not, after the first ill-formed sequence: what
 * is fed is passed over, and `characters` becomes `most`, which there are not more of. */
void rcd_utf8_give_up(rcd_utf8 *u, uint64_t most);

/* The counts as they stand if the input ends here: a pending cut character counts as one bad
 * sequence (first_bad = its first byte) unless `sample`. A pending start that no continuation can
 * make well-formed (C0; ED A0..BF) counts as one even with `sample`. Does not change `u`. */
void rcd_utf8_end(const rcd_utf8 *u, int sample, uint64_t *bad, uint64_t *first_bad);

#endif
