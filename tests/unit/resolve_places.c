/* SPDX-License-Identifier: Apache-2.0 */
#include "resolve_doc.h"

static const dateline_place *place_named(const resolve_case *made, const char *text, int n) {
    for (size_t i = 0; i < made->doc->places.count; i++) {
        const dateline_place *place = dateline_doc_place(made->doc, i);
        if (dln_str_is(dln_span_str(made->doc->text, place->span), text) && n-- == 0) return place;
    }
    fail_msg("no place '%s'", text);
    return NULL;
}

static void gazetteer_gives_position_and_kind(void **state) {
    (void)state;
    const char *const sentences[] = { "They/PRON/2/nsubj fled/VERB/0/root Avonbury/PROPN/2/obj//GPE1" };
    resolve_case made = resolve_sentences("2011-03-04", sentences, 1);
    const dateline_place *place = place_named(&made, "Avonbury", 0);
    assert_true(place->resolved && place->resolution == 4 && place->geoname_id == 101);
    assert_true(place->has_coordinates && place->latitude == 51.5 && place->longitude == -0.25);
    assert_string_equal(place->country_code, "NOR");
    assert_true(dln_str_is(place->country, "Norway") && dln_str_is(place->city, "Avonbury"));
    resolve_release(&made);
}

static void comma_and_context_tell_namesakes_apart(void **state) {
    (void)state;
    const char *const sentences[] = {
        "It/PRON/2/nsubj hit/VERB/0/root Avonbury/PROPN/2/obj//GPE1 ,/PUNCT/3/punct Kenya/PROPN/3/appos//GPE1",
        "Avonbury/PROPN/2/nsubj//GPE1 burned/VERB/0/root",
    };
    resolve_case made = resolve_sentences("2011-03-04", sentences, 2);
    assert_int_equal(place_named(&made, "Avonbury", 0)->geoname_id, 102);
    assert_int_equal(place_named(&made, "Avonbury", 1)->geoname_id, 102);
    resolve_release(&made);
}

static void a_capital_is_a_city_and_a_state(void **state) {
    (void)state;
    const char *const sentences[] = {
        "Nairobi/PROPN/2/nsubj//GPE1 protested/VERB/0/root to/ADP/4/case Oslo/PROPN/2/obl//GPE1",
    };
    resolve_case made = resolve_sentences("2011-03-04", sentences, 1);
    const dateline_place *place = place_named(&made, "Nairobi", 0);
    assert_true(place->geoname_id == 103 && place->resolution == 4);
    assert_role(&made, "Nairobi", 0, "2011-03-04", "Nairobi | KEN | | Kenya");
    assert_int_equal(place_named(&made, "Oslo", 0)->resolution, 1); /* the gazetteer has no such city */
    resolve_release(&made);
}

static void adjectives_and_persons_are_no_places(void **state) {
    (void)state;
    const char *const sentences[] = {
        "Kenyan/ADJ/2/amod farmers/NOUN/3/nsubj/farmer met/VERB/0/root",
        "Paul/PROPN/3/nsubj//PERSON2 Avonbury/PROPN/1/flat sang/VERB/0/root",
    };
    resolve_case made = resolve_sentences("2011-03-04", sentences, 2);
    assert_int_equal(made.doc->places.count, 0);
    resolve_release(&made);
}

static void unknown_places_stay_unresolved(void **state) {
    (void)state;
    const char *const sentences[] = { "They/PRON/2/nsubj left/VERB/0/root Qorvasil/PROPN/2/obj//GPE1" };
    resolve_case made = resolve_sentences("2011-03-04", sentences, 1);
    const dateline_place *place = place_named(&made, "Qorvasil", 0);
    assert_true(!place->resolved && place->geoname_id == 0 && !place->has_coordinates && place->country.len == 0);
    resolve_release(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gazetteer_gives_position_and_kind), cmocka_unit_test(comma_and_context_tell_namesakes_apart),
        cmocka_unit_test(a_capital_is_a_city_and_a_state),   cmocka_unit_test(adjectives_and_persons_are_no_places),
        cmocka_unit_test(unknown_places_stay_unresolved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
