/* SPDX-License-Identifier: Apache-2.0
 * coder.c: reads the event lexicon into frames, found by the lemma of their head. */
#include "event/event_internal.h"

static dateline_status bad_entry(const dln_lexicon *lexicon, uint32_t entry, const char *what, dateline_str which,
                                 dateline_error *err) {
    return dln_error_set(err, DATELINE_BAD_LEXICON, dln_entry_line(lexicon, entry), "%.*s, line %u: %s: '%.*s'",
                         DLN_STR_ARG(dln_entry_file(lexicon, entry)), (unsigned)dln_entry_line(lexicon, entry), what,
                         (int)(which.len < 60 ? which.len : 60), which.len == 0 ? "" : which.ptr);
}

/* The codes of an entry must be known to the ontology. */
static dateline_status check_codes(const dln_coder *coder, uint32_t entry, dateline_error *err) {
    const dln_lexicon *lexicon = coder->lexicon;
    dateline_str type = dln_entry_value(lexicon, entry, "type", 0);
    if (dln_ontology_type(&coder->ontology, type) == NULL) {
        return bad_entry(lexicon, entry, "type: is not one of kind type", type, err);
    }
    uint32_t modes = dln_entry_value_count(lexicon, entry, "mode");
    for (uint32_t i = 0; i < modes; i++) {
        dateline_str mode = dln_entry_value(lexicon, entry, "mode", i);
        if (dln_ontology_mode(&coder->ontology, type, mode) == NULL) {
            return bad_entry(lexicon, entry, "mode: is not one of that type", mode, err);
        }
    }
    dateline_str cameo = dln_entry_value(lexicon, entry, "cameo", 0);
    if (cameo.len > 0 && dln_map_get(&coder->ontology.cameo, cameo) == NULL) {
        return bad_entry(lexicon, entry, "cameo: is not one of kind cameo", cameo, err);
    }
    return DATELINE_OK;
}

static dateline_status read_entry(dln_coder *coder, uint32_t entry, dateline_error *err) {
    dateline_status status = check_codes(coder, entry, err);
    uint32_t count = dln_entry_phrase_count(coder->lexicon, entry);
    const type_fact *type = dln_ontology_type(&coder->ontology, dln_entry_value(coder->lexicon, entry, "type", 0));
    for (uint32_t i = 0; i < count && status == DATELINE_OK; i++) {
        frame compiled;
        const char *why = NULL;
        dateline_str pattern = dln_entry_phrase(coder->lexicon, entry, i);
        if (!dln_frame_parse(pattern, &compiled, &why)) return bad_entry(coder->lexicon, entry, why, pattern, err);
        compiled.entry = entry;
        compiled.layer = dln_entry_layer(coder->lexicon, entry);
        compiled.needs_recipient = type->needs_recipient;
        compiled.pattern = pattern;
        dln_array_push(&coder->frames, &compiled);
    }
    return status;
}

/* A frame under one lemma of its head. */
typedef struct {
    uint32_t lemma, frame; /* lemma: number of the map's entry */
} posting;

static void add_posting(dln_coder *coder, dln_array *postings, dateline_str lemma, uint32_t frame_number) {
    bool is_new = false;
    uint32_t next = (uint32_t)coder->heads.entries.count;
    uint32_t *slot = lemma.len == 0 ? NULL : dln_map_put(&coder->heads, lemma, &is_new);
    if (slot == NULL) return;
    if (is_new) *slot = next;
    dln_array_push(postings, &(posting){ *slot, frame_number });
}

/* A head '[talks]' stands for every word of the class. */
static void add_class(dln_coder *coder, dln_array *postings, dateline_str group, uint32_t frame_number) {
    const dln_lexicon *lexicon = coder->lexicon;
    uint32_t first = 0, count = dln_lexicon_kind(lexicon, "class", &first);
    for (uint32_t e = first; e < first + count; e++) {
        bool member = false;
        uint32_t groups = dln_entry_value_count(lexicon, e, "class"), words = dln_entry_phrase_count(lexicon, e);
        for (uint32_t g = 0; g < groups; g++) member |= dln_str_equal(dln_entry_value(lexicon, e, "class", g), group);
        for (uint32_t w = 0; member && w < words; w++) {
            add_posting(coder, postings, dln_entry_phrase(lexicon, e, w), frame_number);
        }
    }
}

static void add_postings(dln_coder *coder, dln_array *postings) {
    for (size_t f = 0; f < coder->frames.count; f++) {
        dateline_str heads = ((const frame *)coder->frames.items)[f].head;
        if (heads.len > 2 && heads.ptr[0] == '[') {
            add_class(coder, postings, dln_str_slice(heads, 1, heads.len - 1), (uint32_t)f);
            continue;
        }
        while (heads.len > 0) add_posting(coder, postings, dln_str_part(&heads, '/'), (uint32_t)f);
    }
}

/* Counting sort: runs of frame numbers, each closed by NO_INDEX; the map then leads to the start of the run. */
static void index_heads(dln_coder *coder) {
    dln_array postings, starts;
    dln_array_init(&postings, sizeof(posting));
    dln_array_init(&starts, sizeof(uint32_t));
    add_postings(coder, &postings);
    size_t lemmas = coder->heads.entries.count;
    bool fine = dln_array_resize(&starts, lemmas + 1) && dln_array_resize(&coder->by_head, postings.count + lemmas);
    if (fine && postings.status == DATELINE_OK && coder->heads.status == DATELINE_OK) {
        uint32_t *start = starts.items, *list = coder->by_head.items, at = 0;
        const posting *all = postings.items;
        for (size_t i = 0; i < postings.count; i++) start[all[i].lemma]++;
        for (size_t i = 0; i < lemmas; i++) {
            uint32_t count = start[i];
            start[i] = at;
            ((dln_map_entry *)coder->heads.entries.items)[i].value = at;
            at += count + 1;
        }
        for (size_t i = 0; i < postings.count + lemmas; i++) list[i] = DATELINE_NO_INDEX;
        for (size_t i = 0; i < postings.count; i++) list[start[all[i].lemma]++] = all[i].frame;
    } else {
        coder->heads.status = DATELINE_NO_MEMORY;
    }
    dln_array_release(&postings);
    dln_array_release(&starts);
}

static dateline_status load(dln_coder *coder, dateline_error *err) {
    dateline_status status = dln_ontology_init(&coder->ontology, coder->lexicon, err);
    uint32_t first = 0, count = dln_lexicon_kind(coder->lexicon, "event", &first);
    for (uint32_t i = 0; i < count && status == DATELINE_OK; i++) status = read_entry(coder, first + i, err);
    if (status != DATELINE_OK) return status;
    index_heads(coder);
    static const char *const kinds[] = { "context" };
    coder->contexts = dln_finder_new(coder->lexicon, kinds, 1, err);
    if (coder->contexts == NULL) return DATELINE_NO_MEMORY;
    bool fine = coder->frames.status == DATELINE_OK && coder->by_head.status == DATELINE_OK &&
                coder->heads.status == DATELINE_OK;
    return fine ? DATELINE_OK : dln_error_memory(err);
}

dln_coder *dln_coder_new(const dln_lexicon *lexicon, const dln_resolver *resolver, dateline_error *err) {
    dln_coder *coder = dln_alloc(1, sizeof *coder);
    if (coder == NULL) {
        dln_error_memory(err);
        return NULL;
    }
    coder->lexicon = lexicon;
    coder->resolver = resolver;
    dln_array_init(&coder->frames, sizeof(frame));
    dln_array_init(&coder->by_head, sizeof(uint32_t));
    dln_map_init(&coder->heads);
    if (load(coder, err) == DATELINE_OK) return coder;
    dln_coder_free(coder);
    return NULL;
}

void dln_coder_free(dln_coder *coder) {
    if (coder == NULL) return;
    dln_finder_free(coder->contexts);
    dln_ontology_release(&coder->ontology);
    dln_array_release(&coder->frames);
    dln_array_release(&coder->by_head);
    dln_map_release(&coder->heads);
    dln_free(coder);
}
