/* SPDX-License-Identifier: Apache-2.0
 * match.c: lexicon phrases over the tokens of a doc, longest first, without overlap. */
#include "resolve/resolve_internal.h"

enum { MAX_FOUND = 16 };

uint32_t dln_match_state(const dln_resolver *resolver, const dln_match *match) {
    for (uint32_t i = 0; i < match->entry_count; i++) {
        if (dln_world_kind(resolver, match->entries[i]) == DLN_KIND_COUNTRY) return match->entries[i];
    }
    return DLN_NONE;
}

/* The longest phrase at token `at`, with all its entries; 0: none. Returns its length. */
static uint32_t match_at(dln_reading *reading, const dln_finder *finder, uint32_t end, uint32_t at,
                         uint32_t *by_token) {
    dln_found found[MAX_FOUND];
    size_t count = dln_finder_at(finder, reading->words, end, at, found, MAX_FOUND);
    if (count == 0) return 0;
    dln_match *match = dln_array_add(&reading->match_list);
    if (match == NULL) return 0;
    reading->matches = reading->match_list.items;
    *match = (dln_match){ .first = found[0].first, .count = found[0].count };
    for (size_t i = 0; i < count && found[i].count == match->count; i++) {
        if (match->entry_count < DLN_MAX_PHRASE_ENTRIES) match->entries[match->entry_count++] = found[i].entry;
    }
    uint32_t length = match->count;
    if (length > 1 && dln_reading_token(reading, at)->upos == DATELINE_UPOS_DET) { /* 'the Emirates': no article */
        match->first++;
        match->count--;
    }
    for (uint32_t k = 0; k < length; k++) by_token[at + k] = (uint32_t)reading->match_list.count - 1;
    return length;
}

static void match_sentence(dln_reading *reading, const dln_finder *finder, const dateline_sentence *sentence,
                           uint32_t *by_token) {
    uint32_t end = sentence->first_token + sentence->token_count;
    for (uint32_t at = sentence->first_token; at < end;) {
        uint32_t length = reading->in_time[at] ? 0 : match_at(reading, finder, end, at, by_token);
        at += length > 0 ? length : 1;
    }
}

bool dln_match_all(dln_reading *reading) {
    const dateline_doc *doc = reading->doc;
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        const dateline_sentence *sentence = dln_doc_sentence(doc, i);
        match_sentence(reading, reading->resolver->names, sentence, reading->name_match);
        match_sentence(reading, reading->resolver->roles, sentence, reading->role_match);
    }
    dln_place_context(reading);
    return reading->match_list.status == DATELINE_OK;
}
