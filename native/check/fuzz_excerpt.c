/* fuzz_excerpt.c : what the models are given to read, in pieces as at once, at the start of a text
 * and where only telling words are kept. */
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    check_random r = choices_from(data, len);
    check(data, len, 0, &r);
    check(data, len, RCD_EXCERPT_FULL - random_below(&r, 80), &r);
    check(data, len, RCD_EXCERPT_FULL + 18u, &r);
    return 0;
}
