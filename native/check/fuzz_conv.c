/* fuzz_conv.c : conversion of any bytes by any table, both ways and through: in bounds, the same by
 * every kernel set, in one piece or in many, with any room for output; what decodes to something
 * that encodes again gives bytes that decode to the same.
 *
 *  The first two bytes choose the table, the third the road and the fourth the room. */
#include "conv.h"
#include "fuzz.h"
#include "recodec_patch.h"

#define ROOM 8192
#define LONGEST 1500 /* so that whatever it becomes has room */

typedef struct {
    int from, to;
    const void *from_map, *to_map;
} road;

/* One call in memory that ends where it says. */
static rcd_stop once(const road *r, int final, const uint8_t *data, size_t len, uint8_t *out,
                     size_t cap)
{
    uint8_t *in = exact_copy(data, len);
    uint8_t *room = malloc(cap > 0 ? cap : 1);
    rcd_stop stop;
    REQUIRE(rcd_convert(r->from, r->from_map, r->to, r->to_map, final, in, len, room, cap, &stop) ==
            0);
    REQUIRE(stop.consumed <= len && stop.produced <= cap);
    REQUIRE(stop.length <= len - stop.consumed);
    REQUIRE(stop.kind <= RCD_STOP_UNENCODABLE);
    REQUIRE(stop.kind != RCD_STOP_END || stop.consumed == len);
    REQUIRE(stop.kind < RCD_STOP_CUT || stop.length > 0);
    memcpy(out, room, stop.produced);
    free(in);
    free(room);
    return stop;
}

static rcd_stop in_pieces(const road *r, check_random *choice, const uint8_t *data, size_t len,
                          uint8_t *out)
{
    rcd_stop stop;
    size_t i = 0, o = 0, seen = 0;
    for (;;) {
        seen += random_piece(choice, len - seen);
        size_t cap = random_below(choice, 64);
        cap = cap < ROOM - o ? cap : ROOM - o;
        stop = once(r, seen == len, data + i, seen - i, out + o, cap);
        i += stop.consumed;
        o += stop.produced;
        int waits = stop.kind == RCD_STOP_CUT && seen < len;
        if (stop.kind >= RCD_STOP_CUT && !waits) {
            break;
        }
        if (stop.kind == RCD_STOP_END && seen == len) {
            break;
        }
    }
    stop.consumed = i;
    stop.produced = o;
    return stop;
}

static void check_road(const road *r, check_random *choice, const uint8_t *data, size_t len,
                       size_t cap)
{
    uint8_t out[ROOM], again[ROOM];
    rcd_kernel_force("scalar");
    rcd_stop want = once(r, 1, data, len, out, cap);
    choose_kernel(choice);
    rcd_stop got = once(r, 1, data, len, again, cap);
    REQUIRE(got.consumed == want.consumed && got.produced == want.produced);
    REQUIRE(got.kind == want.kind && got.length == want.length);
    REQUIRE(memcmp(out, again, want.produced) == 0);
    want = once(r, 1, data, len, out, ROOM);
    const rcd_way way = {r->from_map, r->to_map, r->from, r->to};
    const int64_t brief = rcd_convert_brief(&way, 1, data, len, again, ROOM);
    REQUIRE(brief == (want.kind == RCD_STOP_END ? (int64_t)want.produced * 16 : RCD_E_OPTION));
    REQUIRE(brief < 0 || memcmp(out, again, want.produced) == 0);
    got = in_pieces(r, choice, data, len, again);
    REQUIRE(got.consumed == want.consumed && got.produced == want.produced);
    REQUIRE(got.kind == want.kind);
    REQUIRE(memcmp(out, again, want.produced) == 0);
}

/* Spellings of some characters: the first page of each plane's start knows all of them. */
static const uint8_t spelt[] = {0, RCD_SPELT_NOT, 0, 0, RCD_SPELT_OTHER, 2, 0, 'o', 'e',
                                RCD_SPELT_BAD, 1, 0, 'b'};
static uint16_t spelt_page[0x1100];
static uint32_t spelt_cell[2 * 256];

static const rcd_spellings *spellings(check_random *choice)
{
    static rcd_spellings list = {spelt_page, spelt_cell, spelt};
    for (unsigned i = 0; i < 0x1100; i++) {
        spelt_page[i] = random_below(choice, 4) != 0;
    }
    for (unsigned i = 0; i < 256; i++) {
        static const uint32_t at[] = {0, 1, 4, 9};
        spelt_cell[256 + i] = at[random_below(choice, 4)];
    }
    return &list;
}

static rcd_patch some_patch(check_random *choice)
{
    rcd_patch patch = {0};
    patch.illegal = (uint8_t)random_below(choice, RCD_PUT_ESCAPE + 1);
    patch.unencodable = (uint8_t)random_below(choice, RCD_PUT_ESCAPE + 1);
    patch.first = (uint8_t)random_below(choice, 2);
    patch.text_form = (uint8_t)random_below(choice, 2);
    for (unsigned i = 0; i < 2; i++) {
        patch.length[i] = (uint8_t)random_below(choice, 4);
        memset(patch.text[i], 'x', sizeof patch.text[i]);
    }
    patch.spellings = random_below(choice, 2) ? spellings(choice) : NULL;
    return patch;
}

/* Patched: the same for any room, in bounds, and what is left is for the caller to say. */
static void check_patched(const road *r, check_random *choice, const uint8_t *data, size_t len)
{
    static uint8_t out[20 * ROOM], again[20 * ROOM];
    static rcd_place all[LONGEST];
    rcd_place few[4];
    rcd_patch patch = some_patch(choice), small = patch;
    rcd_stop want, stop;
    uint8_t *in = exact_copy(data, len);
    patch.places = all;
    patch.room = LONGEST;
    REQUIRE(rcd_convert_patched(r->from, r->from_map, r->to, r->to_map, 1, in, len, out, sizeof out,
                                &patch, &want) == 0);
    REQUIRE(want.consumed <= len && want.produced <= sizeof out && want.kind != RCD_STOP_OUTPUT);
    REQUIRE(want.kind != RCD_STOP_END || want.consumed == len);
    size_t i = 0, o = 0, noted = 0;
    do {
        size_t cap = random_below(choice, 80);
        uint8_t *room = malloc(cap > 0 ? cap : 1);
        small.places = few;
        small.room = sizeof few / sizeof *few;
        small.placed = 0;
        small.before = i;
        REQUIRE(rcd_convert_patched(r->from, r->from_map, r->to, r->to_map, 1, in + i, len - i,
                                    room, cap, &small, &stop) == 0);
        REQUIRE(stop.consumed <= len - i && stop.produced <= cap && small.placed <= small.room);
        REQUIRE(stop.produced <= sizeof again - o && noted + small.placed <= patch.placed);
        for (size_t k = 0; k < small.placed; k++) {
            REQUIRE(few[k].at == all[noted].at && few[k].length == all[noted].length);
            REQUIRE(few[k].unencodable == all[noted].unencodable);
            noted++;
        }
        memcpy(again + o, room, stop.produced);
        free(room);
        i += stop.consumed;
        o += stop.produced;
    } while (stop.kind == RCD_STOP_OUTPUT);
    REQUIRE(i == want.consumed && o == want.produced && stop.kind == want.kind);
    REQUIRE(memcmp(out, again, o) == 0);
    REQUIRE(noted == patch.placed);
    REQUIRE(patch.count[0] == small.count[0] && patch.count[1] == small.count[1]);
    REQUIRE(patch.respelled == small.respelled);
    free(in);
}

static void check_shell(const conv_maps *m, check_random *choice, const uint8_t *data, size_t len)
{
    uint8_t out[ROOM], again[ROOM];
    if (!m->utf8->paired) {
        return;
    }
    uint32_t state = 0, first = 0;
    rcd_stop stop, want;
    uint8_t *in = exact_copy(data, len);
    rcd_kernel_force("scalar");
    rcd_convert_iso2022jp(RCD_FORM_UTF8, m->utf8, NULL, &first, 1, in, len, out, ROOM, &want);
    choose_kernel(choice);
    size_t i = 0, o = 0;
    do {
        size_t cap = random_below(choice, 40);
        cap = cap < ROOM - o ? cap : ROOM - o;
        uint8_t *room = malloc(cap > 0 ? cap : 1);
        REQUIRE(rcd_convert_iso2022jp(RCD_FORM_UTF8, m->utf8, NULL, &state, 1, in + i, len - i,
                                      room, cap, &stop) == 0);
        REQUIRE(stop.consumed <= len - i && stop.produced <= cap);
        memcpy(again + o, room, stop.produced);
        free(room);
        i += stop.consumed;
        o += stop.produced;
    } while (stop.kind == RCD_STOP_OUTPUT);
    REQUIRE(i == want.consumed && o == want.produced && stop.kind == want.kind);
    REQUIRE(memcmp(out, again, o) == 0);
    state = 0;
    REQUIRE(rcd_convert_iso2022jp(RCD_FORM_UTF8, NULL, m->encode, &state, 1, in, len, out,
                                  random_below(choice, ROOM), &stop) == 0);
    free(in);
}

/* Tables take longer to lay out than inputs to convert, so that some are kept. */
#define KEPT 64

static conv_maps open_table(int table)
{
    static struct {
        int table; /* plus one */
        conv_maps maps;
    } kept[KEPT];
    int at = table % KEPT;
    if (kept[at].table != table + 1) {
        if (kept[at].table != 0) {
            conv_close(&kept[at].maps);
        }
        kept[at].maps = conv_open(table);
        kept[at].table = table + 1;
    }
    return kept[at].maps;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (len < 4) {
        return 0;
    }
    int table = ((int)data[0] << 8 | data[1]) % rcd_table_count();
    unsigned which = data[2];
    size_t cap = data[3] < 128 ? (size_t)data[3] * 2 : ROOM;
    check_random choice = choices_from(data, len);
    data += 4;
    len = len - 4 < LONGEST ? len - 4 : LONGEST;
    conv_maps m = open_table(table);
    int form = RCD_FORM_UTF8 + (int)(which >> 3) % (RCD_FORM_LATIN1 - RCD_FORM_UTF8 + 1);
    const road roads[] = {
        {RCD_FORM_TABLE, form, form == RCD_FORM_UTF16LE ? m.utf16 : m.utf8, NULL},
        {form, RCD_FORM_TABLE, NULL, m.encode},
        {RCD_FORM_TABLE, RCD_FORM_TABLE, m.utf8, m.encode},
        {form, RCD_FORM_UTF8, NULL, NULL},
        {RCD_FORM_UTF8, form, NULL, NULL},
    };
    unsigned number = which & 7;
    if (number >= sizeof roads / sizeof *roads) {
        check_shell(&m, &choice, data, len);
    } else {
        check_road(roads + number, &choice, data, len, cap);
        check_patched(roads + number, &choice, data, len);
    }
    rcd_kernel_force(NULL);
    return 0;
}
