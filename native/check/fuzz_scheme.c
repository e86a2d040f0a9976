/* fuzz_scheme.c : schemes read any bytes and write any UTF-16 in bounds, the same with any room for
 * output and any cuts; what they write they read.
 *
 *  The first byte chooses the scheme and the direction, the second the room. */
#include "fuzz.h"
#include "scheme.h"

#define LONGEST 600
#define ROOM 8192

static const scheme_made *scheme_of(unsigned number)
{
    static scheme_made kept[SCHEMES];
    static int made[SCHEMES];
    if (!made[number]) {
        scheme_open(kept + number, number);
        kept[number].scheme.bytes = kept[number].bytes;
        made[number] = 1;
    }
    return kept + number;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    if (len < 2) {
        return 0;
    }
    const rcd_scheme *s = &scheme_of(data[0] % SCHEMES)->scheme;
    const int writing = data[0] >= 128;
    size_t room = data[1] % 32;
    check_random choice = choices_from(data, len);
    data += 2;
    len = len - 2 < LONGEST ? len - 2 : LONGEST;
    uint8_t want[ROOM], got[ROOM + 64];
    uint64_t state[RCD_STATE_WORDS] = {0}, again[RCD_STATE_WORDS] = {0};
    rcd_stop whole, stop;
    scheme_convert(s, writing, state, data, len, want, ROOM, &whole);
    REQUIRE(whole.consumed <= len && whole.produced <= ROOM && whole.kind <= RCD_STOP_UNENCODABLE);
    REQUIRE(whole.kind != RCD_STOP_OUTPUT);
    REQUIRE(whole.kind != RCD_STOP_END || whole.consumed == len);
    REQUIRE(whole.kind == RCD_STOP_END || (whole.length > 0 && whole.length <= len - whole.consumed));
    size_t i = 0, o = 0, seen = 0;
    do {
        seen += random_piece(&choice, len - seen);
        scheme_convert(s, writing, again, data + i, seen - i, got + o, room, &stop);
        REQUIRE(stop.consumed <= seen - i && stop.produced <= room);
        REQUIRE(stop.kind != RCD_STOP_OUTPUT || stop.produced + 24 > room);
        i += stop.consumed;
        o += stop.produced;
        room += stop.kind == RCD_STOP_OUTPUT && stop.consumed == 0;
    } while (stop.kind == RCD_STOP_OUTPUT || (seen < len && stop.kind <= RCD_STOP_CUT));
    if (seen == len) {
        REQUIRE(i == whole.consumed && o == whole.produced && stop.kind == whole.kind);
        REQUIRE(memcmp(got, want, o) == 0 && memcmp(state, again, sizeof state) == 0);
    }
    if (writing && scheme_goes_back(s)) {
        uint64_t reading[RCD_STATE_WORDS] = {0};
        scheme_convert(s, 0, reading, want, whole.produced, got, ROOM, &stop);
        REQUIRE(stop.produced <= whole.consumed && memcmp(got, data, stop.produced) == 0);
    }
    return 0;
}
