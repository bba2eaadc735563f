/* SPDX-License-Identifier: Apache-2.0
 * code.c: `dateline code`, events. */
#include "terminal.h"

#include <string.h>
#include <unistd.h>

static bool print_jsonl(text *out, const dateline_doc *doc, const item *of, void *user) {
    (void)of;
    (void)user;
    return text_print(out, doc, DATELINE_FORM_EVENTS_JSONL, 0);
}

static bool print_csv(text *out, const dateline_doc *doc, const item *of, void *user) {
    (void)of;
    (void)user;
    return text_print(out, doc, DATELINE_FORM_EVENTS_CSV, 0);
}

/* The width is taken once: a table that changes its columns half way is hard to read. */
static int run_table(const options *given, task *what) {
    text header = { 0 };
    table_form form = { terminal_width(), terminal_has_colours() };
    table_header(&header, &form);
    what->print = table_print;
    what->header = header.ptr;
    what->user = &form;
    int status = pipeline_run(given, what);
    text_free(&header);
    return status;
}

/* Where a person looks on, the table; where a program reads, records. */
int run_code(const options *given) {
    const char *to = given->to != NULL ? given->to : isatty(STDOUT_FILENO) ? "table" : "jsonl";
    task what = { .until = DATELINE_STAGE_EVENT, .print = print_jsonl };
    if (strcmp(to, "table") == 0) return run_table(given, &what);
    if (strcmp(to, "csv") == 0) {
        what.print = print_csv;
        what.header = dateline_csv_header();
    }
    return pipeline_run(given, &what);
}
