/* SPDX-License-Identifier: Apache-2.0
 * walk.c: who does what to whom on the tree, whatever stands between: passives, relative clauses, participles,
 * control, shared subjects and objects. */
#include "event/event_internal.h"

enum { MAX_STEPS = 12 }; /* how far a subject is looked for: deeper trees are no sentences */

static const dateline_token *token_of(const coding *c, uint32_t token) {
    return dln_doc_token(c->doc, token);
}

static bool is_rel(const coding *c, uint32_t token, const char *deprel) {
    return dln_token_is_rel(token_of(c, token), deprel);
}

static bool is_exactly(const coding *c, uint32_t token, const char *deprel) {
    return dln_str_is(token_of(c, token)->deprel, deprel);
}

bool dln_is_lemma(const coding *c, uint32_t token, const char *alternatives) {
    return dln_word_among(token_of(c, token)->lemma, dateline_str_from(alternatives));
}

static uint32_t child_exactly(const coding *c, uint32_t head, const char *deprel) {
    for (uint32_t i = c->tree.first_child[head]; i != DATELINE_NO_INDEX; i = c->tree.next[i]) {
        if (is_exactly(c, i, deprel)) return i;
    }
    return DATELINE_NO_INDEX;
}

static bool is_past_participle(const coding *c, uint32_t verb) {
    const dateline_token *token = token_of(c, verb);
    return dln_str_is(token->xpos, "VBN") || (dln_str_is(token->xpos, "VBD") && is_exactly(c, verb, "acl"));
}

static bool is_past_form(const coding *c, uint32_t token) {
    dateline_str xpos = token_of(c, token)->xpos;
    return dln_str_is(xpos, "VBN") || dln_str_is(xpos, "VBD") ||
           dln_str_ends(dln_token_form(c->doc, token), DLN_STR("ed"));
}

static bool has_auxiliary(const coding *c, uint32_t verb) {
    return dln_tree_child(&c->tree, verb, "aux") != DATELINE_NO_INDEX;
}

/* 'thousands of women', 'a round of talks', 'a team of doctors': what is counted, not the count. */
uint32_t dln_counted(const coding *c, uint32_t token) {
    for (int step = 0; step < 3; step++) {
        if (!dln_ontology_word(&c->coder->ontology, "class", DLN_STR("quantity"), token_of(c, token)->lemma, NULL))
            break;
        uint32_t of = dln_prepositional(c, token, DLN_STR("of"));
        if (of == DATELINE_NO_INDEX) break;
        token = of;
    }
    return token;
}

uint32_t dln_first_conjunct(const coding *c, uint32_t token) {
    for (int step = 0; step < MAX_STEPS && is_rel(c, token, "conj"); step++) token = token_of(c, token)->head;
    return token;
}

static bool is_reflexive(const coding *c, uint32_t token) {
    return dln_is_lemma(c, token, "itself/himself/herself/themselves");
}

/* The subject nearest before the verb: of two, the first belongs to another clause. */
static uint32_t nearest_subject(const coding *c, uint32_t verb) {
    uint32_t found = DATELINE_NO_INDEX;
    for (uint32_t i = c->tree.first_child[verb]; i != DATELINE_NO_INDEX; i = c->tree.next[i]) {
        bool again = found != DATELINE_NO_INDEX && (i > verb || is_reflexive(c, i)); /* 'Russia itself had voted' */
        if (is_rel(c, i, "nsubj") && !c->in_time[i] && !again) found = i;
    }
    if (found == DATELINE_NO_INDEX) return found;
    uint32_t joined = dln_tree_child(&c->tree, found, "conj"); /* 'Y attacked Z, X said': Z and X taken for a pair */
    bool pair = joined != DATELINE_NO_INDEX && c->tree.right[joined] + 1 == verb &&
                dln_tree_child(&c->tree, joined, "cc") == DATELINE_NO_INDEX &&
                dln_tree_child(&c->tree, verb, "ccomp") != DATELINE_NO_INDEX;
    return pair ? joined : found;
}

/* A noun that the parser tied to the verb as a second clause: 'mediated between Chad and the rebels'. */
static bool is_stray_conjunct(const coding *c, uint32_t noun, uint32_t i) {
    dateline_upos upos = token_of(c, i)->upos;
    bool nominal = upos == DATELINE_UPOS_NOUN || upos == DATELINE_UPOS_PROPN;
    return nominal && is_rel(c, i, "conj") && c->tree.left[i] == c->tree.right[noun] + 1 &&
           dln_tree_child(&c->tree, i, "nsubj") == DATELINE_NO_INDEX &&
           dln_tree_child(&c->tree, i, "cc") != DATELINE_NO_INDEX;
}

/* 'President Okoro and President Maas met', both tied to the verb as subjects: the first, for the second. */
static uint32_t paired_subject(const coding *c, uint32_t verb, uint32_t second) {
    if (dln_tree_child(&c->tree, second, "cc") == DATELINE_NO_INDEX || second > verb) return DATELINE_NO_INDEX;
    uint32_t first = child_exactly(c, verb, "nsubj");
    bool beside = first != DATELINE_NO_INDEX && first < second && c->tree.right[first] + 1 == c->tree.left[second];
    return beside ? first : DATELINE_NO_INDEX;
}

size_t dln_conjuncts(const coding *c, uint32_t head, uint32_t *out, size_t max) {
    size_t count = 0;
    if (max > 0) out[count++] = head;
    uint32_t governor = token_of(c, head)->head;
    bool subject = governor != DATELINE_NO_INDEX && is_rel(c, head, "nsubj");
    for (uint32_t i = c->tree.first_child[head]; i != DATELINE_NO_INDEX && count < max; i = c->tree.next[i]) {
        bool other = subject && nearest_subject(c, governor) == i;
        if (is_rel(c, i, "conj") && !other) out[count++] = i;
    }
    uint32_t pair = subject && count < max ? paired_subject(c, governor, head) : DATELINE_NO_INDEX;
    if (pair != DATELINE_NO_INDEX) { /* in the order of the text */
        out[count++] = head;
        out[0] = pair;
    }
    uint32_t above = token_of(c, head)->head;
    bool verb = count == 1 && above != DATELINE_NO_INDEX && token_of(c, above)->upos == DATELINE_UPOS_VERB;
    for (uint32_t i = verb ? c->tree.first_child[above] : DATELINE_NO_INDEX; i != DATELINE_NO_INDEX && count < max;
         i = c->tree.next[i]) {
        if (is_stray_conjunct(c, head, i)) out[count++] = i;
    }
    return count;
}

/* 'Troops trained with the army', a whole sentence whose past tense was taken for a participle: nothing makes it a
 * passive but the parser's guess. */
static bool is_past_tense(const coding *c, uint32_t verb) {
    uint32_t noun = is_exactly(c, verb, "acl") ? token_of(c, verb)->head : DATELINE_NO_INDEX;
    bool root = token_of(c, verb)->head == DATELINE_NO_INDEX;
    bool under = noun != DATELINE_NO_INDEX && token_of(c, noun)->head == DATELINE_NO_INDEX &&
                 dln_tree_child(&c->tree, noun, "cop") == DATELINE_NO_INDEX &&
                 dln_tree_child(&c->tree, noun, "nsubj") == DATELINE_NO_INDEX;
    return (root || under) && !has_auxiliary(c, verb) && dln_prepositional(c, verb, DLN_STR("by")) == DATELINE_NO_INDEX;
}

bool dln_is_passive(const coding *c, uint32_t verb) {
    if (is_past_tense(c, verb)) return false;
    for (int step = 0; step < MAX_STEPS; step++) {
        if (child_exactly(c, verb, "nsubj:pass") != DATELINE_NO_INDEX ||
            child_exactly(c, verb, "aux:pass") != DATELINE_NO_INDEX) {
            return true;
        }
        if (!is_past_participle(c, verb) || has_auxiliary(c, verb)) return false;
        if (is_rel(c, verb, "acl") || is_rel(c, verb, "advcl")) { /* one with an object of its own is no passive */
            return dln_tree_child(&c->tree, verb, "nsubj") == DATELINE_NO_INDEX &&
                   (dln_tree_child(&c->tree, verb, "obj") == DATELINE_NO_INDEX ||
                    dln_prepositional(c, verb, DLN_STR("by")) != DATELINE_NO_INDEX);
        }
        if (!is_rel(c, verb, "conj") || dln_tree_child(&c->tree, verb, "nsubj") != DATELINE_NO_INDEX) return false;
        verb = token_of(c, verb)->head; /* 'was arrested and charged' */
    }
    return false;
}

static bool is_relative_pronoun(const coding *c, uint32_t token) {
    const dateline_token *t = token_of(c, token);
    return dln_token_has_feat(t, "PronType=Rel") ||
           (t->upos == DATELINE_UPOS_PRON && dln_is_lemma(c, token, "who/which/whom/that") &&
            (dln_str_is(t->xpos, "WP") || dln_str_is(t->xpos, "WDT")));
}

/* The noun that a relative clause's verb hangs on, through coordination ('who came and saw'). */
static uint32_t antecedent(const coding *c, uint32_t verb) {
    verb = dln_first_conjunct(c, verb);
    return is_exactly(c, verb, "acl:relcl") || is_rel(c, verb, "acl") ? token_of(c, verb)->head : DATELINE_NO_INDEX;
}

static bool is_nominal(const coding *c, uint32_t token) {
    dateline_upos upos = token_of(c, token)->upos;
    return upos == DATELINE_UPOS_NOUN || upos == DATELINE_UPOS_PROPN;
}

/* What a relative pronoun takes up where the parser did not tie the clause to it: the noun phrase just before. */
static uint32_t noun_before(const coding *c, uint32_t pronoun) {
    uint32_t at = pronoun;
    while (at > 0 && token_of(c, at - 1)->upos == DATELINE_UPOS_PUNCT) at--;
    if (at == 0 || !is_nominal(c, at - 1)) return DATELINE_NO_INDEX;
    at--;
    for (int step = 0; step < MAX_STEPS; step++) {
        uint32_t head = token_of(c, at)->head;
        if (head == DATELINE_NO_INDEX || head > pronoun || !is_nominal(c, head)) break;
        at = head;
    }
    return at;
}

/* 'Denmark last week announced': the name tied to the day. */
static uint32_t subject_of_time(const coding *c, uint32_t verb) {
    for (uint32_t i = c->tree.first_child[verb]; i != DATELINE_NO_INDEX && i < verb; i = c->tree.next[i]) {
        uint32_t name = c->in_time[i] ? c->tree.first_child[i] : DATELINE_NO_INDEX;
        if (name == DATELINE_NO_INDEX || name > i || c->in_time[name] || !is_nominal(c, name)) continue;
        if (dln_tree_child(&c->tree, i, "case") == DATELINE_NO_INDEX) return name;
    }
    return DATELINE_NO_INDEX;
}

/* 'he "gladly" accepted': the subject tied to the adverb before the verb. */
static uint32_t adverb_subject(const coding *c, uint32_t verb) {
    uint32_t adverb = dln_tree_child(&c->tree, verb, "advmod");
    if (adverb == DATELINE_NO_INDEX || adverb > verb || c->in_time[adverb]) return DATELINE_NO_INDEX;
    bool noun = is_nominal(c, adverb) && c->tree.right[adverb] + 1 == verb; /* a title read as an adverb */
    if (noun && dln_tree_child(&c->tree, adverb, "case") == DATELINE_NO_INDEX) return adverb;
    return token_of(c, adverb)->upos == DATELINE_UPOS_ADV ? dln_tree_child(&c->tree, adverb, "nsubj")
                                                          : DATELINE_NO_INDEX;
}

/* Ends a noun phrase that may be the subject of a clause whose verb the parser took for a part of the object. */
static bool ends_before(const coding *c, uint32_t noun, uint32_t token) {
    return noun < token && (is_nominal(c, noun) || token_of(c, noun)->upos == DATELINE_UPOS_PRON) && !c->in_time[noun];
}

/* 'Oman suspended supplies', read as a noun phrase: a participle behind a noun that is no sentence's part but its head.
 * Gives the noun that is the subject; the phrase's head is the object. */
static uint32_t subject_of_misread(const coding *c, uint32_t token) {
    const dateline_token *t = token_of(c, token);
    if (t->head == DATELINE_NO_INDEX || t->head < token || !is_rel(c, token, "amod")) return DATELINE_NO_INDEX;
    if (!is_past_form(c, token)) return DATELINE_NO_INDEX;
    uint32_t noun = t->head, found = DATELINE_NO_INDEX, own = dln_tree_child(&c->tree, token, "nsubj");
    if (!is_nominal(c, noun) || dln_tree_child(&c->tree, noun, "cop") != DATELINE_NO_INDEX) return found;
    if (own != DATELINE_NO_INDEX && ends_before(c, own, token)) return own;
    uint32_t above = token_of(c, noun)->head;
    bool bare = above != DATELINE_NO_INDEX && above < token && c->tree.left[noun] == c->tree.left[token] &&
                (is_rel(c, noun, "obj") || is_rel(c, noun, "nmod")) && ends_before(c, above, token);
    if (bare && token_of(c, above)->head == DATELINE_NO_INDEX) return above; /* 'Peru severed ties': hung on 'Peru' */
    bool clause = above == DATELINE_NO_INDEX || is_rel(c, noun, "ccomp") || is_rel(c, noun, "parataxis");
    for (uint32_t i = clause ? c->tree.first_child[noun] : found; i != DATELINE_NO_INDEX && i < token;
         i = c->tree.next[i]) {
        bool before = is_rel(c, i, "nsubj") || is_rel(c, i, "compound") || is_exactly(c, i, "nmod:unmarked");
        if (before && is_nominal(c, i) && c->tree.right[i] + 1 == token) found = i;
    }
    return found;
}

bool dln_is_misread(const coding *c, uint32_t token) {
    return subject_of_misread(c, token) != DATELINE_NO_INDEX;
}

static uint32_t own_subject(const coding *c, uint32_t verb) {
    if (dln_is_misread(c, verb)) return subject_of_misread(c, verb);
    uint32_t subject = nearest_subject(c, verb);
    if (subject == DATELINE_NO_INDEX) subject = adverb_subject(c, verb);
    if (subject == DATELINE_NO_INDEX) return subject_of_time(c, verb);
    bool relative = is_relative_pronoun(c, subject);
    uint32_t noun = relative ? antecedent(c, verb) : DATELINE_NO_INDEX;
    if (relative && noun == DATELINE_NO_INDEX && dln_first_conjunct(c, verb) == verb) noun = noun_before(c, subject);
    return noun == DATELINE_NO_INDEX ? subject : noun;
}

/* 'Y attacked Z, X said': Z tied as a first subject to 'said'. */
static uint32_t stray_object(const coding *c, uint32_t verb) {
    uint32_t other = is_rel(c, verb, "ccomp") ? token_of(c, verb)->head : dln_tree_child(&c->tree, verb, "ccomp");
    uint32_t noun = other == DATELINE_NO_INDEX ? other : dln_tree_child(&c->tree, other, "nsubj");
    if (noun == DATELINE_NO_INDEX || noun < verb || noun == nearest_subject(c, other)) return DATELINE_NO_INDEX;
    return c->tree.left[noun] == verb + 1 ? noun : DATELINE_NO_INDEX;
}

/* A noun right behind the verb that nothing ties to it but the parser's guess. */
static uint32_t bare_object(const coding *c, uint32_t verb) {
    for (uint32_t i = c->tree.first_child[verb]; i != DATELINE_NO_INDEX; i = c->tree.next[i]) {
        bool loose = is_rel(c, i, "advcl") || is_rel(c, i, "dep") || is_rel(c, i, "obl") || is_rel(c, i, "xcomp");
        bool beside = c->tree.left[i] == verb + 1 || (c->tree.left[i] == verb + 2 && is_rel(c, verb + 1, "compound"));
        if (!loose || !beside || !is_nominal(c, i) || c->in_time[i]) continue;
        bool tied = dln_tree_child(&c->tree, i, "case") != DATELINE_NO_INDEX ||
                    dln_tree_child(&c->tree, i, "mark") != DATELINE_NO_INDEX ||
                    dln_tree_child(&c->tree, i, "cop") != DATELINE_NO_INDEX;
        if (!tied) return i;
    }
    return DATELINE_NO_INDEX;
}

/* 'She met Prime Minister Okello': a name right behind the verb taken for one more subject. */
static uint32_t second_subject(const coding *c, uint32_t verb) {
    uint32_t first = child_exactly(c, verb, "nsubj"), found = DATELINE_NO_INDEX;
    if (first == DATELINE_NO_INDEX || first > verb) return found;
    for (uint32_t i = c->tree.next[first]; i != DATELINE_NO_INDEX; i = c->tree.next[i]) {
        if (is_exactly(c, i, "nsubj") && c->tree.left[i] == verb + 1) found = i;
    }
    return found;
}

/* 'urged Greece to change': an indirect object beside no other is the object. */
static uint32_t sole_indirect(const coding *c, uint32_t verb) {
    uint32_t clause = dln_tree_child(&c->tree, verb, "xcomp");
    return clause == DATELINE_NO_INDEX ? clause : dln_tree_child(&c->tree, verb, "iobj");
}

static uint32_t own_object(const coding *c, uint32_t verb) {
    if (dln_is_misread(c, verb)) return token_of(c, verb)->head;
    uint32_t object = dln_tree_child(&c->tree, verb, "obj");
    if (object == DATELINE_NO_INDEX) object = stray_object(c, verb);
    if (object == DATELINE_NO_INDEX) object = second_subject(c, verb);
    if (object == DATELINE_NO_INDEX) object = sole_indirect(c, verb);
    if (object == DATELINE_NO_INDEX) return bare_object(c, verb);
    uint32_t noun = is_relative_pronoun(c, object) ? antecedent(c, verb) : DATELINE_NO_INDEX;
    return noun == DATELINE_NO_INDEX ? object : noun;
}

/* 'Kenya's decision to leave': the doer of the infinitive is the noun's. */
static uint32_t noun_owner(const coding *c, uint32_t noun) {
    uint32_t owner = child_exactly(c, noun, "nmod:poss");
    if (owner != DATELINE_NO_INDEX) return owner;
    uint32_t head = token_of(c, noun)->head;
    if (head == DATELINE_NO_INDEX) return head;
    bool object = is_rel(c, noun, "obj") && token_of(c, head)->upos == DATELINE_UPOS_VERB;
    return object ? own_subject(c, head) : DATELINE_NO_INDEX;
}

/* The subject a verb without one of its own takes from what governs it; *again: go on looking at `next`. */
static uint32_t lent_subject(const coding *c, uint32_t verb, uint32_t *next) {
    uint32_t head = token_of(c, verb)->head;
    *next = DATELINE_NO_INDEX;
    if (head == DATELINE_NO_INDEX) return head;
    if (is_exactly(c, verb, "acl:relcl")) return dln_is_passive(c, verb) ? head : DATELINE_NO_INDEX;
    if (is_rel(c, verb, "acl")) {
        bool infinitive = dln_tree_child(&c->tree, verb, "mark") != DATELINE_NO_INDEX && !is_past_participle(c, verb);
        return infinitive ? noun_owner(c, head) : head;
    }
    if (is_rel(c, verb, "advcl") && dln_has_case(c, verb, DLN_STR("for/of/from"))) { /* 'blamed Chad for closing it' */
        uint32_t object = own_object(c, head);
        if (object != DATELINE_NO_INDEX && object < verb) return object;
    }
    if (is_rel(c, verb, "xcomp") && !dln_is_lemma(c, head, "promise/vow/threaten")) {
        uint32_t object = own_object(c, head);
        if (object != DATELINE_NO_INDEX) return object;
    }
    if (is_rel(c, verb, "xcomp") || is_rel(c, verb, "conj") || is_rel(c, verb, "advcl") || is_rel(c, verb, "ccomp")) {
        *next = head;
    }
    return DATELINE_NO_INDEX;
}

uint32_t dln_subject(const coding *c, uint32_t verb) {
    for (int step = 0; step < MAX_STEPS; step++) {
        uint32_t subject = own_subject(c, verb);
        if (subject != DATELINE_NO_INDEX) return subject;
        uint32_t next = DATELINE_NO_INDEX;
        subject = lent_subject(c, verb, &next);
        if (subject != DATELINE_NO_INDEX || next == DATELINE_NO_INDEX) return subject;
        verb = next;
    }
    return DATELINE_NO_INDEX;
}

bool dln_has_case(const coding *c, uint32_t token, dateline_str alternatives) {
    uint32_t left = c->tree.left[token]; /* the first word of the phrase, to whatever in it the parser tied it */
    dateline_upos first = token_of(c, left)->upos;
    bool tie = first == DATELINE_UPOS_ADP || first == DATELINE_UPOS_SCONJ || first == DATELINE_UPOS_PART;
    if (left < token && tie && dln_word_among(dln_token_form(c->doc, left), alternatives)) return true;
    for (uint32_t i = c->tree.first_child[token]; i != DATELINE_NO_INDEX; i = c->tree.next[i]) {
        if (!is_rel(c, i, "case") && !is_rel(c, i, "mark")) continue;
        if (dln_word_among(dln_token_form(c->doc, i), alternatives)) return true;
        uint32_t fixed = dln_tree_child(&c->tree, i, "fixed");
        bool pair = fixed != DATELINE_NO_INDEX && dln_is_lemma(c, i, "along/together/alongside");
        if (pair && dln_word_among(dln_token_form(c->doc, fixed), alternatives)) return true;
    }
    return false;
}

uint32_t dln_prepositional(const coding *c, uint32_t head, dateline_str relation) {
    for (uint32_t i = c->tree.first_child[head]; i != DATELINE_NO_INDEX; i = c->tree.next[i]) {
        bool nominal = is_rel(c, i, "obl") || is_rel(c, i, "nmod");
        if (nominal && !c->in_time[i] && dln_has_case(c, i, relation)) return i;
    }
    return DATELINE_NO_INDEX;
}

/* A by-phrase behind a passive, to whatever the parser tied it. */
static uint32_t next_agent(const coding *c, uint32_t verb) {
    enum { REACH = 12 };
    for (uint32_t i = verb + 1; i < c->doc->tokens.count && i <= verb + REACH; i++) {
        const dateline_token *t = token_of(c, i);
        if (t->head == DATELINE_NO_INDEX || t->upos == DATELINE_UPOS_PUNCT || t->upos == DATELINE_UPOS_SCONJ) break;
        if (t->upos == DATELINE_UPOS_VERB && !is_rel(c, i, "amod")) break;
        bool by = t->upos == DATELINE_UPOS_ADP && dln_str_equal_nocase(dln_token_form(c->doc, i), DLN_STR("by"));
        if (by) return t->head > i && !c->in_time[t->head] ? t->head : DATELINE_NO_INDEX;
    }
    return DATELINE_NO_INDEX;
}

/* Who does it, in whatever voice. */
uint32_t dln_doer(const coding *c, uint32_t verb) {
    if (!dln_is_passive(c, verb)) return dln_subject(c, verb);
    uint32_t agent = child_exactly(c, verb, "obl:agent");
    if (agent != DATELINE_NO_INDEX) return agent;
    agent = dln_prepositional(c, verb, DLN_STR("by"));
    uint32_t object = dln_tree_child(&c->tree, verb, "obj"); /* 'was granted asylum by Chile' */
    if (agent == DATELINE_NO_INDEX && object != DATELINE_NO_INDEX) agent = dln_prepositional(c, object, DLN_STR("by"));
    if (agent != DATELINE_NO_INDEX) return agent;
    if (is_rel(c, verb, "conj")) return dln_prepositional(c, token_of(c, verb)->head, DLN_STR("by"));
    uint32_t last = DATELINE_NO_INDEX; /* 'was arrested and charged by police' */
    for (uint32_t i = c->tree.first_child[verb]; i != DATELINE_NO_INDEX; i = c->tree.next[i]) {
        if (is_rel(c, i, "conj")) last = i;
    }
    if (last != DATELINE_NO_INDEX) last = dln_prepositional(c, last, DLN_STR("by"));
    return last == DATELINE_NO_INDEX ? next_agent(c, verb) : last;
}

/* 'condemned and rejected the plan': the first verb takes the object of the last. */
static uint32_t shared_object(const coding *c, uint32_t verb) {
    for (uint32_t i = c->tree.first_child[verb]; i != DATELINE_NO_INDEX; i = c->tree.next[i]) {
        if (!is_rel(c, i, "conj") || own_subject(c, i) != DATELINE_NO_INDEX) continue;
        uint32_t object = own_object(c, i);
        if (object != DATELINE_NO_INDEX) return object;
    }
    return DATELINE_NO_INDEX;
}

/* To whom it is done. */
uint32_t dln_undergoer(const coding *c, uint32_t verb) {
    uint32_t object = own_object(c, verb);
    if (dln_is_passive(c, verb)) return object == DATELINE_NO_INDEX ? dln_subject(c, verb) : object;
    if (object != DATELINE_NO_INDEX) return object;
    bool gap = is_exactly(c, verb, "acl:relcl"); /* 'the man Kim praised' */
    if (gap && antecedent(c, verb) != dln_subject(c, verb)) return antecedent(c, verb);
    return shared_object(c, verb);
}
