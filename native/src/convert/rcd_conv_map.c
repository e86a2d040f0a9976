/* rcd_conv_map.c : lays a table out for the conversion kernels, see rcd_conv.h.
 *
 *  Everything is done twice by the same code: once to count what is needed, with no memory, and
 *  once to write. */
#include "rcd_conv.h"
#include "rcd_table.h"

/* Code points of a sequence: of the module's list, or of the caller's. */
static int sequence_of(const rcd_table_shape *shape, const rcd_table *table, uint32_t text,
                       uint32_t out[4])
{
    uint32_t number = text - RCD_TABLE_SEQUENCE;
    int count = rcd_table_sequence(number, out);
    if (number >= rcd_table_sequence_count && number - rcd_table_sequence_count < shape->texts) {
        const uint32_t *own = table->texts[number - rcd_table_sequence_count];
        while (count < 4 && own[count] != 0) {
            out[count] = own[count];
            count++;
        }
    }
    return count;
}

/* The list of a table sorted by code makes one pass: codes with the same first bytes are neighbours
 * within one length. A builder keeps the chain of lead bytes it is in. */
typedef struct {
    uint32_t *cell; /* NULL while counting */
    rcd_span *span;
    uint32_t cells, spans;
    int units;
    int joined;
} decode_builder;

static uint32_t packed_utf8(uint32_t point)
{
    uint8_t b[4] = {0};
    unsigned n = rcd_put_utf8(b, point);
    return (uint32_t)n << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

static uint32_t text_cell(uint32_t text, int units)
{
    if (text >= RCD_TABLE_SEQUENCE) {
        return CELL_TEXT << 24 | (text - RCD_TABLE_SEQUENCE);
    }
    if (text >= 0x10000) {
        return CELL_POINT << 24 | text;
    }
    return units ? 1u << 24 | text : packed_utf8(text);
}

static uint8_t byte_at(const rcd_mapping *m, unsigned place)
{
    return (uint8_t)(m->code >> (8 * (m->length - 1u - place)));
}

/* The cell for a place that has `old` and gets `cell`, which longer codes go through. */
static uint32_t with_longer(decode_builder *b, uint32_t old, uint32_t cell)
{
    uint32_t number = b->spans;
    b->spans += 2; /* also while counting, when nobody knows what was there */
    if (b->span == NULL || old == CELL_NONE) {
        return cell;
    }
    memset(b->span + number, 0, 2 * sizeof *b->span);
    b->span[number].first = old;
    b->span[number + 1].first = cell;
    b->joined = 1;
    return CELL_BOTH << 24 | number;
}

/* Codes list[0..count) of one length agree in their first `depth` bytes. Their bytes at place
 * `depth` become cells of row or span; returns the cell for the lead byte before. */
static uint32_t add_group(decode_builder *b, const rcd_mapping *list, uint32_t count,
                          unsigned depth, uint32_t row)
{
    unsigned length = list->length;
    uint8_t low = byte_at(list, depth);
    uint8_t high = byte_at(list + count - 1, depth);
    uint32_t base;
    uint32_t lead = 0;
    if (depth <= 1) {
        base = row;
    } else {
        lead = CELL_SPAN << 24 | b->spans;
        base = b->cells;
        if (b->span != NULL) {
            rcd_span *s = b->span + b->spans;
            s->first = base;
            s->low = low;
            s->count = (uint16_t)(high - low + 1);
            s->reserved = 0;
        }
        b->spans++;
        b->cells += (uint32_t)(high - low) + 1;
        base -= low;
    }
    for (uint32_t i = 0; i < count;) {
        uint8_t byte = byte_at(list + i, depth);
        uint32_t end = i + 1;
        while (end < count && byte_at(list + end, depth) == byte) {
            end++;
        }
        uint32_t cell;
        if (depth + 1 == length) {
            cell = text_cell(list[i].text, b->units);
        } else if (depth == 0) {
            /* The row may be there already: codes of two and of four bytes share lead bytes. */
            uint32_t old = b->cell != NULL ? b->cell[byte] : 0;
            uint32_t longer = CELL_KIND(old) == CELL_BOTH ? b->span[CELL_REST(old) + 1].first : old;
            uint32_t at;
            cell = old;
            if (CELL_KIND(longer) == CELL_ROW) {
                at = CELL_REST(longer);
            } else {
                b->cells = (b->cells + 255u) & ~255u;
                at = b->cells;
                b->cells += 256;
                cell = with_longer(b, old, CELL_ROW << 24 | at);
            }
            add_group(b, list + i, end - i, 1, at);
        } else {
            uint32_t old = b->cell != NULL ? b->cell[base + byte] : 0;
            cell = with_longer(b, old, add_group(b, list + i, end - i, depth + 1, 0));
        }
        if (b->cell != NULL) {
            b->cell[base + byte] = cell;
        }
        i = end;
    }
    return lead;
}

static void build_decode(decode_builder *b, const rcd_table_shape *shape, const rcd_table *table,
                         int linear, unsigned *longest)
{
    b->cells = 256;
    b->spans = 0;
    *longest = 1;
    for (uint32_t i = 0; i < shape->decode;) {
        uint32_t end = i + 1;
        while (end < shape->decode && table->decode[end].length == table->decode[i].length) {
            end++;
        }
        if (table->decode[i].length <= 4) {
            add_group(b, table->decode + i, end - i, 0, 0);
            *longest = table->decode[i].length > *longest ? table->decode[i].length : *longest;
        }
        i = end;
    }
    for (unsigned lead = 0x90; linear && lead <= 0xE3; lead++) {
        /* Two-byte codes share the lead bytes; the second byte tells. */
        if (b->cell != NULL && CELL_KIND(b->cell[lead]) == CELL_ROW) {
            uint32_t *row = b->cell + CELL_REST(b->cell[lead]);
            for (unsigned digit = 0x30; digit <= 0x39; digit++) {
                row[digit] = CELL_LINEAR << 24;
            }
        }
        *longest = 4;
    }
}

/* The same in bytes, for kernels that look up many at once. */
static void index_rows(rcd_decode_map *map, const uint32_t *cell)
{
    map->rowed = 1;
    map->paired = map->ascii && map->longest == 2;
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t kind = CELL_KIND(cell[i]);
        if (i >= 0x80 && kind != CELL_ROW && kind != CELL_NONE) {
            map->paired = 0;
        }
        if (kind == CELL_ROW) {
            uint32_t row = CELL_REST(cell[i]) >> 8;
            if (i < 0x80 || row > 255) {
                map->rowed = 0;
            } else {
                map->row[i - 0x80] = (uint8_t)row;
            }
        }
        map->plain[i] = kind == 1 ? 0xFF : 0;
        map->first[i] = map->units || (kind >= 1 && kind <= 3) ? (uint8_t)cell[i] : 0xFF;
        map->second[i] = (uint8_t)(cell[i] >> 8);
        map->third[i] = kind == 3 ? (uint8_t)(cell[i] >> 16) : 0;
    }
}

static size_t decode_map(int units, int options, const rcd_table_shape *shape,
                         const rcd_table *table, rcd_decode_map *out)
{
    int linear = (options & RCD_MAP_LINEAR) != 0;
    decode_builder b = {NULL, NULL, 0, 0, units, 0};
    unsigned longest;
    if (out == NULL) {
        /* Counted without the rows that lengths share: at most 256 rows of 256 too many. */
        build_decode(&b, shape, table, linear, &longest);
        return sizeof *out + (size_t)b.cells * 4 + (size_t)b.spans * sizeof(rcd_span) +
               (size_t)shape->texts * sizeof *table->texts;
    }
    decode_builder counted = b;
    build_decode(&counted, shape, table, linear, &longest);
    memset(out, 0, sizeof *out);
    b.cell = (uint32_t *)(void *)(out + 1);
    memset(b.cell, 0, (size_t)counted.cells * 4);
    b.span = (rcd_span *)(void *)(b.cell + counted.cells);
    build_decode(&b, shape, table, linear, &longest);
    out->cells = counted.cells;
    out->spans = counted.spans;
    out->units = (uint8_t)units;
    out->longest = (uint8_t)longest;
    out->single = longest == 1;
    out->joined = (uint8_t)b.joined;
    if (shape->texts > 0) {
        memcpy(b.span + counted.spans, table->texts, shape->texts * sizeof *table->texts);
    }
    out->ascii = 1;
    for (uint32_t i = 0; i < 0x80; i++) {
        out->ascii = out->ascii && b.cell[i] == (1u << 24 | i);
    }
    index_rows(out, b.cell);
    return 0;
}

/* Encoding. */

static int is_wanted(const rcd_mapping *m, int options)
{
    return m->flag == 0 || m->flag == 4 || (m->flag == 1 && (options & RCD_MAP_FALLBACKS));
}

typedef void (*visitor)(void *self, const rcd_mapping *m);

/* Calls `visit` for each mapping that encodes. */
static void each_encoding(const rcd_table_shape *shape, const rcd_table *table, int options,
                          visitor visit, void *self)
{
    for (uint32_t i = 0; i < shape->decode; i++) {
        if (is_wanted(table->decode + i, options)) {
            visit(self, table->decode + i);
        }
    }
    for (uint32_t i = 0; i < shape->encode; i++) {
        if (is_wanted(table->encode + i, options)) {
            visit(self, table->encode + i);
        }
    }
}

typedef struct {
    const rcd_table_shape *shape;
    const rcd_table *table;
    uint8_t used[RCD_BLOCKS / 8];
    uint32_t longs, texts;
} encode_counts;

static uint32_t first_point(const rcd_table_shape *shape, const rcd_table *table, uint32_t text)
{
    uint32_t points[4] = {0};
    if (text < RCD_TABLE_SEQUENCE) {
        return text;
    }
    sequence_of(shape, table, text, points);
    return points[0];
}

static void count_encoding(void *self, const rcd_mapping *m)
{
    encode_counts *c = self;
    uint32_t point = first_point(c->shape, c->table, m->text);
    if (point >= 0x10000) {
        uint32_t block = (point - 0x10000) >> 6;
        c->used[block >> 3] = (uint8_t)(c->used[block >> 3] | 1u << (block & 7));
    }
    if (m->text >= RCD_TABLE_SEQUENCE) {
        c->texts++;
    } else if (m->length > 3) {
        c->longs++;
    }
}

typedef struct {
    const rcd_table_shape *shape;
    const rcd_table *table;
    rcd_encode_map *map;
    uint32_t *cell;
    uint64_t *code;
    rcd_long_text *text;
    uint32_t longs, texts;
} encode_builder;

static uint32_t *cell_of(const encode_builder *b, uint32_t point)
{
    if (point < 0x10000) {
        return b->map->plane + point;
    }
    point -= 0x10000;
    return b->cell + (size_t)b->map->block[point >> 6] * 64 + (point & 63);
}

static void put_encoding(void *self, const rcd_mapping *m)
{
    encode_builder *b = self;
    uint32_t *cell = cell_of(b, first_point(b->shape, b->table, m->text));
    if (m->text >= RCD_TABLE_SEQUENCE) {
        rcd_long_text *t = b->text + b->texts++;
        memset(t, 0, sizeof *t);
        t->text_len = (uint8_t)sequence_of(b->shape, b->table, m->text, t->text);
        t->code_len = m->length < sizeof t->code ? m->length : (uint8_t)sizeof t->code;
        for (unsigned i = 0; i < t->code_len; i++) {
            t->code[i] = byte_at(m, i);
        }
        *cell |= CELL_STARTS;
        return;
    }
    uint32_t starts = *cell & CELL_STARTS;
    if (m->length > 3) {
        /* The first byte lowest, as stored; the length on top where it is not eight. */
        uint64_t code = 0;
        for (unsigned i = 0; i < m->length; i++) {
            code |= (uint64_t)byte_at(m, i) << (8 * i);
        }
        b->code[b->longs] = code;
        *cell = starts | CELL_LONG << 24 | (uint32_t)(m->length & 15) << 20 | b->longs++;
        return;
    }
    uint32_t code = 0;
    for (unsigned i = 0; i < m->length; i++) {
        code |= (uint32_t)byte_at(m, i) << (8 * i);
    }
    *cell = starts | (uint32_t)m->length << 24 | code;
    b->map->single = b->map->single && m->length == 1;
}

static unsigned list_of(const rcd_long_text *t)
{
    return rcd_text_list(t->text[0], t->text[1]);
}

/* By their lists, where a text in need finds all that it may be; those of one list as they came. */
static void sort_texts(rcd_encode_map *map, rcd_long_text *text)
{
    for (uint32_t i = 1; i < map->texts; i++) {
        rcd_long_text moved = text[i];
        uint32_t at = i;
        while (at > 0 && list_of(text + at - 1) > list_of(&moved)) {
            text[at] = text[at - 1];
            at--;
        }
        text[at] = moved;
    }
    uint32_t at = 0;
    for (unsigned list = 0; list <= 256; list++) {
        while (at < map->texts && list_of(text + at) < list) {
            at++;
        }
        map->list[list] = at;
    }
}

static size_t encode_map(int options, const rcd_table_shape *shape, const rcd_table *table,
                         rcd_encode_map *out)
{
    encode_counts c;
    memset(&c, 0, sizeof c);
    c.shape = shape;
    c.table = table;
    each_encoding(shape, table, options, count_encoding, &c);
    uint32_t blocks = 1;
    for (uint32_t i = 0; i < RCD_BLOCKS; i++) {
        blocks += (uint32_t)(c.used[i >> 3] >> (i & 7)) & 1u;
    }
    uint32_t cells = blocks * 64;
    if (out == NULL) {
        return sizeof *out + (size_t)cells * 4 + (size_t)c.longs * 8 +
               (size_t)c.texts * sizeof(rcd_long_text);
    }
    memset(out, 0, sizeof *out);
    out->cells = cells;
    out->longs = c.longs;
    out->texts = c.texts;
    out->linear = (options & RCD_MAP_LINEAR) != 0;
    out->single = !out->linear && c.longs == 0 && c.texts == 0;
    uint16_t number = 1;
    for (uint32_t i = 0; i < RCD_BLOCKS; i++) {
        out->block[i] = (uint32_t)(c.used[i >> 3] >> (i & 7)) & 1u ? number++ : 0;
    }
    encode_builder b = {shape, table, out, (uint32_t *)(void *)(out + 1), NULL, NULL, 0, 0};
    memset(b.cell, 0, (size_t)cells * 4);
    b.code = (uint64_t *)(void *)(b.cell + cells);
    b.text = (rcd_long_text *)(void *)(b.code + c.longs);
    each_encoding(shape, table, options, put_encoding, &b);
    sort_texts(out, b.text);
    out->ascii = 1;
    for (uint32_t i = 0; i < 128; i++) {
        out->ascii = out->ascii && out->plane[i] == (1u << 24 | i);
    }
    return 0;
}

size_t rcd_map_build(int kind, int options, const rcd_table_shape *shape, const rcd_table *table,
                     void *mem)
{
    if (kind == RCD_MAP_ENCODE) {
        return encode_map(options, shape, table, mem);
    }
    return decode_map(kind == RCD_MAP_DECODE_UTF16, options, shape, table, mem);
}
