/* rcd_utf7.h : UTF-7, UTF-16 in base64 between + and - (RFC 2152); and what IMAP made of it for the
 *  names of mailboxes, between & and - with a comma for the slash (RFC 3501, 5.1.3). */
#ifndef RCD_UTF7_H
#define RCD_UTF7_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t pos;        /* bytes consumed */
    uint64_t characters; /* in well-formed runs */
    uint64_t runs;       /* well-formed runs */
    uint64_t bad;        /* runs that are not: no or part of a character, bits left over, surrogates
                            without their partner */
    uint64_t first_bad;  /* offset of the mark of the first; UINT64_MAX = none */
    int64_t score;       /* bits of evidence that the runs are UTF-7, not chance */
    uint64_t start;      /* offset of the mark of the open run */
    uint64_t closed;     /* offset behind the last run that a hyphen closed */
    uint64_t run_units;
    uint64_t run_characters;
    int64_t run_score;
    uint32_t bits;       /* not yet a whole unit */
    uint32_t hash;       /* of the open run */
    uint32_t recent[8];  /* hashes of the last runs that differed, newest first */
    uint32_t repeats;    /* runs of one letter that had been seen lately */
    uint16_t high;       /* high surrogate that waits for its partner, 0 = none */
    uint8_t bit_count;
    uint8_t run_bad;
    uint8_t script;      /* of the last unit of the run */
    uint8_t before[16];  /* the last bytes before the mark, right-aligned; 0 = none */
    uint8_t mark;        /* RCD_UTF7_PLUS, or RCD_UTF7_IMAP */
    uint8_t state;
    uint8_t dead;        /* given up: too much is broken */
} rcd_utf7;

#define RCD_UTF7_PLUS '+'
#define RCD_UTF7_IMAP '&'

void rcd_utf7_init(rcd_utf7 *u, unsigned mark);

/* Consumes all of `data`, bytes below 0x80. Any split gives the same state. */
void rcd_utf7_feed(rcd_utf7 *u, const uint8_t *data, size_t len);

/* Like rcd_utf7_feed() for bytes without a mark while idle. */
void rcd_utf7_skip(rcd_utf7 *u, const uint8_t *data, size_t len);

/* Ends the input in `u`: an open run ends there, unless `sample`, when it is forgotten. */
void rcd_utf7_finish(rcd_utf7 *u, int sample);

/* 1 when no run is open, so that bytes other than the mark change nothing but `pos` and `before`. */
int rcd_utf7_idle(const rcd_utf7 *u);

/* The text of well-formed input. @return code points written, at most `cap`. */
size_t rcd_utf7_text(unsigned mark, const uint8_t *data, size_t len, uint32_t *out, size_t cap);

/* Can there be a run of IMAP's form in ASCII? Cheap; most text with an ampersand has none. */
int rcd_utf7_may_be_imap(const uint8_t *data, size_t len);

#endif
