/* rcd_bytewise.c : see rcd_bytewise.h. */
#include "rcd_bytewise.h"

#include <string.h>

#include "rcd_charset_ids.h"
#include "rcd_kernels.h"
#include "rcd_mixed_tables.h"

#define EXT 0xF0u
#define EXT_TIPPI 0xBFu

void rcd_bytewise_init(rcd_bytewise *s)
{
    const rcd_bytewise start = {.vni_bad = UINT64_MAX, .ext_bad = UINT64_MAX};
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

void rcd_bytewise_feed(rcd_bytewise *s, const uint8_t *data, size_t len)
{
    const rcd_kernels *k = rcd_kernels_get();
    for (size_t i = 0; i < len && (s->vni_bad == UINT64_MAX || s->ext_bad == UINT64_MAX);) {
        if (s->vni_bad != UINT64_MAX && !s->ext && data[i] != EXT) {
            /* Nothing but the next EXT matters any more. */
            const uint8_t *ext = memchr(data + i, (int)EXT, len - i);
            size_t skipped = ext != NULL ? (size_t)(ext - (data + i)) : len - i;
            i += skipped;
            s->pos += skipped;
            continue;
        }
        unsigned b = data[i];
        if (s->ext && b != EXT_TIPPI && s->ext_bad == UINT64_MAX) {
            s->ext_bad = s->pos - 1u;
        }
        s->ext = b == EXT;
        size_t run = b < 0x80u ? k->ascii_run(data + i, len - i) : 0;
        if (run > 0) {
            i += run;
            s->pos += run;
            s->lead = rcd_vni_lead[data[i - 1]];
            continue;
        }
        high_byte(s, b);
        i++;
        s->pos++;
    }
}

int rcd_bytewise_fits(const rcd_bytewise *s, unsigned charset, int sample)
{
    if (charset == RCD_CS_VNI) {
        return s->vni_bad == UINT64_MAX;
    }
    return charset != RCD_CS_ISCII_PNJ || (s->ext_bad == UINT64_MAX && (sample || !s->ext));
}
