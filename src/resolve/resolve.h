/* SPDX-License-Identifier: Apache-2.0
 * resolve: mentions to actors with codes, places with coordinates, time expressions with values; coreference.
 * 'Unknown' is a value. Relative dates resolve against the publication date, never against the clock. */
#ifndef DLN_RESOLVE_H
#define DLN_RESOLVE_H

#include "tag/tag.h"

typedef struct dln_resolver dln_resolver;

/* Uses the lexicon kinds `country`, `actor`, `role`, `organisation`, `place`, `place_word`, `place_abbreviation`,
 * `reference`, `time`. */
dln_resolver *dln_resolver_new(const dln_lexicon *lexicon, dateline_error *err);
/* Adds the gazetteer, `en.places` in the model directory: without it places are those of the lexicon. Its file missing
 * or damaged is BAD_LEXICON. */
dateline_status dln_resolver_open_gazetteer(dln_resolver *resolver, const char *model_dir, dateline_error *err);
void dln_resolver_free(dln_resolver *resolver);

/* The stage: adds nominal and pronoun mentions, merges entities (coreference) and gives them codes; fills times, places
 * and the dateline's place, and for dln_resolve_role the doc's phrases. Mentions are sorted by position, longer ones
 * first; names may stand inside nominals ('Kenyan' in 'Kenyan police'). A name's mention is the name alone, its phrase
 * has the title too. First and second persons have a mention whose entity is DATELINE_NO_INDEX, for `quote` to bind. */
dateline_status dln_resolve(const dln_resolver *resolver, dln_arena *scratch, dateline_doc *doc, dateline_error *err);

/* The codes of the noun phrase headed by `head_token` as of `day`, for a role filler: the phrase's span by the
 * conventions (no article, number, relative clause), its entity and codes. A plural that stands for several entities
 * ('the two leaders') gives one role each, up to `max`. What somebody has or does ('Russian help', 'Kenya's decision')
 * gives the owner. Returns how many; 0: the phrase names no actor. Strings are owned by the doc or the lexicon. */
size_t dln_resolve_role(const dln_resolver *resolver, dateline_doc *doc, uint32_t head_token, dateline_date day,
                        dateline_role *roles, size_t max);

#endif
