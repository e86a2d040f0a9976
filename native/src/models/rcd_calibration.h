/* rcd_calibration.h : from costs to probabilities. */
#ifndef RCD_CALIBRATION_H
#define RCD_CALIBRATION_H

#include <stdint.h>

#include "recodec.h"

/* Fills in the confidence of each of out->candidate, whose scores and costs per character are set
 * and which are sorted: for the first the share of right answers that the dev texts gave with such a
 * lead, such a cost per character and such a length, for the others what that leaves, by their odds.
 *  length   bytes of the input */
void rcd_calibrate(uint64_t length, rcd_result *out);

/* What is left of a confidence where a reading that is no candidate is so many tenths of a bit better. */
uint32_t rcd_outdone(uint32_t confidence, uint32_t tenths);

#endif
