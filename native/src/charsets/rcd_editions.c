/* rcd_editions.c : see rcd_editions.h. The codes are those of native/gen/gen_editions.py. */
#include "rcd_small.h"

#include "rcd_editions.h"

#include <string.h>

#include "rcd_charset_ids.h"
#include "rcd_multibyte.h"

#include "rcd_editions_data.h"

#define LONGEST 2u         /* bytes of a code */
#define FIRST_TRAIL 0x30u /* no byte below is part of a longer code */

void rcd_own_codes_init(rcd_own_codes *own)
{
    memset(own, 0, sizeof *own);
    own->who = 0xFFu;
}

int rcd_edition_family(unsigned charset)
{
    for (int family = 0; family < RCD_MB_COUNT && charset != 0; family++) {
        for (unsigned k = 0; k < EDITIONS_MOST; k++) {
            if (editions[family][k] == charset) {
                return family;
            }
        }
    }
    return -1;
}

/* The editions that have a code, as bits. */
static unsigned who_has(int family, uint32_t code, int is_private)
{
    for (size_t i = edition_range[family][0]; i < edition_range[family][1]; i++) {
        if (code >= edition_codes[i].first && code <= edition_codes[i].last &&
            edition_codes[i].is_private == is_private) {
            return edition_codes[i].who;
        }
    }
    return 0;
}

size_t rcd_own_codes_take(rcd_own_codes *own, int family, const uint8_t *p, size_t n, int is_private)
{
    uint32_t code = 0;
    for (size_t len = 1; len <= n && len <= LONGEST; len++) {
        code = code << 8 | p[len - 1u];
        const unsigned who = who_has(family, code, is_private);
        if (who != 0) {
            own->codes++;
            own->pairs += len > 1u;
            own->who &= (uint8_t)who;
            return len;
        }
    }
    return 0;
}

unsigned rcd_own_codes_edition(const rcd_own_codes *own, int family, const uint8_t *allow)
{
    if (own->codes + own->pairs < 2u) {
        return 0;
    }
    for (unsigned k = 0; k < EDITIONS_MOST; k++) {
        const unsigned charset = editions[family][k];
        if (charset != 0 && (own->who >> k & 1u) != 0 && (allow == NULL || allow[charset] != 0)) {
            return charset;
        }
    }
    return 0;
}

/* Does a code begin at p? A code is known to begin at `*known`, before p or there. */
static int begins_code(int family, const uint8_t *p, const uint8_t *end, const uint8_t **known)
{
    const uint8_t *at = p;
    while (at > *known && at[-1] >= FIRST_TRAIL) {
        at--;
    }
    while (at < p) {
        uint32_t cp;
        const int used = *at < 0x80u ? 1 : rcd_mb_next(family, at, (size_t)(end - at), &cp);
        if (used == 0) {
            break;
        }
        *known = at;
        at += used > 0 ? used : -used;
    }
    return at == p;
}

/* May a code of private use be in the text? */
static int may_be_private(int family, const uint8_t *text, size_t len, const uint64_t present[4])
{
    unsigned last = 0;
    for (size_t i = edition_range[family][0]; i < edition_range[family][1]; i++) {
        const uint32_t first = edition_codes[i].first;
        const unsigned lead = first > 0xFFu ? first >> 8 : first;
        const unsigned leads = first > 0xFFu ? lead : edition_codes[i].last;
        for (unsigned b = lead; b <= leads && edition_codes[i].is_private; b++) {
            if (b == last || (present[b >> 6] >> (b & 63u) & 1u) == 0) {
                continue;
            }
            const uint8_t *p = text, *known = text;
            while ((p = memchr(p, (int)b, len - (size_t)(p - text))) != NULL) {
                rcd_own_codes own;
                rcd_own_codes_init(&own);
                if (rcd_own_codes_take(&own, family, p, len - (size_t)(p - text), 1) != 0 &&
                    begins_code(family, p, text + len, &known)) {
                    return 1;
                }
                p++;
            }
            last = b;
        }
    }
    return 0;
}

/* How many bytes at p are the first one again: 1 where there is no hole. */
static size_t hole_at(const uint8_t *p, size_t n)
{
    size_t run = 1;
    while (run < n && p[run] == p[0]) {
        run++;
    }
    return run < rcd_hole_least(p[0]) ? 1 : run;
}

unsigned rcd_edition_of_text(int family, const uint8_t *text, size_t len, const uint64_t present[4],
                             const uint8_t *allow)
{
    if (edition_range[family][0] == edition_range[family][1] ||
        !may_be_private(family, text, len, present)) {
        return 0;
    }
    rcd_own_codes own;
    rcd_own_codes_init(&own);
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        const int used = text[i] < 0x80u ? 1 : rcd_mb_next(family, text + i, len - i, &cp);
        if (used == 0) {
            break;
        }
        const size_t hole = used == 1 && text[i] >= 0x80u ? hole_at(text + i, len - i) : 1u;
        if (used > 0 && text[i] >= 0x80u && hole == 1u) {
            rcd_own_codes_take(&own, family, text + i, (size_t)used, 1);
        }
        i += hole > 1u ? hole : (size_t)(used > 0 ? used : -used);
    }
    return rcd_own_codes_edition(&own, family, allow);
}
