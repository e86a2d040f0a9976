/* rcd_score.c : see rcd_score.h. */
#include "rcd_score.h"

#include <string.h>

unsigned rcd_foreign_cost(unsigned a, unsigned b, unsigned c)
{
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    int32_t shared = 0;
    const uint8_t *row = rcd_step(latin, a, b, c, &shared);
    return row[latin->columns - 1u] + (unsigned)shared;
}

/* Symbols of the two characters before, as the Latin models see them, for foreign words. */
typedef struct {
    unsigned a, b;
} latin_context;

static unsigned foreign_step(latin_context *context, uint32_t cp, rcd_cell cell)
{
    unsigned cost = RCD_COST_ALIEN;
    unsigned symbol = RCD_SYM_BOUNDARY;
    if (cp < 0x80u && rcd_cell_group(cell) == RCD_LATN) {
        symbol = rcd_cell_symbol(cell);
        cost = rcd_foreign_cost(context->a, context->b, symbol);
    }
    context->a = symbol <= RCD_SYM_DIGIT ? symbol : context->b;
    context->b = symbol;
    return cost;
}

void rcd_score_script(const uint32_t *cp, size_t len, unsigned group,
                      int32_t cost[RCD_MAX_COLUMNS])
{
    const rcd_script *s = rcd_script_get(group);
    int32_t shared = 0;
    unsigned a = RCD_SYM_BOUNDARY, b = RCD_SYM_BOUNDARY, ka = 0, kb = 0;
    latin_context foreign = {0, 0};
    uint32_t sum[RCD_MAX_COLUMNS] = {0};
    for (size_t i = 0; i < len; i++) {
        rcd_cell cell = rcd_cell_of(cp[i]);
        unsigned c = rcd_symbol_in(cell, group);
        unsigned kc = rcd_cell_case(cell);
        shared += (int32_t)rcd_case_cost(ka, kb, kc);
        ka = kb;
        kb = kc;
        if (c == RCD_SYM_FOREIGN) {
            shared += (int32_t)foreign_step(&foreign, cp[i], cell);
        } else {
            foreign.a = foreign.b = RCD_SYM_BOUNDARY;
            shared += (int32_t)rcd_cell_cost(cell);
        }
        if (c == RCD_SYM_BOUNDARY && b == RCD_SYM_BOUNDARY) {
            shared += RCD_COST_AGAIN;
            continue;
        }
        if (c == RCD_SYM_DIGIT && b == RCD_SYM_DIGIT) {
            shared += RCD_COST_DIGIT;
            continue;
        }
        const uint8_t *row = rcd_step(s, a, b, c, &shared);
        for (unsigned k = 0; k < s->stride; k++) {
            sum[k] += row[k];
        }
        a = c <= RCD_SYM_DIGIT ? c : b;
        b = c;
    }
    for (unsigned k = 0; k < s->columns; k++) {
        cost[k] = (int32_t)sum[k] + shared;
    }
}

void rcd_score_hani(const uint32_t *cp, size_t len, int32_t cost[RCD_HANI_COLUMNS])
{
    int32_t shared = 0;
    uint32_t sum[RCD_HANI_COLUMNS] = {0};
    uint32_t before = RCD_SYM_BOUNDARY;
    unsigned ka = 0, kb = 0;
    latin_context foreign = {0, 0};
    for (size_t i = 0; i < len; i++) {
        rcd_cell cell = rcd_cell_of(cp[i]);
        unsigned group = rcd_cell_group(cell);
        uint32_t token = group == RCD_HANI ? cp[i] : rcd_symbol_in(cell, RCD_HANI);
        unsigned kc = rcd_cell_case(cell);
        shared += (int32_t)rcd_case_cost(ka, kb, kc);
        ka = kb;
        kb = kc;
        if (token == RCD_SYM_FOREIGN) {
            shared += (int32_t)foreign_step(&foreign, cp[i], cell);
        } else {
            foreign.a = foreign.b = RCD_SYM_BOUNDARY;
            shared += (int32_t)rcd_cell_cost(cell);
        }
        if (token <= RCD_SYM_FOREIGN && token == before) {
            shared += token == RCD_SYM_BOUNDARY ? RCD_COST_AGAIN : RCD_COST_DIGIT;
            continue;
        }
        const uint8_t *row = rcd_hani_pair(before, token);
        if (row == NULL) {
            row = rcd_hani_letter(token);
            shared += RCD_COST_PAIR;
        }
        for (unsigned k = 0; k < RCD_HANI_COLUMNS; k++) {
            sum[k] += row[k];
        }
        before = token;
    }
    for (unsigned k = 0; k < RCD_HANI_COLUMNS; k++) {
        cost[k] = (int32_t)sum[k] + shared;
    }
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

void rcd_score_text(const uint32_t *cp, size_t len, unsigned only_group, rcd_text_score *out)
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
    memset(out, 0, sizeof *out);
    out->cost = out->second = INT32_MAX;
    if (most == 0) {
        return;
    }
    for (unsigned g = RCD_LATN; g < RCD_GROUPS; g++) {
        if ((only_group != 0 && g != only_group) || letters[g] < most / 4u || letters[g] == 0) {
            continue;
        }
        int32_t cost[RCD_MAX_COLUMNS];
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
        for (unsigned k = 0; k < s->columns; k++) {
            unsigned language = s->languages[k];
            keep_best(out, g, language, cost[k] + (int32_t)rcd_language_cost(language));
        }
    }
}
