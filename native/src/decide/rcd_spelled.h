/* rcd_spelled.h : kana, Hangul and Han on their own beside their spelling in Latin letters.
 *
 *  Tables of input methods and of romanisation have them, `'か': 'ka'`, `s/ス/su/`, `kya<TAB>きゃ`, `kou 口`. To the
 *  models these are words of two letters, in alphabets where the bytes are letters; but what stands beside them
 *  tells what they are. */
#ifndef RCD_SPELLED_H
#define RCD_SPELLED_H

#include "rcd_detector.h"

/* The charset, of the family of Shift_JIS, EUC-JP, GB 18030 or EUC-KR, that reads what is beyond ASCII as
 * characters whose spelling stands near on the same line: kana by Hepburn's system, by that of ISO 3602 or as they
 * are typed, syllables of Hangul by what each system has in common, Han of GB 2312's first level by pinyin.
 *  allow  RCD_CS_COUNT entries: it and the others of its family are marked, of those that the caller allows
 *  sure   how sure that is, in millionths
 * @return 0 where there is none, or a label or the caller's hints say what it is */
unsigned rcd_spelled_say(const rcd_detector *d, int sample, uint8_t *allow, uint32_t *sure);

#endif
