/* test_scheme.c : what a scheme writes it reads; whatever the room for output and the cuts, nothing
 * is lost or repeated, and the state is that of one call. */
#include "check.h"
#include "scheme.h"

#define LONGEST 300 /* bytes of UTF-16 */
#define ROOM 4096

static check_random random_state = {77};

static unsigned chance(unsigned below)
{
    return (unsigned)random_below(&random_state, below);
}

static size_t make_text(const rcd_scheme *s, uint8_t *out, size_t len)
{
    static const uint32_t limits[] = {0x80, 0x250, 0x3100, 0x10000, 0x110000};
    static const uint32_t indian[] = {0x905, 0x915, 0x93C, 0x94D, 0x200D, 0xA0, 0x995, 0x9CD};
    const uint32_t limit = limits[chance(5)];
    size_t n = 0;
    while (n + 4 <= len) {
        uint32_t point = chance(3) == 0 ? chance(0x80) : chance(limit);
        const rcd_encode_map *map = s->encode;
        if ((point & 0xFFFFF800u) == 0xD800 || point == 0x1B || point == 0x0E || point == 0x0F ||
            (map != NULL && point >= 0x80 && CELL_KIND(rcd_encode_cell(map, point)) == 0)) {
            point = s->kind == RCD_SCHEME_ISCII ? indian[chance(sizeof indian / sizeof *indian)]
                                                : 0x3042 + chance(0x40);
        }
        n += rcd_put_utf16(out + n, point);
    }
    return n;
}

/* All of `data`, with room for so many bytes at a time, by pieces when `cut`. */
static rcd_stop in_rooms(const rcd_scheme *s, int writing, uint64_t *state, const uint8_t *data,
                         size_t len, uint8_t *out, size_t room, int cut)
{
    rcd_stop stop = {0, 0, RCD_STOP_OUTPUT, 0};
    size_t i = 0, o = 0, seen = cut ? 0 : len, idle = 0;
    for (;;) {
        scheme_convert(s, writing, state, data + i, seen - i, out + o, room, &stop);
        CHECK(stop.consumed <= seen - i && stop.produced <= room, "beyond");
        CHECK(stop.kind != RCD_STOP_OUTPUT || stop.length == 0, "a length without a place");
        i += stop.consumed;
        o += stop.produced;
        if (stop.kind == RCD_STOP_OUTPUT) {
            /* Only a character that does not fit may hold it up, and more room must help. */
            idle = stop.consumed == 0 && stop.produced == 0 ? idle + 1 : 0;
            CHECK(idle < 2 || room < 24, "stands still with room for %zu", room);
            room += idle > 0;
            continue;
        }
        if (seen < len && (stop.kind == RCD_STOP_END || stop.kind == RCD_STOP_CUT)) {
            seen += 1 + chance(3);
            seen = seen < len ? seen : len;
            continue;
        }
        break;
    }
    stop.consumed = i;
    stop.produced = o;
    return stop;
}

static void same(const char *what, const rcd_scheme *s, int writing, const uint8_t *data, size_t len)
{
    uint8_t want[ROOM], got[ROOM + 64];
    uint64_t state[RCD_STATE_WORDS] = {0};
    rcd_stop whole;
    scheme_convert(s, writing, state, data, len, want, ROOM, &whole);
    CHECK(whole.kind != RCD_STOP_OUTPUT, "%s: no room", what);
    for (size_t room = 0; room < 12; room++) {
        for (int cut = 0; cut < 2; cut++) {
            uint64_t again[RCD_STATE_WORDS] = {0};
            rcd_stop stop = in_rooms(s, writing, again, data, len, got, room, cut);
            CHECK(stop.kind == whole.kind && stop.consumed == whole.consumed &&
                      stop.produced == whole.produced,
                  "%s, kind %u, room %zu: %u %zu %zu, want %u %zu %zu", what, s->kind, room,
                  stop.kind, stop.consumed, stop.produced, whole.kind, whole.consumed,
                  whole.produced);
            CHECK(memcmp(got, want, whole.produced) == 0, "%s, kind %u: other bytes", what, s->kind);
            CHECK(memcmp(state, again, sizeof state) == 0, "%s, kind %u: other state", what, s->kind);
        }
    }
}

static void check_scheme(unsigned number)
{
    scheme_made made;
    scheme_open(&made, number);
    const rcd_scheme *s = &made.scheme;
    for (unsigned round = 0; round < 150; round++) {
        uint8_t text[LONGEST], bytes[ROOM], back[ROOM];
        uint64_t state[RCD_STATE_WORDS] = {0};
        rcd_stop stop, again;
        size_t len = make_text(s, text, 4 + chance(LONGEST - 4));
        scheme_convert(s, 1, state, text, len, bytes, ROOM, &stop);
        /* What was written so far is read as the text so far. */
        uint64_t reading[RCD_STATE_WORDS] = {0};
        scheme_convert(s, 0, reading, bytes, stop.produced, back, ROOM, &again);
        if (scheme_goes_back(s)) {
            CHECK(again.produced <= stop.consumed && memcmp(back, text, again.produced) == 0,
                  "scheme %u does not go back", number);
            CHECK(again.kind != RCD_STOP_END || again.produced == stop.consumed ||
                      s->kind == RCD_SCHEME_UTF7_IMAP,
                  "scheme %u loses %zu of %zu", number, again.produced, stop.consumed);
        }
        same("writing", s, 1, text, len);
        same("reading", s, 0, bytes, stop.produced < 400 ? stop.produced : 400);
        for (unsigned k = 0; k < 3 && stop.produced > 0; k++) {
            bytes[chance((unsigned)stop.produced)] = (uint8_t)chance(256);
        }
        same("reading damage", s, 0, bytes, stop.produced < 400 ? stop.produced : 400);
    }
    scheme_close(&made);
}

int main(void)
{
    for (unsigned number = 0; number < SCHEMES; number++) {
        check_scheme(number);
    }
    rcd_scheme none;
    memset(&none, 0, sizeof none);
    none.kind = 200;
    uint64_t state[RCD_STATE_WORDS] = {0};
    rcd_stop stop;
    CHECK(rcd_scheme_decode(&none, state, NULL, 0, NULL, 0, &stop) == RCD_E_OPTION, "a kind");
    return check_end("scheme");
}
