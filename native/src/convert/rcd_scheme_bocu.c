/* rcd_scheme_bocu.c : BOCU-1 (UTN 6): differences to the middle of where the last character was. */
#include "rcd_small.h"

#include "rcd_scheme.h"

#define TRAILS 243
#define MIDDLE 0x90
#define REACH_1 64
#define REACH_2 (REACH_1 + 43 * TRAILS)
#define REACH_3 (REACH_2 + 3 * TRAILS * TRAILS)
#define BOCU_START 0x40

/* Trail bytes leave out the controls that text has, and the space. */
static int trail_of(uint8_t b)
{
    return b > 0x20                ? b - 13
           : b >= 0x1C && b < 0x20 ? b - 12
           : b >= 0x10 && b < 0x1A ? b - 10
           : b >= 0x01 && b < 0x07 ? b - 1
                                   : -1;
}

static uint8_t trail_byte(int trail)
{
    int gap = trail >= 20 ? 13 : trail >= 16 ? 12 : trail >= 6 ? 10 : 1;
    return (uint8_t)(trail + gap);
}

static int32_t next_previous(uint32_t point)
{
    return point >= 0x3040 && point <= 0x309F   ? 0x3070
           : point >= 0x4E00 && point <= 0x9FA5 ? 0x7711
           : point >= 0xAC00 && point <= 0xD7A3 ? (0xD7A3 + 0xAC00) / 2
                                                : (int32_t)((point & ~0x7Fu) + 0x40);
}

/* How many trails follow a lead byte, and the least difference they begin at. */
static unsigned lead_of(uint8_t lead, int32_t *difference)
{
    if (lead >= 0x50 && lead < 0xD0) {
        *difference = lead - MIDDLE;
        return 0;
    }
    if (lead >= 0xD0) {
        *difference = lead < 0xFB   ? REACH_1 + (lead - 0xD0) * TRAILS
                      : lead < 0xFE ? REACH_2 + (lead - 0xFB) * TRAILS * TRAILS
                                    : REACH_3;
        return lead < 0xFB ? 1 : lead < 0xFE ? 2 : 3;
    }
    *difference = lead >= 0x25   ? -REACH_1 - (0x50 - lead) * TRAILS
                  : lead >= 0x22 ? -REACH_2 - (0x25 - lead) * TRAILS * TRAILS
                                 : -REACH_3 - TRAILS * TRAILS * TRAILS;
    return lead >= 0x25 ? 1 : lead >= 0x22 ? 2 : 3;
}

int rcd_bocu_decode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    (void)s;
    const uint8_t *p = r->data + r->i;
    if (p[0] <= 0x20) {
        if (!run_put_point(r, 1, p[0])) {
            return 0;
        }
        *state = p[0] == 0x20 ? *state : 0;
        return 1;
    }
    if (p[0] == 0xFF) {
        *state = 0;
        r->i++;
        return 1;
    }
    int32_t difference, value = 0;
    unsigned count = lead_of(p[0], &difference);
    if (r->len - r->i <= count) {
        return run_cut(r);
    }
    for (unsigned k = 1; k <= count; k++) {
        int trail = trail_of(p[k]);
        if (trail < 0) {
            return run_illegal(r);
        }
        value = value * TRAILS + trail;
    }
    int32_t point = (int32_t)(*state & 0x1FFFFF) + BOCU_START + difference + value;
    if (point < 0 || point > 0x10FFFF || (point & 0x1FF800) == 0xD800) {
        return run_illegal(r);
    }
    if (!run_put_point(r, count + 1, (uint32_t)point)) {
        return 0;
    }
    *state = (uint64_t)(next_previous((uint32_t)point) - BOCU_START);
    return 1;
}

static size_t put_difference(uint8_t *out, int32_t difference)
{
    static const int32_t reach[4] = {REACH_1, REACH_2, REACH_3, INT32_MAX};
    static const uint8_t up[3] = {0xD0, 0xFB, 0xFE}, down[3] = {0x50, 0x25, 0x22};
    if (difference >= -REACH_1 && difference < REACH_1) {
        out[0] = (uint8_t)(MIDDLE + difference);
        return 1;
    }
    const int rising = difference >= 0;
    unsigned n = 1;
    while (rising ? difference >= reach[n] : difference < -reach[n]) {
        n++;
    }
    int32_t rest = rising ? difference - reach[n - 1] : difference + reach[n - 1];
    for (unsigned k = n; k > 0; k--) {
        int32_t trail = rest % TRAILS;
        trail += trail < 0 ? TRAILS : 0;
        rest = (rest - trail) / TRAILS;
        out[k] = trail_byte(trail);
    }
    out[0] = (uint8_t)((rising ? up[n - 1] : down[n - 1]) + rest);
    return n + 1;
}

int rcd_bocu_encode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    (void)s;
    size_t used;
    uint32_t point = run_point(r, &used);
    uint8_t bytes[4];
    if (used == 0) {
        return 0;
    }
    size_t n = 1;
    uint64_t after = *state;
    if (point <= 0x20) {
        bytes[0] = (uint8_t)point;
        after = point == 0x20 ? after : 0;
    } else {
        n = put_difference(bytes, (int32_t)point - (int32_t)(after & 0x1FFFFF) - BOCU_START);
        after = (uint64_t)(next_previous(point) - BOCU_START);
    }
    if (!run_put_bytes(r, used, bytes, n)) {
        return 0;
    }
    *state = after;
    return 1;
}
