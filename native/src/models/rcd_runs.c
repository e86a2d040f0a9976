/* rcd_runs.c : see rcd_runs.h. */
#include "rcd_small.h"

#include "rcd_runs.h"

#include <string.h>

#include "rcd_charset.h"
#include "rcd_kernels.h"
#include "rcd_multibyte.h"
#include "rcd_single_byte.h"
#include "recodec.h"

#define OTHER_LANGUAGE 100 /* tenths of a bit: a line in another language than the rest */
#define MOST (1 << 20)     /* no line costs more, so that sums stay small */
#define LONG_LINE 160u     /* bytes: a longer line is cut at a space, as are picked words */
#define NO_CHARACTER 0xFFFDu

static int ends_line(uint8_t b)
{
    return b == '\n' || b == '\r';
}

size_t rcd_runs_lines(const uint8_t *text, size_t len, rcd_run_line line[RCD_RUNS_LINES])
{
    size_t count = 0;
    for (size_t i = 0; i < len && count < RCD_RUNS_LINES;) {
        const size_t begin = i;
        unsigned high = 0, read = 0, word = 0, above = 0;
        while (i < len && !ends_line(text[i]) && (i - begin < LONG_LINE || text[i] != ' ')) {
            const unsigned b = text[i++];
            if (b == ' ' || b == '\t') {
                read += above != 0 ? word : 0u;
                word = above = 0;
                continue;
            }
            word++;
            above += b >> 7;
            high += b >> 7;
        }
        read += above != 0 ? word : 0u;
        if (high != 0) {
            line[count].begin = (uint16_t)begin;
            line[count].len = (uint16_t)(i - begin);
            line[count].high = (uint16_t)high;
            line[count++].read = (uint16_t)read;
        }
        i++;
    }
    return count;
}

/* The code point of a well-formed character of `n` bytes, two at least. */
static uint32_t utf8_code(const uint8_t *data, size_t n)
{
    uint32_t cp = data[0] & (0x7Fu >> n);
    for (size_t k = 1; k < n; k++) {
        cp = cp << 6 | (data[k] & 0x3Fu);
    }
    return cp;
}

/* The next character in a charset of several bytes, NO_CHARACTER where there is none.
 * @return how many bytes it takes */
static size_t next_character(int family, const uint8_t *data, size_t len, uint32_t *cp)
{
    if (data[0] < 0x80u) {
        *cp = data[0];
        return 1;
    }
    if (family < 0) {
        const size_t used = rcd_utf8_character(data, len);
        *cp = used != 0 ? utf8_code(data, used) : NO_CHARACTER;
        return used != 0 ? used : 1u;
    }
    const int used = rcd_mb_next(family, data, len, cp);
    if (used > 0) {
        return (size_t)used;
    }
    *cp = NO_CHARACTER;
    return used < 0 ? (size_t)-used : len;
}

/* How a charset is read: by a table or as a family of several bytes to a character. */
typedef struct {
    const uint16_t *table;
    int family;
} reader;

static reader reader_of(unsigned charset)
{
    const reader r = {rcd_single_byte_table((int)charset), rcd_mb_family((int)charset)};
    return r;
}

/* The next code point. @return how many bytes it takes */
static size_t next_code(const reader *r, const uint8_t *data, size_t len, uint32_t *cp)
{
    if (r->table == NULL) {
        return next_character(r->family, data, len, cp);
    }
    const uint16_t code = r->table[data[0]];
    *cp = code != RCD_UNASSIGNED ? code : NO_CHARACTER;
    return 1;
}

/* The text of the lines, each with a line feed behind it. @return code points */
static size_t text_of(unsigned charset, const uint8_t *text, const rcd_run_line *line, size_t lines,
                      uint32_t *out)
{
    const reader r = reader_of(charset);
    size_t n = 0;
    for (size_t k = 0; k < lines; k++) {
        const uint8_t *data = text + line[k].begin;
        for (size_t i = 0; i < line[k].len; n++) {
            i += next_code(&r, data + i, line[k].len - i, &out[n]);
            out[n] = out[n] == '\n' || out[n] == '\r' ? ' ' : out[n];
        }
        out[n++] = '\n';
    }
    return n;
}

/* Is it the same text in both? */
static int is_same(const reader *one, const reader *other, const uint8_t *data, size_t len)
{
    uint32_t a, b;
    for (size_t i = 0, n; i < len; i += n) {
        n = next_code(one, data + i, len - i, &a);
        if (next_code(other, data + i, len - i, &b) != n || a != b) {
            return 0;
        }
    }
    return 1;
}

static void set_cost(rcd_run_reading *reading, size_t line, int32_t cost)
{
    reading->total += cost - reading->cost[line];
    reading->cost[line] = cost;
}

void rcd_runs_level(rcd_run_reading *one, rcd_run_reading *other, const uint8_t *text,
                    const rcd_run_line *line, size_t lines)
{
    const reader r[2] = {reader_of(one->charset), reader_of(other->charset)};
    for (size_t k = 0; k < lines; k++) {
        if (one->cost[k] != other->cost[k] &&
            is_same(&r[0], &r[1], text + line[k].begin, line[k].len)) {
            const int32_t least = one->cost[k] < other->cost[k] ? one->cost[k] : other->cost[k];
            set_cost(one, k, least);
            set_cost(other, k, least);
        }
    }
}

int rcd_runs_weigh(rcd_run_reading *reading, const uint8_t *text, const rcd_run_line *line,
                   size_t lines, uint32_t *work)
{
    const rcd_charset *charset = rcd_charset_get((int)reading->charset);
    const uint16_t asked[2] = {(uint16_t)reading->language, 0};
    const size_t languages = reading->language != 0 ? 2u : 1u;
    int32_t both[2u * RCD_RUNS_LINES];
    if (charset == NULL || charset->family == RCD_FAMILY_EBCDIC ||
        (rcd_single_byte_table((int)reading->charset) == NULL &&
         rcd_mb_family((int)reading->charset) < 0 && reading->charset != RCD_CS_UTF_8)) {
        return 0;
    }
    const size_t n = text_of(reading->charset, text, line, lines, work);
    if (rcd_weigh_lines(work, n, asked + (2u - languages), languages, both, lines) != (int)lines) {
        return 0;
    }
    reading->total = 0;
    for (size_t k = 0; k < lines; k++) {
        const int32_t any = both[languages * k + languages - 1u];
        int32_t cost = any;
        if (languages == 2u) {
            const int32_t own = both[2u * k];
            cost = own < any + OTHER_LANGUAGE ? own : any + OTHER_LANGUAGE;
        }
        reading->cost[k] = cost < MOST ? cost : MOST;
        reading->total += reading->cost[k];
    }
    return 1;
}

int32_t rcd_runs_path(const rcd_run_reading *one, const rcd_run_reading *other, size_t lines,
                      uint8_t which[RCD_RUNS_LINES])
{
    uint8_t stays[2][RCD_RUNS_LINES]; /* whether the cheapest way to here came in the same reading */
    int32_t total[2] = {0, 0};
    for (size_t k = 0; k < lines; k++) {
        const int32_t before[2] = {total[0], total[1]};
        for (unsigned r = 0; r < 2u; r++) {
            const int32_t moved = before[1u - r] + RCD_RUNS_SWITCH;
            stays[r][k] = before[r] <= moved;
            total[r] = (stays[r][k] ? before[r] : moved) + (r == 0 ? one : other)->cost[k];
        }
    }
    unsigned r = total[1] < total[0];
    const int32_t least = total[r];
    for (size_t k = lines; k-- > 0;) {
        which[k] = (uint8_t)r;
        r = stays[r][k] ? r : 1u - r;
    }
    return least;
}
