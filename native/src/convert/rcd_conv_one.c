/* rcd_conv_one.c : one character at a time, every kind of cell: what the kernels leave.
 *
 *  What is wrong with a sequence that stands for nothing is reported as the web reports it: the lead byte
 *  alone when the byte that does not fit is ASCII, which may be text of its own; otherwise all bytes
 *  up to it. A policy that wants another length (CPython's codecs mostly take one byte) asks its own
 *  rules from the place where the kernel stopped. */
#include "rcd_conv.h"
#include "rcd_table.h"

static void put(rcd_one *one, int units, uint32_t point)
{
    one->made += units ? rcd_put_utf16(one->out + one->made, point)
                       : rcd_put_utf8(one->out + one->made, point);
}

static void wrong(rcd_one *one, uint32_t kind, uint32_t length)
{
    one->kind = kind;
    one->length = length;
    one->made = 0;
}

/* The four-byte codes of GB 18030 from 90 30 81 30 on. */
static void decode_linear(int units, const uint8_t *data, size_t left, rcd_one *one)
{
    for (uint32_t i = 2; i < 4; i++) {
        if (i >= left) {
            wrong(one, RCD_STOP_CUT, (uint32_t)left);
            return;
        }
        uint8_t low = i == 2 ? 0x81 : 0x30, high = i == 2 ? 0xFE : 0x39;
        if (data[i] < low || data[i] > high) {
            wrong(one, RCD_STOP_ILLEGAL, 1);
            return;
        }
    }
    uint32_t linear = (((data[0] - 0x90u) * 10 + (data[1] - 0x30u)) * 126 + (data[2] - 0x81u)) * 10 +
                      (data[3] - 0x30u);
    if (linear > 0xFFFFF) {
        wrong(one, RCD_STOP_ILLEGAL, 4);
        return;
    }
    one->length = 4;
    put(one, units, 0x10000 + linear);
}

unsigned rcd_put_text(const rcd_decode_map *map, uint32_t number, uint8_t *out)
{
    uint32_t list[4];
    const uint32_t *text = list;
    int count = rcd_table_sequence(number, list);
    if (number >= rcd_table_sequence_count) {
        text = rcd_decode_texts(map)[number - rcd_table_sequence_count];
        while (count < 4 && text[count] != 0) {
            count++;
        }
    }
    unsigned made = 0;
    for (int i = 0; i < count; i++) {
        made += map->units ? rcd_put_utf16(out + made, text[i]) : rcd_put_utf8(out + made, text[i]);
    }
    return made;
}

static void decode_one(const rcd_decode_map *map, int final, const uint8_t *data, size_t left,
                       rcd_one *one)
{
    const uint32_t *cells = rcd_decode_cells(map);
    const rcd_span *spans = rcd_decode_spans(map);
    const int units = map->units;
    one->kind = RCD_STOP_END;
    one->made = 0;
    uint32_t cell = cells[data[0]];
    uint32_t at = 1;
    uint32_t shorter = CELL_NONE, shorter_at = 0;
    for (;;) {
        if (CELL_KIND(cell) == CELL_BOTH) {
            shorter = spans[CELL_REST(cell)].first;
            shorter_at = at;
            cell = spans[CELL_REST(cell) + 1].first;
        }
        if (CELL_KIND(cell) != CELL_ROW && CELL_KIND(cell) != CELL_SPAN) {
            break;
        }
        if (at >= left) {
            if (final && shorter != CELL_NONE) {
                cell = CELL_NONE;
                break;
            }
            wrong(one, RCD_STOP_CUT, (uint32_t)left);
            return;
        }
        if (CELL_KIND(cell) == CELL_ROW) {
            cell = cells[CELL_REST(cell) + data[at]];
        } else {
            const rcd_span *span = spans + CELL_REST(cell);
            unsigned place = (unsigned)data[at] - span->low;
            cell = place < span->count ? cells[span->first + place] : 0;
        }
        at++;
    }
    if (cell == CELL_NONE && shorter != CELL_NONE) {
        cell = shorter;
        at = shorter_at;
    }
    one->length = at;
    switch (CELL_KIND(cell)) {
    case 1:
    case 2:
    case 3:
        if (units) {
            put(one, 1, CELL_REST(cell));
        } else {
            rcd_store4(one->out, cell);
            one->made = CELL_KIND(cell);
        }
        break;
    case CELL_POINT:
        put(one, units, CELL_REST(cell));
        break;
    case CELL_TEXT:
        one->made = rcd_put_text(map, CELL_REST(cell), one->out);
        break;
    case CELL_LINEAR:
        decode_linear(units, data, left, one);
        break;
    default:
        wrong(one, RCD_STOP_ILLEGAL, at > 1 && data[at - 1] < 0x80 ? 1 : at);
        break;
    }
}

void rcd_decode_one(const rcd_decode_map *map, const uint8_t *data, size_t left, rcd_one *one)
{
    decode_one(map, 0, data, left, one);
}

void rcd_decode_last(const rcd_decode_map *map, const uint8_t *data, size_t left, rcd_one *one)
{
    decode_one(map, 1, data, left, one);
}

/* A maximal subpart, as the Unicode Standard recommends (table 3-8). */
static uint32_t read_utf8(const uint8_t *data, size_t left, rcd_one *one)
{
    unsigned lead = data[0];
    one->kind = RCD_STOP_END;
    one->length = 1;
    if (lead < 0x80) {
        return lead;
    }
    if (lead < 0xC2 || lead > 0xF4) {
        one->kind = RCD_STOP_ILLEGAL;
        return 0;
    }
    unsigned count = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    uint32_t point = lead & (0x3Fu >> count);
    for (unsigned i = 1; i <= count; i++) {
        if (i >= left) {
            one->kind = RCD_STOP_CUT;
            one->length = (uint32_t)left;
            return 0;
        }
        unsigned low = 0x80, high = 0xBF;
        if (i == 1) {
            low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
            high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        }
        if (data[i] < low || data[i] > high) {
            one->kind = RCD_STOP_ILLEGAL;
            one->length = i;
            return 0;
        }
        point = point << 6 | (data[i] & 0x3F);
    }
    one->length = count + 1;
    return point;
}

static uint32_t read_utf16(int big, const uint8_t *data, size_t left, rcd_one *one)
{
    one->kind = RCD_STOP_CUT;
    one->length = (uint32_t)(left < 2 ? left : 2);
    if (left < 2) {
        return 0;
    }
    uint32_t unit = rcd_unit_at(data, 2, big);
    if ((unit & 0xF800) != 0xD800) {
        one->kind = RCD_STOP_END;
        return unit;
    }
    if (unit >= 0xDC00) {
        one->kind = RCD_STOP_ILLEGAL;
        return 0;
    }
    if (left < 4) {
        one->length = (uint32_t)left;
        return 0;
    }
    uint32_t low = rcd_unit_at(data + 2, 2, big);
    if ((low & 0xFC00) != 0xDC00) {
        one->kind = RCD_STOP_ILLEGAL;
        return 0;
    }
    one->kind = RCD_STOP_END;
    one->length = 4;
    return 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF);
}

static uint32_t read_utf32(int big, const uint8_t *data, size_t left, rcd_one *one)
{
    one->length = (uint32_t)(left < 4 ? left : 4);
    if (left < 4) {
        one->kind = RCD_STOP_CUT;
        return 0;
    }
    uint32_t point = rcd_unit_at(data, 4, big);
    int fine = point < 0x110000 && (point & 0xFFFFF800u) != 0xD800;
    one->kind = fine ? RCD_STOP_END : RCD_STOP_ILLEGAL;
    return fine ? point : 0;
}

uint32_t rcd_read_point(int form, const uint8_t *data, size_t left, rcd_one *one)
{
    one->made = 0;
    switch (form) {
    case RCD_FORM_UTF8:
        return read_utf8(data, left, one);
    case RCD_FORM_UTF16LE:
    case RCD_FORM_UTF16BE:
        return read_utf16(form == RCD_FORM_UTF16BE, data, left, one);
    case RCD_FORM_UTF32LE:
    case RCD_FORM_UTF32BE:
        return read_utf32(form == RCD_FORM_UTF32BE, data, left, one);
    default:
        one->kind = RCD_STOP_END;
        one->length = 1;
        return data[0];
    }
}

static void put_long(rcd_one *one, uint64_t code, unsigned length)
{
    for (unsigned i = 0; i < length; i++) {
        one->out[i] = (uint8_t)(code >> (8 * i));
    }
    one->made = length;
}

static void encode_linear(uint32_t point, rcd_one *one)
{
    uint32_t linear = point - 0x10000;
    one->out[3] = (uint8_t)(0x30 + linear % 10);
    linear /= 10;
    one->out[2] = (uint8_t)(0x81 + linear % 126);
    linear /= 126;
    one->out[1] = (uint8_t)(0x30 + linear % 10);
    one->out[0] = (uint8_t)(0x90 + linear / 10);
    one->made = 4;
}

/* The longest text of several code points at data, which starts with `point`, of `used` bytes; 0
 * when there is none, RCD_STOP_CUT in one->kind when more input could make one. */
static int encode_text(const rcd_encode_map *map, int form, int final, const uint8_t *data,
                       size_t left, uint32_t point, size_t used, rcd_one *one)
{
    const rcd_long_text *best = NULL;
    uint32_t best_end = 0;
    rcd_one read = {RCD_STOP_CUT, 0, 0, {0}};
    const uint32_t second = used < left ? rcd_read_point(form, data + used, left - used, &read) : 0;
    int open = read.kind == RCD_STOP_CUT;
    const size_t behind = used + read.length;
    const uint32_t *list = map->list + rcd_text_list(point, second);
    for (uint32_t i = list[0]; read.kind == RCD_STOP_END && i < list[1]; i++) {
        const rcd_long_text *t = rcd_encode_texts(map) + i;
        if (t->text[0] != point || t->text[1] != second) {
            continue;
        }
        size_t at = behind;
        unsigned same = 2;
        rcd_one next = read;
        while (same < t->text_len) {
            next.kind = RCD_STOP_CUT;
            if (at == left || rcd_read_point(form, data + at, left - at, &next) != t->text[same] ||
                next.kind != RCD_STOP_END) {
                break;
            }
            at += next.length;
            same++;
        }
        if (same == t->text_len && (best == NULL || best->text_len < t->text_len)) {
            best = t;
            best_end = (uint32_t)at;
        }
        open = open || next.kind == RCD_STOP_CUT;
    }
    if (open && !final) {
        one->kind = RCD_STOP_CUT;
        one->length = (uint32_t)left;
        return 1;
    }
    if (best == NULL) {
        return 0;
    }
    one->kind = RCD_STOP_END;
    one->length = best_end;
    memcpy(one->out, best->code, sizeof best->code);
    one->made = best->code_len;
    return 1;
}

void rcd_encode_one(const rcd_encode_map *map, int utf16, int final, const uint8_t *data,
                    size_t left, rcd_one *one)
{
    const int form = utf16 ? RCD_FORM_UTF16LE : RCD_FORM_UTF8;
    uint32_t point = rcd_read_point(form, data, left, one);
    if (one->kind != RCD_STOP_END) {
        return;
    }
    uint32_t cell = rcd_encode_cell(map, point);
    if ((cell & CELL_STARTS) &&
        encode_text(map, form, final, data, left, point, one->length, one)) {
        return;
    }
    cell &= ~CELL_STARTS;
    if (CELL_KIND(cell) >= 1 && CELL_KIND(cell) <= 3) {
        put_long(one, cell, CELL_KIND(cell));
    } else if (CELL_KIND(cell) == CELL_LONG) {
        put_long(one, rcd_encode_longs(map)[cell & 0xFFFFF], cell >> 20 & 15);
    } else if (map->linear && point >= 0x10000) {
        encode_linear(point, one);
    } else {
        one->kind = RCD_STOP_UNENCODABLE;
    }
}
