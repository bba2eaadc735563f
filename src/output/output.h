/* SPDX-License-Identifier: Apache-2.0
 * output: documents to JSON Lines, CSV, CoNLL-U. Sees docs only through dateline.h's accessors.
 * The interface is dateline.h's dateline_doc_print; inside, one file a form. Every printer appends whole lines to a
 * buffer, which is sticky: print.c asks once. Nothing here depends on the locale. */
#ifndef DLN_OUTPUT_H
#define DLN_OUTPUT_H

#include "base/base.h"

/* ---------------------------------------------------------------- JSON (json.c) */

/* Commas come by themselves: each call looks at the last byte written. */
void dln_json_key(dln_buf *out, const char *key);
void dln_json_member(dln_buf *out, const char *key, dateline_str text); /* key and dln_json_text */
void dln_json_open(dln_buf *out, char bracket);
void dln_json_close(dln_buf *out, char bracket);
void dln_json_null(dln_buf *out);
void dln_json_text(dln_buf *out, dateline_str text); /* absent: null; broken UTF-8: U+FFFD */
void dln_json_count(dln_buf *out, uint64_t value);
void dln_json_number(dln_buf *out, double value, unsigned decimals); /* not finite: null */
void dln_json_code(dln_buf *out, const char *code);                  /* "": null */
void dln_json_date(dln_buf *out, dateline_date date);                /* not a whole day: null */

/* Shortest decimal form of value, rounded to `decimals` (at most 6) places. */
void dln_decimal(dln_buf *out, double value, unsigned decimals);
bool dln_is_number(double value); /* finite, and small enough for dln_decimal */

/* `text` as a JSON string inside quotation marks. */
void dln_json_quoted(dln_buf *out, dateline_str text);

/* ---------------------------------------------------------------- parts of records (record.c) */

dateline_str dln_slice(const dateline_doc *doc, dateline_span span); /* its words; absent if the span is empty */
dateline_str dln_doc_name(const dateline_doc *doc);                  /* id, else URL; absent if neither */
const char *dln_grain_name(dateline_grain grain);                    /* NULL: none */
const char *dln_date_source_name(dateline_date_source source);       /* NULL: none */
bool dln_said_directly(const dateline_doc *doc, const dateline_event *event, const dateline_quote *quote);
dateline_date dln_first_day(dateline_date date); /* month and day filled up with 1; the absent date stays absent */

#define DLN_CODEBOOK "PLOVER-2.0"
#define DLN_AUXILIARY_COUNT 4
extern const char *const dln_auxiliary_names[DLN_AUXILIARY_COUNT]; /* in the order of the bits DATELINE_AUX_… */

void dln_json_span(dln_buf *out, const dateline_doc *doc, dateline_span span); /* the members start and end */
void dln_json_place(dln_buf *out, const dateline_doc *doc, const dateline_place *place);
void dln_json_event(dln_buf *out, const dateline_doc *doc, const dateline_event *event, size_t number);

/* ---------------------------------------------------------------- forms */

void dln_print_events(dln_buf *out, const dateline_doc *doc);                  /* record.c */
void dln_print_layers(dln_buf *out, const dateline_doc *doc, unsigned layers); /* layers.c */
void dln_print_csv(dln_buf *out, const dateline_doc *doc);                     /* csv.c */
void dln_print_conllu(dln_buf *out, const dateline_doc *doc);                  /* conllu.c */
void dln_print_actor(dln_buf *out, const dateline_doc *doc);                   /* actor.c */

#endif
