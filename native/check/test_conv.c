/* test_conv.c : every kernel set converts as the scalar one does, whatever the alignment, the
 * length, the damage, the room for output and the cuts; and never touches a byte beyond. */
#include "check.h"
#include "conv.h"
#include "recodec_patch.h"

#define LONGEST 1600 /* kernels take up to eight blocks of 64 bytes together, after smaller rounds */
#define ROOM (4 * LONGEST + 64)

static const char *const set_names[] = {"avx512", "avx2", "sse2", "neon", "scalar"};

static uint32_t seed = 1;

static uint32_t chance(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

typedef struct {
    int from, to;
    const void *from_map, *to_map;
} road;

static void convert(const road *r, int final, const uint8_t *data, size_t len, uint8_t *out,
                    size_t cap, rcd_stop *stop)
{
    int code = rcd_convert(r->from, r->from_map, r->to, r->to_map, final, data, len, out, cap, stop);
    CHECK(code == 0, "rcd_convert: %d", code);
}

/* The same call with each set: in memory that ends where it says, so that the sanitizer sees. */
static void compare(const char *what, const road *r, const uint8_t *data, size_t len, size_t cap)
{
    rcd_stop want = {0, 0, 0, 0};
    uint8_t expected[ROOM];
    rcd_kernel_force("scalar");
    convert(r, 1, data, len, expected, cap, &want);
    CHECK(want.consumed <= len && want.produced <= cap, "%s goes beyond", what);
    CHECK(want.kind != RCD_STOP_END || want.consumed == len, "%s ends early", what);
    for (size_t i = 0; i + 1 < sizeof set_names / sizeof *set_names; i++) {
        if (rcd_kernel_force(set_names[i]) < 0) {
            continue;
        }
        uint8_t *exact = malloc(len > 0 ? len : 1);
        uint8_t *out = malloc(cap > 0 ? cap : 1);
        memcpy(exact, data, len);
        rcd_stop got;
        convert(r, 1, exact, len, out, cap, &got);
        CHECK(got.consumed == want.consumed && got.produced == want.produced &&
                  got.kind == want.kind && got.length == want.length,
              "%s with %s, %zu bytes into %zu: %zu %zu %u %u, want %zu %zu %u %u", what,
              set_names[i], len, cap, got.consumed, got.produced, got.kind, got.length,
              want.consumed, want.produced, want.kind, want.length);
        CHECK(memcmp(out, expected, want.produced) == 0, "%s with %s differs", what, set_names[i]);
        free(exact);
        free(out);
    }
    rcd_kernel_force(NULL);
}

/* Any cuts of input and output give what one call gives. */
static void cut(const char *what, const road *r, const uint8_t *data, size_t len)
{
    uint8_t whole[ROOM], out[ROOM];
    rcd_stop want, got;
    convert(r, 1, data, len, whole, sizeof whole, &want);
    size_t i = 0, o = 0, seen = 0;
    unsigned stuck = 0;
    do {
        size_t more = chance(9);
        seen = more < len - seen ? seen + more : len;
        size_t room = chance(24);
        room = room < sizeof out - o ? room : sizeof out - o;
        convert(r, seen == len, data + i, seen - i, out + o, room, &got);
        i += got.consumed;
        o += got.produced;
        stuck = got.consumed > 0 || got.produced > 0 ? 0 : stuck + 1;
        if (got.kind == RCD_STOP_CUT && seen < len) {
            seen++;
        } else if (got.kind == RCD_STOP_ILLEGAL || got.kind == RCD_STOP_UNENCODABLE ||
                   got.kind == RCD_STOP_CUT) {
            break;
        }
    } while ((i < len || got.kind != RCD_STOP_END) && stuck < 1000);
    CHECK(i == want.consumed && o == want.produced && got.kind == want.kind,
          "%s in pieces: %zu %zu %u, want %zu %zu %u",
          what, i, o, got.kind, want.consumed, want.produced, want.kind);
    CHECK(memcmp(out, whole, o) == 0, "%s in pieces differs", what);
}

/* Codes of the table, in runs of one kind or mixed, with ASCII and now and then a wrong byte. */
static size_t make(const conv_maps *m, uint8_t *out, size_t len, unsigned damage)
{
    size_t n = 0;
    uint32_t from = chance(0xFFFF), span = 1 + chance(1 + chance(3) * 8000);
    unsigned ascii = chance(4);
    while (n < len) {
        rcd_one one;
        uint8_t text[4];
        if (chance(4) < ascii) {
            out[n++] = (uint8_t)(0x20 + chance(0x5F));
            continue;
        }
        if (damage && chance(damage) == 0) {
            out[n++] = (uint8_t)chance(256);
            continue;
        }
        uint32_t point = (from + chance(span)) % 0x2FFFF;
        if ((point & 0xFFFFF800u) == 0xD800) {
            point = 0x3042;
        }
        unsigned size = rcd_put_utf8(text, point);
        rcd_encode_one(m->encode, 0, 1, text, size, &one);
        if (one.kind != RCD_STOP_END) {
            point = 0xA0 + chance(0x300);
            size = rcd_put_utf8(text, point);
            rcd_encode_one(m->encode, 0, 1, text, size, &one);
        }
        if (one.kind == RCD_STOP_END && one.made <= len - n) {
            memcpy(out + n, one.out, one.made);
            n += one.made;
        } else {
            out[n++] = 'x';
        }
    }
    return n;
}

static size_t make_utf8(uint8_t *out, size_t len, unsigned damage)
{
    size_t n = 0;
    uint32_t limit = 1u << (7 + chance(14));
    while (n + 4 <= len) {
        uint32_t point = chance(3) ? chance(limit) % 0x110000 : chance(0x80);
        if (damage && chance(damage) == 0) {
            out[n++] = (uint8_t)chance(256);
        } else if ((point & 0xFFFFF800u) != 0xD800) {
            n += rcd_put_utf8(out + n, point);
        }
    }
    return n;
}

static void check_table(int number, unsigned rounds)
{
    const char *name = rcd_table_name(number);
    conv_maps m = conv_open(number);
    const road roads[] = {
        {RCD_FORM_TABLE, RCD_FORM_UTF8, m.utf8, NULL},
        {RCD_FORM_TABLE, RCD_FORM_UTF16LE, m.utf16, NULL},
        {RCD_FORM_UTF8, RCD_FORM_TABLE, NULL, m.encode},
        {RCD_FORM_UTF16LE, RCD_FORM_TABLE, NULL, m.encode},
        {RCD_FORM_TABLE, RCD_FORM_TABLE, m.utf8, m.encode},
        {RCD_FORM_TABLE, RCD_FORM_UTF32BE, m.utf8, NULL},
    };
    uint8_t code[LONGEST], utf8[ROOM], utf16[ROOM];
    for (unsigned round = 0; round < rounds; round++) {
        size_t len = make(&m, code, chance(round % 4 ? 400 : LONGEST), round % 3 == 2 ? 40 : 0);
        size_t cap = round % 4 == 3 ? chance(600) : ROOM;
        compare(name, roads, code, len, cap);
        compare(name, roads + 1, code, len, cap);
        compare(name, roads + 4, code, len, cap);
        cut(name, roads, code, len);
        cut(name, roads + 1, code, len);
        cut(name, roads + 4, code, len);
        cut(name, roads + 5, code, len);
        rcd_stop stop;
        convert(roads, 1, code, len, utf8, 3 * LONGEST, &stop);
        compare(name, roads + 2, utf8, stop.produced < LONGEST ? stop.produced : LONGEST, cap);
        cut(name, roads + 2, utf8, stop.produced < LONGEST ? stop.produced : LONGEST);
        convert(roads + 1, 1, code, len, utf16, 3 * LONGEST, &stop);
        compare(name, roads + 3, utf16, stop.produced < LONGEST ? stop.produced : LONGEST, cap);
        len = make_utf8(utf8, round % 4 ? 400 : LONGEST, round % 3 == 2 ? 40 : 0);
        compare(name, roads + 2, utf8, len, cap);
        cut(name, roads + 2, utf8, len);
    }
    conv_close(&m);
}

static void check_forms(unsigned rounds)
{
    uint8_t utf8[LONGEST], other[ROOM];
    for (unsigned round = 0; round < rounds; round++) {
        size_t len = make_utf8(utf8, 4 + chance(LONGEST - 4), round % 3 == 2 ? 60 : 0);
        for (int form = RCD_FORM_UTF8; form <= RCD_FORM_LATIN1; form++) {
            const road to = {RCD_FORM_UTF8, form, NULL, NULL};
            const road back = {form, RCD_FORM_UTF8, NULL, NULL};
            compare("UTF-8 to a form", &to, utf8, len, round % 4 == 3 ? chance(500) : ROOM);
            cut("UTF-8 to a form", &to, utf8, len);
            rcd_stop stop;
            convert(&to, 1, utf8, len, other, ROOM, &stop);
            size_t made = stop.produced;
            if (chance(3) == 0 && made > 0) {
                other[chance((uint32_t)made)] = (uint8_t)chance(256);
            }
            made = made < LONGEST ? made : LONGEST;
            compare("a form to UTF-8", &back, other, made, round % 4 == 3 ? chance(500) : ROOM);
            cut("a form to UTF-8", &back, other, made);
        }
    }
}

/* Every alignment and length, for sets of each shape. */
static void check_alignment(const char *name)
{
    conv_maps m = conv_open(rcd_table_find(name));
    const road decode = {RCD_FORM_TABLE, RCD_FORM_UTF8, m.utf8, NULL};
    const road encode = {RCD_FORM_UTF8, RCD_FORM_TABLE, NULL, m.encode};
    static uint8_t buffer[64 + 2 * LONGEST];
    for (size_t offset = 0; offset < 64; offset++) {
        for (size_t len = 0; len <= 200; len += 1 + (offset & 3) * 5) {
            uint8_t *at = buffer + offset;
            make(&m, at, len, 0);
            uint8_t out[ROOM], again[ROOM];
            rcd_stop stop, back;
            convert(&decode, 1, at, len, out, sizeof out, &stop);
            rcd_kernel_force("scalar");
            rcd_stop want;
            convert(&decode, 1, at, len, again, sizeof again, &want);
            rcd_kernel_force(NULL);
            CHECK(stop.produced == want.produced && memcmp(out, again, want.produced) == 0,
                  "%s at %zu, %zu bytes", name, offset, len);
            convert(&encode, 1, out, stop.produced, again, sizeof again, &back);
            CHECK(back.kind == RCD_STOP_END || stop.kind != RCD_STOP_END, "%s does not go back", name);
        }
    }
    conv_close(&m);
}

/* Every kernel set finds each unit that matters, wherever it stands. */
static void check_bits(void)
{
    uint8_t *data = malloc(2 * LONGEST);
    for (unsigned round = 0; round < 500; round++) {
        size_t units = chance(150);
        memset(data, 0, 2 * units);
        uint32_t want = 0;
        for (unsigned k = chance(4); k > 0 && units > 0; k--) {
            static const uint16_t choice[] = {0x7F, 0xFF, 0x100, 0xD7FF, 0xD800, 0xDFFF, 0xE000};
            uint32_t unit = choice[chance(7)];
            size_t at = chance((uint32_t)units);
            if (data[2 * at] == 0 && data[2 * at + 1] == 0) {
                data[2 * at] = (uint8_t)unit;
                data[2 * at + 1] = (uint8_t)(unit >> 8);
                want |= unit | ((unit & 0xF800) == 0xD800 ? RCD_UTF16_SURROGATES : 0u);
            }
        }
        for (size_t i = 0; i < sizeof set_names / sizeof *set_names; i++) {
            if (rcd_kernel_force(set_names[i]) == 0) {
                uint8_t *exact = malloc(2 * units + 1);
                memcpy(exact, data, 2 * units);
                uint32_t got = rcd_utf16_bits(exact, 2 * units);
                CHECK(got == want, "bits of %zu units with %s: %x, want %x", units, set_names[i],
                      got, want);
                free(exact);
            }
        }
    }
    free(data);
    rcd_kernel_force(NULL);
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

/* A byte of TSCII may be four code points, so that the block between two tables is full before a
 * round ends; where another character could join the last one, that is no end of the input. */
static void check_full_block(void)
{
    enum { BYTES = 3000 };
    static uint8_t data[BYTES], out[BYTES];
    conv_maps m = conv_open(rcd_table_find("tscii"));
    const road r = {RCD_FORM_TABLE, RCD_FORM_TABLE, m.utf8, m.encode};
    memset(data, 0x87, sizeof data);
    for (int final = 0; final < 2; final++) {
        rcd_stop stop;
        convert(&r, final, data, sizeof data, out, sizeof out, &stop);
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
    const road r = {RCD_FORM_UTF8, RCD_FORM_TABLE, NULL, m.encode};
    uint8_t out[8];
    rcd_stop stop;
    for (size_t len = 1; len < sizeof text; len++) {
        convert(&r, 0, text, len, out, sizeof out, &stop);
        CHECK(stop.kind == RCD_STOP_CUT && stop.consumed == 0 && stop.length == len,
              "%zu bytes of a text: %u at %zu", len, stop.kind, stop.consumed);
    }
    convert(&r, 1, text, sizeof text, out, sizeof out, &stop);
    CHECK(stop.kind == RCD_STOP_END && stop.produced == 1 && out[0] == 0x87, "a whole text: %u",
          stop.kind);
    conv_close(&m);
}

/* The last code point there is, and what comes behind it, alone and with a kernel's worth behind. */
static void check_last_point(void)
{
    static const int forms[] = {RCD_FORM_UTF32LE, RCD_FORM_UTF32BE};
    for (size_t i = 0; i < 2; i++) {
        const road r = {forms[i], RCD_FORM_UTF8, NULL, NULL};
        for (unsigned count = 1; count <= 64; count += 63) {
            uint8_t data[4 * 64] = {0}, out[4 * 64 + 64];
            rcd_stop stop;
            for (unsigned k = 0; k < count; k++) {
                const uint32_t point = k == 0 ? 0x10FFFF : 'a';
                for (unsigned b = 0; b < 4; b++) {
                    data[4 * k + b] = (uint8_t)(point >> 8 * (i == 0 ? b : 3 - b));
                }
            }
            convert(&r, 1, data, 4 * (size_t)count, out, sizeof out, &stop);
            CHECK(stop.kind == RCD_STOP_END && memcmp(out, "\xF4\x8F\xBF\xBF", 4) == 0,
                  "the last point: %u", stop.kind);
            memcpy(data, i == 0 ? "\0\0\x11\0" : "\0\x11\0\0", 4);
            convert(&r, 1, data, 4 * (size_t)count, out, sizeof out, &stop);
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
    check_bits();
    check_patched();
    check_full_block();
    check_text_in_pieces();
    check_last_point();
    check_roman();
    check_brief();
    check_rules();
    check_spellings();
    for (int i = 0; i < rcd_table_count(); i++) {
        check_table(i, 3);
    }
    static const char *const thorough[] = {"cp1251", "cp1252", "cp932", "euc_jp", "euc_kr",
                                           "gb18030", "big5hkscs", "euc-tw", "iso8859_6", "cp037"};
    for (size_t i = 0; i < sizeof thorough / sizeof *thorough; i++) {
        check_table(rcd_table_find(thorough[i]), 150);
        check_alignment(thorough[i]);
    }
    check_forms(400);
    return check_end("conv");
}
