/* SPDX-License-Identifier: Apache-2.0
 * text.c: reads the text form of lexicons into a draft. The form for people: docs/lexicon.md. */
#include "lexicon_internal.h"

#include <stdarg.h>
#include <stdio.h>

void dln_finding(dln_findings *findings, const char *file, uint32_t line, bool is_error, const char *format, ...) {
    char message[200];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    if (is_error && findings->error_count++ == 0)
        dln_error_set(&findings->first, DATELINE_BAD_LEXICON, line, "%s:%u: %s", file, line, message);
    if (findings->report != NULL) findings->report(findings->user, file, line, is_error, message);
}

void dln_draft_init(dln_draft *draft) {
    *draft = (dln_draft){ 0 };
    dln_arena_init(&draft->arena);
    dln_array_init(&draft->files, sizeof(dln_file));
    dln_array_init(&draft->entries, sizeof(dln_draft_entry));
    dln_array_init(&draft->phrases, sizeof(dateline_str));
    dln_array_init(&draft->values, sizeof(dln_draft_value));
}

void dln_draft_release(dln_draft *draft) {
    for (size_t i = 0; i < draft->files.count; i++) dln_file_unmap((dln_file *)draft->files.items + i);
    dln_array_release(&draft->files);
    dln_array_release(&draft->entries);
    dln_array_release(&draft->phrases);
    dln_array_release(&draft->values);
    dln_arena_release(&draft->arena);
}

dateline_status dln_draft_status(const dln_draft *draft) {
    bool ok = draft->arena.status == DATELINE_OK && draft->files.status == DATELINE_OK &&
              draft->entries.status == DATELINE_OK && draft->phrases.status == DATELINE_OK &&
              draft->values.status == DATELINE_OK;
    return ok ? DATELINE_OK : DATELINE_NO_MEMORY;
}

dateline_str dln_draft_value_of(const dln_draft *draft, const dln_draft_entry *entry, const char *key) {
    for (uint32_t i = 0; i < entry->value_count; i++) {
        const dln_draft_value *value = dln_draft_value_at(draft, entry, i);
        if (dln_str_is(value->key, key)) return value->value;
    }
    return (dateline_str){ NULL, 0 };
}

/* ---------------------------------------------------------------- one text */

typedef struct {
    dln_draft *draft;
    dln_findings *findings;
    dateline_str file, kind;
    uint32_t line;
    bool may_continue; /* the line before was (part of) an entry */
} text_reader;

#define FAIL(reader, ...) dln_finding((reader)->findings, (reader)->file.ptr, (reader)->line, true, __VA_ARGS__)

/* Cuts *rest at the first separator without a backslash before it; absent at the end. */
static dateline_str cut(dateline_str *rest, char separator) {
    if (rest->ptr == NULL) return *rest;
    dateline_str part = *rest;
    for (size_t i = 0; i < rest->len; i++) {
        if (rest->ptr[i] == '\\') i++;
        else if (rest->ptr[i] == separator) {
            part.len = i;
            *rest = (dateline_str){ rest->ptr + i + 1, rest->len - i - 1 };
            return dln_str_trim(part);
        }
    }
    *rest = (dateline_str){ NULL, 0 };
    return dln_str_trim(part);
}

/* The text without its escapes: `\;` is ';'. */
static dateline_str unescaped(text_reader *reader, dateline_str text) {
    if (text.len == 0 || memchr(text.ptr, '\\', text.len) == NULL) return text;
    char *copy = dln_arena_alloc(&reader->draft->arena, 1, text.len);
    size_t len = 0;
    for (size_t i = 0; copy != NULL && i < text.len; i++) {
        if (text.ptr[i] == '\\' && i + 1 < text.len) i++;
        copy[len++] = text.ptr[i];
    }
    return (dateline_str){ copy, len };
}

static bool is_key(dateline_str text) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_')) return false;
    }
    return text.len > 0;
}

/* `key: value; value` */
static void read_field(text_reader *reader, dln_draft_entry *entry, dateline_str field) {
    dateline_str values = field, key = cut(&values, ':');
    if (values.ptr == NULL || !is_key(key)) {
        FAIL(reader, "'%.*s' is no 'key: value'; a key has small letters, digits, '-', '_'",
             (int)(field.len < 60 ? field.len : 60), field.ptr == NULL ? "" : field.ptr);
        return;
    }
    while (values.ptr != NULL) {
        dln_draft_value value = { key, unescaped(reader, cut(&values, ';')) };
        if (value.value.len == 0)
            FAIL(reader, "empty value of '%.*s': fill it in, or take the ';' away", DLN_STR_ARG(key));
        else if (dln_array_push(&reader->draft->values, &value)) entry->value_count++;
    }
}

static void read_fields(text_reader *reader, dateline_str fields) {
    dln_array *entries = &reader->draft->entries;
    dln_draft_entry *entry = dln_draft_entry_at(reader->draft, entries->count - 1);
    while (fields.ptr != NULL) read_field(reader, entry, cut(&fields, '|'));
}

static void read_phrases(text_reader *reader, dln_draft_entry *entry, dateline_str phrases) {
    while (phrases.ptr != NULL) {
        dateline_str phrase = unescaped(reader, cut(&phrases, ';'));
        if (phrase.len == 0) FAIL(reader, "empty phrase: fill it in, or take the ';' away");
        else if (dln_array_push(&reader->draft->phrases, &phrase)) entry->phrase_count++;
    }
}

static void read_entry(text_reader *reader, dateline_str line) {
    if (reader->kind.len == 0) {
        FAIL(reader, "an entry before the first 'kind: …' line: say first what it is, as in 'kind: actor'");
        return;
    }
    dln_draft *draft = reader->draft;
    dln_draft_entry *entry = dln_array_add(&draft->entries);
    if (entry == NULL) return;
    *entry = (dln_draft_entry){ .file = reader->file.ptr,
                                .file_name = reader->file,
                                .kind = reader->kind,
                                .line = reader->line,
                                .layer = draft->layer,
                                .first_phrase = (uint32_t)draft->phrases.count,
                                .first_value = (uint32_t)draft->values.count };
    reader->may_continue = true;
    read_phrases(reader, entry, cut(&line, '|'));
    read_fields(reader, line);
    if (entry->phrase_count == 0) draft->entries.count--;
}

static void read_line(text_reader *reader, dateline_str line) {
    bool indented = line.len > 0 && (line.ptr[0] == ' ' || line.ptr[0] == '\t');
    bool continues = reader->may_continue;
    line = dln_str_trim(line);
    if (line.len > 0 && line.ptr[0] == '#') return;
    reader->may_continue = false;
    if (line.len == 0) return;
    if (!dln_utf8_is_valid(line)) {
        FAIL(reader, "not UTF-8: save the file in that form");
    } else if (line.ptr[0] == '|') {
        reader->may_continue = continues && indented;
        if (!reader->may_continue) FAIL(reader, "a line of fields needs an entry above it, and space before its '|'");
        else read_fields(reader, (dateline_str){ line.ptr + 1, line.len - 1 });
    } else if (dln_str_starts(line, DLN_STR("kind:"))) {
        reader->kind = dln_str_trim(dln_str_slice(line, 5, line.len));
        if (!is_key(reader->kind)) FAIL(reader, "a kind's name has small letters, digits, '-', '_'");
    } else {
        read_entry(reader, line);
    }
}

void dln_draft_add_text(dln_draft *draft, dln_findings *findings, dateline_str file_name, dateline_str text) {
    text_reader reader = { .draft = draft, .findings = findings, .file = dln_arena_str(&draft->arena, file_name) };
    if (reader.file.ptr == NULL) return;
    if (text.len > UINT32_MAX / 2) { /* entries count phrases and lines in 32 bits */
        FAIL(&reader, "larger than 2 GiB");
        return;
    }
    if (dln_str_starts(text, DLN_STR("\xEF\xBB\xBF"))) text = dln_str_slice(text, 3, text.len);
    while (text.len > 0 && dln_draft_status(draft) == DATELINE_OK) {
        const char *end = memchr(text.ptr, '\n', text.len);
        size_t len = end == NULL ? text.len : (size_t)(end - text.ptr);
        reader.line++;
        read_line(&reader, (dateline_str){ text.ptr, len });
        text = dln_str_slice(text, len + 1, text.len);
    }
}

/* ---------------------------------------------------------------- files */

/* 'en/actors.txt' for '/somewhere/lexicons/en/actors.txt': no name depends on the machine. */
static dateline_str short_name(const char *path) {
    dateline_str name = dateline_str_from(path);
    unsigned slashes = 0;
    for (size_t i = name.len; i > 0; i--)
        if (name.ptr[i - 1] == '/' && ++slashes == 2) return dln_str_slice(name, i, name.len);
    return name;
}

static dateline_status add_file(dln_draft *draft, dln_findings *findings, const char *path, dateline_error *err) {
    dln_file file;
    dateline_status status = dln_file_map(&file, path, err);
    if (status != DATELINE_OK) return status;
    if (!dln_array_push(&draft->files, &file)) {
        dln_file_unmap(&file);
        return dln_error_memory(err);
    }
    dln_draft_add_text(draft, findings, short_name(path), (dateline_str){ file.data, file.size });
    return dln_draft_status(draft) == DATELINE_OK ? DATELINE_OK : dln_error_memory(err);
}

dateline_status dln_draft_add_path(dln_draft *draft, dln_findings *findings, const char *path, dateline_error *err) {
    dln_array paths;
    dln_array_init(&paths, sizeof(char *));
    draft->layer++;
    dateline_status status = dln_paths_list(&paths, path, ".txt", err);
    if (status == DATELINE_OK && paths.count == 0)
        status = dln_error_set(err, DATELINE_BAD_ARGUMENT, 0, "%s: holds no lexicon: their names end in .txt", path);
    for (size_t i = 0; status == DATELINE_OK && i < paths.count; i++)
        status = add_file(draft, findings, ((char **)paths.items)[i], err);
    dln_paths_release(&paths);
    return status;
}
