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

KC_FN void utf16_to_utf8(const uint8_t *data, size_t len, uint8_t *out, size_t cap,
                         size_t *consumed, size_t *produced)
{
    size_t i = 0, o = 0;
    while (len - i >= KC_IN && cap - o >= KC_OUT) {
        RCD_PREFETCH(data + i, RCD_AHEAD);
        if (four_ascii_units(data + i)) {
            unsigned n = ascii_narrow(out + o, data + i);
            i += 2 * n;
            o += n;
            continue;
        }
        for (unsigned k = 0; k < 4; k++) {
            uint32_t unit = (uint32_t)data[i + 1] << 8 | data[i];
            if ((unit & 0xF800) == 0xD800) {
                *consumed = i;
                *produced = o;
                return;
            }
            uint32_t two = unit >= 0x80, three = unit >= 0x800;
            uint32_t last = 0x80 | (unit & 0x3F), middle = 0x80 | (unit >> 6 & 0x3F);
            uint32_t pair = 0xC0 | unit >> 6 | last << 8;
            uint32_t triple = 0xE0 | unit >> 12 | middle << 8 | last << 16;
            /* By masks, since compilers make jumps of conditions. */
            uint32_t word = unit ^ ((unit ^ pair) & (0u - two));
            rcd_store4(out + o, word ^ ((word ^ triple) & (0u - three)));
            o += 1 + two + three;
            i += 2;
        }
    }
    *consumed = i;
    *produced = o;
}

KC_FN void utf8_to_utf16(const uint8_t *data, size_t len, uint8_t *out, size_t cap,
                         size_t *consumed, size_t *produced)
{
    size_t i = 0, o = 0;
    while (len - i >= KC_IN && cap - o >= KC_OUT) {
        RCD_PREFETCH(data + i, RCD_AHEAD);
        if (four_ascii(data + i)) {
            unsigned n = ascii_widen(out + o, data + i);
            i += n;
            o += 2 * n;
            continue;
        }
        unsigned lead = data[i], second = data[i + 1] ^ 0x80u, third = data[i + 2] ^ 0x80u;
        unsigned unit, used;
        if (lead < 0x80) {
            unit = lead;
            used = 1;
        } else if (lead < 0xE0) {
            unit = (lead & 31) << 6 | second;
            used = 2;
            if (lead < 0xC2 || second >= 0x40) {
                break;
            }
        } else {
            unit = (lead & 15) << 12 | second << 6 | third;
            used = 3;
            if (lead >= 0xF0 || (second | third) >= 0x40 || unit < 0x800 ||
                (unit & 0xF800) == 0xD800) {
                break;
            }
        }
        out[o] = (uint8_t)unit;
        out[o + 1] = (uint8_t)(unit >> 8);
        i += used;
        o += 2;
    }
    *consumed = i;
    *produced = o;
}
