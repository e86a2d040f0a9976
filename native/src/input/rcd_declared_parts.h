/* rcd_declared_parts.h : what the readers of declarations share; nobody else includes it. */
#ifndef RCD_DECLARED_PARTS_H
#define RCD_DECLARED_PARTS_H

#include "rcd_declared.h"

/* What the bytes around a label are. */
enum rcd_guise {
    RCD_GUISE_ASCII, /* a byte is a character */
    RCD_GUISE_16LE,
    RCD_GUISE_16BE,
    RCD_GUISE_32LE,
    RCD_GUISE_32BE,
    RCD_GUISE_EBCDIC
};

/* Notes a label of `len` bytes at `offset`, which means `charset` (0 = unknown). The first known
 * one stays; before there is one, the first unknown one.
 * @return 1 when the label is known. */
int rcd_declared_note(rcd_declaration *out, int kind, int charset, size_t offset, size_t len,
                      int in_tail);

/* Charset of a label that was read byte by byte from text that goes on in ASCII: 0 when it is
 * unknown, or cannot be (UTF-16, UTF-32, EBCDIC), since the label could be read. */
int rcd_declared_charset(const uint8_t *label, size_t len);

/* Is [data, data + len) at `pos` the ASCII text `word`, which is given in lower case? */
int rcd_declared_word(const uint8_t *data, size_t len, size_t pos, const char *word);

static inline int rcd_is_space(unsigned c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static inline int rcd_is_alnum(unsigned c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Bytes of a label: PEP 263's [-\w.]. */
static inline int rcd_is_label_byte(unsigned c)
{
    return rcd_is_alnum(c) || c == '-' || c == '_' || c == '.';
}

/* Where the label at `pos` ends in [data, data + end). */
static inline size_t rcd_label_end(const uint8_t *data, size_t end, size_t pos)
{
    while (pos < end && rcd_is_label_byte(data[pos])) {
        pos++;
    }
    return pos;
}

/* The readers. Each looks at data[0 .. len-1] only, in linear time, and notes what it finds; `base`
 * is added to the offsets. @return 1 when a known label was found. */
int rcd_declared_html(const uint8_t *data, size_t len, size_t base, rcd_declaration *out);
int rcd_declared_pep263(const uint8_t *data, size_t len, size_t base, rcd_declaration *out);
int rcd_declared_emacs(const uint8_t *data, size_t len, size_t base, rcd_declaration *out);
#define RCD_MODE_LINES 5 /* vim's default of 'modelines'; others look at two lines, at most */
int rcd_declared_vim(const uint8_t *data, size_t len, size_t base, rcd_declaration *out);
int rcd_declared_formats(const uint8_t *data, size_t len, size_t base, rcd_declaration *out);
/* The same at the end of the input. */
int rcd_declared_emacs_tail(const uint8_t *tail, size_t len, rcd_declaration *out);
int rcd_declared_vim_tail(const uint8_t *tail, size_t len, rcd_declaration *out);

#endif
