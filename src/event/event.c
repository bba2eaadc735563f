/* SPDX-License-Identifier: Apache-2.0
 * event.c: the stage. Predicates are matched, embedded ones set aside, then each becomes a record by the codebook's
 * steps: auxiliaries, reductions, modes, roles, checks; last, records of a sentence are merged. */
#include "event/event_internal.h"

#include <stdlib.h>

enum { MAX_SENTENCE = 400 }; /* longer ones are lists and tables, not sentences */

static const dateline_token *token_of(const coding *c, uint32_t token) {
    return dln_doc_token(c->doc, token);
}

static predicate *predicate_at(const coding *c, uint32_t token) {
    uint32_t number = c->predicate_of[token];
    return number == 0 ? NULL : (predicate *)c->predicates.items + number - 1;
}

static dateline_str entry_value(const coding *c, const predicate *p, const char *key) {
    return dln_entry_value(c->coder->lexicon, p->frame->entry, key, 0);
}

static const type_fact *type_of(const coding *c, const predicate *p) {
    return dln_ontology_type(&c->coder->ontology, entry_value(c, p, "type"));
}

/* How an event deals with its content: by its entry, else by its type. */
static content_kind embeds_of(const coding *c, const predicate *p) {
    content_kind own = dln_content_kind(c->coder->lexicon, p->frame->entry);
    const type_fact *type = type_of(c, p);
    return own != CONTENT_PLAIN || type == NULL ? own : type->embeds;
}

/* ---------------------------------------------------------------- predicates */

/* Names are not read as events ('Peace Talks Committee'), nor days as roles ('on Sunday'). */
static void mark_tokens(const coding *c) {
    for (size_t i = 0; i < c->doc->mentions.count; i++) {
        const dateline_mention *m = dln_doc_mention(c->doc, i);
        bool name = m->kind == DATELINE_MENTION_NAME && m->entity < c->doc->entities.count &&
                    dln_doc_entity(c->doc, m->entity)->type != DATELINE_ENTITY_EVENT;
        for (uint32_t k = 0; name && k < m->token_count; k++) c->in_name[m->first_token + k] = true;
    }
    for (size_t i = 0; i < c->doc->times.count; i++) {
        const dateline_time *time = (const dateline_time *)c->doc->times.items + i;
        for (uint32_t k = dln_token_at(c, time->span.begin); k < c->doc->tokens.count; k++) {
            if (token_of(c, k)->span.begin >= time->span.end) break;
            c->in_time[k] = true;
        }
    }
}

static void match_sentence(coding *c, const dateline_sentence *s) {
    if (s->token_count > MAX_SENTENCE) return;
    for (uint32_t i = s->first_token; i < s->first_token + s->token_count; i++) {
        predicate found;
        if (c->in_name[i] || c->in_time[i]) continue;
        if (!dln_match(c, i, &found) && found.frame == NULL) continue;
        if (dln_array_push(&c->predicates, &found) && found.reason == NULL) {
            c->predicate_of[i] = (uint32_t)c->predicates.count;
        }
    }
}

/* In 'paid a visit' one pattern has both words: the noun's own is dropped. */
static void drop_parts(const coding *c) {
    predicate *all = c->predicates.items;
    for (size_t i = 0; i < c->predicates.count; i++) {
        if (all[i].reason != NULL || all[i].actor_count == 0) continue;
        for (uint8_t w = 0; w < all[i].word_count; w++) {
            predicate *part = predicate_at(c, all[i].words[w]);
            if (part != NULL && part != &all[i] && part->reason == NULL) part->reason = "part of another pattern";
        }
    }
}

/* What a promise, demand, threat or refusal is about is no event of its own. */
static void swallow_below(const coding *c, const predicate *p, uint32_t top) {
    uint32_t left = c->tree.left[top], right = c->tree.right[top];
    for (uint32_t i = left; i <= right; i++) {
        predicate *inner = predicate_at(c, i);
        bool relative = dln_str_is(token_of(c, i)->deprel, "acl:relcl");
        if (inner == NULL || inner == p || relative || !dln_tree_below(&c->tree, i, top)) continue;
        inner->swallowed = true;
        if (inner->reason == NULL) inner->reason = "content of another event";
    }
}

/* 'marched to demand higher pay': what an act is done for is not said to have happened. */
static bool is_purpose(const coding *c, const predicate *p) {
    const dateline_token *t = token_of(c, p->token);
    bool infinitive = dln_token_is_rel(t, "advcl") && dln_has_case(c, p->token, DLN_STR("to")) &&
                      dln_tree_child(&c->tree, p->token, "nsubj") == DATELINE_NO_INDEX;
    if (!infinitive || t->head == DATELINE_NO_INDEX) return false;
    const predicate *above = predicate_at(c, t->head);
    const type_fact *own = type_of(c, p), *other = above == NULL ? NULL : type_of(c, above);
    if (other != NULL && above->reason == NULL) { /* but who calls to praise has praised */
        return !(dln_str_is(other->name, "CONSULT") && own != NULL && own->speech);
    }
    return !dln_str_is(entry_value(c, p, "type"), "CONSULT"); /* and who travels to meet has met */
}

static bool is_governor(const coding *c, uint32_t token) {
    return dln_ontology_word(&c->coder->ontology, "auxiliary", DLN_STR("governor"), token_of(c, token)->lemma, NULL);
}

static void swallow(const coding *c) {
    predicate *all = c->predicates.items;
    for (size_t i = 0; i < c->predicates.count; i++) {
        if (all[i].reason == NULL && is_purpose(c, &all[i])) all[i].reason = "purpose of another event";
    }
    for (size_t i = 0; i < c->predicates.count; i++) {
        if (all[i].reason != NULL && !all[i].swallowed) continue;
        if (embeds_of(c, &all[i]) == CONTENT_PLAIN) continue;
        if (all[i].actor_count == 0 && is_governor(c, all[i].token)) continue; /* 'is expected to meet' */
        for (uint8_t k = 0; k < all[i].content_count; k++) swallow_below(c, &all[i], all[i].contents[k]);
        for (uint8_t k = 0; k < all[i].word_count; k++) { /* 'to stop X' in fixed words */
            bool verb = token_of(c, all[i].words[k])->upos == DATELINE_UPOS_VERB;
            if (verb) swallow_below(c, &all[i], all[i].words[k]);
        }
    }
}

/* ---------------------------------------------------------------- one record */

/* A record being made. */
typedef struct {
    const coding *c;
    const predicate *p;
    const type_fact *type;
    dateline_str modes[MAX_MODES];
    size_t mode_count;
    uint32_t mood;
    bool announced; /* became another type because it is only to come */
    bool empty;     /* nothing is promised that counts */
} making;

static void add_mode(making *m, dateline_str mode) {
    for (size_t i = 0; i < m->mode_count; i++) {
        if (dln_str_equal(m->modes[i], mode)) return;
    }
    if (mode.len > 0 && m->mode_count < MAX_MODES) m->modes[m->mode_count++] = mode;
}

/* The event that a clause or object of the pattern speaks of: the topmost predicate in it. */
const predicate *dln_content_event(const coding *c, uint32_t top) {
    uint32_t left = c->tree.left[top], right = c->tree.right[top];
    const predicate *at = predicate_at(c, top);
    if (at != NULL) return at;
    for (uint32_t i = left; i <= right; i++) {
        if (!dln_tree_below(&c->tree, i, top)) continue;
        at = predicate_at(c, i);
        if (at != NULL) return at;
    }
    return NULL;
}

static void set_type(making *m, dateline_str name) {
    const type_fact *type = dln_ontology_type(&m->c->coder->ontology, name);
    if (type == NULL) return;
    if (!dln_str_equal(type->name, m->type->name)) m->mode_count = 0;
    m->type = type;
}

/* The mode that the type takes from what it speaks of ('asked for talks': meet). */
static void take_content_mode(making *m, const predicate *content) {
    if (content == NULL || m->mode_count > 0) return;
    const ontology *o = &m->c->coder->ontology;
    add_mode(m, dln_ontology_content_mode(o, m->type->name, entry_value(m->c, content, "type"),
                                          entry_value(m->c, content, "mode")));
}

/* A promise is of the kind of what is promised: aid gives an offer, release a concession, an attack a threat. */
static void take_promised_type(making *m) {
    dateline_str promise = entry_value(m->c, m->p, "promise");
    if (promise.len == 0) return;
    m->empty = dln_str_is(promise, "only"); /* a plan or wish counts by its content alone */
    for (uint8_t i = 0; i < m->p->content_count; i++) {
        const predicate *content = dln_content_event(m->c, m->p->contents[i]);
        const type_fact *type = content == NULL ? NULL : type_of(m->c, content);
        if (type == NULL || type->promised.len == 0) continue;
        set_type(m, type->promised);
        m->empty = false;
    }
}

static void choose_type(making *m) {
    const dln_lexicon *lexicon = m->c->coder->lexicon;
    m->type = type_of(m->c, m->p);
    take_promised_type(m);
    uint32_t modes = dln_entry_value_count(lexicon, m->p->frame->entry, "mode");
    for (uint32_t i = 0; i < modes; i++) add_mode(m, dln_entry_value(lexicon, m->p->frame->entry, "mode", i));
    for (uint8_t i = 0; i < m->p->content_count; i++) take_content_mode(m, dln_content_event(m->c, m->p->contents[i]));
    for (uint8_t i = 0; i < m->p->recipient_count; i++) take_content_mode(m, predicate_at(m->c, m->p->recipients[i]));
}

/* 'will not meet' by its doer is a refusal; what is to come is an offer; a warning of harm is a threat. */
static void reduce(making *m, uint32_t *auxiliary, bool own_words, bool warned) {
    uint32_t negation = DATELINE_AUX_NEGATION, future = DATELINE_AUX_FUTURE, open = DATELINE_AUX_HYPOTHETICAL;
    const predicate *p = m->p;
    bool announced = (*auxiliary & future) != 0;
    if (announced && (*auxiliary & negation) != 0 && m->type->refused.len > 0) {
        set_type(m, m->type->refused);
        take_content_mode(m, p);
        *auxiliary &= ~(future | negation);
        return;
    }
    bool conditional = (m->mood & MOOD_CONDITION) != 0;
    bool threat = own_words && (conditional || warned) && (*auxiliary & (future | open)) != 0;
    if (threat && m->type->threatened.len > 0) {
        set_type(m, m->type->threatened);
        take_content_mode(m, p);
        *auxiliary &= ~(future | open);
        m->announced = true;
        return;
    }
    if (!announced || m->type->future.len == 0) return;
    bool keeps = m->type->keeps_future;
    m->announced = true;
    set_type(m, m->type->future);
    if (!keeps) *auxiliary &= ~future;
}

/* 'with knives', 'Syrian jets', 'a missile attack': a tool named beside the event gives its mode, if none is known. */
static void take_instrument(making *m, uint32_t token) {
    uint32_t entry = 0;
    const dln_lexicon *lexicon = m->c->coder->lexicon;
    dateline_str lemma = token_of(m->c, token)->lemma;
    if (!dln_ontology_word(&m->c->coder->ontology, "instrument", m->type->name, lemma, &entry)) return;
    uint32_t modes = dln_entry_value_count(lexicon, entry, "mode");
    for (uint32_t i = 0; i < modes; i++) add_mode(m, dln_entry_value(lexicon, entry, "mode", i));
}

static void take_instruments(making *m) {
    const dln_tree *tree = &m->c->tree;
    const predicate *p = m->p;
    if (m->mode_count > 0) return;
    uint32_t places[] = { p->token, p->carrier, p->actor_count > 0 ? p->actors[0] : DATELINE_NO_INDEX };
    for (size_t k = 0; k < 3; k++) {
        if (places[k] == DATELINE_NO_INDEX) continue;
        if (k == 2) take_instrument(m, places[k]);
        for (uint32_t i = tree->first_child[places[k]]; i != DATELINE_NO_INDEX; i = tree->next[i]) {
            const dateline_token *t = token_of(m->c, i);
            bool tool = (k < 2 && (dln_token_is_rel(t, "obl") || dln_token_is_rel(t, "nmod")) &&
                         dln_has_case(m->c, i, DLN_STR("with/by/using/in"))) ||
                        dln_token_is_rel(t, "compound") || dln_token_is_rel(t, "amod");
            if (tool) take_instrument(m, i);
        }
    }
}

static double scale_of(const making *m) {
    double best = m->type->scale;
    bool found = false;
    for (size_t i = 0; i < m->mode_count; i++) {
        const mode_fact *mode = dln_ontology_mode(&m->c->coder->ontology, m->type->name, m->modes[i]);
        if (mode == NULL || !mode->has_scale) continue;
        double size = mode->scale < 0 ? -mode->scale : mode->scale, top = best < 0 ? -best : best;
        if (!found || size > top) best = mode->scale;
        found = true;
    }
    return best;
}

/* The entry's code holds while its type does; else that of type and mode. */
static dateline_str cameo_of(const making *m) {
    const ontology *o = &m->c->coder->ontology;
    dateline_str own = entry_value(m->c, m->p, "cameo");
    if (own.len > 0 && dln_str_equal(entry_value(m->c, m->p, "type"), m->type->name)) return own;
    if (m->announced) {
        dateline_str code = entry_value(m->c, m->p, "announced");
        if (code.len > 0) return code;
    }
    for (size_t i = 0; i < m->mode_count; i++) {
        const mode_fact *mode = dln_ontology_mode(o, m->type->name, m->modes[i]);
        dateline_str code = mode == NULL ? own : dln_entry_value(m->c->coder->lexicon, mode->entry, "cameo", 0);
        if (mode != NULL && code.len > 0) return code;
    }
    return m->type->cameo;
}

/* Of a type done in words, a mode that is more than words: an investigation. */
static bool is_deed(const making *m) {
    for (size_t i = 0; i < m->mode_count; i++) {
        const mode_fact *mode = dln_ontology_mode(&m->c->coder->ontology, m->type->name, m->modes[i]);
        if (mode != NULL && dln_entry_value_count(m->c->coder->lexicon, mode->entry, "deed") > 0) return true;
    }
    return false;
}

static void set_codes(const making *m, dateline_event *event) {
    dateline_doc *doc = m->c->doc;
    event->type = m->type->name;
    event->quad_code = m->type->quad;
    event->event_scale = scale_of(m);
    event->modes = dln_arena_copy(&doc->arena, m->modes, m->mode_count * sizeof *m->modes);
    event->mode_count = event->modes == NULL ? 0 : m->mode_count;
    event->cameo = cameo_of(m);
    event->has_goldstein = dln_ontology_goldstein(&m->c->coder->ontology, event->cameo, &event->goldstein);
    event->source_file = dln_entry_file(m->c->coder->lexicon, m->p->frame->entry);
    event->source_line = dln_entry_line(m->c->coder->lexicon, m->p->frame->entry);
}

/* The words that say it: the predicate first, then the words of its pattern that do not stand beside it. */
static void set_trigger(const coding *c, const predicate *p, dateline_event *event) {
    uint32_t first = p->token, last = p->token;
    uint32_t parts[MAX_FILLERS + 1];
    size_t count = 0, apart = 0;
    if (p->carrier != DATELINE_NO_INDEX) parts[count++] = p->carrier;
    for (uint8_t i = 0; i < p->word_count; i++) parts[count++] = p->words[i];
    dateline_span spans[MAX_FILLERS + 2];
    for (size_t i = 0; i < count; i++) {
        bool near = parts[i] + 4 >= first && parts[i] <= last + 4;
        if (near && parts[i] < first) first = parts[i];
        else if (near && parts[i] > last) last = parts[i];
        else if (!near) spans[++apart] = token_of(c, parts[i])->span;
    }
    spans[0] = (dateline_span){ token_of(c, first)->span.begin, token_of(c, last)->span.end };
    event->trigger_token = p->token;
    event->text_spans = dln_arena_copy(&c->doc->arena, spans, (apart + 1) * sizeof *spans);
    event->text_span_count = event->text_spans == NULL ? 0 : apart + 1;
}

static uint32_t sentence_of(const coding *c, uint32_t token) {
    size_t low = 0, high = c->doc->sentences.count;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (dln_doc_sentence(c->doc, middle)->first_token <= token) low = middle;
        else high = middle;
    }
    return (uint32_t)low;
}

/* An estimate by hand, set so that its mean is near the share of wholly right records on newswire; not calibrated:
 * how much of a pattern was seen and how sure the roles are. */
static double confidence_of(const predicate *p, const dateline_event *event) {
    double value = 0.25 + 0.03 * (p->score < 6 ? p->score : 6);
    if (event->actors[0].code[0] != '\0') value += 0.10;
    if (event->recipient_count > 0) value += event->recipients[0].code[0] != '\0' ? 0.15 : 0.05;
    if (p->frame->kind == FRAME_NOUN) value -= 0.05;
    if (event->auxiliary != 0) value -= 0.05;
    return value;
}

static const char *check(const making *m, const dateline_event *event) {
    const type_fact *type = m->type;
    if (event->actor_count == 0) return "no actor";
    if (m->empty) return "what it speaks of is no offer";
    bool entry_needs = entry_value(m->c, m->p, "recipient").len > 0;
    if ((!type->needs_recipient && !entry_needs) || event->recipient_count > 0) return NULL;
    return type->two_actors_do && event->actor_count > 1 ? NULL : "no recipient";
}

/* Whether the verb of saying is one of warning. */
static bool is_warning(const coding *c, const dateline_event *event) {
    if (event->quote == DATELINE_NO_INDEX) return false;
    const dateline_quote *q = (const dateline_quote *)c->doc->quotes.items + event->quote;
    if (q->cue.end == 0) return false;
    uint32_t cue = dln_token_at(c, q->cue.begin);
    return cue < c->doc->tokens.count &&
           dln_ontology_word(&c->coder->ontology, "class", DLN_STR("warn"), token_of(c, cue)->lemma, NULL);
}

/* 'The army said it would strike': the pronoun is the speaker's own, whatever else it might take up. */
static bool speaks_of_itself(const coding *c, const predicate *p, const dateline_event *event) {
    if (event->quote == DATELINE_NO_INDEX || p->actor_count == 0) return false;
    const dateline_token *t = token_of(c, p->actors[0]);
    return t->upos == DATELINE_UPOS_PRON && dln_token_is_rel(t, "nsubj") && (dln_mood(c, p) & MOOD_CONDITION) != 0;
}

/* NULL: the record is made; else why not. */
static const char *make_event(const coding *c, const predicate *p, dateline_event *event) {
    making m = { .c = c, .p = p };
    memset(event, 0, sizeof *event);
    event->quote = event->place = DATELINE_NO_INDEX;
    event->sentence = sentence_of(c, p->token);
    choose_type(&m);
    m.mood = dln_mood(c, p);
    if (p->frame->slots[0].place == PLACE_SPEAKER) m.mood = 0; /* the saying is the event, whatever it says may be */
    event->auxiliary = dln_auxiliaries(m.mood, dln_quote_around(c, p->token) != DATELINE_NO_INDEX);
    bool to_come = (event->auxiliary & DATELINE_AUX_FUTURE) != 0 && m.type->future.len > 0;
    dln_set_date(c, p, to_come, event);
    bool refused = (event->auxiliary & (DATELINE_AUX_FUTURE | DATELINE_AUX_NEGATION)) ==
                       (DATELINE_AUX_FUTURE | DATELINE_AUX_NEGATION) &&
                   m.type->refused.len > 0;
    dln_set_roles(c, p, refused, embeds_of(c, p), event);
    bool own_words = dln_set_attribution(c, p, event) || speaks_of_itself(c, p, event);
    reduce(&m, &event->auxiliary, own_words, is_warning(c, event));
    const char *why = check(&m, event);
    if (why != NULL) return why;
    take_instruments(&m);
    bool saying = m.type->speech && !is_deed(&m);
    if (own_words && m.type->speech) dln_name_speaker(c, p, event);
    if (own_words && saying) event->quote = DATELINE_NO_INDEX, event->speaker = NULL;
    set_trigger(c, p, event);
    bool placed = dln_set_place(c, p, !saying, event);
    bool meeting = placed && dln_str_is(m.type->name, "CONSULT") && m.mode_count == 0;
    bool hosted = meeting && dln_find_host(c, event);
    if (hosted) add_mode(&m, DLN_STR("visit"));
    set_codes(&m, event);
    if (hosted) event->cameo = DLN_STR("042");
    dln_lend_countries(c, m.type->domestic, event);
    dln_set_size(c, p, m.type->gathering, event);
    dln_set_contexts(c, p, event);
    event->confidence = confidence_of(p, event);
    return NULL;
}

/* ---------------------------------------------------------------- records of a sentence */

static bool same_entities(const dateline_role *a, size_t a_count, const dateline_role *b, size_t b_count) {
    if (a_count != b_count) return false;
    for (size_t i = 0; i < a_count; i++) {
        bool found = false;
        for (size_t k = 0; k < b_count && !found; k++) {
            bool known = a[i].entity != DATELINE_NO_INDEX && a[i].entity == b[k].entity;
            found = known || (a[i].span.begin == b[k].span.begin && a[i].span.end == b[k].span.end);
        }
        if (!found) return false;
    }
    return true;
}

/* A record says no more than another: the same type and actors, and recipients that the other has too, or none. */
static bool is_covered(const dateline_event *a, const dateline_event *b) {
    return dln_str_equal(a->type, b->type) && a->auxiliary == b->auxiliary &&
           same_entities(a->actors, a->actor_count, b->actors, b->actor_count) &&
           (a->recipient_count == 0 ||
            same_entities(a->recipients, a->recipient_count, b->recipients, b->recipient_count));
}

static void unite_modes(const coding *c, dateline_event *into, const dateline_event *from) {
    dateline_str modes[MAX_MODES];
    size_t count = 0;
    for (size_t i = 0; i < into->mode_count && count < MAX_MODES; i++) modes[count++] = into->modes[i];
    for (size_t i = 0; i < from->mode_count && count < MAX_MODES; i++) {
        bool known = false;
        for (size_t k = 0; k < count; k++) known |= dln_str_equal(modes[k], from->modes[i]);
        if (!known) modes[count++] = from->modes[i];
    }
    if (count == into->mode_count) return;
    const dateline_str *united = dln_arena_copy(&c->doc->arena, modes, count * sizeof *modes);
    if (united == NULL) return;
    into->modes = united;
    into->mode_count = count;
    double a = into->event_scale < 0 ? -into->event_scale : into->event_scale;
    double b = from->event_scale < 0 ? -from->event_scale : from->event_scale;
    if (into->mode_count == from->mode_count || b > a) into->event_scale = from->event_scale;
}

/* One act with several victims or targets: 'bombed the station, killing two officers'. */
static bool is_same_act(const dateline_event *a, const dateline_event *b) {
    return dln_str_is(a->type, "ASSAULT") && dln_str_equal(a->type, b->type) && a->auxiliary == b->auxiliary &&
           same_entities(a->actors, a->actor_count, b->actors, b->actor_count);
}

static void unite_recipients(const coding *c, dateline_event *into, const dateline_event *from) {
    enum { UNITED = 2 * MAX_ROLES };
    dateline_role all[UNITED];
    size_t count = 0;
    for (size_t i = 0; i < into->recipient_count && count < MAX_ROLES; i++) all[count++] = into->recipients[i];
    for (size_t i = 0; i < from->recipient_count && count < UNITED; i++) {
        bool known = false;
        for (size_t k = 0; k < count; k++) known |= same_entities(&all[k], 1, &from->recipients[i], 1);
        if (!known) all[count++] = from->recipients[i];
    }
    const dateline_role *united = dln_arena_copy(&c->doc->arena, all, count * sizeof *all);
    if (united == NULL) return;
    into->recipients = united;
    into->recipient_count = count;
}

/* Preparation told as part of an assault, an accusation told with the verdict. */
static bool is_overruled(const dateline_event *a, const dateline_event *b) {
    bool mobilized = dln_str_is(a->type, "MOBILIZE") && dln_str_is(b->type, "ASSAULT") &&
                     same_entities(a->actors, a->actor_count, b->actors, b->actor_count);
    bool convicted = dln_str_is(b->type, "SANCTION") && b->mode_count > 0 && dln_str_is(b->modes[0], "convict");
    bool accused = dln_str_is(a->type, "ACCUSE") && a->mode_count > 0 && dln_str_is(a->modes[0], "allege") &&
                   convicted && same_entities(a->recipients, a->recipient_count, b->recipients, b->recipient_count);
    return mobilized || accused;
}

/* Adds a record, or merges it with one of its sentence; *why: not kept. Returns its number. */
static uint32_t settle(const coding *c, dateline_event *event, size_t first, const char **why) {
    dateline_event *events = c->doc->events.items;
    *why = NULL;
    for (size_t i = first; i < c->doc->events.count; i++) {
        if (is_same_act(event, &events[i])) {
            unite_modes(c, &events[i], event);
            unite_recipients(c, &events[i], event);
            *why = "part of the act said before it";
            return (uint32_t)i;
        }
        if (is_covered(event, &events[i])) {
            unite_modes(c, &events[i], event);
            *why = "said already in this sentence";
            return (uint32_t)i;
        }
        if (is_covered(&events[i], event)) {
            unite_modes(c, event, &events[i]);
            events[i] = *event;
            return (uint32_t)i;
        }
        if (is_overruled(event, &events[i])) {
            *why = "part of a stronger event";
            return DATELINE_NO_INDEX;
        }
        if (is_overruled(&events[i], event)) {
            events[i] = *event;
            return (uint32_t)i;
        }
    }
    return dln_array_push(&c->doc->events, event) ? (uint32_t)c->doc->events.count - 1 : DATELINE_NO_INDEX;
}

/* ---------------------------------------------------------------- order and reasons */

static void explain(const coding *c, uint32_t token, const frame *f, uint32_t event, const char *why) {
    if (!c->doc->explain) return;
    dateline_explanation *out = dln_array_add(&c->doc->explanations);
    if (out == NULL) return;
    out->token = token;
    out->event = event;
    dln_buf reason;
    dln_buf_init(&reason);
    if (f != NULL) {
        out->source_file = dln_entry_file(c->coder->lexicon, f->entry);
        out->source_line = dln_entry_line(c->coder->lexicon, f->entry);
        dln_buf_add_format(&reason, "%.*s%s", DLN_STR_ARG(f->pattern), why == NULL ? "" : ": ");
    }
    dln_buf_add(&reason, dateline_str_from(why));
    out->reason = dln_arena_str(&c->doc->arena, dln_buf_str(&reason));
    dln_buf_release(&reason);
}

static void make_events(coding *c) {
    predicate *all = c->predicates.items;
    uint32_t sentence = DATELINE_NO_INDEX;
    size_t first = 0;
    for (size_t i = 0; i < c->predicates.count; i++) {
        dateline_event event;
        all[i].event = DATELINE_NO_INDEX;
        if (all[i].reason == NULL) all[i].reason = make_event(c, &all[i], &event);
        if (all[i].reason != NULL) continue;
        if (event.sentence != sentence) first = c->doc->events.count;
        sentence = event.sentence;
        all[i].event = settle(c, &event, first, &all[i].reason);
    }
}

static int by_trigger(const void *a, const void *b) {
    const dateline_event *x = a, *y = b;
    dateline_span s = x->text_spans[0], t = y->text_spans[0];
    if (s.begin != t.begin) return s.begin < t.begin ? -1 : 1;
    return x->trigger_token < y->trigger_token ? -1 : x->trigger_token > y->trigger_token;
}

/* Puts the events in order; an event's predicate is found again by its token. */
static void sort_events(const coding *c) {
    dateline_event *events = c->doc->events.items;
    if (c->doc->arena.status != DATELINE_OK) return; /* spans may be missing */
    if (c->doc->events.count > 1) qsort(events, c->doc->events.count, sizeof *events, by_trigger);
    predicate *all = c->predicates.items;
    for (size_t i = 0; i < c->predicates.count; i++) all[i].event = DATELINE_NO_INDEX;
    for (size_t i = 0; i < c->doc->events.count; i++) {
        predicate *p = predicate_at(c, events[i].trigger_token);
        if (p != NULL) p->event = (uint32_t)i;
    }
}

/* A verb that might say an event: not one of saying or carrying, nor an auxiliary. */
static bool is_open_verb(const coding *c, uint32_t token) {
    const dateline_token *t = token_of(c, token);
    const ontology *o = &c->coder->ontology;
    dateline_str none = { NULL, 0 };
    return t->upos == DATELINE_UPOS_VERB && !dln_ontology_word(o, "carrier", none, t->lemma, NULL) &&
           !dln_ontology_word(o, "speech", DLN_STR("verb"), t->lemma, NULL) &&
           !dln_ontology_word(o, "auxiliary", DLN_STR("governor"), t->lemma, NULL);
}

static void explain_all(const coding *c) {
    const predicate *all = c->predicates.items;
    size_t at = 0;
    for (uint32_t token = 0; c->doc->explain && token < c->doc->tokens.count; token++) {
        bool known = at < c->predicates.count && all[at].token == token;
        if (known)
            explain(c, token, all[at].frame, all[at].event, all[at].event == DATELINE_NO_INDEX ? all[at].reason : NULL);
        else if (is_open_verb(c, token)) explain(c, token, NULL, DATELINE_NO_INDEX, "no entry knows this verb");
        if (known) at++;
    }
}

static bool prepare(coding *c) {
    size_t count = c->doc->tokens.count + 1;
    c->predicate_of = dln_arena_alloc(c->scratch, count, sizeof *c->predicate_of);
    c->in_name = dln_arena_alloc(c->scratch, count, sizeof *c->in_name);
    c->in_time = dln_arena_alloc(c->scratch, count, sizeof *c->in_time);
    bool fine = c->predicate_of != NULL && c->in_name != NULL && c->in_time != NULL;
    if (!fine || !dln_tree_init(&c->tree, c->scratch, c->doc)) return false;
    mark_tokens(c);
    return true;
}

dateline_status dln_code(const dln_coder *coder, dln_arena *scratch, dateline_doc *doc, dateline_error *err) {
    coding c = { .coder = coder, .doc = doc, .scratch = scratch };
    dln_array_init(&c.predicates, sizeof(predicate));
    bool fine = prepare(&c);
    for (size_t i = 0; fine && i < doc->sentences.count; i++) match_sentence(&c, dln_doc_sentence(doc, i));
    fine = fine && c.predicates.status == DATELINE_OK;
    if (fine) {
        drop_parts(&c);
        swallow(&c);
        make_events(&c);
        sort_events(&c);
        dln_share_details(&c);
        explain_all(&c);
    }
    dln_array_release(&c.predicates);
    return fine ? DATELINE_OK : dln_error_memory(err);
}
