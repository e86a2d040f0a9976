/* fuzz_binary.c : signatures and the census of binary data. */
#include "fuzz.h"
#include "rcd_binary.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static rcd_census census;
    size_t most = len < 600 ? len : 600;
    for (size_t n = 0; n <= most; n += n < 40 ? 1 : 37) {
        uint8_t *head = exact_copy(data, n); /* a sanitizer sees a read beyond any cut */
        int kind = rcd_binary_signature(head, n);
        free(head);
        REQUIRE(kind == 0 || (kind > RCD_BINARY_DATA && kind < RCD_BINARY_COUNT));
        REQUIRE((kind == 0) == (rcd_binary_name(kind)[0] == '\0'));
    }
    rcd_census_init(&census);
    rcd_census_feed(&census, data, len);
    int by_census = rcd_binary_by_census(&census);
    REQUIRE(by_census == 0 || by_census == RCD_BINARY_DATA);
    size_t controls = 0, erased = 0;
    for (size_t i = 0; i < len; i++) {
        controls += data[i] < ' ' || data[i] == 0x7F;
        erased += data[i] == 0xFF;
    }
    REQUIRE(controls > 0 || erased * 2 > len || by_census == 0);
    return 0;
}
