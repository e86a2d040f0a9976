/* rcd_chance.c : see rcd_chance.h. */
#include "rcd_chance.h"

#include "rcd_charset_ids.h"
#include "rcd_letters.h"
#include "rcd_models.h"

#define OTHER 255u
#define LONE_BYTES 2u  /* of a character that is the only one: three that fit are no chance */
#define SCRIPT_SHIFT 7 /* Scripts begin at multiples of so many code points. */

typedef struct {
    uint32_t cp;
    size_t begin, end; /* where it stands */
} character;

/* The character that is well-formed UTF-8 from `at` on, but that the text may end in it. */
static character character_at(const uint8_t *text, size_t len, size_t at)
{
    const unsigned lead = text[at];
    const size_t more = lead < 0xE0u ? 1u : lead < 0xF0u ? 2u : 3u;
    character c = {lead & (0x3Fu >> more), at, at + 1u + more};
    for (size_t i = at + 1u; i < c.end && i < len; i++) {
        c.cp = c.cp << 6 | (text[i] & 0x3Fu);
    }
    return c;
}

/* Letters of scripts that have no model and their signs; not what all scripts have. */
static int is_elsewhere(uint32_t cp)
{
    return (cp >= 0x0530u && cp < 0x1E00u) || (cp >= 0x2C00u && cp < 0x2E00u) ||
           (cp >= 0xA000u && cp < 0xAC00u);
}

static int has_no_model(uint32_t cp, rcd_cell cell)
{
    return rcd_cell_group(cell) == RCD_COMMON && rcd_cell_symbol(cell) == RCD_SYM_BOUNDARY && is_elsewhere(cp);
}

/* Is it a character that no text of the languages of the models has? */
static int is_rare(uint32_t cp)
{
    const rcd_cell cell = rcd_cell_of(cp);
    return rcd_cell_group(cell) == RCD_COMMON ? has_no_model(cp, cell)
           : rcd_cell_group(cell) == RCD_HANI ? cp >= 0x3400u && cp < 0x4DC0u
                                              : rcd_cell_symbol(cell) == RCD_SYM_RARE;
}

/* The script of a letter, OTHER of one without a model; RCD_COMMON of all else. */
static unsigned script_of(uint32_t cp)
{
    const rcd_cell cell = rcd_cell_of(cp);
    return rcd_is_letter_cell(cell) ? rcd_cell_group(cell) : has_no_model(cp, cell) ? OTHER : RCD_COMMON;
}

/* The script of what stands at `i`, which ASCII tells at once. */
static unsigned script_at(const uint8_t *text, size_t len, size_t i)
{
    return i >= len             ? RCD_COMMON
           : text[i] >= 0x80u   ? script_of(character_at(text, len, i).cp)
           : rcd_is_letter(text[i]) ? RCD_LATN
                                    : RCD_COMMON;
}

/* Do letters touch it, all of its own script (1) or one of another (-1)? */
static int company_of(const uint8_t *text, size_t len, const character *c)
{
    const unsigned own = script_of(c->cp);
    size_t before = c->begin - 1u; /* none at the start */
    while (before < len && (text[before] & 0xC0u) == 0x80u) {
        before--;
    }
    const unsigned left = script_at(text, len, before), right = script_at(text, len, c->end);
    if (own == RCD_COMMON || (left == RCD_COMMON && right == RCD_COMMON)) {
        return 0;
    }
    return (left == RCD_COMMON || left == own) && (right == RCD_COMMON || right == own) ? 1 : -1;
}

int rcd_chance_strange(const uint8_t *text, size_t len, size_t first)
{
    unsigned count = 0, alike = 0;
    int lone = 0;
    uint32_t last = 0;
    for (size_t i = first; i < len;) {
        if (text[i] < 0x80u) {
            i++;
            continue;
        }
        const character c = character_at(text, len, i);
        const int company = company_of(text, len, &c);
        if (++count > RCD_CHANCE_MOST || company > 0 || (company == 0 && !is_rare(c.cp))) {
            return 0;
        }
        lone = company < 0 && c.end - c.begin == LONE_BYTES;
        alike += count > 1u && c.cp >> SCRIPT_SHIFT == last >> SCRIPT_SHIFT;
        last = c.cp;
        i = c.end;
    }
    /* By chance is no word of one rare script, nor a character between spaces. */
    return count == 1u ? lone : count > 0 && alike + 1u < count;
}

int rcd_chance_doubts_utf8(const rcd_detector *d)
{
    const uint64_t len = d->census.length;
    return d->utf8.characters - 1u < RCD_CHANCE_MOST && len <= RCD_CHANCE_LENGTH && len <= d->head_len &&
           d->options.declared != RCD_CS_UTF_8 && rcd_allowed(d, RCD_CS_UTF_8) &&
           rcd_chance_strange(d->head, (size_t)len, (size_t)d->census.first_high);
}
