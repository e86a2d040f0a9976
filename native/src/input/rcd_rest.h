/* rcd_rest.h : what a long input holds behind its excerpt: a few places, far and wide. */
#ifndef RCD_REST_H
#define RCD_REST_H

#include <stddef.h>
#include <stdint.h>

#define RCD_REST_WINDOWS 8u  /* an even number */
#define RCD_REST_BYTES 512u  /* kept of a window */
#define RCD_REST_FIRST 4096u /* bytes of a window at first */
#define RCD_REST_TEXT (RCD_REST_WINDOWS * RCD_REST_BYTES)

/* The input falls into windows of the same size, of each of which the first bytes are kept from the first
 * one on that is not ASCII. When there are RCD_REST_WINDOWS of them, two become one, which keeps what the
 * first of them kept, or else the second: so at least half as many are spread over all of an input. */
typedef struct {
    uint64_t pos;  /* bytes consumed */
    uint64_t size; /* bytes of a window */
    uint16_t len[RCD_REST_WINDOWS];
    uint8_t text[RCD_REST_WINDOWS][RCD_REST_BYTES];
} rcd_rest;

void rcd_rest_init(rcd_rest *r);
/* Consumes all of `data`; any split gives the same windows. */
void rcd_rest_feed(rcd_rest *r, const uint8_t *data, size_t len);
/* The words with bytes beyond ASCII in the windows that were kept whole, in lines of their own. A line of
 * the input that ends among them ends. @return bytes written */
size_t rcd_rest_text(const rcd_rest *r, uint8_t out[RCD_REST_TEXT]);

#endif
