/* SPDX-License-Identifier: Apache-2.0
 * fuzz_text.c: any bytes as a text, through all stages. The first byte chooses the options:
 *   bits 0 to 2  the last stage to run    bit 3  running text    bit 4  explain    bit 5  the first line is the title
 * What the stages promise each other is checked afterwards. */
#include "fuzz.h"

static dateline_context *the_context(void) {
    static dateline_context *context;
    if (context == NULL) {
        dateline_engine_options options = DATELINE_ENGINE_OPTIONS_INIT;
        options.model_dir = MODEL_DIR;
        context = dateline_context_new(dateline_engine_new(&options, NULL), NULL);
    }
    must_hold(context != NULL);
    return context;
}

static bool starts_character(dateline_str text, uint32_t at) {
    return at == text.len || ((uint8_t)text.ptr[at] & 0xC0) != 0x80;
}

static void check_span(dateline_str text, dateline_span span) {
    must_hold(span.begin <= span.end && span.end <= text.len);
    must_hold(starts_character(text, span.begin) && starts_character(text, span.end));
}

/* Text: valid, and each character leads back to the input. */
static void check_text(const dateline_doc *doc, size_t input_len) {
    dateline_str text = dateline_doc_text(doc);
    must_hold(dln_utf8_is_valid(text) && memchr(text.ptr, '\0', text.len) == NULL);
    must_hold(dateline_doc_code_point(doc, UINT32_MAX) == dln_utf8_count(text));
    uint32_t before = 0;
    for (uint32_t at = 0; at <= text.len; at++) {
        uint32_t from = dateline_doc_input_offset(doc, at);
        must_hold(from >= before && from <= input_len);
        before = from;
    }
    must_hold(before == input_len);
}

/* Blocks: ordered, disjoint, and only white space between them. */
static void check_blocks(const dateline_doc *doc) {
    dateline_str text = dateline_doc_text(doc);
    const dateline_block *block;
    size_t end = 0;
    for (size_t i = 0; (block = dateline_doc_block(doc, i)) != NULL; i++) {
        check_span(text, block->span);
        must_hold(block->span.begin >= end && block->span.begin < block->span.end);
        must_hold(block->kind != DATELINE_BLOCK_NONE);
        while (end < block->span.begin) must_hold(dln_char_is_space(dln_utf8_next(text, &end)));
        end = block->span.end;
    }
    while (end < text.len) must_hold(dln_char_is_space(dln_utf8_next(text, &end)));
    const dateline_dateline *dateline = dateline_doc_dateline(doc);
    if (dateline == NULL) return;
    check_span(text, dateline->span);
    check_span(text, dateline->place_span);
    must_hold(dateline->date.year == 0 || dln_date_is_set(dateline->date));
}

/* Sentences and their tokens: ordered, disjoint, tokens inside their sentence. */
static void check_sentences(const dateline_doc *doc) {
    dateline_str text = dateline_doc_text(doc);
    const dateline_sentence *sentence;
    uint32_t end = 0, token = 0;
    for (size_t i = 0; (sentence = dateline_doc_sentence(doc, i)) != NULL; i++) {
        check_span(text, sentence->span);
        must_hold(sentence->span.begin >= end && sentence->first_token == token && sentence->token_count > 0);
        end = sentence->span.begin;
        for (uint32_t k = 0; k < sentence->token_count; k++, token++) {
            const dateline_token *item = dateline_doc_token(doc, token);
            must_hold(item != NULL && item->span.begin >= end && item->span.begin < item->span.end);
            check_span(text, item->span);
            end = item->span.end;
        }
        must_hold(end <= sentence->span.end);
        end = sentence->span.end;
    }
    must_hold(dateline_doc_token(doc, token) == NULL);
}

static void check_events(const dateline_doc *doc) {
    dateline_str text = dateline_doc_text(doc);
    const dateline_event *event;
    uint32_t before = 0;
    for (size_t i = 0; (event = dateline_doc_event(doc, i)) != NULL; i++) {
        must_hold(event->trigger_token >= before && dateline_doc_sentence(doc, event->sentence) != NULL);
        before = event->trigger_token;
        for (size_t k = 0; k < event->text_span_count; k++) check_span(text, event->text_spans[k]);
        for (size_t k = 0; k < event->actor_count; k++) check_span(text, event->actors[k].span);
        for (size_t k = 0; k < event->recipient_count; k++) check_span(text, event->recipients[k].span);
    }
}

static void print(const dateline_doc *doc) {
    static const dateline_form forms[] = { DATELINE_FORM_EVENTS_JSONL, DATELINE_FORM_EVENTS_CSV,
                                           DATELINE_FORM_LAYERS_JSONL, DATELINE_FORM_CONLLU };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char *out;
        size_t out_len;
        if (dateline_doc_print(doc, forms[i], DATELINE_LAYER_ALL, &out, &out_len, NULL) != DATELINE_OK) continue;
        must_hold(dln_utf8_is_valid((dateline_str){ out, out_len }));
        dateline_text_free(out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    dateline_input input = DATELINE_INPUT_INIT;
    input.until = (dateline_stage)(data[0] % 8 > DATELINE_STAGE_EVENT ? DATELINE_STAGE_NONE : data[0] % 8);
    input.running_text = (data[0] & 8) != 0;
    input.explain = (data[0] & 16) != 0;
    input.text = (dateline_str){ (const char *)data + 1, size - 1 };
    input.date = (dateline_date){ 2024, 3, 12 };
    dateline_str rest = input.text;
    if ((data[0] & 32) != 0) input.title = dln_str_part(&rest, '\n');
    dateline_doc *doc = dateline_read(the_context(), &input, NULL);
    must_hold(doc != NULL);
    check_text(doc, input.text.len);
    check_blocks(doc);
    check_sentences(doc);
    check_events(doc);
    print(doc);
    dateline_doc_free(doc);
    return 0;
}
