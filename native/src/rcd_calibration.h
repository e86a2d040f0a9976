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

#endif
