/* SPDX-License-Identifier: Apache-2.0
 * auxiliary.c: is it said to have happened? Negation, condition, announcement around a predicate; the words come from
 * the lexicon kind `auxiliary`. */
#include "event/event_internal.h"

enum { MAX_CLIMB = 8 };

static const dateline_token *token_of(const coding *c, uint32_t token) {
    return dln_doc_token(c->doc, token);
}

static bool is_rel(const coding *c, uint32_t token, const char *deprel) {
    return dln_token_is_rel(token_of(c, token), deprel);
}

static uint32_t bits_of(const coding *c, uint32_t entry) {
    static const struct {
        const char *name;
        uint32_t bit;
    } names[] = { { "negation", DATELINE_AUX_NEGATION },
                  { "future", DATELINE_AUX_FUTURE },
                  { "hypothetical", DATELINE_AUX_HYPOTHETICAL },
                  { "historical", DATELINE_AUX_HISTORICAL },
                  { "would", MOOD_WOULD },
                  { "condition", MOOD_CONDITION } };
    uint32_t bits = 0;
    uint32_t count = dln_entry_value_count(c->coder->lexicon, entry, "set");
    for (uint32_t i = 0; i < count; i++) {
        dateline_str value = dln_entry_value(c->coder->lexicon, entry, "set", i);
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            if (dln_str_is(value, names[k].name)) bits |= names[k].bit;
        }
    }
    return bits;
}

/* What the lexicon says of a word in that place; 0: nothing. */
static uint32_t look_up(const coding *c, const char *where, uint32_t token) {
    const ontology *o = &c->coder->ontology;
    uint32_t entry = 0;
    if (dln_ontology_word(o, "auxiliary", dateline_str_from(where), dln_token_form(c->doc, token), &entry)) {
        return bits_of(c, entry);
    }
    if (dln_ontology_word(o, "auxiliary", dateline_str_from(where), token_of(c, token)->lemma, &entry)) {
        return bits_of(c, entry);
    }
    return 0;
}

/* 'no talks', 'neither side': on a noun or on what it heads. */
static uint32_t determiner_bits(const coding *c, uint32_t noun) {
    uint32_t bits = look_up(c, "determiner", noun);
    for (uint32_t i = c->tree.first_child[noun]; i != DATELINE_NO_INDEX; i = c->tree.next[i]) {
        if (is_rel(c, i, "det") || is_rel(c, i, "advmod")) bits |= look_up(c, "determiner", i);
        if (is_rel(c, i, "amod")) bits |= look_up(c, "adjective", i);
    }
    return bits;
}

/* 'Were Tunisia to refuse', 'Had the army attacked': a verb before its subject, in a clause that opens with it. */
static bool is_inverted(const coding *c, uint32_t verb) {
    uint32_t subject = dln_tree_child(&c->tree, verb, "nsubj"), first = c->tree.left[verb];
    if (subject == DATELINE_NO_INDEX || first >= subject) return false;
    bool question = dln_str_is(dln_token_form(c->doc, c->tree.right[verb]), "?");
    return !question && dln_word_among(dln_token_form(c->doc, first), DLN_STR("were/had/should"));
}

/* Whether an 'if' or 'unless' stands anywhere below a clause: the parser ties such clauses to nouns as well. */
static bool is_conditional(const coding *c, uint32_t verb) {
    for (uint32_t i = c->tree.left[verb]; i <= c->tree.right[verb]; i++) {
        bool mark = token_of(c, i)->upos == DATELINE_UPOS_SCONJ && i != c->tree.left[verb];
        if (mark && (look_up(c, "mark", i) & MOOD_CONDITION) != 0) return true;
    }
    uint32_t above = is_rel(c, verb, "ccomp") ? token_of(c, verb)->head : DATELINE_NO_INDEX;
    for (uint32_t i = verb + 1; above != DATELINE_NO_INDEX && i < above; i++) { /* tied to a 'said' behind it */
        if (token_of(c, i)->upos == DATELINE_UPOS_SCONJ && (look_up(c, "mark", i) & MOOD_CONDITION) != 0) return true;
    }
    for (uint32_t i = c->tree.first_child[verb]; i != DATELINE_NO_INDEX; i = c->tree.next[i]) {
        bool first = is_rel(c, i, "advcl") && i < verb; /* 'If it …, they …' */
        uint32_t mark = first ? dln_tree_child(&c->tree, i, "mark") : DATELINE_NO_INDEX;
        if (mark != DATELINE_NO_INDEX && (look_up(c, "mark", mark) & MOOD_CONDITION) != 0) return true;
        if (is_rel(c, i, "advcl") && is_inverted(c, i)) return true;
    }
    return false;
}

static bool is_argument(const coding *c, uint32_t token) {
    return is_rel(c, token, "nsubj") || is_rel(c, token, "obj") || is_rel(c, token, "obl") || is_rel(c, token, "nmod");
}

/* Marks on the clause itself. */
static uint32_t clause_bits(const coding *c, uint32_t verb) {
    uint32_t bits = is_inverted(c, verb) ? MOOD_CONDITION | DATELINE_AUX_HYPOTHETICAL : 0;
    for (uint32_t i = c->tree.first_child[verb]; i != DATELINE_NO_INDEX; i = c->tree.next[i]) {
        if (is_rel(c, i, "aux")) bits |= look_up(c, "auxiliary", i);
        else if (is_rel(c, i, "advmod") || is_rel(c, i, "cc") || is_rel(c, i, "obl")) bits |= look_up(c, "adverb", i);
        else if (is_rel(c, i, "mark") || is_rel(c, i, "case")) bits |= look_up(c, "mark", i);
        else if (is_rel(c, i, "det")) bits |= look_up(c, "determiner", i);
        else if (is_rel(c, i, "amod")) bits |= look_up(c, "adjective", i);
        if (is_argument(c, i)) bits |= determiner_bits(c, i) & DATELINE_AUX_NEGATION;
        uint32_t mark = is_rel(c, i, "nsubj") ? dln_tree_child(&c->tree, i, "mark") : DATELINE_NO_INDEX;
        if (mark != DATELINE_NO_INDEX) bits |= look_up(c, "mark", mark); /* tied to the subject behind it */
    }
    if (is_conditional(c, verb)) bits |= MOOD_CONDITION;
    return bits;
}

static bool is_bare_form(const coding *c, uint32_t verb) {
    return dln_str_is(token_of(c, verb)->xpos, "VB") && dln_tree_child(&c->tree, verb, "aux") == DATELINE_NO_INDEX;
}

/* Up to what governs the clause and hands its mood down: 'failed to meet', 'plans to visit', 'will meet and sign'. */
static uint32_t governor_of(const coding *c, uint32_t verb, uint32_t *bits) {
    uint32_t head = token_of(c, verb)->head;
    if (head == DATELINE_NO_INDEX) return head;
    bool infinitive = is_rel(c, verb, "xcomp") || (is_rel(c, verb, "ccomp") && dln_has_case(c, verb, DLN_STR("to")));
    bool noun_infinitive = dln_str_is(token_of(c, verb)->deprel, "acl") && dln_has_case(c, verb, DLN_STR("to"));
    bool event_object = token_of(c, verb)->upos == DATELINE_UPOS_NOUN && is_rel(c, verb, "obj");
    if (infinitive || noun_infinitive || event_object) {
        uint32_t own = look_up(c, "governor", head); /* 'went to kill' looks ahead, 'went off, killing' does not */
        bool ahead = event_object || dln_has_case(c, verb, DLN_STR("to"));
        *bits |= ahead ? own : own & ~(uint32_t)DATELINE_AUX_FUTURE;
    }
    if (is_rel(c, verb, "ccomp") || is_rel(c, verb, "advcl")) { /* 'denied that …' negates, but has a mood of its own */
        if (!infinitive) {
            bool kept = is_rel(c, verb, "ccomp") || dln_has_case(c, verb, DLN_STR("from")); /* 'kept from marching' */
            if (kept) *bits |= look_up(c, "governor", head) & DATELINE_AUX_NEGATION;
            return DATELINE_NO_INDEX;
        }
    }
    if (infinitive || event_object) return head;
    if (is_rel(c, verb, "conj") && is_bare_form(c, verb)) return head;
    return DATELINE_NO_INDEX;
}

uint32_t dln_mood(const coding *c, const predicate *p) {
    uint32_t at = p->carrier == DATELINE_NO_INDEX ? p->token : p->carrier, bits = 0;
    if (p->carrier != DATELINE_NO_INDEX) bits |= determiner_bits(c, p->token);
    for (int step = 0; step < MAX_CLIMB && at != DATELINE_NO_INDEX; step++) {
        bits |= clause_bits(c, at);
        at = governor_of(c, at, &bits);
    }
    return bits;
}

/* A condition outranks the tense; 'would' announces in reported speech and supposes elsewhere. */
uint32_t dln_auxiliaries(uint32_t mood, bool reported) {
    uint32_t bits = mood & (DATELINE_AUX_NEGATION | DATELINE_AUX_HISTORICAL);
    bool condition = (mood & MOOD_CONDITION) != 0;
    bool open = (mood & (DATELINE_AUX_FUTURE | MOOD_WOULD)) != 0;
    if ((mood & DATELINE_AUX_HYPOTHETICAL) != 0 || (condition && open)) return bits | DATELINE_AUX_HYPOTHETICAL;
    if ((mood & DATELINE_AUX_FUTURE) != 0) return bits | DATELINE_AUX_FUTURE;
    if ((mood & MOOD_WOULD) != 0) return bits | (reported ? DATELINE_AUX_FUTURE : DATELINE_AUX_HYPOTHETICAL);
    return bits;
}
