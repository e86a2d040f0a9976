/* rcd_lacking.c : see rcd_lacking.h. The tables are those of native/gen/gen_lacking.py. */
#include "rcd_lacking.h"

#include "rcd_bits.h"
#include "rcd_score.h"
#include "rcd_single_byte.h"

#define LETTERS_MOST 16 /* of a text that are counted: they do not come independently */

typedef struct {
    uint16_t charset;
    uint8_t column;
    uint8_t less; /* tenths of a bit */
} lack;

#include "rcd_lacking_data.h"

#define LACKS (sizeof lacks / sizeof lacks[0])

/* What the charset lacks of the language's letters; NULL = not most. */
static const lack *find_lack(unsigned charset, unsigned language)
{
    const rcd_script *s = rcd_script_get(RCD_LATN);
    size_t low = 0, high = LACKS;
    while (low < high) {
        const size_t middle = (low + high) / 2u;
        if (lacks[middle].charset < charset) {
            low = middle + 1u;
        } else {
            high = middle;
        }
    }
    for (; low < LACKS && lacks[low].charset == charset; low++) {
        if (s->languages[lacks[low].column] == language) {
            return &lacks[low];
        }
    }
    return NULL;
}

int32_t rcd_lacking_bonus(const rcd_reading *r, const rcd_tally *t)
{
    const lack *found = find_lack(r->charset, r->language);
    if (found == NULL) {
        return 0;
    }
    uint64_t own[4] = {0}; /* symbols of the language's letters: foreign ones stay a surprise */
    for (unsigned i = own_first[found->column]; i < own_first[found->column + 1u]; i++) {
        own[own_letters[i] >> 6] |= UINT64_C(1) << (own_letters[i] & 63u);
    }
    const uint16_t *table = rcd_single_byte_table(r->charset);
    /* In EBCDIC letters are anywhere. */
    const uint32_t bytes = table['a'] == 'a' ? t->special_count : t->byte_count;
    int32_t letters = 0;
    for (uint32_t i = 0; i < bytes; i++) {
        const unsigned cp = table[t->byte[i]];
        const unsigned symbol = rcd_symbol_in(rcd_cell_of(cp), RCD_LATN);
        letters += cp >= 0x80u && rcd_has_bit(own, symbol) ? t->count[t->byte[i]] : 0;
    }
    return (letters < LETTERS_MOST ? letters : LETTERS_MOST) * found->less;
}
