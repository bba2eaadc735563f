/* SPDX-License-Identifier: Apache-2.0
 * source.c: a file to records, one at a time. */
#include "ingest/ingest_internal.h"

#define MAX_BYTES_DEFAULT (16u << 20)

static const char *const field_names[DLN_FIELD_COUNT] = { "id",  "date",        "title",    "text",
                                                          "url", "publication", "language", "context" };

struct dateline_source {
    dln_pieces pieces;
    bool in_lines;             /* not one record for the whole file */
    bool is_jsonl, is_phrases; /* of lines: each a JSON object; a phrase may also be bare */
    bool text_done;            /* a plain text is one record, also if it is empty */
    uint64_t line;             /* number of the last line read, from 1 */
    uint32_t max_bytes;
    dateline_str id; /* of a plain text */
    dateline_str name;
    dateline_date date;
    dateline_str fields[DLN_FIELD_COUNT]; /* names in the input */
    dln_buf decoded;
    dln_buf cleaned; /* scratch for reading JSON */
    dln_arena arena; /* owns the names above */
};

/* ---------------------------------------------------------------- opening */

static dateline_str without_suffix(dateline_str name, const char *suffix) {
    dateline_str end = dateline_str_from(suffix);
    if (name.len <= end.len || !dln_str_equal_nocase(dln_str_slice(name, name.len - end.len, name.len), end))
        return name;
    return dln_str_slice(name, 0, name.len - end.len);
}

/* The file's name without folders and without the ending of its packing: packed or not, records get the same ids. */
static dateline_str plain_name(const char *path) {
    dateline_str name = dateline_str_from(path);
    for (size_t at = name.len; at > 0; at--)
        if (path[at - 1] == '/') return plain_name(path + at);
    return without_suffix(without_suffix(without_suffix(name, ".gz"), ".zst"), ".zstd");
}

static bool find_form(dateline_source *source, const char *form, dateline_error *err) {
    dateline_str stem = without_suffix(without_suffix(source->name, ".jsonl"), ".ndjson");
    source->is_phrases = form != NULL && strcmp(form, "phrases") == 0;
    source->is_jsonl = form == NULL ? stem.len < source->name.len : source->is_phrases || strcmp(form, "jsonl") == 0;
    source->in_lines = source->is_jsonl || (form != NULL && strcmp(form, "lines") == 0);
    if (form == NULL || source->in_lines || strcmp(form, "text") == 0) return true;
    dln_error_set(err, DATELINE_BAD_ARGUMENT, 0, "input form '%.40s' is not known: use text, jsonl, lines or phrases",
                  form);
    return false;
}

/* One renaming, 'text=body'. */
static bool rename_field(dateline_source *source, const char *renaming, dateline_error *err) {
    dateline_str rest = dateline_str_from(renaming);
    dateline_str ours = dln_str_part(&rest, '=');
    for (size_t i = 0; i < DLN_FIELD_COUNT && rest.len > 0; i++) {
        if (!dln_str_is(ours, field_names[i])) continue;
        source->fields[i] = dln_arena_str(&source->arena, rest);
        return true;
    }
    dln_error_set(err, DATELINE_BAD_ARGUMENT, 0,
                  "field '%.60s': write OURS=THEIRS, where OURS is id, date, title, text, url, publication or language",
                  renaming == NULL ? "" : renaming);
    return false;
}

static bool take_options(dateline_source *source, const char *path, const dateline_source_options *options,
                         dateline_error *err) {
    source->name = dln_arena_str(&source->arena, plain_name(path));
    source->id = dln_arena_str(&source->arena, options->id);
    source->date = options->date;
    source->max_bytes = options->max_bytes == 0 ? MAX_BYTES_DEFAULT : options->max_bytes;
    for (size_t i = 0; i < DLN_FIELD_COUNT; i++) source->fields[i] = dateline_str_from(field_names[i]);
    for (size_t i = 0; i < options->field_count; i++)
        if (!rename_field(source, options->fields[i], err)) return false;
    if (!find_form(source, options->form, err)) return false;
    if (source->arena.status != DATELINE_OK) dln_error_memory(err);
    return source->arena.status == DATELINE_OK;
}

static dateline_source *new_source(const char *path, const dateline_source_options *options, dateline_error *err) {
    const dateline_source_options defaults = DATELINE_SOURCE_OPTIONS_INIT;
    if (options == NULL) options = &defaults;
    if (path == NULL || options->size != sizeof *options) {
        dln_error_set(err, DATELINE_BAD_ARGUMENT, 0,
                      "dateline_source_options: start from DATELINE_SOURCE_OPTIONS_INIT");
        return NULL;
    }
    dateline_source *source = dln_alloc(1, sizeof *source);
    if (source == NULL) {
        dln_error_memory(err);
        return NULL;
    }
    dln_json_seed(source);
    dln_arena_init(&source->arena);
    dln_buf_init(&source->decoded);
    dln_buf_init(&source->cleaned);
    if (take_options(source, path, options, err)) return source;
    dateline_source_close(source);
    return NULL;
}

static dateline_source *start(dateline_source *source, dln_unpacker *unpacker, dateline_error *err) {
    if (unpacker != NULL && dln_pieces_init(&source->pieces, unpacker, err) == DATELINE_OK) return source;
    dateline_source_close(source);
    return NULL;
}

dateline_source *dateline_source_open(const char *path, const dateline_source_options *options, dateline_error *err) {
    dateline_source *source = new_source(path, options, err);
    return source == NULL ? NULL : start(source, dln_unpacker_open(path, err), err);
}

dateline_source *dln_source_from_memory(const char *name, dateline_str bytes, const dateline_source_options *options,
                                        dateline_error *err) {
    dateline_source *source = new_source(name, options, err);
    return source == NULL ? NULL : start(source, dln_unpacker_from_memory(name, bytes, err), err);
}

void dateline_source_close(dateline_source *source) {
    if (source == NULL) return;
    dln_pieces_release(&source->pieces);
    dln_buf_release(&source->decoded);
    dln_buf_release(&source->cleaned);
    dln_arena_release(&source->arena);
    dln_free(source);
}

void dateline_source_progress(const dateline_source *source, uint64_t *bytes_done, uint64_t *bytes_all) {
    *bytes_done = dln_unpacker_done(source->pieces.unpacker);
    *bytes_all = dln_unpacker_size(source->pieces.unpacker);
}

/* ---------------------------------------------------------------- records */

static void read_content(dateline_source *source, dln_record *record, const dln_piece *piece) {
    dateline_str line = dln_str_trim(piece->bytes);
    if (!source->is_jsonl) {
        dln_record_set_text(record, source->id, piece->bytes);
    } else if (source->is_phrases && !dln_str_starts(line, DLN_STR("{"))) {
        dln_record_set_text(record, (dateline_str){ NULL, 0 }, line);
    } else if (!piece->too_long) {
        record->is_phrase = source->is_phrases;
        dln_record_read_json(record, &source->cleaned, source->fields, piece->bytes);
        dln_record_join_context(record);
    }
}

/* Buffers that a huge line has left behind would stand beside its document, which takes memory enough. */
#define KEPT_BYTES ((size_t)1 << 20)

static void release_large(dln_buf *buf) {
    if (buf->capacity > KEPT_BYTES) dln_buf_release(buf);
}

/* The id of a record that brings none: a text's is the file's name, a line's has its number behind it. */
static dateline_status make_record(dateline_source *source, const dln_piece *piece, dln_record **out,
                                   dateline_error *err) {
    dln_record *record = dln_record_new(piece, source->date, source->max_bytes);
    if (record == NULL) return dln_error_memory(err);
    read_content(source, record, piece);
    dln_record_finish(record, source->name, source->in_lines ? source->line : 0, piece->too_long);
    release_large(&source->pieces.bytes);
    release_large(&source->decoded);
    release_large(&source->cleaned);
    *out = record;
    if (record->arena.status == DATELINE_OK) return DATELINE_OK;
    dateline_record_free(&record->shown);
    *out = NULL;
    return dln_error_memory(err);
}

static bool is_blank(dateline_str line) {
    return dln_str_trim(line).len == 0;
}

/* The next piece that makes a record, as UTF-8. Blank lines are none. */
static dateline_status next_piece(dateline_source *source, dln_piece *piece, bool *found, dateline_error *err) {
    do {
        dateline_status status =
            dln_pieces_next(&source->pieces, !source->in_lines, source->max_bytes, piece, found, err);
        if (status != DATELINE_OK || !*found) return status;
        source->line++;
        piece->bytes = dln_charset_decode(source->pieces.charset, piece->bytes, &source->decoded);
        if (source->decoded.status != DATELINE_OK) return dln_error_memory(err);
    } while (source->is_jsonl && !piece->too_long && is_blank(piece->bytes));
    return DATELINE_OK;
}

dateline_status dateline_source_next(dateline_source *source, dateline_record **record, dateline_error *err) {
    *record = NULL;
    if (source->text_done) return DATELINE_OK;
    dln_piece piece;
    bool found;
    dateline_status status = next_piece(source, &piece, &found, err);
    source->text_done = !source->in_lines;
    if (status != DATELINE_OK || (!found && source->in_lines)) return status;
    dln_record *made = NULL;
    status = make_record(source, &piece, &made, err);
    if (status == DATELINE_OK) *record = &made->shown;
    return status;
}
