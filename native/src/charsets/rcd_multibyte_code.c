/* rcd_multibyte_code.c : one code of a multi-byte charset.
 *
 *  All structure that is not a plain pair lives here: SS2 and SS3 of the EUCs, the four-byte codes
 *  of GB 18030, Johab's syllables, the make-up sequences of EUC-KR. */
#include "rcd_multibyte_code.h"

#define SS2 0x8Eu
#define SS3 0x8Fu

/* GB 18030: codes from 81 30 81 30 cover the BMP, codes from 90 30 81 30 all planes above it. */
#define GB_BMP          39420u
#define GB_ASTRAL       189000u
#define GB_ASTRAL_COUNT 0x100000u

#define HANGUL 0xAC00u

/* CNS 11643 plane 12 is for users: 66 rows on the private use area. */
#define CNS_USER_PLANE 12u
#define CNS_USER_ROWS  66u

const rcd_mb_automaton *rcd_mb_automaton_of(int family)
{
    static const rcd_mb_automaton *const all[RCD_MB_COUNT] = {
        &rcd_mb_automaton_shift_jis, &rcd_mb_automaton_euc_jp,  &rcd_mb_automaton_euc_kr,
        &rcd_mb_automaton_johab,     &rcd_mb_automaton_gb18030, &rcd_mb_automaton_big5,
        &rcd_mb_automaton_euc_tw,
    };
    return all[family];
}

unsigned rcd_mb_shift_of(int family)
{
    return family == RCD_MB_EUC_JP ? SS3 : family == RCD_MB_EUC_TW ? SS2 : 0;
}

static int gr(unsigned byte)
{
    return byte >= 0xA1 && byte <= 0xFE;
}

static int read_ss3(const uint8_t *p, size_t n, rcd_mb_code *code)
{
    const rcd_mb_ss3 *ss3 = &rcd_mb_ss3_euc_jp;
    code->kind = RCD_MB_CODE_SS3;
    if (!gr(p[1])) {
        return 2;
    }
    unsigned row = p[1] - 0xA1u;
    if (n < 3) {
        code->members = ss3->row[row];
        return 0;
    }
    if (gr(p[2])) {
        code->cell = row * 94 + p[2] - 0xA1u;
        code->members = ss3->who[code->cell];
    }
    return 3;
}

static uint32_t cns_point(uint32_t cell)
{
    unsigned column = cell % 94;
    if (cell / (94 * 94) == CNS_USER_PLANE) {
        uint32_t at = cell % (94 * 94);
        return at < CNS_USER_ROWS * 94 ? 0xE000 + at : 0;
    }
    unsigned base = rcd_mb_cns11643.row[cell / 94];
    if (base == RCD_MB_NO_ROW) {
        return 0;
    }
    return rcd_mb_point_of(&rcd_mb_cns11643.points, base + column);
}

/* Has the plane, or the row of it, any code? */
static int cns_row_used(unsigned plane, unsigned row)
{
    return plane == CNS_USER_PLANE ? row < CNS_USER_ROWS
                                   : rcd_mb_cns11643.row[plane * 94 + row] != RCD_MB_NO_ROW;
}

static int cns_plane_used(unsigned plane)
{
    for (unsigned row = 0; row < 94; row++) {
        if (cns_row_used(plane, row)) {
            return 1;
        }
    }
    return 0;
}

static int read_cns(const uint8_t *p, size_t n, rcd_mb_code *code)
{
    code->kind = RCD_MB_CODE_CNS;
    if (p[1] < 0xA1 || p[1] > 0xAF) {
        return 2;
    }
    unsigned plane = p[1] - 0xA0u;
    if (n < 3) {
        code->members = (uint8_t)cns_plane_used(plane);
        return 0;
    }
    if (!gr(p[2])) {
        return 3;
    }
    unsigned row = p[2] - 0xA1u;
    if (n < 4) {
        code->members = (uint8_t)cns_row_used(plane, row);
        return 0;
    }
    if (gr(p[3])) {
        code->cell = (plane * 94 + row) * 94 + p[3] - 0xA1u;
        code->members = cns_point(code->cell) != 0;
    }
    return 4;
}

/* p[1] is a digit. Missing bytes count as the lowest possible: both stretches of codes begin at
 * their lowest lead byte and have no gaps, so a start can go on exactly when its lowest code is in
 * one of them. */
static int read_four(const uint8_t *p, size_t n, rcd_mb_code *code)
{
    code->kind = RCD_MB_CODE_FOUR;
    unsigned third = n > 2 ? p[2] : 0x81u;
    unsigned fourth = n > 3 ? p[3] : 0x30u;
    if (third < 0x81 || third > 0xFE) {
        return 3;
    }
    if (fourth < 0x30 || fourth > 0x39) {
        return 4;
    }
    code->cell = (((p[0] - 0x81u) * 10 + p[1] - 0x30u) * 126 + third - 0x81u) * 10 + fourth - 0x30u;
    code->members = code->cell < GB_BMP ||
                    (code->cell >= GB_ASTRAL && code->cell - GB_ASTRAL < GB_ASTRAL_COUNT);
    return n < 4 ? 0 : 4;
}

int rcd_mb_read(int family, const uint8_t *p, size_t n, rcd_mb_code *code)
{
    const rcd_mb_automaton *a = rcd_mb_automaton_of(family);
    unsigned lead = p[0];
    unsigned base = a->base[lead];
    code->kind = RCD_MB_CODE_TWO;
    code->cell = 0;
    code->members = 0;
    if (base == RCD_MB_NO_ROW && lead != rcd_mb_shift_of(family)) {
        code->kind = RCD_MB_CODE_SINGLE;
        code->cell = lead;
        code->members = a->prefix[lead];
        return 1;
    }
    if (n < 2) {
        code->members = a->prefix[lead];
        return 0;
    }
    if (base == RCD_MB_NO_ROW) {
        return lead == SS3 ? read_ss3(p, n, code) : read_cns(p, n, code);
    }
    unsigned column = a->column[p[1]];
    if (column == RCD_MB_NO_COLUMN) {
        int digit = family == RCD_MB_GB18030 && p[1] >= 0x30 && p[1] <= 0x39;
        return digit ? read_four(p, n, code) : 2;
    }
    code->cell = base + column;
    code->members = a->who[code->cell];
    return 2;
}

/* Half-width katakana in Shift_JIS, and what Windows makes of the bytes that cp932 leaves free. */
static uint32_t single_point(uint32_t byte)
{
    if (byte >= 0xA1 && byte <= 0xDF) {
        return byte + (0xFF61 - 0xA1);
    }
    return byte == 0x80 ? 0x80 : byte == 0xA0 ? 0xF8F0 : byte + (0xF8F1 - 0xFD);
}

/* The last of `count` runs that begins at or before `cell`, or NULL. */
static const rcd_mb_run *run_before(const rcd_mb_run *runs, size_t count, uint32_t cell)
{
    while (count > 0 && runs[0].cell <= cell) {
        size_t half = count / 2;
        if (half == 0) {
            return runs;
        }
        if (runs[half].cell <= cell) {
            runs += half;
            count -= half;
        } else {
            count = half;
        }
    }
    return NULL;
}

static uint32_t in_run(const rcd_mb_run *runs, size_t count, uint32_t cell)
{
    const rcd_mb_run *run = run_before(runs, count, cell);
    return run != NULL && cell - run->cell < run->count ? run->point + (cell - run->cell) : 0;
}

static uint32_t layer_point(const rcd_mb_layer *layer, uint32_t cell, uint32_t *second)
{
    uint32_t point = in_run(layer->runs, layer->run_count, cell);
    if (point != 0) {
        return point;
    }
    for (size_t i = 0; i < layer->pair_count && layer->pairs[i].cell <= cell; i++) {
        if (layer->pairs[i].cell == cell) {
            *second = layer->pairs[i].second;
        }
    }
    return rcd_mb_point_of(&layer->points, cell);
}

/* Johab packs three letters of five bits; the numbers that stand for "none" and the gaps of each
 * field follow KS X 1001:1992 annex 3. Lead bytes from D9 on are the symbols and hanja of KS X 1001,
 * two rows to a lead byte. */
static uint32_t johab_point(uint32_t cell)
{
    static const uint8_t vowel[32] = {
        [3] = 1,   [4] = 2,   [5] = 3,   [6] = 4,   [7] = 5,   [10] = 6,  [11] = 7,
        [12] = 8,  [13] = 9,  [14] = 10, [15] = 11, [18] = 12, [19] = 13, [20] = 14,
        [21] = 15, [22] = 16, [23] = 17, [26] = 18, [27] = 19, [28] = 20, [29] = 21};
    unsigned row = cell / 204;
    unsigned column = cell % 204;
    unsigned trail = column < 78 ? column + 0x31 : column - 78 + 0x81;
    if (row < 80) {
        unsigned code = (row + 0x84) << 8 | trail;
        unsigned first = code >> 10 & 31;
        unsigned second = vowel[code >> 5 & 31];
        unsigned third = code & 31;
        int third_fits = third >= 1 && third <= 29 && third != 18;
        if (first >= 2 && first <= 20 && second != 0 && third_fits) {
            return HANGUL + (first - 2) * 588 + (second - 1) * 28 + third - (third < 18 ? 1u : 2u);
        }
        return in_run(rcd_mb_johab_letters, rcd_mb_johab_letter_runs, cell);
    }
    unsigned lead = row < 86 ? row - 80 + 0xD9 : row - 86 + 0xE0;
    unsigned half = trail - (trail < 0x91 ? 0x31u : 0x43u);
    unsigned kuten = (lead < 0xE0 ? 2 * lead - 2 * 0xD9 : 2 * lead - 0x197) * 94 + half;
    unsigned wansung = (kuten / 94 + 0x20) * 178 + kuten % 94;
    uint32_t none;
    return layer_point(&rcd_mb_two_euc_kr[0], wansung, &none);
}

static uint32_t four_point(uint32_t linear)
{
    if (linear >= GB_BMP) {
        return 0x10000 + (linear - GB_ASTRAL);
    }
    size_t low = 0;
    size_t high = rcd_mb_gb18030_range_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (rcd_mb_gb18030_ranges[middle].linear <= linear) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return rcd_mb_gb18030_ranges[low].point + (linear - rcd_mb_gb18030_ranges[low].linear);
}

static uint32_t two_point(int family, int member, uint32_t cell, uint32_t *second)
{
    switch (family) {
    case RCD_MB_SHIFT_JIS: return layer_point(&rcd_mb_two_shift_jis[member], cell, second);
    case RCD_MB_EUC_JP:
        /* Row 94 is that of SS2. */
        return cell >= 94 * 94 ? 0xFF61 + (cell - 94 * 94)
                               : layer_point(&rcd_mb_two_euc_jp[member], cell, second);
    case RCD_MB_EUC_KR: return layer_point(&rcd_mb_two_euc_kr[member], cell, second);
    case RCD_MB_JOHAB: return johab_point(cell);
    case RCD_MB_GB18030: return layer_point(&rcd_mb_two_gb18030[member], cell, second);
    case RCD_MB_BIG5: return layer_point(&rcd_mb_two_big5[member], cell, second);
    default: return cns_point(94 * 94 + cell);
    }
}

static uint32_t table_point(int family, int member, const rcd_mb_code *code, uint32_t *second)
{
    switch (code->kind) {
    case RCD_MB_CODE_SINGLE: return single_point(code->cell);
    case RCD_MB_CODE_SS3: return layer_point(&rcd_mb_three_euc_jp[member], code->cell, second);
    case RCD_MB_CODE_CNS: return cns_point(code->cell);
    case RCD_MB_CODE_FOUR: return four_point(code->cell);
    default: return two_point(family, member, code->cell, second);
    }
}

uint32_t rcd_mb_point(int family, int member, const rcd_mb_code *code, uint32_t *second)
{
    *second = 0;
    uint32_t point = table_point(family, member, code, second);
    return point == RCD_MB_RARE ? RCD_MB_RARE_HAN : point;
}

/* Places of the thirty compatibility consonants U+3131..314E among the leading and the trailing
 * consonants of a syllable, counted from 1; 0 = cannot stand there. */
static const uint8_t leading[30] = {1, 2, 0, 3, 0, 0,  4,  5,  6,  0,  0,  0,  0,  0,  0,
                                    0, 7, 8, 9, 0, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19};
static const uint8_t trailing[30] = {1,  2,  3,  4, 5,  6,  7,  0,  8,  9, 10, 11, 12, 13, 14,
                                     15, 16, 17, 0, 18, 19, 20, 21, 22, 0, 23, 24, 25, 26, 27};

int rcd_mb_makeup_fits(unsigned due, unsigned a, unsigned b)
{
    if (a != 0xA4) {
        return 0;
    }
    if (due == 2) {
        return b >= 0xBF && b <= 0xD3;
    }
    if (due == 1 && b == 0xD4) {
        return 1;
    }
    return b >= 0xA1 && b <= 0xBE && (due == 3 ? leading : trailing)[b - 0xA1] != 0;
}

uint32_t rcd_mb_makeup(const uint8_t *p)
{
    if (p[0] != 0xA4 || p[1] != 0xD4) {
        return 0;
    }
    for (unsigned due = 3; due > 0; due--) {
        const uint8_t *pair = p + (4 - due) * 2;
        if (!rcd_mb_makeup_fits(due, pair[0], pair[1])) {
            return 0;
        }
    }
    uint32_t last = p[7] == 0xD4 ? 0 : trailing[p[7] - 0xA1];
    return HANGUL + (leading[p[3] - 0xA1] - 1u) * 588 + (p[5] - 0xBFu) * 28 + last;
}
