/* test_settled.c : what a glance settles, and what it leaves to the whole detection. */
#include "check.h"
#include "rcd_charset_ids.h"

static void *memory;
static size_t memory_len;
static const char words[] = "The ferry leaves at noon; bring a coat, the wind is cold. ";

static uint32_t glance(const uint8_t *data, size_t len)
{
    uint8_t *copy = exact_copy(data, len);
    uint32_t found = rcd_settled(copy, len);
    rcd_result all;
    CHECK(rcd_detect(memory, memory_len, copy, len, NULL, &all) == 0, "refused");
    CHECK(found == 0 || found >> RCD_SETTLED_SHIFT == all.charset, "%zu bytes: %s, not %s", len,
          rcd_charset_name((int)(found >> RCD_SETTLED_SHIFT)), rcd_charset_name(all.charset));
    CHECK(found == 0 || (found & 0xFFFFF) == all.confidence, "%zu bytes: %u, not %u", len,
          (unsigned)(found & 0xFFFFF), (unsigned)all.confidence);
    free(copy);
    return found;
}

/* ASCII words of any length, with a byte at any place: settled without it, left with it. */
static void test_bytes(void)
{
    static const uint8_t left[] = "\x00\x01\x08\x0B\x0E\x1A\x1B\x7F\x80\xE9\xFF@[]^`{}~";
    uint8_t text[300];
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = (uint8_t)words[i % (sizeof words - 1)];
    }
    for (size_t len = 58; len < sizeof text; len += 11) {
        CHECK(glance(text, len) == (RCD_CS_ASCII << RCD_SETTLED_SHIFT | 1000000u), "%zu", len);
        for (size_t at = 0; at < len; at += 1 + at % 5) {
            uint8_t kept = text[at];
            uint8_t odd = left[(at + len) % (sizeof left - 1)];
            text[at] = odd;
            CHECK(glance(text, len) == 0, "%02X at %zu of %zu", odd, at, len);
            text[at] = kept;
        }
    }
}

static void test_utf8(void)
{
    uint8_t text[200];
    for (size_t before = 0; before < 100; before++) {
        for (size_t i = 0; i < sizeof text; i++) {
            text[i] = (uint8_t)words[i % (sizeof words - 1)];
        }
        memcpy(text + before, "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", 9);
        CHECK(glance(text, before + 9) >> RCD_SETTLED_SHIFT == RCD_CS_UTF_8, "at %zu", before);
        CHECK(glance(text, before + 8) == 0, "cut at %zu", before + 8);
        text[before + 60] = 0x1B;
        CHECK(glance(text, before + 70) == 0, "an ESC at %zu", before + 60);
    }
    CHECK(glance((const uint8_t *)"", 0) == RCD_CS_UTF_8 << RCD_SETTLED_SHIFT, "nothing");
    CHECK(glance((const uint8_t *)"\xEF\xBB\xBFsigned", 9) == 0, "the mark before UTF-8");
    CHECK(glance((const uint8_t *)"%PDF-1.4 of some words or others", 32) == 0, "a signature");
}

int main(void)
{
    memory_len = rcd_detector_size();
    memory = check_detector_memory();
    for (size_t k = 0; k < CHECK_KERNELS; k++) {
        if (rcd_kernel_force(check_kernel_names[k]) == 0) {
            test_bytes();
            test_utf8();
        }
    }
    free(memory);
    return check_end("settled");
}
