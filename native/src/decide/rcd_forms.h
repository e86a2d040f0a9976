/* rcd_forms.h : rare forms of text that neither automata nor single bytes tell.
 *
 *  SCSU, BOCU-1 and UTF-EBCDIC; JIS X 0208 and GB 2312 without their escapes; the two-byte codes of
 *  mixed EBCDIC without its shifts; accents before their letters (ISO 6937, T.61); half-width
 *  katakana in EBCDIC. Each is read only where the bytes look like it, and is an
 *  answer only where every byte fits and what comes out is plain text in a language. */
#ifndef RCD_FORMS_H
#define RCD_FORMS_H

#include <stddef.h>
#include <stdint.h>

#include "rcd_census.h"
#include "recodec_convert.h"

#define RCD_FORMS_COUNT 14u
#define RCD_FORMS_SEVEN_BIT 32u /* bytes of ASCII that are detected as one, at least */
#define RCD_FORM_SCSU 0u
#define RCD_FORM_BOCU 1u /* its ASCII is no ASCII either */
#define RCD_FORMS_CARRY 8u /* bytes of a character that is not all there yet, at most */

typedef struct {
    uint64_t words[RCD_STATE_WORDS];
    uint64_t pos; /* bytes read */
    uint8_t carry[RCD_FORMS_CARRY];
    uint8_t carried;
} rcd_form_state;

typedef struct {
    uint32_t alive; /* forms whose gate the first bytes passed and that all so far fits */
    uint8_t begun;
    rcd_form_state state[RCD_FORMS_COUNT];
} rcd_forms;

void rcd_forms_init(rcd_forms *f);

/* Charset id of a form, which is a number below RCD_FORMS_COUNT here and in what follows. */
unsigned rcd_forms_charset(unsigned form);

/* Does it hold half-width katakana and little else? */
int rcd_forms_is_kana(unsigned form);
#define RCD_FORM_LATIN_KANA 13u /* where other EBCDIC has the letters of an alphabet */

/* Which forms the bytes may be in, a bit each, by how often they occur. Cheap for ordinary text.
 *  utf8  they are well-formed UTF-8, with characters beyond ASCII */
uint32_t rcd_forms_may(const rcd_census *census, int utf8);

#define RCD_FORMS_ALL ((1u << RCD_FORMS_COUNT) - 1u)
/* Sets f->alive by the first bytes, to some of the forms in `among`. `census` is of these bytes, or of
 * more. */
void rcd_forms_begin(rcd_forms *f, const uint8_t *head, size_t len, const rcd_census *census,
                     uint32_t among);

/* May the bytes be in a form at all, so that they are not binary data? */
int rcd_forms_any(const uint8_t *head, size_t len, const rcd_census *census);

/* The forms alive read on; those that it does not fit die. */
void rcd_forms_feed(rcd_forms *f, const uint8_t *data, size_t len);

/* Does all of an input fit a form, whatever it says? With `sample` its last character may be cut. */
int rcd_forms_fits(unsigned form, const uint8_t *data, size_t len, int sample);

/* Does the input end between characters of a form that is alive? */
int rcd_forms_whole(const rcd_forms *f, unsigned form);

/* How many of the code points are controls, surrogates or for private use, which no text has. */
size_t rcd_forms_odd(const uint32_t *text, size_t n);

/* Puts the code points of a text into out[], at most `cap`, as far as it fits the form; half-width
 * katakana as the full-width ones, which may be fewer. @return how many */
size_t rcd_forms_text(unsigned form, const uint8_t *data, size_t len, uint32_t *out, size_t cap);

#endif
