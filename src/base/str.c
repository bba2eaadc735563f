/* SPDX-License-Identifier: Apache-2.0
 * str.c: text as pointer and length. */
#include "base.h"

dateline_str dateline_str_from(const char *text) {
    return text == NULL ? (dateline_str){ NULL, 0 } : (dateline_str){ text, strlen(text) };
}

bool dln_str_equal(dateline_str a, dateline_str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool dln_str_is(dateline_str a, const char *literal) {
    return dln_str_equal(a, dateline_str_from(literal));
}

static unsigned char ascii_lower(char c) {
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool dln_str_equal_nocase(dateline_str a, dateline_str b) {
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++)
        if (ascii_lower(a.ptr[i]) != ascii_lower(b.ptr[i])) return false;
    return true;
}

int dln_str_compare(dateline_str a, dateline_str b) {
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared == 0 ? 0 : memcmp(a.ptr, b.ptr, shared);
    if (order != 0) return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

bool dln_str_starts(dateline_str text, dateline_str prefix) {
    return text.len >= prefix.len && (prefix.len == 0 || memcmp(text.ptr, prefix.ptr, prefix.len) == 0);
}

bool dln_str_ends(dateline_str text, dateline_str suffix) {
    return text.len >= suffix.len &&
           (suffix.len == 0 || memcmp(text.ptr + (text.len - suffix.len), suffix.ptr, suffix.len) == 0);
}

static bool is_ascii_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

dateline_str dln_str_trim(dateline_str text) {
    while (text.len > 0 && is_ascii_space(text.ptr[0])) {
        text.ptr++;
        text.len--;
    }
    while (text.len > 0 && is_ascii_space(text.ptr[text.len - 1])) text.len--;
    return text;
}

dateline_str dln_str_slice(dateline_str text, size_t begin, size_t end) {
    if (end > text.len) end = text.len;
    if (begin > end) begin = end;
    return text.ptr == NULL ? text : (dateline_str){ text.ptr + begin, end - begin };
}

size_t dln_str_find(dateline_str text, dateline_str what, size_t from) {
    if (what.len == 0) return from <= text.len ? from : SIZE_MAX;
    while (from < text.len && text.len - from >= what.len) {
        const char *hit = memchr(text.ptr + from, what.ptr[0], text.len - from - what.len + 1);
        if (hit == NULL) return SIZE_MAX;
        if (memcmp(hit, what.ptr, what.len) == 0) return (size_t)(hit - text.ptr);
        from = (size_t)(hit - text.ptr) + 1;
    }
    return SIZE_MAX;
}

dateline_str dln_str_part(dateline_str *rest, char separator) {
    if (rest->ptr == NULL) return *rest;
    const char *cut = rest->len == 0 ? NULL : memchr(rest->ptr, separator, rest->len);
    dateline_str part = *rest;
    if (cut == NULL) {
        *rest = (dateline_str){ NULL, 0 };
    } else {
        part.len = (size_t)(cut - rest->ptr);
        *rest = (dateline_str){ cut + 1, rest->len - part.len - 1 };
    }
    return dln_str_trim(part);
}

bool dln_str_to_u64(dateline_str text, uint64_t *value) {
    uint64_t sum = 0;
    if (text.len == 0) return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') return false;
        uint64_t digit = (uint64_t)(text.ptr[i] - '0');
        if (sum > (UINT64_MAX - digit) / 10) return false;
        sum = sum * 10 + digit;
    }
    *value = sum;
    return true;
}

/* FNV-1a, 64 bits: offset basis and prime of draft-eastlake-fnv. */
uint64_t dln_hash(dateline_str text) {
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < text.len; i++) hash = (hash ^ (uint8_t)text.ptr[i]) * 0x100000001b3u;
    return hash;
}

dateline_str dln_span_str(dateline_str text, dateline_span span) {
    return dln_str_slice(text, span.begin, span.end);
}

/* The last word is filled up with zeros. */
uint64_t dln_checksum(const void *data, size_t size) {
    const uint8_t *bytes = data;
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t at = 0; at < size; at += 8) {
        uint64_t word = 0;
        size_t end = size - at < 8 ? size - at : 8;
        for (size_t i = 0; i < end; i++) word |= (uint64_t)bytes[at + i] << (8 * i);
        hash = (hash ^ word) * 0x100000001b3u;
        hash ^= hash >> 29;
    }
    return hash;
}
