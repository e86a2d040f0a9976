/* rcd_doubled.c : see rcd_doubled.h.
 *
 *  Text that nobody garbled fails at its first run: its second character would have to be the image
 *  of a trail byte right after that of a lead byte, for every run. So the whole text is only walked
 *  where the first run fits.
 */
#include "rcd_small.h"

#include "rcd_doubled.h"

#include "rcd_charset_ids.h"
#include "rcd_single_byte.h"

/* Charsets that programs take for granted, and so misread UTF-8 in. With a sign of C2 or C3 before
 * a sign of a trail byte, one character is proof in Latin-1's relatives; the letters of others do
 * follow each other in words, so that they must say it more often. */
static const struct {
    uint16_t charset;
    uint16_t least; /* characters */
} inner[] = {
    {RCD_CS_CP1252, 1},    {RCD_CS_ISO8859_1, 1}, {RCD_CS_CP1251, 4},    {RCD_CS_CP1250, 3},
    {RCD_CS_MAC_ROMAN, 3}, {RCD_CS_CP437, 3},     {RCD_CS_CP850, 3},     {RCD_CS_CP1254, 3},
    {RCD_CS_CP1253, 4},    {RCD_CS_CP1257, 3},    {RCD_CS_CP852, 3},     {RCD_CS_CP866, 4},
    {RCD_CS_KOI8_R, 4},    {RCD_CS_ISO8859_2, 3}, {RCD_CS_CP1255, 4},    {RCD_CS_CP1256, 4},
};
#define INNER (sizeof inner / sizeof inner[0])

/* The byte in from..to that `cp` is the image of, 0 = none. */
static unsigned byte_of(const uint16_t *table, uint32_t cp, unsigned from, unsigned to)
{
    if (cp >= 0x80u && cp <= 0x9Fu) {
        int control = table[cp] == RCD_UNASSIGNED || table[cp] == cp;
        return cp >= from && cp <= to && control ? cp : 0u;
    }
    if (cp >= RCD_UNASSIGNED) {
        return 0;
    }
    /* No charset of the list has a character twice, so that compilers may look at many at once. */
    uint16_t found = 0;
    for (unsigned b = from; b <= to; b++) {
        found = (uint16_t)(found | (table[b] == (uint16_t)cp ? b : 0u));
    }
    return found;
}

/* One character written in the images of its bytes: its length in these, 0 = not well-formed. */
static size_t character(const uint16_t *table, const uint32_t *p, size_t n, uint32_t *meant)
{
    unsigned lead = byte_of(table, p[0], 0xC2, 0xF4);
    size_t more = lead >= 0xF0u ? 3u : lead >= 0xE0u ? 2u : 1u;
    if (lead == 0 || n <= more) {
        return 0;
    }
    uint32_t cp = lead & (0x3Fu >> more);
    for (size_t k = 1; k <= more; k++) {
        unsigned from = k > 1 ? 0x80u : lead == 0xE0u ? 0xA0u : lead == 0xF0u ? 0x90u : 0x80u;
        unsigned to = k > 1 ? 0xBFu : lead == 0xEDu ? 0x9Fu : lead == 0xF4u ? 0x8Fu : 0xBFu;
        unsigned trail = byte_of(table, p[k], from, to);
        if (trail == 0) {
            return 0;
        }
        cp = (cp << 6) | (trail & 0x3Fu);
    }
    *meant = cp;
    return more + 1u;
}

/* Whether all runs fit, and at least `least` characters are meant. */
static int fits(const uint16_t *table, const uint32_t *text, size_t len, size_t least)
{
    size_t found = 0;
    for (size_t i = 0; i < len;) {
        if (text[i] < 0x80u || text[i] == 0xFEFFu) {
            i++;
            continue;
        }
        uint32_t meant;
        size_t n = character(table, text + i, len - i, &meant);
        if (n == 0) {
            return 0;
        }
        found++;
        i += n;
    }
    return found >= least;
}

unsigned rcd_doubled_charset(const uint32_t *text, size_t len)
{
    size_t first = 0;
    while (first < len && (text[first] < 0x80u || text[first] == 0xFEFFu)) {
        first++;
    }
    if (first + 1 >= len || text[first + 1] < 0x80u) {
        return 0; /* a character by itself: no lead byte is */
    }
    for (size_t k = 0; k < INNER; k++) {
        const uint16_t *table = rcd_single_byte_table(inner[k].charset);
        if (table != NULL && fits(table, text + first, len - first, inner[k].least)) {
            return inner[k].charset;
        }
    }
    return 0;
}

size_t rcd_doubled_undo(uint32_t *text, size_t len, unsigned charset)
{
    const uint16_t *table = rcd_single_byte_table((int)charset);
    size_t out = 0;
    for (size_t i = 0; i < len && table != NULL;) {
        uint32_t meant = text[i];
        size_t n = meant < 0x80u ? 0 : character(table, text + i, len - i, &meant);
        text[out++] = meant;
        i += n > 0 ? n : 1u;
    }
    return table != NULL ? out : len;
}
