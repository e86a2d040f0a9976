/* rcd_ranking.h : which readings in one-byte charsets are plausible at all, by letter frequency. */
#ifndef RCD_RANKING_H
#define RCD_RANKING_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_bytewise.h"
#include "rcd_census.h"
#include "rcd_models.h"
#include "rcd_tally.h"

/* A charset in one script, and where its priors begin, see rcd_priors_of(). */
typedef struct {
    uint16_t charset;
    uint16_t first_prior;
    uint16_t row;
    uint8_t group;
    uint8_t least;  /* cheapest prior of the languages in this script */
    uint8_t ebcdic; /* bytes below 0x80 are read otherwise than in ASCII, too */
    uint8_t mac;
    uint8_t bytewise; /* a byte is not a character by itself: its code points are for models alone */
    uint8_t merged;   /* cost of a high byte where several have the same letter to the models */
    uint8_t holed;    /* a twin (rcd_twins.h) has what it lacks: listed as lacking what all lack */
    uint8_t boxed;    /* it has box drawing */
    uint8_t mirrored; /* it has signs of ASCII a second time, for text to the left */
    uint8_t greek;    /* it has some Greek letters, as signs */
} rcd_class;

#define RCD_CLASSES_MOST 192u

/* All classes; those of a charset stand together. */
const rcd_class *rcd_classes(size_t *count);

/* Is any byte from 0x80 on that is in `high` a letter of the class's script? */
int rcd_class_has_letter(const rcd_class *class, const uint64_t high[2]);

/* What a byte is to a lane of the race: symbol 0-7, cost 8-15, case 16-17, kind of sign 18-23; of box
 * drawing, the lines it has to the left 25-26 and to the right 27-28 (3 = any). */
typedef uint32_t rcd_byte_info;
/* Of the 128 bytes of ASCII, to a Latin text or to one in another script. */
const rcd_byte_info *rcd_ascii_info(int latin);

enum { RCD_NEWLINE_LF, RCD_NEWLINE_CR, RCD_NEWLINE_CRLF };

/* Text may be damaged: how often each high byte occurs in the input. */
typedef struct {
    const uint64_t *count;
    uint64_t high;   /* high bytes of the input */
    uint64_t length; /* bytes of it */
} rcd_near_hints;

/* What is known before looking at the language. */
typedef struct {
    const uint8_t *allow; /* as in rcd_options, or NULL */
    unsigned declared;    /* charset id whose readings get `bonus` off, 0 = none */
    int32_t bonus;        /* tenths of a bit */
    unsigned language;    /* language id expected, 0 = any */
    unsigned newline;     /* RCD_NEWLINE_*, what the lines of the input end with */
    const rcd_bytewise *letters; /* what the charsets of two-byte letters say, or NULL */
    int sample;                  /* the input may go on */
    uint64_t length;             /* bytes of the input */
    const rcd_near_hints *near;  /* NULL = readings that decode all; else those that do not */
    int thorough;                /* a lone reading is scored to the end, too */
    int exact;                   /* the answer must decode all */
    int part;                    /* there is more of the text */
    int no_ebcdic;               /* only charsets that have ASCII where ASCII is */
} rcd_hints;

typedef struct {
    int32_t cost;
    uint16_t class;
    uint16_t reserved;
} rcd_ranked;

/* What such a sign costs more where there is no letter of those beside which it is written so. */
#define RCD_SECOND_ALONE 120
#define RCD_HINT 60          /* for or against a language that the caller expects */
/* In an input of less than RCD_FEW_BYTES one odd letter outweighs a prior. Down to none at all, a
 * charset that is rarer than another for the language costs up to RCD_FEW_MORE hundredths more. */
#define RCD_FEW_BYTES 24
#define RCD_FEW_MORE 60
#define RCD_WRONG_NEWLINE 40 /* line ends of another system than the charset's */

/* What label and line ends say of a charset, whatever the language. */
static inline int32_t rcd_prior_shared(const rcd_class *class, const rcd_hints *hints)
{
    /* Old Macs ended lines with CR, Windows and DOS with CRLF. */
    const unsigned wrong = class->mac ? RCD_NEWLINE_CRLF : RCD_NEWLINE_CR;
    return (hints->newline == wrong ? RCD_WRONG_NEWLINE : 0) -
           (class->charset == hints->declared ? hints->bonus : 0);
}

#define RCD_NO_PRIOR INT16_MAX

/* What a charset's use of each language of its script costs, with what the caller and the bytes say
 * of it: one per column, up to the script's stride; RCD_NO_PRIOR = it was not used for that. */
void rcd_priors_of(const rcd_class *class, const rcd_hints *hints, int16_t prior[RCD_MAX_COLUMNS]);
/* Lowers the priors of other classes of the script to those of a class where these are less. */
void rcd_priors_lower(const rcd_class *class, const rcd_hints *hints, int16_t prior[RCD_MAX_COLUMNS]);

/* Bytes of the input that a table leaves open. */
uint64_t rcd_table_bad(const rcd_tally *t, const uint16_t table[256], const uint64_t count[256]);

/* As many of them as are in the text of the tally. It is the text around high bytes, and may hold more
 * than its share of them: were they free there, a charset would be the cheaper for letters it lacks. */
uint64_t rcd_table_unread(const rcd_tally *t, const uint16_t table[256]);

/* Lists the high bytes whose number tells whether a class may be damaged, where all that is known is
 * that each occurs near->count[] times or more: those that a class lacks which does not lack too many
 * already. @return how many there are */
size_t rcd_rank_sought(const rcd_tally *t, const rcd_near_hints *near, uint8_t sought[128]);

/* Is there a class that decodes all but some damage (hints->near) and is, by letter frequency, no more
 * than `slack` or a thirty-second dearer than `charset`, which decodes all? Goes by the high bytes of the
 * head of the input, as far as the census has counted them, with which it replaces those of the tally. */
int rcd_rank_damaged(rcd_tally *t, const rcd_census *census, unsigned charset, int32_t slack,
                     const rcd_hints *hints);

/* What the bytes from 0x80 on that the tally lists cost by letter frequency in a charset of the ASCII
 * family that is read in a script; the other entries stay as they are. @return 0 where there are no
 * such costs, else 1 */
int rcd_rank_bytes(const rcd_tally *t, unsigned charset, unsigned group, int16_t cost[256]);

/* The classes that decode what is present and that are allowed, all of one family (ASCII or
 * not: frequencies tell which it is), cheapest first, as far as they are within `slack` of the
 * cheapest and cost no more than `most`. `item` has RCD_CLASSES_MOST entries. @return their number. */
size_t rcd_rank_classes(const rcd_tally *t, const rcd_hints *hints, int32_t slack, int32_t most,
                        rcd_ranked *item);

#endif
