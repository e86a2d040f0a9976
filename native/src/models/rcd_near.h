/* rcd_near.h : legacy text with a few bytes that its charset has no character for: which they are,
 * and what it costs a reading to have them. */
#ifndef RCD_NEAR_H
#define RCD_NEAR_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_editions.h"
#include "rcd_multibyte.h"

/* The high bytes of an input, by value. */
typedef struct {
    uint64_t count[256]; /* of values below 0x80 always 0 */
    uint64_t first[256]; /* offset of the first; of no meaning where there is none */
} rcd_strays;

void rcd_strays_init(rcd_strays *s);
/* `pos` is the offset of data[0] in the input. */
void rcd_strays_feed(rcd_strays *s, uint64_t pos, const uint8_t *data, size_t len);
/* As rcd_strays_feed(), of the `count` high bytes in `sought` alone: others, which must be of no
 * interest, may be counted or not. Fast where few are sought. */
void rcd_strays_seek(rcd_strays *s, const uint8_t *sought, size_t count, uint64_t pos,
                     const uint8_t *data, size_t len);

/* A family's automaton that goes on behind what it refuses, with the next byte, as the decoders of
 * CPython do. It gives up when that comes at too many places for text of the family: one byte over and
 * over, which a disk or a card leaves where it lost a block, is one place. */
typedef struct {
    rcd_mb_state state;
    uint64_t first_bad; /* offset of the first refused sequence; UINT64_MAX = none */
    uint64_t bad;       /* refused sequences */
    rcd_own_codes own;  /* those that editions of the family have, */
    uint64_t first_strange; /* the first that none has; UINT64_MAX = none, */
    uint64_t places;        /* at how many places they are, */
    uint64_t holes;         /* and of these such as are longer than a byte */
    uint64_t run_end;       /* behind the last refused byte, */
    uint64_t run;           /* how many there are of it in a row, */
    rcd_own_codes own_before; /* and `own` in front of these */
    uint8_t run_byte;
    uint8_t over;       /* given up */
} rcd_mb_near;

void rcd_mb_near_init(rcd_mb_near *n);
/* Any split gives the same state, of which nothing but `over` counts once it is set. */
void rcd_mb_near_feed(rcd_mb_near *n, int family, const uint8_t *data, size_t len);

/* Members of the family that text so seldom refused can be in: as rcd_mb_end(), 0 = none. */
uint32_t rcd_mb_near_end(const rcd_mb_near *n, int sample);

/* As many damaged bytes as are to be paid for: of a hole where it begins and where it ends. */
uint64_t rcd_mb_near_paid(const rcd_mb_near *n);

/* May `bad` bytes of `high` be mere damage? */
int rcd_near_few(uint64_t bad, uint64_t high);

/* Tenths of a bit that `bad` damaged places in `length` bytes cost a reading, `read` of which (where
 * that is known) are in what is scored. */
int32_t rcd_near_price(uint64_t bad, uint64_t length, uint64_t read);

/* Tenths of log2(value), value at least 1, between powers of two as on a line. */
int32_t rcd_log2_tenths(uint64_t value);

#endif
