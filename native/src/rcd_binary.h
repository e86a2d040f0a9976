/* rcd_binary.h : bytes that are not text at all. */
#ifndef RCD_BINARY_H
#define RCD_BINARY_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_census.h"

/* File kind by the signature at the start of `head` (PNG, JPEG, GIF, ZIP, GZIP, ELF, PDF, SQLite,
 * Mach-O, PE, MP3/ID3, RIFF, OGG, FLAC, 7z, XZ, BZIP2, Zstandard, class files, Python bytecode,
 * TTF/WOFF, TAR at 257 ...); 0 = none known. A signature that is printable ASCII (%PDF-, GIF89a,
 * PK, BM, MZ ...) counts only with what must follow it. @return kind for rcd_binary_name(). */
int rcd_binary_signature(const uint8_t *head, size_t len);

/* Is the census that of binary data, for an ASCII-compatible reading? Controls (C0 but TAB LF VT FF
 * CR ESC BS and a final 1A), NULs, and their share are weighed; a stray control or two in a long
 * text, or ANSI colour codes, are text. @return kind ("data") or 0. */
int rcd_binary_by_census(const rcd_census *c);

const char *rcd_binary_name(int kind);

#endif
