/* SPDX-License-Identifier: Apache-2.0
 * record.c: a piece of input to a record, or the reason why it is none.
 *
 * A record is rejected for what a user would want to know before trusting the rest: no JSON object, no text, a known
 * field of the wrong type, a date that is no date. Null and empty fields are absent; an empty text is a text. */
#include "ingest/ingest_internal.h"

dln_record *dln_record_new(const dln_piece *piece, dateline_date date, uint32_t max_bytes) {
    dln_record *record = dln_alloc(1, sizeof *record);
    if (record == NULL) return NULL;
    dln_arena_init(&record->arena);
    record->shown.input = (dateline_input)DATELINE_INPUT_INIT;
    record->shown.input.date = date;
    record->shown.input.max_bytes = max_bytes;
    record->shown.offset = piece->offset;
    return record;
}

void dateline_record_free(dateline_record *shown) {
    if (shown == NULL) return;
    dln_record *record = (dln_record *)shown;
    dln_arena_release(&record->arena);
    dln_free(record);
}

/* A reason quotes the input: broken characters, also those it was cut in, and line ends become '?'. */
static void clean(char *reason) {
    dateline_str text = dateline_str_from(reason);
    for (size_t at = 0, begin = 0; at < text.len; begin = at) {
        uint32_t c = dln_utf8_next(text, &at);
        if (c == DLN_REPLACEMENT || c < ' ') memset(reason + begin, '?', at - begin);
    }
}

/* The first reason counts. */
static void reject(dln_record *record, const dateline_error *reason) {
    if (record->shown.rejected) return;
    record->shown.rejected = true;
    memcpy(record->shown.reason, reason->what, sizeof record->shown.reason);
    clean(record->shown.reason);
}

/* Mended and copied for keeps; the empty string is absent. */
static dateline_str kept(dln_record *record, dateline_str text) {
    dln_buf mended;
    dln_buf_init(&mended);
    dln_text_mend(&mended, NULL, text);
    if (mended.status != DATELINE_OK) record->arena.status = mended.status;
    dateline_str copy = { NULL, 0 };
    if (mended.len != 0) copy = dln_arena_str(&record->arena, dln_buf_str(&mended));
    dln_buf_release(&mended);
    return copy;
}

void dln_record_set_text(dln_record *record, dateline_str id, dateline_str text) {
    record->shown.input.id = kept(record, id);
    record->shown.input.text = dln_arena_str(&record->arena, text);
}

static void set_date(dln_record *record, dateline_str name, dateline_str value) {
    if (dln_str_trim(value).len == 0) return;
    dateline_date date = dateline_date_parse(dln_str_trim(value));
    record->shown.input.date = date;
    dateline_error reason;
    if (date.year != 0) return;
    dln_error_set(&reason, DATELINE_BAD_INPUT, 0, "field '%.*s': '%.*s' is not a date (YYYY-MM-DD)", //
                  (int)(name.len < 60 ? name.len : 60), name.ptr, (int)(value.len < 60 ? value.len : 60), value.ptr);
    reject(record, &reason);
}

static void set_field(dln_record *record, dln_field field, dateline_str name, dateline_str value) {
    dateline_input *input = &record->shown.input;
    switch (field) {
    case DLN_FIELD_ID: input->id = kept(record, value); break;
    case DLN_FIELD_DATE: set_date(record, name, value); break;
    case DLN_FIELD_TITLE: input->title = kept(record, value); break;
    case DLN_FIELD_TEXT: input->text = dln_arena_str(&record->arena, value); break;
    case DLN_FIELD_URL: input->url = kept(record, value); break;
    case DLN_FIELD_PUBLICATION: input->publication = kept(record, value); break;
    case DLN_FIELD_LANGUAGE: input->language = kept(record, value); break;
    case DLN_FIELD_CONTEXT: record->context = kept(record, value); break;
    case DLN_FIELD_COUNT: break;
    }
}

/* As a reason speaks of it. */
static const char *kind_name(const json_t *value) {
    switch (json_typeof(value)) {
    case JSON_OBJECT: return "an object";
    case JSON_ARRAY: return "a list";
    case JSON_INTEGER:
    case JSON_REAL: return "a number";
    case JSON_TRUE:
    case JSON_FALSE: return "a boolean";
    case JSON_STRING:
    case JSON_NULL: break;
    }
    return "a value";
}

static void set_number(dln_record *record, dln_field field, dateline_str name, json_int_t value) {
    dln_buf number;
    dln_buf_init(&number);
    dln_buf_add_format(&number, "%" JSON_INTEGER_FORMAT, value);
    if (number.status != DATELINE_OK) record->arena.status = number.status;
    set_field(record, field, name, dln_buf_str(&number));
    dln_buf_release(&number);
}

static void take_value(dln_record *record, dln_field field, dateline_str name, const json_t *value) {
    if (json_is_string(value)) {
        set_field(record, field, name, (dateline_str){ json_string_value(value), json_string_length(value) });
    } else if (json_is_integer(value) && field == DLN_FIELD_ID) {
        set_number(record, field, name, json_integer_value(value));
    } else if (value != NULL && !json_is_null(value)) {
        dateline_error reason;
        dln_error_set(&reason, DATELINE_BAD_INPUT, 0, "field '%.*s': a string is expected, not %s",
                      (int)(name.len < 60 ? name.len : 60), name.ptr, kind_name(value));
        reject(record, &reason);
    }
}

/* The context is a phrase's alone; elsewhere it is a field of somebody else's. */
static void take_fields(dln_record *record, const json_t *object, const dateline_str fields[DLN_FIELD_COUNT]) {
    for (size_t i = 0; i < DLN_FIELD_COUNT; i++)
        if (i != DLN_FIELD_CONTEXT || record->is_phrase)
            take_value(record, (dln_field)i, fields[i], json_object_get(object, fields[i].ptr));
}

void dln_record_read_json(dln_record *record, dln_buf *cleaned, const dateline_str fields[DLN_FIELD_COUNT],
                          dateline_str line) {
    dateline_error reason;
    json_t *object = dln_json_read(cleaned, line, &reason);
    if (object == NULL) {
        if (reason.code == DATELINE_NO_MEMORY) record->arena.status = DATELINE_NO_MEMORY;
        reject(record, &reason);
        return;
    }
    take_fields(record, object, fields);
    json_decref(object);
    if (record->shown.input.text.ptr != NULL) return;
    dateline_str text = fields[DLN_FIELD_TEXT];
    dln_error_set(&reason, DATELINE_BAD_INPUT, 0, "field '%.*s' is missing", (int)(text.len < 60 ? text.len : 60),
                  text.ptr);
    reject(record, &reason);
}

void dln_record_join_context(dln_record *record) {
    if (record->context.len == 0 || record->shown.input.text.ptr == NULL) return;
    dln_buf joined;
    dln_buf_init(&joined);
    dln_buf_add(&joined, record->shown.input.text);
    dln_buf_add(&joined, DLN_STR("\n\n"));
    dln_buf_add(&joined, record->context);
    if (joined.status != DATELINE_OK) record->arena.status = joined.status;
    record->shown.input.text = dln_arena_str(&record->arena, dln_buf_str(&joined));
    dln_buf_release(&joined);
}

static dateline_str numbered(dln_record *record, dateline_str name, uint64_t line) {
    dln_buf id;
    dln_buf_init(&id);
    dln_buf_add(&id, name);
    if (line != 0) dln_buf_add_format(&id, ":%llu", (unsigned long long)line);
    if (id.status != DATELINE_OK) record->arena.status = id.status;
    dateline_str copy = kept(record, dln_buf_str(&id));
    dln_buf_release(&id);
    return copy;
}

void dln_record_finish(dln_record *record, dateline_str name, uint64_t line, bool too_long) {
    dateline_input *input = &record->shown.input;
    if (input->id.len == 0) input->id = input->url.len != 0 ? input->url : numbered(record, name, line);
    dateline_error reason;
    if (!too_long) return;
    dln_error_set(&reason, DATELINE_TOO_LARGE, 0, "longer than the limit of %u bytes", (unsigned)input->max_bytes);
    reject(record, &reason);
}
