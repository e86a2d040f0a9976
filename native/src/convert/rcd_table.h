/* rcd_table.h : conversion tables, packed in the module, expanded on request into memory of the
 * caller's. See native/gen/conversion_pack.py for how they are packed. */
#ifndef RCD_TABLE_H
#define RCD_TABLE_H

#include "recodec_convert.h"

/* One table in the directory that native/gen/gen_conversion.py writes, sorted by name. */
typedef struct {
    uint16_t name;   /* where in rcd_table_names */
    uint32_t offset; /* of its first byte in the blob; it ends where the next one starts */
    uint32_t decode; /* mappings of each list */
    uint32_t encode;
    uint16_t reference[RCD_TABLE_REFERENCES]; /* table numbers, RCD_TABLE_NONE = none */
} rcd_table_entry;

/* Where each kind of number has its contexts; mirrors the layout of conversion_pack.py. */
typedef struct {
    uint16_t header, set, operation[2], length[2], gap[2], delta[2], flag[2], size;
} rcd_table_layout;

extern const char rcd_table_names[]; /* each ends with a NUL */
extern const rcd_table_entry rcd_table_directory[];
extern const uint32_t rcd_table_directory_len; /* the entry behind the last has only an offset */
extern const uint8_t rcd_table_blob[];
extern const uint8_t rcd_table_priors[];
extern const rcd_table_layout rcd_table_contexts;
extern const uint32_t rcd_table_sequences[]; /* their code points, one after another */
extern const uint16_t rcd_table_sequence_at[];
extern const uint32_t rcd_table_sequence_count;

#endif
