/* SPDX-License-Identifier: Apache-2.0 */
#include "lexicon/lexicon.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { MAX_WORDS = 64, MAX_FOUND = 8 };

static const char lexicon_text[] = "kind: name\n"
                                   "Kim Jong-un; Kim\n"
                                   "United States; US; U.S.A.\n"
                                   "WHO\n"
                                   "Côte d'Ivoire; Ivory Coast\n"
                                   "Washington, D.C.; Washington\n"
                                   "People's Party\n"
                                   "kind: role\n"
                                   "foreign minister; minister\n"
                                   "police officer; police\n"
                                   "minister\n";

typedef struct {
    dln_lexicon *lexicon;
    dln_finder *finder;
} fixture;

static int set_up(void **state) {
    static fixture f;
    const char *kinds[] = { "name", "role" };
    f.lexicon = dln_lexicon_from_text("finder.txt", dateline_str_from(lexicon_text), NULL);
    f.finder = f.lexicon == NULL ? NULL : dln_finder_new(f.lexicon, kinds, 2, NULL);
    *state = &f;
    return f.finder == NULL;
}

static int tear_down(void **state) {
    fixture *f = *state;
    dln_finder_free(f->finder);
    dln_lexicon_free(f->lexicon);
    return 0;
}

/* Finds at word `at` of words with a space between each two. */
static size_t find(const fixture *f, const char *text, size_t at, dln_found *found) {
    dateline_str rest = dateline_str_from(text), words[MAX_WORDS];
    size_t count = 0;
    while (rest.ptr != NULL && count < MAX_WORDS) words[count++] = dln_str_part(&rest, ' ');
    return dln_finder_at(f->finder, words, count, at, found, MAX_FOUND);
}

/* The longest phrase found at a word: words it takes; 0: none. */
static uint32_t longest(const fixture *f, const char *text, size_t at) {
    dln_found found[MAX_FOUND];
    return find(f, text, at, found) == 0 ? 0 : found[0].count;
}

static void longest_comes_first(void **state) {
    const fixture *f = *state;
    dln_found found[MAX_FOUND];
    assert_int_equal(find(f, "Foreign Minister Kim", 0, found), 1);
    assert_int_equal(found[0].count, 2);
    assert_int_equal(find(f, "the minister left", 1, found), 2);
    assert_true(found[0].entry < found[1].entry);
    assert_int_equal(find(f, "Kim Jong Un spoke", 0, found), 2);
    assert_int_equal(found[0].count, 3);
    assert_int_equal(found[1].count, 1);
    assert_int_equal(find(f, "the minister left", 0, found), 0);
}

static void marks_are_passed_over(void **state) {
    const fixture *f = *state;
    assert_int_equal(longest(f, "Kim Jong-un", 0), 2);
    assert_int_equal(longest(f, "Kim Jong - un", 0), 4);
    assert_int_equal(longest(f, "KIM JONG UN", 0), 3);
    assert_int_equal(longest(f, "- Kim", 0), 0);
    assert_int_equal(longest(f, "U.S. troops", 0), 1);
    assert_int_equal(longest(f, "Cote d\xE2\x80\x99Ivoire", 0), 2);
    assert_int_equal(longest(f, "C\xC3\xB4te d' Ivoire", 0), 3);
    assert_int_equal(longest(f, "People 's Party", 0), 3);
    assert_int_equal(longest(f, "People's Party", 0), 2);
}

static void commas_are_not(void **state) {
    const fixture *f = *state;
    assert_int_equal(longest(f, "Washington , D.C.", 0), 3);
    assert_int_equal(longest(f, "Washington D.C.", 0), 1);
    assert_int_equal(longest(f, "police , officers", 0), 1);
}

static void capitals_must_be_there(void **state) {
    const fixture *f = *state;
    assert_int_equal(longest(f, "us", 0), 0);
    assert_int_equal(longest(f, "Us", 0), 0);
    assert_int_equal(longest(f, "US", 0), 1);
    assert_int_equal(longest(f, "Who", 0), 0);
    assert_int_equal(longest(f, "kim", 0), 0);
    assert_int_equal(longest(f, "POLICE", 0), 1);
}

static void phrases_end_where_tokens_end(void **state) {
    const fixture *f = *state;
    assert_int_equal(longest(f, "Kim-led", 0), 0);
    assert_int_equal(longest(f, "Kim Jong-unlike", 0), 1);
}

static void long_words_do_no_harm(void **state) {
    const fixture *f = *state;
    char text[5000];
    memset(text, 'a', sizeof text);
    dateline_str words[] = { { text, sizeof text }, DLN_STR("Kim") };
    dln_found found[MAX_FOUND];
    assert_int_equal(dln_finder_at(f->finder, words, 2, 0, found, MAX_FOUND), 0);
    assert_int_equal(dln_finder_at(f->finder, words, 2, 1, found, MAX_FOUND), 1);
    assert_int_equal(dln_finder_at(f->finder, words, 2, 1, found, 0), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(longest_comes_first),
        cmocka_unit_test(marks_are_passed_over),
        cmocka_unit_test(commas_are_not),
        cmocka_unit_test(capitals_must_be_there),
        cmocka_unit_test(phrases_end_where_tokens_end),
        cmocka_unit_test(long_words_do_no_harm),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
