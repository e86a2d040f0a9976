/* rcd_conv_forms.h : between forms of Unicode and Latin-1, written once for the instruction sets
 * that rcd_conv_kernels.h serves; it includes this and says what is defined here.
 *
 *  Sixteen characters of ASCII at once; others one by one, without a branch where their length is
 *  hard to predict. Each kernel stops at the first character that is not plain. */

KC_FN void latin1_to_utf8(const uint8_t *data, size_t len, uint8_t *out, size_t cap,
                          size_t *consumed, size_t *produced)
{
    size_t i = 0, o = 0;
    while (len - i >= KC_IN && cap - o >= KC_OUT) {
        RCD_PREFETCH(data + i, RCD_AHEAD);
        if (ascii_copy(out + o, data + i) == 16) {
            i += 16;
            o += 16;
            continue;
        }
        for (unsigned k = 0; k < 16; k++) {
            unsigned byte = data[i + k], high = byte >> 7;
            out[o] = (uint8_t)(high ? 0xC0 | byte >> 6 : byte);
            out[o + 1] = (uint8_t)(0x80 | (byte & 0x3F));
            o += 1 + high;
        }
        i += 16;
    }
    *consumed = i;
    *produced = o;
}

KC_FN void utf8_to_latin1(const uint8_t *data, size_t len, uint8_t *out, size_t cap,
                          size_t *consumed, size_t *produced)
{
    size_t i = 0, o = 0;
    while (len - i >= KC_IN && cap - o >= KC_OUT) {
        RCD_PREFETCH(data + i, RCD_AHEAD);
        unsigned n = ascii_copy(out + o, data + i);
        i += n;
        o += n;
        if (n == 16) {
            continue;
        }
        unsigned second = data[i + 1] ^ 0x80u;
        if ((data[i] & 0xFE) != 0xC2 || second >= 0x40) {
            break;
        }
        out[o++] = (uint8_t)((data[i] & 3u) << 6 | second);
        i += 2;
    }
    *consumed = i;
    *produced = o;
}

KC_HELP void put_unit(uint8_t *out, uint32_t unit, unsigned width, int big)
{
    for (unsigned k = 0; k < width; k++) {
        out[big ? width - 1 - k : k] = (uint8_t)(unit >> 8 * k);
    }
}

/* The character beyond the basic plane at p, or a surrogate; 0 where it is none. Its bytes. */
KC_HELP unsigned beyond_plane(const uint8_t *p, uint32_t *point, unsigned width, int big)
{
    if (width == 4) {
        return *point - 0x10000u < 0x100000u ? 4 : 0;
    }
    uint32_t low = rcd_unit_at(p + 2, 2, big);
    if (*point >= 0xDC00 || (low & 0xFC00) != 0xDC00) {
        return 0;
    }
    *point = 0x10000 + ((*point & 0x3FF) << 10) + (low & 0x3FF);
    return 4;
}

KC_HELP void wide_to_utf8(const uint8_t *data, size_t len, uint8_t *out, size_t cap,
                          size_t *consumed, size_t *produced, unsigned width, int big)
{
    size_t i = 0, o = 0;
    while (len - i >= 16 * width && cap - o >= KC_OUT) {
        RCD_PREFETCH(data + i, RCD_AHEAD);
        if (four_ascii_units(data + i, width, big)) {
            unsigned n = ascii_narrow(out + o, data + i, width, big);
            i += width * n;
            o += n;
            continue;
        }
#ifdef KC_LANES
        unsigned made = put_units(out + o, data + i, width, big);
        if (made > 0) {
            i += 8 * width;
            o += made;
            continue;
        }
#endif
        for (unsigned k = 0; k < 4; k++) {
            uint32_t unit = rcd_unit_at(data + i, width, big);
            if ((unit & 0xF800) == 0xD800 || unit >= 0x10000) {
                unsigned used = beyond_plane(data + i, &unit, width, big);
                if (used == 0) {
                    *consumed = i;
                    *produced = o;
                    return;
                }
                i += used;
                o += rcd_put_utf8(out + o, unit);
                continue;
            }
            uint32_t two = unit >= 0x80, three = unit >= 0x800;
            uint32_t last = 0x80 | (unit & 0x3F), middle = 0x80 | (unit >> 6 & 0x3F);
            uint32_t pair = 0xC0 | unit >> 6 | last << 8;
            uint32_t triple = 0xE0 | unit >> 12 | middle << 8 | last << 16;
            /* By masks, since compilers make jumps of conditions. */
            uint32_t word = unit ^ ((unit ^ pair) & (0u - two));
            rcd_store4(out + o, word ^ ((word ^ triple) & (0u - three)));
            o += 1 + two + three;
            i += width;
        }
    }
    *consumed = i;
    *produced = o;
}

KC_HELP void utf8_to_wide(const uint8_t *data, size_t len, uint8_t *out, size_t cap,
                          size_t *consumed, size_t *produced, unsigned width, int big)
{
    size_t i = 0, o = 0;
    while (len - i >= KC_IN && cap - o >= 17 * width) {
        RCD_PREFETCH(data + i, RCD_AHEAD);
        if (four_ascii(data + i)) {
            unsigned n = ascii_widen(out + o, data + i, width, big);
            i += n;
            o += width * n;
            /* Whole runs by a loop of their own, where nothing waits for their length. */
            while (n == 16 && len - i >= KC_IN && cap - o >= 17 * width) {
                n = ascii_widen(out + o, data + i, width, big);
                if (n == 16) {
                    i += 16;
                    o += 16 * width;
                }
            }
            continue;
        }
        unsigned used;
#ifdef KC_LANES
        unsigned made = data[i] < 0xE0 ? put_short_ones(out + o, data + i, &used, width, big) : 0;
        if (made > 0) {
            i += used;
            o += made;
            continue;
        }
#endif
        unsigned lead = data[i], second = data[i + 1] ^ 0x80u, third = data[i + 2] ^ 0x80u;
        uint32_t point;
        if (lead < 0x80) {
            point = lead;
            used = 1;
        } else if (lead < 0xE0) {
            point = (lead & 31) << 6 | second;
            used = 2;
            if (lead < 0xC2 || second >= 0x40) {
                break;
            }
        } else if (lead < 0xF0) {
            point = (lead & 15) << 12 | second << 6 | third;
            used = 3;
            if ((second | third) >= 0x40 || point < 0x800 || (point & 0xF800) == 0xD800) {
                break;
            }
        } else {
            unsigned fourth = data[i + 3] ^ 0x80u;
            point = (lead & 15) << 18 | second << 12 | third << 6 | fourth;
            used = 4;
            if ((second | third | fourth) >= 0x40 || point - 0x10000u >= 0x100000u) {
                break;
            }
            if (width == 2) {
                put_unit(out + o, 0xD7C0 + (point >> 10), 2, big);
                point = 0xDC00 | (point & 0x3FF);
                o += 2;
            }
        }
        put_unit(out + o, point, width, big);
        i += used;
        o += width;
    }
    *consumed = i;
    *produced = o;
}

RCD_UTF_KERNELS(KC_FN)

static rcd_utf_kernel *const forms_to_utf8[RCD_FORMS] = {
    NULL, NULL, utf16le_to_utf8, utf16be_to_utf8, utf32le_to_utf8, utf32be_to_utf8, latin1_to_utf8,
};
static rcd_utf_kernel *const forms_from_utf8[RCD_FORMS] = {
    NULL, NULL, utf8_to_utf16le, utf8_to_utf16be, utf8_to_utf32le, utf8_to_utf32be, utf8_to_latin1,
};
