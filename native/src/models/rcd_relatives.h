/* rcd_relatives.h : what runs of letters say among languages that are nearly the same.
 *
 *  The models say what is frequent in a language; these weights, fitted to what differs between its
 *  relatives, say nothing of how well a text reads in it. */
#ifndef RCD_RELATIVES_H
#define RCD_RELATIVES_H

#include <stddef.h>
#include <stdint.h>

#define RCD_RELATIVES_MOST 6

typedef struct {
    uint16_t language[RCD_RELATIVES_MOST];
    uint8_t script;
    uint8_t count;
    uint8_t bits;  /* log2 of the number of slots */
    uint8_t unit;  /* of a level, in eightieths of a bit */
    const uint8_t *levels; /* four bits for each slot and language but the first, plus eight */
} rcd_relatives;

/* The relatives that a language is told from by runs of letters; NULL where it has none. */
const rcd_relatives *rcd_relatives_of(unsigned language);

/* Adds what `len` code points cost in each relative beyond the first. */
void rcd_relatives_add(const rcd_relatives *group, const uint32_t *cp, size_t len,
                       int32_t cost[RCD_RELATIVES_MOST]);

#endif
