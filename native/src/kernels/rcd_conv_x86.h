/* rcd_conv_x86.h : runs of ASCII, sixteen characters at a time, for the x86 kernel sets. */
#include "rcd_bits.h"

KC_HELP unsigned count_below(unsigned mask)
{
    return rcd_lowest_bit(mask | 0x10000u);
}

KC_HELP unsigned ascii_copy(uint8_t *out, const uint8_t *in)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)in);
    _mm_storeu_si128((__m128i *)(void *)out, v);
    return count_below((unsigned)_mm_movemask_epi8(v));
}

KC_HELP void store16(uint8_t *out, __m128i v)
{
    _mm_storeu_si128((__m128i *)(void *)out, v);
}

KC_HELP unsigned ascii_widen(uint8_t *out, const uint8_t *in, unsigned width, int big)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)in);
    __m128i zero = _mm_setzero_si128();
    for (unsigned half = 0; half < 2; half++) {
        __m128i lead = big ? zero : v, trail = big ? v : zero;
        __m128i two = half ? _mm_unpackhi_epi8(lead, trail) : _mm_unpacklo_epi8(lead, trail);
        if (width == 2) {
            store16(out + 16 * half, two);
        } else {
            lead = big ? zero : two;
            trail = big ? two : zero;
            store16(out + 32 * half, _mm_unpacklo_epi16(lead, trail));
            store16(out + 32 * half + 16, _mm_unpackhi_epi16(lead, trail));
        }
    }
    return count_below((unsigned)_mm_movemask_epi8(v));
}

KC_HELP unsigned ascii_narrow(uint8_t *out, const uint8_t *in, unsigned width, int big)
{
    const __m128i zero = _mm_setzero_si128();
    const __m128i above = width == 2 ? _mm_set1_epi16((short)(big ? 0x80FF : 0xFF80))
                                     : _mm_set1_epi32((int)(big ? 0x80FFFFFF : 0xFFFFFF80));
    __m128i units[4], fine[4];
    for (unsigned k = 0; k < width; k++) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(in + 16 * k));
        __m128i rest = _mm_and_si128(v, above);
        fine[k] = width == 2 ? _mm_cmpeq_epi16(rest, zero) : _mm_cmpeq_epi32(rest, zero);
        units[k] = !big ? v : width == 2 ? _mm_srli_epi16(v, 8) : _mm_srli_epi32(v, 24);
    }
    for (unsigned k = 0; width == 4 && k < 2; k++) {
        fine[k] = _mm_packs_epi32(fine[2 * k], fine[2 * k + 1]);
        units[k] = _mm_packs_epi32(units[2 * k], units[2 * k + 1]);
    }
    store16(out, _mm_packus_epi16(units[0], units[1]));
    return count_below(~(unsigned)_mm_movemask_epi8(_mm_packs_epi16(fine[0], fine[1])) & 0xFFFFu);
}

KC_FN uint32_t utf16_bits(const uint8_t *data, size_t len)
{
    const __m128i kind = _mm_set1_epi16((short)0xF800), surrogate = _mm_set1_epi16((short)0xD800);
    __m128i all = _mm_setzero_si128(), pairs = all;
    size_t i = 0;
    for (; len - i >= 16; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(data + i));
        all = _mm_or_si128(all, v);
        pairs = _mm_or_si128(pairs, _mm_cmpeq_epi16(_mm_and_si128(v, kind), surrogate));
    }
    uint16_t found[8];
    _mm_storeu_si128((__m128i *)(void *)found, all);
    uint32_t bits = _mm_movemask_epi8(pairs) != 0 ? RCD_UTF16_SURROGATES : 0;
    for (unsigned k = 0; k < 8; k++) {
        bits |= found[k];
    }
    return bits | rcd_scalar_utf16_bits(data + i, len - i);
}
