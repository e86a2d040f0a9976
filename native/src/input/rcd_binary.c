/* rcd_binary.c : when control bytes are too many for text, and the names of what is no text. */
#include "rcd_binary.h"

#define NAME(kind, name) name,
static const char *const names[] = {"", RCD_BINARY_KINDS(NAME)};
#undef NAME

const char *rcd_binary_name(int kind)
{
    return kind > 0 && kind < RCD_BINARY_COUNT ? names[kind] : "";
}

int rcd_binary_by_census(const rcd_census *c)
{
    uint64_t odd = c->count[0x7F];
    for (unsigned b = 0x01; b < 0x20; b++) {
        /* BEL rings, and ends the titles that programs set; BS overstrikes in old manuals, VT stands
         * in Word's line breaks, ESC colours terminals. */
        int text = (b >= 0x07 && b <= 0x0D) || b == 0x1B;
        odd += text ? 0 : c->count[b];
    }
    /* DOS ended its texts with one. */
    odd -= c->count[0x1A] != 0;
    uint64_t nul = c->nul;
    uint64_t len = c->length;
    /* Random and compressed bytes are odd in every tenth place and NUL in every 256th; programs
     * and media have NULs in runs. Names cut off by NULs (as find -print0 writes them) have one
     * in about twenty, and nothing else. */
    if (odd >= 2 && odd > len / 50) {
        return RCD_BINARY_DATA;
    }
    if (odd >= 1 && nul >= 1 && (odd + nul) > len / 50) {
        return RCD_BINARY_DATA;
    }
    /* The shortest escape sequence that means anything has three bytes. */
    if (c->count[0x1B] + c->count[0x07] >= 16 && c->count[0x1B] + c->count[0x07] > len / 3) {
        return RCD_BINARY_DATA;
    }
    /* Erased flash memory, white pictures: where FF is a letter it is a rare one. */
    if (c->count[0xFF] >= 16 && c->count[0xFF] > rcd_census_head(c) * 3 / 4) {
        return RCD_BINARY_DATA;
    }
    return nul >= 2 && nul > len / 8 ? RCD_BINARY_DATA : 0;
}
