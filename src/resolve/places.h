/* SPDX-License-Identifier: Apache-2.0
 * places.h: what the files that resolve place names share.
 *   gazetteer.c    the world's places, from a mapped file
 *   place_find.c   which words of a text name places, and what each name may mean
 *   place_rank.c   which of its namesakes a name means here
 *   place.c        the doc's list of places; the dateline's place */
#ifndef DLN_PLACES_H
#define DLN_PLACES_H

#include "resolve/resolve_internal.h"

/* ---------------------------------------------------------------- the gazetteer (gazetteer.c) */

/* A place of the gazetteer. Strings live as long as it does. */
typedef struct {
    uint32_t id; /* GeoNames */
    dateline_str name, feature;
    char code[4]; /* of its country */
    bool has_coordinates;
    int32_t latitude, longitude; /* 1/100,000 degree */
    uint32_t population;
    uint32_t parent, country; /* the place that it lies in, its country; DLN_NONE */
} dln_site;

/* Places with one name, the best known first: countries and first-level regions, then by population. */
typedef struct {
    const uint8_t *rows;
    uint32_t count;
} dln_sites;

enum { DLN_PLACE_KEY_BYTES = 128 };

/* A name as the gazetteer compares it: folded, without punctuation. Empty if it is too long. */
dateline_str dln_place_key(dateline_str name, char key[DLN_PLACE_KEY_BYTES]);
/* A NULL gazetteer knows no place. A place that is out of range is empty. */
dln_site dln_gazetteer_at(const dln_gazetteer *gazetteer, uint32_t i);
uint32_t dln_gazetteer_find(const dln_gazetteer *gazetteer, dateline_str key, dln_sites *sites); /* how many */
uint32_t dln_sites_at(const dln_sites *sites, uint32_t i, bool *other_name);       /* other: not its main name */
uint32_t dln_gazetteer_country(const dln_gazetteer *gazetteer, dateline_str code); /* DLN_NONE: not there */
/* Whether a place lies in another, or is it. */
bool dln_site_lies_in(const dln_gazetteer *gazetteer, uint32_t place, uint32_t outer);
/* The first-level region that a place is or lies in; DLN_NONE. */
uint32_t dln_site_region(const dln_gazetteer *gazetteer, uint32_t place);

/* ---------------------------------------------------------------- names and what they may mean */

/* One meaning of a name: a place of the gazetteer, or one that the lexicon alone has. */
typedef struct {
    uint32_t site, entry; /* DLN_NONE: the other one counts */
    uint32_t country;     /* site; DLN_NONE */
    uint32_t region;      /* site; DLN_NONE */
    uint32_t cell;        /* of a grid over the earth; DLN_NONE: not known where */
    int32_t prior, score; /* 8 a doubling of the chance, about */
    uint32_t weight;      /* its share of DLN_WHOLE */
    bool other_name;      /* its main name is another */
    bool holds;           /* a place before its comma lies in it */
} dln_candidate;

enum { DLN_WHOLE = 1024 };

typedef struct {
    uint32_t first, count;     /* candidates */
    uint32_t mentions, nested; /* nested: of them with an outer name */
} dln_place_name;

typedef struct {
    dateline_span span;
    uint32_t first, count; /* tokens; first is DLN_NONE for the dateline's */
    uint32_t name;         /* index of its name; DLN_NONE: nobody knows the name */
    bool listed;           /* the toponym behind it stands beside it in a list */
    uint32_t outer;        /* index of the name behind its comma, or in brackets; DLN_NONE */
} dln_toponym;

typedef struct {
    const dln_reading *reading;
    dln_array toponyms;   /* dln_toponym, in text order */
    dln_array names;      /* dln_place_name */
    dln_array candidates; /* dln_candidate, those of a name together */
    dln_map name_at;      /* key to index of its name */
    dln_map persons;      /* last words of persons' names */
    uint32_t dateline;    /* toponym of the dateline; DLN_NONE */
} dln_places;

bool dln_place_decimal(dateline_str text, double *number); /* '-12.0432'; false: no number */
bool dln_places_find(dln_places *places);                  /* false: no memory */
/* Chooses among the candidates of every name; false: no memory. */
bool dln_places_rank(dln_places *places);
/* What a toponym means; NULL: not known. */
const dln_candidate *dln_places_choice(const dln_places *places, const dln_toponym *toponym);

static inline dln_candidate *dln_places_candidate(const dln_places *places, uint32_t i) {
    return (dln_candidate *)places->candidates.items + i;
}

#endif
