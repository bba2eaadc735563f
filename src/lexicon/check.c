/* SPDX-License-Identifier: Apache-2.0
 * check.c: checks lexicons by what they say of themselves: kind `kind` (which keys a kind has), kind `key` (which
 * values a key has). A new kind needs no line of C. */
#include "lexicon_internal.h"

#include <stdio.h>

/* ---------------------------------------------------------------- schema */

enum { KEY_OPTIONAL = 1, KEY_REQUIRED = 2 };

/* Every map's keys are "a\nb" of two names. */
typedef struct {
    const dln_lexicon *lexicon;
    dln_arena arena; /* owns the maps' keys */
    dln_buf pair;    /* the key that is looked up */
    dln_map kinds;   /* kind, "": its entry */
    dln_map keys;    /* kind (or ""), key: the entry that describes the key */
    dln_map allows;  /* kind, key: KEY_… */
    dln_map values;  /* first phrase of a key's entry, value: 1 */
    dln_map names;   /* kind, phrase: 1; for keys that name entries of another kind */
    dln_map seen;    /* identity of draft entries: number + 1 */
    dln_map qids;    /* kind, Wikidata number: draft entry + 1 */
} schema;

static dateline_str pair(schema *s, dateline_str a, dateline_str b) {
    dln_buf_clear(&s->pair);
    dln_buf_add(&s->pair, a);
    dln_buf_add_char(&s->pair, '\n');
    dln_buf_add(&s->pair, b);
    return dln_buf_str(&s->pair);
}

static uint32_t *put(schema *s, dln_map *map, dateline_str a, dateline_str b, bool *is_new) {
    dateline_str key = pair(s, a, b);
    uint32_t *slot = dln_map_get(map, key);
    *is_new = slot == NULL;
    if (slot != NULL) return slot;
    key = dln_arena_str(&s->arena, key);
    return key.ptr == NULL ? NULL : dln_map_put(map, key, is_new);
}

static void set(schema *s, dln_map *map, dateline_str a, dateline_str b, uint32_t value) {
    bool is_new;
    uint32_t *slot = put(s, map, a, b, &is_new);
    if (slot != NULL) *slot = value;
}

static const uint32_t *get(schema *s, const dln_map *map, dateline_str a, dateline_str b) {
    return dln_map_get(map, pair(s, a, b));
}

static void add_kind(schema *s, uint32_t entry) {
    const char *const lists[] = { "optional", "required" }; /* by KEY_… - 1 */
    for (uint32_t p = 0; p < dln_entry_phrase_count(s->lexicon, entry); p++) {
        dateline_str kind = dln_entry_phrase(s->lexicon, entry, p);
        set(s, &s->kinds, kind, DLN_STR(""), entry);
        set(s, &s->allows, kind, DLN_STR("action"), KEY_OPTIONAL);
        for (uint32_t list = 0; list < 2; list++) {
            uint32_t count = dln_entry_value_count(s->lexicon, entry, lists[list]);
            for (uint32_t i = 0; i < count; i++)
                set(s, &s->allows, kind, dln_entry_value(s->lexicon, entry, lists[list], i), list + 1);
        }
    }
}

/* 'from' describes that key of all kinds, 'event.mode' that of one kind. */
static void add_key(schema *s, uint32_t entry) {
    for (uint32_t p = 0; p < dln_entry_phrase_count(s->lexicon, entry); p++) {
        dateline_str key = dln_entry_phrase(s->lexicon, entry, p), kind = DLN_STR("");
        size_t dot = dln_str_find(key, DLN_STR("."), 0);
        if (dot != SIZE_MAX) {
            kind = dln_str_slice(key, 0, dot);
            key = dln_str_slice(key, dot + 1, key.len);
        }
        set(s, &s->keys, kind, key, entry);
    }
    dateline_str name = dln_entry_phrase(s->lexicon, entry, 0);
    uint32_t count = dln_entry_value_count(s->lexicon, entry, "values");
    for (uint32_t i = 0; i < count; i++) set(s, &s->values, name, dln_entry_value(s->lexicon, entry, "values", i), 1);
}

/* All phrases of the kind that a key's values name. */
static void add_names(schema *s, uint32_t key_entry) {
    dateline_str kind = dln_entry_value(s->lexicon, key_entry, "of", 0);
    char name[64];
    if (kind.ptr == NULL || kind.len >= sizeof name || get(s, &s->names, kind, DLN_STR("")) != NULL) return;
    set(s, &s->names, kind, DLN_STR(""), 1);
    memcpy(name, kind.ptr, kind.len);
    name[kind.len] = '\0';
    uint32_t first, count = dln_lexicon_kind(s->lexicon, name, &first);
    for (uint32_t entry = first; entry < first + count; entry++)
        for (uint32_t p = 0; p < dln_entry_phrase_count(s->lexicon, entry); p++)
            set(s, &s->names, kind, dln_entry_phrase(s->lexicon, entry, p), 1);
}

static void schema_init(schema *s, const dln_lexicon *lexicon) {
    *s = (schema){ .lexicon = lexicon };
    dln_arena_init(&s->arena);
    dln_buf_init(&s->pair);
    dln_map *maps[] = { &s->kinds, &s->keys, &s->allows, &s->values, &s->names, &s->seen, &s->qids };
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) dln_map_init(maps[i]);
    uint32_t first, count = dln_lexicon_kind(lexicon, "kind", &first);
    for (uint32_t i = 0; i < count; i++) add_kind(s, first + i);
    count = dln_lexicon_kind(lexicon, "key", &first);
    for (uint32_t i = 0; i < count; i++) add_key(s, first + i);
    for (uint32_t i = 0; i < count; i++) add_names(s, first + i);
}

static dateline_status schema_release(schema *s) {
    dateline_status status = s->arena.status == DATELINE_OK ? s->pair.status : s->arena.status;
    dln_map *maps[] = { &s->kinds, &s->keys, &s->allows, &s->values, &s->names, &s->seen, &s->qids };
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        if (maps[i]->status != DATELINE_OK) status = maps[i]->status;
        dln_map_release(maps[i]);
    }
    dln_arena_release(&s->arena);
    dln_buf_release(&s->pair);
    return status;
}

/* ---------------------------------------------------------------- forms */

static bool is_digits(dateline_str text) {
    uint64_t number;
    return dln_str_to_u64(text, &number);
}

/* YYYY, YYYY-MM or YYYY-MM-DD. */
static bool is_date(dateline_str text) {
    if (text.len == 4) return is_digits(text);
    if (text.len != 7 && text.len != 10) return false;
    char day[DLN_DATE_CHARS] = "YYYY-MM-01";
    memcpy(day, text.ptr, text.len);
    return dln_date_is_set(dateline_date_parse((dateline_str){ day, 10 }));
}

static bool is_number(dateline_str text) {
    if (text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+')) text = dln_str_slice(text, 1, text.len);
    dateline_str whole = dln_str_part(&text, '.');
    return is_digits(whole) && (text.ptr == NULL || is_digits(text));
}

static bool is_word(dateline_str text) {
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == ' ' || text.ptr[i] == '\t') return false;
    return text.len > 0;
}

bool dln_form_fits(dateline_str form, dateline_str text) {
    if (dln_str_is(form, "date")) return is_date(text);
    if (dln_str_is(form, "number")) return is_number(text);
    if (dln_str_is(form, "word")) return is_word(text);
    if (dln_str_is(form, "qid"))
        return text.len > 1 && text.ptr[0] == 'Q' && text.ptr[1] != '0' && is_digits(dln_str_slice(text, 1, text.len));
    return true;
}

/* ---------------------------------------------------------------- entries */

enum { CHOICE_BYTES = 96 };

typedef struct {
    schema schema;
    const dln_draft *draft;
    dln_findings *findings;
    const dln_draft_entry *entry;
} checker;

#define FIND(c, is_error, ...) dln_finding((c)->findings, (c)->entry->file, (c)->entry->line, is_error, __VA_ARGS__)

/* ': use a, b, c' from a list of the schema where it is short, else where to find it. */
static const char *choice(const checker *c, uint32_t entry, const char *key, char *out, size_t size) {
    const dln_lexicon *lexicon = c->schema.lexicon;
    uint32_t count = dln_entry_value_count(lexicon, entry, key);
    size_t len = (size_t)snprintf(out, size, ": use ");
    for (uint32_t i = 0; i < count && len < size; i++)
        len += (size_t)snprintf(out + len, size - len, "%s%.*s", i == 0 ? "" : ", ",
                                DLN_STR_ARG(dln_entry_value(lexicon, entry, key, i)));
    if (count == 0 || len >= size) snprintf(out, size, ": kinds.txt lists what there is");
    return out;
}

static void check_value(checker *c, const dln_draft_value *value) {
    schema *s = &c->schema;
    char uses[CHOICE_BYTES];
    if (get(s, &s->allows, c->entry->kind, value->key) == NULL) {
        const uint32_t *kind_entry = get(s, &s->kinds, c->entry->kind, DLN_STR(""));
        FIND(c, true, "kind '%.*s' has no key '%.*s'%s", DLN_STR_ARG(c->entry->kind), DLN_STR_ARG(value->key),
             choice(c, *kind_entry, "optional", uses, sizeof uses));
        return;
    }
    const uint32_t *key = get(s, &s->keys, c->entry->kind, value->key);
    if (key == NULL) key = get(s, &s->keys, DLN_STR(""), value->key);
    if (key == NULL) return;
    dateline_str form = dln_entry_value(s->lexicon, *key, "form", 0), kind = dln_entry_value(s->lexicon, *key, "of", 0);
    bool listed = dln_entry_value_count(s->lexicon, *key, "values") == 0 ||
                  get(s, &s->values, dln_entry_phrase(s->lexicon, *key, 0), value->value) != NULL;
    if (!listed)
        FIND(c, true, "'%.*s' is no value of '%.*s'%s", DLN_STR_ARG(value->value), DLN_STR_ARG(value->key),
             choice(c, *key, "values", uses, sizeof uses));
    if (!dln_form_fits(form, value->value))
        FIND(c, true, "'%.*s: %.*s' should be a %.*s%s", DLN_STR_ARG(value->key), DLN_STR_ARG(value->value),
             DLN_STR_ARG(form), dln_str_is(form, "date") ? ": use YYYY-MM-DD, YYYY-MM or YYYY" : "");
    if (kind.ptr != NULL && get(s, &s->names, kind, value->value) == NULL)
        FIND(c, true, "'%.*s: %.*s' names no entry of kind '%.*s': add one or spell it so", DLN_STR_ARG(value->key),
             DLN_STR_ARG(value->value), DLN_STR_ARG(kind));
}

static void check_required(checker *c, uint32_t kind_entry) {
    if (dln_draft_value_of(c->draft, c->entry, "action").ptr != NULL) return; /* a removal names its entry alone */
    uint32_t count = dln_entry_value_count(c->schema.lexicon, kind_entry, "required");
    for (uint32_t i = 0; i < count; i++) {
        dateline_str key = dln_entry_value(c->schema.lexicon, kind_entry, "required", i);
        bool found = false;
        for (uint32_t v = 0; v < c->entry->value_count; v++)
            found = found || dln_str_equal(dln_draft_value_at(c->draft, c->entry, v)->key, key);
        if (!found)
            FIND(c, true, "kind '%.*s' needs a key '%.*s': add it", DLN_STR_ARG(c->entry->kind), DLN_STR_ARG(key));
    }
}

static void check_phrases(checker *c) {
    dln_buf folded;
    dln_buf_init(&folded);
    for (uint32_t i = 0; i < c->entry->phrase_count; i++) {
        uint64_t capitals;
        dateline_str phrase = dln_draft_phrase(c->draft, c->entry, i);
        if (dln_words_fold(&folded, phrase, &capitals) == 0)
            FIND(c, true, "'%.*s' cannot be found: it has no word, over %d words, or one over %d bytes",
                 (int)(phrase.len < 40 ? phrase.len : 40), phrase.ptr, DLN_PHRASE_WORDS, DLN_WORD_BYTES);
        if (i > 0 && dln_str_equal(phrase, dln_draft_phrase(c->draft, c->entry, i - 1)))
            FIND(c, true, "'%.*s' stands twice: take one away", DLN_STR_ARG(phrase));
        dln_buf_clear(&folded);
    }
    dln_buf_release(&folded);
}

static void check_term(checker *c) {
    dateline_str from = dln_draft_value_of(c->draft, c->entry, "from"),
                 to = dln_draft_value_of(c->draft, c->entry, "to");
    size_t len = from.len < to.len ? from.len : to.len;
    if (len > 0 && dln_str_compare(dln_str_slice(from, 0, len), dln_str_slice(to, 0, len)) > 0)
        FIND(c, true, "'from: %.*s' is later than 'to: %.*s': exchange them", DLN_STR_ARG(from), DLN_STR_ARG(to));
}

/* The entry that came earlier under the same name in the same layer; NULL: none. */
static const dln_draft_entry *earlier(checker *c, dln_map *map, dateline_str name, dateline_str what, size_t number) {
    bool is_new;
    uint32_t *slot = put(&c->schema, map, name, what, &is_new);
    if (slot == NULL) return NULL;
    const dln_draft_entry *before = is_new ? NULL : dln_draft_entry_at(c->draft, *slot);
    *slot = (uint32_t)number;
    return before == NULL || before->layer != c->entry->layer ? NULL : before;
}

static void check_duplicate(checker *c, uint32_t kind_entry, size_t number) {
    schema *s = &c->schema;
    dateline_str phrase = dln_draft_phrase(c->draft, c->entry, 0);
    dateline_str term = dln_arena_str(&s->arena, pair(s, phrase, dln_draft_value_of(c->draft, c->entry, "from")));
    const dln_draft_entry *before = earlier(c, &s->seen, c->entry->kind, term, number);
    bool may_repeat = dln_str_is(dln_entry_value(s->lexicon, kind_entry, "repeat", 0), "yes");
    if (before != NULL && !may_repeat)
        FIND(c, true, "'%.*s' stands already in %s:%u: join them, or give each its 'from'", DLN_STR_ARG(phrase),
             before->file, before->line);
    dateline_str qid = dln_draft_value_of(c->draft, c->entry, "wikidata");
    if (qid.ptr == NULL) return;
    before = earlier(c, &s->qids, c->entry->kind, qid, number);
    if (before != NULL && !dln_str_equal(phrase, dln_draft_phrase(c->draft, before, 0)))
        FIND(c, false, "%.*s is also that of '%.*s' in %s:%u: look it up", DLN_STR_ARG(qid),
             DLN_STR_ARG(dln_draft_phrase(c->draft, before, 0)), before->file, before->line);
}

static void check_entry(checker *c, size_t number) {
    const uint32_t *kind = get(&c->schema, &c->schema.kinds, c->entry->kind, DLN_STR(""));
    if (kind == NULL) {
        FIND(c, true, "unknown kind '%.*s': kinds.txt lists what there is", DLN_STR_ARG(c->entry->kind));
        return;
    }
    for (uint32_t i = 0; i < c->entry->value_count; i++) check_value(c, dln_draft_value_at(c->draft, c->entry, i));
    check_required(c, *kind);
    check_term(c);
    check_duplicate(c, *kind, number);
    if (!dln_str_is(dln_entry_value(c->schema.lexicon, *kind, "phrases", 0), "free")) check_phrases(c);
}

dateline_status dln_draft_check(const dln_draft *draft, const dln_lexicon *lexicon, dln_findings *findings,
                                dateline_error *err) {
    uint32_t first;
    if (dln_lexicon_kind(lexicon, "kind", &first) == 0) return DATELINE_OK;
    checker c = { .draft = draft, .findings = findings };
    schema_init(&c.schema, lexicon);
    for (size_t i = 0; c.schema.arena.status == DATELINE_OK && i < draft->entries.count; i++) {
        c.entry = dln_draft_entry_at(draft, i);
        if (c.entry->file != NULL) check_entry(&c, i);
    }
    return schema_release(&c.schema) == DATELINE_OK ? DATELINE_OK : dln_error_memory(err);
}

/* ---------------------------------------------------------------- public */

/* Text lexicons over a base, compiled and checked. *lexicon is NULL if they could not be compiled. */
static dateline_status read_all(dln_draft *draft, const dln_lexicon *base, const char *const *paths, size_t path_count,
                                dln_findings *findings, dln_buf *image, dateline_error *err) {
    dateline_status status = DATELINE_OK;
    if (base != NULL) dln_draft_add_lexicon(draft, base);
    for (size_t i = 0; status == DATELINE_OK && i < path_count; i++)
        status = dln_draft_add_path(draft, findings, paths[i], err);
    if (status == DATELINE_OK) status = dln_draft_compile(draft, image, err);
    return status;
}

static void judge_examples(const dln_draft *draft, const dln_lexicon *lexicon, dln_example_judge *judge,
                           void *judge_user, dln_findings *findings) {
    for (size_t i = 0; i < draft->entries.count; i++) {
        const dln_draft_entry *entry = dln_draft_entry_at(draft, i);
        if (entry->file == NULL || entry->dropped) continue;
        uint32_t count = dln_entry_value_count(lexicon, entry->number, "example");
        for (uint32_t e = 0; e < count; e++) {
            char why[160] = "";
            if (!judge(judge_user, lexicon, entry->number, e, why, sizeof why))
                dln_finding(findings, entry->file, entry->line, true, "example %u: %s", e + 1, why);
        }
    }
}

static dateline_status outcome(const dln_findings *findings, dateline_status status, dateline_error *err) {
    if (status != DATELINE_OK || findings->error_count == 0) return status;
    if (err != NULL) *err = findings->first;
    return DATELINE_BAD_LEXICON;
}

dateline_status dln_lexicon_check(const dln_lexicon *base, const char *const *paths, size_t path_count,
                                  dln_example_judge *judge, void *judge_user, dateline_report_fn *report, void *user,
                                  dateline_error *err) {
    dln_draft draft;
    dln_findings findings = { .report = report, .user = user };
    dln_buf image;
    dln_draft_init(&draft);
    dln_buf_init(&image);
    dateline_status status = read_all(&draft, base, paths, path_count, &findings, &image, err);
    dln_lexicon *lexicon = status == DATELINE_OK ? dln_lexicon_from_image(&image, err) : NULL;
    if (status == DATELINE_OK && lexicon == NULL) status = DATELINE_NO_MEMORY;
    if (status == DATELINE_OK) status = dln_draft_check(&draft, lexicon, &findings, err);
    if (status == DATELINE_OK && findings.error_count == 0 && judge != NULL)
        judge_examples(&draft, lexicon, judge, judge_user, &findings);
    dln_lexicon_free(lexicon);
    dln_buf_release(&image);
    dln_draft_release(&draft);
    return outcome(&findings, status, err);
}

dateline_status dateline_lexicon_compile(const char *const *paths, size_t path_count, const char *output_path,
                                         dateline_report_fn *report, void *user, dateline_error *err) {
    dateline_status status = dln_lexicon_check(NULL, paths, path_count, NULL, NULL, report, user, err);
    if (status != DATELINE_OK) return status;
    dln_draft draft;
    dln_findings findings = { 0 };
    dln_buf image;
    dln_draft_init(&draft);
    dln_buf_init(&image);
    status = read_all(&draft, NULL, paths, path_count, &findings, &image, err);
    if (status == DATELINE_OK) status = dln_file_write(output_path, dln_buf_str(&image), err);
    dln_buf_release(&image);
    dln_draft_release(&draft);
    return status;
}
