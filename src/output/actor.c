/* SPDX-License-Identifier: Apache-2.0
 * actor.c: whom a phrase means. The phrase is the document's first paragraph; what follows helps to tell who is meant.
 */
#include "output/output.h"

static uint32_t phrase_end(dateline_str text) {
    size_t end = dln_str_find(text, DLN_STR("\n\n"), 0);
    return (uint32_t)(end == SIZE_MAX ? text.len : end);
}

/* The entity of the mention that covers most of the phrase; of equals the first. NULL: there is none. */
static const dateline_entity *meant_entity(const dateline_doc *doc, uint32_t end) {
    const dateline_entity *best = NULL;
    const dateline_mention *mention;
    uint32_t longest = 0;
    for (size_t i = 0; (mention = dateline_doc_mention(doc, i)) != NULL; i++) {
        uint32_t length = mention->span.end - mention->span.begin;
        if (mention->span.end > end || length <= longest) continue;
        const dateline_entity *entity = dateline_doc_entity(doc, mention->entity);
        if (entity == NULL) continue;
        best = entity;
        longest = length;
    }
    return best;
}

void dln_print_actor(dln_buf *out, const dateline_doc *doc) {
    static const dateline_entity unknown = { 0 };
    uint32_t end = phrase_end(dateline_doc_text(doc));
    const dateline_entity *entity = meant_entity(doc, end);
    if (entity == NULL) entity = &unknown;
    dln_json_open(out, '{');
    dln_json_member(out, "id", dln_doc_name(doc));
    dln_json_key(out, "text");
    dln_json_quoted(out, dln_slice(doc, (dateline_span){ 0, end }));
    dln_json_member(out, "name", entity->name);
    dln_json_member(out, "identifier_id", entity->identifier);
    dln_json_key(out, "code");
    dln_json_code(out, entity->code);
    dln_json_key(out, "sector");
    dln_json_open(out, '[');
    for (size_t i = 0; i < entity->sector_count; i++) dln_json_text(out, dateline_str_from(entity->sector[i]));
    dln_json_close(out, ']');
    dln_json_member(out, "office", entity->office);
    dln_json_key(out, "confidence"); /* the rules that resolve a phrase give no probability */
    dln_json_null(out);
    dln_json_close(out, '}');
    dln_buf_add_char(out, '\n');
}
