/* rcd_scheme_scsu.c : SCSU (UTR 6). */
#include "rcd_small.h"

#include "rcd_scheme.h"

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
