/* rcd_charset.c : lookups in the generated charset tables. */
#include "rcd_charset.h"

#include <string.h>

#include "recodec.h"

#include "rcd_charsets.h"

int rcd_charset_count(void)
{
    return RCD_CS_COUNT - 1;
}

const rcd_charset *rcd_charset_get(int id)
{
    if (id <= RCD_CS_NONE || id >= RCD_CS_COUNT) {
        return NULL;
    }
    return &rcd_charset_table[id];
}

const char *rcd_charset_name(int id)
{
    const rcd_charset *entry = rcd_charset_get(id);
    return rcd_charset_names + (entry != NULL ? entry->name : 0);
}

/* Writes the letters and digits of `label` in lower case, and a NUL. Not <ctype.h>: its answers
 * depend on the locale. Returns their number, or -1 when this cannot be a label. */
static int normalise(const uint8_t *label, size_t len, char out[RCD_LABEL_MAX + 1])
{
    int used = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned c = label[i];
        if (c >= 'A' && c <= 'Z') {
            c += 'a' - 'A';
        }
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            if (used == RCD_LABEL_MAX) {
                return -1;
            }
            out[used++] = (char)c;
        } else if (c == 0 || c >= 0x80) {
            return -1;
        }
    }
    out[used] = '\0';
    return used;
}

int rcd_charset_from_label(const uint8_t *label, size_t len)
{
    char key[RCD_LABEL_MAX + 1];
    if (normalise(label, len, key) <= 0) {
        return RCD_CS_NONE;
    }
    /* The last stretch that begins with the label or before it. */
    size_t low = 0;
    size_t high = (RCD_LABEL_COUNT - 1) / RCD_LABEL_STEP;
    while (low < high) {
        size_t middle = high - (high - low) / 2;
        if (strcmp(key, rcd_label_text + rcd_label_at[middle]) < 0) {
            high = middle - 1;
        } else {
            low = middle;
        }
    }
    const char *text = rcd_label_text + rcd_label_at[low];
    size_t end = (low + 1) * RCD_LABEL_STEP;
    end = end < RCD_LABEL_COUNT ? end : RCD_LABEL_COUNT;
    for (size_t at = low * RCD_LABEL_STEP; at < end; at++) {
        if (strcmp(key, text) == 0) {
            return rcd_label_id[at];
        }
        text += strlen(text) + 1;
    }
    return RCD_CS_NONE;
}
