/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

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

static const dateline_quote *quote_of(const char *text, size_t i) {
    dateline_input input = DATELINE_INPUT_INIT;
    input.text = dateline_str_from(text);
    input.until = DATELINE_STAGE_QUOTE;
    dateline_doc_free(doc);
    doc = dateline_read(context, &input, NULL);
    assert_non_null(doc);
    return dateline_doc_quote(doc, i);
}

static void assert_span(dateline_span span, const char *want) {
    dateline_str text = dln_span_str(dateline_doc_text(doc), span);
    if (!dln_str_is(text, want)) fail_msg("'%.*s' is not '%s'", DLN_STR_ARG(text), want);
}

static void assert_quote(const dateline_quote *q, dateline_quote_kind kind, const char *what, const char *speaker,
                         const char *cue) {
    assert_non_null(q);
    assert_int_equal(q->kind, kind);
    assert_span(q->span, what);
    assert_span(q->speaker, speaker);
    assert_span(q->cue, cue);
}

static void said_that(void **state) {
    (void)state;
    const dateline_quote *q = quote_of("The minister said that Norway would sign the treaty.", 0);
    assert_quote(q, DATELINE_QUOTE_INDIRECT, "Norway would sign the treaty", "minister", "said");
    assert_null(dateline_doc_quote(doc, 1));
}

static void said_behind(void **state) {
    (void)state;
    const dateline_quote *q = quote_of("Norway would sign the treaty, the minister said.", 0);
    assert_quote(q, DATELINE_QUOTE_INDIRECT, "Norway would sign the treaty", "minister", "said");
}

static void direct_speech_with_its_marks(void **state) {
    (void)state;
    const dateline_quote *q = quote_of("“We will sign the treaty,” the minister said.", 0);
    assert_quote(q, DATELINE_QUOTE_DIRECT, "“We will sign the treaty,”", "minister", "said");
    q = quote_of("The minister said: \"We will sign the treaty.\"", 0);
    assert_quote(q, DATELINE_QUOTE_DIRECT, "\"We will sign the treaty.\"", "minister", "said");
}

static void words_set_off_make_it_mixed(void **state) {
    (void)state;
    const dateline_quote *q = quote_of("The minister said that the treaty was “a very good deal” for Norway.", 0);
    assert_quote(q, DATELINE_QUOTE_MIXED, "the treaty was “a very good deal” for Norway", "minister", "said");
}

static void according_to(void **state) {
    (void)state;
    const dateline_quote *q = quote_of("According to the minister, Norway signed the treaty.", 0);
    assert_quote(q, DATELINE_QUOTE_INDIRECT, "Norway signed the treaty", "minister", "According to");
}

static void nothing_said(void **state) {
    (void)state;
    assert_null(quote_of("Norway signed the treaty on Monday.", 0));
    assert_null(quote_of("The “historic” treaty was signed.", 0));
    assert_null(quote_of("\"", 0));
    assert_null(quote_of("", 0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(said_that),
        cmocka_unit_test(said_behind),
        cmocka_unit_test(direct_speech_with_its_marks),
        cmocka_unit_test(words_set_off_make_it_mixed),
        cmocka_unit_test(according_to),
        cmocka_unit_test(nothing_said),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
