/* test_detect.c : the whole detection: answers, limits of the memory handed over, and splits. */
#include "check.h"
#include "rcd_charset_ids.h"

static void *memory;
static size_t memory_len;

static rcd_result detect(const void *data, size_t len)
{
    rcd_result out;
    uint8_t *copy = exact_copy(data, len);
    CHECK(rcd_detect(memory, memory_len, copy, len, NULL, &out) == 0, "refused");
    free(copy);
    return out;
}

static void expect(const char *bytes, int charset, const char *language, const char *why)
{
    rcd_result out = detect(bytes, strlen(bytes));
    CHECK(out.charset == charset, "%s: %s", why, rcd_charset_name(out.charset));
    CHECK(language == NULL || strcmp(rcd_language_name(out.language), language) == 0, "%s: in %s",
          why, rcd_language_name(out.language));
    CHECK(out.confidence <= 1000000, "%s: confidence %u", why, (unsigned)out.confidence);
}

static void test_answers(void)
{
    rcd_result empty = detect("", 0);
    CHECK(empty.source == RCD_SOURCE_EMPTY && empty.charset == RCD_CS_UTF_8, "empty");
    CHECK(empty.confidence == 0, "nothing is known of nothing");
    expect("plain words, nothing else", RCD_CS_ASCII, "en", "ASCII");
    expect("na\xC3\xAFve", RCD_CS_UTF_8, NULL, "one character of UTF-8 is enough");
    expect("\xEF\xBB\xBFsigned", RCD_CS_UTF_8_SIG, NULL, "byte order mark");
    /* "Privet, kak dela? Vsyo khorosho." */
    expect("\xCF\xF0\xE8\xE2\xE5\xF2, \xEA\xE0\xEA \xE4\xE5\xEB\xE0? \xC2\xF1\xB8 "
           "\xF5\xEE\xF0\xEE\xF8\xEE.",
           RCD_CS_CP1251, "ru", "windows-1251");
    expect("\xF0\xD2\xC9\xD7\xC5\xD4, \xCB\xC1\xCB \xC4\xC5\xCC\xC1? \xF7\xD3\xA3 "
           "\xC8\xCF\xD2\xCF\xDB\xCF.",
           RCD_CS_KOI8_R, "ru", "KOI8-R");
    expect("\xCF\xD0\xC8\xC2\xC5\xD2 \xC2\xD1\xC5\xCC, \xCA\xD2\xCE \xCC\xCD\xC5 "
           "\xCF\xC8\xD8\xC5\xD2",
           RCD_CS_CP1251, "ru", "windows-1251 in capitals");
    expect("d\xE9j\xE0 vu, o\xF9 est pass\xE9 l'\xE9t\xE9 ?", RCD_CS_CP1252, "fr", "windows-1252");
    expect("\x93\xFA\x96{\x8C\xEA\x82\xCC\x83""e\x83L\x83X\x83g\x82\xC5\x82\xB7\x81""B",
           RCD_CS_CP932, "ja", "Shift_JIS");
    expect("\xC6\xFC\xCB\xDC\xB8\xEC\xA4\xCE\xA5\xC6\xA5\xAD\xA5\xB9\xA5\xC8\xA4\xC7\xA4\xB9\xA1\xA3",
           RCD_CS_EUC_JP, "ja", "EUC-JP");
}

static void test_memory(void)
{
    rcd_result out;
    uint8_t *p = memory;
    CHECK(memory_len < 1u << 20, "%zu bytes", memory_len);
    CHECK(rcd_detect(NULL, memory_len, p, 0, NULL, &out) == RCD_E_MEMORY, "no memory");
    CHECK(rcd_detect(p, memory_len - 1, NULL, 0, NULL, &out) == RCD_E_MEMORY, "too little");
    CHECK(rcd_detect(p + 1, memory_len, NULL, 0, NULL, &out) == RCD_E_MEMORY, "not aligned");
    rcd_options wrong = {0};
    wrong.exact = 2;
    CHECK(rcd_detect(p, memory_len, NULL, 0, &wrong, &out) == RCD_E_OPTION, "exact = 2");
    memset(&wrong, 0, sizeof wrong);
    wrong.declared = 60000;
    CHECK(rcd_detect(p, memory_len, NULL, 0, &wrong, &out) == RCD_E_OPTION, "no such charset");
    rcd_detector *d = memory;
    CHECK(rcd_detector_init(memory, memory_len, NULL) == RCD_MORE, "init");
    CHECK(rcd_detector_feed(d, (const uint8_t *)"abc", 3) == RCD_MORE, "feed");
    CHECK(rcd_detector_finish(d, &out) == 0 && out.length == 3, "finish");
    CHECK(rcd_detector_feed(d, (const uint8_t *)"abc", 3) == RCD_E_STATE, "fed after the end");
    CHECK(rcd_detector_finish(d, &out) == 0 && out.length == 3, "finish again");
}

/* What the memory held before changes no answer: of a text that begins in the middle of a character,
 * only damaged readings are raced. */
static void test_leftovers(void)
{
    static const char big5[] =
        "\xF6\xAB""B\xA9u\xA4@\xA8\xEC\xA1""A\xAB\xD1\xA4""f\xAA\xBA\xAD"
        "\xD7\xB3\xCA\xBEQ\xB4N\xBC\xF6\xBEx\xB0_\xA8\xD3\xA1""C\xBE"
        "Q\xA5""D\xC4\xAC\xAA\xFC\xC0\xA8\xA4\xB5\xA6~\xA4""C\xA4Q\xA4"
        "\xBB\xB7\xB3\xA1""A";
    static const unsigned fill[] = {0x00, 0x01, 0x2A, 0x7F, 0xFF};
    const size_t len = sizeof big5 - 1;
    for (size_t from = 0; from < 3; from++) {
        for (size_t to = len - 3; to <= len; to++) {
            rcd_result out[sizeof fill / sizeof fill[0]];
            for (size_t k = 0; k < sizeof fill / sizeof fill[0]; k++) {
                memset(memory, (int)fill[k], memory_len);
                out[k] = detect(big5 + from, to - from);
                CHECK(memcmp(&out[0], &out[k], sizeof out[0]) == 0,
                      "bytes %zu to %zu after %02X: %s and %s", from, to, fill[k],
                      rcd_charset_name(out[0].charset), rcd_charset_name(out[k].charset));
            }
        }
    }
}

static void test_each(void)
{
    static const uint8_t data[] = "plain words" "\xC6\xFC\xCB\xDC\xB8\xEC\xA4\xCE" "w\xC3\xB6rtlich";
    static const size_t len[] = {11, 8, 0, 9};
    uint32_t settled[4];
    rcd_result out[4], alone;
    rcd_options opt = {0};
    CHECK(rcd_detect_each(memory, memory_len, data, len, 4, &opt, settled, out) == 4, "all at once");
    size_t at = 0;
    for (unsigned i = 0; i < 4u; at += len[i++]) {
        rcd_detect(memory, memory_len, data + at, len[i], NULL, &alone);
        CHECK(settled[i] == 0 && out[i].charset == alone.charset &&
              out[i].language == alone.language && out[i].length == len[i], "%u", i);
    }
    opt.later = 1;
    CHECK(rcd_detect_each(memory, memory_len, data, len, 4, &opt, settled, out) == 1, "one is left");
    CHECK(settled[0] == rcd_settled(data, 11) && settled[0] >> RCD_SETTLED_SHIFT == RCD_CS_ASCII &&
          settled[1] == 0 && out[0].charset == RCD_CS_EUC_JP && settled[2] != 0 &&
          settled[3] >> RCD_SETTLED_SHIFT == RCD_CS_UTF_8, "the others are settled");
    CHECK(rcd_detect_each(memory, memory_len, data, len, 0, &opt, settled, out) == 0, "none");
    CHECK(rcd_detect_each(memory, 1, data + 11, len + 1, 1, &opt, settled, out) == RCD_E_MEMORY, "memory");
    opt.later = 2;
    CHECK(rcd_detect_each(memory, memory_len, data, len, 0, &opt, settled, out) == RCD_E_OPTION,
          "later = 2");
}

static void test_peek(void)
{
    rcd_detector *d = memory;
    rcd_result out;
    rcd_detector_init(memory, memory_len, NULL);
    rcd_detector_feed(d, (const uint8_t *)"na\xC3\xAF ve \xC3", 9);
    rcd_detector_peek(d, &out);
    CHECK(out.charset == RCD_CS_UTF_8 && out.bad == 0, "a cut character is no evidence");
    rcd_detector_feed(d, (const uint8_t *)"\xA9", 1);
    rcd_detector_finish(d, &out);
    CHECK(out.charset == RCD_CS_UTF_8 && out.bad == 0 && out.valid_up_to == 10, "whole again");
}

/* A glance at short UTF-8 agrees with the whole detection and reads nothing beyond it. */
static void test_glance(void)
{
    static const char *const texts[] = {"", "a", "\xC3\xA9", "\xC3", "\xEF\xBB", "\xEF\xBB\xBF",
                                        "\xE2\x82\xAC", "na\xC3\xAFve", "\xEF\xBB\xBF\xC3\xA9"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        size_t len = strlen(texts[i]);
        uint8_t *copy = exact_copy(texts[i], len);
        uint32_t charset = rcd_settled(copy, len) >> RCD_SETTLED_SHIFT;
        free(copy);
        rcd_result out = detect(texts[i], len);
        CHECK(charset == 0 || charset == out.charset, "text %u: %u", (unsigned)i, (unsigned)charset);
    }
}

/* Bytes that look like something: pieces of text in several encodings, ASCII, and noise. */
static size_t make_input(check_random *r, uint8_t *data, size_t most)
{
    static const char *const pieces[] = {
        "some ASCII words ", "\xCF\xF0\xE8\xE2\xE5\xF2 ", "\xE3\x81\x82\xE3\x81\x84", "<p title=x>",
        "\xA4\xA2\xA4\xA4", "\x82\xA0\x82\xA2", "d\xE9j\xE0 vu ", "\x1B$B$\"$$\x1B(B", "~{<:Ky~}",
        "\r\n", "&eacute;", "+AGEA4Q-", "\xC4\xC4\xC4\xB3", "h\0i\0", "\xFF\xFE"};
    size_t len = 0;
    size_t kinds = random_below(r, 4) + 1;
    size_t first = random_below(r, sizeof pieces / sizeof pieces[0]);
    while (len + 32 < most) {
        if (random_below(r, 400) == 0) {
            break;
        }
        const char *piece = pieces[(first + random_below(r, kinds)) % (sizeof pieces / sizeof pieces[0])];
        size_t n = piece[0] == 'h' ? 4 : strlen(piece);
        memcpy(data + len, piece, n);
        len += n;
        if (random_below(r, 60) == 0) {
            data[len++] = (uint8_t)random_next(r);
        }
    }
    return len;
}

static void test_splits(int rounds)
{
    static uint8_t data[40000];
    check_random r = {0xD1B54A32D192ED03u};
    for (int round = 0; round < rounds; round++) {
        size_t len = make_input(&r, data, random_below(&r, 8) == 0 ? sizeof data : 600);
        rcd_result one = detect(data, len);
        rcd_detector *d = memory;
        rcd_result two;
        rcd_detector_init(memory, memory_len, NULL);
        for (size_t i = 0; i < len;) {
            size_t n = random_piece(&r, len - i);
            uint8_t *piece = exact_copy(data + i, n);
            rcd_detector_feed(d, piece, n);
            free(piece);
            i += n;
            if (random_below(&r, 50) == 0) {
                rcd_detector_peek(d, &two);
            }
        }
        rcd_detector_finish(d, &two);
        CHECK(memcmp(&one, &two, sizeof one) == 0, "round %d, %zu bytes: %s and %s", round, len,
              rcd_charset_name(one.charset), rcd_charset_name(two.charset));
    }
}

/* One shot passes over blocks of long ASCII that have nothing in them; a stream looks at everything. So long
 * an input is compared with one thing in it that some stage wants to see, or several, anywhere, and most
 * of all where a block ends. */
static void test_calm(int rounds)
{
    static const struct {
        const char *bytes;
        size_t len;
    } things[] = {
        {"\xE2\x82\xAC", 3}, {"\xC3\xA9", 2},      {"\xE9", 1},           {"\0\0\0", 3},
        {"+AOk-", 5},         {"&AOk-", 5},          {"~{VPND~}", 8},       {"~", 1},
        {"\x1B$B$\"\x1B(B", 8}, {"\x0E", 1},       {"\x01\x02\x7F", 3},  {"\xF0\x9F\x98\x80", 4},
        {"\r\n", 2},          {"\xED\xA0\x80", 3},
    };
    enum { BLOCK = 32768, SIZE = 6 * BLOCK + 100 };
    static uint8_t data[SIZE];
    check_random r = {0x9E3779B97F4A7C15u};
    for (int round = 0; round < rounds; round++) {
        const size_t len = SIZE - random_below(&r, 2u * BLOCK);
        for (size_t i = 0; i < len; i++) {
            data[i] = (uint8_t)"a line of plain words, and more of them.\n"[i % 41u];
        }
        for (size_t k = random_below(&r, 4); k < 4u; k++) {
            const size_t which = random_below(&r, sizeof things / sizeof things[0]);
            const size_t end = BLOCK * (2u + random_below(&r, 4)) + 3u - random_below(&r, 8);
            const size_t at = random_below(&r, 3) == 0 ? random_below(&r, len) : end;
            if (at + things[which].len <= len) {
                memcpy(data + at, things[which].bytes, things[which].len);
            }
        }
        rcd_result one = detect(data, len), two;
        rcd_detector *d = memory;
        rcd_detector_init(memory, memory_len, NULL);
        for (size_t i = 0, n; i < len; i += n) {
            n = len - i < 10007u ? len - i : 10007u;
            rcd_detector_feed(d, data + i, n);
        }
        rcd_detector_finish(d, &two);
        CHECK(memcmp(&one, &two, sizeof one) == 0, "round %d, %zu bytes: %s and %s", round, len,
              rcd_charset_name(one.charset), rcd_charset_name(two.charset));
    }
}

int main(void)
{
    memory_len = rcd_detector_size();
    memory = check_detector_memory();
    test_answers();
    test_memory();
    test_leftovers();
    test_each();
    test_peek();
    test_glance();
    for (size_t k = 0; k < CHECK_KERNELS; k++) {
        if (rcd_kernel_force(check_kernel_names[k]) == 0) {
            test_splits(1500);
            test_calm(300);
        }
    }
    free(memory);
    return check_end("detect");
}
