/* rcd_single_parts.h : what the files of the single-byte race share. */
#ifndef RCD_SINGLE_PARTS_H
#define RCD_SINGLE_PARTS_H

#include "rcd_single.h"

static inline unsigned symbol_of(rcd_byte_info info) { return info & 255u; }
static inline unsigned cost_of(rcd_byte_info info) { return info >> 8 & 255u; }
static inline unsigned case_of(rcd_byte_info info) { return info >> 16 & 3u; }
static inline unsigned place_of(rcd_byte_info info) { return info >> 18 & 63u; }
static inline unsigned left_of(rcd_byte_info info) { return info >> 25 & 3u; }
static inline unsigned right_of(rcd_byte_info info) { return info >> 27 & 3u; }

/* Set where more than the letters may count: of digits, letters of other scripts, and signs whose
 * place is told. */
#define RCD_INFO_ODD (UINT32_C(1) << 24)

static inline rcd_byte_info rcd_info_marked(rcd_byte_info info)
{
    const int odd = symbol_of(info) == RCD_SYM_DIGIT || symbol_of(info) == RCD_SYM_FOREIGN ||
                    place_of(info) != 0;
    return odd ? info | RCD_INFO_ODD : info;
}

/* What a character costs whatever the language, after the two before it. */
static inline int32_t own_cost(rcd_byte_info i2, rcd_byte_info i1, rcd_byte_info i0)
{
    return (int32_t)(cost_of(i0) + rcd_case_cost(case_of(i2), case_of(i1), case_of(i0)));
}

#define RCD_SINGLE_NONE 255u /* the number of no text, and of no lane */

/* The lane of a text in a script; NULL when there is none. */
static inline rcd_single_lane *rcd_single_lane_of(rcd_single_work *w, unsigned text, unsigned group)
{
    unsigned n = w->text[text].lane;
    while (n != RCD_SINGLE_NONE && w->lane[n].group != group) {
        n = w->lane[n].next;
    }
    return n != RCD_SINGLE_NONE ? &w->lane[n] : NULL;
}

/* Ranks what may take part by letter frequency, in w->ranked. */
void rcd_single_rank(rcd_single_work *w, const rcd_hints *hints, int32_t known);

/* Numbers the texts of what is ranked, and makes ready for lanes.
 * @return how many of them are favourites, the cheapest */
uint32_t rcd_single_enter(rcd_single_work *w, const rcd_hints *hints);

/* Makes the lanes of the ranked classes begin .. end - 1; those behind share lanes made here. */
void rcd_single_line_up(rcd_single_work *w, const rcd_hints *hints, uint32_t begin, uint32_t end);

/* Makes lanes for those from `begin` on that letter frequency likes nearly as much as the best lane:
 * relatives of its charset, mostly, which differ from it in few places. */
void rcd_single_line_up_near(rcd_single_work *w, const rcd_hints *hints, uint32_t begin,
                             const rcd_single_lane *best);

/* Fills in what the bytes of the ranks below `end` are to a lane. Most lanes are given up before they
 * need many. */
void rcd_single_know(rcd_single_lane *lane, const rcd_tally *t, uint32_t end);

/* Adds the positions begin .. end - 1 of w->touched to all lanes that are in the race. */
void rcd_single_take_steps(rcd_single_work *w, const uint8_t *data, size_t begin, size_t end);
/* The same, compiled for every processor, and for those where rcd_kernels_have_avx2(): so too below. */
void rcd_single_take_steps_plain(rcd_single_work *w, const uint8_t *data, size_t begin, size_t end);
void rcd_single_take_steps_avx2(rcd_single_work *w, const uint8_t *data, size_t begin, size_t end);

/* Puts what was added last into sums of the lane's own. */
void rcd_single_settle(rcd_single_lane *lane);

/* Adds what the positions that are ASCII in every charset cost: to w->base, base_language and
 * base_count; as w->base_latin and base_other; and in w->foreign the ASCII letters beside others, as
 * parts of foreign words.
 *  with_others  there are lanes of other scripts, which need w->foreign */
void rcd_single_ascii(rcd_single_work *w, const uint8_t *data, size_t len, int with_others);
void rcd_single_ascii_plain(rcd_single_work *w, const uint8_t *data, size_t len, int with_others);
void rcd_single_ascii_avx2(rcd_single_work *w, const uint8_t *data, size_t len, int with_others);

/* Lists the words of a short text with a byte that charsets differ in, in w->word. */
void rcd_single_find_words(rcd_single_work *w, const uint8_t *data, size_t len);

/* Lists the positions that charsets differ in, in w->touched. When the list is nearly full, only bytes
 * that are rare: relatives differ in what is not on every line. */
void rcd_single_find_touched(rcd_single_work *w, const uint8_t *data, size_t len, int ebcdic);

/* What names cost whatever the lane, by column of Latin script. */
typedef struct {
    int32_t which[RCD_LATN_STRIDE];  /* to say which language a word is in */
    int32_t unreal[RCD_LATN_STRIDE]; /* more than anything where no language of its own is, nor English */
    int32_t among_english[RCD_LATN_STRIDE]; /* -1 = the ASCII of the text is less in the language than in
                                               English, 0 = not */
} rcd_name_costs;
void rcd_single_name_costs(const rcd_single_work *w, rcd_name_costs *costs);

/* Takes off the sums of a settled lane of Latin script, which knows its bytes, what words that charsets
 * differ in cost more than as words in other languages, and notes it in lane->saved. */
void rcd_single_names(rcd_single_lane *lane, const rcd_single_work *w, const uint8_t *data,
                      const rcd_name_costs *costs);

/* Adds to a lane that is left what the words of a short text say, after rcd_single_find_words(). */
void rcd_single_words(rcd_single_lane *lane, const rcd_single_work *w, const uint8_t *data);

/* Adds to `out` what the lanes that are left read, one reading for each of their charsets. */
void rcd_single_report(rcd_single_work *w, const rcd_hints *hints, rcd_readings *out);
void rcd_single_report_plain(rcd_single_work *w, const rcd_hints *hints, rcd_readings *out);
void rcd_single_report_avx2(rcd_single_work *w, const rcd_hints *hints, rcd_readings *out);

#endif
