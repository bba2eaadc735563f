/* SPDX-License-Identifier: Apache-2.0
 * quote_internal.h: what the files of the room share. */
#ifndef DLN_QUOTE_INTERNAL_H
#define DLN_QUOTE_INTERNAL_H

#include "quote/quote.h"

struct dln_quoter {
    dln_map cues; /* 'verb:say', 'phrase:according' */
    dln_arena arena;
};

/* Tokens from the opening to the closing quotation mark. */
typedef struct {
    uint32_t first, last;
    bool taken; /* a report has it */
} marked;

typedef struct {
    const dln_quoter *quoter;
    dateline_doc *doc;
    dln_arena *scratch;
    dln_tree tree;
    uint32_t *mention_of; /* head token to mention + 1 */
    dln_array marked;     /* marked, by position */
    size_t next_marked;   /* the first that ends in or after the sentence being read */
} quoting;

typedef enum { MARK_NONE = 0, MARK_OPEN, MARK_CLOSE, MARK_EITHER } mark_kind;
mark_kind dln_quote_mark(const quoting *q, uint32_t token);
bool dln_quote_find_marked(quoting *q);                 /* false: no memory */
bool dln_word_is(dateline_str word, const char *lower); /* ASCII case aside */

#endif
