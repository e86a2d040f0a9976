/* rcd_kernels_vector.h : the kernels over vectors with a byte shuffle, written once.
 *
 *  The files of the kinds of vector (avx512, avx2, ssse3, neon) define these and include this:
 *    RCD_V_NAME          "avx2" ...                RCD_V_SET    the object to define
 *    RCD_V_FN            attributes of a kernel    RCD_V_HELP   attributes of a helper
 *    vec, VEC_LEN        the vector and its bytes (16, 32 or 64)
 *    v_load v_splat v_and v_or v_xor v_shr4 v_subs (saturating, unsigned)
 *    v_table(p)          16 bytes at p, repeated in every 16-byte lane
 *    v_lookup(t, i)      t[i & 15], or 0 where i >= 0x80 (i is never 0x10..0x7F)
 *    v_prev(v, before, n) v moved up by n bytes, filled from the end of `before`; n is 1, 2, 3
 *    v_back(p, first, v, before, n) the same for the v at p, unless `first` with bytes before p
 *    v_by_low(t, v), v_by_high(t, v) t[v & 15], t[v >> 4]
 *    v_plain(v)          0xFF where the byte is plain ASCII text, 0 elsewhere
 *    v_eq(a, b), v_not(v)
 *    v_any(v)            1 when any bit is set
 *    v_any_high(v)       1 when any byte is >= 0x80
 *    v_first(v)          index of the first non-zero byte; only asked when v_any(v)
 *    v_count_high(v)     bytes >= 0x80
 *    v_count_lead(v)     bytes >= 0xC0
 *  of which v_back, v_by_low and v_by_high are made of the others where they are not defined.
 *
 *  UTF-8 validation is the lookup method of John Keiser and Daniel Lemire, "Validating UTF-8 in
 *  less than one instruction per byte" (Software: Practice and Experience 51(5), 2021): whatever
 *  can be wrong with a byte and the one before it shows in three nibbles, so three 16-entry tables
 *  of error sets are looked up and intersected; third and fourth bytes then follow from the leads
 *  two and three bytes back. */

/* Ways in which a pair of neighbours can be wrong, one bit each. The last pair of continuation
 * bytes is an error only when no lead two or three bytes back asks for it. */
enum {
    E_LEAD_ALONE = 0x01,  /* a lead, then no continuation byte */
    E_TRAIL_ALONE = 0x02, /* ASCII, then a continuation byte */
    E_LONG_3 = 0x04,      /* E0 80..9F */
    E_ABOVE = 0x08,       /* F4 90..BF, F5..FF with 90..BF */
    E_SURROGATE = 0x10,   /* ED A0..BF */
    E_LONG_2 = 0x20,      /* C0, C1 */
    E_LONG_4 = 0x40,      /* F0 80..8F; the same bit serves F5..FF with 80..8F */
    E_TWO_TRAILS = 0x80,  /* two continuation bytes */
    E_ANY_LOW = E_LEAD_ALONE | E_TRAIL_ALONE | E_TWO_TRAILS
};

static const uint8_t first_by_high[16] = {
    E_TRAIL_ALONE,
    E_TRAIL_ALONE,
    E_TRAIL_ALONE,
    E_TRAIL_ALONE,
    E_TRAIL_ALONE,
    E_TRAIL_ALONE,
    E_TRAIL_ALONE,
    E_TRAIL_ALONE,
    E_TWO_TRAILS,
    E_TWO_TRAILS,
    E_TWO_TRAILS,
    E_TWO_TRAILS,
    E_LEAD_ALONE | E_LONG_2,
    E_LEAD_ALONE,
    E_LEAD_ALONE | E_LONG_3 | E_SURROGATE,
    E_LEAD_ALONE | E_ABOVE | E_LONG_4,
};

static const uint8_t first_by_low[16] = {
    E_ANY_LOW | E_LONG_2 | E_LONG_3 | E_LONG_4,
    E_ANY_LOW | E_LONG_2,
    E_ANY_LOW,
    E_ANY_LOW,
    E_ANY_LOW | E_ABOVE,
    E_ANY_LOW | E_ABOVE | E_LONG_4,
    E_ANY_LOW | E_ABOVE | E_LONG_4,
    E_ANY_LOW | E_ABOVE | E_LONG_4,
    E_ANY_LOW | E_ABOVE | E_LONG_4,
    E_ANY_LOW | E_ABOVE | E_LONG_4,
    E_ANY_LOW | E_ABOVE | E_LONG_4,
    E_ANY_LOW | E_ABOVE | E_LONG_4,
    E_ANY_LOW | E_ABOVE | E_LONG_4,
    E_ANY_LOW | E_ABOVE | E_LONG_4 | E_SURROGATE,
    E_ANY_LOW | E_ABOVE | E_LONG_4,
    E_ANY_LOW | E_ABOVE | E_LONG_4,
};

static const uint8_t second_by_high[16] = {
    E_LEAD_ALONE,
    E_LEAD_ALONE,
    E_LEAD_ALONE,
    E_LEAD_ALONE,
    E_LEAD_ALONE,
    E_LEAD_ALONE,
    E_LEAD_ALONE,
    E_LEAD_ALONE,
    E_TRAIL_ALONE | E_TWO_TRAILS | E_LONG_2 | E_LONG_3 | E_LONG_4,
    E_TRAIL_ALONE | E_TWO_TRAILS | E_LONG_2 | E_LONG_3 | E_ABOVE,
    E_TRAIL_ALONE | E_TWO_TRAILS | E_LONG_2 | E_SURROGATE | E_ABOVE,
    E_TRAIL_ALONE | E_TWO_TRAILS | E_LONG_2 | E_SURROGATE | E_ABOVE,
    E_LEAD_ALONE,
    E_LEAD_ALONE,
    E_LEAD_ALONE,
    E_LEAD_ALONE,
};

/* What may stand in the last bytes of a vector when no character goes beyond it: at most these. */
static const uint8_t whole_end[64] = {
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,  255,  255,  255,  255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,  255,  255,  255,  255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,  255,  255,  255,  255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,  255,  255,  0xEF, 0xDF, 0xBF,
};

#ifndef v_back
#define v_back(p, first, v, before, n) v_prev((v), (before), n)
#define v_by_low(t, v) v_lookup((t), v_and((v), v_splat(15)))
#define v_by_high(t, v) v_lookup((t), v_shr4(v))
#endif

/* Non-zero where a byte of `v` breaks the rules, given the vector before it. */
RCD_V_HELP vec utf8_errors(const uint8_t *p, int first, vec v, vec before, vec by_high, vec by_low,
                           vec by_second)
{
    (void)p;
    (void)first;
    vec one_back = v_back(p, first, v, before, 1);
    vec wrong = v_and(v_and(v_by_high(by_high, one_back), v_by_low(by_low, one_back)),
                      v_by_high(by_second, v));
    /* A lead E0.. two back or F0.. three back asks for a continuation byte here: the bit says so,
     * and must then be the bit of two continuation bytes, no more, no less. */
    vec third = v_subs(v_back(p, first, v, before, 2), v_splat(0xE0 - 0x80));
    vec fourth = v_subs(v_back(p, first, v, before, 3), v_splat(0xF0 - 0x80));
    return v_xor(v_and(v_or(third, fourth), v_splat(0x80)), wrong);
}

RCD_V_FN size_t vector_utf8_run(const uint8_t *data, size_t len, uint64_t *characters)
{
    const vec by_high = v_table(first_by_high);
    const vec by_low = v_table(first_by_low);
    const vec by_second = v_table(second_by_high);
    const vec end = v_load(whole_end + 64 - VEC_LEN);
    vec before = v_splat(0);
    size_t i = 0;
    uint64_t found = 0;
    for (; len - i >= 64; i += 64) {
        RCD_PREFETCH(data + i, RCD_AHEAD);
        vec v[64 / VEC_LEN];
        vec all = v_splat(0);
        for (size_t k = 0; k < 64 / VEC_LEN; k++) {
            v[k] = v_load(data + i + k * VEC_LEN);
            all = v_or(all, v[k]);
        }
        if (!v_any_high(all)) {
            if (v_any(v_subs(before, end))) {
                break; /* the last vector ended inside a character */
            }
            before = v[64 / VEC_LEN - 1];
            continue;
        }
        vec errors = v_splat(0);
        uint64_t leads = 0;
        for (size_t k = 0; k < 64 / VEC_LEN; k++) {
            const uint8_t *p = data + i + k * VEC_LEN;
            errors = v_or(errors, utf8_errors(p, i == 0, v[k], before, by_high, by_low, by_second));
            leads += v_count_lead(v[k]);
            before = v[k];
        }
        if (v_any(errors)) {
            break;
        }
        found += leads;
    }
    /* Back to the start of the character that the last good block ended in, if it did. */
    for (size_t back = 1; back <= 3 && back <= i; back++) {
        unsigned b = data[i - back];
        if (b >= 0xC0) {
            if (back < (b < 0xE0 ? 2u : b < 0xF0 ? 3u : 4u)) {
                i -= back;
                found--;
            }
            break;
        }
    }
    *characters += found;
    return i + rcd_scalar_utf8_run(data + i, len - i, characters);
}

RCD_V_FN size_t vector_plain_run(const uint8_t *data, size_t len)
{
    size_t i = 0;
    /* Short runs are the rule in text that is not English: the first vector is looked at alone. */
    if (len >= VEC_LEN) {
        vec odd = v_not(v_plain(v_load(data)));
        if (v_any(odd)) {
            return v_first(odd);
        }
        i = VEC_LEN;
    }
    for (; len - i >= 4 * VEC_LEN; i += 4 * VEC_LEN) {
        vec a = v_plain(v_load(data + i));
        vec b = v_plain(v_load(data + i + VEC_LEN));
        vec c = v_plain(v_load(data + i + 2 * VEC_LEN));
        vec d = v_plain(v_load(data + i + 3 * VEC_LEN));
        if (v_any(v_not(v_and(v_and(a, b), v_and(c, d))))) {
            break;
        }
    }
    for (; len - i >= VEC_LEN; i += VEC_LEN) {
        vec odd = v_not(v_plain(v_load(data + i)));
        if (v_any(odd)) {
            return i + v_first(odd);
        }
    }
    return i + rcd_scalar_plain_run(data + i, len - i);
}

RCD_V_FN size_t vector_ascii_run(const uint8_t *data, size_t len)
{
    size_t i = 0;
    for (; len - i >= 4 * VEC_LEN; i += 4 * VEC_LEN) {
        vec a = v_or(v_load(data + i), v_load(data + i + VEC_LEN));
        vec b = v_or(v_load(data + i + 2 * VEC_LEN), v_load(data + i + 3 * VEC_LEN));
        if (v_any_high(v_or(a, b))) {
            break;
        }
    }
    for (; len - i >= VEC_LEN; i += VEC_LEN) {
        vec high = v_and(v_load(data + i), v_splat(0x80));
        if (v_any(high)) {
            return i + v_first(high);
        }
    }
    return i + rcd_scalar_ascii_run(data + i, len - i);
}

/* Non-zero where the byte is not in the set of which `low` and `high` are the rows. */
RCD_V_HELP vec not_in_set(vec v, vec low, vec high, vec bits)
{
    vec at = v_and(v, v_splat(0x8F));
    vec row = v_or(v_lookup(low, at), v_lookup(high, v_xor(at, v_splat(0x80))));
    return v_eq(v_and(row, v_lookup(bits, v_shr4(v))), v_splat(0));
}

RCD_V_FN size_t vector_set_run(const uint8_t *data, size_t len, const rcd_byteset *set,
                               uint64_t *high_count)
{
    static const uint8_t bit_of_high[16] = {1, 2, 4, 8, 16, 32, 64, 128,
                                            1, 2, 4, 8, 16, 32, 64, 128};
    const vec low = v_table(set->row);
    const vec high = v_table(set->row + 16);
    const vec bits = v_table(bit_of_high);
    size_t i = 0;
    uint64_t found = 0;
    for (; len - i >= 2 * VEC_LEN; i += 2 * VEC_LEN) {
        vec a = v_load(data + i);
        vec b = v_load(data + i + VEC_LEN);
        if (v_any(v_or(not_in_set(a, low, high, bits), not_in_set(b, low, high, bits)))) {
            break;
        }
        found += v_count_high(a) + v_count_high(b);
    }
    *high_count += found;
    /* At most two vectors, or the end, are left before the run is over. */
    return i + rcd_scalar_set_run(data + i, len - i, set, high_count);
}

/* The products that each byte is in. */
RCD_V_HELP vec products(vec v, vec low, vec high)
{
    return v_and(v_lookup(low, v_and(v, v_splat(15))), v_lookup(high, v_shr4(v)));
}

RCD_V_FN void vector_pair_masks(const uint8_t *data, const rcd_pairset *set, rcd_pair_masks *masks)
{
    static const uint8_t high_halves[16] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128};
    const vec leads = v_table(set->leads), halves = v_table(high_halves);
    const vec lead_low = v_table(set->lead_low), lead_high = v_table(set->lead_high);
    const vec trail_low = v_table(set->trail_low), trail_high = v_table(set->trail_high);
    uint64_t high = 0, no_lead = 0, no_pair = 0;
    for (unsigned at = 0; at < RCD_PAIR_BLOCK; at += VEC_LEN) {
        const vec v = v_load(data + at);
        const vec trail = products(v_load(data + at + 1), trail_low, trail_high);
        const vec pair = v_and(products(v, lead_low, lead_high), trail);
        high |= v_bits(v) << at;
        no_lead |= v_bits(v_eq(products(v, leads, halves), v_splat(0))) << at;
        no_pair |= v_bits(v_eq(pair, v_splat(0))) << at;
    }
    masks->high = high;
    masks->leads = ~no_lead;
    masks->pairs = ~no_pair;
}

RCD_V_FN uint64_t vector_line_ends(const uint8_t *data, size_t len, unsigned before)
{
    if (len == 0) {
        return 0;
    }
    const vec lf = v_splat('\n'), cr = v_splat('\r');
    uint64_t count = rcd_scalar_line_ends(data, 1, before);
    size_t i = 1;
    for (; len - i >= VEC_LEN; i += VEC_LEN) {
        const vec v = v_load(data + i);
        const vec second = v_eq(v_load(data + i - 1), cr);
        count += v_count_high(v_or(v_eq(v, cr), v_and(v_eq(v, lf), v_not(second))));
    }
    return count + rcd_scalar_line_ends(data + i, len - i, data[i - 1]);
}

const rcd_kernels RCD_V_SET = {
    RCD_V_NAME,      vector_plain_run, vector_ascii_run,     vector_utf8_run,
    vector_set_run,  rcd_scalar_histogram, vector_pair_masks, vector_line_ends,
};
