/* rcd_small.h : included first by a file that hardly ever runs. The whole module is compiled for speed,
 * and loops that are unrolled and made vectors of would be a good part of what is downloaded. */
#ifndef RCD_SMALL_H
#define RCD_SMALL_H

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("Os")
#endif

#endif
