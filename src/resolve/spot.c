/* SPDX-License-Identifier: Apache-2.0
 * spot.c: every name, role noun and pronoun that may be a mention.
 *
 * Names come from the tagger and from the lexicon. Where they overlap, the longer one stands: the lexicon knows whole
 * names that the tagger cuts, and the tagger knows that 'Jordan' in 'Hamilton Jordan' is no country. */
#include "resolve/resolve_internal.h"

/* ---------------------------------------------------------------- names */

enum { MAX_TITLE = 3 };

/* A run of tokens that is a name. */
typedef struct {
    uint32_t first, count, match;
    dateline_entity_type type;
} name_run;

typedef struct {
    dln_reading *reading;
    name_run *runs;
    uint32_t count;
    uint32_t *at; /* by token: run that covers it */
} name_list;

static bool is_in_time(const dln_reading *reading, uint32_t token) {
    const dateline_token *t = dln_reading_token(reading, token);
    return dln_str_is(t->deprel, "obl:unmarked") || dln_str_is(t->deprel, "nmod:unmarked") ||
           dln_str_is(t->deprel, "obl:tmod") || dln_str_is(t->deprel, "nmod:tmod") || reading->in_time[token];
}

static void cover(name_list *list, uint32_t run) {
    for (uint32_t k = 0; k < list->runs[run].count; k++) list->at[list->runs[run].first + k] = run;
}

static void add_run(name_list *list, uint32_t first, uint32_t count, dateline_entity_type type) {
    if (count == 0 || first + count > list->reading->doc->tokens.count) return;
    for (uint32_t k = 0; k < count; k++) {
        if (list->at[first + k] != DLN_NONE) return;
    }
    list->runs[list->count] = (name_run){ .first = first, .count = count, .match = DLN_NONE, .type = type };
    cover(list, list->count++);
}

/* 'Mr' and 'Dr' that the tagger took into a name. */
static uint32_t courtesy_length(const dln_reading *reading, uint32_t first, uint32_t count) {
    uint32_t length = 0;
    while (length < count && dln_world_is(reading->resolver, reading->words[first + length], DLN_USE_COURTESY)) {
        length++;
    }
    return length;
}

/* Role words that the tagger took into a person's name, with what stands before them: 'Second Prime Minister Hun Sen'.
 */
static uint32_t title_length(const dln_reading *reading, uint32_t first, uint32_t count) {
    uint32_t length = 0;
    for (uint32_t i = 0; i + 1 < count; i++) { /* the last word is the name's: 'Sen' of 'Hun Sen' */
        if (reading->role_match[first + i] != DLN_NONE) length = i + 1;
    }
    return length;
}

/* Pronouns, words of time and what has no capital are no names, whatever the tagger says. */
static bool is_name(const dln_reading *reading, uint32_t first, uint32_t count) {
    bool capital = false;
    if (count == 0 || first + count > reading->doc->tokens.count) return false;
    for (uint32_t i = first; i < first + count; i++) {
        capital = capital || !dln_char_is_lower(dln_utf8_at(reading->words[i], 0));
    }
    const dateline_token *t = dln_reading_token(reading, first);
    return capital && t->upos != DATELINE_UPOS_PRON && t->upos != DATELINE_UPOS_PUNCT && !is_in_time(reading, first);
}

/* How many tokens behind a person's name the tree has as parts of it: 'Un' of 'Kim Jong Un'. */
static uint32_t rest_of_name(const dln_reading *reading, uint32_t first, uint32_t end) {
    uint32_t count = (uint32_t)reading->doc->tokens.count, last = end;
    for (uint32_t i = end; i < count && i < end + MAX_TITLE; i++) {
        const dateline_token *t = dln_reading_token(reading, i);
        bool hyphen = dln_str_is(reading->words[i], "-");
        bool part = dln_token_is_rel(t, "flat") && t->head >= first && t->head < end && !reading->in_time[i];
        if (!hyphen && !part) break;
        if (part) last = i + 1;
    }
    return last - end;
}

/* 1 where 'Province', 'River' … stands behind a place name. */
static uint32_t division_length(const dln_reading *reading, uint32_t first, uint32_t count) {
    uint32_t next = first + count;
    if (next >= reading->doc->tokens.count || reading->sentence_of[next] != reading->sentence_of[first]) return 0;
    return dln_char_is_upper(dln_utf8_at(reading->words[next], 0)) &&
                   dln_world_is(reading->resolver, reading->words[next], DLN_USE_DIVISION)
               ? 1
               : 0;
}

/* Whether a role stands before names as a title: 'president', not 'police'. */
static bool is_titled(const dln_reading *reading, uint32_t match) {
    for (uint32_t i = 0; i < reading->matches[match].entry_count; i++) {
        if (dln_world_form(reading->resolver, reading->matches[match].entries[i]) == DLN_FORM_TITLE) return true;
    }
    return false;
}

static bool is_lower(const dln_reading *reading, uint32_t token) {
    return dln_char_is_lower(dln_utf8_at(reading->words[token], 0));
}

/* Takes off a tagged name what is no part of it: articles, courtesy, times, common nouns at its end. */
static void trim_name(const dln_reading *reading, name_run *run) {
    while (run->count > 0 &&
           (dln_reading_token(reading, run->first)->upos == DATELINE_UPOS_DET || reading->in_time[run->first])) {
        run->first++;
        run->count--;
    }
    uint32_t courtesy = courtesy_length(reading, run->first, run->count);
    if (courtesy > 0) run->type = DATELINE_ENTITY_PERSON;
    run->first += courtesy;
    run->count -= courtesy;
    while (run->count > 1) {
        uint32_t last = run->first + run->count - 1;
        bool common = reading->role_match[last] != DLN_NONE && is_lower(reading, last);
        if (!common && !reading->in_time[last]) break;
        run->count--;
    }
}

/* A title in front makes a person of what the tagger took for a body: 'Secretary-General Kofi'. */
static void part_title(const dln_reading *reading, name_run *run) {
    uint32_t length = title_length(reading, run->first, run->count);
    if (length == 0) return;
    uint32_t title = dln_title_before(reading, run->first + length);
    uint32_t last = run->first + run->count - 1;
    bool known = title != DLN_NONE && run->count - length <= MAX_TITLE &&
                 dln_reading_token(reading, last)->upos == DATELINE_UPOS_PROPN &&
                 (is_titled(reading, title) || is_lower(reading, run->first + length - 1));
    if (run->type != DATELINE_ENTITY_PERSON && !known) return;
    run->type = DATELINE_ENTITY_PERSON;
    run->first += length;
    run->count -= length;
}

static void add_tagged_names(name_list *list) {
    const dln_reading *reading = list->reading;
    const dateline_doc *doc = reading->doc;
    for (size_t i = 0; i < doc->mentions.count; i++) {
        const dateline_mention *mention = dln_doc_mention(doc, i);
        if (mention->kind != DATELINE_MENTION_NAME) continue;
        name_run run = { .first = mention->first_token, .count = mention->token_count };
        if (mention->entity < doc->entities.count) run.type = dln_doc_entity(doc, mention->entity)->type;
        if (run.first + run.count > doc->tokens.count) continue;
        trim_name(reading, &run);
        if (run.count == 0) continue;
        if (run.type == DATELINE_ENTITY_PERSON) run.count += rest_of_name(reading, run.first, run.first + run.count);
        part_title(reading, &run);
        if (run.type == DATELINE_ENTITY_PERSON) run.count += rest_of_name(reading, run.first, run.first + run.count);
        if (run.type == DATELINE_ENTITY_GPE || run.type == DATELINE_ENTITY_LOC) {
            run.count += division_length(reading, run.first, run.count);
        }
        if (is_name(reading, run.first, run.count)) add_run(list, run.first, run.count, run.type);
    }
}

static bool match_is_of(const dln_reading *reading, const dln_match *match, dln_kind kind) {
    for (uint32_t i = 0; i < match->entry_count; i++) {
        if (dln_world_kind(reading->resolver, match->entries[i]) == kind) return true;
    }
    return false;
}

/* A single word that is only a place, inside a longer name: 'Anlong' of 'Anlong Veng'. */
static bool is_torn(const dln_reading *reading, const dln_match *match) {
    uint32_t at = match->first;
    bool only_place = match_is_of(reading, match, DLN_KIND_PLACE) && !match_is_of(reading, match, DLN_KIND_COUNTRY) &&
                      !match_is_of(reading, match, DLN_KIND_ORGANISATION) &&
                      !match_is_of(reading, match, DLN_KIND_ACTOR);
    if (match->count > 1 || !only_place) return false;
    const dateline_token *t = dln_reading_token(reading, at);
    bool part = dln_token_is_rel(t, "compound") || dln_token_is_rel(t, "flat");
    bool goes_on = at + 1 < reading->doc->tokens.count && dln_reading_rel(reading, at + 1, "flat");
    return part || goes_on;
}

/* Whether a phrase that no tagged name supports is one here: 'Reading' and 'Nice' are words more often than cities. */
static bool stands_alone(const dln_reading *reading, const dln_match *match) {
    if (match->count > 1) return true;
    const dateline_token *token = dln_reading_token(reading, match->first);
    bool word = dln_str_is(dln_entry_value(reading->resolver->lexicon, match->entries[0], "ambiguous", 0), "word");
    if (token->upos == DATELINE_UPOS_PROPN && !word) return !is_torn(reading, match);
    bool country = match_is_of(reading, match, DLN_KIND_COUNTRY);
    bool nominal = token->upos == DATELINE_UPOS_ADJ || token->upos == DATELINE_UPOS_NOUN;
    return nominal && (country || match_is_of(reading, match, DLN_KIND_ORGANISATION));
}

static void widen(name_list *list, uint32_t run, uint32_t match_index) {
    const dln_match *match = &list->reading->matches[match_index];
    name_run *r = &list->runs[run];
    for (uint32_t k = 0; k < match->count; k++) { /* runs that the phrase swallows or cuts */
        uint32_t other = list->at[match->first + k];
        if (other == DLN_NONE || other == run) continue;
        for (uint32_t j = 0; j < list->runs[other].count; j++) list->at[list->runs[other].first + j] = DLN_NONE;
        list->runs[other].count = 0;
    }
    for (uint32_t k = 0; k < r->count; k++) list->at[r->first + k] = DLN_NONE;
    r->first = match->first;
    r->count = match->count;
    r->match = match_index;
    cover(list, run);
}

static void add_match_name(name_list *list, uint32_t match_index) {
    dln_reading *reading = list->reading;
    const dln_match *match = &reading->matches[match_index];
    uint32_t run = DLN_NONE;
    for (uint32_t k = 0; k < match->count && run == DLN_NONE; k++) run = list->at[match->first + k];
    if (run == DLN_NONE) {
        if (!stands_alone(reading, match)) return;
        add_run(list, match->first, match->count, DATELINE_ENTITY_NONE);
        if (list->at[match->first] != DLN_NONE) list->runs[list->at[match->first]].match = match_index;
        return;
    }
    const name_run *r = &list->runs[run];
    uint32_t run_end = r->first + r->count, match_end = match->first + match->count;
    bool inside = match->first >= r->first && match_end <= run_end;
    uint32_t divisions = match_end; /* 'Borno State' is Borno */
    while (divisions < run_end && dln_world_is(reading->resolver, reading->words[divisions], DLN_USE_DIVISION)) {
        divisions++;
    }
    if (match->first == r->first && divisions == run_end) list->runs[run].match = match_index;
    else if (!inside) widen(list, run, match_index);
}

static void add_lexicon_names(name_list *list) {
    const dln_reading *reading = list->reading;
    for (uint32_t i = 0; i < reading->doc->tokens.count; i++) {
        uint32_t match = reading->name_match[i];
        if (match != DLN_NONE && reading->matches[match].first == i) add_match_name(list, match);
    }
}

/* The token of a run whose governor stands outside it. A title that the tree made the governor of the name ('Mr' of 'Mr
 * Kim') is the phrase's head. */
static uint32_t head_of_run(const dln_reading *reading, uint32_t first, uint32_t count) {
    uint32_t head = first;
    while (head + 1 < first + count && dln_reading_token(reading, head)->head - first < count) head++;
    if (dln_reading_token(reading, head)->head - first < count) head = first; /* a loop cannot be; be safe */
    uint32_t over = dln_reading_token(reading, head)->head;
    if (over == DLN_NONE || over >= first || first - over > MAX_TITLE) return head;
    bool flat = dln_reading_rel(reading, head, "flat") && dln_title_before(reading, first) != DLN_NONE;
    if (flat) return over; /* 'U.S. Ambassador Lang' all hung on 'U.S.' */
    if (reading->spot_at[over] != DLN_NONE) return head;
    bool title = dln_world_is(reading->resolver, reading->words[over], DLN_USE_COURTESY) ||
                 reading->role_match[over] != DLN_NONE;
    return title && !dln_reading_rel(reading, head, "nmod") ? over : head;
}

/* ---------------------------------------------------------------- spots */

static uint8_t number_of(const dln_reading *reading, uint32_t head) {
    const dateline_token *token = dln_reading_token(reading, head);
    const dln_word *word = dln_world_word(reading->resolver, reading->words[head]);
    if (word != NULL && word->number == 2) return 2; /* 'police' */
    bool plural =
        dln_token_has_feat(token, "Number=Plur") || dln_str_is(token->xpos, "NNS") || dln_str_is(token->xpos, "NNPS");
    return plural ? 2 : 1;
}

static bool is_definite(const dln_reading *reading, uint32_t head) {
    for (uint32_t c = reading->tree.first_child[head]; c != DLN_NONE && c < head; c = reading->tree.next[c]) {
        const dateline_token *t = dln_reading_token(reading, c);
        if (!dln_token_is_rel(t, "det")) continue;
        if (dln_token_has_feat(t, "Definite=Def") || dln_token_has_feat(t, "PronType=Dem")) return true;
        if (dln_str_equal_nocase(reading->words[c], DLN_STR("both"))) return true;
    }
    return false;
}

static dln_spot *add_spot(dln_reading *reading, dateline_mention_kind kind, uint32_t head) {
    uint32_t first, last;
    dln_phrase_span(reading, head, kind == DATELINE_MENTION_NAME, &first, &last);
    dln_spot *spot = dln_array_add(&reading->spot_list);
    if (spot == NULL) return NULL;
    reading->spots = reading->spot_list.items;
    *spot = (dln_spot){ .kind = kind,
                        .first = first,
                        .count = last + 1 - first,
                        .head = head,
                        .phrase_first = first,
                        .phrase_count = last + 1 - first,
                        .entry = DLN_NONE,
                        .role = DLN_NONE,
                        .stand_in = DLN_NONE,
                        .sentence = reading->sentence_of[head],
                        .number = number_of(reading, head),
                        .definite = is_definite(reading, head),
                        .cluster = DLN_NONE };
    reading->spot_at[head] = reading->spot_count++;
    return spot;
}

/* A phrase includes its name; the name's own words may be torn apart in a wrong tree. */
static void add_name_spot(dln_reading *reading, const name_run *run) {
    uint32_t head = head_of_run(reading, run->first, run->count);
    dln_spot *spot = add_spot(reading, DATELINE_MENTION_NAME, head);
    if (spot == NULL) return;
    uint32_t end = run->first + run->count, phrase_end = spot->phrase_first + spot->phrase_count;
    if (spot->phrase_first > run->first) spot->phrase_first = run->first;
    if (phrase_end != end) phrase_end = end;
    spot->phrase_count = phrase_end - spot->phrase_first;
    spot->first = run->first;
    spot->count = run->count;
    spot->number = 1;
    spot->type = run->type;
    if (run->match != DLN_NONE) {
        const dln_match *match = &reading->matches[run->match];
        spot->entry = match->entries[0]; /* chosen among its namesakes once the words around are known */
    }
    for (uint32_t k = 0; k < run->count; k++) reading->spot_at[run->first + k] = reading->spot_count - 1;
}

static bool is_part(const dateline_token *token) {
    static const char *const parts[] = { "compound", "flat", "goeswith", "fixed", "amod", "case", "det", "nummod" };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (dln_token_is_rel(token, parts[i])) return true;
    }
    return dln_str_is(token->deprel, "nmod:desc");
}

static bool names_somebody(const dln_reading *reading, uint32_t token) {
    const dateline_token *t = dln_reading_token(reading, token);
    return t->upos == DATELINE_UPOS_PROPN && !is_in_time(reading, token) && reading->role_match[token] == DLN_NONE &&
           !dln_world_is(reading->resolver, reading->words[token], DLN_USE_COURTESY) &&
           dln_char_is_upper(dln_utf8_at(reading->words[token], 0));
}

/* A capitalised noun that neither tagger nor lexicon knows: a name of something. */
static void add_unknown_name(dln_reading *reading, uint32_t head) {
    uint32_t first = head, last = head;
    while (first > 0 && names_somebody(reading, first - 1) && dln_reading_token(reading, first - 1)->head == head &&
           reading->spot_at[first - 1] == DLN_NONE) {
        first--;
    }
    while (last + 1 < reading->doc->tokens.count && dln_reading_token(reading, last + 1)->head == head &&
           dln_reading_rel(reading, last + 1, "flat") && reading->spot_at[last + 1] == DLN_NONE) {
        last++;
    }
    name_run run = { .first = first, .count = last + 1 - first, .match = DLN_NONE };
    add_name_spot(reading, &run);
}

static bool has_owner_name(const dln_reading *reading, uint32_t first, uint32_t last) {
    for (uint32_t i = first; i <= last; i++) {
        if (reading->name_match[i] != DLN_NONE || reading->spot_at[i] != DLN_NONE) return true;
    }
    return false;
}

/* 'leader of Kenya' belongs together wherever the tree hangs 'of Kenya'. */
static void take_owner_behind(const name_list *list, dln_spot *spot) {
    const dln_reading *reading = list->reading;
    uint32_t at = spot->phrase_first + spot->phrase_count, count = (uint32_t)reading->doc->tokens.count;
    if (at + 1 >= count || !dln_str_is(reading->words[at], "of")) return;
    at++;
    while (at < count && dln_reading_token(reading, at)->upos == DATELINE_UPOS_DET) at++;
    if (at >= count || list->at[at] == DLN_NONE || reading->sentence_of[at] != spot->sentence) return;
    const name_run *run = &list->runs[list->at[at]];
    spot->phrase_count = run->first + run->count - spot->phrase_first;
    spot->count = run->first + run->count - spot->first;
}

/* A role noun right before a person's name is its title, even where the tree does not say so. */
static bool is_title(const name_list *list, uint32_t head) {
    const dln_reading *reading = list->reading;
    uint32_t role = reading->role_match[head];
    if (role == DLN_NONE) return false;
    uint32_t next = reading->matches[role].first + reading->matches[role].count;
    if (next + 1 < reading->doc->tokens.count && reading->name_match[next + 1] != DLN_NONE &&
        dln_reading_token(reading, next)->upos == DATELINE_UPOS_ADP) { /* 'ambassador to Chad Awa Keita' */
        const dln_match *land = &reading->matches[reading->name_match[next + 1]];
        if (dln_title_before(reading, land->first + land->count) == role) next = land->first + land->count;
    }
    if (next >= reading->doc->tokens.count || reading->sentence_of[next] != reading->sentence_of[head]) return false;
    uint32_t run = list->at[next];
    if (run == DLN_NONE || list->runs[run].first != next) return false;
    if (list->runs[run].type == DATELINE_ENTITY_PERSON) return true;
    uint32_t match = list->runs[run].match;
    return match != DLN_NONE && match_is_of(reading, &reading->matches[match], DLN_KIND_ACTOR);
}

/* A word within a role of several words: 'state' of 'secretary of state'. */
static bool is_inside(const dln_reading *reading, uint32_t token) {
    const dln_match *match = &reading->matches[reading->role_match[token]];
    return dln_reading_token(reading, token)->head - match->first < match->count;
}

static void add_nominal(const name_list *list, uint32_t head) {
    dln_reading *reading = list->reading;
    uint32_t first, last;
    bool role = reading->role_match[head] != DLN_NONE;
    if (role && is_inside(reading, head)) return;
    if (!role) {
        dln_phrase_span(reading, head, false, &first, &last);
        bool refers = dln_world_word(reading->resolver, dln_reading_token(reading, head)->lemma) != NULL;
        if (!refers && !has_owner_name(reading, first, last)) return;
    }
    dln_spot *spot = add_spot(reading, DATELINE_MENTION_NOMINAL, head);
    if (!role || spot == NULL) return;
    spot->role = reading->role_match[head];
    take_owner_behind(list, spot);
}

static void add_pronoun(dln_reading *reading, uint32_t token, const dln_word *word) {
    dln_spot *spot = add_spot(reading, DATELINE_MENTION_PRONOUN, token);
    if (spot == NULL) return;
    spot->first = spot->phrase_first = token;
    spot->count = spot->phrase_count = 1;
    spot->gender = word->gender;
    spot->number = word->number == 0 ? 1 : word->number;
    spot->person = word->person;
}

static void add_other(const name_list *list, uint32_t token) {
    dln_reading *reading = list->reading;
    const dateline_token *t = dln_reading_token(reading, token);
    if (t->upos == DATELINE_UPOS_PRON || t->upos == DATELINE_UPOS_DET) {
        const dln_word *word = dln_world_word(reading->resolver, reading->words[token]);
        const uint32_t uses = DLN_USE_PRONOUN | DLN_USE_FIRST | DLN_USE_RELATIVE | DLN_USE_MUTUAL;
        bool pronoun = word != NULL && (word->uses & uses) != 0 && !dln_token_is_rel(t, "det");
        if (pronoun && !dln_token_is_rel(t, "expl")) add_pronoun(reading, token, word);
        return;
    }
    if (is_part(t) || is_title(list, token)) return;
    bool role = reading->role_match[token] != DLN_NONE;
    if (t->upos == DATELINE_UPOS_NOUN || (role && t->upos == DATELINE_UPOS_PROPN)) add_nominal(list, token);
    else if (names_somebody(reading, token)) add_unknown_name(reading, token);
}

bool dln_spot_all(dln_reading *reading) {
    uint32_t count = (uint32_t)reading->doc->tokens.count;
    name_list list = { .reading = reading };
    size_t most = reading->match_list.count + reading->doc->mentions.count + 1;
    list.runs = dln_arena_alloc(reading->scratch, most, sizeof(name_run));
    list.at = dln_arena_alloc(reading->scratch, (size_t)count + 1, sizeof(uint32_t));
    if (list.runs == NULL || list.at == NULL) return false;
    memset(list.at, 0xFF, ((size_t)count + 1) * sizeof(uint32_t));
    add_tagged_names(&list);
    add_lexicon_names(&list);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t run = list.at[i];
        if (run != DLN_NONE && list.runs[run].first == i) add_name_spot(reading, &list.runs[run]);
        else if (run == DLN_NONE && reading->spot_at[i] == DLN_NONE) add_other(&list, i);
    }
    return reading->spot_list.status == DATELINE_OK;
}
