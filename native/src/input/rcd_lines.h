/* rcd_lines.h : which lines are UTF-8, and are others in something else? */
#ifndef RCD_LINES_H
#define RCD_LINES_H

#include <stddef.h>
#include <stdint.h>

enum rcd_line {
    RCD_LINE_ASCII,
    RCD_LINE_UTF8,    /* well-formed, and not only ASCII */
    RCD_LINE_OTHER,   /* mostly ill-formed */
    RCD_LINE_DAMAGED, /* well-formed but for a few bytes: says nothing of the file */
    RCD_LINE_RULE     /* a pair of bytes over and over, as box drawing is in double-byte charsets:
                         well-formed, and says nothing either */
};

/* rcd_line_next() :
 *  Length of the line at text[0], its line feed included, at least 1 when len is not 0; *kind = what
 *  it is, *characters = well-formed characters beyond ASCII in it; of RCD_LINE_OTHER perhaps
 *  not all. */
size_t rcd_line_next(const uint8_t *text, size_t len, enum rcd_line *kind, uint64_t *characters);

/* rcd_lines_good() :
 *  Characters beyond ASCII in the lines of `text` that are well-formed, as far as the first lines that
 *  have two. */
uint64_t rcd_lines_good(const uint8_t *text, size_t len);

/* rcd_lines_mixed() :
 *  Whether some lines of `text` are UTF-8 and others in something else, as in a log that two
 *  programs wrote or a page that was pasted together.
 *  @return 1 or 0. */
int rcd_lines_mixed(const uint8_t *text, size_t len);

/* rcd_lines_ruled() :
 *  Well-formed characters beyond ASCII in the lines of `text` that are an RCD_LINE_RULE. */
uint64_t rcd_lines_ruled(const uint8_t *text, size_t len);

#endif
