/* rcd_binary_checks.c : see rcd_binary_checks.h. */
#include "rcd_binary_checks.h"

#include <string.h>

#include "rcd_binary.h"

static uint32_t big32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static uint32_t little32(const uint8_t *p)
{
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

int rcd_check_zip(const uint8_t *p, size_t len)
{
    /* "PK" and a pair of controls; then the version needed, in a byte of which the system is the
     * next: 6.3 is the highest there is, 20 systems are numbered. */
    (void)len;
    return p[4] <= 90 && p[5] <= 20 ? RCD_BINARY_ZIP : 0;
}

int rcd_check_gif(const uint8_t *p, size_t len)
{
    /* Width, height, flags, background, aspect ratio (0 in practice), the colour table that the
     * flags tell of, then a block of known type. */
    if (p[3] != '8' || (p[4] != '7' && p[4] != '9') || p[5] != 'a' || p[12] != 0) {
        return 0;
    }
    size_t block = 13 + ((p[10] & 0x80) != 0 ? (size_t)3 << ((p[10] & 7) + 1) : 0);
    if (block >= len) {
        return RCD_BINARY_GIF;
    }
    return p[block] == 0x21 || p[block] == 0x2C || p[block] == 0x3B ? RCD_BINARY_GIF : 0;
}

int rcd_check_jpeg(const uint8_t *p, size_t len)
{
    (void)len;
    unsigned marker = p[3];
    int begins = (marker >= 0xE0 && marker <= 0xEF) || marker == 0xDB || marker == 0xC4 ||
                 marker == 0xC0 || marker == 0xC2 || marker == 0xDD || marker == 0xFE;
    unsigned segment = (unsigned)p[4] << 8 | p[5];
    /* Text in a code page where FF D8 FF are letters goes on with a letter for the length. */
    return begins && segment >= 2 && (p[4] < 0x20 || memcmp(p + 6, "Exif", 4) == 0 ||
                                      memcmp(p + 6, "http", 4) == 0)
               ? RCD_BINARY_JPEG
               : 0;
}

int rcd_check_gzip(const uint8_t *p, size_t len)
{
    (void)len;
    return p[3] < 0x20 ? RCD_BINARY_GZIP : 0;
}

int rcd_check_elf(const uint8_t *p, size_t len)
{
    (void)len;
    return (p[4] == 1 || p[4] == 2) && (p[5] == 1 || p[5] == 2) ? RCD_BINARY_ELF : 0;
}

int rcd_check_pdf(const uint8_t *p, size_t len)
{
    (void)len;
    return p[5] >= '1' && p[5] <= '2' && p[6] == '.' && p[7] >= '0' && p[7] <= '9' ? RCD_BINARY_PDF
                                                                                 : 0;
}

int rcd_check_java(const uint8_t *p, size_t len)
{
    /* Java classes and fat Mach-O files share the number: a class has minor and major version
     * there, and the major began with 45; a fat file has the count of its processors. */
    (void)len;
    uint32_t n = big32(p + 4);
    return n >= 1 && n < 45 ? RCD_BINARY_MACHO : (n & 0xFFFF) >= 45 ? RCD_BINARY_CLASS : 0;
}

int rcd_check_exe(const uint8_t *p, size_t len)
{
    /* The header's word at 3C says where the second header is; when that lies beyond `head`, the
     * reserved words before it, which are zero, must do. */
    uint32_t at = little32(p + 0x3C);
    if (at >= 0x40 && at < len && len - at >= 4) {
        const uint8_t *q = p + at;
        return memcmp(q, "PE\0\0", 4) == 0 || memcmp(q, "NE", 2) == 0 || memcmp(q, "LE", 2) == 0 ||
                       memcmp(q, "LX", 2) == 0
                   ? RCD_BINARY_EXE
                   : 0;
    }
    return at < 0x10000 && p[3] < 2 && p[0x1B] == 0 ? RCD_BINARY_EXE : 0;
}

int rcd_check_id3(const uint8_t *p, size_t len)
{
    (void)len;
    return p[3] >= 2 && p[3] <= 4 && p[4] < 0x10 && (p[5] & 0x0F) == 0 &&
                   ((p[6] | p[7] | p[8] | p[9]) & 0x80) == 0
               ? RCD_BINARY_MP3
               : 0;
}

/* Length of the MPEG audio frame (layer III) whose header is at p, 0 when it is none. */
static size_t mpeg_frame(const uint8_t *p)
{
    static const uint16_t kbits[2][16] = {
        {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0},
        {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},
    };
    static const uint16_t hertz[3] = {44100, 48000, 32000};
    unsigned version = p[1] >> 3 & 3; /* 0: 2.5, 2: 2, 3: 1 */
    unsigned rate = p[2] >> 2 & 3;
    if (p[0] != 0xFF || (p[1] & 0xE6) != 0xE2 || version == 1 || rate == 3) {
        return 0;
    }
    unsigned bits = kbits[version != 3][p[2] >> 4];
    unsigned samples = hertz[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
    return bits == 0 ? 0 : (version == 3 ? 144000u : 72000u) * bits / samples + (p[2] >> 1 & 1);
}

int rcd_check_mpeg(const uint8_t *p, size_t len)
{
    /* Two letters of a code page look like a frame header; the next frame settles it. */
    size_t n = mpeg_frame(p);
    return n != 0 && len >= 4 && n <= len - 4 && mpeg_frame(p + n) != 0 ? RCD_BINARY_MP3 : 0;
}

int rcd_check_riff(const uint8_t *p, size_t len)
{
    (void)len;
    /* The size in four bytes is hardly ever four letters. */
    int letters = 1;
    for (size_t i = 4; i < 8; i++) {
        letters &= (p[i] >= 0x20 && p[i] <= 0x7E) || p[i] == '\t' || p[i] == '\n' || p[i] == '\r';
    }
    if (letters) {
        return 0;
    }
    if (memcmp(p + 8, "WAVE", 4) == 0) {
        return RCD_BINARY_WAV;
    }
    if (memcmp(p + 8, "AVI ", 4) == 0) {
        return RCD_BINARY_AVI;
    }
    if (memcmp(p + 8, "WEBP", 4) == 0) {
        return RCD_BINARY_WEBP;
    }
    return p[7] < 8 ? RCD_BINARY_RIFF : 0;
}

int rcd_check_form(const uint8_t *p, size_t len)
{
    (void)len;
    int known = memcmp(p + 8, "AIFF", 4) == 0 || memcmp(p + 8, "AIFC", 4) == 0;
    return known && p[4] < 8 ? RCD_BINARY_AIFF : 0;
}

int rcd_check_bzip2(const uint8_t *p, size_t len)
{
    /* Pi, or the root of pi when the file is empty. */
    (void)len;
    static const uint8_t block[6] = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};
    static const uint8_t end[6] = {0x17, 0x72, 0x45, 0x38, 0x50, 0x90};
    return p[3] >= '1' && p[3] <= '9' &&
                   (memcmp(p + 4, block, 6) == 0 || memcmp(p + 4, end, 6) == 0)
               ? RCD_BINARY_BZIP2
               : 0;
}

int rcd_check_bmp(const uint8_t *p, size_t len)
{
    (void)len;
    uint32_t header = little32(p + 14);
    int known = header == 12 || header == 40 || header == 52 || header == 56 || header == 64 ||
                header == 108 || header == 124;
    return known && little32(p + 6) == 0 && little32(p + 10) >= 14 + header ? RCD_BINARY_BMP : 0;
}

int rcd_check_icon(const uint8_t *p, size_t len)
{
    /* The first picture's reserved byte, and where its data is; the zero lanes of UTF-32 differ. */
    (void)len;
    return p[4] != 0 && p[5] == 0 && p[9] == 0 && little32(p + 14) != 0 &&
                   little32(p + 18) >= 6 + 16u * p[4]
               ? RCD_BINARY_ICO
               : 0;
}

int rcd_check_ar(const uint8_t *p, size_t len)
{
    /* The archive of a linker: each member's header ends in a grave accent and a line feed. */
    (void)len;
    return p[66] == 0x60 && p[67] == 0x0A ? RCD_BINARY_AR : 0;
}

int rcd_check_cpio(const uint8_t *p, size_t len)
{
    (void)len;
    for (size_t i = 6; i < 110; i++) {
        int hex = (p[i] >= '0' && p[i] <= '9') || (p[i] >= 'a' && p[i] <= 'f') ||
                  (p[i] >= 'A' && p[i] <= 'F');
        if (!hex) {
            return 0;
        }
    }
    return RCD_BINARY_CPIO;
}

int rcd_check_tar(const uint8_t *p, size_t len)
{
    (void)len;
    return memcmp(p + 262, "\00000", 3) == 0 || memcmp(p + 262, "  \0", 3) == 0 ? RCD_BINARY_TAR
                                                                               : 0;
}

int rcd_check_pyc(const uint8_t *p, size_t len)
{
    /* Two bytes of version, CR LF. From 3.7 flags follow, of which two are defined; before, the
     * third byte from the end of a 12-byte header begins the code object. */
    (void)len;
    int modern = p[1] >= 0x0C && p[1] <= 0x0F && little32(p + 4) <= 3;
    int older = p[1] >= 0x0B && p[1] <= 0x0D && (p[12] == 0xE3 || p[12] == 0x63) && p[13] == 0;
    int two = p[0] == 0x03 && p[1] == 0xF3 && p[8] == 0x63 && p[9] == 0;
    return modern || older || two ? RCD_BINARY_PYC : 0;
}

int rcd_check_sfnt(const uint8_t *p, size_t len)
{
    /* The count of tables, then 16 times the largest power of two in it. */
    (void)len;
    unsigned count = (unsigned)p[4] << 8 | p[5];
    unsigned range = (unsigned)p[6] << 8 | p[7];
    return range >= 16 && range <= 16 * count && 16 * count < 2 * range ? RCD_BINARY_TTF : 0;
}

int rcd_check_woff(const uint8_t *p, size_t len)
{
    (void)len;
    return big32(p + 4) == 0x00010000 || memcmp(p + 4, "OTTO", 4) == 0 ||
                   memcmp(p + 4, "true", 4) == 0
               ? RCD_BINARY_WOFF
               : 0;
}

int rcd_check_brand(const uint8_t *p, size_t len)
{
    static const char heif[][5] = {"heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"};
    (void)len;
    if (p[0] != 0 || p[1] != 0) {
        return 0;
    }
    if (memcmp(p + 8, "avif", 4) == 0 || memcmp(p + 8, "avis", 4) == 0) {
        return RCD_BINARY_AVIF;
    }
    for (size_t i = 0; i < sizeof heif / sizeof heif[0]; i++) {
        if (memcmp(p + 8, heif[i], 4) == 0) {
            return RCD_BINARY_HEIF;
        }
    }
    return RCD_BINARY_MP4;
}

int rcd_check_tiff(const uint8_t *p, size_t len)
{
    (void)len;
    uint32_t at = p[0] == 'I' ? little32(p + 4) : big32(p + 4);
    return at >= 8 ? RCD_BINARY_TIFF : 0;
}

int rcd_check_swf(const uint8_t *p, size_t len)
{
    /* Version, then a length of less than 16 MB. */
    (void)len;
    return p[3] >= 3 && p[3] <= 50 && p[7] == 0 ? RCD_BINARY_SWF : 0;
}

int rcd_check_pickle(const uint8_t *p, size_t len)
{
    /* Protocols 4 and 5 begin with a frame and its length in eight bytes. */
    (void)len;
    int framed = (p[1] == 4 || p[1] == 5) && p[2] == 0x95 && little32(p + 7) == 0;
    return framed || p[1] == 2 || p[1] == 3 ? RCD_BINARY_PICKLE : 0;
}

int rcd_check_mo(const uint8_t *p, size_t len)
{
    /* Revisions 0 and 1, minor 0 and 1. */
    (void)len;
    uint32_t revision = p[0] == 0xDE ? little32(p + 4) : big32(p + 4);
    return (revision & 0xFFFEFFFE) == 0 ? RCD_BINARY_MO : 0;
}

int rcd_check_lha(const uint8_t *p, size_t len)
{
    /* "-lh5-" at 2; the size of the header before it. */
    (void)len;
    return p[0] >= 20 && p[6] == '-' && p[20] <= 3 ? RCD_BINARY_LHA : 0;
}

int rcd_check_parquet(const uint8_t *p, size_t len)
{
    (void)len;
    return p[4] == 0x15 && (p[5] < 0x20) ? RCD_BINARY_PARQUET : 0;
}

int rcd_check_ogg(const uint8_t *p, size_t len)
{
    (void)len;
    return p[4] == 0 && p[5] < 8 ? RCD_BINARY_OGG : 0;
}

int rcd_check_flac(const uint8_t *p, size_t len)
{
    (void)len;
    return (p[4] & 0x7F) == 0 && p[5] == 0 && p[6] == 0 && p[7] == 34 ? RCD_BINARY_FLAC : 0;
}

int rcd_check_djvu(const uint8_t *p, size_t len)
{
    (void)len;
    return memcmp(p + 12, "DJV", 3) == 0 ? RCD_BINARY_DJVU : 0;
}

int rcd_check_zlib(const uint8_t *p, size_t len)
{
    /* No signature, only a check sum and the wish to keep text out: "x" and a control or a high
     * byte that makes it right, then a final or dynamic block. "x^" is text unless bytes beyond it
     * are not. Only with a NUL or another control within reach. */
    if (((unsigned)p[0] << 8 | p[1]) % 31 != 0 || (p[2] & 6) == 6) {
        return 0;
    }
    unsigned odd = 0;
    for (size_t i = 2; i < 32 && i < len; i++) {
        odd += p[i] < 0x09 || (p[i] >= 0x0E && p[i] < 0x1B) || (p[i] >= 0x1C && p[i] < 0x20);
    }
    return odd >= 2 ? RCD_BINARY_ZLIB : 0;
}

int rcd_check_eps(const uint8_t *p, size_t len)
{
    (void)len;
    return little32(p + 4) < 0x10000 ? RCD_BINARY_EPS : 0;
}

int rcd_check_emf(const uint8_t *p, size_t len)
{
    (void)len;
    return memcmp(p + 40, " EMF", 4) == 0 ? RCD_BINARY_EMF : 0;
}

int rcd_check_terminfo(const uint8_t *p, size_t len)
{
    /* Six little-endian counts, the first the size of the names. */
    (void)len;
    return p[3] == 0 && p[5] == 0 && p[2] != 0 && p[4] != 0 ? RCD_BINARY_TERMINFO : 0;
}

int rcd_check_icc(const uint8_t *p, size_t len)
{
    (void)len;
    return p[0] == 0 && p[8] <= 5 ? RCD_BINARY_ICC : 0;
}

int rcd_check_pcapng(const uint8_t *p, size_t len)
{
    (void)len;
    return big32(p + 8) == 0x1A2B3C4D || little32(p + 8) == 0x1A2B3C4D ? RCD_BINARY_PCAP : 0;
}

int rcd_check_regf(const uint8_t *p, size_t len)
{
    /* Windows registry: major version 1, minor up to 6. */
    (void)len;
    return little32(p + 20) == 1 && little32(p + 24) <= 6 ? RCD_BINARY_REGISTRY : 0;
}

int rcd_check_dex(const uint8_t *p, size_t len)
{
    (void)len;
    return p[4] == '0' && p[7] == 0 ? RCD_BINARY_DEX : 0;
}

int rcd_check_lzma(const uint8_t *p, size_t len)
{
    /* A dictionary of a power of two up to 128 MB, then the size: unknown, or below a terabyte.
     * UTF-32 of "]" fails by the first, its next letter standing where 16 MB and more are. */
    (void)len;
    uint32_t dictionary = little32(p + 1);
    int unknown = little32(p + 5) == UINT32_MAX && little32(p + 9) == UINT32_MAX;
    return dictionary >= 0x10000 && dictionary <= 0x8000000 &&
                   (dictionary & (dictionary - 1)) == 0 && (unknown || little32(p + 9) < 0x100)
               ? RCD_BINARY_LZMA
               : 0;
}

int rcd_check_numpy(const uint8_t *p, size_t len)
{
    (void)len;
    return p[6] >= 1 && p[6] <= 3 && p[7] == 0 ? RCD_BINARY_NUMPY : 0;
}

int rcd_check_macho(const uint8_t *p, size_t len)
{
    /* The processor: a small number, with one high bit for 64-bit ones. */
    (void)len;
    uint32_t processor = p[0] == 0xFE ? big32(p + 4) : little32(p + 4);
    return (processor & 0xFEFFFFFF) < 0x100 ? RCD_BINARY_MACHO : 0;
}
