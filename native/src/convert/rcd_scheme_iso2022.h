/* rcd_scheme_iso2022.h : the state that reading and writing ISO 2022 share.
 *
 *  A description says which escape sequence calls which set, what SO and SI mean, what a line feed ends. The
 *  state has the layout of recodec_convert.h. */
#ifndef RCD_SCHEME_ISO2022_H
#define RCD_SCHEME_ISO2022_H

#include "rcd_scheme.h"

#define SET_BITS 5 /* the number of the set in each of four slots, the first lowest */
#define SET_MASK 31u
#define SHIFTED (UINT64_C(1) << 4 * SET_BITS)      /* behind SO, before SI */
#define HEADED (UINT64_C(1) << (4 * SET_BITS + 1)) /* s->header has been written */
#define OTHERS (HEADED << 1) /* what stands from here on is for the codec alone, but for the next: */
#define UTF_8 (UINT64_C(1) << 30) /* behind ESC % G, before ESC % @ */

#define ESC 0x1B
#define SO 0x0E
#define SI 0x0F

RCD_INLINE unsigned slot_of(uint64_t state, unsigned slot)
{
    return (unsigned)(state >> slot * SET_BITS) & SET_MASK;
}

RCD_INLINE uint64_t designate(uint64_t state, unsigned slot, unsigned set)
{
    return (state & ~((uint64_t)SET_MASK << slot * SET_BITS)) | (uint64_t)set << slot * SET_BITS;
}

#endif
