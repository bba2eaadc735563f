/* SPDX-License-Identifier: Apache-2.0
 * codes.c: what the words of a phrase say of who it means: nationality, body, role, 'former', 'opposition'.
 *
 * A phrase has a role (its head noun, or the title of a name) and owners: what the role belongs to. 'Russian defence
 * ministry spokesman' has the role 'spokesman', the owners 'Russian' (a country) and 'defence ministry' (a body). The
 * country gives the code; the role gives the sectors, but a weak role ('spokesman', 'member') takes them of the body.
 */
#include "resolve/resolve_internal.h"

/* What was found in a phrase. */
typedef struct {
    dln_codes country, body, role;
    bool has_country, has_body, has_role, body_is_person;
    bool native;    /* the country stands before the head: an adjective or a name */
    uint32_t owner; /* spot of the first owner before the head */
    bool weak, speaker, follower, former, no_office, before; /* before: an owner stands before the head */
    char set[4], added[4]; /* sectors of modifiers: 'rebel' leader, 'opposition' lawmakers */
} phrase_parts;

static bool form_is(const dln_reading *reading, const dln_match *match, dln_form form, uint32_t *entry) {
    for (uint32_t i = 0; i < match->entry_count; i++) {
        if (dln_world_form(reading->resolver, match->entries[i]) != form) continue;
        *entry = match->entries[i];
        return true;
    }
    return false;
}

/* The entry of a role match that is a noun or title rather than a modifier. */
static bool role_noun(const dln_reading *reading, const dln_match *match, uint32_t *entry) {
    static const dln_form forms[] = { DLN_FORM_NOUN, DLN_FORM_SPOKESMAN, DLN_FORM_MEMBER, DLN_FORM_TITLE };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (form_is(reading, match, forms[i], entry)) return true;
    }
    return false;
}

static void take_modifier(const dln_reading *reading, const dln_match *match, phrase_parts *parts) {
    uint32_t entry = DLN_NONE;
    if (!form_is(reading, match, DLN_FORM_MODIFIER, &entry)) return;
    dateline_str effect = dln_entry_value(reading->resolver->lexicon, entry, "effect", 0);
    dln_codes codes = dln_world_codes(reading->resolver, entry);
    if (dln_str_is(effect, "former")) parts->former = true;
    else if (dln_str_is(effect, "office") || dln_str_is(effect, "elect")) parts->no_office = true;
    else if (codes.sector_count == 0) return;
    else if (dln_str_is(effect, "adds")) memcpy(parts->added, codes.sector[0], 4);
    else if (dln_str_is(effect, "sets") && parts->set[0] == 0) memcpy(parts->set, codes.sector[0], 4);
}

static void take_body(phrase_parts *parts, const dln_codes *codes, bool person) {
    bool replaces = !parts->has_body || parts->body.sector_count == 0;
    if (!replaces) return;
    char code[4];
    memcpy(code, parts->body.code, sizeof code);
    parts->body = *codes;
    if (parts->body.code[0] == 0) memcpy(parts->body.code, code, sizeof code);
    parts->has_body = true;
    parts->body_is_person = person;
}

/* The codes of another spot: of its cluster if it has one. */
static const dln_codes *codes_of(const dln_reading *reading, const dln_spot *spot) {
    return spot->cluster != DLN_NONE ? &reading->clusters[spot->cluster].codes : &spot->codes;
}

static void take_owner(const dln_reading *reading, const dln_spot *owner, phrase_parts *parts) {
    const dln_codes *codes = codes_of(reading, owner);
    bool state = owner->type == DATELINE_ENTITY_GPE || owner->type == DATELINE_ENTITY_NORP ||
                 owner->type == DATELINE_ENTITY_LOC || owner->type == DATELINE_ENTITY_FAC;
    if (codes->code[0] == 0 && codes->sector_count == 0) return;
    if (!state) {
        take_body(parts, codes,
                  owner->person || (owner->cluster != DLN_NONE && reading->clusters[owner->cluster].person));
        return;
    }
    if (parts->has_country) return;
    parts->country = *codes;
    parts->has_country = true;
}

static void take_state(const dln_reading *reading, const dln_match *match, phrase_parts *parts) {
    uint32_t state = dln_match_state(reading->resolver, match);
    if (parts->has_country || state == DLN_NONE) return;
    parts->country = dln_world_codes(reading->resolver, state);
    parts->has_country = true;
}

/* A noun before the head that is itself a role: 'police' spokesman, 'defence ministry' official. */
static void take_inner_role(const dln_reading *reading, const dln_match *match, phrase_parts *parts) {
    uint32_t entry = DLN_NONE;
    if (form_is(reading, match, DLN_FORM_MODIFIER, &entry) || !role_noun(reading, match, &entry)) {
        take_modifier(reading, match, parts);
        return;
    }
    if (dln_world_form(reading->resolver, entry) == DLN_FORM_TITLE) return;
    dln_codes codes = dln_world_codes(reading->resolver, entry);
    if (codes.sector_count > 0) take_body(parts, &codes, false);
}

enum { MAX_CLIMB = 40 };

/* Whether `token` stands in a clause below the head ('rebels backed by Turkey') that does not say where it is from. */
static bool in_clause(const dln_reading *reading, uint32_t token, uint32_t head) {
    if (token <= head) return false;
    uint32_t t = token;
    for (int n = 0; n < MAX_CLIMB && t != DLN_NONE && t != head; n++, t = dln_reading_token(reading, t)->head) {
        if (!dln_reading_rel(reading, t, "acl")) continue;
        uint32_t mark = dln_tree_child(&reading->tree, token, "case");
        return mark == DLN_NONE || !dln_str_equal_nocase(reading->words[mark], DLN_STR("from"));
    }
    return false;
}

typedef struct {
    uint32_t first, end;     /* the phrase */
    uint32_t head, role;     /* token; match or NONE */
    uint32_t skip, skip_end; /* the name itself */
    const dln_spot *self;
} phrase_frame;

enum { MAX_OWNERS = 8 }; /* 'the chief of the guard of the son of …' */

/* 'the governor' of 'the governor's spokesman': a nominal with codes of its own. */
static bool may_own(dln_reading *reading, uint32_t spot) {
    dln_spot *owner = &reading->spots[spot];
    if (!owner->coded && reading->owner_depth < MAX_OWNERS) {
        reading->owner_depth++;
        dln_codes_of_spot(reading, owner);
        reading->owner_depth--;
    }
    return owner->role != DLN_NONE && (owner->codes.code[0] != 0 || owner->codes.sector_count > 0);
}

static void take_token(dln_reading *reading, const phrase_frame *frame, uint32_t i, phrase_parts *parts) {
    uint32_t match = reading->role_match[i], spot = reading->spot_at[i];
    if (i >= frame->skip && i < frame->skip_end) return;
    if (in_clause(reading, i, frame->head)) return;
    const dln_spot *owner = spot == DLN_NONE ? NULL : &reading->spots[spot];
    if (owner == frame->self && reading->name_match[i] != DLN_NONE && i < frame->first + 1) {
        take_state(reading, &reading->matches[reading->name_match[i]], parts); /* it is the head by mistake */
        return;
    }
    if (owner != NULL && owner != frame->self) {
        if (owner->kind == DATELINE_MENTION_NOMINAL && !may_own(reading, spot)) return;
        if (owner->head != i && owner->first != i) return;
        if (i < frame->head && !parts->before) parts->owner = spot;
        if (i < frame->head) parts->before = true;
        take_owner(reading, owner, parts);
        parts->native = parts->native || (i < frame->head && parts->has_country);
        return;
    }
    if (match != DLN_NONE && match != frame->role && reading->matches[match].first == i && i < frame->head) {
        take_inner_role(reading, &reading->matches[match], parts);
    }
}

static void take_role(const dln_reading *reading, uint32_t role, uint32_t head, phrase_parts *parts) {
    uint32_t entry = DLN_NONE;
    const dln_match *match = &reading->matches[role];
    if (!role_noun(reading, match, &entry)) {
        take_modifier(reading, match, parts);
        return;
    }
    dln_form form = dln_world_form(reading->resolver, entry);
    parts->role = dln_world_codes(reading->resolver, entry);
    parts->has_role = true;
    parts->speaker = form == DLN_FORM_SPOKESMAN;
    parts->follower = dln_world_is(reading->resolver, dln_reading_token(reading, head)->lemma, DLN_USE_FOLLOWER);
    parts->weak = parts->speaker || form == DLN_FORM_MEMBER ||
                  dln_world_is(reading->resolver, dln_reading_token(reading, head)->lemma, DLN_USE_WEAK);
    if (match->count > 1 && !parts->speaker && form != DLN_FORM_MEMBER) parts->weak = false; /* 'foreign secretary' */
}

static void set_sectors(dln_codes *out, const phrase_parts *parts) {
    const dln_codes *from = &parts->role;
    if (parts->follower && parts->has_body && parts->body_is_person) {
        dln_codes_add_sector(out, "CVL");
        return;
    }
    if (parts->weak && parts->has_body && parts->body.sector_count > 0) from = &parts->body;
    if (from->sector_count == 0 && parts->has_body) from = &parts->body;
    for (uint8_t i = 0; i < from->sector_count; i++) dln_codes_add_sector(out, from->sector[i]);
    if (out->sector_count == 0 && parts->speaker && parts->has_country) dln_codes_add_sector(out, "GOV");
    if (parts->set[0] != 0 && (parts->weak || out->sector_count == 0)) dln_codes_set_sector(out, parts->set);
    if (dln_code_is_international(out->code)) out->sector_count = 0;
    if (out->sector_count > 0 && strcmp(out->sector[0], "UNK") == 0) memset(out->code, 0, sizeof out->code);
    if (parts->former) dln_codes_set_sector(out, "ELI");
    else if (parts->added[0] != 0) dln_codes_add_sector(out, parts->added);
}

static dln_codes compose(const phrase_parts *parts) {
    dln_codes out = { 0 };
    bool stranger = parts->native && parts->body_is_person; /* 'her Togolese counterpart' is not of her country */
    if (parts->has_body && !stranger) memcpy(out.code, parts->body.code, sizeof out.code);
    if (out.code[0] == 0 && parts->has_country) memcpy(out.code, parts->country.code, sizeof out.code);
    if (out.code[0] == 0 && parts->has_role) memcpy(out.code, parts->role.code, sizeof out.code);
    set_sectors(&out, parts);
    for (uint8_t i = 0; i < parts->country.sector_count; i++) { /* a state that few recognise: PRE */
        if (parts->has_country && strcmp(parts->country.sector[i], "PRE") == 0) dln_codes_add_sector(&out, "PRE");
    }
    if (!parts->former && !parts->no_office) out.office = parts->role.office;
    return out;
}

static phrase_parts read_phrase(dln_reading *reading, const phrase_frame *frame) {
    phrase_parts parts = { 0 };
    if (frame->role != DLN_NONE) {
        const dln_match *match = &reading->matches[frame->role];
        uint32_t head = match->first + match->count - 1;
        take_role(reading, frame->role, head, &parts);
    }
    for (uint32_t i = frame->head; i-- > frame->first;) take_token(reading, frame, i, &parts); /* the nearest first */
    for (uint32_t i = frame->head; i < frame->end; i++) take_token(reading, frame, i, &parts);
    return parts;
}

/* A country's adjective or name, or a body's name, right before a phrase belongs to it even where the tree hangs it
 * elsewhere: 'Kenyan President', 'UN Secretary-General'; but not 'in Kenya President …'. */
static uint32_t take_nationality(const dln_reading *reading, uint32_t first, const dln_spot *spot) {
    if (first == 0 || reading->sentence_of[first - 1] != spot->sentence) return first;
    uint32_t match = reading->name_match[first - 1], entry = DLN_NONE;
    bool ordinal = match == DLN_NONE && first > 1 && dln_reading_token(reading, first - 1)->upos == DATELINE_UPOS_ADJ;
    if (ordinal) match = reading->name_match[first - 2]; /* 'Cambodian Second Prime Minister' */
    if (match == DLN_NONE || reading->sentence_of[reading->matches[match].first] != spot->sentence) return first;
    const dln_match *owner = &reading->matches[match];
    if (form_is(reading, owner, DLN_FORM_ADJECTIVE, &entry)) return owner->first;
    bool state = dln_match_state(reading->resolver, owner) != DLN_NONE;
    if (!state && dln_world_kind(reading->resolver, owner->entries[0]) != DLN_KIND_ORGANISATION) return first;
    bool modifier = first - 1 == spot->head || dln_reading_rel(reading, first - 1, "compound") ||
                    dln_str_is(dln_reading_token(reading, first - 1)->deprel, "nmod:desc");
    bool titled = spot->kind == DATELINE_MENTION_NAME;
    bool where =
        state && owner->first > 0 && dln_world_is(reading->resolver, reading->words[owner->first - 1], DLN_USE_OWNER);
    return modifier || (titled && !where) ? owner->first : first;
}

/* ---------------------------------------------------------------- nominals */

/* 'Mr', 'queen', 'spokeswoman' before a name or as a noun. */
static dln_gender gender_in(const dln_reading *reading, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++) {
        const dln_word *word = dln_world_word(reading->resolver, dln_reading_token(reading, i)->lemma);
        if (word != NULL && (word->uses & DLN_USE_GENDERED) != 0) return word->gender;
    }
    return DLN_GENDER_NONE;
}

static bool stands_for_person(const dln_reading *reading, const dln_spot *spot) {
    uint32_t entry = DLN_NONE;
    return spot->role == DLN_NONE || !role_noun(reading, &reading->matches[spot->role], &entry) ||
           dln_world_type(reading->resolver, entry) == DATELINE_ENTITY_PERSON;
}

static void code_nominal(dln_reading *reading, dln_spot *spot) {
    if (spot->coded) return;
    spot->coded = true;
    if (spot->role != DLN_NONE) {
        uint32_t first = take_nationality(reading, spot->phrase_first, spot);
        spot->phrase_count += spot->phrase_first - first;
        spot->count += spot->phrase_first - first;
        spot->phrase_first = spot->first = first;
    }
    phrase_frame frame = { .first = spot->phrase_first,
                           .end = spot->phrase_first + spot->phrase_count,
                           .head = spot->head,
                           .role = spot->role,
                           .self = spot };
    uint32_t possessor = dln_tree_child(&reading->tree, spot->head, "nmod:poss");
    phrase_parts parts = read_phrase(reading, &frame);
    if (possessor != DLN_NONE && possessor < spot->phrase_first && reading->spot_at[possessor] != DLN_NONE) {
        take_owner(reading, &reading->spots[reading->spot_at[possessor]], &parts); /* 'his' spokesman */
    }
    spot->codes = compose(&parts);
    bool body = parts.has_body && !parts.body_is_person && parts.body.name.len > 0;
    if (body && (spot->number == 2 || !stands_for_person(reading, spot))) { /* 'FBI agents' stand for the FBI */
        spot->codes.name = parts.body.name;
        spot->codes.identifier = parts.body.identifier;
    }
    spot->former = parts.former;
    spot->coded_by_text = true;
    spot->is_actor = parts.has_role;
    if (!parts.has_role && parts.before) spot->stand_in = parts.owner; /* 'Russian help': Russia */
    spot->type = DATELINE_ENTITY_NONE;
    spot->gender = gender_in(reading, spot->head, spot->head + 1);
    uint32_t entry = DLN_NONE;
    if (parts.has_role && role_noun(reading, &reading->matches[spot->role], &entry)) {
        spot->type = dln_world_type(reading->resolver, entry);
        spot->person = spot->type == DATELINE_ENTITY_PERSON;
    }
}

/* ---------------------------------------------------------------- names */

static bool is_title_noun(const dln_reading *reading, uint32_t match) {
    uint32_t entry = DLN_NONE;
    return match != DLN_NONE && role_noun(reading, &reading->matches[match], &entry);
}

uint32_t dln_title_before(const dln_reading *reading, uint32_t first) {
    if (first == 0 || reading->sentence_of[first - 1] != reading->sentence_of[first]) return DLN_NONE;
    if (is_title_noun(reading, reading->role_match[first - 1])) return reading->role_match[first - 1];
    uint32_t land = reading->name_match[first - 1];
    if (land == DLN_NONE || reading->matches[land].first < 2) return DLN_NONE;
    uint32_t mark = reading->matches[land].first - 1, role = reading->role_match[mark - 1];
    bool to = reading->sentence_of[mark - 1] == reading->sentence_of[first] &&
              dln_reading_token(reading, mark)->upos == DATELINE_UPOS_ADP;
    return to && is_title_noun(reading, role) ? role : DLN_NONE;
}

static bool parts_phrases(const dateline_token *token) {
    return token->upos == DATELINE_UPOS_CCONJ || token->upos == DATELINE_UPOS_DET ||
           token->upos == DATELINE_UPOS_VERB || token->upos == DATELINE_UPOS_ADP || dln_token_is_rel(token, "punct");
}

/* A title that the tree did not hang on the name still is one: 'Chief Superintendent Al McHugh'. */
static void reach_title(const dln_reading *reading, dln_spot *spot) {
    if (spot->role == DLN_NONE) return;
    uint32_t end = spot->phrase_first + spot->phrase_count, first = reading->matches[spot->role].first;
    uint32_t title_head = first + reading->matches[spot->role].count - 1, title_first, title_last;
    dln_phrase_span(reading, title_head, true, &title_first, &title_last);
    if (spot->phrase_first < title_first) title_first = spot->phrase_first;
    for (uint32_t i = title_first; i < first; i++) { /* 'Keita and the Chadian leader Deby': from 'Chadian' on */
        if (reading->name_match[i] == DLN_NONE && parts_phrases(dln_reading_token(reading, i))) title_first = i + 1;
    }
    if (title_first < first) first = title_first;
    first = take_nationality(reading, first, spot);
    spot->phrase_first = first;
    spot->phrase_count = end - first;
}

static void choose_entry(const dln_reading *reading, dln_spot *spot, const char *code) {
    uint32_t match = reading->name_match[spot->first];
    if (spot->entry == DLN_NONE || match == DLN_NONE) return;
    const dln_match *m = &reading->matches[match];
    uint32_t entries[DLN_MAX_PHRASE_ENTRIES], count = 0;
    dln_kind kind = DLN_KIND_COUNT; /* a state before a body before a person before a place */
    for (uint32_t i = 0; i < m->entry_count; i++) {
        dln_kind own = dln_world_kind(reading->resolver, m->entries[i]);
        dateline_entity_type type = dln_world_type(reading->resolver, m->entries[i]);
        if (spot->type == DATELINE_ENTITY_PERSON && type != DATELINE_ENTITY_PERSON) continue;
        if (own < kind) count = 0;
        if (own > kind) continue;
        kind = own;
        entries[count++] = m->entries[i];
    }
    if (kind == DLN_KIND_PLACE) {
        spot->entry = dln_place_choose(reading, m, dln_place_outer(reading, m->first + m->count));
        return;
    }
    spot->entry = count == 0 ? DLN_NONE : dln_world_choose(reading->resolver, entries, count, reading->doc->date, code);
}

/* A country by any of its words: the state itself. */
static void code_country(const dln_reading *reading, dln_spot *spot) {
    const dln_resolver *resolver = reading->resolver;
    dln_form form = dln_world_form(resolver, spot->entry);
    dln_codes own = dln_world_codes(resolver, spot->entry), state = dln_world_country(resolver, own.code);
    spot->codes = own;
    if (state.name.len > 0) {
        spot->codes.name = state.name;
        spot->codes.identifier = state.identifier;
    }
    bool rules = own.sector_count > 0 && strcmp(own.sector[0], "GOV") == 0;
    if (form == DLN_FORM_SEAT && rules) spot->codes.sector_count = 0; /* it stands for the state */
    const dateline_token *t = dln_reading_token(reading, spot->head);
    bool people = form == DLN_FORM_DEMONYM || form == DLN_FORM_ADJECTIVE;
    bool noun = t->upos == DATELINE_UPOS_NOUN || t->upos == DATELINE_UPOS_PROPN;
    bool modifier = dln_token_is_rel(t, "amod") || dln_token_is_rel(t, "compound") || dln_token_is_rel(t, "nmod:desc");
    spot->type = people ? DATELINE_ENTITY_NORP : DATELINE_ENTITY_GPE;
    if (people && noun && !modifier) dln_codes_add_sector(&spot->codes, "CVL");
}

/* Lexicon and title together: the lexicon knows the person as of the day; the text knows better what it says. */
static void merge_title(const dln_reading *reading, dln_spot *spot, const phrase_parts *parts) {
    dln_codes title = compose(parts), known = { 0 };
    if (spot->entry != DLN_NONE) {
        known = dln_world_as_of(reading->resolver, spot->entry, reading->doc->date);
        bool other = title.code[0] != 0 && known.code[0] != 0 && strcmp(title.code, known.code) != 0;
        if (other && spot->count == 1) { /* a namesake from elsewhere */
            spot->entry = DLN_NONE;
            known = (dln_codes){ 0 };
        }
    }
    bool out = known.sector_count > 0 && strcmp(known.sector[0], "ELI") == 0;
    spot->codes = known;
    spot->former = parts->former || (out && title.sector_count == 0);
    if (known.code[0] == 0) memcpy(spot->codes.code, title.code, sizeof title.code);
    if (title.sector_count > 0 && (known.sector_count == 0 || out || parts->former)) {
        memcpy(spot->codes.sector, title.sector, sizeof title.sector);
        spot->codes.sector_count = title.sector_count;
        spot->coded_by_text = true;
    }
    if (dln_code_is_international(spot->codes.code)) spot->codes.sector_count = 0;
    if (spot->codes.office.len == 0) spot->codes.office = title.office;
    if (parts->former) spot->codes.office = (dateline_str){ 0 };
}

/* 'Presidents' of 'Presidents Keita and Deby' belongs to both names: it stays out of the phrase. */
static void leave_plural_title(const dln_reading *reading, dln_spot *spot) {
    const dln_match *title = &reading->matches[spot->role];
    const dateline_token *t = dln_reading_token(reading, title->first + title->count - 1);
    if (!dln_token_has_feat(t, "Number=Plur")) return;
    spot->phrase_count -= spot->first - spot->phrase_first;
    spot->phrase_first = spot->first;
}

/* 'Boris Yeltsin of Russia': the match of the country. */
static uint32_t country_behind(const dln_reading *reading, const dln_spot *spot) {
    uint32_t at = spot->first + spot->count;
    if (at + 1 >= reading->doc->tokens.count || !dln_str_is(reading->words[at], "of")) return DLN_NONE;
    if (dln_reading_token(reading, at + 1)->upos == DATELINE_UPOS_DET && at + 2 < reading->doc->tokens.count) at++;
    uint32_t match = reading->name_match[at + 1];
    if (match == DLN_NONE || reading->sentence_of[at + 1] != spot->sentence) return DLN_NONE;
    uint32_t state = dln_match_state(reading->resolver, &reading->matches[match]);
    return state != DLN_NONE && dln_world_form(reading->resolver, state) == DLN_FORM_NAME ? match : DLN_NONE;
}

static void code_person(dln_reading *reading, dln_spot *spot) {
    spot->role = dln_title_before(reading, spot->first);
    reach_title(reading, spot);
    uint32_t country = country_behind(reading, spot);
    phrase_frame frame = {
        .first = spot->phrase_first, .end = spot->first, .head = spot->first, .role = spot->role, .self = spot
    };
    phrase_parts parts = read_phrase(reading, &frame);
    if (country != DLN_NONE && !parts.has_country) {
        take_state(reading, &reading->matches[country], &parts);
        spot->phrase_count = reading->matches[country].first + reading->matches[country].count - spot->phrase_first;
    }
    if (spot->role != DLN_NONE) leave_plural_title(reading, spot);
    choose_entry(reading, spot, parts.has_country ? parts.country.code : "");
    merge_title(reading, spot, &parts);
    spot->type = DATELINE_ENTITY_PERSON;
    spot->person = true;
    spot->gender = gender_in(reading, spot->phrase_first, spot->first);
    if (spot->gender == DLN_GENDER_NONE && spot->count > 1) { /* by the given name */
        const dln_word *word = dln_world_word(reading->resolver, reading->words[spot->first]);
        if (word != NULL && (word->uses & DLN_USE_GIVEN) != 0) spot->gender = word->gender;
    }
    if (spot->gender == DLN_GENDER_NONE && spot->entry != DLN_NONE) {
        spot->gender = dln_world_gender(reading->resolver, spot->entry);
    }
}

/* 'for Korean Studies' in a body's name says what it is about, 'of Kenya' whose it is. */
static bool is_about(const dln_reading *reading, uint32_t token) {
    uint32_t before = token - 1;
    if (dln_reading_token(reading, before)->upos == DATELINE_UPOS_DET && before > 0) before--;
    const dateline_token *t = dln_reading_token(reading, before);
    return t->upos == DATELINE_UPOS_ADP && !dln_str_equal_nocase(reading->words[before], DLN_STR("of"));
}

/* A body: from the lexicon, else by the role words and countries in and before its name. */
static void code_body(dln_reading *reading, dln_spot *spot) {
    choose_entry(reading, spot, "");
    if (spot->entry != DLN_NONE) {
        spot->codes = dln_world_as_of(reading->resolver, spot->entry, reading->doc->date);
        if (dln_world_kind(reading->resolver, spot->entry) == DLN_KIND_PLACE) spot->codes.sector_count = 0;
    }
    phrase_parts parts = { 0 };
    for (uint32_t i = spot->phrase_first; i < spot->first; i++) {
        if (reading->name_match[i] != DLN_NONE) take_state(reading, &reading->matches[reading->name_match[i]], &parts);
    }
    bool foreign = parts.has_country && spot->codes.code[0] != 0 && !dln_code_is_international(spot->codes.code) &&
                   strcmp(parts.country.code, spot->codes.code) != 0; /* 'Chile's Defence Department' */
    if (foreign) {
        spot->entry = DLN_NONE;
        spot->codes = (dln_codes){ 0 };
    }
    if (spot->codes.code[0] != 0) return;
    for (uint32_t i = spot->first + spot->count; i-- > spot->phrase_first;) {
        uint32_t role = reading->role_match[i], name = reading->name_match[i];
        uint32_t entry = DLN_NONE;
        if (role != DLN_NONE && !parts.has_role && role_noun(reading, &reading->matches[role], &entry)) {
            take_role(reading, role, i, &parts);
        }
        if (name == DLN_NONE || parts.has_country || reading->matches[name].first != i) continue;
        if (i > spot->first && is_about(reading, i)) continue;
        take_state(reading, &reading->matches[name], &parts);
    }
    parts.weak = false;
    dln_codes codes = compose(&parts);
    codes.name = spot->codes.name;
    codes.identifier = spot->codes.identifier;
    if (spot->codes.sector_count > 0) memcpy(codes.sector, spot->codes.sector, sizeof codes.sector);
    if (spot->codes.sector_count > 0) codes.sector_count = spot->codes.sector_count;
    spot->codes = codes;
}

static bool entry_is(const dln_reading *reading, const dln_spot *spot, dln_kind kind) {
    uint32_t match = reading->name_match[spot->first];
    if (spot->entry == DLN_NONE || match == DLN_NONE) return false;
    for (uint32_t i = 0; i < reading->matches[match].entry_count; i++) {
        if (dln_world_kind(reading->resolver, reading->matches[match].entries[i]) == kind) return true;
    }
    return false;
}

/* Whether the word is also a person's name by the lexicon. */
static bool is_ambiguous(const dln_reading *reading, const dln_spot *spot) {
    uint32_t match = reading->name_match[spot->first];
    for (uint32_t i = 0; match != DLN_NONE && i < reading->matches[match].entry_count; i++) {
        uint32_t entry = reading->matches[match].entries[i];
        for (uint32_t k = 0; k < dln_entry_value_count(reading->resolver->lexicon, entry, "ambiguous"); k++) {
            dateline_str what = dln_entry_value(reading->resolver->lexicon, entry, "ambiguous", k);
            if (dln_str_is(what, "person")) return true;
        }
    }
    return false;
}

enum { MAX_LOOK_BACK = 1000 };

/* Whether a person named in full before has this word in the name: 'Jordan' after 'Hamilton Jordan'. The press does not
 * call anybody by one name before it has given both. */
static bool is_short_for(const dln_reading *reading, const dln_spot *spot) {
    uint32_t number = reading->spot_at[spot->head], from = number > MAX_LOOK_BACK ? number - MAX_LOOK_BACK : 0;
    for (uint32_t i = from; number != DLN_NONE && i < number; i++) {
        const dln_spot *other = &reading->spots[i];
        if (other->kind != DATELINE_MENTION_NAME || other->type != DATELINE_ENTITY_PERSON || other->count < 2) continue;
        if (dln_str_equal(reading->words[other->first], reading->words[spot->first]) ||
            dln_str_equal(reading->words[other->first + other->count - 1], reading->words[spot->first])) {
            return true;
        }
    }
    return false;
}

static void code_name(dln_reading *reading, dln_spot *spot) {
    spot->is_actor = true;
    bool titled = dln_title_before(reading, spot->first) != DLN_NONE;
    bool country = entry_is(reading, spot, DLN_KIND_COUNTRY);
    bool actor = entry_is(reading, spot, DLN_KIND_ACTOR);
    bool place = entry_is(reading, spot, DLN_KIND_PLACE), body = entry_is(reading, spot, DLN_KIND_ORGANISATION);
    bool person = spot->type == DATELINE_ENTITY_PERSON && is_ambiguous(reading, spot) &&
                  (titled || spot->count > 1 || is_short_for(reading, spot));
    if (country && !person && !(titled && actor)) {
        spot->type = DATELINE_ENTITY_NONE;
        choose_entry(reading, spot, "");
        if (dln_world_kind(reading->resolver, spot->entry) == DLN_KIND_COUNTRY) {
            code_country(reading, spot);
            return;
        }
    }
    bool unknown = spot->type == DATELINE_ENTITY_NONE && !place && !body;
    bool sure = spot->count > 1 || (!titled && !is_ambiguous(reading, spot));
    if (body && !actor && sure) spot->type = DATELINE_ENTITY_NONE; /* whatever the tagger took it for */
    if (spot->type == DATELINE_ENTITY_PERSON || actor || (unknown && titled)) code_person(reading, spot);
    else {
        code_body(reading, spot);
        if (spot->entry != DLN_NONE) spot->type = dln_world_type(reading->resolver, spot->entry);
    }
}

void dln_codes_of_spot(dln_reading *reading, dln_spot *spot) {
    if (spot->kind == DATELINE_MENTION_NAME) code_name(reading, spot);
    else if (spot->kind == DATELINE_MENTION_NOMINAL) code_nominal(reading, spot);
}
