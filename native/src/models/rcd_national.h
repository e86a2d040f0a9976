/* rcd_national.h : the national 7-bit sets: ASCII bytes of which some are letters of a language.
 *
 *  ISO 646 gave each country some ten positions: Swedish text has `{ | }` where ASCII readers see
 *  braces. Others put a whole alphabet into seven bits. Hardly anything is written so today, and
 *  everything in ASCII could be; so the text must be language with those letters and none without. */
#ifndef RCD_NATIONAL_H
#define RCD_NATIONAL_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_census.h"

typedef struct {
    const uint8_t *allow; /* as in rcd_options, or NULL */
    unsigned declared;    /* charset id of a label, 0 = none */
    int32_t per_letter;   /* what the text costs as ASCII, tenths of a bit for each character; asked
                             for where rcd_national_asks_cost() says so */
} rcd_national_hints;

typedef struct {
    uint16_t charset; /* 0 = none: the text is ASCII */
    uint16_t language;
    uint32_t confidence; /* millionths; of ASCII where `charset` is 0 */
} rcd_national_answer;

/* Looks whether 7-bit text (the excerpt) is in one of the sets. Costs next to nothing for ordinary
 * ASCII. `text` is work space for at least RCD_NATIONAL_TEXT code points. */
#define RCD_NATIONAL_TEXT 2048u
void rcd_national_find(const uint8_t *data, size_t len, const rcd_census *census,
                       const rcd_national_hints *hints, uint32_t *text, rcd_national_answer *out);

/* Whether a whole alphabet may be meant, by its signs, so that the cost of the text matters. */
int rcd_national_asks_cost(const rcd_census *census, const uint8_t *allow);

/* Whether letters alone show that ASCII without any of the open positions is in no set: then
 * rcd_national_find() answers 0 in full confidence, whatever the text costs. */
int rcd_national_never(const uint8_t *data, size_t len);

#endif
