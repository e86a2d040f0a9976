/* rcd_settled.c : text whose bytes alone tell its encoding, at the price of a look at them.
 *
 *  A detector gathers what every stage may want to know; most input is ASCII or UTF-8 and needs next
 *  to none of it. Whatever could make rcd_detect() answer something else is left to it: controls
 *  (binary data, escape sequences, UTF-16), signs that other encodings write in ASCII, bytes that
 *  are not UTF-8, the mark before UTF-8.
 */
#include <string.h>

#include "rcd_binary.h"
#include "rcd_chance.h"
#include "rcd_charset_ids.h"
#include "rcd_decide.h"
#include "rcd_dispatch.h"
#include "rcd_forms.h"
#include "rcd_national.h"
#include "rcd_units.h"
#include "rcd_utf7.h"

#define ONES 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
#define ALL 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF

/* Text: everything but the controls, of which TAB, LF, FF and CR stand in it. */
static const rcd_byteset text = {
    {0xFC, 0xFC, 0xFC, 0xFC, 0xFC, 0xFC, 0xFC, 0xFC, 0xFC, 0xFD, 0xFD, 0xFC, 0xFD, 0xFD, 0xFC, 0x7C,
     ALL, ALL},
    {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
     ONES, ONES, ONES, ONES, ONES, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
     ONES, ONES, ONES, ONES, ONES, ONES, ONES, ONES}};

/* Of ASCII without the places where national sets have letters (`@`, `[` to `^`, "`", `{` to `~`),
 * without `+`, which begins the runs of UTF-7, and `%`, which is a line end in EBCDIC. */
static const rcd_byteset plain = {
    {0xAC, 0xFC, 0xFC, 0xFC, 0xFC, 0xF8, 0xFC, 0xFC, 0xFC, 0xFD, 0xFD, 0x58, 0x5D, 0x5D, 0x5C, 0x7C},
    {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
     1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, ONES,
     0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1,
     0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0}};

static uint32_t settled(unsigned charset, uint32_t confidence)
{
    return (uint32_t)charset << RCD_SETTLED_SHIFT | confidence;
}

/* May what is UTF-8 be something else, see rcd_units.h and rcd_chance.h? */
static int is_strange(const rcd_kernels *k, const uint8_t *data, size_t len, uint64_t characters)
{
    const size_t first = k->ascii_run(data, len);
    return rcd_units_is_strange(data + first, len - first) ||
           (characters <= RCD_CHANCE_MOST && len <= RCD_CHANCE_LENGTH && rcd_chance_strange(data, len, first));
}

uint32_t rcd_settled(const uint8_t *data, size_t len)
{
    if (len == 0) {
        return settled(RCD_CS_UTF_8, 0);
    }
    const rcd_kernels *k = rcd_kernels_get();
    uint64_t high = 0, characters = 0;
    int ascii = k->set_run(data, len, &plain, &high) == len;
    if (ascii) {
        if (!rcd_national_never(data, len) || rcd_utf7_may_be_imap(data, len) ||
            (len >= RCD_FORMS_SEVEN_BIT && memchr(data, ' ', len) == NULL)) {
            return 0;
        }
    } else if (k->utf8_run(data, len, &characters) < len || characters == 0 ||
               k->set_run(data, len, &text, &high) < len ||
               (len >= 3u && memcmp(data, "\xEF\xBB\xBF", 3) == 0) ||
               is_strange(k, data, len, characters)) {
        return 0;
    }
    if (rcd_binary_signature(data, len < RCD_HEAD_SIZE ? len : RCD_HEAD_SIZE) != 0) {
        return 0;
    }
    return ascii ? settled(RCD_CS_ASCII, 1000000u)
                 : settled(RCD_CS_UTF_8, rcd_utf8_confidence(characters));
}
