/* rcd_bytewise.h : charsets whose letters take two bytes and that the models read byte by byte: does
 *  every second byte stand where its charset has it? */
#ifndef RCD_BYTEWISE_H
#define RCD_BYTEWISE_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t pos;     /* bytes consumed */
    uint64_t vni_bad; /* offset of the first accent byte of VNI behind no letter that takes it;
                         UINT64_MAX = none */
    uint16_t iscii;   /* bit k: ISCII with the k-th script of the registry still fits */
    uint8_t last;     /* the last byte, where ISCII needs it: ATR, EXT or the halant, else 0 */
    uint8_t script;   /* that ATR has called in this line, as its byte; 40 = that of the start */
    uint8_t lead;     /* number of the VNI letter just read, 0 = it takes no accent */
} rcd_bytewise;

void rcd_bytewise_init(rcd_bytewise *s);

/* Consumes all of `data`; nothing more happens once none fits. Any split gives the same state. */
void rcd_bytewise_feed(rcd_bytewise *s, const uint8_t *data, size_t len);

/* Whether the input decodes in a charset if it ends here; 1 for all but VNI and ISCII. */
int rcd_bytewise_fits(const rcd_bytewise *s, unsigned charset, int sample);

#endif
