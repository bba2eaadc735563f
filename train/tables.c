/* SPDX-License-Identifier: Apache-2.0
 * tables.c: what is counted, not learnt: the tag dictionary, morphological features, lemma scripts. */
#include "train.h"

#include <stdlib.h>

/* A key seen with a value. */
typedef struct {
    uint64_t key;
    uint32_t value, count;
} sighting;

static int by_key_value(const void *a, const void *b) {
    const sighting *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return x->value < y->value ? -1 : x->value > y->value;
}

static void see(dln_array *list, uint64_t key, uint32_t value) {
    sighting *s = need(dln_array_add(list));
    *s = (sighting){ key, value, 1 };
}

/* Sorts and merges equal ones. */
static void merge(dln_array *list) {
    sighting *items = list->items;
    size_t kept = 0;
    if (list->count > 1) qsort(items, list->count, sizeof *items, by_key_value);
    for (size_t i = 0; i < list->count; i++) {
        if (kept > 0 && by_key_value(&items[kept - 1], &items[i]) == 0) items[kept - 1].count += items[i].count;
        else items[kept++] = items[i];
    }
    list->count = kept;
}

/* The two most frequent values of the key at *at, and the sum; moves *at behind the key. */
typedef struct {
    uint64_t key;
    uint32_t value, count, value2, count2, sum;
} tally;

static tally next_tally(const dln_array *list, size_t *at) {
    const sighting *items = list->items;
    tally t = { items[*at].key, 0, 0, 0, 0, 0 };
    for (; *at < list->count && items[*at].key == t.key; ++*at) {
        const sighting *s = &items[*at];
        t.sum += s->count;
        if (s->count > t.count) {
            t.value2 = t.value;
            t.count2 = t.count;
            t.value = s->value;
            t.count = s->count;
        } else if (s->count > t.count2) {
            t.value2 = s->value;
            t.count2 = s->count;
        }
    }
    return t;
}

static void put(number_map *table, uint64_t key, uint32_t value) {
    bool is_new;
    *number_map_put(table, key, &is_new) = value;
}

void count_dictionary(number_map *table, const corpus *c, uint32_t folds, uint32_t fold) {
    dln_array seen;
    dln_array_init(&seen, sizeof(sighting));
    for (size_t i = 0; i < c->samples.count; i++) {
        const sample *s = corpus_sample(c, i);
        if (s->copy || s->origin % folds == fold) continue;
        for (uint32_t k = 0; k < s->work.count; k++) see(&seen, s->work.words[k].form, s->gold[k]);
    }
    merge(&seen);
    for (size_t at = 0; at < seen.count;) {
        tally t = next_tally(&seen, &at);
        if (t.sum < 3) continue;
        uint32_t second = t.count2 * 10 >= t.sum ? t.value2 : DLN_LABEL_NONE;
        put(table, t.key, t.value | second << 8);
    }
    dln_array_release(&seen);
}

void count_feats(number_map *table, const corpus *c) {
    dln_array seen;
    dln_array_init(&seen, sizeof(sighting));
    for (size_t i = 0; i < c->samples.count; i++) {
        const sample *s = corpus_sample(c, i);
        for (uint32_t k = 0; !s->copy && k < s->work.count; k++) {
            see(&seen, dln_feats_key(s->work.words[k].form, s->gold[k]), s->feats[k]);
            see(&seen, dln_feats_key(0, s->gold[k]), s->feats[k]);
        }
    }
    merge(&seen);
    for (size_t at = 0; at < seen.count;) {
        tally t = next_tally(&seen, &at);
        put(table, t.key, t.value);
    }
    /* A form that only repeats what its tag says need not be kept. */
    number_map small;
    number_map_init(&small);
    for (size_t i = 0; i < c->samples.count; i++) {
        const sample *s = corpus_sample(c, i);
        for (uint32_t k = 0; !s->copy && k < s->work.count; k++) {
            uint64_t all = dln_feats_key(0, s->gold[k]), own = dln_feats_key(s->work.words[k].form, s->gold[k]);
            uint32_t general = *number_map_get(table, all), special = *number_map_get(table, own);
            put(&small, all, general);
            if (special != general) put(&small, own, special);
        }
    }
    number_map_release(table);
    *table = small;
    dln_array_release(&seen);
}

/* ---------------------------------------------------------------- lemmas */

static size_t common_prefix(dateline_str a, dateline_str b) {
    size_t n = 0;
    while (n < a.len && n < b.len && a.ptr[n] == b.ptr[n]) n++;
    while (n > 0 && n < a.len && ((uint8_t)a.ptr[n] & 0xC0) == 0x80) n--;
    while (n > 0 && n < b.len && ((uint8_t)b.ptr[n] & 0xC0) == 0x80) n--;
    return n;
}

/* The shortest script from form to lemma; proper nouns rather keep their letters. */
static dln_script script_of(dateline_str form, dateline_str lemma, bool proper) {
    static const dln_case orders[2][3] = { { DLN_CASE_LOWER, DLN_CASE_KEEP, DLN_CASE_TITLE },
                                           { DLN_CASE_KEEP, DLN_CASE_TITLE, DLN_CASE_LOWER } };
    dln_script best = { DLN_CASE_NONE, 0, { NULL, 0 } };
    size_t best_cost = SIZE_MAX;
    dln_buf buf;
    dln_buf_init(&buf);
    for (int i = 0; i < 3; i++) {
        dln_script script = { orders[proper][i], 0, { NULL, 0 } };
        dateline_str base = dln_script_apply(&script, form, &buf);
        size_t shared = common_prefix(base, lemma);
        if (base.len - shared > UINT8_MAX || lemma.len - shared > 40) continue;
        script.cut = (uint8_t)(base.len - shared);
        script.add = dln_str_slice(lemma, shared, lemma.len);
        size_t cost = script.cut + script.add.len;
        if (cost >= best_cost) continue;
        best = script;
        best_cost = cost;
    }
    dln_buf_release(&buf);
    return best;
}

static uint32_t script_number(dln_array *scripts, text_list *list, dln_arena *arena, dln_script script) {
    dln_buf name;
    dln_buf_init(&name);
    dln_buf_add_format(&name, "%d %d %.*s", (int)script.letters, (int)script.cut, DLN_STR_ARG(script.add));
    uint32_t number = text_number(list, dln_arena_str(arena, dln_buf_str(&name)));
    if (number == scripts->count) dln_array_push(scripts, &script);
    dln_buf_release(&name);
    return number;
}

/* A form with its most frequent script. */
typedef struct {
    dateline_str lower;
    uint32_t label, script;
} lemma_fact;

static bool is_proper(const corpus *c, uint32_t label) {
    return dln_str_starts(text_at(&c->labels, label), DLN_STR("PROPN"));
}

static void see_lemmas(dln_array *seen, dln_array *facts, dln_array *scripts, corpus *c) {
    text_list names;
    dln_buf lower;
    number_map known;
    dln_map_init(&names.map);
    dln_buf_init(&lower);
    number_map_init(&known);
    for (size_t i = 0; i < c->samples.count; i++) {
        const sample *s = corpus_sample(c, i);
        for (uint32_t k = 0; !s->copy && k < s->work.count; k++) {
            if (dln_str_is(s->lemmas[k], "_") && !dln_str_is(s->forms[k], "_")) continue;
            dln_script script = script_of(s->forms[k], s->lemmas[k], is_proper(c, s->gold[k]));
            if (script.letters == DLN_CASE_NONE) continue;
            dln_buf_clear(&lower);
            dln_text_lower(&lower, s->forms[k]);
            uint64_t key = dln_lemma_key(dln_buf_str(&lower), true, s->gold[k]);
            see(seen, key, script_number(scripts, &names, &c->arena, script));
            bool is_new;
            number_map_put(&known, key, &is_new);
            lemma_fact fact = { { NULL, 0 }, s->gold[k], 0 };
            if (is_new) fact.lower = dln_arena_str(&c->arena, dln_buf_str(&lower));
            if (is_new) dln_array_push(facts, &fact);
        }
    }
    number_map_release(&known);
    dln_map_release(&names.map);
    dln_buf_release(&lower);
}

/* What the table says of a text by suffixes shorter than `below`; UINT32_MAX: nothing. */
static uint32_t by_suffix(const number_map *table, dateline_str lower, uint32_t label, size_t below) {
    for (size_t length = below; length-- > 0;) {
        if (length > lower.len) continue;
        dateline_str suffix = dln_str_slice(lower, lower.len - length, lower.len);
        const uint32_t *script = number_map_get(table, dln_lemma_key(suffix, false, label));
        if (script != NULL) return *script;
    }
    return UINT32_MAX;
}

/* Suffixes of one length: what most forms (not most occurrences) do, where that is not what a shorter one says. */
static void add_suffixes(number_map *table, const dln_array *facts, size_t length) {
    const lemma_fact *items = facts->items;
    number_map found;
    dln_array seen;
    number_map_init(&found);
    dln_array_init(&seen, sizeof(sighting));
    for (size_t i = 0; i < facts->count; i++) {
        const lemma_fact *f = &items[i];
        if (f->lower.len < length) continue;
        dateline_str suffix = dln_str_slice(f->lower, f->lower.len - length, f->lower.len);
        see(&seen, dln_lemma_key(suffix, false, f->label), f->script);
    }
    merge(&seen);
    for (size_t at = 0; at < seen.count;) {
        tally t = next_tally(&seen, &at);
        if (t.sum >= 2 || length < 2) put(&found, t.key, t.value);
    }
    for (size_t i = 0; i < facts->count; i++) {
        const lemma_fact *f = &items[i];
        if (f->lower.len < length) continue;
        dateline_str suffix = dln_str_slice(f->lower, f->lower.len - length, f->lower.len);
        uint64_t key = dln_lemma_key(suffix, false, f->label);
        const uint32_t *script = number_map_get(&found, key);
        if (script != NULL && *script != by_suffix(table, suffix, f->label, length)) put(table, key, *script);
    }
    dln_array_release(&seen);
    number_map_release(&found);
}

void count_lemmas(number_map *table, dln_array *scripts, corpus *c) {
    dln_array seen, facts;
    number_map whole;
    dln_array_init(&seen, sizeof(sighting));
    dln_array_init(&facts, sizeof(lemma_fact));
    number_map_init(&whole);
    see_lemmas(&seen, &facts, scripts, c);
    merge(&seen);
    for (size_t at = 0; at < seen.count;) {
        tally t = next_tally(&seen, &at);
        put(&whole, t.key, t.value);
    }
    lemma_fact *items = facts.items;
    for (size_t i = 0; i < facts.count; i++)
        items[i].script = *number_map_get(&whole, dln_lemma_key(items[i].lower, true, items[i].label));
    for (size_t length = 0; length <= DLN_LEMMA_SUFFIX; length++) add_suffixes(table, &facts, length);
    for (size_t i = 0; i < facts.count; i++) {
        const lemma_fact *f = &items[i];
        if (by_suffix(table, f->lower, f->label, DLN_LEMMA_SUFFIX + 1) == f->script) continue;
        put(table, dln_lemma_key(f->lower, true, f->label), f->script);
    }
    number_map_release(&whole);
    dln_array_release(&facts);
    dln_array_release(&seen);
}
