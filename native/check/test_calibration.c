/* test_calibration.c : probabilities follow from leads, and never add up to more than one. */
#include "check.h"
#include "rcd_calibration.h"

static uint32_t best_of(uint64_t length, uint32_t each, int32_t lead)
{
    rcd_result r;
    memset(&r, 0, sizeof r);
    r.count = 3;
    r.candidate[0].each = each;
    r.candidate[1].score = lead;
    r.candidate[2].score = lead + 40;
    rcd_calibrate(length, &r);
    uint64_t sum = 0;
    for (unsigned k = 0; k < r.count; k++) {
        sum += r.candidate[k].confidence;
        CHECK(k == 0 || r.candidate[k].confidence <= r.candidate[k - 1].confidence,
              "candidate %u of length %u, lead %d", k, (unsigned)length, (int)lead);
    }
    CHECK(sum <= 1000000u, "the sum is %u", (unsigned)sum);
    return r.candidate[0].confidence;
}

int main(void)
{
    static const uint64_t lengths[] = {1, 40, 41, 200, 2000, 2001, UINT64_C(1) << 40};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        for (uint32_t each = 0; each < 300; each += 7) {
            uint32_t before = 0;
            for (int32_t lead = 0; lead < 1000; lead += 3) {
                uint32_t best = best_of(lengths[i], each, lead);
                CHECK(best >= before && best > 0 && best < 1000000u, "lead %d gives %u after %u",
                      (int)lead, (unsigned)best, (unsigned)before);
                before = best;
            }
        }
    }
    rcd_result none;
    memset(&none, 0, sizeof none);
    rcd_calibrate(10, &none);
    CHECK(none.candidate[0].confidence == 0, "no candidate, no confidence");
    none.count = 1;
    rcd_calibrate(10, &none);
    CHECK(none.candidate[0].confidence > 0, "a lone candidate");
    return check_end("calibration");
}
