/* SPDX-License-Identifier: Apache-2.0
 * role.c: fillers to entities with codes: coordination, owners of policies, bombs, event nouns; who is speaking. */
#include "event/event_internal.h"

static const dateline_token *token_of(const coding *c, uint32_t token) {
    return dln_doc_token(c->doc, token);
}

static bool is_rel(const coding *c, uint32_t token, const char *deprel) {
    return dln_token_is_rel(token_of(c, token), deprel);
}

static bool is_class(const coding *c, const char *group, uint32_t token) {
    return dln_ontology_word(&c->coder->ontology, "class", dateline_str_from(group), token_of(c, token)->lemma, NULL);
}

typedef struct {
    dateline_role items[MAX_ROLES];
    size_t count;
} role_list;

static bool same_role(const dateline_role *a, const dateline_role *b) {
    bool same_span = a->span.begin == b->span.begin && a->span.end == b->span.end;
    bool known = a->entity != DATELINE_NO_INDEX && a->entity == b->entity;
    return known || (same_span && strcmp(a->code, b->code) == 0 && dln_str_equal(a->name, b->name));
}

static void add_role(role_list *list, const dateline_role *role) {
    for (size_t i = 0; i < list->count; i++) {
        if (same_role(&list->items[i], role)) return;
    }
    if (list->count < MAX_ROLES) list->items[list->count++] = *role;
}

/* 'the West', 'the world', 'we': no actor. */
static bool is_vague(const coding *c, uint32_t token) {
    return is_class(c, "vague", token);
}

static bool is_device(const coding *c, uint32_t token) {
    return is_class(c, "device", token);
}

/* A bomb stands for whoever planted it: no country, sector UNK. */
static bool add_device(const coding *c, uint32_t token, role_list *list) {
    if (!is_device(c, token)) return false;
    dateline_role role = { .entity = DATELINE_NO_INDEX, .sector_count = 1 };
    uint32_t first = token;
    for (uint32_t i = c->tree.first_child[token]; i != DATELINE_NO_INDEX && i < token; i = c->tree.next[i]) {
        bool inside = (is_rel(c, i, "compound") || is_rel(c, i, "amod")) && !c->in_time[i];
        if (inside && c->tree.left[i] < first) first = c->tree.left[i];
    }
    role.span = (dateline_span){ token_of(c, first)->span.begin, token_of(c, token)->span.end };
    memcpy(role.sector[0], "UNK", 4);
    add_role(list, &role);
    return true;
}

/* 'Mongolia's decision' stands for Mongolia: the owner's own phrase, if it is the same entity, says it better. */
static void put_owner(const coding *c, uint32_t token, dateline_date day, dateline_role *role) {
    for (uint32_t i = c->tree.first_child[token]; i != DATELINE_NO_INDEX && i < token; i = c->tree.next[i]) {
        dateline_role owner;
        bool owns = is_rel(c, i, "nmod:poss") || is_rel(c, i, "amod") || is_rel(c, i, "compound");
        if (!owns || dln_resolve_role(c->coder->resolver, c->doc, i, day, &owner, 1) == 0) continue;
        bool same = owner.entity != DATELINE_NO_INDEX && owner.entity == role->entity;
        if (same && owner.span.begin < role->span.end && owner.span.end < role->span.end) *role = owner;
    }
}

static size_t resolve(const coding *c, uint32_t token, dateline_date day, role_list *list) {
    dateline_role found[MAX_ROLES];
    if (is_vague(c, token)) return 0;
    size_t count = dln_resolve_role(c->coder->resolver, c->doc, token, day, found, MAX_ROLES);
    if (count == 1) put_owner(c, token, day, &found[0]);
    for (size_t i = 0; i < count; i++) add_role(list, &found[i]);
    return count;
}

/* Whoever a thing belongs to: 'praised Chile's reform', 'rejected the Iranian offer', 'the policy of Peru'. */
static bool add_owner(const coding *c, uint32_t token, dateline_date day, role_list *list) {
    static const char *const relations[] = { "nmod:poss", "amod", "compound", "nmod" };
    for (size_t r = 0; r < sizeof relations / sizeof *relations; r++) {
        for (uint32_t i = c->tree.first_child[token]; i != DATELINE_NO_INDEX; i = c->tree.next[i]) {
            if (!is_rel(c, i, relations[r])) continue;
            bool of = strcmp(relations[r], "nmod") != 0 || dln_has_case(c, i, DLN_STR("of/by/from"));
            if (of && resolve(c, i, day, list) > 0) return true;
        }
    }
    return false;
}

/* The doers of an event noun or clause that stands as recipient: 'condemned the arrest of X by Y' is said of Y. */
static bool add_doers(const coding *c, uint32_t token, dateline_date day, role_list *list) {
    if (c->predicate_of[token] == 0) return false;
    const predicate *p = (const predicate *)c->predicates.items + c->predicate_of[token] - 1;
    size_t before = list->count;
    for (uint8_t i = 0; i < p->actor_count; i++) resolve(c, p->actors[i], day, list);
    return list->count > before;
}

/* 'issued a statement condemning …': whoever issues it. */
static void add_author(const coding *c, const predicate *p, uint32_t token, dateline_date day, role_list *list) {
    uint32_t verb = token_of(c, token)->head;
    bool participle = dln_str_is(token_of(c, p->token)->deprel, "acl");
    if (!participle || verb == DATELINE_NO_INDEX || token_of(c, verb)->upos != DATELINE_UPOS_VERB) return;
    bool object =
        is_rel(c, token, "obj") || is_rel(c, token, "obl") || dln_str_is(token_of(c, token)->deprel, "nsubj:pass");
    uint32_t doer = object ? dln_doer(c, verb) : DATELINE_NO_INDEX;
    uint32_t heads[MAX_ROLES];
    size_t count = doer == DATELINE_NO_INDEX || doer == token ? 0 : dln_conjuncts(c, doer, heads, MAX_ROLES);
    for (size_t i = 0; i < count; i++) resolve(c, heads[i], day, list);
}

/* A name that was read too far to the left gives back the words of the event: 'accused Oman', 'held talks with Oman'.
 */
static void give_back(const coding *c, const predicate *p, uint32_t head, dateline_role *role) {
    uint32_t first = dln_token_at(c, role->span.begin);
    for (uint32_t i = first; i < head; i++) {
        bool own = i == p->token || i == p->carrier;
        for (uint8_t w = 0; w < p->word_count; w++) own |= i == p->words[w];
        if (own) first = i + 1;
    }
    while (first < c->doc->tokens.count && token_of(c, first)->span.begin > role->span.begin &&
           (token_of(c, first)->upos == DATELINE_UPOS_ADP || token_of(c, first)->upos == DATELINE_UPOS_DET)) {
        first++;
    }
    uint32_t begin = first < c->doc->tokens.count ? token_of(c, first)->span.begin : role->span.end;
    if (begin > role->span.begin && begin < role->span.end) role->span.begin = begin;
}

static void add_filler(const coding *c, const predicate *p, uint32_t filler, bool recipient, dateline_date day,
                       role_list *list) {
    uint32_t heads[MAX_ROLES];
    size_t count = dln_conjuncts(c, filler, heads, MAX_ROLES);
    for (size_t i = 0; i < count; i++) {
        if (!recipient && add_device(c, heads[i], list)) continue;
        if (recipient && (add_doers(c, heads[i], day, list) || is_device(c, heads[i]))) continue;
        size_t before = list->count;
        if (resolve(c, heads[i], day, list) > 0) {
            for (size_t k = before; k < list->count; k++) give_back(c, p, heads[i], &list->items[k]);
            continue;
        }
        if (is_vague(c, heads[i]) || add_owner(c, heads[i], day, list) || recipient) continue;
        add_author(c, p, heads[i], day, list);
    }
}

/* Adds a filler of a content, if it is an actor whose country or kind is known. */
static void add_known(const coding *c, const predicate *p, uint32_t token, dateline_date day, role_list *list) {
    role_list found = { .count = 0 }, actors = { .count = 0 };
    if (token == DATELINE_NO_INDEX) return;
    add_filler(c, p, dln_counted(c, token), true, day, &found);
    for (uint8_t i = 0; i < p->actor_count; i++) add_filler(c, p, p->actors[i], false, day, &actors);
    for (size_t i = 0; i < found.count; i++) {
        bool acts = false;
        for (size_t k = 0; k < actors.count; k++) acts |= same_role(&found.items[i], &actors.items[k]);
        if (found.items[i].code[0] != '\0' && !acts) add_role(list, &found.items[i]);
    }
}

/* Whom a promise, refusal or threat is about: the one that its content would be done to. */
static void add_from_content(const coding *c, const predicate *p, uint32_t top, dateline_date day, role_list *list) {
    const predicate *content = dln_content_event(c, top);
    for (uint8_t i = 0; content != NULL && i < content->recipient_count; i++)
        add_known(c, p, content->recipients[i], day, list);
    for (uint8_t i = 0; content != NULL && list->count == 0 && i < content->actor_count; i++) {
        bool own = false;
        for (uint8_t k = 0; k < p->actor_count; k++) own |= content->actors[i] == p->actors[k];
        if (!own) add_known(c, p, content->actors[i], day, list);
    }
    static const char *const relations[] = { "with", "to", "for", "against", "on", "from" };
    if (content != NULL || list->count > 0) return;
    bool verb = token_of(c, top)->upos == DATELINE_UPOS_VERB;
    uint32_t object = verb ? dln_undergoer(c, top) : DATELINE_NO_INDEX;
    if (verb) add_known(c, p, object, day, list);
    for (size_t i = 0; i < sizeof relations / sizeof *relations && list->count == 0; i++) {
        dateline_str relation = dateline_str_from(relations[i]);
        uint32_t found = dln_prepositional(c, top, relation);
        if (found == DATELINE_NO_INDEX && object != DATELINE_NO_INDEX) found = dln_prepositional(c, object, relation);
        if (found == DATELINE_NO_INDEX) found = dln_prepositional(c, p->token, relation);
        add_known(c, p, found, day, list);
    }
}

/* 'demanded that Nepal reopen the port': whoever is to act is asked. */
static void add_asked(const coding *c, const predicate *p, uint32_t clause, dateline_date day, role_list *list) {
    uint32_t subject = dln_tree_child(&c->tree, clause, "nsubj");
    bool passive = subject != DATELINE_NO_INDEX && dln_is_passive(c, clause);
    if (!passive) add_known(c, p, subject, day, list);
}

/* 'the blast at the Chilean embassy': what a bomb was laid to. */
static void add_target(const coding *c, uint32_t token, dateline_date day, role_list *list) {
    role_list found = { .count = 0 };
    uint32_t at =
        is_device(c, token) ? dln_prepositional(c, token, DLN_STR("at/outside/on/against")) : DATELINE_NO_INDEX;
    if (at == DATELINE_NO_INDEX) return;
    resolve(c, at, day, &found);
    for (size_t i = 0; i < found.count; i++) {
        if (found.items[i].sector_count > 0) add_role(list, &found.items[i]);
    }
}

static bool takes_several(const frame *f) {
    for (uint8_t i = 0; i < f->slot_count; i++) {
        if (f->slots[i].several) return true;
    }
    return false;
}

/* 'They exchanged gifts': where only two or more can act and the pronoun leads to nobody, the two who last acted
 * together. */
static void add_pair(const coding *c, const predicate *p, uint32_t sentence, role_list *list) {
    enum { REACH = 3 }; /* sentences */
    bool they = p->actor_count == 1 && dln_is_lemma(c, p->actors[0], "they");
    if (!they || !takes_several(p->frame) || (list->count > 0 && list->items[0].code[0] != '\0')) return;
    const dateline_event *events = c->doc->events.items;
    for (size_t i = c->doc->events.count; i > 0 && events[i - 1].sentence + REACH >= sentence; i--) {
        const dateline_event *e = &events[i - 1];
        bool both = e->actor_count + e->recipient_count == 2 && e->actor_count > 0;
        if (!both || e->sentence >= sentence) continue;
        dateline_role pair[2] = { e->actors[0], e->actor_count == 2 ? e->actors[1] : e->recipients[0] };
        list->count = 0;
        for (size_t k = 0; k < 2; k++) {
            pair[k].span = token_of(c, p->actors[0])->span;
            add_role(list, &pair[k]);
        }
        return;
    }
}

/* '"That would break resolutions which Oman itself had backed": whoever is bound by a law is the one that breaks it. */
static void add_bound(const coding *c, const predicate *p, const dateline_event *event, role_list *list) {
    bool judged = p->frame->slots[0].place == PLACE_SPEAKER && p->recipient_count == 1 &&
                  dln_is_lemma(c, p->recipients[0], "that/this/it/these/such");
    if (!judged || list->count > 0) return;
    const dateline_sentence *s = dln_doc_sentence(c->doc, event->sentence);
    for (uint32_t i = p->token; i < s->first_token + s->token_count && list->count == 0; i++) {
        bool binding = is_class(c, "law", i) || is_class(c, "document", i);
        uint32_t clause = binding ? dln_tree_child(&c->tree, i, "acl") : DATELINE_NO_INDEX;
        uint32_t subject = clause == DATELINE_NO_INDEX ? clause : dln_tree_child(&c->tree, clause, "nsubj");
        if (subject != DATELINE_NO_INDEX) add_known(c, p, subject, event->date, list);
    }
}

static const dateline_role *finish(const coding *c, const role_list *list, size_t *count) {
    dateline_role *roles = dln_arena_copy(&c->doc->arena, list->items, list->count * sizeof *list->items);
    *count = roles == NULL ? 0 : list->count;
    return roles;
}

void dln_set_roles(const coding *c, const predicate *p, bool one_sided, content_kind embeds, dateline_event *event) {
    role_list actors = { .count = 0 }, recipients = { .count = 0 }, kept = { .count = 0 };
    for (uint8_t i = 0; i < p->actor_count; i++) { /* 'will not meet Y': Y does not refuse, it is refused */
        add_filler(c, p, p->actors[i], false, event->date, one_sided && i > 0 ? &recipients : &actors);
    }
    add_pair(c, p, event->sentence, &actors);
    for (uint8_t i = 0; i < p->recipient_count; i++) add_filler(c, p, p->recipients[i], true, event->date, &recipients);
    add_bound(c, p, event, &recipients);
    for (uint8_t i = 0; embeds > CONTENT_SILENT && recipients.count == 0 && i < p->content_count; i++) {
        if (embeds == CONTENT_ASKED) add_asked(c, p, p->contents[i], event->date, &recipients);
        else add_from_content(c, p, p->contents[i], event->date, &recipients);
    }
    for (uint8_t i = 0; i < p->actor_count; i++) add_target(c, p->actors[i], event->date, &recipients);
    for (size_t i = 0; i < recipients.count; i++) { /* nobody acts on himself */
        bool acts = false;
        for (size_t k = 0; k < actors.count; k++) acts |= same_role(&recipients.items[i], &actors.items[k]);
        if (!acts) add_role(&kept, &recipients.items[i]);
    }
    event->actors = finish(c, &actors, &event->actor_count);
    event->recipients = finish(c, &kept, &event->recipient_count);
}

/* ---------------------------------------------------------------- countries */

/* Someone of whom only a role is said: 'gunmen', 'two reporters', but not 'people', nor a spokesman. */
static bool takes_country(const coding *c, const dateline_role *role) {
    if (role->code[0] != '\0' || role->sector_count == 0 || strcmp(role->sector[0], "UNK") == 0) return false;
    uint32_t head = dln_span_head(c, role->span);
    if (head == DATELINE_NO_INDEX || token_of(c, head)->upos == DATELINE_UPOS_PRON) return false;
    return !is_class(c, "anybody", head);
}

static void lend_country(const coding *c, const char *code, dateline_role *roles, size_t count) {
    for (size_t i = 0; i < count && code[0] != '\0'; i++) {
        if (takes_country(c, &roles[i])) memcpy(roles[i].code, code, sizeof roles[i].code);
    }
}

static bool is_authority(const dateline_role *role) {
    static const char sectors[] = "COP/GOV/JUD/LEG/MIL";
    bool state = role->sector_count == 0 || dln_word_among(dateline_str_from(role->sector[0]), DLN_STR(sectors));
    return state && role->code[0] != '\0' &&
           !dln_word_among(dateline_str_from(role->code), DLN_STR("IGO/UNO/EUR/NGO/IMG/MNC"));
}

/* The roles are copies of this event's own in the doc's arena, so they may still be changed. */
void dln_lend_countries(const coding *c, bool domestic, dateline_event *event) {
    dateline_role *actors = (dateline_role *)event->actors, *recipients = (dateline_role *)event->recipients;
    const dateline_place *place = dateline_doc_place(c->doc, event->place);
    if (place != NULL && place->resolved) {
        lend_country(c, place->country_code, actors, event->actor_count);
        lend_country(c, place->country_code, recipients, event->recipient_count);
    }
    if (domestic && event->actor_count > 0 && is_authority(&actors[0])) {
        lend_country(c, actors[0].code, recipients, event->recipient_count);
    }
}

/* 'Ms Lund said she would help': the name goes before the pronoun. */
void dln_name_speaker(const coding *c, const predicate *p, dateline_event *event) {
    bool pronoun = p->actor_count > 0 && token_of(c, p->actors[0])->upos == DATELINE_UPOS_PRON;
    if (pronoun && event->actor_count == 1 && event->speaker != NULL) event->actors = event->speaker;
}

static dateline_role *role_at(const dateline_role *roles, size_t i) {
    return (dateline_role *)roles + i;
}

/* A meeting in the capital of one of two sides is a visit of the other. Returns whether it is one. */
bool dln_find_host(const coding *c, dateline_event *event) {
    const dateline_place *place = dateline_doc_place(c->doc, event->place);
    if (place == NULL || event->actor_count != 2 || event->recipient_count != 0) return false;
    const dateline_role *a = event->actors, *b = event->actors + 1;
    bool capital = dln_str_is(place->feature_code, "PPLC");
    bool first = strcmp(a->code, place->country_code) == 0, second = strcmp(b->code, place->country_code) == 0;
    if (!capital || first == second || a->code[0] == '\0' || b->code[0] == '\0') return false;
    event->recipients = role_at(event->actors, first ? 0 : 1);
    event->actors = role_at(event->actors, first ? 1 : 0);
    event->actor_count = event->recipient_count = 1;
    return true;
}

/* ---------------------------------------------------------------- according to whom */

uint32_t dln_quote_around(const coding *c, uint32_t token) {
    const dateline_quote *quotes = c->doc->quotes.items;
    dateline_span at = token_of(c, token)->span;
    size_t low = 0, high = c->doc->quotes.count;
    while (low < high) { /* the first quotation that begins behind the token */
        size_t middle = (low + high) / 2;
        if (quotes[middle].span.begin <= at.begin) low = middle + 1;
        else high = middle;
    }
    for (size_t back = 0; back < 8 && low > 0; back++, low--) { /* the innermost stands last */
        const dateline_quote *q = &quotes[low - 1];
        bool known = q->speaker.end > 0 || q->outlet.len > 0;
        if (known && at.end <= q->span.end) return (uint32_t)low - 1;
    }
    return DATELINE_NO_INDEX;
}

uint32_t dln_speaker(const coding *c, uint32_t token) {
    uint32_t quote = dln_quote_around(c, token);
    if (quote == DATELINE_NO_INDEX) return quote;
    const dateline_quote *q = (const dateline_quote *)c->doc->quotes.items + quote;
    return q->speaker.end == 0 ? DATELINE_NO_INDEX : dln_span_head(c, q->speaker);
}

static bool speaks(const dateline_event *event, const dateline_role *speaker) {
    for (size_t i = 0; i < event->actor_count; i++) {
        if (same_role(&event->actors[i], speaker)) return true;
    }
    return false;
}

/* The record's attribution; returns whether the speaker is one of its actors. */
bool dln_set_attribution(const coding *c, const predicate *p, dateline_event *event) {
    event->quote = dln_quote_around(c, p->token);
    uint32_t head = dln_speaker(c, p->token);
    dateline_role role;
    if (head == DATELINE_NO_INDEX) return false;
    if (dln_resolve_role(c->coder->resolver, c->doc, head, event->date, &role, 1) == 0) {
        const dateline_quote *q = (const dateline_quote *)c->doc->quotes.items + event->quote;
        role = (dateline_role){ .span = q->speaker, .entity = q->speaker_entity };
    }
    event->speaker = dln_arena_copy(&c->doc->arena, &role, sizeof role);
    return speaks(event, &role);
}
