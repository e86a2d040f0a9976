/* rcd_multibyte.h : the multi-byte legacy encodings: validity of every byte, and code points.
 *
 *  A family is a set of charsets with one structure of bytes, read by one automaton. Which of them
 *  decode the input is said by a mask, exact for the codecs of CPython 3.10 to 3.13; for those that
 *  CPython lacks (eucjp-ms, cp51932, big5-eten, euc_tw) by their conversion tables. */
#ifndef RCD_MULTIBYTE_H
#define RCD_MULTIBYTE_H

#include <stddef.h>
#include <stdint.h>

/* Members in the order of their bits. */
enum {
    RCD_MB_SHIFT_JIS, /* cp932, shift_jis_2004, shift_jisx0213, shift_jis */
    RCD_MB_EUC_JP,    /* euc_jp, eucjp-ms, cp51932, euc_jis_2004, euc_jisx0213 */
    RCD_MB_EUC_KR,    /* cp949, euc_kr */
    RCD_MB_JOHAB,     /* johab */
    RCD_MB_GB18030,   /* gb18030, gbk, gb2312 */
    RCD_MB_BIG5,      /* big5hkscs, cp950, big5-eten, big5 */
    RCD_MB_EUC_TW,    /* euc_tw */
    RCD_MB_COUNT
};

#define RCD_MB_MEMBERS 5 /* most members of a family */

typedef struct {
    uint64_t pos;        /* bytes consumed; the offset of the bad sequence once dead */
    uint64_t characters; /* complete characters of two bytes or more */
    uint64_t first_bad;  /* offset of the first byte sequence that no member of the family
                            assigns; UINT64_MAX = none. After it the automaton is dead. */
    uint32_t members;    /* bit k = the k-th charset of rcd_mb_members() decodes all so far, or
                            could if the character cut at the end went on well; 0 once dead */
    uint8_t pending[4];  /* the start of a character cut at the end of what was fed */
    uint8_t pending_len;
    uint8_t
        makeup; /* pairs still due of an eight-byte syllable that EUC-KR has and cp949 has not */
    uint8_t last_members; /* what `members` was before the code that is cut or, once dead, refused */
} rcd_mb_state;

/* Starts anew. The bits of all members are set, also those that the family to come has not; the
 * first feed clears these. */
void rcd_mb_init(rcd_mb_state *s);

/* Consumes all of `data` unless dead; any split gives the same state. ASCII runs are skipped with
 * the kernel, at character boundaries only. */
void rcd_mb_feed(rcd_mb_state *s, int family, const uint8_t *data, size_t len);

/* The members that decode the input if it ends here. A character cut at the end is bad unless
 * `sample`; *first_bad (may be NULL) is its offset then, else that of the state. Does not change
 * `s`. */
uint32_t rcd_mb_end(const rcd_mb_state *s, int sample, uint64_t *first_bad);

/* Charset ids of a family in the order of their bits, the one that detection reports by default
 * first; 0 ends the list. Empty for a number that is no family. */
const uint16_t *rcd_mb_members(int family);

/* Reads one character at data[0], ASCII included, by the first member that has it, so that the
 * union of the family is read. It is for the models: Han characters that they do not know are all
 * RCD_MB_RARE_HAN.
 * @return bytes consumed (1 to 4), and *cp = the code point (the first of two, where a code stands
 *         for two); 0 when cut; -n when ill-formed: n bytes to skip, no ASCII byte among them. */
int rcd_mb_next(int family, const uint8_t *data, size_t len, uint32_t *cp);

/* Reads one character by the `member`-th charset of the family (its bit number), as far as its
 * codec would and no further: cp[1] = the second code point or 0. Returns as rcd_mb_next() does, and up to
 * 8 bytes for the make-up sequences of euc_kr. */
int rcd_mb_next_as(int family, int member, const uint8_t *data, size_t len, uint32_t cp[2]);

/* Family of a charset id, and its bit number there; -1 when it is in none. */
int rcd_mb_family(int charset);
int rcd_mb_member(int charset);

#endif
