/* SPDX-License-Identifier: Apache-2.0
 * tag: part of speech, features, lemma, dependency tree and named entities of each sentence.
 * Heads form a tree in each sentence, with exactly one root; labels are Universal Dependencies English. */
#ifndef DLN_TAG_H
#define DLN_TAG_H

#include "document/document.h"

typedef struct dln_tagger dln_tagger;

/* Maps the model file `en.model` in `model_dir`. `kernels`: the arithmetic, as in dateline_engine_options. BAD_MODEL if
 * the file is missing or damaged, BAD_ARGUMENT if the kernels are not to be had. */
dln_tagger *dln_tagger_new(const char *model_dir, const char *kernels, dateline_error *err);
void dln_tagger_free(dln_tagger *tagger);
const char *dln_tagger_version(const dln_tagger *tagger); /* these two for `dateline info` */
const char *dln_tagger_kernels(const dln_tagger *tagger);

/* The stage: fills upos, xpos, feats, lemma, head, deprel of every token, and adds one mention of kind NAME for each
 * named entity. Such a mention's `entity` field indexes doc->entities, where the stage adds one entity a mention with
 * only its type set; `resolve` merges and completes them. */
dateline_status dln_tag(const dln_tagger *tagger, dln_arena *scratch, dateline_doc *doc, dateline_error *err);

/* Helpers on the tree, shared by the rooms to the right. */
bool dln_token_has_feat(const dateline_token *token, const char *feat); /* "Tense=Past" */
bool dln_token_is_rel(const dateline_token *token, const char *deprel); /* "nsubj" also holds for "nsubj:pass" */

/* The trees of a doc from head to dependents (tree.c). Lists are indexed by token and live in the scratch arena.
 * DATELINE_NO_INDEX ends a list. */
typedef struct {
    const dateline_doc *doc;
    uint32_t *first_child, *next; /* dependents in text order: first of a head, next of the same head */
    uint32_t *open, *close;       /* order of the visit: see dln_tree_below */
    uint32_t *left, *right;       /* first and last token of what hangs on a token, itself included */
} dln_tree;
bool dln_tree_init(dln_tree *tree, dln_arena *scratch, const dateline_doc *doc);  /* false: no memory */
bool dln_tree_below(const dln_tree *tree, uint32_t token, uint32_t top);          /* also if token is top */
uint32_t dln_tree_child(const dln_tree *tree, uint32_t head, const char *deprel); /* first one, as dln_token_is_rel */

#endif
