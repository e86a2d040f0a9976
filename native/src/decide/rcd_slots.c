/* rcd_slots.c : see rcd_slots.h. */
#include "rcd_small.h"

#include "rcd_slots.h"

#include "rcd_letters.h"

#define SLOT_MOST 16u

static int is_in_slot(unsigned b)
{
    return rcd_is_letter(b) || rcd_is_digit(b) || b == '_' || b == '.';
}

/* Is a brace behind a word, as that of an argument in TeX? */
static int is_behind_word(unsigned before)
{
    return is_in_slot(before) || before == ']' || before == '}' || before == '*';
}

static int is_argument(const uint8_t *text, size_t at)
{
    return at > 0 && is_behind_word(text[at - 1u]);
}

int rcd_ends_slot(const uint8_t *text, size_t end)
{
    const size_t from = end > SLOT_MOST ? end - SLOT_MOST : 0;
    const unsigned last = end > 0 ? text[end - 1u] : 0u;
    size_t i = end;
    if (last == ']' || last == '}') {
        const unsigned opens = last == ']' ? '$' : '{';
        for (i--; i > from && text[i - 1u] > ' ' && text[i - 1u] < 0x80u && text[i - 1u] != opens; i--) {
        }
        return i > from && text[i - 1u] == opens && (opens == '$' || !is_argument(text, i - 1u));
    }
    while (i > from && is_in_slot(text[i - 1u])) {
        i--;
    }
    return i > from && i < end && (text[i - 1u] == '%' || text[i - 1u] == '$');
}

/* A trail byte `{` is hardly before a name and `}`. */
int rcd_begins_braces(const uint8_t *text, size_t len, size_t at)
{
    size_t i = at + 1u;
    while (i < len && i - at < SLOT_MOST && is_in_slot(text[i])) {
        i++;
    }
    return text[at] == '{' && i > at + 1u && i < len && text[i] == '}' && !is_argument(text, at);
}

int rcd_begins_slot(const uint8_t *text, size_t len, size_t at)
{
    const unsigned next = at + 1u < len ? text[at + 1u] : '\n';
    const int named = rcd_is_letter(next) || rcd_is_digit(next);
    return (text[at] == '%' && named) || (text[at] == '$' && (named || next == '_' || next == '{')) ||
           (text[at] == '#' && next == '{') || rcd_begins_braces(text, len, at);
}

/* How many code points behind `at` belong to what begins there as `{name}` or, behind a percent sign, as
 * `(name)s`; 0 where none does. */
static size_t rest_of_slot(const uint32_t *cp, size_t len, size_t at)
{
    const uint32_t before = at > 0 ? cp[at - 1u] : ' ';
    size_t i = at + 1u;
    while (i < len && i - at < SLOT_MOST && is_in_slot(cp[i])) {
        i++;
    }
    const uint32_t last = i < len ? cp[i] : '\n';
    if (cp[at] == '{') {
        return last == '}' && !is_behind_word(before) ? i - at : 0;
    }
    /* a letter says how the value is written */
    return before == '%' && last == ')' && i + 1u < len ? i + 1u - at : 0;
}

void rcd_blank_slots(uint32_t *cp, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        size_t rest = cp[i] == '{' || cp[i] == '(' ? rest_of_slot(cp, len, i) : 0;
        for (; rest > 0; rest--) {
            cp[++i] = ' ';
        }
    }
}
