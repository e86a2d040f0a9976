/* rcd_rest.c : see rcd_rest.h. */
#include "rcd_rest.h"

#include <string.h>

#include "rcd_dispatch.h"
#include "rcd_letters.h"

void rcd_rest_init(rcd_rest *r)
{
    r->pos = 0;
    r->size = RCD_REST_FIRST;
    memset(r->len, 0, sizeof r->len);
}

/* Two windows become one. */
static void join_windows(rcd_rest *r)
{
    for (unsigned k = 0; k < RCD_REST_WINDOWS / 2u; k++) {
        const unsigned from = r->len[2u * k] != 0 ? 2u * k : 2u * k + 1u;
        if (from != k) {
            r->len[k] = r->len[from];
            memcpy(r->text[k], r->text[from], r->len[from]);
        }
    }
    memset(r->len + RCD_REST_WINDOWS / 2u, 0, RCD_REST_WINDOWS / 2u * sizeof r->len[0]);
    r->size *= 2u;
}

void rcd_rest_feed(rcd_rest *r, const uint8_t *data, size_t len)
{
    const rcd_kernels *kernels = rcd_kernels_get();
    while (len > 0) {
        if (r->pos == RCD_REST_WINDOWS * r->size) {
            join_windows(r);
        }
        const unsigned k = (unsigned)(r->pos / r->size);
        const uint64_t left = (k + 1u) * r->size - r->pos;
        const size_t n = len < left ? len : (size_t)left;
        const size_t room = RCD_REST_BYTES - r->len[k];
        if (room != 0) {
            const size_t from = r->len[k] == 0 ? kernels->ascii_run(data, n) : 0;
            const size_t taken = n - from < room ? n - from : room;
            memcpy(r->text[k] + r->len[k], data + from, taken);
            r->len[k] = (uint16_t)(r->len[k] + taken);
        }
        r->pos += n;
        data += n;
        len -= n;
    }
}

/* The bytes up to the next delimiter. */
static size_t word_length(const uint8_t *text, size_t len, int *high)
{
    size_t i = 0;
    *high = 0;
    while (i < len && !rcd_is_delimiter(text[i])) {
        *high |= text[i] >= 0x80u;
        i++;
    }
    return i;
}

/* Writes the words of one window, without the first and the last, which may be cut inside a character. */
static size_t write_window(const uint8_t *text, size_t len, uint8_t *out)
{
    int high;
    size_t size = 0;
    for (size_t i = word_length(text, len, &high), n; i < len; i += n) {
        const int ends = text[i] == '\n' || text[i] == '\r';
        if (size > 0 && ends) {
            out[size - 1u] = '\n';
        }
        i++;
        n = word_length(text + i, len - i, &high);
        if (high && i + n < len) {
            memcpy(out + size, text + i, n);
            size += n;
            out[size++] = ' ';
        }
    }
    return size;
}

size_t rcd_rest_text(const rcd_rest *r, uint8_t out[RCD_REST_TEXT])
{
    size_t size = 0;
    for (unsigned k = 0; k < RCD_REST_WINDOWS; k++) {
        const size_t n = r->len[k] == RCD_REST_BYTES
                             ? write_window(r->text[k], r->len[k], out + size) : 0;
        size += n;
        if (n > 0) {
            out[size - 1u] = '\n';
        }
    }
    return size;
}
