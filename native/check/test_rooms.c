/* test_rooms.c : conversion with room for 0, 1, 2 ... bytes at a time: every form and shapes of
 * tables. What fits is made, nothing is lost or repeated, and "no room" is said while less is there
 * than the next character takes. */
#include "check.h"
#include "conv.h"

#define LONGEST 240
#define ROOM 4096
#define MOST 24 /* bytes that one code becomes at most: a text of four code points as UTF-32 */

static check_random random_state = {5};

static unsigned chance(unsigned below)
{
    return (unsigned)random_below(&random_state, below);
}

/* A way to convert: by rcd_convert(), or ISO-2022-JP. */
typedef struct {
    const char *what;
    int from, to;
    const void *from_map, *to_map;
    int shelled;
} road;

static void convert(const road *r, uint32_t *state, const uint8_t *data, size_t len, uint8_t *out,
                    size_t cap, rcd_stop *stop)
{
    uint8_t *room = malloc(cap > 0 ? cap : 1); /* so that the sanitizer sees what is beyond */
    int code = r->shelled
                   ? rcd_convert_iso2022jp(r->from_map != NULL ? r->to : r->from, r->from_map,
                                           r->to_map, state, 1, data, len, room, cap, stop)
                   : rcd_convert(r->from, r->from_map, r->to, r->to_map, 1, data, len, room, cap,
                                 stop);
    CHECK(code == 0 && stop->produced <= cap, "%s: %d", r->what, code);
    memcpy(out, room, stop->produced);
    free(room);
}

static void check_road(const road *r, const uint8_t *data, size_t len)
{
    uint8_t want[ROOM], got[ROOM];
    uint32_t state = 0;
    rcd_stop whole, stop;
    convert(r, &state, data, len, want, ROOM, &whole);
    CHECK(whole.kind != RCD_STOP_OUTPUT, "%s: no room at all", r->what);
    for (size_t room = 0; room <= 16; room++) {
        size_t i = 0, o = 0, more = 0;
        state = 0;
        do {
            convert(r, &state, data + i, len - i, got + o, room + more, &stop);
            i += stop.consumed;
            o += stop.produced;
            if (stop.kind == RCD_STOP_OUTPUT && stop.consumed == 0 && stop.produced == 0) {
                CHECK(stop.length == 0, "%s: a length without a place", r->what);
                more++;
            } else {
                more = 0; /* that character is through */
            }
        } while (stop.kind == RCD_STOP_OUTPUT && room + more <= MOST);
        CHECK(stop.kind == whole.kind && i == whole.consumed && o == whole.produced &&
                  stop.length == whole.length,
              "%s, room %zu: %zu %zu %u, want %zu %zu %u", r->what, room, i, o, stop.kind,
              whole.consumed, whole.produced, whole.kind);
        CHECK(memcmp(got, want, o) == 0, "%s, room %zu: other bytes", r->what, room);
    }
}

/* UTF-8 that the map can write, with some that it cannot. */
static size_t make_text(const rcd_encode_map *map, uint8_t *out, size_t len)
{
    size_t n = 0;
    while (n + 4 <= len) {
        uint32_t point = chance(3) == 0 ? chance(0x80) : chance(chance(2) ? 0x3100 : 0x2FFFF);
        if ((point & 0xFFFFF800u) == 0xD800 ||
            (map != NULL && CELL_KIND(rcd_encode_cell(map, point) & ~CELL_STARTS) == 0 &&
             chance(200) != 0)) {
            point = 0x41 + chance(26);
        }
        n += rcd_put_utf8(out + n, point);
    }
    return n;
}

static void check_table(const char *name)
{
    conv_maps m = conv_open(rcd_table_find(name));
    const road write = {name, RCD_FORM_UTF8, RCD_FORM_TABLE, NULL, m.encode, 0};
    const road write16 = {name, RCD_FORM_UTF16LE, RCD_FORM_TABLE, NULL, m.encode, 0};
    const road roads[] = {
        {name, RCD_FORM_TABLE, RCD_FORM_UTF8, m.utf8, NULL, 0},
        {name, RCD_FORM_TABLE, RCD_FORM_UTF16LE, m.utf16, NULL, 0},
        {name, RCD_FORM_TABLE, RCD_FORM_UTF32BE, m.utf8, NULL, 0},
        {name, RCD_FORM_TABLE, RCD_FORM_TABLE, m.utf8, m.encode, 0},
    };
    for (unsigned round = 0; round < 25; round++) {
        uint8_t text[LONGEST], other[ROOM];
        rcd_stop stop;
        size_t len = make_text(m.encode, text, 4 + chance(LONGEST - 4));
        check_road(&write, text, len);
        rcd_convert(RCD_FORM_UTF8, NULL, RCD_FORM_UTF16LE, NULL, 1, text, len, other, ROOM, &stop);
        check_road(&write16, other, stop.produced);
        rcd_convert(RCD_FORM_UTF8, NULL, RCD_FORM_TABLE, m.encode, 1, text, len, other, ROOM,
                    &stop);
        if (round % 3 == 2 && stop.produced > 0) {
            other[chance((unsigned)stop.produced)] = (uint8_t)chance(256);
        }
        for (size_t i = 0; i < sizeof roads / sizeof *roads; i++) {
            check_road(roads + i, other, stop.produced);
        }
    }
    conv_close(&m);
}

static void check_forms(void)
{
    for (unsigned round = 0; round < 40; round++) {
        for (int form = RCD_FORM_UTF8; form <= RCD_FORM_LATIN1; form++) {
            const road to = {"to a form", RCD_FORM_UTF8, form, NULL, NULL, 0};
            const road back = {"from a form", form, RCD_FORM_UTF8, NULL, NULL, 0};
            uint8_t text[LONGEST], other[ROOM];
            rcd_stop stop;
            size_t len = make_text(NULL, text, 4 + chance(LONGEST - 4));
            check_road(&to, text, len);
            rcd_convert(RCD_FORM_UTF8, NULL, form, NULL, 1, text, len, other, ROOM, &stop);
            check_road(&back, other, stop.produced);
        }
    }
}

/* ISO-2022-JP by the map of its set in the form that EUC-JP has: what of EUC-JP has one byte or two. */
static void check_shell(void)
{
    rcd_table_shape shape;
    rcd_table table = conv_expand(rcd_table_find("euc_jp"), &shape);
    uint32_t n = 0;
    for (uint32_t i = 0; i < shape.decode; i++) {
        uint64_t code = table.decode[i].code;
        int plain = table.decode[i].length == 1 ? code < 0x80 : code >= 0xA1A1;
        if (table.decode[i].length < 3 && plain && table.decode[i].flag == 0) {
            table.decode[n++] = table.decode[i];
        }
    }
    shape.decode = n;
    shape.encode = 0;
    rcd_decode_map *utf8 = conv_build(RCD_MAP_DECODE_UTF8, 0, &shape, &table);
    rcd_decode_map *utf16 = conv_build(RCD_MAP_DECODE_UTF16, 0, &shape, &table);
    rcd_encode_map *encode = conv_build(RCD_MAP_ENCODE, 0, &shape, &table);
    CHECK(utf8->paired, "no map of pairs");
    const road write = {"ISO-2022-JP", RCD_FORM_UTF8, 0, NULL, encode, 1};
    const road read = {"ISO-2022-JP", 0, RCD_FORM_UTF8, utf8, NULL, 1};
    const road read16 = {"ISO-2022-JP", 0, RCD_FORM_UTF16LE, utf16, NULL, 1};
    for (unsigned round = 0; round < 200; round++) {
        uint8_t text[LONGEST], other[ROOM];
        uint32_t state = 0;
        rcd_stop stop;
        size_t len = make_text(encode, text, 4 + chance(LONGEST - 4));
        check_road(&write, text, len);
        convert(&write, &state, text, len, other, ROOM, &stop);
        check_road(&read, other, stop.produced);
        check_road(&read16, other, stop.produced);
    }
    free(table.decode);
    free(table.encode);
    free(utf8);
    free(utf16);
    free(encode);
}

int main(void)
{
    static const char *const tables[] = {"cp1251",    "cp932",  "euc_jp", "gb18030",
                                         "big5hkscs", "euc-tw", "cp037",  "shift_jisx0213"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        check_table(tables[i]);
    }
    check_forms();
    check_shell();
    return check_end("rooms");
}
