/* test_models.c : the model tables are whole, and read text as its readers would. */
#include "check.h"
#include "rcd_known.h"
#include "rcd_models.h"
#include "rcd_score.h"

static void test_cells(void)
{
    CHECK(rcd_cell_group(rcd_cell_of('a')) == RCD_LATN, "a is Latin");
    CHECK(rcd_cell_symbol(rcd_cell_of('a')) == rcd_cell_symbol(rcd_cell_of('A')), "folded");
    CHECK(rcd_cell_case(rcd_cell_of('A')) == RCD_CASE_UPPER, "A is a capital");
    CHECK(rcd_cell_symbol(rcd_cell_of('7')) == RCD_SYM_DIGIT, "digits are one class");
    CHECK(rcd_cell_symbol(rcd_cell_of(' ')) == RCD_SYM_BOUNDARY, "a space ends a word");
    CHECK(rcd_cell_group(rcd_cell_of(0x416)) == RCD_CYRL, "U+0416 is Cyrillic");
    CHECK(rcd_cell_group(rcd_cell_of(0x4E2D)) == RCD_HANI, "U+4E2D is CJK");
    CHECK(rcd_cell_cost(rcd_cell_of(0x85)) == 255, "C1 controls are in no text");
    CHECK(rcd_cell_symbol(rcd_cell_of(0x219)) == rcd_cell_symbol(rcd_cell_of(0x15F)),
          "comma and cedilla are one letter");
    CHECK(rcd_cell_of(0x10FFFF) != 0 && rcd_cell_of(0xFFFFFFFFu) != 0, "any number has a cell");
    for (uint32_t cp = 0; cp < 0x11000; cp++) {
        rcd_cell cell = rcd_cell_of(cp);
        unsigned group = rcd_cell_group(cell);
        const rcd_script *s = rcd_script_get(group);
        CHECK(group < RCD_GROUPS, "U+%04X: group %u", (unsigned)cp, group);
        CHECK(s == NULL || rcd_cell_symbol(cell) < s->symbols, "U+%04X: no such symbol",
              (unsigned)cp);
    }
}

/* Rows are numbered in the order of their symbols, those of pairs behind those of letters, those of
 * trigrams behind those. @return how many there are */
static unsigned check_rows(unsigned g, const rcd_script *s)
{
    const unsigned pairs = s->symbols, trigrams = pairs + s->pairs;
    const uint32_t all = (uint32_t)s->symbols * s->symbols;
    unsigned next = trigrams, next_pair = pairs;
    uint16_t *behind = malloc(all * sizeof *behind); /* what a pair's number should be; 0 = none */
    for (uint32_t pair = 0; behind != NULL && pair < all; pair++) {
        const int known = rcd_flag(s->pair[pair / RCD_FLAGS], pair % RCD_FLAGS) != 0;
        behind[pair] = (uint16_t)(known ? next_pair++ : 0u);
    }
    CHECK(next_pair == trigrams, "group %u: %u pairs", g, next_pair - pairs);
    for (unsigned a = 0; behind != NULL && a < s->symbols; a++) {
        for (uint32_t pair = 0; pair < all; pair++) {
            const unsigned b = pair / s->symbols, c = pair % s->symbols;
            int32_t cost = 0;
            const unsigned n = rcd_row_number(s, a, b, c, &cost);
            if (n >= trigrams) {
                CHECK(n == next && cost == 0, "group %u: row %u after %u", g, n, next);
                next++;
            } else {
                const unsigned want = behind[pair] != 0 ? behind[pair] : c;
                CHECK(n == want, "group %u: row %u, want %u", g, n, want);
                CHECK(cost == (n < pairs ? RCD_COST_LETTER : RCD_COST_PAIR), "group %u: back off", g);
            }
        }
    }
    free(behind);
    return next;
}

/* ASCII has the rows that it would have without a table of its own. */
static void test_ascii(void)
{
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    const unsigned n = RCD_ASCII_SYMBOLS;
    for (unsigned at = 0; at < n * n * n; at++) {
        const unsigned a = at / (n * n), b = at / n % n, c = at % n;
        int32_t cost = 0, want_cost = 0;
        const unsigned row = rcd_ascii_row(latin, a, b, c, &cost);
        CHECK(row == rcd_row_number(latin, a, b, c, &want_cost), "row of %u %u %u", a, b, c);
        CHECK(cost == want_cost, "cost of %u %u %u", a, b, c);
    }
    for (uint32_t cp = 0; cp < 0x80u; cp++) {
        CHECK(rcd_cell_symbol(rcd_cell_of(cp)) < n, "U+%04X", (unsigned)cp);
    }
}

static void test_scripts(void)
{
    for (unsigned g = RCD_LATN; g < RCD_HANI; g++) {
        const rcd_script *s = rcd_script_get(g);
        CHECK(s != NULL && s->columns <= s->stride && s->stride <= RCD_MAX_COLUMNS, "group %u", g);
        if (s == NULL) {
            continue;
        }
        const unsigned rows = check_rows(g, s);
        CHECK(rows > 1000, "group %u has %u rows", g, rows);
        for (unsigned k = 0; k < s->columns; k++) {
            CHECK(s->languages[k] <= rcd_language_count(), "group %u column %u", g, k);
        }
    }
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    CHECK(strcmp(rcd_language_name(latin->languages[RCD_LATN_ENGLISH]), "en") == 0, "English");
    CHECK(latin->columns == RCD_LATN_FOREIGN + 1u && latin->languages[RCD_LATN_FOREIGN] == 0,
          "foreign words are the last column, and no language");
    CHECK(rcd_script_get(RCD_COMMON) == NULL && rcd_script_get(RCD_HANI) == NULL, "no models");
    CHECK(rcd_script_get(RCD_GROUPS) == NULL && rcd_script_get(9999) == NULL, "out of range");
}

/* Sums of costs over the columns of a language need no list of them. */
static void test_columns_of_a_language(void)
{
    for (unsigned g = RCD_LATN; g < RCD_HANI; g++) {
        const rcd_script *s = rcd_script_get(g);
        for (unsigned k = 2; k < s->columns; k++) {
            for (unsigned j = 0; j + 1u < k; j++) {
                CHECK(s->languages[j] != s->languages[k] || s->languages[k - 1u] == s->languages[k],
                      "group %u: columns %u and %u stand together", g, j, k);
            }
        }
    }
    CHECK(rcd_script_get(RCD_LATN)->stride == RCD_LATN_STRIDE, "rows of Latin script");
}

/* A quote stands at a word's edge, a fraction beside digits, a control nowhere. */
static void test_places(void)
{
    const unsigned letter = RCD_SYM_RARE, digit = RCD_SYM_DIGIT, space = RCD_SYM_BOUNDARY;
    unsigned opening = rcd_cell_place(rcd_cell_of(0x201E)), half = rcd_cell_place(rcd_cell_of(0xBD));
    unsigned apostrophe = rcd_cell_place(rcd_cell_of(0x2019));
    CHECK(rcd_place_cost(opening, space, letter) < rcd_place_cost(opening, letter, space),
          "an opening quote");
    CHECK(rcd_place_cost(half, digit, space) < rcd_place_cost(half, letter, letter), "a fraction");
    CHECK(rcd_place_cost(apostrophe, letter, letter) == 0, "an apostrophe is at home in words");
    CHECK(rcd_place_cost(0, letter, letter) == 0, "letters and ASCII cost nothing");
    CHECK(rcd_cell_place(rcd_cell_of(0x2551)) == RCD_PLACE_BOX, "U+2551 is box drawing");
    for (uint32_t cp = 0; cp < 0x10000; cp++) {
        unsigned place = rcd_cell_place(rcd_cell_of(cp));
        CHECK(rcd_place_cost(place, letter, letter) >= 0, "U+%04X inside a word", (unsigned)cp);
    }
}

/* Words that nobody knows change nothing; one that a language has is worth most to it. */
static void test_known(void)
{
    static const uint16_t word[] = {'c', 'i', 't', 't', 0xE0};
    const rcd_script *latin = rcd_script_get(RCD_LATN);
    int32_t sum[RCD_MAX_COLUMNS] = {0};
    uint32_t hash = rcd_known_hash(RCD_KNOWN_SEED, RCD_LATN);
    rcd_known_word(hash, 50, sum, latin->columns);
    for (unsigned k = 0; k < latin->columns; k++) {
        CHECK(sum[k] == 0, "column %u: no word at all", k);
    }
    for (size_t i = 0; i < sizeof word / sizeof word[0]; i++) {
        hash = rcd_known_hash(hash, rcd_cell_symbol(rcd_cell_of(word[i])));
    }
    rcd_known_word(hash, 50, sum, latin->columns);
    unsigned best = 0;
    for (unsigned k = 1; k < latin->columns; k++) {
        best = sum[k] < sum[best] ? k : best;
    }
    CHECK(sum[best] < 0 && strcmp(rcd_language_name(latin->languages[best]), "it") == 0,
          "citt\303\240 is known in %s", rcd_language_name(latin->languages[best]));
}

static void test_pairs(void)
{
    size_t count;
    const rcd_pair *pairs = rcd_pairs(&count);
    for (size_t p = 0; p < count; p++) {
        CHECK(pairs[p].charset >= 1 && pairs[p].charset <= rcd_charset_count(), "pair %zu", p);
        CHECK(p == 0 || pairs[p - 1].charset <= pairs[p].charset, "pair %zu out of order", p);
        const rcd_script *s = rcd_script_get(pairs[p].group);
        unsigned columns = s != NULL ? s->columns : RCD_HANI_COLUMNS;
        CHECK(pairs[p].column < columns, "pair %zu: column %u", p, pairs[p].column);
    }
    CHECK(count > 400, "%zu pairs", count);
}

static void test_language(const char *tag, const uint32_t *text, size_t len)
{
    rcd_text_score score;
    rcd_score_text(text, len, &score);
    CHECK(strcmp(rcd_language_name(score.language), tag) == 0, "%s read as %s", tag,
          rcd_language_name(score.language));
    CHECK(score.second > score.cost, "%s: the second is not dearer", tag);
}

#define LANGUAGE(tag, ...)                                                                        \
    do {                                                                                          \
        static const uint32_t text[] = {__VA_ARGS__};                                             \
        test_language(tag, text, sizeof text / sizeof text[0]);                                   \
    } while (0)

int main(void)
{
    test_cells();
    test_scripts();
    test_columns_of_a_language();
    test_ascii();
    test_places();
    test_known();
    test_pairs();
    /* "the weather is good", the same in Russian and Japanese */
    LANGUAGE("en", 't', 'h', 'e', ' ', 'w', 'e', 'a', 't', 'h', 'e', 'r', ' ', 'i', 's', ' ', 'g',
             'o', 'o', 'd');
    LANGUAGE("ru", 0x43F, 0x43E, 0x433, 0x43E, 0x434, 0x430, ' ', 0x445, 0x43E, 0x440, 0x43E,
             0x448, 0x430, 0x44F);
    LANGUAGE("ja", 0x5929, 0x6C17, 0x304C, 0x3044, 0x3044, 0x3067, 0x3059);
    rcd_text_score none;
    rcd_score_text(NULL, 0, &none);
    CHECK(none.language == 0, "no text has no language");
    return check_end("models");
}
