/* SPDX-License-Identifier: Apache-2.0
 * phrase.c: the words of a noun phrase, by the tree and the conventions for spans. */
#include "resolve/resolve_internal.h"

enum { MAX_DEPTH = 6, MAX_CLAUSE = 8, MAX_SIDE = 40 };

static bool is_modifier(const dln_reading *reading, uint32_t token) {
    static const char *const rels[] = { "compound", "amod", "nmod", "flat", "nummod", "goeswith", "advmod", "obl" };
    const dateline_token *t = dln_reading_token(reading, token);
    if (t->upos == DATELINE_UPOS_PRON) return false;
    if (dln_token_is_rel(t, "advmod") || dln_token_is_rel(t, "obl")) return false; /* 'also', 'yesterday' */
    for (size_t i = 0; i < sizeof rels / sizeof *rels; i++) {
        if (dln_token_is_rel(t, rels[i])) return true;
    }
    return false;
}

/* Words that do not open a phrase: articles, numbers and possessives of the head itself, punctuation. */
static bool is_trimmed(const dln_reading *reading, uint32_t token, uint32_t head) {
    const dateline_token *t = dln_reading_token(reading, token);
    if (t->head != head && dln_world_is(reading->resolver, reading->words[token], DLN_USE_PAIR)) return false;
    switch (t->upos) {
    case DATELINE_UPOS_DET:
    case DATELINE_UPOS_PUNCT:
    case DATELINE_UPOS_ADP:
    case DATELINE_UPOS_CCONJ:
    case DATELINE_UPOS_PART:
    case DATELINE_UPOS_PRON:
    case DATELINE_UPOS_AUX: return true;
    case DATELINE_UPOS_NUM: return t->head == head;
    default: return dln_token_is_rel(t, "case") || dln_token_is_rel(t, "det");
    }
}

static uint32_t first_of_phrase(const dln_reading *reading, uint32_t head) {
    uint32_t first = head;
    for (uint32_t c = reading->tree.first_child[head]; c != DLN_NONE && c < head; c = reading->tree.next[c]) {
        if (!is_modifier(reading, c)) continue;
        uint32_t left = reading->tree.left[c];
        if (left < first) first = left;
    }
    if (head - first > MAX_SIDE) first = head - MAX_SIDE; /* no noun phrase is longer; hostile text is */
    while (first < head && is_trimmed(reading, first, head)) first++;
    return first;
}

static bool is_hyphen(dateline_str word) {
    return dln_str_is(word, "-") || dln_str_is(word, "\xE2\x80\x93") || dln_str_is(word, "\xE2\x80\x90");
}

static bool has_owner_word(const dln_reading *reading, uint32_t token) {
    uint32_t c = dln_tree_child(&reading->tree, token, "case");
    return c != DLN_NONE && c < token && dln_world_is(reading->resolver, reading->words[c], DLN_USE_OWNER);
}

static uint32_t last_of_phrase(const dln_reading *reading, uint32_t head, bool bare, int depth);

/* Whether the dependent `c`, which begins right behind the phrase so far, belongs to it; then *last is its end. */
static bool takes(const dln_reading *reading, uint32_t c, bool bare, int depth, uint32_t *last) {
    const dateline_token *t = dln_reading_token(reading, c);
    if (dln_token_is_rel(t, "flat") || dln_token_is_rel(t, "compound") || dln_token_is_rel(t, "goeswith") ||
        dln_token_is_rel(t, "nummod")) {
        *last = reading->tree.right[c];
        return true;
    }
    if (bare) return false;
    if (dln_token_is_rel(t, "nmod")) {
        if (depth == 0 && !has_owner_word(reading, c)) return false;
        *last = last_of_phrase(reading, c, false, depth + 1);
        return true;
    }
    bool clause = dln_token_is_rel(t, "acl") && !dln_str_is(t->deprel, "acl:relcl") && depth == 0;
    if (clause && reading->tree.right[c] - reading->tree.left[c] < MAX_CLAUSE && t->upos == DATELINE_UPOS_VERB &&
        !dln_token_has_feat(t, "VerbForm=Inf")) {
        *last = reading->tree.right[c];
        return true;
    }
    if (dln_token_is_rel(t, "conj") && depth > 0) {
        *last = last_of_phrase(reading, c, false, depth + 1);
        return true;
    }
    return false;
}

static uint32_t last_of_phrase(const dln_reading *reading, uint32_t head, bool bare, int depth) {
    uint32_t last = head;
    if (depth >= MAX_DEPTH) return last;
    for (uint32_t c = reading->tree.first_child[head]; c != DLN_NONE; c = reading->tree.next[c]) {
        if (c <= last) continue;
        if (is_hyphen(reading->words[c]) && c == last + 1) {
            uint32_t after = reading->tree.next[c];
            if (after == DLN_NONE || !dln_reading_rel(reading, after, "flat")) break;
            last = c;
            continue;
        }
        if (reading->tree.left[c] != last + 1 || !takes(reading, c, bare, depth, &last)) break;
    }
    return last;
}

void dln_phrase_span(const dln_reading *reading, uint32_t head, bool bare, uint32_t *first, uint32_t *last) {
    *first = first_of_phrase(reading, head);
    *last = last_of_phrase(reading, head, bare, 0);
    if (*last - head > MAX_SIDE) *last = head + MAX_SIDE;
    /* A possessive ending that the tree put inside stays out. */
    while (*last > head && dln_reading_token(reading, *last)->upos == DATELINE_UPOS_PUNCT) (*last)--;
}
