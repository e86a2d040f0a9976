/* test_rare_forms.c : the rare forms: whether the bytes look like one, what it reads, cuts, and that
 * ordinary text is none. */
#include "check.h"
#include "rcd_charset_ids.h"
#include "rcd_forms.h"

#define MOST 256

/* A sentence in each: the language it is told in, its bytes, and the first characters that the models
 * are given. */
static const struct {
    unsigned charset;
    const char *language;
    size_t len;
    const char *bytes;
    uint32_t start[3];
} sentences[] = {
    {RCD_CS_SCSU, "ru", 74,
     "\x12\x9F\xB0\xC0\xBE\xBC\x20\xC3\xC5\xBE\xB4\xB8\xC2\x20\xB2\x20\xBF\xBE\xBB\xB4\xB5"
     "\xBD\xCC\x2C\x20\xB2\xBE\xB7\xCC\xBC\xB8\xC2\xB5\x20\xBF\xB0\xBB\xCC\xC2\xBE\x2C\x20"
     "\xBF\xBE\xC2\xBE\xBC\xC3\x20\xC7\xC2\xBE\x20\xB2\xB5\xC2\xB5\xC0\x20\xBE\xC7\xB5\xBD"
     "\xCC\x20\xC5\xBE\xBB\xBE\xB4\xBD\xCB\xB9\x2E",
     {0x041F, 0x0430, 0x0440}},
    {RCD_CS_BOCU_1, "ru", 79,
     "\xD3\xD3\x80\x90\x8E\x8C\x20\x93\x95\x8E\x84\x88\x92\x20\x82\x20\x8F\x8E\x8B\x84\x85"
     "\x8D\x9C\x4B\xF8\x20\xD3\xE6\x8E\x87\x9C\x8C\x88\x92\x85\x20\x8F\x80\x8B\x9C\x92\x8E"
     "\x4B\xF8\x20\xD3\xF3\x8E\x92\x8E\x8C\x93\x20\x97\x92\x8E\x20\x82\x85\x92\x85\x90\x20"
     "\x8E\x97\x85\x8D\x9C\x20\x95\x8E\x8B\x8E\x84\x8D\x9B\x89\x4B\xFA",
     {0x041F, 0x0430, 0x0440}},
    {RCD_CS_UTF_EBCDIC, "ru", 193,
     "\xB8\x41\x73\xB8\x42\x57\xB8\x43\x41\xB8\x42\x72\xB8\x42\x70\x40\xB8\x43\x44\xB8\x43"
     "\x46\xB8\x42\x72\xB8\x42\x63\xB8\x42\x67\xB8\x43\x43\x40\xB8\x42\x59\x40\xB8\x42\x73"
     "\xB8\x42\x72\xB8\x42\x6A\xB8\x42\x63\xB8\x42\x64\xB8\x42\x71\xB8\x43\x53\x6B\x40\xB8"
     "\x42\x59\xB8\x42\x72\xB8\x42\x66\xB8\x43\x53\xB8\x42\x70\xB8\x42\x67\xB8\x43\x43\xB8"
     "\x42\x64\x40\xB8\x42\x73\xB8\x42\x57\xB8\x42\x6A\xB8\x43\x53\xB8\x43\x43\xB8\x42\x72"
     "\x6B\x40\xB8\x42\x73\xB8\x42\x72\xB8\x43\x43\xB8\x42\x72\xB8\x42\x70\xB8\x43\x44\x40"
     "\xB8\x43\x48\xB8\x43\x43\xB8\x42\x72\x40\xB8\x42\x59\xB8\x42\x64\xB8\x43\x43\xB8\x42"
     "\x64\xB8\x43\x41\x40\xB8\x42\x72\xB8\x43\x48\xB8\x42\x64\xB8\x42\x71\xB8\x43\x53\x40"
     "\xB8\x43\x46\xB8\x42\x72\xB8\x42\x6A\xB8\x42\x72\xB8\x42\x63\xB8\x42\x71\xB8\x43\x52"
     "\xB8\x42\x68\x4B",
     {0x041F, 0x0430, 0x0440}},
    {RCD_CS_JISX0208, "ja", 70,
     "\x45\x4F\x24\x37\x41\x25\x24\x4F\x40\x35\x38\x61\x24\x4B\x3D\x50\x24\x5E\x24\x39\x21"
     "\x23\x49\x77\x24\x2C\x4E\x64\x24\x3F\x24\x24\x24\x47\x24\x39\x24\x2B\x24\x69\x21\x22"
     "\x25\x33\x21\x3C\x25\x48\x24\x72\x3B\x7D\x24\x43\x24\x46\x24\x2D\x24\x46\x24\x2F\x24"
     "\x40\x24\x35\x24\x24\x21\x23",
     {0x6E21, 0x3057, 0x8239}},
    {RCD_CS_GB2312_RAW, "zh-Hans", 58,
     "\x36\x49\x34\x2C\x56\x50\x4E\x67\x33\x76\x37\x22\x23\x2C\x47\x6B\x34\x78\x34\x73\x52"
     "\x42\x23\x2C\x52\x72\x4E\x2A\x3A\x53\x49\x4F\x35\x44\x37\x67\x3A\x5C\x40\x64\x21\x23"
     "\x34\x2C\x46\x31\x54\x5A\x42\x6B\x4D\x37\x39\x3A\x42\x72\x21\x23",
     {0x6E21, 0x8239, 0x4E2D}},
    {RCD_CS_CP300, "ja", 70,
     "\x45\xD2\x44\x8D\x46\x7B\x44\x9D\x45\x77\x45\xDF\x44\x97\x45\x9B\x44\xA4\x44\x8E\x43"
     "\x41\x47\xE7\x44\xC0\x48\xFC\x44\x91\x44\x82\x44\xCD\x44\x8E\x44\x86\x44\xAD\x43\x44"
     "\x43\x8A\x43\x58\x43\x95\x44\x46\x46\xD8\x44\x56\x44\x94\x44\x87\x44\x94\x44\x88\x44"
     "\xCA\x44\x8C\x44\x82\x43\x41",
     {0x6E21, 0x3057, 0x8239}},
    {RCD_CS_CP834, "ko", 70,
     "\xA4\x81\x93\x65\xB8\xF7\xB5\xA1\xB5\x41\x98\xE1\x90\x73\x93\xA1\x94\x61\xA4\x61\x9C"
     "\x71\xB7\xA1\xC0\x61\x93\xA1\xB6\x41\xCA\x81\x9F\x69\x88\x61\xB9\x61\xB5\xA1\xAD\x41"
     "\xB6\x61\xB5\xA1\x93\x69\x95\xA1\xA0\x67\xB7\x65\xAC\x61\x9C\x71\xB7\xA1\xA4\x81\x9F"
     "\x69\xC8\x73\x93\xA1\x94\x61",
     {0xBC30, 0xB294, 0xC815}},
    {RCD_CS_ISO_6937, "fr", 89,
     "\x4C\x65\x20\x62\x61\x63\x20\x70\x61\x72\x74\x20\xC1\x61\x20\x6D\x69\x64\x69\x20\x3A"
     "\x20\x70\x72\x65\x6E\x65\x7A\x20\x75\x6E\x20\x6D\x61\x6E\x74\x65\x61\x75\x2C\x20\x6C"
     "\x65\x20\x76\x65\x6E\x74\x20\x65\x73\x74\x20\x74\x72\xC1\x65\x73\x20\x66\x72\x6F\x69"
     "\x64\x20\x6C\xC1\x61\x2D\x62\x61\x73\x2C\x20\x6D\xC3\x65\x6D\x65\x20\x65\x6E\x20\xC2"
     "\x65\x74\xC2\x65\x2E",
     {'L', 'e', ' '}},
    {RCD_CS_CP290, "ja", 51,
     "\xBC\x91\x8D\x9F\xBE\x99\x9D\x40\x9E\xAF\x97\x40\x94\xBE\xA4\x8E\x4B\x40\x86\x8F\xBE"
     "\x86\xBE\x40\x93\xA7\x91\x82\x94\xBE\x8E\x86\xAD\x6B\x40\x8A\x58\x95\x46\x40\xA8\x56"
     "\x94\x87\x94\x40\x88\x91\xBE\x8C\x82",
     {0x30EF, 0x30BF, 0x30B7}},
};
#define SENTENCES (sizeof sentences / sizeof sentences[0])

static unsigned form_of(unsigned charset)
{
    unsigned form = 0;
    while (form < RCD_FORMS_COUNT && rcd_forms_charset(form) != charset) {
        form++;
    }
    return form;
}

static void begin(rcd_forms *f, const uint8_t *data, size_t len)
{
    static rcd_census census;
    rcd_census_init(&census);
    rcd_census_feed(&census, data, len);
    rcd_forms_init(f);
    rcd_forms_begin(f, data, len, &census, RCD_FORMS_ALL);
    CHECK(rcd_forms_any(data, len, &census) == (f->alive != 0), "any");
}

static void test_sentences(void)
{
    static rcd_forms one, cut;
    check_random r = {3};
    for (size_t i = 0; i < SENTENCES; i++) {
        const char *what = rcd_charset_name((int)sentences[i].charset);
        unsigned form = form_of(sentences[i].charset);
        size_t len = sentences[i].len;
        uint8_t *data = exact_copy(sentences[i].bytes, len);
        CHECK(form < RCD_FORMS_COUNT, "%s is no form", what);
        begin(&one, data, len);
        CHECK((one.alive >> form & 1u) != 0, "%s: kept out", what);
        begin(&cut, data, len);
        rcd_forms_feed(&one, data, len);
        CHECK((one.alive >> form & 1u) != 0 && rcd_forms_whole(&one, form), "%s: not read", what);
        for (size_t k = 0; k < len;) {
            size_t n = random_piece(&r, len - k);
            rcd_forms_feed(&cut, data + k, n);
            k += n;
        }
        CHECK(one.alive == cut.alive && rcd_forms_whole(&cut, form), "%s: not read in pieces", what);
        uint32_t text[MOST];
        size_t n = rcd_forms_text(form, data, len, text, MOST);
        CHECK(n > 16 && memcmp(text, sentences[i].start, sizeof sentences[i].start) == 0,
              "%s: %zu of U+%04X U+%04X U+%04X", what, n, (unsigned)text[0], (unsigned)text[1],
              (unsigned)text[2]);
        CHECK(rcd_forms_text(form, data, len, text, 2) <= 2, "%s: more than there is room for", what);
        free(data);
    }
}

/* A character that is cut at the end is not all there; one that nobody writes ends the form. */
static void test_ends(void)
{
    static rcd_forms f;
    for (size_t i = 0; i < SENTENCES; i++) {
        unsigned form = form_of(sentences[i].charset);
        int two = sentences[i].charset == RCD_CS_JISX0208 || sentences[i].charset == RCD_CS_CP300 ||
                  sentences[i].charset == RCD_CS_GB2312_RAW || sentences[i].charset == RCD_CS_CP834;
        if (!two) {
            continue;
        }
        uint8_t data[MOST];
        memcpy(data, sentences[i].bytes, sentences[i].len);
        begin(&f, data, sentences[i].len);
        rcd_forms_feed(&f, data, sentences[i].len - 1);
        CHECK((f.alive >> form & 1u) != 0 && !rcd_forms_whole(&f, form), "half a pair is read");
        data[21] = 0xFF;
        begin(&f, data, sentences[i].len);
        CHECK((f.alive >> form & 1u) == 0, "%s: a pair that is none",
              rcd_charset_name((int)sentences[i].charset));
    }
}

static void test_ordinary_text(void)
{
    static const char *const texts[] = {
        "The ferry leaves at noon; bring a coat, the wind is cold.\n",
        "d\xE9j\xE0 vu, o\xF9 est pass\xE9 l'\xE9t\xE9 ? Le vent est tr\xE8s froid.\n",
        "\xCF\xE0\xF0\xEE\xEC \xF3\xF5\xEE\xE4\xE8\xF2 \xE2 \xEF\xEE\xEB\xE4\xE5\xED\xFC.\n",
        "",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        static rcd_forms f;
        begin(&f, (const uint8_t *)texts[i], strlen(texts[i]));
        CHECK(f.alive == 0, "text %zu: %X", i, (unsigned)f.alive);
    }
}

/* An accent stands before a letter that has it in some language, and nothing else. */
static void test_accents(void)
{
    unsigned form = 0;
    while (rcd_forms_charset(form) != RCD_CS_ISO_6937) {
        form++;
    }
    CHECK(rcd_forms_fits(form, (const uint8_t *)"\xC2" "e", 2, 0), "e with an acute accent");
    CHECK(!rcd_forms_fits(form, (const uint8_t *)"\xC2" "q", 2, 0), "a q with one");
    CHECK(!rcd_forms_fits(form, (const uint8_t *)"\xC2", 1, 0), "an accent without a letter");
    CHECK(rcd_forms_fits(form, (const uint8_t *)"\xC2", 1, 1), "whose letter may come");
}

/* What the sentences are told as by the whole detection. */
static void test_told(void)
{
    size_t size = rcd_detector_size();
    void *memory = check_detector_memory();
    for (size_t i = 0; i < SENTENCES; i++) {
        rcd_result out;
        CHECK(rcd_detect(memory, size, (const uint8_t *)sentences[i].bytes, sentences[i].len, NULL,
                         &out) == 0,
              "refused");
        CHECK(out.charset == sentences[i].charset &&
                  strcmp(rcd_language_name(out.language), sentences[i].language) == 0,
              "%s is told as %s in %s", rcd_charset_name((int)sentences[i].charset),
              rcd_charset_name(out.charset), rcd_language_name(out.language));
    }
    free(memory);
}

int main(void)
{
    test_sentences();
    test_ends();
    test_ordinary_text();
    test_accents();
    test_told();
    return check_end("rare_forms");
}
