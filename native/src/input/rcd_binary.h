/* rcd_binary.h : bytes that are not text at all. */
#ifndef RCD_BINARY_H
#define RCD_BINARY_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_census.h"

/* What a file is, and the name that rcd_binary_name() gives it: DATA is recognised by its bytes alone,
 * the others by their signature. Numbers may change between releases, names do not. */
#define RCD_BINARY_KINDS(X)                                                                       \
    X(DATA, "data") X(7Z, "7z") X(AIFF, "aiff") X(AR, "ar") X(ASF, "asf") X(AU, "au")             \
    X(AVI, "avi") X(AVIF, "avif") X(BMP, "bmp") X(BZIP2, "bzip2") X(CAB, "cab")                   \
    X(CLASS, "class") X(COMPRESS, "compress") X(CPIO, "cpio") X(DEX, "dex") X(DICOM, "dicom")     \
    X(DJVU, "djvu") X(DS_STORE, "ds_store") X(ELF, "elf") X(EMF, "emf") X(EPS, "eps")             \
    X(EXE, "exe") X(FLAC, "flac") X(FLV, "flv") X(GIF, "gif") X(GIT_PACK, "git-pack")             \
    X(GZIP, "gzip") X(HDF5, "hdf5") X(HEIF, "heif") X(ICO, "ico") X(ICC, "icc") X(JP2, "jp2")     \
    X(JPEG, "jpeg") X(JXL, "jxl") X(LHA, "lha") X(LLVM, "llvm") X(LNK, "lnk") X(LUA, "lua")       \
    X(LZ4, "lz4") X(LZIP, "lzip") X(LZMA, "lzma") X(MACHO, "mach-o") X(MATROSKA, "matroska")      \
    X(MIDI, "midi") X(MO, "mo") X(MP3, "mp3") X(MP4, "mp4") X(NUMPY, "numpy") X(OGG, "ogg")       \
    X(OLE, "ole") X(PARQUET, "parquet") X(PCAP, "pcap") X(PDF, "pdf") X(PICKLE, "pickle")         \
    X(PNG, "png") X(PSD, "psd") X(PYC, "pyc") X(RAR, "rar") X(REGISTRY, "registry")               \
    X(RIFF, "riff") X(RPM, "rpm") X(SQLITE, "sqlite") X(SWF, "swf") X(TAR, "tar")                 \
    X(TERMINFO, "terminfo") X(TIFF, "tiff") X(TTF, "ttf") X(TZIF, "tzif") X(WASM, "wasm")         \
    X(WAV, "wav") X(WEBP, "webp") X(WMF, "wmf") X(WOFF, "woff") X(XZ, "xz") X(ZIP, "zip")         \
    X(ZLIB, "zlib") X(ZSTD, "zstd")

#define RCD_BINARY_ENUM(kind, name) RCD_BINARY_##kind,
enum rcd_binary_kind { RCD_BINARY_NONE, RCD_BINARY_KINDS(RCD_BINARY_ENUM) RCD_BINARY_COUNT };
#undef RCD_BINARY_ENUM

/* File kind by the signature at the start of `head` (the first bytes of the input; 512 are enough
 * but for what says where to look: programs whose header stands later, frames of MP3). A signature that
 * text could begin with (GIF89a, BM, MZ, PK, ID3 ...) counts only with what must follow it; when `head`
 * ends before that, it does not count.
 * @return a kind above RCD_BINARY_DATA, or 0 when none is known. */
int rcd_binary_signature(const uint8_t *head, size_t len);

/* Is the census that of binary data, for an ASCII-compatible reading? Controls that text does not
 * have (C0 but BS TAB LF VT FF CR ESC and one 1A; DEL) and NULs are weighed against the length: a
 * stray one or two, NULs between records and terminal colours are text. A flood of FF is none.
 * Encodings that put letters on controls (EBCDIC, UTF-16, VISCII in small numbers) must have been
 * asked before.
 * @return RCD_BINARY_DATA or 0. */
int rcd_binary_by_census(const rcd_census *c);

/* Are all the controls that make the census one of binary data such as programs set marks with in text,
 * between fields and records above all? What reads as text is text then. */
int rcd_binary_may_be_marked(const rcd_census *c);
int rcd_binary_is_mark(unsigned byte);

/* Are NULs that fill the end of a record, a block or a buffer all that makes the census one of binary
 * data? */
int rcd_binary_may_be_filled(const rcd_census *c);

/* "png", "zip", "data" ...; "" for 0 or out of range. */
const char *rcd_binary_name(int kind);

#endif
