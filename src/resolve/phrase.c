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
    if (t->upos == DATELINE_UPOS_ADV || reading->in_time[token] ||
        dln_world_is(reading->resolver, reading->words[token], DLN_USE_QUANTITY)) {
        return true;
    }
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

static bool opens_clause(const dateline_token *token) {
    if (token->upos == DATELINE_UPOS_AUX || token->upos == DATELINE_UPOS_SCONJ) return true;
    return token->upos == DATELINE_UPOS_VERB && !dln_token_is_rel(token, "amod") &&
           !dln_token_is_rel(token, "compound") && !dln_token_is_rel(token, "acl");
}

static uint32_t first_of_phrase(const dln_reading *reading, uint32_t head) {
    uint32_t first = head;
    for (uint32_t c = reading->tree.first_child[head]; c != DLN_NONE && c < head; c = reading->tree.next[c]) {
        if (!is_modifier(reading, c)) continue;
        uint32_t left = reading->tree.left[c];
        if (left < first) first = left;
    }
    if (head - first > MAX_SIDE) first = head - MAX_SIDE; /* no noun phrase is longer; hostile text is */
    for (uint32_t i = first; i < head; i++) {             /* a clause in a wrong tree */
        if (opens_clause(dln_reading_token(reading, i))) first = i + 1;
    }
    while (first < head && is_trimmed(reading, first, head)) first++;
    return first;
}

static bool is_hyphen(dateline_str word) {
    return dln_str_is(word, "-") || dln_str_is(word, "\xE2\x80\x93") || dln_str_is(word, "\xE2\x80\x90");
}

/* How far a phrase reaches behind its head. */
typedef struct {
    uint32_t first, head;
    bool bare;  /* not at all, but for parts of a name */
    bool owned; /* its country or body stands before the head: 'in Kenya' would say only where */
} phrase_reach;

static bool has_comma(const dln_reading *reading, uint32_t first, uint32_t last) {
    for (uint32_t i = first; i <= last; i++) {
        if (dln_str_is(reading->words[i], ",")) return true;
    }
    return false;
}

static bool names_in(const dln_reading *reading, uint32_t first, uint32_t last) {
    for (uint32_t i = first; i <= last; i++) {
        if (reading->name_match[i] != DLN_NONE) return true;
    }
    return false;
}

/* Whether the prepositional phrase of `c` says who the head is: 'of …' always; 'in Kenya' if nothing else does. */
static bool tells_who(const dln_reading *reading, uint32_t c, const phrase_reach *reach) {
    uint32_t mark = dln_tree_child(&reading->tree, c, "case");
    if (mark == DLN_NONE || mark > c) return false;
    if (!dln_world_is(reading->resolver, reading->words[mark], DLN_USE_OWNER)) return false;
    if (dln_str_is(reading->words[mark], "of")) return true;
    return !reach->owned && (names_in(reading, c, c) || dln_reading_token(reading, c)->upos == DATELINE_UPOS_PROPN);
}

static uint32_t last_of_phrase(const dln_reading *reading, uint32_t head, const phrase_reach *reach, int depth);

/* Participles that say who somebody is: 'visiting from Canada', 'backed by Turkey'. */
static bool is_telling_clause(const dln_reading *reading, uint32_t c) {
    const dateline_token *t = dln_reading_token(reading, c);
    uint32_t left = reading->tree.left[c], right = reading->tree.right[c];
    return dln_token_is_rel(t, "acl") && !dln_str_is(t->deprel, "acl:relcl") && t->upos == DATELINE_UPOS_VERB &&
           !dln_token_has_feat(t, "VerbForm=Inf") && left == c && right - left < MAX_CLAUSE &&
           !has_comma(reading, left, right) && names_in(reading, left, right);
}

/* Whether the dependent `c`, which begins right behind the phrase so far, belongs to it; then *last is its end. */
static bool takes(const dln_reading *reading, uint32_t c, const phrase_reach *reach, int depth, uint32_t *last) {
    const dateline_token *t = dln_reading_token(reading, c);
    bool part = dln_token_is_rel(t, "flat") || dln_token_is_rel(t, "compound") || dln_token_is_rel(t, "goeswith") ||
                dln_token_is_rel(t, "nummod");
    bool clause = !reach->bare && depth == 0 && is_telling_clause(reading, c);
    if (part || clause) *last = reading->tree.right[c];
    if (part || clause) return true;
    bool owner = dln_token_is_rel(t, "nmod") && (depth > 0 || tells_who(reading, c, reach));
    if (reach->bare || !(owner || (dln_token_is_rel(t, "conj") && depth > 0))) return false;
    *last = last_of_phrase(reading, c, reach, depth + 1);
    return true;
}

static uint32_t last_of_phrase(const dln_reading *reading, uint32_t head, const phrase_reach *reach, int depth) {
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
        if (reading->tree.left[c] != last + 1 || !takes(reading, c, reach, depth, &last)) break;
    }
    return last;
}

void dln_phrase_span(const dln_reading *reading, uint32_t head, bool bare, uint32_t *first, uint32_t *last) {
    *first = first_of_phrase(reading, head);
    phrase_reach reach = { .first = *first, .head = head, .bare = bare, .owned = names_in(reading, *first, head) };
    *last = last_of_phrase(reading, head, &reach, 0);
    if (*last - head > MAX_SIDE) *last = head + MAX_SIDE;
    /* A possessive ending that the tree put inside stays out. */
    while (*last > head && dln_reading_token(reading, *last)->upos == DATELINE_UPOS_PUNCT) (*last)--;
}
