/* rcd_score.c : see rcd_score.h. */
#include "rcd_score.h"

#include <string.h>

#define COST_LONE 80
#define COST_IN_WORD 140
#define COST_TOUCHED 60 /* a letter that touches a character of a list */

static void end_stretch(rcd_common_state *state)
{
    state->shared += state->stretch[0] < state->stretch[1] ? state->stretch[0] : state->stretch[1];
    state->stretch[0] = state->stretch[1] = 0;
    state->stretch_len = 0;
}

/* A character of a word in ASCII, or beside one, in text of another script. */
static void add_foreign(rcd_common_state *state, unsigned a, unsigned b, unsigned c)
{
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    const uint8_t *row = rcd_step(latin, a, b, c, &state->shared);
    state->stretch[0] = (uint16_t)(state->stretch[0] + row[RCD_LATN_FOREIGN]);
    state->stretch[1] = (uint16_t)(state->stretch[1] + row[RCD_LATN_ENGLISH]);
    if (++state->stretch_len == RCD_STRETCH) {
        end_stretch(state);
    }
}

/* Adds what does not depend on the language. @return 1 when the step is done: a foreign word. */
static inline int common_step(rcd_common_state *state, uint32_t cp, rcd_cell cell, unsigned group)
{
    unsigned kc = rcd_cell_case(cell);
    unsigned own = rcd_cell_group(cell);
    state->shared += (int32_t)rcd_case_cost(state->ka, state->kb, kc);
    state->ka = state->kb;
    state->kb = kc;
    state->ascii = cp < 0x80u ? state->ascii + 1u : 0u;
    if (group == RCD_LATN) {
        int at_home = own == RCD_LATN || own == RCD_COMMON;
        state->shared += at_home ? (int32_t)rcd_cell_cost(cell) : RCD_COST_ALIEN;
        return 0;
    }
    unsigned a = state->a, b = state->b;
    unsigned c = own == RCD_LATN || own == RCD_COMMON ? rcd_cell_symbol(cell)
                                                      : (unsigned)RCD_SYM_BOUNDARY;
    state->a = c <= RCD_SYM_DIGIT ? c : b;
    state->b = c;
    if (own == group || own == RCD_COMMON) {
        state->shared += own == RCD_HANI ? 0 : (int32_t)rcd_cell_cost(cell);
        state->alien = own == RCD_HANI ? 0u : state->alien;
    } else if (cp >= 0x80u) {
        state->shared += group == RCD_HANI && own == state->alien ? RCD_COST_ALIEN_MORE : RCD_COST_ALIEN;
        state->alien = own;
    }
    if (cp < 0x80u && own == RCD_LATN) {
        add_foreign(state, a, b, c);
    } else if (state->ascii >= 3u) {
        if (c == b) {
            state->shared += c == RCD_SYM_BOUNDARY ? RCD_COST_AGAIN : RCD_COST_DIGIT;
        } else {
            add_foreign(state, a, b, c);
        }
    }
    state->foreign += state->ascii >= 3u;
    return state->ascii >= 3u;
}

static int32_t common_cost(rcd_common_state *state)
{
    end_stretch(state);
    return state->shared + rcd_foreign_change(state->foreign);
}

/* Adds the rows of the steps that were gathered. */
static inline void add_steps(rcd_lookups *steps, const rcd_script *s, uint16_t *part,
                             int32_t *shared)
{
    rcd_lookups_sum(steps, s, part, shared);
    steps->count = 0;
}

/* Does the i-th character, no letter, say little behind what is before it? In a rule or a frame of DOS,
 * *cost = what it costs there. */
static inline int in_rule(const uint32_t *cp, size_t i, rcd_cell cell, int32_t *cost)
{
    if (cp[i] < 0x80u || i == 0) {
        return 0;
    }
    const int framed = rcd_cell_place(cell) == RCD_PLACE_BOX &&
                       rcd_cell_place(rcd_cell_of(cp[i - 1u])) == RCD_PLACE_BOX;
    const int again = cp[i] == cp[i - 1u] && (framed || (i > 1 && cp[i] == cp[i - 2u]));
    *cost = RCD_COST_AGAIN + (again ? RCD_COST_AGAIN : RCD_COST_FRAME);
    return again || framed;
}

/* Compiled for Latin, which is most of what is read, and for the others. */
static inline void score_script(const uint32_t *cp, size_t len, unsigned group,
                                int32_t cost[RCD_MAX_COLUMNS])
{
    const rcd_script *s = rcd_script_get(group);
    rcd_common_state common = {0};
    unsigned a = RCD_SYM_BOUNDARY, b = RCD_SYM_BOUNDARY;
    uint32_t sum[RCD_MAX_COLUMNS] = {0};
    uint16_t part[RCD_MAX_COLUMNS] = {0};
    rcd_lookups steps;
    steps.count = 0;
    for (size_t i = 0; i < len; i++) {
        if (i % RCD_ROWS_MOST == 0) {
            add_steps(&steps, s, part, &common.shared);
            rcd_flush_rows(sum, part, s->stride);
        }
        rcd_cell cell = rcd_cell_of(cp[i]);
        unsigned c = rcd_symbol_in(cell, group);
        int32_t little;
        if (c == RCD_SYM_BOUNDARY && in_rule(cp, i, cell, &little)) {
            common.shared += little;
            continue;
        }
        int done = common_step(&common, cp[i], cell, group);
        if (!done && c <= RCD_SYM_DIGIT && c == b) {
            common.shared += c == RCD_SYM_BOUNDARY ? RCD_COST_AGAIN : RCD_COST_DIGIT;
        } else if (!done) {
            rcd_lookups_add(&steps, s, a, b, c);
            if (steps.count == RCD_LOOKUPS) {
                add_steps(&steps, s, part, &common.shared);
            }
        }
        a = c <= RCD_SYM_DIGIT ? c : b;
        b = c;
    }
    add_steps(&steps, s, part, &common.shared);
    rcd_flush_rows(sum, part, s->stride);
    const int32_t shared = common_cost(&common);
    for (unsigned k = 0; k < s->columns; k++) {
        cost[k] = (int32_t)sum[k] + shared;
    }
}

void rcd_score_script(const uint32_t *cp, size_t len, unsigned group,
                      int32_t cost[RCD_MAX_COLUMNS])
{
    if (group == RCD_LATN) {
        score_script(cp, len, RCD_LATN, cost);
    } else {
        score_script(cp, len, group, cost);
    }
}

void rcd_hani_begin(rcd_hani_state *state)
{
    memset(state, 0, sizeof *state);
    state->before = RCD_SYM_BOUNDARY;
}

/* Signs that stand in rows: rules, frames, dots, stars. Those of East Asian sets have a width of their
 * own and rows in the models, where each would cost as much as a word. */
static inline int stands_in_rows(uint32_t cp, unsigned group)
{
    const int wide = cp - 0x3000u < 0x40u || cp == 0x30FBu || cp - 0xFF01u < 0x60u || cp - 0xFFE0u < 7u;
    return cp >= 0x80u && (group == RCD_COMMON || (group == RCD_HANI && wide));
}

/* Is the i-th character a sign as the one before it, or as the one before the space before it? */
static inline int in_a_row(const uint32_t *cp, size_t i, unsigned group)
{
    const int again = cp[i] == cp[i - 1u] ||
                      (i > 1 && cp[i] == cp[i - 2u] && (cp[i - 1u] == ' ' || cp[i - 1u] == 0x3000u));
    return again && stands_in_rows(cp[i], group);
}

/* Adds the pairs that were gathered. */
static inline void add_pairs(rcd_hani_state *state, rcd_hani_pairs *pairs, int listed)
{
    if (listed) {
        rcd_hani_add_listed(pairs, state->sum, state->others);
    } else {
        state->common.shared += (int32_t)rcd_hani_add(pairs, state->sum) * RCD_COST_PAIR;
    }
}

/* Compiled for text, which is most of what is read, and for lists. */
static inline void read_hani(rcd_hani_state *state, const uint32_t *cp, size_t len, const int listed)
{
    rcd_common_state *common = &state->common;
    uint32_t run = state->run, before = state->before;
    int word = state->word, inside = state->inside;
    const int32_t lone = listed ? 0 : COST_LONE, touched = listed ? COST_TOUCHED : 0;
    rcd_hani_pairs pairs;
    pairs.count = 0;
    for (size_t i = 0; i < len; i++) {
        rcd_cell cell = rcd_cell_of(cp[i]);
        unsigned group = rcd_cell_group(cell);
        if (i > 0 && in_a_row(cp, i, group)) {
            common->shared += RCD_COST_AGAIN;
            continue;
        }
        uint32_t token = group == RCD_HANI ? cp[i] : rcd_symbol_in(cell, RCD_HANI);
        int done = common_step(common, cp[i], cell, RCD_HANI);
        if (group == RCD_HANI) {
            inside = run == 0 ? word : inside;
            common->shared += run == 0 && word ? touched : 0;
            run++;
        } else if (run > 0) {
            /* A lone character in or between words: an accented letter and what follows it. */
            common->shared += token == RCD_SYM_FOREIGN ? touched : 0;
            if (run == 1) {
                common->shared += inside && token == RCD_SYM_FOREIGN ? COST_IN_WORD : lone;
            }
            run = 0;
        }
        word = token == RCD_SYM_FOREIGN;
        if (!done && token <= RCD_SYM_FOREIGN && token == before) {
            common->shared += token == RCD_SYM_BOUNDARY ? RCD_COST_AGAIN : RCD_COST_DIGIT;
        } else if (!done) {
            pairs.first[pairs.count] = before;
            pairs.second[pairs.count++] = token;
            if (pairs.count == RCD_HANI_PAIRS) {
                add_pairs(state, &pairs, listed);
            }
        }
        before = token;
    }
    add_pairs(state, &pairs, listed);
    state->run = run;
    state->before = before;
    state->word = word;
    state->inside = inside;
}

void rcd_hani_read(rcd_hani_state *state, const uint32_t *cp, size_t len)
{
    if (state->listed) {
        read_hani(state, cp, len, 1);
    } else {
        read_hani(state, cp, len, 0);
    }
}

void rcd_hani_pass(rcd_hani_state *state, rcd_ascii *ascii, const uint8_t *data, size_t from,
                   size_t to)
{
    rcd_common_state *common = &state->common;
    rcd_ascii_extend(ascii, data, to);
    rcd_ascii_sum_words(ascii);
    for (size_t i = from, end; i < to; i = end) {
        end = to - i < RCD_ASCII_MOST ? to : i + RCD_ASCII_MOST;
        common->shared += (uint16_t)(ascii->shared[end] - ascii->shared[i]);
    }
    for (unsigned k = ascii->steps[from], all = ascii->steps[to], n; k < all; k += n) {
        n = RCD_STRETCH - common->stretch_len;
        n = n < all - k ? n : all - k;
        common->stretch[0] = (uint16_t)(common->stretch[0] + ascii->foreign[k + n] - ascii->foreign[k]);
        common->stretch[1] = (uint16_t)(common->stretch[1] + ascii->english[k + n] - ascii->english[k]);
        common->stretch_len += n;
        if (common->stretch_len == RCD_STRETCH) {
            end_stretch(common);
        }
    }
    common->foreign += (unsigned)(to - from);
    common->ascii += (unsigned)(to - from);
    const rcd_cell last = rcd_cell_of(data[to - 1u]), last_but_one = rcd_cell_of(data[to - 2u]);
    common->b = rcd_cell_symbol(last);
    common->a = common->b <= RCD_SYM_DIGIT ? common->b : rcd_cell_symbol(last_but_one);
    common->kb = rcd_cell_case(last);
    common->ka = rcd_cell_case(last_but_one);
    state->before = rcd_symbol_in(last, RCD_HANI);
    state->word = state->before == RCD_SYM_FOREIGN;
}

void rcd_hani_costs(const rcd_hani_state *state, int32_t cost[RCD_HANI_COLUMNS])
{
    rcd_common_state common = state->common;
    const int32_t shared = common_cost(&common);
    for (unsigned k = 0; k < RCD_HANI_COLUMNS; k++) {
        cost[k] = (int32_t)state->sum[k] + shared;
    }
}

void rcd_hani_list_costs(const rcd_hani_state *state, int32_t uniform,
                         int32_t cost[RCD_HANI_COLUMNS])
{
    rcd_common_state common = state->common;
    const int32_t shared = common_cost(&common);
    for (unsigned k = 0; k < RCD_HANI_COLUMNS; k++) {
        const int32_t chosen = (int32_t)state->sum[k], any = (int32_t)state->others[k] + uniform;
        cost[k] = shared + (chosen < any ? chosen : any);
    }
}

void rcd_score_hani(const uint32_t *cp, size_t len, int32_t cost[RCD_HANI_COLUMNS])
{
    rcd_hani_state state;
    rcd_hani_begin(&state);
    rcd_hani_read(&state, cp, len);
    rcd_hani_costs(&state, cost);
}

static void keep_best(rcd_text_score *out, unsigned group, unsigned language, int32_t cost)
{
    if (language == 0) {
        return;
    }
    if (out->language == 0 || cost < out->cost) {
        if (out->language != 0 && out->language != language) {
            out->second = out->cost;
        }
        out->language = (uint16_t)language;
        out->group = (uint16_t)group;
        out->cost = cost;
    } else if (cost < out->second && language != out->language) {
        out->second = cost;
    }
}

void rcd_score_text(const uint32_t *cp, size_t len, rcd_text_score *out)
{
    uint32_t letters[RCD_GROUPS] = {0};
    for (size_t i = 0; i < len; i++) {
        letters[rcd_cell_group(rcd_cell_of(cp[i]))]++;
    }
    uint32_t most = 0;
    for (unsigned g = RCD_LATN; g < RCD_GROUPS; g++) {
        /* ASCII words stand in text of every script; a letter of another script weighs more. */
        uint32_t weight = g == RCD_LATN ? 1u : 4u;
        letters[g] *= weight;
        most = letters[g] > most ? letters[g] : most;
    }
    out->language = out->group = 0;
    out->cost = out->second = INT32_MAX;
    out->has_latin = 0;
    out->other_group = RCD_COMMON;
    out->length = (uint32_t)len;
    if (most == 0) {
        return;
    }
    for (unsigned g = RCD_LATN; g < RCD_GROUPS; g++) {
        if (letters[g] < most / 4u || letters[g] == 0) {
            continue;
        }
        int32_t *cost = g == RCD_LATN ? out->latin : out->other;
        out->other_group = g == RCD_LATN ? RCD_COMMON : g;
        if (g == RCD_HANI) {
            rcd_score_hani(cp, len, cost);
            for (unsigned k = 0; k < RCD_HANI_COLUMNS; k++) {
                unsigned language = rcd_hani_language(k);
                keep_best(out, g, language, cost[k] + (int32_t)rcd_language_cost(language));
            }
            continue;
        }
        const rcd_script *s = rcd_script_get(g);
        rcd_score_script(cp, len, g, cost);
        out->has_latin = out->has_latin || g == RCD_LATN;
        for (unsigned k = 0; k < s->columns; k++) {
            unsigned language = s->languages[k];
            keep_best(out, g, language, cost[k] + (int32_t)rcd_language_cost(language));
        }
    }
}
