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
    dln_array_init(&doc->known, sizeof(dln_known));
    dln_array_init(&doc->phrases, sizeof(dln_phrase));
    dln_array_init(&doc->members, sizeof(uint32_t));
    dln_array_init(&doc->places, sizeof(dateline_place));
    dln_array_init(&doc->times, sizeof(dateline_time));
    dln_array_init(&doc->quotes, sizeof(dateline_quote));
    dln_array_init(&doc->events, sizeof(dateline_event));
    dln_array_init(&doc->explanations, sizeof(dateline_explanation));
}

#define LAYER_COUNT 15

/* The layers that are arrays, for what is done to all of them alike. */
static void layers_of(dateline_doc *doc, dln_array *layers[LAYER_COUNT]) {
    dln_array *all[LAYER_COUNT] = {
        &doc->offset_steps, &doc->code_points,  &doc->blocks, &doc->sentences, &doc->tokens,
        &doc->mentions,     &doc->entities,     &doc->places, &doc->times,     &doc->quotes,
        &doc->events,       &doc->explanations, &doc->known,  &doc->phrases,   &doc->members
    };
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

/* Code points are counted once for each so many bytes: a look-up then walks over one step at most, and the table takes
 * a sixteenth of the text. */
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

/* Between two steps text and input run side by side; what stands for a mended part leads to that part's begin, and
 * never past the next step. */
uint32_t dateline_doc_input_offset(const dateline_doc *doc, uint32_t offset) {
    const dln_offset_step *steps = doc->offset_steps.items;
    size_t low = 0, high = doc->offset_steps.count; /* steps before `low` start at or before offset */
    if (offset > doc->text.len) offset = (uint32_t)doc->text.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (steps[middle].text_at <= offset) low = middle + 1;
        else high = middle;
    }
    if (low > 0) offset = offset - steps[low - 1].text_at + steps[low - 1].input_at;
    bool past_next = low < doc->offset_steps.count && offset > steps[low].input_at;
    return past_next ? steps[low].input_at : offset;
}

#define MAX_BYTES_DEFAULT (16u << 20)

/* A mended copy in the doc's arena; absent stays absent, the empty text stays empty. */
static dateline_str mended(dateline_doc *doc, dateline_str input, dln_array *steps) {
    dln_buf buf;
    dln_buf_init(&buf);
    dln_text_mend(&buf, steps, input);
    if (buf.status != DATELINE_OK) doc->arena.status = buf.status;
    dateline_str text = input.ptr == NULL ? input : dln_arena_str(&doc->arena, dln_buf_str(&buf));
    dln_buf_release(&buf);
    return text;
}

/* A doc with all but its text. Failures stand in the arena's status, which finished() asks for. */
static dateline_doc *new_doc(const dateline_input *input) {
    dateline_doc *doc = dln_alloc(1, sizeof *doc);
    if (doc == NULL) return NULL;
    init_layers(doc);
    doc->id = mended(doc, input->id, NULL);
    doc->url = mended(doc, input->url, NULL);
    doc->title = mended(doc, input->title, NULL);
    doc->publication = mended(doc, input->publication, NULL);
    doc->author = mended(doc, input->author, NULL);
    doc->language = mended(doc, input->language, NULL);
    doc->date = input->date;
    doc->running_text = input->running_text;
    doc->explain = input->explain;
    return doc;
}

/* The last step of making a doc: its text is set. */
static dateline_doc *finished(dateline_doc *doc, dateline_error *err) {
    if (doc != NULL && doc->text.len > UINT32_MAX) {
        dln_error_set(err, DATELINE_TOO_LARGE, 0, "mended text has %zu bytes, more than offsets can count",
                      doc->text.len);
        dateline_doc_free(doc);
        return NULL;
    }
    if (doc != NULL) count_code_points(doc);
    if (doc != NULL && dln_document_status(doc) == DATELINE_OK) return doc;
    dateline_doc_free(doc);
    dln_error_memory(err);
    return NULL;
}

/* The limit holds for the input: what mending adds (two bytes for a broken one) is bounded by it. */
static bool fits(const dateline_input *input, size_t size, dateline_error *err) {
    uint32_t limit = input->max_bytes == 0 ? MAX_BYTES_DEFAULT : input->max_bytes;
    if (size <= limit) return true;
    dln_error_set(err, DATELINE_TOO_LARGE, 0, "text has %zu bytes, the limit is %u", size, limit);
    return false;
}

dateline_doc *dln_document_new(const dateline_input *input, dateline_error *err) {
    if (!fits(input, input->text.len, err)) return NULL;
    dateline_doc *doc = new_doc(input);
    if (doc != NULL) doc->text = mended(doc, input->text, &doc->offset_steps);
    return finished(doc, err);
}

/* Ends the sentence that began with token `first`; none was begun if no token followed. */
static void close_sentence(dateline_doc *doc, size_t first) {
    if (first == doc->tokens.count || dln_document_status(doc) != DATELINE_OK) return;
    const dateline_sentence sentence = { { dln_doc_token(doc, first)->span.begin,
                                           dln_doc_token(doc, doc->tokens.count - 1)->span.end },
                                         (uint32_t)first,
                                         (uint32_t)(doc->tokens.count - first) };
    dln_array_push(&doc->sentences, &sentence);
}

/* Forms are mended one by one, so spans are taken from the text as it grows, not from the forms' lengths. */
static void add_tokens(dateline_doc *doc, dln_buf *text, const dateline_given_token *tokens, size_t token_count) {
    size_t first = 0;
    for (size_t i = 0; i < token_count && text->len < UINT32_MAX; i++) {
        dateline_token token = { .space_after = tokens[i].space_after,
                                 .multiword = tokens[i].multiword,
                                 .head = DATELINE_NO_INDEX };
        token.span.begin = (uint32_t)text->len;
        dln_text_mend(text, NULL, tokens[i].form);
        token.span.end = (uint32_t)text->len;
        dln_array_push(&doc->tokens, &token);
        if (tokens[i].space_after && i + 1 < token_count) dln_buf_add_char(text, tokens[i].sentence_end ? '\n' : ' ');
        if (!tokens[i].sentence_end) continue;
        close_sentence(doc, first);
        first = doc->tokens.count;
    }
    close_sentence(doc, first);
}

dateline_doc *dln_document_new_tokens(const dateline_input *input, const dateline_given_token *tokens,
                                      size_t token_count, dateline_error *err) {
    size_t size = 0;
    for (size_t i = 0; i < token_count && size <= UINT32_MAX; i++) size += tokens[i].form.len + 1;
    if (!fits(input, size, err)) return NULL;
    dateline_doc *doc = new_doc(input);
    if (doc != NULL) {
        dln_buf text;
        dln_buf_init(&text);
        add_tokens(doc, &text, tokens, token_count);
        if (text.status != DATELINE_OK) doc->arena.status = text.status;
        doc->text = dln_arena_str(&doc->arena, dln_buf_str(&text));
        dln_buf_release(&text);
        const dateline_block block = { { 0, (uint32_t)doc->text.len }, DATELINE_BLOCK_BODY };
        if (block.span.end > 0) dln_array_push(&doc->blocks, &block);
    }
    return finished(doc, err);
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

/* ---------------------------------------------------------------- layers, read-only */

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
