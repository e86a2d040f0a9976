/* rcd_declared.c : what the text says of its own encoding: XML, CSS, and the order of all readers.
 *
 *  Only an XML declaration can be read in text that is not ASCII-compatible: it begins the input,
 *  and "<?" tells how its characters are coded (XML 1.0, appendix F). */
#include "rcd_small.h"

#include "rcd_declared.h"

#include <string.h>

#include "rcd_bits.h"
#include "rcd_charset.h"
#include "rcd_declared_parts.h"
#include "recodec.h"

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#define DECLARED_SSE2 1
#endif

/* Longest label that is copied out of a wide or an EBCDIC guise; none known is longer. */
#define LABEL_BYTES 64

/* A leading run of blank lines before an XML declaration is against the standard and common. */
#define XML_LEADING_SPACE 64

/* CSS Syntax Level 3, 3.2: looked for in the first 1024 bytes. */
#define CSS_BYTES 1024

int rcd_declared_word(const uint8_t *data, size_t len, size_t pos, const char *word)
{
    for (; *word != '\0'; word++, pos++) {
        if (pos >= len) {
            return 0;
        }
        unsigned c = data[pos];
        if (c >= 'A' && c <= 'Z') {
            c += 'a' - 'A';
        }
        if (c != (unsigned char)*word) {
            return 0;
        }
    }
    return 1;
}

static int is_wide(int charset)
{
    return charset == RCD_CS_UTF_16 || charset == RCD_CS_UTF_16_LE || charset == RCD_CS_UTF_16_BE ||
           charset == RCD_CS_UTF_32 || charset == RCD_CS_UTF_32_LE || charset == RCD_CS_UTF_32_BE;
}

int rcd_declared_charset(const uint8_t *label, size_t len)
{
    int charset = rcd_charset_from_label(label, len);
    return is_wide(charset) || rcd_is_ebcdic((unsigned)charset) ? 0 : charset;
}

int rcd_declared_note(rcd_declaration *out, int kind, int charset, size_t offset, size_t len,
                      int in_tail)
{
    if (charset != 0 || out->kind == RCD_DECLARED_NONE) {
        out->kind = kind;
        out->charset = charset;
        out->offset = offset;
        out->len = len;
        out->in_tail = in_tail;
    }
    return charset != 0;
}

/* Characters of any guise. */
typedef struct {
    const uint8_t *data;
    size_t count; /* characters */
    size_t width; /* bytes of each */
    size_t low;   /* which of them holds ASCII */
    enum rcd_guise guise;
} view;

/* The characters of a declaration are at the same place in all EBCDIC pages; 0 = another one. */
static unsigned ebcdic(unsigned byte)
{
    static const char blanks[] = "\x05\t\x0B\v\x0C\f\x0D\r\x15\n\x25\n\x40 ";
    static const char marks[] = "\x4B.\x4C<\x5E;\x60-\x61/\x6D_\x6E>\x6F?\x7A:\x7D'\x7E=\x7F\"";
    if (byte >= 0xF0 && byte <= 0xF9) {
        return byte - 0xF0 + '0';
    }
    /* Three stretches of letters, at 81, 91 and A2; capitals are 40 higher. */
    unsigned small = byte & ~0x40u;
    unsigned high = small & 0xF0;
    unsigned low = small & 0x0F;
    if (byte >= 0x80 && high >= 0x80 && high <= 0xA0 && low >= (high == 0xA0 ? 2u : 1u) &&
        low <= 9) {
        unsigned first = high == 0x80 ? 'a' : high == 0x90 ? 'j' : 's' - 1;
        return first + low - 1 - ((byte & 0x40) != 0 ? 'a' - 'A' : 0);
    }
    for (size_t i = 0; i + 1 < sizeof blanks; i += 2) {
        if ((unsigned char)blanks[i] == byte) {
            return (unsigned char)blanks[i + 1];
        }
    }
    for (size_t i = 0; i + 1 < sizeof marks; i += 2) {
        if ((unsigned char)marks[i] == byte) {
            return (unsigned char)marks[i + 1];
        }
    }
    return 0;
}

/* The character at `at` when it is ASCII, else 0; also past the end. */
static unsigned character(const view *v, size_t at)
{
    if (at >= v->count) {
        return 0;
    }
    const uint8_t *p = v->data + at * v->width;
    for (size_t i = 0; i < v->width; i++) {
        if (i != v->low && p[i] != 0) {
            return 0;
        }
    }
    unsigned c = v->guise == RCD_GUISE_EBCDIC ? ebcdic(p[v->low]) : p[v->low];
    return c < 0x80 ? c : 0;
}

static size_t skip_spaces(const view *v, size_t at)
{
    while (rcd_is_space(character(v, at))) {
        at++;
    }
    return at;
}

static int says(const view *v, size_t at, const char *word)
{
    for (; *word != '\0'; word++, at++) {
        if (character(v, at) != (unsigned char)*word) {
            return 0;
        }
    }
    return 1;
}

/* A label in another guise than ASCII names a charset of that guise or is stale: the text was
 * converted since. Which byte order it has is seen. */
static int guise_charset(const view *v, const uint8_t *label, size_t len)
{
    int charset = rcd_charset_from_label(label, len);
    int of_16 =
        charset == RCD_CS_UTF_16 || charset == RCD_CS_UTF_16_LE || charset == RCD_CS_UTF_16_BE;
    switch (v->guise) {
    case RCD_GUISE_16LE: return of_16 ? RCD_CS_UTF_16_LE : 0;
    case RCD_GUISE_16BE: return of_16 ? RCD_CS_UTF_16_BE : 0;
    case RCD_GUISE_32LE: return is_wide(charset) && !of_16 ? RCD_CS_UTF_32_LE : 0;
    case RCD_GUISE_32BE: return is_wide(charset) && !of_16 ? RCD_CS_UTF_32_BE : 0;
    case RCD_GUISE_EBCDIC: return rcd_is_ebcdic((unsigned)charset) ? charset : 0;
    default: return rcd_declared_charset(label, len);
    }
}

/* The quoted value that begins at `at`. */
static int note_xml(const view *v, size_t at, size_t count, size_t base, rcd_declaration *out)
{
    uint8_t label[LABEL_BYTES];
    size_t used = 0;
    for (size_t i = at; i < at + count && used < LABEL_BYTES; i++) {
        label[used++] = (uint8_t)character(v, i);
    }
    int charset = used == count ? guise_charset(v, label, used) : 0;
    return rcd_declared_note(out, RCD_DECLARED_XML, charset, base + at * v->width, count * v->width,
                             0);
}

/* <?xml version="1.0" encoding="..."?>, also the text declaration without a version. */
static int read_xml(const view *v, size_t base, rcd_declaration *out)
{
    size_t at = 0;
    while (at < XML_LEADING_SPACE && rcd_is_space(character(v, at))) {
        at++;
    }
    if (!says(v, at, "<?xml") || !rcd_is_space(character(v, at + 5))) {
        return 0;
    }
    at += 5;
    for (;;) {
        at = skip_spaces(v, at);
        size_t name = at;
        while (rcd_is_alnum(character(v, at))) {
            at++;
        }
        size_t name_len = at - name;
        at = skip_spaces(v, at);
        if (name_len == 0 || character(v, at) != '=') {
            return 0;
        }
        at = skip_spaces(v, at + 1);
        unsigned quote = character(v, at);
        if (quote != '"' && quote != '\'') {
            return 0;
        }
        size_t value = ++at;
        while (character(v, at) != quote) {
            if (character(v, at) == 0) {
                return 0;
            }
            at++;
        }
        if (name_len == 8 && says(v, name, "encoding")) {
            return at > value && note_xml(v, value, at - value, base, out);
        }
        at++;
    }
}

/* CSS: the exact bytes, at the very start. */
static int read_css(const uint8_t *data, size_t len, size_t base, rcd_declaration *out)
{
    static const char open[] = "@charset \"";
    size_t from = sizeof open - 1;
    size_t limit = len < CSS_BYTES ? len : CSS_BYTES;
    if (limit < from || memcmp(data, open, from) != 0) {
        return 0;
    }
    size_t to = from;
    while (to < limit && data[to] != '"' && data[to] < 0x80) {
        to++;
    }
    if (limit - to < 2 || data[to] != '"' || data[to + 1] != ';' || to == from) {
        return 0;
    }
    int charset = rcd_charset_from_label(data + from, to - from);
    int of_16 =
        charset == RCD_CS_UTF_16 || charset == RCD_CS_UTF_16_LE || charset == RCD_CS_UTF_16_BE;
    charset = of_16 ? RCD_CS_UTF_8 : rcd_declared_charset(data + from, to - from);
    return rcd_declared_note(out, RCD_DECLARED_CSS, charset, base + from, to - from, 0);
}

/* Bytes of the byte order mark at the start, if any. */
static size_t mark_length(const uint8_t *data, size_t len)
{
    static const struct {
        uint8_t bytes[4];
        uint8_t len;
    } marks[] = {{{0xFF, 0xFE, 0, 0}, 4},
                 {{0, 0, 0xFE, 0xFF}, 4},
                 {{0xEF, 0xBB, 0xBF}, 3},
                 {{0xFF, 0xFE}, 2},
                 {{0xFE, 0xFF}, 2}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (len >= marks[i].len && memcmp(data, marks[i].bytes, marks[i].len) == 0) {
            return marks[i].len;
        }
    }
    return 0;
}

/* How the text is coded, by "<?" at its start. */
static view view_of(const uint8_t *data, size_t len)
{
    static const struct {
        uint8_t bytes[8];
        uint8_t len;
        uint8_t width;
        uint8_t low;
        uint8_t guise;
    } starts[] = {{{'<', 0, 0, 0, '?', 0, 0, 0}, 8, 4, 0, RCD_GUISE_32LE},
                  {{0, 0, 0, '<', 0, 0, 0, '?'}, 8, 4, 3, RCD_GUISE_32BE},
                  {{'<', 0, '?', 0}, 4, 2, 0, RCD_GUISE_16LE},
                  {{0, '<', 0, '?'}, 4, 2, 1, RCD_GUISE_16BE},
                  {{0x4C, 0x6F, 0xA7, 0x94, 0x93}, 5, 1, 0, RCD_GUISE_EBCDIC}};
    view v = {data, len, 1, 0, RCD_GUISE_ASCII};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        if (len >= starts[i].len && memcmp(data, starts[i].bytes, starts[i].len) == 0) {
            v.count = len / starts[i].width;
            v.width = starts[i].width;
            v.low = starts[i].low;
            v.guise = (enum rcd_guise)starts[i].guise;
            break;
        }
    }
    return v;
}

static int first_is(const uint8_t *data, size_t len, unsigned wanted)
{
    size_t at = 0;
    while (at < len && rcd_is_space(data[at])) {
        at++;
    }
    return at < len && data[at] == wanted;
}

static int is_mode_at(const uint8_t *data, size_t len, size_t pos)
{
    return rcd_declared_word(data, len, pos, "coding") ||
           (pos >= 2 && rcd_declared_word(data, len, pos - 2, "enc="));
}

/* Every mode line and coding comment says "coding" or, vim's short names, "enc=": without one there
 * is no need to take the lines apart. */
static int may_have_modes(const uint8_t *data, size_t len)
{
    size_t pos = 0;
#if defined(DECLARED_SSE2)
    for (; len - pos > 16u; pos += 16u) {
        const __m128i small = _mm_set1_epi8(0x20);
        const __m128i *at = (const __m128i *)(const void *)(data + pos);
        const __m128i *next = (const __m128i *)(const void *)(data + pos + 1u);
        const __m128i x = _mm_or_si128(_mm_loadu_si128(at), small);
        const __m128i y = _mm_or_si128(_mm_loadu_si128(next), small);
        const __m128i behind = _mm_or_si128(_mm_cmpeq_epi8(y, _mm_set1_epi8('o')),
                                            _mm_cmpeq_epi8(y, _mm_set1_epi8('=')));
        const __m128i both = _mm_and_si128(_mm_cmpeq_epi8(x, _mm_set1_epi8('c')), behind);
        for (unsigned left = (unsigned)_mm_movemask_epi8(both); left != 0; left &= left - 1u) {
            if (is_mode_at(data, len, pos + rcd_lowest_bit(left))) {
                return 1;
            }
        }
    }
#else
    for (; len - pos >= 8u; pos += 8u) {
        const uint64_t word = rcd_load_bytes(data + pos) | RCD_BYTE_ONES * 0x20;
        for (uint64_t left = rcd_bytes_like(word, 'c'); left != 0; left &= left - 1u) {
            if (is_mode_at(data, len, pos + rcd_lowest_bit(left) / 8u)) {
                return 1;
            }
        }
    }
#endif
    for (; pos < len; pos++) {
        if ((data[pos] | 0x20u) == 'c' && is_mode_at(data, len, pos)) {
            return 1;
        }
    }
    return 0;
}

/* Bytes of the lines at the start that may be mode lines, or more. */
static size_t first_lines(const uint8_t *data, size_t len)
{
    size_t n = 0;
    for (int i = 0; i < RCD_MODE_LINES && n < len; i++) {
        const uint8_t *end = memchr(data + n, '\n', len - n);
        n = end != NULL ? (size_t)(end - data) + 1u : len;
    }
    return n;
}

static int read_modes(const uint8_t *data, size_t len, size_t base, const uint8_t *tail,
                      size_t tail_len, rcd_declaration *out)
{
    int same = tail_len == len && tail == data; /* a short input is its own tail */
    int in_head = may_have_modes(data, same ? len : first_lines(data, len));
    int in_tail = same ? in_head : tail != NULL && may_have_modes(tail, tail_len);
    return (in_head && (rcd_declared_pep263(data, len, base, out) ||
                        rcd_declared_emacs(data, len, base, out))) ||
           (in_tail && rcd_declared_emacs_tail(tail, tail_len, out)) ||
           (in_head && rcd_declared_vim(data, len, base, out)) ||
           (in_tail && rcd_declared_vim_tail(tail, tail_len, out));
}

int rcd_declared_find(const uint8_t *head, size_t head_len, const uint8_t *tail, size_t tail_len,
                      rcd_declaration *out)
{
    memset(out, 0, sizeof *out);
    if (head_len == 0) {
        return 0;
    }
    size_t base = mark_length(head, head_len);
    const uint8_t *data = head + base;
    size_t len = head_len - base;
    view v = view_of(data, len);
    if (read_xml(&v, base, out)) {
        return 1;
    }
    if (v.guise != RCD_GUISE_ASCII) {
        return 0;
    }
    /* A script may write a page, and has its own declaration before that of the page. */
    int markup = first_is(data, len, '<');
    return (markup && rcd_declared_html(data, len, base, out)) || read_css(data, len, base, out) ||
           read_modes(data, len, base, tail, tail_len, out) ||
           (!markup && rcd_declared_formats(data, len, base, out)) ||
           (!markup && rcd_declared_html(data, len, base, out));
}
