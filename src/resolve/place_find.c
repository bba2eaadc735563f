/* SPDX-License-Identifier: Apache-2.0
 * place_find.c: which words of a text name places, and what each name may mean. */
#include "resolve/places.h"

static uint32_t uses_of_text(const dln_resolver *resolver, dateline_str word) {
    char lower[DLN_PLACE_KEY_BYTES];
    if (word.len == 0 || word.len > sizeof lower) return 0;
    for (size_t i = 0; i < word.len; i++) {
        lower[i] = word.ptr[i] >= 'A' && word.ptr[i] <= 'Z' ? (char)(word.ptr[i] + 32) : word.ptr[i];
    }
    const uint32_t *uses = dln_map_get(&resolver->place_words, (dateline_str){ lower, word.len });
    return uses == NULL ? 0 : *uses;
}

static bool is_use(const dln_reading *reading, uint32_t token, uint32_t use) {
    return token < reading->doc->tokens.count && (uses_of_text(reading->resolver, reading->words[token]) & use) != 0;
}

static dateline_span span_of(const dln_reading *reading, uint32_t first, uint32_t count) {
    return (dateline_span){ dln_reading_token(reading, first)->span.begin,
                            dln_reading_token(reading, first + count - 1)->span.end };
}

/* ---------------------------------------------------------------- what a name may mean */

/* Eight times the binary logarithm, about. */
static int32_t log_of(uint32_t value) {
    int32_t whole = 0;
    if (value == 0) return 0;
    while (whole < 31 && value >> (whole + 1) != 0) whole++;
    uint32_t rest = whole >= 3 ? value >> (whole - 3) & 7 : (value << (3 - whole)) & 7;
    return 8 * whole + (int32_t)rest;
}

enum { CELL_DEGREES = 2, DEGREE = 100000 };

static uint32_t cell_of(int32_t latitude, int32_t longitude) {
    int32_t row = (latitude + 90 * DEGREE) / (CELL_DEGREES * DEGREE);
    int32_t column = (longitude + 180 * DEGREE) / (CELL_DEGREES * DEGREE);
    return (uint32_t)(row * 360 + column);
}

enum { OTHER_NAME = -40, IN_LEXICON = 60, LEXICON_PRIOR = 220, MAX_CANDIDATES = 128 };

/* How well known a place is before the text says anything. Its rank goes with its main name: 'Philadelphia' was once
 * the name of Amman. */
static int32_t prior_of(const dln_site *site, bool other_name) {
    static const struct {
        const char *feature;
        int32_t more;
    } kinds[] = { { "PCLI", 150 }, { "CONT", 120 }, { "ADM1", 60 }, { "PPLC", 110 },
                  { "PPLA", 20 },  { "ADM2", -24 }, { "PPLX", -40 } };
    int32_t prior = log_of(site->population) + (other_name ? OTHER_NAME : 0);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        bool counts = !other_name || kinds[i].more < 0 || i == 0;
        if (counts && dln_str_is(site->feature, kinds[i].feature)) prior += kinds[i].more;
    }
    return prior;
}

static void add_site(dln_places *places, dln_place_name *name, uint32_t index, bool other_name) {
    const dln_gazetteer *gazetteer = places->reading->resolver->gazetteer;
    for (uint32_t i = 0; i < name->count; i++) {
        if (dln_places_candidate(places, name->first + i)->site == index) return;
    }
    dln_site site = dln_gazetteer_at(gazetteer, index);
    dln_candidate candidate = { .site = index,
                                .entry = DLN_NONE,
                                .country = site.country,
                                .region = dln_site_region(gazetteer, index),
                                .cell = site.has_coordinates ? cell_of(site.latitude, site.longitude) : DLN_NONE,
                                .other_name = other_name,
                                .prior = prior_of(&site, other_name) };
    if (dln_str_is(site.feature, "PCLI") || dln_str_is(site.feature, "CONT")) candidate.cell = DLN_NONE;
    if (dln_array_push(&places->candidates, &candidate)) name->count++;
}

/* A city that bears its region's name and holds much of its people is what the name means: 'New York'. */
static void prefer_cities(dln_places *places, const dln_place_name *name) {
    const dln_gazetteer *gazetteer = places->reading->resolver->gazetteer;
    for (uint32_t r = 0; r < name->count; r++) {
        const dln_candidate *region = dln_places_candidate(places, name->first + r);
        if (region->site == DLN_NONE || region->site != region->region) continue;
        uint32_t people = dln_gazetteer_at(gazetteer, region->site).population;
        for (uint32_t i = 0; i < name->count; i++) {
            dln_candidate *city = dln_places_candidate(places, name->first + i);
            if (city->region != region->site || city == region || city->prior > region->prior) continue;
            dln_site site = dln_gazetteer_at(gazetteer, city->site);
            if (dln_str_starts(site.feature, DLN_STR("PPL")) && site.population >= people / 4)
                city->prior = region->prior + 1;
        }
    }
}

static uint32_t entry_country(const dln_places *places, uint32_t entry) {
    const dln_resolver *resolver = places->reading->resolver;
    return dln_gazetteer_country(resolver->gazetteer, dln_entry_value(resolver->lexicon, entry, "code", 0));
}

/* The candidate of a country that the gazetteer gave already; NULL: none. */
static dln_candidate *candidate_in(const dln_places *places, const dln_place_name *name, uint32_t country) {
    for (uint32_t i = 0; i < name->count && country != DLN_NONE; i++) {
        dln_candidate *candidate = dln_places_candidate(places, name->first + i);
        if (candidate->country == country && candidate->site != country) return candidate;
    }
    return NULL;
}

static int32_t entry_degrees(const dln_places *places, uint32_t entry, const char *key, int32_t limit, bool *known) {
    double value = 0;
    *known = *known && dln_place_decimal(dln_entry_value(places->reading->resolver->lexicon, entry, key, 0), &value) &&
             value >= -limit && value <= limit;
    return *known ? (int32_t)(value * DEGREE) : 0;
}

/* The gazetteer's place of that country with the entry's own name: 'NSW' is New South Wales. DLN_NONE: none. */
static uint32_t site_of_entry(const dln_places *places, uint32_t entry, uint32_t country) {
    const dln_resolver *resolver = places->reading->resolver;
    char bytes[DLN_PLACE_KEY_BYTES];
    dln_sites sites;
    uint32_t count =
        dln_gazetteer_find(resolver->gazetteer, dln_place_key(dln_world_codes(resolver, entry).name, bytes), &sites);
    for (uint32_t i = 0; i < count && country != DLN_NONE; i++) {
        bool other_name = false;
        uint32_t site = dln_sites_at(&sites, i, &other_name);
        if (!other_name && dln_gazetteer_at(resolver->gazetteer, site).country == country) return site;
    }
    return DLN_NONE;
}

/* A place that the lexicon names is well known, whether the gazetteer has it or not. */
static void add_lexicon_place(dln_places *places, dln_place_name *name, uint32_t entry, uint32_t rank) {
    uint32_t country = entry_country(places, entry);
    dln_candidate *known = candidate_in(places, name, country);
    uint32_t site = known == NULL ? site_of_entry(places, entry, country) : DLN_NONE;
    if (site != DLN_NONE) {
        add_site(places, name, site, false);
        known = candidate_in(places, name, country);
    }
    if (known != NULL) {
        known->prior += rank == 0 ? IN_LEXICON : 0;
        return;
    }
    bool located = true;
    int32_t latitude = entry_degrees(places, entry, "lat", 90, &located);
    int32_t longitude = entry_degrees(places, entry, "lon", 180, &located);
    dln_candidate candidate = { .site = DLN_NONE,
                                .entry = entry,
                                .country = country,
                                .region = DLN_NONE,
                                .cell = located ? cell_of(latitude, longitude) : DLN_NONE,
                                .prior = LEXICON_PRIOR - 25 * (int32_t)rank };
    if (dln_array_push(&places->candidates, &candidate)) name->count++;
}

/* A country: the gazetteer's, else the lexicon's. A capital that the gazetteer lacks stands for its country. */
static void add_country(dln_places *places, dln_place_name *name, uint32_t entry, dln_form form) {
    const dln_resolver *resolver = places->reading->resolver;
    uint32_t country = entry_country(places, entry);
    dateline_str as = dln_entry_value(resolver->lexicon, entry, "as", 0);
    bool weak = form == DLN_FORM_CAPITAL || dln_str_is(as, "region") || dln_str_is(as, "former");
    if (weak && name->count > 0) return;
    if (country != DLN_NONE) {
        add_site(places, name, country, false);
        return;
    }
    dln_candidate candidate = { .site = DLN_NONE,
                                .entry = entry,
                                .country = DLN_NONE,
                                .region = DLN_NONE,
                                .cell = DLN_NONE,
                                .prior = form == DLN_FORM_CAPITAL ? 0 : LEXICON_PRIOR + 80 };
    if (dln_array_push(&places->candidates, &candidate)) name->count++;
}

static void add_entries(dln_places *places, dln_place_name *name, const dln_match *match) {
    const dln_resolver *resolver = places->reading->resolver;
    uint32_t rank = 0, count = match == NULL ? 0 : match->entry_count;
    for (uint32_t i = 0; i < count; i++) {
        dateline_str feature = dln_entry_value(resolver->lexicon, match->entries[i], "feature", 0);
        if (dln_world_kind(resolver, match->entries[i]) == DLN_KIND_PLACE && !dln_str_is(feature, "PCLI"))
            add_lexicon_place(places, name, match->entries[i], rank++);
    }
    for (uint32_t i = 0; i < count; i++) {
        dln_form form = dln_world_form(resolver, match->entries[i]);
        if (dln_world_kind(resolver, match->entries[i]) != DLN_KIND_COUNTRY) continue;
        if (form == DLN_FORM_NAME || form == DLN_FORM_CAPITAL) add_country(places, name, match->entries[i], form);
    }
}

/* The name with this key, with its candidates; `match` is the lexicon's. DLN_NONE: nobody knows it. */
static uint32_t name_of(dln_places *places, dateline_str key, const dln_match *match) {
    const dln_reading *reading = places->reading;
    const uint32_t *known = dln_map_get(&places->name_at, key);
    if (known != NULL) return *known;
    dln_place_name name = { .first = (uint32_t)places->candidates.count };
    dln_sites sites;
    uint32_t count = dln_gazetteer_find(reading->resolver->gazetteer, key, &sites);
    for (uint32_t i = 0; i < count && i < MAX_CANDIDATES; i++) {
        bool other_name = false;
        uint32_t site = dln_sites_at(&sites, i, &other_name);
        add_site(places, &name, site, other_name);
    }
    add_entries(places, &name, match);
    prefer_cities(places, &name);
    uint32_t index = name.count == 0 ? DLN_NONE : (uint32_t)places->names.count;
    bool is_new = false;
    dateline_str kept = dln_arena_str(reading->scratch, key);
    uint32_t *at = kept.ptr == NULL ? NULL : dln_map_put(&places->name_at, kept, &is_new);
    if (at == NULL) return DLN_NONE;
    *at = index;
    if (index != DLN_NONE) dln_array_push(&places->names, &name);
    return index;
}

/* ---------------------------------------------------------------- words to names */

/* The lexicon's entries for exactly these words. */
static dln_match match_of(const dln_reading *reading, const dateline_str *words, size_t end, size_t first,
                          size_t count) {
    dln_found found[DLN_MAX_PHRASE_ENTRIES];
    dln_match match = { .first = (uint32_t)first, .count = (uint32_t)count };
    size_t n = dln_finder_at(reading->resolver->names, words, end, first, found, DLN_MAX_PHRASE_ENTRIES);
    for (size_t i = 0; i < n; i++) {
        if (found[i].count == count) match.entries[match.entry_count++] = found[i].entry;
    }
    return match;
}

static uint32_t name_of_tokens(dln_places *places, uint32_t first, uint32_t count) {
    const dln_reading *reading = places->reading;
    char bytes[DLN_PLACE_KEY_BYTES];
    if (count == 0) return DLN_NONE;
    dateline_str key = dln_place_key(dln_span_str(reading->doc->text, span_of(reading, first, count)), bytes);
    if (key.len == 0) return DLN_NONE;
    const uint32_t *known = dln_map_get(&places->name_at, key);
    if (known != NULL) return *known;
    dln_match match = match_of(reading, reading->words, first + count, first, count);
    return name_of(places, key, &match);
}

/* The name in a phrase that nobody knows as a whole: 'downtown Reno', 'Hebei Province'. */
static uint32_t name_inside(dln_places *places, uint32_t first, uint32_t count) {
    const dln_reading *reading = places->reading;
    while (count > 1 && is_use(reading, first, DLN_PLACE_DIRECTION)) {
        uint32_t name = name_of_tokens(places, ++first, --count);
        if (count == 1 && is_use(reading, first, DLN_PLACE_DIRECTION | DLN_PLACE_KIND)) return DLN_NONE;
        if (name != DLN_NONE) return name;
    }
    while (count > 1 && is_use(reading, first + count - 1, DLN_PLACE_KIND)) {
        uint32_t name = name_of_tokens(places, first, --count);
        if (name != DLN_NONE) return name;
    }
    return DLN_NONE;
}

static void add_toponym(dln_places *places, uint32_t first, uint32_t count, uint32_t name) {
    dln_toponym toponym = {
        .span = span_of(places->reading, first, count), .first = first, .count = count, .name = name, .outer = DLN_NONE
    };
    dln_array_push(&places->toponyms, &toponym);
    if (name < places->names.count) ((dln_place_name *)places->names.items)[name].mentions++;
}

/* ---------------------------------------------------------------- short forms of states */

/* The region that 'Nev.' in 'Reno, Nev.' stands for; DLN_NONE: none. */
static uint32_t name_of_abbreviation(dln_places *places, dateline_str word) {
    const dln_resolver *resolver = places->reading->resolver;
    const uint32_t *entry = dln_map_get(&resolver->abbreviations, word);
    char bytes[DLN_PLACE_KEY_BYTES];
    if (entry == NULL) return DLN_NONE;
    return name_of(places, dln_place_key(dln_entry_value(resolver->lexicon, *entry, "name", 0), bytes), NULL);
}

static void add_abbreviation(dln_places *places, uint32_t at) {
    const dln_reading *reading = places->reading;
    if (at + 1 >= reading->doc->tokens.count || !dln_str_is(reading->words[at], ",")) return;
    uint32_t name = name_of_abbreviation(places, reading->words[at + 1]);
    if (name != DLN_NONE) add_toponym(places, at + 1, 1, name);
}

/* ---------------------------------------------------------------- places among the spots */

static dateline_entity_type type_of(const dln_reading *reading, const dln_spot *spot) {
    if (spot->entry != DLN_NONE || spot->cluster == DLN_NONE) return spot->type;
    return reading->clusters[spot->cluster].type;
}

static bool is_place(const dln_reading *reading, const dln_spot *spot) {
    dateline_entity_type type = type_of(reading, spot);
    if (type == DATELINE_ENTITY_LOC || type == DATELINE_ENTITY_FAC) return true;
    if (type != DATELINE_ENTITY_GPE) return false;
    return spot->entry == DLN_NONE || dln_world_kind(reading->resolver, spot->entry) != DLN_KIND_COUNTRY ||
           dln_world_form(reading->resolver, spot->entry) != DLN_FORM_SEAT;
}

static void note_persons(dln_places *places) {
    const dln_reading *reading = places->reading;
    for (uint32_t i = 0; i < reading->spot_count; i++) {
        const dln_spot *spot = &reading->spots[i];
        if (spot->kind != DATELINE_MENTION_NAME || spot->count < 2) continue;
        if (type_of(reading, spot) == DATELINE_ENTITY_PERSON)
            dln_map_put(&places->persons, reading->words[spot->first + spot->count - 1], NULL);
    }
}

static bool is_behind(const dln_reading *reading, uint32_t first, uint32_t uses) {
    if (first > 0 && dln_str_equal_nocase(reading->words[first - 1], DLN_STR("the"))) first--;
    return first > 0 && is_use(reading, first - 1, uses);
}

static bool is_before_comma(const dln_reading *reading, const dln_spot *spot) {
    uint32_t comma = spot->first + spot->count;
    return comma + 1 < reading->doc->tokens.count && dln_str_is(reading->words[comma], ",") &&
           reading->name_match[comma + 1] != DLN_NONE;
}

/* Whether a name that nobody knows may be a place's all the same. */
static bool is_credible(const dln_places *places, const dln_spot *spot) {
    const dln_reading *reading = places->reading;
    if (type_of(reading, spot) == DATELINE_ENTITY_FAC) return false;
    uint32_t last = spot->first + spot->count - 1;
    if (spot->count == 1 && is_use(reading, last, DLN_PLACE_COMMON)) return false;
    if (dln_map_get(&places->persons, reading->words[last]) != NULL) return false;
    return is_behind(reading, spot->first, DLN_PLACE_INSIDE | DLN_PLACE_TOWARD) || is_before_comma(reading, spot);
}

/* Persons are called by their last names alone, once they were named in full. */
static bool is_surname(const dln_places *places, const dln_spot *spot) {
    const dln_reading *reading = places->reading;
    return spot->count == 1 && dln_map_get(&places->persons, reading->words[spot->first]) != NULL &&
           !is_behind(reading, spot->first, DLN_PLACE_INSIDE | DLN_PLACE_TOWARD) && !is_before_comma(reading, spot);
}

/* Whether a name is that of a country, a first-level region or a county: known wherever it stands. */
static bool is_region(const dln_places *places, uint32_t name) {
    if (name == DLN_NONE) return false;
    const dln_gazetteer *gazetteer = places->reading->resolver->gazetteer;
    const dln_place_name *n = (const dln_place_name *)places->names.items + name;
    for (uint32_t i = 0; i < n->count; i++) {
        const dln_candidate *candidate = dln_places_candidate(places, n->first + i);
        if (candidate->other_name || candidate->site == DLN_NONE) continue;
        dateline_str feature = dln_gazetteer_at(gazetteer, candidate->site).feature;
        if (dln_str_is(feature, "PCLI") || dln_str_is(feature, "ADM1") || dln_str_is(feature, "ADM2")) return true;
    }
    return false;
}

/* Whether some place has this as its main name. */
static bool is_main_name(const dln_places *places, uint32_t name) {
    const dln_place_name *n = (const dln_place_name *)places->names.items + name;
    for (uint32_t i = 0; i < n->count; i++) {
        if (!dln_places_candidate(places, n->first + i)->other_name) return true;
    }
    return false;
}

static bool is_plain_word(const dln_reading *reading, uint32_t token) {
    return is_use(reading, token, DLN_PLACE_COMMON | DLN_PLACE_BODY | DLN_PLACE_NEVER | DLN_PLACE_KIND);
}

/* The place in a longer name: 'Leeds' of 'Leeds City Council', 'Utah' of 'Utah Avalanche Center', 'Delhi' of
 * 'University of Delhi'. False: there is none. */
static bool add_inside(dln_places *places, const dln_spot *spot) {
    const dln_reading *reading = places->reading;
    for (uint32_t count = spot->count; count-- > 1;) {
        uint32_t next = spot->first + count;
        if (is_use(reading, next, DLN_PLACE_NEVER) || (count == 1 && is_plain_word(reading, spot->first))) continue;
        uint32_t name = name_of_tokens(places, spot->first, count);
        if (name == DLN_NONE || !(is_use(reading, next, DLN_PLACE_BODY) || is_region(places, name))) continue;
        add_toponym(places, spot->first, count, name);
        return true;
    }
    for (uint32_t i = 1; i + 1 < spot->count; i++) {
        uint32_t first = spot->first + i + 1, count = spot->count - i - 1;
        if (!dln_str_is(reading->words[first - 1], "of") || (count == 1 && is_plain_word(reading, first))) continue;
        uint32_t name = name_of_tokens(places, first, count);
        if (name != DLN_NONE) add_toponym(places, first, count, name);
        return name != DLN_NONE;
    }
    return false;
}

static bool is_capital(const dln_reading *reading, uint32_t token, uint32_t sentence) {
    return token < reading->doc->tokens.count && reading->sentence_of[token] == sentence &&
           dln_char_is_upper(dln_utf8_at(reading->words[token], 0));
}

enum { MAX_MORE = 2 };

/* A longer name around a spot that the tagger cut: 'Prince Edward Island'. */
static uint32_t widened(dln_places *places, const dln_spot *spot, uint32_t *first, uint32_t *count) {
    const dln_reading *reading = places->reading;
    for (uint32_t before = MAX_MORE + 1; before-- > 0;) {
        uint32_t from = spot->first - before, end = spot->first + spot->count;
        if (before > spot->first || (before > 0 && !is_capital(reading, from, spot->sentence))) continue;
        for (uint32_t behind = MAX_MORE + 1; behind-- > 0;) {
            if (before + behind == 0 || (behind > 0 && !is_capital(reading, end + behind - 1, spot->sentence)))
                continue;
            uint32_t name = name_of_tokens(places, from, end + behind - from);
            if (name == DLN_NONE || !is_main_name(places, name)) continue;
            *first = from;
            *count = end + behind - from;
            return name;
        }
    }
    return DLN_NONE;
}

static void add_place_spot(dln_places *places, const dln_spot *spot) {
    const dln_reading *reading = places->reading;
    if (is_surname(places, spot)) return;
    uint32_t first = spot->first, count = spot->count, name = widened(places, spot, &first, &count);
    if (name == DLN_NONE && count == 1 && spot->entry == DLN_NONE && is_use(reading, first, DLN_PLACE_COMMON)) return;
    if (name == DLN_NONE) name = name_of_tokens(places, first, count);
    if (name == DLN_NONE) name = name_inside(places, first, count);
    if (name == DLN_NONE && add_inside(places, spot)) return;
    if (name == DLN_NONE && !is_credible(places, spot)) return;
    add_toponym(places, first, count, name);
    add_abbreviation(places, first + count);
}

/* A place that the tagger took for something else: 'in Kananga'. */
static bool add_unmarked(dln_places *places, const dln_spot *spot) {
    const dln_reading *reading = places->reading;
    bool known = spot->entry != DLN_NONE && dln_world_kind(reading->resolver, spot->entry) == DLN_KIND_ORGANISATION;
    if (known || !is_behind(reading, spot->first, DLN_PLACE_INSIDE)) return false;
    if (spot->count == 1 && (is_plain_word(reading, spot->first) || is_surname(places, spot))) return false;
    uint32_t name = name_of_tokens(places, spot->first, spot->count);
    if (name == DLN_NONE || !is_main_name(places, name)) return false;
    add_toponym(places, spot->first, spot->count, name);
    add_abbreviation(places, spot->first + spot->count);
    return true;
}

static void add_spot(dln_places *places, const dln_spot *spot) {
    if (spot->kind != DATELINE_MENTION_NAME || spot->cluster == DLN_NONE) return;
    dateline_entity_type type = type_of(places->reading, spot);
    if (is_place(places->reading, spot)) add_place_spot(places, spot);
    else if (type != DATELINE_ENTITY_PERSON && type != DATELINE_ENTITY_NORP && !add_unmarked(places, spot))
        add_inside(places, spot);
}

/* ---------------------------------------------------------------- the dateline */

static uint32_t name_of_text(dln_places *places, dateline_str text) {
    char bytes[DLN_PLACE_KEY_BYTES];
    uint32_t name = name_of_abbreviation(places, text);
    if (name != DLN_NONE || text.len == 0) return name;
    enum { MAX_WORDS = 8 };
    dateline_str words[MAX_WORDS], rest = text;
    size_t count = 0;
    while (rest.len > 0 && count < MAX_WORDS) words[count++] = dln_str_part(&rest, ' ');
    dln_match match = match_of(places->reading, words, count, 0, count);
    dateline_str key = dln_place_key(text, bytes);
    return key.len == 0 ? DLN_NONE : name_of(places, key, &match);
}

enum { DATELINE_MENTIONS = 3 };

static uint32_t add_dateline_part(dln_places *places, dateline_span span) {
    uint32_t name = name_of_text(places, dln_span_str(places->reading->doc->text, span));
    dln_toponym toponym = { .span = span, .first = DLN_NONE, .name = name, .outer = DLN_NONE };
    dln_array_push(&places->toponyms, &toponym);
    if (name < places->names.count) ((dln_place_name *)places->names.items)[name].mentions++;
    return name;
}

/* The dateline's place, and what stands behind its comma. */
static void add_dateline(dln_places *places) {
    const dateline_doc *doc = places->reading->doc;
    dateline_span whole = doc->dateline.place_span, part = whole;
    if (!doc->has_dateline || whole.end <= whole.begin) return;
    while (part.end > part.begin && doc->text.ptr[part.end - 1] != ',') part.end--;
    places->dateline = (uint32_t)places->toponyms.count;
    bool split = part.end > part.begin + 1 && name_of_text(places, dln_span_str(doc->text, whole)) == DLN_NONE;
    if (!split) part.end = whole.end + 1;
    uint32_t comma = part.end - 1;
    uint32_t name = add_dateline_part(places, (dateline_span){ whole.begin, comma });
    if (name < places->names.count) ((dln_place_name *)places->names.items)[name].mentions += DATELINE_MENTIONS;
    if (!split) return;
    while (part.end < whole.end && doc->text.ptr[part.end] == ' ') part.end++;
    uint32_t outer = add_dateline_part(places, (dateline_span){ part.end, whole.end });
    if (places->toponyms.status == DATELINE_OK) ((dln_toponym *)places->toponyms.items)[places->dateline].outer = outer;
}

/* ---------------------------------------------------------------- the whole */

/* Text order; the list is nearly sorted already. */
static void sort_toponyms(dln_places *places) {
    dln_toponym *items = places->toponyms.items;
    for (size_t i = 1; i < places->toponyms.count; i++) {
        dln_toponym item = items[i];
        size_t k = i;
        for (; k > 0 && items[k - 1].span.begin > item.span.begin; k--) items[k] = items[k - 1];
        items[k] = item;
    }
}

/* Whether nothing but commas, 'and' and 'or' stands between two places. */
static bool is_list(const dln_reading *reading, uint32_t from, uint32_t to) {
    enum { MAX_BETWEEN = 2 };
    if (to <= from || to - from > MAX_BETWEEN || to >= reading->doc->tokens.count) return false;
    for (uint32_t i = from; i < to; i++) {
        if (!dln_str_is(reading->words[i], ",") && !dln_str_is(reading->words[i], "and") &&
            !dln_str_is(reading->words[i], "or"))
            return false;
    }
    return true;
}

/* Of toponyms that overlap the first stands; then the words behind commas and in brackets are joined to what they tell.
 */
static void link_toponyms(dln_places *places) {
    const dln_reading *reading = places->reading;
    dln_toponym *items = places->toponyms.items;
    size_t kept = 0;
    for (size_t i = 0; i < places->toponyms.count; i++) {
        if (kept > 0 && items[i].span.begin < items[kept - 1].span.end) continue;
        items[kept++] = items[i];
    }
    places->toponyms.count = kept;
    for (size_t i = 0; i < kept; i++) {
        if (items[i].first == DLN_NONE && (i == 0 || items[i - 1].first != DLN_NONE)) places->dateline = (uint32_t)i;
        uint32_t mark = items[i].first + items[i].count;
        items[i].listed = i + 1 < kept && items[i].first != DLN_NONE && is_list(reading, mark, items[i + 1].first);
        if (i + 1 == kept || items[i].first == DLN_NONE || items[i + 1].first != mark + 1) continue;
        bool joined = dln_str_is(reading->words[mark], ",") || dln_str_is(reading->words[mark], "(");
        if (joined && reading->sentence_of[mark + 1] == reading->sentence_of[mark - 1])
            items[i].outer = items[i + 1].name;
    }
}

bool dln_places_find(dln_places *places) {
    const dln_reading *reading = places->reading;
    note_persons(places);
    add_dateline(places);
    for (uint32_t i = 0; i < reading->spot_count; i++) add_spot(places, &reading->spots[i]);
    sort_toponyms(places);
    link_toponyms(places);
    return places->toponyms.status == DATELINE_OK && places->names.status == DATELINE_OK &&
           places->candidates.status == DATELINE_OK && places->name_at.status == DATELINE_OK &&
           places->persons.status == DATELINE_OK;
}
