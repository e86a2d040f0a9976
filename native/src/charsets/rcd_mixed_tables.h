/* rcd_mixed_tables.h : the shape of the generated tables of mixed-byte EBCDIC and of VNI. */
#ifndef RCD_MIXED_TABLES_H
#define RCD_MIXED_TABLES_H

#include <stdint.h>

#include "rcd_multibyte_tables.h"

#define RCD_MIXED_FIRST 0x40u /* both bytes of a code lie in FIRST .. LAST */
#define RCD_MIXED_LAST 0xFEu
#define RCD_MIXED_WIDTH (RCD_MIXED_LAST - RCD_MIXED_FIRST + 1u)
#define RCD_MIXED_PAGES 5
#define RCD_MIXED_COUNT (2 * RCD_MIXED_PAGES) /* each with a later edition, in the same order */

typedef struct {
    const rcd_mb_points *points; /* rows of RCD_MIXED_WIDTH; 0 = none that a model knows */
    uint8_t row[256];            /* of a lead byte; row 0 is empty */
    uint16_t single[256];        /* one-byte codes; 0xFFFF = unassigned */
} rcd_mixed_set;

/* Who assigns a two-byte code: class of the cell, and the charsets of a class, bit by bit as in
 * rcd_mixed_sets. */
extern const uint8_t rcd_mixed_classes[RCD_MIXED_WIDTH * RCD_MIXED_WIDTH];
extern const uint16_t rcd_mixed_members[64];
extern const rcd_mixed_set rcd_mixed_sets[RCD_MIXED_COUNT];

/* Letters of VNI that may take an accent byte: a number from 1, 0 = none. What a byte may follow: a
 * bit for each such number; bit 0 = it is a character by itself. */
extern const uint8_t rcd_vni_lead[256];
extern const uint16_t rcd_vni_accent[256];

#endif
