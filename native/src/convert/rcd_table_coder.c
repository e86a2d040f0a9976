/* rcd_table_coder.c : an adaptive binary range decoder, see native/gen/range_coder.py.
 *
 *  Whatever bytes it is given it stays in bounds: behind their end it reads zeros. */
#include "rcd_table_coder.h"

/* Steps a context that starts from its prior counts as having made. */
#define FRESH 3
/* No chance comes nearer to 0 or 1 than this. */
#define MARGIN 32

static const uint8_t rate[] = {1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 5};
#define LAST_RATE (sizeof rate / sizeof rate[0] - 1)

static uint8_t next_byte(rcd_coder *c)
{
    if (c->left == 0) {
        return 0;
    }
    c->left--;
    return *c->data++;
}

void rcd_coder_start(rcd_coder *c, const uint8_t *data, size_t len, rcd_coder_context *context,
                     const uint8_t *prior, size_t contexts)
{
    c->data = data;
    c->left = len;
    c->low = 0;
    c->high = UINT32_MAX;
    c->value = 0;
    for (int i = 0; i < 4; i++) {
        c->value = c->value << 8 | next_byte(c);
    }
    c->context = context;
    for (size_t i = 0; i < contexts; i++) {
        context[i].chance = (uint16_t)(prior[i] << 8);
        context[i].steps = FRESH;
    }
}

unsigned rcd_coder_bit(rcd_coder *c, size_t context)
{
    rcd_coder_context *at = c->context + context;
    uint32_t middle = c->low + ((c->high - c->low) >> 16) * at->chance;
    unsigned shift = rate[at->steps];
    unsigned bit = c->value <= middle;
    if (bit) {
        c->high = middle;
        at->chance = (uint16_t)(at->chance + ((65536u - MARGIN - at->chance) >> shift));
    } else {
        c->low = middle + 1;
        at->chance = (uint16_t)(at->chance - ((at->chance - MARGIN) >> shift));
    }
    at->steps = (uint16_t)(at->steps + (at->steps < LAST_RATE));
    while (((c->low ^ c->high) >> 24) == 0) {
        c->low <<= 8;
        c->high = c->high << 8 | 0xFF;
        c->value = c->value << 8 | next_byte(c);
    }
    return bit;
}

uint32_t rcd_coder_number(rcd_coder *c, size_t context)
{
    unsigned node = 1;
    for (int i = 0; i < 5; i++) {
        node = node << 1 | rcd_coder_bit(c, context + node);
    }
    unsigned length = node & 31;
    uint32_t value = 1;
    node = 1;
    for (unsigned i = 0; i < length; i++) {
        unsigned bit;
        if (node < 4) {
            bit = rcd_coder_bit(c, context + 32 + 4 * (size_t)length + node);
            node = node << 1 | bit;
        } else {
            bit = rcd_coder_bit(c, 0);
        }
        value = value << 1 | bit;
    }
    return value - 1;
}
