/* rcd_lines.h : are some lines UTF-8 and others not? */
#ifndef RCD_LINES_H
#define RCD_LINES_H

#include <stddef.h>
#include <stdint.h>

/* rcd_lines_mixed() :
 *  Whether some lines of `text` are UTF-8 and others are in something else, as in a log that two
 *  programs wrote or a page that was pasted together. A line that is UTF-8 but for a damaged byte
 *  counts for neither. `pairs` = 1 where the something else would be a multi-byte charset, in which
 *  a few well-formed characters come about by chance.
 *  @return 1 or 0. */
int rcd_lines_mixed(const uint8_t *text, size_t len, int pairs);

#endif
