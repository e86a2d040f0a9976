/* rcd_twin_names.h : which of some twins (rcd_twins.h) a text is in, by what its bytes say there.
 *
 *  Where it holds bytes that another twin reads otherwise, the one that reads them sensibly gives it
 *  its name. Without such evidence the head stays, the commonest of them. */
#ifndef RCD_TWIN_NAMES_H
#define RCD_TWIN_NAMES_H

#include "rcd_detector.h"

/* The charset of a text that was detected as `charset` in `language`: itself or a twin of it that is
 * allowed and decodes every byte; what is `declared` (0 = nothing) needs no sense of its own. Uses
 * d->text as work space. */
unsigned rcd_twins_name(rcd_detector *d, unsigned charset, unsigned language, unsigned declared);

#endif
