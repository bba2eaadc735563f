/* SPDX-License-Identifier: Apache-2.0
 * table.c: events as a table for people: date, who, did what, to whom, where, says who. Cells that are too long go on
 * in the next line, so that nothing is lost. */
#include "terminal.h"

#include <string.h>

enum { COLUMN_DATE, COLUMN_WHO, COLUMN_WHAT, COLUMN_WHOM, COLUMN_WHERE, COLUMN_SAYS, COLUMN_COUNT };

#define GAP 2
#define LEAST_WIDTH 6

/* Shares, in percent, of what the date leaves over. */
static const unsigned shares[COLUMN_COUNT] = { 0, 24, 18, 24, 14, 20 };
static const char *const titles[COLUMN_COUNT] = { "DATE", "WHO", "DID WHAT", "TO WHOM", "WHERE", "SAYS WHO" };

/* The date never wraps; the others share what is left, and never get narrower than a code. */
static size_t column_width(const table_form *form, size_t column) {
    size_t date = 10, gaps = (size_t)GAP * (COLUMN_COUNT - 1);
    if (column == COLUMN_DATE) return date;
    size_t rest = form->width > date + gaps ? form->width - date - gaps : 0;
    size_t width = rest * shares[column] / 100;
    return width < LEAST_WIDTH ? LEAST_WIDTH : width;
}

/* The piece of a cell that fits into `width` columns: cut at a space if there is one. */
static size_t fitting_piece(dateline_str cell, size_t width, size_t *used) {
    size_t at = 0, columns = 0, cut = 0, cut_columns = 0;
    while (at < cell.len) {
        size_t before = at;
        uint32_t c = next_char(cell, &at);
        size_t own = char_width(c);
        if (c == ' ') {
            cut = before;
            cut_columns = columns;
        }
        if (columns + own > width) {
            *used = cut > 0 ? cut_columns : columns;
            return cut > 0 ? cut : before > 0 ? before : at;
        }
        columns += own;
    }
    *used = columns;
    return cell.len;
}

/* Takes the next piece off *rest, adds it, and fills up to the column's width (the last column stays ragged). */
static void add_piece(text *out, dateline_str *rest, size_t width, bool last, style how, bool coloured) {
    size_t used = 0, len = fitting_piece(*rest, width, &used);
    text_start_style(out, len > 0 ? how : STYLE_NONE, coloured);
    text_add(out, rest->ptr, len);
    text_end_style(out, len > 0 ? how : STYLE_NONE, coloured);
    while (len < rest->len && rest->ptr[len] == ' ') len++;
    if (len > 0) *rest = (dateline_str){ rest->ptr + len, rest->len - len };
    if (!last) text_add_format(out, "%*s", (int)(GAP + (used < width ? width - used : 0)), "");
}

static bool any_left(const dateline_str *rest) {
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        if (rest[i].len > 0) return true;
    return false;
}

/* No blanks at line ends: they wrap on narrow terminals. */
static void trim_line(text *out) {
    while (out->len > 0 && out->ptr[out->len - 1] == ' ') out->len--;
    text_add(out, "\n", 1);
}

/* As many lines as the longest cell needs. */
static void add_row(text *out, const table_form *form, const text *cells, const style *styles) {
    dateline_str rest[COLUMN_COUNT];
    for (size_t i = 0; i < COLUMN_COUNT; i++) rest[i] = (dateline_str){ cells[i].ptr, cells[i].len };
    do {
        for (size_t i = 0; i < COLUMN_COUNT; i++)
            add_piece(out, &rest[i], column_width(form, i), i + 1 == COLUMN_COUNT, styles[i], form->coloured);
        trim_line(out);
    } while (!out->failed && any_left(rest));
}

void table_header(text *out, const table_form *form) {
    text cells[COLUMN_COUNT] = { { 0 } };
    style styles[COLUMN_COUNT];
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        text_add_string(&cells[i], titles[i]);
        styles[i] = STYLE_BOLD;
    }
    add_row(out, form, cells, styles);
    for (size_t i = 0; i < COLUMN_COUNT; i++) text_free(&cells[i]);
}

/* The words tell two events of one type apart. */
static void add_trigger(text *out, const dateline_doc *doc, const dateline_event *event) {
    if (event->text_span_count == 0) return;
    dateline_span trigger = event->text_spans[0];
    text_add_string(out, " \"");
    text_add_clean(out, (dateline_str){ dateline_doc_text(doc).ptr + trigger.begin, trigger.end - trigger.begin });
    text_add_string(out, "\"");
}

static void add_event(text *out, const table_form *form, const dateline_doc *doc, const dateline_event *event) {
    text cells[COLUMN_COUNT] = { { 0 } };
    style styles[COLUMN_COUNT] = { STYLE_DIM, STYLE_NONE, quad_style(event), STYLE_NONE, STYLE_NONE, STYLE_DIM };
    text_add_date(&cells[COLUMN_DATE], event);
    text_add_roles(&cells[COLUMN_WHO], doc, event->actors, event->actor_count);
    text_add_kind(&cells[COLUMN_WHAT], event);
    add_trigger(&cells[COLUMN_WHAT], doc, event);
    text_add_roles(&cells[COLUMN_WHOM], doc, event->recipients, event->recipient_count);
    text_add_place(&cells[COLUMN_WHERE], doc, event);
    text_add_attribution(&cells[COLUMN_SAYS], doc, event);
    add_row(out, form, cells, styles);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        out->failed = out->failed || cells[i].failed;
        text_free(&cells[i]);
    }
    text_ease(out);
}

/* One line above a document's events: its id and title. */
static void add_document(text *out, const table_form *form, const dateline_doc *doc) {
    dateline_str title = dateline_doc_title(doc);
    text_start_style(out, STYLE_BOLD, form->coloured);
    text_add_clean(out, dateline_doc_id(doc));
    text_end_style(out, STYLE_BOLD, form->coloured);
    if (title.len > 0) {
        text_add(out, "  ", 2);
        text_add_clean(out, title);
    }
    text_add_string(out, dateline_doc_event(doc, 0) == NULL ? ": no events\n" : "\n");
}

bool table_print(text *out, const dateline_doc *doc, const item *of, void *user) {
    (void)of;
    const table_form *form = user;
    const dateline_event *event;
    add_document(out, form, doc);
    for (size_t i = 0; (event = dateline_doc_event(doc, i)) != NULL; i++) add_event(out, form, doc, event);
    return !out->failed;
}
