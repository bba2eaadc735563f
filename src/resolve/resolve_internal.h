/* SPDX-License-Identifier: Apache-2.0
 * resolve_internal: what the files of this room share. The stage in order:
 *   match.c    lexicon phrases over the tokens
 *   spot.c     spots: every name, noun phrase and pronoun that may be a mention, with its span (phrase.c)
 *   codes.c    what a spot's own words say: country, sectors, office (world.c reads the lexicon's entries)
 *   coref.c    spots to clusters: names, then role nouns, then pronouns; group.c: plurals that stand for several
 *   entity.c   clusters to the doc's entities, mentions and phrases; role.c reads the phrases for the rooms to the
 * right place.c    place names (places.h), place_context.c what the others ask of them; times.c time expressions
 */
#ifndef DLN_RESOLVE_INTERNAL_H
#define DLN_RESOLVE_INTERNAL_H

#include "resolve/resolve.h"
#include "resolve/times.h"

#define DLN_NONE DATELINE_NO_INDEX

/* ---------------------------------------------------------------- the lexicon's world (world.c) */

typedef enum {
    DLN_KIND_NONE = 0,
    DLN_KIND_COUNTRY,
    DLN_KIND_ORGANISATION,
    DLN_KIND_ACTOR,
    DLN_KIND_ROLE,
    DLN_KIND_PLACE,
    DLN_KIND_COUNT
} dln_kind;

/* How an entry says a country, and what kind of word a role is (key `as`). */
typedef enum {
    DLN_FORM_NAME = 0,  /* 'Russia' */
    DLN_FORM_ADJECTIVE, /* 'Russian' */
    DLN_FORM_DEMONYM,   /* 'Russians' */
    DLN_FORM_CAPITAL,   /* 'Moscow' */
    DLN_FORM_SEAT,      /* 'the Kremlin' */
    DLN_FORM_NOUN,      /* 'soldier' */
    DLN_FORM_TITLE,     /* 'Mr', 'General' */
    DLN_FORM_MODIFIER,  /* 'former', 'opposition' */
    DLN_FORM_SPOKESMAN, /* speaks for somebody: takes their codes */
    DLN_FORM_MEMBER     /* belongs to somebody: takes their codes */
} dln_form;

typedef enum { DLN_GENDER_NONE = 0, DLN_GENDER_MALE, DLN_GENDER_FEMALE } dln_gender;

/* What a word does in references (lexicon kind `reference`): bits. */
typedef enum {
    DLN_USE_OWNER = 1,        /* 'of', 'for', 'in': what follows says where the one before belongs */
    DLN_USE_GENDERED = 2,     /* 'Mr', 'queen': says the gender of the name or noun */
    DLN_USE_PRONOUN = 4,      /* third person */
    DLN_USE_FIRST = 8,        /* first and second person: left open */
    DLN_USE_RELATIVE = 16,    /* 'who', 'which' */
    DLN_USE_SIDE = 32,        /* 'sides', 'countries': a plural that stands for states */
    DLN_USE_HEAD = 64,        /* 'leader', 'president': heads of states and governments */
    DLN_USE_WEAK = 128,       /* 'official', 'member': takes the sector of what it belongs to */
    DLN_USE_LOCAL = 256,      /* 'police', 'government': with no country said, that of the place spoken of */
    DLN_USE_MUTUAL = 512,     /* 'each other' */
    DLN_USE_BODY = 1024,      /* 'group', 'party': with 'the', an organisation named before */
    DLN_USE_PAIR = 2048,      /* 'two', 'both' */
    DLN_USE_TRIPLE = 4096,    /* 'three' */
    DLN_USE_QUANTITY = 16384, /* 'several', 'nearly': before a noun, no part of the phrase */
    DLN_USE_DIVISION = 32768, /* 'Province', 'River': behind a place name, part of it */
    DLN_USE_FOLLOWER = 65536, /* 'supporter': of a person, a civilian */
    DLN_USE_GIVEN = 131072,   /* a given name: says the gender */
    DLN_USE_COURTESY = 8192   /* 'Mr', 'Dr': before a person's name, and no part of it */
} dln_use;

typedef struct {
    uint32_t uses; /* dln_use bits */
    dln_gender gender;
    uint8_t number; /* 1, 2 (plural), 0 open */
    bool person;    /* pronoun of a person */
} dln_word;

/* What a word does at place names (lexicon kind `place_word`): bits. */
typedef enum {
    DLN_PLACE_BODY = 1,      /* 'Police', 'Council': what stands before it is a place */
    DLN_PLACE_DIRECTION = 2, /* 'northern', 'downtown': may stand before a place's name */
    DLN_PLACE_KIND = 4,      /* 'Province', 'Township': may stand behind it */
    DLN_PLACE_INSIDE = 8,    /* 'in', 'near': what follows is a place */
    DLN_PLACE_NEVER = 16,    /* 'Post', 'Times': what stands before it is part of another name */
    DLN_PLACE_COMMON = 32,   /* 'Street', 'Center': no place by itself */
    DLN_PLACE_TOWARD = 64    /* 'from', 'of': what follows may be a place */
} dln_place_use;

#define DLN_MAX_PHRASE_ENTRIES 8

/* The world's places, mapped from a file (places.h). BAD_LEXICON if it is damaged. */
typedef struct dln_gazetteer dln_gazetteer;
dln_gazetteer *dln_gazetteer_load(const char *path, dateline_error *err);
void dln_gazetteer_free(dln_gazetteer *gazetteer);

struct dln_resolver {
    const dln_lexicon *lexicon;
    dln_finder *names; /* country, organisation, actor, place */
    dln_finder *roles;
    dln_times *times;
    dln_gazetteer *gazetteer; /* NULL: none */
    dln_map place_words;      /* lexicon kind `place_word`: word to dln_place_use bits */
    dln_map abbreviations;    /* lexicon kind `place_abbreviation`: key to GeoNames id */
    struct {
        uint32_t first, count;
    } kinds[DLN_KIND_COUNT];
    dln_map words;      /* text to index of word_facts */
    dln_array facts;    /* dln_word */
    dln_map countries;  /* code to entry of kind country and form name */
    dln_map people;     /* canonical name to its first entry of kind actor or organisation */
    dln_array next_row; /* uint32_t, by entry - kinds' first: next row of the same canonical name, DLN_NONE ends */
    uint32_t row_first;
};

/* Codes as a phrase or an entry gives them; what it leaves open is empty. */
typedef struct {
    char code[4];
    uint8_t sector_count;
    char sector[DATELINE_MAX_SECTORS][4];
    dateline_str name, identifier, office;
} dln_codes;

dln_kind dln_world_kind(const dln_resolver *resolver, uint32_t entry);
dln_form dln_world_form(const dln_resolver *resolver, uint32_t entry);
dln_codes dln_world_codes(const dln_resolver *resolver, uint32_t entry); /* an entry's own values */
dateline_entity_type dln_world_type(const dln_resolver *resolver, uint32_t entry);
dln_gender dln_world_gender(const dln_resolver *resolver, uint32_t entry);
const dln_word *dln_world_word(const dln_resolver *resolver, dateline_str word); /* NULL: not known; any case */
bool dln_world_is(const dln_resolver *resolver, dateline_str word, dln_use use);

/* The codes of the person or body of `entry` on `day` (not set: by its last row): the row valid then; out of office
 * ELI; before the first row the country alone. */
dln_codes dln_world_as_of(const dln_resolver *resolver, uint32_t entry, dateline_date day);
bool dln_world_in_force(const dln_resolver *resolver, uint32_t entry, dateline_date day); /* any row of the person */
/* Of several entries with the same phrase the likeliest on `day`; `code` (may be empty) is the country that the words
 * around speak of. */
uint32_t dln_world_choose(const dln_resolver *resolver, const uint32_t *entries, uint32_t count, dateline_date day,
                          const char *code);
dln_codes dln_world_country(const dln_resolver *resolver, const char *code); /* name and identifier of a country code */

void dln_codes_add_sector(dln_codes *codes, const char *sector); /* at the end, once */
void dln_codes_set_sector(dln_codes *codes, const char *sector); /* alone */
bool dln_code_is_international(const char *code);                /* IGO, UNO, … */

/* ---------------------------------------------------------------- a document while it is read */

/* A lexicon phrase in the text. */
typedef struct {
    uint32_t first, count;
    uint32_t entry_count, entries[DLN_MAX_PHRASE_ENTRIES];
} dln_match;

uint32_t dln_match_state(const dln_resolver *resolver, const dln_match *match); /* its entry of kind country, or NONE */

/* A mention in the making. */
typedef struct {
    dateline_mention_kind kind;
    dateline_entity_type type;
    uint32_t first, count, head;         /* the mention: of a name the name alone */
    uint32_t phrase_first, phrase_count; /* the phrase that fills a role: title and name */
    uint32_t entry;                      /* lexicon entry that names it; DLN_NONE */
    uint32_t stand_in;                   /* spot of the owner that a thing of his stands for; DLN_NONE */
    uint32_t role;                       /* match of the role noun (of a name: its title); DLN_NONE */
    uint32_t sentence;
    dln_codes codes;
    dln_gender gender;
    uint8_t number; /* 1, 2 */
    bool person, definite, former, is_actor;
    bool coded;         /* a nominal whose words were read */
    bool coded_by_text; /* the sectors come from the words of the text */
    uint32_t cluster;
    uint32_t member_first, member_count; /* of a plural: clusters in dln_reading.members */
} dln_spot;

/* Spots that are one. */
typedef struct {
    dateline_entity_type type;
    dateline_mention_kind kind; /* best kind among its mentions: a name before a nominal */
    uint32_t name_spot;         /* spot with the fullest name; DLN_NONE */
    uint32_t first_spot, last_spot;
    uint32_t entry;
    dln_codes codes;
    dln_gender gender;
    uint8_t number;
    bool person, former, coded_by_text;
    uint32_t role; /* last role noun said of it */
    uint32_t member_first, member_count;
    uint32_t entity; /* index in the doc */
} dln_cluster;

/* How often a text names each country: what decides among namesakes. */
#define DLN_MAX_COUNTRIES 64
typedef struct {
    uint32_t count;
    struct {
        char code[4];
        uint32_t mentions;
    } items[DLN_MAX_COUNTRIES];
} dln_country_counts;

typedef struct {
    const dln_resolver *resolver;
    dateline_doc *doc;
    dln_arena *scratch;
    dln_tree tree;
    dateline_str *words;   /* by token */
    uint32_t *sentence_of; /* by token */
    bool *in_time;         /* by token: part of a time expression */
    dln_match *matches;
    dln_country_counts countries;
    uint32_t *name_match, *role_match; /* by token: the match that covers it; DLN_NONE */
    dln_spot *spots;                   /* in text order */
    uint32_t spot_count;
    uint32_t *spot_at; /* by token: spot whose head it is or whose name covers it; DLN_NONE */
    dln_cluster *clusters;
    uint32_t cluster_count;
    uint32_t owner_depth; /* owners of owners being read */
    uint32_t *land_count; /* by spot: of a country's name, how often the country was named up to it */
    uint32_t *members;    /* clusters: the lists of those that plurals stand for */
    /* What the lists above live in; they move when they grow. */
    dln_array match_list, spot_list, cluster_list, member_list;
} dln_reading;

static inline const dateline_token *dln_reading_token(const dln_reading *reading, uint32_t i) {
    return dln_doc_token(reading->doc, i);
}
static inline bool dln_reading_rel(const dln_reading *reading, uint32_t i, const char *deprel) {
    return dln_token_is_rel(dln_reading_token(reading, i), deprel);
}

/* The title before a name that begins at `first`: the role match that ends there ('Prime Minister Keita'), or with the
 * country of an envoy between ('ambassador to Chad Awa Keita'). DLN_NONE: none. (codes.c) */
uint32_t dln_title_before(const dln_reading *reading, uint32_t first);
bool dln_match_all(dln_reading *reading); /* false: no memory; so below */
bool dln_spot_all(dln_reading *reading);

/* First and last token of the phrase headed by `head`, by the conventions: no article, number, possessive pronoun,
 * possessive ending or relative clause. With `bare`, nothing but the modifiers before it (a name's title). */
void dln_phrase_span(const dln_reading *reading, uint32_t head, bool bare, uint32_t *first, uint32_t *last);

/* What the words of a spot's phrase say of it, owners that are clusters already included. */
void dln_codes_of_spot(dln_reading *reading, dln_spot *spot);

bool dln_coref_all(dln_reading *reading);
uint32_t dln_cluster_add(dln_reading *reading, const dln_cluster *cluster);       /* DLN_NONE: no memory */
bool dln_cluster_is_head(const dln_reading *reading, const dln_cluster *cluster); /* of a state or government */
/* Whom a plural ('the two leaders', 'both sides') stands for: sets the spot's members if it finds them. */
void dln_group_resolve(dln_reading *reading, uint32_t spot_index);
uint32_t dln_cluster_of_token(const dln_reading *reading, uint32_t token); /* DLN_NONE: not an entity (yet) */
bool dln_entity_all(dln_reading *reading);

void dln_country_note(dln_country_counts *counts, dateline_str code);
uint32_t dln_country_mentions(const dln_country_counts *counts, dateline_str code);
/* Counts the countries that the matches and the dateline name. */
void dln_place_context(dln_reading *reading);
/* The likeliest of the entries that are places; `outer`: the match behind a comma ('Paris, Texas'), or NULL. A capital
 * counts as the city, a country's name as the country. DLN_NONE: none, or none that is likely here. */
uint32_t dln_place_choose(const dln_reading *reading, const dln_match *match, const dln_match *outer);
const dln_match *dln_place_outer(const dln_reading *reading, uint32_t end); /* the match behind a comma at `end` */
bool dln_place_all(dln_reading *reading);

#endif
