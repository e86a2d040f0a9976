/* rcd_bytewise.c : see rcd_bytewise.h. */
#include "rcd_bytewise.h"

#include <string.h>

#include "rcd_charset_ids.h"
#include "rcd_kernels.h"
#include "rcd_mixed_tables.h"

/* ISCII (IS 13194:1991). Of the codes of two bytes that say more than a letter with its sign: EXT
 * and tippi, which Gurmukhi alone needs; halant and nukta, a joiner, in scripts that have no nukta;
 * and ATR, which calls another script until the end of the line. Text needs that for the danda of
 * Devanagari, and mixes scripts no further, as far as is looked at here. */
#define HALANT 0xE8u
#define NUKTA 0xE9u
#define DANDA 0xEAu
#define ATR 0xEFu
#define EXT 0xF0u
#define EXT_TIPPI 0xBFu
#define OWN_SCRIPT 0x40u
#define DEVANAGARI 0x42u
#define ISCII_SCRIPTS 9u
#define BIT(charset) (1u << ((charset) - RCD_CS_ISCII_DEV))
#define ALL_SCRIPTS ((1u << ISCII_SCRIPTS) - 1u)
#define WITH_NUKTA \
    (BIT(RCD_CS_ISCII_DEV) | BIT(RCD_CS_ISCII_BNG) | BIT(RCD_CS_ISCII_PNJ) | BIT(RCD_CS_ISCII_ORI))

/* By the byte behind ATR, from 42 on; Assamese is Bengali with two letters more. */
static const uint16_t called[] = {
    BIT(RCD_CS_ISCII_DEV), BIT(RCD_CS_ISCII_BNG), BIT(RCD_CS_ISCII_TML), BIT(RCD_CS_ISCII_TLG),
    BIT(RCD_CS_ISCII_BNG), BIT(RCD_CS_ISCII_ORI), BIT(RCD_CS_ISCII_KND), BIT(RCD_CS_ISCII_MLM),
    BIT(RCD_CS_ISCII_GJR), BIT(RCD_CS_ISCII_PNJ),
};

void rcd_bytewise_init(rcd_bytewise *s)
{
    const rcd_bytewise start = {
        .vni_bad = UINT64_MAX, .iscii = ALL_SCRIPTS, .script = OWN_SCRIPT};
    *s = start;
}

static void high_byte(rcd_bytewise *s, unsigned b)
{
    unsigned follows = rcd_vni_accent[b];
    if (s->vni_bad != UINT64_MAX) {
        return;
    }
    if (s->lead != 0 && (follows >> s->lead & 1u) != 0) {
        s->lead = 0;
    } else if (follows & 1u) {
        s->lead = rcd_vni_lead[b];
    } else {
        s->vni_bad = s->pos;
    }
}

static void feed_vni(rcd_bytewise *s, const uint8_t *data, size_t len)
{
    const rcd_kernels *k = rcd_kernels_get();
    const uint64_t start = s->pos;
    for (size_t i = 0; i < len && s->vni_bad == UINT64_MAX;) {
        size_t run = data[i] < 0x80u ? k->ascii_run(data + i, len - i) : 0;
        if (run > 0) {
            i += run;
            s->lead = rcd_vni_lead[data[i - 1]];
            continue;
        }
        s->pos = start + i;
        high_byte(s, data[i]);
        i++;
    }
    s->pos = start + len;
}

static unsigned scripts_with(unsigned b, const rcd_bytewise *s)
{
    unsigned fit = ALL_SCRIPTS;
    if (s->script != OWN_SCRIPT) {
        fit = b == DANDA && s->script == DEVANAGARI ? ALL_SCRIPTS : called[s->script - DEVANAGARI];
    } else if (b == DANDA) {
        fit = BIT(RCD_CS_ISCII_DEV);
    }
    return b == NUKTA && s->last != HALANT ? fit & WITH_NUKTA : fit;
}

static void iscii_byte(rcd_bytewise *s, unsigned b)
{
    if (s->last == ATR) {
        const int known = b - DEVANAGARI < sizeof called / sizeof called[0];
        s->iscii = known || b == OWN_SCRIPT ? s->iscii : 0;
        s->script = (uint8_t)(known ? b : OWN_SCRIPT);
        s->last = 0;
        return;
    }
    if (s->last == EXT && b != EXT_TIPPI) {
        s->iscii &= (uint16_t)~BIT(RCD_CS_ISCII_PNJ);
    }
    if (b == '\n' || b == '\r') {
        s->script = OWN_SCRIPT;
    } else if (b >= 0x80u && b != ATR) {
        s->iscii &= (uint16_t)scripts_with(b, s);
    }
    s->last = (uint8_t)(b == ATR || b == EXT || b == HALANT ? b : 0u);
}

/* Where the next byte stands that iscii_byte() must see when the script of the start is in force. */
static size_t next_telling(const rcd_bytewise *s, const uint8_t *data, size_t len)
{
    const struct {
        unsigned byte, needed;
    } telling[] = {
        {ATR, ALL_SCRIPTS},
        {EXT, BIT(RCD_CS_ISCII_PNJ)},
        {NUKTA, ALL_SCRIPTS & ~WITH_NUKTA},
        {DANDA, ALL_SCRIPTS & ~BIT(RCD_CS_ISCII_DEV)},
    };
    for (size_t k = 0; k < sizeof telling / sizeof telling[0]; k++) {
        const uint8_t *found =
            (s->iscii & telling[k].needed) != 0 ? memchr(data, (int)telling[k].byte, len) : NULL;
        len = found != NULL ? (size_t)(found - data) : len;
    }
    return len;
}

static void feed_iscii(rcd_bytewise *s, const uint8_t *data, size_t len)
{
    for (size_t i = 0; i < len && s->iscii != 0; i++) {
        if (s->script == OWN_SCRIPT && s->last != ATR && s->last != EXT) {
            const size_t run = next_telling(s, data + i, len - i);
            if (run > 0) {
                i += run;
                s->last = data[i - 1] == HALANT ? HALANT : 0u;
            }
            if (i == len) {
                return;
            }
        }
        iscii_byte(s, data[i]);
    }
}

void rcd_bytewise_feed(rcd_bytewise *s, const uint8_t *data, size_t len)
{
    feed_vni(s, data, len);
    feed_iscii(s, data, len);
}

int rcd_bytewise_fits(const rcd_bytewise *s, unsigned charset, int sample)
{
    if (charset == RCD_CS_VNI) {
        return s->vni_bad == UINT64_MAX;
    }
    if (charset - RCD_CS_ISCII_DEV >= ISCII_SCRIPTS) {
        return 1;
    }
    const int cut = !sample && (s->last == ATR || (s->last == EXT && charset == RCD_CS_ISCII_PNJ));
    return !cut && (s->iscii & BIT(charset)) != 0;
}
