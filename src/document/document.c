/* SPDX-License-Identifier: Apache-2.0
 * document.c: a doc's life and its accessors. */
#include "document/document.h"

static void init_layers(dateline_doc *doc) {
    dln_arena_init(&doc->arena);
    dln_array_init(&doc->offset_steps, sizeof(dln_offset_step));
    dln_array_init(&doc->code_points, sizeof(uint32_t));
    dln_array_init(&doc->blocks, sizeof(dateline_block));
    dln_array_init(&doc->sentences, sizeof(dateline_sentence));
    dln_array_init(&doc->tokens, sizeof(dateline_token));
    dln_array_init(&doc->mentions, sizeof(dateline_mention));
    dln_array_init(&doc->entities, sizeof(dateline_entity));
    dln_array_init(&doc->places, sizeof(dateline_place));
    dln_array_init(&doc->times, sizeof(dateline_time));
    dln_array_init(&doc->quotes, sizeof(dateline_quote));
    dln_array_init(&doc->events, sizeof(dateline_event));
    dln_array_init(&doc->explanations, sizeof(dateline_explanation));
}

#define LAYER_COUNT 12

static void layers_of(dateline_doc *doc, dln_array *layers[LAYER_COUNT]) {
    dln_array *all[LAYER_COUNT] = { &doc->offset_steps, &doc->code_points, &doc->blocks,   &doc->sentences,
                                    &doc->tokens,       &doc->mentions,    &doc->entities, &doc->places,
                                    &doc->times,        &doc->quotes,      &doc->events,   &doc->explanations };
    memcpy(layers, all, sizeof all);
}

void dateline_doc_free(dateline_doc *doc) {
    if (doc == NULL) return;
    dln_array *layers[LAYER_COUNT];
    layers_of(doc, layers);
    for (size_t i = 0; i < LAYER_COUNT; i++) dln_array_release(layers[i]);
    dln_arena_release(&doc->arena);
    dln_free(doc);
}

dateline_status dln_document_status(const dateline_doc *doc) {
    dln_array *layers[LAYER_COUNT];
    layers_of((dateline_doc *)(uintptr_t)doc, layers);
    dateline_status status = doc->arena.status;
    for (size_t i = 0; i < LAYER_COUNT && status == DATELINE_OK; i++) status = layers[i]->status;
    return status;
}

#define CODE_POINT_STEP 64

static void count_code_points(dateline_doc *doc) {
    uint32_t count = 0;
    for (size_t at = 0; at < doc->text.len; at++) {
        if (at % CODE_POINT_STEP == 0) dln_array_push(&doc->code_points, &count);
        count += ((uint8_t)doc->text.ptr[at] & 0xC0) != 0x80;
    }
}

uint32_t dateline_doc_code_point(const dateline_doc *doc, uint32_t offset) {
    if (offset > doc->text.len) offset = (uint32_t)doc->text.len;
    if (doc->code_points.count == 0) return 0;
    size_t step = offset / CODE_POINT_STEP;
    if (step >= doc->code_points.count) step = doc->code_points.count - 1;
    uint32_t count = ((const uint32_t *)doc->code_points.items)[step];
    for (size_t at = step * CODE_POINT_STEP; at < offset; at++) count += ((uint8_t)doc->text.ptr[at] & 0xC0) != 0x80;
    return count;
}

#define MAX_BYTES_DEFAULT (16u << 20)

static bool copy_head(dateline_doc *doc, const dateline_input *input) {
    doc->id = dln_arena_str(&doc->arena, input->id);
    doc->url = dln_arena_str(&doc->arena, input->url);
    doc->title = dln_arena_str(&doc->arena, input->title);
    doc->publication = dln_arena_str(&doc->arena, input->publication);
    doc->author = dln_arena_str(&doc->arena, input->author);
    doc->language = dln_arena_str(&doc->arena, input->language);
    doc->date = input->date;
    doc->running_text = input->running_text;
    doc->explain = input->explain;
    return doc->arena.status == DATELINE_OK;
}

dateline_doc *dln_document_new(const dateline_input *input, dateline_error *err) {
    uint32_t limit = input->max_bytes == 0 ? MAX_BYTES_DEFAULT : input->max_bytes;
    if (input->text.len > limit) {
        dln_error_set(err, DATELINE_TOO_LARGE, 0, "text has %zu bytes, the limit is %u", input->text.len, limit);
        return NULL;
    }
    dateline_doc *doc = dln_alloc(1, sizeof *doc);
    if (doc != NULL) {
        init_layers(doc);
        if (copy_head(doc, input)) doc->text = dln_arena_str(&doc->arena, input->text);
        count_code_points(doc);
        if (dln_document_status(doc) == DATELINE_OK) return doc;
        dateline_doc_free(doc);
    }
    dln_error_memory(err);
    return NULL;
}

dateline_str dateline_doc_text(const dateline_doc *doc) {
    return doc->text;
}
dateline_str dateline_doc_id(const dateline_doc *doc) {
    return doc->id;
}
dateline_str dateline_doc_url(const dateline_doc *doc) {
    return doc->url;
}
dateline_str dateline_doc_title(const dateline_doc *doc) {
    return doc->title;
}
dateline_str dateline_doc_publication(const dateline_doc *doc) {
    return doc->publication;
}
dateline_str dateline_doc_author(const dateline_doc *doc) {
    return doc->author;
}
dateline_str dateline_doc_language(const dateline_doc *doc) {
    return doc->language;
}
dateline_date dateline_doc_date(const dateline_doc *doc) {
    return doc->date;
}

static const void *item(const dln_array *array, size_t i) {
    return i < array->count ? (const char *)array->items + i * array->item_size : NULL;
}

const dateline_block *dateline_doc_block(const dateline_doc *doc, size_t i) {
    return item(&doc->blocks, i);
}
const dateline_sentence *dateline_doc_sentence(const dateline_doc *doc, size_t i) {
    return item(&doc->sentences, i);
}
const dateline_token *dateline_doc_token(const dateline_doc *doc, size_t i) {
    return item(&doc->tokens, i);
}
const dateline_mention *dateline_doc_mention(const dateline_doc *doc, size_t i) {
    return item(&doc->mentions, i);
}
const dateline_entity *dateline_doc_entity(const dateline_doc *doc, size_t i) {
    return item(&doc->entities, i);
}
const dateline_place *dateline_doc_place(const dateline_doc *doc, size_t i) {
    return item(&doc->places, i);
}
const dateline_time *dateline_doc_time(const dateline_doc *doc, size_t i) {
    return item(&doc->times, i);
}
const dateline_quote *dateline_doc_quote(const dateline_doc *doc, size_t i) {
    return item(&doc->quotes, i);
}
const dateline_event *dateline_doc_event(const dateline_doc *doc, size_t i) {
    return item(&doc->events, i);
}
const dateline_explanation *dateline_doc_explanation(const dateline_doc *doc, size_t i) {
    return item(&doc->explanations, i);
}

const dateline_dateline *dateline_doc_dateline(const dateline_doc *doc) {
    return doc->has_dateline ? &doc->dateline : NULL;
}
