/* rcd_single.c : see rcd_single.h.
 *
 * Stages of rising cost. The bytes that occur rule charsets out and fold those that give the same
 * text into one; letter frequencies rank what is left; the few plausible ones meet the trigram
 * models, in steps, until one is far ahead. ASCII means the same in nearly all of them, so what is
 * only ASCII is scored once per script and not once per charset.
 */
#include "rcd_single.h"

#include <string.h>

#include "rcd_charset.h"
#include "rcd_score.h"
#include "recodec.h"

#define KEEP_TEXTS 64u           /* readings that meet the trigrams */
#define MIXED_WORD 60            /* a letter of another script beside an ASCII letter, when ranking */
/* How far letter frequencies may mislead: by so much, and more for each byte over 0x7F; against a
 * cost that is final, by more for every byte. */
#define SLACK 400
#define SLACK_EACH 38
#define KNOWN_EACH 24
#define FIRST_STEP 32u           /* positions until the first look at who is still in the race; */
#define LAST_STEP RCD_ROWS_MOST  /* each step is twice the one before, up to this */
#define BEHIND 700               /* a reading this far (70 bits) behind is given up */
#define ENOUGH 1024u             /* positions after which the language of a lone reading is clear */
#define ASCII_FOREIGN 42         /* which ASCII letter it is, in text of another script */
#define BOX_NEXT 70              /* a piece of a frame after another */
#define RARE_SIGN 76             /* signs dearer than this have no place inside a word ... */
#define INSIDE_WORD 90           /* ... and cost so much more there */
#define HINT 60                  /* for or against a language that the caller expects */
#define NO_LETTERS 150           /* text in a script of which it has not one letter */
#define WRONG_NEWLINE 40         /* line ends of another system than the charset's */

static int is_special(unsigned b)
{
    return b >= 0x80u || (b < 0x20u && b != '\t' && b != '\n' && b != '\r') || b == 0x7Fu;
}

static int is_ascii_letter(unsigned b)
{
    return (b | 0x20u) - 'a' < 26u;
}

static int is_ascii_digit(unsigned b)
{
    return b - '0' < 10u;
}

static int is_ascii_sign(unsigned b)
{
    return b < 0x80u && !is_ascii_letter(b) && !is_ascii_digit(b);
}

static int allowed(const uint8_t *allow, unsigned charset)
{
    return allow == NULL || allow[charset] != 0;
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 29);
}

/* Hash of the characters the input gives, or 0 when a byte of it is not assigned. */
static uint64_t hash_of(const rcd_single_work *w, const uint16_t *table, int ebcdic)
{
    uint64_t hash = 1u + (unsigned)ebcdic;
    uint32_t n = ebcdic ? w->present_count : w->special_count;
    for (uint32_t i = 0; i < n; i++) {
        unsigned b = w->present[i];
        if (table[b] == 0xFFFFu) {
            return 0;
        }
        hash = mix(hash, ((uint64_t)b << 16) | table[b]);
    }
    return hash | 1u;
}

static uint32_t text_of(rcd_single_work *w, const uint16_t *table)
{
    int ebcdic = table['a'] != 'a' || table['E'] != 'E';
    uint64_t hash = hash_of(w, table, ebcdic);
    if (hash == 0) {
        return RCD_SINGLE_TEXTS;
    }
    uint32_t t = 0;
    while (t < w->text_count && w->text[t].hash != hash) {
        t++;
    }
    if (t == w->text_count && t < RCD_SINGLE_TEXTS) {
        w->text_count++;
        memset(&w->text[t], 0, sizeof w->text[t]);
        w->text[t].hash = hash;
        w->text[t].table = table;
        w->text[t].ebcdic = (uint8_t)ebcdic;
        w->text[t].best = INT32_MAX;
    }
    return t;
}

/* What a charset's use of a language costs, with what the caller and the bytes say of it. */
static int32_t prior_of(const rcd_pair *pair, const rcd_hints *hints)
{
    int32_t cost = pair->cost;
    if (hints->declared != 0 && pair->charset == hints->declared) {
        cost -= hints->bonus;
    }
    /* Old Macs ended lines with CR, Windows and DOS with CRLF. */
    const rcd_charset *charset = rcd_charset_get(pair->charset);
    int mac = charset != NULL && charset->family == RCD_FAMILY_MAC;
    if (hints->newline == RCD_NEWLINE_CR) {
        cost += mac ? 0 : WRONG_NEWLINE;
    } else if (hints->newline == RCD_NEWLINE_CRLF) {
        cost += mac ? WRONG_NEWLINE : 0;
    }
    if (hints->language != 0) {
        const rcd_script *s = rcd_script_get(pair->group);
        cost += s->languages[pair->column] == hints->language ? -HINT : HINT;
    }
    return cost;
}

/* Sorts the pairs that can be by the text that they give. */
static void find_texts(rcd_single_work *w, const rcd_hints *hints)
{
    size_t count;
    const rcd_pair *pairs = rcd_pairs(&count);
    count = count < RCD_SINGLE_PAIRS ? count : RCD_SINGLE_PAIRS;
    w->text_count = 0;
    for (size_t p = 0; p < count;) {
        unsigned charset = pairs[p].charset;
        const uint16_t *table = rcd_single_byte_table((int)charset);
        uint32_t t = RCD_SINGLE_TEXTS;
        if (table != NULL && allowed(hints->allow, charset)) {
            t = text_of(w, table);
        }
        for (; p < count && pairs[p].charset == charset; p++) {
            /* Half-width katakana in EBCDIC: the models of CJK text are not for single bytes. */
            int scored = t < RCD_SINGLE_TEXTS && pairs[p].group != RCD_HANI;
            w->pair_text[p] = (int16_t)(scored ? (int)t : -1);
            if (scored) {
                w->text[t].groups |= 1u << pairs[p].group;
                w->text[t].pair_count++;
            }
        }
    }
    uint16_t next = 0;
    for (uint32_t t = 0; t < w->text_count; t++) {
        w->text[t].first_pair = next;
        next = (uint16_t)(next + w->text[t].pair_count);
        w->text[t].pair_count = 0;
    }
    for (size_t p = 0; p < count; p++) {
        if (w->pair_text[p] >= 0) {
            rcd_single_text *text = &w->text[w->pair_text[p]];
            unsigned at = text->first_pair + text->pair_count++;
            w->pair[at] = (uint16_t)p;
            w->pair_cost[at] = (int16_t)prior_of(&pairs[p], hints);
        }
    }
}

/* Some tables have the ASCII controls a second time above 0x7F; nobody typed a tab that way. */
static unsigned sign_cost(const rcd_single_text *text, unsigned b, rcd_cell cell)
{
    return b >= 0x80u && text->table[b] < 0x20u && !text->ebcdic ? 255u : rcd_cell_cost(cell);
}

/* Step one: letter frequencies, all languages of a script taken together, put the readings in
 * order. Characters that are ASCII in every charset count as foreign words in all but EBCDIC. */
static int32_t frequency_cost(const rcd_single_work *w, const rcd_single_text *text, unsigned g)
{
    const rcd_script *s = rcd_script_get(g);
    int32_t cost = 0;
    uint32_t n = text->ebcdic ? w->present_count : w->special_count;
    for (uint32_t i = 0; i < n; i++) {
        unsigned b = w->present[i];
        rcd_cell cell = rcd_cell_of(text->table[b]);
        unsigned symbol = rcd_symbol_in(cell, g);
        unsigned each = s->mixed[symbol];
        if (symbol == RCD_SYM_FOREIGN) {
            each += text->table[b] < 0x80u ? ASCII_FOREIGN : RCD_COST_ALIEN;
        } else {
            each += sign_cost(text, b, cell);
        }
        cost += (int32_t)(w->count[b] * each);
        if (rcd_cell_box(cell)) {
            cost -= (int32_t)(w->again[b] * (each - 2u * RCD_COST_AGAIN));
        }
        if (g != RCD_LATN && symbol > RCD_SYM_FOREIGN && !text->ebcdic) {
            cost += (int32_t)(w->beside[b] * MIXED_WORD);
        }
    }
    return cost;
}

static void rank_texts(rcd_single_work *w)
{
    const uint16_t *ascii = rcd_single_byte_table(RCD_CS_ISO8859_1);
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    int32_t ascii_cost = 0;
    for (uint32_t i = w->special_count; i < w->present_count; i++) {
        rcd_cell cell = rcd_cell_of(ascii[w->present[i]]);
        unsigned each = latin->mixed[rcd_cell_symbol(cell)] + rcd_cell_cost(cell);
        ascii_cost += (int32_t)(w->count[w->present[i]] * each);
    }
    /* In a run, only the first says that a number or a gap begins. */
    ascii_cost -= (int32_t)w->digit_runs * (latin->mixed[RCD_SYM_DIGIT] - RCD_COST_DIGIT);
    ascii_cost -= (int32_t)w->sign_runs * (latin->mixed[RCD_SYM_BOUNDARY] - RCD_COST_AGAIN);
    for (uint32_t t = 0; t < w->text_count; t++) {
        rcd_single_text *text = &w->text[t];
        int32_t prior = INT32_MAX;
        for (unsigned n = 0; n < text->pair_count; n++) {
            int32_t cost = w->pair_cost[text->first_pair + n];
            prior = cost < prior ? cost : prior;
        }
        for (unsigned g = RCD_LATN; g < RCD_HANI; g++) {
            if (text->groups & (1u << g)) {
                int32_t cost = prior + frequency_cost(w, text, g);
                cost += text->ebcdic ? 0 : ascii_cost;
                text->best = cost < text->best ? cost : text->best;
            }
        }
    }
}

static void fill_lane(const rcd_single_work *w, rcd_single_lane *lane, unsigned t, unsigned g)
{
    const rcd_single_text *text = &w->text[t];
    lane->text = (uint16_t)t;
    lane->group = (uint8_t)g;
    lane->live = 1;
    lane->lettered = 0;
    lane->same = 0;
    memset(lane->sum, 0, sizeof lane->sum);
    memset(lane->part, 0, sizeof lane->part);
    for (uint32_t i = 0; i < w->present_count; i++) {
        unsigned b = w->present[i];
        uint16_t cp = text->table[b];
        rcd_cell cell = rcd_cell_of(cp);
        unsigned symbol = rcd_symbol_in(cell, g);
        unsigned cost = sign_cost(text, b, cell);
        lane->lettered |= symbol > RCD_SYM_FOREIGN && w->count[b] != 0;
        if (symbol == RCD_SYM_FOREIGN) {
            /* ASCII letters get their cost from the foreign words, see lane_step(). */
            cost = cp < 0x80u ? (text->ebcdic ? ASCII_FOREIGN : 0u) : RCD_COST_ALIEN;
        }
        lane->symbol[b] = (uint8_t)symbol;
        lane->cost[b] = (uint8_t)cost;
        lane->kind[b] = (uint8_t)rcd_cell_case(cell);
        lane->box[b] = (uint8_t)rcd_cell_box(cell);
    }
    lane->shared = lane->lettered ? 0 : NO_LETTERS;
}

/* Adds the character at `i` to a lane. */
static inline void lane_step(rcd_single_lane *lane, const rcd_script *s, const uint8_t *data,
                             size_t i, const uint8_t *foreign)
{
    unsigned b0 = data[i], b1 = i > 0 ? data[i - 1] : '\n', b2 = i > 1 ? data[i - 2] : '\n';
    unsigned a = lane->symbol[b2], b = lane->symbol[b1], c = lane->symbol[b0];
    int32_t shared = lane->cost[b0];
    shared += (int32_t)rcd_case_cost(lane->kind[b2], lane->kind[b1], lane->kind[b0]);
    if (c == RCD_SYM_FOREIGN && b0 < 0x80u) {
        shared += foreign[i];
    }
    if (c == RCD_SYM_BOUNDARY && b == RCD_SYM_BOUNDARY) {
        /* Lines and frames: the same piece again is no news, and another is little. */
        if (lane->box[b0] && lane->box[b1]) {
            shared = b0 == b1 ? RCD_COST_AGAIN : BOX_NEXT;
        }
        lane->shared += shared + RCD_COST_AGAIN;
        return;
    }
    if (c == RCD_SYM_DIGIT && b == RCD_SYM_DIGIT) {
        lane->shared += shared + RCD_COST_DIGIT;
        return;
    }
    /* A sign that is no apostrophe or hyphen, in the middle of a word. */
    if (b == RCD_SYM_BOUNDARY && c >= RCD_SYM_FOREIGN && a >= RCD_SYM_FOREIGN &&
        lane->cost[b1] > RARE_SIGN) {
        shared += INSIDE_WORD;
    }
    if (b <= RCD_SYM_DIGIT) {
        a = b;
    }
    const uint8_t *row = rcd_step(s, a, b, c, &shared);
    lane->shared += shared;
    rcd_add_row(lane->part, row, s->stride);
    if (b0 == b1 && b1 == b2 && b0 >= 0x80u) {
        lane->same = (uint8_t)b0;
        lane->same_row = row;
        lane->same_cost = shared;
    }
}

/* Adds the positions begin .. end - 1 of those that the race looks at. The step of a byte after two
 * of itself is the same each time, so that a flood of one byte is a multiplication. */
static void lane_steps(rcd_single_lane *lane, const rcd_script *s, const uint8_t *data,
                       const rcd_single_work *w, size_t begin, size_t end, int ebcdic)
{
    for (size_t i = begin, n; i < end; i += n) {
        size_t at = ebcdic ? i : w->touched[i];
        n = 1;
        if (lane->same == 0 || at < 2 || data[at] != lane->same || data[at - 1] != lane->same ||
            data[at - 2] != lane->same) {
            lane_step(lane, s, data, at, w->foreign);
            continue;
        }
        while (i + n < end && (ebcdic ? i + n : w->touched[i + n]) == at + n &&
               data[at + n] == lane->same) {
            n++;
        }
        lane->shared += (int32_t)n * lane->same_cost;
        for (unsigned k = 0; k < s->columns; k++) {
            lane->sum[k] += (uint32_t)n * lane->same_row[k];
        }
    }
    rcd_flush_rows(lane->sum, lane->part, s->stride);
}

/* A stretch of ASCII inside a text need not be in its language: names, code, an English preface.
 * Where the language of foreign words does better by more than the change costs, it counts. The
 * first change is dear, to stay is cheap. */
static void add_stretch(int32_t base[RCD_MAX_COLUMNS], uint16_t stretch[RCD_MAX_COLUMNS],
                        uint8_t changed[RCD_MAX_COLUMNS], const rcd_script *latin)
{
    int32_t foreign = stretch[latin->columns - 1u];
    for (unsigned k = 0; k < latin->stride; k++) {
        int32_t other = foreign + (changed[k] ? RCD_COST_STAY : RCD_COST_CHANGE);
        changed[k] = other < stretch[k];
        base[k] += changed[k] ? other : stretch[k];
        stretch[k] = 0;
    }
}

/* What the positions that are ASCII in every charset cost, per script; and the foreign words. */
static void score_ascii(rcd_single_work *w, const uint8_t *data, size_t len, uint32_t groups)
{
    uint8_t symbol[128];
    uint8_t kind[128];
    uint8_t cost[128];
    for (unsigned b = 0; b < 128u; b++) {
        rcd_cell cell = rcd_cell_of(b);
        symbol[b] = (uint8_t)rcd_cell_symbol(cell);
        kind[b] = (uint8_t)rcd_cell_case(cell);
        cost[b] = (uint8_t)rcd_cell_cost(cell);
    }
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    int32_t common = 0, foreign_sum = 0;
    uint16_t stretch[RCD_MAX_COLUMNS] = {0};
    uint8_t changed[RCD_MAX_COLUMNS] = {0};
    unsigned stretch_len = 0, untouched = 0;
    w->touched_count = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned b0 = data[i], b1 = i > 0 ? data[i - 1] : '\n', b2 = i > 1 ? data[i - 2] : '\n';
        int touched = is_special(b0) || is_special(b1) || is_special(b2);
        unsigned c = b0 < 128u ? symbol[b0] : 0u, b = b1 < 128u ? symbol[b1] : 0u,
                 a = b2 < 128u ? symbol[b2] : 0u;
        int letter = c > RCD_SYM_DIGIT;
        w->foreign[i] = 0;
        unsigned la = b <= RCD_SYM_DIGIT ? b : a;
        if (touched) {
            if (letter) {
                unsigned f = rcd_foreign_cost(la, b, c);
                w->foreign[i] = (uint8_t)(f > 255u ? 255u : f);
            }
            if (w->touched_count < RCD_SINGLE_TOUCHED) {
                w->touched[w->touched_count++] = (uint16_t)i;
            }
            continue;
        }
        common += cost[b0] + (int32_t)rcd_case_cost(kind[b2], kind[b1], kind[b0]);
        if (c == b && c <= RCD_SYM_DIGIT) {
            common += c == RCD_SYM_BOUNDARY ? RCD_COST_AGAIN : RCD_COST_DIGIT;
            continue;
        }
        const uint8_t *row = rcd_step(latin, la, b, c, &common);
        foreign_sum += row[latin->columns - 1u];
        untouched++;
        if (groups & (1u << RCD_LATN)) {
            rcd_add_row(stretch, row, latin->stride);
            if (++stretch_len == RCD_STRETCH) {
                add_stretch(w->base[RCD_LATN], stretch, changed, latin);
                stretch_len = 0;
            }
        }
    }
    add_stretch(w->base[RCD_LATN], stretch, changed, latin);
    w->base_shared[RCD_LATN] = common;
    for (unsigned g = RCD_CYRL; g < RCD_HANI; g++) {
        w->base_shared[g] = common + foreign_sum + rcd_foreign_change(untouched);
    }
}

/* Cheapest pair that a lane stands for; *at tells which of rcd_single_work.pair, -1 = none. */
static int32_t lane_best(const rcd_single_work *w, const rcd_single_lane *lane)
{
    size_t count;
    const rcd_pair *pairs = rcd_pairs(&count);
    const rcd_single_text *text = &w->text[lane->text];
    int32_t best = INT32_MAX / 2;
    for (unsigned n = 0; n < text->pair_count; n++) {
        unsigned at = text->first_pair + n;
        const rcd_pair *pair = &pairs[w->pair[at]];
        if (pair->group == lane->group) {
            int32_t cost = (int32_t)lane->sum[pair->column] + w->base[lane->group][pair->column] +
                           w->pair_cost[at];
            best = cost < best ? cost : best;
        }
    }
    return best + lane->shared + w->base_shared[lane->group];
}

static void choose_lanes(rcd_single_work *w, int32_t known)
{
    int32_t special = 0, all = 0;
    for (uint32_t i = 0; i < w->present_count; i++) {
        int32_t n = (int32_t)w->count[w->present[i]];
        special += i < w->special_count ? n : 0;
        all += n;
    }
    int32_t slack = SLACK + SLACK_EACH * special;
    /* EBCDIC and ASCII never share a text: frequencies tell which family it is. */
    int32_t best[2] = {INT32_MAX, INT32_MAX};
    for (uint32_t t = 0; t < w->text_count; t++) {
        unsigned kind = w->text[t].ebcdic;
        best[kind] = w->text[t].best < best[kind] ? w->text[t].best : best[kind];
    }
    unsigned family = best[1] < best[0] ? 1u : 0u;
    w->lane_count = 0;
    uint8_t used[RCD_SINGLE_TEXTS] = {0};
    for (unsigned n = 0; n < KEEP_TEXTS; n++) {
        uint32_t least = w->text_count;
        for (uint32_t t = 0; t < w->text_count; t++) {
            if (!used[t] && w->text[t].ebcdic == family && w->text[t].best != INT32_MAX &&
                (least == w->text_count || w->text[t].best < w->text[least].best)) {
                least = t;
            }
        }
        if (least == w->text_count) {
            break;
        }
        used[least] = 1;
        /* Letter frequencies are off by what the order of letters says, which per letter is at
         * most so much, and against a reading that the pairs of characters have scored, so much. */
        int32_t cost = w->text[least].best;
        if (cost - best[family] > slack ||
            (known < INT32_MAX && cost - known > SLACK + KNOWN_EACH * all)) {
            break;
        }
        for (unsigned g = RCD_LATN; g < RCD_HANI && w->lane_count < RCD_SINGLE_LANES; g++) {
            if (w->text[least].groups & (1u << g)) {
                fill_lane(w, &w->lane[w->lane_count++], least, g);
            }
        }
    }
}

static void race(rcd_single_work *w, const uint8_t *data, size_t len, int32_t known, int ebcdic)
{
    size_t positions = ebcdic ? len : w->touched_count;
    size_t step = FIRST_STEP;
    for (size_t begin = 0, end; begin < positions; begin = end) {
        end = begin + step < positions ? begin + step : positions;
        step = step < LAST_STEP ? step * 2u : step;
        int32_t best = known;
        int32_t cost[RCD_SINGLE_LANES];
        for (uint32_t n = 0; n < w->lane_count; n++) {
            rcd_single_lane *lane = &w->lane[n];
            if (!lane->live) {
                continue;
            }
            const rcd_script *s = rcd_script_get(lane->group);
            lane_steps(lane, s, data, w, begin, end, ebcdic);
            cost[n] = lane_best(w, lane);
            best = cost[n] < best ? cost[n] : best;
        }
        unsigned texts = 0;
        unsigned text = RCD_SINGLE_TEXTS;
        for (uint32_t n = 0; n < w->lane_count; n++) {
            rcd_single_lane *lane = &w->lane[n];
            if (lane->live && cost[n] > best + BEHIND) {
                lane->live = 0;
            }
            if (lane->live && lane->text != text) {
                text = lane->text;
                texts++;
            }
        }
        if (texts == 0 || (texts == 1 && end >= ENOUGH && known == INT32_MAX)) {
            return;
        }
    }
}

/* One reading per charset of the lanes that are left, in its best language. */
static void report(const rcd_single_work *w, rcd_readings *out)
{
    size_t count;
    const rcd_pair *pairs = rcd_pairs(&count);
    for (uint32_t t = 0; t < w->text_count; t++) {
        const rcd_single_text *text = &w->text[t];
        rcd_reading best = {0, 0, 0, 0, INT32_MAX};
        int32_t second = INT32_MAX / 2;
        for (unsigned n = 0; n <= text->pair_count; n++) {
            unsigned at = text->first_pair + n;
            const rcd_pair *pair = n < text->pair_count ? &pairs[w->pair[at]] : NULL;
            if (best.cost != INT32_MAX && (pair == NULL || pair->charset != best.charset)) {
                rcd_readings_add(out, best.charset, best.language, out->texts + t, best.cost, second);
                best.cost = INT32_MAX;
                second = INT32_MAX / 2;
            }
            for (uint32_t l = 0; pair != NULL && l < w->lane_count; l++) {
                const rcd_single_lane *lane = &w->lane[l];
                if (!lane->live || lane->text != t || lane->group != pair->group) {
                    continue;
                }
                int32_t cost = (int32_t)lane->sum[pair->column] +
                               w->base[lane->group][pair->column] + lane->shared +
                               w->base_shared[lane->group] + w->pair_cost[at];
                uint16_t language = rcd_script_get(lane->group)->languages[pair->column];
                if (cost < best.cost) {
                    if (best.cost != INT32_MAX && language != best.language) {
                        second = best.cost;
                    }
                    best.charset = pair->charset;
                    best.language = language;
                    best.cost = cost;
                } else if (language != best.language && cost < second) {
                    second = cost;
                }
            }
        }
    }
    out->texts = (uint16_t)(out->texts + w->text_count);
}

/* The byte values that the models or the decoding meet, special ones first; a newline always is:
 * it stands before the text. */
static void list_present(rcd_single_work *w, const rcd_census *census)
{
    w->present_count = 0;
    for (int special = 1; special >= 0; special--) {
        for (unsigned b = 0; b < 256u; b++) {
            int there = w->count[b] != 0 || b == '\n' || (special && rcd_census_has(census, b));
            if (is_special(b) == special && there) {
                w->present[w->present_count++] = (uint8_t)b;
            }
        }
        w->special_count = special ? w->present_count : w->special_count;
    }
}

void rcd_single_score(rcd_single_work *w, const uint8_t *data, size_t len,
                      const rcd_census *census, const rcd_hints *hints, int32_t known,
                      rcd_readings *out)
{
    len = len < RCD_SINGLE_BYTES ? len : RCD_SINGLE_BYTES;
    memset(w->count, 0, sizeof w->count);
    memset(w->beside, 0, sizeof w->beside);
    memset(w->again, 0, sizeof w->again);
    w->digit_runs = w->sign_runs = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned b = data[i];
        w->count[b]++;
        unsigned before = i > 0 ? data[i - 1] : 0x80u;
        w->digit_runs += is_ascii_digit(b) && is_ascii_digit(before);
        w->sign_runs += is_ascii_sign(b) && is_ascii_sign(before);
        w->again[b] += i > 0 && data[i - 1] == b;
        w->beside[b] += is_special(b) && ((i > 0 && is_ascii_letter(data[i - 1])) ||
                                          (i + 1 < len && is_ascii_letter(data[i + 1])));
    }
    list_present(w, census);
    find_texts(w, hints);
    rank_texts(w);
    choose_lanes(w, known);
    if (w->lane_count == 0) {
        return;
    }
    int ebcdic = w->text[w->lane[0].text].ebcdic;
    memset(w->base, 0, sizeof w->base);
    memset(w->base_shared, 0, sizeof w->base_shared);
    if (!ebcdic) {
        uint32_t groups = 0;
        for (uint32_t n = 0; n < w->lane_count; n++) {
            groups |= 1u << w->lane[n].group;
        }
        score_ascii(w, data, len, groups);
    } else {
        memset(w->foreign, 0, len); /* EBCDIC has no ASCII letters: see fill_lane() */
    }
    race(w, data, len, known, ebcdic);
    report(w, out);
}
