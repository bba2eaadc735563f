/* SPDX-License-Identifier: Apache-2.0
 * quote: who says what. Direct, indirect and mixed quotations with speaker, cue and outlet; binds first persons inside
 * them to the speaker. */
#ifndef DLN_QUOTE_H
#define DLN_QUOTE_H

#include "resolve/resolve.h"

typedef struct dln_quoter dln_quoter;

/* Uses the lexicon kind `speech` (verbs and phrases of saying). */
dln_quoter *dln_quoter_new(const dln_lexicon *lexicon, dateline_error *err);
void dln_quoter_free(dln_quoter *quoter);

/* The stage: fills doc->quotes. */
dateline_status dln_quote(const dln_quoter *quoter, dln_arena *scratch, dateline_doc *doc, dateline_error *err);

#endif
