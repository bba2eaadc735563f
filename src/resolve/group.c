/* SPDX-License-Identifier: Apache-2.0
 * group.c: plurals that stand for several named before: 'the two leaders', 'both sides', 'the two countries' defence
 * ministers', 'the presidents of Chad and Niger'. */
#include "resolve/resolve_internal.h"

enum { MAX_MEMBERS = 3, WINDOW = 80, CLUSTER_WINDOW = 500 };

typedef struct {
    uint32_t count, items[MAX_MEMBERS + 1]; /* one more, to see that there are too many */
} member_set;

static void add_member(member_set *set, uint32_t cluster) {
    for (uint32_t i = 0; i < set->count; i++) {
        if (set->items[i] == cluster) return;
    }
    if (cluster != DLN_NONE && set->count <= MAX_MEMBERS) set->items[set->count++] = cluster;
}

/* How many the words before a plural say: 0 if they say nothing. */
static uint32_t stated_count(const dln_reading *reading, uint32_t head) {
    for (uint32_t c = reading->tree.first_child[head]; c != DLN_NONE && c < head; c = reading->tree.next[c]) {
        if (dln_world_is(reading->resolver, reading->words[c], DLN_USE_PAIR)) return 2;
        if (dln_world_is(reading->resolver, reading->words[c], DLN_USE_TRIPLE)) return 3;
    }
    dateline_upos before = head > 1 ? dln_reading_token(reading, head - 1)->upos : DATELINE_UPOS_NONE;
    if (before == DATELINE_UPOS_ADJ || before == DATELINE_UPOS_VERB)
        head--; /* two sanctioned states, in a wrong tree */
    return head > 0 && dln_world_is(reading->resolver, reading->words[head - 1], DLN_USE_PAIR) ? 2 : 0;
}

/* ---------------------------------------------------------------- states */

static bool is_state(const dln_cluster *cluster, const char *code) {
    return cluster->type == DATELINE_ENTITY_GPE && cluster->codes.identifier.len > 0 &&
           strcmp(cluster->codes.code, code) == 0;
}

/* The cluster of a state; a new one if the text has only its adjective. */
static uint32_t state_cluster(dln_reading *reading, const char *code) {
    for (uint32_t i = reading->cluster_count, n = 0; i-- > 0 && n < CLUSTER_WINDOW; n++) {
        if (is_state(&reading->clusters[i], code)) return i;
    }
    dln_cluster state = { .type = DATELINE_ENTITY_GPE,
                          .kind = DATELINE_MENTION_NOMINAL,
                          .name_spot = DLN_NONE,
                          .entry = DLN_NONE,
                          .role = DLN_NONE,
                          .number = 1,
                          .codes = dln_world_country(reading->resolver, code),
                          .entity = DLN_NONE };
    memcpy(state.codes.code, code, sizeof state.codes.code);
    return dln_cluster_add(reading, &state);
}

/* Whether a spot brings a state into the talk: by its name, its people, its leader. */
static bool speaks_for_state(const dln_reading *reading, const dln_spot *spot) {
    if (spot->cluster == DLN_NONE || spot->kind == DATELINE_MENTION_PRONOUN) return false;
    const dln_cluster *cluster = &reading->clusters[spot->cluster];
    if (cluster->codes.code[0] == 0 || dln_code_is_international(cluster->codes.code)) return false;
    bool land = spot->kind == DATELINE_MENTION_NAME && spot->entry != DLN_NONE &&
                dln_world_kind(reading->resolver, spot->entry) == DLN_KIND_COUNTRY;
    return land || (cluster->person && cluster->codes.office.len > 0);
}

static void states_before(dln_reading *reading, uint32_t spot_index, uint32_t wanted, member_set *set) {
    for (uint32_t j = spot_index, n = 0; j-- > 0 && n < WINDOW; n++) {
        if (!speaks_for_state(reading, &reading->spots[j])) continue;
        char code[4];
        memcpy(code, reading->clusters[reading->spots[j].cluster].codes.code, sizeof code);
        add_member(set, state_cluster(reading, code));
        if (set->count == wanted) return;
    }
}

/* ---------------------------------------------------------------- persons */

static void heads_before(const dln_reading *reading, uint32_t spot_index, uint32_t wanted, member_set *set) {
    for (uint32_t j = spot_index, n = 0; j-- > 0 && n < WINDOW; n++) {
        uint32_t cluster = reading->spots[j].cluster;
        if (cluster == DLN_NONE) continue;
        const dln_cluster *person = &reading->clusters[cluster];
        if (person->number != 1 || person->member_count > 0 || !dln_cluster_is_head(reading, person)) continue;
        add_member(set, cluster);
        if (set->count == wanted) return;
    }
}

static bool same_office(const dln_reading *reading, const dln_cluster *person, const dln_spot *spot) {
    if (!person->person || person->number != 1) return false;
    if (spot->codes.office.len > 0) return dln_str_equal_nocase(person->codes.office, spot->codes.office);
    return dln_world_is(reading->resolver, dln_reading_token(reading, spot->head)->lemma, DLN_USE_HEAD) &&
           dln_cluster_is_head(reading, person);
}

/* The holder of the plural's role in one state: a person named before, else one without a name. */
static uint32_t role_holder(dln_reading *reading, const dln_spot *spot, const dln_codes *state) {
    for (uint32_t i = reading->cluster_count, n = 0; i-- > 0 && n < CLUSTER_WINDOW; n++) {
        const dln_cluster *person = &reading->clusters[i];
        if (same_office(reading, person, spot) && strcmp(person->codes.code, state->code) == 0) return i;
    }
    dln_cluster holder = { .type = spot->type,
                           .kind = DATELINE_MENTION_NOMINAL,
                           .name_spot = DLN_NONE,
                           .entry = DLN_NONE,
                           .role = spot->role,
                           .number = spot->person ? 1 : 2,
                           .person = spot->person,
                           .coded_by_text = true,
                           .codes = spot->codes,
                           .entity = DLN_NONE };
    memcpy(holder.codes.code, state->code, sizeof holder.codes.code);
    return dln_cluster_add(reading, &holder);
}

/* ---------------------------------------------------------------- owners in the plural */

/* The states that 'of Chad and Niger', 'of the two countries', 'the two countries'' stand for. */
static void states_of_owner(dln_reading *reading, uint32_t token, member_set *set) {
    uint32_t index = reading->spot_at[token];
    if (index == DLN_NONE) return;
    if (reading->spots[index].kind == DATELINE_MENTION_NOMINAL) dln_group_resolve(reading, index);
    const dln_spot *owner = &reading->spots[index];
    uint32_t first = owner->member_first, count = owner->member_count;
    if (count == 0 && owner->cluster != DLN_NONE) {
        first = reading->clusters[owner->cluster].member_first;
        count = reading->clusters[owner->cluster].member_count;
    }
    for (uint32_t i = 0; i < count; i++) add_member(set, reading->members[first + i]);
    if (count > 0 || owner->type != DATELINE_ENTITY_GPE) return;
    for (uint32_t c = reading->tree.first_child[token]; c != DLN_NONE; c = reading->tree.next[c]) {
        uint32_t cluster = dln_cluster_of_token(reading, c);
        if (!dln_reading_rel(reading, c, "conj") || cluster == DLN_NONE) continue;
        if (reading->clusters[cluster].type != DATELINE_ENTITY_GPE) continue;
        add_member(set, owner->cluster);
        add_member(set, cluster);
    }
}

static void holders_by_owner(dln_reading *reading, uint32_t spot_index, member_set *set) {
    member_set states = { 0 };
    const dln_spot *spot = &reading->spots[spot_index];
    if (spot->codes.sector_count > 0 && strcmp(spot->codes.sector[0], "UNK") == 0) return; /* 'blasts in …' */
    for (uint32_t c = reading->tree.first_child[spot->head]; c != DLN_NONE; c = reading->tree.next[c]) {
        if (dln_reading_rel(reading, c, "nmod")) states_of_owner(reading, c, &states);
        spot = &reading->spots[spot_index];
    }
    bool theirs = spot->codes.code[0] == 0; /* and not 'American embassies in …' */
    for (uint32_t i = 0; i < states.count; i++) {
        theirs = theirs || strcmp(reading->clusters[states.items[i]].codes.code, spot->codes.code) == 0;
    }
    if (!theirs || states.count < 2 || states.count > MAX_MEMBERS) return;
    for (uint32_t i = 0; i < states.count; i++) {
        dln_codes state = reading->clusters[states.items[i]].codes;
        add_member(set, role_holder(reading, &reading->spots[spot_index], &state));
    }
}

/* ---------------------------------------------------------------- all */

/* The number that says how many belongs to the phrase here: 'two leaders'. */
static void take_number(const dln_reading *reading, dln_spot *spot) {
    for (uint32_t c = reading->tree.first_child[spot->head]; c != DLN_NONE && c < spot->phrase_first;
         c = reading->tree.next[c]) {
        if (!dln_world_is(reading->resolver, reading->words[c], DLN_USE_PAIR) &&
            !dln_world_is(reading->resolver, reading->words[c], DLN_USE_TRIPLE)) {
            continue;
        }
        spot->phrase_count += spot->phrase_first - c;
        spot->count += spot->first - c;
        spot->phrase_first = spot->first = c;
        return;
    }
}

static void keep_members(dln_reading *reading, dln_spot *spot, const member_set *set) {
    take_number(reading, spot);
    spot->member_first = (uint32_t)reading->member_list.count;
    for (uint32_t i = 0; i < set->count; i++) dln_array_push(&reading->member_list, &set->items[i]);
    reading->members = reading->member_list.items;
    spot->member_count = (uint32_t)reading->member_list.count - spot->member_first;
}

void dln_group_resolve(dln_reading *reading, uint32_t spot_index) {
    const dln_spot *spot = &reading->spots[spot_index];
    if (spot->number != 2 || spot->member_count > 0 || spot->cluster != DLN_NONE) return;
    const dln_word *word = dln_world_word(reading->resolver, dln_reading_token(reading, spot->head)->lemma);
    uint32_t uses = word == NULL ? 0 : word->uses, stated = stated_count(reading, spot->head);
    member_set set = { 0 };
    if (spot->role != DLN_NONE) holders_by_owner(reading, spot_index, &set);
    bool points_back = set.count == 0 && spot->codes.code[0] == 0 && (spot->definite || stated > 0);
    uint32_t wanted = stated > 0 ? stated : MAX_MEMBERS + 1;
    if (points_back && (uses & DLN_USE_HEAD) != 0) heads_before(reading, spot_index, wanted, &set);
    else if (points_back && (uses & DLN_USE_SIDE) != 0) states_before(reading, spot_index, wanted, &set);
    bool all = stated > 0 ? set.count == stated : set.count == 2;
    if (uses != 0 && set.count >= 2 && (all || !points_back)) keep_members(reading, &reading->spots[spot_index], &set);
    else if (uses == 0 && set.count >= 2) keep_members(reading, &reading->spots[spot_index], &set);
}
