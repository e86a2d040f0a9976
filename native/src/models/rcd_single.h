/* rcd_single.h : every single-byte charset at once: which reading of the bytes is language? */
#ifndef RCD_SINGLE_H
#define RCD_SINGLE_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_ascii.h"
#include "rcd_census.h"
#include "rcd_models.h"
#include "rcd_ranking.h"
#include "rcd_reading.h"
#include "rcd_score.h"

#define RCD_SINGLE_LANES 64u /* (reading, script) pairs that meet the trigram models */
#define RCD_SINGLE_TOUCHED 4096u
#define RCD_SINGLE_BYTES 16384u
#define RCD_SINGLE_SHORT 160u   /* positions; in a text that has no more at all, words are looked up */
#define RCD_SINGLE_STEPS 24u /* a race takes no more */

/* One reading of the bytes in one script, whatever charsets give these characters: sums per
 * language while the trigrams are added up. What every lane needs stands in front, so that those
 * given up early take little of the cache. */
typedef struct {
    const uint16_t *table;   /* 256 code points */
    const int32_t *sum;      /* cost by language of all but `part`, without priors */
    const int16_t *near_sum; /* the same over its least, as far as it counts by now */
    const rcd_script *script;
    int32_t best;             /* cost of the cheapest pair so far */
    int32_t shared;           /* cost whatever the language */
    uint16_t text;            /* lanes of the same reading have the same number */
    uint16_t known;           /* entries of `info` that are filled in, but for those of ASCII */
    uint16_t steps;           /* rows in `part` */
    uint8_t next;             /* another lane of the text, see rcd_single_text */
    uint8_t group;
    uint8_t columns; /* stride of the script */
    uint8_t live;
    uint8_t ebcdic;
    uint8_t greek;    /* Greek letters are signs */
    uint8_t again;    /* what a sign costs at most after the first */
    uint8_t damaged;  /* bytes without a character are damage */
    uint8_t merged;                 /* as in rcd_class */
    uint8_t lettered;               /* a letter of its script occurs */
    uint8_t like;                   /* a lane that is much the same, or RCD_SINGLE_NONE, */
    uint64_t unlike[4];             /* but for these ranks */
    int16_t prior[RCD_MAX_COLUMNS]; /* cheapest of the column's pairs */
    uint16_t part[RCD_MAX_COLUMNS]; /* of the last steps, not yet in `sum` */
    rcd_byte_info info[256];        /* by rank */
    int32_t saved[RCD_MAX_COLUMNS]; /* of that, when words may be names */
    int32_t own[RCD_MAX_COLUMNS];   /* what `sum` points to once there have been many steps */
} rcd_single_lane;

/* What some steps cost: the same for lanes in a script that read their bytes alike. */
typedef struct {
    rcd_lookups rows;
    int32_t cost; /* whatever the language */
} rcd_single_steps;

/* A position of the text: the ranks of the byte there and of the two before. */
typedef struct {
    uint8_t rank[3];
    uint8_t byte;
    uint8_t before;  /* the byte before it */
    uint8_t foreign; /* what an ASCII letter costs as part of a foreign word */
    uint8_t last;    /* the text ends here */
} rcd_single_place;

/* What one or more charsets make of the bytes. */
typedef struct {
    const uint16_t *table; /* of one of them */
    uint16_t bytewise;     /* the charset where a byte is not a character by itself, else 0 */
    uint8_t lane;          /* the first lane of the text; 255 = none */
} rcd_single_text;

/* Bytes begin .. end - 1 of the text. */
typedef struct {
    uint16_t begin;
    uint16_t end;
} rcd_single_word;

/* Memory for one run, the caller's; need not be cleared. */
typedef struct {
    rcd_tally tally;
    rcd_ranked ranked[RCD_CLASSES_MOST];
    uint8_t text_of[RCD_CLASSES_MOST]; /* number of a class's text; 255 = it does not fit */
    rcd_single_text text[RCD_CLASSES_MOST];
    rcd_single_lane lane[RCD_SINGLE_LANES];
    uint8_t racing[RCD_SINGLE_LANES]; /* numbers of the lanes that are live, ascending */
    uint32_t racing_count;
    rcd_single_steps taken[RCD_SINGLE_LANES];
    rcd_byte_info ascii[2][128]; /* of the bytes that are not special: to texts in other scripts,
                                    to Latin ones */
    uint16_t touched[RCD_SINGLE_TOUCHED];
    uint8_t foreign[RCD_SINGLE_BYTES];
    rcd_ascii plain;        /* the ASCII of the text */
    rcd_single_word word[RCD_SINGLE_SHORT]; /* those with bytes that charsets differ in */
    uint32_t word_count;
    int32_t base_language[RCD_MAX_COLUMNS]; /* and more than that where the language is decided */
    int16_t near_base[RCD_MAX_COLUMNS]; /* `base` over its least, as far as 16 bits hold it */
    int16_t base_so_far[RCD_MAX_COLUMNS]; /* as much of it as of the text has been read */
    int32_t base_ahead;   /* what untouched ASCII costs other scripts more than Latin ones, */
    int32_t base_to_come; /* and of that what does not count yet */
    int32_t base_least;
    int32_t base[RCD_MAX_COLUMNS]; /* what untouched ASCII costs Latin languages */
    int32_t base_latin;            /* and all of them, and text in other scripts */
    int32_t base_other;
    uint32_t base_count;           /* positions that are untouched ASCII */
    uint32_t base_len;             /* bytes that all this is of; 0 = it is of none */
    int base_others;               /* `foreign` is, too */
    uint32_t len;
    uint32_t ranked_count;
    uint32_t groups; /* the scripts of the ranked classes, a bit each */
    int english;     /* the ASCII is clearly that, whatever the rest is */
    int named;       /* words may be in other languages than the text, see rcd_single_names() */
    int ebcdic;      /* what is ranked is in the EBCDIC family */
    uint32_t lane_count;
    uint32_t text_count;
    uint32_t touched_count;
    uint32_t raced;  /* of these, how many the readings that decode all were scored at */
    uint32_t steps;  /* that were taken, and the cost of the best reading after each */
    int32_t pace[RCD_SINGLE_STEPS];
    uint32_t scored; /* characters that the sums are of */
} rcd_single_work;

/* Scores `data` (the excerpt, at most RCD_SINGLE_BYTES) in all charsets that can decode everything
 * counted in `census`, and adds the plausible readings to `out`, numbering texts from out->texts. With
 * hints->near, those that nearly can; the run before must have been over the same bytes, without.
 *
 * What w->plain knows is kept: with other `data` than before its end is 0.
 *  known   cost of the best reading found before; dearer ones are given up early
 */
void rcd_single_score(rcd_single_work *w, const uint8_t *data, size_t len,
                      const rcd_census *census, const rcd_hints *hints, int32_t known,
                      rcd_readings *out);

/* How many bytes of `data` are scored whole: of what is behind them, rare bytes alone. */
size_t rcd_single_extent(const uint8_t *data, size_t len);

#endif
