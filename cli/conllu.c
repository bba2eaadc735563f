/* SPDX-License-Identifier: Apache-2.0
 * conllu.c: reads sentences and tokens from CoNLL-U. Words, sentence ends, SpaceAfter=No and multiword tokens count;
 * everything else is filled in anew by the engine. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS 10

/* The next line without its end. False: the end of the file, or *err. */
static bool read_line(dateline_source *source, text *line, dateline_error *err) {
    dateline_record *record = NULL;
    if (dateline_source_next(source, &record, err) != DATELINE_OK || record == NULL) return false;
    dateline_str content = record->input.text;
    while (content.len > 0 && content.ptr[content.len - 1] == '\r') content.len--;
    line->len = 0;
    text_add_str(line, content);
    if (record->rejected) {
        err->code = DATELINE_TOO_LARGE;
        snprintf(err->what, sizeof err->what, "a line is %.180s", record->reason);
    }
    dateline_record_free(record);
    return err->code == DATELINE_OK && !line->failed;
}

/* The value of a comment `# key = value`; NULL if the line is another. */
static const char *comment_value(const char *line, const char *key) {
    size_t len = strlen(key);
    if (line[0] != '#') return NULL;
    line += 1 + strspn(line + 1, " ");
    if (strncmp(line, key, len) != 0) return NULL;
    line += len + strspn(line + len, " ");
    return line[0] == '=' ? line + 1 + strspn(line + 1, " ") : NULL;
}

/* Cuts in place. Missing columns are empty. */
static void split_columns(char *line, char *columns[COLUMNS]) {
    for (size_t i = 0; i < COLUMNS; i++) {
        columns[i] = line;
        line += strcspn(line, "\t");
        if (*line != '\0') *line++ = '\0';
    }
}

/* A new token at the end; NULL: no memory. */
static dateline_given_token *add_token(given_doc *doc) {
    if (doc->count == doc->capacity) {
        size_t capacity = doc->capacity == 0 ? 256 : doc->capacity * 2;
        dateline_given_token *tokens = realloc(doc->tokens, capacity * sizeof *tokens);
        if (tokens == NULL) {
            doc->failed = true;
            return NULL;
        }
        doc->tokens = tokens;
        doc->capacity = capacity;
    }
    doc->tokens[doc->count] = (dateline_given_token){ .space_after = true };
    return &doc->tokens[doc->count++];
}

/* The multiword token whose words come next. */
typedef struct {
    unsigned words, left;
    bool space_after;
} word_range;

/* A line of columns: a multiword range, a word, or something that is passed over. */
static void read_word(given_doc *doc, char *line, word_range *range) {
    char *columns[COLUMNS], *rest;
    split_columns(line, columns);
    unsigned long number = strtoul(columns[0], &rest, 10);
    bool space_after = strstr(columns[9], "SpaceAfter=No") == NULL;
    if (*rest == '-') {
        unsigned long last = strtoul(rest + 1, NULL, 10);
        if (last > number && last - number < 32) *range = (word_range){ (unsigned)(last - number + 1), 0, space_after };
        range->left = range->words;
        return;
    }
    if (*rest != '\0' || number == 0) return; /* an empty node, or no word at all */
    dateline_given_token *token = add_token(doc);
    if (token == NULL) return;
    token->form.len = strlen(columns[1]); /* the pointer follows when all forms have their place */
    text_add(&doc->words, columns[1], token->form.len);
    token->space_after = range->left > 0 ? range->left == 1 && range->space_after : space_after;
    if (range->left > 0 && range->left == range->words) token->multiword = (uint8_t)range->words;
    if (range->left > 0) range->left--;
}

/* Ends the sentence that began at token `first`. */
static void end_sentence(given_doc *doc, size_t first, text *sent_id) {
    if (doc->count == first) return;
    doc->tokens[doc->count - 1].sentence_end = true;
    text_add(&doc->sent_ids, sent_id->len > 0 ? sent_id->ptr : "", sent_id->len + 1);
    sent_id->len = 0;
}

static char *copy_of(const char *string) {
    size_t size = strlen(string) + 1;
    char *copy = malloc(size);
    return copy == NULL ? NULL : memcpy(copy, string, size);
}

/* `# newdoc`, with or without an id. */
static bool is_document_head(const char *line) {
    const char *word = line + 1 + strspn(line[0] == '#' ? line + 1 : "", " ");
    return line[0] == '#' && strncmp(word, "newdoc", 6) == 0;
}

/* `line` holds the next document's head when this one ends; it is kept for the next call. */
static void read_body(given_doc *doc, dateline_source *source, text *line, dateline_error *err) {
    text sent_id = { 0 };
    word_range range = { 0 };
    size_t first = 0;
    bool more = true;
    for (; more && !doc->failed; more = read_line(source, line, err)) {
        const char *id;
        if (is_document_head(line->ptr)) {
            if (doc->count > 0) break;
            if ((id = comment_value(line->ptr, "newdoc id")) != NULL) {
                free(doc->id);
                doc->id = copy_of(id);
            }
        } else if ((id = comment_value(line->ptr, "sent_id")) != NULL) {
            sent_id.len = 0;
            text_add_string(&sent_id, id);
        } else if (line->len == 0) {
            end_sentence(doc, first, &sent_id);
            first = doc->count;
            range = (word_range){ 0 };
        } else if (line->ptr[0] != '#') {
            read_word(doc, line->ptr, &range);
        }
    }
    if (!more) line->len = 0;
    end_sentence(doc, first, &sent_id);
    doc->failed = doc->failed || doc->words.failed || doc->sent_ids.failed || sent_id.failed || line->failed;
    text_free(&sent_id);
}

/* Now that the forms no longer move, points the tokens at them. */
static void place_forms(given_doc *doc) {
    const char *at = doc->words.ptr;
    for (size_t i = 0; i < doc->count; i++) {
        doc->tokens[i].form.ptr = at;
        at += doc->tokens[i].form.len;
    }
}

/* A file without any head is one document. */
given_doc *given_doc_read(dateline_source *source, text *line, dateline_error *err) {
    bool waiting = line->len > 0; /* the head of this document, read with the one before */
    if (!waiting && !read_line(source, line, err)) return NULL;
    given_doc *doc = calloc(1, sizeof *doc);
    if (doc != NULL) read_body(doc, source, line, err);
    if (doc == NULL || doc->failed) {
        err->code = DATELINE_NO_MEMORY;
        snprintf(err->what, sizeof err->what, "out of memory");
    } else if (doc->count > 0) {
        place_forms(doc);
        return doc;
    }
    given_doc_free(doc);
    return NULL;
}

void given_doc_free(given_doc *doc) {
    if (doc == NULL) return;
    free(doc->id);
    text_free(&doc->words);
    text_free(&doc->sent_ids);
    free(doc->tokens);
    free(doc);
}
