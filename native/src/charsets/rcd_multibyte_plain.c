/* rcd_multibyte_plain.c : see rcd_multibyte_plain.h. */
#include "rcd_multibyte_plain.h"

#include <string.h>

#include "rcd_bits.h"
#include "rcd_dispatch.h"
#include "rcd_multibyte_code.h"

/* The tight loop looks this far ahead; what is left of a block is read code by code. */
#define AHEAD 8
#define NO_ROW_BIT 0x8000u /* of RCD_MB_NO_ROW; cells are fewer */
#define FLOOD_STEP 2048u /* of a flood */

/* The top bits of AHEAD bytes, in the order of memory. */
static inline uint64_t tops(const uint8_t *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return word & RCD_BYTE_TOPS;
}

/* tops() of which every other bit is set, from the first on. */
static inline uint64_t lead_tops(void)
{
    static const uint8_t leads[AHEAD] = {0x80, 0, 0x80, 0, 0x80, 0, 0x80, 0};
    return tops(leads);
}

/* How many of the `len` bytes at p repeat the AHEAD bytes before them: of a flood of one letter, the
 * first few say it all. */
static size_t repeats_run(const uint8_t *p, size_t len)
{
    uint64_t first, word[4];
    size_t i = 0;
    memcpy(&first, p - AHEAD, sizeof first);
    /* The library compares long stretches by vectors. */
    while (len - i >= FLOOD_STEP && memcmp(p + i, p + i - AHEAD, FLOOD_STEP) == 0) {
        i += FLOOD_STEP;
    }
    for (; len - i >= sizeof word; i += sizeof word) {
        memcpy(word, p + i, sizeof word);
        if (((word[0] ^ first) | (word[1] ^ first) | (word[2] ^ first) | (word[3] ^ first)) != 0) {
            break;
        }
    }
    return i;
}

/* Who has all of the four pairs at p; 0 when they are not four plain pairs. The look-ups do not wait
 * for each other, as they do where the length of one tells where the next begins. */
static inline unsigned four_pairs(const rcd_mb_automaton *a, const uint8_t *p)
{
    unsigned base[4], rows = 0, columns = 0, any = 0, all = 0xFFu;
    for (unsigned k = 0; k < 4; k++) {
        base[k] = a->base[p[2 * k]];
        rows |= base[k];
    }
    if ((rows & NO_ROW_BIT) != 0) {
        return 0;
    }
    for (unsigned k = 0; k < 4; k++) {
        const unsigned column = a->column[p[2 * k + 1]];
        const unsigned who = a->who[base[k] + column];
        columns |= column + 1u; /* has another bit where one is RCD_MB_NO_COLUMN */
        any |= who;
        all &= who;
    }
    return ((columns & (RCD_MB_NO_COLUMN + 1u)) | (any & RCD_MB_FILLER)) == 0 ? all : 0;
}

size_t rcd_mb_take_flood(rcd_mb_state *s, int family, const uint8_t *data, size_t len)
{
    if (len < 2u * AHEAD || memcmp(data, data + AHEAD, AHEAD) != 0 ||
        (~tops(data) & lead_tops()) != 0) {
        return 0;
    }
    unsigned all = four_pairs(rcd_mb_automaton_of(family), data);
    if (all == 0) {
        return 0;
    }
    size_t taken = AHEAD + repeats_run(data + AHEAD, len - AHEAD);
    s->members &= all;
    s->characters += taken / 2u;
    s->pos += taken;
    return taken;
}

/* The bytes among `leads` that lead a pair, when each but the trail bytes does, and a pair begins in
 * front. Of a row of them every other one does: taken from the bits behind, a row that begins at an odd
 * place borrows from what stands after it, and one at an even place does not. */
static uint64_t pair_begins(uint64_t leads)
{
    const uint64_t odd = UINT64_C(0xAAAAAAAAAAAAAAAA);
    return ((((leads << 1) | odd) - leads) ^ odd) & leads;
}

/* Takes ASCII and pairs among RCD_PAIR_BLOCK bytes at p, with AHEAD more behind them, as long as
 * somebody has them and there is nothing else. Returns the bytes taken. */
static size_t take_block(const rcd_kernels *k, const rcd_mb_automaton *a, const uint8_t *p,
                         uint32_t *members, uint64_t *characters)
{
    rcd_pair_masks masks;
    k->pair_masks(p, a->plain, &masks);
    const uint64_t begins = pair_begins(masks.leads);
    const uint64_t others = masks.high & ~(begins | begins << 1);
    uint64_t asked = begins & ~masks.pairs;
    unsigned stop = others != 0 ? rcd_lowest_bit(others) : RCD_PAIR_BLOCK;
    for (; asked != 0; asked &= asked - 1u) {
        const unsigned at = rcd_lowest_bit(asked);
        const unsigned column = a->column[p[at + 1u]];
        const unsigned who = a->who[a->base[p[at]] + column];
        if (at >= stop) {
            break;
        }
        if (column == RCD_MB_NO_COLUMN || who == 0 || who >= RCD_MB_FILLER) {
            stop = at;
            break;
        }
        *members &= who;
    }
    if (stop == RCD_PAIR_BLOCK) {
        *characters += rcd_bit_count(begins);
        return RCD_PAIR_BLOCK + (size_t)(begins >> 63);
    }
    *characters += rcd_bit_count(begins & ((UINT64_C(1) << stop) - 1u));
    return stop;
}

/* Where a word of CJK text ends is what a branch predictor cannot tell, so ASCII bytes go the way of
 * pairs: they have a row of cells which belongs to everybody, and are one byte long. Runs of AHEAD
 * and more are common enough to be worth a branch. */
size_t rcd_mb_take_plain(rcd_mb_state *s, int family, const uint8_t *data, size_t len)
{
    const rcd_mb_automaton *a = rcd_mb_automaton_of(family);
    const rcd_kernels *k = rcd_kernels_get();
    const int by_blocks = a->plain != NULL && k->pair_masks != NULL;
    size_t calm = 0; /* from here on text may be plain again */
    unsigned shift = rcd_mb_shift_of(family);
    uint32_t members = s->members;
    uint64_t characters = 0;
    size_t i = 0;
    while (len - i >= AHEAD) {
        const uint64_t high = tops(data + i);
        if (high == 0) {
            i += AHEAD;
            if (len - i >= AHEAD && tops(data + i) == 0) {
                i += k->ascii_run(data + i, len - i);
            }
            continue;
        }
        if (by_blocks && i >= calm && len - i >= RCD_PAIR_BLOCK + AHEAD) {
            const size_t taken = take_block(k, a, data + i, &members, &characters);
            calm = i + (taken < RCD_PAIR_BLOCK ? RCD_PAIR_BLOCK : 0);
            i += taken;
            if (taken > 0) {
                continue;
            }
        }
        if ((~high & lead_tops()) == 0) {
            unsigned all = four_pairs(a, data + i);
            if (all != 0) {
                members &= all;
                characters += 4;
                i += 8;
                continue;
            }
        }
        unsigned lead = data[i];
        unsigned base = a->base[lead];
        if (base == RCD_MB_NO_ROW) {
            if (lead == shift || a->prefix[lead] == 0) {
                break;
            }
            do {
                members &= a->prefix[lead];
                lead = data[++i];
            } while (i < len - AHEAD && a->base[lead] == RCD_MB_NO_ROW && lead != shift &&
                     a->prefix[lead] != 0);
            continue;
        }
        unsigned pair = lead >> 7;
        unsigned column = a->column[data[i + 1]];
        unsigned cell = base + column;
        unsigned mask = a->who[cell];
        unsigned refused = (column == RCD_MB_NO_COLUMN) & pair;
        if ((refused | (mask == 0) | (mask >= RCD_MB_FILLER)) != 0) {
            break;
        }
        members &= mask;
        characters += pair;
        i += 1 + pair;
    }
    s->members = members;
    s->characters += characters;
    s->pos += i;
    return i;
}
