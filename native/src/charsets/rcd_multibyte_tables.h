/* rcd_multibyte_tables.h : the shape of the generated tables of multi-byte charsets.
 *
 *  A family has one grid of cells, a cell for each two-byte code; see native/gen/gen_multibyte.py.
 *  A charset is a bit in a mask of members, in the order of rcd_mb_members(). */
#ifndef RCD_MULTIBYTE_TABLES_H
#define RCD_MULTIBYTE_TABLES_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_dispatch.h"

#define RCD_MB_NO_ROW    0xFFFFu
#define RCD_MB_NO_COLUMN 0xFFu

/* Set in the mask of the Hangul filler of EUC-KR, which may begin a make-up sequence. */
#define RCD_MB_FILLER 0x80u

/* In place of a code point: a Han character or a syllable of Hangul that no model knows, whichever;
 * see native/gen/rare_han.py. It is read as a Han character that surely is none. */
#define RCD_MB_RARE     1u
#define RCD_MB_RARE_HAN 0x20000u

/* What a validator looks at. */
typedef struct {
    const uint8_t *who;  /* who assigns a cell: a byte for each, since half a byte takes twice the
                            time, and no less room in a compressed package */
    uint16_t base[256];  /* cell of a lead byte with column 0, below 0x8000; RCD_MB_NO_ROW = leads
                            no pair. ASCII bytes share a row of 256 cells, which everybody has */
    uint8_t column[256]; /* of a trail byte; RCD_MB_NO_COLUMN = trails nowhere, but may be added
                            to any base: there are 255 cells more */
    uint8_t prefix[256]; /* who has a code that begins with (or is) the byte */
    const rcd_pairset *plain; /* what leads a pair, and pairs that everybody has; or NULL */
} rcd_mb_automaton;

extern const rcd_mb_automaton rcd_mb_automaton_shift_jis;
extern const rcd_mb_automaton rcd_mb_automaton_euc_jp;
extern const rcd_mb_automaton rcd_mb_automaton_euc_kr;
extern const rcd_mb_automaton rcd_mb_automaton_johab;
extern const rcd_mb_automaton rcd_mb_automaton_gb18030;
extern const rcd_mb_automaton rcd_mb_automaton_big5;
extern const rcd_mb_automaton rcd_mb_automaton_euc_tw;

/* `count` cells from `cell` on stand for the code points from `point` on. */
typedef struct {
    uint16_t cell;
    uint16_t count;
    uint16_t point;
} rcd_mb_run;

/* A cell that stands for two code points. */
typedef struct {
    uint16_t cell;
    uint16_t second;
} rcd_mb_pair;

/* Code points by cell: the low bytes of all, then the high bytes. Side by side they would take a
 * sixth more in a compressed package, since the high ones hardly change. */
typedef struct {
    const uint8_t *low;
    const uint8_t *high;
} rcd_mb_points;

static inline uint32_t rcd_mb_point_of(const rcd_mb_points *points, size_t cell)
{
    return (uint32_t)points->low[cell] | (uint32_t)points->high[cell] << 8;
}

/* Of pages of mixed-byte EBCDIC (rcd_mixed_tables.h) with the characters of another charset: they
 * stand in its arrays, see native/gen/mixed_grid.py. */
extern const rcd_mb_points rcd_mb_points_ibm1388;
extern const rcd_mb_points rcd_mb_points_ibm1371;

/* Code points of one charset over its grid: an array, perhaps shared with other charsets, under a
 * few runs of its own. Only cells that the automaton gives to the charset have a meaning. */
typedef struct {
    rcd_mb_points points;
    const rcd_mb_run *runs; /* ascending */
    uint16_t run_count;
    const rcd_mb_pair *pairs; /* ascending */
    uint16_t pair_count;
} rcd_mb_layer;

extern const rcd_mb_layer rcd_mb_two_shift_jis[4];
extern const rcd_mb_layer rcd_mb_two_euc_jp[5];
extern const rcd_mb_layer rcd_mb_three_euc_jp[5];
extern const rcd_mb_layer rcd_mb_two_euc_kr[2];
extern const rcd_mb_layer rcd_mb_two_gb18030[3];
extern const rcd_mb_layer rcd_mb_two_big5[4];

/* The codes 8F xx xx of EUC-JP, on a grid of 94 rows of 94. */
typedef struct {
    const uint8_t *who; /* by cell */
    uint8_t row[94];    /* who has a code in the row */
} rcd_mb_ss3;

extern const rcd_mb_ss3 rcd_mb_ss3_euc_jp;

/* Johab's letters that are not syllables, over the grid of its automaton. */
extern const rcd_mb_run rcd_mb_johab_letters[];
extern const size_t rcd_mb_johab_letter_runs;

/* The four-byte codes of GB 18030 below U+10000, counted from 81 30 81 30: where a stretch of
 * consecutive code points begins. Ascending; the last ends at 39420. */
typedef struct {
    uint16_t linear;
    uint16_t point;
} rcd_mb_range;

extern const rcd_mb_range rcd_mb_gb18030_ranges[];
extern const size_t rcd_mb_gb18030_range_count;

/* CNS 11643: only rows that have characters are stored. */
typedef struct {
    rcd_mb_points points;  /* 0 = unassigned */
    uint16_t row[16 * 94]; /* by plane and row: cell of its column 0, or RCD_MB_NO_ROW */
} rcd_mb_cns;

extern const rcd_mb_cns rcd_mb_cns11643;

#endif
