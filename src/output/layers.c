/* SPDX-License-Identifier: Apache-2.0
 * layers.c: a document with its layers as one JSON line. */
#include "output/output.h"

static void member_list(dln_buf *out, const char *key) {
    dln_json_key(out, key);
    dln_json_open(out, '[');
}

/* What the tag stage has not filled in is `_`, as in CoNLL-U. */
static void member_tag(dln_buf *out, const char *key, dateline_str text) {
    dln_json_member(out, key, text.len > 0 ? text : DLN_STR("_"));
}

static void head(dln_buf *out, const dateline_doc *doc) {
    dateline_str name = dln_doc_name(doc);
    dln_json_member(out, "id", name.len > 0 ? name : (dateline_str){ NULL, 0 });
    dln_json_member(out, "url", dateline_doc_url(doc));
    dln_json_member(out, "title", dateline_doc_title(doc));
    dln_json_key(out, "date");
    dln_json_date(out, dateline_doc_date(doc));
    dln_json_member(out, "publication", dateline_doc_publication(doc));
    dln_json_member(out, "author", dateline_doc_author(doc));
    dln_json_member(out, "language", dateline_doc_language(doc));
}

/* The place of a dateline: resolved, or its bare words. */
static void dateline_place_of(dln_buf *out, const dateline_doc *doc, const dateline_dateline *found) {
    const dateline_place *place = dateline_doc_place(doc, found->place);
    dateline_place bare = { .span = found->place_span };
    dln_json_key(out, "place");
    if (place == NULL && bare.span.begin < bare.span.end) place = &bare;
    if (place != NULL) dln_json_place(out, doc, place);
    else dln_json_null(out);
}

/* Always printed, whatever the layers: `text` still holds it, the sentences do not. */
static void dateline_member(dln_buf *out, const dateline_doc *doc) {
    const dateline_dateline *found = dateline_doc_dateline(doc);
    dln_json_key(out, "dateline");
    if (found == NULL) {
        dln_json_null(out);
        return;
    }
    dln_json_open(out, '{');
    dln_json_span(out, doc, found->span);
    dateline_place_of(out, doc, found);
    dln_json_key(out, "date");
    dln_json_date(out, found->date);
    dln_json_close(out, '}');
}

/* Heads count from 1 within the sentence; 0 is the root. */
static void token(dln_buf *out, const dateline_doc *doc, const dateline_token *word, uint32_t first) {
    dln_json_open(out, '{');
    dln_json_span(out, doc, word->span);
    dln_json_key(out, "form");
    dln_json_quoted(out, dln_slice(doc, word->span));
    member_tag(out, "lemma", word->lemma);
    dln_json_member(out, "upos", dateline_str_from(dateline_upos_name(word->upos)));
    member_tag(out, "xpos", word->xpos);
    member_tag(out, "feats", word->feats);
    dln_json_key(out, "head");
    dln_json_count(out, word->head == DATELINE_NO_INDEX ? 0 : word->head - first + 1);
    member_tag(out, "deprel", word->deprel);
    dln_json_close(out, '}');
}

static void sentences(dln_buf *out, const dateline_doc *doc) {
    const dateline_sentence *sentence;
    member_list(out, "sentences");
    for (size_t i = 0; (sentence = dateline_doc_sentence(doc, i)) != NULL; i++) {
        dln_json_open(out, '{');
        dln_json_span(out, doc, sentence->span);
        member_list(out, "tokens");
        for (uint32_t t = 0; t < sentence->token_count; t++)
            token(out, doc, dateline_doc_token(doc, sentence->first_token + t), sentence->first_token);
        dln_json_close(out, ']');
        dln_json_close(out, '}');
    }
    dln_json_close(out, ']');
}

/* ---------------------------------------------------------------- entities */

/* Numbers of the mentions, entity by entity: those of entity i stand from starts[i] to starts[i + 1]. */
typedef struct {
    dln_array starts, numbers; /* uint32_t both */
} mention_order;

/* Number i of an array of numbers. */
static uint32_t *at(const dln_array *numbers, size_t i) {
    return (uint32_t *)numbers->items + i;
}

/* A counting sort, so that many entities with many mentions stay linear. */
static bool sort_mentions(mention_order *order, const dateline_doc *doc) {
    size_t entity_count = 0, kept = 0;
    while (dateline_doc_entity(doc, entity_count) != NULL) entity_count++;
    dln_array_init(&order->starts, sizeof(uint32_t));
    dln_array_init(&order->numbers, sizeof(uint32_t));
    if (!dln_array_resize(&order->starts, entity_count + 2)) return false;
    const dateline_mention *mention;
    for (size_t i = 0; (mention = dateline_doc_mention(doc, i)) != NULL; i++) {
        if (mention->entity >= entity_count) continue;
        ++*at(&order->starts, mention->entity + 2u);
        kept++;
    }
    for (size_t i = 2; i < entity_count + 2; i++) *at(&order->starts, i) += *at(&order->starts, i - 1);
    if (!dln_array_resize(&order->numbers, kept)) return false;
    for (size_t i = 0; (mention = dateline_doc_mention(doc, i)) != NULL; i++)
        if (mention->entity < entity_count)
            *at(&order->numbers, (*at(&order->starts, mention->entity + 1u))++) = (uint32_t)i;
    return true;
}

static void mention_object(dln_buf *out, const dateline_doc *doc, const dateline_mention *mention) {
    static const char *const kinds[] = { NULL, "name", "nominal", "pronoun" };
    dln_json_open(out, '{');
    dln_json_span(out, doc, mention->span);
    dln_json_member(out, "kind",
                    dateline_str_from(mention->kind <= DATELINE_MENTION_PRONOUN ? kinds[mention->kind] : NULL));
    dln_json_close(out, '}');
}

static void entity_object(dln_buf *out, const dateline_doc *doc, size_t id, const dateline_entity *entity,
                          const mention_order *order) {
    dln_json_open(out, '{');
    dln_json_key(out, "id");
    dln_json_count(out, id);
    dln_json_member(out, "type", dateline_str_from(dateline_entity_type_name(entity->type)));
    dln_json_member(out, "name", entity->name);
    dln_json_member(out, "identifier_id", entity->identifier);
    dln_json_key(out, "code");
    dln_json_code(out, entity->code);
    member_list(out, "sector");
    for (size_t i = 0; i < entity->sector_count; i++) dln_json_text(out, dateline_str_from(entity->sector[i]));
    dln_json_close(out, ']');
    dln_json_member(out, "office", entity->office);
    member_list(out, "mentions");
    for (uint32_t i = *at(&order->starts, id); i < *at(&order->starts, id + 1); i++)
        mention_object(out, doc, dateline_doc_mention(doc, *at(&order->numbers, i)));
    dln_json_close(out, ']');
    dln_json_close(out, '}');
}

/* The position in the list is the id that roles and speakers point to. */
static void entities(dln_buf *out, const dateline_doc *doc) {
    mention_order order = { 0 };
    if (!sort_mentions(&order, doc)) out->status = DATELINE_NO_MEMORY;
    const dateline_entity *entity;
    member_list(out, "entities");
    for (size_t i = 0; out->status == DATELINE_OK && (entity = dateline_doc_entity(doc, i)) != NULL; i++)
        entity_object(out, doc, i, entity, &order);
    dln_json_close(out, ']');
    dln_array_release(&order.starts);
    dln_array_release(&order.numbers);
}

/* ---------------------------------------------------------------- places, times, quotes, events */

static void places(dln_buf *out, const dateline_doc *doc) {
    const dateline_place *place;
    member_list(out, "places");
    for (size_t i = 0; (place = dateline_doc_place(doc, i)) != NULL; i++) dln_json_place(out, doc, place);
    dln_json_close(out, ']');
}

static void times(dln_buf *out, const dateline_doc *doc) {
    const dateline_time *time;
    member_list(out, "times");
    for (size_t i = 0; (time = dateline_doc_time(doc, i)) != NULL; i++) {
        dln_json_open(out, '{');
        dln_json_span(out, doc, time->span);
        dln_json_member(out, "text", dln_slice(doc, time->span));
        dln_json_member(out, "type", dateline_str_from(dateline_time_type_name(time->type)));
        dln_json_member(out, "value", time->value);
        dln_json_close(out, '}');
    }
    dln_json_close(out, ']');
}

static void speaker(dln_buf *out, const dateline_doc *doc, const dateline_quote *quote) {
    dln_json_key(out, "speaker");
    if (quote->speaker.begin >= quote->speaker.end) {
        dln_json_null(out);
        return;
    }
    dln_json_open(out, '{');
    dln_json_span(out, doc, quote->speaker);
    dln_json_key(out, "entity");
    if (quote->speaker_entity == DATELINE_NO_INDEX) dln_json_null(out);
    else dln_json_count(out, quote->speaker_entity);
    dln_json_close(out, '}');
}

static void cue(dln_buf *out, const dateline_doc *doc, const dateline_quote *quote) {
    dln_json_key(out, "cue");
    if (quote->cue.begin >= quote->cue.end) {
        dln_json_null(out);
        return;
    }
    dln_json_open(out, '{');
    dln_json_span(out, doc, quote->cue);
    dln_json_close(out, '}');
}

static void quotes(dln_buf *out, const dateline_doc *doc) {
    const dateline_quote *quote;
    member_list(out, "quotes");
    for (size_t i = 0; (quote = dateline_doc_quote(doc, i)) != NULL; i++) {
        dln_json_open(out, '{');
        dln_json_span(out, doc, quote->span);
        dln_json_member(out, "kind", dateline_str_from(dateline_quote_kind_name(quote->kind)));
        speaker(out, doc, quote);
        cue(out, doc, quote);
        dln_json_member(out, "outlet", quote->outlet);
        dln_json_close(out, '}');
    }
    dln_json_close(out, ']');
}

static void events(dln_buf *out, const dateline_doc *doc) {
    const dateline_event *event;
    member_list(out, "events");
    for (size_t i = 0; (event = dateline_doc_event(doc, i)) != NULL; i++) dln_json_event(out, doc, event, i + 1);
    dln_json_close(out, ']');
}

/* The order of the table is the order of the keys. */
void dln_print_layers(dln_buf *out, const dateline_doc *doc, unsigned layers) {
    static const struct {
        unsigned bit;
        void (*print)(dln_buf *out, const dateline_doc *doc);
    } printers[] = {
        { DATELINE_LAYER_SENTENCES, sentences }, { DATELINE_LAYER_ENTITIES, entities },
        { DATELINE_LAYER_PLACES, places },       { DATELINE_LAYER_TIMES, times },
        { DATELINE_LAYER_QUOTES, quotes },       { DATELINE_LAYER_EVENTS, events },
    };
    dln_json_open(out, '{');
    head(out, doc);
    dateline_member(out, doc);
    dln_json_key(out, "text");
    dln_json_quoted(out, dateline_doc_text(doc));
    for (size_t i = 0; i < sizeof printers / sizeof *printers; i++)
        if (layers & printers[i].bit) printers[i].print(out, doc);
    dln_json_close(out, '}');
    dln_buf_add_char(out, '\n');
}
