/* SPDX-License-Identifier: Apache-2.0
 * Broken characters, and the way back from the mended text to the input. */
#include "document/document.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void assert_mended_bytes(dateline_str input, const char *want) {
    dln_buf out;
    dln_buf_init(&out);
    dln_text_mend(&out, NULL, input);
    assert_int_equal(out.status, DATELINE_OK);
    if (!dln_str_is(dln_buf_str(&out), want)) fail_msg("'%.*s' instead of '%s'", DLN_STR_ARG(dln_buf_str(&out)), want);
    dln_buf_release(&out);
}

static void assert_mended(const char *input, const char *want) {
    assert_mended_bytes(dateline_str_from(input), want);
}

static void assert_kept(const char *text) {
    assert_mended(text, text);
}

static void broken_bytes_become_replacement_characters(void **state) {
    (void)state;
    assert_mended("a\xFFz", "a\uFFFDz");
    assert_mended("a\xE2\x80z", "a\uFFFDz");                 /* one maximal part */
    assert_mended("a\xF0\x9F\x98", "a\uFFFD");               /* cut off at the end */
    assert_mended("a\xC0\x80z", "a\uFFFD\uFFFDz");           /* overlong */
    assert_mended("a\xED\xA0\x80z", "a\uFFFD\uFFFD\uFFFDz"); /* surrogate */
    assert_mended("\x80\x80", "\uFFFD\uFFFD");
    assert_mended_bytes(DLN_STR("a\0z"), "a\uFFFDz");
}

static void double_encoding_is_undone(void **state) {
    (void)state;
    assert_mended("\u00e2\u20ac\u0153We go,\u00e2\u20ac\xC2\x9D"
                  " he said.",
                  "\u201cWe go,\u201d he said.");
    assert_mended("it\u00e2\u20ac\u2122s", "it\u2019s");
    assert_mended("a \u00e2\u20ac\u201c b \u00e2\u20ac\u201d c", "a \u2013 b \u2014 c");
    assert_mended("Jos\u00c3\u00a9 and Zo\u00c3\u00ab", "Jos\u00e9 and Zo\u00eb");
    assert_mended("\u00c2\u00a35m at 20\u00c2\u00b0C", "\u00a35m at 20\u00b0C");
    assert_mended("Milo\u00c5\u00a1evi\u00c4\u2021", "Milo\u0161evi\u0107");
    assert_mended("\u00ef\u00bf\u00bd", "\uFFFD");
    assert_mended("\u00f0\u0178\u02dc\u20ac\u00f0\u0178\u02dc\u20ac", "\U0001F600\U0001F600");
    assert_mended("\u00d0\u0153\u00d0\u00be\u00d1\xC2\x81"
                  "\u00d0\u00ba\u00d0\u00b2\u00d0\u00b0",
                  "\u041c\u043e\u0441\u043a\u0432\u0430");
}

static void a_lost_byte_of_a_quotation_mark_is_guessed(void **state) {
    (void)state;
    assert_mended("\u00e2\u20ac\u0153Yes.\u00e2\u20ac He left.", "\u201cYes.\u201d He left.");
    assert_mended("Yes.\u00e2\u20ac\uFFFD", "Yes.\u201d");
}

static void two_encodings_too_many_are_undone(void **state) {
    (void)state;
    assert_mended("it\u00c3\u00a2\u00e2\u201a\u00ac\u00e2\u201e\u00a2s", "it\u2019s");
    assert_mended("caf\u00c3\u0192\u00c2\u00a9", "caf\u00e9");
}

static void windows_characters_read_as_latin_1(void **state) {
    (void)state;
    assert_mended("it\xC2\x92"
                  "s \xC2\x93"
                  "so\xC2\x94"
                  " \xC2\x96"
                  " \xC2\x80"
                  " 5",
                  "it\u2019s \u201cso\u201d \u2013 \u20ac 5");
    assert_mended("\xC2\x81"
                  "",
                  "\uFFFD");
}

static void sound_text_is_left_alone(void **state) {
    (void)state;
    assert_kept("");
    assert_kept("Plain words.\r\n\tAnd more.");
    assert_kept("\u201cCAF\u00c9\u201d and \u00abl\u2019\u00e9galit\u00e9\u00a0\u00bb \u2014 voil\u00e0\u2026");
    assert_kept("S\u00c3O PAULO, \u00c5land, \u00c4gypten, na\u00efve, \u00e0\u00a0la, \u00e2me");
    assert_kept("\u041c\u043e\u0441\u043a\u0432\u0430 \u5317\u4eac \u0627 \U0001F600 \u20ac5 \u00a35 \u00bd");
    assert_kept("\u00c9\u2014 \u00e9\u201d\u201c");
    assert_kept("\uFFFD");
}

/* Each sign of a text, wherever it stands, leads back to its own input bytes. */
static void offsets_lead_back(void **state) {
    (void)state;
    dateline_input input = DATELINE_INPUT_INIT;
    input.text = dateline_str_from("a\xFF"
                                   "b\u00e2\u20ac\u2122c\u00e9"
                                   "d\u00c3\u00a9");
    dateline_error err;
    dateline_doc *doc = dln_document_new(&input, &err);
    assert_non_null(doc);
    dateline_str text = dateline_doc_text(doc);
    assert_true(dln_str_is(text, "a\uFFFDb\u2019c\u00e9d\u00e9"));
    static const struct {
        const char *sign, *origin;
    } pairs[] = { { "a", "a" }, { "\uFFFD", "\xFF" },   { "b", "b" }, { "\u2019", "\u00e2\u20ac\u2122" },
                  { "c", "c" }, { "\u00e9", "\u00e9" }, { "d", "d" }, { "\u00e9", "\u00c3\u00a9" } };
    size_t at = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t begin = at;
        dln_utf8_next(text, &at);
        uint32_t from = dateline_doc_input_offset(doc, (uint32_t)begin),
                 to = dateline_doc_input_offset(doc, (uint32_t)at);
        assert_true(dln_str_is(dln_str_slice(text, begin, at), pairs[i].sign));
        assert_true(dln_str_is(dln_str_slice(input.text, from, to), pairs[i].origin));
    }
    assert_int_equal(dateline_doc_input_offset(doc, UINT32_MAX), input.text.len);
    dateline_doc_free(doc);
}

static void head_fields_are_mended(void **state) {
    (void)state;
    dateline_input input = DATELINE_INPUT_INIT;
    input.title = DLN_STR("Jos\u00c3\u00a9 \xFF");
    dateline_error err;
    dateline_doc *doc = dln_document_new(&input, &err);
    assert_non_null(doc);
    assert_true(dln_str_is(dateline_doc_title(doc), "Jos\u00e9 \uFFFD"));
    assert_null(dateline_doc_url(doc).ptr); /* absent stays absent */
    dateline_doc_free(doc);
}

static void long_texts_are_refused(void **state) {
    (void)state;
    dateline_input input = DATELINE_INPUT_INIT;
    input.max_bytes = 4;
    input.text = DLN_STR("12345");
    dateline_error err;
    assert_null(dln_document_new(&input, &err));
    assert_int_equal(err.code, DATELINE_TOO_LARGE);
    const dateline_given_token token = { .form = DLN_STR("12345"), .sentence_end = true };
    assert_null(dln_document_new_tokens(&input, &token, 1, &err));
    assert_int_equal(err.code, DATELINE_TOO_LARGE);
}

static void given_tokens_make_the_text(void **state) {
    (void)state;
    const dateline_given_token tokens[] = {
        { .form = DLN_STR("Lima"), .space_after = true },
        { .form = DLN_STR("agreed") },
        { .form = DLN_STR("."), .space_after = true, .sentence_end = true },
        { .form = DLN_STR("Ca"), .multiword = 2 },
        { .form = DLN_STR("f\xFF") },
    };
    dateline_input input = DATELINE_INPUT_INIT;
    dateline_error err;
    dateline_doc *doc = dln_document_new_tokens(&input, tokens, 5, &err);
    assert_non_null(doc);
    assert_true(dln_str_is(dateline_doc_text(doc), "Lima agreed.\nCaf\uFFFD"));
    assert_true(dln_str_is(dln_token_form(doc, 1), "agreed"));
    assert_true(dln_str_is(dln_token_form(doc, 4), "f\uFFFD"));
    assert_int_equal(dln_doc_token(doc, 3)->multiword, 2);
    const dateline_sentence *second = dateline_doc_sentence(doc, 1);
    assert_true(second->first_token == 3 && second->token_count == 2 && second->span.begin == 13);
    assert_null(dateline_doc_sentence(doc, 2));
    assert_int_equal(dateline_doc_block(doc, 0)->kind, DATELINE_BLOCK_BODY);
    dateline_doc_free(doc);
    doc = dln_document_new_tokens(&input, NULL, 0, &err);
    assert_non_null(doc);
    assert_int_equal(dateline_doc_text(doc).len, 0);
    dateline_doc_free(doc);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(broken_bytes_become_replacement_characters),
        cmocka_unit_test(double_encoding_is_undone),
        cmocka_unit_test(a_lost_byte_of_a_quotation_mark_is_guessed),
        cmocka_unit_test(two_encodings_too_many_are_undone),
        cmocka_unit_test(windows_characters_read_as_latin_1),
        cmocka_unit_test(sound_text_is_left_alone),
        cmocka_unit_test(offsets_lead_back),
        cmocka_unit_test(head_fields_are_mended),
        cmocka_unit_test(long_texts_are_refused),
        cmocka_unit_test(given_tokens_make_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
