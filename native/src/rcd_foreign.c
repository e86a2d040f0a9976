/* rcd_foreign.c : see rcd_foreign.h. */
#include "rcd_foreign.h"

#include "rcd_score.h"

void rcd_foreign_init(rcd_foreign *f, size_t begin)
{
    f->begin = f->end = (uint32_t)begin;
    f->shared[begin] = f->steps[begin] = f->foreign[0] = f->english[0] = 0;
}

/* Adds the steps that were gathered behind the first `k`. @return how many there are then */
static unsigned add_steps(rcd_foreign *f, const rcd_script *latin, rcd_lookups *lookups, unsigned k)
{
    for (unsigned i = 0; i < lookups->count; i++, k++) {
        /* Backing off costs both models the same. */
        int32_t less = 0;
        const uint8_t *row = rcd_lookups_row(lookups, i, latin, &less);
        f->foreign[k + 1u] = (uint16_t)(f->foreign[k] + row[RCD_LATN_FOREIGN] + less);
        f->english[k + 1u] = (uint16_t)(f->english[k] + row[RCD_LATN_ENGLISH] + less);
    }
    lookups->count = 0;
    return k;
}

/* What a byte is in ASCII, and 0 of others. */
static inline rcd_cell ascii_cell(unsigned byte)
{
    return byte < 0x80u ? rcd_cell_of(byte) : 0;
}

void rcd_foreign_extend(rcd_foreign *f, const uint8_t *data, size_t end)
{
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    const size_t from = f->end;
    if (end <= from) {
        return;
    }
    const unsigned first = from > f->begin + 1u ? data[from - 2u] : 0x80u;
    const unsigned second = from > f->begin ? data[from - 1u] : 0x80u;
    rcd_cell x = ascii_cell(first), y = ascii_cell(second);
    unsigned high = (first >> 7) << 1 | second >> 7; /* a bit for each of the bytes before */
    unsigned shared = f->shared[from], steps = f->steps[from], known = steps;
    rcd_lookups lookups;
    lookups.count = 0;
    for (size_t i = from; i < end; i++) {
        const rcd_cell z = ascii_cell(data[i]);
        const unsigned a = rcd_cell_symbol(x), b = rcd_cell_symbol(y), c = rcd_cell_symbol(z);
        high = (high << 1 | data[i] >> 7) & 7u;
        if (high == 0) {
            const int letter = rcd_cell_group(z) == RCD_LATN;
            shared += rcd_case_cost(rcd_cell_case(x), rcd_cell_case(y), rcd_cell_case(z));
            shared += letter ? 0 : rcd_cell_cost(z);
            if (!letter && c == b) {
                shared += c == RCD_SYM_BOUNDARY ? RCD_COST_AGAIN : RCD_COST_DIGIT;
            } else {
                rcd_lookups_add(&lookups, latin, b <= RCD_SYM_DIGIT ? b : a, b, c);
                steps++;
            }
        }
        f->shared[i + 1u] = (uint16_t)shared;
        f->steps[i + 1u] = (uint16_t)steps;
        if (lookups.count == RCD_LOOKUPS) {
            known = add_steps(f, latin, &lookups, known);
        }
        x = y;
        y = z;
    }
    add_steps(f, latin, &lookups, known);
    f->end = (uint32_t)end;
}
