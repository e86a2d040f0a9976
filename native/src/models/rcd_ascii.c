/* rcd_ascii.c : see rcd_ascii.h. */
#include "rcd_ascii.h"

#include "rcd_score.h"
#include "rcd_single_parts.h"

/* What is remembered of the two bytes before. */
typedef struct {
    unsigned symbol; /* of the last one, */
    unsigned pair;   /* and of both as the model asks for them, as a number */
    unsigned first_case;  /* of the first one, times nine */
    unsigned second_case; /* of the last one, times three */
} ascii_state;

/* `back` bytes before byte `i` of the text. */
static unsigned byte_before(const uint8_t *data, size_t i, size_t back)
{
    return i >= back ? data[i - back] : '\n';
}

/* Behind a digit or a sign, nothing else is of interest. */
static inline unsigned pair_of(unsigned before, unsigned symbol)
{
    return (symbol <= RCD_SYM_DIGIT ? symbol : before) * RCD_ASCII_SYMBOLS + symbol;
}

static ascii_state state_at(const uint8_t *data, size_t i)
{
    const rcd_byte_info *info = rcd_ascii_info(1);
    const rcd_byte_info i2 = info[byte_before(data, i, 2)], i1 = info[byte_before(data, i, 1)];
    const ascii_state state = {symbol_of(i1), pair_of(symbol_of(i2), symbol_of(i1)),
                               case_of(i2) * 9u, case_of(i1) * 3u};
    return state;
}

/* Looks the ASCII from byte `i` up to `end` up, behind two of ASCII. @return where it ends */
static size_t look_up(rcd_ascii *ascii, const uint8_t *data, size_t i, size_t end)
{
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    const rcd_byte_info *info = rcd_ascii_info(1);
    const unsigned pairs = latin->symbols, trigrams = pairs + latin->pairs;
    ascii_state before = state_at(data, i);
    unsigned shared = ascii->shared[i], k = ascii->steps[i];
    for (; i < end && data[i] < 0x80u; i++) {
        const rcd_byte_info own = info[data[i]];
        const unsigned symbol = symbol_of(own);
        shared += cost_of(own) +
                  rcd_case_costs[before.first_case + before.second_case + case_of(own)];
        if (symbol == before.symbol && symbol <= RCD_SYM_DIGIT) {
            shared += symbol == RCD_SYM_BOUNDARY ? RCD_COST_AGAIN : RCD_COST_DIGIT;
        } else {
            const unsigned n = rcd_ascii_rows[before.pair * RCD_ASCII_SYMBOLS + symbol];
            shared += rcd_ascii_backed(n, pairs, trigrams);
            ascii->row[k++] = (uint16_t)n;
        }
        ascii->shared[i + 1u] = (uint16_t)shared;
        ascii->steps[i + 1u] = (uint16_t)k;
        before.pair = pair_of(before.symbol, symbol);
        before.symbol = symbol;
        before.first_case = before.second_case * 3u;
        before.second_case = case_of(own) * 3u;
    }
    return i;
}

void rcd_ascii_extend(rcd_ascii *ascii, const uint8_t *data, size_t end)
{
    size_t i = ascii->end;
    if (end <= i) {
        return;
    }
    if (i == 0) {
        ascii->shared[0] = ascii->steps[0] = 0;
        ascii->summed = 0;
    }
    unsigned plain = byte_before(data, i, 1) >= 0x80u ? 0 : byte_before(data, i, 2) >= 0x80u ? 1u : 2u;
    while (i < end) {
        if (plain == 2u) {
            i = look_up(ascii, data, i, end);
            plain = 0;
            continue;
        }
        plain = data[i] < 0x80u ? plain + 1u : 0u;
        ascii->shared[i + 1u] = ascii->shared[i];
        ascii->steps[i + 1u] = ascii->steps[i];
        i++;
    }
    ascii->end = (uint32_t)end;
}

void rcd_ascii_sum_words(rcd_ascii *ascii)
{
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    const unsigned steps = ascii->steps[ascii->end];
    unsigned k = ascii->summed;
    if (k == 0) {
        ascii->foreign[0] = ascii->english[0] = 0;
    }
    for (; k < steps; k++) {
        const uint8_t *row = latin->rows + (size_t)ascii->row[k] * latin->stride;
        ascii->foreign[k + 1u] = (uint16_t)(ascii->foreign[k] + row[RCD_LATN_FOREIGN]);
        ascii->english[k + 1u] = (uint16_t)(ascii->english[k] + row[RCD_LATN_ENGLISH]);
    }
    ascii->summed = steps;
}
