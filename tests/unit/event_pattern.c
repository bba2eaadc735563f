/* SPDX-License-Identifier: Apache-2.0 */
#include "event/event_internal.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static frame parsed(const char *pattern) {
    frame out;
    const char *why = NULL;
    bool fine = dln_frame_parse(dateline_str_from(pattern), &out, &why);
    if (!fine) print_message("%s: %s\n", pattern, why);
    assert_true(fine);
    return out;
}

static void assert_slot(const frame *f, size_t i, slot_place place, role_kind role, const char *relation) {
    assert_true(i < f->slot_count);
    assert_int_equal(f->slots[i].place, place);
    assert_int_equal(f->slots[i].role, role);
    assert_true(dln_str_is(f->slots[i].relation, relation));
}

static void verb_with_object_and_preposition(void **state) {
    (void)state;
    frame f = parsed("A accuse/blame R of X");
    assert_int_equal(f.kind, FRAME_VERB);
    assert_true(dln_str_is(f.head, "accuse/blame"));
    assert_int_equal(f.slot_count, 3);
    assert_slot(&f, 0, PLACE_SUBJECT, ROLE_ACTOR, "");
    assert_slot(&f, 1, PLACE_OBJECT, ROLE_RECIPIENT, "");
    assert_slot(&f, 2, PLACE_PREPOSITION, ROLE_CONTENT, "of");
}

static void two_objects_and_clauses(void **state) {
    (void)state;
    frame f = parsed("A promise R X");
    assert_slot(&f, 1, PLACE_INDIRECT, ROLE_RECIPIENT, "");
    assert_slot(&f, 2, PLACE_OBJECT, ROLE_CONTENT, "");
    f = parsed("A warn R that S");
    assert_slot(&f, 2, PLACE_CLAUSE, ROLE_CONTENT, "that");
    assert_true(f.slots[2].clause);
    f = parsed("A prevent R from S");
    assert_slot(&f, 2, PLACE_CLAUSE, ROLE_CONTENT, "from");
}

static void fixed_words(void **state) {
    (void)state;
    frame f = parsed("A pay [visit] to R");
    assert_slot(&f, 1, PLACE_WORD, ROLE_NONE, "");
    assert_true(dln_str_is(f.slots[1].words, "[visit]"));
    assert_slot(&f, 2, PLACE_PREPOSITION, ROLE_RECIPIENT, "to");
    f = parsed("A go on strike");
    assert_slot(&f, 1, PLACE_PREPOSITION, ROLE_NONE, "on");
    assert_true(dln_str_is(f.slots[1].words, "strike"));
    f = parsed("R rely on A's support");
    assert_slot(&f, 0, PLACE_SUBJECT, ROLE_RECIPIENT, "");
    assert_slot(&f, 2, PLACE_OWNED, ROLE_ACTOR, "");
}

static void event_nouns(void **state) {
    (void)state;
    frame f = parsed("A's air strike on R");
    assert_int_equal(f.kind, FRAME_NOUN);
    assert_true(dln_str_is(f.head, "strike"));
    assert_slot(&f, 0, PLACE_OWNER, ROLE_ACTOR, "");
    assert_true(dln_str_is(f.slots[1].words, "air"));
    assert_slot(&f, 2, PLACE_PREPOSITION, ROLE_RECIPIENT, "on");
    f = parsed("talks between A and A");
    assert_true(dln_str_is(f.head, "talks"));
    assert_true(f.slots[0].several);
    f = parsed("A's use of force against R");
    assert_true(dln_str_is(f.head, "use"));
}

static void copulas_speakers_options(void **state) {
    (void)state;
    frame f = parsed("A be ready to S");
    assert_int_equal(f.kind, FRAME_COPULA);
    assert_true(dln_str_is(f.head, "ready"));
    f = parsed("A: R be unacceptable");
    assert_slot(&f, 0, PLACE_SPEAKER, ROLE_ACTOR, "");
    assert_slot(&f, 1, PLACE_SUBJECT, ROLE_RECIPIENT, "");
    f = parsed("A and A meet (in X[place])");
    assert_true(f.slots[0].several);
    assert_true(f.slots[1].optional);
    assert_true(dln_str_is(f.slots[1].condition, "place"));
}

static void bad_patterns_say_why(void **state) {
    (void)state;
    static const char *const bad[] = { "A",           "visit R",     "A visit (R", "A visit R)",    "A visit R[place",
                                       "A and visit", "R meet in X", "A's",        "'s visit by A", "A visit [] R" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        frame out;
        const char *why = NULL;
        if (dln_frame_parse(dateline_str_from(bad[i]), &out, &why)) fail_msg("accepted: %s", bad[i]);
        assert_non_null(why);
    }
}

static void words_among_alternatives(void **state) {
    (void)state;
    assert_true(dln_word_among(DLN_STR("Of"), DLN_STR("for/of")));
    assert_false(dln_word_among(DLN_STR("o"), DLN_STR("for/of")));
    assert_false(dln_word_among(DLN_STR(""), DLN_STR("for//of")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verb_with_object_and_preposition),
        cmocka_unit_test(two_objects_and_clauses),
        cmocka_unit_test(fixed_words),
        cmocka_unit_test(event_nouns),
        cmocka_unit_test(copulas_speakers_options),
        cmocka_unit_test(bad_patterns_say_why),
        cmocka_unit_test(words_among_alternatives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
