/* SPDX-License-Identifier: Apache-2.0
 * entity.c: clusters become the doc's entities, spots its mentions and phrases. */
#include "resolve/resolve_internal.h"

/* ---------------------------------------------------------------- entities */

/* The name as it stands: for whom the lexicon does not know. */
static dateline_str name_in_text(const dln_reading *reading, const dln_cluster *cluster) {
    const dln_spot *spot = &reading->spots[cluster->name_spot];
    dateline_span span = { dln_reading_token(reading, spot->first)->span.begin,
                           dln_reading_token(reading, spot->first + spot->count - 1)->span.end };
    return dln_span_str(reading->doc->text, span);
}

static dateline_entity_type guess_type(const dln_cluster *cluster) {
    if (cluster->type != DATELINE_ENTITY_NONE) return cluster->type;
    if (cluster->person || cluster->kind == DATELINE_MENTION_PRONOUN) return DATELINE_ENTITY_PERSON;
    return DATELINE_ENTITY_ORG;
}

static uint32_t add_entity(dln_reading *reading, uint32_t index) {
    dln_cluster *cluster = &reading->clusters[index];
    if (cluster->entity != DLN_NONE) return cluster->entity;
    dateline_doc *doc = reading->doc;
    dln_codes codes = cluster->codes;
    if (codes.name.len == 0 && cluster->name_spot != DLN_NONE) codes.name = name_in_text(reading, cluster);
    dateline_entity entity = { .type = guess_type(cluster),
                               .name = codes.name,
                               .identifier = codes.identifier,
                               .sector_count = codes.sector_count,
                               .office = codes.office };
    memcpy(entity.code, codes.code, sizeof entity.code);
    memcpy(entity.sector, codes.sector, sizeof entity.sector);
    dln_known known = { .lexicon_entry = cluster->entry, .by_text = cluster->coded_by_text };
    cluster->entity = (uint32_t)doc->entities.count;
    dln_array_push(&doc->entities, &entity);
    dln_array_push(&doc->known, &known);
    return cluster->entity;
}

/* ---------------------------------------------------------------- mentions and phrases */

static dateline_span span_of(const dln_reading *reading, uint32_t first, uint32_t count) {
    return (dateline_span){ dln_reading_token(reading, first)->span.begin,
                            dln_reading_token(reading, first + count - 1)->span.end };
}

static bool is_first_person(const dln_reading *reading, const dln_spot *spot) {
    return spot->kind == DATELINE_MENTION_PRONOUN &&
           dln_world_is(reading->resolver, reading->words[spot->head], DLN_USE_FIRST);
}

static bool is_relative(const dln_reading *reading, const dln_spot *spot) {
    return spot->kind == DATELINE_MENTION_PRONOUN &&
           dln_world_is(reading->resolver, reading->words[spot->head], DLN_USE_RELATIVE);
}

static uint32_t add_mention(dln_reading *reading, const dln_spot *spot, uint32_t entity) {
    dateline_mention mention = { .span = span_of(reading, spot->first, spot->count),
                                 .first_token = spot->first,
                                 .token_count = spot->count,
                                 .head_token = spot->head,
                                 .kind = spot->kind,
                                 .entity = entity };
    if (entity != DLN_NONE) dln_doc_entity(reading->doc, entity)->mention_count++;
    dln_array_push(&reading->doc->mentions, &mention);
    return (uint32_t)reading->doc->mentions.count - 1;
}

/* Entities of a plural's members, once for each cluster. */
static void add_members(dln_reading *reading, const dln_spot *spot, dln_phrase *phrase) {
    uint32_t first = spot->member_first, count = spot->member_count;
    if (count == 0 && spot->cluster != DLN_NONE) {
        first = reading->clusters[spot->cluster].member_first;
        count = reading->clusters[spot->cluster].member_count;
    }
    phrase->first_member = (uint32_t)reading->doc->members.count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t entity = add_entity(reading, reading->members[first + i]);
        dln_array_push(&reading->doc->members, &entity);
    }
    phrase->member_count = count;
}

static void add_phrase(dln_reading *reading, const dln_spot *spot) {
    bool first_person = is_first_person(reading, spot);
    bool silent = is_relative(reading, spot) || (spot->stand_in != DLN_NONE && !spot->is_actor);
    if (spot->cluster == DLN_NONE && !first_person) return;
    uint32_t entity = spot->cluster == DLN_NONE ? DLN_NONE : add_entity(reading, spot->cluster);
    dln_phrase phrase = { .head_token = spot->head,
                          .span = span_of(reading, spot->phrase_first, spot->phrase_count),
                          .mention = silent ? DLN_NONE : add_mention(reading, spot, entity),
                          .entity = entity };
    add_members(reading, spot, &phrase);
    dln_array_push(&reading->doc->phrases, &phrase);
}

/* The order of a list by key, stable: lists come nearly sorted, so that moving items up is cheap; what is far out of
 * place moves at most MAX_SIDE phrases. */
static void sort_mentions(dateline_doc *doc, uint32_t *place) {
    dateline_mention *items = doc->mentions.items;
    for (uint32_t i = 0; i < doc->mentions.count; i++) place[i] = i;
    for (size_t i = 1; i < doc->mentions.count; i++) {
        dateline_mention item = items[i];
        uint32_t number = place[i];
        size_t k = i;
        for (; k > 0 && (items[k - 1].span.begin > item.span.begin ||
                         (items[k - 1].span.begin == item.span.begin && items[k - 1].span.end < item.span.end));
             k--) {
            items[k] = items[k - 1];
            place[k] = place[k - 1];
        }
        items[k] = item;
        place[k] = number;
    }
}

static void sort_phrases(dateline_doc *doc) {
    dln_phrase *items = doc->phrases.items;
    for (size_t i = 1; i < doc->phrases.count; i++) {
        dln_phrase item = items[i];
        size_t k = i;
        for (; k > 0 && items[k - 1].head_token > item.head_token; k--) items[k] = items[k - 1];
        items[k] = item;
    }
}

static bool sort_layers(dln_reading *reading) {
    dateline_doc *doc = reading->doc;
    size_t count = doc->mentions.count;
    uint32_t *place = dln_arena_alloc(reading->scratch, count + 1, sizeof(uint32_t));
    uint32_t *moved = dln_arena_alloc(reading->scratch, count + 1, sizeof(uint32_t));
    if (place == NULL || moved == NULL) return false;
    sort_mentions(doc, place);
    for (uint32_t i = 0; i < count; i++) moved[place[i]] = i;
    dln_phrase *phrases = doc->phrases.items;
    for (size_t i = 0; i < doc->phrases.count; i++) {
        if (phrases[i].mention < count) phrases[i].mention = moved[phrases[i].mention];
    }
    sort_phrases(doc);
    return true;
}

bool dln_entity_all(dln_reading *reading) {
    dateline_doc *doc = reading->doc;
    dln_array_clear(&doc->mentions);
    dln_array_clear(&doc->entities);
    for (uint32_t i = 0; i < reading->spot_count; i++) add_phrase(reading, &reading->spots[i]);
    return sort_layers(reading);
}
