/* rcd_charset.h : what the core knows of a charset, and which charset a label means.
 *
 *  The tables come from the registry (native/gen/charsets.toml); ids are in rcd_charset_ids.h.
 *  rcd_charset_count(), rcd_charset_name() and rcd_charset_from_label() are in recodec.h. */
#ifndef RCD_CHARSET_H
#define RCD_CHARSET_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_charset_ids.h"

enum rcd_family {
    RCD_FAMILY_NONE,
    RCD_FAMILY_UNICODE,
    RCD_FAMILY_ASCII,
    RCD_FAMILY_ISO,
    RCD_FAMILY_WINDOWS,
    RCD_FAMILY_DOS,
    RCD_FAMILY_MAC,
    RCD_FAMILY_EBCDIC,
    RCD_FAMILY_KOI8,
    RCD_FAMILY_CJK,
    RCD_FAMILY_NATIONAL,
    RCD_FAMILY_VENDOR,
    RCD_FAMILY_SEVEN_BIT
};

enum rcd_kind {
    RCD_KIND_NONE,
    RCD_KIND_SINGLE,   /* one byte, one character */
    RCD_KIND_MULTI,    /* one to four bytes, no state */
    RCD_KIND_STATEFUL, /* escapes, shifts, or characters that depend on their neighbours */
    RCD_KIND_UNICODE   /* the UTF forms */
};

#define RCD_CHARSET_DETECTABLE 1u /* detection may answer it */
#define RCD_CHARSET_CPYTHON 2u    /* CPython has a codec that decodes it */

typedef struct {
    uint16_t name;     /* canonical, what bytes.decode() takes: where in rcd_charset_names */
    uint16_t superset; /* id of the charset that decodes all this one does; 0 = none */
    uint8_t family;    /* enum rcd_family */
    uint8_t kind;      /* enum rcd_kind */
    uint8_t flags;     /* RCD_CHARSET_* */
} rcd_charset;

/* Bytes of the longest label after normalising, see rcd_charset_from_label(). */
#define RCD_LABEL_MAX 48

/* rcd_charset_get() :
 *  The entry of `id`; NULL for 0 and for ids out of range. Never fails otherwise. */
const rcd_charset *rcd_charset_get(int id);

/* Is `id` a charset in which not even ASCII letters are where ASCII has them? */
static inline int rcd_is_ebcdic(unsigned id)
{
    const rcd_charset *c = rcd_charset_get((int)id);
    return c != NULL && c->family == RCD_FAMILY_EBCDIC;
}

#endif
