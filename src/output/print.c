/* SPDX-License-Identifier: Apache-2.0
 * print.c: the public door of the room. */
#include "output/output.h"

/* False: there is no such form. */
static bool print(dln_buf *out, const dateline_doc *doc, dateline_form form, unsigned layers) {
    switch (form) {
    case DATELINE_FORM_EVENTS_JSONL: dln_print_events(out, doc); return true;
    case DATELINE_FORM_EVENTS_CSV: dln_print_csv(out, doc); return true;
    case DATELINE_FORM_LAYERS_JSONL: dln_print_layers(out, doc, layers); return true;
    case DATELINE_FORM_CONLLU: dln_print_conllu(out, doc); return true;
    case DATELINE_FORM_ACTORS_JSONL: dln_print_actor(out, doc); return true;
    case DATELINE_FORM_NONE: break;
    }
    return false;
}

static dateline_status unknown_form(dateline_form form, dateline_error *err) {
    return dln_error_set(err, DATELINE_BAD_ARGUMENT, 0, "form %d is not known", (int)form);
}

dateline_status dateline_doc_print(const dateline_doc *doc, dateline_form form, unsigned layers, char **out,
                                   size_t *out_len, dateline_error *err) {
    if (out != NULL) *out = NULL;
    if (doc == NULL || out == NULL || out_len == NULL)
        return dln_error_set(err, DATELINE_BAD_ARGUMENT, 0, "dateline_doc_print: doc, out and out_len must be given");
    *out_len = 0;
    dln_buf buf;
    dln_buf_init(&buf);
    if (!print(&buf, doc, form, layers)) return unknown_form(form, err);
    size_t len = buf.len;
    char *text = dln_buf_detach(&buf);
    if (text == NULL) return dln_error_memory(err);
    *out = text;
    *out_len = len;
    return DATELINE_OK;
}

dateline_status dateline_doc_write(const dateline_doc *doc, dateline_form form, unsigned layers,
                                   dateline_write_fn *write, void *user, dateline_error *err) {
    if (doc == NULL || write == NULL)
        return dln_error_set(err, DATELINE_BAD_ARGUMENT, 0, "dateline_doc_write: doc and write must be given");
    dln_buf buf;
    dln_buf_init(&buf);
    buf.drain = write;
    buf.drain_user = user;
    bool known = print(&buf, doc, form, layers);
    dateline_status status = buf.status;
    if (status == DATELINE_OK && buf.len > 0 && !write(user, buf.ptr, buf.len)) status = DATELINE_IO;
    dln_buf_release(&buf);
    if (!known) return unknown_form(form, err);
    if (status == DATELINE_IO) return dln_error_set(err, status, 0, "printing was stopped by its writer");
    return status == DATELINE_OK ? status : dln_error_memory(err);
}

void dateline_text_free(char *text) {
    dln_free(text);
}
