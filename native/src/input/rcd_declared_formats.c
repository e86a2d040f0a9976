/* rcd_declared_formats.c : what the formats of plain files say of their encoding, each on a line of its
 * own: catalogues and messages, TeX and Texinfo, LyX, Perl's documentation, Vim scripts, dictionaries
 * and hyphenation patterns, dumps of databases, JabRef's bibliographies, cards, Rich Text, resources of
 * Windows.
 *
 * Only labels that are known are noted: these are words of the format's users as well. */
#include "rcd_small.h"

#include <string.h>

#include "rcd_charset_ids.h"
#include "rcd_declared_parts.h"

/* A line that is nothing but a label. */
#define SHORTEST_LABEL 4u /* l2 is more often something else */
#define LONGEST_LABEL 24u

typedef struct {
    const uint8_t *data;
    size_t len; /* of the data */
    size_t start;
    size_t end; /* without the line end */
    size_t base;
    rcd_declaration *out;
} line;

static int word_at(const line *l, size_t pos, const char *word)
{
    return rcd_declared_word(l->data, l->end, pos, word);
}

static size_t skip_blanks(const line *l, size_t pos)
{
    while (pos < l->end && (l->data[pos] == ' ' || l->data[pos] == '\t')) {
        pos++;
    }
    return pos;
}

/* Where the line has a word, from `pos` on; its end when it has not. */
static size_t find_word(const line *l, size_t pos, const char *word)
{
    while (pos < l->end && !word_at(l, pos, word)) {
        pos++;
    }
    return pos;
}

static int note(const line *l, size_t from, size_t to, int charset)
{
    return charset != 0 && rcd_declared_note(l->out, RCD_DECLARED_FORMAT, charset, l->base + from,
                                             to - from, 0);
}

/* Dictionaries have microsoft-cp1251. */
static int plain_charset(const uint8_t *label, size_t len)
{
    static const char maker[] = "microsoft-";
    const size_t n = rcd_declared_word(label, len, 0, maker) ? strlen(maker) : 0;
    return rcd_declared_charset(label + n, len - n);
}

/* The label at `from`, behind blanks and a quote. */
static int label_at(const line *l, size_t from)
{
    from = skip_blanks(l, from);
    if (from < l->end && (l->data[from] == '"' || l->data[from] == '\'')) {
        from++;
    }
    const size_t to = rcd_label_end(l->data, l->end, from);
    return note(l, from, to, plain_charset(l->data + from, to - from));
}

/* The names that TeX has for encodings and nobody else. */
static int tex_charset(const uint8_t *label, size_t len)
{
    static const struct {
        const char *name;
        int charset;
    } names[] = {
        {"ansinew", RCD_CS_CP1252}, {"applemac", RCD_CS_MAC_ROMAN}, {"macce", RCD_CS_MAC_LATIN2},
        {"maccyr", RCD_CS_MAC_CYRILLIC}, {"cp437de", RCD_CS_CP437}, {"decmulti", RCD_CS_DEC_MCS},
        {"next", RCD_CS_NEXTSTEP}, {"isocyr", RCD_CS_ISO8859_5},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strlen(names[i].name) == len && rcd_declared_word(label, len, 0, names[i].name)) {
            return names[i].charset;
        }
    }
    return rcd_declared_charset(label, len);
}

/* \usepackage[latin2]{inputenc}, \inputencoding{latin2}; of several options the last known. LyX has a
 * space in the place of the braces. */
static int tex_line(const line *l, size_t pos)
{
    size_t from, to;
    if (word_at(l, pos, "\\inputencoding{") || word_at(l, pos, "\\inputencoding ")) {
        from = pos + strlen("\\inputencoding{");
        to = rcd_label_end(l->data, l->end, from);
        return note(l, from, to, tex_charset(l->data + from, to - from));
    }
    if (!word_at(l, pos, "\\usepackage[")) {
        return 0;
    }
    const size_t close = find_word(l, pos, "]{inputenc}");
    if (close == l->end) {
        return 0;
    }
    for (to = close; l->data[to] != '['; to = from - 1u) {
        from = to;
        while (rcd_is_label_byte(l->data[from - 1u])) {
            from--;
        }
        if (note(l, from, to, tex_charset(l->data + from, to - from))) {
            return 1;
        }
    }
    return 0;
}

/* Content-Type: text/plain; charset=... in headers of messages and, quoted, of gettext's catalogues. */
static int header_line(const line *l, size_t pos)
{
    pos += pos < l->end && l->data[pos] == '"';
    if (!word_at(l, pos, "content-type:")) {
        return 0;
    }
    pos = find_word(l, pos, "charset=");
    return pos < l->end && label_at(l, pos + strlen("charset="));
}

/* The first line of hyphenation patterns and thesauri is their charset. A word alone may be any: there
 * is a digit in the names of charsets, and a letter. */
static int lone_label(const line *l)
{
    const size_t to = rcd_label_end(l->data, l->end, l->start);
    int digits = 0, letters = 0;
    for (size_t i = l->start; i < to; i++) {
        digits |= l->data[i] >= '0' && l->data[i] <= '9';
        letters |= (l->data[i] | 0x20u) >= 'a';
    }
    const size_t size = to - l->start;
    const int whole = to == l->end && to < l->len && size >= SHORTEST_LABEL && size <= LONGEST_LABEL;
    return whole && letters && (digits || memchr(l->data, '-', to) != NULL) &&
           note(l, l->start, to, plain_charset(l->data + l->start, to - l->start));
}

/* A code page of Windows that is named by its number. */
static int page_at(const line *l, size_t from)
{
    uint8_t label[8] = {'c', 'p'};
    size_t n = 0;
    while (n < sizeof label - 2u && from + n < l->end && l->data[from + n] >= '0' &&
           l->data[from + n] <= '9') {
        label[2u + n] = l->data[from + n];
        n++;
    }
    return note(l, from, from + n, rcd_declared_charset(label, 2u + n));
}

/* {\rtf1\ansi\ansicpg1250 ... */
static int rich_text(const line *l)
{
    if (!word_at(l, l->start, "{\\rtf")) {
        return 0;
    }
    const size_t pos = find_word(l, l->start, "\\ansicpg");
    return pos < l->end && page_at(l, pos + strlen("\\ansicpg"));
}

static int read_line(const line *l)
{
    const size_t pos = skip_blanks(l, l->start);
    if (pos == l->end) {
        return 0;
    }
    switch (l->data[pos]) {
    case 's':
    case 'S':
        if (word_at(l, pos, "scriptencoding ")) {
            return label_at(l, pos + strlen("scriptencoding "));
        }
        if (word_at(l, pos, "set names ")) {
            return label_at(l, pos + strlen("set names "));
        }
        /* Of a dictionary's affixes: in other files the word is no line by itself. */
        return pos == l->start && word_at(l, pos, "set ") &&
               rcd_label_end(l->data, l->end, pos + 4u) == l->end && label_at(l, pos + 4u);
    case '/': /* of MySQL alone */
        return word_at(l, pos, "/*!") && (size_t)(l->end - pos) > 8u &&
               word_at(l, find_word(l, pos, "set names "), "set names ") &&
               label_at(l, find_word(l, pos, "set names ") + strlen("set names "));
    case '"':
    case 'c':
    case 'C': return header_line(l, pos);
    case '\\': return tex_line(l, pos);
    case '%':
        if (word_at(l, pos, "% encoding:")) { /* JabRef */
            return label_at(l, pos + strlen("% encoding:"));
        }
        return word_at(l, pos, "% !tex encoding = ") &&
               label_at(l, pos + strlen("% !tex encoding = "));
    case '=': return word_at(l, pos, "=encoding ") && label_at(l, pos + strlen("=encoding "));
    case '@':
        return word_at(l, pos, "@documentencoding ") &&
               label_at(l, pos + strlen("@documentencoding "));
    case '#':
        return word_at(l, pos, "#pragma code_page(") &&
               page_at(l, pos + strlen("#pragma code_page("));
    default: return 0;
    }
}

int rcd_declared_formats(const uint8_t *data, size_t len, size_t base, rcd_declaration *out)
{
    line l = {data, len, 0, 0, base, out};
    int card = 0;
    for (size_t next = 0; next < len; next = l.end + 1u) {
        const uint8_t *stop = memchr(data + next, '\n', len - next);
        l.start = next;
        l.end = stop != NULL ? (size_t)(stop - data) : len;
        const size_t after = l.end;
        l.end -= l.end > l.start && data[l.end - 1u] == '\r';
        if (next == 0) {
            card = word_at(&l, 0, "begin:v"); /* vCard, vCalendar */
            if (lone_label(&l) || rich_text(&l)) {
                return 1;
            }
        }
        const size_t of_card = card ? find_word(&l, l.start, ";charset=") : l.end;
        if (read_line(&l) || (of_card < l.end && label_at(&l, of_card + strlen(";charset=")))) {
            return 1;
        }
        l.end = after;
    }
    return 0;
}
