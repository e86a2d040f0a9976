/* fuzz_declared.c : labels in text; whatever is found lies inside what was given. */
#include "fuzz.h"
#include "rcd_declared.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    check_random r = choices_from(data, len);
    size_t head_len = len < 4096 ? len : 4096;
    size_t tail_len = random_below(&r, (len < 1024 ? len : 1024) + 1);
    /* Copies of their own, so that a sanitizer sees a read beyond either. */
    uint8_t *head = exact_copy(data, head_len);
    uint8_t *tail = exact_copy(data + len - tail_len, tail_len);
    rcd_declaration found;
    for (int with_tail = 0; with_tail < 2; with_tail++) {
        memset(&found, 0, sizeof found);
        int known = rcd_declared_find(head, head_len, with_tail ? tail : NULL,
                                      with_tail ? tail_len : 0, &found);
        REQUIRE(known == 0 || known == 1);
        REQUIRE(!known || (found.kind != RCD_DECLARED_NONE && found.charset > 0));
        REQUIRE(found.charset >= 0 && found.charset <= rcd_charset_count());
        REQUIRE(with_tail || !found.in_tail);
        if (found.kind != RCD_DECLARED_NONE) {
            size_t room = found.in_tail ? tail_len : head_len;
            REQUIRE(found.len <= room && found.offset <= room - found.len);
        }
    }
    free(head);
    free(tail);
    return 0;
}
