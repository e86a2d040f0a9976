/* rcd_alone.c : see rcd_alone.h. */
#include "rcd_small.h"

#include "rcd_alone.h"

#include <string.h>

#include "rcd_charset.h"
#include "rcd_letters.h"
#include "rcd_multibyte.h"

#define LEAST 8u      /* characters */
#define SPREAD 0x48u  /* Trail bytes are further from each other than the letters of an alphabet in two cases. */
#define OUTSIDE_PART 8u /* of the characters, at most, are in no first level */
/* Tenths of a bit: what one costs that is not, as one of a larger level and more, and so far behind the best
 * another family is asked, too. */
#define OUTSIDE 149
#define NEAR 30
#define SURE_MOST 900000u
#define MILLION UINT64_C(1000000)

/* A part of a family's codes: lead bytes from and to, trail bytes from and to, and log2 of how many, in tenths. */
typedef struct {
    uint8_t family;
    uint8_t lead[2], trail[2];
    uint8_t bits;
} part;

/* The first levels of JIS X 0208, KS X 1001, GB 2312 and Big5, and the kana. */
static const part parts[] = {
    {RCD_MB_SHIFT_JIS, {0x82, 0x83}, {0x40, 0xF1}, 74}, {RCD_MB_SHIFT_JIS, {0x88, 0x98}, {0x40, 0xFC}, 115},
    {RCD_MB_EUC_JP, {0xA4, 0xA5}, {0xA1, 0xF6}, 74},    {RCD_MB_EUC_JP, {0xB0, 0xCF}, {0xA1, 0xFE}, 115},
    {RCD_MB_EUC_KR, {0xB0, 0xC8}, {0xA1, 0xFE}, 112},   {RCD_MB_GB18030, {0xB0, 0xD7}, {0xA1, 0xFE}, 119},
    {RCD_MB_BIG5, {0xA4, 0xC6}, {0x40, 0xFE}, 124},
};

/* What the characters of a text are, read in a family. */
typedef struct {
    uint32_t all, outside, next; /* next = its code follows that of the one before */
    unsigned least, most;        /* trail bytes */
    int32_t cost;
} alone;

static const part *part_of(unsigned family, unsigned lead, unsigned trail)
{
    for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++) {
        const part *p = &parts[k];
        if (p->family == family && lead >= p->lead[0] && lead <= p->lead[1] && trail >= p->trail[0] &&
            trail <= p->trail[1]) {
            return p;
        }
    }
    return NULL;
}

/* Reads the excerpt. @return whether all beyond ASCII in it is characters by themselves, nearly all in a part */
static int read_alone(const rcd_detector *d, unsigned family, alone *a)
{
    const uint8_t *text = d->excerpt.text;
    const size_t len = d->excerpt.len;
    unsigned before = 0;
    memset(a, 0, sizeof *a);
    a->least = 0xFFu;
    for (size_t i = 0; i < len; i++) {
        if (text[i] < 0x80u) {
            continue;
        }
        if (len - i < 2u) {
            break; /* cut */
        }
        const unsigned trail = text[i + 1u], code = (unsigned)text[i] << 8 | trail;
        if ((i > 0 && rcd_in_word(text[i - 1u])) || (len - i > 2u && rcd_in_word(text[i + 2u])) || trail < 0x40u) {
            return 0;
        }
        const part *p = part_of(family, text[i], trail);
        const int follows = code == before + 1u;
        a->all++;
        a->outside += p == NULL;
        if (a->outside * OUTSIDE_PART > a->all + OUTSIDE_PART) {
            return 0;
        }
        a->next += (uint32_t)follows;
        a->least = trail < a->least ? trail : a->least;
        a->most = trail > a->most ? trail : a->most;
        a->cost += follows ? 0 : p != NULL ? p->bits : OUTSIDE;
        before = code;
        i++;
    }
    /* Words of two letters have letters of one alphabet behind the first, and are in no such order. */
    return a->all >= LEAST && a->outside * OUTSIDE_PART <= a->all &&
           (a->next * 4u >= a->all * 3u || (a->most - a->least > SPREAD && a->next * 2u < a->all));
}

unsigned rcd_alone_say(const rcd_detector *d, int sample, uint8_t *allow, uint32_t *sure)
{
    int32_t cost[RCD_MB_COUNT], least = INT32_MAX;
    unsigned charset = 0;
    uint64_t odds = 0;
    if (d->options.declared != 0 || d->options.language != 0 || !d->with_multibyte) {
        return 0;
    }
    for (unsigned f = 0; f < RCD_MB_COUNT; f++) {
        alone a;
        cost[f] = INT32_MAX;
        if (rcd_mb_end(&d->multibyte[f], sample, NULL) != 0 && read_alone(d, f, &a)) {
            cost[f] = a.cost;
            least = a.cost < least ? a.cost : least;
        }
    }
    memset(allow, 0, RCD_CS_COUNT);
    for (unsigned f = 0; f < RCD_MB_COUNT; f++) {
        if (cost[f] == INT32_MAX) {
            continue;
        }
        const unsigned bits = (unsigned)(cost[f] - least) / 10u;
        odds += MILLION >> (bits < 19u ? bits : 19u);
        if (cost[f] - least <= NEAR) {
            const unsigned first = rcd_allow_family(d, (int)f, allow);
            charset = charset == 0 || cost[f] == least ? first : charset;
        }
    }
    if (charset != 0) {
        const uint64_t share = MILLION * MILLION / odds;
        *sure = share < SURE_MOST ? (uint32_t)share : SURE_MOST;
    }
    return charset;
}
