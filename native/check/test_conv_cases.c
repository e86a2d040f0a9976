/* test_conv_cases.c : what conversion does at its edges: where input or output ends within a
 * character, at the last code point, and what stands for what cannot be converted. */
#include "check.h"
#include "conv.h"
#include "recodec_patch.h"

/* A byte of TSCII may be four code points, so that the block between two tables is full before a
 * round ends; where another character could join the last one, that is no end of the input. */
static void check_full_block(void)
{
    enum { BYTES = 3000 };
    static uint8_t data[BYTES], out[BYTES];
    conv_maps m = conv_open(rcd_table_find("tscii"));
    const conv_road r = {RCD_FORM_TABLE, RCD_FORM_TABLE, m.utf8, m.encode};
    memset(data, 0x87, sizeof data);
    for (int final = 0; final < 2; final++) {
        rcd_stop stop;
        conv_run(&r, final, data, sizeof data, out, sizeof out, &stop);
        const size_t held = stop.kind == RCD_STOP_CUT && !final ? stop.length : 0;
        CHECK((stop.kind == RCD_STOP_END || held > 0) && stop.consumed + held == sizeof data &&
                  stop.produced == stop.consumed && memcmp(out, data, stop.produced) == 0,
              "full block: %u at %zu", stop.kind, stop.consumed);
    }
    conv_close(&m);
}

/* A code of TSCII for three code points, which come one by one: the start is held back. */
static void check_text_in_pieces(void)
{
    static const uint8_t text[] = {0xE0, 0xAE, 0x95, 0xE0, 0xAF, 0x8D, 0xE0, 0xAE, 0xB7};
    conv_maps m = conv_open(rcd_table_find("tscii"));
    const conv_road r = {RCD_FORM_UTF8, RCD_FORM_TABLE, NULL, m.encode};
    uint8_t out[8];
    rcd_stop stop;
    for (size_t len = 1; len < sizeof text; len++) {
        conv_run(&r, 0, text, len, out, sizeof out, &stop);
        CHECK(stop.kind == RCD_STOP_CUT && stop.consumed == 0 && stop.length == len,
              "%zu bytes of a text: %u at %zu", len, stop.kind, stop.consumed);
    }
    conv_run(&r, 1, text, sizeof text, out, sizeof out, &stop);
    CHECK(stop.kind == RCD_STOP_END && stop.produced == 1 && out[0] == 0x87, "a whole text: %u",
          stop.kind);
    conv_close(&m);
}

/* The last code point there is, and what comes behind it, alone and with a kernel's worth behind. */
static void check_last_point(void)
{
    static const int forms[] = {RCD_FORM_UTF32LE, RCD_FORM_UTF32BE};
    for (size_t i = 0; i < 2; i++) {
        const conv_road r = {forms[i], RCD_FORM_UTF8, NULL, NULL};
        for (unsigned count = 1; count <= 64; count += 63) {
            uint8_t data[4 * 64] = {0}, out[4 * 64 + 64];
            rcd_stop stop;
            for (unsigned k = 0; k < count; k++) {
                const uint32_t point = k == 0 ? 0x10FFFF : 'a';
                for (unsigned b = 0; b < 4; b++) {
                    data[4 * k + b] = (uint8_t)(point >> 8 * (i == 0 ? b : 3 - b));
                }
            }
            conv_run(&r, 1, data, 4 * (size_t)count, out, sizeof out, &stop);
            CHECK(stop.kind == RCD_STOP_END && memcmp(out, "\xF4\x8F\xBF\xBF", 4) == 0,
                  "the last point: %u", stop.kind);
            memcpy(data, i == 0 ? "\0\0\x11\0" : "\0\x11\0\0", 4);
            conv_run(&r, 1, data, 4 * (size_t)count, out, sizeof out, &stop);
            CHECK(stop.kind == RCD_STOP_ILLEGAL && stop.consumed == 0 && stop.length == 4,
                  "behind the last point: %u", stop.kind);
        }
    }
}

/* The two characters of JIS Roman that are not those of ASCII are for the codec. */
static void check_roman(void)
{
    static const char text[2][14] = {"\x1B(Jab\\cdefghi", "\x1B(Jab~cdefghi"};
    conv_maps m = conv_open(rcd_table_find("euc_kr")); /* any pairs beside ASCII */
    for (size_t i = 0; i < 2; i++) {
        uint8_t out[64];
        uint32_t state = 0;
        rcd_stop stop;
        const int code = rcd_convert_iso2022jp(RCD_FORM_UTF8, m.utf8, NULL, &state, 1,
                                               (const uint8_t *)text[i], 13, out, sizeof out, &stop);
        CHECK(code == 0 && stop.kind == RCD_STOP_ILLEGAL && stop.consumed == 5,
              "JIS Roman: %d, %u at %zu", code, stop.kind, stop.consumed);
    }
    conv_close(&m);
}

static void check_brief(void)
{
    static const uint8_t data[] = {'a', 0x88, 0x9F, 'b', 0x88};
    conv_maps m = conv_open(rcd_table_find("cp932"));
    rcd_way way = {m.utf8, NULL, RCD_FORM_TABLE, RCD_FORM_UTF8};
    uint8_t out[16];
    CHECK(rcd_convert_brief(&way, 1, data, 4, out, sizeof out) == 5 * 16, "brief: whole");
    CHECK(memcmp(out, "a\xE4\xBA\x9C" "b", 5) == 0, "brief: text");
    CHECK(rcd_convert_brief(&way, 1, data, 5, out, sizeof out) == RCD_E_OPTION, "brief: cut");
    CHECK(rcd_convert_brief(&way, 0, data, 5, out, sizeof out) == 5 * 16 + 1, "brief: held back");
    CHECK(rcd_convert_brief(&way, 1, data, 4, out, 4) == RCD_E_OPTION, "brief: no room");
    CHECK(rcd_convert_brief(&way, 1, data, 0, out, 0) == 0, "brief: nothing");
    CHECK(rcd_convert_brief(&way, 1, (const uint8_t *)"\x82\1", 2, out, 16) == RCD_E_OPTION,
          "brief: illegal");
    conv_close(&m);
}

static void check_patched(void)
{
    static const uint8_t data[] = {'a', 0xA1, 'b', 0xC7, 0xC7, 0xA2};
    conv_maps m = conv_open(rcd_table_find("iso8859_6"));
    rcd_patch patch = {0};
    patch.illegal = RCD_PUT_TEXT;
    patch.first = 1;
    patch.length[0] = 2;
    memcpy(patch.text[0], "->", 2);
    uint8_t out[64];
    rcd_stop stop;
    rcd_convert_patched(RCD_FORM_TABLE, m.utf8, RCD_FORM_UTF8, NULL, 1, data, sizeof data, out,
                        sizeof out, &patch, &stop);
    CHECK(stop.kind == RCD_STOP_END && stop.consumed == sizeof data, "patched: %u", stop.kind);
    CHECK(stop.produced == 10 && memcmp(out, "a->b\xD8\xA7\xD8\xA7->", 10) == 0,
          "patched: %zu bytes", stop.produced);
    CHECK(patch.count[0] == 2 && patch.count[1] == 0, "patched %d", (int)patch.count[0]);
    rcd_convert_patched(RCD_FORM_TABLE, m.utf8, RCD_FORM_UTF8, NULL, 1, data, sizeof data, out, 2,
                        &patch, &stop);
    CHECK(stop.kind == RCD_STOP_OUTPUT && stop.consumed == 1 && stop.produced == 1,
          "patched without room: %u", stop.kind);
    patch.illegal = RCD_PUT_NOTHING;
    patch.unencodable = RCD_PUT_TEXT;
    rcd_convert_patched(RCD_FORM_UTF8, NULL, RCD_FORM_TABLE, m.encode, 1,
                        (const uint8_t *)"\xD0\x96!\xFF", 4, out, sizeof out, &patch, &stop);
    CHECK(stop.kind == RCD_STOP_ILLEGAL && stop.consumed == 3 && stop.produced == 1 &&
              out[0] == '!' && patch.count[1] == 1,
          "left out: %u", stop.kind);
    /* Bytes that are no character are none without a code, however near the last such. */
    rcd_convert_patched(RCD_FORM_UTF8, NULL, RCD_FORM_TABLE, m.encode, 1,
                        (const uint8_t *)"\xD0\x96!\xFF, and more", 13, out, sizeof out, &patch,
                        &stop);
    CHECK(stop.kind == RCD_STOP_ILLEGAL && stop.consumed == 3 && patch.count[1] == 2,
          "illegal near what is left out: %u at %zu", stop.kind, stop.consumed);
    conv_close(&m);
}

/* What each rule writes, into UTF-8 or UTF-16 with surrogates, or by a table. */
static void check_rules(void)
{
    conv_maps m = conv_open(rcd_table_find("iso8859_6"));
    static const struct {
        uint8_t put;
        const char *text, *want;
    } cases[] = {
        {RCD_PUT_HEX, "\xC3\xA9\xD0\x96\xF0\x9F\x98\x80", "\\xe9\\u0416\\U0001f600"},
        {RCD_PUT_DECIMAL, "\xC3\xA9\xD0\x96\xF0\x9F\x98\x80", "&#233;&#1046;&#128512;"},
    };
    uint8_t out[64];
    rcd_stop stop;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rcd_patch patch = {0};
        patch.unencodable = cases[i].put;
        rcd_convert_patched(RCD_FORM_UTF8, NULL, RCD_FORM_TABLE, m.encode, 1,
                            (const uint8_t *)cases[i].text, strlen(cases[i].text), out, sizeof out,
                            &patch, &stop);
        CHECK(stop.kind == RCD_STOP_END && stop.produced == strlen(cases[i].want) &&
                  memcmp(out, cases[i].want, stop.produced) == 0 && patch.count[1] == 3,
              "rule %d: %.*s", (int)i, (int)stop.produced, (const char *)out);
    }
    rcd_patch patch = {0};
    rcd_place places[2];
    patch.illegal = patch.unencodable = RCD_PUT_ESCAPE;
    patch.first = patch.text_form = 1;
    patch.places = places;
    patch.room = 2;
    patch.before = 7;
    rcd_convert_patched(RCD_FORM_TABLE, m.utf16, RCD_FORM_UTF16LE, NULL, 1,
                        (const uint8_t *)"\xA1\xFF" "a\xA2", 4, out, sizeof out, &patch, &stop);
    CHECK(stop.kind == RCD_STOP_OUTPUT && stop.consumed == 3 && stop.produced == 6 &&
              memcmp(out, "\xA1\xDC\xFF\xDC" "a\0", 6) == 0,
          "escaped: %zu bytes", stop.produced);
    CHECK(patch.placed == 2 && places[0].at == 7 && places[1].at == 8 && places[1].length == 1,
          "places: %d", (int)patch.placed);
    patch.places = NULL;
    rcd_convert_patched(RCD_FORM_UTF16LE, NULL, RCD_FORM_TABLE, m.encode, 1,
                        (const uint8_t *)"\xA1\xDC\xFF\xDC" "a\0\x16\x04", 8, out, sizeof out,
                        &patch, &stop);
    CHECK(stop.kind == RCD_STOP_UNENCODABLE && stop.consumed == 6 && stop.produced == 3 &&
              memcmp(out, "\xA1\xFF" "a", 3) == 0,
          "escaped back: %u", stop.kind);
    conv_close(&m);
}

static void check_spellings(void)
{
    static const uint8_t bytes[] = {0, RCD_SPELT_OTHER, 2, 0, 'o', 'e', RCD_SPELT_NOT, 0, 0};
    static uint16_t page[0x1100];
    static uint32_t cell[512];
    const rcd_spellings list = {page, cell, bytes};
    conv_maps m = conv_open(rcd_table_find("iso8859_6"));
    page[1] = 1;
    cell[256 + 0x53] = 1;
    cell[256 + 0x54] = 6;
    rcd_patch patch = {0};
    patch.unencodable = RCD_PUT_TEXT;
    patch.length[1] = 1;
    patch.text[1][0] = '?';
    patch.spellings = &list;
    uint8_t out[64];
    rcd_stop stop;
    rcd_convert_patched(RCD_FORM_UTF8, NULL, RCD_FORM_TABLE, m.encode, 1,
                        (const uint8_t *)"c\xC5\x93ur \xC5\x94 \xC5\x95", 11, out, sizeof out,
                        &patch, &stop);
    CHECK(stop.kind == RCD_STOP_UNENCODABLE && stop.consumed == 9 && stop.produced == 8 &&
              memcmp(out, "coeur ? ", 8) == 0,
          "spelt: %u, %.*s", stop.kind, (int)stop.produced, (const char *)out);
    CHECK(patch.respelled == 1 && patch.count[1] == 1, "spelt: %d", (int)patch.respelled);
    conv_close(&m);
}

int main(void)
{
    check_full_block();
    check_text_in_pieces();
    check_last_point();
    check_roman();
    check_brief();
    check_patched();
    check_rules();
    check_spellings();
    return check_end("conv_cases");
}
