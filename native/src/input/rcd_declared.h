/* rcd_declared.h : what the text says of its own encoding. */
#ifndef RCD_DECLARED_H
#define RCD_DECLARED_H

#include <stddef.h>
#include <stdint.h>

enum rcd_declared_kind {
    RCD_DECLARED_NONE,
    RCD_DECLARED_HTML, /* <meta charset> or http-equiv, the prescan of the HTML Standard */
    RCD_DECLARED_XML, /* <?xml version="1.0" encoding="..."?> also in UTF-16/32 and EBCDIC guises */
    RCD_DECLARED_CSS, /* @charset "..."; at byte 0 */
    RCD_DECLARED_PEP263, /* coding[:=]... in a comment of the first two lines */
    RCD_DECLARED_VIM,    /* mode line: fileencoding= / fenc= in the first or last five lines */
    RCD_DECLARED_EMACS, /* -*- coding: ... -*- in the first two lines; Local Variables at the end */
    RCD_DECLARED_FORMAT /* a line of the format: Content-Type, inputenc, SET, SET NAMES ... */
};

typedef struct {
    int kind;      /* enum rcd_declared_kind */
    int charset;   /* id, 0 when the label is unknown */
    size_t offset; /* of the label, in bytes from the start of `head` (or of `tail`) */
    size_t len;    /* bytes of the label */
    int in_tail;   /* 1 = the offset counts from the start of `tail` */
} rcd_declaration;

/* Looks for a declaration in the first bytes of the input (`head`, at most the first 4096) and in
 * its last (`tail`, at most 1024; may be NULL, may overlap head). A BOM at the start is
 * skipped. Never reads outside; linear time.
 *
 * Order: XML, HTML, CSS, PEP 263, Emacs, vim, lines of formats (known labels alone); HTML comes last where
 * the text does not begin with `<`, since a program that writes a page has its own declaration before that
 * of the page. <meta> is looked for in 1024 bytes as the HTML Standard says, in all of the head when that
 * is a page.
 *
 * Labels are resolved with rcd_charset_from_label(). Per the HTML Standard a declared UTF-16 means
 * UTF-8 in HTML (and CSS), and x-user-defined means windows-1252. Other labels that contradict how
 * they are written are stale, and count as unknown: UTF-16, UTF-32 or EBCDIC in ASCII bytes; in an
 * XML declaration written in UTF-16, UTF-32 or EBCDIC, anything else than that form (a fitting
 * UTF-16 label gets the byte order seen). PEP 263, vim and Emacs labels may end in -unix, -dos, -mac,
 * vim's may begin with 8bit- or 2byte-.
 * @return 1 when a declaration with a known charset was found (in *out). Otherwise 0; *out is then
 *         the first declaration with an unknown label (charset 0), or has the kind NONE. */
int rcd_declared_find(const uint8_t *head, size_t head_len, const uint8_t *tail, size_t tail_len,
                      rcd_declaration *out);

#endif
