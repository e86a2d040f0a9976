/* rcd_conv_sse2.c : the conversion kernels with SSE2. */
#include "rcd_conv.h"

#if RCD_X86
#include <immintrin.h>

#define KC_FN static RCD_TARGET("sse2")
#define KC_HELP RCD_INLINE_TARGET("sse2")
#define KC_SET rcd_conv_sse2

#include "rcd_conv_x86.h"

#include "rcd_conv_kernels.h"

#else
typedef int rcd_no_conv_sse2; /* a translation unit must not be empty */
#endif
