/* SPDX-License-Identifier: Apache-2.0
 * lexicon.c: `dateline lexicon check` and `dateline lexicon compile`. */
#include "cli.h"

#include <inttypes.h>

/* Where findings go, and how many of each sort there were. */
typedef struct {
    FILE *out;
    unsigned errors, warnings;
} findings;

/* In the form of compilers, so that editors jump to the line. */
static void report(void *user, const char *file, uint32_t line, bool is_error, const char *message) {
    findings *all = user;
    *(is_error ? &all->errors : &all->warnings) += 1;
    fprintf(all->out, "%s:%" PRIu32 ": %s: %s\n", file, line, is_error ? "error" : "warning", message);
}

static bool has_paths(const options *given) {
    if (given->operands.count > 0) return true;
    complain("no lexicon named: give files or folders of text lexicons");
    return false;
}

/* What was reported line by line is not said again. */
static int status_of(dateline_status status, const dateline_error *err, const findings *all) {
    if (status == DATELINE_OK) return STATUS_OK;
    if (all->errors == 0) complain("%s", err->what);
    return status == DATELINE_IO || status == DATELINE_NO_MEMORY ? STATUS_IO : STATUS_MODEL;
}

/* Example sentences are tried out with the lexicons under test on top of ours. A lexicon too faulty to load is checked
 * against ours, which say what kinds and keys there are. Without a model there is no engine: the lexicons under test
 * must say so themselves. */
static dateline_engine *engine_for_examples(const options *given) {
    options with = *given;
    dateline_error err = { 0 };
    with.lexicons = given->operands;
    dateline_engine *engine = engine_load(&with, &err);
    return engine != NULL ? engine : engine_load(given, &err);
}

/* Findings are what the user asked for, so they go to standard output. */
int run_lexicon_check(const options *given) {
    if (!has_paths(given)) return STATUS_USAGE;
    findings all = { .out = stdout };
    dateline_error err = { 0 };
    dateline_engine *engine = engine_for_examples(given);
    dateline_status status =
        dateline_lexicon_check(engine, given->operands.items, given->operands.count, report, &all, &err);
    dateline_engine_free(engine);
    if (!given->quiet && (status == DATELINE_OK || all.errors > 0))
        complain("%u error%s, %u warning%s", all.errors, all.errors == 1 ? "" : "s", all.warnings,
                 all.warnings == 1 ? "" : "s");
    if (fflush(stdout) != 0) return STATUS_IO;
    return status_of(status, &err, &all);
}

/* Warnings do not stop it; errors do, and leave an older output as it was. */
int run_lexicon_compile(const options *given) {
    if (!has_paths(given)) return STATUS_USAGE;
    if (given->output == NULL) {
        complain("no output named: give --output FILE");
        return STATUS_USAGE;
    }
    findings all = { .out = stderr };
    dateline_error err = { 0 };
    dateline_status status =
        dateline_lexicon_compile(given->operands.items, given->operands.count, given->output, report, &all, &err);
    return status_of(status, &err, &all);
}
