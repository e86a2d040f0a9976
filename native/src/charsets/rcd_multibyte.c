/* rcd_multibyte.c : the validators of the multi-byte families.
 *
 *  Most text is ASCII and pairs: rcd_multibyte_plain.c takes these, and stops at anything else (longer
 *  codes, make-up sequences, the end, an error), which is then read one code at a time. */
#include "rcd_multibyte.h"

#include <string.h>

#include "rcd_charset_ids.h"
#include "rcd_multibyte_code.h"
#include "rcd_multibyte_plain.h"

#define EUC_KR_BIT 2u /* of euc_kr in its family: the only member with make-up sequences */

/* Family, place in it, charset: M() of each. euc_jp before its superset eucjp-ms: where both decode,
 * CPython's codec is there for all and gives the code points that its users expect. */
#define EACH_MEMBER(M)                                                                             \
    M(RCD_MB_SHIFT_JIS, 0, RCD_CS_CP932) \
    M(RCD_MB_SHIFT_JIS, 1, RCD_CS_SHIFT_JIS_2004) \
    M(RCD_MB_SHIFT_JIS, 2, RCD_CS_SHIFT_JISX0213) \
    M(RCD_MB_SHIFT_JIS, 3, RCD_CS_SHIFT_JIS) \
    M(RCD_MB_EUC_JP, 0, RCD_CS_EUC_JP) \
    M(RCD_MB_EUC_JP, 1, RCD_CS_EUCJP_MS) \
    M(RCD_MB_EUC_JP, 2, RCD_CS_CP51932) \
    M(RCD_MB_EUC_JP, 3, RCD_CS_EUC_JIS_2004) \
    M(RCD_MB_EUC_JP, 4, RCD_CS_EUC_JISX0213) \
    M(RCD_MB_EUC_KR, 0, RCD_CS_CP949) \
    M(RCD_MB_EUC_KR, 1, RCD_CS_EUC_KR) \
    M(RCD_MB_JOHAB, 0, RCD_CS_JOHAB) \
    M(RCD_MB_GB18030, 0, RCD_CS_GB18030) \
    M(RCD_MB_GB18030, 1, RCD_CS_GBK) \
    M(RCD_MB_GB18030, 2, RCD_CS_GB2312) \
    M(RCD_MB_BIG5, 0, RCD_CS_BIG5HKSCS) \
    M(RCD_MB_BIG5, 1, RCD_CS_CP950) \
    M(RCD_MB_BIG5, 2, RCD_CS_BIG5_ETEN) \
    M(RCD_MB_BIG5, 3, RCD_CS_BIG5) \
    M(RCD_MB_EUC_TW, 0, RCD_CS_EUC_TW)

#define BY_FAMILY(family, place, charset) [family][place] = charset,
#define BY_CHARSET(family, place, charset) [charset] = (family) * 8 + (place) + 1,

/* A list that ends with 0 for each family. */
static const uint16_t member_ids[RCD_MB_COUNT][RCD_MB_MEMBERS + 1] = {EACH_MEMBER(BY_FAMILY)};
/* 8 * family + place + 1; 0 = in none. */
static const uint8_t places[RCD_CS_COUNT] = {EACH_MEMBER(BY_CHARSET)};

const uint16_t *rcd_mb_members(int family)
{
    static const uint16_t none[1] = {0};
    return family >= 0 && family < RCD_MB_COUNT ? member_ids[family] : none;
}

static int place_of(int charset)
{
    return charset > 0 && charset < RCD_CS_COUNT ? places[charset] - 1 : -1;
}

int rcd_mb_family(int charset)
{
    const int place = place_of(charset);
    return place >= 0 ? place / 8 : -1;
}

int rcd_mb_member(int charset)
{
    const int place = place_of(charset);
    return place >= 0 ? place % 8 : -1;
}

static uint32_t all_members(int family)
{
    uint32_t mask = 0;
    for (int i = 0; member_ids[family][i] != 0; i++) {
        mask |= 1u << i;
    }
    return mask;
}

void rcd_mb_init(rcd_mb_state *s)
{
    memset(s, 0, sizeof *s);
    s->first_bad = UINT64_MAX;
    s->members = (1u << RCD_MB_MEMBERS) - 1;
}

static void die(rcd_mb_state *s, uint64_t offset)
{
    s->first_bad = offset;
    s->pos = offset;
    s->members = 0;
    s->pending_len = 0;
    s->makeup = 0;
}

/* Counts a complete code of `size` bytes at p in. */
static void accept(rcd_mb_state *s, const rcd_mb_code *code, const uint8_t *p, size_t size)
{
    unsigned mask = code->members;
    if (s->makeup != 0) {
        /* Inside a make-up sequence euc_kr asks for certain pairs only, the filler among them. */
        int fits = size == 2 && rcd_mb_makeup_fits(s->makeup, p[0], p[1]);
        mask = (mask & ~(EUC_KR_BIT | RCD_MB_FILLER)) | (fits ? EUC_KR_BIT : 0);
        s->makeup = (uint8_t)(fits ? s->makeup - 1 : 0);
    } else if ((mask & RCD_MB_FILLER) != 0) {
        mask |= EUC_KR_BIT;
        s->makeup = 3;
    }
    s->members &= mask;
    if ((s->members & EUC_KR_BIT) == 0) {
        s->makeup = 0;
    }
    s->characters += size > 1;
    s->pos += size;
}

/* Keeps the `n` bytes of a code that is cut, and says what can still come of them. */
static void keep(rcd_mb_state *s, const rcd_mb_code *code, const uint8_t *p, size_t n)
{
    if (code->members == 0) {
        die(s, s->pos);
        return;
    }
    s->members &= code->members;
    if (s->makeup != 0 && p[0] != 0xA4) {
        s->members &= ~EUC_KR_BIT;
        s->makeup = 0;
    }
    if (p != s->pending) {
        memcpy(s->pending, p, n);
    }
    s->pending_len = (uint8_t)n;
    s->pos += n;
}

/* Adds bytes to the code that was cut until it is complete or refused. Returns the bytes taken. */
static size_t finish_pending(rcd_mb_state *s, int family, const uint8_t *data, size_t len)
{
    size_t i = 0;
    while (i < len && s->pending_len != 0) {
        size_t n = s->pending_len;
        s->pending[n++] = data[i++];
        s->pos -= s->pending_len;
        s->pending_len = 0;
        rcd_mb_code code;
        int size = rcd_mb_read(family, s->pending, n, &code);
        if (size == 0) {
            keep(s, &code, s->pending, n);
        } else if (code.members == 0) {
            die(s, s->pos);
        } else {
            accept(s, &code, s->pending, n);
        }
    }
    return i;
}

void rcd_mb_feed(rcd_mb_state *s, int family, const uint8_t *data, size_t len)
{
    if (family < 0 || family >= RCD_MB_COUNT || s->first_bad != UINT64_MAX) {
        return;
    }
    s->members &= all_members(family);
    size_t i = finish_pending(s, family, data, len);
    if (s->makeup == 0 && s->first_bad == UINT64_MAX) {
        i += rcd_mb_take_flood(s, family, data + i, len - i);
    }
    while (i < len && s->first_bad == UINT64_MAX) {
        if (s->makeup == 0) {
            i += rcd_mb_take_plain(s, family, data + i, len - i);
            if (i == len) {
                break;
            }
        }
        if (data[i] < 0x80) {
            if (s->makeup != 0) {
                s->members &= ~EUC_KR_BIT;
                s->makeup = 0;
            }
            s->pos++;
            i++;
            continue;
        }
        rcd_mb_code code;
        s->last_members = (uint8_t)s->members;
        int size = rcd_mb_read(family, data + i, len - i, &code);
        if (size == 0) {
            keep(s, &code, data + i, len - i);
            break;
        }
        if (code.members == 0) {
            die(s, s->pos);
            break;
        }
        accept(s, &code, data + i, (size_t)size);
        i += (size_t)size;
    }
}

uint32_t rcd_mb_end(const rcd_mb_state *s, int sample, uint64_t *first_bad)
{
    uint64_t bad = s->first_bad;
    uint32_t members = s->members;
    if (!sample && s->pending_len != 0) {
        bad = s->pos - s->pending_len;
        members = 0;
    }
    if (!sample && s->makeup != 0) {
        members &= ~EUC_KR_BIT;
    }
    if (first_bad != NULL) {
        *first_bad = bad;
    }
    return members;
}
