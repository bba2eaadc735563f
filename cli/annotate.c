/* SPDX-License-Identifier: Apache-2.0
 * annotate.c: `dateline annotate`, documents with their layers. */
#include "cli.h"

#include <string.h>

static const struct {
    const char *name;
    unsigned bit;
    dateline_stage stage; /* that makes it */
} layer_table[] = {
    { "sentences", DATELINE_LAYER_SENTENCES, DATELINE_STAGE_TAG },
    { "entities", DATELINE_LAYER_ENTITIES, DATELINE_STAGE_QUOTE },
    { "places", DATELINE_LAYER_PLACES, DATELINE_STAGE_RESOLVE },
    { "times", DATELINE_LAYER_TIMES, DATELINE_STAGE_RESOLVE },
    { "quotes", DATELINE_LAYER_QUOTES, DATELINE_STAGE_QUOTE },
    { "events", DATELINE_LAYER_EVENTS, DATELINE_STAGE_EVENT },
};
#define LAYER_COUNT (sizeof layer_table / sizeof *layer_table)

typedef struct {
    unsigned layers;
    dateline_stage until;
} layer_choice;

/* One name of --layers: its layer, and the stage that the engine must run up to for it. */
static bool choose_one(layer_choice *choice, const char *name, size_t len) {
    for (size_t i = 0; i < LAYER_COUNT; i++) {
        if (strlen(layer_table[i].name) != len || memcmp(layer_table[i].name, name, len) != 0) continue;
        choice->layers |= layer_table[i].bit;
        if (layer_table[i].stage > choice->until) choice->until = layer_table[i].stage;
        return true;
    }
    complain("layer '%.*s' is not known: use sentences, entities, places, times, quotes, events", (int)len, name);
    return false;
}

/* The dateline's place and the entities' last mentions come from late stages, so the least is RESOLVE. */
static bool choose_layers(layer_choice *choice, const char *names) {
    *choice = (layer_choice){ 0, DATELINE_STAGE_RESOLVE };
    for (size_t len; names != NULL && *names != '\0'; names += len + (names[len] == ',')) {
        len = strcspn(names, ",");
        if (!choose_one(choice, names, len)) return false;
    }
    if (names == NULL) *choice = (layer_choice){ DATELINE_LAYER_ALL, DATELINE_STAGE_EVENT };
    return true;
}

static bool print_layers(text *out, const dateline_doc *doc, const item *of, void *user) {
    (void)of;
    const layer_choice *choice = user;
    return text_print(out, doc, DATELINE_FORM_LAYERS_JSONL, choice->layers);
}

int run_annotate(const options *given) {
    layer_choice choice;
    if (!choose_layers(&choice, given->layers)) return STATUS_USAGE;
    task what = { .until = choice.until, .print = print_layers, .user = &choice };
    return pipeline_run(given, &what);
}
