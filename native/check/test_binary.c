/* test_binary.c : what is a file of some kind, what only begins like one, and how many controls a
 * text may have. */
#include "check.h"
#include "rcd_binary.h"

#define ROOM 512

/* `head` is padded with zeros to `len` bytes. */
static const struct {
    const char *kind; /* "" = text */
    size_t len;
    size_t size;
    const char *head;
} heads[] = {
#define HEAD(kind, len, head) {kind, len, sizeof head - 1, head}
    HEAD("png", 8, "\x89PNG\r\n\x1A\n"),
    HEAD("jpeg", 20, "\xFF\xD8\xFF\xE0\0\x10JFIF\0\1\1"),
    HEAD("jpeg", 20, "\xFF\xD8\xFF\xE1\x3F\xFE" "Exif\0\0"),
    HEAD("", 20, "\xFF\xD8\xFF\xE0\xE1\xE2 \xF3\xE4\xE5 \xE6\xE7"),
    HEAD("gif", 40, "GIF89a\x10\0\x10\0\x80\0\0\0\0\0\xFF\xFF\xFF!\xF9\4"),
    HEAD("", 40, "GIF89a was the second version of it....."),
    HEAD("", 6, "GIF89a"),
    HEAD("zip", 30, "PK\3\4\x14\0\x08\x08"),
    HEAD("zip", 22, "PK\5\6"),
    HEAD("", 10, "PK numbers"),
    HEAD("gzip", 18, "\x1F\x8B\x08\0"),
    HEAD("elf", 64, "\x7F" "ELF\2\1\1"),
    HEAD("pdf", 15, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"),
    HEAD("", 30, "%PDF- is how such files begin."),
    HEAD("sqlite", 100, "SQLite format 3\0\x10"),
    HEAD("", 20, "SQLite format 3 it is"),
    HEAD("mach-o", 32, "\xCF\xFA\xED\xFE\7\0\0\1"),
    HEAD("mach-o", 32, "\xCA\xFE\xBA\xBE\0\0\0\2"),
    HEAD("class", 32, "\xCA\xFE\xBA\xBE\0\0\0\x41"),
    HEAD("exe", 128, "MZ\x90\0\3\0\0\0\4\0\0\0\xFF\xFF\0\0\xB8\0\0\0\0\0\0\0@\0\0\0\0\0\0\0\0\0\0\0"
                     "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0@\0\0\0PE\0\0"),
    HEAD("", 70, "MZ is what programs for DOS begin with, after the man who made it so."),
    HEAD("mp3", 20, "ID3\3\0\0\0\0\x0F\x76TIT2"),
    HEAD("mp3", 20, "ID3\4\0\0\0\0\x0F\x76TIT2"),
    HEAD("", 20, "ID3\5\0\0\0\0\x0F\x76TIT2"),
    HEAD("", 20, "ID3 tags are of old."),
    HEAD("wav", 44, "RIFF\x24\x08\0\0WAVEfmt "),
    HEAD("webp", 44, "RIFF\x24\x08\0\0WEBPVP8 "),
    HEAD("avi", 44, "RIFF\x24\x08\1\0AVI LIST"),
    HEAD("", 17, "RIFF and WAVE too"),
    HEAD("ogg", 28, "OggS\0\2"),
    HEAD("flac", 42, "fLaC\0\0\0\x22"),
    HEAD("7z", 32, "7z\xBC\xAF\x27\x1C"),
    HEAD("xz", 12, "\xFD" "7zXZ\0"),
    HEAD("bzip2", 14, "BZh91AY&SY"),
    HEAD("", 14, "BZh9 for short"),
    HEAD("zstd", 9, "\x28\xB5\x2F\xFD\4"),
    HEAD("lzma", 14, "\x5D\0\0\x80\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"),
    HEAD("", 16, "]\0\0\0a\0\0\0[\0\0\0b\0\0"),
    HEAD("rar", 20, "Rar!\x1A\7\1\0"),
    HEAD("ar", 68, "!<arch>\ndebian-binary   1700000000  0     0     100644  4         `\n"),
    HEAD("", 68, "!<arch>\nis the first line of an archive, but this is only text....."),
    HEAD("pyc", 20, "\xA7\x0D\x0D\x0A\0\0\0\0"),
    HEAD("pyc", 20, "\x42\x0D\x0D\x0A\x10\x20\x30\x5F\x10\0\0\0\xE3\0"),
    HEAD("pyc", 20, "\x03\xF3\x0D\x0A\x10\x20\x30\x5F\x63\0"),
    HEAD("", 16, "I\r\r\nlike to\r\r\nw"),
    HEAD("ttf", 20, "\0\1\0\0\0\x10\1\0\0\4"),
    HEAD("", 16, "\0\1\0\0\0\1\0\0a\0\0\0b\0\0"),
    HEAD("woff", 20, "wOF2\0\1\0\0"),
    HEAD("bmp", 30, "BM\x36\0\3\0\0\0\0\0\x36\0\0\0\x28"),
    HEAD("", 30, "BM is a name that some have..."),
    HEAD("tiff", 12, "II*\0\x08\0\0\0"),
    HEAD("ico", 30, "\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0\x68\4\0\0\x16"),
    HEAD("", 24, "\0\0\1\0\0\0\0a\0\0\0b\0\0\0c\0\0\0d\0\0\0e"),
    HEAD("wasm", 8, "\0asm\1\0\0\0"),
    HEAD("mp4", 32, "\0\0\0\x20" "ftypisom"),
    HEAD("avif", 32, "\0\0\0\x20" "ftypavif"),
    HEAD("heif", 32, "\0\0\0\x18" "ftypheic"),
    HEAD("", 16, "softftypes there"),
    HEAD("matroska", 20, "\x1A\x45\xDF\xA3"),
    HEAD("ole", 20, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
    HEAD("midi", 14, "MThd\0\0\0\6"),
    HEAD("numpy", 20, "\x93NUMPY\1\0v\0{'d"),
    HEAD("", 20, "\x93NUMPY\x94 is its name"),
    HEAD("pickle", 20, "\x80\4\x95\x10\0\0\0\0\0\0\0\x8C"),
    HEAD("pickle", 20, "\x80\2}q\0X\4"),
    HEAD("mo", 28, "\xDE\x12\x04\x95\1"),
    HEAD("parquet", 12, "PAR1\x15\4\x15"),
    HEAD("zlib", 40, "\x78\x9C\x4B\x4C\4\2\1\3"),
    HEAD("", 30, "x^2 + y^2 = z^2, they all said"),
    HEAD("tzif", 44, "TZif2\0"),
    HEAD("git-pack", 12, "PACK\0\0\0\2"),
    HEAD("aiff", 12, "FORM\0\0\x10\0" "AIFF"),
    HEAD("", 12, "FORM and more"),
    HEAD("asf", 30, "\x30\x26\xB2\x75\x8E\x66\xCF\x11"),
    HEAD("au", 24, ".snd\0\0\0\x18"),
    HEAD("cab", 36, "MSCF\0\0\0\0"),
    HEAD("compress", 20, "\x1F\x9D\x90"),
    HEAD("cpio", 110, "0707010000000100000000000000000000000000000000000000000000000000000000"
                      "000000000000000000000000000000000000000B"),
    HEAD("", 110, "070701 is a number, and 070702 is the next"),
    HEAD("dex", 12, "dex\n035\0"),
    HEAD("", 12, "dex\nterity"),
    HEAD("djvu", 16, "AT&TFORM\0\0\x10\0" "DJVU"),
    HEAD("", 16, "AT&TFORMATION OF"),
    HEAD("emf", 44, "\1\0\0\0\x6C\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                    " EMF"),
    HEAD("", 44, "\1\0\0\0\2\0\0\0\3"),
    HEAD("eps", 30, "\xC5\xD0\xD3\xC6\x20\0\0\0"),
    HEAD("", 8, "\xC5\xD0\xD3\xC6 \xCF\xD4\xCB"),
    HEAD("flv", 13, "FLV\1\5\0\0\0\x09"),
    HEAD("hdf5", 16, "\x89HDF\r\n\x1A\n"),
    HEAD("jp2", 12, "\0\0\0\x0CjP  \r\n\x87\n"),
    HEAD("jp2", 12, "\xFF\x4F\xFF\x51\0\x29"),
    HEAD("jxl", 12, "\0\0\0\x0CJXL \r\n\x87\n"),
    HEAD("lha", 24, "\x22\x11-lh5-"),
    HEAD("", 24, "so-lhotse is a mountain."),
    HEAD("llvm", 8, "BC\xC0\xDE\x35\x14\0\0"),
    HEAD("lnk", 76, "\x4C\0\0\0\1\x14\2\0"),
    HEAD("lua", 12, "\x1BLua\x54\0"),
    HEAD("lz4", 12, "\x04\x22\x4D\x18\x64\x40"),
    HEAD("lzip", 12, "LZIP\1\x0C"),
    HEAD("pcap", 24, "\xD4\xC3\xB2\xA1\2\0\4\0"),
    HEAD("pcap", 24, "\xA1\xB2\xC3\xD4\0\2\0\4"),
    HEAD("pcap", 28, "\n\r\r\n\x1C\0\0\0\x4D\x3C\x2B\x1A"),
    HEAD("", 28, "\n\r\r\nlines that end so oddly"),
    HEAD("psd", 26, "8BPS\0\1"),
    HEAD("registry", 40, "regf\1\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\5\0\0\0"),
    HEAD("", 40, "regf\1\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\7\0\0\0"),
    HEAD("rpm", 96, "\xED\xAB\xEE\xDB\3\0"),
    HEAD("swf", 12, "FWS\x09\x40\1\0\0"),
    HEAD("swf", 12, "CWS\x0A\x40\1\0\0\x78\x9C"),
    HEAD("", 12, "FWS is a word"),
    HEAD("", 12, "FWS\2\x40\1\0\0"),
    HEAD("terminfo", 40, "\x1A\1\x1E\0\x26\0\x0F\0"),
    HEAD("wmf", 22, "\xD7\xCD\xC6\x9A\0\0"),
    HEAD("", 0, ""),
#undef HEAD
};

static void check_signatures(void)
{
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        uint8_t room[ROOM] = {0};
        memcpy(room, heads[i].head, heads[i].size);
        uint8_t *p = exact_copy(room, heads[i].len);
        const char *got = rcd_binary_name(rcd_binary_signature(p, heads[i].len));
        CHECK(strcmp(got, heads[i].kind) == 0, "case %zu %.8s: \"%s\", want \"%s\"", i,
              heads[i].head, got, heads[i].kind);
        free(p);
        /* Whatever is missing, nothing is read behind the end. */
        for (size_t len = 0; len < heads[i].len; len++) {
            p = exact_copy(room, len);
            int kind = rcd_binary_signature(p, len);
            CHECK(kind >= 0 && kind < RCD_BINARY_COUNT, "case %zu cut to %zu", i, len);
            free(p);
        }
    }
}

/* A tar archive is told 257 bytes into its first header. */
static void check_tar(void)
{
    uint8_t p[ROOM] = "some/file.txt";
    memcpy(p + 257, "ustar\00000", 8);
    CHECK(rcd_binary_signature(p, ROOM) == RCD_BINARY_TAR, "posix");
    memcpy(p + 257, "ustar  \0", 8);
    CHECK(rcd_binary_signature(p, ROOM) == RCD_BINARY_TAR, "gnu");
    CHECK(rcd_binary_signature(p, 264) == 0, "cut");
}

/* Two frames of an MPEG stream without tags; the same header before text is text. */
static void check_mpeg(void)
{
    uint8_t p[ROOM] = {0xFF, 0xFB, 0x90, 0x64};
    memcpy(p + 417, "\xFF\xFB\x90\x64", 4);
    CHECK(rcd_binary_signature(p, ROOM) == RCD_BINARY_MP3, "frames");
    memset(p + 4, 0xE0, ROOM - 4);
    CHECK(rcd_binary_signature(p, ROOM) == 0, "letters");
}

static void check_names(void)
{
    CHECK(rcd_binary_name(0)[0] == 0 && rcd_binary_name(-1)[0] == 0 &&
              rcd_binary_name(RCD_BINARY_COUNT)[0] == 0,
          "out of range");
    for (int a = 1; a < RCD_BINARY_COUNT; a++) {
        CHECK(rcd_binary_name(a)[0] != 0, "kind %d has no name", a);
        for (int b = 1; b < a; b++) {
            CHECK(strcmp(rcd_binary_name(a), rcd_binary_name(b)) != 0, "%d and %d", a, b);
        }
    }
}

static int is_data(const void *p, size_t len)
{
    rcd_census c;
    rcd_census_init(&c);
    rcd_census_feed(&c, p, len);
    int kind = rcd_binary_by_census(&c);
    CHECK(kind == 0 || kind == RCD_BINARY_DATA, "kind %d", kind);
    return kind != 0;
}

#define IS_DATA(text) is_data(text, sizeof text - 1)

static void check_census(void)
{
    CHECK(!IS_DATA(""), "nothing");
    CHECK(!IS_DATA("plain text, two lines\nand no more\n"), "plain");
    CHECK(!IS_DATA("\x1B[31mred\x1B[0m and \x1B[1mbold\x1B[0m\n"), "colours");
    CHECK(!IS_DATA("N\bNA\bAM\bME\bE\n"), "overstrikes");
    CHECK(!IS_DATA("the end of a DOS file\r\n\x1A"), "DOS end");
    CHECK(!IS_DATA("a string\0"), "C string");
    CHECK(!IS_DATA("./first file.txt\0./second file.txt\0./third/name.txt\0"), "find -print0");
    CHECK(!IS_DATA("a stray control\x01 in a line"), "stray");
    CHECK(IS_DATA("\1\2\3\4\5\6\7"), "controls");
    CHECK(IS_DATA("\0\0\0\0\0\0\0\0"), "zeros");
    CHECK(IS_DATA("ab\0\1cd\0\2ef\0\3gh"), "records");
    uint8_t erased[64];
    memset(erased, 0xFF, sizeof erased);
    CHECK(is_data(erased, sizeof erased), "erased memory");
    memset(erased, 0x1B, sizeof erased);
    CHECK(is_data(erased, sizeof erased), "nothing but ESC");
    CHECK(!IS_DATA("\xFF\xFE nearly nothing but these two"), "two high bytes");
    check_random r = {42};
    unsigned told = 0;
    for (unsigned round = 0; round < 100; round++) {
        uint8_t p[400];
        for (size_t i = 0; i < sizeof p; i++) {
            p[i] = (uint8_t)random_next(&r);
        }
        told += (unsigned)is_data(p, sizeof p);
    }
    CHECK(told == 100, "%u of 100 random inputs", told);
}

static int may_be_marked(const void *p, size_t len)
{
    rcd_census c;
    rcd_census_init(&c);
    rcd_census_feed(&c, p, len);
    return rcd_binary_may_be_marked(&c);
}

#define MAY_BE_MARKED(text) may_be_marked(text, sizeof text - 1)

static void check_marks(void)
{
    static const char fields[] = "8=FIX.4.2\x01" "9=61\x01" "35=B\x01"
                                 "58=a message with a good few words in it\x01" "10=128\x01";
    uint8_t copy[sizeof fields + 20];
    CHECK(MAY_BE_MARKED(fields), "FIX");
    CHECK(MAY_BE_MARKED("00123nam a22\x1E" "1 \x1F" "aSome, Author\x1E" "10\x1F" "aTitle\x1F"
                        "bof a book of records, in two volumes\x1E\x1D"),
          "MARC");
    CHECK(MAY_BE_MARKED("\x0C\nsome/file.c,80\nint first (void)\x7F" "first\x01" "1,0\n"
                        "int next (int a)\x7F" "next\x01" "9,90\n"),
          "TAGS");
    CHECK(MAY_BE_MARKED("\x1F\nFile: a.info,  Node: Index\n\n\0\b[index\0\b]\n* Menu:\n\n"
                        "* word:  Top. (line 3)\n"),
          "Texinfo");
    CHECK(!MAY_BE_MARKED("a\x01" "b\x01" "c\x01"), "too short to say");
    CHECK(!MAY_BE_MARKED("plain text without any of them, in two lines\nthat are long enough to ask\n"),
          "none");
    memcpy(copy, fields, sizeof fields - 1);
    memset(copy + sizeof fields - 1, 0x05, 2);
    CHECK(!may_be_marked(copy, sizeof fields + 1), "a length");
    memset(copy + sizeof fields - 1, 0, 2);
    CHECK(!may_be_marked(copy, sizeof fields + 1), "NULs");
    memset(copy + sizeof fields - 1, 0xFF, 20);
    CHECK(!may_be_marked(copy, sizeof fields + 19), "numbers that are missing");
    memset(copy + sizeof fields - 1, 0x12, 1);
    CHECK(!may_be_marked(copy, sizeof fields), "a style that nothing began");
    for (unsigned b = 0; b < 256; b++) {
        const int is = rcd_binary_is_mark(b);
        CHECK(!is || b < ' ' || b == 0x7F, "%02X", b);
    }
}

static int may_be_filled(const void *p, size_t len)
{
    rcd_census c;
    rcd_census_init(&c);
    rcd_census_feed(&c, p, len);
    return rcd_binary_may_be_filled(&c);
}

#define MAY_BE_FILLED(text) may_be_filled(text, sizeof text - 1)

static void check_filling(void)
{
    CHECK(MAY_BE_FILLED("M\xFCller\0\0\0\0\0\0\0\0\0\0"), "a field");
    CHECK(MAY_BE_FILLED("\xCC\xE0\xF0\xE8\xFF\0\0\0\0\0\0"), "one FF");
    CHECK(!MAY_BE_FILLED("M\xFCller"), "none");
    CHECK(!MAY_BE_FILLED("M\xFCller\0M\xFCller\0\0\0\0"), "another one before");
    CHECK(!MAY_BE_FILLED("\x78\x56\x34\x52\0\0\0\0"), "a number");
    CHECK(!MAY_BE_FILLED("\xFC\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xCC\0\0\0\0\0\0\0"), "a number below zero");
    CHECK(!MAY_BE_FILLED("some\x02words\0\0\0\0"), "a control");
    CHECK(!MAY_BE_FILLED("\0\0\0\0\0\0\0\0"), "nothing else");
    static uint8_t block[RCD_FILLED_MOST + 7u] = "M\xFCller";
    CHECK(may_be_filled(block, sizeof block - 1u), "a block");
    CHECK(!may_be_filled(block, sizeof block), "a hole");
}

int main(void)
{
    check_marks();
    check_filling();
    check_signatures();
    check_tar();
    check_mpeg();
    check_names();
    check_census();
    return check_end("binary");
}
