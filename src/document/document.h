/* SPDX-License-Identifier: Apache-2.0
 * document: the text and its stand-off layers, and what is no running text in it (dateline, byline, credit, furniture).
 *
 * A doc owns its layers. Each stage adds its own and changes no earlier one, but for two: `resolve` may set the types
 * that `tag` left open on mentions, and `quote` binds first persons that `resolve` left open.
 */
#ifndef DLN_DOCUMENT_H
#define DLN_DOCUMENT_H

#include "base/base.h"
#include "lexicon/lexicon.h"

/* A place where input and text part: from text byte `text_at` on, input = text offset - text_at + input_at. */
typedef struct {
    uint32_t text_at, input_at;
} dln_offset_step;

/* A noun phrase that can fill a role, as `resolve` found it. */
typedef struct {
    uint32_t head_token;
    dateline_span span;
    uint32_t mention;                    /* its mention; DATELINE_NO_INDEX: none ('who') */
    uint32_t entity;                     /* counts where there is no mention */
    uint32_t first_member, member_count; /* of a plural: entities in `members` */
} dln_phrase;

/* How `resolve` knows an entity, so that its codes can be told for another day. */
typedef struct {
    uint32_t lexicon_entry; /* DATELINE_NO_INDEX: none */
    bool by_text;           /* the text says its sectors itself */
} dln_known;

struct dateline_doc {
    dln_arena arena; /* owns every string and list that a layer points to */
    dateline_str id, text, url, title, publication, author, language;
    dateline_date date;
    bool running_text, explain;
    bool has_dateline;
    dateline_dateline dateline;
    dln_array offset_steps; /* dln_offset_step, ordered; empty: text is the input */
    dln_array code_points;  /* uint32_t: code points before byte 64 * i */
    dln_array blocks;       /* dateline_block */
    dln_array sentences;    /* dateline_sentence */
    dln_array tokens;       /* dateline_token */
    dln_array mentions;     /* dateline_mention, by position */
    dln_array entities;     /* dateline_entity */
    dln_array known;        /* dln_known, by entity */
    dln_array phrases;      /* dln_phrase, by head token */
    dln_array members;      /* uint32_t: entities that plurals stand for */
    dln_array places;       /* dateline_place, by position */
    dln_array times;        /* dateline_time, by position */
    dln_array quotes;       /* dateline_quote, by position */
    dln_array events;       /* dateline_event, by trigger position */
    dln_array explanations; /* dateline_explanation, by token */
};

/* Adds `input` to out with its broken characters mended: U+FFFD for NUL and for each maximal part that is no UTF-8;
 * UTF-8 that was taken for Windows-1252 and encoded again is undone. `steps` (dln_offset_step; may be NULL) is set to
 * where the added text and the input part. Failures stand in out->status. */
void dln_text_mend(dln_buf *out, dln_array *steps, dateline_str input);

/* A doc with its head fields and its text, mended. No layers yet. NULL: NO_MEMORY, TOO_LARGE. */
dateline_doc *dln_document_new(const dateline_input *input, dateline_error *err);

/* A doc whose sentences and tokens are given. Its text is built from them: a blank where white space follows a token, a
 * line feed where it follows a sentence. One BODY block. */
dateline_doc *dln_document_new_tokens(const dateline_input *input, const dateline_given_token *tokens,
                                      size_t token_count, dateline_error *err);

/* What the lexicons say of page parts (kinds `furniture`, `dateline`, `credit`), ready for use. */
typedef struct dln_marker dln_marker;
dln_marker *dln_marker_new(const dln_lexicon *lexicon, dateline_error *err);
void dln_marker_free(dln_marker *marker);

/* The stage: blocks and dateline. With running_text each paragraph is a BODY block. */
dateline_status dln_document_mark(const dln_marker *marker, dln_arena *scratch, dateline_doc *doc, dateline_error *err);

/* First failure of any of the doc's builders: NO_MEMORY or OK. */
dateline_status dln_document_status(const dateline_doc *doc);

/* Typed reach into the layers for the stages; i must be in range. */
static inline dateline_token *dln_doc_token(const dateline_doc *doc, size_t i) {
    return (dateline_token *)doc->tokens.items + i;
}
static inline dateline_sentence *dln_doc_sentence(const dateline_doc *doc, size_t i) {
    return (dateline_sentence *)doc->sentences.items + i;
}
static inline dateline_mention *dln_doc_mention(const dateline_doc *doc, size_t i) {
    return (dateline_mention *)doc->mentions.items + i;
}
static inline dateline_entity *dln_doc_entity(const dateline_doc *doc, size_t i) {
    return (dateline_entity *)doc->entities.items + i;
}
static inline dateline_str dln_token_form(const dateline_doc *doc, size_t i) {
    return dln_span_str(doc->text, dln_doc_token(doc, i)->span);
}

#endif
