/* rcd_twin_names.c : see rcd_twin_names.h. */
#include "rcd_twin_names.h"

#include "rcd_bits.h"
#include "rcd_score.h"
#include "rcd_single_byte.h"
#include "rcd_twins.h"

/* Bits by which a twin must read the text better, in tenths: more than what the sign of another
 * currency costs. */
#define MARGIN 60
#define LABELLED 300 /* what a label counts */
/* What signs cost that the models hardly know: text of the web has other money than old files. */
#define MONEY 60          /* dollar and euro; */
#define OTHER_MONEY 90    /* that of one country */
#define OLD_MONEY 150
#define BESIDE_NUMBER 40  /* less for money there */
#define OUT_OF_PLACE 60   /* an exclamation mark after a space or digit, # before a space, a
                             micro sign that follows no number */
#define BRACKET 60        /* a square bracket, */
#define UNPAIRED 90       /* more behind none */
/* Bytes beside one that two charsets differ in, and characters that are weighed at most. */
#define BESIDE 8u
#define MOST_TEXT 1024u

/* What a sign costs wherever it is; -1 = as the models have it. */
static int32_t money_cost(uint32_t cp)
{
    switch (cp) {
    case '$':
    case 0x20ACu: return MONEY; /* euro */
    case 0xA3u:
    case 0xA5u:
    case 0x20AAu:
    case 0x20BAu: return OTHER_MONEY; /* pound, yen, sheqel, lira */
    case 0xA2u:
    case 0x20A0u:
    case 0x20A7u:
    case 0x20AFu: return OLD_MONEY; /* cent, ecu, peseta, drachma */
    default: return -1;
    }
}

static unsigned symbol_at(const uint32_t *text, size_t n, size_t i, unsigned group)
{
    return i < n ? rcd_symbol_in(rcd_cell_of(text[i]), group) : (unsigned)RCD_SYM_BOUNDARY;
}

/* What the signs of a text cost beyond what rcd_score_script() says of them. */
static int32_t sign_costs(const uint32_t *text, size_t n, unsigned group)
{
    int32_t cost = 0;
    uint32_t open = 0;
    for (size_t i = 0; i < n; i++) {
        rcd_cell cell = rcd_cell_of(text[i]);
        unsigned left = symbol_at(text, n, i - 1u, group); /* i wraps around */
        unsigned right = symbol_at(text, n, i + 1u, group);
        unsigned beyond = symbol_at(text, n, i + 2u, group);
        int32_t money = money_cost(text[i]);
        if (money >= 0) {
            size_t two = i >= 2u && left == RCD_SYM_BOUNDARY ? i - 2u : i;
            int number = left == RCD_SYM_DIGIT || right == RCD_SYM_DIGIT ||
                         symbol_at(text, n, two, group) == RCD_SYM_DIGIT;
            cost += money - (int32_t)rcd_cell_cost(cell) - (number ? BESIDE_NUMBER : 0);
            cost += left > RCD_SYM_DIGIT && right > RCD_SYM_DIGIT ? OUT_OF_PLACE : 0;
        } else if (text[i] == 0xB5u) {
            cost += left == RCD_SYM_DIGIT || symbol_at(text, n, i - 2u, group) == RCD_SYM_DIGIT
                        ? 0 : OUT_OF_PLACE;
        } else if (rcd_cell_place(cell) != 0) {
            cost += rcd_place_cost(rcd_cell_place(cell), left, right);
        } else if (text[i] == '|') {
            cost += (int32_t)RCD_TYPED_MOST - (int32_t)rcd_cell_cost(cell);
        } else if (text[i] == '!') {
            cost += rcd_place_cost(rcd_ascii_place('!'), left, right);
            cost += left == RCD_SYM_DIGIT || i == 0 || text[i - 1u] == ' ' ? OUT_OF_PLACE : 0;
        } else if (text[i] == '#') {
            cost += right == RCD_SYM_BOUNDARY ? OUT_OF_PLACE : 0;
            cost += right == RCD_SYM_BOUNDARY && beyond == RCD_SYM_DIGIT ? OUT_OF_PLACE : 0;
        } else if (text[i] == '[') {
            cost += BRACKET - (int32_t)rcd_cell_cost(cell);
            open++;
        } else if (text[i] == ']') {
            cost += BRACKET - (int32_t)rcd_cell_cost(cell);
            cost += open == 0 ? UNPAIRED : 0;
            open -= open != 0;
        }
    }
    return cost;
}

/* What `n` code points cost in a language, at least. */
static int32_t cost_in(const uint32_t *text, size_t n, unsigned language)
{
    int32_t best = INT32_MAX / 2;
    for (unsigned g = RCD_LATN; g < RCD_HANI; g++) {
        const rcd_script *s = rcd_script_get(g);
        int32_t cost[RCD_MAX_COLUMNS];
        int32_t signs = 0;
        int scored = 0;
        for (unsigned k = 0; k < s->columns; k++) {
            if (s->languages[k] != language) {
                continue;
            }
            if (!scored) {
                rcd_score_script(text, n, g, cost);
                signs = sign_costs(text, n, g);
                scored = 1;
            }
            best = cost[k] + signs < best ? cost[k] + signs : best;
        }
    }
    return best;
}

/* The text around the bytes that two charsets read otherwise, as the first of them reads it. */
static size_t around(rcd_detector *d, const uint16_t *table, const uint16_t *other)
{
    const uint8_t *p = d->excerpt.text;
    const size_t len = d->excerpt.len;
    size_t n = 0, done = 0;
    for (size_t i = 0; i < len; i++) {
        if (table[p[i]] == other[p[i]]) {
            continue;
        }
        size_t from = i > BESIDE ? i - BESIDE : 0;
        if (from > done && n < MOST_TEXT) {
            d->text[n++] = ' ';
        }
        from = from > done ? from : done;
        for (done = i + BESIDE + 1u < len ? i + BESIDE + 1u : len; from < done && n < MOST_TEXT;
             from++) {
            d->text[n++] = table[p[from]];
        }
    }
    return n;
}

static int differ(const uint16_t *one, const uint16_t *other, const uint64_t present[4])
{
    for (unsigned word = 0; word < 4u; word++) {
        for (uint64_t left = present[word]; left != 0; left &= left - 1u) {
            const unsigned b = word * 64u + rcd_lowest_bit(left);
            if (one[b] != other[b]) {
                return 1;
            }
        }
    }
    return 0;
}

unsigned rcd_twins_name(rcd_detector *d, unsigned charset, unsigned language, unsigned declared)
{
    unsigned twin = rcd_twins_next(charset, 0);
    if (twin == 0) {
        return charset;
    }
    uint64_t present[4] = {0};
    for (unsigned b = 0; b < 256u; b++) {
        present[b >> 6] |= (uint64_t)rcd_census_has(&d->census, b) << (b & 63u);
    }
    if (d->labelled && rcd_twins_head(declared) == charset && rcd_allowed(d, declared) &&
        rcd_twins_decode(declared, present)) {
        return declared; /* of a table in the order of codes its signs say nothing */
    }
    const uint16_t *head = rcd_single_byte_table((int)charset);
    unsigned best = charset;
    int must = !rcd_allowed(d, charset) || !rcd_twins_decode(charset, present);
    int32_t gain = must ? INT32_MIN : MARGIN;
    for (; twin != 0; twin = rcd_twins_next(charset, twin)) {
        const uint16_t *table = rcd_single_byte_table((int)twin);
        if (!rcd_allowed(d, twin) || !rcd_twins_stand_in(twin, charset, d->options.exact, present) ||
            (!must && !differ(head, table, present))) {
            continue;
        }
        size_t n = around(d, head, table);
        int32_t cost = cost_in(d->text, n, language);
        n = around(d, table, head);
        cost -= cost_in(d->text, n, language);
        cost += twin == declared ? LABELLED : charset == declared ? -LABELLED : 0;
        if (cost > gain) {
            gain = cost;
            best = twin;
        }
    }
    return best;
}
