/* rcd_conv_iso2022jp.c : ISO-2022-JP as a shell around EUC-JP.
 *
 *  Taking the escape sequences off and setting the high bit of what stands between them leaves the
 *  two-byte form of the same set, for which there are kernels; the other way likewise. What ordinary
 *  text does not have (shifts, controls inside of two-byte text, the yen sign of JIS Roman) stops
 *  the conversion as illegal: those are for the codec. */
#include "rcd_bits.h"
#include "rcd_conv.h"

#define ESCAPE 0x1B
#define PIECE 16384 /* bytes of EUC-JP between the two steps */

enum { SET_ASCII = 0, SET_ROMAN = 1, SET_JIS = 2 };

/* What stands in each set without ending a run. */
static void ascii_set(rcd_byteset *set)
{
    rcd_byteset_ascii(set);
    rcd_byteset_remove(set, ESCAPE);
    rcd_byteset_remove(set, 0x0E);
    rcd_byteset_remove(set, 0x0F);
}

/* The set that the escape sequence at p designates, -1 when it is none of ours, -2 when it is cut;
 * all four have three bytes. */
static int designated(const uint8_t *p, size_t left)
{
    static const uint8_t sequence[4][2] = {{'(', 'B'}, {'(', 'J'}, {'$', 'B'}, {'$', '@'}};
    for (int i = 0; i < 4; i++) {
        if ((left < 2 || p[1] == sequence[i][0]) && (left < 3 || p[2] == sequence[i][1])) {
            return left < 3 ? -2 : i < 2 ? i : SET_JIS;
        }
    }
    return -1;
}

/* Eight bytes at a time: a mask has the high bit of each byte that something is said of. */
#define HIGHS RCD_BYTE_TOPS
#define EACH(byte) (RCD_BYTE_ONES * (byte))

static void store8(uint8_t *p, uint64_t word)
{
    for (unsigned i = 0; i < 8; i++) { /* one move where memory has this order */
        p[i] = (uint8_t)(word >> (8 * i));
    }
}

/* Bytes before the first in the mask, 8 when there is none. */
static unsigned bytes_before(uint64_t mask)
{
    return mask == 0 ? 8 : rcd_lowest_bit(mask) / 8;
}

/* Copies pairs of 21..7E with the high bits set, up to the first other byte; how many bytes. */
static size_t copy_pairs(uint8_t *out, const uint8_t *data, size_t room)
{
    size_t run = 0;
    while (room - run >= 8) {
        uint64_t word = rcd_load_bytes(data + run);
        /* Above 7E: the high bit is there or comes with one more. Below 21: it goes with 21 less. */
        uint64_t other = (word | (word + EACH(1)) | ~((word | HIGHS) - EACH(0x21))) & HIGHS;
        unsigned n = bytes_before(other);
        store8(out + run, word | HIGHS);
        run += n;
        if (n < 8) {
            return run & ~(size_t)1;
        }
    }
    while (room - run >= 2 && (uint8_t)(data[run] - 0x21) <= 0x7E - 0x21 &&
           (uint8_t)(data[run + 1] - 0x21) <= 0x7E - 0x21) {
        out[run] = data[run] | 0x80;
        out[run + 1] = data[run + 1] | 0x80;
        run += 2;
    }
    return run;
}

/* Copies what is in the set, in JIS Roman without the two characters that are not ASCII's. */
static size_t copy_plain(uint8_t *out, const uint8_t *data, size_t room, const rcd_byteset *plain,
                         int roman)
{
    size_t run = 0;
    while (run < room) {
        if (room - run >= 8 && !roman) {
            uint64_t word = rcd_load_bytes(data + run);
            unsigned n = bytes_before((word | ~((word | HIGHS) - EACH(0x20))) & HIGHS);
            store8(out + run, word);
            run += n;
            if (n == 8 || run == room) {
                continue;
            }
        }
        uint8_t b = data[run];
        if (!plain->has[b] || (roman && (b == 0x5C || b == 0x7E))) {
            break;
        }
        out[run++] = b;
    }
    return run;
}

/* Takes the shell off as much as fits; stop->kind is RCD_STOP_OUTPUT when `out` is full. */
static void unshell(const rcd_byteset *plain, uint32_t *state, const uint8_t *data, size_t len,
                    uint8_t *out, size_t cap, rcd_stop *stop)
{
    size_t i = 0, o = 0;
    uint32_t set = *state;
    stop->kind = RCD_STOP_END;
    stop->length = 0;
    while (i < len) {
        if (data[i] == ESCAPE) {
            int next = designated(data + i, len - i);
            if (next < 0) {
                stop->kind = next == -2 ? RCD_STOP_CUT : RCD_STOP_ILLEGAL;
                stop->length = next == -2 ? (uint32_t)(len - i) : 1;
                break;
            }
            set = (uint32_t)next;
            i += 3;
            continue;
        }
        size_t room = len - i < cap - o ? len - i : cap - o;
        size_t run = set == SET_JIS ? copy_pairs(out + o, data + i, room)
                                    : copy_plain(out + o, data + i, room, plain,
                                                 set == SET_ROMAN);
        i += run;
        o += run;
        if (run == 0) {
            int full = set == SET_JIS ? cap - o < 2 : cap == o;
            int cut = set == SET_JIS && len - i == 1 && (uint8_t)(data[i] - 0x21) <= 0x7E - 0x21;
            stop->kind = full ? RCD_STOP_OUTPUT : cut ? RCD_STOP_CUT : RCD_STOP_ILLEGAL;
            stop->length = full ? 0 : 1;
            break;
        }
    }
    *state = set;
    stop->consumed = i;
    stop->produced = o;
}

static void decode_jis(const rcd_decode_map *map, uint32_t *state, const uint8_t *data, size_t len,
                       uint8_t *out, size_t cap, rcd_stop *stop)
{
    const rcd_conv_kernels *kernels = rcd_conv_kernels_get();
    rcd_decode_kernel *decode = map->units ? kernels->decode_utf16 : kernels->decode_utf8;
    rcd_byteset plain;
    uint8_t piece[PIECE];
    size_t i = 0, o = 0;
    ascii_set(&plain);
    for (;;) {
        uint32_t set = *state;
        rcd_stop first, second, again;
        unshell(&plain, &set, data + i, len - i, piece, sizeof piece, &first);
        decode(map, piece, first.produced, out + o, cap - o, &second);
        o += second.produced;
        if (second.kind != RCD_STOP_END) {
            /* Which byte is that? Taking the shell off again up to there tells. */
            set = *state;
            unshell(&plain, &set, data + i, len - i, piece, second.consumed, &again);
            *state = set;
            *stop = second;
            stop->consumed = i + again.consumed;
            stop->produced = o;
            return;
        }
        *state = set;
        i += first.consumed;
        if (first.kind != RCD_STOP_OUTPUT) {
            *stop = first;
            stop->consumed = i;
            stop->produced = o;
            return;
        }
    }
}

/* Bytes of EUC-JP in their shell; at most four times as many, and three. */
static size_t shell(uint32_t *state, const uint8_t *data, size_t len, uint8_t *out)
{
    size_t i = 0, o = 0;
    while (i < len) {
        unsigned high = data[i] >= 0x80;
        if (*state != (high ? SET_JIS : SET_ASCII)) {
            memcpy(out + o, high ? "\x1B$B" : "\x1B(B", 3);
            o += 3;
            *state = high ? SET_JIS : SET_ASCII;
        }
        /* Whether the high bits are those of the first byte; then take them off. */
        uint64_t wanted = high ? HIGHS : 0;
        while (len - i >= 8) {
            uint64_t word = rcd_load_bytes(data + i);
            unsigned n = bytes_before((word ^ wanted) & HIGHS);
            store8(out + o, word & ~HIGHS);
            i += n;
            o += n;
            if (n < 8) {
                break;
            }
        }
        while (len - i < 8 && i < len && (data[i] >= 0x80) == high) {
            out[o++] = data[i++] & 0x7F;
        }
    }
    return o;
}

/* One character where there is little room; returns 0 when the conversion stops. */
static int encode_one(const rcd_encode_map *map, int utf16, uint32_t *state, int final,
                      const uint8_t *data, size_t left, uint8_t *out, size_t cap, rcd_stop *stop)
{
    rcd_one one;
    uint8_t bytes[4 * sizeof one.out + 3];
    uint32_t set = *state;
    rcd_encode_one(map, utf16, final, data, left, &one);
    size_t made = one.kind == RCD_STOP_END ? shell(&set, one.out, one.made, bytes) : 0;
    stop->kind = one.kind == RCD_STOP_END && made > cap ? RCD_STOP_OUTPUT : one.kind;
    stop->length = one.kind == RCD_STOP_END ? 0 : one.length;
    stop->consumed = stop->produced = 0;
    if (stop->kind != RCD_STOP_END) {
        return 0;
    }
    memcpy(out, bytes, made);
    *state = set;
    stop->consumed = one.length;
    stop->produced = made;
    return 1;
}

static void encode_jis(const rcd_encode_map *map, int utf16, uint32_t *state, int final,
                       const uint8_t *data, size_t len, uint8_t *out, size_t cap, rcd_stop *stop)
{
    const rcd_conv_kernels *kernels = rcd_conv_kernels_get();
    rcd_encode_kernel *encode = utf16 ? kernels->encode_utf16 : kernels->encode_utf8;
    uint8_t piece[PIECE];
    size_t i = 0, o = 0;
    stop->kind = RCD_STOP_END;
    stop->length = 0;
    while (i < len) {
        /* So much that its shell has room whatever comes, with that of the end. */
        size_t room = (cap - o) / 4;
        room = room > 2 ? room - 2 : 0;
        room = room < sizeof piece ? room : sizeof piece;
        if (room > 2) {
            encode(map, final, data + i, len - i, piece, room, stop);
            size_t made = shell(state, piece, stop->produced, out + o);
            i += stop->consumed;
            o += made;
            if (stop->kind == RCD_STOP_OUTPUT && stop->consumed > 0) {
                continue;
            }
            if (stop->kind != RCD_STOP_OUTPUT) {
                break;
            }
        }
        if (!encode_one(map, utf16, state, final, data + i, len - i, out + o, cap - o, stop)) {
            break;
        }
        i += stop->consumed;
        o += stop->produced;
    }
    if (stop->kind == RCD_STOP_END && final && *state != SET_ASCII) {
        if (cap - o < 3) {
            stop->kind = RCD_STOP_OUTPUT;
        } else {
            memcpy(out + o, "\x1b(B", 3);
            o += 3;
            *state = SET_ASCII;
        }
    }
    stop->consumed = i;
    stop->produced = o;
}

int rcd_convert_iso2022jp(int form, const void *decode_map, const void *encode_map,
                          uint32_t *state, int final, const uint8_t *data, size_t len, uint8_t *out,
                          size_t cap, rcd_stop *stop)
{
    if ((form != RCD_FORM_UTF8 && form != RCD_FORM_UTF16LE) || *state > SET_JIS ||
        (decode_map != NULL) == (encode_map != NULL)) {
        return RCD_E_OPTION;
    }
    if (decode_map != NULL) {
        const rcd_decode_map *map = decode_map;
        if ((map->units != 0) != (form == RCD_FORM_UTF16LE) || !map->paired) {
            return RCD_E_OPTION;
        }
        decode_jis(map, state, data, len, out, cap, stop);
    } else {
        encode_jis(encode_map, form == RCD_FORM_UTF16LE, state, final, data, len, out, cap, stop);
    }
    return 0;
}
