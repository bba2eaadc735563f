/* SPDX-License-Identifier: Apache-2.0
 * event_internal.h: what the files of the room share: frames (compiled patterns), the ontology, a document's
 * predicates. */
#ifndef DLN_EVENT_INTERNAL_H
#define DLN_EVENT_INTERNAL_H

#include "event/event.h"

#include <stddef.h>

/* ---------------------------------------------------------------- frames (pattern.c) */

typedef enum { ROLE_NONE = 0, ROLE_ACTOR, ROLE_RECIPIENT, ROLE_CONTENT } role_kind;

/* Where on the tree the filler of a slot stands. */
typedef enum {
    PLACE_NONE = 0,
    PLACE_SUBJECT,
    PLACE_OBJECT,
    PLACE_INDIRECT,    /* 'gave R X' */
    PLACE_PREPOSITION, /* 'with R', or with a word 'on strike' */
    PLACE_CLAUSE,      /* 'to S', 'that S' */
    PLACE_WORD,        /* a fixed word: object, particle, modifier */
    PLACE_OWNED,       /* owner of a fixed word: 'R's proposal' */
    PLACE_SPEAKER,     /* 'A:', whoever says it */
    PLACE_OWNER        /* doer of an event noun: 'A's', 'of A', 'by A', 'A NOUN' */
} slot_place;

typedef struct {
    slot_place place;
    role_kind role;
    bool optional, several; /* several: 'A and A', a plural or a coordination */
    bool clause;            /* the filler is a clause: S */
    dateline_str relation;  /* the preposition or mark, alternatives split by '/' */
    dateline_str words;     /* the fixed words */
    dateline_str condition; /* between [ and ] */
} frame_slot;

typedef enum { FRAME_NONE = 0, FRAME_VERB, FRAME_NOUN, FRAME_COPULA } frame_kind;
enum { MAX_SLOTS = 8 };

typedef struct {
    frame_kind kind;
    dateline_str pattern;
    dateline_str head; /* lemmas, split by '/' */
    frame_slot slots[MAX_SLOTS];
    uint8_t slot_count;
    uint32_t entry;       /* of the lexicon */
    uint32_t layer;       /* its lexicon's: larger, added later */
    bool needs_recipient; /* its type does */
} frame;

/* Compiles a pattern of kind `event`; strings stay in `pattern`. On failure *why says what is wrong. */
bool dln_frame_parse(dateline_str pattern, frame *out, const char **why);

/* Whether `word` is one of the '/'-separated `alternatives`, ASCII case aside. */
bool dln_word_among(dateline_str word, dateline_str alternatives);

/* ---------------------------------------------------------------- ontology (ontology.c) */

enum { MAX_MODES = 4, MAX_CONTENT = 16 };

/* A mode, and what content gives it ('REQUEST:meet' comes from content CONSULT). */
typedef struct {
    dateline_str name, type;
    double scale;
    bool has_scale;
    uint32_t entry;
} mode_fact;

/* Whom the content of an event makes a recipient, if no other is named. */
typedef enum { CONTENT_PLAIN = 0, CONTENT_SILENT, CONTENT_DONE_TO, CONTENT_ASKED } content_kind;

typedef struct {
    dateline_str name;
    uint8_t quad;
    double scale;
    bool needs_recipient;
    bool two_actors_do;  /* two actors stand for a recipient */
    bool reciprocal;     /* all sides are actors */
    content_kind embeds; /* what its complement says is no event of its own */
    dateline_str future, refused, threatened,
        promised;                  /* the type it becomes when announced, refused by its doer, threatened */
    bool keeps_future;             /* the auxiliary stays although there is a `future` type */
    bool speech;                   /* done in words: it happens nowhere, and its speaker is its actor */
    bool local;                    /* may take the dateline's place */
    bool domestic;                 /* between an authority and those under it */
    bool gathering;                /* actors are counted: `participants` */
    dateline_str between, leaders; /* contexts if two states, or a head of government, take part */
    dateline_str cameo;
} type_fact;

typedef struct {
    const dln_lexicon *lexicon;
    dln_array types; /* type_fact */
    dln_array modes; /* mode_fact */
    dln_map cameo;   /* code to lexicon entry */
    dln_map words;   /* 'class:word' of kinds `class`, `auxiliary`, `carrier`, … to entry */
    dln_arena arena;
} ontology;

content_kind dln_content_kind(const dln_lexicon *lexicon, uint32_t entry); /* key `embeds` */
dateline_status dln_ontology_init(ontology *o, const dln_lexicon *lexicon, dateline_error *err);
void dln_ontology_release(ontology *o);
const type_fact *dln_ontology_type(const ontology *o, dateline_str name); /* NULL: not known */
const mode_fact *dln_ontology_mode(const ontology *o, dateline_str type, dateline_str mode);
bool dln_ontology_goldstein(const ontology *o, dateline_str cameo, double *value);
/* The mode of `type` that content of another type (and mode) gives; absent: none. */
dateline_str dln_ontology_content_mode(const ontology *o, dateline_str type, dateline_str content_type,
                                       dateline_str content_mode);
/* Whether a word of that kind and group (class, `where`) is listed; *entry, which may be NULL, is where. */
bool dln_ontology_word(const ontology *o, const char *kind, dateline_str group, dateline_str word, uint32_t *entry);
bool dln_number_parse(dateline_str text, double *value);

/* ---------------------------------------------------------------- predicates */

enum { MAX_FILLERS = 6, MAX_ROLES = 16 };

/* A frame laid over a place in the tree. Fillers are head tokens. */
typedef struct {
    uint32_t token;
    const frame *frame;
    uint32_t actors[MAX_FILLERS], recipients[MAX_FILLERS], contents[MAX_FILLERS], words[MAX_FILLERS];
    uint8_t actor_count, recipient_count, content_count, word_count;
    uint8_t score;      /* how much of the pattern was seen */
    uint32_t carrier;   /* the verb that carries an event noun ('held' talks); DATELINE_NO_INDEX: none */
    bool passive;       /* of the predicate or its carrier */
    bool swallowed;     /* stands inside the content of another event */
    const char *reason; /* why it gave no event; NULL: it may */
    uint32_t event;     /* the record it gave */
} predicate;

struct dln_coder {
    const dln_lexicon *lexicon;
    const dln_resolver *resolver;
    ontology ontology;
    dln_array frames;  /* frame */
    dln_array by_head; /* uint32_t: numbers of frames, those of one head side by side */
    dln_map heads;     /* lemma to first number in by_head; a NO_INDEX ends each run */
    dln_finder *contexts;
};

/* Working state of one document. */
typedef struct {
    const dln_coder *coder;
    dateline_doc *doc;
    dln_arena *scratch;
    dln_tree tree;
    dln_array predicates;    /* predicate, by token */
    uint32_t *predicate_of;  /* token to predicate number + 1 */
    bool *in_name, *in_time; /* by token: stands in a name, in a time expression */
} coding;

/* The best frame at a token (match.c). False: none fits; if one was tried, *out then has its frame and a reason. */
bool dln_match(const coding *c, uint32_t token, predicate *out);

/* Walks on the tree (walk.c). Tokens; DATELINE_NO_INDEX: none. */
uint32_t dln_subject(const coding *c, uint32_t verb); /* what stands as subject, also if it is lent or left out */
uint32_t dln_doer(const coding *c, uint32_t verb);
uint32_t dln_undergoer(const coding *c, uint32_t verb);
bool dln_is_passive(const coding *c, uint32_t verb);
bool dln_is_misread(const coding *c, uint32_t token);  /* a verb that was parsed as a participle before a noun */
uint32_t dln_counted(const coding *c, uint32_t token); /* 'women' of 'thousands of women' */
uint32_t dln_first_conjunct(const coding *c, uint32_t token);
size_t dln_conjuncts(const coding *c, uint32_t head, uint32_t *out, size_t max); /* head first */
bool dln_is_lemma(const coding *c, uint32_t token, const char *alternatives);    /* 'who/which' */
bool dln_has_case(const coding *c, uint32_t token, dateline_str alternatives);   /* its preposition or mark */
uint32_t dln_prepositional(const coding *c, uint32_t head, dateline_str relation);
dateline_str dln_lower_short(dateline_str word, char *space, size_t size); /* ASCII; absent if it does not fit */

/* Moods beside the auxiliaries, as bits of one word: 'would', and hanging on a condition. */
enum { MOOD_WOULD = 16, MOOD_CONDITION = 32 };
uint32_t dln_mood(const coding *c, const predicate *p); /* auxiliary.c: DATELINE_AUX_… and MOOD_… */
uint32_t dln_auxiliaries(uint32_t mood, bool reported); /* DATELINE_AUX_… alone */

/* Roles and source of an event (role.c). */
/* one_sided: only the first filler acts, the others receive. */
void dln_set_roles(const coding *c, const predicate *p, bool one_sided, content_kind embeds, dateline_event *event);
/* After roles and place: whoever has a role in society but no country takes that of the place, or of the authority. */
void dln_lend_countries(const coding *c, bool domestic, dateline_event *event);
void dln_name_speaker(const coding *c, const predicate *p, dateline_event *event);
bool dln_find_host(const coding *c, dateline_event *event);
const predicate *dln_content_event(const coding *c, uint32_t top); /* topmost predicate in a phrase; NULL: none */
bool dln_set_attribution(const coding *c, const predicate *p,
                         dateline_event *event);            /* true: an actor is the speaker */
uint32_t dln_quote_around(const coding *c, uint32_t token); /* innermost quotation with a source; DATELINE_NO_INDEX */
uint32_t dln_speaker(const coding *c, uint32_t token);      /* head of its speaker */

/* Details of an event (detail.c); actors and sentence are set before. */
void dln_set_date(const coding *c, const predicate *p, bool announced, dateline_event *event);
/* True: the place hangs on the event itself, not on a verb above it. */
bool dln_set_place(const coding *c, const predicate *p, bool happening, dateline_event *event);
void dln_set_size(const coding *c, const predicate *p, bool gathering, dateline_event *event);
void dln_share_details(const coding *c); /* between tellings of one happening; events are in order */
void dln_set_contexts(const coding *c, const predicate *p, dateline_event *event);
uint32_t dln_token_at(const coding *c, uint32_t offset);     /* first token that ends behind a byte */
uint32_t dln_span_head(const coding *c, dateline_span span); /* the token that governs a phrase */

#endif
