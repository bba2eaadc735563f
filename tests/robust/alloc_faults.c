/* SPDX-License-Identifier: Apache-2.0
 * alloc_faults.c: every n-th allocation of our own code fails, once and from then on; nothing may crash, leak or be
 * printed by halves, and the error must be NO_MEMORY. Needs a build with DATELINE_FAULTS; else it skips. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const char text[] =
    "ACCRA, May 16 (Reuters) - Ghana\xe2\x80\x99s foreign minister met Togo's envoy on Thursday. \"We will "
    "not leave,\" she said.\n\nRebels attacked an army post in Mali, killing 13 soldiers.";
static const char json_line[] =
    "{\"id\": \"a1\", \"date\": \"2024-05-17\", \"text\": \"Peru expelled two diplomats.\"}\n";

static dateline_engine *new_engine(dateline_error *err) {
    dateline_engine_options options = DATELINE_ENGINE_OPTIONS_INIT;
    options.model_dir = MODEL_DIR;
    return dateline_engine_new(&options, err);
}

static bool faults_are_built_in(void) {
    dln_alloc_fail(1, false);
    void *memory = dln_alloc(1, 1);
    dln_alloc_fail(0, false);
    dln_free(memory);
    return memory == NULL;
}

/* One attempt of a job; true: it went through. A failure must be NO_MEMORY. */
typedef bool job_fn(void *user, dateline_error *err);

static void fail_each(job_fn *job, void *user, uint64_t step_after) {
    for (int sticky = 0; sticky <= 1; sticky++) {
        bool done = false;
        /* Early allocations one by one, later ones in growing steps: loading a lexicon has tens of thousands. */
        for (uint64_t n = 1; !done; n += n < step_after ? 1 : n / 16) {
            dateline_error err = { 0 };
            dln_alloc_fail(n, sticky != 0);
            bool passed = job(user, &err);
            done = dln_alloc_count() < n;
            dln_alloc_fail(0, false);
            if (!passed) assert_int_equal(err.code, DATELINE_NO_MEMORY);
            if (done) assert_true(passed);
        }
    }
}

static bool load_engine(void *user, dateline_error *err) {
    (void)user;
    dateline_engine *engine = new_engine(err);
    dateline_engine_free(engine);
    return engine != NULL;
}

static bool read_and_print(void *user, dateline_error *err) {
    dateline_context *context = dateline_context_new(user, err);
    if (context == NULL) return false;
    dateline_input input = DATELINE_INPUT_INIT;
    input.id = DLN_STR("a1");
    input.text = DLN_STR(text);
    input.date = (dateline_date){ 2024, 5, 17 };
    input.explain = true;
    dateline_doc *doc = dateline_read(context, &input, err);
    bool passed = doc != NULL;
    for (int form = DATELINE_FORM_EVENTS_JSONL; passed && form <= DATELINE_FORM_CONLLU; form++) {
        char *out = NULL;
        size_t out_len = 0;
        passed = dateline_doc_print(doc, (dateline_form)form, DATELINE_LAYER_ALL, &out, &out_len, err) == DATELINE_OK;
        if (!passed) assert_null(out);
        dateline_text_free(out);
    }
    dateline_doc_free(doc);
    dateline_context_free(context);
    return passed;
}

static bool read_records(void *user, dateline_error *err) {
    dateline_source_options options = DATELINE_SOURCE_OPTIONS_INIT;
    options.form = "jsonl";
    dateline_source *source = dateline_source_open(user, &options, err);
    if (source == NULL) return false;
    dateline_record *record = NULL;
    dateline_status status;
    while ((status = dateline_source_next(source, &record, err)) == DATELINE_OK && record != NULL)
        dateline_record_free(record);
    dateline_source_close(source);
    return status == DATELINE_OK;
}

static void loading_survives(void **state) {
    (void)state;
    if (!faults_are_built_in()) skip();
    fail_each(load_engine, NULL, 64);
}

static void reading_survives(void **state) {
    (void)state;
    if (!faults_are_built_in()) skip();
    dateline_error err = { 0 };
    dateline_engine *engine = new_engine(&err);
    assert_non_null(engine);
    fail_each(read_and_print, engine, 100000);
    dateline_engine_free(engine);
}

static void records_survive(void **state) {
    (void)state;
    if (!faults_are_built_in()) skip();
    char path[] = "alloc_faults.jsonl";
    dateline_error err = { 0 };
    assert_int_equal(dln_file_write(path, DLN_STR(json_line), &err), DATELINE_OK);
    fail_each(read_records, path, 100000);
    remove(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loading_survives),
        cmocka_unit_test(reading_survives),
        cmocka_unit_test(records_survive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
