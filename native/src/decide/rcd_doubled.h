/* rcd_doubled.h : was this UTF-8 read as some other charset, and written as UTF-8 once more? */
#ifndef RCD_DOUBLED_H
#define RCD_DOUBLED_H

#include <stddef.h>
#include <stdint.h>

/* rcd_doubled_charset() :
 *  Looks at the characters `text` of valid UTF-8: does every run of them outside ASCII give
 *  well-formed UTF-8 again when each is turned into its byte of one charset? What that charset
 *  leaves unassigned in 0x80..0x9F stands for the C1 control, as browsers have it.
 *  @return id of the charset that the bytes were misread in, 0 = this text is what it says. */
unsigned rcd_doubled_charset(const uint32_t *text, size_t len);

/* rcd_doubled_undo() :
 *  Replaces each such run by the characters that were meant, in place; what does not fit stays.
 *  @return the new length. */
size_t rcd_doubled_undo(uint32_t *text, size_t len, unsigned charset);

#endif
