/* rcd_legacy_quoted.c : see rcd_legacy.h.
 *
 * In code such as `case '年':` and `["日", "月"]` a pair of bytes stands alone between quotes. For
 * the models that is Chinese with a lot of English in it, which is dearer than a word of two letters
 * in any alphabet, and dearer than two letters that are listed. But it is code, so that its ASCII
 * counts as that; and the character is as likely as in text.
 */
#include "rcd_bits.h"
#include "rcd_legacy.h"
#include "rcd_multibyte.h"
#include "rcd_score.h"

#define QUOTED 120     /* tenths of a bit that it costs once that characters are quoted, */
#define BEHIND 30      /* what ends each, and what stands behind that, */
#define AGAIN 30       /* one that was there before, */
#define LETTER 0x3041u /* from kana on */
#define MOST 64u       /* more are lists */

static int is_quote(unsigned b) { return b == '\'' || b == '"' || b == '`'; }

/* @return whether all that is not ASCII is such characters */
static int gather(int family, const uint8_t *text, size_t len, uint32_t seen[MOST],
                  rcd_family_text *read, uint32_t *again)
{
    read->count = 0;
    *again = 0;
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        if (text[i] < 0x80u) {
            i += len - i >= 8u && (rcd_load_bytes(text + i) & RCD_BYTE_TOPS) == 0 ? 8u : 1u;
            continue;
        }
        const int used = rcd_mb_next(family, text + i, len - i, &cp);
        if (used < 2 || cp < LETTER || i == 0 || len - i <= (size_t)used ||
            !is_quote(text[i - 1u]) || text[i + (size_t)used] != text[i - 1u]) {
            return 0;
        }
        uint32_t k = 0;
        while (k < read->count && seen[k] != cp) {
            k++;
        }
        if (k == MOST) {
            return 0;
        }
        *again += k < read->count;
        read->count += k == read->count;
        seen[k] = cp;
        read->used += (uint32_t)used;
        i += (size_t)used;
    }
    return read->count != 0;
}

void rcd_legacy_quoted(rcd_detector *d, int family, uint32_t alive, unsigned declared, size_t len)
{
    uint32_t seen[MOST], again;
    rcd_family_text read = {0};
    if (alive == 0 || d->census.first_high == UINT64_MAX ||
        !gather(family, d->excerpt.text + d->preface, len - d->preface, seen, &read, &again)) {
        return;
    }
    for (uint32_t n = 0; n < read.count; n++) {
        int32_t cost[RCD_HANI_COLUMNS];
        rcd_score_hani(&seen[n], 1, cost);
        for (unsigned k = 0; k < RCD_HANI_COLUMNS; k++) {
            read.cost[k] += cost[k] + BEHIND;
        }
    }
    read.letters = 1;
    const int32_t extra = rcd_legacy_ascii_cost(d) + QUOTED + AGAIN * (int32_t)again;
    rcd_legacy_add_family(d, family, alive, declared, &read, extra, RCD_READ_LIST);
}
