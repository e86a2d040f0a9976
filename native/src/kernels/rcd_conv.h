/* rcd_conv.h : what the conversion kernels work on: a table laid out for speed, and where they
 * stop.
 *
 *  A map holds one direction of one table. Cells are 32 bits: the top byte says what the rest is. A
 *  text or code of up to three bytes stands in the cell itself, so that the usual character is one
 *  load, one unconditional store of four bytes and one addition. */
#ifndef RCD_CONV_H
#define RCD_CONV_H

#include <string.h>

#include "rcd_kernels.h"
#include "recodec_convert.h"

/* Kinds of cells (top byte). 1, 2 and 3 are the length of what stands in the low bytes, first byte
 * lowest; in maps that decode to UTF-16 it is 1 and the unit. */
#define CELL_NONE 0u  /* nothing is assigned */
#define CELL_POINT 5u  /* a code point beyond U+FFFF; 4 is left out, see decode_single() */
#define CELL_TEXT 6u   /* number of a sequence of code points */
#define CELL_ROW 7u    /* a lead byte: cells of its 256 trail bytes start at this cell */
#define CELL_SPAN 8u   /* a lead byte: number of the span that its trail bytes have */
#define CELL_LINEAR 9u /* a lead byte of the GB 18030 codes for U+10000 and above */
#define CELL_LONG 10u  /* encode: more than three bytes, in the list of long codes */
/* A code that others start with. Two spans of this number on hold, as `first`, its own cell and the
 * cell of the longer ones. */
#define CELL_BOTH 11u
#define CELL_KIND(cell) ((cell) >> 24)
#define CELL_REST(cell) ((cell) & 0xFFFFFFu)
/* Encode: a longer text that starts with this code point may have a code of its own. */
#define CELL_STARTS 0x80000000u

/* Trail bytes of codes of three and more bytes come in few values, so rows would be wasteful. */
typedef struct {
    uint32_t first; /* cell of the trail byte `low` */
    uint8_t low;
    uint8_t reserved;
    uint16_t count;
} rcd_span;

/* Bytes to text. Followed in memory by its cells (the first 256 are the lead bytes'), then spans,
 * then the sequences of code points that the module's list does not have. */
typedef struct {
    uint32_t cells;
    uint32_t spans;
    uint8_t ascii;    /* bytes below 0x80 stand for themselves */
    uint8_t units;    /* cells hold UTF-16 */
    uint8_t single;   /* no code is longer than one byte */
    uint8_t longest;  /* bytes of the longest code */
    uint8_t joined;  /* a code is the start of another: the longest one counts */
    uint8_t rowed;     /* rows start at multiples of 256 below 64K, leads are 0x80 or more */
    uint8_t paired;    /* ASCII, and pairs that start with 0x80 or more, and nothing else */
    uint8_t reserved;
    uint8_t row[128];  /* by lead byte less 0x80: where its row starts, in rows; 0 = no lead */
    /* By byte, for single-byte sets: UTF-8 bytes (0 behind the last; `first` is 0xFF for what is
     * more than three or not assigned), or the unit's two, where `plain` is 0xFF for one unit. */
    uint8_t first[256], second[256], third[256], plain[256];
} rcd_decode_map;

static inline int rcd_is_plain(uint32_t cell)
{
    return CELL_KIND(cell) - 1u < 3u;
}

/* A text of several code points and its code. */
typedef struct {
    uint32_t text[4];
    uint8_t text_len;
    uint8_t code_len;
    uint8_t code[6];
} rcd_long_text;

#define RCD_BLOCKS (0x100000u >> 6)

/* Text to bytes: one table for the basic plane, which is one load a character and half as long to
 * wait for as two stages; for the other planes block by the upper bits, then the lower six. Block 0
 * is empty. Followed in memory by their cells, then long codes, then texts of several points. */
typedef struct {
    uint32_t cells;
    uint32_t longs;
    uint32_t texts;
    uint8_t ascii;  /* code points below 0x80 are one byte of the same value */
    uint8_t linear; /* U+10000 and above by the formula of GB 18030 */
    uint8_t single; /* no code is longer than one byte */
    uint8_t reserved;
    uint32_t list[257];         /* by rcd_text_list(): the first of its texts; where all end */
    uint32_t unused;            /* what follows begins at a multiple of eight */
    uint16_t block[RCD_BLOCKS]; /* from U+10000 on */
    uint32_t plane[65536];
} rcd_encode_map;

static inline const uint32_t *rcd_decode_cells(const rcd_decode_map *map)
{
    return (const uint32_t *)(const void *)(map + 1);
}

static inline const rcd_span *rcd_decode_spans(const rcd_decode_map *map)
{
    return (const rcd_span *)(const void *)(rcd_decode_cells(map) + map->cells);
}

static inline const uint32_t (*rcd_decode_texts(const rcd_decode_map *map))[4]
{
    return (const uint32_t(*)[4])(const void *)(rcd_decode_spans(map) + map->spans);
}

static inline const uint32_t *rcd_encode_cells(const rcd_encode_map *map)
{
    return (const uint32_t *)(const void *)(map + 1);
}

static inline const uint64_t *rcd_encode_longs(const rcd_encode_map *map)
{
    return (const uint64_t *)(const void *)(rcd_encode_cells(map) + map->cells + (map->cells & 1));
}

static inline const rcd_long_text *rcd_encode_texts(const rcd_encode_map *map)
{
    return (const rcd_long_text *)(const void *)(rcd_encode_longs(map) + map->longs);
}

static inline uint32_t rcd_encode_cell(const rcd_encode_map *map, uint32_t point)
{
    if (point < 0x10000) {
        return map->plane[point];
    }
    point -= 0x10000;
    return rcd_encode_cells(map)[(size_t)map->block[point >> 6] * 64 + (point & 63)];
}

/* Which list the texts are in that start with these two. */
static inline unsigned rcd_text_list(uint32_t first, uint32_t second)
{
    return (first ^ second * 9) & 0xFF;
}

/* The cell of the character at p, which has at least four bytes behind it; its length. A cell of no
 * kind stands for everything that is not plain. */
RCD_INLINE uint32_t rcd_utf8_cell(const rcd_encode_map *map, const uint8_t *p, unsigned *used)
{
    unsigned lead = p[0];
    if (lead >= 0xE0 && lead < 0xF0) {
        unsigned second = p[1] ^ 0x80u, third = p[2] ^ 0x80u;
        *used = 3;
        unsigned point = (lead & 15) << 12 | second << 6 | third;
        /* Surrogates have no cells, overlong forms would find those of others. */
        return (second | third) >= 0x40 || point < 0x800 ? 0 : map->plane[point];
    }
    if (lead < 0x80) {
        *used = 1;
        return map->plane[lead];
    }
    unsigned second = p[1] ^ 0x80u;
    *used = 2;
    if (lead < 0xC2 || lead >= 0xE0 || second >= 0x40) {
        return 0;
    }
    return map->plane[(lead & 31) << 6 | second];
}

RCD_INLINE uint32_t rcd_utf16_cell(const rcd_encode_map *map, const uint8_t *p, unsigned *used)
{
    *used = 2;
    return map->plane[(unsigned)p[1] << 8 | p[0]];
}

/* The lowest byte goes first, whatever the machine's order. */
static inline void rcd_store4(uint8_t *out, uint32_t value)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    out[0] = (uint8_t)value;
    out[1] = (uint8_t)(value >> 8);
    out[2] = (uint8_t)(value >> 16);
    out[3] = (uint8_t)(value >> 24);
#else
    memcpy(out, &value, 4);
#endif
}

/* A code unit of two or four bytes, in either order. */
RCD_INLINE uint32_t rcd_unit_at(const uint8_t *p, unsigned width, int big)
{
    if (width == 2) {
        return big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
    }
    return big ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]
               : (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

/* One code point as UTF-8; returns its length. Surrogates are the caller's business. */
static inline unsigned rcd_put_utf8(uint8_t *out, uint32_t point)
{
    if (point < 0x80) {
        out[0] = (uint8_t)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (uint8_t)(0xC0 | point >> 6);
        out[1] = (uint8_t)(0x80 | (point & 0x3F));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (uint8_t)(0xE0 | point >> 12);
        out[1] = (uint8_t)(0x80 | (point >> 6 & 0x3F));
        out[2] = (uint8_t)(0x80 | (point & 0x3F));
        return 3;
    }
    out[0] = (uint8_t)(0xF0 | point >> 18);
    out[1] = (uint8_t)(0x80 | (point >> 12 & 0x3F));
    out[2] = (uint8_t)(0x80 | (point >> 6 & 0x3F));
    out[3] = (uint8_t)(0x80 | (point & 0x3F));
    return 4;
}

/* One code point as UTF-16 LE; returns its bytes. */
static inline unsigned rcd_put_utf16(uint8_t *out, uint32_t point)
{
    if (point < 0x10000) {
        out[0] = (uint8_t)point;
        out[1] = (uint8_t)(point >> 8);
        return 2;
    }
    uint32_t high = 0xD7C0 + (point >> 10);
    uint32_t low = 0xDC00 + (point & 0x3FF);
    rcd_store4(out, (low << 16) | high);
    return 4;
}

/* One character by hand, for the rare kinds of cells and the last bytes. */
typedef struct {
    uint32_t kind;   /* enum rcd_stop_kind; RCD_STOP_END for a character that converts */
    uint32_t length; /* bytes of the input that it takes, or that are wrong */
    uint32_t made;   /* bytes in `out` */
    uint8_t out[20];
} rcd_one;

/* Takes a character that was done by hand, or tells why the conversion stops at it, returning 0. */
static inline int rcd_take_one(const rcd_one *one, size_t *i, uint8_t *out, size_t cap, size_t *o,
                               rcd_stop *stop)
{
    if (one->kind != RCD_STOP_END || one->made > cap - *o) {
        stop->kind = one->kind == RCD_STOP_END ? RCD_STOP_OUTPUT : one->kind;
        stop->length = one->kind == RCD_STOP_END ? 0 : one->length;
        stop->consumed = *i;
        stop->produced = *o;
        return 0;
    }
    memcpy(out + *o, one->out, one->made);
    *i += one->length;
    *o += one->made;
    return 1;
}

/* All of the input is converted. */
static inline void rcd_at_end(size_t consumed, size_t produced, rcd_stop *stop)
{
    stop->kind = RCD_STOP_END;
    stop->length = 0;
    stop->consumed = consumed;
    stop->produced = produced;
}

/* left >= 1 in all of these. */
void rcd_decode_one(const rcd_decode_map *map, const uint8_t *data, size_t left, rcd_one *one);
/* The same where nothing follows: a code that others start with is itself then, not cut. */
void rcd_decode_last(const rcd_decode_map *map, const uint8_t *data, size_t left, rcd_one *one);
/* The code points of a CELL_TEXT, 16 bytes at most; how many bytes. */
unsigned rcd_put_text(const rcd_decode_map *map, uint32_t number, uint8_t *out);
/* From UTF-8, or from UTF-16 LE; `final` as in rcd_convert(). */
void rcd_encode_one(const rcd_encode_map *map, int utf16, int final, const uint8_t *data,
                    size_t left, rcd_one *one);
/* Reads one code point in any form but a table's. */
uint32_t rcd_read_point(int form, const uint8_t *data, size_t left, rcd_one *one);

/* Bytes to text by a map that is `joined`; stops like rcd_convert(). */
void rcd_decode_joined(const rcd_decode_map *map, int final, const uint8_t *data, size_t len,
                       uint8_t *out, size_t cap, rcd_stop *stop);

/* Kernels stop like rcd_convert(). No kernel of this kind serves a map that is `joined`. */
typedef void rcd_decode_kernel(const rcd_decode_map *map, const uint8_t *data, size_t len,
                               uint8_t *out, size_t cap, rcd_stop *stop);
typedef void rcd_encode_kernel(const rcd_encode_map *map, int final, const uint8_t *data,
                               size_t len, uint8_t *out, size_t cap, rcd_stop *stop);
/* Converts whole characters from the start as far as it is quick, perhaps none. */
typedef void rcd_utf_kernel(const uint8_t *data, size_t len, uint8_t *out, size_t cap,
                            size_t *consumed, size_t *produced);

#define RCD_FORMS (RCD_FORM_LATIN1 + 1)

/* Defines the kernels of UTF-16 and UTF-32, such as utf16le_to_utf8() and utf8_to_utf16le(), with the
 * attributes `fn`. The file has wide_to_utf8() and utf8_to_wide(), of which these are cases. */
#define RCD_UTF_KERNELS(fn)                                                               \
    RCD_UTF_KERNELS_OF(fn, utf16le, 2, 0)                                                 \
    RCD_UTF_KERNELS_OF(fn, utf16be, 2, 1)                                                 \
    RCD_UTF_KERNELS_OF(fn, utf32le, 4, 0)                                                 \
    RCD_UTF_KERNELS_OF(fn, utf32be, 4, 1)
#define RCD_UTF_KERNELS_OF(fn, form, width, big)                                          \
    fn void form##_to_utf8(const uint8_t *data, size_t len, uint8_t *out, size_t cap,     \
                           size_t *consumed, size_t *produced)                            \
    {                                                                                     \
        wide_to_utf8(data, len, out, cap, consumed, produced, width, big);                \
    }                                                                                     \
    fn void utf8_to_##form(const uint8_t *data, size_t len, uint8_t *out, size_t cap,     \
                           size_t *consumed, size_t *produced)                            \
    {                                                                                     \
        utf8_to_wide(data, len, out, cap, consumed, produced, width, big);                \
    }

/* As rcd_utf16_bits(); an even number of bytes. */
typedef uint32_t rcd_bits_kernel(const uint8_t *data, size_t len);

typedef struct {
    rcd_decode_kernel *decode_utf8, *decode_utf16;
    rcd_encode_kernel *encode_utf8, *encode_utf16;
    rcd_utf_kernel *const *to_utf8, *const *from_utf8; /* by form; NULL for a table and UTF-8 */
    rcd_bits_kernel *utf16_bits;
} rcd_conv_kernels;

extern const rcd_conv_kernels rcd_conv_scalar;
#if RCD_X86
extern const rcd_conv_kernels rcd_conv_sse2;
extern const rcd_conv_kernels rcd_conv_avx2;
#if RCD_X86_64
extern const rcd_conv_kernels rcd_conv_avx512;
#endif
#endif
#if RCD_ARM64
extern const rcd_conv_kernels rcd_conv_neon;
#endif

uint32_t rcd_scalar_utf16_bits(const uint8_t *data, size_t len);

/* The set that goes with rcd_kernels_get(). */
const rcd_conv_kernels *rcd_conv_kernels_get(void);

#endif
