/* rcd_legacy_letters.c : which charset lists letters, as in `[a-zäöüß]`, `абвгд`, tables of keys?
 *
 * Nothing of how often a language has its letters beside each other is to be seen in a list; in the
 * wrong alphabet it is no worse than in the right one. What tells is which letters they are and in what
 * order: those that one language writes, beyond ASCII in Latin script, each the next of the alphabet, in
 * small letters and then in capitals. So where nothing reads as text and all words beyond ASCII may be lists,
 * each charset is also read as one of the letters of each of its languages.
 */
#include <string.h>

#include "rcd_legacy.h"
#include "rcd_legacy_marks.h"
#include "rcd_letter_list.h"
#include "rcd_near.h"
#include "rcd_single_byte.h"

/* All costs are in tenths of a bit. */
#define TEXT_EACH 40u /* What costs a byte no more is text, */
#define LABEL_TEXT_EACH 38u /* or this where a label says otherwise, which may be true of letters. */
#define ALPHABET_LEAST 4u /* letters that are a part of an alphabet, outside Latin script */
/* A letter that was not there before: the one before it as a capital, the next of the alphabet and each that
 * is passed over between, or any other of the language, for which log2 of their number is added. */
#define OTHER_CASE 15
#define NEXT 12
#define SKIPPED 20
#define ANY 10
#define ANY_ORDERED 60 /* any other where letters come in the order of the alphabet */
#define ALPHABET 50u   /* log2 of more letters than a language adds to ASCII */
#define MEMBER 120u    /* A letter is the language's that costs its texts less; others cost this more, */
#define STRANGE 30     /* besides what they are rarer; */
#define NO_LETTER 130  /* and so much at most what is no letter. */
#define CAPITAL 10     /* The first is a capital, */
#define CASE_CHANGE 30 /* or one is where the others are not; */
#define WORD_CASE 90   /* the first of a word alone, or for the second time, as in words. */
#define PUNCTUATION 0x2010u /* Dashes, quotes and points: so many codes from here on. */
#define PUNCTUATION_MOST 0x17u
#define ANY_PUNCTUATION 60
#define ALL_LANGUAGES 170 /* Letters of whatever language, besides rcd_marked_cost() of each. */
/* So many letters at least may be what a language adds to ASCII, most of it by how often it has them, so that
 * nothing but their order is open; or so many are the first of an alphabet or of a row of keys. Hardly a word is
 * all of these by chance. */
#define COMPLETE_LEAST 3u
#define COMPLETE_SAVES 50
#define COMPLETE_OF(all) ((all) - (all) / 4u)
#define UNORDERED 100000 /* It is no list. */
#define LIST_EACH 56u  /* A list costs less for each new letter. */
#define FAR 100        /* letters passed over, where the second does not come behind the first */

/* The letters of each language of a script: how many it writes up to each symbol. */
typedef struct {
    uint8_t below[256][RCD_MAX_COLUMNS]; /* of the symbols below */
    uint8_t base[RCD_MAX_COLUMNS];       /* log2 of all, in tenths */
    uint32_t often[RCD_MAX_COLUMNS];     /* how often it has one of them, by how_often() */
} alphabets;

/* How often a letter comes that costs so many tenths of a bit, of 2^20. */
static uint32_t how_often(unsigned cost)
{
    static const uint16_t tenths[] = {1024, 955, 891, 832, 776, 724, 676, 630, 588, 549};
    return ((uint32_t)tenths[cost % 10u] << 10) >> cost / 10u;
}

static void know_alphabets(alphabets *a, unsigned group)
{
    const rcd_script *s = rcd_script_get(group);
    const unsigned first = group == RCD_LATN ? RCD_ASCII_SYMBOLS : RCD_SYM_RARE + 1u;
    uint8_t count[RCD_MAX_COLUMNS] = {0};
    memset(a->often, 0, sizeof a->often);
    for (unsigned symbol = 0; symbol < s->symbols && symbol < 256u; symbol++) {
        const uint8_t *row = s->rows + (size_t)symbol * s->stride;
        memcpy(a->below[symbol], count, sizeof count);
        for (unsigned k = 0; k < s->columns && symbol >= first; k++) {
            count[k] = (uint8_t)(count[k] + (row[k] < MEMBER));
            a->often[k] += row[k] < MEMBER ? how_often(row[k]) : 0;
        }
    }
    for (unsigned k = 0; k < s->columns; k++) {
        a->base[k] = (uint8_t)rcd_log2_tenths(count[k] + 1u);
    }
}

/* How many letters of a language stand between two; FAR where the second is not behind the first. */
static int passed(const rcd_script *s, const alphabets *a, unsigned k, unsigned first, unsigned second)
{
    const int own = first > 0 && s->rows[(size_t)first * s->stride + k] < MEMBER;
    return second > first ? (int)a->below[second][k] - (int)a->below[first][k] - own : FAR;
}

/* Does an alphabet or a row of keys begin with a letter, as lists of it do? */
static int is_first_letter(unsigned cp)
{
    static const uint16_t first[] = {0x0391, 0x03B1, 0x0410, 0x0430, 0x0531, 0x0561,
                                     0x05D0, 0x0627, 0x0E01, 0x10D0,
                                     0x0419, 0x0439, 0x0444, 0x044F, 0x0459, 0x03C2, 0x03B6,
                                     0x05E7, 0x05E9, 0x05D6, 0x0636, 0x0634};
    for (size_t k = 0; k < sizeof first / sizeof first[0]; k++) {
        if (first[k] == cp) {
            return 1;
        }
    }
    return 0;
}

/* The letters of keyboards, row by row: of Russia (GOST 6431), Ukraine, Belarus, Serbia, Bulgaria (phonetic,
 * BDS 5237), Greece (ELOT 1000), Israel (SI 1452) and Arabic 101. Who tries something types along these. */
static const uint16_t keys[] = {
    0x439, 0x446, 0x443, 0x43A, 0x435, 0x43D, 0x433, 0x448, 0x449, 0x437, 0x445, 0x44A, /* йцукен */
    0x444, 0x44B, 0x432, 0x430, 0x43F, 0x440, 0x43E, 0x43B, 0x434, 0x436, 0x44D,        /* фывапр */
    0x44F, 0x447, 0x441, 0x43C, 0x438, 0x442, 0x44C, 0x431, 0x44E, 0,                   /* ячсмит */
    0x445, 0x457, 0x444, 0x456, 0x432, 0x430, 0, 0x434, 0x436, 0x454, 0x44F, 0,         /* хїфіва джєя */
    0x433, 0x448, 0x45E, 0x437, 0, 0x43C, 0x456, 0x442, 0,                              /* гшўз міт */
    0x459, 0x45A, 0x435, 0x440, 0x442, 0x437, 0x443, 0x438, 0x43E, 0x43F, 0x448, 0x452, /* љњертз */
    0x430, 0x441, 0x434, 0x444, 0x433, 0x445, 0x458, 0x43A, 0x43B, 0x447, 0x45B, 0x436, /* асдфгх */
    0x455, 0x45F, 0x446, 0x432, 0x431, 0x43D, 0x43C, 0,                                 /* ѕџцвбн */
    0x44F, 0x432, 0x435, 0x440, 0x442, 0x44A, 0x443, 0x438, 0x43E, 0x43F, 0x448, 0x449, /* явертъ */
    0x430, 0x441, 0x434, 0x444, 0x433, 0x445, 0x439, 0x43A, 0x43B,                      /* асдфгх */
    0x437, 0x44C, 0x446, 0x436, 0x431, 0x43D, 0x43C, 0,                                 /* зьцжбн */
    0x3C2, 0x3B5, 0x3C1, 0x3C4, 0x3C5, 0x3B8, 0x3B9, 0x3BF, 0x3C0,                      /* ςερτυθ */
    0x3B1, 0x3C3, 0x3B4, 0x3C6, 0x3B3, 0x3B7, 0x3BE, 0x3BA, 0x3BB,                      /* ασδφγη */
    0x3B6, 0x3C7, 0x3C8, 0x3C9, 0x3B2, 0x3BD, 0x3BC, 0,                                 /* ζχψωβν */
    0x5E7, 0x5E8, 0x5D0, 0x5D8, 0x5D5, 0x5DF, 0x5DD, 0x5E4,                             /* Hebrew */
    0x5E9, 0x5D3, 0x5D2, 0x5DB, 0x5E2, 0x5D9, 0x5D7, 0x5DC, 0x5DA, 0x5E3,
    0x5D6, 0x5E1, 0x5D1, 0x5D4, 0x5E0, 0x5DE, 0x5E6, 0x5EA, 0x5E5, 0,
    0x636, 0x635, 0x62B, 0x642, 0x641, 0x63A, 0x639, 0x647, 0x62E, 0x62D, 0x62C, 0x62F, /* Arabic */
    0x634, 0x633, 0x64A, 0x628, 0x644, 0x627, 0x62A, 0x646, 0x645, 0x643, 0x637, 0};

static unsigned small_of(unsigned cp)
{
    return (cp - 0x410u < 0x20u) || (cp - 0x391u < 0x19u) ? cp + 0x20u : cp - 0x400u < 0x10u ? cp + 0x50u : cp;
}

/* Is a letter the next one on a keyboard? */
static int is_next_key(unsigned before, unsigned cp)
{
    const unsigned first = small_of(before), second = small_of(cp);
    for (size_t k = 0; k + 1u < sizeof keys / sizeof keys[0]; k++) {
        if (keys[k] == first && keys[k + 1u] == second) {
            return 1;
        }
    }
    return 0;
}

/* Columns of the languages that classes of one script are written in. */
typedef struct {
    uint8_t column[RCD_MAX_COLUMNS];
    unsigned count;
    uint64_t has;
} column_set;

_Static_assert(RCD_MAX_COLUMNS <= 64, "a flag each");

static void add_columns(column_set *set, const rcd_class *class)
{
    size_t count;
    const rcd_pair *pair = rcd_pairs_of(class->charset, &count);
    for (size_t p = 0; p < count; p++) {
        const unsigned k = pair[p].column;
        if (pair[p].group == class->group && (set->has >> k & 1u) == 0) {
            set->has |= UINT64_C(1) << k;
            set->column[set->count++] = (uint8_t)k;
        }
    }
}

/* The letters as a charset reads them, in one script. */
typedef struct {
    uint8_t symbol[RCD_LETTERS_MOST];
    uint8_t asked[RCD_LETTERS_MOST]; /* the language says what it costs */
    int32_t shared;              /* what they cost in all of its languages */
    int32_t least;               /* and at least */
    int32_t marked;              /* what they cost as those of all languages, in Latin script, */
    uint32_t disordered;         /* and how many are in no order of these */
} letter_reading;

/* Is it a dash, a quote or a point? They are listed as letters are, in the order of their codes, and among
 * these for what they are rare as signs. */
static int is_punctuation(unsigned cp) { return cp - PUNCTUATION < PUNCTUATION_MOST; }

static void read_letters(const rcd_letter_list *list, const rcd_class *class, letter_reading *read)
{
    const uint16_t *table = rcd_single_byte_table(class->charset);
    unsigned before = 0, before_cp = 0, before_case = RCD_CASE_NONE, usual = RCD_CASE_NONE, changes = 0;
    int32_t asked = 0, signs = 0, alone = 0;
    rcd_marked marked = {0, 0, 0, 0};
    read->shared = list->shared;
    read->marked = ALL_LANGUAGES;
    for (uint32_t i = 0; i < list->count; i++) {
        const unsigned cp = table[list->byte[i]];
        const rcd_cell cell = rcd_cell_of(cp);
        const unsigned symbol = rcd_symbol_in(cell, class->group);
        const unsigned style = rcd_cell_case(cell);
        read->symbol[i] = (uint8_t)symbol;
        read->asked[i] = 0;
        if (list->copied[i]) {
            /* which costs what list->shared counts */
        } else if (symbol <= RCD_SYM_FOREIGN) {
            const int known = is_punctuation(cp), next = known && cp == before_cp + 1u;
            signs += next ? NEXT : known ? (int32_t)rcd_cell_cost(cell) : NO_LETTER;
            alone += next ? NEXT : known ? ANY_PUNCTUATION : NO_LETTER;
        } else if (symbol == before && style != before_case) {
            read->shared += OTHER_CASE;
        } else {
            read->shared += (int32_t)rcd_cell_cost(cell);
            if (i == 0) {
                read->shared += style == RCD_CASE_UPPER ? CAPITAL : 0;
            } else if (style != usual) {
                const int title = list->inside[i] == 1u && before_case == RCD_CASE_UPPER;
                read->shared += title || changes > 0 ? WORD_CASE : CASE_CHANGE;
                changes++;
            }
            read->asked[i] = 1;
            read->marked += class->group == RCD_LATN ? rcd_marked_cost(&marked, table, list->byte[i]) : 0;
            asked++;
            usual = style;
        }
        before = symbol;
        before_cp = cp;
        before_case = style;
    }
    read->shared += asked == 0 ? alone : signs;
    const int32_t least = asked * NEXT;
    read->least = read->shared - COMPLETE_SAVES +
                  (class->group == RCD_LATN && read->marked < least ? read->marked : least);
    read->disordered = marked.disordered + list->again;
}

/* What the letters cost in some languages of a class's script. */
static void list_costs(const rcd_letter_list *list, const letter_reading *read, const rcd_class *class,
                       const alphabets *a, const column_set *set, int32_t cost[RCD_MAX_COLUMNS])
{
    const rcd_script *s = rcd_script_get(class->group);
    const int alphabet = class->group != RCD_LATN;
    const uint16_t *table = rcd_single_byte_table(class->charset);
    const int start = is_first_letter(table[list->byte[0]]) ? 0 : FAR;
    unsigned before = 0, earlier = 0;
    uint32_t jumps[RCD_MAX_COLUMNS] = {0}, strange[RCD_MAX_COLUMNS] = {0}, often[RCD_MAX_COLUMNS] = {0};
    int32_t rare[RCD_MAX_COLUMNS] = {0};
    uint32_t asked = 0;
    int32_t order = 0; /* which of all orders the letters are in */
    memset(cost, 0, RCD_MAX_COLUMNS * sizeof *cost);
    for (uint32_t i = 0; i < list->count; i++) {
        const unsigned symbol = read->symbol[i];
        const uint8_t *row = s->rows + (size_t)symbol * s->stride;
        const int key = alphabet && i > 0 && is_next_key(table[list->byte[i - 1u]], table[list->byte[i]]);
        for (unsigned n = 0; n < set->count && read->asked[i]; n++) {
            const unsigned k = set->column[n];
            const int32_t any = a->base[k] + (alphabet || a->base[k] > ALPHABET ? ANY_ORDERED : ANY);
            const int one = passed(s, a, k, before, symbol), two = passed(s, a, k, earlier, symbol);
            const int skipped = key ? 0 : i == 0 && alphabet ? start : one < two ? one : two;
            const int32_t next = skipped < FAR ? NEXT + SKIPPED * skipped : any;
            jumps[k] += skipped > 1;
            strange[k] += row[k] >= MEMBER;
            often[k] += row[k] >= MEMBER ? 0 : how_often(row[k]);
            rare[k] += row[k] >= MEMBER ? STRANGE + (int32_t)(row[k] - MEMBER) : 0;
            cost[k] += row[k] >= MEMBER ? any + STRANGE + (int32_t)(row[k] - MEMBER)
                       : next < any     ? next
                                        : any;
        }
        asked += read->asked[i];
        order += read->asked[i] ? rcd_log2_tenths(asked) : 0;
        earlier = symbol != before || list->copied[i] ? before : earlier;
        before = symbol;
    }
    for (unsigned n = 0; n < set->count; n++) {
        const unsigned k = set->column[n];
        if (!alphabet && k == RCD_LATN_ENGLISH) { /* which has no such letters */
            cost[k] = read->marked;
            strange[k] = read->disordered;
        }
        const int32_t next = (int32_t)asked * NEXT;
        const int begins = alphabet && asked >= COMPLETE_LEAST && asked <= ALPHABET_LEAST &&
                           asked == list->distinct && cost[k] == next;
        if (begins) {
            cost[k] -= COMPLETE_SAVES;
        } else if (!alphabet && asked >= COMPLETE_LEAST && often[k] >= COMPLETE_OF(a->often[k])) {
            const int32_t all = (order > next ? order : next) + rare[k] - COMPLETE_SAVES;
            cost[k] = all < cost[k] ? all : cost[k];
        }
        const uint32_t odd = list->jumps + strange[k] + (alphabet ? jumps[k] : 0);
        const int few = alphabet && list->distinct < ALPHABET_LEAST && !begins;
        const int unordered = odd * RCD_LETTERS_ORDERED > list->count + (alphabet ? 0 : 1u);
        cost[k] += few || unordered ? UNORDERED : read->shared;
    }
}

int32_t rcd_legacy_ascii_cost(const rcd_detector *d)
{
    const rcd_single_work *w = &d->single;
    const rcd_script *s = rcd_script_get(RCD_LATN);
    int32_t least = INT32_MAX;
    if ((w->groups >> RCD_LATN & 1u) == 0) {
        return w->base_other;
    }
    for (unsigned k = 0; k < s->columns; k++) {
        least = w->base[k] < least ? w->base[k] : least;
    }
    return w->base_latin + least;
}

static int same_text(const rcd_detector *d, const uint16_t *a, const uint16_t *b)
{
    for (unsigned k = 0x80u; k < 0x100u && a != b; k++) {
        if (a[k] != b[k] && rcd_census_has(&d->census, k)) {
            return 0;
        }
    }
    return 1;
}

/* The number of a text, of a reading that is there or a new one. */
static unsigned text_of(rcd_detector *d, const uint16_t *table)
{
    rcd_readings *r = &d->readings;
    for (uint32_t i = 0; i < r->count; i++) {
        const uint16_t *other = rcd_single_byte_table(r->item[i].charset);
        if (other != NULL && other['a'] == 'a' && r->item[i].how != RCD_READ_DAMAGED &&
            same_text(d, table, other)) {
            return r->item[i].text;
        }
    }
    return r->texts++;
}

uint32_t rcd_letters_sure(int32_t lead)
{
    static const struct { int32_t lead; uint32_t sure; } most[] = {
        {30, 450000u}, {60, 850000u}, {140, 950000u}, {INT32_MAX, 980000u},
    };
    unsigned k = 0;
    while (lead >= most[k].lead && k + 1u < sizeof most / sizeof most[0]) {
        k++;
    }
    return most[k].sure;
}

/* What a class costs in the language that it reads the letters best in; `cost` is by list_costs(), without
 * priors. @return what it costs there without */
static int32_t read_list(const rcd_letter_list *list, const rcd_class *class, const rcd_hints *hints,
                         const int32_t cost[RCD_MAX_COLUMNS], rcd_reading *out)
{
    const rcd_script *s = rcd_script_get(class->group);
    int16_t prior[RCD_MAX_COLUMNS];
    int32_t least = INT32_MAX, second = INT32_MAX, letters = INT32_MAX;
    rcd_priors_of(class, hints, prior);
    for (unsigned k = 0; k < s->columns; k++) {
        const int32_t all = cost[k] + prior[k];
        if (prior[k] == RCD_NO_PRIOR || s->languages[k] == 0) {
            continue;
        }
        if (all < least) {
            second = least;
            least = all;
            letters = cost[k];
            out->language = s->languages[k];
        } else if (all < second) {
            second = all;
        }
    }
    out->charset = class->charset;
    out->cost = least;
    out->lead = (uint16_t)(second - least < 0x7FFF ? second - least : 0x7FFF);
    out->each = rcd_each(letters, list->places);
    return letters;
}

/* Do two classes read the same letters? */
static int same_letters(const rcd_letter_list *list, const rcd_class *one, const rcd_class *other)
{
    const uint16_t *a = rcd_single_byte_table(one->charset), *b = rcd_single_byte_table(other->charset);
    for (uint32_t i = 0; i < list->count && a != b; i++) {
        if (!list->copied[i] && a[list->byte[i]] != b[list->byte[i]]) {
            return 0;
        }
    }
    return 1;
}

/* The bytes over 0x7F that occur. @return how many */
static size_t high_bytes(const rcd_detector *d, uint8_t high[128])
{
    size_t count = 0;
    for (unsigned b = 0x80u; b < 0x100u; b++) {
        high[count] = (uint8_t)b;
        count += (size_t)rcd_census_has(&d->census, b);
    }
    return count;
}

static int decodes(const uint16_t *table, const uint8_t *high, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (table[high[i]] == RCD_UNASSIGNED) {
            return 0;
        }
    }
    return 1;
}

/* Which classes can be the best, where the letters cost `bound` less than what is there. */
static void mark_classes(const rcd_detector *d, const rcd_hints *hints, int32_t bound,
                         uint8_t may[RCD_CLASSES_MOST])
{
    size_t classes;
    const rcd_class *class = rcd_classes(&classes);
    uint8_t high[128];
    const size_t count = high_bytes(d, high);
    for (size_t c = 0; c < classes; c++, class++) {
        may[c] = !class->ebcdic && !class->bytewise && class->group != RCD_COMMON &&
                 class->group != RCD_HANI && class->least + rcd_prior_shared(class, hints) < bound &&
                 rcd_allowed(d, class->charset) &&
                 decodes(rcd_single_byte_table(class->charset), high, count);
    }
}

/* Classes that read the same letters. */
typedef struct {
    uint8_t class[RCD_CLASSES_MOST];
    size_t count;
    column_set columns;
    int32_t prior; /* the least */
} class_set;

/* Gathers the classes from `first` on that read the same letters as it, and takes them out of may[]. */
static void gather_alike(const rcd_letter_list *list, const rcd_hints *hints, size_t first,
                         uint8_t may[RCD_CLASSES_MOST], class_set *out)
{
    size_t classes;
    const rcd_class *class = rcd_classes(&classes);
    out->count = 0;
    out->columns.count = 0;
    out->columns.has = 0;
    out->prior = INT32_MAX;
    for (size_t c = first; c < classes; c++) {
        if (may[c] && class[c].group == class[first].group && same_letters(list, &class[first], &class[c])) {
            const int32_t prior = class[c].least + rcd_prior_shared(&class[c], hints);
            out->prior = prior < out->prior ? prior : out->prior;
            out->class[out->count++] = (uint8_t)c;
            add_columns(&out->columns, &class[c]);
            may[c] = 0;
        }
    }
}

/* Reads the letters in the classes of a script that may be the best, those with the same letters together.
 * @return how many read them as a list for less than `most` */
static size_t read_group(const rcd_detector *d, const rcd_letter_list *list, const rcd_hints *hints,
                         unsigned group, int32_t most, uint8_t may[RCD_CLASSES_MOST], rcd_reading *found)
{
    alphabets a;
    letter_reading read;
    class_set alike;
    int32_t cost[RCD_MAX_COLUMNS];
    size_t classes, count = 0;
    const rcd_class *class = rcd_classes(&classes);
    const int32_t list_most = list->shared + (int32_t)(list->distinct * LIST_EACH);
    const int32_t text_most = (int32_t)(d->readings.item[0].each * list->places);
    /* The same of a charset that is declared. */
    const int32_t labelled = text_most + (hints->declared != 0 ? hints->bonus : 0);
    const int32_t both = list_most < labelled ? list_most : labelled;
    const int32_t letters_most = both < UNORDERED ? both : UNORDERED;
    int known = 0;
    for (size_t c = 0; c < classes; c++) {
        if (!may[c] || class[c].group != group) {
            continue;
        }
        read_letters(list, &class[c], &read);
        if (read.least >= letters_most) {
            continue;
        }
        gather_alike(list, hints, c, may, &alike);
        if (read.least + alike.prior >= most) {
            continue;
        }
        if (!known) {
            know_alphabets(&a, group);
            known = 1;
        }
        list_costs(list, &read, &class[c], &a, &alike.columns, cost);
        for (size_t k = 0; k < alike.count; k++) {
            const rcd_class *one = &class[alike.class[k]];
            const int32_t letters = read_list(list, one, hints, cost, &found[count]);
            const int is_label = one->charset == hints->declared;
            count += (size_t)(letters < letters_most && (is_label || letters < text_most) &&
                              found[count].cost < most);
        }
    }
    return count;
}

int rcd_legacy_letters(rcd_detector *d, int sample, unsigned declared, size_t len)
{
    rcd_letter_list list;
    rcd_reading found[RCD_CLASSES_MOST];
    uint8_t may[RCD_CLASSES_MOST];
    size_t count = 0;
    rcd_readings *r = &d->readings;
    const uint32_t text_each = declared != 0 ? LABEL_TEXT_EACH : TEXT_EACH;
    if (r->count == 0 || r->item[0].how == RCD_READ_DAMAGED || r->item[0].each <= text_each ||
        d->single.ebcdic || d->single.base_len == 0 ||
        !rcd_letter_list_gather(d->excerpt.text + d->preface, len - d->preface, &list)) {
        return 0;
    }
    const rcd_hints hints = rcd_legacy_hints(d, sample, declared, NULL);
    const int32_t ascii = rcd_legacy_ascii_cost(d);
    const int32_t most = r->item[0].cost - ascii + (hints.language != 0 ? RCD_HINT : 0);
    const int32_t next = (int32_t)list.distinct * NEXT;
    const int32_t marked = ALL_LANGUAGES + (int32_t)list.distinct * RCD_MARKED_LEAST;
    const int32_t least = list.shared + (next < marked ? next : marked) - COMPLETE_SAVES;
    const int32_t label = hints.declared != 0 ? hints.bonus : 0;
    if (least - label >= (int32_t)(r->item[0].each * list.places)) {
        return 0;
    }
    mark_classes(d, &hints, most - least, may);
    for (unsigned group = RCD_COMMON + 1u; group < RCD_HANI; group++) {
        count += read_group(d, &list, &hints, group, most, may, found + count);
    }
    for (size_t i = 0; i < count; i++) {
        const unsigned text = text_of(d, rcd_single_byte_table(found[i].charset));
        const int32_t cost = found[i].cost + ascii;
        rcd_readings_add(r, found[i].charset, found[i].language, text, cost, cost + found[i].lead, 0,
                         list.places, found[i].each, RCD_READ_LETTERS);
    }
    rcd_legacy_sort(r);
    return r->item[0].how == RCD_READ_LETTERS;
}
