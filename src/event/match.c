/* SPDX-License-Identifier: Apache-2.0
 * match.c: lays frames over the tree and keeps the one that says most. */
#include "event/event_internal.h"

/* A frame being laid at a token. */
typedef struct {
    const coding *c;
    const frame *frame;
    predicate *out;
    bool passive;
    bool modal; /* the head is an auxiliary of what it asks for */
} matcher;

static const dateline_token *token_of(const matcher *m, uint32_t token) {
    return dln_doc_token(m->c->doc, token);
}

static bool is_rel(const matcher *m, uint32_t token, const char *deprel) {
    return dln_token_is_rel(token_of(m, token), deprel);
}

static bool is_nominal(const dateline_token *token) {
    return token->upos == DATELINE_UPOS_NOUN || token->upos == DATELINE_UPOS_PROPN;
}

/* A word of a class, or one that such a word describes ('police units'). */
static bool in_class(const matcher *m, uint32_t token, dateline_str group) {
    const ontology *o = &m->c->coder->ontology;
    if (dln_ontology_word(o, "class", group, token_of(m, token)->lemma, NULL)) return true;
    if (dln_ontology_word(o, "class", group, dln_token_form(m->c->doc, token), NULL)) return true;
    for (uint32_t i = m->c->tree.first_child[token]; i != DATELINE_NO_INDEX; i = m->c->tree.next[i]) {
        bool describes = is_rel(m, i, "compound") && i < token;
        if (describes && dln_ontology_word(o, "class", group, token_of(m, i)->lemma, NULL)) return true;
    }
    return false;
}

/* Whether a token is one of the words: by lemma, by form, or by class where it is written '[class]'. */
static bool is_word(const matcher *m, uint32_t token, dateline_str words) {
    token = dln_counted(m->c, token);
    dateline_str lemma = token_of(m, token)->lemma;
    if (words.len > 2 && words.ptr[0] == '[') return in_class(m, token, dln_str_slice(words, 1, words.len - 1));
    bool preposition = is_rel(m, token, "case"); /* 'according to' has nothing to do with an accord */
    return (!preposition && dln_word_among(lemma, words)) || dln_word_among(dln_token_form(m->c->doc, token), words);
}

static bool is_fixed(const matcher *m, uint32_t token) {
    for (uint8_t i = 0; i < m->out->word_count; i++) {
        if (m->out->words[i] == token) return true;
    }
    return false;
}

/* Behind a preposition that the pattern does not name: 'called for a truce' is not 'called a truce'. */
static bool is_led(const matcher *m, uint32_t token) {
    if (!is_rel(m, token, "obl")) return false;
    for (uint32_t i = m->c->tree.first_child[token]; i != DATELINE_NO_INDEX; i = m->c->tree.next[i]) {
        if (is_rel(m, i, "case") && !is_fixed(m, i)) return true;
    }
    return false;
}

/* A fixed word: under the head, one below that ('held joint exercises'), or what undergoes it ('talks were held'). */
static uint32_t find_word(const matcher *m, uint32_t head, dateline_str words) {
    const dln_tree *tree = &m->c->tree;
    for (uint32_t i = tree->first_child[head]; i != DATELINE_NO_INDEX; i = tree->next[i]) {
        dateline_str deprel = token_of(m, i)->deprel; /* neither who does it nor another clause is a fixed word */
        bool doer = m->frame->kind == FRAME_VERB && (dln_str_is(deprel, "nsubj") || dln_str_is(deprel, "obl:agent"));
        bool clause = dln_str_is(deprel, "conj") || dln_tree_child(tree, i, "nsubj") != DATELINE_NO_INDEX;
        if (!doer && !clause && !is_led(m, i) && is_word(m, i, words)) return i;
    }
    for (uint32_t i = tree->first_child[head]; i != DATELINE_NO_INDEX; i = tree->next[i]) {
        bool deeper = is_rel(m, i, "obj") || is_rel(m, i, "obl") || dln_str_is(token_of(m, i)->deprel, "nsubj:pass");
        for (uint32_t k = deeper ? tree->first_child[i] : DATELINE_NO_INDEX; k != DATELINE_NO_INDEX;
             k = tree->next[k]) {
            if (!is_rel(m, k, "nmod") && is_word(m, k, words)) return k;
        }
    }
    uint32_t undergoer = m->frame->kind == FRAME_VERB ? dln_undergoer(m->c, head) : DATELINE_NO_INDEX;
    return undergoer != DATELINE_NO_INDEX && is_word(m, undergoer, words) ? undergoer : DATELINE_NO_INDEX;
}

/* A phrase that was tied to the object instead of the verb: 'sold gas to Chile'. */
static uint32_t below_object(const matcher *m, uint32_t head, dateline_str relation) {
    if (m->frame->kind != FRAME_VERB || dln_word_among(DLN_STR("of"), relation)) return DATELINE_NO_INDEX;
    uint32_t found = DATELINE_NO_INDEX,
             objects[2] = { dln_undergoer(m->c, head), dln_tree_child(&m->c->tree, head, "iobj") };
    for (size_t i = 0; i < 2 && found == DATELINE_NO_INDEX; i++) {
        if (objects[i] == DATELINE_NO_INDEX) continue;
        found = dln_prepositional(m->c, objects[i], relation);
        for (uint32_t k = m->c->tree.first_child[objects[i]]; k != DATELINE_NO_INDEX; k = m->c->tree.next[k]) {
            bool below = found == DATELINE_NO_INDEX && is_rel(m, k, "nmod"); /* 'a million in assistance to Fiji' */
            if (below) found = dln_prepositional(m->c, k, relation);
        }
        uint32_t clause = found == DATELINE_NO_INDEX ? dln_tree_child(&m->c->tree, objects[i], "acl") : found;
        if (found == DATELINE_NO_INDEX && clause != found) { /* 'sanctions imposed on Chad' */
            found = dln_prepositional(m->c, clause, relation);
        }
    }
    return found;
}

/* The next phrase with a telling preposition behind the words seen so far, to whatever the parser tied it. */
static uint32_t next_phrase(const matcher *m, uint32_t head, dateline_str relation) {
    enum { REACH = 14 };
    uint32_t last = head;
    for (uint8_t i = 0; i < m->out->word_count; i++) {
        if (m->out->words[i] > last) last = m->out->words[i];
    }
    for (uint32_t i = last + 1; i < m->c->doc->tokens.count && i <= last + REACH; i++) {
        const dateline_token *t = token_of(m, i);
        bool verb = t->upos == DATELINE_UPOS_VERB && !is_rel(m, i, "amod");
        if (verb || t->upos == DATELINE_UPOS_SCONJ || t->head == DATELINE_NO_INDEX) break;
        if (t->upos == DATELINE_UPOS_PUNCT && !dln_str_is(t->lemma, "-") && !dln_str_is(t->lemma, ",")) break;
        const char *words =
            m->frame->needs_recipient ? "against/with/into/between/to/on/from" : "against/with/into/between";
        bool telling = dln_word_among(dln_token_form(m->c->doc, i), dateline_str_from(words));
        if (!telling || t->upos != DATELINE_UPOS_ADP || !dln_word_among(dln_token_form(m->c->doc, i), relation))
            continue;
        return t->head > i && !m->c->in_time[t->head] ? t->head : DATELINE_NO_INDEX;
    }
    return DATELINE_NO_INDEX;
}

/* Of an event noun: tied to its of-phrase ('the visit of X to Y'), or to the verb though it stands beside the noun. */
static uint32_t beside_noun(const matcher *m, uint32_t noun, dateline_str relation) {
    const coding *c = m->c;
    uint32_t of = dln_prepositional(c, noun, DLN_STR("of/by"));
    uint32_t found = of == DATELINE_NO_INDEX ? of : dln_prepositional(c, of, relation);
    uint32_t verb = token_of(m, noun)->head;
    if (found != DATELINE_NO_INDEX || verb == DATELINE_NO_INDEX) return found;
    for (uint32_t i = c->tree.first_child[verb]; i != DATELINE_NO_INDEX; i = c->tree.next[i]) {
        bool beside = c->tree.left[i] == c->tree.right[noun] + 1 || c->tree.left[i] == noun + 1;
        if (beside && is_rel(m, i, "obl") && !c->in_time[i] && dln_has_case(c, i, relation)) return i;
    }
    return DATELINE_NO_INDEX;
}

/* 'time for Oman to leave': whoever follows 'for' stands as subject of the infinitive. */
static uint32_t infinitive_for(const matcher *m, uint32_t head, dateline_str relation) {
    if (!dln_word_among(DLN_STR("for"), relation)) return DATELINE_NO_INDEX;
    for (uint32_t i = m->c->tree.first_child[head]; i != DATELINE_NO_INDEX; i = m->c->tree.next[i]) {
        uint32_t subject = dln_tree_child(&m->c->tree, i, "nsubj"), mark = dln_tree_child(&m->c->tree, i, "mark");
        bool led = i > head && subject != DATELINE_NO_INDEX && mark != DATELINE_NO_INDEX && mark < subject;
        if (led && dln_word_among(dln_token_form(m->c->doc, mark), relation)) return subject;
    }
    return DATELINE_NO_INDEX;
}

/* Below the head, the words of the pattern, or the verb that carries the noun. */
static uint32_t find_preposition(const matcher *m, uint32_t head, dateline_str relation) {
    uint32_t found = dln_prepositional(m->c, head, relation);
    for (uint8_t i = 0; i < m->out->word_count && found == DATELINE_NO_INDEX; i++) {
        found = dln_prepositional(m->c, m->out->words[i], relation);
    }
    if (found == DATELINE_NO_INDEX && m->out->carrier != DATELINE_NO_INDEX) {
        found = dln_prepositional(m->c, m->out->carrier, relation);
    }
    if (found == DATELINE_NO_INDEX && m->frame->kind == FRAME_NOUN) found = beside_noun(m, head, relation);
    if (found == DATELINE_NO_INDEX) found = infinitive_for(m, head, relation);
    if (found == DATELINE_NO_INDEX) found = below_object(m, head, relation);
    if (found == DATELINE_NO_INDEX) found = next_phrase(m, head, relation);
    if (found != DATELINE_NO_INDEX || m->frame->kind != FRAME_VERB) return found;
    uint32_t particle = find_word(m, head, relation); /* 'called off talks', however it was parsed */
    bool adverb = particle != DATELINE_NO_INDEX && !is_nominal(token_of(m, particle)) &&
                  (is_rel(m, particle, "compound") || is_rel(m, particle, "advmod"));
    if (adverb) return dln_undergoer(m->c, head);
    if (dln_word_among(DLN_STR("to"), relation)) return dln_tree_child(&m->c->tree, head, "iobj");
    return DATELINE_NO_INDEX;
}

static bool is_clause_of(const matcher *m, uint32_t token, dateline_str relation) {
    bool clause =
        is_rel(m, token, "xcomp") || is_rel(m, token, "ccomp") || is_rel(m, token, "advcl") || is_rel(m, token, "acl");
    if (dln_str_is(token_of(m, token)->deprel, "acl:relcl")) return false;
    if (relation.len == 0) return is_rel(m, token, "xcomp") || is_rel(m, token, "ccomp");
    if (dln_word_among(DLN_STR("that"), relation) && is_rel(m, token, "ccomp")) return true;
    if (clause && dln_has_case(m->c, token, relation)) return true;
    return is_rel(m, token, "obl") && !dln_word_among(DLN_STR("to"), relation) && dln_has_case(m->c, token, relation);
}

/* A clause that was tied to the object or one joined to it: 'urged Chile and Peru to free them'. */
static uint32_t clause_of_object(const matcher *m, uint32_t head, dateline_str relation) {
    const dln_tree *tree = &m->c->tree;
    uint32_t nouns[4], object = m->frame->kind == FRAME_VERB ? dln_undergoer(m->c, head) : DATELINE_NO_INDEX;
    if (object == DATELINE_NO_INDEX) object = dln_prepositional(m->c, head, DLN_STR("on/upon"));
    size_t count = object == DATELINE_NO_INDEX ? 0 : dln_conjuncts(m->c, object, nouns, 4);
    for (size_t k = 0; k < count; k++) {
        for (uint32_t i = tree->first_child[nouns[k]]; i != DATELINE_NO_INDEX; i = tree->next[i]) {
            if (i > head && is_clause_of(m, i, relation)) return i;
        }
    }
    return DATELINE_NO_INDEX;
}

static uint32_t find_clause(const matcher *m, uint32_t head, dateline_str relation) {
    const dln_tree *tree = &m->c->tree;
    for (uint32_t i = tree->first_child[head]; i != DATELINE_NO_INDEX; i = tree->next[i]) {
        if (is_clause_of(m, i, relation)) return i;
    }
    for (uint8_t w = 0; w < m->out->word_count; w++) {
        for (uint32_t i = tree->first_child[m->out->words[w]]; i != DATELINE_NO_INDEX; i = tree->next[i]) {
            if (is_clause_of(m, i, relation)) return i;
        }
    }
    uint32_t tied = relation.len == 0 ? DATELINE_NO_INDEX : clause_of_object(m, head, relation);
    if (tied != DATELINE_NO_INDEX) return tied;
    bool that = relation.len == 0 || dln_word_among(DLN_STR("that"), relation);
    bool behind = that && is_rel(m, head, "parataxis"); /* 'it would retaliate, the army warned' */
    return behind ? token_of(m, head)->head : DATELINE_NO_INDEX;
}

/* The verb that carries an event noun: 'held talks', 'talks were held', 'took part in talks'. */
static uint32_t find_carrier(const matcher *m, uint32_t noun) {
    noun = dln_first_conjunct(m->c, noun);
    uint32_t head = token_of(m, noun)->head;
    if (head == DATELINE_NO_INDEX) return head;
    bool part = is_rel(m, noun, "obl") && dln_has_case(m->c, noun, DLN_STR("in")); /* 'took part in' */
    bool argument = is_rel(m, noun, "obj") || is_rel(m, noun, "nsubj") || part || is_rel(m, noun, "acl") ||
                    is_rel(m, noun, "ccomp") || is_rel(m, noun, "xcomp");
    if (!argument || token_of(m, head)->upos != DATELINE_UPOS_VERB) {
        uint32_t relative = dln_tree_child(&m->c->tree, noun, "acl"); /* 'the talks held by …' */
        if (relative == DATELINE_NO_INDEX) return relative;
        head = relative;
    }
    bool known =
        dln_ontology_word(&m->c->coder->ontology, "carrier", (dateline_str){ NULL, 0 }, token_of(m, head)->lemma, NULL);
    return known ? head : DATELINE_NO_INDEX;
}

static bool names_actor(const matcher *m, uint32_t token) {
    const dateline_token *t = token_of(m, token);
    return t->upos == DATELINE_UPOS_PROPN ||
           (t->upos == DATELINE_UPOS_ADJ && dln_char_is_upper(dln_utf8_at(dln_token_form(m->c->doc, token), 0)));
}

static bool takes_relation(const frame *f, const char *word) {
    for (uint8_t i = 0; i < f->slot_count; i++) {
        if (dln_word_among(dateline_str_from(word), f->slots[i].relation)) return true;
    }
    return false;
}

static uint32_t modifier_owner(const matcher *m, uint32_t noun) {
    const dln_tree *tree = &m->c->tree;
    if (in_class(m, noun, DLN_STR("blast"))) return DATELINE_NO_INDEX; /* 'the Oslo bombing': where, not who */
    for (uint32_t i = tree->first_child[noun]; i != DATELINE_NO_INDEX; i = tree->next[i]) {
        if ((is_rel(m, i, "amod") || is_rel(m, i, "compound") || is_rel(m, i, "nmod")) && i < noun && names_actor(m, i))
            return i;
    }
    return DATELINE_NO_INDEX;
}

/* 'Ms Lund said so during her visit': she, by the name that the same clause gives her. */
static uint32_t named_owner(const matcher *m, uint32_t noun, uint32_t owner) {
    const coding *c = m->c;
    uint32_t verb = m->out->carrier;
    for (uint32_t at = noun; verb == DATELINE_NO_INDEX && token_of(m, at)->head != DATELINE_NO_INDEX;) {
        at = token_of(m, at)->head;
        if (token_of(m, at)->upos == DATELINE_UPOS_VERB) verb = at;
    }
    uint32_t doer = verb == DATELINE_NO_INDEX ? verb : dln_doer(c, verb);
    if (doer == DATELINE_NO_INDEX || doer == noun || dln_tree_below(&c->tree, noun, doer)) return owner;
    if (verb == m->out->carrier) return doer;
    dateline_role his, theirs;
    bool both = dln_resolve_role(c->coder->resolver, c->doc, owner, c->doc->date, &his, 1) == 1 &&
                dln_resolve_role(c->coder->resolver, c->doc, doer, c->doc->date, &theirs, 1) == 1;
    return both && his.entity != DATELINE_NO_INDEX && his.entity == theirs.entity ? doer : owner;
}

static bool needs_partner(const frame *f) {
    for (uint8_t i = 0; i < f->slot_count; i++) {
        const frame_slot *slot = &f->slots[i];
        bool partner = slot->place == PLACE_PREPOSITION && slot->role != ROLE_NONE && slot->role != ROLE_CONTENT;
        if (partner && !slot->optional && !slot->several) return true;
    }
    return false;
}

/* 'spoke at a meeting with X': a noun that names its partner has the clause's subject on the other side. */
static uint32_t clause_doer(const matcher *m, uint32_t noun) {
    uint32_t verb = token_of(m, noun)->head;
    bool beside = is_rel(m, noun, "obl") && verb != DATELINE_NO_INDEX && token_of(m, verb)->upos == DATELINE_UPOS_VERB;
    if (!beside || !needs_partner(m->frame)) return DATELINE_NO_INDEX;
    uint32_t doer = dln_doer(m->c, verb);
    return doer == DATELINE_NO_INDEX || dln_tree_below(&m->c->tree, noun, doer) ? DATELINE_NO_INDEX : doer;
}

/* The doer of an event noun. */
static uint32_t find_owner(const matcher *m, uint32_t noun) {
    const coding *c = m->c;
    uint32_t found = dln_prepositional(c, noun, DLN_STR("by"));
    if (found == DATELINE_NO_INDEX) found = beside_noun(m, noun, DLN_STR("by"));
    if (found != DATELINE_NO_INDEX) return found;
    uint32_t owner = dln_tree_child(&c->tree, noun, "nmod:poss");
    if (owner != DATELINE_NO_INDEX && token_of(m, owner)->upos != DATELINE_UPOS_PRON) return owner;
    if (owner != DATELINE_NO_INDEX) return named_owner(m, noun, owner);
    if (!takes_relation(m->frame, "of")) found = dln_prepositional(c, noun, DLN_STR("of"));
    if (found != DATELINE_NO_INDEX) return found;
    found = modifier_owner(m, noun);
    if (found != DATELINE_NO_INDEX) return found;
    found = m->out->carrier == DATELINE_NO_INDEX ? clause_doer(m, noun) : dln_doer(c, m->out->carrier);
    return found == noun ? DATELINE_NO_INDEX : found;
}

/* Whoever a word of the pattern belongs to. */
static uint32_t find_possessor(const matcher *m) {
    if (m->out->word_count == 0) return DATELINE_NO_INDEX;
    uint32_t noun = m->out->words[m->out->word_count - 1];
    for (uint32_t i = m->c->tree.first_child[noun]; i != DATELINE_NO_INDEX; i = m->c->tree.next[i]) {
        if (dln_str_is(token_of(m, i)->deprel, "nmod:poss")) return i;
    }
    uint32_t found = dln_prepositional(m->c, noun, DLN_STR("of/from/by"));
    return found == DATELINE_NO_INDEX ? modifier_owner(m, noun) : found;
}

static bool has_sector(const dateline_role *role, const char *sectors) {
    for (uint8_t i = 0; i < role->sector_count; i++) {
        if (dln_word_among(dateline_str_from(role->sector[i]), dateline_str_from(sectors))) return true;
    }
    return role->code[0] != '\0' && dln_word_among(dateline_str_from(role->code), dateline_str_from(sectors));
}

/* A clause about its speaker's own doing: 'warned that it would respond'. */
static bool is_own_clause(const matcher *m, uint32_t verb) {
    uint32_t subject = dln_tree_child(&m->c->tree, verb, "nsubj");
    return subject == DATELINE_NO_INDEX || token_of(m, subject)->upos == DATELINE_UPOS_PRON;
}

/* Conditions on a filler: built-in ones ask the resolver, all others are word classes. */
static bool meets(const matcher *m, uint32_t token, dateline_str condition) {
    if (condition.len == 0) return true;
    if (condition.ptr[0] == '!') return !meets(m, token, dln_str_slice(condition, 1, condition.len));
    if (dln_str_is(condition, "own")) return is_own_clause(m, token);
    if (dln_str_is(condition, "pronoun")) return token_of(m, token)->upos == DATELINE_UPOS_PRON;
    bool ask = dln_word_among(condition, DLN_STR("actor/armed/person/official"));
    if (!ask) return in_class(m, dln_counted(m->c, token), condition);
    dateline_role roles[2];
    size_t count = dln_resolve_role(m->c->coder->resolver, m->c->doc, token, m->c->doc->date, roles, 2);
    if (count == 0) return false;
    if (dln_str_is(condition, "armed")) return has_sector(&roles[0], "MIL/REB/UAF/PRM/COP/IMG");
    if (dln_str_is(condition, "official")) return has_sector(&roles[0], "GOV/LEG/JUD/MIL/COP/IGO/UNO/EUR");
    if (dln_str_is(condition, "person")) {
        return roles[0].entity != DATELINE_NO_INDEX &&
               dln_doc_entity(m->c->doc, roles[0].entity)->type == DATELINE_ENTITY_PERSON;
    }
    return true;
}

static void keep(uint32_t *list, uint8_t *count, uint32_t token) {
    for (uint8_t i = 0; i < *count; i++) {
        if (list[i] == token) return;
    }
    if (*count < MAX_FILLERS) list[(*count)++] = token;
}

static void fill(matcher *m, const frame_slot *slot, uint32_t token) {
    predicate *p = m->out;
    if (slot->role == ROLE_ACTOR || slot->role == ROLE_RECIPIENT) token = dln_counted(m->c, token);
    switch (slot->role) {
    case ROLE_ACTOR: keep(p->actors, &p->actor_count, token); break;
    case ROLE_RECIPIENT: keep(p->recipients, &p->recipient_count, token); break;
    case ROLE_CONTENT: keep(p->contents, &p->content_count, token); break;
    case ROLE_NONE: keep(p->words, &p->word_count, token); break;
    }
}

/* 'helped Chad rebuild': the object stands as subject of the bare infinitive. */
static uint32_t infinitive_subject(const matcher *m, uint32_t head) {
    uint32_t clause = dln_tree_child(&m->c->tree, head, "ccomp");
    if (clause == DATELINE_NO_INDEX) clause = dln_tree_child(&m->c->tree, head, "xcomp"); /* 'found him guilty' */
    bool bare = clause != DATELINE_NO_INDEX && dln_tree_child(&m->c->tree, clause, "aux") == DATELINE_NO_INDEX &&
                dln_tree_child(&m->c->tree, clause, "cop") == DATELINE_NO_INDEX &&
                (dln_str_is(token_of(m, clause)->xpos, "VB") || token_of(m, clause)->upos == DATELINE_UPOS_ADJ);
    return bare ? dln_tree_child(&m->c->tree, clause, "nsubj") : DATELINE_NO_INDEX;
}

/* The object that is no fixed word: in 'A hand R note' R stands before it, in 'A accept offer to visit R' below. */
static uint32_t find_object(const matcher *m, uint32_t head) {
    uint32_t found = dln_undergoer(m->c, head);
    if (m->frame->kind != FRAME_VERB || (found != DATELINE_NO_INDEX && !is_fixed(m, found))) return found;
    uint32_t indirect = dln_tree_child(&m->c->tree, head, "iobj");
    if (indirect != DATELINE_NO_INDEX) return indirect;
    for (uint8_t i = 0; i < m->out->word_count; i++) {
        uint32_t word = m->out->words[i];
        if (token_of(m, word)->upos == DATELINE_UPOS_VERB) return dln_undergoer(m->c, word);
    }
    if (found == DATELINE_NO_INDEX) return infinitive_subject(m, head);
    uint32_t subject = m->passive ? dln_subject(m->c, head) : DATELINE_NO_INDEX;
    return subject == found ? DATELINE_NO_INDEX : subject;
}

/* 'on alert', 'on strike', 'of his duties': the words side by side, whatever the parser made of them. */
static uint32_t find_fixed_phrase(const matcher *m, uint32_t head, const frame_slot *slot) {
    enum { REACH = 10 };
    size_t end = m->c->doc->tokens.count;
    for (uint32_t i = head + 1; i + 1 < end && i <= head + REACH && token_of(m, i)->head != DATELINE_NO_INDEX; i++) {
        bool tie =
            token_of(m, i)->upos == DATELINE_UPOS_ADP && dln_word_among(dln_token_form(m->c->doc, i), slot->relation);
        if (tie && is_word(m, i + 1, slot->words)) return i + 1;
        bool owned = tie && i + 2 < end && is_rel(m, i + 1, "nmod:poss") && token_of(m, i + 1)->head == i + 2;
        if (owned && is_word(m, i + 2, slot->words)) return i + 2;
    }
    return DATELINE_NO_INDEX;
}

static uint32_t find_filler(const matcher *m, const frame_slot *slot, uint32_t head) {
    if (m->modal) { /* 'R must S': subject and clause are those of the verb */
        uint32_t verb = token_of(m, head)->head;
        if (slot->place == PLACE_SUBJECT) return dln_subject(m->c, verb);
        if (slot->place == PLACE_CLAUSE) return verb;
    }
    switch (slot->place) {
    case PLACE_SUBJECT: return m->frame->kind == FRAME_COPULA ? dln_subject(m->c, head) : dln_doer(m->c, head);
    case PLACE_OBJECT: return find_object(m, head);
    case PLACE_INDIRECT: {
        uint32_t found = dln_tree_child(&m->c->tree, head, "iobj");
        if (found != DATELINE_NO_INDEX) return found;
        if (m->passive && dln_tree_child(&m->c->tree, head, "obj") != DATELINE_NO_INDEX) return dln_subject(m->c, head);
        return dln_prepositional(m->c, head, DLN_STR("to"));
    }
    case PLACE_PREPOSITION: {
        uint32_t found = find_preposition(m, head, slot->relation);
        if (slot->words.len == 0 || (found != DATELINE_NO_INDEX && is_word(m, found, slot->words))) return found;
        uint32_t fixed = find_fixed_phrase(m, head, slot);
        if (fixed != DATELINE_NO_INDEX) return fixed;
        uint32_t clause = find_clause(m, head, slot->relation); /* 'to release' */
        bool fits = clause != DATELINE_NO_INDEX && (found == DATELINE_NO_INDEX || is_word(m, clause, slot->words));
        return fits ? clause : found;
    }
    case PLACE_CLAUSE: return find_clause(m, head, slot->relation);
    case PLACE_WORD: return find_word(m, head, slot->words);
    case PLACE_OWNER: return find_owner(m, head);
    case PLACE_OWNED: return find_possessor(m);
    case PLACE_SPEAKER: return dln_speaker(m->c, head);
    case PLACE_NONE: break;
    }
    return DATELINE_NO_INDEX;
}

static const char *missing(const frame_slot *slot) {
    switch (slot->place) {
    case PLACE_SUBJECT: return "no subject";
    case PLACE_OBJECT: return "no object";
    case PLACE_INDIRECT: return "no indirect object";
    case PLACE_PREPOSITION: return "the prepositional phrase is not there";
    case PLACE_CLAUSE: return "no clause follows";
    case PLACE_WORD: return "a word of the pattern is not there";
    case PLACE_OWNER: return "the event noun has no doer";
    case PLACE_OWNED: return "a word of the pattern has no owner";
    case PLACE_SPEAKER: return "nobody says it";
    case PLACE_NONE: break;
    }
    return "a slot stays empty";
}

static bool is_plural(const matcher *m, uint32_t token) {
    uint32_t list[2];
    return dln_token_has_feat(token_of(m, token), "Number=Plur") || dln_conjuncts(m->c, token, list, 2) == 2;
}

/* A recipient behind a preposition may be left out where the type needs none and other words of the pattern, or an
 * event noun, carry the meaning: 'opened an inquiry (into R)'. */
static bool may_lack(const matcher *m, const frame_slot *slot) {
    if (slot->place != PLACE_PREPOSITION || slot->role != ROLE_RECIPIENT || slot->several) return false;
    return !m->frame->needs_recipient && m->frame->kind == FRAME_VERB && m->out->word_count > 0;
}

/* Looks for one slot. False: required and not there. */
static bool lay_slot(matcher *m, const frame_slot *slot, uint32_t head) {
    uint32_t found = find_filler(m, slot, head);
    bool doer = slot->place == PLACE_SUBJECT || slot->place == PLACE_OWNER;
    const char *why = found == DATELINE_NO_INDEX ? missing(slot) : NULL;
    if (why == NULL && slot->place == PLACE_PREPOSITION && slot->words.len > 0 && !is_word(m, found, slot->words)) {
        why = "another word stands there";
    }
    if (why == NULL && !meets(m, found, slot->condition)) why = "a condition on a role is not met";
    if (why == NULL && slot->several && !is_plural(m, found)) why = "a single one does not do";
    if (why == NULL && slot->role == ROLE_NONE && slot->place != PLACE_PREPOSITION && found == head)
        why = missing(slot);
    if (why == NULL) {
        fill(m, slot, found);
        m->out->score = (uint8_t)(m->out->score +
                                  (slot->role == ROLE_NONE ? 4
                                   : slot->clause          ? 3
                                                           : 2) +
                                  (slot->condition.len > 0));
        return true;
    }
    if (slot->optional || may_lack(m, slot)) return true;
    if (doer && found == DATELINE_NO_INDEX && !slot->several) return true; /* agentless: it may come from elsewhere */
    m->out->reason = why;
    return false;
}

static bool lay(matcher *m, uint32_t token) {
    const frame *f = m->frame;
    m->out->score = 1;
    for (int pass = 0; pass < 3; pass++) { /* fixed words first: roles may hang on them */
        for (uint8_t i = 0; i < f->slot_count; i++) {
            int turn = f->slots[i].words.len > 0 ? 0 : f->slots[i].place == PLACE_OWNED ? 2 : 1;
            if (turn == pass && !lay_slot(m, &f->slots[i], token)) return false;
        }
    }
    return true;
}

/* In 'the reporter's arrest by police' the possessor undergoes. */
static void turn_owner(matcher *m, uint32_t noun) {
    predicate *p = m->out;
    if (p->recipient_count > 0 || dln_prepositional(m->c, noun, DLN_STR("by")) == DATELINE_NO_INDEX) return;
    for (uint32_t i = m->c->tree.first_child[noun]; i != DATELINE_NO_INDEX; i = m->c->tree.next[i]) {
        if (dln_str_is(token_of(m, i)->deprel, "nmod:poss")) keep(p->recipients, &p->recipient_count, i);
    }
}

static bool fits_word(const matcher *m, uint32_t token) {
    dateline_upos upos = token_of(m, token)->upos;
    if (m->modal) return token_of(m, token)->head != DATELINE_NO_INDEX && is_rel(m, token, "aux");
    bool verb = upos == DATELINE_UPOS_VERB && !is_rel(m, token, "amod"); /* not 'a hard-hitting speech' */
    verb |= upos == DATELINE_UPOS_ADJ && dln_tree_child(&m->c->tree, token, "obj") != DATELINE_NO_INDEX &&
            dln_tree_child(&m->c->tree, token, "nsubj") != DATELINE_NO_INDEX; /* 'Uganda armed the rebels' */
    if (m->frame->kind == FRAME_VERB) return verb || dln_is_misread(m->c, token);
    if (m->frame->kind == FRAME_NOUN) return upos == DATELINE_UPOS_NOUN || upos == DATELINE_UPOS_PROPN;
    bool tied = dln_tree_child(&m->c->tree, token, "cop") != DATELINE_NO_INDEX ||
                dln_tree_child(&m->c->tree, token, "nsubj") != DATELINE_NO_INDEX || is_rel(m, token, "xcomp") ||
                is_rel(m, token, "conj");
    return tied;
}

static bool try_frame(const coding *c, uint32_t token, const frame *f, predicate *out) {
    matcher m = { .c = c, .frame = f, .out = out };
    memset(out, 0, sizeof *out);
    out->token = token;
    out->frame = f;
    out->carrier = DATELINE_NO_INDEX;
    m.modal = f->kind == FRAME_VERB && f->slots[0].place == PLACE_SPEAKER &&
              dln_doc_token(c->doc, token)->upos == DATELINE_UPOS_AUX;
    if (!fits_word(&m, token)) return false;
    if (f->kind == FRAME_NOUN) out->carrier = find_carrier(&m, token);
    m.passive = f->kind == FRAME_VERB && dln_is_passive(c, token);
    out->passive = m.passive;
    if (!lay(&m, token)) return false;
    if (f->kind == FRAME_NOUN) turn_owner(&m, token);
    if (out->actor_count > 0) out->score = (uint8_t)(out->score + 1);
    return true;
}

/* A frame whose doer stands there goes before any without; then the one that saw more; at a tie, that of the lexicon
 * added last, so that a user's word is the last one. */
static bool is_better(const predicate *a, const predicate *b) {
    bool acts = a->actor_count > 0, other = b->actor_count > 0;
    if (acts != other) return acts;
    return a->score != b->score ? a->score > b->score : a->frame->layer > b->frame->layer;
}

static void try_head(const coding *c, uint32_t token, dateline_str word, predicate *best, predicate *miss) {
    const dln_coder *coder = c->coder;
    const uint32_t *start = word.len > 64 ? NULL : dln_map_get(&coder->heads, word);
    const uint32_t *list = coder->by_head.items;
    for (const uint32_t *at = start == NULL ? NULL : list + *start; at != NULL && *at != DATELINE_NO_INDEX; at++) {
        predicate tried;
        if (try_frame(c, token, (const frame *)coder->frames.items + *at, &tried)) {
            if (best->frame == NULL || is_better(&tried, best)) *best = tried;
        } else if (tried.reason != NULL && (miss->frame == NULL || tried.score > miss->score)) {
            *miss = tried;
        }
    }
}

/* Stems that an inflected form may come from, for forms whose lemma the tagger did not know ('freed': free). */
static void try_stems(const coding *c, uint32_t token, dateline_str form, predicate *best, predicate *miss) {
    static const struct {
        const char *ending, *instead;
    } endings[] = { { "ied", "y" }, { "ed", "" },   { "ed", "e" }, { "ing", "" },
                    { "ing", "e" }, { "ies", "y" }, { "es", "" },  { "s", "" } };
    for (size_t i = 0; i < sizeof endings / sizeof *endings && best->frame == NULL; i++) {
        dateline_str ending = dateline_str_from(endings[i].ending);
        if (!dln_str_ends(form, ending) || form.len < ending.len + 3 || form.len > 60) continue;
        char stem[64];
        size_t len = form.len - ending.len, added = strlen(endings[i].instead);
        memcpy(stem, form.ptr, len);
        memcpy(stem + len, endings[i].instead, added);
        try_head(c, token, (dateline_str){ stem, len + added }, best, miss);
        bool doubled = added == 0 && len > 3 && stem[len - 1] == stem[len - 2]; /* 'banned' */
        if (doubled && best->frame == NULL) try_head(c, token, (dateline_str){ stem, len - 1 }, best, miss);
    }
}

bool dln_match(const coding *c, uint32_t token, predicate *out) {
    const dateline_token *t = dln_doc_token(c->doc, token);
    char lemma[64], form[64];
    predicate miss;
    memset(out, 0, sizeof *out);
    memset(&miss, 0, sizeof miss);
    dateline_str lower = dln_lower_short(t->lemma, lemma, sizeof lemma);
    dateline_str shown = dln_lower_short(dln_token_form(c->doc, token), form, sizeof form);
    if (lower.len > 0) try_head(c, token, lower, out, &miss);
    if (shown.len > 0 && !dln_str_equal(shown, lower)) try_head(c, token, shown, out, &miss);
    if (out->frame == NULL && miss.frame == NULL) try_stems(c, token, shown, out, &miss);
    if (out->frame != NULL) return true;
    *out = miss;
    return false;
}
