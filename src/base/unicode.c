/* SPDX-License-Identifier: Apache-2.0
 * unicode.c: character properties, case, folding. */
#include "base.h"

#include <utf8proc.h>

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
