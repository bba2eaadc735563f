/* SPDX-License-Identifier: Apache-2.0
 * detail.c: when, where, how many, in what context. */
#include "event/event_internal.h"

enum { MAX_CLIMB = 16, MAX_NEAR = 64 };

static const dateline_token *token_of(const coding *c, uint32_t token) {
    return dln_doc_token(c->doc, token);
}

static bool is_rel(const coding *c, uint32_t token, const char *deprel) {
    return dln_token_is_rel(token_of(c, token), deprel);
}

/* The first token at or after a byte of the text. */
uint32_t dln_token_at(const coding *c, uint32_t offset) {
    size_t low = 0, high = c->doc->tokens.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (token_of(c, (uint32_t)middle)->span.end <= offset) low = middle + 1;
        else high = middle;
    }
    return (uint32_t)low;
}

uint32_t dln_span_head(const coding *c, dateline_span span) {
    uint32_t first = dln_token_at(c, span.begin);
    for (uint32_t i = first; i < c->doc->tokens.count && i < first + MAX_NEAR; i++) {
        const dateline_token *t = token_of(c, i);
        if (t->span.begin >= span.end) break;
        if (t->head == DATELINE_NO_INDEX || t->head < first) return i;
        if (token_of(c, t->head)->span.begin >= span.end) return i;
    }
    return first < c->doc->tokens.count ? first : DATELINE_NO_INDEX;
}

/* How near a phrase stands to an event: 4 hangs on its predicate, 3 somewhere below it, 2 on a verb above it
 * (the verb of saying, the main verb), 1 in the same sentence, 0 elsewhere. */
typedef enum { NEAR_NOT = 0, NEAR_SENTENCE, NEAR_ABOVE, NEAR_BELOW, NEAR_OWN } nearness;

/* Whether a verb is the sentence's own, or joined to it: what stands there may hold for the whole sentence. */
static bool is_main(const coding *c, uint32_t verb) {
    verb = dln_first_conjunct(c, verb);
    return token_of(c, verb)->head == DATELINE_NO_INDEX;
}

static bool is_own_word(const predicate *p, uint32_t token) {
    for (uint8_t i = 0; i < p->word_count; i++) {
        if (p->words[i] == token) return true;
    }
    return token == p->token;
}

static bool is_event(const coding *c, uint32_t token) {
    uint32_t number = c->predicate_of[token];
    return number != 0 && ((const predicate *)c->predicates.items)[number - 1].reason == NULL;
}

static nearness near_of(const coding *c, const predicate *p, dateline_span span) {
    uint32_t head = dln_span_head(c, span), node = p->carrier == DATELINE_NO_INDEX ? p->token : p->carrier;
    if (head == DATELINE_NO_INDEX) return NEAR_NOT;
    uint32_t above = token_of(c, head)->head;
    bool other = false; /* it belongs to another verb or event */
    for (int step = 0; step < 6 && above != DATELINE_NO_INDEX && !other; step++) {
        if (above == node || is_own_word(p, above)) return NEAR_OWN;
        other = token_of(c, above)->upos == DATELINE_UPOS_VERB || is_event(c, above);
        if (!other) above = token_of(c, above)->head;
    }
    if (dln_tree_below(&c->tree, head, node)) return other ? NEAR_NOT : NEAR_BELOW;
    if (above == DATELINE_NO_INDEX) return dln_tree_below(&c->tree, node, head) ? NEAR_ABOVE : NEAR_SENTENCE;
    if (dln_tree_below(&c->tree, node, above)) return NEAR_ABOVE;
    return is_main(c, above) ? NEAR_SENTENCE : NEAR_NOT;
}

/* ---------------------------------------------------------------- date */

static size_t first_time(const coding *c, uint32_t begin) {
    const dateline_time *times = c->doc->times.items;
    size_t low = 0, high = c->doc->times.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (times[middle].span.begin < begin) low = middle + 1;
        else high = middle;
    }
    return low;
}

static const dateline_time *nearest_time(const coding *c, const predicate *p, dateline_span sentence, bool announced) {
    const dateline_time *times = c->doc->times.items, *best = NULL;
    int best_score = 0;
    size_t first = first_time(c, sentence.begin);
    for (size_t i = first; i < c->doc->times.count && i < first + MAX_NEAR; i++) {
        if (times[i].span.begin >= sentence.end) break;
        if (times[i].day.year == 0 || times[i].grain == DATELINE_GRAIN_NONE) continue;
        if (times[i].type != DATELINE_TIME_DATE && times[i].type != DATELINE_TIME_TIME) continue;
        nearness near = near_of(c, p, times[i].span);
        if (announced && near != NEAR_ABOVE) continue; /* the day of the announcement, not of what is announced */
        int score = (int)near * 8 - (int)times[i].grain;
        if (near > NEAR_NOT && score > best_score) best = &times[i], best_score = score;
    }
    return best;
}

void dln_set_date(const coding *c, const predicate *p, bool announced, dateline_event *event) {
    const dateline_doc *doc = c->doc;
    const dateline_time *time = nearest_time(c, p, dln_doc_sentence(doc, event->sentence)->span, announced);
    if (time != NULL) {
        event->date = time->day;
        event->date_grain = time->grain;
        event->date_source = DATELINE_DATE_FROM_TEXT;
        bool past_era = doc->date.year != 0 && time->day.year <= doc->date.year - 5;
        if (past_era) event->auxiliary = (event->auxiliary & ~(uint32_t)DATELINE_AUX_FUTURE) | DATELINE_AUX_HISTORICAL;
        return;
    }
    bool lined = doc->has_dateline && dln_date_is_set(doc->dateline.date);
    event->date = lined ? doc->dateline.date : doc->date;
    if (event->date.year == 0) return;
    event->date_grain = DATELINE_GRAIN_DAY;
    event->date_source = lined ? DATELINE_DATE_FROM_DATELINE : DATELINE_DATE_FROM_PUBLICATION;
}

/* ---------------------------------------------------------------- place */

static bool is_locative(const coding *c, uint32_t head) {
    static const char words[] = "in/at/near/outside/inside/on/around/across/to/off/along/over/into/through";
    for (int step = 0; step < 4 && head != DATELINE_NO_INDEX; step++) {
        if (dln_has_case(c, head, DLN_STR(words))) return true;
        bool inside = is_rel(c, head, "compound") || is_rel(c, head, "conj") || is_rel(c, head, "appos") ||
                      is_rel(c, head, "flat");
        bool of = is_rel(c, head, "nmod") && dln_has_case(c, head, DLN_STR("of")); /* 'the town of Kano' */
        head = token_of(c, head)->head;
        if (head == DATELINE_NO_INDEX || (!inside && !of)) return false;
        bool town = dln_ontology_word(&c->coder->ontology, "class", DLN_STR("place"), token_of(c, head)->lemma, NULL);
        if (of && !town) return false;
    }
    return false;
}

static size_t first_place(const coding *c, uint32_t begin) {
    const dateline_place *places = c->doc->places.items;
    size_t low = 0, high = c->doc->places.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (places[middle].span.begin < begin) low = middle + 1;
        else high = middle;
    }
    return low;
}

static bool fills_role(const dateline_event *event, dateline_span span) {
    for (size_t i = 0; i < event->actor_count; i++) {
        if (event->actors[i].span.begin < span.end && span.begin < event->actors[i].span.end) return true;
    }
    return false;
}

/* 'discussed the war in Chad': the place is of what is spoken of. */
static bool is_content(const coding *c, const predicate *p, uint32_t token) {
    for (uint8_t i = 0; i < p->content_count; i++) {
        if (dln_tree_below(&c->tree, token, p->contents[i]) && token != p->contents[i]) return true;
    }
    return false;
}

/* Speech acts happen nowhere unless a place hangs on the very verb; a happening takes what its sentence states. */
bool dln_set_place(const coding *c, const predicate *p, bool happening, dateline_event *event) {
    const dateline_place *places = c->doc->places.items;
    dateline_span sentence = dln_doc_sentence(c->doc, event->sentence)->span;
    int best_score = 0;
    size_t first = first_place(c, sentence.begin);
    event->place = DATELINE_NO_INDEX;
    for (size_t i = first; i < c->doc->places.count && i < first + MAX_NEAR; i++) {
        if (places[i].span.begin >= sentence.end) break;
        uint32_t head = dln_span_head(c, places[i].span);
        if (head == DATELINE_NO_INDEX || !is_locative(c, head)) continue;
        nearness near = near_of(c, p, places[i].span);
        if (near < (happening ? NEAR_ABOVE : NEAR_OWN)) continue;
        if ((!happening && !is_rel(c, head, "obl")) || is_content(c, p, head)) continue;
        bool inside_actor = fills_role(event, places[i].span);
        if (inside_actor && !happening) continue;
        int score = (int)near * 8 + places[i].resolution - (inside_actor ? 8 : 0);
        if (score > best_score) event->place = (uint32_t)i, best_score = score;
    }
    return best_score >= (int)NEAR_BELOW * 8;
}

/* ---------------------------------------------------------------- the same happening elsewhere */

static bool same_actors(const dateline_event *a, const dateline_event *b) {
    if (a->actor_count != b->actor_count) return false;
    for (size_t i = 0; i < a->actor_count; i++) {
        bool found = false;
        for (size_t k = 0; k < b->actor_count && !found; k++) {
            bool known = a->actors[i].entity != DATELINE_NO_INDEX && a->actors[i].entity == b->actors[k].entity;
            bool device = a->actors[i].sector_count > 0 && strcmp(a->actors[i].sector[0], "UNK") == 0 &&
                          b->actors[k].sector_count > 0 && strcmp(b->actors[k].sector[0], "UNK") == 0;
            found = known || device;
        }
        if (!found) return false;
    }
    return true;
}

/* 'both sides' after 'Mr A met Ms B': two sides or more, of the same countries. */
static bool same_sides(const dateline_event *a, const dateline_event *b) {
    if (a->actor_count < 2 || a->actor_count != b->actor_count) return false;
    for (size_t i = 0; i < a->actor_count; i++) {
        bool found = false;
        for (size_t k = 0; k < b->actor_count; k++) found |= strcmp(a->actors[i].code, b->actors[k].code) == 0;
        if (!found || a->actors[i].code[0] == '\0') return false;
    }
    return true;
}

static void take_over(dateline_event *into, const dateline_event *from) {
    if (into->date_source != DATELINE_DATE_FROM_TEXT && from->date_source == DATELINE_DATE_FROM_TEXT) {
        into->date = from->date;
        into->date_grain = from->date_grain;
        into->date_source = from->date_source;
    }
    bool same_day = dln_date_compare(into->date, from->date) == 0;
    if (into->place == DATELINE_NO_INDEX && same_day) into->place = from->place;
}

/* A meeting or rally of these days that names no place, by people of the country the article was filed from. */
static void take_dateline(const coding *c, dateline_event *event) {
    const dateline_doc *doc = c->doc;
    bool filed = doc->has_dateline && doc->dateline.place < doc->places.count;
    if (!filed || event->place != DATELINE_NO_INDEX || event->auxiliary != 0) return;
    if (event->date_grain != DATELINE_GRAIN_DAY || event->date.year == 0 || doc->date.year == 0) return;
    int32_t age = dln_date_to_days(doc->date) - dln_date_to_days(event->date);
    const dateline_place *place = (const dateline_place *)doc->places.items + doc->dateline.place;
    bool local = false;
    for (size_t i = 0; i < event->actor_count; i++) local |= strcmp(event->actors[i].code, place->country_code) == 0;
    if (local && place->resolved && age >= 0 && age <= 3) event->place = doc->dateline.place;
}

/* Whether two records tell one happening: the same type by the same actors, or by sides of the same countries. */
static bool is_retold(const dateline_event *a, const dateline_event *b) {
    bool alike = dln_str_equal(a->type, b->type) && a->auxiliary == b->auxiliary;
    return alike && (same_actors(a, b) || same_sides(a, b));
}

static void share_with(const coding *c, size_t i, int step) {
    enum { REACH = 24 };
    dateline_event *events = c->doc->events.items;
    for (size_t k = 1; k <= REACH; k++) {
        size_t other = step < 0 ? i - k : i + k; /* below 0 it wraps to beyond the count */
        bool done = events[i].date_source == DATELINE_DATE_FROM_TEXT && events[i].place != DATELINE_NO_INDEX;
        if (done || other >= c->doc->events.count) break;
        if (is_retold(&events[i], &events[other])) take_over(&events[i], &events[other]);
    }
}

/* An article tells a happening again without its day and place: they are taken from the nearest telling, first from
 * those before, then from those behind; last, the place may be that of the dateline. */
void dln_share_details(const coding *c) {
    dateline_event *events = c->doc->events.items;
    for (int pass = 0; pass < 3; pass++) {
        for (size_t i = 0; i < c->doc->events.count; i++) {
            const type_fact *type = dln_ontology_type(&c->coder->ontology, events[i].type);
            if (type == NULL || type->speech) continue;
            if (pass < 2) share_with(c, i, pass == 0 ? -1 : 1);
            else if (type->local) take_dateline(c, &events[i]);
        }
    }
}

/* ---------------------------------------------------------------- size */

static bool read_digits(dateline_str text, int64_t *value) {
    int64_t sum = 0;
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == ',') continue;
        if (text.ptr[i] < '0' || text.ptr[i] > '9' || ++digits > 9) return false;
        sum = sum * 10 + (text.ptr[i] - '0');
    }
    *value = sum;
    return digits > 0;
}

static bool read_number(const coding *c, uint32_t token, int64_t *value) {
    uint32_t entry = 0;
    dateline_str form = dln_token_form(c->doc, token);
    if (read_digits(form, value)) return true;
    if (!dln_ontology_word(&c->coder->ontology, "class", DLN_STR("number"), form, &entry)) return false;
    return read_digits(dln_entry_value(c->coder->lexicon, entry, "value", 0), value);
}

/* The stated number of a noun phrase, or 1 for a person by name. */
static int64_t count_of(const coding *c, uint32_t noun) {
    int64_t value = 0;
    for (uint32_t i = c->tree.first_child[noun]; i != DATELINE_NO_INDEX; i = c->tree.next[i]) {
        if (is_rel(c, i, "nummod") && read_number(c, i, &value)) return value;
    }
    const dateline_token *t = token_of(c, noun);
    if (t->upos == DATELINE_UPOS_NUM && read_number(c, noun, &value)) return value; /* 'killing five' */
    bool named = t->upos == DATELINE_UPOS_PROPN && dln_token_has_feat(t, "Number=Sing");
    if (!named || dln_tree_child(&c->tree, noun, "conj") != DATELINE_NO_INDEX) return DATELINE_NO_COUNT;
    dateline_role role;
    size_t count = dln_resolve_role(c->coder->resolver, c->doc, noun, c->doc->date, &role, 1);
    bool person = count == 1 && role.entity != DATELINE_NO_INDEX &&
                  dln_doc_entity(c->doc, role.entity)->type == DATELINE_ENTITY_PERSON;
    return person ? 1 : DATELINE_NO_COUNT;
}

static void count_victims(const coding *c, uint32_t verb, dateline_event *event) {
    static const struct {
        const char *group;
        size_t at;
        bool subject; /* of an intransitive verb */
    } kinds[] = { { "kill", offsetof(dateline_event, dead), false },
                  { "die", offsetof(dateline_event, dead), true },
                  { "wound", offsetof(dateline_event, injured), false },
                  { "arrest", offsetof(dateline_event, arrested), false } };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        dateline_str group = dateline_str_from(kinds[i].group);
        if (!dln_ontology_word(&c->coder->ontology, "class", group, token_of(c, verb)->lemma, NULL)) continue;
        uint32_t who = kinds[i].subject ? dln_subject(c, verb) : dln_undergoer(c, verb);
        int64_t *slot = (int64_t *)(void *)((char *)event + kinds[i].at);
        if (who != DATELINE_NO_INDEX && *slot == DATELINE_NO_COUNT) *slot = count_of(c, who);
    }
}

void dln_set_size(const coding *c, const predicate *p, bool gathering, dateline_event *event) {
    event->dead = event->injured = event->arrested = event->participants = DATELINE_NO_COUNT;
    uint32_t top = p->carrier == DATELINE_NO_INDEX ? p->token : p->carrier;
    uint32_t left = c->tree.left[top], right = c->tree.right[top];
    if (gathering && p->actor_count > 0) event->participants = count_of(c, p->actors[0]);
    if (event->participants == 1) event->participants = DATELINE_NO_COUNT;
    for (uint32_t i = left; i <= right && i < left + 2 * MAX_NEAR; i++) {
        bool verb = token_of(c, i)->upos == DATELINE_UPOS_VERB && dln_tree_below(&c->tree, i, top);
        if (verb) count_victims(c, i, event);
    }
}

/* ---------------------------------------------------------------- contexts */

/* Contexts of a record, most certain first. */
typedef struct {
    dateline_str names[6];
    size_t count;
} context_list;

static void add_name(context_list *list, dateline_str name) {
    for (size_t i = 0; i < list->count; i++) {
        if (dln_str_equal(list->names[i], name)) return;
    }
    if (name.len > 0 && list->count < sizeof list->names / sizeof *list->names) list->names[list->count++] = name;
}

static void add_context(const coding *c, uint32_t entry, context_list *list) {
    uint32_t values = dln_entry_value_count(c->coder->lexicon, entry, "context");
    for (uint32_t v = 0; v < values; v++) add_name(list, dln_entry_value(c->coder->lexicon, entry, "context", v));
}

/* The country a role stands for, if it stands for a state: a bare country or its government. */
static const char *state_of(const dateline_role *role) {
    bool state = role->sector_count == 0 || strcmp(role->sector[0], "GOV") == 0;
    return state ? role->code : "";
}

static bool is_between_states(const dateline_event *event) {
    const char *first = "";
    for (size_t i = 0; i < event->actor_count + event->recipient_count; i++) {
        const dateline_role *role =
            i < event->actor_count ? &event->actors[i] : &event->recipients[i - event->actor_count];
        const char *state = state_of(role);
        if (first[0] == '\0') first = state;
        else if (state[0] != '\0' && strcmp(state, first) != 0) return true;
    }
    return false;
}

static bool has_office(const coding *c, const dateline_role *roles, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (dln_ontology_word(&c->coder->ontology, "class", DLN_STR("executive"), roles[i].office, NULL)) return true;
    }
    return false;
}

/* By who takes part: between states, or by heads of government ('between' and 'leaders' of the type). */
static void add_by_roles(const coding *c, const dateline_event *event, context_list *list) {
    const type_fact *type = dln_ontology_type(&c->coder->ontology, event->type);
    if (type == NULL) return;
    if (type->between.len > 0 && is_between_states(event)) add_name(list, type->between);
    bool led =
        has_office(c, event->actors, event->actor_count) || has_office(c, event->recipients, event->recipient_count);
    if (led) add_name(list, type->leaders);
}

static void find_contexts(const coding *c, const dateline_sentence *s, context_list *list) {
    enum { WINDOW = 256 };
    dateline_str words[WINDOW];
    size_t word_count = s->token_count < WINDOW ? s->token_count : WINDOW;
    for (size_t i = 0; i < word_count; i++) words[i] = dln_token_form(c->doc, s->first_token + i);
    for (size_t i = 0; i < word_count; i++) {
        dln_found found[4];
        size_t got = dln_finder_at(c->coder->contexts, words, word_count, i, found, 4);
        for (size_t k = 0; k < got; k++) add_context(c, found[k].entry, list);
    }
}

void dln_set_contexts(const coding *c, const predicate *p, dateline_event *event) {
    context_list list = { .count = 0 };
    add_context(c, p->frame->entry, &list);
    add_by_roles(c, event, &list);
    find_contexts(c, dln_doc_sentence(c->doc, event->sentence), &list);
    event->contexts = dln_arena_copy(&c->doc->arena, list.names, list.count * sizeof *list.names);
    event->context_count = event->contexts == NULL ? 0 : list.count;
}
