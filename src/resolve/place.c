/* SPDX-License-Identifier: Apache-2.0
 * place.c: the doc's list of places, with what gazetteer and lexicon know of them; the dateline's place. */
#include "resolve/places.h"

/* ---------------------------------------------------------------- what is known of a place */

bool dln_place_decimal(dateline_str text, double *number) {
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
    if (dln_str_is(feature, "CONT")) return 0;
    if (dln_str_is(feature, "ADM1")) return 2;
    if (dln_str_starts(feature, DLN_STR("ADM"))) return 3;
    if (dln_str_is(feature, "PPLX")) return 5;
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

static char class_of(dateline_str feature) {
    if (dln_str_starts(feature, DLN_STR("PCL")) || dln_str_starts(feature, DLN_STR("ADM"))) return 'A';
    return dln_str_is(feature, "CONT") ? 'L' : 'P';
}

static void set_country(const dln_resolver *resolver, dateline_place *place, dateline_str code) {
    memset(place->country_code, 0, sizeof place->country_code);
    if (code.len == 0) return;
    memcpy(place->country_code, code.ptr, code.len < 3 ? code.len : 3);
    place->country = dln_world_country(resolver, place->country_code).name;
}

enum { MAX_LEVELS = 4 };

/* Names of the regions around a site, itself included. */
static void fill_levels(const dln_gazetteer *gazetteer, dateline_place *place, uint32_t index) {
    for (int level = 0; level < MAX_LEVELS && index != DLN_NONE; level++) {
        dln_site site = dln_gazetteer_at(gazetteer, index);
        if (dln_str_is(site.feature, "ADM1")) place->province = site.name;
        if (dln_str_is(site.feature, "ADM2")) place->district = site.name;
        index = site.parent;
    }
}

static void fill_site(const dln_resolver *resolver, dateline_place *place, uint32_t index) {
    dln_site site = dln_gazetteer_at(resolver->gazetteer, index);
    set_country(resolver, place, dateline_str_from(site.code));
    if (place->country.len == 0 && site.country != DLN_NONE) {
        place->country = dln_gazetteer_at(resolver->gazetteer, site.country).name;
    }
    bool country = dln_str_is(site.feature, "PCLI");
    place->name = country && place->country.len > 0 ? place->country : site.name;
    place->geoname_id = site.id;
    place->has_coordinates = site.has_coordinates;
    place->latitude = site.latitude / 1e5;
    place->longitude = site.longitude / 1e5;
    place->feature_class = class_of(site.feature);
    place->feature_code = site.feature;
    place->resolution = resolution_of(place->feature_class, site.feature);
    fill_levels(resolver->gazetteer, place, index);
    if (place->feature_class == 'P') place->city = site.name;
}

static void fill_entry(const dln_resolver *resolver, dateline_place *place, uint32_t entry) {
    const dln_lexicon *lexicon = resolver->lexicon;
    place->name = dln_world_codes(resolver, entry).name;
    set_country(resolver, place, dln_entry_value(lexicon, entry, "code", 0));
    if (dln_world_kind(resolver, entry) == DLN_KIND_COUNTRY) {
        place->name = place->country;
        place->feature_class = 'A';
        place->feature_code = DLN_STR("PCLI");
        place->resolution = 1;
        return;
    }
    uint64_t id = 0;
    if (dln_str_to_u64(dln_entry_value(lexicon, entry, "id", 0), &id) && id <= UINT32_MAX)
        place->geoname_id = (uint32_t)id;
    place->has_coordinates = dln_place_decimal(dln_entry_value(lexicon, entry, "lat", 0), &place->latitude) &&
                             dln_place_decimal(dln_entry_value(lexicon, entry, "lon", 0), &place->longitude);
    dateline_str class = dln_entry_value(lexicon, entry, "class", 0);
    place->feature_class = class.len > 0 ? class.ptr[0] : '\0';
    place->feature_code = dln_entry_value(lexicon, entry, "feature", 0);
    place->province = dln_entry_value(lexicon, entry, "province", 0);
    place->district = dln_entry_value(lexicon, entry, "district", 0);
    if (place->feature_class == 'P') place->city = place->name;
    if (dln_str_is(place->feature_code, "ADM1")) place->province = place->name;
    place->resolution = resolution_of(place->feature_class, place->feature_code);
}

/* ---------------------------------------------------------------- the stage */

static void add_places(dln_places *places) {
    const dln_resolver *resolver = places->reading->resolver;
    dateline_doc *doc = places->reading->doc;
    const dln_toponym *toponyms = places->toponyms.items;
    for (size_t i = 0; i < places->toponyms.count; i++) {
        const dln_candidate *choice = dln_places_choice(places, &toponyms[i]);
        dateline_place place = { .span = toponyms[i].span, .resolved = choice != NULL };
        if (choice != NULL && choice->site != DLN_NONE) fill_site(resolver, &place, choice->site);
        else if (choice != NULL) fill_entry(resolver, &place, choice->entry);
        if (i == places->dateline) doc->dateline.place = (uint32_t)i;
        dln_array_push(&doc->places, &place);
    }
}

bool dln_place_all(dln_reading *reading) {
    dln_places places = { .reading = reading, .dateline = DLN_NONE };
    dln_array_init(&places.toponyms, sizeof(dln_toponym));
    dln_array_init(&places.names, sizeof(dln_place_name));
    dln_array_init(&places.candidates, sizeof(dln_candidate));
    dln_map_init(&places.name_at);
    dln_map_init(&places.persons);
    bool done = dln_places_find(&places) && dln_places_rank(&places);
    if (done) add_places(&places);
    dln_array_release(&places.toponyms);
    dln_array_release(&places.names);
    dln_array_release(&places.candidates);
    dln_map_release(&places.name_at);
    dln_map_release(&places.persons);
    return done && reading->doc->places.status == DATELINE_OK;
}
