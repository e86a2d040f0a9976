/* rcd_legacy.h : what the files of the legacy decision share.
 *
 *  rcd_legacy.c           scores what decodes all, and decides
 *  rcd_legacy_window.c    which part of the excerpt is scored first, and how much of it
 *  rcd_legacy_families.c  what the multi-byte families read in it
 *  rcd_legacy_label.c     whether a label decides that the bytes do not refute
 *  rcd_legacy_signs.c     signs that touch words
 *  rcd_legacy_lists.c     lists of characters that form no text
 *  rcd_legacy_quoted.c    single characters in quotes, as in code
 *  rcd_legacy_letters.c   lists of letters, which rcd_letter_list.c gathers
 *  rcd_legacy_marks.c     lists of letters with marks
 *  rcd_legacy_damaged.c   what decodes all but some damage
 *  rcd_legacy_answer.c    candidates, names, the language
 */
#ifndef RCD_LEGACY_H
#define RCD_LEGACY_H

#include "rcd_detector.h"

/* A declared label is worth as much as 30 bits of text: some ten words in the wrong language. */
#define RCD_LABEL_BONUS 300
/* And where no reading is text in a language that is known, so that none of them is evidence. */
#define RCD_LABEL_ALONE 20000
/* What a byte that charsets read otherwise costs text at most, in what models can read. */
#define RCD_UNREAD_BYTE 55u
/* What a character of ordinary text in Chinese, Japanese or Korean stays below. */
#define RCD_PLAIN_EACH 110
/* And a byte of ordinary text in other languages. */
#define RCD_PLAIN_BYTE 45
/* A hundred bits behind, a reading is no candidate. */
#define RCD_NO_RIVAL 1000

/* --- rcd_legacy.c --- */

/* Scores all that decode the whole input over the first `len` bytes of the excerpt into d->readings,
 * best first; of a lone reading only so much that its language is clear, unless `thorough`. */
void rcd_legacy_score(rcd_detector *d, int sample, unsigned declared, size_t len, int thorough);

/* What the single-byte charsets are scored with; near: NULL = what decodes all. */
rcd_hints rcd_legacy_hints(const rcd_detector *d, int sample, unsigned declared,
                           const rcd_near_hints *near);

/* Puts the cheapest first; of equals, the lower id. */
void rcd_legacy_sort(rcd_readings *r);

/* Is there a reading of this text by this charset? */
int rcd_legacy_has(const rcd_readings *r, unsigned charset, unsigned text);

/* Is the best reading EBCDIC? */
int rcd_legacy_reads_ebcdic(const rcd_readings *r);

/* --- rcd_legacy_window.c --- */

/* Finds d->preface, and forgets what was read of another excerpt. Comes first. */
void rcd_legacy_begin(rcd_detector *d);

/* Length of what is scored first: a prefix of the excerpt, in bytes, with the preface. */
size_t rcd_legacy_window(const rcd_detector *d);

/* How many of the first `len` bytes of the excerpt single-byte charsets are compared by. */
size_t rcd_legacy_single_extent(const rcd_detector *d, size_t len);

/* As many where a multi-byte family decodes all of the input, since it is compared with them by the same
 * bytes; else `len`. */
size_t rcd_legacy_extent(const rcd_detector *d, size_t len);

/* --- rcd_legacy_families.c --- */

/* Adds the readings of the multi-byte families in the first `len` bytes of the excerpt, for those in
 * d->families that decode all of the input; what is far behind is taken out of these.
 *
 * Where any two high bytes make a character, text that begins with a trail byte even decodes, to
 * nothing that anybody wrote: when all read badly from the first byte, the second is tried. */
void rcd_legacy_families(rcd_detector *d, int sample, unsigned declared, size_t len);

/* The same of the families that decode all but a few bytes of it. */
void rcd_legacy_damaged_families(rcd_detector *d, int sample, unsigned declared, size_t len,
                                 const rcd_near_hints *near);

/* Adds what a family reads, for the members in `alive`, `extra` being its price.
 * @return what that costs a character in tenths of a bit, INT32_MAX when there is no such text */
int32_t rcd_legacy_add_family(rcd_detector *d, int family, uint32_t alive, unsigned declared,
                              const rcd_family_text *read, int32_t extra, unsigned how);

/* The same as a list, of a family that decodes all. */
void rcd_legacy_read_list(rcd_detector *d, int family, uint32_t alive, size_t len, unsigned declared,
                          int32_t extra);

/* The edition of a family that has what no member has of a damaged text, see rcd_editions.h; 0 = none. */
unsigned rcd_legacy_edition(const rcd_detector *d, int family);

/* --- rcd_legacy_label.c --- */

/* Weighs the readings of the first `len` bytes of the excerpt again with a label, where the best of them
 * says little against it. @return whether it is the label that decides */
int rcd_legacy_weigh_label(rcd_detector *d, int sample, unsigned declared, size_t len);

/* What a label means of a table that has bytes its charset leaves open: labels of ISO 8859 are read as those
 * of Windows, which have signs where these have control codes. */
unsigned rcd_legacy_label_meant(const rcd_detector *d, unsigned declared, size_t len);

/* Is all that is not ASCII a page of codes in their order? Every charset has characters for them. */
int rcd_legacy_is_code_page(const rcd_detector *d);

/* Is that part no text, and are its bytes beyond ASCII in the order of their codes? */
int rcd_legacy_is_table(const rcd_detector *d, size_t len);

/* --- rcd_legacy_signs.c --- */

/* Weighs the readings that cost less than `rival` tenths of a bit more than the best again, where a few
 * high bytes are signs in some of them that touch words and do not belong there. */
void rcd_legacy_weigh_signs(rcd_detector *d, int32_t rival);

/* --- rcd_legacy_lists.c --- */

/* Where nothing reads as text, adds what the families that decode all of it read in the first `len` bytes
 * of the excerpt as lists of characters: those of input methods, of dictionaries, in the order of codes.
 * @return whether one of them is the best */
int rcd_legacy_lists(rcd_detector *d, int sample, unsigned declared, size_t len);

/* Han characters and syllables of a charset that were chosen together, as the commonest are: the level of
 * a code of `used` bytes, and what such characters cost, `count` of each level, if any of a level is as
 * likely. */
#define RCD_LEVELS 14u
unsigned rcd_level_of(int family, const uint8_t *p, int used);
int32_t rcd_levels_cost(const uint32_t count[RCD_LEVELS], uint32_t all);

/* --- rcd_legacy_quoted.c --- */

/* Adds what a family reads, for the members in `alive`, where all that is not ASCII in the first
 * `len` bytes of the excerpt is characters in quotes, one in each pair: code, and not text with
 * English in it. */
void rcd_legacy_quoted(rcd_detector *d, int family, uint32_t alive, unsigned declared, size_t len);

/* --- rcd_legacy_letters.c --- */

/* What the ASCII of what was scored costs at least, as in any language with Latin letters. */
int32_t rcd_legacy_ascii_cost(const rcd_detector *d);

/* Where nothing reads as text, adds what the single-byte charsets read in the first `len` bytes of the
 * excerpt as lists of letters. @return whether one of them is the best */
int rcd_legacy_letters(rcd_detector *d, int sample, unsigned declared, size_t len);

/* The share of such answers that is right, in millionths, `lead` tenths of a bit ahead of the next text: as
 * benchmarks/listed.py has it. */
uint32_t rcd_letters_sure(int32_t lead);

/* --- rcd_legacy_damaged.c --- */

/* Looks for a charset that the text is in but for some damage, and adds its readings; *read is how
 * much of the excerpt was read, and is in the end. @return whether there is one */
int rcd_legacy_damaged(rcd_detector *d, int sample, unsigned declared, size_t *read);

/* Says which bytes of the best reading are damaged. */
void rcd_legacy_report_damage(rcd_detector *d, rcd_result *out);

/* --- rcd_legacy_answer.c --- */

/* Keeps the best reading of each text as a candidate, with its confidence; `len` bytes of the excerpt
 * were read. */
void rcd_legacy_rank(const rcd_detector *d, unsigned declared, size_t len, rcd_result *out);

/* The best reading's charset, or with the same text the superset that is the one name for all of
 * them; `exact` asks for the narrowest instead. */
unsigned rcd_legacy_name(const rcd_readings *r, int exact);

/* The language of the best reading: near relatives are told apart by their words where the letters leave it
 * open. */
unsigned rcd_legacy_language(rcd_detector *d, unsigned charset, unsigned language);

/* Names an answer after the edition that has a character where the head of the family has none. */
void rcd_legacy_name_edition(const rcd_detector *d, int family, rcd_result *out);

#endif
