/* rcd_patch.c : goes on behind what does not convert, and writes something else in its place. */
#include "recodec_patch.h"
#include "rcd_conv.h"

/* One conversion: its two sides, and what is written where it stops. */
typedef struct {
    int from, to;
    const rcd_decode_map *from_map;
    const rcd_encode_map *to_map;
    rcd_patch *patch;
} road;

/* Bytes that are about to be written: `bytes`, or the ASCII in `text`. */
typedef struct {
    const uint8_t *bytes;
    size_t len;
    size_t before; /* bytes of the patch's text for illegal codes that go in front */
    int is_text;
    int kind; /* RCD_SPELT_*: what it counts as */
    uint8_t text[40];
} piece;

#define NEAR 64        /* bytes of text between two bad places that are taken one by one */
#define LONGEST_CODE 8 /* bytes of a code that a kernel may call illegal: as many as a piece takes */

static void say_text(piece *p, const uint8_t *text, size_t len)
{
    p->bytes = text;
    p->len = len;
}

static size_t put_hex(uint8_t *out, char letter, uint32_t value, unsigned digits)
{
    static const char figures[] = "0123456789abcdef";
    out[0] = '\\';
    out[1] = (uint8_t)letter;
    for (unsigned i = 0; i < digits; i++) {
        out[2 + i] = (uint8_t)figures[value >> (4 * (digits - 1 - i)) & 15];
    }
    return 2 + digits;
}

static void say_hex(piece *p, uint32_t point)
{
    p->is_text = 1;
    p->len = point < 0x100     ? put_hex(p->text, 'x', point, 2)
             : point < 0x10000 ? put_hex(p->text, 'u', point, 4)
                               : put_hex(p->text, 'U', point, 8);
}

static void say_decimal(piece *p, uint32_t point)
{
    uint8_t figures[8];
    unsigned n = 0;
    do {
        figures[n++] = (uint8_t)('0' + point % 10);
        point /= 10;
    } while (point > 0);
    p->is_text = 1;
    p->text[0] = '&';
    p->text[1] = '#';
    p->len = 2;
    while (n > 0) {
        p->text[p->len++] = figures[--n];
    }
    p->text[p->len++] = ';';
}

/* Whether the form has the bytes that an escaped surrogate stands for, whatever they are. */
static int takes_bytes(int form)
{
    return form == RCD_FORM_TABLE || form == RCD_FORM_UTF8 || form == RCD_FORM_LATIN1;
}

/* What is written for `length` illegal bytes, and how many of them it is for; 0 for nothing. */
static size_t say_illegal(const road *r, const uint8_t *data, size_t length, piece *p)
{
    const rcd_patch *patch = r->patch;
    switch (patch->illegal) {
    case RCD_PUT_TEXT:
        if (patch->length[0] == 0 && r->to == RCD_FORM_TABLE && r->to_map->texts != 0) {
            return 0;
        }
        p->before = patch->length[0];
        return length;
    case RCD_PUT_HEX:
        p->before = patch->length[0];
        p->is_text = 1;
        for (size_t i = 0; i < length; i++) {
            p->len += put_hex(p->text + p->len, 'x', data[i], 2);
        }
        return length;
    case RCD_PUT_ESCAPE: {
        const int units = patch->text_form && r->to == RCD_FORM_UTF16LE;
        size_t n = 0;
        p->before = patch->length[0];
        while (n < length && data[n] >= 0x80) {
            if (units) {
                p->text[p->len++] = data[n];
                p->text[p->len++] = 0xDC;
            } else {
                p->text[p->len++] = data[n];
            }
            n++;
        }
        p->bytes = p->text;
        return units || takes_bytes(r->to) ? n : 0;
    }
    default:
        return 0;
    }
}

/* What is written for a character; 0 where only the caller knows. */
static int say_character(const road *r, uint32_t point, piece *p)
{
    const rcd_patch *patch = r->patch;
    if (patch->spellings != NULL) {
        const rcd_spellings *s = patch->spellings;
        uint32_t page = s->page[point >> 8];
        uint32_t at = page == 0 ? 0 : s->cell[page * 256 + (point & 0xFF)];
        if (at == 0) {
            return 0;
        }
        if (s->bytes[at] != RCD_SPELT_NOT) {
            p->kind = s->bytes[at];
            say_text(p, s->bytes + at + 3, s->bytes[at + 1] | (size_t)s->bytes[at + 2] << 8);
            return 1;
        }
    }
    switch (patch->unencodable) {
    case RCD_PUT_TEXT:
        say_text(p, patch->text[1], patch->length[1]);
        return patch->length[1] <= sizeof patch->text[1];
    case RCD_PUT_HEX:
        say_hex(p, point);
        return 1;
    case RCD_PUT_DECIMAL:
        say_decimal(p, point);
        return 1;
    case RCD_PUT_ESCAPE:
        p->text[0] = (uint8_t)point;
        say_text(p, p->text, 1);
        return point >= 0xDC80 && point <= 0xDCFF && takes_bytes(r->to);
    default:
        return 0;
    }
}

/* The character at data, which did not encode; 0 when it is none, or one of several. */
static int read_character(const road *r, const uint8_t *data, size_t left, uint32_t *point)
{
    rcd_one code, one;
    if (r->from != RCD_FORM_TABLE) {
        *point = rcd_read_point(r->from, data, left, &one);
        return one.kind == RCD_STOP_END;
    }
    rcd_decode_last(r->from_map, data, left, &code);
    *point = rcd_read_point(r->from_map->units ? RCD_FORM_UTF16LE : RCD_FORM_UTF8, code.out,
                            code.made, &one);
    return one.length == code.made;
}

/* What is written where the conversion stopped, and the bytes of the input that it is for: 0 where
 * it cannot go on. */
static size_t say(const road *r, int final, const uint8_t *data, size_t left, rcd_stop *stop,
                  piece *p)
{
    const rcd_patch *patch = r->patch;
    uint32_t point;
    p->bytes = p->text;
    p->len = p->before = 0;
    p->is_text = 0;
    p->kind = RCD_SPELT_BAD;
    if (stop->kind == RCD_STOP_UNENCODABLE) {
        return (patch->unencodable || patch->spellings) &&
                       read_character(r, data, left, &point) && say_character(r, point, p)
                   ? stop->length
                   : 0;
    }
    if (stop->kind != RCD_STOP_ILLEGAL) {
        return 0;
    }
    if (patch->text_form && r->from == RCD_FORM_UTF16LE) {
        stop->kind = RCD_STOP_UNENCODABLE;
        return say_character(r, rcd_unit_at(data, 2, 0), p) ? 2 : 0;
    }
    if (patch->illegal == RCD_PUT_NOTHING) {
        return 0;
    }
    /* A codec may say of the start of a long code that it is cut, whatever follows so far. */
    if (r->from == RCD_FORM_TABLE && r->from_map->longest > 2 && left < r->from_map->longest) {
        if (!final) {
            stop->kind = RCD_STOP_CUT;
            stop->length = (uint32_t)left;
        }
        return 0;
    }
    if (stop->length > LONGEST_CODE) {
        return 0;
    }
    return say_illegal(r, data, patch->first ? 1 : stop->length, p);
}

/* Writes a piece, all of it or nothing; returns why not. */
static uint32_t write_piece(const road *r, const piece *p, uint8_t *out, size_t cap, size_t *made)
{
    const uint8_t *bytes = p->is_text ? p->text : p->bytes;
    if (p->before > cap || p->before > sizeof r->patch->text[0]) {
        return RCD_STOP_OUTPUT;
    }
    memcpy(out, r->patch->text[0], p->before);
    out += p->before;
    cap -= p->before;
    *made = p->len;
    if (p->is_text && r->to == RCD_FORM_UTF16LE) {
        *made = 2 * p->len;
        for (size_t i = 0; i < p->len && *made <= cap; i++) {
            out[2 * i] = bytes[i];
            out[2 * i + 1] = 0;
        }
    } else if (p->is_text &&
               (r->to == RCD_FORM_TABLE ? !r->to_map->ascii : !takes_bytes(r->to))) {
        rcd_stop stop;
        rcd_convert(RCD_FORM_UTF8, NULL, r->to, r->to_map, 1, bytes, p->len, out, cap, &stop);
        *made = stop.produced + p->before;
        return stop.kind;
    } else if (p->len <= cap) {
        memcpy(out, bytes, p->len);
    }
    const int fits = *made <= cap;
    *made += p->before;
    return fits ? RCD_STOP_END : RCD_STOP_OUTPUT;
}

/* Whether what has no plain cell is a character of the basic plane without a code; its bytes. */
static unsigned lacks_code(int form, uint32_t cell, const uint8_t *data, size_t left)
{
    rcd_one one;
    uint32_t point = cell == CELL_NONE ? rcd_read_point(form, data, left, &one) : 0x10000;
    return point < 0x10000 && one.kind == RCD_STOP_END ? one.length : 0;
}

/* Where characters without a code follow each other closely, starting a kernel for those between
 * them takes most of the time: from data + *i on one after another, until NEAR bytes had codes, or
 * one is of a rarer kind. */
RCD_INLINE void pass_some(const road *r, int form, const uint8_t *data, size_t len, uint8_t *out,
                          size_t cap, size_t *i, size_t *o)
{
    rcd_patch *patch = r->patch;
    const uint8_t *text = patch->text[1];
    const uint32_t instead = text[0] | (uint32_t)text[1] << 8 | (uint32_t)text[2] << 16;
    size_t at = *i, to = *o, last = at;
    while (len - at >= 4 && cap - to >= 4 && at - last < NEAR) {
        unsigned used;
        uint32_t cell = form == RCD_FORM_UTF16LE ? rcd_utf16_cell(r->to_map, data + at, &used)
                                                 : rcd_utf8_cell(r->to_map, data + at, &used);
        if (rcd_is_plain(cell)) {
            rcd_store4(out + to, cell);
            to += CELL_KIND(cell);
        } else if ((used = lacks_code(form, cell, data + at, len - at)) != 0 &&
                   (patch->places == NULL || patch->placed < patch->room)) {
            if (patch->places != NULL) {
                rcd_place *place = patch->places + patch->placed++;
                place->at = patch->before + at;
                place->length = used;
                place->unencodable = 1;
            }
            rcd_store4(out + to, instead);
            to += patch->length[1];
            patch->count[1]++;
            last = at;
        } else {
            break;
        }
        at += used;
    }
    *i = at;
    *o = to;
}

int rcd_convert_patched(int from, const void *from_map, int to, const void *to_map, int final,
                        const uint8_t *data, size_t len, uint8_t *out, size_t cap,
                        rcd_patch *patch, rcd_stop *stop)
{
    const road r = {from, to, from_map, to_map, patch};
    const int passes = to == RCD_FORM_TABLE && patch->unencodable == RCD_PUT_TEXT &&
                       patch->length[1] <= 3 && patch->spellings == NULL;
    size_t i = 0, o = 0;
    for (;;) {
        int code = rcd_convert(from, from_map, to, to_map, final, data + i, len - i, out + o,
                               cap - o, stop);
        if (code < 0) {
            return code;
        }
        i += stop->consumed;
        o += stop->produced;
        stop->consumed = i;
        stop->produced = o;
        piece p;
        size_t used = say(&r, final, data + i, len - i, stop, &p), made;
        if (used == 0) {
            return 0;
        }
        const int bad = p.kind == RCD_SPELT_BAD;
        uint32_t why = write_piece(&r, &p, out + o, cap - o, &made);
        if (bad && patch->places != NULL && patch->placed == patch->room) {
            why = RCD_STOP_OUTPUT;
        }
        if (why == RCD_STOP_OUTPUT) {
            stop->kind = RCD_STOP_OUTPUT;
            stop->length = 0;
        }
        if (why != RCD_STOP_END) {
            return 0;
        }
        const int unencodable = stop->kind == RCD_STOP_UNENCODABLE;
        if (bad && patch->places != NULL) {
            rcd_place *place = patch->places + patch->placed++;
            place->at = patch->before + i;
            place->length = (uint32_t)used;
            place->unencodable = (uint32_t)unencodable;
        }
        patch->count[unencodable] += (uint64_t)bad;
        if (!unencodable && patch->illegal == RCD_PUT_ESCAPE && !patch->text_form) {
            patch->count[1] += used; /* each was a surrogate that the target has no code for */
        }
        patch->respelled += (uint64_t)!bad;
        o += made;
        i += used;
        if (passes && unencodable && from == RCD_FORM_UTF16LE) {
            pass_some(&r, RCD_FORM_UTF16LE, data, len, out, cap, &i, &o);
        } else if (passes && unencodable && from == RCD_FORM_UTF8) {
            pass_some(&r, RCD_FORM_UTF8, data, len, out, cap, &i, &o);
        }
    }
}
