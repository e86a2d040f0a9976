/* test_utf8.c : the UTF-8 stage against a reading of the standard, and against itself in pieces. */
#include "check.h"
#include "rcd_utf8.h"
#include "reference.h"

/* The counts of one input by definition. The two items beyond the standard (surrogate forms, C0 80)
 * are looked for first. */
static void expected(const uint8_t *p, size_t len, rcd_utf8 *u, uint64_t *end_bad)
{
    rcd_utf8_init(u);
    *end_bad = 0;
    size_t i = 0;
    while (i < len) {
        const uint8_t *q = p + i;
        size_t left = len - i;
        size_t n = reference_utf8_character(q, left);
        if (n > 0) {
            u->characters += n > 1;
            i += n;
            continue;
        }
        int surrogate = q[0] == 0xED && left >= 2 && q[1] >= 0xA0 && q[1] <= 0xBF;
        int nul = q[0] == 0xC0;
        if (left <= 3 && (reference_utf8_cut(q, left) || (surrogate && left == 2) ||
                          (nul && left == 1))) {
            *end_bad = 1;
            u->pending_len = (uint8_t)left;
            memcpy(u->pending, q, left);
            break;
        }
        n = reference_utf8_bad(q, left);
        if (surrogate && (q[2] & 0xC0) == 0x80) {
            u->surrogates++;
            n = 3;
        } else if (nul && q[1] == 0x80) {
            u->nul2++;
            n = 2;
        }
        if (u->bad++ == 0) {
            u->first_bad = i;
        }
        i += n;
    }
    u->pos = len;
}

static int same(const rcd_utf8 *a, const rcd_utf8 *b)
{
    return a->pos == b->pos && a->characters == b->characters && a->bad == b->bad &&
           a->first_bad == b->first_bad && a->surrogates == b->surrogates && a->nul2 == b->nul2 &&
           a->pending_len == b->pending_len && a->hopeless == b->hopeless &&
           memcmp(a->pending, b->pending, a->pending_len) == 0;
}

static void check_bytes(const uint8_t *p, size_t len, check_random *r)
{
    rcd_utf8 want, one, cut;
    uint64_t end_bad;
    expected(p, len, &want, &end_bad);
    rcd_utf8_init(&one);
    rcd_utf8_feed(&one, p, len);
    CHECK(same(&one, &want), "%zu bytes %02X %02X %02X %02X: bad %" PRIu64 ", want %" PRIu64, len,
          p[0], len > 1 ? p[1] : 0, len > 2 ? p[2] : 0, len > 3 ? p[3] : 0, one.bad, want.bad);
    uint64_t bad, first_bad;
    rcd_utf8_end(&one, 0, &bad, &first_bad);
    CHECK(bad == want.bad + end_bad, "end: %" PRIu64 ", want %" PRIu64, bad, want.bad + end_bad);
    CHECK(first_bad == (want.bad != 0 ? want.first_bad
                        : end_bad != 0 ? len - want.pending_len : UINT64_MAX),
          "end: first_bad %" PRIu64, first_bad);
    rcd_utf8_end(&one, 1, &bad, &first_bad);
    int hope = want.pending_len == 0 || reference_utf8_cut(want.pending, want.pending_len);
    CHECK(bad == want.bad + (hope ? 0 : end_bad), "sample: %" PRIu64, bad);
    rcd_utf8_init(&cut);
    for (size_t i = 0; i < len;) {
        size_t n = random_piece(r, len - i);
        rcd_utf8_feed(&cut, p + i, n);
        i += n;
    }
    CHECK(same(&cut, &want), "%zu bytes in pieces", len);
}

static void check_short(void)
{
    check_random r = {1};
    uint8_t p[3];
    rcd_utf8 u;
    rcd_utf8_init(&u);
    rcd_utf8_feed(&u, NULL, 0);
    CHECK(u.pos == 0 && u.first_bad == UINT64_MAX, "empty");
    for (unsigned a = 0; a < 0x100; a++) {
        p[0] = (uint8_t)a;
        check_bytes(p, 1, &r);
        for (unsigned b = 0; b < 0x100; b++) {
            p[1] = (uint8_t)b;
            check_bytes(p, 2, &r);
            /* All third bytes matter only after the leads of three and four; elsewhere the second
             * and third are a case of their own, seen above, and a few will do. */
            unsigned step = a >= 0xE0 && a <= 0xF4 ? 1 : 15;
            for (unsigned c = 0; c < 0x100; c += step) {
                p[2] = (uint8_t)c;
                check_bytes(p, 3, &r);
            }
        }
    }
}

static void check_random_mixes(void)
{
    static const char *const items[] = {
        "plain words, ", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xED\xA0\x80",
        "\xED\xBF\xBF", "\xC0\x80", "\xED\xA0", "\xF0\x90", "\xE1\x80", "\x80", "\xFF", "\xC0",
        "\xF4\x90\x80\x80", "\xE0\x80\x80", "\xF1\x80\x80", "\xC2", "\xD0\xB1\xD0\xB2\xD0\xB3",
    };
    enum { ITEMS = sizeof items / sizeof items[0], ROOM = 1200 };
    check_random r = {0xC0FFEE};
    for (unsigned round = 0; round < 20000; round++) {
        uint8_t p[ROOM];
        size_t len = 0;
        size_t most = 1 + random_below(&r, round % 10 == 0 ? ROOM : 40);
        size_t choice = round % 3 == 0 ? ITEMS : 4;
        while (len < most) {
            size_t pick = random_below(&r, 50) == 0 ? random_below(&r, ITEMS)
                                                    : random_below(&r, choice);
            size_t n = strlen(items[pick]);
            n = n < most - len ? n : most - len;
            memcpy(p + len, items[pick], n);
            len += n;
        }
        uint8_t *exact = exact_copy(p, len);
        check_bytes(exact, len, &r);
        free(exact);
    }
}

/* Bytes at the edges of their classes in any order, as text of other encodings has them: long
 * enough to be read by words too, but too short to be hopeless. */
static void check_random_bytes(void)
{
    static const uint8_t edges[] = {
        0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF, 0x80, 0x90, 0xA0, 0xED, 0xC0,
    };
    enum { EDGES = sizeof edges, ROOM = RCD_UTF8_DOUBT - 1 };
    check_random r = {0xED6E5};
    for (unsigned round = 0; round < 1500; round++) {
        uint8_t p[ROOM];
        size_t len = 1 + random_below(&r, ROOM);
        for (size_t i = 0; i < len; i++) {
            p[i] = edges[random_below(&r, random_below(&r, 300) == 0 ? EDGES : EDGES - 2)];
        }
        uint8_t *exact = exact_copy(p, len);
        check_bytes(exact, len, &r);
        free(exact);
    }
}

/* The giving up depends on the bytes alone. */
static void check_hopeless(void)
{
    enum { LEN = 3 * RCD_UTF8_PATIENCE };
    check_random r = {77};
    uint8_t *p = malloc(LEN);
    if (p == NULL) {
        abort();
    }
    memset(p, 0xE9, LEN);
    rcd_utf8 one, cut;
    rcd_utf8_init(&one);
    rcd_utf8_feed(&one, p, LEN);
    CHECK(one.hopeless == 1 && one.bad == RCD_UTF8_DOUBT && one.pos == LEN && one.first_bad == 0,
          "bad %" PRIu64, one.bad);
    rcd_utf8_init(&cut);
    for (size_t i = 0; i < LEN;) {
        size_t n = random_piece(&r, LEN - i);
        rcd_utf8_feed(&cut, p + i, n);
        i += n;
    }
    CHECK(same(&one, &cut), "in pieces");
    /* Hardly more errors than characters are borne for longer. */
    for (size_t i = 0; i + 4 <= LEN; i += 4) {
        memcpy(p + i, "\xC3\xA9\xE9\xE9", 4);
    }
    rcd_utf8_init(&one);
    rcd_utf8_feed(&one, p, LEN);
    CHECK(one.hopeless == 1 && one.bad == RCD_UTF8_PATIENCE, "bad %" PRIu64, one.bad);
    /* As many characters as errors: it may still be UTF-8 with something wrong in it. */
    for (size_t i = 0; i + 3 <= LEN; i += 3) {
        memcpy(p + i, "\xC3\xA9\xE9", 3);
    }
    rcd_utf8_init(&one);
    rcd_utf8_feed(&one, p, LEN);
    CHECK(one.hopeless == 0 && one.characters == RCD_UTF8_PATIENCE &&
              one.bad == RCD_UTF8_PATIENCE - 1 && one.pending_len == 1,
          "bad %" PRIu64, one.bad);
    free(p);
}

int main(void)
{
    for (size_t i = 0; i < CHECK_KERNELS; i++) {
        if (rcd_kernel_force(check_kernel_names[i]) == 0) {
            if (i == 0) {
                check_short();
            }
            check_random_mixes();
            check_random_bytes();
            check_hopeless();
        }
    }
    return check_end("utf8");
}
