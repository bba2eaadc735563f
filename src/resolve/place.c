/* SPDX-License-Identifier: Apache-2.0
 * place.c: place names with what the gazetteer knows of them; the dateline's place.
 *
 * Among namesakes ('London', 'Paris', 'Tripoli') the words behind a comma decide ('Paris, Texas'), then the countries
 * that the text speaks of, then the gazetteer's order: the best known first. */
#include "resolve/resolve_internal.h"

/* ---------------------------------------------------------------- the countries of a text */

void dln_country_note(dln_country_counts *c, dateline_str code) {
    uint32_t i = 0;
    while (i < c->count && !dln_str_is(code, c->items[i].code)) i++;
    if (i == DLN_MAX_COUNTRIES || code.len != 3) return;
    if (i == c->count) memcpy(c->items[c->count++].code, code.ptr, 3);
    c->items[i].mentions++;
}

uint32_t dln_country_mentions(const dln_country_counts *c, dateline_str code) {
    for (uint32_t i = 0; i < c->count; i++) {
        if (dln_str_is(code, c->items[i].code)) return c->items[i].mentions;
    }
    return 0;
}

static dateline_str value(const dln_reading *reading, uint32_t entry, const char *key) {
    return dln_entry_value(reading->resolver->lexicon, entry, key, 0);
}

void dln_place_context(dln_reading *reading) {
    const dln_match *matches = reading->match_list.items;
    for (size_t i = 0; i < reading->match_list.count; i++) {
        for (uint32_t k = 0; k < matches[i].entry_count; k++) {
            if (dln_world_kind(reading->resolver, matches[i].entries[k]) != DLN_KIND_COUNTRY) continue;
            dln_country_note(&reading->countries, value(reading, matches[i].entries[k], "code"));
            break;
        }
    }
}

/* ---------------------------------------------------------------- the gazetteer's values */

/* '-12.0432'. False: no number. */
static bool decimal(dateline_str text, double *number) {
    bool negative = text.len > 0 && text.ptr[0] == '-';
    double digits = 0, scale = 1;
    bool point = false, any = false;
    for (size_t i = negative ? 1 : 0; i < text.len; i++) {
        char ch = text.ptr[i];
        if (ch == '.' && !point) {
            point = true;
            continue;
        }
        if (ch < '0' || ch > '9' || scale > 1e8) return false;
        any = true;
        digits = digits * 10 + (ch - '0');
        if (point) scale *= 10;
    }
    *number = (negative ? -digits : digits) / scale;
    return any;
}

static uint8_t resolution_of(char class, dateline_str feature) {
    if (dln_str_starts(feature, DLN_STR("PCL"))) return 1;
    if (dln_str_is(feature, "ADM1")) return 2;
    if (dln_str_starts(feature, DLN_STR("ADM"))) return 3;
    switch (class) {
    case 'P': return 4;
    case 'S': return 5;
    case 'A':
    case 'L':
    case 'H':
    case 'T': return 2;
    default: return 0;
    }
}

static void set_country(const dln_reading *reading, dateline_place *place, dateline_str code) {
    memset(place->country_code, 0, sizeof place->country_code);
    if (code.len > 0) memcpy(place->country_code, code.ptr, code.len < 3 ? code.len : 3);
    place->country = dln_world_country(reading->resolver, place->country_code).name;
}

static void set_position(const dln_reading *reading, dateline_place *place, uint32_t entry) {
    uint64_t id = 0;
    if (dln_str_to_u64(value(reading, entry, "id"), &id) && id <= UINT32_MAX) place->geoname_id = (uint32_t)id;
    place->has_coordinates = decimal(value(reading, entry, "lat"), &place->latitude) &&
                             decimal(value(reading, entry, "lon"), &place->longitude);
}

static void fill_place(const dln_reading *reading, dateline_place *place, uint32_t entry) {
    dln_codes codes = dln_world_codes(reading->resolver, entry);
    place->resolved = true;
    place->name = codes.name;
    set_country(reading, place, value(reading, entry, "code"));
    if (dln_world_kind(reading->resolver, entry) == DLN_KIND_COUNTRY) {
        const uint32_t *twin = dln_map_get(&reading->resolver->middles, dateline_str_from(place->country_code));
        place->name = place->country;
        place->feature_class = 'A';
        place->feature_code = DLN_STR("PCLI");
        place->resolution = 1;
        if (twin != NULL) set_position(reading, place, *twin);
        return;
    }
    set_position(reading, place, entry);
    dateline_str class = value(reading, entry, "class");
    place->feature_class = class.len > 0 ? class.ptr[0] : '\0';
    place->feature_code = value(reading, entry, "feature");
    place->province = value(reading, entry, "province");
    place->district = value(reading, entry, "district");
    if (place->feature_class == 'P') place->city = place->name;
    if (dln_str_is(place->feature_code, "ADM1")) place->province = place->name;
    place->resolution = resolution_of(place->feature_class, place->feature_code);
}

/* ---------------------------------------------------------------- choosing among namesakes */

/* Whether `entry` lies in what a phrase behind the comma names: a country, or a state that is its province. */
static bool lies_in(const dln_reading *reading, uint32_t entry, const dln_match *outer) {
    for (uint32_t i = 0; outer != NULL && i < outer->entry_count; i++) {
        if (!dln_str_equal(value(reading, entry, "code"), value(reading, outer->entries[i], "code"))) continue;
        if (dln_world_kind(reading->resolver, outer->entries[i]) == DLN_KIND_COUNTRY) return true;
        dateline_str province = value(reading, entry, "province");
        if (dln_str_equal(province, dln_world_codes(reading->resolver, outer->entries[i]).name)) return true;
    }
    return false;
}

enum { WELL_KNOWN = 4000, COUNTRY_BONUS = 60, NAMESAKE_STEP = 25, OUTER_BONUS = 500, LAST_CHOICE = -1000 };

/* How well an entry fits as the place meant; the gazetteer's order counts by `rank`. INT32_MIN: it is none, or a small
 * place far from all that the text speaks of. */
static int fitness(const dln_reading *reading, uint32_t entry, uint32_t rank, const dln_match *outer) {
    const dln_resolver *resolver = reading->resolver;
    dln_kind kind = dln_world_kind(resolver, entry);
    dln_form form = kind == DLN_KIND_COUNTRY ? dln_world_form(resolver, entry) : DLN_FORM_NAME;
    if (kind != DLN_KIND_PLACE && kind != DLN_KIND_COUNTRY) return INT32_MIN;
    if (form == DLN_FORM_ADJECTIVE || form == DLN_FORM_DEMONYM || form == DLN_FORM_SEAT) return INT32_MIN;
    uint32_t mentions = dln_country_mentions(&reading->countries, value(reading, entry, "code"));
    int score = (mentions > 4 ? 4 : (int)mentions) * 10 + (mentions > 0 ? 30 : 0);
    if (lies_in(reading, entry, outer)) score += OUTER_BONUS;
    if (kind == DLN_KIND_COUNTRY) return score + (form == DLN_FORM_CAPITAL ? LAST_CHOICE : COUNTRY_BONUS);
    bool known = entry - resolver->kinds[DLN_KIND_PLACE].first < WELL_KNOWN || value(reading, entry, "id").len == 0 ||
                 dln_str_is(value(reading, entry, "class"), "A");
    if (score == 0 && !known) return INT32_MIN;
    return score - NAMESAKE_STEP * (int)rank;
}

uint32_t dln_place_choose(const dln_reading *reading, const dln_match *match, const dln_match *outer) {
    uint32_t best = DLN_NONE;
    int best_score = INT32_MIN;
    for (uint32_t i = 0; i < match->entry_count; i++) {
        int score = fitness(reading, match->entries[i], i, outer);
        if (score <= best_score) continue;
        best = match->entries[i];
        best_score = score;
    }
    return best;
}

const dln_match *dln_place_outer(const dln_reading *reading, uint32_t end) {
    uint32_t count = (uint32_t)reading->doc->tokens.count;
    if (end + 1 >= count || !dln_str_is(reading->words[end], ",")) return NULL;
    uint32_t match = reading->name_match[end + 1];
    bool same = match != DLN_NONE && reading->sentence_of[end + 1] == reading->sentence_of[end];
    return same ? &reading->matches[match] : NULL;
}

/* ---------------------------------------------------------------- the text's place names */

static bool is_place(const dln_reading *reading, const dln_spot *spot) {
    if (spot->kind != DATELINE_MENTION_NAME || spot->cluster == DLN_NONE) return false;
    dateline_entity_type type = spot->entry != DLN_NONE ? spot->type : reading->clusters[spot->cluster].type;
    if (type == DATELINE_ENTITY_LOC || type == DATELINE_ENTITY_FAC) return true;
    if (type != DATELINE_ENTITY_GPE) return false;
    return spot->entry == DLN_NONE || dln_world_kind(reading->resolver, spot->entry) != DLN_KIND_COUNTRY ||
           dln_world_form(reading->resolver, spot->entry) != DLN_FORM_SEAT;
}

static void add_spot_place(const dln_reading *reading, const dln_spot *spot) {
    dateline_place place = { .span = { dln_reading_token(reading, spot->first)->span.begin,
                                       dln_reading_token(reading, spot->first + spot->count - 1)->span.end } };
    uint32_t match = reading->name_match[spot->first], entry = DLN_NONE;
    bool whole = match != DLN_NONE && reading->matches[match].first == spot->first &&
                 reading->matches[match].count == spot->count;
    if (whole) {
        const dln_match *outer = dln_place_outer(reading, spot->first + spot->count);
        entry = dln_place_choose(reading, &reading->matches[match], outer);
    }
    if (entry != DLN_NONE) fill_place(reading, &place, entry);
    dln_array_push(&reading->doc->places, &place);
}

/* ---------------------------------------------------------------- the dateline */

enum { MAX_WORDS = 12, MAX_FOUND = 16 };

/* The words of the dateline's place, which is in no sentence. */
static size_t split_words(dateline_str text, dateline_str words[MAX_WORDS]) {
    size_t count = 0;
    for (size_t at = 0; at < text.len && count < MAX_WORDS;) {
        size_t begin = at;
        while (at < text.len && text.ptr[at] != ' ' && text.ptr[at] != ',') at++;
        if (at > begin) words[count++] = dln_str_slice(text, begin, at);
        if (at < text.len && text.ptr[at] == ',' && count < MAX_WORDS) words[count++] = dln_str_slice(text, at, at + 1);
        if (at < text.len) at++;
    }
    return count;
}

/* The longest phrase at word `at`, with its entries; `count` 0: none. */
static dln_match match_words(const dln_resolver *resolver, const dateline_str *words, size_t count, size_t at) {
    dln_found found[MAX_FOUND];
    dln_match match = { .entry_count = 0 };
    size_t n = at < count ? dln_finder_at(resolver->names, words, count, at, found, MAX_FOUND) : 0;
    for (size_t i = 0; i < n && found[i].count == found[0].count; i++) {
        if (match.entry_count < DLN_MAX_PHRASE_ENTRIES) match.entries[match.entry_count++] = found[i].entry;
    }
    if (n > 0) match.count = found[0].count;
    return match;
}

static void add_dateline_place(dln_reading *reading) {
    dateline_doc *doc = reading->doc;
    dateline_str words[MAX_WORDS];
    if (!doc->has_dateline || doc->dateline.place_span.end <= doc->dateline.place_span.begin) return;
    dateline_place place = { .span = doc->dateline.place_span };
    size_t count = split_words(dln_span_str(doc->text, place.span), words);
    dln_match inner = match_words(reading->resolver, words, count, 0);
    bool comma = inner.count > 0 && inner.count < count && dln_str_is(words[inner.count], ",");
    dln_match outer = match_words(reading->resolver, words, comma ? count : 0, inner.count + 1);
    uint32_t entry = dln_place_choose(reading, &inner, &outer);
    if (entry != DLN_NONE) fill_place(reading, &place, entry);
    doc->dateline.place = 0;
    dln_array_push(&doc->places, &place);
}

/* The dateline's place goes to where it stands among the others. */
static void sort_places(dateline_doc *doc) {
    dateline_place *places = doc->places.items;
    for (size_t i = 1; i < doc->places.count && places[i - 1].span.begin > places[i].span.begin; i++) {
        dateline_place later = places[i - 1];
        places[i - 1] = places[i];
        places[i] = later;
        doc->dateline.place = (uint32_t)i;
    }
}

bool dln_place_all(dln_reading *reading) {
    add_dateline_place(reading);
    for (uint32_t i = 0; i < reading->spot_count; i++) {
        if (is_place(reading, &reading->spots[i])) add_spot_place(reading, &reading->spots[i]);
    }
    if (reading->doc->has_dateline) sort_places(reading->doc);
    return reading->doc->places.status == DATELINE_OK;
}
