/* SPDX-License-Identifier: Apache-2.0
 * parse.c: `dateline parse`, CoNLL-U. */
#include "cli.h"

#include <string.h>

#define SENT_ID "# sent_id = "

/* Copies CoNLL-U and puts the sentences' own ids, where they have one, in place of ours. */
static void add_with_ids(text *out, const char *conllu, size_t len, const text *ids) {
    const char *end = conllu + len, *id = ids->ptr, *ids_end = ids->ptr + ids->len;
    for (const char *line = conllu; line < end;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t size = stop == NULL ? (size_t)(end - line) : (size_t)(stop - line) + 1;
        bool is_id = size > strlen(SENT_ID) && memcmp(line, SENT_ID, strlen(SENT_ID)) == 0;
        if (is_id && id < ids_end && *id != '\0') text_add_format(out, SENT_ID "%s\n", id);
        else text_add(out, line, size);
        if (is_id && id < ids_end) id += strlen(id) + 1;
        line += size;
    }
}

static bool print_conllu(text *out, const dateline_doc *doc, const item *of, void *user) {
    (void)user;
    if (of->tokens == NULL) return text_print(out, doc, DATELINE_FORM_CONLLU, 0);
    text conllu = { 0 };
    if (text_print(&conllu, doc, DATELINE_FORM_CONLLU, 0))
        add_with_ids(out, conllu.ptr, conllu.len, &of->tokens->sent_ids);
    out->failed = out->failed || conllu.failed;
    text_free(&conllu);
    return !out->failed;
}

int run_parse(const options *given) {
    task what = { .until = DATELINE_STAGE_TAG, .running_text = true, .print = print_conllu };
    return pipeline_run(given, &what);
}
