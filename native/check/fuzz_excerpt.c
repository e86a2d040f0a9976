/* fuzz_excerpt.c : what the models are given to read, in pieces as at once, at the start of a text,
 * where only telling words are kept, and behind that. */
#include "fuzz.h"
#include "rcd_excerpt.h"

static void check(const uint8_t *data, size_t len, size_t before, check_random *r)
{
    static rcd_excerpt one, cut;
    static const uint8_t words[] = "words of one kind ";
    rcd_excerpt_init(&one);
    rcd_excerpt_init(&cut);
    for (size_t i = 0; i < before; i += sizeof words - 1) {
        rcd_excerpt_feed(&one, words, sizeof words - 1);
        rcd_excerpt_feed(&cut, words, sizeof words - 1);
    }
    uint64_t start = one.pos;
    choose_kernel(r);
    uint8_t *whole = exact_copy(data, len);
    rcd_excerpt_feed(&one, whole, len);
    free(whole);
    choose_kernel(r);
    for (size_t i = 0; i < len;) {
        size_t n = random_piece(r, len - i);
        uint8_t *piece = exact_copy(data + i, n);
        rcd_excerpt_feed(&cut, piece, n);
        free(piece);
        i += n;
    }
    REQUIRE(one.pos == start + len && cut.pos == one.pos);
    REQUIRE(one.len <= RCD_EXCERPT_SIZE && one.len == cut.len);
    REQUIRE(memcmp(one.text, cut.text, one.len) == 0);
    REQUIRE(one.dropped == cut.dropped);
}

/* The rest of a long input, to which `data` comes several times. */
static void check_rest(const uint8_t *data, size_t len, check_random *r)
{
    static rcd_rest one, cut;
    static uint8_t text[RCD_REST_TEXT];
    rcd_rest_init(&one);
    rcd_rest_init(&cut);
    for (unsigned times = 0; times < 30u; times++) {
        choose_kernel(r);
        uint8_t *whole = exact_copy(data, len);
        rcd_rest_feed(&one, whole, len);
        free(whole);
        for (size_t i = 0, n; i < len; i += n) {
            n = random_piece(r, len - i);
            rcd_rest_feed(&cut, data + i, n);
        }
    }
    REQUIRE(one.pos == cut.pos && one.size == cut.size);
    for (unsigned k = 0; k < RCD_REST_WINDOWS; k++) {
        REQUIRE(one.len[k] == cut.len[k] && memcmp(one.text[k], cut.text[k], one.len[k]) == 0);
    }
    const size_t n = rcd_rest_text(&one, text);
    REQUIRE(n <= sizeof text && (n == 0 || text[n - 1u] == '\n'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    check_random r = choices_from(data, len);
    check(data, len, 0, &r);
    check(data, len, RCD_EXCERPT_FULL - random_below(&r, 80), &r);
    check(data, len, RCD_EXCERPT_FULL + 18u, &r);
    check_rest(data, len, &r);
    return 0;
}
