/* SPDX-License-Identifier: Apache-2.0
 * example.c: the examples of event entries, '[A Norway] visited [R Lima].', as tests of the lexicon. */
#include "event/event_internal.h"

#include <stdio.h>

enum { MAX_MARKS = 8 };

/* A marked phrase: its role letter and its place in the text without marks. */
typedef struct {
    char role;
    dateline_span span;
} example_mark;

/* Takes the marks out: the text goes to `out`, the phrases to `marks`. Returns their number. */
static size_t read_example(dateline_str example, dln_buf *out, example_mark marks[MAX_MARKS]) {
    size_t count = 0, start = out->len;
    bool open = false;
    for (size_t i = 0; i < example.len; i++) {
        char c = example.ptr[i], role = i + 2 < example.len ? example.ptr[i + 1] : ' ';
        bool opens = c == '[' && (role == 'A' || role == 'R') && example.ptr[i + 2] == ' ' && count < MAX_MARKS;
        uint32_t at = (uint32_t)(out->len - start);
        if (opens) {
            marks[count].role = role;
            marks[count++].span.begin = at;
            open = true;
            i += 2;
        } else if (c == ']' && open) {
            marks[count - 1].span.end = at;
            open = false;
        } else {
            dln_buf_add_char(out, c);
        }
    }
    return open ? count - 1 : count;
}

void dln_example_text(const dln_lexicon *lexicon, uint32_t entry, uint32_t i, dln_buf *out) {
    example_mark marks[MAX_MARKS];
    read_example(dln_entry_value(lexicon, entry, "example", i), out, marks);
}

static bool overlap(dateline_span a, dateline_span b) {
    return a.begin < b.end && b.begin < a.end;
}

/* Each marked phrase is a filler, and each filler is marked. */
static bool roles_hold(const dateline_role *roles, size_t count, char letter, const example_mark *marks,
                       size_t mark_count) {
    for (size_t m = 0; m < mark_count; m++) {
        bool found = marks[m].role != letter;
        for (size_t i = 0; i < count; i++) found |= overlap(roles[i].span, marks[m].span);
        if (!found) return false;
    }
    for (size_t i = 0; i < count; i++) {
        bool marked = false;
        for (size_t m = 0; m < mark_count; m++)
            marked |= marks[m].role == letter && overlap(roles[i].span, marks[m].span);
        if (!marked) return false;
    }
    return true;
}

bool dln_example_holds(const dln_lexicon *lexicon, uint32_t entry, uint32_t i, const dateline_doc *doc, char *why,
                       size_t why_size) {
    example_mark marks[MAX_MARKS];
    dln_buf text;
    dln_buf_init(&text);
    size_t mark_count = read_example(dln_entry_value(lexicon, entry, "example", i), &text, marks);
    dln_buf_release(&text);
    dateline_str type = dln_entry_value(lexicon, entry, "type", 0);
    bool coded = false;
    for (size_t e = 0; e < doc->events.count; e++) {
        const dateline_event *event = (const dateline_event *)doc->events.items + e;
        if (!dln_str_equal(event->type, type)) continue;
        coded = true;
        if (roles_hold(event->actors, event->actor_count, 'A', marks, mark_count) &&
            roles_hold(event->recipients, event->recipient_count, 'R', marks, mark_count)) {
            return true;
        }
    }
    snprintf(why, why_size, coded ? "%.*s is coded, but with other roles" : "no %.*s is coded", DLN_STR_ARG(type));
    return false;
}

bool dln_patterns_hold(const dln_lexicon *lexicon, uint32_t entry, char *why, size_t why_size) {
    uint32_t count = dln_entry_phrase_count(lexicon, entry);
    for (uint32_t i = 0; i < count; i++) {
        frame parsed;
        const char *reason = NULL;
        dateline_str pattern = dln_entry_phrase(lexicon, entry, i);
        if (dln_frame_parse(pattern, &parsed, &reason)) continue;
        snprintf(why, why_size, "'%.*s': %s", (int)(pattern.len < 60 ? pattern.len : 60), pattern.ptr, reason);
        return false;
    }
    return true;
}
