/* rcd_reading.h : what the scorers find: readings of the bytes, and what each costs. */
#ifndef RCD_READING_H
#define RCD_READING_H

#include <stddef.h>
#include <stdint.h>

/* One way to read the input: a charset, the language it would be, and -log2 of the probability of
 * both and of the text, in tenths of a bit. Readings with the same `text` give the same characters. */
typedef struct {
    uint16_t charset;
    uint16_t language;
    uint16_t text;
    uint16_t lead; /* what the second best language of the charset costs more, capped */
    int32_t cost;
    int32_t named;   /* less for words taken as names in other languages, see rcd_single_names() */
    uint32_t scored; /* characters that the cost is of */
    uint32_t each;   /* of the cost, what a byte has that charsets read otherwise; no prior */
    unsigned how;    /* RCD_READ_... */
} rcd_reading;

/* What a multi-byte reading is of: the whole input, all but its first byte, all but damaged places; the
 * whole as a list of characters that form no text; what a single-byte one is, where letters are listed. */
enum { RCD_READ_WHOLE, RCD_READ_SHIFTED, RCD_READ_DAMAGED, RCD_READ_LIST, RCD_READ_LETTERS };

#define RCD_READINGS 256

/* The best readings, one per charset. */
typedef struct {
    uint32_t count;
    uint16_t texts; /* numbers given out in rcd_reading.text */
    rcd_reading item[RCD_READINGS];
} rcd_readings;

/* The share of a cost that each of `n` has. */
static inline uint32_t rcd_each(int32_t cost, size_t n)
{
    return cost > 0 && n > 0 ? (uint32_t)((size_t)cost / n) : 0u;
}

/* Adds one that is read as `how` says, `second` being its cost in the second best language (INT32_MAX / 2
 * = no other can be), `named` what it would cost more without names. When the list is full it is dropped
 * (the registry is smaller than the list). */
static inline void rcd_readings_add(rcd_readings *r, unsigned charset, unsigned language,
                                    unsigned text, int32_t cost, int32_t second,
                                    int32_t named, uint32_t scored, uint32_t each, unsigned how)
{
    if (r->count < RCD_READINGS) {
        rcd_reading *item = &r->item[r->count++];
        item->charset = (uint16_t)charset;
        item->language = (uint16_t)language;
        item->text = (uint16_t)text;
        int32_t lead = second - cost;
        item->lead = (uint16_t)(lead < 0 ? 0 : lead < 0x7FFF ? lead : 0x7FFF);
        item->cost = cost;
        item->named = named;
        item->scored = scored;
        item->each = each;
        item->how = how;
    }
}

#endif
