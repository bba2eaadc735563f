/* SPDX-License-Identifier: Apache-2.0
 * corpus.c: treebanks and entity files into memory. */
#include "train.h"

#include <stdlib.h>

uint32_t text_number(text_list *list, dateline_str text) {
    bool is_new;
    uint32_t *at = need(dln_map_put(&list->map, text, &is_new));
    if (is_new) *at = (uint32_t)list->map.entries.count - 1;
    return *at;
}

dateline_str text_at(const text_list *list, uint32_t number) {
    return ((const dln_map_entry *)list->map.entries.items)[number].key;
}

void corpus_init(corpus *c) {
    dln_arena_init(&c->arena);
    dln_array_init(&c->samples, sizeof(sample));
    dln_map_init(&c->labels.map);
    dln_map_init(&c->deprels.map);
    dln_map_init(&c->feats.map);
    text_number(&c->deprels, DLN_STR("root")); /* is number 0 */
}

sample *corpus_sample(const corpus *c, size_t i) {
    return (sample *)c->samples.items + i;
}

dateline_str read_whole(dln_arena *arena, const char *path) {
    dln_file file;
    dateline_error err;
    if (dln_file_map(&file, path, &err) != DATELINE_OK) fail(path, err.what);
    dateline_str text = dln_arena_str(arena, (dateline_str){ file.data, file.size });
    dln_file_unmap(&file);
    need((void *)(uintptr_t)text.ptr);
    return text;
}

static sample *add_sample(corpus *c, uint32_t count) {
    sample *s = need(dln_array_add(&c->samples));
    size_t places = count + 2;
    s->work.count = count;
    s->origin = (uint32_t)c->samples.count - 1;
    s->work.words = need(dln_arena_alloc(&c->arena, places, sizeof(dln_word)));
    uint8_t **bytes[] = { &s->work.labels, &s->work.upos, &s->work.names, &s->gold, &s->rels, &s->gold_names };
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++) *bytes[i] = need(dln_arena_alloc(&c->arena, places, 1));
    s->forms = need(dln_arena_alloc(&c->arena, places, sizeof(dateline_str)));
    s->lemmas = need(dln_arena_alloc(&c->arena, places, sizeof(dateline_str)));
    s->heads = need(dln_arena_alloc(&c->arena, places, sizeof(uint32_t)));
    s->feats = need(dln_arena_alloc(&c->arena, places, sizeof(uint32_t)));
    return s;
}

static void read_words(sample *s) {
    dln_buf buf;
    dln_buf_init(&buf);
    for (uint32_t i = 0; i < s->work.count; i++) dln_word_read(&s->work.words[i], s->forms[i], &buf);
    dln_sentence_close(&s->work);
    s->work.style = dln_style_of(s->forms, s->work.count);
    dln_buf_release(&buf);
}

/* ---------------------------------------------------------------- CoNLL-U */

enum { ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, COLUMNS };

static uint32_t number_of(dateline_str text) {
    uint64_t value;
    if (!dln_str_to_u64(text, &value) || value > UINT32_MAX) fail("not a number", text.ptr);
    return (uint32_t)value;
}

/* A line without its end; absent after the last one. Unlike dln_str_part it trims nothing. */
static dateline_str next_line(dateline_str *rest) {
    if (rest->len == 0) return (dateline_str){ NULL, 0 };
    size_t end = dln_str_find(*rest, DLN_STR("\n"), 0);
    dateline_str text = dln_str_slice(*rest, 0, end);
    *rest = end == SIZE_MAX ? (dateline_str){ rest->ptr, 0 } : dln_str_slice(*rest, end + 1, rest->len);
    return text;
}

/* Columns of a syntactic word; false for comments, multiword tokens and empty nodes. */
static bool read_columns(dateline_str text, dateline_str columns[COLUMNS]) {
    uint64_t id;
    if (text.len == 0 || text.ptr[0] == '#') return false;
    for (int i = 0; i < COLUMNS; i++) columns[i] = dln_str_part(&text, '\t');
    return dln_str_to_u64(columns[ID], &id);
}

static void read_row(corpus *c, sample *s, uint32_t i, dateline_str columns[COLUMNS]) {
    dln_buf label;
    dln_buf_init(&label);
    dln_buf_add_format(&label, "%.*s %.*s", DLN_STR_ARG(columns[UPOS]), DLN_STR_ARG(columns[XPOS]));
    s->forms[i] = columns[FORM];
    s->lemmas[i] = columns[LEMMA];
    s->gold[i] = (uint8_t)text_number(&c->labels, dln_arena_str(&c->arena, dln_buf_str(&label)));
    s->feats[i] = text_number(&c->feats, columns[FEATS]);
    s->rels[i] = (uint8_t)text_number(&c->deprels, columns[DEPREL]);
    uint32_t head = number_of(columns[HEAD]);
    s->heads[i] = head == 0 ? s->work.count : head - 1;
    dln_buf_release(&label);
}

static void read_block(corpus *c, dateline_str block) {
    dateline_str rest = block, columns[COLUMNS];
    uint32_t count = 0, i = 0;
    while (rest.len > 0) count += read_columns(next_line(&rest), columns);
    if (count == 0) return;
    sample *s = add_sample(c, count);
    for (rest = block; rest.len > 0;)
        if (read_columns(next_line(&rest), columns)) read_row(c, s, i++, columns);
    read_words(s);
}

static bool is_listed(dateline_str list, dateline_str name) {
    while (list.len > 0) {
        dateline_str text = next_line(&list);
        if (dln_str_equal(dln_str_part(&text, ' '), name)) return true;
    }
    return false;
}

void corpus_read_conllu(corpus *c, const char *path, const char *only) {
    dateline_str rest = read_whole(&c->arena, path), list = { NULL, 0 };
    if (only != NULL) list = read_whole(&c->arena, only);
    bool wanted = true;
    while (rest.len > 0) {
        size_t end = dln_str_find(rest, DLN_STR("\n\n"), 0);
        dateline_str block = dln_str_slice(rest, 0, end);
        rest = dln_str_slice(rest, end == SIZE_MAX ? rest.len : end + 2, rest.len);
        const dateline_str mark = DLN_STR("# newdoc id = ");
        size_t at = dln_str_find(block, mark, 0);
        if (at != SIZE_MAX && only != NULL) {
            dateline_str name = dln_str_slice(block, at + mark.len, block.len);
            wanted = is_listed(list, next_line(&name));
        }
        if (wanted) read_block(c, block);
    }
}

/* ---------------------------------------------------------------- BIO */

/* 0 person, 1 organisation, 2 place, 3 other names; -1: none of ours (dates, sums). */
static int name_type(dateline_str tag) {
    static const struct {
        const char *tag;
        int type;
    } types[] = { { "PER", 0 },           { "person", 0 },      { "Person", 0 },       { "ORG", 1 },
                  { "group", 1 },         { "corporation", 1 }, { "Organisation", 1 }, { "LOC", 2 },
                  { "location", 2 },      { "Location", 2 },    { "MISC", 3 },         { "product", 3 },
                  { "creative-work", 3 }, { "Nationality", 3 } };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (dln_str_is(tag, types[i].tag)) return types[i].type;
    return -1;
}

static uint8_t name_class(dateline_str tag) {
    int type = tag.len > 2 ? name_type(dln_str_slice(tag, 2, tag.len)) : -1;
    return (uint8_t)(type < 0 ? 0 : 1 + 2 * type + (tag.ptr[0] == 'I'));
}

/* Cuts the next word off a token: hyphens between letters stand alone, as in the treebanks. */
static dateline_str next_part(dateline_str *token) {
    size_t hyphen = dln_str_find(*token, DLN_STR("-"), 0);
    bool inside = hyphen != SIZE_MAX && hyphen > 0 && hyphen + 1 < token->len;
    size_t end = inside ? hyphen : hyphen == 0 && token->len > 1 ? 1 : token->len;
    dateline_str part = dln_str_slice(*token, 0, end);
    *token = dln_str_slice(*token, end, token->len);
    return part;
}

/* Fills the sample, or with NULL only counts. */
static uint32_t read_bio_lines(sample *s, dateline_str lines) {
    uint32_t count = 0;
    while (lines.len > 0) {
        dateline_str text = next_line(&lines), token = dln_str_part(&text, '\t');
        uint8_t class = name_class(dln_str_trim(text));
        for (bool first = true; token.len > 0; first = false, count++) {
            dateline_str part = next_part(&token);
            if (s == NULL) continue;
            s->forms[count] = part;
            s->gold_names[count] = (uint8_t)(first || class == 0 || dln_name_goes_on(class) ? class : class + 1);
        }
    }
    return count;
}

void corpus_read_bio(corpus *c, const char *path) {
    dateline_str rest = read_whole(&c->arena, path);
    while (rest.len > 0) {
        size_t end = dln_str_find(rest, DLN_STR("\n\n"), 0);
        dateline_str block = dln_str_slice(rest, 0, end);
        rest = dln_str_slice(rest, end == SIZE_MAX ? rest.len : end + 2, rest.len);
        uint32_t count = read_bio_lines(NULL, block);
        if (count == 0 || dln_str_find(block, DLN_STR("@\t"), 0) != SIZE_MAX) continue;
        sample *s = add_sample(c, count);
        read_bio_lines(s, block);
        read_words(s);
    }
}

/* ---------------------------------------------------------------- other styles */

static dateline_str restyled(corpus *c, dateline_str form, dln_style style) {
    dln_buf buf;
    dln_buf_init(&buf);
    size_t at = 0, letters = 0;
    while (at < form.len) {
        uint32_t ch = dln_utf8_next(form, &at);
        bool upper = style == DLN_STYLE_UPPER || (style == DLN_STYLE_TITLE && letters == 0);
        bool as_is = style == DLN_STYLE_TITLE && letters > 0;
        dln_buf_add_code_point(&buf, as_is ? ch : upper ? dln_char_upper(ch) : dln_char_lower(ch));
        letters++;
    }
    dateline_str text = dln_arena_str(&c->arena, dln_buf_str(&buf));
    dln_buf_release(&buf);
    return text;
}

void corpus_restyle(corpus *c) {
    static const dln_style styles[] = { DLN_STYLE_UPPER, DLN_STYLE_LOWER, DLN_STYLE_TITLE };
    size_t count = c->samples.count;
    for (size_t i = 0; i < count; i++) {
        size_t pick = i % 16;
        if (pick >= 3 || corpus_sample(c, i)->work.count < 3) continue;
        sample *to = add_sample(c, corpus_sample(c, i)->work.count);
        const sample *from = corpus_sample(c, i);
        to->copy = true;
        to->origin = (uint32_t)i;
        for (uint32_t k = 0; k < from->work.count; k++) {
            to->forms[k] = restyled(c, from->forms[k], styles[pick]);
            to->gold[k] = from->gold[k];
            to->gold_names[k] = from->gold_names[k];
        }
        read_words(to);
    }
}
