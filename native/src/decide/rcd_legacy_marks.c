/* rcd_legacy_marks.c : see rcd_legacy_marks.h. */
#include "rcd_legacy_marks.h"

#include "rcd_models.h"
#include "rcd_plain_letter.h"

#define NEXT 12   /* The next mark of a letter, letter of a mark, or code, */
#define CODES 4u  /* less behind so many in the order of their codes. */
#define LATER 40  /* A later letter, behind all marks of another; */
#define ANY 60    /* in no order. */
#define FIRST 0xC0u
#define MARKS 64u /* letters from there on of which the mark is known */

/* Which mark that is, up to ÿ; '-' = another, or none. */
static char mark_of(unsigned cp)
{
    static const char mark[] = "\\/^~:o-,\\/^:\\/^:-~\\/^~:--\\/^:/--";
    return cp - FIRST < MARKS ? mark[(cp - FIRST) & 31u] : '-';
}

/* Do no letters stand between two in a table? */
static int are_neighbours(const uint16_t *table, unsigned first, unsigned second)
{
    while (++first < second && rcd_cell_group(rcd_cell_of(table[first])) != RCD_LATN) {
    }
    return first == second;
}

int32_t rcd_marked_cost(rcd_marked *m, const uint16_t *table, unsigned byte)
{
    const unsigned cp = table[byte], last = m->before != 0 ? table[m->before] : 0;
    const char letter = rcd_without_mark(cp), before = rcd_without_mark(last);
    const int same = m->earlier != 0 && rcd_without_mark(table[m->earlier]) == before;
    const int next = m->before != 0 && are_neighbours(table, m->before, byte);
    const int marks = letter == before && letter != '-';
    const int letters = letter > before && mark_of(cp) == mark_of(last) && mark_of(cp) != '-';
    m->earlier = m->before;
    m->before = byte;
    m->run = next ? m->run + 1u : 0;
    if (marks || next || letters) {
        return m->run > CODES ? RCD_MARKED_LEAST : NEXT;
    }
    if (same && letter > before) {
        return LATER;
    }
    m->disordered++;
    return ANY;
}
