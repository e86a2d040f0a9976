/* rcd_single_lanes.c : who takes part in the single-byte race. Charsets that give the same text share a
 * lane in each script. See rcd_single.c. */
#include <string.h>

#include "rcd_near.h"
#include "rcd_single_byte.h"
#include "rcd_single_parts.h"
#include "recodec.h"

/* How far letter frequencies may mislead: by so much, more for each byte over 0x7F, and still more
 * for each in a long text; against a cost that is final, by more for every byte. */
#define SLACK 400
#define SLACK_EACH 34
#define SLACK_LONG 45
#define LONG_TEXT 48
#define KNOWN_EACH 24
/* They mostly mislead by less, but in long texts. */
#define FAVOURITE 100
#define FAVOURITE_EACH 14
#define FAVOURITE_LONG 160
#define ASCII_FOREIGN 54 /* which ASCII letter it is, in EBCDIC of another script: names cost a
                            language of Latin script not much less */
#define NEXT_LINE 0x85u  /* EBCDIC's line end */
#define SECOND_ASCII 40u /* a sign of ASCII that is mostly written as ASCII */
#define NO_LETTERS 150   /* text in a script of which it has not one letter */
#define CENT 0xA2u       /* on the keyboards of EBCDIC, where others have a bracket or a dollar */
#define UNPAIRED 60      /* a bracket that no other belongs to, in EBCDIC, */
#define UNPAIRED_MOST 4  /* up to so many */
/* A sign that a text has once is likely there again, however rare it is elsewhere: what it costs then at most
 * among English. */
#define SIGN_AGAIN 88u
#define UPRIGHT 0x2502u /* The same of the sides of frames, anywhere: each line has them. */
#define UPRIGHT_DOUBLE 0x2551u
#define UPRIGHT_AGAIN 40u
#define GREEK_PLACE ((rcd_byte_info)rcd_cell_place(rcd_cell_of(0x221Au))) /* as square roots */
#define HASHED_BYTES 8u  /* tell most texts apart */
/* Relatives read at most one place in so many otherwise. */
#define RELATED 3

_Static_assert(RCD_CLASSES_MOST <= RCD_SINGLE_NONE && RCD_SINGLE_LANES <= RCD_SINGLE_NONE,
               "numbers of a byte");

static unsigned bytewise_of(const rcd_class *class)
{
    return class->bytewise ? class->charset : 0u;
}

/* Are the characters of two tables the same for the bytes that occur? */
static int same_text(const rcd_tally *t, const uint16_t *one, const uint16_t *other, uint32_t bytes)
{
    if (one == other) {
        return 1;
    }
    for (uint32_t i = 0; i < bytes; i++) {
        if (one[t->byte[i]] != other[t->byte[i]]) {
            return 0;
        }
    }
    return 1;
}

/* Numbers the texts that the first `count` ranked classes make of the bytes. */
static void number_texts(rcd_single_work *w, size_t count, int ebcdic)
{
    size_t all;
    const rcd_class *classes = rcd_classes(&all);
    const rcd_tally *t = &w->tally;
    const uint32_t bytes = ebcdic ? t->byte_count : t->special_count;
    const uint32_t hashed = bytes < HASHED_BYTES ? bytes : HASHED_BYTES;
    uint8_t slot[2u * RCD_CLASSES_MOST]; /* number of a text, by its hash */
    memset(slot, RCD_SINGLE_NONE, sizeof slot);
    memset(w->text_of, RCD_SINGLE_NONE, sizeof w->text_of);
    w->text_count = 0;
    for (size_t n = 0; n < count; n++) {
        const rcd_class *class = &classes[w->ranked[n].class];
        const uint16_t *table = rcd_single_byte_table(class->charset);
        const unsigned bytewise = bytewise_of(class);
        uint32_t hash = bytewise;
        for (uint32_t i = 0; i < hashed; i++) {
            hash = (hash ^ table[t->byte[i]]) * 0x9E3779B1u;
        }
        unsigned text;
        for (uint32_t at = (hash >> 16) % sizeof slot;; at = (at + 1u) % sizeof slot) {
            text = slot[at];
            if (text == RCD_SINGLE_NONE) {
                text = w->text_count++;
                w->text[text].table = table;
                w->text[text].bytewise = (uint16_t)bytewise;
                w->text[text].lane = RCD_SINGLE_NONE;
                slot[at] = (uint8_t)text;
                break;
            }
            if (w->text[text].bytewise == bytewise &&
                same_text(t, w->text[text].table, table, bytes)) {
                break;
            }
        }
        w->text_of[w->ranked[n].class] = (uint8_t)text;
    }
}

/* What the bytes are in every charset but the EBCDIC ones. */
static void fill_ascii(rcd_single_work *w)
{
    const rcd_tally *t = &w->tally;
    for (int latin = 0; latin < 2; latin++) {
        const rcd_byte_info *info = rcd_ascii_info(latin);
        for (uint32_t i = t->special_count; i < t->byte_count; i++) {
            w->ascii[latin][i - t->special_count] = rcd_info_marked(info[t->byte[i]]);
        }
    }
}

/* The lines that a piece of a frame has to its sides, as in rcd_byte_info. */
static rcd_byte_info lines_of(unsigned cp)
{
    static const uint8_t single[16] = {5, 15, 15, 4, 1, 4, 1, 4, 15, 1, 15, 5, 15, 5, 15, 5};
    static const uint8_t doubled[29] = {10, 0, 8, 4, 8, 2, 1, 2, 8, 4, 8,  2, 1,  2, 8,
                                        4,  8, 2, 1, 2, 10, 5, 10, 10, 5, 10, 10, 5, 10};
    if (cp - 0x2550u < sizeof doubled) {
        return doubled[cp - 0x2550u];
    }
    if (cp == 0x2502u) {
        return 0;
    }
    return cp % 4u == 0 && cp - 0x2500u < 4u * sizeof single ? single[(cp - 0x2500u) / 4u] : 15u;
}

/* Have the pages of EBCDIC it at different bytes? */
static int varies(unsigned cp)
{
    static const char signs[] = "!#$@[\\]^`{|}~";
    return cp == CENT || (cp < 0x80u && cp != 0 && strchr(signs, (int)cp) != NULL);
}

/* What a sign costs at most where a text has it once more. */
static unsigned again_cost(const rcd_single_lane *lane, unsigned cp, rcd_cell cell)
{
    if (cp == UPRIGHT || cp == UPRIGHT_DOUBLE) {
        return UPRIGHT_AGAIN;
    }
    return rcd_cell_place(cell) == RCD_PLACE_BOX ? UINT8_MAX : lane->again;
}

/* Changes cost and style of a sign by what else the text has, and the pages of EBCDIC have. */
static void sign_of(const rcd_single_lane *lane, const rcd_tally *t, unsigned b, rcd_cell cell,
                    unsigned *cost, rcd_byte_info *style)
{
    const unsigned cp = lane->table[b];
    if (lane->ebcdic) {
        if (varies(cp)) {
            /* Other pages have letters or other signs there. */
            *style |= cp != CENT ? (rcd_byte_info)rcd_ascii_place(cp) << 18 : 0u;
            *cost = *cost < RCD_TYPED_MOST ? *cost : RCD_TYPED_MOST;
        }
        return;
    }
    const uint32_t times = b >= 0x80u ? (uint32_t)t->count[b] : 1u;
    if (times > 1u) {
        const unsigned again = again_cost(lane, cp, cell);
        *cost = *cost > again ? (*cost + (times - 1u) * again) / times : *cost;
    }
}

/* What a byte, which is a character of `cell`, is to a lane. */
static rcd_byte_info info_of(const rcd_single_lane *lane, const rcd_tally *t, unsigned b,
                             rcd_cell cell)
{
    unsigned cp = lane->table[b];
    if (lane->damaged && cp == RCD_UNASSIGNED) {
        return RCD_SYM_BOUNDARY; /* its price is added once, see lane_of() */
    }
    unsigned symbol = rcd_symbol_in(cell, lane->group);
    unsigned cost = rcd_cell_cost(cell);
    /* Case and place stand side by side in both. */
    rcd_byte_info style = cell >> 24 << 16;
    if (lane->greek && rcd_cell_group(cell) == RCD_GREK) {
        symbol = RCD_SYM_BOUNDARY;
        cost = RCD_COST_GREEK_SIGN;
        style = GREEK_PLACE << 18;
    } else if (symbol == RCD_SYM_FOREIGN) {
        /* ASCII letters get their cost from the foreign words, see read_steps(). */
        cost = cp < 0x80u ? (lane->ebcdic ? ASCII_FOREIGN : 0u) : RCD_COST_ALIEN;
    } else if (b >= 0x80u) {
        cost += lane->merged;
        if (cp < 0x7Fu && !lane->ebcdic) {
            /* Who writes ASCII's signs a second time, for text to the left, has no use for the
             * first. */
            cost += !lane->lettered                ? RCD_SECOND_ALONE
                    : t->count[cp] > t->count[b] ? SECOND_ASCII
                                                  : 0u;
        }
        cost = cost < 255u ? cost : 255u;
    }
    if (symbol == RCD_SYM_BOUNDARY) {
        sign_of(lane, t, b, cell, &cost, &style);
    }
    /* A line end is no sign: it may stand beside anything. */
    style &= cp == NEXT_LINE ? 3u << 16 : ~0u;
    style |= rcd_cell_place(cell) == RCD_PLACE_BOX ? lines_of(cp) << 25 : 0u;
    return symbol | cost << 8 | style;
}

/* Fills in the bytes of the ranks below `end`. Most lanes are given up before they need many. */
void rcd_single_know(rcd_single_lane *lane, const rcd_tally *t, uint32_t end)
{
    for (uint32_t i = lane->known; i < end; i++) {
        const unsigned b = t->byte[i], cp = lane->table[b];
        const rcd_cell cell = rcd_cell_of(cp);
        const unsigned symbol = rcd_cell_symbol(cell);
        /* Most are letters of the script, of which there is little to ask. */
        if (rcd_cell_group(cell) == lane->group && rcd_cell_place(cell) == 0 &&
            symbol > RCD_SYM_FOREIGN && cp >= 0x80u && b >= 0x80u) {
            const unsigned cost = rcd_cell_cost(cell) + lane->merged;
            lane->info[i] =
                symbol | (cost < 255u ? cost : 255u) << 8 | rcd_cell_case(cell) << 16;
        } else {
            lane->info[i] = rcd_info_marked(info_of(lane, t, b, cell));
        }
    }
    lane->known = (uint16_t)(end > lane->known ? end : lane->known);
}

void rcd_single_settle(rcd_single_lane *lane)
{
    for (unsigned k = 0; k < lane->columns; k++) {
        lane->own[k] = lane->sum[k] + lane->part[k];
        lane->part[k] = 0;
    }
    lane->sum = lane->own;
    lane->near_sum = NULL;
    lane->steps = 0;
}

/* Does a letter of the lane's script occur? */
static int has_letters(const rcd_single_lane *lane, const rcd_tally *t, const rcd_class *class)
{
    if (!lane->ebcdic) {
        return (lane->group == RCD_LATN && t->letters) ||
               rcd_class_has_letter(class, t->high);
    }
    for (uint32_t i = 0; i < t->byte_count; i++) {
        if (symbol_of(lane->info[i]) > RCD_SYM_FOREIGN && t->count[t->byte[i]] != 0) {
            return 1;
        }
    }
    return 0;
}

/* What brackets cost that are more than their counterparts: the pages of EBCDIC have them at different bytes,
 * where others have letters. */
static int32_t unpaired_cost(const uint16_t *table, const rcd_tally *t)
{
    int32_t curly = 0, square = 0;
    for (uint32_t i = 0; i < t->byte_count; i++) {
        const unsigned cp = table[t->byte[i]];
        const int32_t times = t->count[t->byte[i]];
        curly += cp == '{' ? times : cp == '}' ? -times : 0;
        square += cp == '[' ? times : cp == ']' ? -times : 0;
    }
    const int32_t alone = (curly < 0 ? -curly : curly) + (square < 0 ? -square : square);
    return UNPAIRED * (alone < UNPAIRED_MOST ? alone : UNPAIRED_MOST);
}

/* A lane for a class; NULL when there are too many. */
static rcd_single_lane *new_lane(rcd_single_work *w, const rcd_class *class, unsigned text,
                                 const rcd_near_hints *near)
{
    static const int32_t nothing[RCD_MAX_COLUMNS] = {0};
    static const int16_t near_nothing[RCD_MAX_COLUMNS] = {0};
    if (w->lane_count == RCD_SINGLE_LANES) {
        return NULL;
    }
    const rcd_tally *t = &w->tally;
    const int latin = class->group == RCD_LATN;
    rcd_single_lane *lane = &w->lane[w->lane_count];
    lane->next = w->text[text].lane;
    w->text[text].lane = (uint8_t)w->lane_count++;
    lane->table = w->text[text].table;
    lane->text = (uint16_t)text;
    lane->group = class->group;
    lane->script = rcd_script_get(class->group);
    lane->columns = (uint8_t)lane->script->stride;
    lane->ebcdic = class->ebcdic;
    lane->merged = class->merged;
    lane->greek = class->greek;
    lane->damaged = near != NULL;
    lane->live = 1;
    lane->again = w->english ? SIGN_AGAIN : UINT8_MAX;
    lane->like = RCD_SINGLE_NONE;
    lane->steps = 0;
    memset(lane->part, 0, lane->columns * sizeof lane->part[0]);
    lane->known = 0;
    if (class->ebcdic) {
        rcd_single_know(lane, t, t->byte_count);
    } else {
        memcpy(lane->info + t->special_count, w->ascii[latin],
               (t->byte_count - t->special_count) * sizeof lane->info[0]);
    }
    lane->lettered = (uint8_t)has_letters(lane, t, class);
    lane->sum = latin ? w->base : nothing;
    lane->near_sum = latin ? w->base_so_far : near_nothing;
    lane->shared = latin ? w->base_latin : w->base_other;
    lane->shared += lane->lettered ? 0 : NO_LETTERS;
    lane->shared += lane->ebcdic ? unpaired_cost(lane->table, t) : 0;
    if (near != NULL) {
        lane->shared += rcd_near_price(rcd_table_bad(t, lane->table, near->count), near->length, 0);
    }
    return lane;
}

void rcd_single_rank(rcd_single_work *w, const rcd_hints *hints, int32_t known)
{
    size_t class_count;
    const rcd_class *classes = rcd_classes(&class_count);
    int32_t specials = (int32_t)w->tally.specials;
    int32_t slack = SLACK + SLACK_EACH * specials;
    slack += specials > LONG_TEXT ? (SLACK_LONG - SLACK_EACH) * (specials - LONG_TEXT) : 0;
    /* Letter frequencies are off by what the order of letters says, which per letter is at most so
     * much, and against a reading that the pairs of characters have scored, so much. */
    int32_t all = 0;
    for (uint32_t i = 0; i < w->tally.byte_count; i++) {
        all += w->tally.count[w->tally.byte[i]];
    }
    const int bound = known < INT32_MAX && hints->near == NULL;
    int32_t most = bound ? known + SLACK + KNOWN_EACH * all : INT32_MAX / 2;
    w->ranked_count = (uint32_t)rcd_rank_classes(&w->tally, hints, slack, most, w->ranked);
    w->ebcdic = w->ranked_count > 0 && classes[w->ranked[0].class].ebcdic;
    w->groups = 0;
    for (uint32_t i = 0; i < w->ranked_count; i++) {
        w->groups |= 1u << classes[w->ranked[i].class].group;
    }
}

uint32_t rcd_single_enter(rcd_single_work *w, const rcd_hints *hints)
{
    const int32_t specials = (int32_t)w->tally.specials;
    w->lane_count = w->text_count = 0;
    number_texts(w, w->ranked_count, w->ebcdic);
    fill_ascii(w);
    if (w->ebcdic || hints->near != NULL || specials > FAVOURITE_LONG) {
        return w->ranked_count;
    }
    const int32_t limit = w->ranked[0].cost + FAVOURITE + FAVOURITE_EACH * specials;
    uint32_t favourites = 1;
    while (favourites < w->ranked_count && w->ranked[favourites].cost <= limit) {
        favourites++;
    }
    return favourites;
}

/* Makes the lane of a ranked class where there is none, or lowers the priors of that which was made
 * for another since `first`. */
static void line_up(rcd_single_work *w, const rcd_hints *hints, const rcd_class *class,
                    unsigned text, uint32_t first, int make)
{
    rcd_single_lane *lane = rcd_single_lane_of(w, text, class->group);
    if (lane == NULL && make) {
        lane = new_lane(w, class, text, hints->near);
        if (lane != NULL) {
            rcd_priors_of(class, hints, lane->prior);
        }
    } else if (lane != NULL && lane >= &w->lane[first]) {
        rcd_priors_lower(class, hints, lane->prior);
    }
}

void rcd_single_line_up(rcd_single_work *w, const rcd_hints *hints, uint32_t begin, uint32_t end)
{
    size_t class_count;
    const rcd_class *classes = rcd_classes(&class_count);
    const uint32_t first = w->lane_count;
    for (uint32_t i = begin; i < w->ranked_count; i++) {
        const unsigned class = w->ranked[i].class;
        line_up(w, hints, &classes[class], w->text_of[class], first, i < end);
    }
}

/* How often do bytes occur that two tables read otherwise? */
static int32_t places_apart(const rcd_tally *t, const uint16_t *one, const uint16_t *other)
{
    int32_t places = 0;
    for (uint32_t i = 0; i < t->special_count; i++) {
        const unsigned b = t->byte[i];
        places += one[b] != other[b] ? t->count[b] : 0;
    }
    return places;
}

void rcd_single_line_up_near(rcd_single_work *w, const rcd_hints *hints, uint32_t begin,
                             const rcd_single_lane *best)
{
    size_t class_count;
    const rcd_class *classes = rcd_classes(&class_count);
    const uint32_t first = w->lane_count;
    uint32_t own = 0;
    while (w->text_of[w->ranked[own].class] != best->text ||
           classes[w->ranked[own].class].group != best->group) {
        own++;
    }
    const int32_t least = w->ranked[own].cost + FAVOURITE;
    const int32_t few = (int32_t)w->tally.specials / RELATED;
    const int32_t most = least + SLACK_EACH * few;
    for (uint32_t i = begin;
         i < w->ranked_count && (w->ranked[i].cost <= most || w->lane_count > first); i++) {
        const rcd_class *class = &classes[w->ranked[i].class];
        int near = class->group == best->group && w->ranked[i].cost <= most;
        if (near) {
            const uint16_t *table = rcd_single_byte_table(class->charset);
            const int32_t places = places_apart(&w->tally, best->table, table);
            near = places <= few && w->ranked[i].cost <= least + SLACK_EACH * places;
        }
        line_up(w, hints, class, w->text_of[w->ranked[i].class], first, near);
    }
}
