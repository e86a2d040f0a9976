/* rcd_multibyte.h : the multi-byte legacy encodings: validity of every byte, and code points. */
#ifndef RCD_MULTIBYTE_H
#define RCD_MULTIBYTE_H

#include <stddef.h>
#include <stdint.h>

/* One automaton per family; which charsets of a family fit is told by flags gathered on the way. */
enum {
    RCD_MB_SHIFT_JIS, /* cp932 (superset), shift_jis, shift_jis_2004, shift_jisx0213 */
    RCD_MB_EUC_JP,    /* euc_jp with SS2/SS3, cp51932, eucjp-ms, euc_jis_2004, euc_jisx0213 */
    RCD_MB_EUC_KR,    /* euc_kr, cp949 */
    RCD_MB_JOHAB,
    RCD_MB_GB18030,   /* gb2312, gbk, gb18030 with four-byte sequences */
    RCD_MB_BIG5,      /* big5, cp950, big5hkscs, big5-eten */
    RCD_MB_EUC_TW,    /* SS2 planes */
    RCD_MB_COUNT
};

typedef struct {
    uint64_t pos;
    uint64_t characters;    /* complete multi-byte characters */
    uint64_t first_bad;     /* offset of the first byte sequence that no member of the family
                               assigns; UINT64_MAX = none. After it the automaton is dead. */
    uint32_t members;       /* bit k = the k-th charset of rcd_mb_members() still decodes all */
    uint8_t pending[4];
    uint8_t pending_len;
} rcd_mb_state;

void rcd_mb_init(rcd_mb_state *s);
/* Consumes all of `data` unless dead. ASCII runs are skipped with the kernel (only at character
 * boundaries). Any split gives the same state. Bounded reads. */
void rcd_mb_feed(rcd_mb_state *s, int family, const uint8_t *data, size_t len);
/* Charset ids of a family, widest (what detection reports by default) first; 0 ends the list.
 * Membership = the charset's codec (CPython's where it has one) decodes the input. */
const uint16_t *rcd_mb_members(int family);

/* Decodes one character of the family's widest union at data[0]. Bytes >= 0x80 and ASCII.
 * @return bytes consumed (1..4); *cp = code point (the first, where a code maps to two);
 *         0 when cut (more bytes needed), negative -n when ill-formed: n bytes to skip (1 or more, never an
 *         ASCII byte swallowed). */
int rcd_mb_next(int family, const uint8_t *data, size_t len, uint32_t *cp);

/* Family of a charset id, or -1. */
int rcd_mb_family(int charset);

#endif
