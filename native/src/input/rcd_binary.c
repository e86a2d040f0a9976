/* rcd_binary.c : when control bytes are too many for text, and the names of what is no text. */
#include "rcd_binary.h"

#include <string.h>

/* Marks of programs are of so many kinds in a text, and at most one of so many bytes; a shorter one says
 * too little. */
#define MARK_KINDS 6u
#define MARKED_EACH 4u
#define MARKED_LEAST 64u
#define SEPARATED_LEAST 8u /* but what has no more than ASCII and its separators */
#define FILLED_LEAST 5u /* bytes in front of NULs: what is shorter may be a number, */
#define FILLED_SHORT 3u /* but where there is more than ASCII */

#define NAME(kind, name) name,
static const char *const names[] = {"", RCD_BINARY_KINDS(NAME)};
#undef NAME

const char *rcd_binary_name(int kind)
{
    return kind > 0 && kind < RCD_BINARY_COUNT ? names[kind] : "";
}

/* Controls that programs put between the parts of a text: separators of fields and records (01 to 04 and
 * 1C to 1F; in FIX, Hive, MARC, Texinfo), styles of printers and of IRC (0E, 0F, 12, 14), what stands for a
 * character that is lost, or fills the last record of CP/M (1A), what ends the line of a definition in
 * Emacs' TAGS (7F). Numbers and lengths are rather among those that are missing. */
static const uint8_t marks[] = {0x01, 0x02, 0x03, 0x04, 0x0E, 0x0F, 0x12, 0x14,
                                0x1A, 0x1C, 0x1D, 0x1E, 0x1F, 0x7F};

/* Controls that text does not have by itself. */
static uint64_t count_odd(const rcd_census *c)
{
    uint64_t odd = c->count[0x7F];
    for (unsigned b = 0x01; b < 0x20; b++) {
        /* BEL rings, and ends the titles that programs set; BS overstrikes in old manuals, VT stands
         * in Word's line breaks, ESC colours terminals. */
        int text = (b >= 0x07 && b <= 0x0D) || b == 0x1B;
        odd += text ? 0 : c->count[b];
    }
    return odd;
}

/* More of one byte than any text has, but for NULs. */
static int is_flooded(const rcd_census *c)
{
    /* The shortest escape sequence that means anything has three bytes. */
    if (c->count[0x1B] + c->count[0x07] >= 16 && c->count[0x1B] + c->count[0x07] > c->length / 3) {
        return 1;
    }
    /* Erased flash memory, white pictures: where FF is a letter it is a rare one. */
    if (c->count[0xFF] >= 16 && c->count[0xFF] > rcd_census_head(c) * 3 / 4) {
        return 1;
    }
    return 0;
}

static int has_many_nuls(const rcd_census *c) { return c->nul >= 2 && c->nul > c->length / 8; }

int rcd_binary_is_mark(unsigned byte)
{
    return memchr(marks, (int)byte, sizeof marks) != NULL;
}

int rcd_binary_may_be_marked(const rcd_census *c)
{
    const uint64_t *n = c->count;
    uint64_t marked = 0;
    unsigned kinds = 0;
    for (size_t i = 0; i < sizeof marks; i++) {
        marked += n[marks[i]];
        kinds += n[marks[i]] != 0;
    }
    /* A style ends where it began, TAGS have one definition a line, and Texinfo's marks NUL and BS. */
    const int in_pairs = n[0x14] <= n[0x0E] && n[0x12] <= n[0x0F] + n[0x1B] && n[0x7F] <= n['\n'] &&
                         c->nul <= n[0x08];
    const uint64_t separators = n[0x1C] + n[0x1D] + n[0x1E] + n[0x1F];
    const int separated = separators == marked && c->first_high == UINT64_MAX;
    const uint64_t least = separated ? SEPARATED_LEAST : MARKED_LEAST;
    /* Tables of numbers have FF for those that are missing. */
    return c->length >= least && n[0xFF] <= rcd_census_head(c) / 8u && kinds > 0 &&
           kinds <= MARK_KINDS && marked <= c->length / MARKED_EACH && in_pairs &&
           marked == count_odd(c) && !is_flooded(c) && !has_many_nuls(c);
}

int rcd_binary_may_be_filled(const rcd_census *c)
{
    const uint64_t before = c->length - c->filled;
    const uint64_t least = c->first_high == UINT64_MAX ? FILLED_LEAST : FILLED_SHORT;
    return rcd_census_is_filled(c) && before >= least && count_odd(c) == 0 &&
           c->count[0xFF] <= 1u + before / 8u && !is_flooded(c);
}

int rcd_binary_by_census(const rcd_census *c)
{
    /* DOS ended its texts with one. */
    const uint64_t odd = count_odd(c) - (c->count[0x1A] != 0);
    /* Random and compressed bytes are odd in every tenth place and NUL in every 256th; programs
     * and media have NULs in runs. Names cut off by NULs (as find -print0 writes them) have one
     * in about twenty, and nothing else. */
    if (odd >= 2 && odd > c->length / 50) {
        return RCD_BINARY_DATA;
    }
    if (odd >= 1 && c->nul >= 1 && (odd + c->nul) > c->length / 50) {
        return RCD_BINARY_DATA;
    }
    return is_flooded(c) || has_many_nuls(c) ? RCD_BINARY_DATA : 0;
}
