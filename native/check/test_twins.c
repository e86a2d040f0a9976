/* test_twins.c : which of two pages that differ in a few signs a text is in. */
#include "check.h"
#include "rcd_charset_ids.h"
#include "rcd_twin_names.h"
#include "rcd_twins.h"

#define MOST 400

static rcd_detector *detector;
static uint8_t allow[1024];

static unsigned language_of(const char *name)
{
    for (int id = 1; id <= rcd_language_count(); id++) {
        if (strcmp(rcd_language_name(id), name) == 0) {
            return (unsigned)id;
        }
    }
    return 0;
}

/* `text` in Latin-1 code points, "~" for the euro sign. */
static size_t encode(unsigned charset, const char *text, uint8_t *out)
{
    const uint16_t *table = rcd_single_byte_table((int)charset);
    size_t n = 0;
    for (const char *p = text; *p != '\0'; p++) {
        unsigned cp = *p == '~' ? 0x20AC : (uint8_t)*p;
        unsigned b = 0;
        while (b < 256 && table[b] != cp) {
            b++;
        }
        CHECK(b < 256 && n < MOST, "%s has no U+%04X", rcd_charset_name((int)charset), cp);
        out[n++] = (uint8_t)b;
    }
    return n;
}

static unsigned name(unsigned told, const char *language, const uint8_t *data, size_t len,
                     const rcd_options *opt)
{
    CHECK(rcd_detector_init(detector, rcd_detector_size(), opt) == RCD_MORE, "init");
    rcd_detector_feed(detector, data, len);
    return rcd_twins_name(detector, told, language_of(language), 0);
}

static void test_evidence(void)
{
    static const struct {
        unsigned told, written;
        const char *language, *text, *why;
    } cases[] = {
        {RCD_CS_CP037, RCD_CS_CP037, "en", "It costs $20 and $35.50 a day.", "dollars"},
        {RCD_CS_CP037, RCD_CS_CP285, "en", "It costs $20 and $35.50 a day.", "cents in cp037"},
        {RCD_CS_CP037, RCD_CS_CP037, "en", "The ferry leaves at noon.", "no sign that tells them"},
        {RCD_CS_CP500, RCD_CS_CP1148, "en", "It costs 20 ~ and 35 ~ a day.", "euros"},
        {RCD_CS_CP273, RCD_CS_CP273, "de", "Wie hei\xDFt der Fluss?", "a charset without twins here"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint8_t data[MOST];
        size_t n = encode(cases[i].written, cases[i].text, data);
        unsigned found = name(cases[i].told, cases[i].language, data, n, NULL);
        CHECK(found == cases[i].written, "%s: %s", cases[i].why, rcd_charset_name((int)found));
    }
}

/* Where the charset that was told cannot be it, another must, without more evidence. */
static void test_must(void)
{
    uint8_t data[MOST];
    uint64_t present[4] = {0};
    size_t n = encode(RCD_CS_CP037, "The ferry leaves at noon.", data);
    for (size_t i = 0; i < n; i++) {
        present[data[i] >> 6] |= UINT64_C(1) << (data[i] & 63);
    }
    CHECK((size_t)rcd_charset_count() < sizeof allow, "more charsets than flags");
    memset(allow, 0, sizeof allow);
    allow[RCD_CS_CP285] = 1;
    rcd_options opt;
    memset(&opt, 0, sizeof opt);
    opt.allow = allow;
    CHECK(rcd_twins_fit(RCD_CS_CP037, allow, 0, present), "the twin fits");
    unsigned found = name(RCD_CS_CP037, "en", data, n, &opt);
    CHECK(found == RCD_CS_CP285, "only a twin is allowed: %s", rcd_charset_name((int)found));
    allow[RCD_CS_CP285] = 0;
    CHECK(!rcd_twins_fit(RCD_CS_CP037, allow, 0, present), "nothing is allowed");
    CHECK(!rcd_twins_fit(RCD_CS_KOI8_R, allow, 0, present), "no twins, not allowed");
    CHECK(rcd_twins_fit(RCD_CS_KOI8_R, NULL, 0, present), "no twins, allowed");
}

/* A byte that the charset leaves open and a twin has: the euro sign that was put there later, and
 * letters. Where the twin has a sign it may as well be a stray byte. */
static void test_open_byte(void)
{
    const uint16_t *before = rcd_single_byte_table(RCD_CS_CP874);
    const uint16_t *after = rcd_single_byte_table(RCD_CS_CP1161);
    uint8_t data[64];
    size_t n = 0;
    for (unsigned b = 0xA1; b < 0xC0; b++) {
        data[n++] = (uint8_t)b;
    }
    for (unsigned b = 0x80; b < 256; b++) {
        if (before[b] == 0xFFFF && after[b] != 0xFFFF) {
            data[n++] = (uint8_t)b;
            unsigned found = name(RCD_CS_CP874, "th", data, n, NULL);
            const int sign = after[b] < 0xC0u;
            CHECK((found == RCD_CS_CP874) == sign, "%02X is %s", b, rcd_charset_name((int)found));
            n--;
        }
    }
}

int main(void)
{
    detector = check_detector_memory();
    test_evidence();
    test_must();
    test_open_byte();
    free(detector);
    return check_end("twins");
}
