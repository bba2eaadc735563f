/* SPDX-License-Identifier: Apache-2.0
 * output_json.c: the writer of JSON: strings, numbers, commas. */
#include "output/output.h"

#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
/* cmocka needs the above first */
#include <cmocka.h>

static void check(dln_buf *out, const char *expected) {
    dateline_str got = dln_buf_str(out);
    assert_int_equal(out->status, DATELINE_OK);
    assert_int_equal(got.len, strlen(expected));
    assert_memory_equal(got.ptr, expected, got.len);
    dln_buf_clear(out);
}

static void strings_are_escaped(void **state) {
    (void)state;
    dln_buf out;
    dln_buf_init(&out);
    dln_json_text(&out, DLN_STR("a\"b\\c/\b\n\r\t\x01\x7F\0z"));
    check(&out, "\"a\\\"b\\\\c/\\u0008\\n\\r\\t\\u0001\\u007f\\u0000z\"");
    dln_json_text(&out, DLN_STR("\xE2\x80\x9C"
                                "caf\xC3\xA9"
                                "\xF0\x9F\x93\xB0"));
    check(&out, "\"\u201Ccaf\u00E9\U0001F4F0\"");
    dln_json_text(&out, DLN_STR("a\xFF"
                                "b\xE2\x80"));
    check(&out, "\"a\uFFFDb\uFFFD\"");
    dln_json_text(&out, (dateline_str){ NULL, 0 });
    check(&out, "null");
    dln_json_text(&out, DLN_STR(""));
    check(&out, "\"\"");
    dln_buf_release(&out);
}

static void check_number(double value, unsigned decimals, const char *expected) {
    dln_buf out;
    dln_buf_init(&out);
    dln_json_number(&out, value, decimals);
    check(&out, expected);
    dln_buf_release(&out);
}

static void numbers_are_short_and_know_no_locale(void **state) {
    (void)state;
    setlocale(LC_ALL, ""); /* whatever the machine has: the point stays a point */
    check_number(0, 4, "0");
    check_number(-0.00001, 4, "0");
    check_number(4, 3, "4");
    check_number(1.9, 3, "1.9");
    check_number(-6.5, 3, "-6.5");
    check_number(-77.02824, 5, "-77.02824");
    check_number(0.93, 4, "0.93");
    check_number(0.10004, 4, "0.1");
    check_number(0.99999, 4, "1");
    check_number(0.05, 4, "0.05");
    check_number(100, 6, "100");
    check_number((double)NAN, 4, "null");
    check_number((double)INFINITY, 4, "null");
}

static void commas_come_by_themselves(void **state) {
    (void)state;
    dln_buf out;
    dln_buf_init(&out);
    dln_json_open(&out, '{');
    dln_json_key(&out, "a");
    dln_json_open(&out, '[');
    dln_json_open(&out, '{');
    dln_json_close(&out, '}');
    dln_json_open(&out, '{');
    dln_json_close(&out, '}');
    dln_json_count(&out, 7);
    dln_json_null(&out);
    dln_json_close(&out, ']');
    dln_json_key(&out, "b");
    dln_json_open(&out, '[');
    dln_json_close(&out, ']');
    dln_json_key(&out, "c");
    dln_json_text(&out, DLN_STR("ends in {"));
    dln_json_key(&out, "d");
    dln_json_date(&out, (dateline_date){ 2024, 2, 9 });
    dln_json_key(&out, "e");
    dln_json_date(&out, (dateline_date){ 2024, 2, 0 });
    dln_json_close(&out, '}');
    check(&out, "{\"a\":[{},{},7,null],\"b\":[],\"c\":\"ends in {\",\"d\":\"2024-02-09\",\"e\":null}");
    dln_buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(numbers_are_short_and_know_no_locale),
        cmocka_unit_test(commas_come_by_themselves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
