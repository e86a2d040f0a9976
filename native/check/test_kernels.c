/* test_kernels.c : every kernel set answers like the definitions, wherever the bytes lie. */
#include "check.h"
#include "rcd_dispatch.h"
#include "reference.h"

#define MOST 200
#define SHIFTS 64

static int plain(unsigned b)
{
    return (b >= 0x20 && b <= 0x7E) || b == '\t' || b == '\n' || b == '\f' || b == '\r';
}

static size_t expected_utf8(const uint8_t *p, size_t len, uint64_t *characters)
{
    size_t i = 0;
    while (i < len) {
        size_t n = reference_utf8_character(p + i, len - i);
        if (n == 0) {
            break;
        }
        *characters += n > 1;
        i += n;
    }
    return i;
}

/* One set on one input, against loops that could not be simpler. */
static void check_input(const rcd_kernels *k, const uint8_t *p, size_t len, const rcd_byteset *set)
{
    size_t want = 0;
    while (want < len && plain(p[want])) {
        want++;
    }
    size_t got = k->plain_run(p, len);
    CHECK(got == want, "%s plain_run len %zu: %zu, want %zu", k->name, len, got, want);

    want = 0;
    while (want < len && p[want] < 0x80) {
        want++;
    }
    got = k->ascii_run(p, len);
    CHECK(got == want, "%s ascii_run len %zu: %zu, want %zu", k->name, len, got, want);

    uint64_t want_characters = 7, characters = 7;
    want = expected_utf8(p, len, &want_characters);
    got = k->utf8_run(p, len, &characters);
    CHECK(got == want && characters == want_characters,
          "%s utf8_run len %zu: %zu (%" PRIu64 "), want %zu (%" PRIu64 ")", k->name, len, got,
          characters, want, want_characters);

    uint64_t want_high = 3, high = 3;
    for (want = 0; want < len && set->has[p[want]]; want++) {
        want_high += p[want] >= 0x80;
    }
    got = k->set_run(p, len, set, &high);
    CHECK(got == want && high == want_high,
          "%s set_run len %zu: %zu (%" PRIu64 "), want %zu (%" PRIu64 ")", k->name, len, got, high,
          want, want_high);

    uint64_t want_count[256] = {0}, count[256] = {0};
    for (size_t i = 0; i < len; i++) {
        want_count[p[i]]++;
    }
    k->histogram(count, p, len);
    CHECK(memcmp(count, want_count, sizeof count) == 0, "%s histogram len %zu", k->name, len);
}

/* Line ends of all kinds, wherever they are cut. */
static void check_line_ends(const rcd_kernels *k)
{
    static const uint8_t kinds[] = {'\n', '\r', '\n', '\r', 'a', 0x0B, 0x8A, 0x8D};
    check_random r = {UINT64_C(0xC0FFEE)};
    for (unsigned round = 0; round < 6000; round++) {
        uint8_t data[MOST];
        const size_t len = random_below(&r, sizeof data);
        const size_t of = 4 + random_below(&r, 5); /* in some nothing but line ends */
        const unsigned before = kinds[random_below(&r, 5)];
        uint64_t want = 0;
        for (size_t i = 0; i < len; i++) {
            const unsigned last = i > 0 ? data[i - 1] : before;
            data[i] = kinds[random_below(&r, of)];
            want += data[i] == '\r' || (data[i] == '\n' && last != '\r');
        }
        uint8_t *p = exact_copy(data, len);
        const uint64_t got = k->line_ends(p, len, before);
        CHECK(got == want, "%s line_ends len %zu: %" PRIu64 ", want %" PRIu64, k->name, len, got, want);
        free(p);
    }
}

/* Is a byte in one of the products of halves? */
static int in_products(const uint8_t low[16], const uint8_t high[16], unsigned b, unsigned product)
{
    return ((low[b & 15u] & high[b >> 4]) >> product & 1) != 0;
}

/* Blocks of any bytes, asked for any sets of pairs. */
static void check_pairs(const rcd_kernels *k)
{
    check_random r = {UINT64_C(0x5DEECE66D)};
    for (unsigned round = 0; round < 4000 && k->pair_masks != NULL; round++) {
        rcd_pairset set;
        uint8_t *bytes = (uint8_t *)&set;
        for (size_t i = 0; i < sizeof set; i++) {
            bytes[i] = (uint8_t)(random_next(&r) & random_next(&r));
        }
        uint8_t data[RCD_PAIR_BLOCK + 1];
        for (size_t i = 0; i < sizeof data; i++) {
            data[i] = (uint8_t)random_next(&r);
        }
        uint8_t *p = exact_copy(data, sizeof data);
        rcd_pair_masks masks;
        k->pair_masks(p, &set, &masks);
        for (unsigned i = 0; i < RCD_PAIR_BLOCK; i++) {
            const unsigned lead = p[i], trail = p[i + 1];
            const int leads = lead >= 0x80u && (set.leads[lead & 15u] >> ((lead >> 4) - 8u) & 1) != 0;
            int pair = 0;
            for (unsigned product = 0; product < 8; product++) {
                pair |= in_products(set.lead_low, set.lead_high, lead, product) &&
                        in_products(set.trail_low, set.trail_high, trail, product);
            }
            CHECK((int)(masks.high >> i & 1u) == (lead >= 0x80u) &&
                      (int)(masks.leads >> i & 1u) == leads && (int)(masks.pairs >> i & 1u) == pair,
                  "%s pair_masks %02X %02X at %u", k->name, lead, trail, i);
        }
        free(p);
    }
}

/* Text of a given kind: what each kernel runs through without stopping. */
static void fill(check_random *r, uint8_t *p, size_t len, unsigned kind)
{
    static const char *const words[] = {"a", "text ", "\xC3\xA9", "\xD1\x8F\xD0\xB6",
                                        "\xE6\x97\xA5", "\xE0\xA4\xB9", "\xF0\x9F\x98\x80", "\xED\x9F\xBF",
                                        "\xF4\x8F\xBF\xBF", "\xE0\xA0\x80", "\xF0\x90\x80\x80"};
    size_t i = 0;
    while (i < len) {
        if (kind == 0) {
            p[i++] = (uint8_t)(0x20 + random_below(r, 0x5F));
        } else if (kind == 1) {
            p[i++] = (uint8_t)random_next(r);
        } else {
            size_t pick = kind == 2 ? random_below(r, sizeof words / sizeof words[0])
                                    : 4 + random_below(r, 3);
            size_t n = strlen(words[pick]);
            if (n > len - i) {
                p[i++] = '.';
            } else {
                memcpy(p + i, words[pick], n);
                i += n;
            }
        }
    }
}

/* Every length at every alignment; a wrong byte at a random place in two of three. */
static void check_placements(const rcd_kernels *k)
{
    check_random r = {UINT64_C(0x9E3779B97F4A7C15)};
    rcd_byteset set;
    memset(&set, 0, sizeof set);
    for (unsigned b = 0; b < 256; b++) {
        if (b % 7 != 3) {
            rcd_byteset_add(&set, (uint8_t)b);
        }
    }
    rcd_byteset all;
    memset(&all, 0, sizeof all);
    for (unsigned b = 0; b < 256; b++) {
        rcd_byteset_add(&all, (uint8_t)b);
    }
    uint8_t *room = malloc(MOST + 2 * SHIFTS);
    if (room == NULL) {
        abort();
    }
    for (size_t shift = 0; shift < SHIFTS; shift++) {
        uint8_t *p = room + SHIFTS - ((uintptr_t)room % SHIFTS) + shift;
        if (p + MOST > room + MOST + 2 * SHIFTS) {
            p -= SHIFTS;
        }
        for (size_t len = 0; len <= MOST; len++) {
            for (unsigned kind = 0; kind < 4; kind++) {
                fill(&r, p, len, kind);
                check_input(k, p, len, (shift + len) % 2 != 0 ? &set : &all);
                if (len > 0) {
                    p[random_below(&r, len)] = (uint8_t)random_next(&r);
                    check_input(k, p, len, (shift + len) % 2 != 0 ? &set : &all);
                }
            }
        }
    }
    free(room);
    /* The same in memory that ends where the data ends. */
    for (size_t len = 0; len <= MOST; len++) {
        uint8_t buffer[MOST];
        fill(&r, buffer, len, len % 4);
        uint8_t *exact = exact_copy(buffer, len);
        check_input(k, exact, len, &set);
        free(exact);
    }
}

/* Each byte value, alone among bytes that pass, at each place of a 130-byte input. */
static void check_each_value(const rcd_kernels *k)
{
    rcd_byteset only;
    for (unsigned b = 0; b < 256; b++) {
        memset(&only, 0, sizeof only);
        rcd_byteset_add(&only, 'x');
        rcd_byteset_add(&only, (uint8_t)b);
        for (size_t at = 0; at < 130; at += at < 66 ? 1 : 21) {
            uint8_t p[130];
            memset(p, 'x', sizeof p);
            p[at] = (uint8_t)b;
            check_input(k, p, sizeof p, &only);
            rcd_byteset other;
            memset(&other, 0, sizeof other);
            rcd_byteset_add(&other, 'x');
            rcd_byteset_add(&other, (uint8_t)(b ^ 0x10));
            rcd_byteset_add(&other, (uint8_t)(b ^ 0x80));
            check_input(k, p, sizeof p, &other);
        }
    }
}

/* All sequences of two bytes, of three after the leads that have them, and of four over the bytes
 * at which rules change, laid across the end of a 64-byte block so that both halves of the vector
 * code see them. */
static void check_all_sequences(const rcd_kernels *k)
{
    static const uint8_t edges[] = {0x00, 0x41, 0x7F, 0x80, 0x81, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
                                    0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF,
                                    0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFF};
    enum { EDGES = sizeof edges };
    uint8_t p[160];
    memset(p, 'a', sizeof p);
    for (uint32_t three = 0; three < 0x1000000; three++) {
        unsigned first = three >> 16;
        if ((first < 0xE0 || first > 0xF4) && three % 17 != 0) {
            continue;
        }
        size_t at = 60 + three % 8;
        p[at] = (uint8_t)(three >> 16);
        p[at + 1] = (uint8_t)(three >> 8);
        p[at + 2] = (uint8_t)three;
        uint64_t characters = 0, want_characters = 0;
        size_t want = at + expected_utf8(p + at, 8, &want_characters);
        want = want == at + 8 ? 140 : want;
        size_t got = k->utf8_run(p, 140, &characters);
        CHECK(got == want && characters == want_characters, "%s %06X at %zu: %zu, want %zu",
              k->name, (unsigned)three, at, got, want);
        p[at] = p[at + 1] = p[at + 2] = 'a';
    }
    for (size_t n = 0; n < (size_t)EDGES * EDGES * EDGES * EDGES; n++) {
        size_t at = 59 + n % 8;
        p[at] = edges[n % EDGES];
        p[at + 1] = edges[n / EDGES % EDGES];
        p[at + 2] = edges[n / EDGES / EDGES % EDGES];
        p[at + 3] = edges[n / EDGES / EDGES / EDGES];
        uint64_t characters = 0, want_characters = 0;
        size_t want = at + expected_utf8(p + at, 8, &want_characters);
        want = want == at + 8 ? 140 : want;
        size_t got = k->utf8_run(p, 140, &characters);
        CHECK(got == want && characters == want_characters,
              "%s %02X %02X %02X %02X at %zu: %zu, want %zu", k->name, p[at], p[at + 1], p[at + 2],
              p[at + 3], at, got, want);
        memset(p + at, 'a', 4);
    }
}

int main(void)
{
    const char *best = rcd_kernel_name();
    CHECK(rcd_kernel_force("no such kernel") == RCD_E_OPTION, "an unknown name was taken");
    CHECK(rcd_kernel_name() == best, "a refused name changed the choice");
    unsigned tried = 0;
    for (size_t i = 0; i < CHECK_KERNELS; i++) {
        if (rcd_kernel_force(check_kernel_names[i]) != 0) {
            continue;
        }
        tried++;
        const rcd_kernels *k = rcd_kernels_get();
        CHECK(strcmp(rcd_kernel_name(), check_kernel_names[i]) == 0, "forced %s, got %s",
              check_kernel_names[i], rcd_kernel_name());
        printf("kernel %s\n", k->name);
        check_placements(k);
        check_each_value(k);
        check_all_sequences(k);
        check_pairs(k);
        check_line_ends(k);
    }
    CHECK(tried >= 1, "no kernel could be forced");
    CHECK(rcd_kernel_force(NULL) == 0 && rcd_kernel_name() == best, "the best did not come back");
    return check_end("kernels");
}
