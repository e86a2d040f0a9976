/* test_near.c : legacy text with a few damaged bytes: where they are, that cuts do not change it,
 * and what they cost. */
#include "check.h"
#include "rcd_charset_ids.h"
#include "rcd_near.h"

static rcd_mb_near read_in(int family, const uint8_t *data, size_t len, size_t cut)
{
    rcd_mb_near n;
    rcd_mb_near_init(&n);
    for (size_t i = 0; i < len;) {
        size_t size = cut < len - i ? cut : len - i;
        uint8_t *piece = exact_copy(data + i, size);
        rcd_mb_near_feed(&n, family, piece, size);
        free(piece);
        i += size;
    }
    return n;
}

static void check_cuts(int family, const uint8_t *data, size_t len, const char *what)
{
    rcd_mb_near whole = read_in(family, data, len, len);
    for (size_t cut = 1; cut < len; cut++) {
        rcd_mb_near n = read_in(family, data, len, cut);
        CHECK(n.over == whole.over, "%s in pieces of %zu: over %d", what, cut, n.over);
        CHECK(n.over || (n.bad == whole.bad && n.first_bad == whole.first_bad),
              "%s in pieces of %zu: %" PRIu64 " bad", what, cut, n.bad);
        CHECK(n.over || (n.places == whole.places && n.holes == whole.holes),
              "%s in pieces of %zu: %" PRIu64 " places", what, cut, n.places);
        CHECK(n.over || (n.own.codes == whole.own.codes && n.own.who == whole.own.who &&
                         n.first_strange == whole.first_strange),
              "%s in pieces of %zu: codes of editions", what, cut);
        for (int sample = 0; sample < 2; sample++) {
            CHECK(rcd_mb_near_end(&n, sample) == rcd_mb_near_end(&whole, sample),
                  "%s in pieces of %zu: members", what, cut);
        }
    }
}

/* What no member of a family has, and editions have, is counted apart from what nobody has. */
static void test_editions(void)
{
    static const struct {
        const char *text;
        int family;
        unsigned edition;
        uint64_t bad; /* beside codes of the edition's own */
    } cases[] = {
        {"\xD6\xD0\xB9\xFA\x80" "5\xD6\xD0\xB9\xFA\x80" "7", RCD_MB_GB18030, RCD_CS_WINDOWS_936, 0},
        {"\xD6\xD0\xB9\xFA\x80" "5\xD6\xD0\xFF\x80" "7", RCD_MB_GB18030, RCD_CS_WINDOWS_936, 1},
        {"\xD6\xD0\xB9\xFA\x80" "5\xD6\xD0", RCD_MB_GB18030, 0, 0},
        {"\xC6\xFC\x8E\xE0" "5\xCB\xDC", RCD_MB_EUC_JP, RCD_CS_IBM_33722, 0},
        {"\xA4\xA4\xA4\xE5\xF2\x99\xA4\xA4", RCD_MB_BIG5, RCD_CS_IBM_950, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const uint8_t *data = (const uint8_t *)cases[i].text;
        rcd_mb_near n = read_in(cases[i].family, data, strlen(cases[i].text), SIZE_MAX);
        CHECK(rcd_own_codes_edition(&n.own, cases[i].family, NULL) == cases[i].edition,
              "edition of case %zu", i);
        CHECK(n.bad - n.own.codes == cases[i].bad, "case %zu: %" PRIu64 " bad", i, n.bad);
        check_cuts(cases[i].family, data, strlen(cases[i].text), "an edition");
    }
}

static void test_damage(void)
{
    static const struct {
        const char *text;
        int family;
        uint64_t bad, first;
        const char *what;
    } cases[] = {
        {"\xA4\xA2\xA4\xA4\xA4\xA6", RCD_MB_EUC_JP, 0, UINT64_MAX, "whole EUC-JP"},
        {"\xA4\xA2\xA4\x20\xA4\xA6\xA4\xA8", RCD_MB_EUC_JP, 1, 2, "EUC-JP, one byte overwritten"},
        {"\xA4\xA2\xA4\xA4\x80\xA4\xA6\xA4\xA8", RCD_MB_EUC_JP, 1, 4, "EUC-JP, one byte too many"},
        {"\xB0\xA1\xB0\xFF\xB0\xA3\xB0\xA4", RCD_MB_EUC_KR, 2, 2, "Korean, a byte that begins nothing"},
        {"\xC4\xE3\xBA\xC3 \xFF\xCA\xC0\xBD\xE7", RCD_MB_GB18030, 1, 5, "GB 18030, an FF"},
        {"\xA7\x41\xA6\x6E \xFF \xA5\x40\xAC\xC9", RCD_MB_BIG5, 1, 5, "Big5, an FF"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const uint8_t *text = (const uint8_t *)cases[i].text;
        size_t len = strlen(cases[i].text);
        rcd_mb_near n = read_in(cases[i].family, text, len, len);
        CHECK(n.bad == cases[i].bad && n.first_bad == cases[i].first,
              "%s: %" PRIu64 " bad, the first at %" PRIu64, cases[i].what, n.bad, n.first_bad);
        check_cuts(cases[i].family, text, len, cases[i].what);
    }
    rcd_mb_near noise = read_in(RCD_MB_EUC_JP, (const uint8_t *)"d\xE9j\xE0 vu \xE0 c\xF4t\xE9", 14, 14);
    CHECK(noise.over && rcd_mb_near_end(&noise, 1) == 0, "French is no damaged Japanese");
}

/* One byte over and over is one place; where an edition has it, from rcd_hole_least() on. */
static void test_holes(void)
{
    static const struct {
        const char *text;
        uint64_t bad, places, holes, own, strange;
        const char *what;
    } cases[] = {
        {"\xD6\xD0\xFF\xFF\xFF\xB9\xFA", 3, 1, 1, 0, 2, "three FF"},
        {"\xD6\xD0\xFF" "a\xFF\xB9\xFA", 2, 2, 0, 0, 2, "two FF"},
        {"\xD6\xD0\x80\x80\x80\x80\xB9\xFA", 4, 0, 0, 4, UINT64_MAX, "signs of money"},
        {"\xD6\xD0\x80" "5\x80\x80\x80\x80\x80\x80\x80\x80\x80\xB9\xFA", 10, 1, 1, 1, 4, "a hole of 80"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const uint8_t *text = (const uint8_t *)cases[i].text;
        const size_t len = strlen(cases[i].text);
        rcd_mb_near n = read_in(RCD_MB_GB18030, text, len, len);
        CHECK(n.bad == cases[i].bad && n.places == cases[i].places && n.holes == cases[i].holes,
              "%s: %" PRIu64 " bad at %" PRIu64 " places", cases[i].what, n.bad, n.places);
        CHECK(n.own.codes == cases[i].own && n.first_strange == cases[i].strange, "%s: %" PRIu64 " own codes",
              cases[i].what, n.own.codes);
        check_cuts(RCD_MB_GB18030, text, len, cases[i].what);
    }
}

/* What goes on of a hole is passed at once, which changes nothing: byte by byte it is not. */
static void test_long_holes(void)
{
    for (int family = 0; family < RCD_MB_COUNT; family++) {
        for (unsigned b = 0x80; b < 0x100; b++) {
            uint8_t text[64] = "\xB0\xA1\xB0\xA1";
            memset(text + 4, (int)b, 43);
            memcpy(text + 47, "\xB0\xA1 5\xB0\xA1", 7);
            check_cuts(family, text, 54, "a long hole");
        }
    }
}

/* A code that is cut narrows the members of its family by its first byte alone; when the next byte
 * shows that it is no code, they must be what they were. */
static void test_cut_codes(void)
{
    static const uint8_t refused[] = {0x1F, 0x8B, 0x01, 0x00, 0x60, 0x20};
    static const uint8_t narrowed[] = {'P', 0xFF, 'v', 0xFF, 0x85, 0xFF, '\n', 0, '0', 0xBC, 0x94};
    for (int family = 0; family < RCD_MB_COUNT; family++) {
        check_cuts(family, refused, sizeof refused, "a lead byte before a control");
        check_cuts(family, narrowed, sizeof narrowed, "a lead byte after signs of one member");
    }
}

static void test_random_damage(void)
{
    static const int families[] = {RCD_MB_SHIFT_JIS, RCD_MB_EUC_JP, RCD_MB_GB18030, RCD_MB_BIG5};
    uint8_t text[160];
    check_random r = {5};
    for (int round = 0; round < 400; round++) {
        size_t len = 20 + random_below(&r, sizeof text - 20);
        for (size_t i = 0; i + 1 < len; i += 2) {
            text[i] = (uint8_t)(0xB0 + random_below(&r, 0x28));
            text[i + 1] = (uint8_t)(0xA1 + random_below(&r, 0x5E));
        }
        text[len - 1] = '\n';
        for (size_t damage = random_below(&r, 3); damage > 0; damage--) {
            text[random_below(&r, len)] = (uint8_t)random_next(&r);
        }
        int family = families[random_below(&r, sizeof families / sizeof families[0])];
        rcd_mb_state strict;
        rcd_mb_init(&strict);
        rcd_mb_feed(&strict, family, text, len);
        rcd_mb_near n = read_in(family, text, len, len);
        CHECK(n.over || n.first_bad == strict.first_bad, "round %d: first bad", round);
        CHECK(n.over || n.bad > 0 || rcd_mb_near_end(&n, 0) == rcd_mb_end(&strict, 0, NULL),
              "round %d: members of what is whole", round);
        check_cuts(family, text, len, "random damage");
    }
}

static void test_strays(void)
{
    static rcd_strays s;
    static const uint8_t text[] = "d\xE9j\xE0 vu \xE0";
    rcd_strays_init(&s);
    rcd_strays_feed(&s, 100, text, 4);
    rcd_strays_feed(&s, 104, text + 4, sizeof text - 5);
    CHECK(s.count[0xE9] == 1 && s.first[0xE9] == 101, "E9");
    CHECK(s.count[0xE0] == 2 && s.first[0xE0] == 103, "E0");
    CHECK(s.count['d'] == 0 && s.count[0xFF] == 0, "no others");
}

/* What is sought is counted as ever, be it one value or all: rare, frequent, and in between. */
static void test_seek(void)
{
    enum { LEN = 40000 };
    static uint8_t text[LEN];
    static rcd_strays all, sought;
    uint32_t x = 1;
    for (size_t i = 0; i < LEN; i++) {
        x = x * 1664525u + 1013904223u;
        text[i] = (uint8_t)(x >> 24);
        text[i] = text[i] < 0xF0u ? (uint8_t)('a' + text[i] % 26u) : text[i];
        if (i > LEN / 2u && text[i] != 0xF7u) {
            text[i] = 'a';
        }
    }
    rcd_strays_init(&all);
    rcd_strays_feed(&all, 7, text, LEN);
    for (unsigned some = 0; some <= 128; some += 1 + some / 3) {
        uint8_t list[128];
        size_t count = 0;
        for (unsigned b = 0x100u - some; b < 0x100u; b++) {
            list[count++] = (uint8_t)b;
        }
        rcd_strays_init(&sought);
        rcd_strays_seek(&sought, list, count, 7, text, LEN / 3u);
        rcd_strays_seek(&sought, list, count, 7 + LEN / 3u, text + LEN / 3u, LEN - LEN / 3u);
        for (size_t i = 0; i < count; i++) {
            const unsigned b = list[i];
            CHECK(sought.count[b] == all.count[b] &&
                      (all.count[b] == 0 || sought.first[b] == all.first[b]),
                  "%u sought: byte %02X", some, b);
        }
    }
    CHECK(all.count[0xF7] > 100 && text[all.first[0xF7] - 7] == 0xF7, "the histogram finds the first");
}

/* One damaged byte is always thinkable; more of them need more text, and cost it more. */
static void test_price(void)
{
    CHECK(rcd_near_few(1, 1) && !rcd_near_few(2, 1) && rcd_near_few(2, 64), "few");
    CHECK(rcd_near_price(0, 1000, 0) == 0, "nothing costs nothing");
    for (uint64_t length = 10; length < 100000; length *= 7) {
        for (uint64_t bad = 1; bad < 8 && bad < length; bad++) {
            int32_t one = rcd_near_price(bad, length, 0), more = rcd_near_price(bad + 1, length, 0);
            CHECK(one > 0, "%" PRIu64 " in %" PRIu64, bad, length);
            CHECK(length > 16384 || more > one, "%" PRIu64 " in %" PRIu64 ": %d, one more %d", bad,
                  length, (int)one, (int)more);
        }
    }
    CHECK(rcd_near_price(1, 100000, 0) > rcd_near_price(1, 100, 0), "a place among more is told by more");
    CHECK(rcd_near_price(1099, 4383841, 104) > 20 * rcd_near_price(1099, 4383841, 4),
          "what is scored may hold more than its share");
    CHECK(rcd_near_price(1099, 4383841, 0) == rcd_near_price(1099, 4383841, 4), "but not less");
    CHECK(rcd_near_price(UINT64_MAX / 2, UINT64_MAX, UINT64_MAX) > 0, "no overflow");
}

int main(void)
{
    test_damage();
    test_editions();
    test_holes();
    test_long_holes();
    test_cut_codes();
    test_random_damage();
    test_strays();
    test_seek();
    test_price();
    return check_end("near");
}
