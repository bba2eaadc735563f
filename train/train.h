/* SPDX-License-Identifier: Apache-2.0
 * train.h: how models/en.model is made: corpora, averaged perceptrons, tables of counts, and the file. A tool for the
 * workshop: never needed to build or run, it prints and stops at the first error. */
#ifndef DLN_TRAIN_H
#define DLN_TRAIN_H

#include "tag/tag_internal.h"

void fail(const char *what, const char *detail) __attribute__((noreturn));
void *need(void *ptr); /* stops if there is no memory */

/* xorshift: the same numbers on every machine. */
uint32_t draw(uint64_t *seed);
void shuffle(uint32_t *order, size_t count, uint64_t *seed);

/* ---------------------------------------------------------------- numbers by 64-bit keys (map.c) */

typedef struct {
    uint64_t *keys;
    uint32_t *values;
    size_t count, slots;
} number_map;

void number_map_init(number_map *map);
uint32_t *number_map_get(const number_map *map, uint64_t key);
uint32_t *number_map_put(number_map *map, uint64_t key, bool *is_new);
void number_map_release(number_map *map);

/* ---------------------------------------------------------------- corpora (corpus.c) */

typedef struct {
    dln_sentence work; /* its labels: as predicted */
    dateline_str *forms, *lemmas;
    uint32_t *heads, *feats;
    uint8_t *gold, *rels, *gold_names;
    uint32_t origin; /* its number; a copy has that of what it copies */
    bool copy;       /* written in another style: not for parser and tables */
} sample;

/* Texts numbered by first sight. */
typedef struct {
    dln_map map;
} text_list;
uint32_t text_number(text_list *list, dateline_str text);
dateline_str text_at(const text_list *list, uint32_t number);

typedef struct {
    dln_arena arena;
    dln_array samples;                /* sample */
    text_list labels, deprels, feats; /* label: "UPOS XPOS" */
} corpus;

void corpus_init(corpus *c);
/* Adds a treebank; only: a list of document names, NULL for all. */
void corpus_read_conllu(corpus *c, const char *path, const char *only);
/* Adds token TAB BIO lines; they have no trees. Leaves out tweets that address somebody: handles are no names. */
void corpus_read_bio(corpus *c, const char *path);
/* Adds copies of some sentences in capitals, in small letters, as titles. */
void corpus_restyle(corpus *c);
sample *corpus_sample(const corpus *c, size_t i);
dateline_str read_whole(dln_arena *arena, const char *path);

/* ---------------------------------------------------------------- perceptron (perceptron.c) */

typedef struct {
    int32_t weight;
    uint32_t stamp;
    int64_t total;
    uint8_t class;
} cell;

typedef struct {
    cell *cells;
    uint16_t count, capacity;
    uint32_t updates;
} row;

typedef struct {
    number_map map; /* feature to row */
    dln_array rows;
    uint32_t class_count, clock;
} perceptron;

void perceptron_init(perceptron *p, uint32_t class_count);
void perceptron_score(const perceptron *p, const dln_features *features, int32_t *scores);
/* One step: moves weight from guess to gold unless they are the same. */
void perceptron_learn(perceptron *p, const dln_features *features, uint32_t gold, uint32_t guess);
/* A weight's average over all steps, in 1/256 of an update. */
int32_t perceptron_average(const perceptron *p, const cell *c);
void perceptron_release(perceptron *p);

/* ---------------------------------------------------------------- file (write.c) */

void write_text(dln_buf *out, dateline_str text);
/* Averages and rounds; keeps the strongest rows that fit into about `budget` bytes. */
void write_perceptron(dln_buf *out, perceptron *p, size_t budget);
void write_table(dln_buf *out, const number_map *table);
void write_model(const char *path, const dln_buf *body);

/* ---------------------------------------------------------------- tables (tables.c) */

/* Most frequent labels of each form that is seen three times or more; fold: the samples with origin % folds == fold
 * are left out. */
void count_dictionary(number_map *table, const corpus *c, uint32_t folds, uint32_t fold);
void count_feats(number_map *table, const corpus *c);
/* Fills table and list of lemma scripts. */
void count_lemmas(number_map *table, dln_array *scripts, corpus *c);

#endif
