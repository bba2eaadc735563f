/* SPDX-License-Identifier: Apache-2.0
 * Which of its namesakes a name means, and what is no place, with the model and the gazetteer of the build. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static dateline_engine *engine;
static dateline_context *context;

static int set_up(void **state) {
    (void)state;
    dateline_engine_options options = DATELINE_ENGINE_OPTIONS_INIT;
    options.model_dir = MODEL_DIR;
    engine = dateline_engine_new(&options, NULL);
    context = engine == NULL ? NULL : dateline_context_new(engine, NULL);
    return context == NULL;
}

static int tear_down(void **state) {
    (void)state;
    dateline_context_free(context);
    dateline_engine_free(engine);
    return 0;
}

/* GeoNames id of the first place with these words in the text; 0: unresolved; -1: no place. */
static int64_t id_of(const char *text, const char *words) {
    dateline_input input = DATELINE_INPUT_INIT;
    input.text = dateline_str_from(text);
    input.until = DATELINE_STAGE_RESOLVE;
    dateline_doc *doc = dateline_read(context, &input, NULL);
    assert_non_null(doc);
    int64_t id = -1;
    const dateline_place *place;
    for (size_t i = 0; id < 0 && (place = dateline_doc_place(doc, i)) != NULL; i++) {
        if (dln_str_is(dln_span_str(input.text, place->span), words)) id = place->geoname_id;
    }
    dateline_doc_free(doc);
    return id;
}

static void the_best_known_comes_first(void **state) {
    (void)state;
    assert_int_equal(id_of("The talks will be held in Paris next week.", "Paris"), 2988507);
    assert_int_equal(id_of("The minister flew to Athens on Monday.", "Athens"), 264371);
    assert_int_equal(id_of("Troops were moved to Georgia last summer.", "Georgia"), 614540);
}

static void words_behind_a_comma_decide(void **state) {
    (void)state;
    assert_int_equal(id_of("A mill burned down in Paris, Texas, on Friday.", "Paris"), 4717560);
    assert_int_equal(id_of("A mill burned down in Paris, Texas, on Friday.", "Texas"), 4736286);
    assert_int_equal(id_of("Nurses went on strike in Athens, Ga., on Friday.", "Athens"), 4180386);
}

static void places_of_a_text_lie_together(void **state) {
    (void)state;
    const char *text = "The mayor of Atlanta met farmers in Macon, Savannah and Valdosta. Roads in Georgia are wet.";
    assert_int_equal(id_of(text, "Georgia"), 4197000);
    text = "Voters in Washington, Oregon and New York go to the polls.";
    assert_int_equal(id_of(text, "New York"), 5128638);
    text = "Ships sailed from China, Japan and South Korea.";
    assert_int_equal(id_of(text, "China"), 1814991);
}

static void persons_and_bodies_are_no_places(void **state) {
    (void)state;
    assert_int_equal(id_of("George Washington wrote the letter to his brother.", "Washington"), -1);
    assert_int_equal(id_of("The Washington Post printed the letter on Sunday.", "Washington"), -1);
    assert_int_equal(id_of("Turkish and Chadian officials spoke to reporters.", "Turkish"), -1);
}

static void a_place_stands_inside_a_body(void **state) {
    (void)state;
    assert_int_equal(id_of("The Denver Police Department closed two bridges in Colorado.", "Denver"), 5419384);
}

static void launch_sites_are_places(void **state) {
    (void)state;
    assert_int_equal(id_of("The rocket was shown at the Vostochny Cosmodrome on Tuesday.", "Vostochny Cosmodrome"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_known_comes_first),    cmocka_unit_test(words_behind_a_comma_decide),
        cmocka_unit_test(places_of_a_text_lie_together), cmocka_unit_test(persons_and_bodies_are_no_places),
        cmocka_unit_test(a_place_stands_inside_a_body),  cmocka_unit_test(launch_sites_are_places),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
