/* rcd_kernels_scalar.c : the kernels for any machine, eight bytes at a time.
 *
 *  They are what the vector kernels are checked against, and what they call for their last bytes.
 *  Words are only tested for "all eight are fine", never for positions, so that byte order does
 *  not matter. */
#include "rcd_kernels.h"

#include <string.h>

#include "rcd_bits.h"


static inline uint64_t load8(const uint8_t *p)
{
    uint64_t w;
    memcpy(&w, p, sizeof w);
    return w;
}

static inline int is_plain(unsigned b)
{
    return (b >= 0x20 && b < 0x7F) || b == 0x09 || b == 0x0A || b == 0x0C || b == 0x0D;
}

size_t rcd_scalar_plain_run(const uint8_t *data, size_t len)
{
    size_t i = 0;
    for (;;) {
        while (len - i >= 8) {
            uint64_t w = load8(data + i);
            uint64_t below_space = (w - RCD_BYTE_ONES * 0x20) & ~w;
            uint64_t no_del = w ^ (RCD_BYTE_ONES * 0x7F);
            uint64_t is_del = (no_del - RCD_BYTE_ONES) & ~no_del;
            if (((w | below_space | is_del) & RCD_BYTE_TOPS) != 0) {
                break;
            }
            i += 8;
        }
        size_t stop = len - i >= 8 ? i + 8 : len;
        for (; i < stop; i++) {
            if (!is_plain(data[i])) {
                return i;
            }
        }
        if (i == len) {
            return i;
        }
    }
}

size_t rcd_scalar_ascii_run(const uint8_t *data, size_t len)
{
    size_t i = 0;
    while (len - i >= 16 && ((load8(data + i) | load8(data + i + 8)) & RCD_BYTE_TOPS) == 0) {
        i += 16;
    }
    while (i < len && data[i] < 0x80) {
        i++;
    }
    return i;
}

size_t rcd_scalar_utf8_run(const uint8_t *data, size_t len, uint64_t *characters)
{
    size_t i = 0;
    uint64_t found = 0;
    while (i < len) {
        if (data[i] < 0x80) {
            /* Looking eight ahead pays only where ASCII comes in runs: after two in a row. */
            i++;
            if (i < len && data[i] < 0x80) {
                while (len - i >= 8 && (load8(data + i) & RCD_BYTE_TOPS) == 0) {
                    i += 8;
                }
            }
            continue;
        }
        size_t n = rcd_utf8_character(data + i, len - i);
        if (n == 0) {
            break;
        }
        found++;
        i += n;
    }
    *characters += found;
    return i;
}

size_t rcd_scalar_set_run(const uint8_t *data, size_t len, const rcd_byteset *set, uint64_t *high)
{
    const uint8_t *has = set->has;
    size_t i = 0;
    uint64_t found = 0;
    while (len - i >= 8) {
        const uint8_t *p = data + i;
        if ((has[p[0]] & has[p[1]] & has[p[2]] & has[p[3]] & has[p[4]] & has[p[5]] & has[p[6]] &
             has[p[7]]) == 0) {
            break;
        }
        /* The product sums the eight bits into its top byte. */
        found += (((load8(p) & RCD_BYTE_TOPS) >> 7) * RCD_BYTE_ONES) >> 56;
        i += 8;
    }
    while (i < len && has[data[i]] != 0) {
        found += data[i] >> 7;
        i++;
    }
    *high += found;
    return i;
}

/* Equal bytes must not wait for each other's counter to come back from the store queue, hence
 * sub-tables: eight, since in text of two bytes a character every other byte is often the same. */
void rcd_scalar_histogram(uint64_t count[256], const uint8_t *data, size_t len)
{
    /* Below this, clearing and adding up the sub-tables costs more than it saves. */
    if (len < 512) {
        size_t i = 0;
        for (; len - i >= 8; i += 8) {
            for (unsigned k = 0; k < 8; k++) {
                count[data[i + k]]++;
            }
        }
        for (; i < len; i++) {
            count[data[i]]++;
        }
        return;
    }
    while (len > 0) {
        /* No counter can overflow, nor the sum of eight. */
        const size_t round = len < UINT16_MAX ? len : UINT16_MAX;
        uint16_t part[8][256];
        memset(part, 0, sizeof part);
        size_t i = 0;
        for (; round - i >= 8; i += 8) {
            for (unsigned k = 0; k < 8; k++) {
                part[k][data[i + k]]++;
            }
        }
        for (; i < round; i++) {
            part[0][data[i]]++;
        }
        for (unsigned b = 0; b < 256; b++) {
            unsigned sum = 0;
            for (unsigned k = 0; k < 8; k++) {
                sum += part[k][b];
            }
            count[b] += (uint16_t)sum;
        }
        data += round;
        len -= round;
    }
}

#define LINES_BLOCK 4096u /* bytes that are summed in 32 bits, which compilers make vectors of */

uint64_t rcd_scalar_line_ends(const uint8_t *data, size_t len, unsigned before)
{
    uint64_t all = len > 0 && (data[0] == '\r' || (data[0] == '\n' && before != '\r'));
    for (size_t from = 1; from < len; from += LINES_BLOCK) {
        const size_t n = len - from < LINES_BLOCK ? len - from : LINES_BLOCK;
        uint32_t count = 0;
        for (size_t i = from; i < from + n; i++) {
            count += (uint32_t)(data[i] == '\r') |
                     ((uint32_t)(data[i] == '\n') & (uint32_t)(data[i - 1u] != '\r'));
        }
        all += count;
    }
    return all;
}

const rcd_kernels rcd_kernels_scalar = {
    "scalar",           rcd_scalar_plain_run, rcd_scalar_ascii_run,
    rcd_scalar_utf8_run, rcd_scalar_set_run,   rcd_scalar_histogram, NULL,
    rcd_scalar_line_ends,
};
