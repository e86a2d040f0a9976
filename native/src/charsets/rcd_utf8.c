/* rcd_utf8.c : counting what is well-formed and what is not.
 *
 *  The kernel eats the well-formed stretches. Where it stops, one item is looked at by hand: an
 *  ill-formed sequence, or the start of a character that the next call will finish. */
#include "rcd_utf8.h"

#include <string.h>

#include "rcd_bits.h"
#include "rcd_kernels.h"

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#endif

/* After an error the next one is usually near (text that is not UTF-8 at all), so this many bytes
 * must be well-formed before setting up vectors pays again. */
#define CALM_BYTES 64

enum item { ITEM_ASCII, ITEM_CHARACTER, ITEM_BAD, ITEM_HIGH, ITEM_LOW, ITEM_NUL2 };

/* What stands at p[0], n >= 1 bytes being there. Returns its length, or 0 when all n bytes are the
 * proper start of an item. The length of an ill-formed sequence is that of a maximal subpart. */
static inline size_t next_item(const uint8_t *p, size_t n, enum item *kind)
{
    unsigned lead = p[0];
    *kind = ITEM_BAD;
    if (lead < 0x80) {
        *kind = ITEM_ASCII;
        return 1;
    }
    if (lead == 0xC0 || (lead >= 0xC2 && lead <= 0xDF)) {
        if (n < 2) {
            return 0;
        }
        if (lead == 0xC0 ? p[1] != 0x80 : (p[1] & 0xC0) != 0x80) {
            return 1;
        }
        *kind = lead == 0xC0 ? ITEM_NUL2 : ITEM_CHARACTER;
        return 2;
    }
    if (lead < 0xE0 || lead > 0xF4) {
        return 1;
    }
    if (n < 2) {
        return 0;
    }
    unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high) {
        return 1;
    }
    int surrogate = lead == 0xED && p[1] >= 0xA0;
    if (n < 3) {
        return 0;
    }
    if ((p[2] & 0xC0) != 0x80) {
        return surrogate ? 1 : 2;
    }
    if (lead < 0xF0) {
        *kind = !surrogate ? ITEM_CHARACTER : p[1] < 0xB0 ? ITEM_HIGH : ITEM_LOW;
        return 3;
    }
    if (n < 4) {
        return 0;
    }
    if ((p[3] & 0xC0) != 0x80) {
        return 3;
    }
    *kind = ITEM_CHARACTER;
    return 4;
}

static inline int is_hopeless(const rcd_utf8 *u)
{
    return u->bad >= RCD_UTF8_DOUBT &&
           (u->bad > 2u * u->characters ||
            (u->bad >= RCD_UTF8_PATIENCE && u->bad > u->characters));
}

/* Is all not hopeless yet with so many ill-formed sequences? */
static inline int is_open(uint64_t bad, uint64_t characters)
{
    return bad < RCD_UTF8_DOUBT || bad <= characters ||
           (bad < RCD_UTF8_PATIENCE && bad <= 2u * characters);
}

static inline void count_item(rcd_utf8 *u, enum item kind, size_t len)
{
    if (kind == ITEM_CHARACTER) {
        u->characters++;
    } else if (kind != ITEM_ASCII) {
        u->bad++;
        u->surrogates += kind == ITEM_HIGH || kind == ITEM_LOW;
        u->pairs += kind == ITEM_LOW && u->high_end == u->pos;
        u->high_end = kind == ITEM_HIGH ? u->pos + len : u->high_end;
        u->nul2 += kind == ITEM_NUL2;
        if (u->first_bad == UINT64_MAX) {
            u->first_bad = u->pos;
        }
        u->hopeless = (uint8_t)is_hopeless(u);
    }
    u->pos += len;
}

void rcd_utf8_init(rcd_utf8 *u)
{
    memset(u, 0, sizeof *u);
    u->first_bad = UINT64_MAX;
    u->high_end = UINT64_MAX;
}

/* Takes bytes from `data` until nothing is pending; returns how many. Here `pos` is the offset of
 * the first pending byte. */
static size_t finish_pending(rcd_utf8 *u, const uint8_t *data, size_t len)
{
    size_t used = 0;
    while (u->pending_len != 0 && used < len) {
        u->pending[u->pending_len++] = data[used++];
        while (u->pending_len != 0 && !u->hopeless) {
            enum item kind;
            size_t n = next_item(u->pending, u->pending_len, &kind);
            if (n == 0) {
                break;
            }
            count_item(u, kind, n);
            u->pending_len = (uint8_t)(u->pending_len - n);
            memmove(u->pending, u->pending + n, u->pending_len);
        }
        if (u->hopeless) {
            u->pending_len = 0;
        }
    }
    return used;
}

#define WORD 8u
#define BLOCK 64u
#define AROUND 3u

/* Top bits of the bytes that are at least `low`, which is above 0x80. */
static inline uint64_t at_least(uint64_t word, unsigned low)
{
    const uint64_t rest = word & ~RCD_BYTE_TOPS;
    return (rest + RCD_BYTE_ONES * (0x100u - low)) & word & RCD_BYTE_TOPS;
}

static inline unsigned count_tops(uint64_t tops)
{
    return (unsigned)((tops >> 7) * RCD_BYTE_ONES >> 56);
}

/* The items that begin in the WORD bytes at p, AROUND more being there, when these are ASCII,
 * characters of two or three bytes, and ill-formed: no byte of one can be the first of another, so
 * that they are counted without a look at where each begins. *bad and *characters are how many.
 * @return the bytes that they take, 0 when there may be others. */
static inline size_t read_word(const uint8_t *p, unsigned *bad, unsigned *characters)
{
    const uint64_t word = rcd_load_bytes(p);
    const uint64_t second = rcd_load_bytes(p + 1), third = rcd_load_bytes(p + 2);
    const uint64_t trail = second & ~(second << 1) & RCD_BYTE_TOPS; /* one continuation byte, */
    const uint64_t trails = third & ~(third << 1) & trail; /* or two behind */
    const uint64_t from_c2 = at_least(word, 0xC2), from_e0 = at_least(word, 0xE0);
    const uint64_t from_e1 = at_least(word, 0xE1), from_ed = at_least(word, 0xED);
    const uint64_t from_ee = at_least(word, 0xEE), from_f0 = at_least(word, 0xF0);
    /* C0 may be a NUL; E0 and ED do not take all continuation bytes; some from F0 on take three. */
    const uint64_t odd = (word & word << 1 & ~from_c2) | (from_e0 & ~from_e1) |
                         (from_ed & ~from_ee) | from_f0;
    const uint64_t twos = from_c2 & ~from_e0 & trail;
    const uint64_t threes = from_e1 & trails, cut = from_e1 & trail & ~trails;
    if ((odd & trail) != 0) {
        return 0;
    }
    /* Of those that begin in the last byte, or the last but one, some bytes stand behind the word. */
    const unsigned behind = (unsigned)((twos | cut | threes) >> 63) + (unsigned)(threes >> 55 != 0);
    const unsigned of_three = count_tops(threes);
    *characters = count_tops(twos) + of_three;
    *bad = count_tops(word & RCD_BYTE_TOPS) + behind - 2u * *characters - of_three - count_tops(cut);
    return WORD + behind;
}

#if defined(__SSE2__) || defined(_M_X64)
#define UTF8_SSE2 1

/* Where bytes of a block are of a kind, a bit each. */
typedef struct {
    uint64_t high, trail, from_90, from_a0; /* trail: continuation bytes */
    uint64_t from_c2, from_e0, from_f0, from_f4;
    uint64_t e0, ed, f0; /* leads that do not take all continuation bytes, */
    uint64_t odd;        /* F4, which is another, and C0 */
} block_kinds;

static inline uint64_t mask_of(__m128i x)
{
    return (uint64_t)(uint32_t)_mm_movemask_epi8(x);
}

static inline uint64_t mask_like(__m128i x, unsigned byte)
{
    return mask_of(_mm_cmpeq_epi8(x, _mm_set1_epi8((char)byte)));
}

/* Bytes that are at least `low`, above 0x80: as signed numbers, below all of ASCII. */
static inline uint64_t mask_from(__m128i x, unsigned low)
{
    return mask_of(_mm_and_si128(x, _mm_cmpgt_epi8(x, _mm_set1_epi8((char)(low - 1u)))));
}

static inline void add_kinds(block_kinds *kinds, const uint8_t *p, unsigned at)
{
    const __m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
    kinds->high |= mask_of(x) << at;
    kinds->trail |= mask_of(_mm_cmplt_epi8(x, _mm_set1_epi8((char)0xC0))) << at;
    kinds->from_90 |= mask_from(x, 0x90) << at;
    kinds->from_a0 |= mask_from(x, 0xA0) << at;
    kinds->from_c2 |= mask_from(x, 0xC2) << at;
    kinds->from_e0 |= mask_from(x, 0xE0) << at;
    kinds->from_f0 |= mask_from(x, 0xF0) << at;
    kinds->from_f4 |= mask_from(x, 0xF4) << at;
    kinds->e0 |= mask_like(x, 0xE0) << at;
    kinds->ed |= mask_like(x, 0xED) << at;
    kinds->f0 |= mask_like(x, 0xF0) << at;
    kinds->odd |= (mask_like(x, 0xC0) | mask_like(x, 0xF4)) << at;
}

/* The same as read_word(), of BLOCK bytes and AROUND more, up to the first surrogate, and the first F4
 * or C0 with a continuation byte behind it. */
static inline size_t read_block(const uint8_t *p, unsigned *bad, unsigned *characters)
{
    block_kinds kinds;
    memset(&kinds, 0, sizeof kinds);
    for (unsigned at = 0; at < BLOCK; at += 16u) {
        add_kinds(&kinds, p + at, at);
    }
    uint64_t around = 0;
    for (unsigned k = 0; k < AROUND; k++) {
        around |= (uint64_t)((p[BLOCK + k] & 0xC0u) == 0x80u) << k;
    }
    /* One continuation byte behind, two at least, and three. */
    const uint64_t any = kinds.trail >> 1 | around << 63;
    const uint64_t from_90 = kinds.from_90 >> 1 | (uint64_t)(p[BLOCK] >= 0x90u) << 63;
    const uint64_t from_a0 = kinds.from_a0 >> 1 | (uint64_t)(p[BLOCK] >= 0xA0u) << 63;
    const uint64_t trail = any & (~kinds.e0 | from_a0) & (~kinds.f0 | from_90);
    const uint64_t trails = (kinds.trail >> 2 | around << 62) & trail;
    const uint64_t all_trails = (kinds.trail >> 3 | around << 61) & trails;
    const uint64_t odd = any & (kinds.odd | (kinds.ed & from_a0));
    /* A lead byte ends what stands before it, whatever that is. */
    const unsigned len = odd != 0 ? rcd_lowest_bit(odd) : BLOCK;
    const uint64_t all = len < BLOCK ? (UINT64_C(1) << len) - 1u : UINT64_MAX;
    const uint64_t twos = kinds.from_c2 & ~kinds.from_e0 & all;
    const uint64_t threes = kinds.from_e0 & ~kinds.from_f0 & all;
    const uint64_t fours = kinds.from_f0 & ~kinds.from_f4 & all;
    /* Items of two bytes or more, of three or more, and of four. */
    const uint64_t two = (twos | threes | fours) & trail, three = (threes | fours) & trails;
    const uint64_t four = fours & all_trails;
    const unsigned behind = (unsigned)(two >> 63) + (unsigned)(three >> 62 != 0) +
                            (unsigned)(four >> 61 != 0);
    *characters = rcd_bit_count((twos & trail) | (threes & trails) | four);
    *bad = rcd_bit_count(kinds.high & all) + behind - *characters - rcd_bit_count(two) -
           rcd_bit_count(three) - rcd_bit_count(four);
    return len + behind;
}
#endif

/* What most bytes of other encodings come to: ASCII, single ill-formed bytes and well-formed pairs,
 * until there is another item, CALM_BYTES in a row are well-formed, or all is hopeless. Returns how
 * many bytes were read; *calm is how many of the last were well-formed. */
static size_t feed_common(rcd_utf8 *u, const uint8_t *data, size_t len, size_t *calm)
{
    uint64_t bad = u->bad, characters = u->characters;
    size_t i = 0;
    size_t from = 0 - *calm; /* where the well-formed bytes begin */
    size_t first = u->first_bad == UINT64_MAX ? SIZE_MAX : 0;
    while (i + 1 < len && i - from < CALM_BYTES) {
#if defined(UTF8_SSE2)
        if (first != SIZE_MAX && len - i >= BLOCK + AROUND &&
            is_open(bad + BLOCK + AROUND, characters)) {
            unsigned some_bad, some_characters;
            const size_t n = read_block(data + i, &some_bad, &some_characters);
            bad += some_bad;
            characters += some_characters;
            i += n;
            from = some_bad > 0 ? i : from;
            if (n >= WORD) {
                continue;
            }
        }
#endif
        /* Whether all is hopeless is asked at each ill-formed sequence, once there are many. */
        if (first != SIZE_MAX && len - i >= WORD + AROUND &&
            is_open(bad + WORD + AROUND, characters)) {
            unsigned some_bad, some_characters;
            const size_t n = read_word(data + i, &some_bad, &some_characters);
            bad += n > 0 ? some_bad : 0;
            characters += n > 0 ? some_characters : 0;
            i += n;
            from = n > 0 && some_bad > 0 ? i : from;
            if (n > 0) {
                continue;
            }
        }
        const unsigned b = data[i];
        if (b < 0x80) {
            i++;
        } else if (b < 0xC0 || (data[i + 1] & 0xC0) != 0x80) {
            first = first == SIZE_MAX ? i : first;
            from = ++i;
            if (++bad >= RCD_UTF8_DOUBT) {
                u->bad = bad;
                u->characters = characters;
                if (is_hopeless(u)) {
                    u->hopeless = 1;
                    break;
                }
            }
        } else if (b >= 0xC2 && b <= 0xDF) {
            characters++;
            i += 2;
        } else {
            break;
        }
    }
    u->bad = bad;
    u->characters = characters;
    if (u->first_bad == UINT64_MAX && first != SIZE_MAX) {
        u->first_bad = u->pos + first;
    }
    u->pos += i;
    *calm = i - from;
    return i;
}

/* Item by item until CALM_BYTES in a row are well-formed; returns how many bytes were read. */
static size_t feed_items(rcd_utf8 *u, const uint8_t *data, size_t len)
{
    size_t i = 0;
    size_t calm = 0;
    while (i < len && calm < CALM_BYTES && !u->hopeless) {
        i += feed_common(u, data + i, len - i, &calm);
        if (i == len || calm >= CALM_BYTES || u->hopeless) {
            break;
        }
        enum item kind;
        size_t n = next_item(data + i, len - i, &kind);
        if (n == 0) {
            u->pending_len = (uint8_t)(len - i);
            memcpy(u->pending, data + i, u->pending_len);
            return len;
        }
        calm = kind == ITEM_ASCII || kind == ITEM_CHARACTER ? calm + n : 0;
        count_item(u, kind, n);
        i += n;
    }
    return i;
}

/* The rest, with nothing pending; `pos` is the offset of data[0]. */
static void feed_whole(rcd_utf8 *u, const uint8_t *data, size_t len)
{
    const rcd_kernels *k = rcd_kernels_get();
    size_t i = 0;
    while (i < len && !u->hopeless) {
        size_t n = k->utf8_run(data + i, len - i, &u->characters);
        i += n;
        u->pos += n;
        i += feed_items(u, data + i, len - i);
    }
}

void rcd_utf8_feed(rcd_utf8 *u, const uint8_t *data, size_t len)
{
    const uint64_t total = u->pos + len;
    if (!u->hopeless && len > 0) {
        u->pos -= u->pending_len;
        size_t used = finish_pending(u, data, len);
        if (used < len) {
            feed_whole(u, data + used, len - used);
        }
    }
    u->pos = total;
}

void rcd_utf8_give_up(rcd_utf8 *u, uint64_t most)
{
    u->hopeless = u->lost = 1;
    u->pending_len = 0;
    u->characters = most;
}

void rcd_utf8_end(const rcd_utf8 *u, int sample, uint64_t *bad, uint64_t *first_bad)
{
    int never = u->pending_len > 0 &&
                (u->pending[0] == 0xC0 ||
                 (u->pending[0] == 0xED && u->pending_len > 1 && u->pending[1] >= 0xA0));
    int counts = u->pending_len > 0 && (never || !sample);
    *bad = u->bad + (counts ? 1u : 0u);
    *first_bad = counts && u->first_bad == UINT64_MAX ? u->pos - u->pending_len : u->first_bad;
}
