/* rcd_excerpt_pick.c : see rcd_excerpt_pick.h. */
#include "rcd_excerpt_pick.h"

#include <string.h>

#include "rcd_bits.h"
#include "rcd_letters.h"

#define LINE_LEAST 64u /* bytes of picked words that make a line */

/* Of the bytes of a word, eight at a time; the upper half is well mixed. */
static uint64_t hash_of(const uint8_t *p, size_t len)
{
    uint64_t hash = len;
    while (len > 0) {
        uint8_t rest[8] = {0};
        const size_t n = len < sizeof rest ? len : sizeof rest;
        const uint64_t word = rcd_load_bytes(n == sizeof rest ? p : memcpy(rest, p, n));
        hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 32;
        p += n;
        len -= n;
    }
    return hash * UINT64_C(0x9E3779B97F4A7C15);
}

_Static_assert((RCD_EXCERPT_HASHES & (RCD_EXCERPT_HASHES - 1u)) == 0, "a power of two");

/* A picked word is over: the same a second time is dropped. */
static void end_word(rcd_excerpt *e)
{
    const uint64_t hash = e->begin < e->len ? hash_of(e->text + e->begin, e->len - e->begin) : 0;
    uint16_t *slot = &e->picked[hash >> 32 & (RCD_EXCERPT_HASHES - 1u)];
    uint16_t mark = (uint16_t)(hash >> 48 | 1u);
    if (*slot == mark && e->begin < e->len && e->len < RCD_EXCERPT_SIZE) {
        e->dropped += e->len - e->begin;
        e->len = e->begin;
        return;
    }
    *slot = mark;
    rcd_excerpt_put(e, ' ');
}

/* A line of the input is over. Where some words have been picked since another was, it is kept: which
 * lines are in one encoding is seen by it. */
static void end_line(rcd_excerpt *e)
{
    if (e->state == IN_TEXT && e->len > e->line + LINE_LEAST && e->text[e->len - 1u] == ' ') {
        e->text[e->len - 1u] = '\n';
        e->line = e->len;
    }
}

void rcd_excerpt_pick(rcd_excerpt *e, uint8_t b)
{
    if (b >= 0x80u) {
        if (!e->picking) {
            uint32_t n = e->word_len < RCD_EXCERPT_WORD ? e->word_len : RCD_EXCERPT_WORD;
            rcd_excerpt_space(e);
            e->begin = e->len;
            for (uint32_t i = e->word_len - n; i < e->word_len; i++) {
                rcd_excerpt_put(e, e->word[i % RCD_EXCERPT_WORD]);
            }
            e->picking = 1;
        }
        e->after = 0;
        rcd_excerpt_put(e, b);
    } else if (rcd_is_delimiter(b)) {
        if (e->picking) {
            end_word(e);
        }
        e->picking = 0;
        e->word_len = 0;
        if (b == '\n') {
            end_line(e);
        }
    } else if (e->picking) {
        if (e->after++ < RCD_EXCERPT_WORD) {
            rcd_excerpt_put(e, b);
        }
    } else {
        e->word[e->word_len % RCD_EXCERPT_WORD] = b;
        e->word_len++;
        /* Keeps the count small without changing what the ring holds. */
        if (e->word_len >= 4u * RCD_EXCERPT_WORD) {
            e->word_len -= RCD_EXCERPT_WORD;
        }
    }
}

size_t rcd_excerpt_pick_word(rcd_excerpt *e, const uint8_t *data, size_t len)
{
    const size_t room = RCD_EXCERPT_SIZE - e->len;
    uint8_t *out = e->text + e->len;
    uint32_t after = e->after;
    size_t i = 0, n = 0;
    for (;;) {
        /* Eight at a time where all are letters, or parts of characters, and may be kept. */
        while (len - i >= 8u && room - n >= 8u && after + 8u <= RCD_EXCERPT_WORD) {
            const uint64_t word = rcd_load_bytes(data + i);
            uint64_t high = word & RCD_BYTE_TOPS;
            if (((word << 1 | word) & RCD_BYTE_TOPS) != RCD_BYTE_TOPS) {
                break;
            }
            memcpy(out + n, data + i, 8u);
            after = high == 0 ? after + 8u : 0;
            for (; high != 0 && high >> 63 == 0; high <<= 8) {
                after++;
            }
            i += 8u;
            n += 8u;
        }
        if (i == len || n == room || rcd_is_delimiter(data[i])) {
            break;
        }
        after = data[i] >= 0x80u ? 0u : after + 1u;
        if (after <= RCD_EXCERPT_WORD) {
            out[n++] = data[i];
        }
        i++;
    }
    e->after = after;
    e->len += (uint32_t)n;
    return i;
}

void rcd_excerpt_pick_run(rcd_excerpt *e, const uint8_t *data, size_t len)
{
    size_t from = 0;
    if (len > RCD_EXCERPT_WORD) {
        from = len - RCD_EXCERPT_WORD;
        e->word_len = 0;
        if (e->len > e->line + LINE_LEAST && memchr(data, '\n', from) != NULL) {
            end_line(e);
        }
    }
    for (size_t i = from; i < len; i++) {
        rcd_excerpt_pick(e, data[i]);
    }
}
