/* SPDX-License-Identifier: Apache-2.0
 * unicode.c: UTF-8 and character properties. */
#include "base.h"

#include <utf8proc.h>

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

static utf8proc_category_t category(uint32_t c) {
    return utf8proc_category((utf8proc_int32_t)c);
}

bool dln_char_is_space(uint32_t c) {
    if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
    if (c == 0x85 || c == 0x200B || c == 0xFEFF) return true;
    utf8proc_category_t k = category(c);
    return k == UTF8PROC_CATEGORY_ZS || k == UTF8PROC_CATEGORY_ZL || k == UTF8PROC_CATEGORY_ZP;
}

bool dln_char_is_letter(uint32_t c) {
    if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    utf8proc_category_t k = category(c);
    return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO;
}

bool dln_char_is_upper(uint32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    utf8proc_category_t k = category(c);
    return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LT;
}

bool dln_char_is_lower(uint32_t c) {
    return c < 0x80 ? c >= 'a' && c <= 'z' : category(c) == UTF8PROC_CATEGORY_LL;
}

bool dln_char_is_digit(uint32_t c) {
    return c < 0x80 ? c >= '0' && c <= '9' : category(c) == UTF8PROC_CATEGORY_ND;
}

bool dln_char_is_mark(uint32_t c) {
    if (c < 0x80) return false;
    utf8proc_category_t k = category(c);
    return k >= UTF8PROC_CATEGORY_MN && k <= UTF8PROC_CATEGORY_ME;
}

bool dln_char_is_punct(uint32_t c) {
    utf8proc_category_t k = category(c);
    return k >= UTF8PROC_CATEGORY_PC && k <= UTF8PROC_CATEGORY_PO;
}

bool dln_char_is_symbol(uint32_t c) {
    utf8proc_category_t k = category(c);
    return k >= UTF8PROC_CATEGORY_SM && k <= UTF8PROC_CATEGORY_SO;
}

uint32_t dln_char_lower(uint32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

uint32_t dln_char_upper(uint32_t c) {
    if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 32 : c;
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)c);
}

/* Typographic marks to their ASCII twin; 0: drop; others unchanged. */
static uint32_t plain_mark(uint32_t c) {
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x02BC:
    case 0x2032:
    case 0x00B4:
    case 0x0060: return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033: return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212: return '-';
    case 0x00AD:
    case 0x200C:
    case 0x200D: return 0;
    case 0x0131: return 'i';
    default: return dln_char_is_space(c) ? ' ' : c;
    }
}

/* Letters that have no canonical decomposition but are written without their stroke in other spellings. */
static const char *plain_letter(uint32_t c) {
    switch (c) {
    case 0xF8: return "o";
    case 0xE6: return "ae";
    case 0x153: return "oe";
    case 0xDF: return "ss";
    case 0x142: return "l";
    case 0x111:
    case 0xF0: return "d";
    case 0xFE: return "th";
    default: return NULL;
    }
}

size_t dln_char_fold(uint32_t c, char out[DLN_FOLD_BYTES]) {
    enum { PARTS = DLN_FOLD_BYTES / 4 };
    utf8proc_int32_t parts[PARTS];
    int boundary = 0;
    size_t len = 0;
    c = plain_mark(c);
    if (c < 0x80) {
        out[0] = (char)dln_char_lower(c);
        return c == 0 ? 0 : 1;
    }
    utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)c, parts, PARTS, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK, &boundary);
    if (count < 0 || count > PARTS) count = 0;
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        uint32_t part = dln_char_lower((uint32_t)parts[i]);
        const char *plain = plain_letter(part);
        for (; plain != NULL && *plain != '\0'; plain++) out[len++] = *plain;
        if (plain == NULL) len += dln_utf8_encode(part, out + len);
    }
    return len;
}

void dln_text_fold(dln_buf *out, dateline_str text) {
    char bytes[DLN_FOLD_BYTES];
    for (size_t at = 0; at < text.len;) dln_buf_add_bytes(out, bytes, dln_char_fold(dln_utf8_next(text, &at), bytes));
}

void dln_text_lower(dln_buf *out, dateline_str text) {
    for (size_t at = 0; at < text.len;) dln_buf_add_code_point(out, dln_char_lower(dln_utf8_next(text, &at)));
}
