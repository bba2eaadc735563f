/* SPDX-License-Identifier: Apache-2.0
 * record.c: event records as JSON; what each field means: docs/event-schema.md. */
#include "output/output.h"

const char *const dln_auxiliary_names[DLN_AUXILIARY_COUNT] = { "historical", "future", "hypothetical", "negation" };

/* ---------------------------------------------------------------- values that more than one form prints */

/* Absent rather than empty, so that it prints as null. */
dateline_str dln_slice(const dateline_doc *doc, dateline_span span) {
    if (span.begin >= span.end) return (dateline_str){ NULL, 0 };
    return dln_str_slice(dateline_doc_text(doc), span.begin, span.end);
}

dateline_str dln_doc_name(const dateline_doc *doc) {
    dateline_str id = dateline_doc_id(doc);
    return id.len > 0 ? id : dateline_doc_url(doc);
}

const char *dln_grain_name(dateline_grain grain) {
    static const char *const names[] = { NULL, "day", "week", "month", "year" };
    return (unsigned)grain < sizeof names / sizeof *names ? names[grain] : NULL;
}

const char *dln_date_source_name(dateline_date_source source) {
    static const char *const names[] = { NULL, "text", "dateline", "publication" };
    return (unsigned)source < sizeof names / sizeof *names ? names[source] : NULL;
}

/* A month or a year is dated by its first day. */
dateline_date dln_first_day(dateline_date date) {
    if (date.year == 0) return date;
    if (date.month == 0) date.month = 1;
    if (date.day == 0) date.day = 1;
    return date;
}

/* +1 for a mark that opens a quotation, -1 for one that closes it, 2 for the straight mark, which does both. */
static int quotation_mark(uint32_t c) {
    switch (c) {
    case 0x201C:
    case 0x201E:
    case 0xAB: return 1; /* “ „ « */
    case 0x201D:
    case 0xBB: return -1; /* ” » */
    case '"': return 2;
    default: return 0;
    }
}

/* Whether byte `at` stands inside quotation marks that open in `span`. */
static bool in_quotation_marks(dateline_str text, dateline_span span, uint32_t at) {
    bool inside = false;
    for (size_t i = span.begin; i < at && i < span.end;) {
        int mark = quotation_mark(dln_utf8_next(text, &i));
        if (mark == 2) inside = !inside;
        else if (mark != 0) inside = mark > 0;
    }
    return inside;
}

/* Only a quotation that is partly in marks needs a look at where the trigger stands. */
bool dln_said_directly(const dateline_doc *doc, const dateline_event *event, const dateline_quote *quote) {
    const dateline_token *trigger = dateline_doc_token(doc, event->trigger_token);
    if (quote->kind != DATELINE_QUOTE_MIXED || trigger == NULL) return quote->kind == DATELINE_QUOTE_DIRECT;
    return in_quotation_marks(dateline_doc_text(doc), quote->span, trigger->span.begin);
}

/* ---------------------------------------------------------------- parts of a record */

void dln_json_span(dln_buf *out, const dateline_doc *doc, dateline_span span) {
    dln_json_key(out, "start");
    dln_json_count(out, dateline_doc_code_point(doc, span.begin));
    dln_json_key(out, "end");
    dln_json_count(out, dateline_doc_code_point(doc, span.end));
}

static void text_span(dln_buf *out, const dateline_doc *doc, dateline_span span) {
    dln_json_open(out, '{');
    dln_json_span(out, doc, span);
    dln_json_member(out, "text", dln_slice(doc, span));
    dln_json_close(out, '}');
}

/* Codes hold for the day of the event, so they are the role's and not the entity's. */
static void role(dln_buf *out, const dateline_doc *doc, const dateline_role *filler) {
    dln_json_open(out, '{');
    dln_json_member(out, "entity_text", dln_slice(doc, filler->span));
    dln_json_span(out, doc, filler->span);
    dln_json_member(out, "name", filler->name);
    dln_json_member(out, "identifier_id", filler->identifier);
    dln_json_key(out, "code");
    dln_json_code(out, filler->code);
    dln_json_key(out, "sector");
    dln_json_open(out, '[');
    for (size_t i = 0; i < filler->sector_count; i++) dln_json_text(out, dateline_str_from(filler->sector[i]));
    dln_json_close(out, ']');
    dln_json_member(out, "office", filler->office);
    dln_json_key(out, "entity");
    if (filler->entity == DATELINE_NO_INDEX) dln_json_null(out);
    else dln_json_count(out, filler->entity);
    dln_json_close(out, '}');
}

static void roles(dln_buf *out, const dateline_doc *doc, const char *key, const dateline_role *fillers, size_t count) {
    dln_json_key(out, key);
    dln_json_open(out, '[');
    for (size_t i = 0; i < count; i++) role(out, doc, &fillers[i]);
    dln_json_close(out, ']');
}

static void texts(dln_buf *out, const char *key, const dateline_str *list, size_t count) {
    dln_json_key(out, key);
    dln_json_open(out, '[');
    for (size_t i = 0; i < count; i++) dln_json_text(out, list[i]);
    dln_json_close(out, ']');
}

static void coordinate(dln_buf *out, const char *key, const dateline_place *place, double degrees) {
    dln_json_key(out, key);
    if (place->has_coordinates) dln_json_number(out, degrees, 5);
    else dln_json_null(out);
}

/* Where 0 stands for unknown. */
static void positive(dln_buf *out, const char *key, uint64_t value) {
    dln_json_key(out, key);
    if (value == 0) dln_json_null(out);
    else dln_json_count(out, value);
}

/* A place that could not be resolved has its words, and null in all else. */
void dln_json_place(dln_buf *out, const dateline_doc *doc, const dateline_place *place) {
    dln_json_open(out, '{');
    dln_json_member(out, "extracted_place", dln_slice(doc, place->span));
    dln_json_span(out, doc, place->span);
    dln_json_member(out, "resolved_place", place->name);
    positive(out, "geonameid", place->geoname_id);
    coordinate(out, "lat", place, place->latitude);
    coordinate(out, "lon", place, place->longitude);
    dln_json_member(out, "city", place->city);
    dln_json_member(out, "district", place->district);
    dln_json_member(out, "province", place->province);
    dln_json_member(out, "country", place->country);
    dln_json_key(out, "country_code");
    dln_json_code(out, place->country_code);
    dln_json_key(out, "feature_class");
    dln_json_code(out, (char[]){ place->feature_class, '\0' });
    dln_json_member(out, "feature_code", place->feature_code);
    positive(out, "resolution", place->resolution);
    dln_json_close(out, '}');
}

/* 0 dead is a statement; not stated is null. */
static void size_member(dln_buf *out, const char *key, int64_t count) {
    dln_json_key(out, key);
    if (count < 0) dln_json_null(out);
    else dln_json_count(out, (uint64_t)count);
}

/* Null where the article speaks for itself. */
static void attribution(dln_buf *out, const dateline_doc *doc, const dateline_event *event) {
    dln_json_key(out, "attribution");
    const dateline_quote *quote = dateline_doc_quote(doc, event->quote);
    if (quote == NULL) {
        dln_json_null(out);
        return;
    }
    dln_json_open(out, '{');
    dln_json_key(out, "speaker");
    if (event->speaker != NULL) role(out, doc, event->speaker);
    else dln_json_null(out);
    dln_json_member(out, "outlet", quote->outlet);
    dln_json_member(out, "kind", dateline_str_from(dln_said_directly(doc, event, quote) ? "direct" : "indirect"));
    dln_json_key(out, "quote");
    if (quote->span.begin < quote->span.end) text_span(out, doc, quote->span);
    else dln_json_null(out);
    dln_json_close(out, '}');
}

static void cite_info(dln_buf *out, const dateline_doc *doc) {
    dln_json_key(out, "cite_info");
    dln_json_open(out, '{');
    dln_json_member(out, "url", dateline_doc_url(doc));
    dln_json_member(out, "title", dateline_doc_title(doc));
    dln_json_member(out, "publication", dateline_doc_publication(doc));
    dln_json_member(out, "language", dateline_doc_language(doc));
    dln_json_member(out, "coder", DLN_STR("dateline " DATELINE_VERSION));
    dln_json_member(out, "codebook", DLN_STR(DLN_CODEBOOK));
    dln_json_close(out, '}');
}

/* ---------------------------------------------------------------- the record, a few fields at a time */

/* The document's name and a number behind it make the event's id. */
static void event_id(dln_buf *out, const dateline_doc *doc, size_t number) {
    dateline_str name = dln_doc_name(doc);
    dln_json_key(out, "id");
    dln_json_quoted(out, name);
    if (out->status == DATELINE_OK) out->len--; /* reopen the string */
    dln_buf_add_format(out, ":%zu\"", number);
    dln_json_key(out, "doc_id");
    dln_json_quoted(out, name);
    dln_json_key(out, "story_id");
    dln_json_null(out);
}

/* The three fields are null together. */
static void when(dln_buf *out, const dateline_event *event) {
    bool known = event->date.year != 0;
    dln_json_key(out, "date");
    dln_json_date(out, dln_first_day(event->date));
    dln_json_member(out, "date_resolution", dateline_str_from(known ? dln_grain_name(event->date_grain) : NULL));
    dln_json_member(out, "date_source", dateline_str_from(known ? dln_date_source_name(event->date_source) : NULL));
}

static void what(dln_buf *out, const dateline_event *event) {
    dln_json_member(out, "event", event->type);
    texts(out, "mode", event->modes, event->mode_count);
    texts(out, "context", event->contexts, event->context_count);
    dln_json_key(out, "auxiliary");
    dln_json_open(out, '[');
    for (unsigned i = 0; i < DLN_AUXILIARY_COUNT; i++)
        if (event->auxiliary & 1u << i) dln_json_text(out, dateline_str_from(dln_auxiliary_names[i]));
    dln_json_close(out, ']');
    dln_json_member(out, "cameo", event->cameo);
    dln_json_key(out, "quad_code");
    dln_json_count(out, event->quad_code);
    dln_json_key(out, "event_scale");
    dln_json_number(out, event->event_scale, 3);
    dln_json_key(out, "goldstein");
    if (event->has_goldstein) dln_json_number(out, event->goldstein, 3);
    else dln_json_null(out);
}

static void where_and_words(dln_buf *out, const dateline_doc *doc, const dateline_event *event) {
    const dateline_place *place = dateline_doc_place(doc, event->place);
    dln_json_key(out, "event_loc");
    if (place != NULL) dln_json_place(out, doc, place);
    else dln_json_null(out);
    dln_json_key(out, "event_text");
    dln_json_open(out, '[');
    for (size_t i = 0; i < event->text_span_count; i++) text_span(out, doc, event->text_spans[i]);
    dln_json_close(out, ']');
    dln_json_key(out, "size");
    dln_json_open(out, '{');
    size_member(out, "dead", event->dead);
    size_member(out, "injured", event->injured);
    size_member(out, "arrested", event->arrested);
    size_member(out, "participants", event->participants);
    dln_json_close(out, '}');
}

/* The span is printed even if the sentence is missing: keys never vanish. */
static void sentence(dln_buf *out, const dateline_doc *doc, uint32_t number) {
    const dateline_sentence *found = dateline_doc_sentence(doc, number);
    dateline_span span = found != NULL ? found->span : (dateline_span){ 0, 0 };
    dln_json_key(out, "text");
    dln_json_quoted(out, dln_slice(doc, span));
    dln_json_key(out, "text_info");
    dln_json_open(out, '{');
    dln_json_key(out, "sequence");
    dln_json_count(out, number);
    dln_json_span(out, doc, span);
    dln_json_close(out, '}');
}

void dln_json_event(dln_buf *out, const dateline_doc *doc, const dateline_event *event, size_t number) {
    dln_json_open(out, '{');
    event_id(out, doc, number);
    when(out, event);
    what(out, event);
    roles(out, doc, "actor", event->actors, event->actor_count);
    roles(out, doc, "recipient", event->recipients, event->recipient_count);
    where_and_words(out, doc, event);
    attribution(out, doc, event);
    sentence(out, doc, event->sentence);
    dln_json_key(out, "confidence");
    dln_json_number(out, event->confidence, 4);
    cite_info(out, doc);
    dln_json_close(out, '}');
}

void dln_print_events(dln_buf *out, const dateline_doc *doc) {
    const dateline_event *event;
    for (size_t i = 0; (event = dateline_doc_event(doc, i)) != NULL; i++) {
        dln_json_event(out, doc, event, i + 1);
        dln_buf_add_char(out, '\n');
    }
}
