/* rcd_escape.c : the 7-bit readers side by side, and which of them is believed. */
#include "rcd_small.h"

#include "rcd_escape.h"

#include <string.h>

#include "rcd_charset_ids.h"

enum { ISO2022 = 1, HZ = 2, UTF7 = 4, IMAP = 8 };

/* One broken sequence in so many characters is damage; more is another encoding. */
#define DAMAGE_SHARE 8

/* Bits of evidence, see rcd_utf7.c. One accented letter closed by "-" weighs 15, and is right
 * unless the text happens to spell it; two weigh 30. */
#define UTF7_LIKELY 12
#define UTF7_CERTAIN 18
#define UTF7_DAMAGED 60

/* Readers that may still come to something. */
static unsigned live_readers(const rcd_escape *e)
{
    return (e->iso2022.dead ? 0u : ISO2022) | (e->hz.dead ? 0u : HZ) | (e->utf7.dead ? 0u : UTF7) |
           (e->imap.dead ? 0u : IMAP);
}

/* What wakes a reader that rests. */
static void make_idle(rcd_escape *e)
{
    e->live = (uint8_t)live_readers(e);
    rcd_byteset_ascii(&e->idle);
    if ((e->live & ISO2022) != 0) {
        rcd_byteset_remove(&e->idle, 0x1B);
        rcd_byteset_remove(&e->idle, 0x0E);
        rcd_byteset_remove(&e->idle, 0x0F);
    }
    if ((e->live & HZ) != 0) {
        rcd_byteset_remove(&e->idle, '~');
    }
    if ((e->live & UTF7) != 0) {
        rcd_byteset_remove(&e->idle, RCD_UTF7_PLUS);
    }
    if ((e->live & IMAP) != 0) {
        rcd_byteset_remove(&e->idle, RCD_UTF7_IMAP);
    }
}

void rcd_escape_init(rcd_escape *e)
{
    e->pos = 0;
    e->first_high = UINT64_MAX;
    e->dead = 0;
    rcd_iso2022_init(&e->iso2022);
    rcd_hz_init(&e->hz);
    rcd_utf7_init(&e->utf7, RCD_UTF7_PLUS);
    rcd_utf7_init(&e->imap, RCD_UTF7_IMAP);
    make_idle(e);
}

static int all_idle(const rcd_escape *e)
{
    return (e->iso2022.dead || rcd_iso2022_idle(&e->iso2022)) &&
           (e->hz.dead || rcd_hz_idle(&e->hz)) && (e->utf7.dead || rcd_utf7_idle(&e->utf7)) &&
           (e->imap.dead || rcd_utf7_idle(&e->imap));
}

/* `len` bytes that wake none. */
static void pass_readers(rcd_escape *e, const uint8_t *data, size_t len)
{
    e->iso2022.pos += len;
    e->hz.pos += len;
    rcd_utf7_skip(&e->utf7, data, len);
    rcd_utf7_skip(&e->imap, data, len);
}

int rcd_escape_rests(const rcd_escape *e) { return e->dead || all_idle(e); }

void rcd_escape_pass(rcd_escape *e, const uint8_t *data, size_t len)
{
    if (!e->dead) {
        pass_readers(e, data, len);
    }
    e->pos += len;
}

/* `len` bytes below 0x80. */
static void feed_readers(rcd_escape *e, const uint8_t *data, size_t len, const rcd_kernels *k)
{
    if (all_idle(e)) {
        uint64_t high = 0;
        size_t run = k->set_run(data, len, &e->idle, &high);
        pass_readers(e, data, run);
        data += run;
        len -= run;
    }
    if (len > 0) {
        rcd_iso2022_feed(&e->iso2022, data, len);
        rcd_hz_feed(&e->hz, data, len);
        rcd_utf7_feed(&e->utf7, data, len);
        rcd_utf7_feed(&e->imap, data, len);
    }
    if (live_readers(e) != e->live) {
        make_idle(e);
        e->dead = e->live == 0;
    }
}

/* After a wake-up the readers go through the rest of a piece each on its own, which costs three
 * passes; small pieces bring them back to the common one soon. */
#define PIECE 4096

void rcd_escape_feed(rcd_escape *e, const uint8_t *data, size_t len)
{
    const rcd_kernels *k = rcd_kernels_get();
    const uint64_t total = e->pos + len;
    if (!e->dead && len > 0) {
        size_t low = k->ascii_run(data, len);
        for (size_t i = 0; i < low && !e->dead;) {
            size_t n = low - i < PIECE ? low - i : PIECE;
            feed_readers(e, data + i, n, k);
            i += n;
        }
        if (low < len && !e->dead) {
            e->first_high = e->pos + low;
            e->dead = 1;
        }
    }
    e->pos = total;
}

/* The first of a list of (bit, charset) whose bit is in `alive` and that is allowed. */
typedef struct {
    uint16_t bit;
    uint16_t charset;
} choice;

static int is_allowed(const uint8_t *allow, unsigned charset)
{
    return allow == NULL || allow[charset] != 0;
}

static uint16_t choose(const choice *list, size_t count, unsigned alive, const uint8_t *allow)
{
    for (size_t i = 0; i < count; i++) {
        if ((alive & list[i].bit) != 0 && is_allowed(allow, list[i].charset)) {
            return list[i].charset;
        }
    }
    return RCD_CS_NONE;
}

/* Narrowest first. */
static const choice by_width[] = {
    {RCD_2022_JP, RCD_CS_ISO2022_JP},           {RCD_2022_JP_1, RCD_CS_ISO2022_JP_1},
    {RCD_2022_JP_EXT, RCD_CS_ISO2022_JP_EXT},   {RCD_2022_JP_2, RCD_CS_ISO2022_JP_2},
    {RCD_2022_JP_3, RCD_CS_ISO2022_JP_3},       {RCD_2022_JP_2004, RCD_CS_ISO2022_JP_2004},
    {RCD_2022_CP50220, RCD_CS_CP50220},         {RCD_2022_CP50220, RCD_CS_CP50221},
    {RCD_2022_CP50220, RCD_CS_CP50222},         {RCD_2022_KR, RCD_CS_ISO2022_KR},
    {RCD_2022_CN, RCD_CS_ISO2022_CN},           {RCD_2022_CN_EXT, RCD_CS_ISO2022_CN_EXT},
};

/* What is in use first: mail programs write half-width katakana and the rows of NEC and IBM as
 * Microsoft has them, and hardly anything writes -EXT. */
static const choice by_use[] = {
    {RCD_2022_JP, RCD_CS_ISO2022_JP},           {RCD_2022_CP50220, RCD_CS_CP50220},
    {RCD_2022_JP_1, RCD_CS_ISO2022_JP_1},       {RCD_2022_JP_2, RCD_CS_ISO2022_JP_2},
    {RCD_2022_JP_2004, RCD_CS_ISO2022_JP_2004}, {RCD_2022_JP_3, RCD_CS_ISO2022_JP_3},
    {RCD_2022_JP_EXT, RCD_CS_ISO2022_JP_EXT},   {RCD_2022_CP50220, RCD_CS_CP50221},
    {RCD_2022_CP50220, RCD_CS_CP50222},         {RCD_2022_KR, RCD_CS_ISO2022_KR},
    {RCD_2022_CN, RCD_CS_ISO2022_CN},           {RCD_2022_CN_EXT, RCD_CS_ISO2022_CN_EXT},
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static int judge_iso2022(const rcd_iso2022 *from, int sample, const uint8_t *allow,
                         rcd_escape_verdict *out)
{
    rcd_iso2022 s = *from;
    rcd_iso2022_finish(&s, sample);
    /* The Korean designation at the very start is enough: nothing else begins so. */
    int header = s.header && s.alive == RCD_2022_KR;
    if (s.dead || (s.characters == 0 && !header) || s.bad * DAMAGE_SHARE > s.characters) {
        return 0;
    }
    out->charset = choose(by_use, COUNT(by_use), s.alive, allow);
    out->narrow = choose(by_width, COUNT(by_width), s.alive, allow);
    if (out->charset == RCD_CS_NONE) {
        return 0;
    }
    out->characters = s.characters + s.shifted;
    out->bad = s.bad;
    out->first_bad = s.first_bad;
    out->certain = 1;
    return 1;
}

static int judge_hz(const rcd_hz *from, int sample, const uint8_t *allow, rcd_escape_verdict *out)
{
    rcd_hz h = *from;
    rcd_hz_finish(&h, sample);
    if (h.dead || !is_allowed(allow, RCD_CS_HZ) || h.common == 0 || h.common * 2 < h.characters ||
        h.bad * DAMAGE_SHARE > h.characters) {
        return 0;
    }
    out->charset = RCD_CS_HZ;
    out->narrow = RCD_CS_HZ;
    out->characters = h.characters;
    out->bad = h.bad;
    out->first_bad = h.first_bad;
    out->certain = h.bad == 0 && h.characters >= 2;
    return 1;
}

static int is_utf7(const rcd_utf7 *u)
{
    return !u->dead && u->score >= (u->bad == 0 ? UTF7_LIKELY : UTF7_DAMAGED) &&
           u->bad * DAMAGE_SHARE <= u->runs;
}

/* A plus sign may stand inside a run of IMAP's, and an ampersand in UTF-7 only outside of its own. */
static void judge_utf7(const rcd_escape *e, int sample, const uint8_t *allow,
                       rcd_escape_verdict *out)
{
    rcd_utf7 u = e->utf7, imap = e->imap;
    rcd_utf7_finish(&u, sample);
    rcd_utf7_finish(&imap, sample);
    const int may = is_allowed(allow, RCD_CS_UTF_7) && is_utf7(&u);
    const int is_imap = is_allowed(allow, RCD_CS_UTF_7_IMAP) && is_utf7(&imap) &&
                        (!may || imap.score > u.score);
    if (!may && !is_imap) {
        return;
    }
    u = is_imap ? imap : u;
    out->charset = is_imap ? RCD_CS_UTF_7_IMAP : RCD_CS_UTF_7;
    out->narrow = out->charset;
    out->characters = u.characters;
    out->bad = u.bad;
    out->first_bad = u.first_bad;
    out->certain = u.bad == 0 && u.score >= UTF7_CERTAIN;
}

void rcd_escape_end(const rcd_escape *e, int sample, const uint8_t *allow, rcd_escape_verdict *out)
{
    memset(out, 0, sizeof *out);
    out->first_bad = UINT64_MAX;
    if (e->dead) {
        return;
    }
    if (!judge_iso2022(&e->iso2022, sample, allow, out) && !judge_hz(&e->hz, sample, allow, out)) {
        judge_utf7(e, sample, allow, out);
    }
}

int rcd_escape_fits(const rcd_escape *e, unsigned charset, int sample)
{
    rcd_iso2022 s = e->iso2022;
    rcd_hz h = e->hz;
    rcd_utf7 u = charset == RCD_CS_UTF_7 ? e->utf7 : e->imap;
    switch (charset) {
    case RCD_CS_HZ:
        rcd_hz_finish(&h, sample);
        return !h.dead && h.bad == 0;
    case RCD_CS_UTF_7:
    case RCD_CS_UTF_7_IMAP:
        rcd_utf7_finish(&u, sample);
        return !u.dead && u.bad == 0;
    default:
        break;
    }
    rcd_iso2022_finish(&s, sample);
    for (size_t i = 0; i < COUNT(by_use) && !s.dead && s.bad == 0; i++) {
        if (by_use[i].charset == charset) {
            return (s.alive & by_use[i].bit) != 0;
        }
    }
    return 0;
}
