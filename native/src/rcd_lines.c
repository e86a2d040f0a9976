/* rcd_lines.c : see rcd_lines.h. */
#include "rcd_lines.h"

#include <string.h>

#include "rcd_utf8.h"

/* What must be seen of either side: one stray byte is damage, not another encoding. */
#define LEAST_BAD 3u
#define LEAST_GOOD 2u
#define LEAST_GOOD_OF_PAIRS 6u
#define LEAST_IN_LINE_OF_PAIRS 3u

int rcd_lines_mixed(const uint8_t *text, size_t len, int pairs)
{
    uint64_t good = 0, bad = 0;
    uint64_t bad_lines = 0;
    for (size_t i = 0; i < len;) {
        const uint8_t *end = memchr(text + i, '\n', len - i);
        size_t n = end != NULL ? (size_t)(end - text) + 1u - i : len - i;
        rcd_utf8 line;
        uint64_t line_bad, first_bad;
        rcd_utf8_init(&line);
        rcd_utf8_feed(&line, text + i, n);
        rcd_utf8_end(&line, 0, &line_bad, &first_bad);
        if (line_bad == 0 && (!pairs || line.characters >= LEAST_IN_LINE_OF_PAIRS)) {
            good += line.characters;
        } else if (line.characters == 0) {
            bad += line_bad;
            bad_lines += line_bad > 0;
        }
        i += n;
    }
    return good >= (pairs ? LEAST_GOOD_OF_PAIRS : LEAST_GOOD) &&
           (bad >= LEAST_BAD || bad_lines >= 2u);
}
