/* rcd_utf7.c : reading UTF-7, and weighing whether it is.
 *
 *  A plus sign in text is nearly never UTF-7, so well-formed is not enough: "REST+API-based" is.
 *  Each run is therefore weighed in bits, as the logarithm of how unlikely it is that letters put
 *  there for another reason decode to it. Of 65,536 units a random one is in Latin-1's letters once
 *  in 700, in Cyrillic once in 256, in kana once in 340, a han or hangul every second time; a wrong
 *  padding, half a surrogate pair, an unassigned or private unit speak against it. Random base64
 *  comes out below zero the longer it gets. What is not random needs more: base64 of plain text or
 *  of mostly zeros, tokens of certificates, a name that comes again and again. */
#include "rcd_utf7.h"

#include <string.h>

enum { DIRECT, MARK, RUN };

/* What the units of a run are, as far as a change between them is telling; blocks that stand in
 * text of any script have none. */
enum {
    SCRIPT_NONE,
    SCRIPT_LATIN,
    SCRIPT_GREEK,
    SCRIPT_CYRILLIC,
    SCRIPT_ARMENIAN,
    SCRIPT_HEBREW,
    SCRIPT_ARABIC,
    SCRIPT_INDIC,
    SCRIPT_THAI,
    SCRIPT_TIBETAN,
    SCRIPT_BURMESE,
    SCRIPT_ETHIOPIC,
    SCRIPT_KHMER,
    SCRIPT_HAN,
    SCRIPT_HANGUL
};

#define NOT_BASE64 64u

static unsigned base64_value(unsigned mark, unsigned b)
{
    if (b >= 'A' && b <= 'Z') {
        return b - 'A';
    }
    if (b >= 'a' && b <= 'z') {
        return b - 'a' + 26;
    }
    if (b >= '0' && b <= '9') {
        return b - '0' + 52;
    }
    const unsigned last = mark == RCD_UTF7_IMAP ? ',' : '/';
    return b == '+' ? 62 : b == last ? 63 : NOT_BASE64;
}

/* Blocks that texts are written in, with the bits a unit in them is worth. Ascending; a unit
 * between two of them is in a block that hardly any text uses. */
static const struct {
    uint16_t first, last;
    int8_t bits;
    uint8_t script;
} blocks[] = {
    {0x00A0, 0x00FF, 8, SCRIPT_LATIN},    {0x0100, 0x024F, 7, SCRIPT_LATIN},
    {0x0250, 0x02FF, 6, SCRIPT_NONE},     {0x0300, 0x036F, 5, SCRIPT_NONE},
    {0x0370, 0x03FF, 7, SCRIPT_GREEK},    {0x0400, 0x052F, 7, SCRIPT_CYRILLIC},
    {0x0530, 0x058F, 7, SCRIPT_ARMENIAN}, {0x0590, 0x05FF, 7, SCRIPT_HEBREW},
    {0x0600, 0x06FF, 7, SCRIPT_ARABIC},   {0x0900, 0x0DFF, 5, SCRIPT_INDIC},
    {0x0E00, 0x0EFF, 7, SCRIPT_THAI},     {0x0F00, 0x0FFF, 5, SCRIPT_TIBETAN},
    {0x1000, 0x10FF, 6, SCRIPT_BURMESE},  {0x1200, 0x137F, 5, SCRIPT_ETHIOPIC},
    {0x1780, 0x17FF, 6, SCRIPT_KHMER},    {0x1E00, 0x1EFF, 7, SCRIPT_LATIN},
    {0x1F00, 0x1FFF, 6, SCRIPT_GREEK},    {0x2000, 0x206F, 8, SCRIPT_NONE},
    {0x20A0, 0x20BF, 9, SCRIPT_NONE},     {0x2100, 0x22FF, 6, SCRIPT_NONE},
    {0x2460, 0x27BF, 5, SCRIPT_NONE},     {0x3000, 0x303F, 8, SCRIPT_NONE},
    {0x3041, 0x30FF, 7, SCRIPT_HAN},      {0x3105, 0x312F, 7, SCRIPT_HAN},
    {0x3400, 0x4DBF, -1, SCRIPT_HAN},     {0x4E00, 0x9FFF, 1, SCRIPT_HAN},
    {0xAC00, 0xD7A3, 1, SCRIPT_HANGUL},   {0xF900, 0xFAFF, 0, SCRIPT_HAN},
    {0xFE70, 0xFEFC, 5, SCRIPT_ARABIC},   {0xFF01, 0xFFEE, 6, SCRIPT_NONE},
};

#define UNUSED_BLOCK (-6)
#define SCRIPT_CHANGE (-8)
#define BYTE_ORDER_MARK 20
#define EXPLICIT_END 4
#define LOOKS_LIKE_BASE64 (-16)

static int is_capital(unsigned b)
{
    return b >= 'A' && b <= 'Z';
}

/* Is what stands right before the mark a piece of base64? Words do not go from small letters to
 * capitals, or between letters and digits, three times in sixteen bytes. */
static int in_base64(const uint8_t before[16])
{
    unsigned changes = 0;
    unsigned last = 0; /* 1 small, 2 capital, 3 digit */
    for (size_t i = 16; i-- > 0 && base64_value(RCD_UTF7_PLUS, before[i]) != NOT_BASE64;) {
        unsigned b = before[i];
        unsigned kind = b >= 'a' && b <= 'z' ? 1 : is_capital(b) ? 2 : b != '/' ? 3 : 0;
        /* Read backwards: a capital before small letters is how names begin. */
        changes += kind != last && kind != 0 && last != 0 && !(kind == 2 && last == 1);
        last = kind;
    }
    return changes >= 3;
}

static int64_t ascii_bits(unsigned unit)
{
    /* What RFC 2152 lets be direct only at one's own risk, or never, is what encoders put into
     * runs; a letter, digit or space stands there only among other characters. */
    int listed = (unit >= 0x21 && unit <= 0x26) || unit == 0x2A || (unit >= 0x3B && unit <= 0x3E) ||
                 unit == 0x40 || (unit >= 0x5B && unit <= 0x60) || (unit >= 0x7B && unit <= 0x7E);
    return listed ? 8 : unit == 0x2B || unit == 0x20 ? 0 : -4;
}

static void weigh(rcd_utf7 *u, unsigned unit)
{
    u->run_characters++;
    if (unit < 0x80) {
        u->run_score += ascii_bits(unit);
        /* Names of mailboxes may not have there what can stand for itself. */
        u->run_bad |= u->mark == RCD_UTF7_IMAP && unit >= 0x20;
        return;
    }
    if (unit == 0xFEFF && u->start == 0 && u->run_units == 1) {
        u->run_score += BYTE_ORDER_MARK;
        return;
    }
    size_t i = 0;
    while (i < sizeof blocks / sizeof blocks[0] && unit > blocks[i].last) {
        i++;
    }
    if (i == sizeof blocks / sizeof blocks[0] || unit < blocks[i].first) {
        u->run_score += UNUSED_BLOCK;
        return;
    }
    /* "REST+API-based": no small letter follows two capitals. */
    int small = unit >= 0xDF && unit <= 0xFF;
    int capitals = is_capital(u->before[14]) && is_capital(u->before[15]);
    if (small && capitals && u->run_units == 1) {
        u->run_score += UNUSED_BLOCK;
        return;
    }
    /* Base64 of ASCII text gives han of two ASCII bytes; one han in five is such by itself. */
    unsigned low = unit & 0xFF;
    int ascii_pair = unit >= 0x4E00 && unit < 0x7F00 && low >= 0x20 && low < 0x7F;
    u->run_score += ascii_pair ? 0 : blocks[i].bits;
    if (blocks[i].script != SCRIPT_NONE) {
        if (u->script != SCRIPT_NONE && u->script != blocks[i].script) {
            u->run_score += SCRIPT_CHANGE;
        }
        u->script = blocks[i].script;
    }
}

static void unit(rcd_utf7 *u, unsigned value)
{
    u->run_units++;
    if (u->high != 0) {
        if ((value & 0xFC00) != 0xDC00) {
            u->run_bad = 1;
        }
        /* One pair in a thousand is well-formed by chance; planes above the second are rare. */
        u->run_score += u->high <= 0xD87F ? 8 : UNUSED_BLOCK;
        u->run_characters++;
        u->high = 0;
        return;
    }
    if ((value & 0xFC00) == 0xD800) {
        u->high = (uint16_t)value;
    } else if ((value & 0xFC00) == 0xDC00) {
        u->run_bad = 1;
    } else {
        weigh(u, value);
    }
}

void rcd_utf7_init(rcd_utf7 *u, unsigned mark)
{
    memset(u, 0, sizeof *u);
    u->mark = (uint8_t)mark;
    u->first_bad = UINT64_MAX;
}

static void broken(rcd_utf7 *u)
{
    u->bad++;
    if (u->first_bad == UINT64_MAX) {
        u->first_bad = u->start;
    }
    u->dead = u->bad > 8 + u->runs / 4;
}

/* Has the run that ends now been seen lately? Then it says hardly more than it said. */
static int seen_lately(rcd_utf7 *u)
{
    enum { RECENT = sizeof u->recent / sizeof u->recent[0] };
    for (size_t i = 0; i < RECENT; i++) {
        if (u->recent[i] == u->hash) {
            return 1;
        }
    }
    memmove(u->recent + 1, u->recent, (RECENT - 1) * sizeof u->recent[0]);
    u->recent[0] = u->hash;
    return 0;
}

/* `next`: the byte that ended the run, 0 at the end of the input. */
static void end_run(rcd_utf7 *u, unsigned next)
{
    u->state = DIRECT;
    uint32_t left = u->bits & ((1u << u->bit_count) - 1);
    if (u->run_bad || u->high != 0 || u->run_units == 0 || u->bit_count >= 6 || left != 0 ||
        (u->mark == RCD_UTF7_IMAP && next != '-')) {
        broken(u);
        return;
    }
    u->runs++;
    u->characters += u->run_characters;
    /* A closing "-" is hardly ever there by chance, whatever came before. */
    u->score += next == '-' ? EXPLICIT_END : 0;
    if (in_base64(u->before) || (next == '=' && u->run_units > 4)) {
        u->score += LOOKS_LIKE_BASE64;
    }
    if (seen_lately(u) && next != '-') {
        /* Only the accented letter at the end of many words says it again. */
        int letter = u->run_units == 1 && u->script == SCRIPT_LATIN;
        if (letter && u->repeats < 8) {
            u->repeats++;
            u->score++;
        }
    } else {
        /* Three lengths of eight are possible at all; the padding is worth its bits. */
        u->score += u->run_score + 1 + u->bit_count;
    }
}

static void start_run(rcd_utf7 *u)
{
    u->state = RUN;
    u->bits = 0;
    u->bit_count = 0;
    u->run_units = 0;
    u->run_characters = 0;
    u->run_score = 0;
    /* Two runs on end are one for IMAP. */
    u->run_bad = u->mark == RCD_UTF7_IMAP && u->start > 0 && u->start == u->closed;
    u->high = 0;
    u->script = SCRIPT_NONE;
    u->hash = 1;
}

static void remember(rcd_utf7 *u, const uint8_t *data, size_t len)
{
    enum { ROOM = sizeof u->before };
    if (len >= ROOM) {
        memcpy(u->before, data + len - ROOM, ROOM);
    } else if (len > 0) {
        memmove(u->before, u->before + len, ROOM - len);
        memcpy(u->before + ROOM - len, data, len);
    }
}

/* Has a run just ended, so that an arrow may follow? */
static int may_be_arrow(const rcd_utf7 *u)
{
    return u->mark == RCD_UTF7_IMAP && u->pos == u->closed && u->pos > 0;
}

void rcd_utf7_feed(rcd_utf7 *u, const uint8_t *data, size_t len)
{
    const uint64_t total = u->pos + len;
    const uint8_t *end = data + len;
    while (data < end && !u->dead) {
        if (u->state == DIRECT) {
            /* `&row->next` in code: its arrow is no end of a run. */
            if (may_be_arrow(u) && *data == '>') {
                broken(u);
            }
            const uint8_t *mark = memchr(data, u->mark, (size_t)(end - data));
            const uint8_t *stop = mark != NULL ? mark : end;
            remember(u, data, (size_t)(stop - data));
            u->pos += (uint64_t)(stop - data);
            if (mark == NULL) {
                break;
            }
            u->start = u->pos++;
            u->state = MARK;
            data = mark + 1;
            continue;
        }
        unsigned value = base64_value(u->mark, *data);
        if (value == NOT_BASE64) {
            int minus = *data == '-';
            if (u->state == RUN) {
                end_run(u, *data);
                u->closed = u->pos + (uint64_t)minus;
            } else if (!minus) {
                broken(u);
            }
            u->state = DIRECT;
            memset(u->before, 0, sizeof u->before);
            data += minus;
            u->pos += (uint64_t)minus;
            continue;
        }
        if (u->state == MARK) {
            start_run(u);
        }
        u->hash = u->hash * 0x01000193u + value;
        u->bits = u->bits << 6 | value;
        u->bit_count = (uint8_t)(u->bit_count + 6);
        if (u->bit_count >= 16) {
            u->bit_count = (uint8_t)(u->bit_count - 16);
            unit(u, u->bits >> u->bit_count & 0xFFFF);
        }
        data++;
        u->pos++;
    }
    u->pos = total;
}

void rcd_utf7_skip(rcd_utf7 *u, const uint8_t *data, size_t len)
{
    if (!u->dead) {
        remember(u, data, len);
    }
    u->pos += len;
}

void rcd_utf7_finish(rcd_utf7 *u, int sample)
{
    if (!u->dead && !sample && u->state == RUN) {
        end_run(u, 0);
    } else if (!u->dead && !sample && u->state == MARK && u->mark == RCD_UTF7_IMAP) {
        broken(u);
    }
    u->state = DIRECT;
}

int rcd_utf7_idle(const rcd_utf7 *u)
{
    return u->state == DIRECT && !may_be_arrow(u);
}

static size_t put(uint32_t *out, size_t n, uint32_t unit)
{
    if (n > 0 && (unit & 0xFC00u) == 0xDC00u && (out[n - 1u] & 0xFFFFFC00u) == 0xD800u) {
        out[n - 1u] = 0x10000u + ((out[n - 1u] - 0xD800u) << 10) + (unit - 0xDC00u);
        return n;
    }
    out[n] = unit;
    return n + 1u;
}

size_t rcd_utf7_text(unsigned mark, const uint8_t *data, size_t len, uint32_t *out, size_t cap)
{
    size_t n = 0;
    for (size_t i = 0; i < len && n < cap; i++) {
        if (data[i] != mark) {
            out[n++] = data[i];
            continue;
        }
        const size_t start = i + 1u;
        uint32_t bits = 0;
        unsigned count = 0, value = 0;
        for (i = start; i < len && n < cap && (value = base64_value(mark, data[i])) != NOT_BASE64;
             i++) {
            bits = bits << 6 | value;
            count += 6u;
            if (count >= 16u) {
                count -= 16u;
                n = put(out, n, bits >> count & 0xFFFFu);
            }
        }
        if (i == start && i < len && data[i] == '-' && n < cap) {
            out[n++] = mark;
        }
        i -= i < len && data[i] != '-'; /* the hyphen that ends a run is not read */
    }
    return n;
}

int rcd_utf7_may_be_imap(const uint8_t *data, size_t len)
{
    const uint8_t *const end = data + len;
    while (data < end && (data = memchr(data, RCD_UTF7_IMAP, (size_t)(end - data))) != NULL) {
        const uint8_t *const run = ++data;
        while (data < end && base64_value(RCD_UTF7_IMAP, *data) != NOT_BASE64) {
            data++;
        }
        if (data - run >= 3 && data < end && *data == '-' && (end - data < 2 || data[1] != '>')) {
            return 1;
        }
    }
    return 0;
}
