/* SPDX-License-Identifier: Apache-2.0
 * input.c: files and standard input to records, one file behind the other. A file that cannot be read is complained of;
 * the others are read all the same. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct input {
    const options *given;
    bool running_text, conllu, failed, misused, hinted, hinted_date;
    size_t next_file;
    const char *file; /* the one that is open; NULL: none */
    dateline_source *source;
    text line, name;           /* CoNLL-U: the line looked at; the id that a file's name gives */
    uint64_t done_before, all; /* bytes of the files before this one, and of all; all 0: not known */
};

static const char *const standard_input[] = { "-" };

/* No file named: standard input alone. */
static size_t file_count(const options *given) {
    return given->operands.count == 0 ? 1 : given->operands.count;
}

static const char *file_at(const options *given, size_t i) {
    return given->operands.count == 0 ? standard_input[0] : given->operands.items[i];
}

/* For progress alone; 0: not known. */
static uint64_t size_of(const char *path) {
    struct stat info;
    bool known = strcmp(path, "-") != 0 && stat(path, &info) == 0 && S_ISREG(info.st_mode);
    return known ? (uint64_t)info.st_size : 0;
}

input *input_open(const options *given, bool running_text) {
    input *from = allocate(1, sizeof *from);
    from->given = given;
    from->running_text = running_text;
    from->conllu = given->from != NULL && strcmp(given->from, "conllu") == 0;
    for (size_t i = 0; i < file_count(given); i++) {
        uint64_t size = size_of(file_at(given, i));
        from->all += size;
    }
    return from;
}

/* A text's id for `dateline parse`: the file's name without folder and ending. */
static const char *id_of_file(text *name, const char *path) {
    static const char *const packed[] = { ".gz", ".zst" };
    const char *slash = strrchr(path, '/');
    name->len = 0;
    text_add_string(name, strcmp(path, "-") == 0 ? "stdin" : slash == NULL ? path : slash + 1);
    if (name->failed) return path;
    for (size_t i = 0; i < sizeof packed / sizeof *packed; i++) {
        char *dot = strrchr(name->ptr, '.');
        if (dot != NULL && dot != name->ptr && strcmp(dot, packed[i]) == 0) *dot = '\0';
    }
    char *dot = strrchr(name->ptr, '.');
    if (dot != NULL && dot != name->ptr) *dot = '\0';
    return name->ptr;
}

/* The options that say how to read hold for every file. */
static bool open_source(input *from, const char *path) {
    const options *given = from->given;
    dateline_source_options wanted = DATELINE_SOURCE_OPTIONS_INIT;
    dateline_error err = { 0 };
    wanted.form = from->conllu ? "lines" : given->from;
    wanted.date = dateline_date_parse(dateline_str_from(given->date));
    if (given->id != NULL) wanted.id = dateline_str_from(given->id);
    else if (from->running_text) wanted.id = dateline_str_from(id_of_file(&from->name, path));
    wanted.fields = given->fields.items;
    wanted.field_count = given->fields.count;
    wanted.max_bytes = given->max_size == NULL ? 0 : (uint32_t)strtoul(given->max_size, NULL, 10) << 20;
    from->line.len = 0;
    from->source = dateline_source_open(path, &wanted, &err);
    if (from->source == NULL && !was_interrupted()) complain("%s", err.what);
    from->misused = from->misused || err.code == DATELINE_BAD_ARGUMENT;
    return from->source != NULL;
}

static void close_file(input *from) {
    if (from->file == NULL) return;
    from->done_before += size_of(from->file);
    from->file = NULL;
    dateline_source_close(from->source);
    from->source = NULL;
}

/* JSON Lines taken for plain text is an easy mistake, and its output is of no use. */
static void hint_at_form(input *from, dateline_str content) {
    if (from->hinted || from->given->from != NULL || content.len < 2 || memcmp(content.ptr, "{\"", 2) != 0) return;
    complain("%s: read as plain text, but looks like JSON Lines; if it is, say --from jsonl", from->file);
    from->hinted = true;
}

/* Without its day of publication a text still has events, but hardly one of them a date. */
static void hint_at_date(input *from, const dateline_record *record) {
    if (from->hinted_date || from->running_text || from->given->quiet) return;
    if (record->input.date.year != 0 || record->input.text.len == 0) return;
    complain("%s: no date of publication, so that days like 'on Monday' stay open; give --date YYYY-MM-DD", from->file);
    from->hinted_date = true;
}

static bool next_record(input *from, item *next) {
    dateline_error err = { 0 };
    if (dateline_source_next(from->source, &next->record, &err) != DATELINE_OK) {
        if (!was_interrupted()) complain("%s", err.what);
        from->failed = true;
        return false;
    }
    if (next->record == NULL) return false;
    hint_at_form(from, next->record->input.text);
    hint_at_date(from, next->record);
    next->size = next->record->input.text.len;
    next->offset = next->record->offset;
    return true;
}

/* A document without an id of its own is called after its file. */
static bool next_given(input *from, item *next) {
    dateline_error err = { 0 };
    next->tokens = given_doc_read(from->source, &from->line, &err);
    if (err.code != DATELINE_OK && !was_interrupted()) complain("%s", err.what);
    from->failed = from->failed || err.code != DATELINE_OK;
    if (next->tokens == NULL) return false;
    if (next->tokens->id == NULL) {
        const char *id = from->given->id != NULL ? from->given->id : id_of_file(&from->name, from->file);
        text copy = { 0 };
        text_add_string(&copy, id);
        next->tokens->id = copy.ptr;
    }
    next->size = next->tokens->words.len;
    return true;
}

/* From file to file, until one has something to give. */
bool input_next(input *from, item *next) {
    for (;;) {
        *next = (item){ .file = from->file };
        if (from->file != NULL && (from->conllu ? next_given(from, next) : next_record(from, next))) return true;
        close_file(from);
        if (was_interrupted() || from->misused) return false;
        if (from->next_file == file_count(from->given)) return false;
        const char *path = file_at(from->given, from->next_file++);
        if (open_source(from, path)) from->file = path;
        else from->failed = true;
    }
}

/* A wrong option weighs more than a file that is not there. */
int input_status(const input *from) {
    return from->misused ? STATUS_USAGE : from->failed ? STATUS_IO : STATUS_OK;
}

void input_progress(const input *from, uint64_t *done, uint64_t *all) {
    *done = from->done_before;
    *all = from->all;
    uint64_t here = 0, here_all = 0;
    if (from->source != NULL) dateline_source_progress(from->source, &here, &here_all);
    *done += here;
}

void input_close(input *from) {
    close_file(from);
    text_free(&from->line);
    text_free(&from->name);
    free(from);
}

void item_free(item *of) {
    dateline_record_free(of->record);
    given_doc_free(of->tokens);
    *of = (item){ 0 };
}
