/* SPDX-License-Identifier: Apache-2.0
 * lexicon_internal.h: what the files of this room share.
 *
 * Text becomes a draft (text.c), a draft is checked against the kinds (check.c) and becomes an image (compile.c), an
 * image is what is mapped and read (image.c). Text lexicons given at load time take the same way, in memory.
 */
#ifndef DLN_LEXICON_INTERNAL_H
#define DLN_LEXICON_INTERNAL_H

#include "lexicon/lexicon.h"

/* ---------------------------------------------------------------- words of phrases (words.c) */

enum { DLN_WORD_BYTES = 64, DLN_PHRASE_WORDS = 32 };

/* How much capital a word has. A phrase's word matches words of the text that have at least as much. */
enum { DLN_CAPITAL_NONE = 0, DLN_CAPITAL_ONE = 1, DLN_CAPITAL_ALL = 2 };

/* A folded word; len > DLN_WORD_BYTES: too long to stand in any phrase. */
typedef struct {
    char text[DLN_WORD_BYTES];
    uint32_t len;
    unsigned capital;
} dln_word;

/* The next word of `text` from *at on, and *at behind it. Full stops fall out of words ('U.S.' is 'US'); hyphens,
 * apostrophes, quotation marks and space part them; any other mark is a word of its own. False: no more words. */
bool dln_word_next(dateline_str text, size_t *at, dln_word *word);

/* Appends the words of a phrase, a space between, and packs their capitals, two bits a word. Returns the number of
 * words; 0: the phrase has none, or is too long to be found. */
uint32_t dln_words_fold(dln_buf *out, dateline_str phrase, uint64_t *capitals);

/* A phrase as it is stored for finders. */
typedef struct {
    dateline_str folded;
    uint64_t capitals;
} dln_folded;
dln_folded dln_entry_folded(const dln_lexicon *lexicon, uint32_t entry, uint32_t i);

/* ---------------------------------------------------------------- findings (text.c) */

/* Where reports go; the first error is kept. */
typedef struct {
    dateline_report_fn *report; /* NULL: nobody listens */
    void *user;
    size_t error_count;
    dateline_error first;
} dln_findings;

void dln_finding(dln_findings *findings, const char *file, uint32_t line, bool is_error, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* ---------------------------------------------------------------- draft (text.c) */

typedef struct {
    const char *file; /* NUL-terminated; an image's entries have NULL here and the name in file_name */
    dateline_str file_name, kind;
    uint32_t line, layer;
    uint32_t first_phrase, phrase_count, first_value, value_count;
    uint32_t number; /* in the image, once compiled */
    bool dropped;
} dln_draft_entry;

typedef struct {
    dateline_str key, value;
} dln_draft_value;

/* Entries as they were read, in reading order. A layer overrides those before it. */
typedef struct {
    dln_arena arena;
    dln_array files;   /* dln_file: mapped while the draft lives, as strings point into them */
    dln_array entries; /* dln_draft_entry */
    dln_array phrases; /* dateline_str */
    dln_array values;  /* dln_draft_value */
    uint32_t layer;
} dln_draft;

void dln_draft_init(dln_draft *draft);
void dln_draft_release(dln_draft *draft);
dateline_status dln_draft_status(const dln_draft *draft); /* NO_MEMORY or OK */

/* Reads text; what is wrong with it goes to findings. `text` must outlive the draft. */
void dln_draft_add_text(dln_draft *draft, dln_findings *findings, dateline_str file_name, dateline_str text);

/* Reads a file or all `.txt` files of a folder as a layer of its own. */
dateline_status dln_draft_add_path(dln_draft *draft, dln_findings *findings, const char *path, dateline_error *err);

/* Takes the entries of an image with its layers; the lexicon must outlive the draft. */
void dln_draft_add_lexicon(dln_draft *draft, const dln_lexicon *lexicon);

static inline dln_draft_entry *dln_draft_entry_at(const dln_draft *draft, size_t i) {
    return (dln_draft_entry *)draft->entries.items + i;
}
static inline dateline_str dln_draft_phrase(const dln_draft *draft, const dln_draft_entry *entry, uint32_t i) {
    return ((const dateline_str *)draft->phrases.items)[entry->first_phrase + i];
}
static inline const dln_draft_value *dln_draft_value_at(const dln_draft *draft, const dln_draft_entry *entry,
                                                        uint32_t i) {
    return (const dln_draft_value *)draft->values.items + entry->first_value + i;
}
/* First value of a key; absent: none. */
dateline_str dln_draft_value_of(const dln_draft *draft, const dln_draft_entry *entry, const char *key);

/* ---------------------------------------------------------------- image (compile.c, image.c) */

#define DLN_LEXICON_MAGIC "dlnlex\r\n"
enum { DLN_LEXICON_VERSION = 3 };

/* Bytes of the image's parts: a fixed header, four tables of fixed records, a pool of strings. All numbers are
 * little-endian u32 unless said; a string is offset and length in the pool.
 *     header  magic (8 bytes), version, counts of kinds, entries, phrases, values, pool bytes, checksum (u64)
 *     kind    name, first entry, entry count
 *     entry   file name, line, first phrase, phrase count, first value, value count, layer
 *     phrase  text, folded words, capitals (u64)
 *     value   key, value
 * The checksum (dln_checksum) is over all that follows it. */
enum { DLN_HEADER_BYTES = 40, DLN_KIND_BYTES = 16, DLN_ENTRY_BYTES = 32, DLN_PHRASE_BYTES = 24, DLN_VALUE_BYTES = 16 };

/* Drops what later layers replace or remove, writes the image and numbers the entries. */
dateline_status dln_draft_compile(dln_draft *draft, dln_buf *image, dateline_error *err);

/* Takes `image` over, also when it fails. */
dln_lexicon *dln_lexicon_from_image(dln_buf *image, dateline_error *err);

/* ---------------------------------------------------------------- check (check.c) */

/* Checks the entries of text layers against the kinds and keys that `lexicon` declares; without any, does nothing.
 * Returns NO_MEMORY or OK; what is wrong goes to findings. */
dateline_status dln_draft_check(const dln_draft *draft, const dln_lexicon *lexicon, dln_findings *findings,
                                dateline_error *err);

/* Whether a text is what a form of kinds.txt says: 'date', 'number', 'qid', 'word', 'text'. */
bool dln_form_fits(dateline_str form, dateline_str text);

#endif
