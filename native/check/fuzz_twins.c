/* fuzz_twins.c : the name that a one-byte text gets is its charset or another that is allowed and
 * decodes every byte. The first two bytes choose charset and language. */
#include "fuzz.h"
#include "rcd_twin_names.h"
#include "rcd_twins.h"

static uint8_t allow[1024];

static int decodes(unsigned charset, const uint64_t present[4])
{
    const uint16_t *table = rcd_single_byte_table((int)charset);
    for (unsigned b = 0; b < 256; b++) {
        if ((present[b >> 6] >> (b & 63) & 1) != 0 && table[b] == 0xFFFF) {
            return 0;
        }
    }
    return 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    check_random r = choices_from(data, len);
    if (len < 2 || (size_t)rcd_charset_count() >= sizeof allow) {
        return 0;
    }
    unsigned charset = 1u + (data[0] | (data[1] & 1u) << 8) % (unsigned)rcd_charset_count();
    unsigned language = (data[1] >> 1) % ((unsigned)rcd_language_count() + 1u);
    if (rcd_single_byte_table((int)charset) == NULL) {
        return 0;
    }
    data += 2;
    len -= 2;
    rcd_options opt;
    memset(&opt, 0, sizeof opt);
    if (random_below(&r, 2) == 0) {
        opt.allow = allow;
        for (int id = 1; id <= rcd_charset_count(); id++) {
            allow[id] = random_below(&r, 4) != 0;
        }
    }
    uint64_t present[4] = {0};
    for (size_t i = 0; i < len; i++) {
        present[data[i] >> 6] |= UINT64_C(1) << (data[i] & 63);
    }
    rcd_detector *d = (rcd_detector *)(void *)detector_memory();
    REQUIRE(rcd_detector_init(d, DETECTOR_ROOM, &opt) == RCD_MORE);
    REQUIRE(rcd_detector_feed(d, data, len) == RCD_MORE);
    unsigned name = rcd_twins_name(d, charset, language, 0);
    REQUIRE(name == rcd_twins_name(d, charset, language, 0));
    int fit = rcd_twins_fit(charset, opt.allow, opt.exact, present);
    REQUIRE(fit || name == charset);
    REQUIRE(!fit || ((opt.allow == NULL || allow[name]) && decodes(name, present)));
    return 0;
}
