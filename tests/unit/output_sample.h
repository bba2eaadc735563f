/* SPDX-License-Identifier: Apache-2.0
 * output_sample.h: a small document with something in every layer, for the tests of the output room. */
#ifndef OUTPUT_SAMPLE_H
#define OUTPUT_SAMPLE_H

#include "document/document.h"

#define SAMPLE_TEXT                                                                                                    \
    "Torvaldsen, Norway\u2019s \u201Ctireless\u201D envoy, didn't visit Lima on Monday, she said.\n"                   \
    "Nobody spoke."

/* The bytes of the first place where `words` stand. */
static inline dateline_span sample_span(const char *words) {
    size_t begin = dln_str_find(dateline_str_from(SAMPLE_TEXT), dateline_str_from(words), 0);
    return (dateline_span){ (uint32_t)begin, (uint32_t)(begin + strlen(words)) };
}

/* Forms, heads (in the sentence, from 1; 0 root), labels and parts of speech of the sample's tokens. */
static inline void sample_tokens(dateline_doc *doc) {
    static const struct {
        const char *form, *lemma, *deprel;
        unsigned head, multiword;
        dateline_upos upos;
    } rows[] = {
        { "Torvaldsen", "Torvaldsen", "nsubj", 12, 0, DATELINE_UPOS_PROPN },
        { ",", ",", "punct", 8, 0, DATELINE_UPOS_PUNCT },
        { "Norway", "Norway", "nmod:poss", 8, 2, DATELINE_UPOS_PROPN },
        { "\u2019s", "'s", "case", 3, 0, DATELINE_UPOS_PART },
        { "\u201C", "\u201C", "punct", 6, 0, DATELINE_UPOS_PUNCT },
        { "tireless", "tireless", "amod", 8, 0, DATELINE_UPOS_ADJ },
        { "\u201D", "\u201D", "punct", 6, 0, DATELINE_UPOS_PUNCT },
        { "envoy", "envoy", "appos", 1, 0, DATELINE_UPOS_NOUN },
        { ",", ",", "punct", 8, 0, DATELINE_UPOS_PUNCT },
        { "did", "do", "aux", 12, 2, DATELINE_UPOS_AUX },
        { "n't", "not", "advmod", 12, 0, DATELINE_UPOS_PART },
        { "visit", "visit", "root", 0, 0, DATELINE_UPOS_VERB },
        { "Lima", "Lima", "obj", 12, 0, DATELINE_UPOS_PROPN },
        { "on", "on", "case", 15, 0, DATELINE_UPOS_ADP },
        { "Monday", "Monday", "obl", 12, 0, DATELINE_UPOS_PROPN },
        { ",", ",", "punct", 18, 0, DATELINE_UPOS_PUNCT },
        { "she", "she", "nsubj", 18, 0, DATELINE_UPOS_PRON },
        { "said", "say", "parataxis", 12, 0, DATELINE_UPOS_VERB },
        { ".", ".", "punct", 12, 0, DATELINE_UPOS_PUNCT },
        { "Nobody", "nobody", "nsubj", 2, 0, DATELINE_UPOS_PRON },
        { "spoke", "speak", "root", 0, 0, DATELINE_UPOS_VERB },
        { ".", ".", "punct", 2, 0, DATELINE_UPOS_PUNCT },
    };
    size_t at = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dateline_str form = dateline_str_from(rows[i].form);
        size_t begin = dln_str_find(doc->text, form, at), first = i < 19 ? 0 : 19;
        at = begin + form.len;
        dateline_token token = { .span = { (uint32_t)begin, (uint32_t)at },
                                 .upos = rows[i].upos,
                                 .space_after =
                                     at == doc->text.len || doc->text.ptr[at] == ' ' || doc->text.ptr[at] == '\n',
                                 .multiword = (uint8_t)rows[i].multiword,
                                 .head = rows[i].head == 0 ? DATELINE_NO_INDEX : (uint32_t)(first + rows[i].head - 1),
                                 .lemma = dateline_str_from(rows[i].lemma),
                                 .deprel = dateline_str_from(rows[i].deprel) };
        dln_array_push(&doc->tokens, &token);
    }
    dateline_sentence first = { { 0, dln_doc_token(doc, 18)->span.end }, 0, 19 };
    dateline_sentence second = { { dln_doc_token(doc, 19)->span.begin, (uint32_t)doc->text.len }, 19, 3 };
    dln_array_push(&doc->sentences, &first);
    dln_array_push(&doc->sentences, &second);
}

static inline void sample_layers(dateline_doc *doc) {
    dateline_entity envoy = { .type = DATELINE_ENTITY_PERSON,
                              .name = DLN_STR("Eva Torvaldsen"),
                              .code = "NOR",
                              .sector_count = 1,
                              .sector = { "GOV" },
                              .office = DLN_STR("envoy"),
                              .mention_count = 2 };
    dateline_entity peru = { .type = DATELINE_ENTITY_GPE,
                             .name = DLN_STR("Peru"),
                             .identifier = DLN_STR("Q419"),
                             .code = "PER",
                             .mention_count = 1 };
    dln_array_push(&doc->entities, &envoy);
    dln_array_push(&doc->entities, &peru);
    dateline_mention mentions[] = {
        { sample_span("Torvaldsen"), 0, 1, 0, DATELINE_MENTION_NAME, 0 },
        { sample_span("Lima"), 12, 1, 12, DATELINE_MENTION_NAME, 1 },
        { sample_span("she"), 16, 1, 16, DATELINE_MENTION_PRONOUN, 0 },
    };
    for (size_t i = 0; i < 3; i++) dln_array_push(&doc->mentions, &mentions[i]);
    dateline_place lima = { .span = sample_span("Lima"),
                            .resolved = true,
                            .name = DLN_STR("Lima"),
                            .city = DLN_STR("Lima"),
                            .country = DLN_STR("Peru"),
                            .country_code = "PER",
                            .geoname_id = 3936456,
                            .has_coordinates = true,
                            .latitude = -12.04318,
                            .longitude = -77.02824,
                            .feature_class = 'P',
                            .feature_code = DLN_STR("PPLC"),
                            .resolution = 4 };
    dln_array_push(&doc->places, &lima);
    dateline_time monday = {
        sample_span("Monday"), DATELINE_TIME_DATE, DLN_STR("2024-03-11"), { 2024, 3, 11 }, DATELINE_GRAIN_DAY
    };
    dln_array_push(&doc->times, &monday);
    dateline_quote said = {
        { 0, sample_span(", she").begin }, DATELINE_QUOTE_INDIRECT, sample_span("she"), 0, sample_span("said"),
        DLN_STR("Morning; Post")
    };
    dln_array_push(&doc->quotes, &said);
}

static inline void sample_event(dateline_doc *doc) {
    static const dateline_str modes[] = { { "visit", 5 } }, contexts[] = { { "diplomatic", 10 }, { "economic", 8 } };
    static dateline_role envoy = { .entity = 0,
                                   .name = { "Eva Torvaldsen", 14 },
                                   .office = { "envoy", 5 },
                                   .code = "NOR",
                                   .sector_count = 2,
                                   .sector = { "GOV", "ELI" } };
    static dateline_role peru = {
        .entity = DATELINE_NO_INDEX, .name = { "Peru", 4 }, .identifier = { "Q419", 4 }, .code = "PER"
    };
    static dateline_role speaker = { .entity = 0, .code = "NOR", .sector_count = 1, .sector = { "GOV" } };
    static dateline_span words[2];
    envoy.span = sample_span("Torvaldsen");
    peru.span = sample_span("Lima");
    speaker.span = sample_span("she");
    words[0] = sample_span("visit");
    words[1] = sample_span("Monday");
    dateline_event event = { .sentence = 0,
                             .trigger_token = 11,
                             .date = { 2024, 3, 11 },
                             .date_grain = DATELINE_GRAIN_DAY,
                             .date_source = DATELINE_DATE_FROM_TEXT,
                             .type = DLN_STR("CONSULT"),
                             .modes = modes,
                             .mode_count = 1,
                             .contexts = contexts,
                             .context_count = 2,
                             .auxiliary = DATELINE_AUX_NEGATION | DATELINE_AUX_FUTURE,
                             .cameo = DLN_STR("042"),
                             .quad_code = 1,
                             .event_scale = 4,
                             .has_goldstein = true,
                             .goldstein = 1.9,
                             .actors = &envoy,
                             .actor_count = 1,
                             .recipients = &peru,
                             .recipient_count = 1,
                             .place = 0,
                             .text_spans = words,
                             .text_span_count = 2,
                             .dead = 0,
                             .injured = DATELINE_NO_COUNT,
                             .arrested = 12,
                             .participants = DATELINE_NO_COUNT,
                             .quote = 0,
                             .speaker = &speaker,
                             .confidence = 0.93004 };
    dln_array_push(&doc->events, &event);
}

/* An event of which only what cannot be absent is known. */
static inline void sample_bare_event(dateline_doc *doc) {
    static dateline_span words[1];
    words[0] = sample_span("spoke");
    dateline_event event = { .sentence = 1,
                             .trigger_token = 20,
                             .type = DLN_STR("PROTEST"),
                             .quad_code = 4,
                             .event_scale = -6.5,
                             .place = DATELINE_NO_INDEX,
                             .text_spans = words,
                             .text_span_count = 1,
                             .dead = DATELINE_NO_COUNT,
                             .injured = DATELINE_NO_COUNT,
                             .arrested = DATELINE_NO_COUNT,
                             .participants = DATELINE_NO_COUNT,
                             .quote = DATELINE_NO_INDEX,
                             .confidence = 1 };
    dln_array_push(&doc->events, &event);
}

static inline dateline_doc *sample_doc(void) {
    dateline_input input = DATELINE_INPUT_INIT;
    input.id = DLN_STR("s,1");
    input.text = DLN_STR(SAMPLE_TEXT);
    input.title = DLN_STR("A \"title\"");
    input.date = (dateline_date){ 2024, 3, 12 };
    dateline_doc *doc = dln_document_new(&input, NULL);
    if (doc == NULL) return NULL;
    sample_tokens(doc);
    sample_layers(doc);
    sample_event(doc);
    sample_bare_event(doc);
    return doc;
}

#endif
