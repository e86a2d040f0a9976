/* rcd_multibyte_code.h : one code of a multi-byte charset: its length, who has it, what it means.
 *  Shared by the validators, the decoders, and the 7-bit encodings that carry the same cells. */
#ifndef RCD_MULTIBYTE_CODE_H
#define RCD_MULTIBYTE_CODE_H

#include "rcd_multibyte.h"
#include "rcd_multibyte_tables.h"

enum {
    RCD_MB_CODE_SINGLE, /* cell = the byte */
    RCD_MB_CODE_TWO,    /* cell on the grid of the family */
    RCD_MB_CODE_SS3,    /* cell on the 94x94 grid of EUC-JP's three-byte codes */
    RCD_MB_CODE_CNS,    /* cell = (plane * 94 + row) * 94 + column */
    RCD_MB_CODE_FOUR    /* cell = number of a GB 18030 code from 81 30 81 30 on */
};

typedef struct {
    uint32_t cell;
    uint8_t kind;
    uint8_t members; /* who assigns it; may hold RCD_MB_FILLER */
} rcd_mb_code;

/* Automaton of a family (a valid number). */
const rcd_mb_automaton *rcd_mb_automaton_of(int family);

/* The byte that begins the longer codes of a family (SS3 in EUC-JP, SS2 in EUC-TW), 0 for none. */
unsigned rcd_mb_shift_of(int family);

/* Reads the code at p[0] >= 0x80, n >= 1 bytes being there.
 * @return its length, 1 to 4. members == 0 tells that nobody has it: the length is then of what
 *         was looked at. 0 when the code is longer than n: members = who could go on from here, 0
 *         when nobody could. */
int rcd_mb_read(int family, const uint8_t *p, size_t n, rcd_mb_code *code);

/* Code points of a code that `member` has (its bit is set in code->members); *second = 0 but for
 * the few that stand for two. A Han character that no model knows is RCD_MB_RARE_HAN. */
uint32_t rcd_mb_point(int family, int member, const rcd_mb_code *code, uint32_t *second);

/* The make-up sequences of EUC-KR (KS X 1001:1998 annex 3): filler, consonant, vowel, consonant or
 * filler, all in row A4. Is the pair (a, b) right with `due` pairs (3, 2, 1) to come, itself
 * included? */
int rcd_mb_makeup_fits(unsigned due, unsigned a, unsigned b);

/* The syllable of the eight bytes of a make-up sequence; 0 when it is none. */
uint32_t rcd_mb_makeup(const uint8_t *p);

#endif
