/* rcd_excerpt.c : see rcd_excerpt.h. What is text and what is markup; rcd_excerpt_pick.c has the words of
 * which only those with high bytes are kept. */
#include "rcd_excerpt.h"

#include <string.h>

#include "rcd_bits.h"
#include "rcd_dispatch.h"
#include "rcd_excerpt_pick.h"
#include "rcd_letters.h"

/* A `<` that no `>` follows within this many bytes was not markup. */
#define TAG_LIMIT 1024u
/* Bytes that are looked through word by word, and by the library after that. */
#define SOON 64u
#define STRETCH 256u

void rcd_excerpt_init(rcd_excerpt *e)
{
    memset(e, 0, offsetof(rcd_excerpt, text));
}

static size_t near_length(const uint8_t *p, size_t len)
{
    size_t i = 0;
    for (; len - i >= 8u; i += 8u) {
        const uint64_t word = rcd_load_bytes(p + i);
        const uint64_t found = rcd_bytes_like(word, '<') | rcd_bytes_like(word, ';');
        if (found != 0) {
            return i + rcd_lowest_bit(found) / 8u;
        }
    }
    while (i < len && p[i] != '<' && p[i] != ';') {
        i++;
    }
    return i;
}

/* Length of the text before the first `<` or `;`, which mostly come soon or not for long. */
static size_t plain_length(const uint8_t *p, size_t len)
{
    size_t i = near_length(p, len < SOON ? len : SOON);
    if (i < SOON) {
        return i;
    }
    while (len - i >= STRETCH && memchr(p + i, '<', STRETCH) == NULL &&
           memchr(p + i, ';', STRETCH) == NULL) {
        i += STRETCH;
    }
    return i + near_length(p + i, len - i);
}

/* Length of the ASCII before the first `>`. */
static size_t tag_length(const uint8_t *p, size_t len)
{
    size_t i = 0;
    for (; len - i >= 8u; i += 8u) {
        const uint64_t word = rcd_load_bytes(p + i);
        const uint64_t found = (word & RCD_BYTE_TOPS) | rcd_bytes_like(word, '>');
        if (found != 0) {
            return i + rcd_lowest_bit(found) / 8u;
        }
    }
    while (i < len && p[i] < 0x80u && p[i] != '>') {
        i++;
    }
    return i;
}

static void leave_markup(rcd_excerpt *e, uint32_t state)
{
    e->state = state;
    e->picking = 0;
    e->word_len = 0;
    e->match = 0;
    rcd_excerpt_space(e);
}

/* `&name;` and `&#123;` stand for a character that is not in these bytes. */
static void drop_reference(rcd_excerpt *e)
{
    uint32_t end = e->len - 1u; /* of the name, before the semicolon */
    uint32_t least = end > 12u ? end - 12u : 0u;
    for (uint32_t i = end; i > least; i--) {
        uint8_t b = e->text[i - 1];
        if (b == '&') {
            if (i < end) {
                e->len = i - 1;
                rcd_excerpt_space(e);
            }
            return;
        }
        int name = (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') ||
                   b == '#';
        if (!name) {
            return;
        }
    }
}

static void text_byte(rcd_excerpt *e, uint8_t b)
{
    if (b == '<') {
        e->state = AFTER_LESS;
        return;
    }
    if (e->len == RCD_EXCERPT_SIZE) {
        return;
    }
    rcd_excerpt_put(e, b);
    e->high = (uint8_t)(b >= 0x80u || (e->high && !rcd_is_delimiter(b)));
    if (b == ';') {
        drop_reference(e);
    }
}

/* Takes the text up to the next `<` or `;`, where text_byte() would do no more than copy. Returns
 * the bytes taken. */
static size_t text_run(rcd_excerpt *e, const uint8_t *data, size_t len)
{
    size_t room = RCD_EXCERPT_SIZE - e->len;
    size_t most = RCD_EXCERPT_FULL - (size_t)e->pos;
    len = len < room ? len : room;
    len = len < most ? len : most;
    size_t n = plain_length(data, len);
    memcpy(e->text + e->len, data, n);
    e->len += (uint32_t)n;
    e->pos += n;
    for (size_t i = n; i > 0; i--) {
        if (data[i - 1] >= 0x80u || rcd_is_delimiter(data[i - 1])) {
            e->high = data[i - 1] >= 0x80u;
            break;
        }
    }
    return n;
}

/* Passes over the ASCII of a tag whose name is over. Returns the bytes taken. */
static size_t tag_run(rcd_excerpt *e, const uint8_t *data, size_t len)
{
    size_t most = RCD_EXCERPT_FULL - (size_t)e->pos;
    size_t limit = TAG_LIMIT - e->tag_len;
    size_t n = len < most ? len : most;
    n = tag_length(data, n < limit ? n : limit);
    if (n == len || data[n] != '>') {
        rcd_excerpt_pick_run(e, data, n);
    }
    e->tag_len += (uint32_t)n;
    e->pos += n;
    return n;
}

/* What follows a tag: its name is the letters after the `<`, in `name` as small ones. */
static uint32_t after_tag(const uint8_t *name, size_t len)
{
    if (len == 6 && memcmp(name, "script", 6) == 0) {
        return IN_SCRIPT;
    }
    return len == 5 && memcmp(name, "style", 5) == 0 ? IN_STYLE : IN_TEXT;
}

/* Passes over a tag of ASCII that is all there, as the steps below would. Returns its bytes, 0 when
 * it is none. */
static size_t whole_tag(rcd_excerpt *e, const uint8_t *data, size_t len)
{
    size_t most = RCD_EXCERPT_FULL - (size_t)e->pos;
    len = len < most ? len : most;
    len = len < TAG_LIMIT ? len : TAG_LIMIT;
    if (len < 3 || data[0] != '<' ||
        !(rcd_is_letter(data[1]) || data[1] == '/' || data[1] == '!' || data[1] == '?')) {
        return 0;
    }
    size_t end = 2u + tag_length(data + 2, len - 2u);
    if (end == len || data[end] != '>') {
        return 0;
    }
    uint8_t name[7];
    size_t letters = 0;
    while (letters < sizeof name && rcd_is_letter(data[1u + letters])) {
        name[letters] = (uint8_t)(data[1u + letters] | 0x20u);
        letters++;
    }
    leave_markup(e, after_tag(name, letters));
    e->pos += end + 1u;
    return end + 1u;
}

static void after_less_byte(rcd_excerpt *e, uint8_t b)
{
    if (rcd_is_letter(b) || b == '/' || b == '!' || b == '?') {
        rcd_excerpt_space(e);
        e->state = IN_TAG;
        e->tag_len = 1;
        e->picking = 0;
        e->word_len = 0;
        e->name_len = 0;
        if (rcd_is_letter(b)) {
            e->name[e->name_len++] = (uint8_t)(b | 0x20u);
        } else {
            e->name_len = (uint8_t)sizeof e->name; /* not an opening tag: no name to gather */
        }
        return;
    }
    e->state = IN_TEXT;
    rcd_excerpt_put(e, '<');
    text_byte(e, b);
}

static void tag_byte(rcd_excerpt *e, uint8_t b)
{
    if (b == '>') {
        leave_markup(e, after_tag(e->name, e->name_len));
        return;
    }
    if (++e->tag_len > TAG_LIMIT) {
        leave_markup(e, IN_TEXT);
        text_byte(e, b);
        return;
    }
    if (e->tag_len == (uint32_t)e->name_len + 1u && rcd_is_letter(b) && e->name_len < 7u) {
        e->name[e->name_len++] = (uint8_t)(b | 0x20u);
    }
    rcd_excerpt_pick(e, b);
}

static void raw_byte(rcd_excerpt *e, uint8_t b)
{
    const char *close = e->state == IN_SCRIPT ? "</script" : "</style";
    uint8_t low = rcd_is_letter(b) ? (uint8_t)(b | 0x20u) : b;
    if (low == (uint8_t)close[e->match]) {
        e->match++;
        if (close[e->match] == '\0') {
            leave_markup(e, IN_TAG);
            e->tag_len = 1;
            e->name_len = (uint8_t)sizeof e->name;
            return;
        }
    } else {
        e->match = b == '<' ? 1u : 0u;
    }
    rcd_excerpt_pick(e, b);
}

/* From RCD_EXCERPT_FULL on only words with high bytes are picked. */
static void leave_at_full(rcd_excerpt *e)
{
    if (e->pos != RCD_EXCERPT_FULL) {
        return;
    }
    if (e->state == IN_TEXT && e->high) {
        e->picking = 1; /* no cut here: it could fall inside a character */
        e->begin = UINT32_MAX;
        e->after = 0;
        e->word_len = 0;
    } else if (!e->picking) {
        leave_markup(e, IN_TEXT);
    }
}

size_t rcd_excerpt_feed(rcd_excerpt *e, const uint8_t *data, size_t len)
{
    size_t i = 0;
    while (i < len && e->pos < RCD_EXCERPT_FULL) {
        size_t n = 0;
        if (e->state == IN_TEXT) {
            n = data[i] == '<' ? whole_tag(e, data + i, len - i) : text_run(e, data + i, len - i);
        } else if (e->state == IN_TAG && !e->picking && e->tag_len != e->name_len) {
            n = tag_run(e, data + i, len - i);
        }
        if (n != 0) {
            i += n;
            leave_at_full(e);
            continue;
        }
        uint8_t b = data[i++];
        e->pos++;
        switch (e->state) {
        case IN_TEXT: text_byte(e, b); break;
        case AFTER_LESS: after_less_byte(e, b); break;
        case IN_TAG: tag_byte(e, b); break;
        default: raw_byte(e, b); break;
        }
        leave_at_full(e);
    }
    const rcd_kernels *k = rcd_kernels_get();
    while (i < len && e->len < RCD_EXCERPT_SIZE && e->dropped < RCD_EXCERPT_DROPPED) {
        if (!e->picking) {
            size_t run = k->ascii_run(data + i, len - i);
            rcd_excerpt_pick_run(e, data + i, run);
            i += run;
            e->pos += run;
        } else {
            const size_t run = rcd_excerpt_pick_word(e, data + i, len - i);
            i += run;
            e->pos += run;
        }
        if (i < len && e->len < RCD_EXCERPT_SIZE) {
            rcd_excerpt_pick(e, data[i++]);
            e->pos++;
        }
    }
    e->pos += len - i;
    return i;
}
