/* SPDX-License-Identifier: Apache-2.0
 * utf8.c: code points in and out of bytes. */
#include "base.h"

/* Length of a sequence by its first byte, and the legal range of its second one: Unicode 15, table 3-7. */
static unsigned sequence_of(uint8_t first, uint8_t *low, uint8_t *high) {
    *low = 0x80;
    *high = 0xBF;
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return 2;
    if (first >= 0xE0 && first <= 0xEF) {
        if (first == 0xE0) *low = 0xA0;
        if (first == 0xED) *high = 0x9F;
        return 3;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        if (first == 0xF0) *low = 0x90;
        if (first == 0xF4) *high = 0x8F;
        return 4;
    }
    return 0;
}

/* As dln_utf8_next; *valid tells a broken part from a U+FFFD that stands in the text. */
static uint32_t decode(dateline_str text, size_t *at, bool *valid) {
    uint8_t low, high, first = (uint8_t)text.ptr[(*at)++];
    unsigned length = sequence_of(first, &low, &high);
    *valid = length != 0;
    if (length == 0) return DLN_REPLACEMENT;
    if (length == 1) return first;
    uint32_t c = first & (0xFFu >> (length + 1));
    for (unsigned i = 1; i < length; i++) {
        uint8_t byte = *at < text.len ? (uint8_t)text.ptr[*at] : 0;
        if (byte < low || byte > high) {
            *valid = false;
            return DLN_REPLACEMENT;
        }
        c = c << 6 | (byte & 0x3Fu);
        (*at)++;
        low = 0x80;
        high = 0xBF;
    }
    return c;
}

uint32_t dln_utf8_next(dateline_str text, size_t *at) {
    bool valid;
    return decode(text, at, &valid);
}

uint32_t dln_utf8_at(dateline_str text, size_t at) {
    return at < text.len ? dln_utf8_next(text, &at) : 0;
}

uint32_t dln_utf8_before(dateline_str text, size_t at) {
    if (at > text.len) at = text.len;
    if (at == 0) return 0;
    size_t begin = at - 1;
    for (unsigned back = 0; back < 3 && begin > 0 && ((uint8_t)text.ptr[begin] & 0xC0) == 0x80; back++) begin--;
    return dln_utf8_next((dateline_str){ text.ptr, at }, &begin);
}

size_t dln_utf8_encode(uint32_t c, char out[4]) {
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = DLN_REPLACEMENT;
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80u | (c & 0x3Fu));
        c >>= 6;
    }
    out[0] = (char)(((0xF00u >> length) & 0xFFu) | c);
    return length;
}

size_t dln_utf8_count(dateline_str text) {
    size_t count = 0;
    for (size_t at = 0; at < text.len; count++) dln_utf8_next(text, &at);
    return count;
}

bool dln_utf8_is_valid(dateline_str text) {
    bool valid = true;
    for (size_t at = 0; at < text.len && valid;) decode(text, &at, &valid);
    return valid;
}

uint32_t dln_char_from_windows_1252(uint8_t byte) {
    static const uint16_t from_80[32] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
    };
    return byte >= 0x80 && byte < 0xA0 ? from_80[byte - 0x80] : byte;
}
