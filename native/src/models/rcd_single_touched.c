/* rcd_single_touched.c : where the charsets of the single-byte race differ. See rcd_single.c. */
#include "rcd_bits.h"
#include "rcd_single_parts.h"

#define COMMON_BYTES (RCD_SINGLE_TOUCHED - 512u) /* positions, then only of rare bytes */
#define RARE_BYTE 16             /* occurrences that make a byte rare */
#define REPEATS 12u              /* of one byte: a flood of them says no more */

/* Lists all positions that charsets of the ASCII family differ in: special bytes and the two behind
 * each. */
static uint32_t list_touched(const rcd_tally *t, size_t len, uint16_t *touched)
{
    uint32_t count = 0;
    uint64_t before = 0;
    for (size_t at = 0; at < len; at += 64u) {
        const uint64_t special = t->special[at / 64u];
        uint64_t left = rcd_tally_touched(special, before);
        before = special;
        for (; left != 0; left &= left - 1u) {
            const size_t i = at + rcd_lowest_bit(left);
            touched[count] = (uint16_t)i;
            count += i < len;
        }
    }
    return count;
}

/* How many would be listed? */
static uint32_t count_touched(const rcd_tally *t, size_t len)
{
    uint32_t count = 0;
    uint64_t before = 0;
    for (size_t at = 0; at < len; at += 64u) {
        count += rcd_bit_count(rcd_tally_touched(t->special[at / 64u], before));
        before = t->special[at / 64u];
    }
    return count;
}

/* Is there a flood of one special byte? */
static int is_flooded(const rcd_tally *t)
{
    unsigned most = 0;
    for (uint32_t i = 0; i < t->special_count; i++) {
        most = t->again[t->byte[i]] > most ? t->again[t->byte[i]] : most;
    }
    return most >= REPEATS;
}

void rcd_single_find_touched(rcd_single_work *w, const uint8_t *data, size_t len, int ebcdic)
{
    if (!ebcdic && count_touched(&w->tally, len) <= COMMON_BYTES && !is_flooded(&w->tally)) {
        w->touched_count = list_touched(&w->tally, len, w->touched);
        return;
    }
    uint32_t count = 0;
    unsigned repeats = 0, after = 3, before = 256;
    for (size_t i = 0; i < len && count < RCD_SINGLE_TOUCHED; i++) {
        const unsigned byte = data[i];
        repeats = byte == before ? repeats + 1u : 0;
        before = byte;
        if (!ebcdic && !rcd_is_special(byte)) {
            after++;
        } else if (count < COMMON_BYTES || w->tally.count[byte] <= RARE_BYTE) {
            after = 0;
        } else {
            after = after < 2u ? after + 1u : 3u;
        }
        if (after < 3u && repeats < REPEATS) {
            w->touched[count++] = (uint16_t)i;
        }
    }
    w->touched_count = count;
}

size_t rcd_single_extent(const uint8_t *data, size_t len)
{
    uint32_t count = 0;
    unsigned after = 3;
    size_t i = 0;
    if (len <= COMMON_BYTES) {
        return len;
    }
    while (i < len && count < COMMON_BYTES) {
        const uint64_t tops = len - i >= 8u ? rcd_load_bytes(data + i) & RCD_BYTE_TOPS : RCD_BYTE_TOPS;
        if (tops == 0 && after >= 2u) {
            i += 8u;
            after = 3;
            continue;
        }
        after = data[i++] >= 0x80u ? 0 : after + 1u;
        count += after < 3u;
    }
    return i;
}
