/* rcd_viqr.h : Vietnamese in ASCII, marks typed after their letter (VIQR, RFC 1456). */
#ifndef RCD_VIQR_H
#define RCD_VIQR_H

#include <stddef.h>
#include <stdint.h>

/* Whether most words of the text have marks as VIQR writes them. */
int rcd_viqr_may(const uint8_t *data, size_t len);

/* What `len` bytes of VIQR say, into `text`, which has room for as many code points: letters with
 * their marks of shape, then the tone as a combining mark, the form that the models of
 * windows-1258 know. @return how many code points. */
size_t rcd_viqr_text(const uint8_t *data, size_t len, uint32_t *text);

#endif
