/* fuzz_near.c : damaged multi-byte text in pieces, beside the automata that stop at the damage, and
 * the counts of high bytes. */
#include "fuzz.h"
#include "rcd_near.h"

static void check_strays(const uint8_t *data, size_t len, check_random *r)
{
    static rcd_strays one, cut;
    rcd_strays_init(&one);
    rcd_strays_init(&cut);
    rcd_strays_feed(&one, 0, data, len);
    for (size_t i = 0; i < len;) {
        size_t n = random_piece(r, len - i);
        rcd_strays_feed(&cut, i, data + i, n);
        i += n;
    }
    REQUIRE(memcmp(&one, &cut, sizeof one) == 0);
    uint8_t sought[128];
    size_t count = 0;
    const size_t one_in = 1 + random_below(r, 30);
    for (unsigned b = 0x80; b < 0x100; b++) {
        if (random_below(r, one_in) == 0) {
            sought[count++] = (uint8_t)b;
        }
    }
    rcd_strays_init(&cut);
    rcd_strays_seek(&cut, sought, count, 0, data, len);
    for (size_t i = 0; i < count; i++) {
        const unsigned b = sought[i];
        REQUIRE(cut.count[b] == one.count[b] && cut.first[b] == one.first[b]);
    }
    for (unsigned b = 0; b < 256; b++) {
        REQUIRE(one.count[b] <= len && (b >= 0x80 || one.count[b] == 0));
        REQUIRE(one.count[b] == 0 || data[one.first[b]] == b);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    check_random r = choices_from(data, len);
    check_strays(data, len, &r);
    if (len == 0) {
        return 0; /* the first bytes tell an automaton its family */
    }
    for (int family = 0; family < RCD_MB_COUNT; family++) {
        rcd_mb_state strict;
        rcd_mb_near one, cut;
        choose_kernel(&r);
        rcd_mb_init(&strict);
        rcd_mb_feed(&strict, family, data, len);
        rcd_mb_near_init(&one);
        rcd_mb_near_feed(&one, family, data, len);
        choose_kernel(&r);
        rcd_mb_near_init(&cut);
        for (size_t i = 0; i < len;) {
            size_t n = random_piece(&r, len - i);
            uint8_t *piece = exact_copy(data + i, n);
            rcd_mb_near_feed(&cut, family, piece, n);
            free(piece);
            i += n;
        }
        REQUIRE(one.over || (one.own.codes == cut.own.codes && one.own.who == cut.own.who &&
                             one.first_strange == cut.first_strange));
        REQUIRE(one.over == cut.over && one.bad <= len && cut.bad <= len);
        if (!one.over) {
            REQUIRE(one.bad == cut.bad && one.first_bad == cut.first_bad);
            REQUIRE(one.places == cut.places && one.holes == cut.holes && one.places <= one.bad);
            REQUIRE(one.first_bad == strict.first_bad);
        }
        for (int sample = 0; sample < 2; sample++) {
            uint32_t members = rcd_mb_near_end(&one, sample);
            REQUIRE(members == rcd_mb_near_end(&cut, sample));
            REQUIRE(one.over || one.bad > 0 || members == rcd_mb_end(&strict, sample, NULL));
            REQUIRE(!one.over || members == 0);
        }
        const int32_t price = rcd_near_price(one.bad, len, 0);
        REQUIRE(price >= 0 && (one.bad > 0) == (price > 0));
    }
    return 0;
}
