/* rcd_iso2022.c : reading the ISO-2022 family.
 *
 *  One reader for all its charsets: each sequence says who takes it, and who does not drops out.
 *  A sequence that nobody left takes is broken and changes nothing.
 *
 *  Who takes what follows the decoders that the answer is for, where they can be asked (CPython's:
 *  JIS Roman and the 1978 set are errors in its -3 and -2004; controls pass in every state; a new
 *  line keeps the Japanese sets and ends the Korean shift). Sequences that name no set (colours of
 *  terminals) are passed by all of them while in a one-byte set. Beyond that RFC 1468, 1554, 2237,
 *  1557 and 1922. */
#include "rcd_iso2022.h"

#include <string.h>

#include "rcd_multibyte_code.h"

#define ALL_JP \
    (RCD_2022_JP | RCD_2022_JP_1 | RCD_2022_JP_2 | RCD_2022_JP_3 | RCD_2022_JP_2004 | \
     RCD_2022_JP_EXT | RCD_2022_CP50220)
#define OLD_JP (ALL_JP & ~(RCD_2022_JP_3 | RCD_2022_JP_2004))
#define ALL_CN (RCD_2022_CN | RCD_2022_CN_EXT)
#define EVERYBODY (ALL_JP | RCD_2022_KR | ALL_CN)

enum {
    SET_NONE,
    SET_ASCII,
    SET_ROMAN,
    SET_KATAKANA,
    SET_LATIN1,
    SET_GREEK,
    SET_TWO_BYTES, /* from here on */
    SET_0208 = SET_TWO_BYTES,
    SET_0212,
    SET_0213_2000,
    SET_0213_2004,
    SET_0213_2,
    SET_GB2312,
    SET_KSX1001,
    SET_IR165,
    SET_CNS /* plane 1; plane p is SET_CNS + p - 1 */
};

enum { GROUND, SECOND, ESCAPE, CONTROL };

/* What may follow an ESC to put a set into G0 .. G3. */
static const struct {
    char sequence[4];
    uint8_t slot;
    uint8_t set;
    uint16_t who;
} designations[] = {
    {"(B", 0, SET_ASCII, ALL_JP | RCD_2022_KR},
    {"(J", 0, SET_ROMAN, OLD_JP},
    {"(I", 0, SET_KATAKANA, RCD_2022_JP_EXT | RCD_2022_CP50220},
    {"$@", 0, SET_0208, OLD_JP},
    {"$(@", 0, SET_0208, OLD_JP},
    {"$B", 0, SET_0208, ALL_JP},
    {"$(B", 0, SET_0208, ALL_JP},
    {"$(D", 0, SET_0212, RCD_2022_JP_1 | RCD_2022_JP_2 | RCD_2022_JP_EXT},
    {"$(O", 0, SET_0213_2000, RCD_2022_JP_3},
    {"$(Q", 0, SET_0213_2004, RCD_2022_JP_2004},
    {"$(P", 0, SET_0213_2, RCD_2022_JP_3 | RCD_2022_JP_2004},
    {"$A", 0, SET_GB2312, RCD_2022_JP_2},
    {"$(A", 0, SET_GB2312, RCD_2022_JP_2},
    {"$(C", 0, SET_KSX1001, RCD_2022_JP_2},
    {".A", 2, SET_LATIN1, RCD_2022_JP_2},
    {".F", 2, SET_GREEK, RCD_2022_JP_2},
    {"$)C", 1, SET_KSX1001, RCD_2022_KR},
    {"$)A", 1, SET_GB2312, ALL_CN},
    {"$)G", 1, SET_CNS, ALL_CN},
    {"$)E", 1, SET_IR165, RCD_2022_CN_EXT},
    {"$*H", 2, SET_CNS + 1, ALL_CN},
    {"$+I", 3, SET_CNS + 2, RCD_2022_CN_EXT},
    {"$+J", 3, SET_CNS + 3, RCD_2022_CN_EXT},
    {"$+K", 3, SET_CNS + 4, RCD_2022_CN_EXT},
    {"$+L", 3, SET_CNS + 5, RCD_2022_CN_EXT},
    {"$+M", 3, SET_CNS + 6, RCD_2022_CN_EXT},
};

void rcd_iso2022_init(rcd_iso2022 *s)
{
    memset(s, 0, sizeof *s);
    s->first_bad = UINT64_MAX;
    s->alive = EVERYBODY;
    s->set0 = SET_ASCII;
    rcd_byteset_ascii(&s->ground);
    rcd_byteset_remove(&s->ground, 0x1B);
    rcd_byteset_remove(&s->ground, 0x0E);
    rcd_byteset_remove(&s->ground, 0x0F);
}

static unsigned current_set(const rcd_iso2022 *s)
{
    return s->single == 2 ? s->set2 : s->single == 3 ? s->set3
                                  : s->shifted_out   ? s->set1
                                                     : s->set0;
}

/* Something stood at s->start that `who` would take. Returns whether anybody does. */
static int taken_by(rcd_iso2022 *s, unsigned who)
{
    if ((s->alive & who) != 0) {
        s->alive = (uint16_t)(s->alive & who);
        return 1;
    }
    s->bad++;
    if (s->first_bad == UINT64_MAX) {
        s->first_bad = s->start;
    }
    s->dead = s->bad > 16 + s->characters / 4;
    return 0;
}

/* Members of a multi-byte charset family that have a code of one set, asked by its EUC form. */
static unsigned members(int family, const uint8_t *code, size_t len)
{
    rcd_mb_code found;
    return rcd_mb_read(family, code, len, &found) == (int)len ? found.members : 0;
}

/* Bits of members, in the order of rcd_mb_members(). */
enum { EUC_JP = 1u, CP51932 = 4u, EUC_JIS_2004 = 8u, EUC_JISX0213 = 16u };
enum { EUC_KR = 2u };
enum { GB2312 = 4u };

/* Who decodes the pair (a, b), 21..7E each, of a two-byte set. */
static unsigned who_has(unsigned set, unsigned a, unsigned b)
{
    uint8_t code[4] = {0x8F, (uint8_t)(a | 0x80), (uint8_t)(b | 0x80), 0};
    const uint8_t *two = code + 1;
    unsigned m;
    switch (set) {
    case SET_0208:
        m = members(RCD_MB_EUC_JP, two, 2);
        return ((m & EUC_JP) != 0 ? ALL_JP & ~(unsigned)RCD_2022_CP50220 : 0u) |
               ((m & CP51932) != 0 ? (unsigned)RCD_2022_CP50220 : 0u);
    case SET_0212:
        return (members(RCD_MB_EUC_JP, code, 3) & EUC_JP) != 0 ? EVERYBODY : 0;
    case SET_0213_2000:
        return (members(RCD_MB_EUC_JP, two, 2) & EUC_JISX0213) != 0 ? EVERYBODY : 0;
    case SET_0213_2004:
        return (members(RCD_MB_EUC_JP, two, 2) & EUC_JIS_2004) != 0 ? EVERYBODY : 0;
    case SET_0213_2: {
        /* EUC has plane 2 and JIS X 0212 behind the same byte; they share no row. */
        unsigned row = a - 0x20;
        int plane2 = row == 1 || (row >= 3 && row <= 5) || row == 8 || (row >= 12 && row <= 15) ||
                     row >= 78;
        return plane2 && (members(RCD_MB_EUC_JP, code, 3) & EUC_JIS_2004) != 0 ? EVERYBODY : 0;
    }
    case SET_GB2312:
        return (members(RCD_MB_GB18030, two, 2) & GB2312) != 0 ? EVERYBODY : 0;
    case SET_KSX1001:
        return (members(RCD_MB_EUC_KR, two, 2) & (EUC_KR | RCD_MB_FILLER)) != 0 ? EVERYBODY : 0;
    case SET_IR165:
        /* GB 2312 and more in nearly every row: no table here tells which cells are free. */
        return EVERYBODY;
    case SET_CNS:
        return members(RCD_MB_EUC_TW, two, 2) != 0 ? EVERYBODY : 0;
    default:
        code[0] = 0x8E;
        code[3] = code[2];
        code[2] = code[1];
        code[1] = (uint8_t)(0xA1 + set - SET_CNS);
        return members(RCD_MB_EUC_TW, code, 4) != 0 ? EVERYBODY : 0;
    }
}

static void count_pair(rcd_iso2022 *s, unsigned set, unsigned a, unsigned b)
{
    s->characters += (uint64_t)taken_by(s, who_has(set, a, b));
}

static int is_graphic(unsigned b)
{
    return b >= 0x21 && b <= 0x7E;
}

/* One byte of a one-byte set. */
static void count_single(rcd_iso2022 *s, unsigned set, unsigned b)
{
    if (set == SET_KATAKANA && b >= 0x20) {
        int fits = taken_by(s, b >= 0x21 && b <= 0x5F ? EVERYBODY : 0);
        if (s->shifted_out) {
            s->shifted += (uint64_t)fits;
        } else {
            s->characters += (uint64_t)fits;
        }
    } else if (set == SET_LATIN1 || set == SET_GREEK) {
        /* The cells of ISO 8859-7:1987 that are free. */
        int free_cell = b == 0x24 || b == 0x25 || b == 0x2A || b == 0x2E || b == 0x52 || b == 0x7F;
        int fits = taken_by(s, b >= 0x20 && !(set == SET_GREEK && free_cell) ? EVERYBODY : 0);
        s->characters += (uint64_t)fits;
    }
}

/* Korean readers shift in, Chinese ones forget every designation; the Japanese sets stay. */
static void line_feed(rcd_iso2022 *s)
{
    s->shifted_out = 0;
    if ((s->alive & ~ALL_CN) == 0) {
        s->set1 = SET_NONE;
        s->set2 = SET_NONE;
        s->set3 = SET_NONE;
    }
}

static void shift(rcd_iso2022 *s, int out)
{
    if (!out) {
        s->shifted_out = 0;
    } else if (s->set1 != SET_NONE) {
        s->shifted_out = 1;
    } else if (s->set0 < SET_TWO_BYTES && taken_by(s, RCD_2022_CP50220)) {
        s->shifted_out = 1;
        s->set1 = SET_KATAKANA;
    }
}

/* An escape sequence, perhaps cut short by a byte that belongs to none, that names no set known
 * here. What begins like a designation leaves a reader not knowing what follows, so it is broken;
 * ESC & @ only tells that the 1990 edition of the set that follows is meant. */
static void foreign(rcd_iso2022 *s)
{
    s->foreign++;
    unsigned kind = s->escape_len > 0 ? s->escape[0] : 0;
    int revision = kind == '&' && s->escape_len == 2 && s->escape[1] == '@';
    int designates = kind == '(' || kind == ')' || kind == '$' || kind == '.' || kind == '&';
    if (!revision && (designates || current_set(s) >= SET_KATAKANA)) {
        taken_by(s, 0);
    }
    /* A log of a terminal, of any length, that has named no set by now is nothing else. */
    s->dead |= s->foreign > 4096 && s->characters == 0;
}

/* An escape sequence is complete: s->escape[0 .. escape_len). */
static void escape_ended(rcd_iso2022 *s)
{
    char sequence[4] = {0};
    memcpy(sequence, s->escape, s->escape_len);
    s->state = GROUND;
    for (size_t i = 0; i < sizeof designations / sizeof designations[0]; i++) {
        if (memcmp(sequence, designations[i].sequence, sizeof sequence) == 0) {
            if (taken_by(s, designations[i].who)) {
                uint8_t *slot[4] = {&s->set0, &s->set1, &s->set2, &s->set3};
                *slot[designations[i].slot] = designations[i].set;
                if (designations[i].slot == 0 && s->set1 == SET_KATAKANA) {
                    s->shifted_out = 0; /* as readers of cp50220 have it */
                }
                s->header |= s->start == 0 && designations[i].who == RCD_2022_KR;
                if ((s->alive & ~ALL_CN) == 0) {
                    rcd_byteset_remove(&s->ground, 0x0A);
                }
            }
            return;
        }
    }
    if (sequence[0] == 'N' && s->set2 != SET_NONE) {
        s->single = 2;
    } else if (sequence[0] == 'O' && s->set3 != SET_NONE) {
        s->single = 3;
    } else if (sequence[0] == 'N' || sequence[0] == 'O') {
        /* A single shift of nothing is an error for whom it would be one. */
        unsigned shifts = sequence[0] == 'N' ? RCD_2022_JP_2 | ALL_CN : (unsigned)RCD_2022_CN_EXT;
        if (taken_by(s, EVERYBODY & ~shifts)) {
            foreign(s);
        }
    } else {
        foreign(s);
    }
}

/* One byte in any state. Returns 0 when it must be read again in the state now in force. */
static int byte(rcd_iso2022 *s, unsigned b)
{
    switch (s->state) {
    case ESCAPE:
        if (b >= 0x20 && b <= 0x2F && s->escape_len < 3) {
            s->escape[s->escape_len++] = (uint8_t)b;
        } else if (b == '[' && s->escape_len == 0) {
            s->state = CONTROL;
        } else if (b >= 0x30 && b <= 0x7E && s->escape_len < 3) {
            s->escape[s->escape_len++] = (uint8_t)b;
            escape_ended(s);
        } else {
            /* Never more than the ESC is taken. */
            s->state = GROUND;
            foreign(s);
            return 0;
        }
        return 1;
    case CONTROL:
        if (b >= 0x20 && b <= 0x3F) {
            return 1;
        }
        s->state = GROUND;
        foreign(s);
        return b >= 0x40 && b <= 0x7E;
    case SECOND:
        s->state = GROUND;
        if (is_graphic(b)) {
            count_pair(s, current_set(s), s->first, b);
            s->single = 0;
            return 1;
        }
        s->single = 0;
        taken_by(s, 0);
        return 0;
    default:
        break;
    }
    s->start = s->pos;
    unsigned set = current_set(s);
    if (b == 0x1B) {
        s->single = 0;
        s->state = ESCAPE;
        s->escape_len = 0;
    } else if (b == 0x0E || b == 0x0F) {
        s->single = 0;
        shift(s, b == 0x0E);
    } else if (set < SET_TWO_BYTES) {
        count_single(s, set, b);
        s->single = 0;
    } else if (is_graphic(b)) {
        s->first = (uint8_t)b;
        s->state = SECOND;
    } else if (b >= 0x20 || s->single != 0) {
        s->single = 0;
        taken_by(s, 0);
    }
    if (b == 0x0A) {
        line_feed(s);
    }
    return 1;
}

/* Only bytes outside `ground` can change anything but `pos`. */
static int resting(const rcd_iso2022 *s)
{
    return s->state == GROUND && !s->shifted_out && s->single == 0 && s->set0 < SET_KATAKANA;
}

int rcd_iso2022_idle(const rcd_iso2022 *s)
{
    return resting(s) && (s->set1 | s->set2 | s->set3) == 0;
}

void rcd_iso2022_feed(rcd_iso2022 *s, const uint8_t *data, size_t len)
{
    const rcd_kernels *k = rcd_kernels_get();
    const uint64_t total = s->pos + len;
    size_t i = 0;
    while (i < len && !s->dead) {
        if (resting(s)) {
            uint64_t high = 0;
            size_t run = k->set_run(data + i, len - i, &s->ground, &high);
            i += run;
            s->pos += run;
            if (i == len) {
                break;
            }
        }
        unsigned set = current_set(s);
        if (s->state == GROUND && s->single == 0 && set >= SET_TWO_BYTES) {
            while (len - i >= 2 && is_graphic(data[i]) && is_graphic(data[i + 1]) && !s->dead) {
                s->start = s->pos;
                count_pair(s, set, data[i], data[i + 1]);
                i += 2;
                s->pos += 2;
            }
            if (i == len || s->dead) {
                break;
            }
        }
        if (byte(s, data[i])) {
            i++;
            s->pos++;
        }
    }
    s->pos = total;
}

void rcd_iso2022_finish(rcd_iso2022 *s, int sample)
{
    if (!s->dead && !sample && (s->state != GROUND || s->single != 0)) {
        taken_by(s, 0);
    }
    s->state = GROUND;
    s->single = 0;
}
