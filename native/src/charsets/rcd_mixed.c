/* rcd_mixed.c : see rcd_mixed.h. */
#include "rcd_small.h"

#include "rcd_mixed.h"

#include "rcd_charset_ids.h"
#include "rcd_multibyte_tables.h"

#define SHIFT_OUT 0x0Eu
#define SHIFT_IN 0x0Fu
#define SPACE 0x40u
#define ALL ((1u << RCD_MIXED_COUNT) - 1u)
#define SPACES_EACH 60u /* EBCDIC text has a space or a line end in so many bytes */

static const uint16_t charset_of[RCD_MIXED_COUNT] = {RCD_CS_CP930, RCD_CS_CP933, RCD_CS_CP935,
                                                     RCD_CS_CP937, RCD_CS_CP939,
                                                     RCD_CS_CP1390, RCD_CS_CP1364, RCD_CS_CP1388,
                                                     RCD_CS_CP1371, RCD_CS_CP1399};

unsigned rcd_mixed_charset(unsigned member)
{
    return charset_of[member];
}

void rcd_mixed_init(rcd_mixed *m)
{
    const rcd_mixed start = {.members = ALL};
    *m = start;
}

static int in_range(unsigned b)
{
    return b >= RCD_MIXED_FIRST && b <= RCD_MIXED_LAST;
}

static unsigned who_has(unsigned lead, unsigned trail)
{
    unsigned cell = (lead - RCD_MIXED_FIRST) * RCD_MIXED_WIDTH + (trail - RCD_MIXED_FIRST);
    return rcd_mixed_members[rcd_mixed_classes[cell]];
}

static unsigned who_has_single(unsigned b)
{
    unsigned members = 0;
    for (unsigned k = 0; k < RCD_MIXED_COUNT; k++) {
        members |= rcd_mixed_sets[k].single[b] != 0xFFFFu ? 1u << k : 0u;
    }
    return members;
}

static void mixed_byte(rcd_mixed *m, unsigned b)
{
    if (m->lead != 0) {
        m->members &= (uint16_t)(in_range(b) ? who_has(m->lead, b) : 0u);
        m->characters++;
        m->lead = 0;
    } else if (b == SHIFT_OUT || b == SHIFT_IN) {
        m->wide = b == SHIFT_OUT;
    } else if (!m->wide) {
        m->members &= (uint16_t)who_has_single(b);
        if (m->pos >= RCD_MIXED_HEAD && m->singles < RCD_MIXED_SINGLES &&
            !(b == SPACE && m->singles > 0 && m->single[m->singles - 1u] == SPACE)) {
            m->single[m->singles++] = (uint8_t)b;
        }
    } else if (in_range(b)) {
        m->lead = (uint8_t)b;
        m->lead_at = m->pos;
    } else {
        m->members = 0;
    }
}

void rcd_mixed_feed(rcd_mixed *m, const uint8_t *data, size_t len)
{
    for (size_t i = 0; i < len && m->members != 0; i++) {
        unsigned b = data[i];
        mixed_byte(m, b);
        m->pos++;
        if (m->pos <= RCD_MIXED_HEAD) {
            m->spaces += b == 0x40u || b == 0x15u || b == 0x25u;
            if (m->pos == RCD_MIXED_HEAD && m->characters == 0 &&
                m->spaces * SPACES_EACH < RCD_MIXED_HEAD) {
                m->members = 0;
            }
        }
    }
}

uint16_t rcd_mixed_end(const rcd_mixed *m, int sample, uint64_t *first_bad)
{
    *first_bad = m->lead != 0 && !sample ? m->lead_at : UINT64_MAX;
    return *first_bad == UINT64_MAX ? m->members : (uint16_t)0;
}

size_t rcd_mixed_text(unsigned member, const uint8_t *data, size_t len, uint32_t *out, size_t cap)
{
    const rcd_mixed_set *set = &rcd_mixed_sets[member];
    int wide = 0;
    size_t n = 0;
    for (size_t i = 0; i < len && n < cap; i++) {
        unsigned b = data[i];
        if (b == SHIFT_OUT || b == SHIFT_IN) {
            wide = b == SHIFT_OUT;
        } else if (!wide) {
            out[n++] = b == 0x15u || b == 0x25u ? (uint32_t)'\n' : set->single[b];
        } else if (i + 1 < len && in_range(data[i + 1])) {
            size_t row = set->row[b];
            size_t cell = row * RCD_MIXED_WIDTH + (data[++i] - RCD_MIXED_FIRST);
            uint32_t cp = rcd_mb_point_of(set->points, cell);
            out[n++] = cp == RCD_MB_RARE ? RCD_MB_RARE_HAN : cp != 0 ? cp : 0xFFFDu;
        }
    }
    return n;
}
