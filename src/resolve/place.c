/* SPDX-License-Identifier: Apache-2.0
 * place.c: place names with what the gazetteer knows of them; the dateline's place.
 *
 * Among namesakes ('London', 'Paris', 'Tripoli') the words behind a comma decide ('Paris, Texas'), then the countries
 * that the text speaks of, then the gazetteer's order: the best known first. */
#include "resolve/resolve_internal.h"

/* ---------------------------------------------------------------- the countries of a text */

enum { MAX_COUNTRIES = 64 };

typedef struct {
    const dln_reading *reading;
    uint32_t count;
    struct {
        char code[4];
        uint32_t mentions;
    } countries[MAX_COUNTRIES];
} context;

static void note_country(context *c, const char *code) {
    uint32_t i = 0;
    while (i < c->count && strcmp(c->countries[i].code, code) != 0) i++;
    if (i == MAX_COUNTRIES) return;
    if (i == c->count) memcpy(c->countries[c->count++].code, code, 4);
    c->countries[i].mentions++;
}

static void note_countries(context *c) {
    const dln_reading *reading = c->reading;
    for (uint32_t i = 0; i < reading->spot_count; i++) {
        const dln_spot *spot = &reading->spots[i];
        if (spot->kind != DATELINE_MENTION_NAME || spot->entry == DLN_NONE || spot->codes.code[0] == 0) continue;
        if (dln_world_kind(reading->resolver, spot->entry) == DLN_KIND_COUNTRY) note_country(c, spot->codes.code);
    }
}

static uint32_t mentions_of(const context *c, dateline_str code) {
    for (uint32_t i = 0; i < c->count; i++) {
        if (dln_str_is(code, c->countries[i].code)) return c->countries[i].mentions;
    }
    return 0;
}

/* ---------------------------------------------------------------- the gazetteer's values */

static dateline_str value(const context *c, uint32_t entry, const char *key) {
    return dln_entry_value(c->reading->resolver->lexicon, entry, key, 0);
}

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

static void set_country(const context *c, dateline_place *place, dateline_str code) {
    memset(place->country_code, 0, sizeof place->country_code);
    memcpy(place->country_code, code.ptr, code.len < 3 ? code.len : 3);
    place->country = dln_world_country(c->reading->resolver, place->country_code).name;
}

static void fill_place(const context *c, dateline_place *place, uint32_t entry) {
    dln_codes codes = dln_world_codes(c->reading->resolver, entry);
    place->resolved = true;
    place->name = codes.name;
    set_country(c, place, value(c, entry, "code"));
    if (dln_world_kind(c->reading->resolver, entry) == DLN_KIND_COUNTRY) {
        place->name = place->country;
        place->feature_class = 'A';
        place->feature_code = DLN_STR("PCLI");
        place->resolution = 1;
        return;
    }
    uint64_t id = 0;
    if (dln_str_to_u64(value(c, entry, "id"), &id) && id <= UINT32_MAX) place->geoname_id = (uint32_t)id;
    place->has_coordinates =
        decimal(value(c, entry, "lat"), &place->latitude) && decimal(value(c, entry, "lon"), &place->longitude);
    dateline_str class = value(c, entry, "class");
    place->feature_class = class.len > 0 ? class.ptr[0] : '\0';
    place->feature_code = value(c, entry, "feature");
    place->province = value(c, entry, "province");
    place->district = value(c, entry, "district");
    if (place->feature_class == 'P') place->city = place->name;
    if (dln_str_is(place->feature_code, "ADM1")) place->province = place->name;
    place->resolution = resolution_of(place->feature_class, place->feature_code);
}

/* ---------------------------------------------------------------- choosing among namesakes */

/* Whether `entry` lies in what a phrase behind the comma names: a country, or a state that is its province. */
static bool lies_in(const context *c, uint32_t entry, const uint32_t *outer, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (!dln_str_equal(value(c, entry, "code"), value(c, outer[i], "code"))) continue;
        if (dln_world_kind(c->reading->resolver, outer[i]) == DLN_KIND_COUNTRY) return true;
        dateline_str province = value(c, entry, "province");
        if (dln_str_equal(province, dln_world_codes(c->reading->resolver, outer[i]).name)) return true;
    }
    return false;
}

/* The likeliest of the entries that are places; `outer`: entries of the name behind the comma. A capital counts as the
 * city, a country's name as the country. */
static uint32_t choose_place(const context *c, const uint32_t *entries, uint32_t count, const uint32_t *outer,
                             uint32_t outer_count) {
    const dln_resolver *resolver = c->reading->resolver;
    uint32_t best = DLN_NONE, rank = 0;
    int best_score = INT32_MIN;
    for (uint32_t i = 0; i < count; i++) {
        dln_kind kind = dln_world_kind(resolver, entries[i]);
        dln_form form = kind == DLN_KIND_COUNTRY ? dln_world_form(resolver, entries[i]) : DLN_FORM_NAME;
        if (kind != DLN_KIND_PLACE && kind != DLN_KIND_COUNTRY) continue;
        if (form == DLN_FORM_ADJECTIVE || form == DLN_FORM_DEMONYM || form == DLN_FORM_SEAT) continue;
        uint32_t mentions = mentions_of(c, value(c, entries[i], "code"));
        int score = (mentions > 4 ? 4 : (int)mentions) * 10 + (mentions > 0 ? 30 : 0);
        if (kind == DLN_KIND_PLACE) score -= 25 * (int)rank++;
        if (kind == DLN_KIND_COUNTRY) score += form == DLN_FORM_CAPITAL ? -1000 : 60;
        if (lies_in(c, entries[i], outer, outer_count)) score += 500;
        if (score <= best_score) continue;
        best = entries[i];
        best_score = score;
    }
    return best;
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

/* 'Paris, Texas': the match behind the comma that follows a name; NONE: none. */
static const dln_match *match_behind_comma(const dln_reading *reading, const dln_spot *spot) {
    uint32_t comma = spot->first + spot->count;
    if (comma + 1 >= reading->doc->tokens.count || !dln_str_is(reading->words[comma], ",")) return NULL;
    uint32_t match = reading->name_match[comma + 1];
    return match == DLN_NONE || reading->sentence_of[comma + 1] != spot->sentence ? NULL : &reading->matches[match];
}

static void add_spot_place(const context *c, const dln_spot *spot) {
    const dln_reading *reading = c->reading;
    dateline_place place = { .span = { dln_reading_token(reading, spot->first)->span.begin,
                                       dln_reading_token(reading, spot->first + spot->count - 1)->span.end } };
    uint32_t match = reading->name_match[spot->first], entry = DLN_NONE;
    bool whole = match != DLN_NONE && reading->matches[match].first == spot->first &&
                 reading->matches[match].count == spot->count;
    if (whole) {
        const dln_match *m = &reading->matches[match], *outer = match_behind_comma(reading, spot);
        entry = choose_place(c, m->entries, m->entry_count, outer == NULL ? NULL : outer->entries,
                             outer == NULL ? 0 : outer->entry_count);
    }
    if (entry != DLN_NONE) fill_place(c, &place, entry);
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

static uint32_t entries_at(const dln_resolver *resolver, const dateline_str *words, size_t count, size_t at,
                           uint32_t entries[DLN_MAX_PHRASE_ENTRIES], uint32_t *entry_count) {
    dln_found found[MAX_FOUND];
    size_t n = at < count ? dln_finder_at(resolver->names, words, count, at, found, MAX_FOUND) : 0;
    *entry_count = 0;
    for (size_t i = 0; i < n && found[i].count == found[0].count && *entry_count < DLN_MAX_PHRASE_ENTRIES; i++) {
        entries[(*entry_count)++] = found[i].entry;
    }
    return n == 0 ? 0 : found[0].count;
}

static void add_dateline_place(context *c) {
    dateline_doc *doc = c->reading->doc;
    dateline_str words[MAX_WORDS];
    uint32_t entries[DLN_MAX_PHRASE_ENTRIES], outer[DLN_MAX_PHRASE_ENTRIES], count, outer_count;
    if (!doc->has_dateline || doc->dateline.place_span.end <= doc->dateline.place_span.begin) return;
    dateline_place place = { .span = doc->dateline.place_span };
    size_t word_count = split_words(dln_span_str(doc->text, place.span), words);
    uint32_t length = entries_at(c->reading->resolver, words, word_count, 0, entries, &count);
    bool comma = length > 0 && length < word_count && dln_str_is(words[length], ",");
    entries_at(c->reading->resolver, words, comma ? word_count : 0, length + 1, outer, &outer_count);
    uint32_t entry = choose_place(c, entries, count, outer, outer_count);
    if (entry != DLN_NONE) {
        fill_place(c, &place, entry);
        note_country(c, place.country_code);
    }
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
    context c = { .reading = reading };
    note_countries(&c);
    add_dateline_place(&c);
    for (uint32_t i = 0; i < reading->spot_count; i++) {
        if (is_place(reading, &reading->spots[i])) add_spot_place(&c, &reading->spots[i]);
    }
    if (reading->doc->has_dateline) sort_places(reading->doc);
    return reading->doc->places.status == DATELINE_OK;
}
