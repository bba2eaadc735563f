/* SPDX-License-Identifier: Apache-2.0
 * event: clauses to coded events. Predicates with their roles, auxiliaries, modes, contexts, codes: PLOVER 2.0, CAMEO.
 */
#ifndef DLN_EVENT_H
#define DLN_EVENT_H

#include "quote/quote.h"

typedef struct dln_coder dln_coder;

/* Uses the lexicon kinds `event` (patterns), `type` and `mode` (the ontology) and `context`. */
dln_coder *dln_coder_new(const dln_lexicon *lexicon, const dln_resolver *resolver, dateline_error *err);
void dln_coder_free(dln_coder *coder);

/* The stage: fills doc->events and, with doc->explain, doc->explanations. */
dateline_status dln_code(const dln_coder *coder, dln_arena *scratch, dateline_doc *doc, dateline_error *err);

/* For the linter: are an entry's patterns well formed; the text of its example without the marks of roles; has the doc
 * read from that text the event with the marked roles. `why` says what is wrong. */
bool dln_patterns_hold(const dln_lexicon *lexicon, uint32_t entry, char *why, size_t why_size);
void dln_example_text(const dln_lexicon *lexicon, uint32_t entry, uint32_t i, dln_buf *out);
bool dln_example_holds(const dln_lexicon *lexicon, uint32_t entry, uint32_t i, const dateline_doc *doc, char *why,
                       size_t why_size);

#endif
