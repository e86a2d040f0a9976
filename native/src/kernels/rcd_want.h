/* rcd_want.h : says that memory is wanted soon, where the compiler can. */
#ifndef RCD_WANT_H
#define RCD_WANT_H

#if defined(__SSE2__) || defined(_M_X64)
#include <xmmintrin.h>
#define RCD_WANT(p) _mm_prefetch((const char *)(const void *)(p), _MM_HINT_T0)
#elif defined(__GNUC__)
#define RCD_WANT(p) __builtin_prefetch((const void *)(p))
#else
#define RCD_WANT(p) ((void)(p))
#endif

#endif
