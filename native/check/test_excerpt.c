/* test_excerpt.c : what the models are given to read, and that cuts do not change it. */
#include "check.h"
#include "rcd_excerpt.h"

static rcd_excerpt one, two;

static void whole(rcd_excerpt *e, const uint8_t *data, size_t len)
{
    rcd_excerpt_init(e);
    rcd_excerpt_feed(e, data, len);
}

static void expect(const char *input, const char *kept, const char *why)
{
    whole(&one, (const uint8_t *)input, strlen(input));
    CHECK(one.len == strlen(kept) && memcmp(one.text, kept, one.len) == 0,
          "%s: '%.*s' instead of '%s'", why, (int)one.len, (const char *)one.text, kept);
}

static void test_markup(void)
{
    expect("plain text", "plain text", "text is kept as it is");
    expect("a < b and c", "a < b and c", "a sign that opens no tag");
    expect("<p class=x>caf\xE9</p>", "caf\xE9 ", "tags go, text stays");
    expect("<img alt=\"caf\xE9 noir\">", "caf\xE9 ", "words with high bytes are kept in a tag");
    expect("<script>var a = 'b';</script>x", "x", "scripts go");
    expect("<STYLE>p { q: r }</STYLE>x", "x", "styles go, in any case");
    expect("<scripts>kept</scripts>", "kept ", "another tag that begins alike");
    expect("fish &amp; chips", "fish  chips", "references stand for what is not in the bytes");
    expect("R&D; and", "R  and", "something that looks like one");
    expect("a &; b", "a &; b", "an empty name is none");
    expect("<!-- note -->x", "x", "comments go");
}

static int contains(const char *word, size_t len)
{
    for (size_t i = 0; i + len <= one.len; i++) {
        if (memcmp(one.text + i, word, len) == 0) {
            return 1;
        }
    }
    return 0;
}

static void test_late_words(void)
{
    static uint8_t data[RCD_EXCERPT_FULL + 400];
    memset(data, 'x', sizeof data);
    for (size_t i = 7; i < sizeof data; i += 8) {
        data[i] = ' ';
    }
    memcpy(data + RCD_EXCERPT_FULL + 101, "na\xEFve", 5);
    data[RCD_EXCERPT_FULL + 100] = ' ';
    data[RCD_EXCERPT_FULL + 106] = ' ';
    whole(&one, data, sizeof data);
    CHECK(one.len > RCD_EXCERPT_FULL && one.len < RCD_EXCERPT_FULL + 20, "kept %u bytes", one.len);
    CHECK(contains("na\xEFve", 5), "the only telling word is missing");
}

/* Which words are taken for repeated hangs on their hashes, which are the same whatever the byte order. */
static void test_repeated_words(void)
{
    static uint8_t data[RCD_EXCERPT_FULL + 24000];
    check_random random = {7};
    uint32_t sum = 2166136261u;
    memset(data, 'x', sizeof data);
    for (size_t i = RCD_EXCERPT_FULL; i + 16u < sizeof data; i += 12u) {
        const unsigned word = (unsigned)random_below(&random, 600);
        data[i] = ' ';
        data[i + 2u + word % 8u] = (uint8_t)(0xC0u + word % 40u);
        data[i + 1u] = (uint8_t)('a' + word / 40u);
    }
    whole(&one, data, sizeof data);
    for (uint32_t i = 0; i < one.len; i++) {
        sum = (sum ^ one.text[i]) * 16777619u;
    }
    CHECK(sum == 0x276B9134u, "%u bytes, other ones: %08x", one.len, (unsigned)sum);
}

static void test_splits(void)
{
    static const char alphabet[] = "ab <>/&;=\"\n sc";
    check_random r = {0x9E3779B97F4A7C15u};
    for (int round = 0; round < 300; round++) {
        size_t len = random_below(&r, 3 * RCD_EXCERPT_SIZE) + 1;
        uint8_t *data = malloc(len);
        if (data == NULL) {
            abort();
        }
        size_t rare = random_below(&r, 200) + 1;
        for (size_t i = 0; i < len; i++) {
            data[i] = random_below(&r, rare) == 0
                          ? (uint8_t)(0x80u + random_below(&r, 128))
                          : (uint8_t)alphabet[random_below(&r, sizeof alphabet - 1)];
        }
        if (len > 40) {
            memcpy(data + random_below(&r, len - 30), "<script>if (a<b) </script>", 26);
        }
        whole(&one, data, len);
        rcd_excerpt_init(&two);
        for (size_t i = 0; i < len;) {
            size_t n = random_piece(&r, len - i);
            uint8_t *piece = exact_copy(data + i, n);
            rcd_excerpt_feed(&two, piece, n);
            free(piece);
            i += n;
        }
        CHECK(one.pos == len && two.pos == len, "round %d: not all consumed", round);
        CHECK(one.len == two.len && memcmp(one.text, two.text, one.len) == 0,
              "round %d: %u and %u bytes", round, one.len, two.len);
        free(data);
    }
}

/* Tags that are passed over at once must leave what reading them byte by byte leaves: around the
 * length that makes them text, before the end of what is read in full, and of every kind. */
static void test_whole_tags(void)
{
    static const char *const starts[] = {"<p", "</p", "<!x", "<?x", "<script", "<style", "<scripts",
                                         "<STYLE", "< p", "<1", "<a\xE9"};
    static uint8_t data[RCD_EXCERPT_FULL + 4096u];
    static const size_t places[] = {0, 5, RCD_EXCERPT_FULL - 1030u, RCD_EXCERPT_FULL - 20u,
                                    RCD_EXCERPT_FULL - 8u, RCD_EXCERPT_FULL - 1u, RCD_EXCERPT_FULL};
    for (size_t s = 0; s < sizeof starts / sizeof starts[0]; s++) {
        for (size_t p = 0; p < sizeof places / sizeof places[0]; p++) {
            for (size_t length = 0; length < 1030u; length += length == 24 ? 990 : 1) {
                size_t at = places[p], n = strlen(starts[s]);
                memset(data, 't', at);
                memcpy(data + at, starts[s], n);
                memset(data + at + n, ' ', length);
                memcpy(data + at + n + length, ">if \xE9t\xE9</style>end", 18);
                size_t len = at + n + length + 18u;
                whole(&one, data, len);
                rcd_excerpt_init(&two);
                for (size_t i = 0; i < len; i++) {
                    rcd_excerpt_feed(&two, data + i, 1);
                }
                CHECK(one.len == two.len && memcmp(one.text, two.text, one.len) == 0,
                      "'%s' and %zu at %zu: %u and %u bytes", starts[s], length, at, one.len,
                      two.len);
            }
        }
    }
}

/* The end of a longer input stands in lines of its own, and leaves again without a trace. */
static void test_ends(void)
{
    static uint8_t data[40000], last[RCD_EXCERPT_END];
    static const uint8_t words[] = " behind: caf\xE9 d\xE9j\xE0 ";
    static rcd_excerpt before;
    static rcd_rest none, rest;
    static rcd_excerpt_kept kept;
    rcd_rest_init(&none);
    rcd_rest_init(&rest);
    for (unsigned i = 0; i < 3000u; i++) {
        rcd_rest_feed(&rest, words, sizeof words - 1);
    }
    for (size_t len = 1000; len <= sizeof data; len += 6500) {
        for (unsigned every = 3; every <= 4000u; every *= 6u) {
            for (size_t i = 0; i < len; i++) { /* no word twice, of bytes that are high or not */
                data[i] = (uint8_t)(i % 8u == 0 ? ' ' : 'a' + (i >> 3 >> i % 8u) % 26u);
                data[i] = i % every == 1u ? (uint8_t)(0xC0u + i % 61u) : data[i];
            }
            whole(&one, data, len);
            before = one;
            memset(last, every == 3 ? 'x' : 0xE9, sizeof last);
            CHECK(!rcd_excerpt_end(&one, &rest, last, sizeof last, &kept), "one word at %zu", len);
            memcpy(last + 5, "\ntext\n", 6);
            const rcd_rest *behind = len % 13000u < 6500u ? &none : &rest;
            const int ended = rcd_excerpt_end(&one, behind, last, sizeof last, &kept);
            CHECK(ended == (len > RCD_EXCERPT_SIZE), "%zu bytes: %d", len, ended);
            if (ended) {
                const size_t n = sizeof last - 5u;
                CHECK(one.len <= RCD_EXCERPT_SIZE &&
                          memcmp(one.text + one.len - n, last + 5, n) == 0,
                      "%zu bytes: the end is not there", len);
                const uint8_t before_end = one.text[one.len - (uint32_t)n - 1u];
                const int there = before_end == 0xE9u || before_end == 0xE0u;
                CHECK(there == (behind == &rest), "%zu bytes: the rest is there: %d", len, there);
                rcd_excerpt_restore(&one, &kept);
            }
            CHECK(one.len == before.len && memcmp(one.text, before.text, one.len) == 0,
                  "%zu bytes: not restored", len);
        }
    }
}

/* Lines are told apart among words that are picked, once there is enough of one. */
static void test_late_lines(void)
{
    static uint8_t data[RCD_EXCERPT_FULL + 400];
    size_t n = RCD_EXCERPT_FULL;
    memset(data, 'x', n);
    data[n - 1] = '\n';
    for (unsigned line = 0, words = 0; line < 2; line++) {
        for (unsigned k = 0; k < (line == 0 ? 12u : 2u); k++, words++) {
            const uint8_t word[] = {'w', 0xE4, (uint8_t)('a' + words), 'r', 't', 'e', ' '};
            memcpy(data + n, word, sizeof word);
            n += sizeof word;
        }
        data[n - 1] = '\n';
    }
    whole(&one, data, n);
    const uint32_t first = RCD_EXCERPT_FULL + 12 * 7 - 1;
    CHECK(one.len > first + 7u && one.text[first] == '\n', "no end of the long line");
    CHECK(one.text[one.len - 1] == ' ', "an end of the short one");
    CHECK(memchr(one.text + RCD_EXCERPT_FULL, '\n', first - RCD_EXCERPT_FULL) == NULL, "another");
}

int main(void)
{
    test_ends();
    test_late_lines();
    test_markup();
    test_late_words();
    test_repeated_words();
    test_whole_tags();
    for (size_t k = 0; k < CHECK_KERNELS; k++) {
        if (rcd_kernel_force(check_kernel_names[k]) == 0) {
            test_splits();
        }
    }
    return check_end("excerpt");
}
