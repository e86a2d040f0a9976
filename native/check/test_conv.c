/* test_conv.c : every kernel set converts as the scalar one does, whatever the alignment, the
 * length, the damage, the room for output and the cuts; and never touches a byte beyond. */
#include "check.h"
#include "conv.h"

#define LONGEST 1600 /* kernels take up to eight blocks of 64 bytes together, after smaller rounds */
#define ROOM (4 * LONGEST + 64)

static const char *const set_names[] = {"avx512", "avx2", "sse2", "neon", "scalar"};

static uint32_t seed = 1;

static uint32_t chance(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

/* The same call with each set: in memory that ends where it says, so that the sanitizer sees. */
static void compare(const char *what, const conv_road *r, const uint8_t *data, size_t len,
                    size_t cap)
{
    rcd_stop want = {0, 0, 0, 0};
    uint8_t expected[ROOM];
    rcd_kernel_force("scalar");
    conv_run(r, 1, data, len, expected, cap, &want);
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
        conv_run(r, 1, exact, len, out, cap, &got);
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
static void cut(const char *what, const conv_road *r, const uint8_t *data, size_t len)
{
    uint8_t whole[ROOM], out[ROOM];
    rcd_stop want, got;
    conv_run(r, 1, data, len, whole, sizeof whole, &want);
    size_t i = 0, o = 0, seen = 0;
    unsigned stuck = 0;
    do {
        size_t more = chance(9);
        seen = more < len - seen ? seen + more : len;
        size_t room = chance(24);
        room = room < sizeof out - o ? room : sizeof out - o;
        conv_run(r, seen == len, data + i, seen - i, out + o, room, &got);
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
    const conv_road roads[] = {
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
        conv_run(roads, 1, code, len, utf8, 3 * LONGEST, &stop);
        compare(name, roads + 2, utf8, stop.produced < LONGEST ? stop.produced : LONGEST, cap);
        cut(name, roads + 2, utf8, stop.produced < LONGEST ? stop.produced : LONGEST);
        conv_run(roads + 1, 1, code, len, utf16, 3 * LONGEST, &stop);
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
            const conv_road to = {RCD_FORM_UTF8, form, NULL, NULL};
            const conv_road back = {form, RCD_FORM_UTF8, NULL, NULL};
            compare("UTF-8 to a form", &to, utf8, len, round % 4 == 3 ? chance(500) : ROOM);
            cut("UTF-8 to a form", &to, utf8, len);
            rcd_stop stop;
            conv_run(&to, 1, utf8, len, other, ROOM, &stop);
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
    const conv_road decode = {RCD_FORM_TABLE, RCD_FORM_UTF8, m.utf8, NULL};
    const conv_road encode = {RCD_FORM_UTF8, RCD_FORM_TABLE, NULL, m.encode};
    static uint8_t buffer[64 + 2 * LONGEST];
    for (size_t offset = 0; offset < 64; offset++) {
        for (size_t len = 0; len <= 200; len += 1 + (offset & 3) * 5) {
            uint8_t *at = buffer + offset;
            make(&m, at, len, 0);
            uint8_t out[ROOM], again[ROOM];
            rcd_stop stop, back;
            conv_run(&decode, 1, at, len, out, sizeof out, &stop);
            rcd_kernel_force("scalar");
            rcd_stop want;
            conv_run(&decode, 1, at, len, again, sizeof again, &want);
            rcd_kernel_force(NULL);
            CHECK(stop.produced == want.produced && memcmp(out, again, want.produced) == 0,
                  "%s at %zu, %zu bytes", name, offset, len);
            conv_run(&encode, 1, out, stop.produced, again, sizeof again, &back);
            CHECK(back.kind == RCD_STOP_END || stop.kind != RCD_STOP_END, "%s does not go back",
                  name);
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

int main(void)
{
    check_bits();
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
