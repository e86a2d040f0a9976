/* rcd_runs.h : the lines of an excerpt, what each costs in some readings, and the cheapest way through
 * them.
 *
 *  It is what `recodec.segments` does with all lines of an input (src/recodec/_mixed/weighing.py), with the
 *  same prices, so that both say the same of a text. */
#ifndef RCD_RUNS_H
#define RCD_RUNS_H

#include <stddef.h>
#include <stdint.h>

#define RCD_RUNS_LINES 512u /* lines that are looked at, at most */
#define RCD_RUNS_SWITCH 60  /* tenths of a bit: a change from one line to the next, */
#define RCD_RUNS_ENCODING 450 /* one more encoding in the text */

/* A line with bytes beyond ASCII. */
typedef struct {
    uint16_t begin;
    uint16_t len;
    uint16_t high; /* bytes beyond ASCII, */
    uint16_t read; /* and all bytes of the words that have such */
} rcd_run_line;

/* What each line costs in tenths of a bit. */
typedef struct {
    unsigned charset;
    unsigned language; /* 0 = any */
    int32_t total;
    int32_t cost[RCD_RUNS_LINES];
} rcd_run_reading;

/* Lists the lines of `text`, of at most 65,535 bytes, that are not ASCII. Where words were picked out of
 * lines, a few of them count as one. @return how many there are */
size_t rcd_runs_lines(const uint8_t *text, size_t len, rcd_run_line line[RCD_RUNS_LINES]);

/* Weighs lines in reading->charset. `work` has room for as many code points as `text` has bytes, and
 * one more. @return 0 where text in such a charset cannot be weighed line by line, else 1 */
int rcd_runs_weigh(rcd_run_reading *reading, const uint8_t *text, const rcd_run_line *line,
                   size_t lines, uint32_t *work);

/* Lines that are the same text in two readings are no evidence for either: what they cost is made the same,
 * the less. */
void rcd_runs_level(rcd_run_reading *one, rcd_run_reading *other, const uint8_t *text,
                    const rcd_run_line *line, size_t lines);

/* The cheapest way through the lines in two readings. which[n] becomes 1 where line n is in the second.
 * @return what it costs */
int32_t rcd_runs_path(const rcd_run_reading *one, const rcd_run_reading *other, size_t lines,
                      uint8_t which[RCD_RUNS_LINES]);

#endif
