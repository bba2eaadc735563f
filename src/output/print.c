/* SPDX-License-Identifier: Apache-2.0
 * print.c: the public door of the room. */
#include "output/output.h"

dateline_status dateline_doc_print(const dateline_doc *doc, dateline_form form, unsigned layers, char **out,
                                   size_t *out_len, dateline_error *err) {
    if (out != NULL) *out = NULL;
    if (doc == NULL || out == NULL || out_len == NULL)
        return dln_error_set(err, DATELINE_BAD_ARGUMENT, 0, "dateline_doc_print: doc, out and out_len must be given");
    *out_len = 0;
    dln_buf buf;
    dln_buf_init(&buf);
    switch (form) {
    case DATELINE_FORM_EVENTS_JSONL: dln_print_events(&buf, doc); break;
    case DATELINE_FORM_EVENTS_CSV: dln_print_csv(&buf, doc); break;
    case DATELINE_FORM_LAYERS_JSONL: dln_print_layers(&buf, doc, layers); break;
    case DATELINE_FORM_CONLLU: dln_print_conllu(&buf, doc); break;
    case DATELINE_FORM_ACTORS_JSONL: dln_print_actor(&buf, doc); break;
    case DATELINE_FORM_NONE:
    default: return dln_error_set(err, DATELINE_BAD_ARGUMENT, 0, "dateline_doc_print: form %d is not known", (int)form);
    }
    size_t len = buf.len;
    char *text = dln_buf_detach(&buf);
    if (text == NULL) return dln_error_memory(err);
    *out = text;
    *out_len = len;
    return DATELINE_OK;
}

void dateline_text_free(char *text) {
    dln_free(text);
}
