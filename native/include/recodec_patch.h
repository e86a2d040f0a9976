/* recodec_patch.h : conversion that goes on behind what does not convert, and writes something else
 * in its place.
 *
 *  What may stand there follows from the bytes or the character by rule, or is looked up in a list
 *  that the caller makes. Everything else stops the conversion as in rcd_convert(): only the caller
 *  can answer for it then.
 */
#ifndef RECODEC_PATCH_H
#define RECODEC_PATCH_H

#include "recodec_convert.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How what does not convert is written. */
enum rcd_put {
    RCD_PUT_NOTHING = 0, /* not at all: the conversion stops */
    RCD_PUT_TEXT = 1,    /* as `text`, which may be empty */
    RCD_PUT_HEX = 2,     /* each byte as \xNN; a character as \xNN, \uNNNN or \UNNNNNNNN */
    RCD_PUT_DECIMAL = 3, /* a character as &#N; */
    RCD_PUT_ESCAPE = 4   /* bytes 80..FF as U+DC80..DCFF in UTF-16 LE, and back to any form */
};

/* What characters are written as, by a caller who learns them as they come. `page` has a number
 * for each of the 1100h upper parts of a code point, 0 = none; cells page * 256 + the lower byte
 * are 0 for one that nobody knows yet, where the conversion stops, else the place in `bytes` of:
 * what it is (RCD_SPELT_*), length of the code (lower byte first), code. */
#define RCD_SPELT_NOT 0   /* by `unencodable` */
#define RCD_SPELT_OTHER 1 /* in another form, which is no bad place */
#define RCD_SPELT_BAD 2
typedef struct {
    const uint16_t *page;
    const uint32_t *cell;
    const uint8_t *bytes;
} rcd_spellings;

/* Where something stood that did not convert: byte of the input, bytes, 1 = it was unencodable. */
typedef struct {
    uint64_t at;
    uint32_t length;
    uint32_t unencodable;
} rcd_place;

typedef struct {
    uint8_t illegal;     /* enum rcd_put for illegal codes */
    uint8_t unencodable; /* the same for unencodable characters */
    uint8_t first;       /* 1 = an illegal code ends behind its first byte, not rcd_stop.length */
    uint8_t text_form;   /* 1 = UTF-16 is text of the caller's: surrogates are characters in it */
    uint8_t length[2];   /* bytes of `text`, illegal first; that goes also before HEX and ESCAPE */
    uint8_t text[2][32];
    const rcd_spellings *spellings; /* looked up before `unencodable`; NULL = none */
    uint64_t count[2];              /* bad places, illegal first: is added to */
    uint64_t respelled;             /* is added to */
    rcd_place *places;              /* is filled where it is not NULL; full: stops for want of room */
    size_t room, placed;
    uint64_t before; /* what `places` count from: bytes of the input before `data` */
} rcd_patch;

/* rcd_convert_patched() :
 *  As rcd_convert(), but writes what `patch` says and goes on. Still stops at what is illegal where
 *  the input ends too soon to tell whether it is cut (as cut, unless `final`), where leaving it out
 *  would join texts that the target has a code for, at an unencodable code of several characters,
 *  and where what is to be written cannot be. */
RCD_API int rcd_convert_patched(int from, const void *from_map, int to, const void *to_map,
                                int final, const uint8_t *data, size_t len, uint8_t *out,
                                size_t cap, rcd_patch *patch, rcd_stop *stop);

#ifdef __cplusplus
}
#endif

#endif /* RECODEC_PATCH_H */
