/* rcd_single_byte.h : what each byte of a one-byte charset is.
 *
 *  rcd_single_byte_table(id), declared in recodec.h, gives the 256 code points of a charset,
 *  RCD_UNASSIGNED where a byte has none, or NULL when the charset has no such table.
 *
 *  Where CPython has the codec the table is CPython's mapping, so that what is scored is what
 *  bytes.decode() returns. A cell is one code point of the Basic Multilingual Plane:
 *  - marks are not composed with their letter (cp1255, cp1258, tcvn);
 *  - charsets of kind RCD_KIND_STATEFUL that keep one character a byte (ISCII, TSCII) have the map
 *    of their initial state, where a cell of several code points is its first one. That serves to
 *    score letters; it is not a decoder. */
#ifndef RCD_SINGLE_BYTE_H
#define RCD_SINGLE_BYTE_H

#include <stdint.h>

#include "recodec.h"

#define RCD_UNASSIGNED 0xFFFFu

#endif
