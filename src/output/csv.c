/* SPDX-License-Identifier: Apache-2.0
 * csv.c: events as a table, one line an event; the flattening is described in docs/event-schema.md.
 *
 * Cells are quoted as RFC 4180 says; a line ends in a single line feed. Lists stand in one cell with `;` between their
 * items. The lists of one role run side by side: the second code belongs to the second text. */
#include "output/output.h"

const char *dateline_csv_header(void) {
    return "id,doc_id,story_id,date,date_resolution,date_source,event,mode,context,auxiliary,cameo,quad_code,event_"
           "scale,"
           "goldstein,"
           "actor_text,actor_name,actor_identifier_id,actor_code,actor_sector,actor_office,"
           "recipient_text,recipient_name,recipient_identifier_id,recipient_code,recipient_sector,recipient_office,"
           "event_loc_extracted_place,event_loc_resolved_place,event_loc_geonameid,event_loc_lat,event_loc_lon,"
           "event_loc_city,event_loc_district,event_loc_province,event_loc_country,event_loc_country_code,"
           "event_loc_feature_class,event_loc_feature_code,event_loc_resolution,"
           "event_text,event_text_start,event_text_end,"
           "size_dead,size_injured,size_arrested,size_participants,"
           "attribution_speaker_text,attribution_speaker_name,attribution_speaker_identifier_id,"
           "attribution_speaker_code,attribution_speaker_sector,attribution_speaker_office,"
           "attribution_outlet,attribution_kind,attribution_quote,"
           "text,sequence,start,end,confidence,url,title,publication,language,coder,codebook\n";
}

/* ---------------------------------------------------------------- cells */

/* A line in the making: cells are built apart, so that one quotes them when they are complete. */
typedef struct {
    dln_buf *out;
    dln_buf cell;
    const dateline_doc *doc;
} csv_line;

/* What RFC 4180 wants in quotation marks. */
static bool needs_quotes(dateline_str cell) {
    for (size_t i = 0; i < cell.len; i++)
        if (strchr(",\"\r\n", cell.ptr[i]) != NULL && cell.ptr[i] != '\0') return true;
    return false;
}

/* The comma stands before every cell but the first of a line; quotation marks inside are doubled. */
static void end_cell(csv_line *line) {
    dateline_str cell = dln_buf_str(&line->cell);
    bool quoted = needs_quotes(cell);
    if (line->out->len > 0 && line->out->ptr[line->out->len - 1] != '\n') dln_buf_add_char(line->out, ',');
    if (quoted) dln_buf_add_char(line->out, '"');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.ptr[i] == '"') dln_buf_add_char(line->out, '"');
        dln_buf_add_char(line->out, cell.ptr[i]);
    }
    if (quoted) dln_buf_add_char(line->out, '"');
    if (line->cell.status != DATELINE_OK) line->out->status = line->cell.status;
    dln_buf_clear(&line->cell);
}

static void text_cell(csv_line *line, dateline_str text) {
    dln_buf_add(&line->cell, text);
    end_cell(line);
}

static void count_cell(csv_line *line, bool known, uint64_t value) {
    if (known) dln_buf_add_format(&line->cell, "%llu", (unsigned long long)value);
    end_cell(line);
}

static void number_cell(csv_line *line, bool known, double value, unsigned decimals) {
    if (known) dln_decimal(&line->cell, value, decimals);
    end_cell(line);
}

/* An item of a list: its own `;` become commas, so that the list can be taken apart again. */
static void list_item(csv_line *line, size_t i, dateline_str item) {
    if (i > 0) dln_buf_add_char(&line->cell, ';');
    for (size_t k = 0; k < item.len; k++) dln_buf_add_char(&line->cell, (char)(item.ptr[k] == ';' ? ',' : item.ptr[k]));
}

static void list_cell(csv_line *line, const dateline_str *items, size_t count) {
    for (size_t i = 0; i < count; i++) list_item(line, i, items[i]);
    end_cell(line);
}

/* ---------------------------------------------------------------- groups of cells */

/* The sectors of one entity, divided by a space. */
static void sector_item(csv_line *line, size_t i, const dateline_role *role) {
    if (i > 0) dln_buf_add_char(&line->cell, ';');
    for (size_t k = 0; k < role->sector_count; k++)
        dln_buf_add_format(&line->cell, "%s%s", k > 0 ? " " : "", role->sector[k]);
}

/* Six lists that run side by side: an unknown item leaves its place empty. */
static void role_cells(csv_line *line, const dateline_role *roles, size_t count) {
    for (size_t i = 0; i < count; i++) list_item(line, i, dln_slice(line->doc, roles[i].span));
    end_cell(line);
    for (size_t i = 0; i < count; i++) list_item(line, i, roles[i].name);
    end_cell(line);
    for (size_t i = 0; i < count; i++) list_item(line, i, roles[i].identifier);
    end_cell(line);
    for (size_t i = 0; i < count; i++) list_item(line, i, dateline_str_from(roles[i].code));
    end_cell(line);
    for (size_t i = 0; i < count; i++) sector_item(line, i, &roles[i]);
    end_cell(line);
    for (size_t i = 0; i < count; i++) list_item(line, i, roles[i].office);
    end_cell(line);
}

static void when_cells(csv_line *line, const dateline_event *event) {
    dateline_date day = dln_first_day(event->date);
    bool known = dln_date_is_set(day);
    char text[DLN_DATE_CHARS] = "";
    if (known) dln_date_format(day, text);
    text_cell(line, dateline_str_from(text));
    text_cell(line, dateline_str_from(known ? dln_grain_name(event->date_grain) : NULL));
    text_cell(line, dateline_str_from(known ? dln_date_source_name(event->date_source) : NULL));
}

static void what_cells(csv_line *line, const dateline_event *event) {
    text_cell(line, event->type);
    list_cell(line, event->modes, event->mode_count);
    list_cell(line, event->contexts, event->context_count);
    size_t count = 0;
    for (unsigned i = 0; i < DLN_AUXILIARY_COUNT; i++)
        if (event->auxiliary & 1u << i) list_item(line, count++, dateline_str_from(dln_auxiliary_names[i]));
    end_cell(line);
    text_cell(line, event->cameo);
    count_cell(line, true, event->quad_code);
    number_cell(line, true, event->event_scale, 3);
    number_cell(line, event->has_goldstein, event->goldstein, 3);
}

static void place_cells(csv_line *line, const dateline_event *event) {
    static const dateline_place none = { 0 };
    const dateline_place *place = dateline_doc_place(line->doc, event->place);
    if (place == NULL) place = &none;
    text_cell(line, dln_slice(line->doc, place->span));
    text_cell(line, place->name);
    count_cell(line, place->geoname_id != 0, place->geoname_id);
    number_cell(line, place->has_coordinates, place->latitude, 5);
    number_cell(line, place->has_coordinates, place->longitude, 5);
    text_cell(line, place->city);
    text_cell(line, place->district);
    text_cell(line, place->province);
    text_cell(line, place->country);
    text_cell(line, dateline_str_from(place->country_code));
    text_cell(line, dateline_str_from((char[]){ place->feature_class, '\0' }));
    text_cell(line, place->feature_code);
    count_cell(line, place->resolution != 0, place->resolution);
}

/* All words of the event; offsets of the trigger, which is the first. */
static void words_cells(csv_line *line, const dateline_event *event) {
    dateline_span trigger = event->text_span_count > 0 ? event->text_spans[0] : (dateline_span){ 0, 0 };
    for (size_t i = 0; i < event->text_span_count; i++) list_item(line, i, dln_slice(line->doc, event->text_spans[i]));
    end_cell(line);
    count_cell(line, event->text_span_count > 0, dateline_doc_code_point(line->doc, trigger.begin));
    count_cell(line, event->text_span_count > 0, dateline_doc_code_point(line->doc, trigger.end));
    count_cell(line, event->dead >= 0, (uint64_t)event->dead);
    count_cell(line, event->injured >= 0, (uint64_t)event->injured);
    count_cell(line, event->arrested >= 0, (uint64_t)event->arrested);
    count_cell(line, event->participants >= 0, (uint64_t)event->participants);
}

static void attribution_cells(csv_line *line, const dateline_event *event) {
    const dateline_quote *quote = dateline_doc_quote(line->doc, event->quote);
    role_cells(line, event->speaker, quote != NULL && event->speaker != NULL ? 1 : 0);
    text_cell(line, quote != NULL ? quote->outlet : (dateline_str){ NULL, 0 });
    bool direct = quote != NULL && dln_said_directly(line->doc, event, quote);
    text_cell(line, dateline_str_from(quote == NULL ? NULL : direct ? "direct" : "indirect"));
    text_cell(line, quote != NULL ? dln_slice(line->doc, quote->span) : (dateline_str){ NULL, 0 });
}

static void sentence_cells(csv_line *line, const dateline_event *event) {
    const dateline_sentence *sentence = dateline_doc_sentence(line->doc, event->sentence);
    dateline_span span = sentence != NULL ? sentence->span : (dateline_span){ 0, 0 };
    text_cell(line, dln_slice(line->doc, span));
    count_cell(line, true, event->sentence);
    count_cell(line, true, dateline_doc_code_point(line->doc, span.begin));
    count_cell(line, true, dateline_doc_code_point(line->doc, span.end));
    number_cell(line, true, event->confidence, 4);
}

static void source_cells(csv_line *line) {
    text_cell(line, dateline_doc_url(line->doc));
    text_cell(line, dateline_doc_title(line->doc));
    text_cell(line, dateline_doc_publication(line->doc));
    text_cell(line, dateline_doc_language(line->doc));
    text_cell(line, DLN_STR("dateline " DATELINE_VERSION));
    text_cell(line, DLN_STR(DLN_CODEBOOK));
}

/* The columns, in the order of the header. */
static void event_line(csv_line *line, const dateline_event *event, size_t number) {
    dateline_str name = dln_doc_name(line->doc);
    dln_buf_add(&line->cell, name);
    dln_buf_add_format(&line->cell, ":%zu", number);
    end_cell(line);
    text_cell(line, name);
    text_cell(line, (dateline_str){ NULL, 0 }); /* story_id */
    when_cells(line, event);
    what_cells(line, event);
    role_cells(line, event->actors, event->actor_count);
    role_cells(line, event->recipients, event->recipient_count);
    place_cells(line, event);
    words_cells(line, event);
    attribution_cells(line, event);
    sentence_cells(line, event);
    source_cells(line);
    dln_buf_add_char(line->out, '\n');
}

void dln_print_csv(dln_buf *out, const dateline_doc *doc) {
    csv_line line = { .out = out, .doc = doc };
    dln_buf_init(&line.cell);
    const dateline_event *event;
    for (size_t i = 0; (event = dateline_doc_event(doc, i)) != NULL; i++) event_line(&line, event, i + 1);
    dln_buf_release(&line.cell);
}
