/* SPDX-License-Identifier: Apache-2.0
 * ontology.c: types, modes, codes and word lists as the lexicons state them. */
#include "event/event_internal.h"

bool dln_number_parse(dateline_str text, double *value) {
    double whole = 0, place = 1;
    bool negative = false, fraction = false, digits = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (i == 0 && (c == '-' || c == '+')) negative = c == '-';
        else if (c == '.' && !fraction) fraction = true;
        else if (c >= '0' && c <= '9' && i < 18) {
            digits = true;
            whole = whole * 10 + (c - '0');
            if (fraction) place *= 10;
        } else return false;
    }
    *value = (negative ? -whole : whole) / place; /* one rounding, whatever the number of digits */
    return digits;
}

static bool says(const dln_lexicon *lexicon, uint32_t entry, const char *key, const char *value) {
    uint32_t count = dln_entry_value_count(lexicon, entry, key);
    for (uint32_t i = 0; i < count; i++) {
        if (dln_str_is(dln_entry_value(lexicon, entry, key, i), value)) return true;
    }
    return false;
}

static dateline_status bad_entry(const dln_lexicon *lexicon, uint32_t entry, const char *what, dateline_error *err) {
    return dln_error_set(err, DATELINE_BAD_LEXICON, dln_entry_line(lexicon, entry), "%.*s, line %u: %s",
                         DLN_STR_ARG(dln_entry_file(lexicon, entry)), (unsigned)dln_entry_line(lexicon, entry), what);
}

content_kind dln_content_kind(const dln_lexicon *lexicon, uint32_t entry) {
    static const char *const names[] = { "", "yes", "done to", "asked" }; /* by content_kind */
    for (int kind = CONTENT_ASKED; kind > CONTENT_PLAIN; kind--) {
        if (says(lexicon, entry, "embeds", names[kind])) return (content_kind)kind;
    }
    return CONTENT_PLAIN;
}

static dateline_status read_type(ontology *o, uint32_t entry, dateline_error *err) {
    const dln_lexicon *lexicon = o->lexicon;
    type_fact fact = { .name = dln_entry_phrase(lexicon, entry, 0) };
    double quad = 0;
    if (!dln_number_parse(dln_entry_value(lexicon, entry, "quad", 0), &quad) || quad < 1 || quad > 4) {
        return bad_entry(lexicon, entry, "a type needs quad: 1 to 4", err);
    }
    if (!dln_number_parse(dln_entry_value(lexicon, entry, "scale", 0), &fact.scale)) {
        return bad_entry(lexicon, entry, "a type needs scale: NUMBER", err);
    }
    fact.quad = (uint8_t)quad;
    fact.needs_recipient = says(lexicon, entry, "recipient", "required");
    fact.two_actors_do = says(lexicon, entry, "recipient", "or two actors");
    fact.reciprocal = says(lexicon, entry, "reciprocal", "yes");
    fact.embeds = dln_content_kind(lexicon, entry);
    fact.future = dln_entry_value(lexicon, entry, "future", 0);
    fact.keeps_future = says(lexicon, entry, "keeps", "future");
    fact.refused = dln_entry_value(lexicon, entry, "refused", 0);
    fact.threatened = dln_entry_value(lexicon, entry, "threatened", 0);
    fact.promised = dln_entry_value(lexicon, entry, "promised", 0);
    fact.speech = says(lexicon, entry, "speech", "yes");
    fact.local = says(lexicon, entry, "place", "dateline");
    fact.between = dln_entry_value(lexicon, entry, "between", 0);
    fact.leaders = dln_entry_value(lexicon, entry, "leaders", 0);
    fact.domestic = says(lexicon, entry, "domestic", "yes");
    fact.gathering = says(lexicon, entry, "gathering", "yes");
    fact.cameo = dln_entry_value(lexicon, entry, "cameo", 0);
    dln_array_push(&o->types, &fact);
    return DATELINE_OK;
}

static dateline_status read_mode(ontology *o, uint32_t entry, dateline_error *err) {
    mode_fact fact = { .name = dln_entry_phrase(o->lexicon, entry, 0),
                       .type = dln_entry_value(o->lexicon, entry, "type", 0),
                       .entry = entry };
    if (fact.type.len == 0) return bad_entry(o->lexicon, entry, "a mode needs type: TYPE", err);
    dateline_str scale = dln_entry_value(o->lexicon, entry, "scale", 0);
    fact.has_scale = scale.len > 0;
    if (fact.has_scale && !dln_number_parse(scale, &fact.scale)) {
        return bad_entry(o->lexicon, entry, "scale: is no number", err);
    }
    dln_array_push(&o->modes, &fact);
    return DATELINE_OK;
}

/* 'kind:group:word' in lower case. */
static void add_key(dln_buf *out, const char *kind, dateline_str group, dateline_str word) {
    dln_buf_add(out, dateline_str_from(kind));
    dln_buf_add_char(out, ':');
    dln_buf_add(out, group);
    dln_buf_add_char(out, ':');
    dln_text_lower(out, word);
}

static void index_word(ontology *o, const char *kind, dateline_str group, dateline_str word, uint32_t entry) {
    dln_buf key;
    dln_buf_init(&key);
    add_key(&key, kind, group, word);
    dateline_str copy = dln_arena_str(&o->arena, dln_buf_str(&key));
    if (key.status != DATELINE_OK) o->words.status = key.status;
    dln_buf_release(&key);
    bool is_new = false;
    uint32_t *slot = dln_map_put(&o->words, copy, &is_new);
    if (slot != NULL && is_new) *slot = entry;
}

static void index_words(ontology *o, const char *kind, const char *group_key) {
    uint32_t first = 0, count = dln_lexicon_kind(o->lexicon, kind, &first);
    for (uint32_t entry = first; entry < first + count; entry++) {
        uint32_t words = dln_entry_phrase_count(o->lexicon, entry);
        uint32_t groups = dln_entry_value_count(o->lexicon, entry, group_key);
        for (uint32_t g = 0; g < (groups == 0 ? 1 : groups); g++) {
            dateline_str group = dln_entry_value(o->lexicon, entry, group_key, g);
            for (uint32_t i = 0; i < words; i++) {
                index_word(o, kind, group, dln_entry_phrase(o->lexicon, entry, i), entry);
            }
        }
    }
}

bool dln_ontology_word(const ontology *o, const char *kind, dateline_str group, dateline_str word, uint32_t *entry) {
    char space[96];
    size_t kind_len = strlen(kind), len = kind_len + group.len + 2;
    if (len + word.len > sizeof space) return false;
    memcpy(space, kind, kind_len);
    space[kind_len] = ':';
    if (group.len > 0) memcpy(space + kind_len + 1, group.ptr, group.len);
    space[len - 1] = ':';
    len += dln_lower_short(word, space + len, sizeof space - len).len;
    const uint32_t *found = dln_map_get(&o->words, (dateline_str){ space, len });
    if (found != NULL && entry != NULL) *entry = *found;
    return found != NULL;
}

static void index_cameo(ontology *o) {
    uint32_t first = 0, count = dln_lexicon_kind(o->lexicon, "cameo", &first);
    for (uint32_t entry = first; entry < first + count; entry++) {
        bool is_new = false;
        uint32_t *slot = dln_map_put(&o->cameo, dln_entry_phrase(o->lexicon, entry, 0), &is_new);
        if (slot != NULL) *slot = entry;
    }
}

dateline_status dln_ontology_init(ontology *o, const dln_lexicon *lexicon, dateline_error *err) {
    o->lexicon = lexicon;
    dln_array_init(&o->types, sizeof(type_fact));
    dln_array_init(&o->modes, sizeof(mode_fact));
    dln_map_init(&o->cameo);
    dln_map_init(&o->words);
    dln_arena_init(&o->arena);
    dateline_status status = DATELINE_OK;
    uint32_t first = 0, count = dln_lexicon_kind(lexicon, "type", &first);
    for (uint32_t i = 0; i < count && status == DATELINE_OK; i++) status = read_type(o, first + i, err);
    count = dln_lexicon_kind(lexicon, "mode", &first);
    for (uint32_t i = 0; i < count && status == DATELINE_OK; i++) status = read_mode(o, first + i, err);
    if (status != DATELINE_OK) return status;
    index_cameo(o);
    index_words(o, "class", "class");
    index_words(o, "carrier", "none");
    index_words(o, "auxiliary", "where");
    index_words(o, "speech", "cue");
    index_words(o, "instrument", "type");
    if (o->types.status != DATELINE_OK || o->modes.status != DATELINE_OK || o->cameo.status != DATELINE_OK ||
        o->words.status != DATELINE_OK || o->arena.status != DATELINE_OK) {
        return dln_error_memory(err);
    }
    return DATELINE_OK;
}

void dln_ontology_release(ontology *o) {
    dln_array_release(&o->types);
    dln_array_release(&o->modes);
    dln_map_release(&o->cameo);
    dln_map_release(&o->words);
    dln_arena_release(&o->arena);
}

const type_fact *dln_ontology_type(const ontology *o, dateline_str name) {
    const type_fact *types = o->types.items;
    for (size_t i = 0; i < o->types.count; i++) {
        if (dln_str_equal(types[i].name, name)) return &types[i];
    }
    return NULL;
}

const mode_fact *dln_ontology_mode(const ontology *o, dateline_str type, dateline_str mode) {
    const mode_fact *modes = o->modes.items;
    for (size_t i = 0; i < o->modes.count; i++) {
        if (dln_str_equal(modes[i].type, type) && dln_str_equal(modes[i].name, mode)) return &modes[i];
    }
    return NULL;
}

bool dln_ontology_goldstein(const ontology *o, dateline_str cameo, double *value) {
    const uint32_t *entry = dln_map_get(&o->cameo, cameo);
    return entry != NULL && dln_number_parse(dln_entry_value(o->lexicon, *entry, "goldstein", 0), value);
}

/* `content: TYPE` or `content: TYPE:mode`. */
static bool gives_mode(const ontology *o, const mode_fact *fact, dateline_str type, dateline_str mode, bool exact) {
    uint32_t count = dln_entry_value_count(o->lexicon, fact->entry, "content");
    for (uint32_t i = 0; i < count; i++) {
        dateline_str rest = dln_entry_value(o->lexicon, fact->entry, "content", i);
        dateline_str content_type = dln_str_part(&rest, ':');
        if (!dln_str_equal(content_type, type)) continue;
        if (exact ? rest.len > 0 && dln_str_equal(rest, mode) : rest.len == 0) return true;
    }
    return false;
}

dateline_str dln_ontology_content_mode(const ontology *o, dateline_str type, dateline_str content_type,
                                       dateline_str content_mode) {
    const mode_fact *modes = o->modes.items;
    for (int exact = 1; exact >= 0; exact--) {
        for (size_t i = 0; i < o->modes.count; i++) {
            if (dln_str_equal(modes[i].type, type) && gives_mode(o, &modes[i], content_type, content_mode, exact)) {
                return modes[i].name;
            }
        }
    }
    return (dateline_str){ NULL, 0 };
}
