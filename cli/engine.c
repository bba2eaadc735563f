/* SPDX-License-Identifier: Apache-2.0
 * engine.c: finds the model directory and loads the engine. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Whether the folder holds a compiled lexicon, the one file that every model directory has. */
static bool is_model_dir(const char *folder) {
    text path = { 0 };
    text_add_format(&path, "%s/en.lexicon", folder);
    bool found = !path.failed && access(path.ptr, R_OK) == 0;
    text_free(&path);
    return found;
}

/* The folder of the running program, with its final slash; "" if the system does not say. */
static void program_folder(char *folder, size_t size) {
    ssize_t len = readlink("/proc/self/exe", folder, size - 1);
    folder[len < 0 ? 0 : len] = '\0';
    char *slash = strrchr(folder, '/');
    if (slash != NULL) slash[1] = '\0';
    else folder[0] = '\0';
}

/* A model directory beside the program: a build tree's `share/dateline`, or an installation's `../share/dateline`. */
static const char *model_dir_beside(text *path) {
    static const char *const places[] = { "share/dateline", "../share/dateline" };
    char folder[4096];
    program_folder(folder, sizeof folder);
    for (size_t i = 0; folder[0] != '\0' && i < sizeof places / sizeof *places; i++) {
        path->len = 0;
        text_add_format(path, "%s%s", folder, places[i]);
        if (!path->failed && is_model_dir(path->ptr)) return path->ptr;
    }
    return NULL;
}

/* In order: what this run says, what this user says, what lies beside the program. */
static const char *model_dir(const options *given, text *path) {
    const char *named = getenv("DATELINE_MODEL_DIR");
    if (given->model_dir != NULL) return given->model_dir;
    if (named != NULL && named[0] != '\0') return named;
    return model_dir_beside(path); /* NULL: where `make install` put it */
}

dateline_engine *engine_load(const options *given, dateline_error *err) {
    text path = { 0 };
    dateline_engine_options wanted = DATELINE_ENGINE_OPTIONS_INIT;
    wanted.model_dir = model_dir(given, &path);
    wanted.lexicons = given->lexicons.items;
    wanted.lexicon_count = given->lexicons.count;
    wanted.kernels = given->kernels;
    dateline_engine *engine = dateline_engine_new(&wanted, err);
    text_free(&path);
    return engine;
}

/* A wrong option is not a wrong model. */
static int status_of(dateline_status code) {
    switch (code) {
    case DATELINE_BAD_ARGUMENT: return STATUS_USAGE;
    case DATELINE_NO_MEMORY: return STATUS_IO;
    default: return STATUS_MODEL;
    }
}

dateline_engine *engine_open(const options *given, int *status) {
    dateline_error err = { 0 };
    dateline_engine *engine = engine_load(given, &err);
    if (engine != NULL) return engine;
    complain("%s", err.what);
    *status = status_of(err.code);
    if (*status == STATUS_MODEL && given->lexicons.count == 0)
        complain("name the folder of model and lexicon with --model-dir or DATELINE_MODEL_DIR");
    else if (*status == STATUS_MODEL) complain("`dateline lexicon check` lists every fault of a lexicon");
    return NULL;
}

/* Also without a model: the version of a broken installation is just what one wants to know. */
int print_version(const options *given) {
    printf("dateline %s\n", dateline_version());
    dateline_error err = { 0 };
    dateline_engine *engine = engine_load(given, &err);
    const dateline_fact *fact;
    for (size_t i = 1; engine != NULL && (fact = dateline_engine_fact(engine, i)) != NULL; i++)
        printf("%s: %s\n", fact->name, fact->value != NULL && fact->value[0] != '\0' ? fact->value : "none");
    if (engine == NULL) printf("model: %s\n", err.what);
    dateline_engine_free(engine);
    return fflush(stdout) == 0 ? STATUS_OK : STATUS_IO;
}
