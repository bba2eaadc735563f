/* SPDX-License-Identifier: Apache-2.0 */
#include "event/event.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static dateline_engine *engine;
static dateline_context *context;
static dateline_doc *doc;

static int open_engine(void **state) {
    (void)state;
    dateline_engine_options options = DATELINE_ENGINE_OPTIONS_INIT;
    options.model_dir = MODEL_DIR;
    engine = dateline_engine_new(&options, NULL);
    context = engine == NULL ? NULL : dateline_context_new(engine, NULL);
    return context == NULL;
}

static int close_engine(void **state) {
    (void)state;
    dateline_doc_free(doc);
    dateline_context_free(context);
    dateline_engine_free(engine);
    return 0;
}

static void code(const char *text) {
    dateline_input input = DATELINE_INPUT_INIT;
    input.text = dateline_str_from(text);
    input.date = (dateline_date){ 2024, 5, 16 };
    input.explain = true;
    dateline_doc_free(doc);
    doc = dateline_read(context, &input, NULL);
    assert_non_null(doc);
}

static size_t event_count(void) {
    size_t count = 0;
    while (dateline_doc_event(doc, count) != NULL) count++;
    return count;
}

static void assert_starts(dateline_str text, const char *head) {
    if (!dln_str_starts(text, dateline_str_from(head))) fail_msg("'%.*s' is not '%s…'", DLN_STR_ARG(text), head);
}

static void a_record_says_where_it_comes_from(void **state) {
    (void)state;
    code("Peru condemned Chile on Monday.");
    const dateline_event *e = dateline_doc_event(doc, 0);
    assert_int_equal(event_count(), 1);
    assert_true(dln_str_ends(e->source_file, DLN_STR("events/accuse.txt")));
    assert_true(e->source_line > 0);
    assert_int_equal(e->quad_code, 3);
    assert_true(e->event_scale == -2 && e->has_goldstein && e->goldstein == -2);
    assert_true(e->confidence > 0 && e->confidence < 1);
    assert_int_equal(e->quote, DATELINE_NO_INDEX);
}

static void explanations_say_what_fired_and_what_failed(void **state) {
    (void)state;
    code("Peru condemned Chile. It was condemned in the end. Critics yodelled.");
    const dateline_explanation *first = dateline_doc_explanation(doc, 0);
    assert_non_null(first);
    assert_int_equal(first->event, 0);
    assert_starts(first->reason, "A criticise/");
    bool failed = false, unknown = false;
    for (size_t i = 0; dateline_doc_explanation(doc, i) != NULL; i++) {
        const dateline_explanation *x = dateline_doc_explanation(doc, i);
        failed |= x->event == DATELINE_NO_INDEX && x->source_line > 0;
        unknown |= x->source_file.len == 0 && dln_str_is(x->reason, "no entry knows this verb");
    }
    assert_true(failed && unknown);
}

static void events_stand_by_trigger(void **state) {
    (void)state;
    code("Peru condemned Chile, praised Bolivia and expelled the Chilean ambassador. Ghana visited Togo.");
    assert_true(event_count() >= 3);
    for (size_t i = 1; i < event_count(); i++) {
        assert_true(dateline_doc_event(doc, i - 1)->text_spans[0].begin <
                    dateline_doc_event(doc, i)->text_spans[0].begin);
    }
}

/* Sentences that are lists, deep nests and broken bits must neither crash nor take long. */
static void hostile_sentences(void **state) {
    (void)state;
    dln_buf text;
    dln_buf_init(&text);
    for (int i = 0; i < 4000; i++) dln_buf_add(&text, DLN_STR("Peru condemned Chile and "));
    dln_buf_add_char(&text, 0);
    code(dln_buf_str(&text).ptr);
    dln_buf_clear(&text);
    for (int i = 0; i < 3000; i++) dln_buf_add(&text, DLN_STR("said that \" ("));
    dln_buf_add_char(&text, 0);
    code(dln_buf_str(&text).ptr);
    dln_buf_release(&text);
    code("visited");
    code("of of of to by by");
    code("“““ he said ” said he said");
}

static dateline_status coder_status(const char *text, char what[200]) {
    dateline_error err = { .what = "" };
    dln_lexicon *lexicon = dln_lexicon_from_text("mine.txt", dateline_str_from(text), &err);
    assert_non_null(lexicon);
    dln_coder *coder = dln_coder_new(lexicon, NULL, &err);
    dateline_status status = coder == NULL ? err.code : DATELINE_OK;
    memcpy(what, err.what, sizeof err.what);
    dln_coder_free(coder);
    dln_lexicon_free(lexicon);
    return status;
}

static void faulty_lexicons_name_file_and_line(void **state) {
    (void)state;
    char what[200];
    assert_int_equal(coder_status("kind: event\nA visit R | type: CONSULT\n", what), DATELINE_BAD_LEXICON);
    assert_non_null(strstr(what, "mine.txt, line 2"));
    assert_int_equal(coder_status("kind: type\nCONSULT | quad: 9 | scale: 1\n", what), DATELINE_BAD_LEXICON);
    assert_non_null(strstr(what, "quad"));
    assert_int_equal(coder_status("kind: type\nCONSULT | quad: 1 | scale: big\n", what), DATELINE_BAD_LEXICON);
    assert_int_equal(coder_status("kind: type\nCONSULT | quad: 1 | scale: 2.5\n", what), DATELINE_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_says_where_it_comes_from),
        cmocka_unit_test(explanations_say_what_fired_and_what_failed),
        cmocka_unit_test(events_stand_by_trigger),
        cmocka_unit_test(hostile_sentences),
        cmocka_unit_test(faulty_lexicons_name_file_and_line),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
