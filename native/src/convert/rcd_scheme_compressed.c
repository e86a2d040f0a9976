/* rcd_scheme_compressed.c : SCSU (UTR 6) and BOCU-1 (UTN 6). */
#include "rcd_small.h"

#include "rcd_scheme.h"

/* SCSU. */

#define WINDOWS 8
#define WINDOW 0x80u
#define OFFSET_BITS 18

typedef struct {
    uint32_t unicode; /* 1 = UTF-16, 0 = bytes by windows */
    uint32_t active;
    uint32_t offset[WINDOWS];
} windows;

static const uint32_t at_start[WINDOWS] = {0x80, 0xC0, 0x400, 0x600, 0x900, 0x3040, 0x30A0, 0xFF00};
static const uint32_t quoted[WINDOWS] = {0, 0x80, 0x100, 0x300, 0x2000, 0x2080, 0x2100, 0x3000};
static const uint32_t fixed[7] = {0xC0, 0x250, 0x370, 0x530, 0x3040, 0x30A0, 0xFF60};

static windows unpack(const uint64_t *state)
{
    windows w = {(uint32_t)state[0] & 1, (uint32_t)(state[0] >> 1) & 7, {0}};
    for (unsigned k = 0; k < WINDOWS; k++) {
        unsigned bit = 4 + k * OFFSET_BITS, word = bit / 64, from = bit % 64;
        uint64_t value = state[word] >> from;
        if (from + OFFSET_BITS > 64) {
            value |= state[word + 1] << (64 - from);
        }
        uint32_t changed = (uint32_t)value & ((1u << OFFSET_BITS) - 1);
        w.offset[k] = changed != 0 ? (changed - 1) << 4 : at_start[k];
    }
    return w;
}

static void pack(const windows *w, uint64_t *state)
{
    state[0] = w->unicode | (uint64_t)w->active << 1;
    state[1] = state[2] = 0;
    for (unsigned k = 0; k < WINDOWS; k++) {
        unsigned bit = 4 + k * OFFSET_BITS, word = bit / 64, from = bit % 64;
        uint64_t changed = w->offset[k] == at_start[k] ? 0 : (w->offset[k] >> 4) + 1;
        state[word] |= changed << from;
        if (from + OFFSET_BITS > 64) {
            state[word + 1] |= changed >> (64 - from);
        }
    }
}

/* The window offset that a byte of SDn or UDn defines; 0 for a reserved one. */
static uint32_t offset_of(uint8_t byte)
{
    return byte == 0     ? 0
           : byte < 0x68 ? byte * WINDOW
           : byte < 0xA8 ? byte * WINDOW + 0xAC00u
           : byte < 0xF9 ? 0
                         : fixed[byte - 0xF9];
}

static void define(windows *w, unsigned window, uint32_t offset)
{
    w->unicode = 0;
    w->active = window;
    w->offset[window] = offset;
}

static void extend(windows *w, const uint8_t *p)
{
    uint32_t value = (uint32_t)p[0] << 8 | p[1];
    define(w, value >> 13, 0x10000 + (value & 0x1FFF) * WINDOW);
}

/* A code unit of UTF-16 whose bytes are behind `tag` bytes; the other half of a pair must follow in
 * the same form, other ways of writing it are left to the codec. */
static int scsu_unit(rcd_run *r, size_t tag)
{
    const uint8_t *p = r->data + r->i;
    size_t left = r->len - r->i;
    if (left < tag + 2) {
        return run_cut(r);
    }
    uint32_t unit = (uint32_t)p[tag] << 8 | p[tag + 1];
    if ((unit & 0xF800) != 0xD800) {
        return run_put_point(r, tag + 2, unit);
    }
    if (tag != 0 || unit >= 0xDC00 || (left >= 3 && (p[2] & 0xFC) != 0xDC)) {
        return run_illegal(r);
    }
    if (left < 4) {
        return run_cut(r);
    }
    uint32_t low = (uint32_t)p[2] << 8 | p[3];
    return run_put_point(r, 4, 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF));
}

static int scsu_unicode(windows *w, rcd_run *r)
{
    const uint8_t *p = r->data + r->i;
    const size_t left = r->len - r->i;
    if (p[0] < 0xE0 || p[0] > 0xF2) {
        return scsu_unit(r, 0);
    }
    if (p[0] < 0xE8) { /* UCn */
        w->unicode = 0;
        w->active = p[0] - 0xE0u;
        r->i++;
        return 1;
    }
    if (p[0] < 0xF0) { /* UDn */
        if (left < 2) {
            return run_cut(r);
        }
        uint32_t offset = offset_of(p[1]);
        if (offset == 0) {
            return run_illegal(r);
        }
        define(w, p[0] - 0xE8u, offset);
        r->i += 2;
        return 1;
    }
    if (p[0] == 0xF0) { /* UQU */
        return scsu_unit(r, 1);
    }
    if (p[0] == 0xF2) {
        return run_illegal(r);
    }
    if (left < 3) {
        return run_cut(r);
    }
    extend(w, p + 1); /* UDX */
    r->i += 3;
    return 1;
}

/* A byte in single-byte mode that is a tag. */
static int scsu_tag(windows *w, rcd_run *r)
{
    const uint8_t *p = r->data + r->i;
    const size_t left = r->len - r->i;
    const uint8_t tag = p[0];
    if (tag == 0x0E) { /* SQU */
        return scsu_unit(r, 1);
    }
    if (tag == 0x0F) { /* SCU */
        w->unicode = 1;
        r->i++;
        return 1;
    }
    if (tag >= 0x10 && tag < 0x18) { /* SCn */
        w->active = tag - 0x10u;
        r->i++;
        return 1;
    }
    if (tag == 0x0C) {
        return run_illegal(r);
    }
    if (left < 2) {
        return run_cut(r);
    }
    if (tag <= 0x08) { /* SQn */
        uint32_t point = p[1] < 0x80 ? quoted[tag - 1] + p[1] : w->offset[tag - 1] + p[1] - 0x80;
        return (point & 0xFFFFF800u) == 0xD800 ? run_illegal(r) : run_put_point(r, 2, point);
    }
    if (tag >= 0x18) { /* SDn */
        uint32_t offset = offset_of(p[1]);
        if (offset == 0) {
            return run_illegal(r);
        }
        define(w, tag - 0x18u, offset);
        r->i += 2;
        return 1;
    }
    if (left < 3) {
        return run_cut(r);
    }
    extend(w, p + 1); /* SDX */
    r->i += 3;
    return 1;
}

int rcd_scsu_decode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    (void)s;
    windows w = unpack(state);
    int going = 1;
    while (going && r->i < r->len) {
        const uint8_t b = r->data[r->i];
        if (w.unicode) {
            going = scsu_unicode(&w, r);
        } else if (b >= 0x80) {
            uint32_t point = w.offset[w.active] + b - 0x80;
            going = (point & 0xFFFFF800u) == 0xD800 ? run_illegal(r) : run_put_point(r, 1, point);
        } else if (b >= 0x20 || b == 0 || b == '\t' || b == '\n' || b == '\r') {
            going = run_put_point(r, 1, b);
        } else {
            going = scsu_tag(&w, r);
        }
    }
    pack(&w, state);
    return going;
}

static int is_ideographic(uint32_t point)
{
    return point >= 0x3400 && point < 0xE000;
}

/* The byte that defines a window at `offset`, 0 when none does. */
static uint8_t byte_of(uint32_t offset)
{
    for (unsigned k = 0; k < sizeof fixed / sizeof *fixed; k++) {
        if (fixed[k] == offset) {
            return (uint8_t)(0xF9 + k);
        }
    }
    if (offset % WINDOW != 0) {
        return 0;
    }
    return offset >= WINDOW && offset <= 0x3380   ? (uint8_t)(offset / WINDOW)
           : offset >= 0xE000 && offset <= 0xFF80 ? (uint8_t)((offset - 0xAC00) / WINDOW)
                                                  : 0;
}

static int holding(const windows *w, uint32_t point)
{
    for (int k = 0; k < WINDOWS; k++) {
        if (point - w->offset[k] < WINDOW) {
            return k;
        }
    }
    return -1;
}

static size_t put_big(uint8_t *out, uint32_t unit)
{
    out[0] = (uint8_t)(unit >> 8);
    out[1] = (uint8_t)unit;
    return 2;
}

/* A character that no window holds: define one, or write UTF-16. */
static size_t scsu_beyond(windows *w, uint32_t point, uint8_t *out)
{
    if (point >= 0x10000) {
        uint32_t base = point & ~0x7Fu;
        out[0] = w->unicode ? 0xF1 : 0x0B;
        put_big(out + 1, w->active << 13 | (base - 0x10000) >> 7);
        out[3] = (uint8_t)(0x80 + point - base);
        define(w, w->active, base);
        return 4;
    }
    if (is_ideographic(point)) {
        out[0] = 0x0F;
        w->unicode = 1;
        return 1 + put_big(out + 1, point);
    }
    for (unsigned k = 0; k <= sizeof fixed / sizeof *fixed; k++) {
        uint32_t base = k < sizeof fixed / sizeof *fixed ? fixed[k] : point & ~0x7Fu;
        uint8_t byte = byte_of(base);
        if (byte != 0 && point - base < WINDOW) {
            out[0] = (uint8_t)((w->unicode ? 0xE8 : 0x18) + w->active);
            out[1] = byte;
            out[2] = (uint8_t)(0x80 + point - base);
            define(w, w->active, base);
            return 3;
        }
    }
    /* No window can be put there: quote the code unit. */
    out[0] = w->unicode ? 0xF0 : 0x0E;
    return 1 + put_big(out + 1, point);
}

static size_t put_plain(uint8_t *out, uint32_t point)
{
    size_t n = 0;
    if (point < 0x20 && point != 0 && point != '\t' && point != '\n' && point != '\r') {
        out[n++] = 1; /* a control that is a tag is quoted */
    }
    out[n++] = (uint8_t)point;
    return n;
}

static size_t scsu_put(windows *w, uint32_t point, uint8_t *out)
{
    size_t n = 0;
    if (w->unicode && point < 0x80) {
        out[n++] = (uint8_t)(0xE0 + w->active);
        w->unicode = 0;
    }
    if (point < 0x80) {
        return n + put_plain(out + n, point);
    }
    if (w->unicode && is_ideographic(point)) {
        return put_big(out, point); /* never a tag: those are E0 and above */
    }
    if (!w->unicode && point - w->offset[w->active] < WINDOW) {
        out[0] = (uint8_t)(0x80 + point - w->offset[w->active]);
        return 1;
    }
    int window = holding(w, point);
    if (window < 0) {
        return scsu_beyond(w, point, out);
    }
    out[0] = (uint8_t)((w->unicode ? 0xE0 : 0x10) + window);
    out[1] = (uint8_t)(0x80 + point - w->offset[window]);
    w->unicode = 0;
    w->active = (uint32_t)window;
    return 2;
}

int rcd_scsu_encode(const rcd_scheme *s, uint64_t *state, rcd_run *r)
{
    (void)s;
    windows w = unpack(state);
    int going = 1;
    while (going && r->i < r->len) {
        size_t used;
        uint32_t point = run_point(r, &used);
        uint8_t bytes[SCHEME_LONGEST];
        windows after = w;
        going = used != 0 && run_put_bytes(r, used, bytes, scsu_put(&after, point, bytes));
        if (going) {
            w = after;
        }
    }
    pack(&w, state);
    return going;
}

/* BOCU-1: differences to the middle of where the last character was. */

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
