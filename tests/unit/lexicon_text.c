/* SPDX-License-Identifier: Apache-2.0 */
#include "lexicon/lexicon.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static dln_lexicon *read_text(const char *text) {
    dateline_error err = { 0 };
    dln_lexicon *lexicon = dln_lexicon_from_text("test.txt", dateline_str_from(text), &err);
    if (lexicon == NULL) print_error("%s\n", err.what);
    return lexicon;
}

static void reads_phrases_and_values(void **state) {
    (void)state;
    dln_lexicon *lexicon = read_text("\xEF\xBB\xBF# people\r\nkind: actor\r\n\r\n"
                                     "Ana Lima; Lima \\| Co | code: PER | sector: GOV; PTY | note: a\\;b: c\r\n"
                                     "   | office: mayor\r\nBo|code:CHN");
    assert_non_null(lexicon);
    uint32_t first;
    assert_int_equal(dln_lexicon_kind(lexicon, "actor", &first), 2);
    assert_int_equal(dln_lexicon_kind(lexicon, "role", &(uint32_t){ 0 }), 0);
    assert_int_equal(dln_entry_line(lexicon, first), 4);
    assert_true(dln_str_is(dln_entry_file(lexicon, first), "test.txt"));
    assert_int_equal(dln_entry_phrase_count(lexicon, first), 2);
    assert_true(dln_str_is(dln_entry_phrase(lexicon, first, 1), "Lima | Co"));
    assert_int_equal(dln_entry_value_count(lexicon, first, "sector"), 2);
    assert_true(dln_str_is(dln_entry_value(lexicon, first, "sector", 1), "PTY"));
    assert_null(dln_entry_value(lexicon, first, "sector", 2).ptr);
    assert_true(dln_str_is(dln_entry_value(lexicon, first, "note", 0), "a;b: c"));
    assert_true(dln_str_is(dln_entry_value(lexicon, first, "office", 0), "mayor"));
    assert_int_equal(dln_entry_line(lexicon, first + 1), 6);
    dln_lexicon_free(lexicon);
}

static void kinds_are_gathered_in_reading_order(void **state) {
    (void)state;
    dln_lexicon *lexicon = read_text("kind: a\none\nkind: b\ntwo\nkind: a\nthree\n");
    uint32_t first;
    assert_int_equal(dln_lexicon_count(lexicon), 3);
    assert_int_equal(dln_lexicon_kind(lexicon, "a", &first), 2);
    assert_true(dln_str_is(dln_entry_phrase(lexicon, first, 0), "one"));
    assert_true(dln_str_is(dln_entry_phrase(lexicon, first + 1, 0), "three"));
    dln_lexicon_free(lexicon);
}

static void refuses_bad_lines_by_number(void **state) {
    (void)state;
    static const struct {
        const char *text;
        unsigned line;
    } bad[] = {
        { "Ana | code: PER", 1 },          { "kind: a\n\nAna | code PER", 3 },
        { "kind: a\nAna | Code: PER", 2 }, { "kind: a\nAna; ; Bo | code: PER", 2 },
        { "kind: a\n| code: PER", 2 },     { "kind: a\nAna\n\n  | code: PER", 4 },
        { "kind: a\nAna | code:", 2 },     { "kind: a b\n", 1 },
        { "kind: a\nAna \xFF\n", 2 },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        dateline_error err = { 0 };
        assert_null(dln_lexicon_from_text("bad.txt", dateline_str_from(bad[i].text), &err));
        assert_int_equal(err.code, DATELINE_BAD_LEXICON);
        assert_int_equal(err.at, bad[i].line);
    }
}

static void reads_nothing_from_nothing(void **state) {
    (void)state;
    dln_lexicon *lexicon = read_text("");
    assert_non_null(lexicon);
    assert_int_equal(dln_lexicon_count(lexicon), 0);
    dln_lexicon_free(lexicon);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_phrases_and_values),
        cmocka_unit_test(kinds_are_gathered_in_reading_order),
        cmocka_unit_test(refuses_bad_lines_by_number),
        cmocka_unit_test(reads_nothing_from_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
