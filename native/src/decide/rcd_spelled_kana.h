/* rcd_spelled_kana.h : kana on their own beside their spelling in Latin letters.
 *
 *  Tables of input methods and of romanisation have them, `'か': 'ka'`, `s/ス/su/`, `kya<TAB>きゃ`. To the models
 *  these are words of two letters, in alphabets where bytes of kana are letters; but what stands beside them tells
 *  what they are. */
#ifndef RCD_SPELLED_KANA_H
#define RCD_SPELLED_KANA_H

#include "rcd_detector.h"

/* The charset, of Shift_JIS' family or of EUC-JP's, that reads most of what is beyond ASCII as kana whose spelling
 * stands near on the same line, by Hepburn's system, by that of ISO 3602, or as it is typed.
 *  allow  RCD_CS_COUNT entries: it and the others of its family are marked, of those that the caller allows
 *  sure   how sure that is, in millionths
 * @return 0 where there is none, or a label or the caller's hints say what it is */
unsigned rcd_spelled_kana_say(const rcd_detector *d, int sample, uint8_t *allow, uint32_t *sure);

#endif
