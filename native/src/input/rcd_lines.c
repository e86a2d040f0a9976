/* rcd_lines.c : see rcd_lines.h. */
#include "rcd_small.h"

#include "rcd_lines.h"

#include <string.h>

#include "rcd_kernels.h"
#include "rcd_letters.h"
#include "rcd_utf8.h"

/* What must be seen of either side: one stray byte is damage, not another encoding, and so are those of
 * one character that is cut. */
#define LEAST_BAD 3u
#define LEAST_APART 2u /* which stand apart */
#define LEAST_GOOD 2u
/* Pairs of high bytes are well-formed by chance at times, so that a few short lines of Chinese in a
 * list of hundreds are. UTF-8 has more of them, or one that no chance makes. */
#define LINES_EACH 20u
#define LONG_LINE 8u
#define CHANCE_MOST 3u /* characters that may be others of two bytes in GBK and EUC */
#define PART 16u /* bytes of a line between two looks at whether it is lost */

/* How often a well-formed pair of bytes comes twice in a row. */
static uint64_t pairs_again(const uint8_t *line, size_t len)
{
    uint64_t again = 0;
    for (size_t i = 0; i + 3 < len; i++) {
        if (line[i] >= 0xC2u && line[i] < 0xE0u) {
            again += line[i] == line[i + 2] && line[i + 1] == line[i + 3];
            i++; /* the trail byte */
        }
    }
    return again;
}

/* Whether most is ill-formed whatever the last `left` bytes are: a character takes two, or one
 * behind the start of it that is there. */
static int is_lost(const rcd_utf8 *line, size_t left)
{
    return line->bad * 2u > line->characters + left / 2u + 1u;
}

/* Reads the line, or as much of it as says that most is ill-formed. */
static void read_line(rcd_utf8 *line, const uint8_t *text, size_t n)
{
    rcd_utf8_init(line);
    for (size_t i = 0; i < n && !is_lost(line, n - i);) {
        /* What is well-formed so far mostly is to its end. */
        size_t most = i == 0 || line->bad > 0 ? PART : n;
        size_t part = n - i < most ? n - i : most;
        rcd_utf8_feed(line, text + i, part);
        i += part;
    }
}

size_t rcd_line_next(const uint8_t *text, size_t len, enum rcd_line *kind, uint64_t *characters)
{
    const uint8_t *end = memchr(text, '\n', len);
    size_t n = end != NULL ? (size_t)(end - text) + 1u : len;
    rcd_utf8 line;
    uint64_t bad, first_bad;
    read_line(&line, text, n);
    rcd_utf8_end(&line, 0, &bad, &first_bad);
    *characters = line.characters;
    *kind = bad == 0                     ? (line.characters > 0 ? RCD_LINE_UTF8 : RCD_LINE_ASCII)
            : bad * 2u > line.characters ? RCD_LINE_OTHER
                                         : RCD_LINE_DAMAGED;
    const int read = *kind == RCD_LINE_UTF8 || *kind == RCD_LINE_DAMAGED;
    if (read && pairs_again(text, n) * 2u > line.characters) {
        *kind = RCD_LINE_RULE;
    }
    return n;
}

/* May the few characters of a well-formed line be as many of GBK or EUC, whose bytes lie above A0? Between
 * letters of ASCII, as in `M\xC3\xBCller`, they are not. */
static int is_chance(const uint8_t *line, size_t len)
{
    unsigned count = 0;
    for (size_t i = 0; i < len; i++) {
        if (line[i] < 0x80u) {
            continue;
        }
        const int joined = (i > 0 && rcd_is_letter(line[i - 1u])) ||
                           (i + 2u < len && rcd_is_letter(line[i + 2u]));
        if (line[i] >= 0xE0u || line[i + 1u] <= 0xA0u || joined || ++count > CHANCE_MOST) {
            return 0;
        }
        i++; /* the trail byte */
    }
    return 1;
}

uint64_t rcd_lines_good(const uint8_t *text, size_t len)
{
    const rcd_kernels *k = rcd_kernels_get();
    uint64_t good = 0;
    for (size_t i = 0, n; i < len && good < LEAST_GOOD; i += n) {
        n = text[i] < 0x80u ? k->ascii_run(text + i, len - i) : 0;
        if (n == len - i) {
            break;
        }
        /* The lines before are ASCII; this one may begin among them. */
        const uint8_t *high = text + i + n;
        const uint8_t *end = memchr(high, '\n', len - i - n);
        const size_t left = end != NULL ? (size_t)(end - high) + 1u : len - i - n;
        uint64_t characters = 0;
        if (rcd_utf8_character(high, left) != 0 && k->utf8_run(high, left, &characters) == left) {
            good += characters;
        }
        n += left;
    }
    return good;
}

int rcd_lines_mixed(const uint8_t *text, size_t len)
{
    /* Most text in other encodings breaks in each line at its first byte beyond ASCII. */
    if (rcd_lines_good(text, len) < LEAST_GOOD) {
        return 0;
    }
    uint64_t good = 0, good_lines = 0, longest = 0;
    uint64_t bad = 0, bad_lines = 0, apart = 0;
    for (size_t i = 0; i < len;) {
        enum rcd_line kind;
        uint64_t characters;
        size_t n = rcd_line_next(text + i, len - i, &kind, &characters);
        if (kind == RCD_LINE_UTF8 && !is_chance(text + i, n)) {
            good += characters;
            good_lines++;
            longest = characters > longest ? characters : longest;
        } else if (kind == RCD_LINE_OTHER) {
            bad_lines++;
            for (size_t k = i; k < i + n; k++) {
                bad += text[k] >= 0x80u;
                apart += text[k] >= 0x80u && (k == i || text[k - 1u] < 0x80u);
            }
        }
        i += n;
    }
    return good >= LEAST_GOOD && (bad >= LEAST_BAD || apart >= LEAST_APART) &&
           (longest >= LONG_LINE || good_lines * LINES_EACH >= bad_lines);
}

uint64_t rcd_lines_ruled(const uint8_t *text, size_t len)
{
    uint64_t ruled = 0;
    for (size_t i = 0; i < len;) {
        enum rcd_line kind;
        uint64_t characters;
        i += rcd_line_next(text + i, len - i, &kind, &characters);
        ruled += kind == RCD_LINE_RULE ? characters : 0u;
    }
    return ruled;
}
