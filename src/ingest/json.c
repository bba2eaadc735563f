/* SPDX-License-Identifier: Apache-2.0
 * json.c: a line to a JSON object, by jansson.
 *
 * Archives hold JSON that a strict reader refuses whole: broken UTF-8, raw tabs, half a surrogate pair, NaN, integers
 * of thirty digits. None of these makes a text unreadable, so one pass over the line makes them strict first. It knows
 * strings, numbers and the rest apart and leaves all judgement on the grammar to jansson. */
#include "ingest/ingest_internal.h"

/* jansson takes up to 224 bytes for a value of two or three; a document may take 32 times its size and a fixed part. A
 * line with more values than these is no article. */
#define VALUES_FREE ((size_t)1 << 16)
#define BYTES_PER_VALUE 8

/* The longest integers that fit into 64 bits whatever their digits. */
#define INTEGER_DIGITS 18

typedef struct {
    dateline_str line;
    size_t at, values;
    dln_buf *out;
} cleaner;

static void copy(cleaner *clean, size_t count) {
    dateline_str part = dln_str_slice(clean->line, clean->at, clean->at + count);
    dln_buf_add(clean->out, part);
    clean->at += part.len;
}

static void replace(cleaner *clean, size_t count, const char *text) {
    dln_buf_add(clean->out, dateline_str_from(text));
    clean->at += count;
}

/* The unit of the escape \uXXXX that stands at `at`; UINT32_MAX: none does. */
static uint32_t escaped_unit(const cleaner *clean, size_t at) {
    dateline_str escape = dln_str_slice(clean->line, at, at + 6);
    if (escape.len < 6 || escape.ptr[0] != '\\' || escape.ptr[1] != 'u') return UINT32_MAX;
    uint32_t unit = 0;
    for (size_t i = 2; i < 6; i++) {
        char c = escape.ptr[i], letter = (char)(c | 0x20);
        if (c >= '0' && c <= '9') unit = unit << 4 | (uint32_t)(c - '0');
        else if (letter >= 'a' && letter <= 'f') unit = unit << 4 | (uint32_t)(letter - 'a' + 10);
        else return UINT32_MAX;
    }
    return unit;
}

/* Half a surrogate pair becomes U+FFFD and takes nothing with it; so does NUL, as it would later in the document. */
static void clean_escape(cleaner *clean) {
    uint32_t unit = escaped_unit(clean, clean->at);
    bool high = unit >= 0xD800 && unit <= 0xDBFF, low = unit >= 0xDC00 && unit <= 0xDFFF;
    uint32_t next = high ? escaped_unit(clean, clean->at + 6) : UINT32_MAX;
    if (high && next >= 0xDC00 && next <= 0xDFFF) copy(clean, 12);
    else if (high || low || unit == 0) replace(clean, 6, "\\ufffd");
    else if (unit != UINT32_MAX) copy(clean, 6);
    else copy(clean, 2);
}

/* A byte that may stand in a string as it is, and has no neighbours to look at. */
static bool is_plain(char c) {
    return (uint8_t)c >= ' ' && (uint8_t)c < 0x80 && c != '"' && c != '\\';
}

/* From an opening quotation mark behind the closing one, or to the end. */
static void clean_string(cleaner *clean) {
    copy(clean, 1);
    while (clean->at < clean->line.len) {
        size_t run = 0;
        while (clean->at + run < clean->line.len && is_plain(clean->line.ptr[clean->at + run])) run++;
        copy(clean, run);
        if (clean->at == clean->line.len) return;
        uint8_t c = (uint8_t)clean->line.ptr[clean->at];
        if (c == '"') {
            copy(clean, 1);
            return;
        }
        if (c == '\\') {
            clean_escape(clean);
        } else if (c >= 0x80 || c == '\0') {
            uint32_t code_point = dln_utf8_next(clean->line, &clean->at);
            dln_buf_add_code_point(clean->out, code_point == 0 ? DLN_REPLACEMENT : code_point);
        } else {
            dln_buf_add_format(clean->out, "\\u%04x", c);
            clean->at++;
        }
    }
}

static bool is_in_number(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/* Small integers stay; any other number becomes the string that it is written as: no digit of an id may be lost, and
 * 1e999 is no reason to refuse a text. */
static void clean_number(cleaner *clean) {
    size_t len = 0, digits = 0;
    for (; clean->at + len < clean->line.len && is_in_number(clean->line.ptr[clean->at + len]); len++)
        digits += clean->line.ptr[clean->at + len] >= '0' && clean->line.ptr[clean->at + len] <= '9';
    const char *first = clean->line.ptr + clean->at;
    bool negative = *first == '-', padded = digits > 1 && first[negative] == '0';
    bool small = digits + negative == len && digits <= INTEGER_DIGITS && !padded;
    if (!small) dln_buf_add_char(clean->out, '"');
    copy(clean, len);
    if (!small) dln_buf_add_char(clean->out, '"');
}

/* Writes the line, made strict, to clean->out until that holds `stop` bytes. */
static void clean_line(cleaner *clean, size_t stop) {
    dln_buf_clear(clean->out);
    while (clean->at < clean->line.len && clean->out->len < stop && clean->out->status == DATELINE_OK) {
        char c = clean->line.ptr[clean->at];
        clean->values += c == '{' || c == '[' || c == ',' || c == ':';
        if (c == '"') clean_string(clean);
        else if (c == '-' || (c >= '0' && c <= '9')) clean_number(clean);
        else if (dln_str_starts(dln_str_slice(clean->line, clean->at, clean->at + 3), DLN_STR("NaN")))
            replace(clean, 3, "null"); /* pandas writes it for a missing value */
        else copy(clean, 1);
    }
}

/* jansson's reason, at the byte of the line as it came: it is cleaned again up to where jansson stopped. */
static void tell_place(const json_error_t *error, dateline_str line, dln_buf *cleaned, dateline_error *reason) {
    cleaner clean = { .line = line, .out = cleaned };
    clean_line(&clean, error->position < 0 ? 0 : (size_t)error->position);
    dln_error_set(reason, DATELINE_BAD_INPUT, clean.at, "not JSON: %.100s (byte %zu of the line)", error->text,
                  clean.at);
}

void dln_json_seed(const void *address) {
    json_object_seed((size_t)(uintptr_t)address);
}

json_t *dln_json_read(dln_buf *cleaned, dateline_str line, dateline_error *reason) {
    cleaner clean = { .line = line, .out = cleaned };
    json_error_t error;
    clean_line(&clean, SIZE_MAX);
    if (clean.out->status != DATELINE_OK) {
        dln_error_memory(reason);
        return NULL;
    }
    if (clean.values > VALUES_FREE + line.len / BYTES_PER_VALUE) {
        dln_error_set(reason, DATELINE_TOO_LARGE, 0, "%zu values in a line of %zu bytes: no article", clean.values,
                      line.len);
        return NULL;
    }
    json_t *value = json_loadb(cleaned->ptr == NULL ? "" : cleaned->ptr, cleaned->len, 0, &error);
    if (json_is_object(value)) return value;
    json_decref(value);
    if (value != NULL) dln_error_set(reason, DATELINE_BAD_INPUT, 0, "not JSON: an object is expected: '{'");
    else if (error.text[0] == '\0' || json_error_code(&error) == json_error_out_of_memory) dln_error_memory(reason);
    else tell_place(&error, line, cleaned, reason);
    return NULL;
}
