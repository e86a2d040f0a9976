/* fuzz_multibyte.c : the automata in pieces, and the decoders, which must agree with them. */
#include "fuzz.h"
#include "rcd_multibyte.h"

/* What `member` of `family` decodes, code by code: the offset at which it stops. */
static size_t decoded(int family, int member, const uint8_t *data, size_t len, uint64_t *characters)
{
    size_t i = 0;
    *characters = 0;
    while (i < len) {
        uint32_t cp[2];
        int n = rcd_mb_next_as(family, member, data + i, len - i, cp);
        if (n <= 0) {
            REQUIRE(n >= -(int)(len - i));
            break;
        }
        REQUIRE((size_t)n <= len - i && cp[0] <= 0x10FFFF && cp[1] <= 0x10FFFF);
        *characters += n > 1;
        i += (size_t)n;
    }
    return i;
}

static void check_union(int family, const uint8_t *data, size_t len)
{
    size_t i = 0;
    while (i < len) {
        uint32_t cp;
        int n = rcd_mb_next(family, data + i, len - i, &cp);
        if (n == 0) {
            break;
        }
        size_t step = (size_t)(n > 0 ? n : -n);
        REQUIRE(step <= len - i);
        for (size_t k = 0; k < step && n < 0; k++) {
            REQUIRE(data[i + k] >= 0x80);
        }
        i += step;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    check_random r = choices_from(data, len);
    for (int family = 0; family < RCD_MB_COUNT; family++) {
        rcd_mb_state one, cut;
        choose_kernel(&r);
        rcd_mb_init(&one);
        rcd_mb_feed(&one, family, data, len);
        choose_kernel(&r);
        rcd_mb_init(&cut);
        for (size_t i = 0; i < len;) {
            size_t n = random_piece(&r, len - i);
            rcd_mb_feed(&cut, family, data + i, n);
            i += n;
        }
        for (int sample = 0; sample < 2 && len > 0; sample++) {
            uint64_t bad_one, bad_cut;
            uint32_t members = rcd_mb_end(&one, sample, &bad_one);
            REQUIRE(members == rcd_mb_end(&cut, sample, &bad_cut) && bad_one == bad_cut);
            const uint16_t *charsets = rcd_mb_members(family);
            for (int m = 0; charsets[m] != 0 && !sample; m++) {
                uint64_t characters;
                size_t whole = decoded(family, m, data, len, &characters);
                REQUIRE((whole == len) == ((members >> m & 1) != 0));
            }
        }
        REQUIRE(one.characters == cut.characters && one.first_bad == cut.first_bad);
        check_union(family, data, len);
    }
    return 0;
}
