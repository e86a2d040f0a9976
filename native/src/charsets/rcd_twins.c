/* rcd_twins.c : see rcd_twins.h. */
#include "rcd_twins.h"

#include "rcd_bits.h"
#include "rcd_charset_ids.h"
#include "rcd_single_byte.h"

#include "rcd_twins_data.h"

static int is_allowed(const uint8_t *allow, unsigned charset)
{
    return allow == NULL || allow[charset] != 0;
}

int rcd_twins_decode(unsigned charset, const uint64_t present[4])
{
    const uint16_t *table = rcd_single_byte_table((int)charset);
    for (unsigned word = 0; word < 4u; word++) {
        for (uint64_t left = present[word]; left != 0; left &= left - 1u) {
            if (table[word * 64u + rcd_lowest_bit(left)] == RCD_UNASSIGNED) {
                return 0;
            }
        }
    }
    return 1;
}

static int is_control(uint32_t cp) { return cp >= 0x80u && cp < 0xA0u; }

/* Is it a sign, that stands for itself wherever it is? */
static int is_sign(uint32_t cp)
{
    return (cp >= 0xA0u && cp < 0xC0u) || (cp >= 0x2000u && cp < 0x2070u);
}

int rcd_twins_stand_in(unsigned twin, unsigned charset, int exact, const uint64_t present[4])
{
    const uint16_t *head = rcd_single_byte_table((int)charset);
    const uint16_t *table = rcd_single_byte_table((int)twin);
    int signs = 0, letters = 0;
    for (unsigned word = 2u; word < 4u && !exact; word++) {
        for (uint64_t left = present[word]; left != 0; left &= left - 1u) {
            const unsigned b = word * 64u + rcd_lowest_bit(left);
            if (head[b] != RCD_UNASSIGNED) {
                continue;
            }
            if (is_control(table[b])) {
                return 0;
            }
            signs += is_sign(table[b]);
            letters += !is_sign(table[b]);
        }
    }
    return (signs != 1 || letters != 0) && rcd_twins_decode(twin, present);
}

/* Index of the first twin of a charset; TWIN_COUNT when it has none. */
static size_t first_twin(unsigned charset)
{
    size_t low = 0, high = TWIN_COUNT;
    while (low < high) {
        size_t middle = (low + high) / 2u;
        if (twins[middle].head < charset) {
            low = middle + 1u;
        } else {
            high = middle;
        }
    }
    return low < TWIN_COUNT && twins[low].head == charset ? low : TWIN_COUNT;
}

unsigned rcd_twins_next(unsigned charset, unsigned twin)
{
    size_t i = first_twin(charset);
    if (twin != 0) {
        while (i < TWIN_COUNT && twins[i].twin != twin) {
            i++;
        }
        i++;
    }
    return i < TWIN_COUNT && twins[i].head == charset ? twins[i].twin : 0;
}

int rcd_twins_fit(unsigned charset, const uint8_t *allow, int exact, const uint64_t present[4])
{
    if (is_allowed(allow, charset) && rcd_twins_decode(charset, present)) {
        return 1;
    }
    for (size_t i = first_twin(charset); i < TWIN_COUNT && twins[i].head == charset; i++) {
        const unsigned twin = twins[i].twin;
        if (is_allowed(allow, twin) && rcd_twins_stand_in(twin, charset, exact, present)) {
            return 1;
        }
    }
    return 0;
}

unsigned rcd_twins_head(unsigned charset)
{
    for (size_t i = 0; i < TWIN_COUNT && charset != 0; i++) {
        if (twins[i].twin == charset) {
            return twins[i].head;
        }
    }
    return charset;
}
