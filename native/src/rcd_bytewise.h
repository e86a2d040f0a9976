/* rcd_bytewise.h : charsets whose letters take two bytes and that the models read byte by byte: does
 *  every second byte stand where its charset has it? */
#ifndef RCD_BYTEWISE_H
#define RCD_BYTEWISE_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t pos;     /* bytes consumed */
    uint64_t vni_bad; /* offset of the first accent byte of VNI behind no letter that takes it, and */
    uint64_t ext_bad; /* of the first EXT (F0) of ISCII before another byte than BF, which is the one
                         code that Gurmukhi text needs it for; UINT64_MAX = none */
    uint8_t lead;     /* number of the VNI letter just read, 0 = it takes no accent */
    uint8_t ext;      /* an EXT was the last byte */
} rcd_bytewise;

void rcd_bytewise_init(rcd_bytewise *s);

/* Consumes all of `data`; nothing more happens once both are bad. Any split gives the same state. */
void rcd_bytewise_feed(rcd_bytewise *s, const uint8_t *data, size_t len);

/* Whether the input decodes in a charset if it ends here; 1 for all but VNI and ISCII. */
int rcd_bytewise_fits(const rcd_bytewise *s, unsigned charset, int sample);

#endif
