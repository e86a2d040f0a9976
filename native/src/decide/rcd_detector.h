/* rcd_detector.h : the state of one detection, shared by the stream (rcd_detector.c) and the
 * decision (rcd_decide.c). */
#ifndef RCD_DETECTOR_H
#define RCD_DETECTOR_H

#include "rcd_bytewise.h"
#include "rcd_census.h"
#include "rcd_escape.h"
#include "rcd_excerpt.h"
#include "rcd_forms.h"
#include "rcd_mixed.h"
#include "rcd_multibyte.h"
#include "rcd_near.h"
#include "rcd_reading.h"
#include "rcd_rest.h"
#include "rcd_single.h"
#include "rcd_utf8.h"
#include "rcd_wide.h"
#include "recodec.h"

#define RCD_HEAD_SIZE 4096u
#define RCD_BLOCK 32768u /* bytes that go through all stages while they are in cache */
#define RCD_ASK_ALL 1024u /* bytes that every multi-byte family is asked about, at least */
#define RCD_TAIL_SIZE 1024u
#define RCD_TEXT_SIZE RCD_EXCERPT_SIZE /* code points that a model is given at once */

/* What the excerpt is as text of a multi-byte family. */
typedef struct {
    uint32_t len;   /* bytes behind the preface that were to be read; 0 = none yet */
    uint32_t used;  /* of these, those that are whole characters */
    uint32_t count; /* characters */
    uint32_t han;   /* of these, Han characters and syllables of Hangul */
    int letters;    /* there are letters of the family's own among them */
    int32_t cost[RCD_HANI_COLUMNS];
} rcd_family_text;

struct rcd_detector {
    rcd_options options;
    int finished;
    rcd_detector *inner; /* for the lines of a mixed input that are not UTF-8; NULL inside it */
    int without_structure; /* rcd_decide_structure() has been asked and has no answer */
    int listed;            /* the text is read as a list of letters, see rcd_legacy_letters() */
    int labelled;          /* it is a table in the charset of its label, see rcd_legacy_is_table() */
    int all_weighed;       /* the models have read the whole excerpt */
    int by_units;          /* each word beyond ASCII stands by a number, see rcd_units.h */
    int lone_character;    /* the lines of the excerpt that are UTF-8 have but one beyond ASCII */
    int with_multibyte; /* 0 = the automata were not fed: UTF-8 and ASCII need none */
    rcd_census census;
    rcd_utf8 utf8;
    rcd_wide wide;
    rcd_escape escape;
    rcd_mb_state multibyte[RCD_MB_COUNT];
    rcd_mb_state shifted[RCD_MB_COUNT]; /* the same from the second byte on: the input may begin
                                           inside a character. One shot feeds them when it comes
                                           to that: */
    const uint8_t *whole;               /* all of the input, NULL in a stream */
    size_t whole_len;
    /* Of damaged text: what a stream feeds, and one shot when it comes to that. Those of families
     * that are not dead hold nothing. */
    rcd_mb_near near[RCD_MB_COUNT];
    rcd_strays strays;
    rcd_mixed mixed;
    rcd_forms forms; /* begun when the head is full, or at the end */
    rcd_bytewise bytewise;
    rcd_rest rest; /* what came when the excerpt was full */
    uint32_t head_len;
    uint8_t head[RCD_HEAD_SIZE]; /* the first bytes */
    uint8_t tail[RCD_TAIL_SIZE]; /* the last bytes, a ring: byte n of the stream is at n % size */
    /* Work space of a decision; holds nothing between calls. */
    uint8_t last[RCD_TAIL_SIZE]; /* the tail in order */
    uint32_t text[RCD_TEXT_SIZE];
    rcd_readings readings;
    uint32_t unasked;  /* families that one shot did not validate to the end: they cannot win */
    int ended;         /* the excerpt has the end of the input, which is longer than it */
    int begun;         /* the excerpt is what the following are of, and d->single.plain: */
    rcd_family_text read[RCD_MB_COUNT];
    uint32_t preface;  /* bytes of ASCII in front of the excerpt that are not read */
    int32_t label;     /* tenths of a bit that the declared charset costs less */
    uint32_t families; /* multi-byte families that are still read, see rcd_legacy.h */
    rcd_single_work single;
    rcd_excerpt excerpt; /* last: its text is the one large array that is not work space */
};

static inline int rcd_allowed(const rcd_detector *d, unsigned charset)
{
    return d->options.allow == NULL || d->options.allow[charset] != 0;
}

/* Marks the charsets of a family that the caller allows in allow[]. @return the first, 0 = none */
static inline unsigned rcd_allow_family(const rcd_detector *d, int family, uint8_t *allow)
{
    unsigned first = 0;
    for (const uint16_t *member = rcd_mb_members(family); *member != 0; member++) {
        const int allowed = rcd_allowed(d, *member);
        allow[*member] = (uint8_t)allowed;
        first = first == 0 && allowed ? *member : first;
    }
    return first;
}

/* Makes the detector of a part of the input in memory that is large enough. Returns as
 * rcd_detector_init() does. */
int rcd_detector_init_inner(rcd_detector *d, const rcd_options *opt);

/* Answers from the state; `sample` = the input may go on. */
void rcd_decide(rcd_detector *d, int sample, rcd_result *out);

/* The first of its steps: marks, signatures, rare forms, UTF-16 and UTF-32. None of them reads the
 * excerpt, but for UTF-8 with a mark. @return 1 when one has answered, else 0. */
int rcd_decide_structure(rcd_detector *d, int sample, rcd_result *out);

/* Answers when census, wide forms and head alone show that rcd_decide() would say binary; the other
 * stages need not have been fed then. Nor need the wide forms, where all of the input is at hand:
 * its bytes are looked at instead. @return 1 when it has answered, else 0. */
int rcd_decide_binary(rcd_detector *d, rcd_result *out);

/* Bits of the multi-byte families that read the excerpt so well that they can be the answer, going
 * by what their automata were fed so far. */
uint32_t rcd_legacy_rivals(rcd_detector *d);

/* Answers from the legacy charsets; out->declared is the label that the input carries, 0 = none.
 * @return 0 when nothing that is allowed decodes the input; *out is then as it was. */
int rcd_decide_legacy(rcd_detector *d, int sample, rcd_result *out);

#endif
