/* SPDX-License-Identifier: Apache-2.0
 * split_sentences.c: where sentences end. Expected sentences are written as they stand, with | between them. */
#include "split/split.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static dln_lexicon *lexicon;
static dln_splitter *splitter;

static int load(void **state) {
    (void)state;
    lexicon = dln_lexicon_load(MODEL_DIR "/en.lexicon", NULL, 0, NULL);
    if (lexicon != NULL) splitter = dln_splitter_new(lexicon, NULL);
    return splitter == NULL;
}

static int unload(void **state) {
    (void)state;
    dln_splitter_free(splitter);
    dln_lexicon_free(lexicon);
    return 0;
}

static dateline_doc *split_blocks(const char *text, const dateline_block *blocks, size_t count) {
    dateline_input input = DATELINE_INPUT_INIT;
    input.text = dateline_str_from(text);
    dateline_doc *doc = dln_document_new(&input, NULL);
    assert_non_null(doc);
    for (size_t i = 0; i < count; i++) dln_array_push(&doc->blocks, &blocks[i]);
    dln_arena scratch;
    dln_arena_init(&scratch);
    assert_int_equal(dln_split(splitter, &scratch, doc, NULL), DATELINE_OK);
    dln_arena_release(&scratch);
    return doc;
}

static void expect_blocks(const char *text, const dateline_block *blocks, size_t count, const char *sentences) {
    dateline_doc *doc = split_blocks(text, blocks, count);
    dln_buf shown;
    dln_buf_init(&shown);
    uint32_t token = 0;
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const dateline_sentence *sentence = dln_doc_sentence(doc, i);
        if (i > 0) dln_buf_add_char(&shown, '|');
        dln_buf_add(&shown, dln_span_str(doc->text, sentence->span));
        assert_int_equal(sentence->first_token, token);
        assert_true(sentence->token_count > 0);
        token += sentence->token_count;
    }
    assert_int_equal(token, doc->tokens.count);
    dln_buf_add_char(&shown, '\0');
    assert_string_equal(shown.ptr, sentences);
    dln_buf_release(&shown);
    dateline_doc_free(doc);
}

static void expect(const char *text, const char *sentences) {
    dateline_block body = { { 0, (uint32_t)strlen(text) }, DATELINE_BLOCK_BODY };
    expect_blocks(text, &body, 1, sentences);
}

static void full_stops_end_sentences(void **state) {
    (void)state;
    expect("Troops left. The town is calm! Is it over? Nobody knows.",
           "Troops left.|The town is calm!|Is it over?|Nobody knows.");
    expect("Rates rose 2.5 percent. 40 firms failed.", "Rates rose 2.5 percent.|40 firms failed.");
    expect("we waited. nobody came. ok", "we waited.|nobody came.|ok");
}

static void abbreviations_do_not(void **state) {
    (void)state;
    expect("Dr. Mensah met Gen. Okoro in Washington, D.C. on Oct. 3. They spoke.",
           "Dr. Mensah met Gen. Okoro in Washington, D.C. on Oct. 3.|They spoke.");
    expect("It opens at 9 a.m. Friday in the U.S. Senate.", "It opens at 9 a.m. Friday in the U.S. Senate.");
    expect("He moved to the U.S. The embassy closed.", "He moved to the U.S.|The embassy closed.");
    expect("Anna P. Sorokin spoke, i.e. she read.", "Anna P. Sorokin spoke, i.e. she read.");
}

static void quotations_end_with_their_marks(void **state) {
    (void)state;
    expect("\"We agreed.\" The envoy smiled.", "\"We agreed.\"|The envoy smiled.");
    expect("\"Why now?\" he asked. \"No idea.\"", "\"Why now?\" he asked.|\"No idea.\"");
    expect("\xE2\x80\x9CNo deal.\xE2\x80\x9D \xE2\x80\x9CNone at all,\xE2\x80\x9D she said.",
           "\xE2\x80\x9CNo deal.\xE2\x80\x9D|\xE2\x80\x9CNone at all,\xE2\x80\x9D she said.");
    expect("``They came back.'' Guards fled.", "``They came back.''|Guards fled.");
    expect("(It was late.) Ships waited.", "(It was late.)|Ships waited.");
    expect("The port reopened.[12] Ships came.", "The port reopened.[12]|Ships came.");
}

static void ellipses_go_on_in_lower_case(void **state) {
    (void)state;
    expect("The talks ... have failed. Well\xE2\x80\xA6 maybe.", "The talks ... have failed.|Well\xE2\x80\xA6 maybe.");
}

static void missing_spaces_are_seen_through(void **state) {
    (void)state;
    expect("The strike ended.Workers went home.", "The strike ended.|Workers went home.");
}

static void lines_are_wrapped_or_headings(void **state) {
    (void)state;
    expect("Port strike enters third week\n\nDockers stayed away.",
           "Port strike enters third week|Dockers stayed away.");
    expect(
        "Dockers stayed away from the harbour of\nMombasa for a third week, in what union\nLeaders call a last stand.",
        "Dockers stayed away from the harbour of\nMombasa for a third week, in what union\n"
        "Leaders call a last stand.");
    expect("Dockers at odds\nThe dispute over pay in Mombasa has no end in sight, all sides say.",
           "Dockers at odds|The dispute over pay in Mombasa has no end in sight, all sides say.");
    expect("They want:\n- more pay\n- shorter shifts", "They want:|- more pay|- shorter shifts");
    expect("Demands:\n1. Higher pay\n2. Shorter shifts", "Demands:|1. Higher pay|2. Shorter shifts");
}

static void only_readable_blocks_are_read(void **state) {
    (void)state;
    const char *text = "Ministers meet Share this page They will talk.";
    const dateline_block blocks[] = { { { 0, 14 }, DATELINE_BLOCK_HEADLINE },
                                      { { 15, 30 }, DATELINE_BLOCK_FURNITURE },
                                      { { 31, 46 }, DATELINE_BLOCK_BODY } };
    expect_blocks(text, blocks, 3, "Ministers meet|They will talk.");
}

static void empty_text_has_no_sentence(void **state) {
    (void)state;
    expect("", "");
    expect(" \n\n\t ", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_stops_end_sentences),        cmocka_unit_test(abbreviations_do_not),
        cmocka_unit_test(quotations_end_with_their_marks), cmocka_unit_test(ellipses_go_on_in_lower_case),
        cmocka_unit_test(missing_spaces_are_seen_through), cmocka_unit_test(lines_are_wrapped_or_headings),
        cmocka_unit_test(only_readable_blocks_are_read),   cmocka_unit_test(empty_text_has_no_sentence),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
