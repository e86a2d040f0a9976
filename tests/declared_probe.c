/* declared_probe.c : the readers of declarations one by one, for test_declared_readers.py.
 *
 * Labels are resolved by exact name here, so that only the readers are tested. */
#include <string.h>

#include "rcd_charset.h"
#include "rcd_declared_parts.h"
#include "recodec.h"

#if defined(_WIN32)
#define PROBE_API __declspec(dllexport)
#else
#define PROBE_API __attribute__((visibility("default")))
#endif

int rcd_charset_from_label(const uint8_t *label, size_t len)
{
    static const struct {
        const char *name;
        int id;
    } known[] = {{"koi8-r", RCD_CS_KOI8_R}, {"ibm866", RCD_CS_CP866}, {"utf-16", RCD_CS_UTF_16_LE}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (len == strlen(known[i].name) && rcd_declared_word(label, len, 0, known[i].name)) {
            return known[i].id;
        }
    }
    return 0;
}

const rcd_charset *rcd_charset_get(int id)
{
    (void)id;
    return NULL;
}

static int64_t place(const rcd_declaration *found, int64_t *len)
{
    *len = (int64_t)found->len;
    return found->kind == RCD_DECLARED_NONE ? -1 : (int64_t)found->offset;
}

/* Offset of the label of a <meta>, -1 for none; *known = it means a charset. */
PROBE_API int64_t probe_html(const uint8_t *data, size_t size, int64_t *len, int *known)
{
    rcd_declaration found = {0};
    *known = rcd_declared_html(data, size, 0, &found);
    return place(&found, len);
}

/* Offset of the label of a PEP 263 comment, -1 for none. */
PROBE_API int64_t probe_pep263(const uint8_t *data, size_t size, int64_t *len, int *known)
{
    rcd_declaration found = {0};
    *known = rcd_declared_pep263(data, size, 0, &found);
    return place(&found, len);
}
