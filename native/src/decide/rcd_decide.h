/* rcd_decide.h : what the files of the decision share: making an answer, and the language of a text
 * that the structure of its bytes makes certain.
 *
 *  In all of them `sample` says that the input may go on, so that a character which its end cuts is no
 *  error. */
#ifndef RCD_DECIDE_H
#define RCD_DECIDE_H

#include "rcd_detector.h"
#include "rcd_score.h"

/* Fills in an answer with one candidate, itself; charset 0 is none. */
void rcd_answer(rcd_result *out, unsigned charset, unsigned language, unsigned source,
                uint32_t confidence);

/* Blanks the names of values among the first `n` code points of d->text (rcd_slots.h). */
void rcd_blank_names(rcd_detector *d, size_t n);

/* Puts at most `most` code points of the excerpt, read as UTF-8, into d->text; ill-formed bytes are
 * left out, and names of values blank. @return how many. */
size_t rcd_utf8_text(rcd_detector *d, size_t most);

/* Language id of the excerpt read as UTF-8; the score that decided it in *score. */
unsigned rcd_utf8_language(rcd_detector *d, rcd_text_score *score);

/* The same for an answer that does not depend on it: RCD_LATER where the caller asks for it afterwards. */
unsigned rcd_later_language(rcd_detector *d);

/* The same of the first `n` code points of d->text, which the caller has put there. */
unsigned rcd_wide_language(const rcd_detector *d, size_t n, rcd_text_score *score);

/* Confidence in valid UTF-8 with so many characters of several bytes, at least 1. */
uint32_t rcd_utf8_confidence(uint64_t characters);

/* Answers with what a byte order mark says, where the text bears it out. @return 0 when there is no
 * mark. */
int rcd_decide_mark(rcd_detector *d, int sample, rcd_result *out);

/* Answers with UTF-32, with UTF-16, that has no mark: well-formed in every unit, and read so it is text
 * in some language. @return 0 when it is not. */
int rcd_decide_utf32(rcd_detector *d, int sample, rcd_result *out);
int rcd_decide_utf16(rcd_detector *d, int sample, rcd_result *out);

/* Answers with mixed-byte EBCDIC: every byte fits its shift state, and the codes between the shifts are
 * text. @return 0 when it is not. The shifts come in pairs; other binary data has them by chance. */
int rcd_decide_shifted(rcd_detector *d, int sample, rcd_result *out);
int rcd_may_be_shifted(const rcd_census *c);

/* Answers with what escape sequences say. @return 0 when there are none. */
int rcd_decide_escape(rcd_detector *d, int sample, rcd_result *out);

/* Answers with UTF-8 or a relative of it. @return 0 when it is none. */
int rcd_decide_utf8(rcd_detector *d, int sample, rcd_result *out);

/* Answers with what the lines are in that are not UTF-8, where others are. @return 0 when there are
 * no such lines. */
int rcd_decide_lines(rcd_detector *d, rcd_result *out);

/* Answers with one of the rare forms of rcd_forms.h. @return 0 when it is none. */
int rcd_decide_forms(rcd_detector *d, int sample, rcd_result *out);

/* How many line ends and other controls the census has counted that a charset has none of, as JIS X 0208
 * without escapes, though a file in it may have lines; 0 for charsets that have them. */
uint64_t rcd_bad_line_ends(const rcd_detector *d, unsigned charset);

/* Says them in an answer: where the first of them is, and their number. */
void rcd_report_line_ends(const rcd_detector *d, rcd_result *out);

/* Answers with a charset that options.allow has and that decodes the whole input, the one that reads
 * best, though nothing in the bytes may speak for it. With `must_read` only where that is text in a
 * language. @return 0 when there is none, or nobody said what is allowed. */
int rcd_decide_named(rcd_detector *d, int sample, int must_read, rcd_result *out);

/* Where some lines of the excerpt are in another encoding than the answer, which is legacy text, says
 * so in it; then it is that of the larger part. */
void rcd_decide_mixed(rcd_detector *d, rcd_result *out);

/* Answers for lines in an 8-bit encoding and in UTF-16 behind each other, with what the larger part is
 * in. @return 0 when the first and the last bytes are not that. */
int rcd_decide_joined(rcd_detector *d, rcd_result *out);

/* Says in an answer, which is that of a part of the input, how far all of it decodes: `valid_up_to` is
 * the first byte beyond ASCII where more is not known. */
void rcd_report_part(const rcd_detector *d, rcd_result *out);

#endif
