/* rcd_scheme.c : picks the step of a scheme and takes it until it stops. */
#include "rcd_scheme.h"

typedef struct {
    rcd_step *decode, *encode;
} pair;

static const pair steps[] = {
    [RCD_SCHEME_ISO2022] = {rcd_iso2022_decode, rcd_iso2022_encode},
    [RCD_SCHEME_MIXED] = {rcd_mixed_decode, rcd_mixed_encode},
    [RCD_SCHEME_UTF7_IMAP] = {rcd_utf7_decode, rcd_utf7_encode},
    [RCD_SCHEME_CESU8] = {rcd_cesu_decode, rcd_cesu_encode},
    [RCD_SCHEME_MUTF8] = {rcd_cesu_decode, rcd_cesu_encode},
    [RCD_SCHEME_UTF_EBCDIC] = {rcd_utf_ebcdic_decode, rcd_utf_ebcdic_encode},
    [RCD_SCHEME_SCSU] = {rcd_scsu_decode, rcd_scsu_encode},
    [RCD_SCHEME_BOCU1] = {rcd_bocu_decode, rcd_bocu_encode},
    [RCD_SCHEME_C99] = {rcd_escapes_decode, rcd_escapes_encode},
    [RCD_SCHEME_JAVA] = {rcd_escapes_decode, rcd_escapes_encode},
    [RCD_SCHEME_ISCII] = {rcd_iscii_decode, rcd_iscii_encode},
    [RCD_SCHEME_UTF7] = {rcd_utf7_decode, rcd_utf7_encode},
    [RCD_SCHEME_HZ] = {rcd_hz_decode, rcd_hz_encode},
};

static int run(const rcd_scheme *scheme, int writing, uint64_t *state, const uint8_t *data,
               size_t len, uint8_t *out, size_t cap, rcd_stop *stop)
{
    if (scheme->kind >= sizeof steps / sizeof *steps) {
        return RCD_E_OPTION;
    }
    rcd_step *step = writing ? steps[scheme->kind].encode : steps[scheme->kind].decode;
    rcd_run r = {data, len, 0, out, cap, 0, RCD_STOP_END, 0};
    while (r.i < len && step(scheme, state, &r)) {
    }
    stop->consumed = r.i;
    stop->produced = r.o;
    stop->kind = r.kind;
    stop->length = r.length;
    return 0;
}

int rcd_scheme_decode(const rcd_scheme *scheme, uint64_t state[RCD_STATE_WORDS],
                      const uint8_t *data, size_t len, uint8_t *out, size_t cap, rcd_stop *stop)
{
    return run(scheme, 0, state, data, len, out, cap, stop);
}

int rcd_scheme_encode(const rcd_scheme *scheme, uint64_t state[RCD_STATE_WORDS],
                      const uint8_t *data, size_t len, uint8_t *out, size_t cap, rcd_stop *stop)
{
    return run(scheme, 1, state, data, len, out, cap, stop);
}
