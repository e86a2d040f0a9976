/* rcd_binary_signatures.c : which file format begins so?
 *
 *  The formats' own specifications say what must follow the first bytes; each check asks for as
 *  much of it as keeps text out. A signature with a NUL or with controls and high bytes mixed needs
 *  no more: no text begins so in any encoding this core knows. */
#include "rcd_binary.h"

#include <string.h>

#include "rcd_binary_checks.h"

/* `need`: bytes of head that the check reads. Where a check is NULL the bytes alone decide. In the
 * order of their first bytes, the INSIDE that stand further on last. */
static const struct {
    uint16_t offset;
    uint8_t size;
    uint8_t kind;
    uint16_t need;
    char bytes[17];
    rcd_binary_check *check;
} signatures[] = {
    {0, 4, RCD_BINARY_TTF, 8, "\0\1\0\0", rcd_check_sfnt},
    {0, 4, RCD_BINARY_ICO, 22, "\0\0\1\0", rcd_check_icon},
    {0, 4, RCD_BINARY_ICO, 22, "\0\0\2\0", rcd_check_icon},
    {0, 8, RCD_BINARY_WASM, 8, "\0asm\1\0\0\0", NULL},
    {0, 8, RCD_BINARY_JP2, 8, "\0\0\0\x0CjP  ", NULL},
    {0, 8, RCD_BINARY_JXL, 8, "\0\0\0\x0CJXL ", NULL},
    {0, 8, RCD_BINARY_DS_STORE, 8, "\0\0\0\1Bud1", NULL},
    {0, 4, RCD_BINARY_EMF, 44, "\1\0\0\0", rcd_check_emf},
    {0, 4, RCD_BINARY_LZ4, 4, "\x04\x22\x4D\x18", NULL},
    {0, 4, RCD_BINARY_PCAP, 12, "\x0A\x0D\x0D\x0A", rcd_check_pcapng},
    {0, 4, RCD_BINARY_MATROSKA, 4, "\x1A\x45\xDF\xA3", NULL},
    {0, 2, RCD_BINARY_TERMINFO, 12, "\x1A\1", rcd_check_terminfo},
    {0, 4, RCD_BINARY_LUA, 4, "\x1BLua", NULL},
    {0, 3, RCD_BINARY_GZIP, 4, "\x1F\x8B\x08", rcd_check_gzip},
    {0, 3, RCD_BINARY_COMPRESS, 3, "\x1F\x9D\x90", NULL},
    {0, 8, RCD_BINARY_AR, 68, "!<arch>\n", rcd_check_ar},
    {0, 5, RCD_BINARY_PDF, 8, "%PDF-", rcd_check_pdf},
    {0, 4, RCD_BINARY_ZSTD, 4, "\x28\xB5\x2F\xFD", NULL},
    {0, 6, RCD_BINARY_AU, 6, ".snd\0\0", NULL},
    {0, 6, RCD_BINARY_CPIO, 110, "070701", rcd_check_cpio},
    {0, 6, RCD_BINARY_CPIO, 110, "070702", rcd_check_cpio},
    {0, 8, RCD_BINARY_ASF, 8, "\x30\x26\xB2\x75\x8E\x66\xCF\x11", NULL},
    {0, 6, RCD_BINARY_7Z, 6, "7z\xBC\xAF\x27\x1C", NULL},
    {0, 6, RCD_BINARY_PSD, 6, "8BPS\0\1", NULL},
    {0, 8, RCD_BINARY_DJVU, 15, "AT&TFORM", rcd_check_djvu},
    {0, 3, RCD_BINARY_BZIP2, 10, "BZh", rcd_check_bzip2},
    {0, 2, RCD_BINARY_BMP, 18, "BM", rcd_check_bmp},
    {0, 6, RCD_BINARY_LLVM, 6, "BC\xC0\xDE\x35\x14", NULL},
    {0, 3, RCD_BINARY_SWF, 8, "CWS", rcd_check_swf},
    {0, 4, RCD_BINARY_AIFF, 12, "FORM", rcd_check_form},
    {0, 4, RCD_BINARY_FLV, 4, "FLV\1", NULL},
    {0, 3, RCD_BINARY_SWF, 8, "FWS", rcd_check_swf},
    {0, 3, RCD_BINARY_GIF, 13, "GIF", rcd_check_gif},
    {0, 3, RCD_BINARY_MP3, 10, "ID3", rcd_check_id3},
    {0, 4, RCD_BINARY_TIFF, 8, "II\x2A\0", rcd_check_tiff},
    {0, 8, RCD_BINARY_TIFF, 8, "II\x2B\0\x08\0\0\0", NULL},
    {0, 5, RCD_BINARY_LZIP, 5, "LZIP\1", NULL},
    {0, 8, RCD_BINARY_LNK, 8, "\x4C\0\0\0\1\x14\2\0", NULL},
    {0, 2, RCD_BINARY_EXE, 64, "MZ", rcd_check_exe},
    {0, 8, RCD_BINARY_CAB, 8, "MSCF\0\0\0\0", NULL},
    {0, 4, RCD_BINARY_TIFF, 8, "MM\0\x2A", rcd_check_tiff},
    {0, 8, RCD_BINARY_MIDI, 8, "MThd\0\0\0\6", NULL},
    {0, 4, RCD_BINARY_OGG, 6, "OggS", rcd_check_ogg},
    {0, 4, RCD_BINARY_TTF, 8, "OTTO", rcd_check_sfnt},
    {0, 4, RCD_BINARY_ZIP, 6, "PK\3\4", rcd_check_zip},
    {0, 4, RCD_BINARY_ZIP, 4, "PK\5\6", NULL},
    {0, 4, RCD_BINARY_ZIP, 4, "PK\7\10", NULL},
    {0, 4, RCD_BINARY_PARQUET, 6, "PAR1", rcd_check_parquet},
    {0, 8, RCD_BINARY_GIT_PACK, 8, "PACK\0\0\0\2", NULL},
    {0, 4, RCD_BINARY_RIFF, 12, "RIFF", rcd_check_riff},
    {0, 6, RCD_BINARY_RAR, 6, "Rar!\x1A\7", NULL},
    {0, 16, RCD_BINARY_SQLITE, 16, "SQLite format 3\0", NULL},
    {0, 6, RCD_BINARY_TZIF, 6, "TZif2\0", NULL},
    {0, 6, RCD_BINARY_TZIF, 6, "TZif3\0", NULL},
    {0, 6, RCD_BINARY_TZIF, 6, "TZif\0\0", NULL},
    {0, 3, RCD_BINARY_SWF, 8, "ZWS", rcd_check_swf},
    {0, 3, RCD_BINARY_LZMA, 13, "\x5D\0\0", rcd_check_lzma},
    {0, 4, RCD_BINARY_DEX, 8, "dex\n", rcd_check_dex},
    {0, 4, RCD_BINARY_FLAC, 8, "fLaC", rcd_check_flac},
    {0, 4, RCD_BINARY_REGISTRY, 32, "regf", rcd_check_regf},
    {0, 5, RCD_BINARY_TTF, 5, "ttcf\0", NULL},
    {0, 4, RCD_BINARY_WOFF, 8, "wOFF", rcd_check_woff},
    {0, 4, RCD_BINARY_WOFF, 8, "wOF2", rcd_check_woff},
    {0, 1, RCD_BINARY_ZLIB, 16, "\x78", rcd_check_zlib},
    {0, 4, RCD_BINARY_ELF, 6, "\x7F" "ELF", rcd_check_elf},
    {0, 1, RCD_BINARY_PICKLE, 11, "\x80", rcd_check_pickle},
    {0, 8, RCD_BINARY_PNG, 8, "\x89PNG\r\n\x1A\n", NULL},
    {0, 8, RCD_BINARY_HDF5, 8, "\x89HDF\r\n\x1A\n", NULL},
    {0, 6, RCD_BINARY_NUMPY, 8, "\x93NUMPY", rcd_check_numpy},
    {0, 4, RCD_BINARY_MO, 8, "\x95\x04\x12\xDE", rcd_check_mo},
    {0, 6, RCD_BINARY_PCAP, 6, "\xA1\xB2\xC3\xD4\0\2", NULL},
    {0, 4, RCD_BINARY_EPS, 8, "\xC5\xD0\xD3\xC6", rcd_check_eps},
    {0, 4, RCD_BINARY_CLASS, 8, "\xCA\xFE\xBA\xBE", rcd_check_java},
    {0, 4, RCD_BINARY_MACHO, 8, "\xCE\xFA\xED\xFE", rcd_check_macho},
    {0, 4, RCD_BINARY_MACHO, 8, "\xCF\xFA\xED\xFE", rcd_check_macho},
    {0, 8, RCD_BINARY_OLE, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", NULL},
    {0, 6, RCD_BINARY_PCAP, 6, "\xD4\xC3\xB2\xA1\2\0", NULL},
    {0, 6, RCD_BINARY_WMF, 6, "\xD7\xCD\xC6\x9A\0\0", NULL},
    {0, 4, RCD_BINARY_MO, 8, "\xDE\x12\x04\x95", rcd_check_mo},
    {0, 4, RCD_BINARY_RPM, 4, "\xED\xAB\xEE\xDB", NULL},
    {0, 6, RCD_BINARY_XZ, 6, "\xFD" "7zXZ\0", NULL},
    {0, 4, RCD_BINARY_MACHO, 8, "\xFE\xED\xFA\xCE", rcd_check_macho},
    {0, 4, RCD_BINARY_MACHO, 8, "\xFE\xED\xFA\xCF", rcd_check_macho},
    {0, 3, RCD_BINARY_JPEG, 10, "\xFF\xD8\xFF", rcd_check_jpeg},
    {0, 1, RCD_BINARY_MP3, 4, "\xFF", rcd_check_mpeg},
    {0, 5, RCD_BINARY_JP2, 5, "\xFF\x4F\xFF\x51\0", NULL},
    {257, 5, RCD_BINARY_TAR, 265, "ustar", rcd_check_tar},
    {2, 3, RCD_BINARY_LHA, 21, "-lh", rcd_check_lha},
    {2, 2, RCD_BINARY_PYC, 14, "\r\n", rcd_check_pyc},
    {4, 4, RCD_BINARY_MP4, 12, "ftyp", rcd_check_brand},
    {128, 4, RCD_BINARY_DICOM, 132, "DICM", NULL},
    {36, 4, RCD_BINARY_ICC, 40, "acsp", rcd_check_icc},
};

#define INSIDE 6u
#define AT_START (sizeof signatures / sizeof signatures[0] - INSIDE)

static int kind_of(size_t i, const uint8_t *head, size_t len)
{
    /* The first byte settles nearly all of them without a call. */
    if (len < signatures[i].need ||
        head[signatures[i].offset] != (uint8_t)signatures[i].bytes[0] ||
        memcmp(head + signatures[i].offset, signatures[i].bytes, signatures[i].size) != 0) {
        return 0;
    }
    return signatures[i].check == NULL ? signatures[i].kind : signatures[i].check(head, len);
}

int rcd_binary_signature(const uint8_t *head, size_t len)
{
    if (len == 0) {
        return 0;
    }
    size_t low = 0, high = AT_START;
    while (low < high) {
        size_t middle = (low + high) / 2u;
        if ((uint8_t)signatures[middle].bytes[0] < head[0]) {
            low = middle + 1u;
        } else {
            high = middle;
        }
    }
    int kind = 0;
    for (; kind == 0 && low < AT_START && (uint8_t)signatures[low].bytes[0] == head[0]; low++) {
        kind = kind_of(low, head, len);
    }
    for (size_t i = AT_START; kind == 0 && i < AT_START + INSIDE; i++) {
        kind = kind_of(i, head, len);
    }
    return kind;
}
