/* SPDX-License-Identifier: Apache-2.0
 * terminal.h: text for people: columns, colours. */
#ifndef TERMINAL_H
#define TERMINAL_H

#include "cli.h"

typedef enum {
    STYLE_NONE = 0,
    STYLE_BOLD,
    STYLE_DIM,
    STYLE_RED,
    STYLE_GREEN,
    STYLE_YELLOW,
    STYLE_BLUE,
    STYLE_MAGENTA,
    STYLE_CYAN
} style;

/* Whether standard output is a terminal that takes colours; the variable NO_COLOR says no (no-color.org). */
bool terminal_has_colours(void);
size_t terminal_width(void); /* columns of standard output; 100 where it is no terminal */

/* Columns that a code point takes: 0 for combining marks, 2 for wide characters. */
size_t char_width(uint32_t code_point);

/* The code point at str[*at]; moves *at behind it. */
uint32_t next_char(dateline_str str, size_t *at);

/* Text in one line, without control characters: what a text says must not steer the terminal. */
void text_add_clean(text *out, dateline_str str);

/* `str` in a style, or plain when coloured is false. */
void text_add_styled(text *out, style how, bool coloured, dateline_str str);
void text_start_style(text *out, style how, bool coloured);
void text_end_style(text *out, style how, bool coloured);

/* A role's filler: 'Eva Torvaldsen (NOR GOV)'; fillers with ', ' between them. */
void text_add_roles(text *out, const dateline_doc *doc, const dateline_role *roles, size_t count);
void text_add_place(text *out, const dateline_doc *doc, const dateline_event *event);
void text_add_date(text *out, const dateline_event *event);
void text_add_kind(text *out, const dateline_event *event); /* 'CONSULT visit [future]' */
void text_add_attribution(text *out, const dateline_doc *doc, const dateline_event *event);
style quad_style(const dateline_event *event);

/* table.c: `dateline code --to table`. */
typedef struct {
    size_t width;
    bool coloured;
} table_form;
void table_header(text *out, const table_form *form);
bool table_print(text *out, const dateline_doc *doc, const item *of, void *form);

#endif
