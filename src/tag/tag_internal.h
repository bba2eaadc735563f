/* SPDX-License-Identifier: Apache-2.0
 * tag_internal.h: what the files of this room and the trainer share: words, feature templates, the parser's state, the
 * model. Every score is a sum of weights of hashed features, so training and reading need only agree on the templates
 * (features.c), the moves (parse.c) and the file (model.c). */
#ifndef DLN_TAG_INTERNAL_H
#define DLN_TAG_INTERNAL_H

#include "tag/tag.h"

/* ---------------------------------------------------------------- model (model.c) */

/* Class numbers are bytes. Two label numbers stand for what is no token: the parser's root and "nothing there". */
enum { DLN_MAX_CLASSES = 250, DLN_LABEL_ROOT = 254, DLN_LABEL_NONE = 255 };

/* Weights of one classifier, in the mapped file: bucket numbers are the top bits of a feature's hash. */
typedef struct {
    const uint8_t *starts, *rows;
    uint32_t class_count, bits;
} dln_weights;

/* Part of speech: the universal and the Penn tag in one. */
typedef struct {
    dateline_upos upos;
    dateline_str xpos;
} dln_label;

/* How a lemma comes from a form: case first, then `cut` bytes off the end and `add` on. */
typedef enum { DLN_CASE_NONE = 0, DLN_CASE_LOWER, DLN_CASE_KEEP, DLN_CASE_TITLE, DLN_CASE_COUNT } dln_case;
typedef struct {
    dln_case letters;
    uint8_t cut;
    dateline_str add;
} dln_script;

/* Classes of the entity finder, as BIO tags: 0 is outside, then B- and I- of person, organisation, place, other. */
enum { DLN_NAME_TYPES = 4, DLN_NAME_CLASSES = 1 + 2 * DLN_NAME_TYPES };
static inline uint32_t dln_name_type(uint32_t class) {
    return (class - 1) / 2;
}
static inline bool dln_name_goes_on(uint32_t class) {
    return class != 0 && class % 2 == 0;
}
/* An I- that continues nothing of its type begins. */
static inline uint8_t dln_name_mend(uint32_t before, uint32_t class) {
    bool broken = dln_name_goes_on(class) && (before == 0 || dln_name_type(before) != dln_name_type(class));
    return (uint8_t)(broken ? class - 1 : class);
}

typedef struct {
    dln_file file;
    dln_arena arena; /* the lists below; their strings stand in the file */
    dln_label *labels;
    dateline_str *deprels; /* 0 is "root" */
    dateline_str *feats;
    dln_script *scripts;
    uint32_t label_count, deprel_count, feats_count, script_count;
    uint64_t checksum;
    dln_weights tagger, mover, labeller, namer;         /* classifiers */
    dln_weights dictionary, clusters, lemmas, features; /* tables: key to number */
} dln_model;

#define DLN_MODEL_MAGIC "dln\rmod\n" /* eight bytes that text transfer would damage */
enum { DLN_MODEL_VERSION = 2, DLN_MODEL_HEADER = 32, DLN_MAX_BUCKET_BITS = 22 };

/* Maps and checks a model file; on failure nothing is left to free. */
dateline_status dln_model_load(dln_model *model, const char *path, dateline_error *err);
void dln_model_release(dln_model *model);
uint64_t dln_model_checksum(const uint8_t *bytes, size_t size);

enum { DLN_MAX_FEATURES = 144 };
typedef struct {
    uint64_t hash[DLN_MAX_FEATURES];
    size_t count;
} dln_features;

/* Adds the weights of each feature to scores[class_count]. */
void dln_weights_score(const dln_weights *weights, const dln_features *features, int32_t *scores);
/* The number that a table holds for a key; -1: not there. */
int32_t dln_weights_find(const dln_weights *table, uint64_t key);

/* ---------------------------------------------------------------- words and features (features.c) */

/* A form as the templates see it: hashes of its folded text (lower case, plain quotes and dashes, digits as 0). */
typedef struct {
    uint64_t form, shape;
    uint64_t suffix[4], prefix[3]; /* of 1 to 4 and 1 to 3 bytes */
    int32_t known;                 /* what the dictionary says: one or two label numbers; -1: nothing */
    uint16_t cluster, family;      /* words used alike: fine and coarse, 0: not known */
} dln_word;

/* How a whole sentence is written: headlines shout, chats whisper. */
typedef enum { DLN_STYLE_NONE = 0, DLN_STYLE_MIXED, DLN_STYLE_UPPER, DLN_STYLE_LOWER, DLN_STYLE_TITLE } dln_style;

/* A sentence at work. Lists have two places more than tokens: [count] is the root, [count + 1] nothing. */
typedef struct {
    uint32_t count;
    dln_style style;
    dln_word *words;
    uint8_t *labels; /* numbers of dln_model.labels */
    uint8_t *upos;   /* dateline_upos */
    uint8_t *names;  /* BIO classes */
} dln_sentence;

/* Reads a form; `buf` is working memory. */
void dln_word_read(dln_word *word, dateline_str form, dln_buf *buf);
dln_style dln_style_of(const dateline_str *forms, size_t count);
static inline uint64_t dln_hash_pair(uint64_t a, uint64_t b) {
    uint64_t hash = (a ^ (b + 0x9e3779b97f4a7c15u)) * 0xbf58476d1ce4e5b9u;
    hash ^= hash >> 29;
    return hash * 0x94d049bb133111ebu ^ hash >> 32;
}
/* Adds the next template's feature: a number, or a mix of up to four. */
static inline void dln_feature(dln_features *features, uint64_t value) {
    features->hash[features->count] = dln_hash_pair(features->count, value);
    features->count++;
}
static inline void dln_feature2(dln_features *features, uint64_t a, uint64_t b) {
    dln_feature(features, dln_hash_pair(a, b));
}
static inline void dln_feature3(dln_features *features, uint64_t a, uint64_t b, uint64_t c) {
    dln_feature(features, dln_hash_pair(dln_hash_pair(a, b), c));
}
static inline void dln_feature4(dln_features *features, uint64_t a, uint64_t b, uint64_t c, uint64_t d) {
    dln_feature(features, dln_hash_pair(dln_hash_pair(a, b), dln_hash_pair(c, d)));
}
/* Sets what the tables say of a word; -1: nothing. A cluster's number is family * 512 + fine number. */
void dln_word_know(dln_word *word, int32_t known, int32_t cluster);
/* Fills the two places behind the last word. */
void dln_sentence_close(dln_sentence *sentence);

void dln_tag_features(const dln_sentence *sentence, uint32_t at, dln_features *features);
void dln_name_features(const dln_sentence *sentence, uint32_t at, dln_features *features);

/* ---------------------------------------------------------------- parser (parse.c) */

/* Arc-hybrid: SHIFT the next token on the stack; LEFT hangs the top on the next token; RIGHT hangs the top on the one
 * below it. The root waits behind the last token and takes one dependent, so every sequence of moves ends in a tree. */
typedef enum { DLN_MOVE_SHIFT = 0, DLN_MOVE_LEFT, DLN_MOVE_RIGHT, DLN_MOVE_COUNT } dln_move;

/* What a token has got so far: its two outermost dependents on each side, how many, and which relations. */
typedef struct {
    uint32_t left[2], right[2];
    uint32_t left_count, right_count;
    uint64_t relations;
} dln_node;

typedef struct {
    const dln_sentence *sentence;
    dln_node *nodes;
    uint32_t *stack, *heads, *between; /* between: commas and verbs before each token, as two 16-bit counts */
    uint8_t *rels;
    uint32_t depth, next;
} dln_parse;

void dln_parse_begin(dln_parse *parse, const dln_sentence *sentence);
static inline bool dln_parse_done(const dln_parse *parse) {
    return parse->depth == 0 && parse->next == parse->sentence->count;
}
bool dln_parse_allows(const dln_parse *parse, dln_move move);
/* The arc that LEFT or RIGHT would add now. */
void dln_parse_arc(const dln_parse *parse, dln_move move, uint32_t *head, uint32_t *dependent);
void dln_parse_apply(dln_parse *parse, dln_move move, uint8_t relation);
void dln_move_features(const dln_parse *parse, dln_features *features);
void dln_arc_features(const dln_parse *parse, uint32_t head, uint32_t dependent, dln_features *features);
/* Parses to the end. */
void dln_parse_run(dln_parse *parse, const dln_model *model);

/* ---------------------------------------------------------------- lemma (lemma.c) */

/* Key of the table of morphological features: a folded form's hash with a label; 0: the label alone. */
static inline uint64_t dln_feats_key(uint64_t form, uint32_t label) {
    return dln_hash_pair(form, label);
}

/* Keys of the lemma table: a whole lower-case form, or one of its suffixes, with a label. */
uint64_t dln_lemma_key(dateline_str text, bool whole, uint32_t label);
enum { DLN_LEMMA_SUFFIX = 6 };

/* Applies a script; `buf` is working memory and may hold the result, else it is a part of `form`. */
dateline_str dln_script_apply(const dln_script *script, dateline_str form, dln_buf *buf);
/* The lemma; form itself if the table says nothing. */
dateline_str dln_lemma(const dln_model *model, dateline_str form, uint32_t label, dln_buf *lower, dln_buf *buf);

#endif
