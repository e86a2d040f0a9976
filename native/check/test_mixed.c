/* test_mixed.c : mixed-byte EBCDIC by its shifts, and the charsets read byte by byte. */
#include "check.h"
#include "rcd_bytewise.h"
#include "rcd_charset_ids.h"
#include "rcd_mixed.h"

/* By the rules: who decodes all of it, and how many two-byte codes there are. */
static unsigned expected(const uint8_t *p, size_t len, uint64_t *characters, int *cut)
{
    unsigned members = 1023;
    int wide = 0;
    *characters = 0;
    *cut = 0;
    for (size_t i = 0; i < len; i++) {
        if (p[i] == 0x0E || p[i] == 0x0F) {
            wide = p[i] == 0x0E;
            continue;
        }
        for (unsigned m = 0; m < RCD_MIXED_COUNT && !wide; m++) {
            if (rcd_mixed_sets[m].single[p[i]] == 0xFFFF) {
                members &= ~(1u << m);
            }
        }
        if (!wide) {
            continue;
        }
        if (p[i] < 0x40 || p[i] == 0xFF) {
            return 0;
        }
        if (i + 1 == len) {
            *cut = 1;
            break;
        }
        i++;
        if (p[i] < 0x40 || p[i] == 0xFF) {
            return 0;
        }
        unsigned cell = (p[i - 1] - 0x40u) * 191u + (p[i] - 0x40u);
        members &= rcd_mixed_members[rcd_mixed_classes[cell]];
        ++*characters;
    }
    return members;
}

static void check_cuts(const uint8_t *p, size_t len, check_random *r)
{
    rcd_mixed one, cut;
    rcd_bytewise whole, pieces;
    rcd_mixed_init(&one);
    rcd_mixed_init(&cut);
    rcd_bytewise_init(&whole);
    rcd_bytewise_init(&pieces);
    rcd_mixed_feed(&one, p, len);
    rcd_bytewise_feed(&whole, p, len);
    for (size_t i = 0; i < len;) {
        size_t n = 1 + random_below(r, 9);
        n = n < len - i ? n : len - i;
        rcd_mixed_feed(&cut, p + i, n);
        rcd_bytewise_feed(&pieces, p + i, n);
        i += n;
    }
    CHECK(one.members == cut.members && one.characters == cut.characters, "mixed cuts");
    CHECK(one.wide == cut.wide && one.lead == cut.lead, "mixed state at cuts");
    CHECK(whole.vni_bad == pieces.vni_bad && whole.iscii == pieces.iscii, "bytewise cuts");
    uint64_t characters, first_bad;
    int at_cut;
    unsigned members = expected(p, len, &characters, &at_cut);
    CHECK(rcd_mixed_end(&one, 1, &first_bad) == members, "members");
    CHECK(members == 0 || one.characters == characters, "characters");
    unsigned ended = rcd_mixed_end(&one, 0, &first_bad);
    CHECK(ended == (at_cut ? 0u : members), "a code cut at the end");
    CHECK(members == 0 || !at_cut || first_bad == len - 1, "where the cut code begins");
}

static void random_texts(void)
{
    static const uint8_t bytes[] = {0x0E, 0x0F, 0x40, 0x41, 0x4B, 0x45, 0x88, 0x15,
                                    0x61, 0xE1, 0xD4, 0xF9, 0xF0, 0xBF, 0x3F, 0xFF};
    check_random r = {7};
    uint8_t text[40];
    for (int n = 0; n < 20000; n++) {
        size_t len = 1 + random_below(&r, 39);
        for (size_t i = 0; i < len; i++) {
            text[i] = bytes[random_below(&r, n % 2 ? 13 : 16)];
        }
        text[0] = n % 3 ? 0x0E : text[0];
        check_cuts(text, len, &r);
    }
}

/* Text that shows no sign of EBCDIC at its start is given up, and only then. */
static void the_head(void)
{
    static uint8_t text[5000];
    memset(text, 0xC1, sizeof text);
    memcpy(text + 4998, "\x0E\x45", 2);
    rcd_mixed m;
    rcd_mixed_init(&m);
    rcd_mixed_feed(&m, text, sizeof text);
    CHECK(m.members == 0, "no spaces");
    for (size_t i = 0; i < sizeof text - 2; i += 6) {
        text[i] = 0x40;
    }
    rcd_mixed_init(&m);
    rcd_mixed_feed(&m, text, sizeof text);
    CHECK(m.members == 1023 && m.lead == 0x45, "spaces");
}

static void read_back(void)
{
    /* cp930: shift out, two wide letters, shift in, one-byte katakana */
    static const uint8_t text[] = {0x0E, 0x45, 0x41, 0x45, 0x42, 0x0F, 0x81, 0x15};
    uint32_t out[8];
    CHECK(rcd_mixed_charset(0) == RCD_CS_CP930, "id");
    size_t n = rcd_mixed_text(0, text, sizeof text, out, 8);
    CHECK(n == 4 && out[0] >= 0x3000 && out[1] >= 0x3000 && out[2] == 0xFF71 && out[3] == '\n',
          "text of cp930: %zu %X %X %X %X", n, out[0], out[1], out[2], out[3]);
    CHECK(rcd_mixed_text(0, text, sizeof text, out, 2) == 2, "no more than there is room for");
}

static int fits(const char *text, unsigned charset)
{
    rcd_bytewise s;
    rcd_bytewise_init(&s);
    rcd_bytewise_feed(&s, (const uint8_t *)text, strlen(text));
    CHECK(rcd_bytewise_fits(&s, RCD_CS_CP1252, 0), "others");
    return rcd_bytewise_fits(&s, charset, 0);
}

static void bytewise(void)
{
    static const struct {
        const char *text;
        unsigned charset;
        int fit;
    } cases[] = {
        {"Vie\xE4t", RCD_CS_VNI, 1},   /* an e with circumflex and dot */
        {"Vi\xE4t", RCD_CS_VNI, 0},    /* i takes no such accent */
        {"\xF4\xF9", RCD_CS_VNI, 1},   /* a letter that is a byte over 0x7F, and its accent */
        {"e\xE4\xE4", RCD_CS_VNI, 0},  /* one accent is enough */
        {"\xB3\xF0\xBF", RCD_CS_VNI, 0},
        {"\xB3\xF0\xBF", RCD_CS_ISCII_PNJ, 1},
        {"\xB3\xF0\xB3", RCD_CS_ISCII_PNJ, 0},
        {"\xF0", RCD_CS_ISCII_PNJ, 0},
        {"\xB3\xB3 and \xF0\xBF, then \xF0", RCD_CS_ISCII_PNJ, 0}, /* far behind what VNI has not */
        {"\xB3\xB3 and \xF0\xBF, then \xF0\xBF.", RCD_CS_ISCII_PNJ, 1},
        {"\xB3\xEA", RCD_CS_ISCII_DEV, 1}, /* the danda is Devanagari's alone, */
        {"\xB3\xEA", RCD_CS_ISCII_BNG, 0},
        {"\xB3 \xEF" "B\xEA\xEA \xEF" "C\xB3\n\xB3", RCD_CS_ISCII_BNG, 1}, /* and called; */
        {"\xB3 \xEF" "B\xEA\nx\xEA", RCD_CS_ISCII_BNG, 0}, /* a line begins in its own script */
        {"\xB3 \xEF" "B\xEA\xB3", RCD_CS_ISCII_BNG, 0},    /* words of two scripts are not read */
        {"\xB3 \xEF" "@\xB3", RCD_CS_ISCII_BNG, 1},
        {"\xB3 \xEF" "A\xB3", RCD_CS_ISCII_BNG, 0},
        {"\xB3 \xEF" "F\xB3", RCD_CS_ISCII_BNG, 1}, /* Assamese */
        {"\xB3 \xEF" "E\xB3", RCD_CS_ISCII_TLG, 1},
        {"\xB3 \xEF", RCD_CS_ISCII_TLG, 0},
        {"\xB3\xE8\xE9", RCD_CS_ISCII_MLM, 1}, /* a joiner; no nukta */
        {"\xB3\xE9", RCD_CS_ISCII_MLM, 0},
        {"\xB3\xE9", RCD_CS_ISCII_DEV, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CHECK(fits(cases[i].text, cases[i].charset) == cases[i].fit, "case %zu", i);
    }
}

int main(void)
{
    random_texts();
    the_head();
    read_back();
    bytewise();
    return check_end("mixed");
}
