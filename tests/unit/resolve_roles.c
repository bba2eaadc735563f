/* SPDX-License-Identifier: Apache-2.0 */
#include "resolve_doc.h"

#define DAY "2011-03-04"
#define RESOLVE(...)                                                                                                   \
    const char *const sentences[] = { __VA_ARGS__ };                                                                   \
    resolve_case made = resolve_sentences(DAY, sentences, sizeof sentences / sizeof *sentences)

static void title_and_name_are_one_phrase(void **state) {
    (void)state;
    RESOLVE("The/DET/5/det/! US/PROPN/4/compound State/PROPN/4/compound Department/PROPN/5/compound "
            "spokesman/NOUN/6/nmod:desc Carl/PROPN/8/nsubj//PERSON2 Hobson/PROPN/6/flat spoke/VERB/0/root");
    assert_role(&made, "Carl", 0, DAY, "US State Department spokesman Carl Hobson | USA | GOV | Carl Hobson");
    assert_role(&made, "Hobson", 0, DAY, "US State Department spokesman Carl Hobson | USA | GOV | Carl Hobson");
    resolve_release(&made);
}

static void codes_hold_for_the_day(void **state) {
    (void)state;
    RESOLVE("Wanjiru/PROPN/3/nsubj//PERSON2 Otieno/PROPN/1/flat spoke/VERB/0/root");
    assert_role(&made, "Wanjiru", 0, "2011-03-04", "Wanjiru Otieno | KEN | GOV | Wanjiru Otieno");
    assert_role(&made, "Wanjiru", 0, "2015-03-04", "Wanjiru Otieno | KEN | ELI | Wanjiru Otieno");
    assert_role(&made, "Wanjiru", 0, "2001-03-04", "Wanjiru Otieno | KEN | | Wanjiru Otieno");
    dateline_role role;
    assert_int_equal(dln_resolve_role(made.resolver, made.doc, 0, (dateline_date){ 2005, 1, 1 }, &role, 1), 1);
    assert_true(dln_str_is(role.office, "minister"));
    resolve_release(&made);
}

static void owners_give_the_country(void **state) {
    (void)state;
    RESOLVE("Riot/NOUN/2/compound police/NOUN/8/nsubj/+ in/ADP/4/case Nairobi/PROPN/2/nmod//GPE1 and/CCONJ/7/cc "
            "Norwegian/ADJ/7/amod soldiers/NOUN/2/conj/soldier fought/VERB/0/root two/NUM/11/nummod "
            "opposition/NOUN/11/compound lawmakers/NOUN/8/obj/lawmaker of/ADP/13/case Kenya/PROPN/11/nmod//GPE1");
    assert_role(&made, "police", 0, DAY, "Riot police in Nairobi | KEN | COP | ");
    assert_role(&made, "soldiers", 0, DAY, "Norwegian soldiers | NOR | MIL | ");
    assert_role(&made, "lawmakers", 0, DAY, "opposition lawmakers of Kenya | KEN | LEG OPP | ");
    assert_role(&made, "Nairobi", 0, DAY, "Nairobi | KEN | | Kenya");
    assert_role(&made, "fought", 0, DAY, "");
    resolve_release(&made);
}

static void bodies_give_weak_roles_their_sector(void **state) {
    (void)state;
    RESOLVE("A/DET/4/det senior/ADJ/5/amod Red/PROPN/5/compound//ORG2 Spear/PROPN/3/flat commander/NOUN/9/nsubj "
            "and/CCONJ/8/cc UN/PROPN/8/compound officials/NOUN/5/conj/official met/VERB/0/root "
            "the/DET/13/det/! former/ADJ/13/amod Kenyan/ADJ/13/amod president/NOUN/9/obj");
    assert_role(&made, "commander", 0, DAY, "senior Red Spear commander | KEN | REB | ");
    assert_role(&made, "officials", 0, DAY, "UN officials | UNO | | United Nations");
    assert_role(&made, "president", 0, DAY, "former Kenyan president | KEN | ELI | ");
    resolve_release(&made);
}

static void names_pronouns_and_role_nouns_are_one(void **state) {
    (void)state;
    RESOLVE(
        "President/NOUN/2/nmod:desc Otieno/PROPN/3/nsubj//PERSON1 met/VERB/0/root Norwegian/ADJ/5/amod "
        "Prime/ADJ/6/amod Minister/PROPN/7/nmod:desc Liv/PROPN/3/obj//PERSON2 Nordahl/PROPN/7/flat",
        "She/PRON/2/nsubj thanked/VERB/0/root him/PRON/2/obj",
        "The/DET/3/det/! Kenyan/ADJ/3/amod leader/NOUN/4/nsubj left/VERB/0/root with/ADP/7/case his/PRON/7/nmod:poss "
        "spokesman/NOUN/4/obl",
        "Ms/PROPN/2/nmod:desc Nordahl/PROPN/3/nsubj//PERSON1 waited/VERB/0/root");
    assert_role(&made, "Liv", 0, DAY, "Norwegian Prime Minister Liv Nordahl | NOR | GOV | Liv Nordahl");
    assert_role(&made, "She", 0, DAY, "She | NOR | GOV | Liv Nordahl");
    assert_role(&made, "him", 0, DAY, "him | KEN | GOV | Wanjiru Otieno");
    assert_role(&made, "leader", 0, DAY, "Kenyan leader | KEN | GOV | Wanjiru Otieno");
    assert_role(&made, "spokesman", 0, DAY, "spokesman | KEN | GOV | ");
    assert_role(&made, "Nordahl", 1, DAY, "Ms Nordahl | NOR | GOV | Liv Nordahl");
    resolve_release(&made);
}

static void plurals_stand_for_several(void **state) {
    (void)state;
    RESOLVE("President/NOUN/2/nmod:desc Otieno/PROPN/7/nsubj//PERSON1 and/CCONJ/4/cc Liv/PROPN/2/conj//PERSON2 "
            "Nordahl/PROPN/4/flat ,/PUNCT/2/punct met/VERB/0/root",
            "The/DET/3/det/! two/NUM/3/nummod leaders/NOUN/4/nsubj/leader spoke/VERB/0/root and/CCONJ/7/cc "
            "they/PRON/7/nsubj dined/VERB/4/conj",
            "Both/DET/2/det/! countries/NOUN/5/nmod:poss/country '/PART/2/case defence/NOUN/5/compound "
            "ministers/NOUN/6/nsubj/minister came/VERB/0/root");
    assert_role(&made, "leaders", 0, DAY,
                "two leaders | NOR | GOV | Liv Nordahl & two leaders | KEN | GOV | Wanjiru Otieno");
    assert_role(&made, "they", 0, DAY, "they | NOR | GOV | Liv Nordahl & they | KEN | GOV | Wanjiru Otieno");
    assert_role(&made, "countries", 0, DAY, "Both countries | NOR | | Norway & Both countries | KEN | | Kenya");
    assert_role(
        &made, "ministers", 0, DAY,
        "Both countries ' defence ministers | NOR | GOV |  & Both countries ' defence ministers | KEN | GOV | ");
    resolve_release(&made);
}

static void brackets_define_abbreviations(void **state) {
    (void)state;
    RESOLVE("The/DET/4/det/! Lake/PROPN/4/compound//ORG3 Border/PROPN/4/compound Force/PROPN/8/nsubj (/PUNCT/6/punct "
            "LBF/PROPN/4/appos//ORG1 )/PUNCT/6/punct retreated/VERB/0/root",
            "The/DET/2/det/! LBF/PROPN/3/nsubj//ORG1 lost/VERB/0/root");
    assert_role(&made, "LBF", 1, DAY, "LBF |  | | Lake Border Force");
    assert_role(&made, "Force", 0, DAY, "Lake Border Force |  | | Lake Border Force");
    resolve_release(&made);
}

static void first_persons_stay_open(void **state) {
    (void)state;
    RESOLVE("I/PRON/2/nsubj left/VERB/0/root");
    dateline_role role;
    assert_int_equal(dln_resolve_role(made.resolver, made.doc, 0, (dateline_date){ 2011, 1, 1 }, &role, 1), 1);
    assert_true(role.entity == DATELINE_NO_INDEX);
    resolve_release(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(title_and_name_are_one_phrase),
        cmocka_unit_test(codes_hold_for_the_day),
        cmocka_unit_test(owners_give_the_country),
        cmocka_unit_test(bodies_give_weak_roles_their_sector),
        cmocka_unit_test(names_pronouns_and_role_nouns_are_one),
        cmocka_unit_test(plurals_stand_for_several),
        cmocka_unit_test(brackets_define_abbreviations),
        cmocka_unit_test(first_persons_stay_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
