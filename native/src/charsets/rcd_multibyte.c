/* rcd_multibyte.c : the validators of the multi-byte families.
 *
 *  Most text is ASCII and pairs: a tight loop takes these, and stops at anything else (longer
 *  codes, make-up sequences, the end, an error), which is then read one code at a time. */
#include "rcd_multibyte.h"

#include <string.h>

#include "rcd_bits.h"
#include "rcd_charset_ids.h"
#include "rcd_dispatch.h"
#include "rcd_multibyte_code.h"

#define EUC_KR_BIT 2u /* of euc_kr in its family: the only member with make-up sequences */

/* The tight loop looks this far ahead; what is left of a block is read code by code. */
#define AHEAD 8
#define NO_ROW_BIT 0x8000u /* of RCD_MB_NO_ROW; cells are fewer */
#define FLOOD_STEP 2048u /* of a flood */

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

/* The top bits of AHEAD bytes, in the order of memory. */
static inline uint64_t tops(const uint8_t *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return word & RCD_BYTE_TOPS;
}

/* tops() of which every other bit is set, from the first on. */
static inline uint64_t lead_tops(void)
{
    static const uint8_t leads[AHEAD] = {0x80, 0, 0x80, 0, 0x80, 0, 0x80, 0};
    return tops(leads);
}

/* How many of the `len` bytes at p repeat the AHEAD bytes before them: of a flood of one letter, the
 * first few say it all. */
static size_t repeats_run(const uint8_t *p, size_t len)
{
    uint64_t first, word[4];
    size_t i = 0;
    memcpy(&first, p - AHEAD, sizeof first);
    /* The library compares long stretches by vectors. */
    while (len - i >= FLOOD_STEP && memcmp(p + i, p + i - AHEAD, FLOOD_STEP) == 0) {
        i += FLOOD_STEP;
    }
    for (; len - i >= sizeof word; i += sizeof word) {
        memcpy(word, p + i, sizeof word);
        if (((word[0] ^ first) | (word[1] ^ first) | (word[2] ^ first) | (word[3] ^ first)) != 0) {
            break;
        }
    }
    return i;
}

/* Who has all of the four pairs at p; 0 when they are not four plain pairs. The look-ups do not wait
 * for each other, as they do where the length of one tells where the next begins. */
static inline unsigned four_pairs(const rcd_mb_automaton *a, const uint8_t *p)
{
    unsigned base[4], rows = 0, columns = 0, any = 0, all = 0xFFu;
    for (unsigned k = 0; k < 4; k++) {
        base[k] = a->base[p[2 * k]];
        rows |= base[k];
    }
    if ((rows & NO_ROW_BIT) != 0) {
        return 0;
    }
    for (unsigned k = 0; k < 4; k++) {
        const unsigned column = a->column[p[2 * k + 1]];
        const unsigned who = a->who[base[k] + column];
        columns |= column + 1u; /* has another bit where one is RCD_MB_NO_COLUMN */
        any |= who;
        all &= who;
    }
    return ((columns & (RCD_MB_NO_COLUMN + 1u)) | (any & RCD_MB_FILLER)) == 0 ? all : 0;
}

/* Takes what repeats the first four pairs, where the data begins with a flood: asked once for what is
 * fed, since the loop over plain text has no time for it. Returns the bytes taken. */
static size_t take_flood(rcd_mb_state *s, int family, const uint8_t *data, size_t len)
{
    if (len < 2u * AHEAD || memcmp(data, data + AHEAD, AHEAD) != 0 ||
        (~tops(data) & lead_tops()) != 0) {
        return 0;
    }
    unsigned all = four_pairs(rcd_mb_automaton_of(family), data);
    if (all == 0) {
        return 0;
    }
    size_t taken = AHEAD + repeats_run(data + AHEAD, len - AHEAD);
    s->members &= all;
    s->characters += taken / 2u;
    s->pos += taken;
    return taken;
}

/* The bytes among `leads` that lead a pair, when each but the trail bytes does, and a pair begins in
 * front. Of a row of them every other one does: taken from the bits behind, a row that begins at an odd
 * place borrows from what stands after it, and one at an even place does not. */
static uint64_t pair_begins(uint64_t leads)
{
    const uint64_t odd = UINT64_C(0xAAAAAAAAAAAAAAAA);
    return ((((leads << 1) | odd) - leads) ^ odd) & leads;
}

/* Takes ASCII and pairs among RCD_PAIR_BLOCK bytes at p, with AHEAD more behind them, as long as
 * somebody has them and there is nothing else. Returns the bytes taken. */
static size_t take_block(const rcd_kernels *k, const rcd_mb_automaton *a, const uint8_t *p,
                         uint32_t *members, uint64_t *characters)
{
    rcd_pair_masks masks;
    k->pair_masks(p, a->plain, &masks);
    const uint64_t begins = pair_begins(masks.leads);
    const uint64_t others = masks.high & ~(begins | begins << 1);
    uint64_t asked = begins & ~masks.pairs;
    unsigned stop = others != 0 ? rcd_lowest_bit(others) : RCD_PAIR_BLOCK;
    for (; asked != 0; asked &= asked - 1u) {
        const unsigned at = rcd_lowest_bit(asked);
        const unsigned column = a->column[p[at + 1u]];
        const unsigned who = a->who[a->base[p[at]] + column];
        if (at >= stop) {
            break;
        }
        if (column == RCD_MB_NO_COLUMN || who == 0 || who >= RCD_MB_FILLER) {
            stop = at;
            break;
        }
        *members &= who;
    }
    if (stop == RCD_PAIR_BLOCK) {
        *characters += rcd_bit_count(begins);
        return RCD_PAIR_BLOCK + (size_t)(begins >> 63);
    }
    *characters += rcd_bit_count(begins & ((UINT64_C(1) << stop) - 1u));
    return stop;
}

/* Takes ASCII, single bytes and pairs as long as somebody has them, up to AHEAD bytes before the
 * end. Returns the bytes taken.
 *
 * Where a word of CJK text ends is what a branch predictor cannot tell, so ASCII bytes go the way of
 * pairs: they have a row of cells which belongs to everybody, and are one byte long. Runs of AHEAD
 * and more are common enough to be worth a branch. */
static size_t take_plain(rcd_mb_state *s, int family, const uint8_t *data, size_t len)
{
    const rcd_mb_automaton *a = rcd_mb_automaton_of(family);
    const rcd_kernels *k = rcd_kernels_get();
    const int by_blocks = a->plain != NULL && k->pair_masks != NULL;
    size_t calm = 0; /* from here on text may be plain again */
    unsigned shift = rcd_mb_shift_of(family);
    uint32_t members = s->members;
    uint64_t characters = 0;
    size_t i = 0;
    while (len - i >= AHEAD) {
        const uint64_t high = tops(data + i);
        if (high == 0) {
            i += AHEAD;
            if (len - i >= AHEAD && tops(data + i) == 0) {
                i += k->ascii_run(data + i, len - i);
            }
            continue;
        }
        if (by_blocks && i >= calm && len - i >= RCD_PAIR_BLOCK + AHEAD) {
            const size_t taken = take_block(k, a, data + i, &members, &characters);
            calm = i + (taken < RCD_PAIR_BLOCK ? RCD_PAIR_BLOCK : 0);
            i += taken;
            if (taken > 0) {
                continue;
            }
        }
        if ((~high & lead_tops()) == 0) {
            unsigned all = four_pairs(a, data + i);
            if (all != 0) {
                members &= all;
                characters += 4;
                i += 8;
                continue;
            }
        }
        unsigned lead = data[i];
        unsigned base = a->base[lead];
        if (base == RCD_MB_NO_ROW) {
            if (lead == shift || a->prefix[lead] == 0) {
                break;
            }
            do {
                members &= a->prefix[lead];
                lead = data[++i];
            } while (i < len - AHEAD && a->base[lead] == RCD_MB_NO_ROW && lead != shift &&
                     a->prefix[lead] != 0);
            continue;
        }
        unsigned pair = lead >> 7;
        unsigned column = a->column[data[i + 1]];
        unsigned cell = base + column;
        unsigned mask = a->who[cell];
        unsigned refused = (column == RCD_MB_NO_COLUMN) & pair;
        if ((refused | (mask == 0) | (mask >= RCD_MB_FILLER)) != 0) {
            break;
        }
        members &= mask;
        characters += pair;
        i += 1 + pair;
    }
    s->members = members;
    s->characters += characters;
    s->pos += i;
    return i;
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
        i += take_flood(s, family, data + i, len - i);
    }
    while (i < len && s->first_bad == UINT64_MAX) {
        if (s->makeup == 0) {
            i += take_plain(s, family, data + i, len - i);
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

/* What to skip of `n` bytes that are no code: all, unless an ASCII byte is among them, which then
 * is read again for itself. */
static int refuse(const uint8_t *p, int n)
{
    for (int i = 1; i < n; i++) {
        if (p[i] < 0x80) {
            return -1;
        }
    }
    return -n;
}

int rcd_mb_next(int family, const uint8_t *data, size_t len, uint32_t *cp)
{
    if (len == 0 || family < 0 || family >= RCD_MB_COUNT) {
        return 0;
    }
    if (data[0] < 0x80) {
        *cp = data[0];
        return 1;
    }
    rcd_mb_code code;
    int size = rcd_mb_read(family, data, len, &code);
    unsigned mask = code.members & ~RCD_MB_FILLER;
    if (size == 0) {
        return mask != 0 ? 0 : refuse(data, (int)len);
    }
    if (mask == 0) {
        return refuse(data, size);
    }
    int member = 0;
    while ((mask >> member & 1) == 0) {
        member++;
    }
    uint32_t second;
    *cp = rcd_mb_point(family, member, &code, &second);
    return size;
}

/* CPython's decoders of JIS X 0213 read the low half as JIS X 0201: a yen sign, an overline. */
static uint32_t low_half(int charset, uint32_t byte)
{
    if (charset == RCD_CS_SHIFT_JIS_2004 || charset == RCD_CS_SHIFT_JISX0213) {
        return byte == 0x5C ? 0xA5 : byte == 0x7E ? 0x203E : byte;
    }
    return byte;
}

/* euc_kr reads the filler only as the start of a make-up sequence. */
static int next_makeup(const uint8_t *data, size_t len, uint32_t *cp)
{
    if (len >= 8) {
        *cp = rcd_mb_makeup(data);
        return *cp != 0 ? 8 : -2;
    }
    unsigned due = 3;
    for (size_t at = 2; at < len; at += 2, due--) {
        if (at + 1 < len ? !rcd_mb_makeup_fits(due, data[at], data[at + 1]) : data[at] != 0xA4) {
            return -2;
        }
    }
    return 0;
}

int rcd_mb_next_as(int family, int member, const uint8_t *data, size_t len, uint32_t cp[2])
{
    cp[0] = cp[1] = 0;
    if (len == 0 || family < 0 || family >= RCD_MB_COUNT || member < 0 ||
        member >= RCD_MB_MEMBERS || member_ids[family][member] == 0) {
        return 0;
    }
    int charset = member_ids[family][member];
    if (data[0] < 0x80) {
        cp[0] = low_half(charset, data[0]);
        return 1;
    }
    rcd_mb_code code;
    int size = rcd_mb_read(family, data, len, &code);
    int has = code.members >> member & 1;
    if (size == 0) {
        return has ? 0 : refuse(data, (int)len);
    }
    if (charset == RCD_CS_EUC_KR && (code.members & RCD_MB_FILLER) != 0) {
        return next_makeup(data, len, &cp[0]);
    }
    if (!has) {
        return refuse(data, size);
    }
    cp[0] = rcd_mb_point(family, member, &code, &cp[1]);
    return size;
}
