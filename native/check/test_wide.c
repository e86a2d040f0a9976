/* test_wide.c : UTF-16 and UTF-32 by their units, and the rules of giving up. */
#include "check.h"
#include "rcd_wide.h"

static const char *const form_names[RCD_WIDE_FORMS] = {"16le", "16be", "32le", "32be"};

static int width_of(int form)
{
    return form >= RCD_WIDE_32LE ? 4 : 2;
}

static uint32_t unit_at(int form, const uint8_t *p)
{
    int big = form == RCD_WIDE_16BE || form == RCD_WIDE_32BE;
    uint32_t unit = 0;
    for (int i = 0; i < width_of(form); i++) {
        unit |= (uint32_t)p[big ? width_of(form) - 1 - i : i] << (8 * i);
    }
    return unit;
}

/* The counts by their definition, without giving up; what waits at the end is left out. */
static void expected(int form, const uint8_t *p, size_t len, rcd_wide_form *f, size_t *end_bad)
{
    size_t width = (size_t)width_of(form);
    memset(f, 0, sizeof *f);
    f->first_bad = UINT64_MAX;
    *end_bad = len % width != 0;
    f->units = len / width;
    for (size_t i = 0; i + width <= len; i += width) {
        uint32_t u = unit_at(form, p + i);
        int bad = u > 0x10FFFF || (u >= 0xD800 && u <= 0xDFFF);
        if (width == 2 && u >= 0xD800 && u <= 0xDBFF) {
            if (i + 4 > len) {
                ++*end_bad;
                break;
            }
            uint32_t next = unit_at(form, p + i + 2);
            if (next >= 0xDC00 && next <= 0xDFFF) {
                i += 2;
                continue;
            }
        }
        if (bad) {
            if (f->bad++ == 0) {
                f->first_bad = i;
            }
        } else if (u < 0x100) {
            int ascii = (u >= 0x20 && u <= 0x7E) || u == 9 || u == 10 || u == 13;
            f->ascii += (uint64_t)ascii;
            f->controls += !ascii && u < 0xA0;
        } else {
            f->marks += (u >= 0x3000 && u <= 0x3002) || (u >= 0xFF01 && u <= 0xFF1F);
            f->odd += (u >= 0xE000 && u <= 0xF8FF) || (u >= 0xFDD0 && u <= 0xFDEF) ||
                      (u & 0xFFFE) == 0xFFFE || (u >= 0x40000 && u < 0xE0000) || u >= 0xF0000;
        }
    }
}

static void check_cuts(const uint8_t *p, size_t len, check_random *r, const char *what)
{
    rcd_wide one, cut;
    rcd_wide_init(&one);
    rcd_wide_feed(&one, p, len);
    rcd_wide_init(&cut);
    for (size_t i = 0; i < len;) {
        size_t n = random_piece(r, len - i);
        rcd_wide_feed(&cut, p + i, n);
        i += n;
    }
    CHECK(one.pos == len && cut.pos == len && one.gone == cut.gone && one.dead == cut.dead &&
              one.bom == cut.bom && one.carry_len == cut.carry_len &&
              memcmp(one.form, cut.form, sizeof one.form) == 0 &&
              memcmp(one.high, cut.high, sizeof one.high) == 0 &&
              memcmp(one.carry, cut.carry, one.carry_len) == 0,
          "%s, %zu bytes in pieces: gone %X, want %X", what, len, cut.gone, one.gone);
    for (int form = 0; form < RCD_WIDE_FORMS; form++) {
        if ((one.gone >> form & 1) != 0) {
            CHECK(one.form[form].units == 0 && one.form[form].bad == 1, "%s given up",
                  form_names[form]);
            continue;
        }
        rcd_wide_form want, sample, all;
        size_t end_bad;
        expected(form, p, len, &want, &end_bad);
        rcd_wide_end(&one, form, 1, &sample);
        rcd_wide_end(&one, form, 0, &all);
        CHECK(memcmp(&sample, &want, sizeof want) == 0,
              "%s %s, %zu bytes: bad %" PRIu64 "/%" PRIu64 " ascii %" PRIu64 "/%" PRIu64
              " controls %" PRIu64 "/%" PRIu64 " odd %" PRIu64 "/%" PRIu64,
              what, form_names[form], len, sample.bad, want.bad, sample.ascii, want.ascii,
              sample.controls, want.controls, sample.odd, want.odd);
        CHECK(all.bad == want.bad + end_bad, "%s %s at the end", what, form_names[form]);
        CHECK(end_bad == 0 || all.first_bad != UINT64_MAX, "%s %s: where", what, form_names[form]);
    }
}

static size_t put(int form, uint8_t *p, uint32_t cp)
{
    int big = form == RCD_WIDE_16BE || form == RCD_WIDE_32BE;
    uint32_t units[2] = {cp, 0};
    size_t n = 1;
    if (width_of(form) == 2 && cp > 0xFFFF) {
        units[0] = 0xD800 + ((cp - 0x10000) >> 10);
        units[1] = 0xDC00 + (cp & 0x3FF);
        n = 2;
    }
    for (size_t k = 0; k < n; k++) {
        for (int i = 0; i < width_of(form); i++) {
            *p++ = (uint8_t)(units[k] >> (8 * (big ? width_of(form) - 1 - i : i)));
        }
    }
    return n * (size_t)width_of(form);
}

/* Texts as scripts have them: letters from a range, a mark or space now and then. */
static const struct {
    const char *name;
    uint32_t from, to;
    uint32_t space;
} scripts[] = {
    {"latin", 0x61, 0x7A, 0x20},        {"greek", 0x3B1, 0x3C9, 0x20},
    {"cyrillic", 0x430, 0x44F, 0x20},   {"arabic", 0x627, 0x64A, 0x20},
    {"devanagari", 0x905, 0x94D, 0x20}, {"kannada", 0xC85, 0xCCD, 0x20},
    {"malayalam", 0xD05, 0xD4D, 0x20},  {"gujarati", 0xA85, 0xACD, 0x20},
    {"thai", 0xE01, 0xE4D, 0x20},       {"hangul", 0xAC00, 0xD7A3, 0x20},
    {"han", 0x4E00, 0x9FA5, 0x3002},    {"kana", 0x3041, 0x3093, 0x3001},
    {"emoji", 0x1F600, 0x1F64F, 0x20},
};

static void check_texts(check_random *r)
{
    enum { LEN = 40000 };
    uint8_t *p = malloc(LEN + 8);
    if (p == NULL) {
        abort();
    }
    for (size_t s = 0; s < sizeof scripts / sizeof scripts[0]; s++) {
        for (int form = 0; form < RCD_WIDE_FORMS; form++) {
            size_t len = 0;
            while (len < LEN) {
                uint32_t cp = scripts[s].from +
                              (uint32_t)random_below(r, scripts[s].to - scripts[s].from + 1);
                len += put(form, p + len, random_below(r, 8) == 0 ? scripts[s].space : cp);
            }
            rcd_wide w;
            rcd_wide_init(&w);
            rcd_wide_feed(&w, p, len);
            CHECK((w.gone >> form & 1) == 0 && w.form[form].bad == 0 && w.form[form].odd == 0,
                  "%s as %s was given up", scripts[s].name, form_names[form]);
            check_cuts(p, len, r, scripts[s].name);
            check_cuts(p, random_below(r, 700), r, scripts[s].name);
            /* One letter damaged: counted, no reason to give up. */
            p[len / 2 | 1] = 0xD9;
            check_cuts(p, len, r, "damaged");
        }
    }
    free(p);
}

static void check_given_up(check_random *r)
{
    enum { LEN = 20000 };
    uint8_t *p = malloc(LEN);
    if (p == NULL) {
        abort();
    }
    static const char *const kinds[] = {"ascii", "utf-8", "iso-2022-jp", "random", "zeros"};
    for (size_t kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++) {
        for (size_t i = 0; i < LEN; i++) {
            static const char russian[] = "\xD0\xBF\xD1\x80\xD0\xB8 ";
            static const char japanese[] = "\x1B$B$3$l$OJ8;z\x1B(B\n";
            p[i] = kind == 0   ? (uint8_t)(0x20 + random_below(r, 0x5F))
                   : kind == 1 ? (uint8_t)russian[i % (sizeof russian - 1)]
                   : kind == 2 ? (uint8_t)japanese[i % (sizeof japanese - 1)]
                   : kind == 3 ? (uint8_t)random_next(r)
                               : 0;
        }
        rcd_wide w;
        rcd_wide_init(&w);
        rcd_wide_feed(&w, p, LEN);
        CHECK(w.dead, "%s: gone %X", kinds[kind], w.gone);
        for (unsigned i = 0; i < 20; i++) {
            check_cuts(p, random_below(r, LEN), r, kinds[kind]);
        }
    }
    free(p);
}

/* Giving up happens at the offsets that rcd_wide.c names, not before. */
static void check_offsets(void)
{
    uint8_t p[4096];
    for (size_t i = 0; i < sizeof p; i++) {
        p[i] = (uint8_t)"text \x1B$B$3$l\x1B(B"[i % 15];
    }
    rcd_wide w;
    rcd_wide_init(&w);
    rcd_wide_feed(&w, p, 511);
    CHECK(w.gone == 0, "escapes: gone %X", w.gone);
    rcd_wide_feed(&w, p + 511, 1);
    CHECK(w.gone == (1u << RCD_WIDE_32LE | 1u << RCD_WIDE_32BE), "escapes: gone %X", w.gone);
    rcd_wide_feed(&w, p + 512, 3583);
    CHECK(w.form[RCD_WIDE_16LE].units == 2047, "escapes: %d", (int)w.form[RCD_WIDE_16LE].units);
    rcd_wide_feed(&w, p, 1);
    CHECK(w.dead, "escapes: gone %X at 4096", w.gone);
    memset(p, 'x', sizeof p);
    rcd_wide_init(&w);
    rcd_wide_feed(&w, p, 511);
    CHECK(w.gone == 0, "letters: gone %X", w.gone);
    rcd_wide_feed(&w, p, 1);
    CHECK(w.dead, "letters: gone %X at 512", w.gone);
}

/* A byte order mark keeps its form, whatever follows. */
static void check_marks(check_random *r)
{
    enum { LEN = 9000 };
    uint8_t *p = malloc(LEN);
    if (p == NULL) {
        abort();
    }
    for (int form = 0; form < RCD_WIDE_FORMS; form++) {
        memset(p, 'x', LEN);
        put(form, p, 0xFEFF);
        rcd_wide w;
        rcd_wide_init(&w);
        rcd_wide_feed(&w, p, LEN);
        CHECK((w.gone >> form & 1) == 0 && !w.dead, "%s with its mark", form_names[form]);
        check_cuts(p, LEN, r, "mark");
    }
    free(p);
}

static void check_noise(check_random *r)
{
    for (unsigned round = 0; round < 20000; round++) {
        uint8_t p[64];
        size_t len = random_below(r, sizeof p + 1);
        static const uint8_t heads[] = {0x00, 0x00, 0x00, 0x30, 0xD8, 0xDB, 0xDC, 0xDF, 0xE0, 0xF8,
                                        0xFD, 0xFE, 0xFF, 0x10, 0x04, 0x20};
        for (size_t i = 0; i < len; i++) {
            p[i] = random_below(r, 3) == 0 ? (uint8_t)random_next(r)
                                           : heads[random_below(r, sizeof heads)];
        }
        uint8_t *exact = exact_copy(p, len);
        check_cuts(exact, len, r, "noise");
        free(exact);
    }
}

int main(void)
{
    check_random r = {0x5EED};
    check_texts(&r);
    check_given_up(&r);
    check_offsets();
    check_marks(&r);
    check_noise(&r);
    return check_end("wide");
}
