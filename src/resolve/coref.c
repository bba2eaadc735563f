/* SPDX-License-Identifier: Apache-2.0
 * coref.c: which spots are one: names with names, role nouns with names, pronouns with either. Precision first: what is
 * not near and fitting stays an entity of its own. Every search looks back over a bounded number of spots. */
#include "resolve/resolve_internal.h"

enum { NAME_WINDOW = 120, PRONOUN_WINDOW = 40, PRONOUN_SENTENCES = 2 };

/* ---------------------------------------------------------------- clusters */

uint32_t dln_cluster_add(dln_reading *reading, const dln_cluster *cluster) {
    if (!dln_array_push(&reading->cluster_list, cluster)) return DLN_NONE;
    reading->clusters = reading->cluster_list.items;
    return reading->cluster_count++;
}

/* A cluster of one spot, with the members of a plural. */
static void new_cluster(dln_reading *reading, uint32_t spot_index) {
    dln_spot *spot = &reading->spots[spot_index];
    dln_cluster cluster = { .type = spot->type,
                            .kind = spot->kind,
                            .name_spot = spot->kind == DATELINE_MENTION_NAME ? spot_index : DLN_NONE,
                            .first_spot = spot_index,
                            .last_spot = spot_index,
                            .entry = spot->entry,
                            .codes = spot->codes,
                            .gender = spot->gender,
                            .number = spot->number,
                            .person = spot->person,
                            .former = spot->former,
                            .coded_by_text = spot->coded_by_text,
                            .role = spot->role,
                            .member_first = spot->member_first,
                            .member_count = spot->member_count,
                            .entity = DLN_NONE };
    spot->cluster = dln_cluster_add(reading, &cluster);
}

/* What the new mention says and the cluster does not know yet. */
static void learn(dln_cluster *cluster, const dln_spot *spot) {
    dln_codes *codes = &cluster->codes;
    if (codes->code[0] == 0) memcpy(codes->code, spot->codes.code, sizeof codes->code);
    bool says =
        spot->codes.sector_count > 0 && (spot->kind == DATELINE_MENTION_NAME || spot->person || !cluster->person);
    if (says && (codes->sector_count == 0 || (spot->coded_by_text && !cluster->coded_by_text && spot->former))) {
        memcpy(codes->sector, spot->codes.sector, sizeof codes->sector);
        codes->sector_count = spot->codes.sector_count;
        cluster->coded_by_text = spot->coded_by_text;
    }
    if (dln_code_is_international(codes->code)) codes->sector_count = 0;
    if (codes->office.len == 0) codes->office = spot->codes.office;
    if (codes->name.len == 0) codes->name = spot->codes.name;
    if (codes->identifier.len == 0) codes->identifier = spot->codes.identifier;
    if (cluster->entry == DLN_NONE) cluster->entry = spot->entry;
    if (cluster->gender == DLN_GENDER_NONE) cluster->gender = spot->gender;
    if (cluster->type == DATELINE_ENTITY_NONE) cluster->type = spot->type;
    if (spot->role != DLN_NONE) cluster->role = spot->role;
    cluster->person = cluster->person || spot->person;
}

static void join(dln_reading *reading, uint32_t spot_index, uint32_t cluster_index) {
    dln_spot *spot = &reading->spots[spot_index];
    dln_cluster *cluster = &reading->clusters[cluster_index];
    learn(cluster, spot);
    if (spot_index > cluster->last_spot) cluster->last_spot = spot_index;
    if (spot_index < cluster->first_spot) cluster->first_spot = spot_index;
    bool names = spot->kind == DATELINE_MENTION_NAME;
    if (names && (cluster->name_spot == DLN_NONE || spot->count > reading->spots[cluster->name_spot].count)) {
        cluster->name_spot = spot_index;
    }
    if (names) cluster->kind = DATELINE_MENTION_NAME;
    spot->cluster = cluster_index;
}

uint32_t dln_cluster_of_token(const dln_reading *reading, uint32_t token) {
    uint32_t spot = token < reading->doc->tokens.count ? reading->spot_at[token] : DLN_NONE;
    return spot == DLN_NONE ? DLN_NONE : reading->spots[spot].cluster;
}

/* ---------------------------------------------------------------- names */

typedef struct {
    dln_reading *reading;
    dln_map full, part; /* folded names; single words of persons' names and abbreviations */
    dln_buf key;
} name_index;

/* The key of tokens [first, end): folded words without punctuation, `tag` before them. In the scratch arena. */
static dateline_str name_key(name_index *index, char tag, uint32_t first, uint32_t end) {
    dln_buf_clear(&index->key);
    dln_buf_add_char(&index->key, tag);
    for (uint32_t i = first; i < end; i++) {
        dateline_str word = index->reading->words[i];
        if (dln_char_is_punct(dln_utf8_at(word, 0))) continue;
        dln_buf_add_char(&index->key, ' ');
        size_t from = index->key.len;
        dln_text_fold(&index->key, word);
        for (size_t k = from; k < index->key.len; k++) { /* 'Jong-un' as 'Jong un' */
            if (index->key.ptr[k] == '-') index->key.ptr[k] = ' ';
        }
    }
    return dln_buf_str(&index->key);
}

static uint32_t look_up(const dln_map *map, dateline_str key) {
    const uint32_t *cluster = dln_map_get(map, key);
    return cluster == NULL ? DLN_NONE : *cluster;
}

static void remember(name_index *index, dln_map *map, dateline_str key, uint32_t cluster) {
    bool is_new = false;
    uint32_t *known = dln_map_get(map, key);
    if (known == NULL) known = dln_map_put(map, dln_arena_str(index->reading->scratch, key), &is_new);
    if (known != NULL) *known = cluster;
}

static char class_of(dateline_entity_type type) {
    switch (type) {
    case DATELINE_ENTITY_PERSON: return 'p';
    case DATELINE_ENTITY_NORP: return 'n';
    case DATELINE_ENTITY_ORG: return 'o';
    case DATELINE_ENTITY_NONE: return '?';
    case DATELINE_ENTITY_GPE:
    case DATELINE_ENTITY_LOC:
    case DATELINE_ENTITY_FAC: return 'g';
    default: return 'x';
    }
}

/* Names that the lexicon knows have its canonical name as key, states their code. */
static dateline_str known_key(name_index *index, const dln_spot *spot) {
    bool place = dln_world_kind(index->reading->resolver, spot->entry) == DLN_KIND_PLACE;
    dln_buf_clear(&index->key);
    dln_buf_add_char(&index->key, '=');
    dln_buf_add_char(&index->key, spot->type == DATELINE_ENTITY_NORP ? 'n' : place ? 'l' : ' ');
    dln_buf_add(&index->key, spot->codes.name);
    return dln_buf_str(&index->key);
}

static bool same_class(const dln_cluster *cluster, const dln_spot *spot) {
    if (spot->type == DATELINE_ENTITY_NONE || cluster->type == DATELINE_ENTITY_NONE) return true;
    return class_of(cluster->type) == class_of(spot->type);
}

static bool codes_differ(const dln_codes *a, const dln_codes *b) {
    return a->code[0] != 0 && b->code[0] != 0 && strcmp(a->code, b->code) != 0;
}

/* '(SPLA)' behind 'Sudan People's Liberation Army': the spot before, if the bracket holds nothing else. */
static uint32_t bracketed(const dln_reading *reading, uint32_t spot_index) {
    const dln_spot *spot = &reading->spots[spot_index];
    uint32_t end = spot->first + spot->count;
    if (spot_index == 0 || spot->count != 1 || spot->first < 2 || end >= reading->doc->tokens.count) return DLN_NONE;
    if (!dln_str_is(reading->words[spot->first - 1], "(") || reading->words[end].ptr[0] != ')') return DLN_NONE;
    uint32_t before = reading->spot_at[spot->first - 2];
    if (before == DLN_NONE || reading->spots[before].kind != DATELINE_MENTION_NAME) return DLN_NONE;
    const dln_spot *whole = &reading->spots[before];
    if (whole->count < 2 || whole->cluster == DLN_NONE) return DLN_NONE;
    return dln_char_is_upper(dln_utf8_at(reading->words[whole->first], 0)) ? whole->cluster : DLN_NONE;
}

/* One word that may be a person's family name. */
static bool is_short(const dln_spot *spot) {
    bool open = spot->entry == DLN_NONE && (spot->type == DATELINE_ENTITY_ORG || spot->type == DATELINE_ENTITY_GPE ||
                                            spot->type == DATELINE_ENTITY_NONE);
    return spot->count == 1 && (spot->person || open);
}

/* The person that a family name alone stands for: the latest full name before that has it, else one after. */
static uint32_t find_short(name_index *index, const dln_spot *spot) {
    const dln_reading *reading = index->reading;
    uint32_t end = spot->first + spot->count, found = look_up(&index->part, name_key(index, 'w', spot->first, end));
    if (found == DLN_NONE) found = look_up(&index->part, name_key(index, 'W', spot->first, end));
    if (found == DLN_NONE) return DLN_NONE;
    const dln_cluster *cluster = &reading->clusters[found];
    bool whole = cluster->person && reading->spots[cluster->name_spot].count > 1;
    bool fits = (whole || same_class(cluster, spot)) &&
                !(spot->role != DLN_NONE && codes_differ(&cluster->codes, &spot->codes));
    bool genders = spot->gender != DLN_GENDER_NONE && cluster->gender != DLN_GENDER_NONE;
    return fits && !(genders && spot->gender != cluster->gender) ? found : DLN_NONE;
}

static uint32_t find_name(name_index *index, uint32_t spot_index) {
    dln_reading *reading = index->reading;
    dln_spot *spot = &reading->spots[spot_index];
    uint32_t end = spot->first + spot->count, found = DLN_NONE;
    if (spot->entry != DLN_NONE) found = look_up(&index->full, known_key(index, spot));
    if (found == DLN_NONE) {
        found = look_up(&index->full, name_key(index, class_of(spot->type), spot->first, end));
    }
    if (found == DLN_NONE) found = bracketed(reading, spot_index);
    if (found != DLN_NONE) return found;
    found = look_up(&index->part, name_key(index, 'a', spot->first, end)); /* abbreviation, or words of a body */
    return found != DLN_NONE && same_class(&reading->clusters[found], spot) && spot->entry == DLN_NONE ? found
                                                                                                       : DLN_NONE;
}

/* The words of a person's full name, under `tag`. */
static void index_words(name_index *index, const dln_spot *spot, char tag) {
    if (!spot->person || spot->cluster == DLN_NONE) return;
    for (uint32_t i = spot->first; i < spot->first + spot->count; i++) {
        if (index->reading->words[i].len < 3) continue;
        remember(index, &index->part, name_key(index, tag, i, i + 1), spot->cluster);
    }
}

static void index_name(name_index *index, uint32_t spot_index) {
    const dln_reading *reading = index->reading;
    const dln_spot *spot = &reading->spots[spot_index];
    uint32_t end = spot->first + spot->count, cluster = spot->cluster;
    dateline_entity_type type = reading->clusters[cluster].type;
    if (spot->entry != DLN_NONE) remember(index, &index->full, known_key(index, spot), cluster);
    remember(index, &index->full, name_key(index, class_of(type), spot->first, end), cluster);
    if (type == DATELINE_ENTITY_ORG && spot->count > 2) {
        remember(index, &index->part, name_key(index, 'a', end - 2, end), cluster);
    }
    if (spot->count == 1) remember(index, &index->part, name_key(index, 'a', spot->first, end), cluster);
}

static void resolve_name(name_index *index, uint32_t spot_index, uint32_t found) {
    dln_reading *reading = index->reading;
    if (found == DLN_NONE) found = find_name(index, spot_index);
    if (found == DLN_NONE) new_cluster(reading, spot_index);
    else join(reading, spot_index, found);
    if (reading->spots[spot_index].cluster != DLN_NONE) index_name(index, spot_index);
}

/* The lexicon's person of that family name is not meant here. */
static void forget_entry(dln_reading *reading, dln_spot *spot) {
    spot->entry = DLN_NONE;
    spot->codes = (dln_codes){ 0 };
    spot->coded_by_text = false;
    dln_codes_of_spot(reading, spot);
}

/* A family name alone means the ruler of that name only while he rules, or with his title. */
static void doubt_ruler(dln_reading *reading, dln_spot *spot) {
    if (spot->entry == DLN_NONE || spot->role != DLN_NONE) return;
    if (!dln_world_in_force(reading->resolver, spot->entry, reading->doc->date)) forget_entry(reading, spot);
}

/* 'Clinton' after 'Hillary Clinton' is not the lexicon's Bill Clinton. */
static void doubt_namesake(dln_reading *reading, dln_spot *spot, const dln_cluster *cluster) {
    if (spot->entry == DLN_NONE || dln_str_equal(cluster->codes.name, spot->codes.name)) return;
    forget_entry(reading, spot);
}

/* Full names first: 'Clinton' in a headline is whoever has that name in the text below. */
static void resolve_names(name_index *index) {
    dln_reading *reading = index->reading;
    for (uint32_t i = 0; i < reading->spot_count; i++) {
        if (reading->spots[i].kind == DATELINE_MENTION_NAME) dln_codes_of_spot(reading, &reading->spots[i]);
    }
    for (uint32_t i = 0; i < reading->spot_count; i++) {
        dln_spot *spot = &reading->spots[i];
        if (spot->kind != DATELINE_MENTION_NAME || is_short(spot)) continue;
        resolve_name(index, i, DLN_NONE);
        index_words(index, &reading->spots[i], 'W');
    }
    for (uint32_t i = 0; i < reading->spot_count; i++) {
        dln_spot *spot = &reading->spots[i];
        if (spot->kind != DATELINE_MENTION_NAME) continue;
        if (spot->cluster == DLN_NONE) {
            uint32_t found = find_short(index, spot);
            if (found != DLN_NONE) doubt_namesake(reading, spot, &reading->clusters[found]);
            else if (spot->person) doubt_ruler(reading, spot);
            resolve_name(index, i, found);
        } else index_words(index, spot, 'w');
    }
}

/* ---------------------------------------------------------------- role nouns */

static dateline_str role_word(const dln_reading *reading, uint32_t role) {
    const dln_match *match = &reading->matches[role];
    uint32_t last = match->first + match->count - 1;
    dateline_str lemma = dln_reading_token(reading, last)->lemma;
    return lemma.len > 0 ? lemma : reading->words[last];
}

static dateline_str last_word(dateline_str text) {
    size_t at = text.len;
    while (at > 0 && text.ptr[at - 1] != ' ') at--;
    return dln_str_slice(text, at, text.len);
}

static bool office_is_head(const dln_reading *reading, dateline_str office) {
    return dln_world_is(reading->resolver, office, DLN_USE_HEAD) ||
           dln_world_is(reading->resolver, last_word(office), DLN_USE_HEAD);
}

static bool is_head(const dln_reading *reading, uint32_t role) {
    if (role == DLN_NONE) return false;
    dln_codes codes = dln_world_codes(reading->resolver, reading->matches[role].entries[0]);
    return dln_world_is(reading->resolver, role_word(reading, role), DLN_USE_HEAD) ||
           (codes.office.len > 0 && office_is_head(reading, codes.office));
}

static bool is_speaker(const dln_reading *reading, uint32_t role) {
    const dln_match *match = &reading->matches[role];
    for (uint32_t i = 0; i < match->entry_count; i++) {
        if (dln_world_form(reading->resolver, match->entries[i]) == DLN_FORM_SPOKESMAN) return true;
    }
    return false;
}

bool dln_cluster_is_head(const dln_reading *reading, const dln_cluster *cluster) {
    return cluster->person && !cluster->former &&
           (is_head(reading, cluster->role) || office_is_head(reading, cluster->codes.office));
}

/* Whether a cluster may be called by the role noun of `spot`: the same word, both heads of state, or its office. */
static bool fits_role(const dln_reading *reading, const dln_cluster *cluster, const dln_spot *spot) {
    dateline_str word = role_word(reading, spot->role), office = last_word(cluster->codes.office);
    bool head = is_head(reading, spot->role) && spot->codes.office.len == 0; /* 'leader', not 'president' */
    bool offices = spot->codes.office.len > 0 && cluster->codes.office.len > 0;
    if (offices) return dln_str_equal_nocase(spot->codes.office, cluster->codes.office);
    if (office.len > 0 && dln_str_equal_nocase(office, word)) return true;
    if (head && office_is_head(reading, cluster->codes.office)) return true;
    if (cluster->role == DLN_NONE) return false;
    if (dln_str_equal_nocase(role_word(reading, cluster->role), word)) return true;
    if (is_speaker(reading, cluster->role) && is_speaker(reading, spot->role)) return true;
    return head && is_head(reading, cluster->role);
}

static bool may_be_person(const dln_reading *reading, const dln_cluster *cluster, const dln_spot *spot) {
    bool genders = spot->gender != DLN_GENDER_NONE && cluster->gender != DLN_GENDER_NONE;
    return cluster->person && cluster->number == 1 && cluster->member_count == 0 &&
           !(genders && spot->gender != cluster->gender) && !codes_differ(&cluster->codes, &spot->codes) &&
           fits_role(reading, cluster, spot);
}

/* The latest person before that the role noun fits. */
static uint32_t person_before(const dln_reading *reading, uint32_t spot_index) {
    const dln_spot *spot = &reading->spots[spot_index];
    for (uint32_t j = spot_index, n = 0; j-- > 0 && n < NAME_WINDOW; n++) {
        uint32_t cluster = reading->spots[j].cluster;
        if (cluster == DLN_NONE || reading->spots[j].kind == DATELINE_MENTION_PRONOUN) continue;
        if (may_be_person(reading, &reading->clusters[cluster], spot)) return cluster;
    }
    return DLN_NONE;
}

/* The only named person of the rest of the doc with the same country and role: 'a Kremlin spokesman said … Peskov'. */
static uint32_t person_after(const dln_reading *reading, uint32_t spot_index) {
    const dln_spot *spot = &reading->spots[spot_index];
    uint32_t found = DLN_NONE;
    if (spot->codes.code[0] == 0) return DLN_NONE;
    for (uint32_t j = spot_index + 1, n = 0; j < reading->spot_count && n < NAME_WINDOW; j++, n++) {
        uint32_t cluster = reading->spots[j].cluster;
        if (reading->spots[j].kind != DATELINE_MENTION_NAME || cluster == DLN_NONE || cluster == found) continue;
        const dln_cluster *other = &reading->clusters[cluster];
        if (!may_be_person(reading, other, spot) || strcmp(other->codes.code, spot->codes.code) != 0) continue;
        if (found != DLN_NONE) return DLN_NONE;
        found = cluster;
    }
    return found;
}

/* 'Dmitry Peskov, the Kremlin spokesman' and the other way round. */
static uint32_t in_apposition(dln_reading *reading, uint32_t spot_index) {
    const dln_spot *spot = &reading->spots[spot_index];
    const dateline_token *t = dln_reading_token(reading, spot->head);
    uint32_t child = dln_tree_child(&reading->tree, spot->head, "appos");
    uint32_t others[2] = { dln_token_is_rel(t, "appos") ? t->head : DLN_NONE, child };
    for (int i = 0; i < 2; i++) {
        uint32_t other = others[i] == DLN_NONE ? DLN_NONE : reading->spot_at[others[i]];
        if (other == DLN_NONE || other == spot_index) continue;
        const dln_spot *name = &reading->spots[other];
        bool fits = name->kind == DATELINE_MENTION_NAME && name->cluster != DLN_NONE && name->number == spot->number;
        if (!fits) continue;
        if (spot->person && !name->person && name->entry == DLN_NONE) { /* the tagger took a person for a place */
            reading->clusters[name->cluster].type = DATELINE_ENTITY_PERSON;
            return name->cluster;
        }
        if (spot->person == name->person || spot->type == DATELINE_ENTITY_NONE) return name->cluster;
    }
    return DLN_NONE;
}

/* 'Amina Diallo, leader of Mali,' where the tree says something else: the name right before the comma. */
static uint32_t behind_comma(const dln_reading *reading, uint32_t spot_index) {
    const dln_spot *spot = &reading->spots[spot_index];
    uint32_t first = spot->phrase_first, end = spot->phrase_first + spot->phrase_count;
    if (first > 1 && dln_reading_token(reading, first - 1)->upos == DATELINE_UPOS_DET) first--;
    if (first < 2 || !spot->person || spot->number != 1 || !dln_str_is(reading->words[first - 1], ",")) return DLN_NONE;
    uint32_t before = reading->spot_at[first - 2];
    bool closed = end >= reading->doc->tokens.count || dln_reading_token(reading, end)->upos == DATELINE_UPOS_PUNCT;
    if (before == DLN_NONE || !closed || dln_tree_child(&reading->tree, spot->head, "cc") < spot->head) return DLN_NONE;
    const dln_spot *name = &reading->spots[before];
    bool ends_there = name->first + name->count == first - 1 && name->sentence == spot->sentence;
    return ends_there && name->kind == DATELINE_MENTION_NAME && name->person ? name->cluster : DLN_NONE;
}

/* 'the group', 'the party': the latest organisation before. */
static uint32_t body_before(const dln_reading *reading, uint32_t spot_index) {
    const dln_spot *spot = &reading->spots[spot_index];
    for (uint32_t j = spot_index, n = 0; j-- > 0 && n < PRONOUN_WINDOW; n++) {
        const dln_spot *other = &reading->spots[j];
        if (other->cluster == DLN_NONE || other->kind != DATELINE_MENTION_NAME) continue;
        const dln_cluster *cluster = &reading->clusters[other->cluster];
        if (cluster->type == DATELINE_ENTITY_ORG && !codes_differ(&cluster->codes, &spot->codes)) return other->cluster;
    }
    return DLN_NONE;
}

static bool same_words(const dln_reading *reading, const dln_spot *a, const dln_spot *b) {
    if (a->phrase_count != b->phrase_count) return false;
    for (uint32_t i = 0; i < a->phrase_count; i++) {
        dateline_str x = reading->words[a->phrase_first + i], y = reading->words[b->phrase_first + i];
        if (!dln_str_equal_nocase(x, y)) return false;
    }
    return true;
}

/* 'the agency' after 'Kenya News Agency'. */
static bool ends_in(const dln_reading *reading, const dln_spot *name, dateline_str lemma) {
    return name->kind == DATELINE_MENTION_NAME && name->count > 1 && !name->person &&
           dln_str_equal_nocase(reading->words[name->first + name->count - 1], lemma);
}

/* The same noun said before of nobody else: 'the rebels' after 'rebels'. */
static uint32_t nominal_before(const dln_reading *reading, uint32_t spot_index) {
    const dln_spot *spot = &reading->spots[spot_index];
    dateline_str lemma = dln_reading_token(reading, spot->head)->lemma;
    for (uint32_t j = spot_index, n = 0; j-- > 0 && n < NAME_WINDOW; n++) {
        const dln_spot *other = &reading->spots[j];
        if (other->cluster == DLN_NONE) continue;
        if (spot->definite && ends_in(reading, other, lemma)) return other->cluster;
        if (other->kind != DATELINE_MENTION_NOMINAL) continue;
        if (other->number != spot->number || codes_differ(&other->codes, &spot->codes)) continue;
        bool same = dln_str_equal_nocase(lemma, dln_reading_token(reading, other->head)->lemma);
        if (same && (spot->phrase_count == 1 || same_words(reading, spot, other))) return other->cluster;
    }
    return DLN_NONE;
}

/* Those who act for a state, or against it, belong to one. */
static bool is_local_sector(const dln_codes *codes) {
    static const char *const sectors[] = { "GOV", "MIL", "COP", "LEG", "JUD", "PTY", "REB", "SPY", "PRM" };
    for (size_t i = 0; codes->sector_count > 0 && i < sizeof sectors / sizeof *sectors; i++) {
        if (strcmp(codes->sector[0], sectors[i]) == 0) return true;
    }
    return false;
}

static bool is_land(const dln_reading *reading, const dln_spot *spot) {
    return spot->kind == DATELINE_MENTION_NAME && spot->type == DATELINE_ENTITY_GPE && spot->entry != DLN_NONE &&
           spot->codes.code[0] != 0 && !dln_code_is_international(spot->codes.code) &&
           dln_world_kind(reading->resolver, spot->entry) != DLN_KIND_ORGANISATION;
}

/* 'in Lagos', 'near the town of …'. */
static bool is_locative(const dln_reading *reading, const dln_spot *spot) {
    uint32_t c = dln_tree_child(&reading->tree, spot->head, "case");
    return c != DLN_NONE && c < spot->head && !dln_str_is(reading->words[c], "of") &&
           dln_world_is(reading->resolver, reading->words[c], DLN_USE_OWNER);
}

/* How often each place name's country was named up to it; by spot. */
static bool count_lands(dln_reading *reading) {
    dln_country_counts counts = { 0 };
    reading->land_count = dln_arena_alloc(reading->scratch, (size_t)reading->spot_count + 1, sizeof(uint32_t));
    if (reading->land_count == NULL) return false;
    for (uint32_t i = 0; i < reading->spot_count; i++) {
        const dln_spot *spot = &reading->spots[i];
        if (!is_land(reading, spot)) continue;
        dln_country_note(&counts, dateline_str_from(spot->codes.code));
        reading->land_count[i] = dln_country_mentions(&counts, dateline_str_from(spot->codes.code));
    }
    return true;
}

/* The country that the text around speaks of, for 'police' and 'Defence Minister Diallo' that name none: the place of
 * the sentence, else what the text up to here names most. */
static void place_locally(dln_reading *reading, uint32_t spot_index, bool by_place) {
    dln_spot *spot = &reading->spots[spot_index];
    const dln_spot *best = NULL;
    uint32_t most = 0;
    for (uint32_t j = spot_index, n = 0; j-- > 0 && n < NAME_WINDOW; n++) {
        const dln_spot *other = &reading->spots[j];
        if (!is_land(reading, other)) continue;
        bool here = by_place && other->sentence == spot->sentence && is_locative(reading, other);
        uint32_t count = here ? UINT32_MAX : reading->land_count[j];
        if (count <= most) continue;
        most = count;
        best = other;
    }
    for (uint32_t j = spot_index + 1, n = 0; j < reading->spot_count && n < PRONOUN_WINDOW; j++, n++) {
        const dln_spot *other = &reading->spots[j];
        if (other->sentence != spot->sentence || most == UINT32_MAX) break;
        if (!is_land(reading, other) || !(is_locative(reading, other) || best == NULL)) continue;
        best = other;
        break;
    }
    if (best != NULL) memcpy(spot->codes.code, best->codes.code, sizeof spot->codes.code);
}

static uint32_t find_nominal(dln_reading *reading, uint32_t spot_index) {
    dln_spot *spot = &reading->spots[spot_index];
    const dln_word *word = dln_world_word(reading->resolver, dln_reading_token(reading, spot->head)->lemma);
    uint32_t uses = word == NULL ? 0 : word->uses, found = DLN_NONE;
    if (spot->role != DLN_NONE) found = in_apposition(reading, spot_index);
    if (found == DLN_NONE && spot->role != DLN_NONE) found = behind_comma(reading, spot_index);
    if (found != DLN_NONE) return found;
    bool role = spot->role != DLN_NONE && spot->is_actor && spot->number == 1;
    if (role && spot->person && !spot->former && (spot->definite || spot->codes.code[0] != 0)) {
        if (spot->definite || !spot->coded_by_text || spot->phrase_count > 1)
            found = person_before(reading, spot_index);
        if (found == DLN_NONE) found = person_after(reading, spot_index);
    }
    if (found == DLN_NONE && (uses & DLN_USE_BODY) != 0 && spot->definite && spot->number == 1 &&
        spot->phrase_count == 1) {
        found = body_before(reading, spot_index);
    }
    if (found == DLN_NONE && spot->is_actor && (spot->definite || spot->number == 2 || !spot->person)) {
        found = nominal_before(reading, spot_index);
    }
    if (found == DLN_NONE && (uses & DLN_USE_LOCAL) != 0 && spot->codes.code[0] == 0)
        place_locally(reading, spot_index, true);
    return found;
}

/* Office holders without a country are of the country spoken of. */
static void place_persons(dln_reading *reading) {
    for (uint32_t i = 0; i < reading->spot_count; i++) {
        dln_spot *spot = &reading->spots[i];
        if (spot->kind != DATELINE_MENTION_NAME || spot->role == DLN_NONE || spot->cluster == DLN_NONE) continue;
        dln_cluster *cluster = &reading->clusters[spot->cluster];
        if (!cluster->person || cluster->codes.code[0] != 0 || cluster->codes.sector_count == 0) continue;
        if (!is_local_sector(&cluster->codes)) continue;
        place_locally(reading, i, false);
        memcpy(cluster->codes.code, spot->codes.code, sizeof cluster->codes.code);
    }
}

static void resolve_nominal(dln_reading *reading, uint32_t spot_index) {
    dln_spot *spot = &reading->spots[spot_index];
    dln_codes_of_spot(reading, spot);
    dln_group_resolve(reading, spot_index);
    if (spot->member_count > 0) {
        spot->is_actor = true;
        new_cluster(reading, spot_index);
        return;
    }
    uint32_t found = find_nominal(reading, spot_index);
    if (found != DLN_NONE) {
        spot->is_actor = true;
        join(reading, spot_index, found);
    } else if (spot->is_actor) new_cluster(reading, spot_index);
    else if (spot->stand_in != DLN_NONE) spot->cluster = reading->spots[spot->stand_in].cluster;
}

/* ---------------------------------------------------------------- pronouns */

static bool agrees(const dln_reading *reading, const dln_spot *pronoun, const dln_spot *other) {
    const dln_cluster *cluster = &reading->clusters[other->cluster];
    bool one_person = cluster->person && cluster->number == 1 && cluster->member_count == 0;
    if (other->type == DATELINE_ENTITY_NORP) return false;
    if (pronoun->person) {
        bool genders = pronoun->gender != DLN_GENDER_NONE && cluster->gender != DLN_GENDER_NONE;
        return one_person && !(genders && pronoun->gender != cluster->gender);
    }
    if (pronoun->number == 2) return !one_person && (cluster->number == 2 || cluster->type == DATELINE_ENTITY_ORG);
    bool thing = cluster->type == DATELINE_ENTITY_ORG || cluster->type == DATELINE_ENTITY_GPE;
    return thing && cluster->number == 1 && !cluster->person;
}

static bool is_subject(const dln_reading *reading, uint32_t token) {
    return dln_reading_rel(reading, token, "nsubj");
}

/* A pronoun and a phrase that cannot be one: both hang on one verb, or one stands inside the other. */
static bool is_barred(const dln_reading *reading, const dln_spot *pronoun, const dln_spot *other) {
    const dateline_token *p = dln_reading_token(reading, pronoun->head), *o = dln_reading_token(reading, other->head);
    if (dln_tree_below(&reading->tree, pronoun->head, other->head)) return true;
    if (dln_token_is_rel(p, "nmod:poss")) return false;
    return p->head == o->head && p->head != DLN_NONE;
}

static int salience(const dln_reading *reading, const dln_spot *pronoun, const dln_spot *other) {
    int score = 100 - 45 * (int)(pronoun->sentence - other->sentence);
    if (is_subject(reading, other->head)) score += 40;
    else if (dln_reading_rel(reading, other->head, "obj")) score += 15;
    else if (dln_reading_rel(reading, other->head, "nmod")) score -= 15;
    dln_gender gender = reading->clusters[other->cluster].gender;
    if (gender != DLN_GENDER_NONE && gender == pronoun->gender) score += 45; /* known, not only possible */
    if (other->kind == DATELINE_MENTION_PRONOUN) score += 10;
    if (other->member_count > 0 && pronoun->number == 2) score += 20;
    return score;
}

/* A subject made of several: 'Keita and Diallo said they …'. Its members, or nothing. */
static bool join_pair(dln_reading *reading, dln_spot *pronoun, const dln_spot *other) {
    uint32_t first = (uint32_t)reading->member_list.count;
    uint32_t conj = dln_tree_child(&reading->tree, other->head, "conj");
    if (conj == DLN_NONE || conj >= pronoun->head || other->cluster == DLN_NONE) return false;
    dln_array_push(&reading->member_list, &other->cluster);
    for (uint32_t c = reading->tree.first_child[other->head]; c != DLN_NONE; c = reading->tree.next[c]) {
        uint32_t cluster = dln_cluster_of_token(reading, c);
        if (dln_reading_rel(reading, c, "conj") && cluster != DLN_NONE) dln_array_push(&reading->member_list, &cluster);
    }
    reading->members = reading->member_list.items;
    pronoun->member_first = first;
    pronoun->member_count = (uint32_t)reading->member_list.count - first;
    if (pronoun->member_count < 2) pronoun->member_count = 0;
    return pronoun->member_count > 0;
}

static uint32_t antecedent(dln_reading *reading, uint32_t spot_index, bool *is_pair) {
    const dln_spot *pronoun = &reading->spots[spot_index];
    uint32_t best = DLN_NONE;
    int best_score = pronoun->person || pronoun->number == 2 ? 0 : 54; /* 'it' often stands for no actor at all */
    for (uint32_t j = spot_index, n = 0; j-- > 0 && n < PRONOUN_WINDOW; n++) {
        const dln_spot *other = &reading->spots[j];
        if (pronoun->sentence - other->sentence > PRONOUN_SENTENCES) break;
        if (other->cluster == DLN_NONE || is_barred(reading, pronoun, other)) continue;
        bool pair = pronoun->number == 2 && !pronoun->person &&
                    dln_tree_child(&reading->tree, other->head, "conj") != DLN_NONE &&
                    reading->clusters[other->cluster].type != DATELINE_ENTITY_NORP;
        if (!pair && !agrees(reading, pronoun, other)) continue;
        int score = salience(reading, pronoun, other) + (pair ? 20 : 0);
        if (score <= best_score) continue;
        best = j;
        best_score = score;
        *is_pair = pair;
    }
    return best;
}

static void resolve_relative(dln_reading *reading, uint32_t spot_index) {
    dln_spot *spot = &reading->spots[spot_index];
    uint32_t t = spot->head;
    for (int n = 0; n < 4 && t != DLN_NONE; n++) {
        const dateline_token *token = dln_reading_token(reading, t);
        if (dln_str_is(token->deprel, "acl:relcl")) {
            uint32_t cluster = token->head == DLN_NONE ? DLN_NONE : dln_cluster_of_token(reading, token->head);
            if (cluster != DLN_NONE) join(reading, spot_index, cluster);
            return;
        }
        t = token->head;
    }
}

/* 'each other': whoever the subject of its verb stands for. */
static void resolve_mutual(dln_reading *reading, uint32_t spot_index) {
    dln_spot *spot = &reading->spots[spot_index];
    uint32_t verb = dln_reading_token(reading, spot->head)->head;
    uint32_t subject = verb == DLN_NONE ? DLN_NONE : dln_tree_child(&reading->tree, verb, "nsubj");
    uint32_t cluster = subject == DLN_NONE ? DLN_NONE : dln_cluster_of_token(reading, subject);
    if (cluster == DLN_NONE || subject > spot->head) return;
    if (join_pair(reading, spot, &reading->spots[reading->spot_at[subject]])) new_cluster(reading, spot_index);
    else join(reading, spot_index, cluster);
}

static void resolve_third_person(dln_reading *reading, uint32_t spot_index) {
    dln_spot *spot = &reading->spots[spot_index];
    bool is_pair = false;
    uint32_t found = antecedent(reading, spot_index, &is_pair);
    if (found == DLN_NONE || (is_pair && !join_pair(reading, spot, &reading->spots[found]))) {
        new_cluster(reading, spot_index);
        return;
    }
    if (is_pair) new_cluster(reading, spot_index);
    else join(reading, spot_index, reading->spots[found].cluster);
}

static void resolve_pronoun(dln_reading *reading, uint32_t spot_index) {
    dln_spot *spot = &reading->spots[spot_index];
    const dln_word *word = dln_world_word(reading->resolver, reading->words[spot->head]);
    if (word == NULL) return;
    if ((word->uses & DLN_USE_RELATIVE) != 0) resolve_relative(reading, spot_index);
    else if ((word->uses & DLN_USE_MUTUAL) != 0) resolve_mutual(reading, spot_index);
    else if ((word->uses & DLN_USE_PRONOUN) != 0) resolve_third_person(reading, spot_index);
}

/* ---------------------------------------------------------------- all */

bool dln_coref_all(dln_reading *reading) {
    name_index index = { .reading = reading };
    dln_map_init(&index.full);
    dln_map_init(&index.part);
    dln_buf_init(&index.key);
    resolve_names(&index);
    bool done = index.full.status == DATELINE_OK && index.part.status == DATELINE_OK &&
                index.key.status == DATELINE_OK && reading->scratch->status == DATELINE_OK;
    dln_map_release(&index.full);
    dln_map_release(&index.part);
    dln_buf_release(&index.key);
    if (!done || !count_lands(reading)) return false;
    place_persons(reading);
    for (uint32_t i = 0; i < reading->spot_count; i++) {
        if (reading->spots[i].kind == DATELINE_MENTION_NOMINAL) resolve_nominal(reading, i);
        if (reading->spots[i].kind == DATELINE_MENTION_PRONOUN) resolve_pronoun(reading, i);
    }
    return true;
}
