/* test_forms.c : forms of Unicode into each other, by every kernel set: every code point, wherever
 * it stands among others; every kind of wrong unit at every place, reported there; any room for
 * output, any cuts of the input. What is expected is written down here, unit by unit. */
#include "check.h"
#include "conv.h"

#define POINTS 150             /* of a text */
#define ROOM (4 * POINTS + 16) /* whatever form they take */
#define LAST_FORM RCD_FORM_UTF32BE

static const char *const form_names[] = {"",         "UTF-8",    "UTF-16LE",
                                         "UTF-16BE", "UTF-32LE", "UTF-32BE"};
static check_random chance = {11};

static unsigned width_of(int form)
{
    return form == RCD_FORM_UTF8 ? 1 : form < RCD_FORM_UTF32LE ? 2 : 4;
}

static size_t put_unit(int form, uint32_t unit, uint8_t *out)
{
    const unsigned width = width_of(form);
    const int big = form == RCD_FORM_UTF16BE || form == RCD_FORM_UTF32BE;
    for (unsigned i = 0; i < width; i++) {
        out[i] = (uint8_t)(unit >> 8 * (big ? width - 1 - i : i));
    }
    return width;
}

static size_t put_point(int form, uint32_t point, uint8_t *out)
{
    if (form == RCD_FORM_UTF8) {
        return rcd_put_utf8(out, point);
    }
    if (width_of(form) == 4 || point < 0x10000) {
        return put_unit(form, point, out);
    }
    size_t n = put_unit(form, 0xD800 + ((point - 0x10000) >> 10), out);
    return n + put_unit(form, 0xDC00 + ((point - 0x10000) & 0x3FF), out + n);
}

static size_t put_points(int form, const uint32_t *points, size_t count, uint8_t *out)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        n += put_point(form, points[i], out + n);
    }
    return n;
}

static rcd_stop convert(int from, int to, const uint8_t *data, size_t len, uint8_t *out, size_t cap)
{
    uint8_t *in = exact_copy(data, len);
    uint8_t *room = malloc(cap > 0 ? cap : 1);
    rcd_stop stop;
    CHECK(rcd_convert(from, NULL, to, NULL, 1, in, len, room, cap, &stop) == 0, "forms refused");
    CHECK(stop.consumed <= len && stop.produced <= cap, "beyond the end");
    memcpy(out, room, stop.produced <= cap ? stop.produced : 0);
    free(in);
    free(room);
    return stop;
}

static void check_text(const char *set, const uint32_t *points, size_t count)
{
    for (int from = RCD_FORM_UTF8; from <= LAST_FORM; from++) {
        for (int to = RCD_FORM_UTF8; to <= LAST_FORM; to++) {
            uint8_t data[ROOM], want[ROOM], got[ROOM];
            size_t len = put_points(from, points, count, data);
            size_t made = put_points(to, points, count, want);
            rcd_stop stop = convert(from, to, data, len, got, ROOM);
            CHECK(stop.kind == RCD_STOP_END && stop.consumed == len && stop.produced == made &&
                      memcmp(got, want, made) == 0,
                  "%s to %s with %s from U+%04X: %u, %zu of %zu, %zu of %zu", form_names[from],
                  form_names[to], set, (unsigned)points[0], (unsigned)stop.kind, stop.consumed, len,
                  stop.produced, made);
        }
    }
}

/* A code point of one length in UTF-8, or of any. */
static uint32_t a_point(unsigned kind)
{
    static const uint32_t first[] = {0, 0x80, 0x800, 0xE000, 0x10000}, end[] = {
        0x80, 0x800, 0xD800, 0x10000, 0x110000};
    kind = kind < 5 ? kind : (unsigned)random_below(&chance, 5);
    return first[kind] + (uint32_t)random_below(&chance, end[kind] - first[kind]);
}

/* Every code point once, and texts that mix two lengths at all proportions. */
static void check_points(const char *set)
{
    uint32_t points[POINTS];
    size_t n = 0;
    for (uint32_t point = 0; point < 0x110000; point++) {
        points[n] = point;
        n += (point & 0xFFFFF800u) != 0xD800;
        if (n == POINTS || point == 0x10FFFF) {
            check_text(set, points, n);
            n = 0;
        }
        if (point >= 0x20000 && point < 0x10F000) {
            point += (uint32_t)random_below(&chance, 200); /* much the same again */
        }
    }
    for (unsigned round = 0; round < 600; round++) {
        unsigned kind = round % 6, other = round / 6 % 6;
        size_t share = 1 + random_below(&chance, 30);
        n = random_below(&chance, POINTS + 1);
        for (size_t i = 0; i < n; i++) {
            points[i] = a_point(random_below(&chance, share) == 0 ? other : kind);
        }
        check_text(set, points, n);
    }
}

typedef struct {
    int form; /* UTF-16LE and UTF-32LE stand for both orders */
    uint8_t count;
    uint32_t unit[4];
    uint8_t length; /* bytes reported as wrong */
} wrong_units;

static const wrong_units wrong[] = {
    {RCD_FORM_UTF8, 1, {0x80}, 1},
    {RCD_FORM_UTF8, 1, {0xBF}, 1},
    {RCD_FORM_UTF8, 1, {0xFF}, 1},
    {RCD_FORM_UTF8, 2, {0xC0, 0x80}, 1},
    {RCD_FORM_UTF8, 2, {0xC1, 0xBF}, 1},
    {RCD_FORM_UTF8, 1, {0xC2}, 1},                      /* cut short */
    {RCD_FORM_UTF8, 2, {0xE4, 0xB8}, 2},
    {RCD_FORM_UTF8, 3, {0xF0, 0x9F, 0x98}, 3},
    {RCD_FORM_UTF8, 3, {0xE0, 0x9F, 0xBF}, 1},          /* overlong */
    {RCD_FORM_UTF8, 4, {0xF0, 0x8F, 0xBF, 0xBF}, 1},
    {RCD_FORM_UTF8, 3, {0xED, 0xA0, 0x80}, 1},          /* a surrogate */
    {RCD_FORM_UTF8, 4, {0xF4, 0x90, 0x80, 0x80}, 1},    /* above U+10FFFF */
    {RCD_FORM_UTF8, 4, {0xF5, 0x80, 0x80, 0x80}, 1},
    {RCD_FORM_UTF16LE, 1, {0xD800}, 2},
    {RCD_FORM_UTF16LE, 1, {0xDBFF}, 2},
    {RCD_FORM_UTF16LE, 1, {0xDC00}, 2},
    {RCD_FORM_UTF16LE, 1, {0xDFFF}, 2},
    {RCD_FORM_UTF16LE, 2, {0xD83D, 0xD83D}, 2},
    {RCD_FORM_UTF16LE, 2, {0xDE00, 0xD83D}, 2},
    {RCD_FORM_UTF32LE, 1, {0xD800}, 4},
    {RCD_FORM_UTF32LE, 1, {0xDFFF}, 4},
    {RCD_FORM_UTF32LE, 1, {0x110000}, 4},
    {RCD_FORM_UTF32LE, 1, {0x8000D800}, 4},
    {RCD_FORM_UTF32LE, 1, {0x80000041}, 4},
    {RCD_FORM_UTF32LE, 1, {0xFFFFFFFF}, 4},
};

/* What is wrong, `before` characters of one kind into a text. */
static void check_wrong(const char *set, const wrong_units *w, int from, int to, size_t before,
                        unsigned kind)
{
    uint32_t points[POINTS];
    uint8_t data[2 * ROOM], want[ROOM], got[ROOM];
    for (size_t i = 0; i < POINTS; i++) {
        points[i] = a_point(kind);
    }
    points[before] = 'x'; /* which goes on with nothing */
    size_t at = put_points(from, points, before, data), len = at;
    for (unsigned i = 0; i < w->count; i++) {
        len += put_unit(from, w->unit[i], data + len);
    }
    len += put_points(from, points + before, POINTS - before, data + len);
    size_t made = put_points(to, points, before, want);
    rcd_stop stop = convert(from, to, data, len, got, ROOM);
    CHECK(stop.kind == RCD_STOP_ILLEGAL && stop.consumed == at && stop.produced == made &&
              stop.length == w->length && memcmp(got, want, made) == 0,
          "%s to %s with %s, %X... at %zu: %u, %zu, length %u", form_names[from], form_names[to],
          set, (unsigned)w->unit[0], at, (unsigned)stop.kind, stop.consumed, (unsigned)stop.length);
}

static void check_damage(const char *set)
{
    for (size_t number = 0; number < sizeof wrong / sizeof *wrong; number++) {
        const wrong_units *w = wrong + number;
        int last = w->form + (w->form != RCD_FORM_UTF8); /* the other order */
        for (int from = w->form; from <= last; from++) {
            for (size_t before = 0; before < POINTS; before++) {
                int to = RCD_FORM_UTF8 + (int)random_below(&chance, LAST_FORM);
                check_wrong(set, w, from, to, before, (unsigned)random_below(&chance, 6));
                check_wrong(set, w, from, from == RCD_FORM_UTF8 ? RCD_FORM_UTF16LE : RCD_FORM_UTF8,
                            before, (unsigned)before % 6);
            }
        }
    }
}

/* In pieces, with room for hardly anything or for much: what one call gives. */
static void check_pieces(const char *set)
{
    for (unsigned round = 0; round < 400; round++) {
        int from = RCD_FORM_UTF8 + (int)random_below(&chance, LAST_FORM);
        int to = RCD_FORM_UTF8 + (int)random_below(&chance, LAST_FORM);
        uint32_t points[POINTS];
        uint8_t data[ROOM], want[ROOM], got[ROOM];
        for (size_t i = 0; i < POINTS; i++) {
            points[i] = a_point(round % 6);
        }
        size_t len = put_points(from, points, POINTS, data);
        size_t made = put_points(to, points, POINTS, want);
        size_t most = 5 + random_below(&chance, ROOM), i = 0, o = 0, seen = 0;
        rcd_stop stop;
        do {
            seen += random_piece(&chance, len - seen);
            size_t room = random_below(&chance, most);
            stop = convert(from, to, data + i, seen - i, got + o,
                           room < ROOM - o ? room : ROOM - o);
            i += stop.consumed;
            o += stop.produced;
            CHECK(stop.kind < RCD_STOP_ILLEGAL, "nothing is wrong in it");
        } while (i < len && stop.kind < RCD_STOP_ILLEGAL);
        CHECK(i == len && o == made && memcmp(got, want, made) == 0,
              "%s to %s with %s in pieces: %zu of %zu, %zu of %zu", form_names[from],
              form_names[to], set, i, len, o, made);
    }
}

int main(void)
{
    for (size_t i = 0; i < CHECK_KERNELS; i++) {
        if (rcd_kernel_force(check_kernel_names[i]) == 0) {
            check_points(check_kernel_names[i]);
            check_damage(check_kernel_names[i]);
            check_pieces(check_kernel_names[i]);
        }
    }
    rcd_kernel_force(NULL);
    return check_end("forms");
}
