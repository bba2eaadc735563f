/* SPDX-License-Identifier: Apache-2.0
 * mend.c: broken characters. Bytes that are no UTF-8, NULs, UTF-8 that somebody read as Windows-1252 and encoded again
 * (once or more: 'â€œ', 'Ã©'), and Windows-1252 that was read as Latin-1.
 *
 * Double encoding is undone only where the result makes sense, for 'É”' (end of a quotation in capitals) and 'é »'
 * (French) spell legal UTF-8 too. */
#include "document/document.h"

/* A character of a run, and the input bytes [begin, end) that it came from. */
typedef struct {
    uint32_t c;
    size_t begin, end;
} character;

/* The byte that Windows-1252 or Latin-1 would read as c; 0 if none above 7F. */
static uint8_t byte_of(uint32_t c) {
    if (c >= 0x80 && c <= 0xFF) return (uint8_t)c;
    for (unsigned byte = 0x80; c > 0xFF && c <= 0x2122 && byte < 0xA0; byte++)
        if (dln_char_from_windows_1252((uint8_t)byte) == c) return (uint8_t)byte;
    return 0;
}

static bool within(uint32_t c, uint32_t first, uint32_t last) {
    return c >= first && c <= last;
}

/* What one sequence alone proves: letters of Latin alphabets, punctuation, signs. Other scripts come in runs. */
static bool proves_itself(uint32_t c) {
    return within(c, 0xA0, 0x17F) || within(c, 0x218, 0x21B) || within(c, 0x2010, 0x2044) || c == 0x20AC ||
           c == 0x20B9 || within(c, 0x2120, 0x2122) || within(c, 0x2190, 0x2193) || c == 0x2212 ||
           within(c, 0x25A0, 0x25CF) || c == 0xFEFF || c == DLN_REPLACEMENT;
}

/* The sequence of a double encoding that starts at items[0]: its length, 0 if there is none. */
static size_t sequence_at(const character *items, size_t count, uint32_t *c) {
    char bytes[4];
    size_t length = 0;
    for (; length < count && length < 4; length++) {
        uint8_t byte = byte_of(items[length].c);
        if (byte == 0 || (byte < 0xC0) != (length > 0)) break;
        bytes[length] = (char)byte;
    }
    if (length < 2) return 0;
    size_t at = 0;
    *c = dln_utf8_next((dateline_str){ bytes, length }, &at);
    bool is_sign = *c != DLN_REPLACEMENT || (at == 3 && memcmp(bytes, "\xEF\xBF\xBD", 3) == 0);
    return is_sign && *c >= 0x80 ? at : 0;
}

/* A word in capitals whose last letter stands before a quotation mark, a dash or an ellipsis. */
static bool is_end_of_capitals(dateline_str input, const character *items) {
    uint8_t second = byte_of(items[1].c);
    return (second == 0x85 || within(second, 0x91, 0x97)) && dln_char_is_upper(dln_utf8_before(input, items[0].begin));
}

/* How many items at items[0] are one character, encoded twice; 0: none. */
static size_t double_encoded(dateline_str input, const character *items, size_t count, uint32_t *c) {
    size_t length = sequence_at(items, count, c);
    if (length == 0) return 0;
    if (length == 2 && is_end_of_capitals(input, items)) return 0;
    if (proves_itself(*c)) return length;
    uint32_t other;
    size_t next = sequence_at(items + length, count - length, &other);
    return next == length && !proves_itself(other) ? length : 0;
}

/* A closing quotation mark (E2 80 9D) whose last byte, which Windows-1252 does not define, was lost on the way. */
static size_t cut_quotation_mark(const character *items, size_t count, uint32_t *c) {
    if (count < 2 || items[0].c != 0xE2 || items[1].c != 0x20AC) return 0;
    *c = 0x201D;
    return count > 2 && items[2].c == DLN_REPLACEMENT ? 3 : 2;
}

/* Undoes one encoding; returns the new count. In a run of another script each sequence proves the next one. */
static size_t undo_encoding(dateline_str input, character *items, size_t count) {
    size_t kept = 0;
    bool in_run = false;
    for (size_t at = 0; at < count;) {
        uint32_t c = 0;
        size_t length = double_encoded(input, items + at, count - at, &c);
        if (length == 0 && in_run) length = sequence_at(items + at, count - at, &c);
        in_run = length != 0 && !proves_itself(c);
        if (length == 0) length = cut_quotation_mark(items + at, count - at, &c);
        if (length == 0) {
            length = 1;
            c = items[at].c;
        }
        items[kept++] = (character){ c, items[at].begin, items[at + length - 1].end };
        at += length;
    }
    return kept;
}

/* ---------------------------------------------------------------- the whole text */

typedef struct {
    dateline_str input;
    dln_buf *out;
    dln_array *steps; /* NULL: not wanted */
    dln_array run;    /* character */
    size_t base;      /* of the text in `out` */
    uint32_t text_at, input_at;
} mend_state;

/* From here on the text comes from input byte `at` on. */
static void note_step(mend_state *state, size_t at) {
    uint32_t text_at = (uint32_t)(state->out->len - state->base), input_at = (uint32_t)at;
    if (text_at - state->text_at + state->input_at == input_at) return;
    state->text_at = text_at;
    state->input_at = input_at;
    const dln_offset_step step = { text_at, input_at };
    if (state->steps != NULL) dln_array_push(state->steps, &step);
}

static void emit(mend_state *state, const character *item) {
    uint32_t c = item->c;
    if (c >= 0x80 && c <= 0x9F) c = dln_char_from_windows_1252((uint8_t)c);
    note_step(state, item->begin);
    dln_buf_add_code_point(state->out, c == 0 ? DLN_REPLACEMENT : c);
}

#define MOST_ENCODINGS 3 /* one too many is common, two are seen, more never */

/* The run is whole: a wrongly encoded character is told by its neighbours, so none is judged before. */
static void flush_run(mend_state *state) {
    character *items = state->run.items;
    size_t count = state->run.count;
    for (unsigned i = 0; i < MOST_ENCODINGS; i++) {
        size_t before = count;
        count = undo_encoding(state->input, items, count);
        if (count == before) break;
    }
    for (size_t i = 0; i < count; i++) emit(state, &items[i]);
    dln_array_clear(&state->run);
}

/* ASCII but for NUL: nothing to mend, and most of what comes. */
static size_t end_of_plain(dateline_str input, size_t at) {
    while (at < input.len && (uint8_t)input.ptr[at] - 1u < 0x7Fu) at++;
    return at;
}

/* Characters that may be pieces of a wrongly encoded one are gathered in a run; any other ends it. */
void dln_text_mend(dln_buf *out, dln_array *steps, dateline_str input) {
    mend_state state = { .input = input, .out = out, .steps = steps, .base = out->len };
    dln_array_init(&state.run, sizeof(character));
    for (size_t at = 0; at < input.len;) {
        size_t plain = end_of_plain(input, at);
        if (plain > at) {
            note_step(&state, at);
            dln_buf_add(out, dln_str_slice(input, at, plain));
            at = plain;
        }
        while (at < input.len && (uint8_t)input.ptr[at] - 1u >= 0x7Fu) {
            character item = { 0, at, 0 };
            item.c = dln_utf8_next(input, &at);
            item.end = at;
            bool suspect = byte_of(item.c) != 0 || item.c == DLN_REPLACEMENT;
            if (!suspect && state.run.count > 0) flush_run(&state);
            if (!suspect) emit(&state, &item);
            else if (!dln_array_push(&state.run, &item)) out->status = DATELINE_NO_MEMORY;
        }
        flush_run(&state);
    }
    note_step(&state, input.len);
    if (steps != NULL && steps->status != DATELINE_OK) out->status = steps->status;
    dln_array_release(&state.run);
}
