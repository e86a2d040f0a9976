/* fuzz_driver.c : runs a fuzz target where libFuzzer is not to be had.
 *
 *  usage: target SECONDS [file...]
 *  Every file is tried as it is, then changed again and again: bytes flipped, drawn from a list of
 *  telling ones, removed, repeated, spliced with another file. It knows nothing of coverage; the
 *  sanitizers do the finding. The changes come from a fixed seed, only their number depends on the
 *  time. An input that fails is left in crash-input. */
#include <signal.h>
#include <time.h>

#include "fuzz.h"

#define MOST 4096
#define MOST_SEEDS 512

static struct {
    uint8_t *data;
    size_t len;
} seeds[MOST_SEEDS];
static size_t seed_count;

static uint8_t current[MOST];
static size_t current_len;

static void load(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL || seed_count == MOST_SEEDS) {
        fprintf(stderr, "%s: not read\n", path);
        exit(2);
    }
    uint8_t room[MOST];
    seeds[seed_count].len = fread(room, 1, sizeof room, f);
    seeds[seed_count].data = exact_copy(room, seeds[seed_count].len);
    seed_count++;
    fclose(f);
}

static void keep(void)
{
    FILE *f = fopen("crash-input", "wb");
    if (f != NULL) {
        fwrite(current, 1, current_len, f);
        fclose(f);
    }
}

/* A broken promise aborts; the address sanitizer ends the process through its own hook. */
static void on_abort(int signal_number)
{
    (void)signal_number;
    keep();
}

#if defined(__SANITIZE_ADDRESS__)
void __asan_on_error(void);
void __asan_on_error(void)
{
    keep();
}
#endif

static void run(void)
{
    uint8_t *exact = exact_copy(current, current_len);
    LLVMFuzzerTestOneInput(exact, current_len);
    free(exact);
}

static void change(check_random *r)
{
    static const uint8_t telling[] = {0x00, 0x0A, 0x0D, 0x0E, 0x0F, 0x1A, 0x1B, 0x20, 0x24, 0x28,
                                      0x2B, 0x2D, 0x3C, 0x7B, 0x7D, 0x7E, 0x7F, 0x80, 0x8E, 0x8F,
                                      0xA0, 0xA1, 0xBF, 0xC0, 0xC2, 0xD8, 0xDC, 0xE0, 0xED, 0xEF,
                                      0xF0, 0xF4, 0xFD, 0xFE, 0xFF};
    size_t at = current_len > 0 ? random_below(r, current_len) : 0;
    size_t span = current_len > 0 ? random_below(r, current_len - at) / 4 + 1 : 0;
    switch (random_below(r, 7)) {
    case 0:
        if (current_len > 0) {
            current[at] ^= (uint8_t)(1u << random_below(r, 8));
        }
        break;
    case 1:
        if (current_len > 0) {
            current[at] = telling[random_below(r, sizeof telling)];
        }
        break;
    case 2:
        if (current_len > 0) {
            current[at] = (uint8_t)random_next(r);
        }
        break;
    case 3:
        memmove(current + at, current + at + span, current_len - at - span);
        current_len -= span;
        break;
    case 4:
        if (span > 0 && current_len + span <= MOST) {
            memmove(current + at + span, current + at, current_len - at);
            current_len += span;
        }
        break;
    case 5:
        if (current_len < MOST) {
            memmove(current + at + 1, current + at, current_len - at);
            current[at] = telling[random_below(r, sizeof telling)];
            current_len++;
        }
        break;
    default:
        if (seed_count > 0) {
            size_t other = random_below(r, seed_count);
            size_t from = random_below(r, seeds[other].len + 1);
            size_t n = random_below(r, seeds[other].len - from + 1);
            n = n < MOST - at ? n : MOST - at;
            memcpy(current + at, seeds[other].data + from, n);
            current_len = current_len > at + n ? current_len : at + n;
        }
        break;
    }
}

int main(int argc, char **argv)
{
    long seconds = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
    if (seconds <= 0) {
        fprintf(stderr, "usage: %s SECONDS [file...]\n", argv[0]);
        return 2;
    }
    for (int i = 2; i < argc; i++) {
        load(argv[i]);
    }
    signal(SIGABRT, on_abort);
    check_random r = {UINT64_C(0x2545F4914F6CDD1D)};
    uint64_t runs = 0;
    time_t end = time(NULL) + (time_t)seconds;
    for (size_t i = 0; i < seed_count; i++, runs++) {
        memcpy(current, seeds[i].data, seeds[i].len);
        current_len = seeds[i].len;
        run();
    }
    while (time(NULL) < end) {
        for (unsigned k = 0; k < 64; k++, runs++) {
            current_len = 0;
            if (seed_count > 0) {
                size_t i = random_below(&r, seed_count);
                memcpy(current, seeds[i].data, seeds[i].len);
                current_len = seeds[i].len;
            }
            for (size_t n = random_below(&r, 12) + 1; n > 0; n--) {
                change(&r);
            }
            run();
        }
    }
    for (size_t i = 0; i < seed_count; i++) {
        free(seeds[i].data);
    }
    printf("%" PRIu64 " runs\n", runs);
    return 0;
}
