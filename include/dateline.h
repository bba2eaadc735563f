/* SPDX-License-Identifier: Apache-2.0
 *
 * dateline.h: news text in, event records out. The only public header.
 *
 * Four handles (no globals, no hidden state):
 *   dateline_engine   model and lexicons. Read-only after dateline_engine_new; share it between threads.
 *   dateline_context  working memory of one thread. One per thread; reuse it for document after document.
 *   dateline_doc      what was read from one text. Immutable; outlives the context, not the engine.
 *   dateline_error    filled by a call that fails; every `err` argument may be NULL.
 *
 * Conventions:
 *   - Text is UTF-8, pointer and length; nothing relies on a final NUL and no input is changed.
 *   - Spans are byte offsets [begin, end) into dateline_doc_text(); dateline_doc_code_point() turns one
 *     into a count of Unicode code points, which is what the printed records use.
 *   - Whatever a doc hands out is const, belongs to the doc and lives until dateline_doc_free.
 *   - Accessors take an index from 0 and return NULL when it is out of range.
 *   - Absent is NULL, an empty dateline_str (ptr NULL, len 0), DATELINE_NO_INDEX or a `…_NONE` enumerator.
 *   - The library never prints, exits, aborts, reads the clock, the locale or the environment.
 *   - Same text, options, model and lexicons: same result, on every thread and instruction set.
 *
 *     dateline_error err;
 *     dateline_engine *engine = dateline_engine_new(NULL, &err);
 *     dateline_context *context = dateline_context_new(engine, &err);
 *     dateline_input input = DATELINE_INPUT_INIT;
 *     input.text = dateline_str_from("Norwegian Foreign Minister visited Lima on Monday.");
 *     input.date = dateline_date_parse(dateline_str_from("2024-03-12"));
 *     dateline_doc *doc = dateline_read(context, &input, &err);
 *     … dateline_doc_event(doc, 0)->type …
 *     dateline_doc_free(doc); dateline_context_free(context); dateline_engine_free(engine);
 */
#ifndef DATELINE_H
#define DATELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined _WIN32 || !defined __GNUC__
#define DATELINE_API
#else
#define DATELINE_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------- text, spans, dates */

/* Borrowed UTF-8 text. Since 0.1. */
typedef struct {
    const char *ptr;
    size_t len;
} dateline_str;

/* Bytes [begin, end) of the document's text. Since 0.1. */
typedef struct {
    uint32_t begin, end;
} dateline_span;

/* A day of the proleptic Gregorian calendar. year 0 means no date; month or day 0 means not known. Since 0.1. */
typedef struct {
    int16_t year;
    uint8_t month, day;
} dateline_date;

/* "No such token, entity, place …" in an index field. Since 0.1. */
#define DATELINE_NO_INDEX UINT32_MAX

/* Text from a NUL-terminated string; NULL gives the absent text. Since 0.1. */
DATELINE_API dateline_str dateline_str_from(const char *text);

/* Reads `YYYY-MM-DD`, also at the head of a longer ISO 8601 time; anything else gives the absent date. Since 0.1. */
DATELINE_API dateline_date dateline_date_parse(dateline_str text);

/* ---------------------------------------------------------------- status and error */

/* Every status the library knows: name, number (never reused), what it means. Since 0.1. */
#define DATELINE_STATUS_MAP(X)                                                                                         \
    X(OK, 0, "ok")                                                                                                     \
    X(NO_MEMORY, 1, "out of memory")                                                                                   \
    X(BAD_ARGUMENT, 2, "bad argument")                                                                                 \
    X(BAD_INPUT, 3, "input cannot be read")                                                                            \
    X(BAD_MODEL, 4, "model file is missing, damaged or too new")                                                       \
    X(BAD_LEXICON, 5, "lexicon is missing, damaged or wrong")                                                          \
    X(TOO_LARGE, 6, "larger than the limit")                                                                           \
    X(IO, 7, "reading or writing failed")

typedef enum {
#define X(name, code, text) DATELINE_##name = code,
    DATELINE_STATUS_MAP(X)
#undef X
} dateline_status;

/* What went wrong and where. `at` is a byte offset or a line number, whichever `what` speaks of; 0 if neither. Since
 * 0.1. */
typedef struct {
    dateline_status code;
    uint64_t at;
    char what[200]; /* one English sentence, NUL-terminated UTF-8, says what to do if that is known */
} dateline_error;

/* The text of a status: static, never NULL. Since 0.1. */
DATELINE_API const char *dateline_status_text(dateline_status status);

/* The library's version, `X.Y.Z`: static. Since 0.1. */
DATELINE_API const char *dateline_version(void);

/* ---------------------------------------------------------------- engine and context */

typedef struct dateline_engine dateline_engine;
typedef struct dateline_context dateline_context;
typedef struct dateline_doc dateline_doc;

/* Options of an engine. Start from DATELINE_ENGINE_OPTIONS_INIT; an option that cannot be honoured is an error. Since
 * 0.1. */
typedef struct {
    size_t size;                 /* sizeof(dateline_engine_options): set by the initialiser */
    const char *model_dir;       /* folder of the model and compiled lexicon; NULL: where `make install` put them */
    const char *const *lexicons; /* lexicon_count paths of text lexicons that add to or override ours */
    size_t lexicon_count;
    const char *kernels; /* NULL or "auto": the best this machine has; "ref", "avx2", "avx512", "neon" */
} dateline_engine_options;
#define DATELINE_ENGINE_OPTIONS_INIT                                                                                   \
    { sizeof(dateline_engine_options), NULL, NULL, 0, NULL }

/* Loads model and lexicons. options NULL: defaults. The caller frees the engine once, after its contexts and docs.
 * NULL on failure: BAD_MODEL, BAD_LEXICON, NO_MEMORY, BAD_ARGUMENT. Since 0.1. */
DATELINE_API dateline_engine *dateline_engine_new(const dateline_engine_options *options, dateline_error *err);
DATELINE_API void dateline_engine_free(dateline_engine *engine);

/* Facts on a loaded engine: one row a fact, `name` as `dateline info` prints it. NULL past the last. Since 0.1. */
typedef struct {
    const char *name, *value;
} dateline_fact;
DATELINE_API const dateline_fact *dateline_engine_fact(const dateline_engine *engine, size_t i);

/* A context for one thread. The engine must outlive it. NULL on failure: NO_MEMORY. Since 0.1. */
DATELINE_API dateline_context *dateline_context_new(const dateline_engine *engine, dateline_error *err);
DATELINE_API void dateline_context_free(dateline_context *context);

/* ---------------------------------------------------------------- reading a text */

/* How far to go. Later stages need the earlier ones. Since 0.1. */
typedef enum {
    DATELINE_STAGE_NONE = 0,
    DATELINE_STAGE_DOCUMENT, /* dateline, byline, furniture */
    DATELINE_STAGE_SPLIT,    /* sentences and tokens */
    DATELINE_STAGE_TAG,      /* tags, lemmas, tree, entity spans */
    DATELINE_STAGE_RESOLVE,  /* actors, places, dates, coreference */
    DATELINE_STAGE_QUOTE,    /* who says what */
    DATELINE_STAGE_EVENT     /* event records */
} dateline_stage;

/* One text and what is known of it. Strings are copied where the doc needs them. Since 0.1. */
typedef struct {
    size_t size;           /* sizeof(dateline_input): set by the initialiser */
    dateline_str id, text; /* text: UTF-8; broken bytes are replaced by U+FFFD, double encoding is repaired */
    dateline_str url, title, publication, author, language;
    dateline_date date;   /* of publication */
    dateline_stage until; /* last stage to run; NONE: all */
    bool running_text;    /* true: no dateline, byline or furniture is looked for (`dateline parse`) */
    bool explain;         /* true: keep the reasons that dateline_doc_explanation hands out */
    uint32_t max_bytes;   /* longest text accepted; 0: 16 MiB */
} dateline_input;
#define DATELINE_INPUT_INIT                                                                                            \
    {                                                                                                                  \
        sizeof(dateline_input), { 0, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0, 0 },     \
            DATELINE_STAGE_NONE, false, false, 0                                                                       \
    }

/* Reads a text through the stages. The caller frees the doc once; it does not need the context any more.
 * NULL on failure: NO_MEMORY, TOO_LARGE, BAD_ARGUMENT. Any bytes are a legal text. Since 0.1. */
DATELINE_API dateline_doc *dateline_read(dateline_context *context, const dateline_input *input, dateline_error *err);

/* One token that somebody else has split: form, and whether white space follows. Since 0.1. */
typedef struct {
    dateline_str form;
    bool space_after;
    bool sentence_end; /* last token of its sentence */
    uint8_t multiword; /* as in dateline_token: on the first word of a multiword token its number of words, else 0 */
} dateline_given_token;

/* As dateline_read, but on given sentences and tokens (CoNLL-U input); the doc's text is built from them. Since 0.1. */
DATELINE_API dateline_doc *dateline_read_tokens(dateline_context *context, const dateline_input *input,
                                                const dateline_given_token *tokens, size_t token_count,
                                                dateline_error *err);
DATELINE_API void dateline_doc_free(dateline_doc *doc);

/* ---------------------------------------------------------------- document */

DATELINE_API dateline_str dateline_doc_text(const dateline_doc *doc);
DATELINE_API dateline_str dateline_doc_id(const dateline_doc *doc);
DATELINE_API dateline_str dateline_doc_url(const dateline_doc *doc);
DATELINE_API dateline_str dateline_doc_title(const dateline_doc *doc);
DATELINE_API dateline_str dateline_doc_publication(const dateline_doc *doc);
DATELINE_API dateline_str dateline_doc_author(const dateline_doc *doc);
DATELINE_API dateline_str dateline_doc_language(const dateline_doc *doc);
DATELINE_API dateline_date dateline_doc_date(const dateline_doc *doc); /* of publication */

/* The number of code points before byte `offset` of the text; offsets past the end count as the end. Since 0.1. */
DATELINE_API uint32_t dateline_doc_code_point(const dateline_doc *doc, uint32_t offset);

/* The byte of the input text that byte `offset` of the doc's text came from: they part where broken characters were
 * mended. Since 0.1. */
DATELINE_API uint32_t dateline_doc_input_offset(const dateline_doc *doc, uint32_t offset);

/* What part of the page a block of text is. Since 0.1. */
typedef enum {
    DATELINE_BLOCK_NONE = 0,
    DATELINE_BLOCK_BODY, /* running text */
    DATELINE_BLOCK_HEADLINE,
    DATELINE_BLOCK_CAPTION,
    DATELINE_BLOCK_DATELINE, /* 'MOSCOW. –' */
    DATELINE_BLOCK_BYLINE,
    DATELINE_BLOCK_CREDIT,   /* '– Agencies' */
    DATELINE_BLOCK_FURNITURE /* 'You Might Also Like' */
} dateline_block_kind;

/* Blocks cover the text in order, without overlap; white space between them belongs to none. Since 0.1. */
typedef struct {
    dateline_span span;
    dateline_block_kind kind;
} dateline_block;
DATELINE_API const dateline_block *dateline_doc_block(const dateline_doc *doc, size_t i);

/* ---------------------------------------------------------------- sentences and tokens */

typedef struct {
    dateline_span span;
    uint32_t first_token, token_count;
} dateline_sentence;
DATELINE_API const dateline_sentence *dateline_doc_sentence(const dateline_doc *doc, size_t i);

/* Universal part of speech, in the order of universaldependencies.org/u/pos. Since 0.1. */
/* clang-format off */
#define DATELINE_UPOS_MAP(X) \
    X(ADJ) X(ADP) X(ADV) X(AUX) X(CCONJ) X(DET) X(INTJ) X(NOUN) X(NUM) X(PART) X(PRON) X(PROPN) X(PUNCT) X(SCONJ) \
    X(SYM) X(VERB) X(X)
/* clang-format on */
typedef enum {
    DATELINE_UPOS_NONE = 0,
#define X(name) DATELINE_UPOS_##name,
    DATELINE_UPOS_MAP(X)
#undef X
} dateline_upos;

/* Name of a tag as in CoNLL-U, `_` for NONE: static. Since 0.1. */
DATELINE_API const char *dateline_upos_name(dateline_upos upos);

/* A syntactic word. The words of a multiword token ('don't': do, n't; 'zum') stand side by side and do not overlap.
 * Since 0.1. */
typedef struct {
    dateline_span span;
    dateline_upos upos;
    bool space_after;
    uint8_t multiword; /* on the first word of a multiword token: its number of words; else 0 */
    uint32_t head;     /* index of the governing token in the doc; DATELINE_NO_INDEX: root or not parsed */
    dateline_str lemma, xpos, feats, deprel; /* absent until the tag stage; static or owned by the doc */
} dateline_token;
DATELINE_API const dateline_token *dateline_doc_token(const dateline_doc *doc, size_t i);

/* ---------------------------------------------------------------- entities, places, times */

typedef enum {
    DATELINE_ENTITY_NONE = 0,
    DATELINE_ENTITY_PERSON,
    DATELINE_ENTITY_ORG,
    DATELINE_ENTITY_GPE,
    DATELINE_ENTITY_LOC,
    DATELINE_ENTITY_NORP,
    DATELINE_ENTITY_FAC,
    DATELINE_ENTITY_EVENT,
    DATELINE_ENTITY_WORK,
    DATELINE_ENTITY_PRODUCT,
    DATELINE_ENTITY_WEAPON,
    DATELINE_ENTITY_VEHICLE
} dateline_entity_type;
DATELINE_API const char *dateline_entity_type_name(dateline_entity_type type);

typedef enum {
    DATELINE_MENTION_NONE = 0,
    DATELINE_MENTION_NAME,
    DATELINE_MENTION_NOMINAL,
    DATELINE_MENTION_PRONOUN
} dateline_mention_kind;

/* A phrase that names, describes or stands for an entity. Since 0.1. */
typedef struct {
    dateline_span span;
    uint32_t first_token, token_count, head_token;
    dateline_mention_kind kind;
    uint32_t entity;
} dateline_mention;
DATELINE_API const dateline_mention *dateline_doc_mention(const dateline_doc *doc,
                                                          size_t i); /* by position in the text */

#define DATELINE_MAX_SECTORS 4

/* Somebody or something the text speaks of. Codes: PLOVER 2.0; docs/event-schema.md. Since 0.1. */
typedef struct {
    dateline_entity_type type;
    dateline_str name;       /* canonical name */
    dateline_str identifier; /* Wikidata Q-number */
    char code[4];            /* ISO 3166-1 alpha-3 or PLOVER's own; "" if unknown */
    uint8_t sector_count;
    char sector[DATELINE_MAX_SECTORS][4]; /* PLOVER sectors, main one first */
    dateline_str office;
    uint32_t mention_count;
} dateline_entity;
DATELINE_API const dateline_entity *dateline_doc_entity(const dateline_doc *doc, size_t i);

/* A place name in the text; what was not resolved is absent. Latitude and longitude in degrees WGS 84. Since 0.1. */
typedef struct {
    dateline_span span;
    bool resolved;
    dateline_str name, city, district, province, country;
    char country_code[4];
    uint32_t geoname_id; /* 0: none */
    bool has_coordinates;
    double latitude, longitude;
    char feature_class; /* GeoNames: 'P', 'A', …; 0: none */
    dateline_str feature_code;
    uint8_t resolution; /* 5 sub-city, 4 city, 3 district, 2 province, 1 country, 0 none */
} dateline_place;
DATELINE_API const dateline_place *dateline_doc_place(const dateline_doc *doc, size_t i);

typedef enum {
    DATELINE_TIME_NONE = 0,
    DATELINE_TIME_DATE,
    DATELINE_TIME_TIME,
    DATELINE_TIME_DURATION,
    DATELINE_TIME_SET
} dateline_time_type;
DATELINE_API const char *dateline_time_type_name(dateline_time_type type);

typedef enum {
    DATELINE_GRAIN_NONE = 0,
    DATELINE_GRAIN_DAY,
    DATELINE_GRAIN_WEEK,
    DATELINE_GRAIN_MONTH,
    DATELINE_GRAIN_YEAR
} dateline_grain;

/* A time expression. `value` is in TIMEX3 form; `day` the calendar day it begins on, exact to `grain`. Since 0.1. */
typedef struct {
    dateline_span span;
    dateline_time_type type;
    dateline_str value;
    dateline_date day;
    dateline_grain grain;
} dateline_time;
DATELINE_API const dateline_time *dateline_doc_time(const dateline_doc *doc, size_t i);

/* The article's dateline; NULL if it has none. `place` indexes the places or is DATELINE_NO_INDEX. Since 0.1. */
typedef struct {
    dateline_span span;
    dateline_span place_span; /* empty: none */
    uint32_t place;
    dateline_date date;
} dateline_dateline;
DATELINE_API const dateline_dateline *dateline_doc_dateline(const dateline_doc *doc);

/* ---------------------------------------------------------------- quotations and events */

typedef enum {
    DATELINE_QUOTE_NONE = 0,
    DATELINE_QUOTE_DIRECT,
    DATELINE_QUOTE_INDIRECT,
    DATELINE_QUOTE_MIXED
} dateline_quote_kind;
DATELINE_API const char *dateline_quote_kind_name(dateline_quote_kind kind);

/* Reported speech. Absent spans are empty. Since 0.1. */
typedef struct {
    dateline_span span; /* what is said */
    dateline_quote_kind kind;
    dateline_span speaker; /* the phrase that names the speaker */
    uint32_t speaker_entity;
    dateline_span cue;   /* 'said', 'according to' */
    dateline_str outlet; /* 'Izvestia' */
} dateline_quote;
DATELINE_API const dateline_quote *dateline_doc_quote(const dateline_doc *doc, size_t i);

/* One filler of a role: the phrase as it stands and its codes as of the event's date. Since 0.1. */
typedef struct {
    dateline_span span;
    uint32_t entity; /* index of the entity in the doc; DATELINE_NO_INDEX: none */
    dateline_str name, identifier, office;
    char code[4];
    uint8_t sector_count;
    char sector[DATELINE_MAX_SECTORS][4];
} dateline_role;

enum { DATELINE_AUX_HISTORICAL = 1, DATELINE_AUX_FUTURE = 2, DATELINE_AUX_HYPOTHETICAL = 4, DATELINE_AUX_NEGATION = 8 };

typedef enum {
    DATELINE_DATE_FROM_NONE = 0,
    DATELINE_DATE_FROM_TEXT,
    DATELINE_DATE_FROM_DATELINE,
    DATELINE_DATE_FROM_PUBLICATION
} dateline_date_source;

#define DATELINE_NO_COUNT (-1)

/* One event record. Field by field: docs/event-schema.md. Since 0.1. */
typedef struct {
    uint32_t sentence, trigger_token;
    dateline_date date;
    dateline_grain date_grain;
    dateline_date_source date_source;
    dateline_str type; /* 'CONSULT' */
    const dateline_str *modes;
    size_t mode_count;
    const dateline_str *contexts;
    size_t context_count;
    uint32_t auxiliary; /* bits DATELINE_AUX_… */
    dateline_str cameo;
    uint8_t quad_code;  /* 1 to 4 */
    double event_scale; /* PLOVER score */
    bool has_goldstein;
    double goldstein;
    const dateline_role *actors;
    size_t actor_count;
    const dateline_role *recipients;
    size_t recipient_count;
    uint32_t place; /* index into the places */
    const dateline_span *text_spans;
    size_t text_span_count;                        /* trigger first */
    int64_t dead, injured, arrested, participants; /* DATELINE_NO_COUNT: not stated */
    uint32_t quote;               /* index into the quotes: according to whom; DATELINE_NO_INDEX: the article */
    const dateline_role *speaker; /* the quote's speaker with codes; NULL: none */
    double confidence;            /* probability that type and roles are right, 0 to 1 */
    dateline_str source_file;     /* lexicon entry that fired */
    uint32_t source_line;
} dateline_event;
DATELINE_API const dateline_event *dateline_doc_event(const dateline_doc *doc, size_t i); /* by trigger position */

/* Why: for a predicate that is in the lexicon, the entry tried and what came of it. Kept if `explain` was set. Since
 * 0.1. */
typedef struct {
    uint32_t token;           /* the predicate */
    uint32_t event;           /* the event it gave; DATELINE_NO_INDEX: none */
    dateline_str source_file; /* lexicon entry; absent if no entry knows the predicate */
    uint32_t source_line;
    dateline_str reason; /* English: the pattern that fired, or the condition that failed */
} dateline_explanation;
DATELINE_API const dateline_explanation *dateline_doc_explanation(const dateline_doc *doc, size_t i);

/* ---------------------------------------------------------------- lexicons */

/* What is wrong with a line of a lexicon. Since 0.1. */
typedef void dateline_report_fn(void *user, const char *file, uint32_t line, bool is_error, const char *message);

/* Checks text lexicons, in folders or files: syntax, keys, codes, and, where an engine is given, their example
 * sentences. Calls `report` for each finding. Returns OK, or BAD_LEXICON if there was an error. Since 0.1. */
DATELINE_API dateline_status dateline_lexicon_check(const dateline_engine *engine, const char *const *paths,
                                                    size_t path_count, dateline_report_fn *report, void *user,
                                                    dateline_error *err);

/* Compiles text lexicons, in folders or files, to one file that dateline_engine_new maps. Since 0.1. */
DATELINE_API dateline_status dateline_lexicon_compile(const char *const *paths, size_t path_count,
                                                      const char *output_path, dateline_report_fn *report, void *user,
                                                      dateline_error *err);

/* ---------------------------------------------------------------- input files and output records */

/* A stream of input records from a file or standard input. Since 0.1. */
typedef struct dateline_source dateline_source;

/* How to read an input. Since 0.1. */
typedef struct {
    size_t size;
    const char *form;          /* NULL: from the name; "text", "jsonl"; "lines": each a text, also if it is empty;
                                  "phrases": for DATELINE_FORM_ACTORS_JSONL */
    dateline_str id;           /* of a plain text; absent: the file's name */
    dateline_date date;        /* of a plain text, and of records without one */
    const char *const *fields; /* field_count renamings "text=body" */
    size_t field_count;
    uint32_t max_bytes; /* longest record accepted; 0: 16 MiB */
} dateline_source_options;
#define DATELINE_SOURCE_OPTIONS_INIT                                                                                   \
    { sizeof(dateline_source_options), NULL, { 0, 0 }, { 0, 0, 0 }, NULL, 0, 0 }

/* One record of an input. Its id is the input's own, else its URL, else the file's name without folders and without
 * `.gz`, `.zst`, for a line with `:` and its number. If `rejected`, `reason` says why (no text, a field of the wrong
 * type, a date that is none, too long …) and only `id`, `offset` count. An empty text is a text. Since 0.1. */
typedef struct {
    dateline_input input; /* strings belong to the record */
    bool rejected;
    char reason[200];
    uint64_t offset; /* byte where the record starts in the (unpacked) input */
} dateline_record;

/* Opens `path` ("-": standard input); gzip and Zstandard are unpacked, known by their content. UTF-16 with a byte order
 * mark and Windows-1252 become UTF-8. NULL on failure: IO, BAD_INPUT (another packing), BAD_ARGUMENT, NO_MEMORY.
 * Since 0.1. */
DATELINE_API dateline_source *dateline_source_open(const char *path, const dateline_source_options *options,
                                                   dateline_error *err);

/* The next record, which the caller frees with dateline_record_free. *record is NULL at the end.
 * Not OK: the stream cannot go on (IO, NO_MEMORY); what came before is complete. Since 0.1. */
DATELINE_API dateline_status dateline_source_next(dateline_source *source, dateline_record **record,
                                                  dateline_error *err);
DATELINE_API void dateline_record_free(dateline_record *record);

/* Bytes of the file read up to now and in all (0: not known), for progress. Since 0.1. */
DATELINE_API void dateline_source_progress(const dateline_source *source, uint64_t *bytes_done, uint64_t *bytes_all);
DATELINE_API void dateline_source_close(dateline_source *source);

/* Form of the output. Since 0.1. */
typedef enum {
    DATELINE_FORM_NONE = 0,
    DATELINE_FORM_EVENTS_JSONL, /* a line an event */
    DATELINE_FORM_EVENTS_CSV,   /* a line an event, flattened: docs/event-schema.md */
    DATELINE_FORM_LAYERS_JSONL, /* a line a document, every layer */
    DATELINE_FORM_CONLLU,
    DATELINE_FORM_ACTORS_JSONL /* a line: whom the first paragraph, a phrase, means; what follows is its context */
} dateline_form;

/* Bits for the layers of DATELINE_FORM_LAYERS_JSONL. Since 0.1. */
enum {
    DATELINE_LAYER_SENTENCES = 1,
    DATELINE_LAYER_ENTITIES = 2,
    DATELINE_LAYER_PLACES = 4,
    DATELINE_LAYER_TIMES = 8,
    DATELINE_LAYER_QUOTES = 16,
    DATELINE_LAYER_EVENTS = 32,
    DATELINE_LAYER_ALL = 63
};

/* Records of a doc as text. *out (NUL-terminated, *out_len bytes without it) is freed with dateline_text_free.
 * `layers` counts for LAYERS_JSONL alone. Not OK: NO_MEMORY, BAD_ARGUMENT. Since 0.1. */
DATELINE_API dateline_status dateline_doc_print(const dateline_doc *doc, dateline_form form, unsigned layers,
                                                char **out, size_t *out_len, dateline_error *err);

/* Takes a piece of what is printed, cut anywhere; false: stop. Since 0.1. */
typedef bool dateline_write_fn(void *user, const char *bytes, size_t len);

/* As dateline_doc_print, but piece by piece: records can be many times as long as the text. Not OK: also IO, when
 * `write` said stop. Since 0.1. */
DATELINE_API dateline_status dateline_doc_write(const dateline_doc *doc, dateline_form form, unsigned layers,
                                                dateline_write_fn *write, void *user, dateline_error *err);

/* The head line of DATELINE_FORM_EVENTS_CSV, with its line end: static. Since 0.1. */
DATELINE_API const char *dateline_csv_header(void);
DATELINE_API void dateline_text_free(char *text);

#ifdef __cplusplus
}
#endif
#endif
