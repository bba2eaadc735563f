/* SPDX-License-Identifier: Apache-2.0
 * read_article.c: the library in thirty lines. Usage: read_article MODEL_DIR; prints who did what to whom. */
#include <dateline.h>
#include <stdio.h>

static void print_roles(const char *label, const dateline_doc *doc, const dateline_role *roles, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *words = dateline_doc_text(doc).ptr + roles[i].span.begin;
        printf("  %s: %.*s [%s]\n", label, (int)(roles[i].span.end - roles[i].span.begin), words, roles[i].code);
    }
}

int main(int argc, char **argv) {
    dateline_error err = { 0 };
    dateline_engine_options options = DATELINE_ENGINE_OPTIONS_INIT;
    options.model_dir = argc > 1 ? argv[1] : NULL;
    dateline_engine *engine = dateline_engine_new(&options, &err);
    dateline_context *context = engine == NULL ? NULL : dateline_context_new(engine, &err);
    dateline_input input = DATELINE_INPUT_INIT;
    input.text = dateline_str_from("Norwegian Foreign Minister Kari Lund visited Lima on Monday.");
    input.date = dateline_date_parse(dateline_str_from("2024-03-12"));
    dateline_doc *doc = context == NULL ? NULL : dateline_read(context, &input, &err);
    if (doc == NULL) fprintf(stderr, "%s\n", err.what);
    const dateline_event *event;
    for (size_t i = 0; doc != NULL && (event = dateline_doc_event(doc, i)) != NULL; i++) {
        printf("%.*s on %d-%02d-%02d\n", (int)event->type.len, event->type.ptr, event->date.year, event->date.month,
               event->date.day);
        print_roles("actor", doc, event->actors, event->actor_count);
        print_roles("recipient", doc, event->recipients, event->recipient_count);
    }
    dateline_doc_free(doc);
    dateline_context_free(context);
    dateline_engine_free(engine);
    return doc == NULL;
}
