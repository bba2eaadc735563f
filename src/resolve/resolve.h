/* SPDX-License-Identifier: Apache-2.0
 * resolve: mentions to actors with codes, places with coordinates, time expressions with values; coreference.
 * 'Unknown' is a value. Relative dates resolve against the publication date, never against the clock. */
#ifndef DLN_RESOLVE_H
#define DLN_RESOLVE_H

#include "tag/tag.h"

typedef struct dln_resolver dln_resolver;

/* Uses the lexicon kinds `country`, `actor`, `role`, `organisation`, `place`, `time`. */
dln_resolver *dln_resolver_new(const dln_lexicon *lexicon, dateline_error *err);
void dln_resolver_free(dln_resolver *resolver);

/* The stage: adds nominal and pronoun mentions, merges entities (coreference) and gives them codes; fills places, times
 * and the dateline's place. Mentions are sorted by position and do not nest, but for possessors and coordinated heads.
 */
dateline_status dln_resolve(const dln_resolver *resolver, dln_arena *scratch, dateline_doc *doc, dateline_error *err);

/* The codes of the noun phrase headed by `head_token` as of `day`, for a role filler: the phrase's span by the
 * conventions (no article, number, relative clause), its entity and codes. A plural that stands for several entities
 * ('the two leaders') gives one role each, up to `max`. Returns how many; 0: the phrase names no actor. Strings are
 * owned by the doc. */
size_t dln_resolve_role(const dln_resolver *resolver, dateline_doc *doc, uint32_t head_token, dateline_date day,
                        dateline_role *roles, size_t max);

#endif
