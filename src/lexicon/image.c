/* SPDX-License-Identifier: Apache-2.0
 * image.c: opens compiled lexicons and reads them. Everything is checked once when it is opened: a lexicon that is
 * damaged is refused, and later reads need no checks. */
#include "lexicon_internal.h"

typedef struct {
    const uint8_t *at;
    uint32_t count;
} table;

struct dln_lexicon {
    dln_file file; /* what is mapped, or */
    char *memory;  /* what was compiled in memory */
    table kinds, entries, phrases, values;
    const char *pool;
    uint32_t pool_size;
    uint64_t checksum;
};

static uint32_t u32_at(const uint8_t *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* ---------------------------------------------------------------- opening */

static bool string_fits(const dln_lexicon *lexicon, const uint8_t *at) {
    return (uint64_t)u32_at(at) + u32_at(at + 4) <= lexicon->pool_size;
}

static bool range_fits(const uint8_t *at, uint32_t limit) {
    return (uint64_t)u32_at(at) + u32_at(at + 4) <= limit;
}

static bool strings_fit(const dln_lexicon *lexicon, table rows, size_t row_bytes, size_t strings) {
    for (uint32_t i = 0; i < rows.count; i++)
        for (size_t s = 0; s < strings; s++)
            if (!string_fits(lexicon, rows.at + i * row_bytes + 8 * s)) return false;
    return true;
}

static bool tables_fit(const dln_lexicon *lexicon) {
    for (uint32_t i = 0; i < lexicon->kinds.count; i++)
        if (!range_fits(lexicon->kinds.at + (size_t)i * DLN_KIND_BYTES + 8, lexicon->entries.count)) return false;
    for (uint32_t i = 0; i < lexicon->entries.count; i++) {
        const uint8_t *entry = lexicon->entries.at + (size_t)i * DLN_ENTRY_BYTES;
        if (!range_fits(entry + 12, lexicon->phrases.count) || !range_fits(entry + 20, lexicon->values.count))
            return false;
    }
    return strings_fit(lexicon, lexicon->kinds, DLN_KIND_BYTES, 1) &&
           strings_fit(lexicon, lexicon->entries, DLN_ENTRY_BYTES, 1) &&
           strings_fit(lexicon, lexicon->phrases, DLN_PHRASE_BYTES, 2) &&
           strings_fit(lexicon, lexicon->values, DLN_VALUE_BYTES, 2);
}

static void read_table(dln_reader *reader, table *rows, uint64_t row_bytes) {
    rows->at = dln_reader_bytes(reader, rows->count * row_bytes);
}

/* NULL: all is well; else what is not. */
static const char *read_image(dln_lexicon *lexicon, const void *data, size_t size) {
    dln_reader reader = dln_reader_of(data, size);
    const void *magic = dln_reader_bytes(&reader, 8);
    if (magic == NULL || memcmp(magic, DLN_LEXICON_MAGIC, 8) != 0) return "is no compiled lexicon";
    if (dln_reader_u32(&reader) != DLN_LEXICON_VERSION) return "is of another version; compile it anew";
    lexicon->kinds.count = dln_reader_u32(&reader);
    lexicon->entries.count = dln_reader_u32(&reader);
    lexicon->phrases.count = dln_reader_u32(&reader);
    lexicon->values.count = dln_reader_u32(&reader);
    lexicon->pool_size = dln_reader_u32(&reader);
    lexicon->checksum = dln_reader_u64(&reader);
    dateline_str body = { (const char *)reader.at, (size_t)(reader.end - reader.at) };
    read_table(&reader, &lexicon->kinds, DLN_KIND_BYTES);
    read_table(&reader, &lexicon->entries, DLN_ENTRY_BYTES);
    read_table(&reader, &lexicon->phrases, DLN_PHRASE_BYTES);
    read_table(&reader, &lexicon->values, DLN_VALUE_BYTES);
    lexicon->pool = dln_reader_bytes(&reader, lexicon->pool_size);
    bool whole = reader.status == DATELINE_OK && reader.at == reader.end &&
                 dln_checksum(body.ptr, body.len) == lexicon->checksum;
    return whole && tables_fit(lexicon) ? NULL : "is damaged; compile it anew";
}

static dln_lexicon *new_lexicon(dateline_error *err) {
    dln_lexicon *lexicon = dln_alloc(1, sizeof *lexicon);
    if (lexicon == NULL) dln_error_memory(err);
    return lexicon;
}

dln_lexicon *dln_lexicon_from_image(dln_buf *image, dateline_error *err) {
    size_t size = image->len;
    char *memory = dln_buf_detach(image);
    dln_lexicon *lexicon = memory == NULL ? NULL : new_lexicon(err);
    if (memory == NULL) dln_error_memory(err);
    if (lexicon == NULL) {
        dln_free(memory);
        return NULL;
    }
    lexicon->memory = memory;
    const char *wrong = read_image(lexicon, memory, size);
    if (wrong == NULL) return lexicon;
    dln_error_set(err, DATELINE_BAD_LEXICON, 0, "the lexicon in memory %s", wrong);
    dln_lexicon_free(lexicon);
    return NULL;
}

static dln_lexicon *open_compiled(const char *path, dateline_error *err) {
    dln_lexicon *lexicon = new_lexicon(err);
    if (lexicon == NULL) return NULL;
    if (dln_file_map(&lexicon->file, path, err) != DATELINE_OK) {
        if (err != NULL) err->code = DATELINE_BAD_LEXICON;
    } else {
        const char *wrong = read_image(lexicon, lexicon->file.data, lexicon->file.size);
        if (wrong == NULL) return lexicon;
        dln_error_set(err, DATELINE_BAD_LEXICON, 0, "%s %s", path, wrong);
    }
    dln_lexicon_free(lexicon);
    return NULL;
}

void dln_lexicon_free(dln_lexicon *lexicon) {
    if (lexicon == NULL) return;
    dln_file_unmap(&lexicon->file);
    dln_free(lexicon->memory);
    dln_free(lexicon);
}

/* ---------------------------------------------------------------- loading with text lexicons */

/* The draft as a lexicon in memory, if nothing is wrong with it. */
static dln_lexicon *build(dln_draft *draft, dln_findings *findings, dateline_error *err) {
    dln_lexicon *lexicon = NULL;
    dln_buf image;
    dln_buf_init(&image);
    if (dln_draft_status(draft) != DATELINE_OK) dln_error_memory(err);
    else if (findings->error_count == 0 && dln_draft_compile(draft, &image, err) == DATELINE_OK)
        lexicon = dln_lexicon_from_image(&image, err);
    bool checked = lexicon != NULL && dln_draft_check(draft, lexicon, findings, err) == DATELINE_OK;
    dln_buf_release(&image);
    if (findings->error_count > 0 && err != NULL) *err = findings->first;
    if (checked && findings->error_count == 0) return lexicon;
    dln_lexicon_free(lexicon);
    return NULL;
}

dln_lexicon *dln_lexicon_load(const char *compiled_path, const char *const *text_paths, size_t text_path_count,
                              dateline_error *err) {
    dln_lexicon *base = NULL, *lexicon = NULL;
    if (compiled_path != NULL && (base = open_compiled(compiled_path, err)) == NULL) return NULL;
    if (base != NULL && text_path_count == 0) return base;
    dln_draft draft;
    dln_findings findings = { 0 };
    dln_draft_init(&draft);
    if (base != NULL) dln_draft_add_lexicon(&draft, base);
    dateline_status status = DATELINE_OK;
    for (size_t i = 0; status == DATELINE_OK && i < text_path_count; i++)
        status = dln_draft_add_path(&draft, &findings, text_paths[i], err);
    if (status == DATELINE_IO && err != NULL) err->code = DATELINE_BAD_LEXICON;
    if (status == DATELINE_OK) lexicon = build(&draft, &findings, err);
    dln_draft_release(&draft);
    dln_lexicon_free(base);
    return lexicon;
}

dln_lexicon *dln_lexicon_from_text(const char *file, dateline_str text, dateline_error *err) {
    dln_draft draft;
    dln_findings findings = { 0 };
    dln_draft_init(&draft);
    draft.layer++;
    dln_draft_add_text(&draft, &findings, dateline_str_from(file), text);
    dln_lexicon *lexicon = build(&draft, &findings, err);
    dln_draft_release(&draft);
    return lexicon;
}

/* ---------------------------------------------------------------- reading */

static dateline_str string_at(const dln_lexicon *lexicon, const uint8_t *at) {
    return (dateline_str){ lexicon->pool + u32_at(at), u32_at(at + 4) };
}

static const uint8_t *entry_at(const dln_lexicon *lexicon, uint32_t entry) {
    return lexicon->entries.at + (size_t)entry * DLN_ENTRY_BYTES;
}

static const uint8_t *phrase_at(const dln_lexicon *lexicon, uint32_t entry, uint32_t i) {
    return lexicon->phrases.at + ((size_t)u32_at(entry_at(lexicon, entry) + 12) + i) * DLN_PHRASE_BYTES;
}

static const uint8_t *value_at(const dln_lexicon *lexicon, uint32_t entry, uint32_t i) {
    return lexicon->values.at + ((size_t)u32_at(entry_at(lexicon, entry) + 20) + i) * DLN_VALUE_BYTES;
}

size_t dln_lexicon_count(const dln_lexicon *lexicon) {
    return lexicon->entries.count;
}

uint64_t dln_lexicon_checksum(const dln_lexicon *lexicon) {
    return lexicon->checksum;
}

uint32_t dln_lexicon_kind(const dln_lexicon *lexicon, const char *kind, uint32_t *first) {
    *first = 0;
    for (uint32_t i = 0; i < lexicon->kinds.count; i++) {
        const uint8_t *row = lexicon->kinds.at + (size_t)i * DLN_KIND_BYTES;
        if (!dln_str_is(string_at(lexicon, row), kind)) continue;
        *first = u32_at(row + 8);
        return u32_at(row + 12);
    }
    return 0;
}

dateline_str dln_entry_file(const dln_lexicon *lexicon, uint32_t entry) {
    return string_at(lexicon, entry_at(lexicon, entry));
}

uint32_t dln_entry_line(const dln_lexicon *lexicon, uint32_t entry) {
    return u32_at(entry_at(lexicon, entry) + 8);
}

uint32_t dln_entry_layer(const dln_lexicon *lexicon, uint32_t entry) {
    return u32_at(entry_at(lexicon, entry) + 28);
}

uint32_t dln_entry_phrase_count(const dln_lexicon *lexicon, uint32_t entry) {
    return u32_at(entry_at(lexicon, entry) + 16);
}

dateline_str dln_entry_phrase(const dln_lexicon *lexicon, uint32_t entry, uint32_t i) {
    return string_at(lexicon, phrase_at(lexicon, entry, i));
}

dln_folded dln_entry_folded(const dln_lexicon *lexicon, uint32_t entry, uint32_t i) {
    const uint8_t *row = phrase_at(lexicon, entry, i);
    return (dln_folded){ string_at(lexicon, row + 8), u32_at(row + 16) | (uint64_t)u32_at(row + 20) << 32 };
}

uint32_t dln_entry_value_count(const dln_lexicon *lexicon, uint32_t entry, const char *key) {
    uint32_t count = 0, all = u32_at(entry_at(lexicon, entry) + 24);
    for (uint32_t i = 0; i < all; i++) count += dln_str_is(string_at(lexicon, value_at(lexicon, entry, i)), key);
    return count;
}

dateline_str dln_entry_value(const dln_lexicon *lexicon, uint32_t entry, const char *key, uint32_t i) {
    uint32_t all = u32_at(entry_at(lexicon, entry) + 24);
    for (uint32_t v = 0; v < all; v++) {
        const uint8_t *row = value_at(lexicon, entry, v);
        if (dln_str_is(string_at(lexicon, row), key) && i-- == 0) return string_at(lexicon, row + 8);
    }
    return (dateline_str){ NULL, 0 };
}

/* ---------------------------------------------------------------- back into a draft */

static void add_entry(dln_draft *draft, const dln_lexicon *lexicon, uint32_t below, dateline_str kind,
                      uint32_t number) {
    const uint8_t *row = entry_at(lexicon, number);
    dln_draft_entry entry = { .file_name = string_at(lexicon, row),
                              .kind = kind,
                              .line = u32_at(row + 8),
                              .layer = below + dln_entry_layer(lexicon, number),
                              .first_phrase = (uint32_t)draft->phrases.count,
                              .phrase_count = u32_at(row + 16),
                              .first_value = (uint32_t)draft->values.count,
                              .value_count = u32_at(row + 24) };
    for (uint32_t i = 0; i < entry.phrase_count; i++) {
        dateline_str phrase = dln_entry_phrase(lexicon, number, i);
        dln_array_push(&draft->phrases, &phrase);
    }
    for (uint32_t i = 0; i < entry.value_count; i++) {
        const uint8_t *value_row = value_at(lexicon, number, i);
        dln_draft_value value = { string_at(lexicon, value_row), string_at(lexicon, value_row + 8) };
        dln_array_push(&draft->values, &value);
    }
    if (entry.layer > draft->layer) draft->layer = entry.layer;
    dln_array_push(&draft->entries, &entry);
}

void dln_draft_add_lexicon(dln_draft *draft, const dln_lexicon *lexicon) {
    uint32_t below = draft->layer;
    for (uint32_t k = 0; k < lexicon->kinds.count; k++) {
        const uint8_t *kind = lexicon->kinds.at + (size_t)k * DLN_KIND_BYTES;
        uint32_t first = u32_at(kind + 8), count = u32_at(kind + 12);
        for (uint32_t i = 0; i < count; i++) add_entry(draft, lexicon, below, string_at(lexicon, kind), first + i);
    }
}
