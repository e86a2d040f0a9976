/* rcd_ranking_parts.h : what rcd_ranking.c and rcd_ranking_damaged.c have of each other. */
#ifndef RCD_RANKING_PARTS_H
#define RCD_RANKING_PARTS_H

#include "rcd_ranking.h"

/* A set of classes has a bit for each. */
#define RCD_CLASS_WORDS (RCD_CLASSES_MOST / 64u)

/* By byte, the classes that have no character for it. What a twin has counts as there. */
extern const uint64_t rcd_ranking_lacking[256][RCD_CLASS_WORDS];
extern const uint64_t rcd_ranking_is_ebcdic[RCD_CLASS_WORDS];
extern const uint64_t rcd_ranking_is_holed[RCD_CLASS_WORDS]; /* see rcd_class.holed */

static inline int rcd_class_allowed(const rcd_class *class, const rcd_hints *hints)
{
    return hints->allow == NULL || hints->allow[class->charset] != 0;
}

/* The first class of a charset or, where it has none, of another. */
unsigned rcd_first_class(unsigned charset);

/* Cheapest prior of the class's languages; not exact where the input is short. */
int32_t rcd_class_prior(const rcd_class *class, const rcd_hints *hints);

/* What the high bytes cost in charsets of the ASCII family, by row (rcd_class.row).
 *  asked  a bit for each eight rows whose sums are wanted */
void rcd_class_sums(const rcd_tally *t, uint32_t asked, int32_t sum[RCD_CLASSES_MOST]);

/* What letter frequencies leave out, for a charset of the ASCII family: controls, frames, and where
 * bytes stand. Characters that are ASCII in every charset count as foreign words in all but EBCDIC.
 *  most  dearer classes need no exact cost */
int32_t rcd_class_others(const rcd_tally *t, const rcd_class *class, int32_t most);

/* The classes of the ASCII family that lack a byte which may be damage.
 * @return whether there are any */
int rcd_damaged_classes(const rcd_tally *t, const rcd_near_hints *near,
                        uint64_t which[RCD_CLASS_WORDS]);

/* What it costs a class that it lacks some bytes, in tenths of a bit; INT32_MAX for more than
 * damage. */
int32_t rcd_damage_cost(const rcd_tally *t, const rcd_class *class, const rcd_near_hints *near);

#endif
