/* rcd_forms_gates.h : what rcd_forms.c asks of rcd_forms_gates.c, but for rcd_forms_may(). */
#ifndef RCD_FORMS_GATES_H
#define RCD_FORMS_GATES_H

#include <stddef.h>
#include <stdint.h>

/* Is a byte an accent of ISO 6937, T.61 or X3.110, which stands before its letter? */
static inline int rcd_forms_is_accent(unsigned b)
{
    return b >= 0xC1u && b <= 0xCFu;
}

/* Those of the forms in `among`, a bit each, that the order of the first bytes of the input allows. */
uint32_t rcd_forms_by_order(const uint8_t *head, size_t len, uint32_t among);

#endif
