/* fuzz_detect.c : whole detections: one shot, pieces, any kernel, all options; one answer. */
#include "fuzz.h"

static uint8_t allow[1024];

static void check_result(const rcd_result *a, const rcd_options *opt, size_t len)
{
    REQUIRE(opt->allow == NULL || a->charset == 0 || a->source == RCD_SOURCE_EMPTY ||
            opt->allow[a->charset]);
    REQUIRE(a->length == len && a->valid_up_to <= len && a->non_ascii <= len);
    REQUIRE(a->confidence <= 1000000 && a->source <= RCD_SOURCE_BINARY);
    REQUIRE((int)a->charset <= rcd_charset_count() && (int)a->language <= rcd_language_count());
    REQUIRE(a->count <= RCD_CANDIDATES && a->bom_len <= 4);
    REQUIRE((a->bad == 0) == (a->valid_up_to == len));
    for (unsigned i = 0; i < a->count; i++) {
        REQUIRE(a->candidate[i].charset != 0 &&
                (int)a->candidate[i].charset <= rcd_charset_count());
        REQUIRE(a->candidate[i].confidence <= 1000000 && a->candidate[i].score >= 0);
    }
}

/* Leaving the language for later changes nothing else that is told then, and where it is told
 * nothing at all. */
static void check_later(const rcd_result *one, const uint8_t *data, size_t len,
                        const rcd_options *opt)
{
    rcd_options options = *opt;
    rcd_result later;
    options.later = 1;
    memset(&later, 0, sizeof later);
    REQUIRE(rcd_detect(detector_memory(), DETECTOR_ROOM, data, len, &options, &later) == 0);
    if (later.language != RCD_LATER) {
        REQUIRE(memcmp(one, &later, sizeof later) == 0);
        return;
    }
    REQUIRE(len <= RCD_LATER_SIZE);
    REQUIRE(later.charset == one->charset && later.confidence == one->confidence);
    REQUIRE(later.bom_len == one->bom_len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    check_random r = choices_from(data, len);
    rcd_options opt;
    memset(&opt, 0, sizeof opt);
    opt.exact = (uint8_t)random_below(&r, 2);
    opt.sample = (uint8_t)random_below(&r, 2);
    if (random_below(&r, 4) == 0) {
        opt.declared = (uint16_t)random_below(&r, (size_t)rcd_charset_count() + 1);
    }
    if (random_below(&r, 4) == 0) {
        opt.language = (uint16_t)random_below(&r, (size_t)rcd_language_count() + 1);
    }
    if (random_below(&r, 4) == 0 && (size_t)rcd_charset_count() < sizeof allow) {
        size_t share = random_below(&r, 20) + 2;
        for (int id = 1; id <= rcd_charset_count(); id++) {
            allow[id] = random_below(&r, share) == 0;
        }
        opt.allow = allow;
    }
    rcd_result one, cut, again;
    memset(&one, 0, sizeof one);
    memset(&cut, 0, sizeof cut);
    memset(&again, 0, sizeof again);
    choose_kernel(&r);
    REQUIRE(rcd_detect(detector_memory(), DETECTOR_ROOM, data, len, &opt, &one) == 0);
    check_result(&one, &opt, len);
    choose_kernel(&r);
    check_later(&one, data, len, &opt);

    choose_kernel(&r);
    REQUIRE(rcd_detector_init(detector_memory(), DETECTOR_ROOM, &opt) == RCD_MORE);
    rcd_detector *d = (rcd_detector *)(void *)detector_memory();
    size_t peek_at = random_below(&r, 4) == 0 ? random_below(&r, len + 1) : SIZE_MAX;
    for (size_t i = 0; i < len;) {
        size_t n = random_piece(&r, len - i);
        REQUIRE(rcd_detector_feed(d, data + i, n) >= 0);
        i += n;
        if (i >= peek_at) {
            peek_at = SIZE_MAX;
            REQUIRE(rcd_detector_peek(d, &cut) >= 0);
            memset(&cut, 0, sizeof cut);
        }
    }
    REQUIRE(rcd_detector_finish(d, &cut) >= 0);
    REQUIRE(memcmp(&one, &cut, sizeof one) == 0);
    REQUIRE(rcd_detector_finish(d, &again) >= 0 && memcmp(&one, &again, sizeof one) == 0);
    REQUIRE(rcd_detector_feed(d, data, len) == RCD_E_STATE);
    return 0;
}
