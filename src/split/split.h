/* SPDX-License-Identifier: Apache-2.0
 * split: sentences and tokens by the conventions of Universal Dependencies English (EWT, GUM).
 * Sentences and tokens are ordered, disjoint, and inside blocks that are read (BODY, HEADLINE, CAPTION). */
#ifndef DLN_SPLIT_H
#define DLN_SPLIT_H

#include "document/document.h"

typedef struct dln_splitter dln_splitter;

/* Uses the lexicon kinds `abbreviation` and `contraction`. */
dln_splitter *dln_splitter_new(const dln_lexicon *lexicon, dateline_error *err);
void dln_splitter_free(dln_splitter *splitter);

/* The stage: fills doc->sentences and doc->tokens (span, space_after, multiword). */
dateline_status dln_split(const dln_splitter *splitter, dln_arena *scratch, dateline_doc *doc, dateline_error *err);

#endif
