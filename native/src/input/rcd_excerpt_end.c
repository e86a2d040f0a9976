/* rcd_excerpt_end.c : the rest and the end of a long input in its excerpt. See rcd_excerpt.h. */
#include <string.h>

#include "rcd_excerpt.h"

/* Where text may be cut before the `most` last bytes that fit, and a little earlier: behind a space or a
 * line's end. @return 0 when there is no such place */
static size_t place_of_end(const rcd_excerpt *e, size_t most)
{
    const size_t room = RCD_EXCERPT_SIZE - most;
    size_t at = e->len < room ? e->len : room;
    const size_t least = e->len > RCD_EXCERPT_KEPT ? e->len - RCD_EXCERPT_KEPT : 0;
    while (at > least && e->text[at - 1u] != ' ' && e->text[at - 1u] != '\n') {
        at--;
    }
    return at > least ? at : 0;
}

int rcd_excerpt_end(rcd_excerpt *e, const rcd_rest *rest, const uint8_t *last, size_t len,
                    rcd_excerpt_kept *kept)
{
    uint8_t text[RCD_REST_TEXT];
    size_t from = 0;
    if (e->pos <= RCD_EXCERPT_SIZE) {
        return 0;
    }
    while (from < len && last[from] != '\n' && last[from] != '\r' && last[from] != ' ') {
        from++; /* a part of a character, perhaps */
    }
    const size_t before = rcd_rest_text(rest, text);
    const size_t at = from < len ? place_of_end(e, before + len - from) : 0;
    if (at == 0) {
        return 0;
    }
    kept->len = e->len;
    kept->at = (uint32_t)at;
    memcpy(kept->text, e->text + at, e->len - at);
    e->text[at] = '\n';
    memcpy(e->text + at + 1u, text, before);
    memcpy(e->text + at + 1u + before, last + from + 1u, len - from - 1u);
    e->len = (uint32_t)(at + before + len - from);
    return 1;
}

void rcd_excerpt_restore(rcd_excerpt *e, const rcd_excerpt_kept *kept)
{
    memcpy(e->text + kept->at, kept->text, kept->len - kept->at);
    e->len = kept->len;
}
