/* SPDX-License-Identifier: Apache-2.0
 * lexicon: the world as text. Reads, checks, compiles and looks up. Knows the form of a lexicon, not what a kind means:
 * rooms read the kinds they need. The format for people: docs/lexicon.md.
 *
 *     kind: actor                                     one kind a file, before its first entry
 *     # comment
 *     Vladimir Putin; Putin | code: RUS | sector: GOV | office: president | from: 2012-05-07 | wikidata: Q7747
 *     ^ phrases, `;` between   ^ key: value(s), `;` between
 *
 * A line that starts with space and `|` goes on with the entry above it. `\` takes the meaning off the next character.
 * A later `kind:` line starts another kind. Which keys a kind has is said in the lexicon itself: lexicons/en/kinds.txt.
 */
#ifndef DLN_LEXICON_H
#define DLN_LEXICON_H

#include "base/base.h"

typedef struct dln_lexicon dln_lexicon;

/* Maps the compiled lexicon at `compiled_path` (NULL: none) and adds text lexicons (files or folders, later ones
 * override earlier ones). Damaged files are BAD_LEXICON. */
dln_lexicon *dln_lexicon_load(const char *compiled_path, const char *const *text_paths, size_t text_path_count,
                              dateline_error *err);

/* A lexicon from text in memory, for tests: `file` names it in reports. */
dln_lexicon *dln_lexicon_from_text(const char *file, dateline_str text, dateline_error *err);
void dln_lexicon_free(dln_lexicon *lexicon);

/* Facts for `dateline info`: entries in all and a checksum over the compiled form. */
size_t dln_lexicon_count(const dln_lexicon *lexicon);
uint64_t dln_lexicon_checksum(const dln_lexicon *lexicon);

/* Says whether the example sentence `i` of an entry (key `example`) comes out as it should; if not, why. `lexicon`
 * holds the lexicons under check on top of their base. */
typedef bool dln_example_judge(void *user, const dln_lexicon *lexicon, uint32_t entry, uint32_t i, char *why,
                               size_t why_size);

/* dateline_lexicon_check for lexicons that add to `base` (NULL: they stand alone). The judge (NULL: examples are passed
 * over) is asked once all else is in order. */
dateline_status dln_lexicon_check(const dln_lexicon *base, const char *const *paths, size_t path_count,
                                  dln_example_judge *judge, void *judge_user, dateline_report_fn *report, void *user,
                                  dateline_error *err);

/* Entries of a kind are numbered without gap, in file and line order. Returns their count; *first is the first one. */
uint32_t dln_lexicon_kind(const dln_lexicon *lexicon, const char *kind, uint32_t *first);

/* An entry's parts; all strings live as long as the lexicon. */
dateline_str dln_entry_file(const dln_lexicon *lexicon, uint32_t entry); /* 'en/actors.txt' */
uint32_t dln_entry_line(const dln_lexicon *lexicon, uint32_t entry);
uint32_t dln_entry_layer(const dln_lexicon *lexicon, uint32_t entry); /* larger: of a lexicon added later */
uint32_t dln_entry_phrase_count(const dln_lexicon *lexicon, uint32_t entry);
dateline_str dln_entry_phrase(const dln_lexicon *lexicon, uint32_t entry, uint32_t i);
uint32_t dln_entry_value_count(const dln_lexicon *lexicon, uint32_t entry, const char *key); /* 0: key is not there */
dateline_str dln_entry_value(const dln_lexicon *lexicon, uint32_t entry, const char *key,
                             uint32_t i); /* absent: not there */

/* Phrases of a set of kinds as an automaton over words. Words are compared folded (dln_text_fold); punctuation inside a
 * phrase and between words is passed over, but for commas and the like ('Kim Jong-un' is found in 'Kim Jong Un';
 * 'Washington, D.C.' needs its comma). Full stops do not count ('U.S.' is 'US'). A word of a phrase with a capital
 * letter matches only words that have one; a word all in capitals only words all in capitals: 'US' is not 'us', 'WHO'
 * is not 'Who'. */
typedef struct dln_finder dln_finder;
dln_finder *dln_finder_new(const dln_lexicon *lexicon, const char *const *kinds, size_t kind_count,
                           dateline_error *err);
void dln_finder_free(dln_finder *finder);

/* A phrase found: words [first, first + count) of the list, and the entry it belongs to. */
typedef struct {
    uint32_t first, count, entry;
} dln_found;

/* All phrases that start at word `at` of `words`, longest first (entries of equal length in lexicon order), at most
 * `max`. Returns how many were written. */
size_t dln_finder_at(const dln_finder *finder, const dateline_str *words, size_t word_count, size_t at,
                     dln_found *found, size_t max);

#endif
