/* SPDX-License-Identifier: Apache-2.0
 * explain.c: `dateline explain`, why each event was coded, and what was not.
 *
 *     2  [who Norwegian Foreign Minister] [did visited] [to whom Lima] on Monday.
 *        CONSULT visit: Norwegian Foreign Minister (NOR GOV) -> Lima (PER), 2024-03-11
 *        events.txt:12: subject and object are actors
 *     3  The envoy praised the plan.
 *        praised: no event, events.txt:40: the object is no actor
 */
#include "terminal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- marks in a sentence */

typedef struct {
    dateline_span span;
    const char *label;
    style how;
} mark;

#define MAX_MARKS 24

typedef struct {
    mark marks[MAX_MARKS];
    size_t count;
} mark_list;

/* Keeps the list ordered; a span that overlaps one that is there already is left out. */
static void add_mark(mark_list *list, dateline_span span, dateline_span within, const char *label, style how) {
    if (span.begin >= span.end || span.begin < within.begin || span.end > within.end || list->count == MAX_MARKS)
        return;
    size_t at = list->count;
    while (at > 0 && list->marks[at - 1].span.begin >= span.end) at--;
    if (at > 0 && list->marks[at - 1].span.end > span.begin) return;
    memmove(list->marks + at + 1, list->marks + at, (list->count - at) * sizeof *list->marks);
    list->marks[at] = (mark){ span, label, how };
    list->count++;
}

/* To be called first: where a role overlaps the words of the event, they win. */
static void add_trigger(mark_list *list, const dateline_event *event, dateline_span within) {
    for (size_t i = 0; i < event->text_span_count; i++)
        add_mark(list, event->text_spans[i], within, "did", quad_style(event));
}

static void add_roles(mark_list *list, const dateline_doc *doc, const dateline_event *event, dateline_span within) {
    for (size_t i = 0; i < event->actor_count; i++) add_mark(list, event->actors[i].span, within, "who", STYLE_BLUE);
    for (size_t i = 0; i < event->recipient_count; i++)
        add_mark(list, event->recipients[i].span, within, "to whom", STYLE_MAGENTA);
    const dateline_place *place = dateline_doc_place(doc, event->place);
    if (place != NULL) add_mark(list, place->span, within, "where", STYLE_CYAN);
    if (event->speaker != NULL) add_mark(list, event->speaker->span, within, "says", STYLE_BOLD);
}

typedef struct {
    const dateline_doc *doc;
    bool coloured;
    size_t event, explanation, reason; /* the next ones to look at */
} explainer;

static dateline_str words(const explainer *by, dateline_span span) {
    return (dateline_str){ dateline_doc_text(by->doc).ptr + span.begin, span.end - span.begin };
}

/* The sentence with its marks: colours, or brackets with a label. */
static void add_sentence(text *out, const explainer *by, size_t number, dateline_span span, const mark_list *list) {
    uint32_t at = span.begin;
    text_add_format(out, "%3zu  ", number);
    for (size_t i = 0; i < list->count; i++) {
        const mark *next = &list->marks[i];
        text_add_clean(out, words(by, (dateline_span){ at, next->span.begin }));
        if (!by->coloured) text_add_format(out, "[%s ", next->label);
        text_add_styled(out, next->how, by->coloured, words(by, next->span));
        if (!by->coloured) text_add(out, "]", 1);
        at = next->span.end;
    }
    text_add_clean(out, words(by, (dateline_span){ at, span.end }));
    text_add(out, "\n", 1);
}

/* ---------------------------------------------------------------- events and what gave none */

static void add_part(text *out, const char *before, const text *part) {
    if (part->len == 0) return;
    text_add_string(out, before);
    text_add(out, part->ptr, part->len);
}

/* Where, when and according to whom: what is unknown is left out. */
static void add_place_line(text *out, const explainer *by, const dateline_event *event) {
    text part = { 0 };
    text_add_place(&part, by->doc, event);
    add_part(out, ", in ", &part);
    part.len = 0;
    text_add_date(&part, event);
    add_part(out, ", ", &part);
    part.len = 0;
    text_add_attribution(&part, by->doc, event);
    add_part(out, ", says ", &part);
    text_free(&part);
}

/* The event in one line, in the colours of its marks. */
static void add_event_line(text *out, const explainer *by, const dateline_event *event) {
    text_add_string(out, "     ");
    text_start_style(out, quad_style(event), by->coloured);
    text_add_kind(out, event);
    text_end_style(out, quad_style(event), by->coloured);
    text_add_string(out, ": ");
    text_start_style(out, STYLE_BLUE, by->coloured);
    text_add_roles(out, by->doc, event->actors, event->actor_count);
    text_end_style(out, STYLE_BLUE, by->coloured);
    if (event->recipient_count > 0) text_add_string(out, " -> ");
    text_start_style(out, event->recipient_count > 0 ? STYLE_MAGENTA : STYLE_NONE, by->coloured);
    text_add_roles(out, by->doc, event->recipients, event->recipient_count);
    text_end_style(out, event->recipient_count > 0 ? STYLE_MAGENTA : STYLE_NONE, by->coloured);
    add_place_line(out, by, event);
    text_add_format(out, ", confidence %.2f\n", event->confidence);
}

static void add_entry(text *out, dateline_str file, uint32_t line) {
    text_add_clean(out, file);
    text_add_format(out, ":%" PRIu32, line);
}

/* The reason kept for an event; NULL: none was. Events and explanations are both ordered by their predicate. */
static const dateline_explanation *explanation_of(explainer *by, const dateline_event *event) {
    const dateline_explanation *found;
    while ((found = dateline_doc_explanation(by->doc, by->reason)) != NULL && found->token < event->trigger_token)
        by->reason++;
    for (size_t i = by->reason; (found = dateline_doc_explanation(by->doc, i)) != NULL; i++) {
        if (found->token > event->trigger_token) return NULL;
        if (found->event == by->event) return found;
    }
    return NULL;
}

/* The lexicon entry that fired, with the pattern in words. */
static void add_reason(text *out, explainer *by, const dateline_event *event) {
    const dateline_explanation *why = explanation_of(by, event);
    text_add_string(out, "     ");
    text_start_style(out, STYLE_DIM, by->coloured);
    add_entry(out, event->source_file, event->source_line);
    if (why != NULL && why->reason.len > 0) {
        text_add_string(out, ": ");
        text_add_clean(out, why->reason);
    }
    text_end_style(out, STYLE_DIM, by->coloured);
    text_add(out, "\n", 1);
}

/* Known predicates that gave no event, each with the condition that failed. Returns how many predicates are known. */
static size_t add_failures(text *out, const explainer *by, uint32_t last_token) {
    const dateline_explanation *found;
    size_t known = 0;
    for (size_t i = by->explanation; (found = dateline_doc_explanation(by->doc, i)) != NULL; i++) {
        if (found->token > last_token) break;
        if (found->source_file.len == 0) continue;
        known++;
        if (found->event != DATELINE_NO_INDEX) continue;
        text_add_string(out, "     ");
        text_add_styled(out, STYLE_YELLOW, by->coloured, words(by, dateline_doc_token(by->doc, found->token)->span));
        text_add_string(out, ": no event, ");
        add_entry(out, found->source_file, found->source_line);
        text_add_string(out, ": ");
        text_add_clean(out, found->reason);
        text_add(out, "\n", 1);
    }
    return known;
}

/* Steps over the explanations of this sentence; where nothing was known, names what no entry knows. */
static void add_unknown(text *out, explainer *by, uint32_t last_token, bool wanted) {
    const dateline_explanation *found;
    size_t count = 0;
    for (; (found = dateline_doc_explanation(by->doc, by->explanation)) != NULL; by->explanation++) {
        if (found->token > last_token) break;
        if (!wanted || found->source_file.len > 0) continue;
        text_add_string(out, count++ == 0 ? "     no lexicon entry for: " : ", ");
        text_add_clean(out, words(by, dateline_doc_token(by->doc, found->token)->span));
    }
    if (count > 0) text_add(out, "\n", 1);
}

/* ---------------------------------------------------------------- sentence by sentence */

/* The marks of one event are all of its parts. Of several, only the words that say what was done: who did it to whom
 * stands in the lines below, and one event's actor is another's recipient. */
static size_t mark_events(mark_list *list, const explainer *by, size_t number, dateline_span within) {
    const dateline_event *event;
    size_t count = 0;
    while ((event = dateline_doc_event(by->doc, by->event + count)) != NULL && event->sentence <= number) {
        add_trigger(list, event, within);
        count++;
    }
    if (count == 1) add_roles(list, by->doc, dateline_doc_event(by->doc, by->event), within);
    return count;
}

/* The sentence, its events, then what gave none. */
static void explain_sentence(text *out, explainer *by, size_t number, const dateline_sentence *sentence) {
    uint32_t last_token = sentence->first_token + sentence->token_count - 1;
    mark_list list = { .count = 0 };
    size_t events = mark_events(&list, by, number, sentence->span);
    add_sentence(out, by, number, sentence->span, &list);
    for (size_t i = 0; i < events; i++, by->event++) {
        const dateline_event *event = dateline_doc_event(by->doc, by->event);
        add_event_line(out, by, event);
        add_reason(out, by, event);
    }
    size_t known = sentence->token_count > 0 ? add_failures(out, by, last_token) : 0;
    if (sentence->token_count > 0) add_unknown(out, by, last_token, known == 0 && events == 0);
}

static bool print_explanation(text *out, const dateline_doc *doc, const item *of, void *user) {
    (void)of;
    explainer by = { .doc = doc, .coloured = *(const bool *)user };
    const dateline_sentence *sentence;
    text_add_styled(out, STYLE_BOLD, by.coloured, dateline_doc_id(doc));
    text_add(out, "\n", 1);
    for (size_t i = 0; (sentence = dateline_doc_sentence(doc, i)) != NULL && !out->failed; i++) {
        explain_sentence(out, &by, i, sentence);
        text_ease(out);
    }
    return !out->failed;
}

int run_explain(const options *given) {
    bool coloured = terminal_has_colours();
    task what = { .until = DATELINE_STAGE_EVENT, .explain = true, .print = print_explanation, .user = &coloured };
    return pipeline_run(given, &what);
}
