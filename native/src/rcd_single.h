/* rcd_single.h : every single-byte charset at once: which reading of the bytes is language? */
#ifndef RCD_SINGLE_H
#define RCD_SINGLE_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_census.h"
#include "rcd_models.h"
#include "rcd_reading.h"

#define RCD_SINGLE_TEXTS 160u /* different readings looked at */
#define RCD_SINGLE_LANES 96u  /* (reading, script) pairs that meet the trigram models */
#define RCD_SINGLE_TOUCHED 4096u
#define RCD_SINGLE_BYTES 16384u
#define RCD_SINGLE_PAIRS 1024u /* (charset, language) pairs that can take part */

/* A reading of the bytes: the charsets that give these characters, whatever their names. */
typedef struct {
    uint64_t hash;
    const uint16_t *table; /* 256 code points */
    uint32_t groups;       /* bit per script group that its languages are in */
    int32_t best;          /* cost by the letter frequencies of its scripts */
    uint16_t first_pair;   /* where its pairs begin in rcd_single_work.pair, and their number */
    uint16_t pair_count;
    uint8_t ebcdic;        /* bytes below 0x80 are read otherwise too */
} rcd_single_text;

/* One reading in one script: sums per language while the trigrams are added up. */
typedef struct {
    uint16_t text;
    uint8_t group;
    uint8_t live;
    uint8_t lettered; /* a letter of the script has occurred */
    uint8_t same;     /* the step of this byte (0 = none) after two of itself: */
    const uint8_t *same_row;
    int32_t same_cost;
    int32_t shared;
    uint32_t sum[RCD_MAX_COLUMNS];
    uint16_t part[RCD_MAX_COLUMNS]; /* of the last steps, not yet in `sum` */
    uint8_t symbol[256];
    uint8_t cost[256];
    uint8_t kind[256]; /* case */
    uint8_t box[256];  /* box drawing */
} rcd_single_lane;

/* Memory for one run, the caller's; need not be cleared. */
typedef struct {
    rcd_single_text text[RCD_SINGLE_TEXTS];
    rcd_single_lane lane[RCD_SINGLE_LANES];
    uint16_t pair[RCD_SINGLE_PAIRS];      /* indices into rcd_pairs(), by text */
    int16_t pair_cost[RCD_SINGLE_PAIRS];  /* their priors */
    int16_t pair_text[RCD_SINGLE_PAIRS];  /* text of each of rcd_pairs(); -1 = ruled out */
    uint32_t count[256];
    uint32_t beside[256];  /* how often a special byte has an ASCII letter beside it */
    uint32_t again[256];   /* how often a byte stands behind itself */
    uint32_t digit_runs;   /* ASCII digits behind a digit, signs and spaces behind one */
    uint32_t sign_runs;
    uint8_t present[256];  /* the byte values that occur, those that is_special() first */
    uint32_t present_count;
    uint32_t special_count;
    uint16_t touched[RCD_SINGLE_TOUCHED];
    uint8_t foreign[RCD_SINGLE_BYTES];
    int32_t base[RCD_GROUPS][RCD_MAX_COLUMNS];
    int32_t base_shared[RCD_GROUPS];
    uint32_t text_count;
    uint32_t lane_count;
    uint32_t touched_count;
} rcd_single_work;

enum { RCD_NEWLINE_LF, RCD_NEWLINE_CR, RCD_NEWLINE_CRLF };

/* What is known before looking at the language. */
typedef struct {
    const uint8_t *allow; /* as in rcd_options, or NULL */
    unsigned declared;    /* charset id whose readings get `bonus` off, 0 = none */
    int32_t bonus;        /* tenths of a bit */
    unsigned language;    /* language id expected, 0 = any */
    unsigned newline;     /* RCD_NEWLINE_*, what the lines of the input end with */
} rcd_hints;

/* Scores `data` (the excerpt, at most RCD_SINGLE_BYTES) in all charsets that can decode everything
 * counted in `census`, and adds the plausible readings to `out`, numbering texts from out->texts.
 *  known   cost of the best reading found before; dearer ones are given up early
 */
void rcd_single_score(rcd_single_work *w, const uint8_t *data, size_t len,
                      const rcd_census *census, const rcd_hints *hints, int32_t known,
                      rcd_readings *out);

#endif
