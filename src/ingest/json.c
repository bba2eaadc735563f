/* SPDX-License-Identifier: Apache-2.0
 * json.c: one JSON object, field by field (RFC 8259).
 *
 * Archives hold JSON that strict readers refuse whole: broken UTF-8, raw tabs, half a surrogate pair, integers of
 * thirty digits. None of these makes a text unreadable, so they are let through here. No tree is built: memory is
 * bounded by the longest string, and nesting costs a bit of buffer, not stack. */
#include "ingest/ingest_internal.h"

const char *dln_json_kind_name(dln_json_kind kind) {
    static const char *const names[] = {
        "nothing", "a string", "a number", "a boolean", "null", "a list", "an object"
    };
    return (unsigned)kind < sizeof names / sizeof *names ? names[kind] : names[0];
}

void dln_json_init(dln_json *json) {
    *json = (dln_json){ 0 };
    dln_buf_init(&json->key);
    dln_buf_init(&json->value);
    dln_buf_init(&json->nesting);
}

void dln_json_start(dln_json *json, dateline_str text) {
    json->text = text;
    json->at = 0;
    json->error = NULL;
    json->started = false;
}

dateline_status dln_json_status(const dln_json *json) {
    if (json->key.status != DATELINE_OK) return json->key.status;
    return json->value.status != DATELINE_OK ? json->value.status : json->nesting.status;
}

void dln_json_release(dln_json *json) {
    dln_buf_release(&json->key);
    dln_buf_release(&json->value);
    dln_buf_release(&json->nesting);
}

static bool fail(dln_json *json, const char *error) {
    if (json->error == NULL) json->error = error;
    return false;
}

/* The byte that stands next; 0 at the end (a NUL in the text is no legal JSON outside strings either). */
static char peek(const dln_json *json) {
    if (json->at >= json->text.len) return '\0';
    return json->text.ptr[json->at];
}

static char peek_token(dln_json *json) {
    while (json->at < json->text.len && strchr(" \t\r\n", json->text.ptr[json->at]) != NULL && peek(json) != '\0')
        json->at++;
    return peek(json);
}

static bool expect(dln_json *json, char c, const char *error) {
    if (peek_token(json) != c) return fail(json, error);
    json->at++;
    return true;
}

static bool read_hex(dln_json *json, uint32_t *unit) {
    *unit = 0;
    for (unsigned i = 0; i < 4; i++) {
        char c = peek(json);
        uint32_t digit = c >= '0' && c <= '9'                     ? (uint32_t)(c - '0')
                         : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (uint32_t)((c | 0x20) - 'a' + 10)
                                                                  : 16;
        if (digit == 16) return fail(json, "a \\u escape without four hexadecimal digits");
        *unit = *unit << 4 | digit;
        json->at++;
    }
    return true;
}

/* Behind \u. Half a surrogate pair becomes U+FFFD and takes nothing with it. */
static bool read_unicode_escape(dln_json *json, dln_buf *out) {
    uint32_t c, low;
    if (!read_hex(json, &c)) return false;
    if (c >= 0xD800 && c <= 0xDBFF && dln_str_starts(dln_str_slice(json->text, json->at, SIZE_MAX), DLN_STR("\\u"))) {
        size_t back = json->at;
        json->at += 2;
        if (!read_hex(json, &low)) return false;
        if (low >= 0xDC00 && low <= 0xDFFF) c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        else json->at = back;
    }
    dln_buf_add_code_point(out, c);
    return true;
}

static bool read_escape(dln_json *json, dln_buf *out) {
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    json->at++;
    char c = peek(json);
    if (c == '\0') return fail(json, "a string that does not end");
    json->at++;
    if (c == 'u') return read_unicode_escape(json, out);
    const char *name = strchr(names, c);
    if (name == NULL) return fail(json, "an escape that JSON does not know");
    dln_buf_add_char(out, meanings[name - names]);
    return true;
}

/* At the opening quotation mark. The content goes to out. */
static bool read_string(dln_json *json, dln_buf *out) {
    dln_buf_clear(out);
    json->at++;
    for (;;) {
        size_t begin = json->at;
        while (json->at < json->text.len && json->text.ptr[json->at] != '"' && json->text.ptr[json->at] != '\\')
            json->at++;
        dln_buf_add(out, dln_str_slice(json->text, begin, json->at));
        if (json->at == json->text.len) return fail(json, "a string that does not end");
        if (peek(json) == '\\') {
            if (!read_escape(json, out)) return false;
            continue;
        }
        json->at++;
        return out->status == DATELINE_OK;
    }
}

static bool skip_string(dln_json *json) {
    json->at++;
    while (json->at < json->text.len && json->text.ptr[json->at] != '"')
        json->at += json->text.ptr[json->at] == '\\' ? 2 : 1;
    if (json->at >= json->text.len) return fail(json, "a string that does not end");
    json->at++;
    return true;
}

static size_t skip_digits(dln_json *json) {
    size_t begin = json->at;
    while (peek(json) >= '0' && peek(json) <= '9') json->at++;
    return json->at - begin;
}

static bool skip_number(dln_json *json) {
    if (peek(json) == '-') json->at++;
    bool good = skip_digits(json) != 0;
    if (good && peek(json) == '.') {
        json->at++;
        good = skip_digits(json) != 0;
    }
    if (good && (peek(json) | 0x20) == 'e') {
        json->at++;
        if (peek(json) == '+' || peek(json) == '-') json->at++;
        good = skip_digits(json) != 0;
    }
    return good || fail(json, "a number that is not whole");
}

static bool skip_word(dln_json *json, dln_json_kind *kind) {
    static const struct {
        dateline_str word;
        dln_json_kind kind;
    } words[] = { { { "true", 4 }, DLN_JSON_BOOLEAN },
                  { { "false", 5 }, DLN_JSON_BOOLEAN },
                  { { "null", 4 }, DLN_JSON_NULL },
                  { { "NaN", 3 }, DLN_JSON_NULL } /* pandas writes it for a missing value */ };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!dln_str_starts(dln_str_slice(json->text, json->at, SIZE_MAX), words[i].word)) continue;
        json->at += words[i].word.len;
        *kind = words[i].kind;
        return true;
    }
    return fail(json, "a value is expected");
}

/* A string, number or word; lists and objects are the caller's. */
static bool skip_scalar(dln_json *json, dln_json_kind *kind) {
    char c = peek_token(json);
    if (c == '"') {
        *kind = DLN_JSON_STRING;
        return skip_string(json);
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
        *kind = DLN_JSON_NUMBER;
        return skip_number(json);
    }
    return skip_word(json, kind);
}

/* Behind a value inside lists and objects: closes what ends here, and passes over the comma. */
static bool close_levels(dln_json *json) {
    while (json->nesting.len > 0) {
        char open = json->nesting.ptr[json->nesting.len - 1], c = peek_token(json);
        json->at++;
        if (c == ',') return true;
        if (c != (open == '[' ? ']' : '}')) return fail(json, "a comma or a closing bracket is expected");
        json->nesting.len--;
    }
    return true;
}

/* A list or an object, of any depth: `nesting` holds its open brackets. */
static bool skip_nested(dln_json *json) {
    dln_json_kind kind;
    dln_buf_clear(&json->nesting);
    do {
        char c = peek_token(json);
        bool inside_object = json->nesting.len > 0 && json->nesting.ptr[json->nesting.len - 1] == '{';
        if (inside_object) {
            if (c != '"') return fail(json, "a field's name is expected");
            if (!skip_string(json) || !expect(json, ':', "a colon is expected")) return false;
            c = peek_token(json);
        }
        if (c == '[' || c == '{') {
            json->at++;
            char empty = peek_token(json);
            if (empty != (c == '[' ? ']' : '}')) {
                dln_buf_add_char(&json->nesting, c);
                if (json->nesting.status != DATELINE_OK) return false;
                continue;
            }
            json->at++;
        } else if (!skip_scalar(json, &kind)) {
            return false;
        }
        if (!close_levels(json)) return false;
    } while (json->nesting.len > 0);
    return true;
}

static bool read_value(dln_json *json, dln_json_kind *kind, dateline_str *value) {
    char c = peek_token(json);
    size_t begin = json->at;
    *value = (dateline_str){ NULL, 0 };
    if (c == '[' || c == '{') {
        *kind = c == '[' ? DLN_JSON_ARRAY : DLN_JSON_OBJECT;
        return skip_nested(json);
    }
    if (c == '"') {
        *kind = DLN_JSON_STRING;
        if (!read_string(json, &json->value)) return false;
        *value = dln_buf_str(&json->value);
        return true;
    }
    if (!skip_scalar(json, kind)) return false;
    if (*kind == DLN_JSON_NUMBER) *value = dln_str_slice(json->text, begin, json->at);
    return true;
}

/* Behind the closing brace. */
static bool finish(dln_json *json) {
    json->at++;
    if (peek_token(json) != '\0' || json->at < json->text.len) fail(json, "the object is followed by something else");
    return false;
}

bool dln_json_next(dln_json *json, dateline_str *key, dln_json_kind *kind, dateline_str *value) {
    if (json->error != NULL) return false;
    if (!json->started) {
        if (!expect(json, '{', "an object is expected: '{'")) return false;
        json->started = true;
        if (peek_token(json) == '}') return finish(json);
    } else {
        if (peek_token(json) == '}') return finish(json);
        if (!expect(json, ',', "a comma or a closing brace is expected")) return false;
    }
    if (peek_token(json) != '"') return fail(json, "a field's name is expected");
    if (!read_string(json, &json->key) || !expect(json, ':', "a colon is expected")) return false;
    *key = dln_buf_str(&json->key);
    return read_value(json, kind, value);
}
