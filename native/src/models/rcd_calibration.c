/* rcd_calibration.c : see rcd_calibration.h. The table is fitted by native/gen/gen_calibration.py. */
#include "rcd_small.h"

#include "rcd_calibration.h"

#include <stddef.h>

#include "rcd_calibration_data.h"

#define MILLION 1000000u
/* That the text is none of the candidates has the odds of one this far behind, in tenths of a bit. */
#define NONE_OF_THEM 300u
/* Shorter input is none that the table was fitted to. */
#define TINY 12u
/* Where letters differ and the text says no more than this, in tenths of a bit, what is left is that
 * one charset is commoner. */
#define SILENT 20
#define THOUSAND 1000u

/* 2^(-tenths/10) in millionths; by squaring, so that no floating point enters. */
static uint32_t power(uint32_t tenths)
{
    static const uint32_t step[10] = {1000000, 933033, 870551, 812252, 757858,
                                      707107,  659754, 615572, 574349, 535887};
    uint32_t whole = tenths / 10u;
    return whole >= 20u ? 0u : step[tenths % 10u] >> whole;
}

/* Number of the first edge that `value` stays below. */
static size_t bin_of(const uint32_t *edge, size_t edges, uint32_t value)
{
    size_t k = 0;
    while (k < edges && value >= edge[k]) {
        k++;
    }
    return k;
}

/* How much likelier than others with its lead an answer is wrong, in thousandths, for the places
 * that its lead hangs on. */
static uint32_t risk(const rcd_result *out)
{
    const uint32_t places = out->count > 1 ? out->candidate[1].places : UINT32_MAX;
    return calibration_risk[bin_of(calibration_places, CALIBRATION_PLACES, places)];
}

/* The odds of readings that only the rarity of their charsets speaks against. */
static uint64_t silent_odds(const rcd_result *out)
{
    uint64_t total = 0;
    for (unsigned k = 1; k < out->count; k++) {
        const rcd_candidate *c = &out->candidate[k];
        total += c->score < SILENT || (c->places > 0 && c->told < SILENT)
                     ? power((uint32_t)c->score / 2u) : 0u;
    }
    return total;
}

static uint32_t at_most(uint32_t share, uint64_t odds_of_others)
{
    uint32_t most = (uint32_t)((uint64_t)MILLION * MILLION / (MILLION + odds_of_others));
    return share < most ? share : most;
}

uint32_t rcd_outdone(uint32_t confidence, uint32_t tenths)
{
    const uint64_t odds = power(tenths / 2u);
    const uint64_t left = confidence * odds / (MILLION + odds);
    return (uint32_t)left;
}

void rcd_calibrate(uint64_t length, rcd_result *out)
{
    if (out->count == 0) {
        return;
    }
    uint32_t size = length > UINT32_MAX ? UINT32_MAX : (uint32_t)length;
    uint32_t lead = out->count > 1 ? (uint32_t)out->candidate[1].score : UINT32_MAX;
    uint32_t best = calibration[bin_of(calibration_lengths, CALIBRATION_LENGTHS, size)]
                               [bin_of(calibration_each, CALIBRATION_EACH, out->candidate[0].each)]
                               [bin_of(calibration_leads, CALIBRATION_LEADS, lead)];
    uint64_t wrong = (uint64_t)(MILLION - best) * risk(out) / THOUSAND;
    best = wrong < MILLION ? MILLION - (uint32_t)wrong : 0u;
    best = best < CALIBRATION_SURE ? best : CALIBRATION_SURE;
    best = best > CALIBRATION_LEAST ? best : CALIBRATION_LEAST;
    best = at_most(best, silent_odds(out));
    /* The models take letters for less dependent than they are: differences are halved before they
     * become odds. */
    uint64_t total = power(NONE_OF_THEM / 2u);
    for (unsigned k = 1; k < out->count; k++) {
        total += power((uint32_t)out->candidate[k].score / 2u);
    }
    if (length < TINY) {
        /* A few bytes are no piece of a text: what the models think of them is all there is,
         * and one or two may be anything. */
        best = at_most(best, total + 4u * MILLION / (length * length * length));
    }
    out->candidate[0].confidence = best;
    for (unsigned k = 1; k < out->count; k++) {
        uint64_t odds = power((uint32_t)out->candidate[k].score / 2u);
        uint64_t share = (MILLION - best) * odds / total;
        out->candidate[k].confidence = (uint32_t)(share < best ? share : best);
    }
}
