/* rcd_frames.c : see rcd_frames.h. */
#include "rcd_small.h"

#include "rcd_frames.h"

#include <string.h>

#include "rcd_bits.h"
#include "rcd_charset.h"
#include "rcd_multibyte.h"
#include "rcd_single_byte.h"

#define JOINTS_LEAST 3u  /* lines that go on from piece to piece */
#define JOINTS_MANY 8u
#define BLOCKS_LEAST 6u /* block elements beside others, in pictures made of them */
#define SURE_FEW 900000u
#define SURE_MANY 970000u
/* A horizontal line is one high byte in so many, or the lead byte of the frames one in the other number. */
#define LINES_SHARE 8u
#define LEADS_SHARE 3u
#define IDEOGRAPHIC_SPACE 0x3000u
#define FIRST_PIECE 0x2500u /* of box drawing, */
#define FIRST_BLOCK 0x2580u /* of block elements, */
#define FIRST_SHAPE 0x25A0u /* of what is neither */
#define BLACK_SQUARE 0x25A0u
#define UPRIGHT 0x2502u
#define UPRIGHT_DOUBLE 0x2551u

/* Who may have frames: the charset that is the answer, or a family, and bytes that are always there. */
typedef struct {
    uint16_t charset;
    int8_t family;
    uint8_t bytes[2];
} frame_reader;

/* The commonest first; all of these have the lines of DOS where the first has them, or elsewhere. */
static const frame_reader readers[] = {
    {RCD_CS_CP437, -1, {0xC4, 0xCD}},
    {RCD_CS_CP437, -1, {0xDB, 0xDC}},
    {RCD_CS_CP437, -1, {0xB0, 0xB2}},
    {RCD_CS_KOI8_R, -1, {0x80, 0xA0}},
    {0, RCD_MB_GB18030, {0xA9, 0xA9}},
    {0, RCD_MB_SHIFT_JIS, {0x84, 0x84}},
    {0, RCD_MB_EUC_JP, {0xA8, 0xA8}},
    {0, RCD_MB_EUC_KR, {0xA6, 0xA6}},
    {0, RCD_MB_BIG5, {0xA2, 0xF9}},
};

/* Lines to the left of each piece from U+2500 on, plus four times those to the right, from '0' on: none,
 * light, double, heavy (from the names in the Unicode Character Database). */
static const char lines[] = "5?005?005?004<4<13134<4<13134<44"
                            "4<<<1311133357=?57=?57=?57=?57=?"
                            "5557=7=??7=?5?00:084821284821284"
                            "8212:5::5::5:4114000104030<0=070";

/* What is known of the pieces so far. */
typedef struct {
    uint32_t joints;
    uint32_t first; /* the first piece */
    int varied;     /* there are others */
    uint32_t blocks;      /* block elements that follow another, */
    uint32_t first_block; /* the first of all, */
    int varied_blocks;    /* whether there are others, */
    int block;            /* and whether the last character was one */
    unsigned open;  /* the line to the right of the last character, */
    int may_end;    /* which may be the last piece of a row, */
    int ascii;      /* or ASCII, or an upright line */
} frame_state;

/* Is a piece a horizontal line, or what the text of a branch follows, as in "├─┬ x"? */
static int is_open_ended(uint32_t cp)
{
    return cp == 0x2500u || cp == 0x2501u || cp == 0x2550u || cp == 0x252Cu;
}

static void add_block(frame_state *s, uint32_t cp)
{
    const int block = cp - FIRST_BLOCK < FIRST_SHAPE - FIRST_BLOCK || cp == BLACK_SQUARE;
    s->blocks += (uint32_t)(block && s->block);
    s->block = block;
    if (block) {
        s->varied_blocks |= s->first_block != 0 && s->first_block != cp;
        s->first_block = s->first_block == 0 ? cp : s->first_block;
    }
}

/* Adds a character; ASCII ends a row. @return 0 where it is no piece of a frame, or does not fit */
static int add_piece(frame_state *s, uint32_t cp)
{
    unsigned left = 0, right = 0;
    if (cp - FIRST_PIECE < FIRST_BLOCK - FIRST_PIECE) {
        const unsigned both = (unsigned)(lines[cp - FIRST_PIECE] - '0');
        left = both & 3u;
        right = both >> 2;
        s->varied |= s->first != 0 && s->first != cp;
        s->first = s->first == 0 ? cp : s->first;
    } else if (cp >= 0x80u && cp != IDEOGRAPHIC_SPACE && cp != BLACK_SQUARE &&
               cp - FIRST_BLOCK >= FIRST_SHAPE - FIRST_BLOCK) {
        return 0;
    }
    add_block(s, cp);
    /* Rules stand between the sides of a box, too, without meeting them. */
    const int ascii = cp < 0x80u || cp == UPRIGHT || cp == UPRIGHT_DOUBLE, open_ended = is_open_ended(cp);
    const int fits = left == s->open || (ascii && s->may_end) || (s->ascii && open_ended);
    s->joints += (uint32_t)(left != 0 && left == s->open);
    s->open = right;
    s->may_end = open_ended;
    s->ascii = ascii;
    return fits;
}

/* Do enough of the pieces fit, or make a picture of block elements? */
static int is_enough(const frame_state *s)
{
    return (s->joints >= JOINTS_LEAST && s->varied) || (s->blocks >= BLOCKS_LEAST && s->varied_blocks);
}

static int reads_frames(const rcd_detector *d, const frame_reader *r, frame_state *s)
{
    const uint8_t *text = d->excerpt.text;
    const size_t len = d->excerpt.len;
    const uint16_t *table = r->family < 0 ? rcd_single_byte_table(r->charset) : NULL;
    memset(s, 0, sizeof *s);
    s->ascii = 1;
    for (size_t i = 0; i < len;) {
        uint32_t cp = text[i];
        int used = 1;
        if (cp >= 0x80u) {
            used = table != NULL ? 1 : rcd_mb_next(r->family, text + i, len - i, &cp);
            cp = table != NULL ? table[cp] : cp;
        }
        if (used <= 0 || !add_piece(s, cp)) {
            return used == 0 && s->joints >= JOINTS_LEAST; /* cut inside a character */
        }
        i += (size_t)used;
    }
    return is_enough(s);
}

/* Are there enough of the bytes that frames cannot do without? */
static int may_be(const rcd_detector *d, int sample, const frame_reader *r)
{
    const uint64_t *count = d->census.count, high = rcd_census_high(&d->census);
    if (r->family < 0) {
        return (count[r->bytes[0]] + count[r->bytes[1]]) * LINES_SHARE >= high && rcd_allowed(d, r->charset);
    }
    const uint64_t leads = count[r->bytes[0]] + (r->bytes[1] != r->bytes[0] ? count[r->bytes[1]] : 0);
    return leads * LEADS_SHARE >= high && d->with_multibyte &&
           rcd_mb_end(&d->multibyte[r->family], sample, NULL) != 0;
}

unsigned rcd_frames_say(const rcd_detector *d, int sample, uint8_t *allow, uint32_t *sure)
{
    frame_state state;
    if (d->options.declared != 0 || d->options.language != 0) {
        return 0;
    }
    for (size_t k = 0; k < sizeof readers / sizeof readers[0]; k++) {
        const frame_reader *r = &readers[k];
        if (!may_be(d, sample, r) || !reads_frames(d, r, &state)) {
            continue;
        }
        unsigned charset = r->charset;
        memset(allow, 0, RCD_CS_COUNT);
        if (r->family < 0) {
            allow[charset] = 1; /* may_be() has asked whether it is allowed */
        } else {
            charset = rcd_allow_family(d, r->family, allow);
        }
        *sure = state.joints + state.blocks >= JOINTS_MANY ? SURE_MANY : SURE_FEW;
        return charset;
    }
    return 0;
}
