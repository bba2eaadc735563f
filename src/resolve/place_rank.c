/* SPDX-License-Identifier: Apache-2.0
 * place_rank.c: which of its namesakes a name means in this text.
 *
 * Places of a text lie together. Each name shares one vote among its candidates by how likely they are; the votes go to
 * their country, their first-level region and the part of the earth around them; a candidate gains by what the other
 * names gave to its own. That is done a few times over, name after name in the order of the text. Whole numbers alone:
 * the same on every machine. */
#include "resolve/places.h"

enum { ROUNDS = 3, COUNTRY_GAIN = 10, REGION_GAIN = 24, CELL_GAIN = 18, VOTE_UNIT = 128, HALF_OF_CHANCE = 16 };
enum { NESTED = 250, NESTED_NAME = 120, NESTS = 80, MAX_OUTER = 8, MAX_VOICES = 4, ALIKE = 40 };

/* ---------------------------------------------------------------- votes */

typedef struct {
    uint64_t key; /* 0: free */
    uint32_t votes;
} ballot;

typedef struct {
    dln_places *places;
    ballot *ballots;
    size_t slots; /* a power of two, never full */
} election;

typedef enum { AREA_COUNTRY = 1, AREA_REGION, AREA_CELL } area;

static uint32_t *votes_of(const election *e, area kind, uint32_t number) {
    uint64_t key = (uint64_t)kind << 32 | number;
    size_t at = (size_t)((key * 0x9E3779B97F4A7C15u) >> 32) & (e->slots - 1);
    while (e->ballots[at].key != 0 && e->ballots[at].key != key) at = (at + 1) & (e->slots - 1);
    e->ballots[at].key = key;
    return &e->ballots[at].votes;
}

static uint32_t voices_of(const dln_place_name *name) {
    return name->mentions > MAX_VOICES ? MAX_VOICES : name->mentions;
}

static void cast_votes(const election *e, const dln_place_name *name, bool take_back) {
    for (uint32_t i = 0; i < name->count; i++) {
        const dln_candidate *c = dln_places_candidate(e->places, name->first + i);
        uint32_t votes = c->weight * voices_of(name);
        if (votes == 0) continue;
        if (take_back) votes = 0u - votes;
        if (c->country != DLN_NONE) *votes_of(e, AREA_COUNTRY, c->country) += votes;
        if (c->region != DLN_NONE) *votes_of(e, AREA_REGION, c->region) += votes;
        if (c->cell != DLN_NONE) *votes_of(e, AREA_CELL, c->cell) += votes;
    }
}

/* Eight times the binary logarithm of 1 + votes / VOTE_UNIT, about. */
static int32_t gain_of(const election *e, area kind, uint32_t number) {
    if (number == DLN_NONE) return 0;
    uint32_t value = 8 + *votes_of(e, kind, number) / (VOTE_UNIT / 8);
    int32_t whole = 0;
    while (whole < 31 && value >> (whole + 1) != 0) whole++;
    return 8 * (whole - 3) + (int32_t)((value >> (whole - 3)) & 7);
}

static void score_name(const election *e, const dln_place_name *name) {
    for (uint32_t i = 0; i < name->count; i++) {
        dln_candidate *c = dln_places_candidate(e->places, name->first + i);
        c->score =
            c->prior + (COUNTRY_GAIN * gain_of(e, AREA_COUNTRY, c->country) +
                        REGION_GAIN * gain_of(e, AREA_REGION, c->region) + CELL_GAIN * gain_of(e, AREA_CELL, c->cell)) /
                           8;
    }
}

/* Shares: half for each HALF_OF_CHANCE below the best. */
static void share_weight(const dln_places *places, const dln_place_name *name) {
    int32_t best = INT32_MIN;
    uint32_t sum = 0;
    for (uint32_t i = 0; i < name->count; i++) {
        const dln_candidate *c = dln_places_candidate(places, name->first + i);
        if (c->score > best) best = c->score;
    }
    for (uint32_t i = 0; i < name->count; i++) {
        dln_candidate *c = dln_places_candidate(places, name->first + i);
        int32_t halvings = (best - c->score) / HALF_OF_CHANCE;
        c->weight = halvings > 10 ? 0 : (uint32_t)DLN_WHOLE >> halvings;
        sum += c->weight;
    }
    for (uint32_t i = 0; i < name->count; i++) {
        dln_candidate *c = dln_places_candidate(places, name->first + i);
        c->weight = sum == 0 ? 0 : c->weight * (uint32_t)DLN_WHOLE / sum;
    }
}

/* ---------------------------------------------------------------- hierarchy in the text */

static bool lies_in(const dln_places *places, const dln_candidate *inner, const dln_candidate *outer) {
    const dln_resolver *resolver = places->reading->resolver;
    if (outer->site != DLN_NONE) {
        if (inner->site == outer->site) return false;
        if (inner->site != DLN_NONE) return dln_site_lies_in(resolver->gazetteer, inner->site, outer->site);
        return inner->country == outer->site;
    }
    if (inner->entry == DLN_NONE || outer->entry == DLN_NONE || inner->entry == outer->entry) return false;
    const dln_lexicon *lexicon = resolver->lexicon;
    if (!dln_str_equal(dln_entry_value(lexicon, inner->entry, "code", 0),
                       dln_entry_value(lexicon, outer->entry, "code", 0)))
        return false;
    return dln_world_kind(resolver, outer->entry) == DLN_KIND_COUNTRY ||
           dln_str_equal(dln_entry_value(lexicon, inner->entry, "province", 0),
                         dln_world_codes(resolver, outer->entry).name);
}

static bool is_feature(const dln_places *places, const dln_candidate *candidate, const char *feature) {
    return dln_str_is(dln_gazetteer_at(places->reading->resolver->gazetteer, candidate->site).feature, feature);
}

/* Countries side by side are a list: 'China' in 'China, Japan' is no village of Japan. */
static bool is_country_name(const dln_places *places, uint32_t name) {
    const dln_place_name *n = (const dln_place_name *)places->names.items + name;
    const dln_candidate *first = dln_places_candidate(places, n->first);
    return !first->other_name && first->site != DLN_NONE && is_feature(places, first, "PCLI");
}

/* The first candidate of the name behind the comma that holds this one; NULL: none. */
static dln_candidate *holder_of(const dln_places *places, const dln_toponym *toponym, const dln_candidate *inner) {
    if (toponym->outer == DLN_NONE) return NULL;
    bool list = is_country_name(places, toponym->name) && is_country_name(places, toponym->outer) &&
                !is_feature(places, inner, "ADM1");
    if (list) return NULL;
    const dln_place_name *outer = (const dln_place_name *)places->names.items + toponym->outer;
    for (uint32_t i = 0; i < outer->count && i < MAX_OUTER; i++) {
        dln_candidate *candidate = dln_places_candidate(places, outer->first + i);
        if (lies_in(places, inner, candidate)) return candidate;
    }
    return NULL;
}

/* 'Paris, Texas' says something of every 'Paris' in the text, and of 'Texas'. */
static void note_hierarchy(dln_places *places) {
    const dln_toponym *toponyms = places->toponyms.items;
    for (size_t t = 0; t < places->toponyms.count; t++) {
        if (toponyms[t].name == DLN_NONE || toponyms[t].outer == DLN_NONE) continue;
        dln_place_name *name = (dln_place_name *)places->names.items + toponyms[t].name;
        if (name->nested++ > 0) continue;
        for (uint32_t i = 0; i < name->count; i++) {
            dln_candidate *inner = dln_places_candidate(places, name->first + i);
            dln_candidate *holder = holder_of(places, &toponyms[t], inner);
            if (holder == NULL) continue;
            inner->prior += NESTED_NAME;
            if (!holder->holds) holder->prior += NESTS;
            holder->holds = true;
        }
    }
}

/* ---------------------------------------------------------------- the choice */

bool dln_places_rank(dln_places *places) {
    election e = { .places = places, .slots = 64 };
    dln_place_name *names = places->names.items;
    note_hierarchy(places);
    while (e.slots < 8 * places->candidates.count) e.slots *= 2;
    e.ballots = dln_arena_alloc(places->reading->scratch, e.slots, sizeof *e.ballots);
    if (e.ballots == NULL) return false;
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t n = 0; n < places->names.count; n++) {
            if (round > 0) cast_votes(&e, &names[n], true);
            score_name(&e, &names[n]);
            share_weight(places, &names[n]);
            cast_votes(&e, &names[n], false);
        }
    }
    return true;
}

/* The best candidate of a name before its neighbours are looked at; NULL: none. */
static const dln_candidate *favourite(const dln_places *places, uint32_t name) {
    if (name == DLN_NONE) return NULL;
    const dln_place_name *n = (const dln_place_name *)places->names.items + name;
    const dln_candidate *best = NULL;
    for (uint32_t i = 0; i < n->count; i++) {
        const dln_candidate *candidate = dln_places_candidate(places, n->first + i);
        if (best == NULL || candidate->score > best->score) best = candidate;
    }
    return best;
}

/* Members of a list are of a kind: 'New York' among states is the state. */
static int32_t likeness(const dln_places *places, const dln_candidate *other, const dln_candidate *candidate) {
    if (other == NULL || other->site == DLN_NONE || candidate->site == DLN_NONE) return 0;
    bool alike = (is_feature(places, other, "ADM1") && is_feature(places, candidate, "ADM1")) ||
                 (is_feature(places, other, "PCLI") && is_feature(places, candidate, "PCLI"));
    return alike ? ALIKE : 0;
}

const dln_candidate *dln_places_choice(const dln_places *places, const dln_toponym *toponym) {
    if (toponym->name == DLN_NONE) return NULL;
    const dln_toponym *all = places->toponyms.items, *end = all + places->toponyms.count;
    const dln_place_name *name = (const dln_place_name *)places->names.items + toponym->name;
    bool before = toponym > all && toponym[-1].listed, behind = toponym->listed && toponym + 1 < end;
    const dln_candidate *last = before ? favourite(places, toponym[-1].name) : NULL;
    const dln_candidate *next = behind ? favourite(places, toponym[1].name) : NULL;
    const dln_candidate *best = NULL;
    int32_t best_score = INT32_MIN;
    for (uint32_t i = 0; i < name->count; i++) {
        const dln_candidate *candidate = dln_places_candidate(places, name->first + i);
        int32_t score = candidate->score + (holder_of(places, toponym, candidate) != NULL ? NESTED : 0);
        score += likeness(places, last, candidate) + likeness(places, next, candidate);
        if (score <= best_score) continue;
        best = candidate;
        best_score = score;
    }
    return best;
}
