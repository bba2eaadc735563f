/* SPDX-License-Identifier: Apache-2.0
 * charset.c: UTF-16 and Windows-1252 to UTF-8. */
#include "ingest/ingest_internal.h"

dln_charset dln_charset_of_mark(dateline_str head, size_t *mark_len) {
    *mark_len = 0;
    if (dln_str_starts(head, DLN_STR("\xEF\xBB\xBF"))) *mark_len = 3;
    if (dln_str_starts(head, DLN_STR("\xFF\xFE"))) {
        *mark_len = 2;
        return DLN_CHARSET_UTF16_LE;
    }
    if (dln_str_starts(head, DLN_STR("\xFE\xFF"))) {
        *mark_len = 2;
        return DLN_CHARSET_UTF16_BE;
    }
    return DLN_CHARSET_NONE;
}

static uint32_t unit_at(dln_charset charset, dateline_str bytes, size_t at) {
    uint8_t first = (uint8_t)bytes.ptr[at], second = (uint8_t)bytes.ptr[at + 1];
    return charset == DLN_CHARSET_UTF16_LE ? first | (uint32_t)second << 8 : (uint32_t)first << 8 | second;
}

/* Surrogate pairs are joined; a piece cut inside a unit ends in U+FFFD. */
static void decode_utf16(dln_charset charset, dateline_str bytes, dln_buf *out) {
    for (size_t at = 0; at + 1 < bytes.len; at += 2) {
        uint32_t c = unit_at(charset, bytes, at);
        bool high = c >= 0xD800 && c <= 0xDBFF;
        uint32_t low = high && at + 3 < bytes.len ? unit_at(charset, bytes, at + 2) : 0;
        if (low >= 0xDC00 && low <= 0xDFFF) {
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            at += 2;
        }
        dln_buf_add_code_point(out, c); /* a lone surrogate becomes U+FFFD */
    }
    if (bytes.len % 2 != 0) dln_buf_add_code_point(out, DLN_REPLACEMENT);
}

static void decode_windows_1252(dateline_str bytes, dln_buf *out) {
    for (size_t at = 0; at < bytes.len; at++) {
        uint8_t byte = (uint8_t)bytes.ptr[at];
        uint32_t c = dln_char_from_windows_1252(byte);
        dln_buf_add_code_point(out, c == 0 && byte != 0 ? DLN_REPLACEMENT : c);
    }
}

/* Would byte `at`, taken as Windows-1252, make sense where it stands? A letter touches a letter and does not switch to
 * upper case within a word; punctuation and currency signs always do. */
static bool is_plausible(dateline_str bytes, size_t at) {
    uint32_t c = dln_char_from_windows_1252((uint8_t)bytes.ptr[at]);
    if (c == 0 || c == 0xFF) return false; /* FF is filling or a broken mark far more often than a y with dots */
    if (!dln_char_is_letter(c)) return true;
    uint32_t before = at > 0 ? dln_char_from_windows_1252((uint8_t)bytes.ptr[at - 1]) : 0;
    uint32_t after = at + 1 < bytes.len ? dln_char_from_windows_1252((uint8_t)bytes.ptr[at + 1]) : 0;
    if (dln_char_is_upper(c) && dln_char_is_lower(before)) return false;
    return dln_char_is_letter(before) || dln_char_is_letter(after);
}

/* Sequences that only UTF-8 explains (whole, or cut after two bytes or more) against single bytes that are no UTF-8 but
 * sensible Windows-1252. */
static bool is_windows_1252(dateline_str bytes) {
    size_t for_utf8 = 0, for_windows = 0;
    for (size_t at = 0; at < bytes.len;) {
        size_t begin = at;
        if ((uint8_t)bytes.ptr[at] < 0x80) {
            at++;
            continue;
        }
        dln_utf8_next(bytes, &at);
        if (at - begin == 1 && is_plausible(bytes, begin)) for_windows++;
        else for_utf8++;
    }
    return for_windows > for_utf8;
}

/* Judged piece by piece: an archive may hold lines of both. Valid UTF-8 is never taken for anything else. */
dateline_str dln_charset_decode(dln_charset charset, dateline_str bytes, dln_buf *out) {
    if (charset == DLN_CHARSET_NONE && (dln_utf8_is_valid(bytes) || !is_windows_1252(bytes))) return bytes;
    dln_buf_clear(out);
    if (charset == DLN_CHARSET_NONE) decode_windows_1252(bytes, out);
    else decode_utf16(charset, bytes, out);
    return dln_buf_str(out);
}
