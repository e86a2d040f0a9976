/* rcd_declared_html.c : <meta> by the prescan of the HTML Standard, 13.2.3.2 and 13.2.5.
 *
 *  "Prescan a byte stream to determine its encoding", "get an attribute" and "extracting a
 *  character encoding from a meta element", step by step, so that what a browser finds is found.
 *  The list of attribute names that the standard keeps is needed for three names only. */
#include "rcd_declared_parts.h"

#include <string.h>

#include "rcd_charset_ids.h"
#include "rcd_letters.h"
#include "recodec.h"

/* The standard looks at 1024 bytes. Pages with more before their <meta> are common (scripts,
 * comments, Open Graph), browsers find it later while parsing; text that is no HTML has no parser
 * to find it. */
#define PRESCAN_BYTES 1024

typedef struct {
    size_t start;
    size_t len;
} slice;

typedef struct {
    const uint8_t *data;
    size_t len;
    size_t pos;
} cursor;

typedef struct {
    slice name;
    slice value;
} attribute;

/* Cut: the text ends inside, which ends the prescan; the cursor is at the end then. */
enum { ATTRIBUTE_FOUND, ATTRIBUTE_NONE, ATTRIBUTE_CUT };

static int is(const cursor *c, slice s, const char *word)
{
    return s.len == strlen(word) && rcd_declared_word(c->data, c->len, s.start, word);
}

static void skip_spaces(cursor *c)
{
    while (c->pos < c->len && rcd_is_space(c->data[c->pos])) {
        c->pos++;
    }
}

/* The value of an attribute; c->pos is after the `=`. */
static int get_value(cursor *c, slice *value)
{
    skip_spaces(c);
    if (c->pos == c->len) {
        return ATTRIBUTE_CUT;
    }
    unsigned quote = c->data[c->pos];
    if (quote == '"' || quote == '\'') {
        size_t start = c->pos + 1;
        const uint8_t *end = memchr(c->data + start, (int)quote, c->len - start);
        if (end == NULL) {
            c->pos = c->len;
            return ATTRIBUTE_CUT;
        }
        value->start = start;
        value->len = (size_t)(end - c->data) - start;
        c->pos = start + value->len + 1;
        return ATTRIBUTE_FOUND;
    }
    value->start = c->pos;
    while (c->pos < c->len && !rcd_is_space(c->data[c->pos]) && c->data[c->pos] != '>') {
        c->pos++;
    }
    value->len = c->pos - value->start;
    return c->pos < c->len ? ATTRIBUTE_FOUND : ATTRIBUTE_CUT;
}

static int get_attribute(cursor *c, attribute *a)
{
    while (c->pos < c->len && (rcd_is_space(c->data[c->pos]) || c->data[c->pos] == '/')) {
        c->pos++;
    }
    if (c->pos == c->len) {
        return ATTRIBUTE_CUT;
    }
    if (c->data[c->pos] == '>') {
        return ATTRIBUTE_NONE;
    }
    a->name.start = c->pos;
    a->value.start = c->pos;
    a->value.len = 0;
    for (; c->pos < c->len; c->pos++) {
        unsigned byte = c->data[c->pos];
        a->name.len = c->pos - a->name.start;
        if (byte == '=' && a->name.len > 0) {
            c->pos++;
            return get_value(c, &a->value);
        }
        if (byte == '/' || byte == '>') {
            return ATTRIBUTE_FOUND;
        }
        if (rcd_is_space(byte)) {
            skip_spaces(c);
            if (c->pos < c->len && c->data[c->pos] == '=') {
                c->pos++;
                return get_value(c, &a->value);
            }
            return c->pos < c->len ? ATTRIBUTE_FOUND : ATTRIBUTE_CUT;
        }
    }
    return ATTRIBUTE_CUT;
}

/* The label in the value of a `content` attribute; length 0 when there is none. */
static slice extract(const cursor *c, slice content)
{
    slice label = {content.start, 0};
    size_t end = content.start + content.len;
    size_t pos = content.start;
    while (pos < end) {
        if (!rcd_declared_word(c->data, end, pos, "charset")) {
            pos++;
            continue;
        }
        pos += 7;
        while (pos < end && rcd_is_space(c->data[pos])) {
            pos++;
        }
        if (pos == end || c->data[pos] != '=') {
            continue;
        }
        pos++;
        while (pos < end && rcd_is_space(c->data[pos])) {
            pos++;
        }
        if (pos == end) {
            return label;
        }
        unsigned quote = c->data[pos];
        if (quote == '"' || quote == '\'') {
            const uint8_t *close = memchr(c->data + pos + 1, (int)quote, end - pos - 1);
            if (close != NULL) {
                label.start = pos + 1;
                label.len = (size_t)(close - c->data) - label.start;
            }
            return label;
        }
        label.start = pos;
        while (pos < end && !rcd_is_space(c->data[pos]) && c->data[pos] != ';') {
            pos++;
        }
        label.len = pos - label.start;
        return label;
    }
    return label;
}

static slice trim(const cursor *c, slice s)
{
    while (s.len > 0 && rcd_is_space(c->data[s.start])) {
        s.start++;
        s.len--;
    }
    while (s.len > 0 && rcd_is_space(c->data[s.start + s.len - 1])) {
        s.len--;
    }
    return s;
}

static int html_charset(const uint8_t *label, size_t len)
{
    int charset = rcd_charset_from_label(label, len);
    if (charset == RCD_CS_UTF_16 || charset == RCD_CS_UTF_16_LE || charset == RCD_CS_UTF_16_BE) {
        return RCD_CS_UTF_8;
    }
    if (charset == RCD_CS_X_USER_DEFINED) {
        return RCD_CS_CP1252;
    }
    return rcd_declared_charset(label, len);
}

/* The attributes of a <meta>; c->pos is after its name. */
static int read_meta(cursor *c, size_t base, rcd_declaration *out)
{
    int seen_equiv = 0;
    int seen_content = 0;
    int seen_charset = 0;
    int got_pragma = 0;
    int need_pragma = 0;
    slice label = {0, 0};
    attribute a;
    int found;
    while ((found = get_attribute(c, &a)) == ATTRIBUTE_FOUND) {
        if (!seen_equiv && is(c, a.name, "http-equiv")) {
            seen_equiv = 1;
            got_pragma = is(c, a.value, "content-type");
        } else if (!seen_content && is(c, a.name, "content")) {
            seen_content = 1;
            slice in_content = trim(c, extract(c, a.value));
            /* The standard wants a known encoding here, and keeps `charset` when it has one. */
            if (!seen_charset && in_content.len > 0) {
                label = in_content;
                need_pragma = 1;
            }
        } else if (!seen_charset && is(c, a.name, "charset")) {
            seen_charset = 1;
            label = trim(c, a.value);
            need_pragma = 0;
        }
    }
    if (found == ATTRIBUTE_CUT || label.len == 0 || (need_pragma && !got_pragma)) {
        return 0;
    }
    return rcd_declared_note(out, RCD_DECLARED_HTML, html_charset(c->data + label.start, label.len),
                             base + label.start, label.len, 0);
}

/* Has the text one of the tags that begin a page? */
static int looks_like_html(const uint8_t *data, size_t len)
{
    static const char *const tags[] = {"!doctype html", "html", "head",  "title", "meta",
                                       "link",          "body", "style", "script"};
    for (size_t pos = 0; pos < len; pos++) {
        /* A flood of signs is passed over without a look at the nine names. */
        if (data[pos] != '<' || pos + 1 == len ||
            (!rcd_is_letter(data[pos + 1]) && data[pos + 1] != '!')) {
            continue;
        }
        for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
            size_t after = pos + 1 + strlen(tags[i]);
            if (rcd_declared_word(data, len, pos + 1, tags[i]) && after < len &&
                !rcd_is_alnum(data[after])) {
                return 1;
            }
        }
    }
    return 0;
}

/* Moves to the `>` that ends a comment; c->pos is at its `<`. The two hyphens before it may be
 * those of the opening. */
static void skip_comment(cursor *c)
{
    for (size_t at = c->pos + 4; at < c->len; at++) {
        if (c->data[at] == '>' && c->data[at - 1] == '-' && c->data[at - 2] == '-') {
            c->pos = at;
            return;
        }
    }
    c->pos = c->len;
}

/* Does the start of a meta element occur? */
static int has_meta(const uint8_t *data, size_t len)
{
    const uint8_t *open = memchr(data, '<', len);
    for (size_t pos; open != NULL; open = memchr(data + pos, '<', len - pos)) {
        pos = (size_t)(open - data) + 1u;
        if (pos < len && (data[pos] | 0x20u) == 'm' &&
            rcd_declared_word(data, len, pos - 1u, "<meta")) {
            return 1;
        }
    }
    return 0;
}

int rcd_declared_html(const uint8_t *data, size_t len, size_t base, rcd_declaration *out)
{
    size_t limit = len < PRESCAN_BYTES ? len : PRESCAN_BYTES;
    if (!has_meta(data, len)) {
        return 0; /* whatever the tags are */
    }
    cursor c = {data, looks_like_html(data, limit) ? len : limit, 0};
    for (; c.pos < c.len; c.pos++) {
        const uint8_t *open = memchr(data + c.pos, '<', c.len - c.pos);
        if (open == NULL) {
            return 0;
        }
        c.pos = (size_t)(open - data);
        size_t left = c.len - c.pos;
        unsigned next = left > 1 ? open[1] : 0;
        while (next == '<') { /* of a flood of them only the last can open a tag */
            open++;
            c.pos++;
            left--;
            next = left > 1 ? open[1] : 0;
        }
        unsigned after_meta = left > 5 ? open[5] : 0;
        if (left >= 4 && memcmp(open, "<!--", 4) == 0) {
            skip_comment(&c);
        } else if ((next | 0x20u) == 'm' && rcd_declared_word(data, c.len, c.pos, "<meta") &&
                   (rcd_is_space(after_meta) || after_meta == '/')) {
            c.pos += 5;
            if (read_meta(&c, base, out)) {
                return 1;
            }
        } else if (rcd_is_letter(next) || (next == '/' && left > 2 && rcd_is_letter(open[2]))) {
            attribute a;
            while (c.pos < c.len && !rcd_is_space(data[c.pos]) && data[c.pos] != '>') {
                c.pos++;
            }
            while (get_attribute(&c, &a) == ATTRIBUTE_FOUND) {
            }
        } else if (next == '!' || next == '/' || next == '?') {
            const uint8_t *close = memchr(open, '>', left);
            c.pos = close != NULL ? (size_t)(close - data) : c.len;
        }
    }
    return 0;
}
