/* SPDX-License-Identifier: Apache-2.0
 * stages.c: sentences a second, stage by stage, on one thread. Usage: bench_stages MODEL_DIR FILE.jsonl [ROUNDS]
 * Each stage is timed as the difference of two runs over all documents, one up to it and one up to the stage before;
 * the least of ROUNDS (default 5) counts, as on a busy machine noise only adds. */
#include <dateline.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MAX_RECORDS = 100000, STAGES = DATELINE_STAGE_EVENT + 1 };

static const char *const stage_names[STAGES] = { "", "document", "split", "tag", "resolve", "quote", "event" };

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static size_t load(const char *path, dateline_record **records) {
    dateline_source_options options = DATELINE_SOURCE_OPTIONS_INIT;
    dateline_error err = { 0 };
    dateline_source *source = dateline_source_open(path, &options, &err);
    size_t count = 0;
    dateline_record *record;
    while (source != NULL && count < MAX_RECORDS && dateline_source_next(source, &record, &err) == DATELINE_OK &&
           record != NULL) {
        if (record->rejected) dateline_record_free(record);
        else records[count++] = record;
    }
    if (err.code != DATELINE_OK) fprintf(stderr, "bench: %s\n", err.what);
    dateline_source_close(source);
    return count;
}

/* Seconds for all records up to a stage; counts sentences on the way. */
static double run(dateline_context *context, dateline_record **records, size_t count, dateline_stage until,
                  size_t *sentences) {
    double start = seconds();
    *sentences = 0;
    for (size_t i = 0; i < count; i++) {
        dateline_input input = records[i]->input;
        input.until = until;
        dateline_doc *doc = dateline_read(context, &input, NULL);
        size_t n = 0;
        while (doc != NULL && dateline_doc_sentence(doc, n) != NULL) n++;
        *sentences += n;
        dateline_doc_free(doc);
    }
    return seconds() - start;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: bench_stages MODEL_DIR FILE.jsonl [ROUNDS]\n");
        return 2;
    }
    dateline_error err = { 0 };
    dateline_engine_options options = DATELINE_ENGINE_OPTIONS_INIT;
    options.model_dir = argv[1];
    double load_start = seconds();
    dateline_engine *engine = dateline_engine_new(&options, &err);
    double load_time = seconds() - load_start;
    dateline_context *context = engine == NULL ? NULL : dateline_context_new(engine, &err);
    dateline_record **records = calloc(MAX_RECORDS, sizeof *records);
    if (context == NULL || records == NULL) {
        fprintf(stderr, "bench: %s\n", err.what);
        return 4;
    }
    size_t count = load(argv[2], records), sentences = 0;
    int rounds = argc > 3 ? atoi(argv[3]) : 5;
    double best[STAGES] = { 0 };
    for (int round = 0; round < rounds; round++)
        for (int stage = 1; stage < STAGES; stage++) {
            double took = run(context, records, count, (dateline_stage)stage, &sentences);
            if (round == 0 || took < best[stage]) best[stage] = took;
        }
    printf("%zu documents, %zu sentences, engine loaded in %.1f ms\n", count, sentences, load_time * 1e3);
    printf("%-10s %12s %14s\n", "stage", "seconds", "sentences/s");
    for (int stage = 1; stage < STAGES; stage++) {
        double own = best[stage] - best[stage - 1];
        printf("%-10s %12.3f %14.0f\n", stage_names[stage], own, own > 0 ? (double)sentences / own : 0);
    }
    printf("%-10s %12.3f %14.0f\n", "all", best[STAGES - 1], (double)sentences / best[STAGES - 1]);
    for (size_t i = 0; i < count; i++) dateline_record_free(records[i]);
    free(records);
    dateline_context_free(context);
    dateline_engine_free(engine);
    return 0;
}
