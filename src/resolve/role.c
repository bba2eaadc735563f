/* SPDX-License-Identifier: Apache-2.0
 * role.c: the phrases of a doc as fillers of roles, with their codes as of a day. */
#include "resolve/resolve_internal.h"

/* Near number `near`, the phrase whose name covers `token`; else the one whose title does ('Mr' of 'Mr Kim'). */
static const dln_phrase *covering_phrase(const dateline_doc *doc, uint32_t token, size_t near) {
    const dln_phrase *phrases = doc->phrases.items, *titled = NULL;
    dateline_span span = dln_doc_token(doc, token)->span;
    for (size_t i = near > 4 ? near - 4 : 0; i < near + 4 && i < doc->phrases.count; i++) {
        if (phrases[i].mention >= doc->mentions.count) continue;
        const dateline_mention *mention = dln_doc_mention(doc, phrases[i].mention);
        if (mention->kind != DATELINE_MENTION_NAME) continue;
        if (token - mention->first_token < mention->token_count) return &phrases[i];
        bool covers = phrases[i].span.begin <= span.begin && span.end <= phrases[i].span.end;
        if (covers && titled == NULL) titled = &phrases[i];
    }
    return titled;
}

/* The phrase headed by `token`; else the one whose name or title covers it. */
static const dln_phrase *phrase_of(const dateline_doc *doc, uint32_t token) {
    const dln_phrase *phrases = doc->phrases.items;
    size_t low = 0, high = doc->phrases.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (phrases[middle].head_token < token) low = middle + 1;
        else high = middle;
    }
    const dln_phrase *longest = NULL; /* 'U.S.' may head itself and 'U.S. Ambassador Lang' */
    for (size_t i = low; i < doc->phrases.count && phrases[i].head_token == token; i++) {
        uint32_t length = phrases[i].span.end - phrases[i].span.begin;
        if (longest == NULL || length > longest->span.end - longest->span.begin) longest = &phrases[i];
    }
    if (longest != NULL) return longest;
    return covering_phrase(doc, token, low);
}

static void set_codes(dateline_role *role, const dln_codes *codes) {
    role->name = codes->name;
    role->identifier = codes->identifier;
    role->office = codes->office;
    memcpy(role->code, codes->code, sizeof role->code);
    memcpy(role->sector, codes->sector, sizeof role->sector);
    role->sector_count = codes->sector_count;
}

/* An entity's codes as of `day`: the text's own word on its sectors stands, the lexicon's is asked anew. */
static dateline_role role_of(const dln_resolver *resolver, const dateline_doc *doc, uint32_t index, dateline_date day) {
    dateline_role role = { .entity = index };
    if (index >= doc->entities.count) {
        role.entity = DLN_NONE;
        return role;
    }
    const dateline_entity *entity = dln_doc_entity(doc, index);
    const dln_known *known = (const dln_known *)doc->known.items + index;
    dln_codes codes = { .sector_count = entity->sector_count,
                        .name = entity->name,
                        .identifier = entity->identifier,
                        .office = entity->office };
    memcpy(codes.code, entity->code, sizeof codes.code);
    memcpy(codes.sector, entity->sector, sizeof codes.sector);
    bool person = entity->type == DATELINE_ENTITY_PERSON && known->lexicon_entry != DLN_NONE;
    if (person && !known->by_text && dln_date_is_set(day)) {
        dln_codes then = dln_world_as_of(resolver, known->lexicon_entry, day);
        memcpy(codes.sector, then.sector, sizeof codes.sector);
        codes.sector_count = then.sector_count;
        codes.office = then.office;
    }
    set_codes(&role, &codes);
    return role;
}

size_t dln_resolve_role(const dln_resolver *resolver, dateline_doc *doc, uint32_t head_token, dateline_date day,
                        dateline_role *roles, size_t max) {
    if (head_token >= doc->tokens.count) return 0;
    const dln_phrase *phrase = phrase_of(doc, head_token);
    if (phrase == NULL || max == 0) return 0;
    uint32_t entity = phrase->entity;
    if (phrase->mention < doc->mentions.count) entity = dln_doc_mention(doc, phrase->mention)->entity;
    if (phrase->member_count == 0) {
        roles[0] = role_of(resolver, doc, entity, day);
        roles[0].span = phrase->span;
        return 1;
    }
    size_t count = 0;
    for (; count < phrase->member_count && count < max; count++) {
        uint32_t member = ((const uint32_t *)doc->members.items)[phrase->first_member + count];
        roles[count] = role_of(resolver, doc, member, day);
        roles[count].span = phrase->span;
    }
    return count;
}
