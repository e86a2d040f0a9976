/* rcd_ascii.c : see rcd_ascii.h. */
#include "rcd_ascii.h"

#include "rcd_score.h"
#include "rcd_single_parts.h"

/* `back` bytes before byte `i` of the text. */
static unsigned byte_before(const uint8_t *data, size_t i, size_t back)
{
    return i >= back ? data[i - back] : '\n';
}

void rcd_ascii_extend(rcd_ascii *ascii, const uint8_t *data, size_t end)
{
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    const rcd_byte_info *info = rcd_ascii_info(1);
    const size_t from = ascii->end;
    if (end <= from) {
        return;
    }
    if (from == 0) {
        ascii->shared[0] = ascii->steps[0] = ascii->less[0] = 0;
    }
    const unsigned first = byte_before(data, from, 2), second = byte_before(data, from, 1);
    rcd_byte_info i2 = info[first & 0x7Fu], i1 = info[second & 0x7Fu];
    unsigned high = (first >> 7) << 1 | second >> 7; /* a bit for each of the bytes before */
    unsigned shared = ascii->shared[from], k = ascii->steps[from];
    for (size_t i = from; i < end; i++) {
        const rcd_byte_info i0 = info[data[i] & 0x7Fu];
        high = (high << 1 | data[i] >> 7) & 7u;
        if (high == 0) {
            const unsigned a = symbol_of(i2), b = symbol_of(i1), c = symbol_of(i0);
            shared += (unsigned)own_cost(i2, i1, i0);
            if (c == b && c <= RCD_SYM_DIGIT) {
                shared += c == RCD_SYM_BOUNDARY ? RCD_COST_AGAIN : RCD_COST_DIGIT;
            } else {
                int32_t less = 0;
                const unsigned n = rcd_ascii_row(latin, b <= RCD_SYM_DIGIT ? b : a, b, c, &less);
                ascii->row[k] = latin->rows + (size_t)n * latin->stride;
                ascii->less[k + 1u] = (uint16_t)(ascii->less[k] + less);
                k++;
            }
        }
        ascii->shared[i + 1u] = (uint16_t)shared;
        ascii->steps[i + 1u] = (uint16_t)k;
        i2 = i1;
        i1 = i0;
    }
    ascii->end = (uint32_t)end;
}
