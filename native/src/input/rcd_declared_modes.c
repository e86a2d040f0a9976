/* rcd_declared_modes.c : what source files and plain texts tell editors: PEP 263 comments, Emacs's
 * file variables, vim's mode lines. */
#include "rcd_small.h"

#include <string.h>

#include "rcd_declared_parts.h"

typedef struct {
    const uint8_t *data;
    size_t start;
    size_t end; /* without the line end */
} line;

static int is_line_end(unsigned c)
{
    return c == '\n' || c == '\r';
}

/* The line that begins at `start`; *next = where the one after it begins. */
static line line_at(const uint8_t *data, size_t len, size_t start, size_t *next)
{
    line l = {data, start, start};
    while (l.end < len && !is_line_end(data[l.end])) {
        l.end++;
    }
    *next = l.end + (l.end < len);
    if (l.end + 1 < len && data[l.end] == '\r' && data[l.end + 1] == '\n') {
        ++*next;
    }
    return l;
}

static int is_blank(unsigned c)
{
    return c == ' ' || c == '\t' || c == '\f';
}

static size_t skip_blanks(const line *l, size_t pos)
{
    while (pos < l->end && is_blank(l->data[pos])) {
        pos++;
    }
    return pos;
}

static int word_at(const line *l, size_t pos, const char *word)
{
    return rcd_declared_word(l->data, l->end, pos, word);
}

/* Emacs adds how lines end to the name: utf-8-unix. Vim has 8bit- and 2byte- before names that it
 * leaves to iconv. */
static int editor_charset(const uint8_t *label, size_t len)
{
    static const char *const ends[] = {"-unix", "-dos", "-mac"};
    static const char *const starts[] = {"8bit-", "2byte-"};
    int charset = rcd_declared_charset(label, len);
    for (size_t i = 0; charset == 0 && i < sizeof ends / sizeof ends[0]; i++) {
        size_t n = strlen(ends[i]);
        if (len > n && rcd_declared_word(label, len, len - n, ends[i])) {
            charset = rcd_declared_charset(label, len - n);
        }
    }
    for (size_t i = 0; charset == 0 && i < sizeof starts / sizeof starts[0]; i++) {
        size_t n = strlen(starts[i]);
        if (len > n && rcd_declared_word(label, len, 0, starts[i])) {
            charset = rcd_declared_charset(label + n, len - n);
        }
    }
    return charset;
}

static int note(rcd_declaration *out, int kind, const line *l, size_t from, size_t to, size_t base,
                int in_tail)
{
    return rcd_declared_note(out, kind, editor_charset(l->data + from, to - from), base + from,
                             to - from, in_tail);
}

/* ^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+) as in PEP 263. */
static int pep263_line(const line *l, size_t base, rcd_declaration *out)
{
    size_t pos = skip_blanks(l, l->start);
    if (pos == l->end || l->data[pos] != '#') {
        return 0;
    }
    for (; pos < l->end; pos++) {
        if (l->end - pos < 7 || memcmp(l->data + pos, "coding", 6) != 0 ||
            (l->data[pos + 6] != ':' && l->data[pos + 6] != '=')) {
            continue;
        }
        size_t from = pos + 7;
        while (from < l->end && (l->data[from] == ' ' || l->data[from] == '\t')) {
            from++;
        }
        size_t to = rcd_label_end(l->data, l->end, from);
        if (to > from) {
            return note(out, RCD_DECLARED_PEP263, l, from, to, base, 0);
        }
        pos = from - 1;
    }
    return 0;
}

int rcd_declared_pep263(const uint8_t *data, size_t len, size_t base, rcd_declaration *out)
{
    size_t next;
    line l = line_at(data, len, 0, &next);
    if (pep263_line(&l, base, out)) {
        return 1;
    }
    size_t pos = skip_blanks(&l, l.start);
    if (pos < l.end && data[pos] != '#') {
        return 0;
    }
    l = line_at(data, len, next, &next);
    return pep263_line(&l, base, out);
}

/* The value after `name:`, up to a semicolon or the end of the text [pos, end). */
static int emacs_value(const line *l, size_t pos, size_t end, size_t base, int in_tail,
                       rcd_declaration *out)
{
    line part = {l->data, pos, end};
    size_t from = skip_blanks(&part, pos);
    size_t to = rcd_label_end(part.data, part.end, from);
    return to > from && note(out, RCD_DECLARED_EMACS, &part, from, to, base, in_tail);
}

/* -*- mode: x; coding: y -*- : only the first pair of marks counts, as in Emacs. */
static int emacs_line(const line *l, size_t base, rcd_declaration *out)
{
    size_t pos = l->start;
    while (pos < l->end && !word_at(l, pos, "-*-")) {
        pos++;
    }
    if (pos == l->end) {
        return 0;
    }
    pos += 3;
    line inside = {l->data, pos, pos};
    while (inside.end < l->end && !word_at(l, inside.end, "-*-")) {
        inside.end++;
    }
    if (inside.end == l->end) {
        return 0;
    }
    while (pos < inside.end) {
        pos = skip_blanks(&inside, pos);
        const uint8_t *stop = memchr(l->data + pos, ';', inside.end - pos);
        size_t end = stop != NULL ? (size_t)(stop - l->data) : inside.end;
        if (word_at(&inside, pos, "coding")) {
            size_t colon = skip_blanks(&inside, pos + 6);
            if (colon < end && l->data[colon] == ':') {
                return emacs_value(&inside, colon + 1, end, base, 0, out);
            }
        }
        pos = end + 1;
    }
    return 0;
}

int rcd_declared_emacs(const uint8_t *data, size_t len, size_t base, rcd_declaration *out)
{
    size_t next;
    line l = line_at(data, len, 0, &next);
    if (emacs_line(&l, base, out)) {
        return 1;
    }
    l = line_at(data, len, next, &next);
    return emacs_line(&l, base, out);
}

/* The list after the last `Local Variables:`. What stands before these words on their line stands
 * before each variable too. */
int rcd_declared_emacs_tail(const uint8_t *tail, size_t len, rcd_declaration *out)
{
    static const char header[] = "local variables:";
    size_t at = len;
    for (size_t pos = 0; pos < len; pos++) {
        if (rcd_declared_word(tail, len, pos, header)) {
            at = pos;
        }
    }
    if (at == len) {
        return 0;
    }
    size_t start = at;
    while (start > 0 && !is_line_end(tail[start - 1])) {
        start--;
    }
    size_t prefix = at - start;
    size_t next;
    line_at(tail, len, start, &next);
    while (next < len) {
        line l = line_at(tail, len, next, &next);
        if (l.end - l.start < prefix || memcmp(tail + l.start, tail + start, prefix) != 0) {
            return 0;
        }
        size_t pos = skip_blanks(&l, l.start + prefix);
        if (word_at(&l, pos, "end:")) {
            return 0;
        }
        if (word_at(&l, pos, "coding:")) {
            return emacs_value(&l, pos + 7, l.end, 0, 1, out);
        }
    }
    return 0;
}

/* After the first mark of a mode line: where the options begin, or 0. */
static size_t vim_options(const line *l)
{
    static const char *const marks[] = {"vi:", "vim:", "ex:"};
    for (size_t pos = l->start; pos < l->end; pos++) {
        int first = pos == l->start;
        if (!first && !is_blank(l->data[pos - 1])) {
            continue;
        }
        for (size_t i = 0; i < 3; i++) {
            /* "ex:" begins other lines than mode lines, so vim wants a blank before it. */
            if (word_at(l, pos, marks[i]) && !(first && marks[i][0] == 'e')) {
                return pos + strlen(marks[i]);
            }
        }
        /* vim703: vim<703: vim>703: vim=703: ask for a version. */
        if (word_at(l, pos, "vim")) {
            size_t digits = pos + 3;
            if (digits < l->end && memchr("<>=", l->data[digits], 3) != NULL) {
                digits++;
            }
            size_t colon = digits;
            while (colon < l->end && l->data[colon] >= '0' && l->data[colon] <= '9') {
                colon++;
            }
            if (colon > digits && colon < l->end && l->data[colon] == ':') {
                return colon + 1;
            }
        }
    }
    return 0;
}

/* Options end at blanks and colons, so a name is what follows one of these. The value of 'encoding'
 * is how vim holds text in memory, but who writes it means the file. */
static int vim_line(const line *l, size_t base, int in_tail, rcd_declaration *out)
{
    static const char *const names[] = {"fileencoding=", "fenc=", "encoding=", "enc="};
    size_t pos = vim_options(l);
    if (pos == 0) {
        return 0;
    }
    for (; pos < l->end; pos++) {
        if (l->data[pos - 1] != ':' && !is_blank(l->data[pos - 1])) {
            continue;
        }
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            if (word_at(l, pos, names[i])) {
                size_t from = pos + strlen(names[i]);
                size_t to = rcd_label_end(l->data, l->end, from);
                if (to > from) {
                    return note(out, RCD_DECLARED_VIM, l, from, to, base, in_tail);
                }
            }
        }
    }
    return 0;
}

int rcd_declared_vim(const uint8_t *data, size_t len, size_t base, rcd_declaration *out)
{
    size_t next = 0;
    for (int i = 0; i < RCD_MODE_LINES && next < len; i++) {
        line l = line_at(data, len, next, &next);
        if (vim_line(&l, base, 0, out)) {
            return 1;
        }
    }
    return 0;
}

int rcd_declared_vim_tail(const uint8_t *tail, size_t len, rcd_declaration *out)
{
    size_t start = len;
    for (int i = 0; i < RCD_MODE_LINES; i++) {
        /* Past the end of the line before, which is one or two bytes; the last may have none. */
        if (start > 0 && tail[start - 1] == '\n') {
            start--;
        }
        if (start > 0 && tail[start - 1] == '\r') {
            start--;
        }
        while (start > 0 && !is_line_end(tail[start - 1])) {
            start--;
        }
        if (start == 0) {
            break;
        }
    }
    size_t next = start;
    while (next < len) {
        line l = line_at(tail, len, next, &next);
        if (vim_line(&l, 0, 1, out)) {
            return 1;
        }
    }
    return 0;
}
