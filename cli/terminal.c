/* SPDX-License-Identifier: Apache-2.0
 * terminal.c: columns, colours, and the parts of an event as a person reads them. */
#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* ---------------------------------------------------------------- the terminal */

/* NO_COLOR wins; a dumb terminal, or none, has no colours either. */
bool terminal_has_colours(void) {
    const char *refused = getenv("NO_COLOR"), *kind = getenv("TERM");
    if (refused != NULL && refused[0] != '\0') return false;
    return isatty(STDOUT_FILENO) && kind != NULL && strcmp(kind, "dumb") != 0;
}

/* Elsewhere COLUMNS counts, so that a table in a file or a test has a known width. */
size_t terminal_width(void) {
    struct winsize size;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    const char *columns = getenv("COLUMNS");
    long given = columns != NULL ? strtol(columns, NULL, 10) : 0;
    return given > 0 && given < 10000 ? (size_t)given : 100;
}

/* ---------------------------------------------------------------- characters */

typedef struct {
    uint32_t first, last;
} char_range;

static bool in_ranges(uint32_t c, const char_range *ranges, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].first && c <= ranges[i].last) return true;
    return false;
}

/* Blocks, not single characters: a table that is a column off for a rare sign does no harm. */
size_t char_width(uint32_t code_point) {
    static const char_range none[] = { { 0x300, 0x36F },   { 0x483, 0x489 },   { 0x591, 0x5BD },   { 0x610, 0x61A },
                                       { 0x64B, 0x65F },   { 0x900, 0x902 },   { 0x93C, 0x93C },   { 0x941, 0x948 },
                                       { 0x94D, 0x94D },   { 0x1AB0, 0x1AFF }, { 0x1DC0, 0x1DFF }, { 0x200B, 0x200F },
                                       { 0x202A, 0x202E }, { 0x2060, 0x2064 }, { 0x20D0, 0x20FF }, { 0xFE00, 0xFE0F },
                                       { 0xFE20, 0xFE2F }, { 0xFEFF, 0xFEFF } };
    static const char_range wide[] = { { 0x1100, 0x115F },   { 0x2E80, 0x303E },   { 0x3041, 0x33FF },
                                       { 0x3400, 0x4DBF },   { 0x4E00, 0x9FFF },   { 0xA000, 0xA4CF },
                                       { 0xA960, 0xA97F },   { 0xAC00, 0xD7A3 },   { 0xF900, 0xFAFF },
                                       { 0xFE30, 0xFE6F },   { 0xFF00, 0xFF60 },   { 0xFFE0, 0xFFE6 },
                                       { 0x1F300, 0x1F64F }, { 0x1F680, 0x1F6FF }, { 0x1F900, 0x1F9FF },
                                       { 0x20000, 0x3FFFD } };
    if (code_point < 0x300) return 1;
    if (in_ranges(code_point, none, sizeof none / sizeof *none)) return 0;
    return in_ranges(code_point, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

/* The library hands out valid UTF-8; a cut character at the end counts as far as it goes. */
uint32_t next_char(dateline_str str, size_t *at) {
    unsigned char first = (unsigned char)str.ptr[(*at)++];
    uint32_t code_point = first < 0x80   ? first
                          : first < 0xE0 ? first & 0x1Fu
                          : first < 0xF0 ? first & 0x0Fu
                                         : first & 7u;
    while (first >= 0xC0 && *at < str.len && ((unsigned char)str.ptr[*at] & 0xC0) == 0x80)
        code_point = code_point << 6 | ((unsigned char)str.ptr[(*at)++] & 0x3Fu);
    return code_point;
}

void text_add_clean(text *out, dateline_str str) {
    for (size_t at = 0; at < str.len;) {
        size_t begin = at;
        uint32_t c = next_char(str, &at);
        if (c < 0x20 || (c >= 0x7F && c < 0xA0)) text_add(out, " ", 1);
        else text_add(out, str.ptr + begin, at - begin);
    }
}

/* ---------------------------------------------------------------- styles */

void text_start_style(text *out, style how, bool coloured) {
    static const char *const codes[] = { "", "1", "2", "31", "32", "33", "34", "35", "36" };
    if (coloured && how != STYLE_NONE) text_add_format(out, "\x1b[%sm", codes[how]);
}

void text_end_style(text *out, style how, bool coloured) {
    if (coloured && how != STYLE_NONE) text_add_string(out, "\x1b[0m");
}

void text_add_styled(text *out, style how, bool coloured, dateline_str str) {
    text_start_style(out, how, coloured);
    text_add_clean(out, str);
    text_end_style(out, how, coloured);
}

/* ---------------------------------------------------------------- parts of an event */

static dateline_str words_of(const dateline_doc *doc, dateline_span span) {
    return (dateline_str){ dateline_doc_text(doc).ptr + span.begin, span.end - span.begin };
}

/* ' (NOR GOV)', or nothing where nothing is known. */
static void add_codes(text *out, const dateline_role *role) {
    const char *before = " (";
    if (role->code[0] != '\0') {
        text_add_format(out, "%s%s", before, role->code);
        before = " ";
    }
    for (size_t i = 0; i < role->sector_count; i++) {
        text_add_format(out, "%s%s", before, role->sector[i]);
        before = " ";
    }
    if (before[1] == '\0') text_add(out, ")", 1);
}

void text_add_roles(text *out, const dateline_doc *doc, const dateline_role *roles, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i > 0) text_add(out, ", ", 2);
        text_add_clean(out, roles[i].name.len > 0 ? roles[i].name : words_of(doc, roles[i].span));
        add_codes(out, &roles[i]);
    }
}

/* The country is not said twice. */
void text_add_place(text *out, const dateline_doc *doc, const dateline_event *event) {
    const dateline_place *place = dateline_doc_place(doc, event->place);
    if (place == NULL) return;
    text_add_clean(out, place->name.len > 0 ? place->name : words_of(doc, place->span));
    if (place->country_code[0] != '\0' && place->resolution != 1) text_add_format(out, " (%s)", place->country_code);
}

/* As exact as it is known: 2024-03-12, 2024-03, 2024. */
void text_add_date(text *out, const dateline_event *event) {
    if (event->date.year == 0) return;
    text_add_format(out, "%04d", event->date.year);
    if (event->date_grain == DATELINE_GRAIN_YEAR || event->date.month == 0) return;
    text_add_format(out, "-%02d", event->date.month);
    if (event->date_grain == DATELINE_GRAIN_MONTH || event->date.day == 0) return;
    text_add_format(out, "-%02d", event->date.day);
}

void text_add_kind(text *out, const dateline_event *event) {
    static const char *const auxiliaries[] = { "historical", "future", "hypothetical", "negation" };
    text_add_clean(out, event->type);
    for (size_t i = 0; i < event->mode_count; i++) {
        text_add(out, " ", 1);
        text_add_clean(out, event->modes[i]);
    }
    for (unsigned i = 0; i < 4; i++)
        if (event->auxiliary & 1u << i) text_add_format(out, " [%s]", auxiliaries[i]);
}

/* The speaker, then the outlet: one or both may be missing. */
void text_add_attribution(text *out, const dateline_doc *doc, const dateline_event *event) {
    const dateline_quote *quote = dateline_doc_quote(doc, event->quote);
    if (quote == NULL) return;
    if (event->speaker != NULL) text_add_roles(out, doc, event->speaker, 1);
    else if (quote->speaker.begin < quote->speaker.end) text_add_clean(out, words_of(doc, quote->speaker));
    if (quote->outlet.len > 0) {
        if (out->len > 0) text_add(out, ", ", 2);
        text_add_clean(out, quote->outlet);
    }
}

/* Cooperation in green and cyan, conflict in yellow and red. */
style quad_style(const dateline_event *event) {
    static const style styles[] = { STYLE_NONE, STYLE_GREEN, STYLE_CYAN, STYLE_YELLOW, STYLE_RED };
    return event->quad_code <= 4 ? styles[event->quad_code] : STYLE_NONE;
}
