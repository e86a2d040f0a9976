/* rcd_utf7.c : reading UTF-7, and weighing whether it is.
 *
 *  A plus sign in text is nearly never UTF-7, so well-formed is not enough: "REST+API-based" is.
 *  Each run is therefore weighed in bits, as the logarithm of how unlikely it is that letters put
 *  there for another reason decode to it. Of 65,536 units a random one is in Latin-1's letters once
 *  in 700, in Cyrillic once in 256, in kana once in 340, a han or hangul every second time; a wrong
 *  padding, half a surrogate pair, an unassigned or private unit speak against it. Random base64
 *  comes out below zero the longer it gets. */
#include "rcd_utf7.h"

#include <string.h>

enum { DIRECT, PLUS, RUN };

/* What the units of a run are, as far as a change between them is telling. */
enum { SCRIPT_NONE, SCRIPT_SMALL, SCRIPT_HAN, SCRIPT_HANGUL };

#define NOT_BASE64 64u

static unsigned base64_value(unsigned b)
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
    return b == '+' ? 62 : b == '/' ? 63 : NOT_BASE64;
}

/* Blocks that texts are written in, with the bits a unit in them is worth. Ascending; a unit
 * between two of them is in a block that hardly any text uses. */
static const struct {
    uint16_t first, last;
    int8_t bits;
    uint8_t script;
} blocks[] = {
    {0x00A0, 0x00FF, 8, SCRIPT_SMALL}, {0x0100, 0x024F, 7, SCRIPT_SMALL},
    {0x0300, 0x036F, 5, SCRIPT_SMALL}, {0x0370, 0x03FF, 7, SCRIPT_SMALL},
    {0x0400, 0x052F, 7, SCRIPT_SMALL}, {0x0530, 0x058F, 7, SCRIPT_SMALL},
    {0x0590, 0x05FF, 7, SCRIPT_SMALL}, {0x0600, 0x06FF, 7, SCRIPT_SMALL},
    {0x0900, 0x0DFF, 5, SCRIPT_SMALL}, {0x0E00, 0x0EFF, 7, SCRIPT_SMALL},
    {0x0F00, 0x0FFF, 5, SCRIPT_SMALL}, {0x1000, 0x10FF, 6, SCRIPT_SMALL},
    {0x1200, 0x137F, 5, SCRIPT_SMALL}, {0x1780, 0x17FF, 6, SCRIPT_SMALL},
    {0x1E00, 0x1EFF, 7, SCRIPT_SMALL}, {0x1F00, 0x1FFF, 6, SCRIPT_SMALL},
    {0x2000, 0x206F, 8, SCRIPT_NONE},  {0x20A0, 0x20BF, 9, SCRIPT_NONE},
    {0x2100, 0x22FF, 6, SCRIPT_NONE},  {0x2460, 0x27BF, 5, SCRIPT_NONE},
    {0x3000, 0x303F, 8, SCRIPT_NONE},  {0x3041, 0x30FF, 7, SCRIPT_HAN},
    {0x3105, 0x312F, 7, SCRIPT_HAN},   {0x3400, 0x4DBF, -1, SCRIPT_HAN},
    {0x4E00, 0x9FFF, 1, SCRIPT_HAN},   {0xAC00, 0xD7A3, 1, SCRIPT_HANGUL},
    {0xF900, 0xFAFF, 0, SCRIPT_HAN},   {0xFE70, 0xFEFC, 5, SCRIPT_SMALL},
    {0xFF01, 0xFFEE, 6, SCRIPT_NONE},
};

#define UNUSED_BLOCK (-6)
#define SCRIPT_CHANGE (-4)
#define BYTE_ORDER_MARK 20
#define EXPLICIT_END 4

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
    int capitals = u->before[0] >= 'A' && u->before[0] <= 'Z' && u->before[1] >= 'A' &&
                   u->before[1] <= 'Z';
    if (small && capitals && u->run_units == 1) {
        u->run_score += UNUSED_BLOCK;
        return;
    }
    u->run_score += blocks[i].bits;
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

void rcd_utf7_init(rcd_utf7 *u)
{
    memset(u, 0, sizeof *u);
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

static void end_run(rcd_utf7 *u, int explicit_end)
{
    u->state = DIRECT;
    uint32_t left = u->bits & ((1u << u->bit_count) - 1);
    if (u->run_bad || u->high != 0 || u->run_units == 0 || u->bit_count >= 6 || left != 0) {
        broken(u);
        return;
    }
    u->runs++;
    u->characters += u->run_characters;
    /* Three lengths of eight are possible at all; the padding is worth its bits. */
    u->score += u->run_score + 1 + u->bit_count + (explicit_end ? EXPLICIT_END : 0);
}

static void start_run(rcd_utf7 *u)
{
    u->state = RUN;
    u->bits = 0;
    u->bit_count = 0;
    u->run_units = 0;
    u->run_characters = 0;
    u->run_score = 0;
    u->run_bad = 0;
    u->high = 0;
    u->script = SCRIPT_NONE;
}

static void remember(rcd_utf7 *u, const uint8_t *data, size_t len)
{
    if (len >= 2) {
        u->before[0] = data[len - 2];
        u->before[1] = data[len - 1];
    } else if (len == 1) {
        u->before[0] = u->before[1];
        u->before[1] = data[0];
    }
}

void rcd_utf7_feed(rcd_utf7 *u, const uint8_t *data, size_t len)
{
    const uint64_t total = u->pos + len;
    const uint8_t *end = data + len;
    while (data < end && !u->dead) {
        if (u->state == DIRECT) {
            const uint8_t *plus = memchr(data, '+', (size_t)(end - data));
            const uint8_t *stop = plus != NULL ? plus : end;
            remember(u, data, (size_t)(stop - data));
            u->pos += (uint64_t)(stop - data);
            if (plus == NULL) {
                break;
            }
            u->start = u->pos++;
            u->state = PLUS;
            data = plus + 1;
            continue;
        }
        unsigned value = base64_value(*data);
        if (value == NOT_BASE64) {
            int minus = *data == '-';
            if (u->state == RUN) {
                end_run(u, minus);
            } else if (!minus) {
                broken(u);
            }
            u->state = DIRECT;
            u->before[0] = 0;
            u->before[1] = 0;
            data += minus;
            u->pos += (uint64_t)minus;
            continue;
        }
        if (u->state == PLUS) {
            start_run(u);
        }
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
    if (!u->dead && u->state == RUN && !sample) {
        end_run(u, 0);
    }
    u->state = DIRECT;
}

int rcd_utf7_idle(const rcd_utf7 *u)
{
    return u->state == DIRECT;
}
