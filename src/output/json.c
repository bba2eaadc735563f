/* SPDX-License-Identifier: Apache-2.0
 * json.c: JSON text, written straight into a buffer. */
#include "output/output.h"

/* A comma, unless a container, a member or a line has only just been opened. */
static void separate(dln_buf *out) {
    if (out->len == 0) return;
    char last = out->ptr[out->len - 1];
    if (last != '{' && last != '[' && last != ':' && last != '\n') dln_buf_add_char(out, ',');
}

void dln_json_key(dln_buf *out, const char *key) {
    separate(out);
    dln_buf_add_char(out, '"');
    dln_buf_add(out, dateline_str_from(key));
    dln_buf_add(out, DLN_STR("\":"));
}

void dln_json_open(dln_buf *out, char bracket) {
    separate(out);
    dln_buf_add_char(out, bracket);
}

void dln_json_close(dln_buf *out, char bracket) {
    dln_buf_add_char(out, bracket);
}

void dln_json_null(dln_buf *out) {
    separate(out);
    dln_buf_add(out, DLN_STR("null"));
}

/* Short escapes where JSON has them. */
static void add_escape(dln_buf *out, uint8_t c) {
    static const char hex[] = "0123456789abcdef";
    switch (c) {
    case '"': dln_buf_add(out, DLN_STR("\\\"")); break;
    case '\\': dln_buf_add(out, DLN_STR("\\\\")); break;
    case '\n': dln_buf_add(out, DLN_STR("\\n")); break;
    case '\r': dln_buf_add(out, DLN_STR("\\r")); break;
    case '\t': dln_buf_add(out, DLN_STR("\\t")); break;
    default:
        dln_buf_add(out, DLN_STR("\\u00"));
        dln_buf_add_char(out, hex[c >> 4]);
        dln_buf_add_char(out, hex[c & 15]);
    }
}

/* Bytes that stand for themselves: ASCII but for controls, quotation mark and backslash. */
static bool is_plain(char c) {
    return (uint8_t)c >= 0x20 && (uint8_t)c < 0x7F && c != '"' && c != '\\';
}

/* Runs of plain bytes are copied whole; only what is special is looked at one by one. */
void dln_json_quoted(dln_buf *out, dateline_str text) {
    dln_buf_add_char(out, '"');
    for (size_t at = 0; at < text.len;) {
        size_t begin = at;
        while (at < text.len && is_plain(text.ptr[at])) at++;
        dln_buf_add_bytes(out, text.ptr + begin, at - begin);
        if (at == text.len) break;
        uint8_t c = (uint8_t)text.ptr[at];
        if (c >= 0x80) {
            dln_buf_add_code_point(out, dln_utf8_next(text, &at));
        } else {
            add_escape(out, c);
            at++;
        }
    }
    dln_buf_add_char(out, '"');
}

void dln_json_text(dln_buf *out, dateline_str text) {
    if (text.ptr == NULL) {
        dln_json_null(out);
        return;
    }
    separate(out);
    dln_json_quoted(out, text);
}

void dln_json_member(dln_buf *out, const char *key, dateline_str text) {
    dln_json_key(out, key);
    dln_json_text(out, text);
}

void dln_json_count(dln_buf *out, uint64_t value) {
    separate(out);
    dln_buf_add_format(out, "%llu", (unsigned long long)value);
}

bool dln_is_number(double value) {
    return value > -1e12 && value < 1e12;
}

/* Scaled to an integer and printed as one: printf would ask the locale for its point. */
void dln_decimal(dln_buf *out, double value, unsigned decimals) {
    static const uint32_t powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };
    if (!dln_is_number(value)) return;
    if (decimals > 6) decimals = 6;
    uint64_t scaled = (uint64_t)((value < 0 ? -value : value) * powers[decimals] + 0.5);
    if (value < 0 && scaled > 0) dln_buf_add_char(out, '-');
    uint64_t fraction = scaled % powers[decimals];
    dln_buf_add_format(out, "%llu", (unsigned long long)(scaled / powers[decimals]));
    if (fraction == 0) return;
    for (; fraction % 10 == 0; fraction /= 10) decimals--;
    dln_buf_add_format(out, ".%0*llu", (int)decimals, (unsigned long long)fraction);
}

void dln_json_number(dln_buf *out, double value, unsigned decimals) {
    if (!dln_is_number(value)) {
        dln_json_null(out);
        return;
    }
    separate(out);
    dln_decimal(out, value, decimals);
}

void dln_json_code(dln_buf *out, const char *code) {
    dateline_str text = dateline_str_from(code);
    if (text.len == 0) dln_json_null(out);
    else dln_json_text(out, text);
}

void dln_json_date(dln_buf *out, dateline_date date) {
    if (!dln_date_is_set(date)) {
        dln_json_null(out);
        return;
    }
    char day[DLN_DATE_CHARS];
    dln_date_format(date, day);
    dln_json_text(out, dateline_str_from(day));
}
