/* SPDX-License-Identifier: Apache-2.0
 * paragraphs.c: where paragraphs begin and end. */
#include "document/document_internal.h"

/* A line, without its end; its own white space is trimmed. `next` is where the next one begins. */
static dateline_span line_at(dateline_str text, size_t at, size_t *next) {
    const char *feed = memchr(text.ptr + at, '\n', text.len - at);
    size_t end = feed == NULL ? text.len : (size_t)(feed - text.ptr);
    *next = feed == NULL ? end : end + 1;
    return dln_span_trim(text, (dateline_span){ (uint32_t)at, (uint32_t)end });
}

static bool is_blank(dateline_span line) {
    return line.begin == line.end;
}

/* Narrow columns of old newswire: no line is longer than a terminal's, and all but the last fill most of it. */
#define COLUMN_MOST 100
#define COLUMN_LEAST 45

static bool is_wrapped(const dateline_span *lines, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint32_t length = lines[i].end - lines[i].begin;
        if (length > COLUMN_MOST || (i + 1 < count && length < COLUMN_LEAST)) return false;
    }
    return true;
}

static void add_paragraphs(dln_array *spans, const dateline_span *lines, size_t count, bool running) {
    if (count == 0) return;
    if (running || is_wrapped(lines, count)) {
        const dateline_span span = { lines[0].begin, lines[count - 1].end };
        dln_array_push(spans, &span);
        return;
    }
    for (size_t i = 0; i < count; i++) dln_array_push(spans, &lines[i]);
}

void dln_paragraphs_cut(dateline_str text, bool running, dln_array *spans) {
    dln_array lines;
    dln_array_init(&lines, sizeof(dateline_span));
    for (size_t at = 0, next; at < text.len; at = next) {
        dateline_span line = line_at(text, at, &next);
        if (!is_blank(line)) dln_array_push(&lines, &line);
        if (!is_blank(line) && next < text.len) continue;
        add_paragraphs(spans, lines.items, lines.count, running);
        if (lines.status != DATELINE_OK) spans->status = lines.status;
        dln_array_clear(&lines);
    }
    dln_array_release(&lines);
}
