/* test_multibyte.c : the multi-byte families: known codes, cuts, and two roads to each verdict.
 *
 *  That each code is accepted and means what CPython's codecs say is tested from Python, code by
 *  code (tests/core/test_multibyte_tables.py); here are the cases that a reader can look up, and what
 *  holds for any bytes: no split matters, the validator and the decoder agree, nothing is read
 *  beyond the end. */
#include "check.h"

#include "rcd_charset_ids.h"
#include "rcd_multibyte.h"
#include "rcd_multibyte_tables.h"

#define MAX_CASE 8

typedef struct {
    int charset;
    uint8_t bytes[MAX_CASE + 1];
    size_t len;
    int size; /* what rcd_mb_next_as() returns */
    uint32_t first;
    uint32_t second;
    const char *why; /* reason and source */
} code_case;

#define BYTES(text) text, sizeof(text) - 1

static const code_case codes[] = {
    {RCD_CS_CP932, BYTES("\x82\xA0"), 2, 0x3042, 0, "hiragana a, JIS X 0208 row 4"},
    {RCD_CS_CP932, BYTES("\x81\x60"), 2, 0xFF5E, 0, "Microsoft's wave dash (CP932.TXT)"},
    {RCD_CS_SHIFT_JIS, BYTES("\x81\x60"), 2, 0x301C, 0, "JIS's wave dash (JIS X 0208 annex)"},
    {RCD_CS_CP932, BYTES("\x87\x40"), 2, 0x2460, 0, "NEC row 13: circled one"},
    {RCD_CS_SHIFT_JIS, BYTES("\x87\x40"), -1, 0, 0, "JIS X 0208 has no row 13; 40 is ASCII"},
    {RCD_CS_SHIFT_JIS_2004, BYTES("\x87\x40"), 2, 0x2460, 0, "JIS X 0213 took row 13 over"},
    {RCD_CS_CP932, BYTES("\xED\x40"), 2, RCD_MB_RARE_HAN, 0, "NEC selected IBM extension"},
    {RCD_CS_CP932, BYTES("\xFA\x5C"), 2, RCD_MB_RARE_HAN, 0, "the same character, IBM extension"},
    {RCD_CS_CP932, BYTES("\xF0\x40"), 2, 0xE000, 0, "first user-defined cell"},
    {RCD_CS_CP932, BYTES("\xB1"), 1, 0xFF71, 0, "half-width katakana a, JIS X 0201"},
    {RCD_CS_CP932, BYTES("\x80"), 1, 0x80, 0, "Windows and CPython let 80 through"},
    {RCD_CS_SHIFT_JIS, BYTES("\x80"), -1, 0, 0, "JIS does not"},
    {RCD_CS_SHIFT_JIS_2004, BYTES("\x5C"), 1, 0xA5, 0, "JIS X 0201: a yen sign"},
    {RCD_CS_SHIFT_JIS_2004, BYTES("\x82\xF5"), 2, 0x304B, 0x309A, "KA with semi-voiced mark"},
    {RCD_CS_SHIFT_JIS_2004, BYTES("\xF0\x40"), 2, RCD_MB_RARE_HAN, 0, "JIS X 0213 plane 2 row 1"},
    {RCD_CS_CP932, BYTES("\x81"), 0, 0, 0, "a lead byte alone is cut"},
    {RCD_CS_CP932, BYTES("\x81\x7F"), -1, 0, 0, "7F trails nowhere and is ASCII"},
    {RCD_CS_CP932, BYTES("\x81\xFD"), -2, 0, 0, "FD trails nowhere"},
    {RCD_CS_EUC_JP, BYTES("\xA4\xA2"), 2, 0x3042, 0, "hiragana a"},
    {RCD_CS_EUC_JP, BYTES("\x8E\xB1"), 2, 0xFF71, 0, "SS2: half-width katakana"},
    {RCD_CS_EUC_JP, BYTES("\x8F\xB0\xA1"), 3, RCD_MB_RARE_HAN, 0, "SS3: JIS X 0212 row 16"},
    {RCD_CS_EUC_JP, BYTES("\x8F\xA2\xB7"), 3, 0x7E, 0, "CPython reads 0212's tilde as ASCII's"},
    {RCD_CS_EUCJP_MS, BYTES("\x8F\xA2\xB7"), 3, 0xFF5E, 0, "glibc as the wide one"},
    {RCD_CS_EUC_JP, BYTES("\xAD\xA1"), -2, 0, 0, "no row 13"},
    {RCD_CS_CP51932, BYTES("\xAD\xA1"), 2, 0x2460, 0, "row 13 (Microsoft's EUC)"},
    {RCD_CS_CP51932, BYTES("\x8F\xB0\xA1"), -3, 0, 0, "no JIS X 0212 there"},
    {RCD_CS_EUCJP_MS, BYTES("\x8F\xF3\xF3"), 3, 0x2170, 0, "IBM extension in 0212's rows"},
    {RCD_CS_EUCJP_MS, BYTES("\xF5\xA1"), 2, 0xE000, 0, "user-defined rows"},
    {RCD_CS_EUC_JIS_2004, BYTES("\x8F\xA1\xA1"), 3, RCD_MB_RARE_HAN, 0, "JIS X 0213 plane 2"},
    {RCD_CS_EUC_JP, BYTES("\x8F\xB0"), 0, 0, 0, "cut in a three-byte code"},
    {RCD_CS_EUC_JP, BYTES("\x8F\xA1"), -2, 0, 0, "row 1 of JIS X 0212 is empty: no way on"},
    {RCD_CS_EUC_JP, BYTES("\x8F\x41"), -1, 0, 0, "ASCII is not swallowed"},
    {RCD_CS_EUC_JP, BYTES("\xFF"), -1, 0, 0, "FF begins nothing"},
    {RCD_CS_CP949, BYTES("\xB0\xA1"), 2, 0xAC00, 0, "first syllable of KS X 1001"},
    {RCD_CS_CP949, BYTES("\x81\x41"), 2, 0xAC02, 0, "first syllable that only cp949 has"},
    {RCD_CS_CP949, BYTES("\x81\x42"), 2, RCD_MB_RARE_HAN, 0, "the next: no model has it"},
    {RCD_CS_EUC_KR, BYTES("\x81\x41"), -1, 0, 0, "and EUC-KR has not"},
    {RCD_CS_EUC_KR, BYTES("\xA4\xD4\xA4\xA1\xA4\xBF\xA4\xD4"), 8, 0xAC00, 0,
     "make-up sequence, KS X 1001:1998 annex 3"},
    {RCD_CS_EUC_KR, BYTES("\xA4\xD4\xA4\xA8\xA4\xC7\xA4\xB1"), 8, 0xB620, 0,
     "KS X 1001 has no ttom"},
    {RCD_CS_EUC_KR, BYTES("\xA4\xD4\xA4\xA1\xA4\xBF\xA4\xA8"), -2, 0, 0,
     "tt never ends a syllable"},
    {RCD_CS_EUC_KR, BYTES("\xA4\xD4\xA4\xA1\xA4"), 0, 0, 0, "a cut make-up sequence"},
    {RCD_CS_EUC_KR, BYTES("\xA4\xD4\x41"), -2, 0, 0, "a filler alone is not for EUC-KR"},
    {RCD_CS_CP949, BYTES("\xA4\xD4"), 2, 0x3164, 0, "but for cp949"},
    {RCD_CS_JOHAB, BYTES("\x88\x61"), 2, 0xAC00, 0, "syllable by its letters"},
    {RCD_CS_JOHAB, BYTES("\xD3\xBD"), 2, 0xD7A3, 0, "the last syllable"},
    {RCD_CS_JOHAB, BYTES("\xD9\x31"), 2, 0x3000, 0, "KS X 1001 row 1"},
    {RCD_CS_JOHAB, BYTES("\x88\x41"), 2, 0x3131, 0, "a consonant alone"},
    {RCD_CS_GB2312, BYTES("\xB0\xA1"), 2, 0x554A, 0, "first hanzi"},
    {RCD_CS_GB2312, BYTES("\xA1\xA4"), 2, 0x30FB, 0, "GB 2312's middle dot"},
    {RCD_CS_GBK, BYTES("\xA1\xA4"), 2, 0xB7, 0, "GBK's middle dot"},
    {RCD_CS_GBK, BYTES("\x81\x40"), 2, RCD_MB_RARE_HAN, 0, "GBK level 3"},
    {RCD_CS_GB2312, BYTES("\x81\x40"), -1, 0, 0, "not in GB 2312"},
    {RCD_CS_GB18030, BYTES("\x81\x30\x81\x30"), 4, 0x80, 0, "the lowest four-byte code"},
    {RCD_CS_GB18030, BYTES("\x84\x31\xA4\x39"), 4, 0xFFFF, 0, "the highest of the BMP"},
    {RCD_CS_GB18030, BYTES("\x84\x31\xA5\x30"), -1, 0, 0, "the code after it"},
    {RCD_CS_GB18030, BYTES("\x84\x32"), -1, 0, 0, "no code begins so"},
    {RCD_CS_GB18030, BYTES("\x90\x30\x81\x30"), 4, 0x10000, 0, "plane 1"},
    {RCD_CS_GB18030, BYTES("\xE3\x32\x9A\x35"), 4, 0x10FFFF, 0, "the last code point"},
    {RCD_CS_GB18030, BYTES("\xE3\x32\x9A\x36"), -1, 0, 0, "beyond Unicode"},
    {RCD_CS_GB18030, BYTES("\x81\x35\xF4\x37"), 4, 0x1E3F, 0, "edition of 2000, as CPython"},
    {RCD_CS_GB18030, BYTES("\x81\x30\x81"), 0, 0, 0, "cut"},
    {RCD_CS_GBK, BYTES("\x81\x30"), -1, 0, 0, "no digit trails in GBK"},
    {RCD_CS_BIG5, BYTES("\xA4\x40"), 2, 0x4E00, 0, "first hanzi"},
    {RCD_CS_BIG5, BYTES("\xA1\x45"), 2, 0x2022, 0, "bullet by the Unicode Consortium's table"},
    {RCD_CS_CP950, BYTES("\xA1\x45"), 2, 0x2027, 0, "and by Microsoft's"},
    {RCD_CS_CP950, BYTES("\xA3\xE1"), 2, 0x20AC, 0, "euro sign"},
    {RCD_CS_BIG5, BYTES("\xA3\xE1"), -2, 0, 0, "Big5 is older"},
    {RCD_CS_BIG5HKSCS, BYTES("\x88\x62"), 2, 0xCA, 0x304, "E circumflex and macron"},
    {RCD_CS_BIG5HKSCS, BYTES("\xFA\x40"), 2, RCD_MB_RARE_HAN, 0, "plane 2"},
    {RCD_CS_BIG5_ETEN, BYTES("\xC6\xE7"), 2, 0x3041, 0, "ETEN's hiragana small a"},
    {RCD_CS_BIG5_ETEN, BYTES("\xF9\xD6"), 2, 0x7881, 0, "first of ETEN's seven hanzi"},
    {RCD_CS_EUC_TW, BYTES("\xC4\xE3"), 2, 0x4E2D, 0, "CNS 11643 plane 1"},
    {RCD_CS_EUC_TW, BYTES("\x8E\xA1\xC4\xE3"), 4, 0x4E2D, 0, "the same by SS2"},
    {RCD_CS_EUC_TW, BYTES("\x8E\xA2\xA1\xA1"), 4, 0x4E42, 0, "plane 2"},
    {RCD_CS_EUC_TW, BYTES("\x8E\xA5\xA1\xA5"), 4, RCD_MB_RARE_HAN, 0, "plane 5"},
    {RCD_CS_EUC_TW, BYTES("\x8E\xB0"), -2, 0, 0, "there is no plane 16 here"},
    {RCD_CS_EUC_TW, BYTES("\x8E\xA2\x41"), -1, 0, 0, "ASCII is not swallowed"},
    {RCD_CS_EUC_TW, BYTES("\x92"), -1, 0, 0, "a C1 control: windows-125x text is not EUC"},
};

static void test_codes(void)
{
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        const code_case *c = &codes[i];
        int family = rcd_mb_family(c->charset);
        uint32_t cp[2] = {7, 7};
        uint8_t *p = exact_copy(c->bytes, c->len);
        int size = rcd_mb_next_as(family, rcd_mb_member(c->charset), p, c->len, cp);
        CHECK(size == c->size && cp[0] == c->first && cp[1] == c->second,
              "charset %d case %zu (%s): size %d, U+%04X U+%04X", c->charset, i, c->why, size,
              (unsigned)cp[0], (unsigned)cp[1]);
        free(p);
    }
}

typedef struct {
    int family;
    const char *text;
    int sample;
    const int *members; /* charset ids that must be left, 0 ends */
    const char *why;
} member_case;

#define IDS(...) ((const int[]){__VA_ARGS__, 0})

static const member_case verdicts[] = {
    {RCD_MB_SHIFT_JIS, "\x82\xA0\xB1", 0,
     IDS(RCD_CS_CP932, RCD_CS_SHIFT_JIS, RCD_CS_SHIFT_JIS_2004, RCD_CS_SHIFT_JISX0213),
     "all have kana"},
    {RCD_MB_SHIFT_JIS, "\xFA\x5C", 0,
     IDS(RCD_CS_CP932, RCD_CS_SHIFT_JIS_2004, RCD_CS_SHIFT_JISX0213), "FA is IBM's or plane 2"},
    {RCD_MB_SHIFT_JIS, "\x80", 0, IDS(RCD_CS_CP932), "only cp932 passes 80"},
    {RCD_MB_EUC_JP, "\xAD\xA1\x8F\xB0\xA1", 0,
     IDS(RCD_CS_EUCJP_MS, RCD_CS_EUC_JIS_2004, RCD_CS_EUC_JISX0213), "row 13 and JIS X 0212"},
    {RCD_MB_EUC_JP, "\xA4\xA2\x92", 0, IDS(0), "a C1 byte is nobody's"},
    {RCD_MB_EUC_KR, "\xA4\xD4\xA4\xA1\xA4\xBF\xA4\xD4", 0, IDS(RCD_CS_CP949, RCD_CS_EUC_KR),
     "a make-up sequence"},
    {RCD_MB_EUC_KR, "\xA4\xD4\xA4\xA1\xA4\xBF", 0, IDS(RCD_CS_CP949), "three quarters of one"},
    {RCD_MB_EUC_KR, "\xA4\xD4\xA4\xA1\xA4\xBF", 1, IDS(RCD_CS_CP949, RCD_CS_EUC_KR),
     "of a sample, it may go on"},
    {RCD_MB_EUC_KR, "\xA4\xD4 ", 0, IDS(RCD_CS_CP949), "a filler alone"},
    {RCD_MB_EUC_KR, "\xA4\xD4\xA4\xD4\xA4\xA1\xA4\xBF\xA4\xD4", 0, IDS(RCD_CS_CP949),
     "the second filler is not the start: CPython has failed by then"},
    {RCD_MB_GB18030, "\xB0\xA1\x81\x40\x90\x30\x81\x30", 0, IDS(RCD_CS_GB18030), "four bytes"},
    {RCD_MB_GB18030, "\xB0\xA1\x81\x40", 0, IDS(RCD_CS_GB18030, RCD_CS_GBK), "GBK's"},
    {RCD_MB_GB18030, "\xB0\xA1\x81", 1, IDS(RCD_CS_GB18030, RCD_CS_GBK), "no GB 2312 code at 81"},
    {RCD_MB_GB18030, "\xB0\xA1\x81", 0, IDS(0), "cut"},
    {RCD_MB_GB18030, "\xB0\xA1\x81\x30", 1, IDS(RCD_CS_GB18030), "a digit decides"},
    {RCD_MB_BIG5, "\xA4\x40\xA3\xE1", 0, IDS(RCD_CS_CP950, RCD_CS_BIG5_ETEN), "the euro sign"},
    {RCD_MB_BIG5, "\xA4\x40\x87\x40", 0, IDS(RCD_CS_BIG5HKSCS), "Hong Kong's"},
    {RCD_MB_EUC_TW, "\xC4\xE3\x8E\xA2\xA1\xA1 a", 0, IDS(RCD_CS_EUC_TW), "two planes"},
};

static uint32_t mask_of(int family, const int *ids)
{
    uint32_t mask = 0;
    for (; *ids != 0; ids++) {
        CHECK(rcd_mb_family(*ids) == family, "charset %d", *ids);
        mask |= 1u << rcd_mb_member(*ids);
    }
    return mask;
}

static void test_verdicts(void)
{
    for (size_t i = 0; i < sizeof verdicts / sizeof verdicts[0]; i++) {
        const member_case *c = &verdicts[i];
        rcd_mb_state s;
        rcd_mb_init(&s);
        rcd_mb_feed(&s, c->family, (const uint8_t *)c->text, strlen(c->text));
        uint32_t got = rcd_mb_end(&s, c->sample, NULL);
        CHECK(got == mask_of(c->family, c->members), "case %zu (%s): %X", i, c->why, (unsigned)got);
    }
}

static void test_offsets(void)
{
    static uint8_t text[100000];
    memset(text, 'a', sizeof text);
    for (int family = 0; family < RCD_MB_COUNT; family++) {
        uint64_t bad = 0;
        rcd_mb_state s;
        text[sizeof text - 1] = 0xFF;
        rcd_mb_init(&s);
        rcd_mb_feed(&s, family, text, sizeof text);
        CHECK(family != RCD_MB_SHIFT_JIS ? s.first_bad == sizeof text - 1 && s.members == 0
                                         : s.members == 1,
              "family %d: FF at the end", family);
        text[sizeof text - 1] = 0xC4;
        rcd_mb_init(&s);
        rcd_mb_feed(&s, family, text, sizeof text);
        CHECK(s.first_bad == UINT64_MAX, "family %d: C4 at the end", family);
        if (family != RCD_MB_SHIFT_JIS) {
            CHECK(rcd_mb_end(&s, 0, &bad) == 0 && bad == sizeof text - 1, "family %d", family);
            CHECK(rcd_mb_end(&s, 1, &bad) != 0 && bad == UINT64_MAX, "family %d", family);
        }
        text[sizeof text - 1] = 'a';
    }
    rcd_mb_state s;
    rcd_mb_init(&s);
    rcd_mb_feed(&s, RCD_MB_COUNT, text, 10);
    rcd_mb_feed(&s, -1, text, 10);
    CHECK(s.pos == 0, "a number that is no family");
    CHECK(rcd_mb_members(RCD_MB_COUNT)[0] == 0 && rcd_mb_members(-1)[0] == 0, "no members");
    CHECK(rcd_mb_family(RCD_CS_UTF_8) == -1 && rcd_mb_member(0) == -1, "no family");
    CHECK(rcd_mb_family(RCD_CS_BIG5_UAO) == -1, "there is no table of it");
}

/* Codes of a family, ASCII, and now and then any byte. Returns the length. */
static size_t random_text(check_random *r, int family, uint8_t *out, size_t cap)
{
    size_t n = 0;
    size_t wanted = random_below(r, cap - 16);
    unsigned noise = random_below(r, 3) == 0 ? 100 : 100000;
    unsigned makeup = random_below(r, 4) == 0 ? 4 : 1000;
    while (n < wanted) {
        size_t choice = random_below(r, 4);
        if (random_below(r, noise) == 0) {
            out[n++] = (uint8_t)random_below(r, 256);
        } else if (family == RCD_MB_EUC_KR && random_below(r, makeup) == 0) {
            memcpy(out + n, "\xA4\xD4\xA4\xA1\xA4\xBF\xA4\xD4", 8);
            n += 2 + 2 * random_below(r, 4);
        } else if (n >= 8 && random_below(r, 16) == 0) {
            /* A flood of what came last: one byte, a pair, or four of them. */
            size_t period = (size_t)1 << random_below(r, 4);
            for (size_t run = random_below(r, 200); run > 0 && n < wanted; run--, n++) {
                out[n] = out[n - period];
            }
        } else if (choice == 0) {
            for (size_t run = random_below(r, random_below(r, 8) == 0 ? 80 : 9);
                 run > 0 && n < wanted; run--) {
                out[n++] = (uint8_t)random_below(r, 128);
            }
        } else {
            uint8_t code[4];
            uint32_t cp;
            for (int i = 0; i < 4; i++) {
                code[i] = (uint8_t)random_below(r, 256);
            }
            if (family == RCD_MB_GB18030 && choice == 1) {
                code[1] = (uint8_t)(0x30 + random_below(r, 10));
                code[3] = (uint8_t)(0x30 + random_below(r, 10));
            }
            code[0] |= 0x80;
            int size = rcd_mb_next(family, code, 4, &cp);
            if (size > 0) {
                memcpy(out + n, code, (size_t)size);
                n += (size_t)size;
            }
        }
    }
    return n;
}

static int same_state(const rcd_mb_state *a, const rcd_mb_state *b)
{
    return a->pos == b->pos && a->characters == b->characters && a->first_bad == b->first_bad &&
           a->members == b->members && a->pending_len == b->pending_len &&
           memcmp(a->pending, b->pending, a->pending_len) == 0 && a->makeup == b->makeup;
}

static void split_test(check_random *r, int family, const uint8_t *p, size_t len)
{
    rcd_mb_state whole;
    rcd_mb_init(&whole);
    rcd_mb_feed(&whole, family, p, len);
    for (int road = 0; road < 3; road++) {
        rcd_mb_state s;
        rcd_mb_init(&s);
        rcd_mb_feed(&s, family, p, 0);
        for (size_t at = 0; at < len;) {
            size_t n = road == 0 ? 1 : random_piece(r, len - at);
            uint8_t *piece = exact_copy(p + at, n);
            rcd_mb_feed(&s, family, piece, n);
            free(piece);
            at += n;
        }
        CHECK(same_state(&s, &whole), "family %d, %zu bytes, road %d", family, len, road);
    }
}

/* The verdict again, by reading on with one member alone. */
static void decode_test(int family, const uint8_t *p, size_t len)
{
    rcd_mb_state s;
    rcd_mb_init(&s);
    rcd_mb_feed(&s, family, p, len);
    const uint16_t *ids = rcd_mb_members(family);
    for (int sample = 0; sample < 2; sample++) {
        uint32_t expected = 0;
        for (int k = 0; ids[k] != 0; k++) {
            size_t at = 0;
            int size = 1;
            uint32_t cp[2];
            while (at < len && (size = rcd_mb_next_as(family, k, p + at, len - at, cp)) > 0) {
                CHECK(cp[0] <= 0x10FFFF && (cp[0] < 0xD800 || cp[0] > 0xDFFF), "U+%X",
                      (unsigned)cp[0]);
                at += (size_t)size;
            }
            expected |= (uint32_t)(at == len || (sample && size == 0)) << k;
        }
        uint32_t got = rcd_mb_end(&s, sample, NULL);
        CHECK(got == expected, "family %d, %zu bytes, sample %d: %X, decoders say %X", family, len,
              sample, (unsigned)got, (unsigned)expected);
    }
    size_t at = 0;
    int size = 1;
    while (at < len) {
        uint32_t cp;
        size = rcd_mb_next(family, p + at, len - at, &cp);
        if (size <= 0) {
            break;
        }
        at += (size_t)size;
    }
    uint64_t first_bad = at < len && size < 0 ? at : UINT64_MAX;
    CHECK(s.first_bad == first_bad, "family %d: %" PRIu64 " and %" PRIu64, family, s.first_bad,
          first_bad);
}

/* After an error rcd_mb_next() goes on, never stands still, never takes ASCII with it. */
static void resume_test(int family, const uint8_t *p, size_t len)
{
    size_t ascii = 0;
    size_t read = 0;
    size_t at = 0;
    while (at < len) {
        uint32_t cp;
        int size = rcd_mb_next(family, p + at, len - at, &cp);
        if (size == 0) {
            break;
        }
        size_t n = (size_t)(size < 0 ? -size : size);
        CHECK(n <= len - at, "family %d reads beyond the end", family);
        if (size < 0) {
            for (size_t i = 0; i < n; i++) {
                ascii += p[at + i] < 0x80;
            }
        }
        read += n;
        at += n;
    }
    CHECK(ascii == 0, "family %d skips %zu ASCII bytes of %zu", family, ascii, read);
}

static void test_any_bytes(void)
{
    static uint8_t text[2400];
    check_random r = {20240229};
    for (int family = 0; family < RCD_MB_COUNT; family++) {
        for (int round = 0; round < 300; round++) {
            size_t len = random_text(&r, family, text, round < 150 ? 60 : sizeof text);
            uint8_t *p = exact_copy(text, len);
            split_test(&r, family, p, len);
            decode_test(family, p, len);
            resume_test(family, p, len);
            free(p);
        }
        for (int round = 0; round < 300; round++) {
            for (size_t i = 0; i < 100; i++) {
                text[i] = (uint8_t)random_next(&r);
            }
            uint8_t *p = exact_copy(text, 100);
            split_test(&r, family, p, 100);
            decode_test(family, p, 100);
            resume_test(family, p, 100);
            free(p);
        }
    }
}

int main(void)
{
    test_codes();
    test_verdicts();
    for (size_t i = 0; i < CHECK_KERNELS; i++) {
        if (rcd_kernel_force(check_kernel_names[i]) == 0) {
            test_offsets();
            test_any_bytes();
        }
    }
    return check_end("multibyte");
}
