/* conv.h : tables expanded and laid out, for the tests and fuzzers of conversion. */
#ifndef CHECK_CONV_H
#define CHECK_CONV_H

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "rcd_conv.h"

static inline rcd_table conv_expand(int table, rcd_table_shape *shape)
{
    rcd_table reference[RCD_TABLE_REFERENCES];
    memset(reference, 0, sizeof reference);
    rcd_table_measure(table, shape);
    for (int i = 0; i < RCD_TABLE_REFERENCES; i++) {
        if (shape->reference[i] != RCD_TABLE_NONE) {
            rcd_table_shape other;
            reference[i] = conv_expand(shape->reference[i], &other);
        }
    }
    rcd_table out;
    out.decode = check_aligned(shape->decode * sizeof(rcd_mapping));
    out.encode = check_aligned(shape->encode * sizeof(rcd_mapping));
    void *scratch = check_aligned(RCD_TABLE_SCRATCH);
    rcd_table_expand(table, reference, scratch, &out);
    free(scratch);
    for (int i = 0; i < RCD_TABLE_REFERENCES; i++) {
        free(reference[i].decode);
        free(reference[i].encode);
    }
    return out;
}

/* From one form to another, with the maps of those that are tables. */
typedef struct {
    int from, to;
    const void *from_map, *to_map;
} conv_road;

static inline void conv_run(const conv_road *r, int final, const uint8_t *data, size_t len,
                            uint8_t *out, size_t cap, rcd_stop *stop)
{
    const int code = rcd_convert(r->from, r->from_map, r->to, r->to_map, final, data, len, out,
                                 cap, stop);
    CHECK(code == 0, "rcd_convert: %d", code);
}

/* The three maps of a table. */
typedef struct {
    rcd_decode_map *utf8, *utf16;
    rcd_encode_map *encode;
} conv_maps;

static inline void *conv_build(int kind, int options, const rcd_table_shape *shape,
                               const rcd_table *table)
{
    void *mem = check_aligned(rcd_map_build(kind, options, shape, table, NULL));
    rcd_map_build(kind, options, shape, table, mem);
    return mem;
}

static inline conv_maps conv_open(int number)
{
    rcd_table_shape shape;
    rcd_table table = conv_expand(number, &shape);
    int options = RCD_MAP_FALLBACKS;
    if (strncmp(rcd_table_name(number), "gb18030", 7) == 0) {
        options |= RCD_MAP_LINEAR;
    }
    conv_maps maps;
    maps.utf8 = conv_build(RCD_MAP_DECODE_UTF8, options, &shape, &table);
    maps.utf16 = conv_build(RCD_MAP_DECODE_UTF16, options, &shape, &table);
    maps.encode = conv_build(RCD_MAP_ENCODE, options, &shape, &table);
    free(table.decode);
    free(table.encode);
    return maps;
}

static inline void conv_close(conv_maps *maps)
{
    free(maps->utf8);
    free(maps->utf16);
    free(maps->encode);
}

#endif
