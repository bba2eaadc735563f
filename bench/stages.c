/* SPDX-License-Identifier: Apache-2.0
 * stages.c: sentences a second, stage by stage, on one thread. Usage: bench_stages MODEL_DIR FILE.jsonl [ROUNDS]
 * Each stage is timed as the difference of two runs over all documents in the same round, one up to it and one up to
 * the stage before, in processor time. Printed are the median of ROUNDS (default 5) and the slowest and fastest. */
#include <dateline.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MAX_RECORDS = 100000, MAX_ROUNDS = 99, STAGES = DATELINE_STAGE_EVENT + 1 };

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

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* One row: `took` holds seconds, one a round; it is sorted. */
static void print_row(const char *name, double *took, int rounds, size_t sentences) {
    qsort(took, (size_t)rounds, sizeof *took, by_size);
    double median = took[rounds / 2], least = took[0], most = took[rounds - 1];
    double n = (double)sentences;
    printf("%-10s %10.4f %12.0f %12.0f %12.0f\n", name, median, median > 0 ? n / median : 0, most > 0 ? n / most : 0,
           least > 0 ? n / least : 0);
}

static void measure(dateline_context *context, dateline_record **records, size_t count, int rounds) {
    double took[STAGES][MAX_ROUNDS], own[MAX_ROUNDS];
    size_t sentences = 0;
    for (int round = 0; round < rounds; round++)
        for (int stage = 1; stage < STAGES; stage++)
            took[stage][round] = run(context, records, count, (dateline_stage)stage, &sentences);
    printf("%zu documents, %zu sentences, %d rounds\n", count, sentences, rounds);
    printf("%-10s %10s %12s %12s %12s\n", "stage", "seconds", "sentences/s", "slowest", "fastest");
    for (int stage = 1; stage < STAGES; stage++) {
        for (int round = 0; round < rounds; round++)
            own[round] = took[stage][round] - (stage > 1 ? took[stage - 1][round] : 0);
        print_row(stage_names[stage], own, rounds, sentences);
    }
    print_row("all", took[STAGES - 1], rounds, sentences);
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: bench_stages MODEL_DIR FILE.jsonl [ROUNDS]\n");
        return 2;
    }
    dateline_error err = { 0 };
    dateline_engine_options options = DATELINE_ENGINE_OPTIONS_INIT;
    options.model_dir = argv[1];
    double start = seconds();
    dateline_engine *engine = dateline_engine_new(&options, &err);
    printf("engine loaded in %.1f ms\n", (seconds() - start) * 1e3);
    dateline_context *context = engine == NULL ? NULL : dateline_context_new(engine, &err);
    dateline_record **records = calloc(MAX_RECORDS, sizeof *records);
    if (context == NULL || records == NULL) {
        fprintf(stderr, "bench: %s\n", err.what);
        return 4;
    }
    size_t count = load(argv[2], records);
    int rounds = argc > 3 ? atoi(argv[3]) : 5;
    measure(context, records, count, rounds < 1 ? 1 : rounds > MAX_ROUNDS ? MAX_ROUNDS : rounds);
    for (size_t i = 0; i < count; i++) dateline_record_free(records[i]);
    free(records);
    dateline_context_free(context);
    dateline_engine_free(engine);
    return 0;
}
