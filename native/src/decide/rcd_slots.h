/* rcd_slots.h : what stands for a number in source code and in catalogues of messages: `%d`, `%.2f`, `$n`,
 * `$_[0]`, `{0}`, `${n}`. Words stand beside these as beside numbers: `%Y年%m月%d日`. */
#ifndef RCD_SLOTS_H
#define RCD_SLOTS_H

#include <stddef.h>
#include <stdint.h>

/* Does one end at `end`, and does one begin at `at`, which is before `len`? Of more than 16 bytes none. */
int rcd_ends_slot(const uint8_t *text, size_t end);
int rcd_begins_slot(const uint8_t *text, size_t len, size_t at);

/* As rcd_begins_slot(), of one in braces: the others begin with a byte that no character of several ends
 * with. */
int rcd_begins_braces(const uint8_t *text, size_t len, size_t at);

/* Blanks the names in braces, and those in parentheses behind a percent sign, as `%(name)s`: they are words of
 * no language. */
void rcd_blank_slots(uint32_t *cp, size_t len);

#endif
