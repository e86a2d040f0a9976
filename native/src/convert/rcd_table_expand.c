/* rcd_table_expand.c : unpacks one conversion table; native/gen/conversion_pack.py tells how.
 *
 *  The bytes are our own and tested, but every index is checked all the same: a wrong byte gives a
 *  wrong mapping, never a read or write out of bounds. */
#include "rcd_small.h"

#include <string.h>

#include "rcd_table.h"
#include "rcd_table_coder.h"

enum operation { OP_SAME = 0, OP_NEXT = 3, OP_SKIP = 6, OP_COUNT = 9, OP_SPELT = 10, OP_GAP = 11 };
#define OPERATIONS 12
#define CONTEXTS 8192
#define FOLLOWED 0x30000u /* texts from here on have no follower */
#define NO_TEXT UINT32_MAX
#define MAX_LENGTH 8

/* The codes of one length: which byte values occur at each place. */
typedef struct {
    uint8_t length;
    uint16_t count[MAX_LENGTH];
    uint8_t value[MAX_LENGTH][256];
} places;

typedef struct {
    rcd_coder_context context[CONTEXTS];
    places group[MAX_LENGTH];
    uint32_t following[RCD_TABLE_REFERENCES][FOLLOWED];
} workspace;

_Static_assert(sizeof(workspace) <= RCD_TABLE_SCRATCH, "RCD_TABLE_SCRATCH is too small");

typedef struct {
    rcd_coder coder;
    workspace *work;
    unsigned groups;
    unsigned before; /* the operation before */
    unsigned size;   /* bits of the difference before */
    rcd_table_shape shape[RCD_TABLE_REFERENCES];
    const rcd_table *reference;
} reader;

static uint32_t number(reader *r, size_t context)
{
    return rcd_coder_number(&r->coder, context);
}

static unsigned operation(reader *r, int list, uint32_t *run)
{
    size_t base = rcd_table_contexts.operation[list] + 16u * (size_t)r->before;
    unsigned node = 1;
    for (int i = 0; i < 4; i++) {
        node = node << 1 | rcd_coder_bit(&r->coder, base + node);
    }
    unsigned op = node & 15;
    op = op < OPERATIONS ? op : OP_SPELT;
    *run = number(r, rcd_table_contexts.length[list] + (size_t)RCD_CODER_NUMBER * op) + 1;
    r->before = op;
    return op;
}

static uint32_t plus_delta(reader *r, int list, uint32_t value)
{
    unsigned kind = (r->size + 3) / 6 < 2 ? (r->size + 3) / 6 : 2;
    size_t base = rcd_table_contexts.delta[list] + (size_t)kind * (RCD_CODER_NUMBER + 1);
    unsigned negative = rcd_coder_bit(&r->coder, base);
    uint32_t step = number(r, base + 1);
    r->size = 0;
    for (uint32_t left = step; left != 0; left >>= 1) {
        r->size++;
    }
    return negative ? value - step : value + step;
}

static void read_places(reader *r)
{
    memset(r->work->group, 0, sizeof r->work->group);
    r->groups = number(r, rcd_table_contexts.header);
    r->groups = r->groups < MAX_LENGTH ? r->groups : MAX_LENGTH;
    for (unsigned g = 0; g < r->groups; g++) {
        places *p = r->work->group + g;
        uint32_t length = number(r, rcd_table_contexts.header);
        p->length = (uint8_t)(length >= 1 && length <= MAX_LENGTH ? length : 1);
        for (unsigned i = 0; i < p->length; i++) {
            uint32_t runs = number(r, rcd_table_contexts.set);
            uint32_t at = 0;
            for (uint32_t k = 0; k < runs && k < 256; k++) {
                at += number(r, rcd_table_contexts.set);
                uint32_t n = number(r, rcd_table_contexts.set);
                for (; n > 0 && at < 256 && p->count[i] < 256; n--) {
                    p->value[i][p->count[i]++] = (uint8_t)at++;
                }
            }
        }
    }
}

/* The code of a number; see `Plain.numbering`. */
static void set_code(const reader *r, uint32_t number_of, rcd_mapping *out)
{
    uint64_t left = number_of;
    for (unsigned g = 0; g < r->groups; g++) {
        const places *p = r->work->group + g;
        uint64_t total = 1;
        for (unsigned i = 0; i < p->length; i++) {
            total *= p->count[i];
        }
        if (left >= total) {
            left -= total;
            continue;
        }
        out->length = p->length;
        out->code = 0;
        for (unsigned i = p->length; i-- > 0;) {
            out->code |= (uint64_t)p->value[i][left % p->count[i]]
                         << (8 * (p->length - 1 - i));
            left /= p->count[i];
        }
        return;
    }
    out->length = 1; /* cannot be: the tables are tested */
    out->code = 0;
}

/* The number of a code. */
static uint32_t number_of(const reader *r, const rcd_mapping *m)
{
    uint64_t start = 0;
    for (unsigned g = 0; g < r->groups; g++) {
        const places *p = r->work->group + g;
        uint64_t total = 1;
        uint64_t at = 0;
        for (unsigned i = 0; i < p->length; i++) {
            uint8_t byte = (uint8_t)(m->code >> (8 * (p->length - 1 - i)));
            unsigned digit = 0;
            while (digit + 1u < p->count[i] && p->value[i][digit] < byte) {
                digit++;
            }
            at = at * p->count[i] + digit;
            total *= p->count[i];
        }
        if (p->length == m->length) {
            return (uint32_t)(start + at);
        }
        start += total;
    }
    return 0;
}

static int code_above(const rcd_mapping *a, const rcd_mapping *b)
{
    return a->length != b->length ? a->length > b->length : a->code > b->code;
}

/* The first of `count` mappings, from `at` on, that comes behind `last`. */
static uint32_t pass(const rcd_mapping *list, uint32_t count, uint32_t at, const rcd_mapping *last,
                     int by_text)
{
    uint32_t end = count;
    while (at < end) {
        uint32_t middle = at + (end - at) / 2;
        int behind = by_text ? list[middle].text > last->text : code_above(list + middle, last);
        if (behind) {
            end = middle;
        } else {
            at = middle + 1;
        }
    }
    return at;
}

static void learn_following(reader *r, unsigned which)
{
    uint32_t *following = r->work->following[which];
    const rcd_mapping *list = r->reference[which].decode;
    for (uint32_t i = 0; i < FOLLOWED; i++) {
        following[i] = NO_TEXT;
    }
    for (uint32_t i = 0; i + 1 < r->shape[which].decode; i++) {
        uint32_t text = list[i].text;
        if (text < FOLLOWED && following[text] == NO_TEXT) {
            following[text] = list[i + 1].text;
        }
    }
}

static void read_decode(reader *r, rcd_mapping *out, uint32_t count)
{
    uint32_t pointer[RCD_TABLE_REFERENCES] = {0};
    int learnt[RCD_TABLE_REFERENCES] = {0};
    uint32_t at = 0, text = 0, expected = 0, run;
    r->before = OPERATIONS;
    r->size = 0;
    while (at < count) {
        unsigned op = operation(r, 0, &run);
        if (op == OP_GAP) {
            expected += run;
            continue;
        }
        unsigned which = op < OP_COUNT ? op % RCD_TABLE_REFERENCES : 0;
        if ((op >= OP_SKIP && op < OP_COUNT) || op < OP_NEXT) {
            if (at > 0) {
                pointer[which] = pass(r->reference[which].decode, r->shape[which].decode,
                                      pointer[which], out + at - 1, 0);
            }
            if (op >= OP_SKIP) {
                uint32_t left = r->shape[which].decode - pointer[which];
                pointer[which] += run < left ? run : left;
                continue;
            }
        }
        if (op >= OP_NEXT && op < OP_SKIP && !learnt[which]) {
            learn_following(r, which);
            learnt[which] = 1;
        }
        for (; run > 0 && at < count; run--, at++) {
            rcd_mapping *m = out + at;
            memset(m, 0, sizeof *m);
            if (op < OP_NEXT) {
                if (pointer[which] < r->shape[which].decode) {
                    *m = r->reference[which].decode[pointer[which]++];
                }
                continue;
            }
            if (op < OP_SKIP) {
                text = text < FOLLOWED ? r->work->following[which][text] : NO_TEXT;
            } else if (op == OP_COUNT) {
                text++;
            } else {
                expected += number(r, rcd_table_contexts.gap[0]);
                text = plus_delta(r, 0, text);
                m->flag = rcd_coder_bit(&r->coder, rcd_table_contexts.flag[0]) ? 3 : 0;
            }
            m->text = text;
            set_code(r, expected, m);
            expected++;
        }
        if (at > 0) {
            text = out[at - 1].text;
            expected = op < OP_NEXT ? number_of(r, out + at - 1) + 1 : expected;
        }
    }
}

static void read_encode(reader *r, rcd_mapping *out, uint32_t count)
{
    uint32_t pointer[RCD_TABLE_REFERENCES] = {0};
    uint32_t at = 0, text = 0, code = 0, run;
    r->before = OPERATIONS;
    r->size = 0;
    while (at < count) {
        unsigned op = operation(r, 1, &run);
        unsigned which = op < OP_COUNT ? op % RCD_TABLE_REFERENCES : 0;
        if ((op >= OP_SKIP && op < OP_COUNT) || op < OP_NEXT) {
            if (at > 0) {
                pointer[which] = pass(r->reference[which].encode, r->shape[which].encode,
                                      pointer[which], out + at - 1, 1);
            }
            if (op >= OP_SKIP) {
                uint32_t left = r->shape[which].encode - pointer[which];
                pointer[which] += run < left ? run : left;
                continue;
            }
        }
        for (; run > 0 && at < count; run--, at++) {
            rcd_mapping *m = out + at;
            memset(m, 0, sizeof *m);
            if (op < OP_NEXT) {
                if (pointer[which] < r->shape[which].encode) {
                    *m = r->reference[which].encode[pointer[which]++];
                }
                continue;
            }
            if (op == OP_COUNT) {
                text++;
                code++;
                m->flag = 1;
            } else {
                text += number(r, rcd_table_contexts.gap[1]);
                code = plus_delta(r, 1, code);
                m->flag = rcd_coder_bit(&r->coder, rcd_table_contexts.flag[1]) ? 4 : 1;
            }
            m->text = text;
            set_code(r, code, m);
        }
        if (at > 0) {
            text = out[at - 1].text;
            code = op < OP_NEXT ? number_of(r, out + at - 1) : code;
        }
    }
}

int rcd_table_count(void)
{
    return (int)rcd_table_directory_len;
}

static const char *name_of(int table)
{
    return rcd_table_names + rcd_table_directory[table].name;
}

const char *rcd_table_name(int table)
{
    return table >= 0 && table < rcd_table_count() ? name_of(table) : "";
}

int rcd_table_find(const char *name)
{
    int low = 0, high = rcd_table_count();
    while (low < high) {
        int middle = low + (high - low) / 2;
        int order = strcmp(name_of(middle), name);
        if (order == 0) {
            return middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return RCD_E_OPTION;
}

int rcd_table_measure(int table, rcd_table_shape *out)
{
    if (table < 0 || table >= rcd_table_count()) {
        return RCD_E_OPTION;
    }
    const rcd_table_entry *entry = rcd_table_directory + table;
    memset(out, 0, sizeof *out);
    out->decode = entry->decode;
    out->encode = entry->encode;
    memcpy(out->reference, entry->reference, sizeof out->reference);
    return 0;
}

int rcd_table_sequence(uint32_t sequence, uint32_t out[4])
{
    if (sequence >= rcd_table_sequence_count) {
        return 0;
    }
    const uint32_t *from = rcd_table_sequences + rcd_table_sequence_at[sequence];
    int length = (int)(rcd_table_sequence_at[sequence + 1] - rcd_table_sequence_at[sequence]);
    length = length < 4 ? length : 4;
    for (int i = 0; i < length; i++) {
        out[i] = from[i];
    }
    return length;
}

int rcd_table_expand(int table, const rcd_table reference[RCD_TABLE_REFERENCES], void *scratch,
                     const rcd_table *out)
{
    if (table < 0 || table >= rcd_table_count() || rcd_table_contexts.size > CONTEXTS) {
        return RCD_E_OPTION;
    }
    const rcd_table_entry *entry = rcd_table_directory + table;
    reader r;
    memset(&r, 0, sizeof r);
    r.work = scratch;
    r.reference = reference;
    for (int i = 0; i < RCD_TABLE_REFERENCES; i++) {
        rcd_table_measure(entry->reference[i], r.shape + i);
    }
    rcd_coder_start(&r.coder, rcd_table_blob + entry->offset, entry[1].offset - entry->offset,
                    r.work->context, rcd_table_priors, rcd_table_contexts.size);
    read_places(&r);
    read_decode(&r, out->decode, entry->decode);
    read_encode(&r, out->encode, entry->encode);
    return 0;
}
