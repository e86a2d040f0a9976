/* rcd_conv_lanes.h : which bytes stay, for instruction sets that shuffle bytes by a table.
 *
 *  Between forms of Unicode every character gets a lane of one width, and the bytes that count are
 *  brought together four lanes at a time, by a shuffle that four bits choose. */
#ifndef RCD_CONV_LANES_H
#define RCD_CONV_LANES_H

#include <stdint.h>

#define Z 0x80
/* Which of eight bytes stay, by four bits; Z leaves zeros. Of four pairs the second where its bit
 * is set; */
static const uint8_t pairs_kept[16][8] = {
    {0, 2, 4, 6, Z, Z, Z, Z}, {0, 1, 2, 4, 6, Z, Z, Z},
    {0, 2, 3, 4, 6, Z, Z, Z}, {0, 1, 2, 3, 4, 6, Z, Z},
    {0, 2, 4, 5, 6, Z, Z, Z}, {0, 1, 2, 4, 5, 6, Z, Z},
    {0, 2, 3, 4, 5, 6, Z, Z}, {0, 1, 2, 3, 4, 5, 6, Z},
    {0, 2, 4, 6, 7, Z, Z, Z}, {0, 1, 2, 4, 6, 7, Z, Z},
    {0, 2, 3, 4, 6, 7, Z, Z}, {0, 1, 2, 3, 4, 6, 7, Z},
    {0, 2, 4, 5, 6, 7, Z, Z}, {0, 1, 2, 4, 5, 6, 7, Z},
    {0, 2, 3, 4, 5, 6, 7, Z}, {0, 1, 2, 3, 4, 5, 6, 7},
};
/* of four pairs both or none; */
static const uint8_t units_kept[16][8] = {
    {Z, Z, Z, Z, Z, Z, Z, Z}, {0, 1, Z, Z, Z, Z, Z, Z},
    {2, 3, Z, Z, Z, Z, Z, Z}, {0, 1, 2, 3, Z, Z, Z, Z},
    {4, 5, Z, Z, Z, Z, Z, Z}, {0, 1, 4, 5, Z, Z, Z, Z},
    {2, 3, 4, 5, Z, Z, Z, Z}, {0, 1, 2, 3, 4, 5, Z, Z},
    {6, 7, Z, Z, Z, Z, Z, Z}, {0, 1, 6, 7, Z, Z, Z, Z},
    {2, 3, 6, 7, Z, Z, Z, Z}, {0, 1, 2, 3, 6, 7, Z, Z},
    {4, 5, 6, 7, Z, Z, Z, Z}, {0, 1, 4, 5, 6, 7, Z, Z},
    {2, 3, 4, 5, 6, 7, Z, Z}, {0, 1, 2, 3, 4, 5, 6, 7},
};
/* of two groups of four as many as bits are set for it, and one: bits 0 and 2, and 1 and 3. */
static const uint8_t groups_kept[16][8] = {
    {0, 4, Z, Z, Z, Z, Z, Z}, {0, 1, 4, Z, Z, Z, Z, Z},
    {0, 4, 5, Z, Z, Z, Z, Z}, {0, 1, 4, 5, Z, Z, Z, Z},
    {0, 1, 4, Z, Z, Z, Z, Z}, {0, 1, 2, 4, Z, Z, Z, Z},
    {0, 1, 4, 5, Z, Z, Z, Z}, {0, 1, 2, 4, 5, Z, Z, Z},
    {0, 4, 5, Z, Z, Z, Z, Z}, {0, 1, 4, 5, Z, Z, Z, Z},
    {0, 4, 5, 6, Z, Z, Z, Z}, {0, 1, 4, 5, 6, Z, Z, Z},
    {0, 1, 4, 5, Z, Z, Z, Z}, {0, 1, 2, 4, 5, Z, Z, Z},
    {0, 1, 4, 5, 6, Z, Z, Z}, {0, 1, 2, 4, 5, 6, Z, Z},
};

#undef Z

#endif
