/* rcd_frames.h : text in which nothing but frames is beyond ASCII.
 *
 *  "├── src", "│ 1│ 2│" between "┌─┬─┐" and "└─┴─┘": there is no language in such pieces, and charsets that
 *  have letters in their place read it as words of an alphabet. But the pieces of a frame fit: where one has
 *  a line to its right, the next has such a line to its left. Letters in their place make no such pattern.
 *  Nor are there words of the bytes that block elements have in DOS charsets, which make pictures. */
#ifndef RCD_FRAMES_H
#define RCD_FRAMES_H

#include "rcd_detector.h"

/* The charset that reads all high bytes of the excerpt as pieces of frames that fit.
 *  allow  RCD_CS_COUNT entries: it and the others of its family are marked, of those that the caller allows
 *  sure   how sure that is, in millionths
 * @return 0 where there is none, or a label or the caller's hints say what it is */
unsigned rcd_frames_say(const rcd_detector *d, int sample, uint8_t *allow, uint32_t *sure);

#endif
