/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void parses_days_and_times(void **state) {
    (void)state;
    dateline_date day = dateline_date_parse(DLN_STR("2024-02-29T10:00:00Z"));
    assert_true(day.year == 2024 && day.month == 2 && day.day == 29);
    assert_false(dln_date_is_set(dateline_date_parse(DLN_STR("2023-02-29"))));
    assert_false(dln_date_is_set(dateline_date_parse(DLN_STR("2023-1-02x"))));
    assert_false(dln_date_is_set(dateline_date_parse(DLN_STR(""))));
}

static void days_round_trip(void **state) {
    (void)state;
    for (int32_t days = -800000; days < 200000; days += 13) {
        assert_int_equal(dln_date_to_days(dln_date_from_days(days)), days);
    }
    assert_int_equal(dln_date_to_days((dateline_date){ 1970, 1, 1 }), 0);
    assert_int_equal(dln_date_to_days((dateline_date){ 2000, 3, 1 }), 11017);
}

static void weekday_of_known_days(void **state) {
    (void)state;
    assert_int_equal(dln_date_weekday((dateline_date){ 2023, 9, 13 }), 2); /* a Wednesday */
    assert_int_equal(dln_date_weekday((dateline_date){ 1969, 12, 31 }), 2);
}

static void months_clamp_the_day(void **state) {
    (void)state;
    dateline_date day = dln_date_add_months((dateline_date){ 2024, 1, 31 }, 1);
    assert_true(day.year == 2024 && day.month == 2 && day.day == 29);
    day = dln_date_add_months((dateline_date){ 2024, 1, 31 }, -2);
    assert_true(day.year == 2023 && day.month == 11 && day.day == 30);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses_days_and_times),
        cmocka_unit_test(days_round_trip),
        cmocka_unit_test(weekday_of_known_days),
        cmocka_unit_test(months_clamp_the_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
