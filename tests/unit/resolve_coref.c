/* SPDX-License-Identifier: Apache-2.0 */
#include "resolve_doc.h"

#define DAY "2011-03-04"
#define RESOLVE(...)                                                                                                   \
    const char *const sentences[] = { __VA_ARGS__ };                                                                   \
    resolve_case made = resolve_sentences(DAY, sentences, sizeof sentences / sizeof *sentences)

static void a_full_name_claims_the_family_name(void **state) {
    (void)state;
    RESOLVE("Otieno/PROPN/2/nsubj//PERSON1 sang/VERB/0/root",
            "Jane/PROPN/6/nsubj//PERSON2 Otieno/PROPN/1/flat ,/PUNCT/5/punct a/DET/5/det singer/NOUN/1/appos "
            "won/VERB/0/root",
            "Otieno/PROPN/2/nsubj//PERSON1 cried/VERB/0/root");
    assert_role(&made, "Otieno", 0, DAY, "Otieno |  | | Jane Otieno");
    assert_role(&made, "Otieno", 2, DAY, "Otieno |  | | Jane Otieno");
    resolve_release(&made);
}

static void a_ruler_out_of_office_needs_more_than_a_family_name(void **state) {
    (void)state;
    const char *const sentences[] = { "Otieno/PROPN/2/nsubj//PERSON1 sang/VERB/0/root" };
    resolve_case later = resolve_sentences("2020-03-04", sentences, 1);
    assert_role(&later, "Otieno", 0, "2020-03-04", "Otieno |  | | Otieno");
    resolve_release(&later);
    resolve_case then = resolve_sentences(DAY, sentences, 1);
    assert_role(&then, "Otieno", 0, DAY, "Otieno | KEN | GOV | Wanjiru Otieno");
    resolve_release(&then);
}

static void apposition_is_one_person(void **state) {
    (void)state;
    RESOLVE("Carl/PROPN/7/nsubj//PERSON2 Hobson/PROPN/1/flat ,/PUNCT/5/punct the/DET/5/det/! "
            "spokesman/NOUN/1/appos ,/PUNCT/5/punct left/VERB/0/root",
            "The/DET/3/det/! Norwegian/ADJ/3/amod commander/NOUN/7/nsubj ,/PUNCT/5/punct Nils/PROPN/3/appos//PERSON2 "
            "Berg/PROPN/5/flat stayed/VERB/0/root");
    const dateline_mention *mention = dateline_doc_mention(made.doc, 1);
    assert_int_equal(mention->kind, DATELINE_MENTION_NOMINAL);
    assert_int_equal(mention->entity, dateline_doc_mention(made.doc, 0)->entity);
    assert_role(&made, "Nils", 0, DAY, "Nils Berg | NOR | MIL | Nils Berg");
    resolve_release(&made);
}

static void what_is_theirs_stands_for_them(void **state) {
    (void)state;
    RESOLVE("Norwegian/ADJ/2/amod help/NOUN/3/nsubj came/VERB/0/root");
    assert_role(&made, "help", 0, DAY, "Norwegian help | NOR | | Norway");
    for (size_t i = 0; i < made.doc->mentions.count; i++) { /* but it is no mention of the state */
        assert_true(dateline_doc_mention(made.doc, i)->head_token != 1);
    }
    resolve_release(&made);
}

static void police_are_of_the_place_spoken_of(void **state) {
    (void)state;
    RESOLVE("It/PRON/2/nsubj happened/VERB/0/root in/ADP/4/case Nairobi/PROPN/2/obl//GPE1",
            "Police/NOUN/2/nsubj came/VERB/0/root");
    assert_role(&made, "Police", 0, DAY, "Police | KEN | COP | ");
    resolve_release(&made);
}

static void offices_are_not_mixed(void **state) {
    (void)state;
    RESOLVE("Norwegian/ADJ/3/amod Prime/ADJ/3/amod Minister/PROPN/4/nmod:desc Liv/PROPN/6/nsubj//PERSON2 "
            "Nordahl/PROPN/4/flat spoke/VERB/0/root",
            "The/DET/2/det/! leader/NOUN/3/nsubj came/VERB/0/root back/ADV/3/advmod",
            "The/DET/2/det/! president/NOUN/3/nsubj left/VERB/0/root");
    dateline_role president, leader;
    assert_int_equal(dln_resolve_role(made.resolver, made.doc, 11, made.doc->date, &president, 1), 1);
    assert_int_equal(president.name.len, 0);
    assert_int_equal(dln_resolve_role(made.resolver, made.doc, 7, made.doc->date, &leader, 1), 1);
    assert_true(dln_str_is(leader.name, "Liv Nordahl"));
    resolve_release(&made);
}

static void mentions_are_in_order_and_count(void **state) {
    (void)state;
    RESOLVE("Kenyan/ADJ/2/amod soldiers/NOUN/3/nsubj/soldier met/VERB/0/root Liv/PROPN/3/obj//PERSON2 "
            "Nordahl/PROPN/4/flat and/CCONJ/8/cc her/PRON/8/nmod:poss spokesman/NOUN/4/conj");
    uint32_t counted = 0;
    for (size_t i = 1; i < made.doc->mentions.count; i++) {
        const dateline_mention *a = dateline_doc_mention(made.doc, i - 1), *b = dateline_doc_mention(made.doc, i);
        assert_true(a->span.begin < b->span.begin || (a->span.begin == b->span.begin && a->span.end > b->span.end));
    }
    for (size_t i = 0; i < made.doc->entities.count; i++) counted += dateline_doc_entity(made.doc, i)->mention_count;
    assert_int_equal(counted, made.doc->mentions.count);
    resolve_release(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_name_claims_the_family_name),
        cmocka_unit_test(a_ruler_out_of_office_needs_more_than_a_family_name),
        cmocka_unit_test(apposition_is_one_person),
        cmocka_unit_test(what_is_theirs_stands_for_them),
        cmocka_unit_test(police_are_of_the_place_spoken_of),
        cmocka_unit_test(offices_are_not_mixed),
        cmocka_unit_test(mentions_are_in_order_and_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
