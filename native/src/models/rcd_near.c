/* rcd_near.c : see rcd_near.h. */
#include "rcd_near.h"

#include <string.h>

#include "rcd_dispatch.h"
#include "rcd_excerpt.h"

/* Of so many high bytes, or characters of several, one may be damaged; one more always. */
#define HIGH_EACH 64u
#define CHARACTERS_EACH 32u
#define GIVE_UP_EACH 16u
/* -log2 of the share of texts that are damaged at all, and of one value of a high byte among 128, in
 * tenths of a bit. */
#define DAMAGED 100
#define WHICH_BYTE 70
/* log2(e): places are given in no order. */
#define UNORDERED 14
#define COUNTED_MOST 16384u
#define CODE_MOST 4u /* bytes of a code */
/* Below so many bytes a histogram costs more than counting one by one. */
#define HISTOGRAM_LEAST 1024u
/* Fewer byte values than this are counted one after the other, in stretches that stay in cache. */
#define SOUGHT_MANY 16u
#define STRETCH 4096u

void rcd_strays_init(rcd_strays *s)
{
    memset(s, 0, sizeof *s);
}

/* Adds the `n` bytes of value b that are in the data. */
static void add_count(rcd_strays *s, unsigned b, uint64_t n, uint64_t pos, const uint8_t *data,
                      size_t len)
{
    if (n != 0 && s->count[b] == 0) {
        const uint8_t *first = memchr(data, (int)b, len);
        s->first[b] = pos + (uint64_t)(first - data);
    }
    s->count[b] += n;
}

/* Compilers make vectors of the inner loop, whose sums fit bytes. */
static uint64_t count_of(uint8_t b, const uint8_t *data, size_t len)
{
    enum { PART = 224 };
    uint64_t all = 0;
    size_t i = 0;
    for (; len - i >= PART; i += PART) {
        uint8_t n = 0;
        for (size_t k = 0; k < PART; k++) {
            n = (uint8_t)(n + (data[i + k] == b));
        }
        all += n;
    }
    for (; i < len; i++) {
        all += data[i] == b;
    }
    return all;
}

void rcd_strays_feed(rcd_strays *s, uint64_t pos, const uint8_t *data, size_t len)
{
    if (len < HISTOGRAM_LEAST) {
        for (size_t i = 0; i < len; i++) {
            unsigned b = data[i];
            if (b >= 0x80u && s->count[b]++ == 0) {
                s->first[b] = pos + i;
            }
        }
        return;
    }
    uint64_t count[256] = {0};
    rcd_kernels_get()->histogram(count, data, len);
    for (unsigned b = 0x80u; b < 0x100u; b++) {
        add_count(s, b, count[b], pos, data, len);
    }
}

void rcd_strays_seek(rcd_strays *s, const uint8_t *sought, size_t count, uint64_t pos,
                     const uint8_t *data, size_t len)
{
    if (count >= SOUGHT_MANY) {
        rcd_strays_feed(s, pos, data, len);
        return;
    }
    for (size_t i = 0, n; i < len; i += n) {
        n = len - i < STRETCH ? len - i : STRETCH;
        for (size_t k = 0; k < count; k++) {
            const uint64_t found = count_of(sought[k], data + i, n);
            add_count(s, sought[k], found, pos + i, data + i, n);
        }
    }
}

void rcd_mb_near_init(rcd_mb_near *n)
{
    memset(n, 0, sizeof *n);
    rcd_mb_init(&n->state);
    rcd_own_codes_init(&n->own);
    n->first_bad = n->first_strange = UINT64_MAX;
}

/* Counts the `own` bytes at `at` in, which an edition of the family has, or where it is 0 the byte there,
 * which none has. */
static void count_refused(rcd_mb_near *n, uint64_t at, uint8_t byte, size_t own, const rcd_own_codes *before)
{
    const unsigned hole = rcd_hole_least(byte);
    const int goes_on = n->run != 0 && n->run_end == at && n->run_byte == byte && own <= 1u;
    n->run = goes_on ? n->run + 1u : 1u;
    n->run_byte = byte;
    n->run_end = at + 1u;
    n->own_before = goes_on ? n->own_before : *before;
    n->bad++;
    n->first_bad = n->bad == 1 ? at : n->first_bad;
    if (own > 0 && n->run < hole) {
        return;
    }
    const uint64_t first = own > 0 ? at + 1u - n->run : at;
    n->first_strange = n->first_strange < first ? n->first_strange : first;
    n->own = own > 0 ? n->own_before : n->own;
    n->places += n->run == (own > 0 ? hole : 1u);
    n->holes += n->run == (own > 0 ? hole : 2u);
}

/* Counts in what goes on of a hole like this: all but the last bytes of it, which what follows may make
 * part of a code. @return how many bytes that is */
static size_t pass_hole(rcd_mb_near *n, const uint8_t *data, size_t len)
{
    size_t same = 0;
    if (n->run <= rcd_hole_least(n->run_byte)) {
        return 0;
    }
    while (same < len && data[same] == n->run_byte) {
        same++;
    }
    const size_t passed = same > CODE_MOST ? same - CODE_MOST : 0;
    n->run += passed;
    n->run_end += passed;
    n->bad += passed;
    n->state.pos += passed;
    return passed;
}

void rcd_mb_near_feed(rcd_mb_near *n, int family, const uint8_t *data, size_t len)
{
    while (!n->over) {
        rcd_mb_state *s = &n->state;
        uint8_t cut[sizeof s->pending];
        const uint8_t cut_len = s->pending_len;
        const uint64_t base = s->pos;
        memcpy(cut, s->pending, sizeof cut);
        rcd_mb_feed(s, family, data, len);
        if (s->first_bad == UINT64_MAX) {
            /* No member has all of it, whatever is damaged: but for a code that is cut, which may be
             * refused yet. */
            n->over = (s->pending_len != 0 ? s->last_members : s->members) == 0;
            return;
        }
        /* Bytes of it may have been kept from what was fed before, and so may the next one. */
        uint8_t code[2];
        size_t known = 0;
        for (uint64_t at = s->first_bad; known < sizeof code && at < base + len; at++) {
            code[known++] = at < base ? cut[cut_len - (base - at)] : data[at - base];
        }
        const rcd_own_codes before = n->own;
        const size_t own = rcd_own_codes_take(&n->own, family, code, known, 0);
        count_refused(n, s->first_bad, code[0], own, &before);
        n->over = n->places > 1u + s->characters / GIVE_UP_EACH;
        const uint64_t next = s->first_bad + (own > 0 ? own : 1u);
        s->pos = next;
        s->members = s->last_members;
        s->first_bad = UINT64_MAX;
        if (next < base) {
            const size_t kept = (size_t)(base - next);
            rcd_mb_near_feed(n, family, cut + (cut_len - kept), kept);
        } else {
            const size_t read = (size_t)(next - base);
            const size_t passed = pass_hole(n, data + read, len - read);
            data += read + passed;
            len -= read + passed;
        }
    }
}

uint32_t rcd_mb_near_end(const rcd_mb_near *n, int sample)
{
    if (n->over || n->places > 1u + n->state.characters / CHARACTERS_EACH) {
        return 0;
    }
    return rcd_mb_end(&n->state, sample, NULL);
}

uint64_t rcd_mb_near_paid(const rcd_mb_near *n)
{
    return n->places + n->holes;
}

int rcd_near_few(uint64_t bad, uint64_t high)
{
    return bad <= 1u + high / HIGH_EACH;
}

int32_t rcd_log2_tenths(uint64_t value)
{
    int32_t whole = 0;
    while (value >= 1024u) { /* few bits are enough */
        value >>= 1;
        whole++;
    }
    uint64_t power = 1;
    while (power * 2u <= value) {
        power *= 2u;
        whole++;
    }
    return whole * 10 + (int32_t)((value - power) * 10u / power);
}

int32_t rcd_near_price(uint64_t bad, uint64_t length, uint64_t read)
{
    if (bad == 0) {
        return 0;
    }
    const int32_t each = rcd_log2_tenths(length > bad ? length / bad : 1u) + UNORDERED + WHICH_BYTE;
    /* What is not scored costs the text nothing, so its damage must not either. */
    const uint64_t share = bad / (length / RCD_EXCERPT_SIZE + 1u);
    const uint64_t part = share > read ? share : read;
    const uint64_t counted = part == 0 ? 1u : part < COUNTED_MOST ? part : COUNTED_MOST;
    return DAMAGED + each * (int32_t)counted;
}
