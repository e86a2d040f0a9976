/* reference.h : plain readings of the standards, to hold the fast code against.
 *
 *  Written from the definitions (decode, then ask whether the result is legal), not from the ranges
 *  that the core uses, so that one mistake is not made twice. */
#ifndef REFERENCE_H
#define REFERENCE_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of the UTF-8 character at p[0], by its definition: the code point is put together from the
 * bits, and must not be a surrogate, too large, or writable in fewer bytes. 0 = none there. */
static inline size_t reference_utf8_character(const uint8_t *p, size_t n)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    size_t size = p[0] < 0x80 ? 1 : (p[0] & 0xE0) == 0xC0 ? 2 : (p[0] & 0xF0) == 0xE0 ? 3
                  : (p[0] & 0xF8) == 0xF0 ? 4 : 0;
    if (size <= 1) {
        return size;
    }
    if (n < size) {
        return 0;
    }
    uint32_t cp = p[0] & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            return 0;
        }
        cp = cp << 6 | (p[i] & 0x3Fu);
    }
    return cp >= least[size] && cp <= 0x10FFFF && (cp < 0xD800 || cp > 0xDFFF) ? size : 0;
}

/* 1 when p[0..n) is the start of some character, shorter than it: tried with every way to go on. */
static inline int reference_utf8_cut(const uint8_t *p, size_t n)
{
    uint8_t t[4] = {0};
    if (n == 0 || n > 3) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        t[i] = p[i];
    }
    for (size_t total = n + 1; total <= 4; total++) {
        for (unsigned a = 0x80; a < 0xC0; a++) {
            for (size_t i = n; i < total; i++) {
                t[i] = i == n ? (uint8_t)a : 0x80;
            }
            if (reference_utf8_character(t, total) == total) {
                return 1;
            }
        }
    }
    return 0;
}

/* Length of the ill-formed sequence at p[0]: a maximal subpart, that is the longest start of some
 * character, or one byte. */
static inline size_t reference_utf8_bad(const uint8_t *p, size_t n)
{
    size_t k = n < 3 ? n : 3;
    while (k > 1 && !reference_utf8_cut(p, k)) {
        k--;
    }
    return k;
}

#endif
