/* rcd_detector.c : the stream: every byte passes every stage once, in blocks that stay in cache. */
#include "rcd_detector.h"

#include <string.h>

#include "rcd_binary.h"
#include "rcd_chance.h"
#include "rcd_charset_ids.h"
#include "rcd_units.h"

#define BLOCK RCD_BLOCK
#define ASK_MOST 4096u      /* bytes from the first high one on that all families are asked about, */
#define ASK_CHARACTERS 256u /* but where there are so many characters before */
#define UTF8_AT_ONCE 16u    /* bytes between two looks at whether one was ill-formed */
#define ALL_FAMILIES ((1u << RCD_MB_COUNT) - 1u)

#define OUTER_SIZE ((sizeof(rcd_detector) + 15u) & ~(size_t)15u) /* where the inner one begins */

size_t rcd_detector_size(void)
{
    return OUTER_SIZE + sizeof(rcd_detector);
}

static int check_options(const rcd_options *opt)
{
    if (opt == NULL) {
        return 0;
    }
    int fits = opt->declared <= rcd_charset_count() && opt->language <= rcd_language_count() &&
               opt->exact <= 1 && opt->sample <= 1 && opt->later <= 1 &&
               opt->reserved == 0;
    return fits ? 0 : RCD_E_OPTION;
}

int rcd_detector_init(void *mem, size_t mem_len, const rcd_options *opt)
{
    if (mem == NULL || mem_len < rcd_detector_size() || ((uintptr_t)mem & 15u) != 0) {
        return RCD_E_MEMORY;
    }
    rcd_detector *d = mem;
    int status = rcd_detector_init_inner(d, opt);
    if (status == RCD_MORE) {
        d->inner = (rcd_detector *)(void *)((uint8_t *)mem + OUTER_SIZE);
    }
    return status;
}

int rcd_detector_init_inner(rcd_detector *d, const rcd_options *opt)
{
    if (check_options(opt) != 0) {
        return RCD_E_OPTION;
    }
    d->inner = NULL;
    if (opt != NULL) {
        d->options = *opt;
    } else {
        memset(&d->options, 0, sizeof d->options);
    }
    d->options.later = 0; /* for one shot to say */
    d->finished = 0;
    d->begun = d->ended = 0;
    d->without_structure = 0;
    d->all_weighed = 0;
    d->by_units = 0;
    d->lone_character = 0;
    d->with_multibyte = 1;
    d->whole = NULL;
    d->whole_len = 0;
    d->unasked = 0;
    d->head_len = 0;
    rcd_census_init(&d->census);
    rcd_utf8_init(&d->utf8);
    rcd_wide_init(&d->wide);
    rcd_escape_init(&d->escape);
    rcd_excerpt_init(&d->excerpt);
    rcd_rest_init(&d->rest);
    rcd_mixed_init(&d->mixed);
    rcd_forms_init(&d->forms);
    rcd_bytewise_init(&d->bytewise);
    for (int f = 0; f < RCD_MB_COUNT; f++) {
        rcd_mb_init(&d->multibyte[f]);
        rcd_mb_init(&d->shifted[f]);
    }
    return RCD_MORE;
}

static void keep_ends(rcd_detector *d, uint64_t pos, const uint8_t *data, size_t len)
{
    if (d->head_len < RCD_HEAD_SIZE) {
        size_t room = RCD_HEAD_SIZE - d->head_len;
        size_t n = len < room ? len : room;
        memcpy(d->head + d->head_len, data, n);
        d->head_len += (uint32_t)n;
    }
    size_t skip = len > RCD_TAIL_SIZE ? len - RCD_TAIL_SIZE : 0;
    for (size_t i = skip; i < len;) {
        size_t at = (size_t)((pos + i) % RCD_TAIL_SIZE);
        size_t n = RCD_TAIL_SIZE - at < len - i ? RCD_TAIL_SIZE - at : len - i;
        memcpy(d->tail + at, data + i, n);
        i += n;
    }
}

static void feed_first(rcd_detector *d, const uint8_t *data, size_t len)
{
    keep_ends(d, d->census.length, data, len);
    rcd_census_feed(&d->census, data, len);
}

/* Of an input that the census has counted all of, is most ill-formed in whatever order its bytes are?
 * A well-formed sequence takes a lead byte and a continuation byte at least. Each lead byte that has
 * none is ill-formed by itself, and so is each continuation byte that no lead byte asks for.
 * *most is how many may be well-formed. */
static int cannot_be_utf8(const rcd_census *c, uint64_t *most)
{
    uint64_t trails = 0, leads = 0, asked = 0;
    for (unsigned b = 0x80u; b < 0xC0u; b++) {
        trails += c->count[b];
        leads += c->count[b + 0x40u];
    }
    asked = leads;
    for (unsigned b = 0xE0u; b < 0x100u; b++) {
        asked += (b < 0xF0u ? 1u : 2u) * c->count[b];
    }
    *most = leads < trails ? leads : trails;
    return leads > 2u * trails || trails > asked + leads;
}

/* Looks for the first ill-formed sequence, and for no others where nothing depends on them. */
static void feed_utf8(rcd_detector *d, const uint8_t *data, size_t len)
{
    uint64_t most;
    size_t i = 0;
    if (len == d->whole_len && cannot_be_utf8(&d->census, &most)) {
        i = (size_t)d->census.first_high;
        rcd_utf8_feed(&d->utf8, data, i);
        for (size_t n; i < len && d->utf8.bad == 0; i += n) {
            n = len - i < UTF8_AT_ONCE ? len - i : UTF8_AT_ONCE;
            rcd_utf8_feed(&d->utf8, data + i, n);
        }
        if (d->utf8.bad != 0) {
            rcd_utf8_give_up(&d->utf8, most);
        }
    }
    rcd_utf8_feed(&d->utf8, data + i, len - i);
}

/* What the models read. */
static void feed_excerpt(rcd_detector *d, const uint8_t *data, size_t len)
{
    const size_t n = rcd_excerpt_feed(&d->excerpt, data, len);
    rcd_rest_feed(&d->rest, data + n, len - n);
}

/* With or without what the models read. */
static void feed_text(rcd_detector *d, const uint8_t *data, size_t len, int with_excerpt)
{
    while (len > 0) {
        size_t n = len < BLOCK ? len : BLOCK;
        feed_utf8(d, data, n);
        rcd_escape_feed(&d->escape, data, n);
        if (with_excerpt) {
            feed_excerpt(d, data, n);
        }
        data += n;
        len -= n;
    }
}

/* A stream cannot be read again when a family that damaged text is in has died. */
static void feed_stream(rcd_detector *d, int f, const uint8_t *data, size_t len, size_t skip)
{
    const rcd_mb_state before = d->multibyte[f];
    rcd_mb_feed(&d->multibyte[f], f, data, len);
    if (d->multibyte[f].first_bad != UINT64_MAX) {
        if (before.first_bad == UINT64_MAX) {
            rcd_mb_near_init(&d->near[f]);
            d->near[f].state = before;
        }
        rcd_mb_near_feed(&d->near[f], f, data, len);
    }
    if (d->head[0] >= 0x80u) {
        rcd_mb_feed(&d->shifted[f], f, data + skip, len - skip);
    }
}

/* `skip` is 1 for the first bytes of the stream, else 0: the shifted automata start one later. */
static void feed_multibyte(rcd_detector *d, const uint8_t *data, size_t len, size_t skip,
                           uint32_t families)
{
    while (len > 0) {
        size_t n = len < BLOCK ? len : BLOCK;
        for (int f = 0; f < RCD_MB_COUNT; f++) {
            if ((families >> f & 1u) == 0) {
                continue;
            }
            if (d->whole == NULL) {
                feed_stream(d, f, data, n, skip);
            } else {
                rcd_mb_feed(&d->multibyte[f], f, data, n);
            }
        }
        skip = 0;
        data += n;
        len -= n;
    }
}

static uint32_t live_families(const rcd_detector *d, uint32_t families)
{
    uint32_t live = 0;
    for (int f = 0; f < RCD_MB_COUNT; f++) {
        live |= (families >> f & 1u) != 0 && d->multibyte[f].members != 0 ? 1u << f : 0;
    }
    return live;
}

/* Most characters of several bytes that a family which is alive has read. */
static uint64_t most_characters(const rcd_detector *d)
{
    uint64_t most = 0;
    for (int f = 0; f < RCD_MB_COUNT; f++) {
        const rcd_mb_state *s = &d->multibyte[f];
        most = s->members != 0 && s->characters > most ? s->characters : most;
    }
    return most;
}

/* All of an input: of the families that its start leaves alive, those go on that can win. Only
 * if the rest kills them the others are asked, too. */
static void feed_rivals(rcd_detector *d, const uint8_t *data, size_t len)
{
    /* The start is all up to some text: ASCII costs nothing, and dense text says it soon. */
    const size_t high = (size_t)d->census.first_high;
    const size_t most = len - high < ASK_MOST ? len : high + ASK_MOST;
    size_t first = 0;
    while (first < most && most_characters(d) < ASK_CHARACTERS) {
        const size_t from = first;
        first = (first < high ? high : first) + RCD_ASK_ALL;
        first = first < most ? first : most;
        feed_multibyte(d, data + from, first - from, from == 0, ALL_FAMILIES);
    }
    if (first == len) {
        return;
    }
    uint32_t live = live_families(d, ALL_FAMILIES);
    uint32_t rivals = rcd_legacy_rivals(d);
    feed_multibyte(d, data + first, len - first, 0, rivals);
    if (live_families(d, rivals) == 0) {
        feed_multibyte(d, data + first, len - first, 0, live & ~rivals);
        return;
    }
    d->unasked = live & ~rivals;
}

/* The forms read nothing before the head is full: it says which of them the text may be in. */
static void feed_forms(rcd_detector *d, const uint8_t *data, size_t len)
{
    if (!d->forms.begun && d->head_len == RCD_HEAD_SIZE) {
        rcd_forms_begin(&d->forms, d->head, d->head_len, &d->census, RCD_FORMS_ALL);
        rcd_forms_feed(&d->forms, d->head, d->head_len);
        size_t after = (size_t)(d->census.length - RCD_HEAD_SIZE);
        rcd_forms_feed(&d->forms, data + len - after, after);
    } else if (d->forms.begun) {
        rcd_forms_feed(&d->forms, data, len);
    }
}

int rcd_detector_feed(rcd_detector *d, const uint8_t *data, size_t len)
{
    if (d->finished) {
        return RCD_E_STATE;
    }
    if (len > 0) {
        d->begun = 0;
        size_t skip = d->census.length == 0 ? 1u : 0u;
        while (len > 0) {
            size_t n = len < BLOCK ? len : BLOCK;
            uint64_t high = rcd_census_high(&d->census);
            feed_first(d, data, n);
            if (high == 0) {
                rcd_strays_init(&d->strays);
            }
            if (rcd_census_high(&d->census) != high) {
                rcd_strays_feed(&d->strays, d->census.length - n, data, n);
            }
            rcd_wide_feed(&d->wide, data, n);
            rcd_mixed_feed(&d->mixed, data, n);
            feed_forms(d, data, n);
            feed_text(d, data, n, 1);
            feed_multibyte(d, data, n, skip, ALL_FAMILIES);
            rcd_bytewise_feed(&d->bytewise, data, n);
            skip = 0;
            data += n;
            len -= n;
        }
    }
    return RCD_MORE;
}

int rcd_detector_peek(rcd_detector *d, rcd_result *out)
{
    rcd_decide(d, 1, out);
    return 0;
}

int rcd_detector_finish(rcd_detector *d, rcd_result *out)
{
    d->finished = 1;
    rcd_decide(d, d->options.sample, out);
    return 0;
}

/* Is it most likely UTF-16 or UTF-32, all of it? Then nobody may ask for the excerpt. */
static int looks_wide(const rcd_detector *d)
{
    int fits = 0;
    for (int f = 0; f < RCD_WIDE_FORMS; f++) {
        fits = fits || (d->wide.form[f].bad == 0 && d->wide.form[f].units > 0);
    }
    return fits && d->wide.lanes && d->head[0] != 0xEFu; /* which may begin UTF-8 with its mark */
}

/* Bytes that no stage has anything to do with behind the head of ASCII, and how often more it is tried to
 * find a block that holds nothing else. */
typedef struct {
    rcd_byteset set;
    unsigned tries;
} calm_bytes;

#define CALM_TRIES 4u

static void find_calm(const rcd_detector *d, size_t len, calm_bytes *calm)
{
    calm->tries = len > RCD_CENSUS_HEAD && d->census.first_high == UINT64_MAX ? CALM_TRIES : 0;
    if (calm->tries != 0) {
        calm->set = d->census.known; /* ASCII without controls but those of text */
        rcd_byteset_remove(&calm->set, '~');
        rcd_byteset_remove(&calm->set, '+');
        rcd_byteset_remove(&calm->set, '&');
    }
}

/* Is a block calm? Then one pass over it does for the census, for UTF-8 and for escape sequences. */
static int is_calm(const rcd_detector *d, const uint8_t *data, size_t len, calm_bytes *calm)
{
    uint64_t high = 0;
    if (calm->tries == 0 || d->census.length < RCD_CENSUS_HEAD || d->utf8.pending_len != 0 ||
        !rcd_escape_rests(&d->escape)) {
        return 0;
    }
    const int found = rcd_kernels_get()->set_run(data, len, &calm->set, &high) == len;
    calm->tries = found ? CALM_TRIES : calm->tries - 1u;
    return found;
}

/* Feeds a calm block to the first stages, and to those for text. */
static void pass_calm(rcd_detector *d, const uint8_t *data, size_t len, int with_excerpt)
{
    keep_ends(d, d->census.length, data, len);
    rcd_census_pass(&d->census, len);
    rcd_wide_feed(&d->wide, data, len);
    rcd_utf8_pass(&d->utf8, len);
    rcd_escape_pass(&d->escape, data, len);
    if (with_excerpt) {
        feed_excerpt(d, data, len);
    }
}

/* Every byte through every stage but the automata, block by block while it is in cache. What looks
 * like binary data from its first block on is spared the stages for text.
 * @return 1 when it is binary or wide and *out says so, else 0. */
static int feed_whole(rcd_detector *d, const uint8_t *data, size_t len, rcd_result *out)
{
    size_t first = len < BLOCK ? len : BLOCK;
    feed_first(d, data, first);
    /* What is all there can mostly be seen to be binary before the lanes are counted; ASCII without a
     * NUL always. */
    int plain = d->census.first_high == UINT64_MAX && d->census.nul == 0;
    int odd = rcd_binary_by_census(&d->census) != 0;
    if (first == len && (plain || odd) && rcd_decide_binary(d, out)) {
        return 1;
    }
    /* Nobody asks for the lanes of ASCII without a NUL, but where it is full of controls. */
    int wide = first < len || !plain || odd;
    if (wide) {
        rcd_wide_feed(&d->wide, data, first);
    }
    int binary = wide && rcd_decide_binary(d, out);
    if (binary && first == len) {
        return 1;
    }
    const int with_excerpt = !looks_wide(d);
    if (!binary) {
        feed_text(d, data, first, with_excerpt);
    }
    calm_bytes calm;
    find_calm(d, len, &calm);
    for (size_t i = first, n; i < len; i += n) {
        n = len - i < BLOCK ? len - i : BLOCK;
        if (!binary && is_calm(d, data + i, n, &calm)) {
            pass_calm(d, data + i, n, with_excerpt);
            continue;
        }
        feed_first(d, data + i, n);
        rcd_wide_feed(&d->wide, data + i, n);
        if (!binary) {
            feed_text(d, data + i, n, with_excerpt);
        }
    }
    if (first < len && rcd_decide_binary(d, out)) {
        return 1;
    }
    if (binary) {
        feed_text(d, data, len, with_excerpt);
    }
    if (d->census.count[0x0E] != 0) {
        rcd_mixed_feed(&d->mixed, data, len);
    }
    if (!with_excerpt) {
        if (rcd_decide_structure(d, d->options.sample, out)) {
            return 1;
        }
        d->without_structure = 1;
        feed_excerpt(d, data, len);
    }
    return 0;
}

int rcd_detect(void *mem, size_t mem_len, const uint8_t *data, size_t len, const rcd_options *opt,
               rcd_result *out)
{
    int later = opt != NULL && opt->later && len <= RCD_LATER_SIZE;
    int status = rcd_detector_init(mem, mem_len, opt);
    if (status < 0) {
        return status;
    }
    rcd_detector *d = mem;
    d->options.later = (uint8_t)later;
    if (len > 0) {
        d->whole = data;
        d->whole_len = len;
        if (feed_whole(d, data, len, out)) {
            return 0;
        }
        uint64_t bad, first_bad;
        rcd_utf8_end(&d->utf8, d->options.sample, &bad, &first_bad);
        int utf8 = d->utf8.characters > 0 && rcd_allowed(d, RCD_CS_UTF_8);
        if (bad == 0 && (utf8 || d->census.first_high == UINT64_MAX) &&
            !rcd_units_doubt_utf8(d) && !(utf8 && rcd_chance_doubts_utf8(d))) {
            d->with_multibyte = 0; /* valid UTF-8 or ASCII: the automata cannot change it */
        } else {
            feed_rivals(d, data, len);
            rcd_bytewise_feed(&d->bytewise, data, len);
        }
    }
    status = rcd_detector_finish(d, out);
    d->whole = NULL;
    return status;
}

/* What rcd_settled() says where nothing but `later` is asked for, 0 when it takes more. */
static uint32_t glance(const uint8_t *data, size_t len, const rcd_options *opt)
{
    if (opt == NULL || !opt->later || len > RCD_LATER_SIZE || opt->allow != NULL ||
        opt->declared != 0 || opt->language != 0 || opt->exact || opt->sample) {
        return 0;
    }
    return rcd_settled(data, len);
}

int rcd_detect_each(void *mem, size_t mem_len, const uint8_t *data, const size_t *len,
                    size_t count, const rcd_options *opt, uint32_t *settled, rcd_result *out)
{
    int answers = 0;
    if (check_options(opt) != 0) {
        return RCD_E_OPTION;
    }
    for (size_t i = 0; i < count; i++) {
        settled[i] = glance(data, len[i], opt);
        if (settled[i] == 0) {
            int status = rcd_detect(mem, mem_len, data, len[i], opt, &out[answers]);
            if (status < 0) {
                return status;
            }
            answers++;
        }
        data += len[i];
    }
    return answers;
}
