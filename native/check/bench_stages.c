/* bench_stages.c : how fast the kernels and the structural stages are, per kernel set. A run that
 * ends at once is not fast, though its figure is: read the kernels' figures with the text in mind.
 *
 *  Figures are the best of several rounds, in GB/s: the question is what the code can do, not what
 *  else the machine was doing. */
#include <time.h>

#include "check.h"
#include "rcd_census.h"
#include "rcd_dispatch.h"
#include "rcd_escape.h"
#include "rcd_utf8.h"
#include "rcd_wide.h"

#define CACHED 16384
#define BLOCK 65536

static double now(void)
{
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static volatile uint64_t sink;

enum { PLAIN_RUN, ASCII_RUN, UTF8_RUN, SET_RUN, HISTOGRAM };

static double kernel_speed(const rcd_kernels *k, int which, const uint8_t *p, size_t len)
{
    static rcd_byteset set;
    uint64_t count[256] = {0}, seen = 0;
    double best = 0;
    for (unsigned b = 0; b < 256; b++) {
        rcd_byteset_add(&set, (uint8_t)b);
    }
    for (unsigned round = 0; round < 7; round++) {
        const unsigned times = 2000;
        double start = now();
        for (unsigned i = 0; i < times; i++) {
            switch (which) {
            case PLAIN_RUN: sink += k->plain_run(p, len); break;
            case ASCII_RUN: sink += k->ascii_run(p, len); break;
            case UTF8_RUN: sink += k->utf8_run(p, len, &seen); break;
            case SET_RUN: sink += k->set_run(p, len, &set, &seen); break;
            default: k->histogram(count, p, len); break;
            }
        }
        double speed = (double)len * times / (now() - start) / 1e9;
        best = speed > best ? speed : best;
    }
    sink += seen + count[32];
    return best;
}

/* Everything that every byte goes through, in blocks, as the detector feeds it: each stage's
 * milliseconds for `len` bytes. */
enum { CENSUS, UTF8, WIDE, ESCAPE, STAGES };

static void stage_times(const uint8_t *p, size_t len, double best[STAGES])
{
    static rcd_census census;
    static rcd_utf8 utf8;
    static rcd_wide wide;
    static rcd_escape escape;
    for (int stage = 0; stage < STAGES; stage++) {
        best[stage] = 1e9;
        for (unsigned round = 0; round < 3; round++) {
            double start = now();
            rcd_census_init(&census);
            rcd_utf8_init(&utf8);
            rcd_wide_init(&wide);
            rcd_escape_init(&escape);
            for (size_t i = 0; i < len; i += BLOCK) {
                size_t n = len - i < BLOCK ? len - i : BLOCK;
                switch (stage) {
                case CENSUS: rcd_census_feed(&census, p + i, n); break;
                case UTF8: rcd_utf8_feed(&utf8, p + i, n); break;
                case WIDE: rcd_wide_feed(&wide, p + i, n); break;
                default: rcd_escape_feed(&escape, p + i, n); break;
                }
            }
            double taken = 1e3 * (now() - start);
            best[stage] = taken < best[stage] ? taken : best[stage];
            sink += census.ascii + utf8.characters + wide.pos + escape.pos;
        }
    }
}

static void fill(uint8_t *p, size_t len, const char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i < len; i++) {
        p[i] = (uint8_t)text[i % n];
    }
}

int main(void)
{
    static const struct {
        const char *name;
        const char *text;
    } kinds[] = {
        {"ascii", "The quick brown fox jumps over the lazy dog.\n"},
        {"latin", "Les \xC3\xA9l\xC3\xA8ves \xC3\xA0 la fen\xC3\xAAtre regardaient la neige.\n"},
        {"cyrillic", "\xD0\xA1\xD1\x8A\xD0\xB5\xD1\x88\xD1\x8C \xD0\xB5\xD1\x89\xD1\x91.\n"},
        {"han", "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE3\x81\xAE\xE6\x96\x87\xE3\x80\x82"},
        {"koi8-r", "\xF3\xDF\xC5\xDB\xD8 \xC5\xDD\xA3 \xDC\xD4\xC9\xC8 \xCD\xD1\xC7\xCB\xC9\xC8"},
        {"iso2022", "\x1B$B$3$l$OF|K\\8l$NJ8$G$9!#\x1B(B\n"},
        {"hz", "~{<:Ky2;S{#,NpJ)l6HK!#~} text\n"},
        {"ansi", "\x1B[32mok\x1B[0m \x1B(Btest number one passed\n"},
        {"code", "x = a + b; y = ~c; // 1+1\n"},
        {"utf-16", "T\1\x20\1h\1e\1f\1o\1x\1"},
    };
    const size_t big = 100u * 1000 * 1000;
    uint8_t *p = malloc(big);
    if (p == NULL) {
        return 1;
    }
    for (size_t i = 0; i < CHECK_KERNELS; i++) {
        if (rcd_kernel_force(check_kernel_names[i]) != 0) {
            continue;
        }
        const rcd_kernels *k = rcd_kernels_get();
        printf("%-8s %8s %8s %8s %8s %8s GB/s |%8s %8s %8s %8s ms for 100 MB\n", k->name, "plain",
               "ascii", "utf8", "set", "hist", "census", "utf8", "wide", "escape");
        for (size_t j = 0; j < sizeof kinds / sizeof kinds[0]; j++) {
            fill(p, big, kinds[j].text);
            printf("%-8s", kinds[j].name);
            for (int which = PLAIN_RUN; which <= HISTOGRAM; which++) {
                printf(" %8.2f", kernel_speed(k, which, p, CACHED));
            }
            double taken[STAGES];
            stage_times(p, big, taken);
            printf("      |");
            for (int stage = 0; stage < STAGES; stage++) {
                printf(" %8.1f", taken[stage]);
            }
            putchar('\n');
        }
    }
    free(p);
    return 0;
}
