/* rcd_weigh.c : what each line of a text costs in a language.
 *
 * A line in the wrong encoding costs more bits than in its own, whatever it says: that is how the
 * lines of a file in several encodings are told apart. Only words with a character beyond ASCII are
 * read, for the encodings agree on the others.
 */
#include "rcd_score.h"
#include "recodec.h"

#define AT_ONCE 512u   /* characters that a model is given, a long line in several pieces */
#define NO_CHARACTER 0xFFFDu
#define BAD_EACH 250   /* tenths of a bit that bytes without a character cost */
#define MOST (INT32_MAX / 4)

/* Where the columns of a language are. */
typedef struct {
    unsigned group, column;
} place_of;

typedef struct {
    const place_of *places; /* of the languages asked for; group RCD_GROUPS = any language */
    size_t languages;
    int32_t *cost; /* of the line, by language */
    size_t n;
    uint32_t text[AT_ONCE];
} line_state;

static int is_space(uint32_t cp)
{
    return cp == ' ' || cp == '\t';
}

static place_of find_place(unsigned language)
{
    place_of found = {RCD_GROUPS, 0};
    for (unsigned k = 0; k < RCD_HANI_COLUMNS && language != 0; k++) {
        if (rcd_hani_language(k) == language) {
            found.group = RCD_HANI;
            found.column = k;
            return found;
        }
    }
    for (unsigned g = RCD_LATN; g < RCD_GROUPS && language != 0; g++) {
        const rcd_script *s = g == RCD_HANI ? NULL : rcd_script_get(g);
        for (unsigned k = 0; s != NULL && k < s->columns; k++) {
            if (s->languages[k] == language) {
                found.group = g;
                found.column = k;
                return found;
            }
        }
    }
    return found;
}

static int32_t plus(int32_t sum, int32_t cost)
{
    return sum > MOST - cost ? MOST : sum + cost;
}

/* What the characters gathered so far cost in each language of a script. `cost` is room for it. */
static const int32_t *script_costs(const line_state *line, unsigned group, const rcd_text_score *any,
                                   int32_t cost[RCD_MAX_COLUMNS])
{
    if (any != NULL && group == RCD_LATN && any->has_latin) {
        return any->latin;
    }
    if (any != NULL && group == any->other_group) {
        return any->other;
    }
    if (group == RCD_HANI) {
        rcd_score_hani(line->text, line->n, cost);
    } else {
        rcd_score_script(line->text, line->n, group, cost);
    }
    return cost;
}

/* Adds what they cost in the languages asked for. */
static void add_text(line_state *line)
{
    int32_t room[RCD_MAX_COLUMNS];
    const int32_t *cost = NULL;
    rcd_text_score any;
    const rcd_text_score *scored = NULL;
    unsigned group = RCD_GROUPS;
    if (line->n == 0) {
        return;
    }
    for (size_t k = 0; k < line->languages && scored == NULL; k++) {
        if (line->places[k].group == RCD_GROUPS) {
            rcd_score_text(line->text, line->n, &any);
            scored = &any;
        }
    }
    for (size_t k = 0; k < line->languages; k++) {
        place_of place = line->places[k];
        if (place.group == RCD_GROUPS && any.language != 0) {
            line->cost[k] = plus(line->cost[k], any.cost);
            continue;
        }
        if (place.group == RCD_GROUPS) {
            /* Signs alone are in no language, and cost what they do beside Latin letters. */
            place.group = RCD_LATN;
            place.column = 0;
        }
        if (place.group != group) {
            group = place.group;
            cost = script_costs(line, group, scored, room);
        }
        line->cost[k] = plus(line->cost[k], cost[place.column]);
    }
    line->n = 0;
}

/* Adds a word with a character beyond ASCII, and the space before it. */
static void add_word(line_state *line, const uint32_t *word, size_t len)
{
    if (line->n > 0 && line->n < AT_ONCE) {
        line->text[line->n++] = ' ';
    }
    for (size_t i = 0; i < len; i++) {
        if (word[i] == NO_CHARACTER) {
            for (size_t k = 0; k < line->languages; k++) {
                line->cost[k] = plus(line->cost[k], BAD_EACH);
            }
            continue;
        }
        if (line->n == AT_ONCE) {
            add_text(line);
        }
        line->text[line->n++] = word[i];
    }
}

int rcd_weigh_lines(const uint32_t *text, size_t len, const uint16_t *language, size_t languages,
                    int32_t *cost, size_t lines)
{
    place_of places[RCD_WEIGH_LANGUAGES];
    line_state line;
    if (languages == 0 || languages > RCD_WEIGH_LANGUAGES || lines > INT32_MAX) {
        return RCD_E_OPTION;
    }
    for (size_t k = 0; k < languages; k++) {
        if (language[k] > rcd_language_count()) {
            return RCD_E_OPTION;
        }
        places[k] = find_place(language[k]);
    }
    line.places = places;
    line.languages = languages;
    line.n = 0;
    size_t count = 0;
    for (size_t i = 0; i < len && count < lines; count++) {
        line.cost = cost + count * languages;
        for (size_t k = 0; k < languages; k++) {
            line.cost[k] = 0;
        }
        int ended = 0;
        while (i < len && !ended) {
            size_t begin = i;
            uint32_t all = 0;
            while (i < len && !is_space(text[i]) && text[i] != '\n' && text[i] != '\r') {
                all |= text[i++];
            }
            if (all >= 0x80u) {
                add_word(&line, text + begin, i - begin);
            }
            if (i < len) {
                ended = text[i] == '\n' || (text[i] == '\r' && (i + 1 == len || text[i + 1] != '\n'));
                i++;
            }
        }
        add_text(&line);
    }
    return (int)count;
}

void rcd_own_costs(const int32_t *cost, size_t languages, size_t lines, int32_t further, int32_t most,
                   int32_t *own)
{
    for (size_t line = 0; line < lines; line++) {
        const int32_t *each = cost + line * languages;
        int32_t least = each[0] < most ? each[0] : most;
        for (size_t k = 1; k < languages; k++) {
            least = each[k] < least - further ? each[k] + further : least;
        }
        own[line] = least;
    }
}
