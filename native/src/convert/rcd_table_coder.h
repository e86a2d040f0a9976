/* rcd_table_coder.h : the reading half of the range coder that the conversion tables are written
 * with; native/gen/range_coder.py writes. */
#ifndef RCD_TABLE_CODER_H
#define RCD_TABLE_CODER_H

#include <stddef.h>
#include <stdint.h>

/* Contexts that rcd_coder_number() takes. */
#define RCD_CODER_NUMBER 160

/* A context: how likely a 1 is, in 65536ths, and how many steps it has learnt. */
typedef struct {
    uint16_t chance;
    uint16_t steps;
} rcd_coder_context;

typedef struct {
    const uint8_t *data;
    size_t left; /* bytes not read yet; behind the end zeros are read */
    uint32_t low, high, value;
    rcd_coder_context *context;
} rcd_coder;

/* Starts reading `len` bytes; every context starts from its prior. */
void rcd_coder_start(rcd_coder *c, const uint8_t *data, size_t len, rcd_coder_context *context,
                     const uint8_t *prior, size_t contexts);

/* One bit in a context. */
unsigned rcd_coder_bit(rcd_coder *c, size_t context);

/* A number of up to 31 bits; `context` is the first of RCD_CODER_NUMBER. */
uint32_t rcd_coder_number(rcd_coder *c, size_t context);

#endif
