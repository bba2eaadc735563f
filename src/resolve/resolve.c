/* SPDX-License-Identifier: Apache-2.0
 * resolve.c: a resolver's life, and the stage in its order. */
#include "resolve/resolve_internal.h"

/* ---------------------------------------------------------------- loading */

static uint32_t uses_of(const dln_lexicon *lexicon, uint32_t entry) {
    static const char *const names[] = { "owner",  "gendered", "pronoun",  "first",    "relative", "side",
                                         "head",   "weak",     "local",    "mutual",   "body",     "pair",
                                         "triple", "courtesy", "quantity", "division", "follower", "given" };
    uint32_t uses = 0;
    for (uint32_t i = 0; i < dln_entry_value_count(lexicon, entry, "use"); i++) {
        dateline_str value = dln_entry_value(lexicon, entry, "use", i);
        for (unsigned k = 0; k < sizeof names / sizeof *names; k++) {
            if (dln_str_is(value, names[k])) uses |= 1u << k;
        }
    }
    return uses;
}

static void read_words(dln_resolver *resolver) {
    const dln_lexicon *lexicon = resolver->lexicon;
    uint32_t first = 0, count = dln_lexicon_kind(lexicon, "reference", &first);
    for (uint32_t entry = first; entry < first + count; entry++) {
        dateline_str number = dln_entry_value(lexicon, entry, "number", 0);
        dln_word fact = { .uses = uses_of(lexicon, entry),
                          .gender = dln_world_gender(resolver, entry),
                          .number = dln_str_is(number, "plural")     ? 2
                                    : dln_str_is(number, "singular") ? 1
                                                                     : 0,
                          .person = dln_str_is(dln_entry_value(lexicon, entry, "person", 0), "yes") };
        for (uint32_t i = 0; i < dln_entry_phrase_count(lexicon, entry); i++) {
            bool is_new = false;
            uint32_t *at = dln_map_put(&resolver->words, dln_entry_phrase(lexicon, entry, i), &is_new);
            if (at == NULL) return;
            if (is_new) {
                *at = (uint32_t)resolver->facts.count;
                dln_array_push(&resolver->facts, &fact);
            } else ((dln_word *)resolver->facts.items)[*at].uses |= fact.uses;
        }
    }
}

static void read_countries(dln_resolver *resolver) {
    uint32_t first = resolver->kinds[DLN_KIND_COUNTRY].first, count = resolver->kinds[DLN_KIND_COUNTRY].count;
    for (uint32_t entry = first; entry < first + count; entry++) {
        dateline_str code = dln_entry_value(resolver->lexicon, entry, "code", 0);
        bool is_new = false;
        if (dln_world_form(resolver, entry) != DLN_FORM_NAME || code.len == 0) continue;
        uint32_t *at = dln_map_put(&resolver->countries, code, &is_new);
        if (at == NULL) return;
        if (is_new) *at = entry;
    }
}

static uint32_t place_uses_of(const dln_lexicon *lexicon, uint32_t entry) {
    static const char *const names[] = { "body", "direction", "kind", "inside", "never", "common", "toward" };
    uint32_t uses = 0;
    for (uint32_t i = 0; i < dln_entry_value_count(lexicon, entry, "as"); i++) {
        dateline_str value = dln_entry_value(lexicon, entry, "as", i);
        for (unsigned k = 0; k < sizeof names / sizeof *names; k++) {
            if (dln_str_is(value, names[k])) uses |= 1u << k;
        }
    }
    return uses;
}

static void read_place_words(dln_resolver *resolver) {
    const dln_lexicon *lexicon = resolver->lexicon;
    uint32_t first = 0, count = dln_lexicon_kind(lexicon, "place_word", &first);
    for (uint32_t entry = first; entry < first + count; entry++) {
        for (uint32_t i = 0; i < dln_entry_phrase_count(lexicon, entry); i++) {
            bool is_new = false;
            uint32_t *uses = dln_map_put(&resolver->place_words, dln_entry_phrase(lexicon, entry, i), &is_new);
            if (uses != NULL) *uses |= place_uses_of(lexicon, entry);
        }
    }
    count = dln_lexicon_kind(lexicon, "place_abbreviation", &first);
    for (uint32_t entry = first; entry < first + count; entry++) {
        for (uint32_t i = 0; i < dln_entry_phrase_count(lexicon, entry); i++) {
            bool is_new = false;
            uint32_t *at = dln_map_put(&resolver->abbreviations, dln_entry_phrase(lexicon, entry, i), &is_new);
            if (at != NULL) *at = entry;
        }
    }
}

/* Chains the rows of one canonical name, of actors and organisations. */
static void chain_rows(dln_resolver *resolver, dln_kind kind, uint32_t *next) {
    dln_map last;
    dln_map_init(&last);
    uint32_t first = resolver->kinds[kind].first, count = resolver->kinds[kind].count;
    for (uint32_t entry = first; entry < first + count; entry++) {
        dateline_str name = dln_world_codes(resolver, entry).name;
        bool is_first = false, is_new = false;
        uint32_t *head = dln_map_put(&resolver->people, name, &is_first);
        uint32_t *tail = dln_map_put(&last, name, &is_new);
        if (head == NULL || tail == NULL) break;
        if (is_first) *head = entry;
        else if (!is_new) next[*tail - resolver->row_first] = entry;
        *tail = entry;
    }
    if (last.status != DATELINE_OK) resolver->people.status = last.status;
    dln_map_release(&last);
}

static void read_rows(dln_resolver *resolver) {
    static const dln_kind kinds[] = { DLN_KIND_ORGANISATION, DLN_KIND_ACTOR };
    uint32_t begin = UINT32_MAX, end = 0;
    for (size_t i = 0; i < 2; i++) {
        uint32_t first = resolver->kinds[kinds[i]].first, count = resolver->kinds[kinds[i]].count;
        if (count == 0) continue;
        if (first < begin) begin = first;
        if (first + count > end) end = first + count;
    }
    if (end <= begin || !dln_array_resize(&resolver->next_row, end - begin)) return;
    resolver->row_first = begin;
    memset(resolver->next_row.items, 0xFF, (end - begin) * sizeof(uint32_t));
    for (size_t i = 0; i < 2; i++) chain_rows(resolver, kinds[i], resolver->next_row.items);
}

static bool make_parts(dln_resolver *resolver, dateline_error *err) {
    static const char *const names[] = { "country", "organisation", "actor", "place" };
    static const char *const roles[] = { "role" };
    resolver->names = dln_finder_new(resolver->lexicon, names, 4, err);
    if (resolver->names == NULL) return false;
    resolver->roles = dln_finder_new(resolver->lexicon, roles, 1, err);
    if (resolver->roles == NULL) return false;
    resolver->times = dln_times_new(resolver->lexicon, err);
    return resolver->times != NULL;
}

dln_resolver *dln_resolver_new(const dln_lexicon *lexicon, dateline_error *err) {
    static const char *const kinds[DLN_KIND_COUNT] = { NULL, "country", "organisation", "actor", "role", "place" };
    dln_resolver *resolver = dln_alloc(1, sizeof *resolver);
    if (resolver == NULL) {
        dln_error_memory(err);
        return NULL;
    }
    resolver->lexicon = lexicon;
    for (int kind = DLN_KIND_COUNTRY; kind < DLN_KIND_COUNT; kind++) {
        resolver->kinds[kind].count = dln_lexicon_kind(lexicon, kinds[kind], &resolver->kinds[kind].first);
    }
    dln_map_init(&resolver->words);
    dln_map_init(&resolver->countries);
    dln_map_init(&resolver->people);
    dln_map_init(&resolver->place_words);
    dln_map_init(&resolver->abbreviations);
    dln_array_init(&resolver->facts, sizeof(dln_word));
    dln_array_init(&resolver->next_row, sizeof(uint32_t));
    read_words(resolver);
    read_countries(resolver);
    read_rows(resolver);
    read_place_words(resolver);
    bool complete = resolver->place_words.status == DATELINE_OK && resolver->abbreviations.status == DATELINE_OK &&
                    resolver->words.status == DATELINE_OK && resolver->countries.status == DATELINE_OK &&
                    resolver->people.status == DATELINE_OK && resolver->facts.status == DATELINE_OK &&
                    resolver->next_row.status == DATELINE_OK;
    if (!complete) dln_error_memory(err);
    if (complete && make_parts(resolver, err)) return resolver;
    dln_resolver_free(resolver);
    return NULL;
}

dateline_status dln_resolver_open_gazetteer(dln_resolver *resolver, const char *model_dir, dateline_error *err) {
    dln_buf path;
    dln_buf_init(&path);
    dln_buf_add_format(&path, "%s/en.places", model_dir);
    char *name = dln_buf_detach(&path);
    if (name == NULL) return dln_error_memory(err);
    dateline_error own = { .code = DATELINE_OK };
    resolver->gazetteer = dln_gazetteer_load(name, &own);
    dln_free(name);
    if (resolver->gazetteer != NULL) return DATELINE_OK;
    if (err != NULL) *err = own;
    return own.code;
}

void dln_resolver_free(dln_resolver *resolver) {
    if (resolver == NULL) return;
    dln_finder_free(resolver->names);
    dln_finder_free(resolver->roles);
    dln_times_free(resolver->times);
    dln_map_release(&resolver->words);
    dln_map_release(&resolver->countries);
    dln_map_release(&resolver->people);
    dln_map_release(&resolver->place_words);
    dln_map_release(&resolver->abbreviations);
    dln_gazetteer_free(resolver->gazetteer);
    dln_array_release(&resolver->facts);
    dln_array_release(&resolver->next_row);
    dln_free(resolver);
}

/* ---------------------------------------------------------------- the stage */

static void mark_times(dln_reading *reading) {
    const dateline_doc *doc = reading->doc;
    const dateline_time *times = doc->times.items;
    for (size_t i = 0, t = 0; i < doc->tokens.count && t < doc->times.count; i++) {
        dateline_span span = dln_doc_token(doc, i)->span;
        while (t < doc->times.count && times[t].span.end <= span.begin) t++;
        reading->in_time[i] = t < doc->times.count && span.begin >= times[t].span.begin;
    }
}

static bool begin_reading(dln_reading *reading) {
    const dateline_doc *doc = reading->doc;
    uint32_t count = (uint32_t)doc->tokens.count;
    dln_arena *scratch = reading->scratch;
    uint32_t **lists[] = { &reading->sentence_of, &reading->name_match, &reading->role_match, &reading->spot_at };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        *lists[i] = dln_arena_alloc(scratch, count + 1, sizeof(uint32_t));
        if (*lists[i] == NULL) return false;
        memset(*lists[i], 0xFF, (count + 1) * sizeof(uint32_t));
    }
    reading->words = dln_arena_alloc(scratch, count + 1, sizeof(dateline_str));
    reading->in_time = dln_arena_alloc(scratch, count + 1, sizeof(bool));
    if (reading->words == NULL || reading->in_time == NULL) return false;
    for (uint32_t i = 0; i < count; i++) reading->words[i] = dln_token_form(doc, i);
    for (uint32_t s = 0; s < doc->sentences.count; s++) {
        const dateline_sentence *sentence = dln_doc_sentence(doc, s);
        for (uint32_t k = 0; k < sentence->token_count; k++) reading->sentence_of[sentence->first_token + k] = s;
    }
    mark_times(reading);
    return dln_tree_init(&reading->tree, scratch, doc);
}

dateline_status dln_resolve(const dln_resolver *resolver, dln_arena *scratch, dateline_doc *doc, dateline_error *err) {
    dateline_status status = dln_times_read(resolver->times, scratch, doc, err);
    if (status != DATELINE_OK) return status;
    dln_arena_clear(scratch); /* what served the times is done with */
    dln_reading reading = { .resolver = resolver, .doc = doc, .scratch = scratch };
    dln_array_init(&reading.match_list, sizeof(dln_match));
    dln_array_init(&reading.spot_list, sizeof(dln_spot));
    dln_array_init(&reading.cluster_list, sizeof(dln_cluster));
    dln_array_init(&reading.member_list, sizeof(uint32_t));
    bool done = begin_reading(&reading) && dln_match_all(&reading) && dln_spot_all(&reading) &&
                dln_coref_all(&reading) && dln_entity_all(&reading) && dln_place_all(&reading);
    done = done && scratch->status == DATELINE_OK && reading.match_list.status == DATELINE_OK &&
           reading.spot_list.status == DATELINE_OK && reading.cluster_list.status == DATELINE_OK &&
           reading.member_list.status == DATELINE_OK;
    dln_array_release(&reading.match_list);
    dln_array_release(&reading.spot_list);
    dln_array_release(&reading.cluster_list);
    dln_array_release(&reading.member_list);
    return done ? DATELINE_OK : dln_error_memory(err);
}
