/* rcd_multibyte_next.c : reading the multi-byte families character by character. */
#include "rcd_charset_ids.h"
#include "rcd_multibyte.h"
#include "rcd_multibyte_code.h"

/* What to skip of `n` bytes that are no code: all, unless an ASCII byte is among them, which then
 * is read again for itself. */
static int refuse(const uint8_t *p, int n)
{
    for (int i = 1; i < n; i++) {
        if (p[i] < 0x80) {
            return -1;
        }
    }
    return -n;
}

int rcd_mb_next(int family, const uint8_t *data, size_t len, uint32_t *cp)
{
    if (len == 0 || family < 0 || family >= RCD_MB_COUNT) {
        return 0;
    }
    if (data[0] < 0x80) {
        *cp = data[0];
        return 1;
    }
    rcd_mb_code code;
    int size = rcd_mb_read(family, data, len, &code);
    unsigned mask = code.members & ~RCD_MB_FILLER;
    if (size == 0) {
        return mask != 0 ? 0 : refuse(data, (int)len);
    }
    if (mask == 0) {
        return refuse(data, size);
    }
    int member = 0;
    while ((mask >> member & 1) == 0) {
        member++;
    }
    uint32_t second;
    *cp = rcd_mb_point(family, member, &code, &second);
    return size;
}

/* CPython's decoders of JIS X 0213 read the low half as JIS X 0201: a yen sign, an overline. */
static uint32_t low_half(int charset, uint32_t byte)
{
    if (charset == RCD_CS_SHIFT_JIS_2004 || charset == RCD_CS_SHIFT_JISX0213) {
        return byte == 0x5C ? 0xA5 : byte == 0x7E ? 0x203E : byte;
    }
    return byte;
}

/* euc_kr reads the filler only as the start of a make-up sequence. */
static int next_makeup(const uint8_t *data, size_t len, uint32_t *cp)
{
    if (len >= 8) {
        *cp = rcd_mb_makeup(data);
        return *cp != 0 ? 8 : -2;
    }
    unsigned due = 3;
    for (size_t at = 2; at < len; at += 2, due--) {
        if (at + 1 < len ? !rcd_mb_makeup_fits(due, data[at], data[at + 1]) : data[at] != 0xA4) {
            return -2;
        }
    }
    return 0;
}

int rcd_mb_next_as(int family, int member, const uint8_t *data, size_t len, uint32_t cp[2])
{
    cp[0] = cp[1] = 0;
    if (len == 0 || family < 0 || family >= RCD_MB_COUNT || member < 0 ||
        member >= RCD_MB_MEMBERS) {
        return 0;
    }
    const int charset = rcd_mb_members(family)[member];
    if (charset == 0) {
        return 0;
    }
    if (data[0] < 0x80) {
        cp[0] = low_half(charset, data[0]);
        return 1;
    }
    rcd_mb_code code;
    int size = rcd_mb_read(family, data, len, &code);
    int has = code.members >> member & 1;
    if (size == 0) {
        return has ? 0 : refuse(data, (int)len);
    }
    if (charset == RCD_CS_EUC_KR && (code.members & RCD_MB_FILLER) != 0) {
        return next_makeup(data, len, &cp[0]);
    }
    if (!has) {
        return refuse(data, size);
    }
    cp[0] = rcd_mb_point(family, member, &code, &cp[1]);
    return size;
}
