/* test_ranking.c : which charsets letter frequencies leave in the race. */
#include "check.h"
#include "rcd_census.h"
#include "rcd_charset_ids.h"
#include "rcd_ranking.h"
#include "rcd_score.h"

/* Is a charset's Latin class ranked, of those within `slack` of the best? */
static int is_ranked(const char *text, unsigned charset, int32_t slack)
{
    static rcd_tally tally;
    static rcd_ranked ranked[RCD_CLASSES_MOST];
    rcd_census census;
    rcd_hints hints;
    const size_t len = strlen(text);
    memset(&hints, 0, sizeof hints);
    hints.length = len;
    rcd_census_init(&census);
    rcd_census_feed(&census, (const uint8_t *)text, len);
    rcd_tally_bytes(&tally, (const uint8_t *)text, len, &census);
    size_t all;
    const rcd_class *classes = rcd_classes(&all);
    const size_t count = rcd_rank_classes(&tally, &hints, slack, INT32_MAX / 2, ranked);
    int found = 0;
    for (size_t i = 0; i < count; i++) {
        const rcd_class *class = &classes[ranked[i].class];
        CHECK(ranked[i].cost >= ranked[0].cost && ranked[i].cost - ranked[0].cost <= slack, "in order");
        found = found || (class->charset == charset && class->group == RCD_LATN);
    }
    return found;
}

/* Priors that are lowered are the less of both, in input of every length and whatever is expected. */
static void test_priors(unsigned language, uint64_t length)
{
    size_t all;
    const rcd_class *classes = rcd_classes(&all);
    rcd_hints hints;
    memset(&hints, 0, sizeof hints);
    hints.length = length;
    hints.language = language;
    for (size_t c = 0; c + 1u < all; c++) {
        const rcd_class *one = &classes[c], *other = &classes[c + 1u];
        int16_t a[RCD_MAX_COLUMNS], b[RCD_MAX_COLUMNS], lowered[RCD_MAX_COLUMNS];
        if (one->group != other->group) {
            continue;
        }
        rcd_priors_of(one, &hints, a);
        rcd_priors_of(other, &hints, b);
        memcpy(lowered, a, sizeof lowered);
        rcd_priors_lower(other, &hints, lowered);
        const rcd_script *s = rcd_script_get(one->group);
        int32_t least = RCD_NO_PRIOR;
        for (unsigned k = 0; k < s->stride; k++) {
            CHECK(lowered[k] == (a[k] < b[k] ? a[k] : b[k]), "class %zu column %u", c, k);
            least = a[k] < least ? a[k] : least;
        }
        CHECK(least < RCD_NO_PRIOR, "class %zu has a language", c);
        CHECK(language != 0 || length < RCD_FEW_BYTES || least == one->least, "class %zu: the least", c);
    }
}

int main(void)
{
    test_priors(0, 100);
    test_priors(0, 5);
    test_priors(1, 100);

    /* 20 times the letter that is the commonest of Russian in windows-1251, and rare in all Latin text. */
    static char among_ascii[20 * 16 + 1], alone[20 * 2 + 1];
    for (int i = 0; i < 20; i++) {
        strcat(among_ascii, "search in page \xEE");
        strcat(alone, " \xEE");
    }
    CHECK(is_ranked(among_ascii, RCD_CS_CP1252, 300), "the commonest charset takes part among ASCII");
    CHECK(!is_ranked(among_ascii, RCD_CS_CP1250, 300), "others as letters tell");
    CHECK(!is_ranked(alone, RCD_CS_CP1252, 300), "and all where there is little ASCII");
    return check_end("ranking");
}
