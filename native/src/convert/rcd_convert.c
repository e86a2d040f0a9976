/* rcd_convert.c : from one form of text to another: by a kernel where there is one, else through
 * UTF-8 in a block that stays in the first cache. */
#include "rcd_conv.h"

/* Bytes of input a round takes, and of UTF-8 that may come of them: no code of one byte stands for
 * more than four code points, hardly any for more than one, so that the block is seldom full. */
#define ROUND 4096
#define BLOCK (4 * ROUND)

/* Characters by hand before a quick kernel is tried again. */
#define PATIENCE 16

static void put_point(int form, uint32_t point, rcd_one *one)
{
    switch (form) {
    case RCD_FORM_UTF8:
        one->made = rcd_put_utf8(one->out, point);
        break;
    case RCD_FORM_UTF16LE:
        one->made = rcd_put_utf16(one->out, point);
        break;
    case RCD_FORM_UTF16BE:
        one->made = rcd_put_utf16(one->out, point);
        for (unsigned i = 0; i < one->made; i += 2) {
            uint8_t low = one->out[i];
            one->out[i] = one->out[i + 1];
            one->out[i + 1] = low;
        }
        break;
    case RCD_FORM_UTF32LE:
    case RCD_FORM_UTF32BE:
        for (unsigned i = 0; i < 4; i++) {
            unsigned shift = 8 * (form == RCD_FORM_UTF32LE ? i : 3 - i);
            one->out[i] = (uint8_t)(point >> shift);
        }
        one->made = 4;
        break;
    default:
        one->out[0] = (uint8_t)point;
        one->made = 1;
        if (point > 0xFF) {
            one->kind = RCD_STOP_UNENCODABLE;
        }
        break;
    }
}

/* From UTF-8 to a form of Unicode or Latin-1, or the other way round. */
static void convert_forms(int from, int to, const uint8_t *data, size_t len, uint8_t *out,
                          size_t cap, rcd_stop *stop)
{
    const rcd_conv_kernels *k = rcd_conv_kernels_get();
    rcd_utf_kernel *kernel = to == RCD_FORM_UTF8 ? k->to_utf8[from] : k->from_utf8[to];
    size_t i = 0, o = 0;
    for (;;) {
        if (kernel != NULL) {
            size_t used, made;
            kernel(data + i, len - i, out + o, cap - o, &used, &made);
            i += used;
            o += made;
        } else {
            uint64_t characters = 0;
            size_t room = len - i < cap - o ? len - i : cap - o;
            size_t n = rcd_kernels_get()->utf8_run(data + i, room, &characters);
            memcpy(out + o, data + i, n);
            i += n;
            o += n;
        }
        for (int n = 0; n < PATIENCE && i < len; n++) {
            rcd_one one;
            uint32_t point = rcd_read_point(from, data + i, len - i, &one);
            if (one.kind == RCD_STOP_END) {
                put_point(to, point, &one);
            }
            if (!rcd_take_one(&one, &i, out, cap, &o, stop)) {
                return;
            }
        }
        if (i == len) {
            rcd_at_end(i, o, stop);
            return;
        }
    }
}

/* One step by kernel or between forms; returns 0 when it takes two. */
static int convert_direct(int from, const void *from_map, int to, const void *to_map, int final,
                          const uint8_t *data, size_t len, uint8_t *out, size_t cap, rcd_stop *stop)
{
    if (from != RCD_FORM_TABLE && to != RCD_FORM_TABLE &&
        (from == RCD_FORM_UTF8 || to == RCD_FORM_UTF8)) {
        convert_forms(from, to, data, len, out, cap, stop);
        return 1;
    }
    const rcd_conv_kernels *k = rcd_conv_kernels_get();
    if (from == RCD_FORM_TABLE && ((const rcd_decode_map *)from_map)->joined &&
        (to == RCD_FORM_UTF8 || to == RCD_FORM_UTF16LE)) {
        rcd_decode_joined(from_map, final, data, len, out, cap, stop);
        return 1;
    }
    if (from == RCD_FORM_TABLE && to == RCD_FORM_UTF8) {
        k->decode_utf8(from_map, data, len, out, cap, stop);
        return 1;
    }
    if (from == RCD_FORM_TABLE && to == RCD_FORM_UTF16LE) {
        k->decode_utf16(from_map, data, len, out, cap, stop);
        return 1;
    }
    if (to == RCD_FORM_TABLE && from == RCD_FORM_UTF8) {
        k->encode_utf8(to_map, final, data, len, out, cap, stop);
        return 1;
    }
    if (to == RCD_FORM_TABLE && from == RCD_FORM_UTF16LE) {
        k->encode_utf16(to_map, final, data, len, out, cap, stop);
        return 1;
    }
    return 0;
}

/* One round through the block. */
static void convert_round(int from, const void *from_map, int to, const void *to_map, int final,
                          const uint8_t *data, size_t len, uint8_t *out, size_t cap, rcd_stop *stop)
{
    uint8_t block[BLOCK];
    rcd_stop first, second;
    convert_direct(from, from_map, RCD_FORM_UTF8, NULL, final && len <= ROUND, data,
                   len < ROUND ? len : ROUND, block, sizeof block, &first);
    if (first.kind == RCD_STOP_CUT && len > ROUND) {
        first.kind = RCD_STOP_END; /* cut by the round, not by the input */
    }
    /* What stands before an error or the end goes on with nothing. */
    int last = first.kind == RCD_STOP_ILLEGAL ||
               (final && (first.kind == RCD_STOP_CUT || first.consumed == len));
    convert_direct(RCD_FORM_UTF8, NULL, to, to_map, last, block, first.produced, out, cap,
                   &second);
    if (second.kind == RCD_STOP_END) {
        *stop = first;
        stop->produced = second.produced;
        if (first.kind == RCD_STOP_OUTPUT) {
            stop->kind = RCD_STOP_END; /* the block was full, not the output */
        }
        return;
    }
    /* It stopped within the block: which byte of the input is that? Decoding again up to there
     * tells. A code that stands for several code points counts as a whole. */
    rcd_stop again;
    convert_direct(from, from_map, RCD_FORM_UTF8, NULL, 1, data, first.consumed, block,
                   second.consumed, &again);
    if (again.produced != second.consumed) {
        convert_direct(RCD_FORM_UTF8, NULL, to, to_map, 1, block, again.produced, out, cap, stop);
        second.produced = stop->produced;
    }
    stop->consumed = again.consumed;
    stop->produced = second.produced;
    stop->kind = second.kind;
    stop->length = 0;
    if (second.kind == RCD_STOP_UNENCODABLE || second.kind == RCD_STOP_CUT) {
        rcd_one one;
        if (from == RCD_FORM_TABLE) {
            rcd_decode_last(from_map, data + again.consumed, len - again.consumed, &one);
        } else {
            rcd_read_point(from, data + again.consumed, len - again.consumed, &one);
        }
        stop->length = one.length;
        if (second.kind == RCD_STOP_CUT && first.consumed < len &&
            (first.kind == RCD_STOP_END || first.kind == RCD_STOP_OUTPUT)) {
            stop->kind = RCD_STOP_END; /* what may go on goes on in the next round */
        }
    }
}

int rcd_convert(int from, const void *from_map, int to, const void *to_map, int final,
                const uint8_t *data, size_t len, uint8_t *out, size_t cap, rcd_stop *stop)
{
    const int table_in = from == RCD_FORM_TABLE, table_out = to == RCD_FORM_TABLE;
    if (from < RCD_FORM_TABLE || from > RCD_FORM_LATIN1 || to < RCD_FORM_TABLE ||
        to > RCD_FORM_LATIN1 || (from_map != NULL) != table_in || (to_map != NULL) != table_out) {
        return RCD_E_OPTION;
    }
    if (table_in) {
        const rcd_decode_map *map = from_map;
        if ((map->units != 0) != (to == RCD_FORM_UTF16LE)) {
            return RCD_E_OPTION;
        }
    }
    if (convert_direct(from, from_map, to, to_map, final, data, len, out, cap, stop)) {
        return 0;
    }
    size_t i = 0, o = 0;
    for (;;) {
        rcd_stop round;
        convert_round(from, from_map, to, to_map, final, data + i, len - i, out + o, cap - o,
                      &round);
        i += round.consumed;
        o += round.produced;
        if (round.kind != RCD_STOP_END || i == len) {
            *stop = round;
            stop->consumed = i;
            stop->produced = o;
            return 0;
        }
    }
}

int64_t rcd_convert_brief(const rcd_way *way, int final, const uint8_t *data, size_t len,
                          uint8_t *out, size_t cap)
{
    rcd_stop stop;
    if (rcd_convert(way->from, way->from_map, way->to, way->to_map, final, data, len, out, cap,
                    &stop) < 0) {
        return RCD_E_OPTION;
    }
    size_t left = len - stop.consumed;
    int held = stop.kind == RCD_STOP_CUT && !final && stop.length == left && left < 16;
    if (stop.kind != RCD_STOP_END && !held) {
        return RCD_E_OPTION;
    }
    return (int64_t)(stop.produced * 16 + left);
}

uint32_t rcd_utf16_bits(const uint8_t *data, size_t len)
{
    return rcd_conv_kernels_get()->utf16_bits(data, len & ~(size_t)1);
}

size_t rcd_utf8_prefix(const uint8_t *data, size_t len)
{
    uint64_t characters = 0;
    return rcd_kernels_get()->utf8_run(data, len, &characters);
}
