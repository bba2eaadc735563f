/* SPDX-License-Identifier: Apache-2.0
 * tag_tag.c: the stage: trees are trees whatever comes in, plain sentences read as they should, long ones are read. */
#include "tag/tag.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static dln_tagger *tagger;

/* A doc of one sentence, its tokens where the blanks are; released by the caller. */
static dateline_doc *read_sentence(const char *text) {
    dateline_input input = DATELINE_INPUT_INIT;
    dateline_error err;
    input.text = dateline_str_from(text);
    dateline_doc *doc = dln_document_new(&input, &err);
    assert_non_null(doc);
    size_t length = doc->text.len, begin = 0;
    for (size_t at = 0; at <= length; at++) {
        if (at < length && doc->text.ptr[at] != ' ') continue;
        dateline_token token = { .span = { (uint32_t)begin, (uint32_t)at }, .space_after = true };
        if (at > begin) assert_true(dln_array_push(&doc->tokens, &token));
        begin = at + 1;
    }
    dateline_sentence sentence = { { 0, (uint32_t)length }, 0, (uint32_t)doc->tokens.count };
    assert_true(dln_array_push(&doc->sentences, &sentence));
    dln_arena scratch;
    dln_arena_init(&scratch);
    assert_int_equal(dln_tag(tagger, &scratch, doc, &err), DATELINE_OK);
    dln_arena_release(&scratch);
    return doc;
}

/* One root, no loops, every field filled. */
static void check_tree(const dateline_doc *doc) {
    size_t count = doc->tokens.count, roots = 0;
    for (size_t i = 0; i < count; i++) {
        const dateline_token *token = dln_doc_token(doc, i);
        assert_true(token->upos != DATELINE_UPOS_NONE);
        assert_true(token->xpos.len > 0 && token->feats.len > 0 && token->lemma.len > 0 && token->deprel.len > 0);
        roots += token->head == DATELINE_NO_INDEX;
        assert_int_equal(token->head == DATELINE_NO_INDEX, dln_token_is_rel(token, "root"));
        size_t steps = 0;
        for (uint32_t at = token->head; at != DATELINE_NO_INDEX && count < 1000; steps++) {
            assert_true(at < count && steps < count);
            at = dln_doc_token(doc, at)->head;
        }
    }
    assert_int_equal(roots, count > 0);
}

static void assert_text(dateline_str text, const char *wanted) {
    if (dln_str_is(text, wanted)) return;
    print_error("%.*s is not %s\n", DLN_STR_ARG(text), wanted);
    fail();
}

static void active_sentence(void **state) {
    (void)state;
    dateline_doc *doc = read_sentence("The Peruvian minister visited London on Friday .");
    check_tree(doc);
    const dateline_token *verb = dln_doc_token(doc, 3);
    assert_int_equal(verb->upos, DATELINE_UPOS_VERB);
    assert_text(verb->xpos, "VBD");
    assert_text(verb->lemma, "visit");
    assert_int_equal(verb->head, DATELINE_NO_INDEX);
    assert_true(dln_token_has_feat(verb, "Tense=Past"));
    assert_false(dln_token_has_feat(verb, "Tense=Pas"));
    assert_true(dln_token_is_rel(dln_doc_token(doc, 2), "nsubj"));
    assert_int_equal(dln_doc_token(doc, 2)->head, 3);
    assert_true(dln_token_is_rel(dln_doc_token(doc, 4), "obj"));
    assert_false(dln_token_is_rel(dln_doc_token(doc, 4), "ob"));
    assert_in_range(doc->mentions.count, 1, 2); /* 'Peruvian' may be one */
    const dateline_mention *mention = dln_doc_mention(doc, doc->mentions.count - 1);
    assert_int_equal(mention->first_token, 4);
    assert_int_equal(mention->kind, DATELINE_MENTION_NAME);
    assert_int_equal(dln_doc_entity(doc, mention->entity)->type, DATELINE_ENTITY_GPE);
    dateline_doc_free(doc);
}

static void passive_sentence(void **state) {
    (void)state;
    dateline_doc *doc = read_sentence("Two officers were killed by rebels in the north .");
    check_tree(doc);
    const dateline_token *subject = dln_doc_token(doc, 1);
    assert_text(subject->deprel, "nsubj:pass");
    assert_true(dln_token_is_rel(subject, "nsubj"));
    assert_text(dln_doc_token(doc, 1)->lemma, "officer");
    assert_text(dln_doc_token(doc, 2)->lemma, "be");
    assert_text(dln_doc_token(doc, 3)->lemma, "kill");
    assert_int_equal(dln_doc_token(doc, 5)->head, 3);
    dateline_doc_free(doc);
}

/* A full stop asks for a finite verb; a headline may do without. */
static void fragment_or_not(void **state) {
    (void)state;
    dateline_doc *doc = read_sentence("A shell exploded near the school .");
    check_tree(doc);
    assert_text(dln_doc_token(doc, 2)->xpos, "VBD");
    assert_int_equal(dln_doc_token(doc, 2)->head, DATELINE_NO_INDEX);
    dateline_doc_free(doc);
    doc = read_sentence("Village destroyed by floods .");
    assert_text(dln_doc_token(doc, 1)->xpos, "VBN");
    dateline_doc_free(doc);
}

static void styles_and_quotes(void **state) {
    (void)state;
    dateline_doc *doc = read_sentence("POLICE ARREST FIVE PROTESTERS IN NAIROBI");
    check_tree(doc);
    assert_text(dln_doc_token(doc, 3)->lemma, "protester");
    dateline_doc_free(doc);
    doc = read_sentence("\xE2\x80\x9C We did n\xE2\x80\x99t sign it , \xE2\x80\x9D she said .");
    check_tree(doc);
    assert_int_equal(dln_doc_token(doc, 0)->upos, DATELINE_UPOS_PUNCT);
    assert_text(dln_doc_token(doc, 3)->lemma, "not");
    dateline_doc_free(doc);
}

static void odd_input(void **state) {
    (void)state;
    static const char *const texts[] = { "",
                                         ".",
                                         "a",
                                         "\x01",
                                         "\xC3\x89",
                                         "\xF0\x9F\x98\x80 \xF0\x9F\x98\x80",
                                         ") ( ) (",
                                         "the the the the the",
                                         "\xE4\xB8\xAD\xE6\x96\x87 \xD9\x86" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        dateline_doc *doc = read_sentence(texts[i]);
        check_tree(doc);
        dateline_doc_free(doc);
    }
}

/* Far longer than any sentence; the run is linear, so this takes no time to speak of. */
static void long_sentence(void **state) {
    (void)state;
    dln_buf text;
    dln_buf_init(&text);
    for (int i = 0; i < 4000; i++) dln_buf_add(&text, DLN_STR("ships , and "));
    dln_buf_add_char(&text, 0);
    dateline_doc *doc = read_sentence(text.ptr);
    assert_int_equal(doc->tokens.count, 12000);
    check_tree(doc);
    dateline_doc_free(doc);
    dln_buf_release(&text);
}

static int set_up(void **state) {
    (void)state;
    dateline_error err;
    tagger = dln_tagger_new(MODEL_DIR, NULL, &err);
    return tagger == NULL;
}

static int tear_down(void **state) {
    (void)state;
    dln_tagger_free(tagger);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(active_sentence),   cmocka_unit_test(passive_sentence), cmocka_unit_test(fragment_or_not),
        cmocka_unit_test(styles_and_quotes), cmocka_unit_test(odd_input),        cmocka_unit_test(long_sentence),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
