/* test_rest.c : the places of a long input behind its excerpt. */
#include "check.h"
#include "rcd_rest.h"

static void feed_pieces(rcd_rest *r, const uint8_t *data, size_t len, check_random *random)
{
    rcd_rest_init(r);
    for (size_t i = 0; i < len;) {
        const size_t n = random_piece(random, len - i);
        uint8_t *piece = exact_copy(data + i, n);
        rcd_rest_feed(r, piece, n);
        free(piece);
        i += n;
    }
}

static int is_same(const rcd_rest *one, const rcd_rest *other)
{
    int same = one->pos == other->pos && one->size == other->size;
    for (unsigned k = 0; k < RCD_REST_WINDOWS; k++) {
        same = same && one->len[k] == other->len[k] &&
               memcmp(one->text[k], other->text[k], one->len[k]) == 0;
    }
    return same;
}

static void test_splits(void)
{
    check_random random = {0x9E3779B97F4A7C15u};
    static rcd_rest one, two;
    for (int round = 0; round < 60; round++) {
        const size_t len = random_below(&random, 40u * RCD_REST_FIRST) + 1;
        uint8_t *data = malloc(len);
        if (data == NULL) {
            abort();
        }
        const size_t rare = random_below(&random, 3) == 0 ? 20000 : random_below(&random, 40) + 1;
        for (size_t i = 0; i < len; i++) {
            data[i] = random_below(&random, rare) == 0
                          ? (uint8_t)(0x80u + random_below(&random, 128))
                          : (uint8_t)" abc\n"[random_below(&random, 5)];
        }
        rcd_rest_init(&one);
        rcd_rest_feed(&one, data, len);
        feed_pieces(&two, data, len, &random);
        CHECK(one.pos == len, "round %d: not all consumed", round);
        CHECK(is_same(&one, &two), "round %d: another split, other windows", round);
        free(data);
    }
}

/* However long the input is, each half of it has a good part of the windows, in order. */
static void test_spread(void)
{
    static rcd_rest rest;
    static uint8_t text[RCD_REST_TEXT], data[64u * RCD_REST_FIRST];
    for (size_t len = 2u * RCD_REST_FIRST; len <= sizeof data; len += 3001u) {
        for (size_t i = 0; i < len; i++) { /* a word of two letters that say where it is, and a space */
            data[i] = (uint8_t)(i % 3u == 2u ? ' ' : 0xC0u + (i * 32u / len) % 32u);
        }
        rcd_rest_init(&rest);
        rcd_rest_feed(&rest, data, len);
        const size_t n = rcd_rest_text(&rest, text);
        size_t lines = 0, late = 0, before = 0;
        for (size_t i = 0; i < n; i++) {
            if (text[i] == '\n') {
                const size_t at = text[i - 1u] - 0xC0u;
                CHECK(at >= before, "%zu bytes: place %zu behind %zu", len, at, before);
                before = at;
                late += at >= 16u;
                lines++;
            }
        }
        CHECK(lines >= 1u && lines <= RCD_REST_WINDOWS, "%zu bytes: %zu lines", len, lines);
        if (len >= RCD_REST_WINDOWS * RCD_REST_FIRST) {
            CHECK(lines >= RCD_REST_WINDOWS / 2u && late >= RCD_REST_WINDOWS / 4u,
                  "%zu bytes: %zu lines, %zu late", len, lines, late);
        }
    }
}

/* When two windows become one, it has what the first kept, or else the second. */
static void test_joined(void)
{
    static rcd_rest rest;
    static uint8_t data[RCD_REST_FIRST], text[RCD_REST_TEXT];
    for (unsigned ascii = 0; ascii < 1u << RCD_REST_WINDOWS; ascii++) {
        uint8_t want[2u * RCD_REST_WINDOWS];
        size_t wanted = 0;
        rcd_rest_init(&rest);
        for (unsigned k = 0; k < RCD_REST_WINDOWS; k++) {
            memset(data, 'a', sizeof data);
            if ((ascii >> k & 1u) == 0) {
                memcpy(data, "\xFF - \x80 ", 6); /* the first word of a window may be cut */
                data[4] = (uint8_t)(0x80u + k);
            }
            const int second_half = (k & 1u) != 0, other_ascii = (ascii >> (k & ~1u) & 1u) != 0;
            if (data[0] != 'a' && (!second_half || other_ascii)) {
                want[wanted++] = data[4];
                want[wanted++] = '\n';
            }
            rcd_rest_feed(&rest, data, sizeof data);
        }
        rcd_rest_feed(&rest, (const uint8_t *)"a", 1);
        const size_t n = rcd_rest_text(&rest, text);
        CHECK(rest.size == 2u * RCD_REST_FIRST && n == wanted && memcmp(text, want, n) == 0,
              "windows %02X: %zu bytes for %zu", ascii, n, wanted);
    }
}

/* Only whole words that are not ASCII, and where lines end. */
static void test_words(void)
{
    static const char line[] = "\xE9t\xE9 plain caf\xE9,na\xEFve 12 8\xE8\r\nd\xE9j\xE0 vu\n";
    static rcd_rest rest;
    static uint8_t text[RCD_REST_TEXT];
    rcd_rest_init(&rest);
    rcd_rest_feed(&rest, (const uint8_t *)line, sizeof line - 1);
    CHECK(rcd_rest_text(&rest, text) == 0, "a window that is not full");
    while (rest.pos < RCD_REST_BYTES) {
        rcd_rest_feed(&rest, (const uint8_t *)"ascii only ", 11);
    }
    static const char want[] = "caf\xE9 na\xEFve 8\xE8\nd\xE9j\xE0\n";
    const size_t n = rcd_rest_text(&rest, text);
    CHECK(n == sizeof want - 1 && memcmp(text, want, n) == 0, "%zu bytes: %.*s", n, (int)n, text);
    rcd_rest_init(&rest);
    for (unsigned i = 0; i < RCD_REST_BYTES; i++) {
        rcd_rest_feed(&rest, (const uint8_t *)"\xE9", 1);
    }
    CHECK(rcd_rest_text(&rest, text) == 0, "a word without an end may be cut anywhere");
}

int main(void)
{
    test_splits();
    test_spread();
    test_joined();
    test_words();
    return check_end("rest");
}
