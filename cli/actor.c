/* SPDX-License-Identifier: Apache-2.0
 * actor.c: `dateline actor`, phrases to actors. */
#include "cli.h"

static bool print_actor(text *out, const dateline_doc *doc, const item *of, void *user) {
    (void)of;
    (void)user;
    return text_print(out, doc, DATELINE_FORM_ACTORS_JSONL, 0);
}

int run_actor(const options *given) {
    options phrases = *given;
    phrases.from = "phrases";
    task what = { .until = DATELINE_STAGE_RESOLVE, .running_text = true, .print = print_actor };
    return pipeline_run(&phrases, &what);
}
