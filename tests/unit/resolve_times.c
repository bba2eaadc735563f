/* SPDX-License-Identifier: Apache-2.0
 * resolve_times.c: time expressions and their values. Expected: 'words = TYPE value', with ; between. */
#include "resolve/times.h"
#include "split/split.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static dln_lexicon *lexicon;
static dln_splitter *splitter;
static dln_tagger *tagger;
static dln_times *times;

static int load(void **state) {
    (void)state;
    lexicon = dln_lexicon_load(MODEL_DIR "/en.lexicon", NULL, 0, NULL);
    if (lexicon == NULL) return 1;
    splitter = dln_splitter_new(lexicon, NULL);
    tagger = dln_tagger_new(MODEL_DIR, NULL, NULL);
    times = dln_times_new(lexicon, NULL);
    return splitter == NULL || tagger == NULL || times == NULL;
}

static int unload(void **state) {
    (void)state;
    dln_times_free(times);
    dln_tagger_free(tagger);
    dln_splitter_free(splitter);
    dln_lexicon_free(lexicon);
    return 0;
}

static dateline_doc *read_times(const char *date, const char *text) {
    dateline_input input = DATELINE_INPUT_INIT;
    input.text = dateline_str_from(text);
    input.date = dateline_date_parse(dateline_str_from(date));
    dateline_doc *doc = dln_document_new(&input, NULL);
    assert_non_null(doc);
    dateline_block body = { { 0, (uint32_t)doc->text.len }, DATELINE_BLOCK_BODY };
    dln_array_push(&doc->blocks, &body);
    dln_arena scratch;
    dln_arena_init(&scratch);
    assert_int_equal(dln_split(splitter, &scratch, doc, NULL), DATELINE_OK);
    dln_arena_clear(&scratch);
    assert_int_equal(dln_tag(tagger, &scratch, doc, NULL), DATELINE_OK);
    dln_arena_clear(&scratch);
    assert_int_equal(dln_times_read(times, &scratch, doc, NULL), DATELINE_OK);
    dln_arena_release(&scratch);
    return doc;
}

static void expect(const char *date, const char *text, const char *found) {
    dateline_doc *doc = read_times(date, text);
    dln_buf shown;
    dln_buf_init(&shown);
    const dateline_time *time;
    for (size_t i = 0; (time = dateline_doc_time(doc, i)) != NULL; i++) {
        if (i > 0) dln_buf_add(&shown, DLN_STR("; "));
        dln_buf_add(&shown, dln_span_str(doc->text, time->span));
        dln_buf_add_format(&shown, " = %s ", dateline_time_type_name(time->type));
        dln_buf_add(&shown, time->value);
    }
    dln_buf_add_char(&shown, '\0');
    assert_string_equal(shown.ptr, found);
    dln_buf_release(&shown);
    dateline_doc_free(doc);
}

/* 2021-06-16 is a Wednesday. */
static const char *const day = "2021-06-16";

static void full_dates_in_every_order(void **state) {
    (void)state;
    expect(day, "It began on March 4, 1997.", "March 4, 1997 = DATE 1997-03-04");
    expect(day, "It began on 4 March 1997.", "4 March 1997 = DATE 1997-03-04");
    expect(day, "It began on the 4th of March 1997.", "the 4th of March 1997 = DATE 1997-03-04");
    expect(day, "It began on Tuesday, March 4, 1997, at sea.", "Tuesday, March 4, 1997 = DATE 1997-03-04");
    expect(day, "It began on 1997-03-04.", "1997-03-04 = DATE 1997-03-04");
    expect(day, "It began in March 1997.", "March 1997 = DATE 1997-03");
    expect(day, "It has lasted since 1997.", "1997 = DATE 1997");
}

static void weekdays_follow_the_clause(void **state) {
    (void)state;
    expect(day, "Rebels shelled the port on Monday.", "Monday = DATE 2021-06-14");
    expect(day, "The king arrived Wednesday.", "Wednesday = DATE 2021-06-16");
    expect(day, "The two ministers will meet on Monday.", "Monday = DATE 2021-06-21");
    expect(day, "Troops must leave by Friday.", "Friday = DATE 2021-06-18");
    expect(day, "Guards fled Thursday night.", "Thursday night = TIME 2021-06-10TNI");
}

static void months_and_days_take_the_likeliest_year(void **state) {
    (void)state;
    expect(day, "She resigned in November.", "November = DATE 2020-11");
    expect(day, "The court will sit in August.", "August = DATE 2021-08");
    expect(day, "He was shot on Dec. 28.", "Dec. 28 = DATE 2020-12-28");
    expect(day, "They fled in June last year.", "June last year = DATE 2020-06");
    expect(day, "The parties may march again.", "");
}

static void days_near_publication(void **state) {
    (void)state;
    expect(day, "Yesterday they struck, today they talk, tomorrow they vote.",
           "Yesterday = DATE 2021-06-15; today = DATE 2021-06-16; tomorrow = DATE 2021-06-17");
    expect(day, "Police raided it this morning and last night.",
           "this morning = TIME 2021-06-16TMO; last night = TIME 2021-06-15TNI");
}

static void last_this_and_next(void **state) {
    (void)state;
    expect(day, "Exports fell last week.", "last week = DATE 2021-W23");
    expect(day, "It will join next month.", "next month = DATE 2021-07");
    expect(day, "Talks stalled earlier this year.", "earlier this year = DATE 2021");
    expect(day, "He fled last Monday.", "last Monday = DATE 2021-06-14");
    expect(day, "Violence has grown in the past three months.", "the past three months = DURATION P3M");
    expect(day, "They met over the weekend.", "the weekend = DATE 2021-W23-WE");
}

static void amounts_before_and_after(void **state) {
    (void)state;
    expect(day, "The envoy left three days ago.", "three days ago = DATE 2021-06-13");
    expect(day, "It joined nearly twenty-five years ago.", "nearly twenty-five years ago = DATE 1996");
    expect(day, "They signed it on May 3, 2019. Two days later it collapsed.",
           "May 3, 2019 = DATE 2019-05-03; Two days later = DATE 2019-05-05");
    expect(day, "The siege lasted more than four hours.", "more than four hours = DURATION PT4H");
    expect(day, "A six-month truce held for weeks.", "six-month = DURATION P6M; weeks = DURATION PXW");
    expect(day, "It took half an hour, then a year and a half.",
           "half an hour = DURATION PT30M; a year and a half = DURATION P1Y6M");
    expect(day, "It fell two-and-a-half years ago.", "two-and-a-half years ago = DATE 2018");
    expect(day, "The 40-year-old trader is 40 years old.", "");
    expect(day, "They pay 300 pesos a month.", "");
}

static void wider_spans_of_time(void **state) {
    (void)state;
    expect(day, "It ruled in the late 1980s and in the 19th century.",
           "the late 1980s = DATE 198; the 19th century = DATE 18");
    expect(day, "It closed in the summer of 2018.", "the summer of 2018 = DATE 2018-SU");
    expect(day, "Output rose in the first quarter.", "the first quarter = DATE 2021-Q1");
    expect(day, "It must end by the end of 2023.", "the end of 2023 = DATE 2023");
}

static void clock_times(void **state) {
    (void)state;
    expect(day, "It struck at 5:40 p.m. Monday.", "5:40 p.m. Monday = TIME 2021-06-14T17:40");
    expect(day, "It struck at 6 a.m. on Monday.", "6 a.m. = TIME 2021-06-14T06:00; Monday = DATE 2021-06-14");
    expect(day, "It struck at 1430 GMT.", "1430 GMT = TIME 2021-06-16T14:30");
}

static void sets_and_references(void **state) {
    (void)state;
    expect(day, "They meet every Tuesday and pray daily.", "every Tuesday = SET XXXX-WXX-2; daily = SET P1D");
    expect(day, "Prices are now stable.", "now = DATE PRESENT_REF");
}

static void without_a_publication_date_days_stay_open(void **state) {
    (void)state;
    expect("", "They met on Tuesday and left yesterday.", "Tuesday = DATE XXXX-WXX-2; yesterday = DATE XXXX-XX-XX");
    expect("", "They met in July and on 3 May.", "July = DATE XXXX-07; 3 May = DATE XXXX-05-03");
}

static void the_date_of_a_dateline_counts(void **state) {
    (void)state;
    const char *text = "LIMA, June 2 (Andina) - Miners struck on Tuesday.";
    dateline_input input = DATELINE_INPUT_INIT;
    input.text = dateline_str_from(text);
    dateline_doc *doc = dln_document_new(&input, NULL);
    assert_non_null(doc);
    dateline_block body = { { 24, (uint32_t)doc->text.len }, DATELINE_BLOCK_BODY };
    dln_array_push(&doc->blocks, &body);
    doc->has_dateline = true;
    doc->dateline.span = (dateline_span){ 0, 23 };
    doc->dateline.date = (dateline_date){ 2021, 6, 2 };
    dln_arena scratch;
    dln_arena_init(&scratch);
    assert_int_equal(dln_split(splitter, &scratch, doc, NULL), DATELINE_OK);
    assert_int_equal(dln_tag(tagger, &scratch, doc, NULL), DATELINE_OK);
    assert_int_equal(dln_times_read(times, &scratch, doc, NULL), DATELINE_OK);
    dln_arena_release(&scratch);
    assert_int_equal(doc->times.count, 2);
    const dateline_time *first = dateline_doc_time(doc, 0), *second = dateline_doc_time(doc, 1);
    assert_true(dln_str_is(dln_span_str(doc->text, first->span), "June 2"));
    assert_true(dln_str_is(first->value, "2021-06-02"));
    assert_true(dln_str_is(second->value, "2021-06-01"));
    dateline_doc_free(doc);
}

static void days_and_grains(void **state) {
    (void)state;
    dateline_doc *doc = read_times(day, "They met last week, in March 2020 and on Monday, for two days.");
    const dateline_grain grains[] = { DATELINE_GRAIN_WEEK, DATELINE_GRAIN_MONTH, DATELINE_GRAIN_DAY,
                                      DATELINE_GRAIN_NONE };
    const char *const days[] = { "2021-06-07", "2020-03-01", "2021-06-14", "0000-01-01" };
    assert_int_equal(doc->times.count, 4);
    for (size_t i = 0; i < 4; i++) {
        const dateline_time *time = dateline_doc_time(doc, i);
        char text[DLN_DATE_CHARS];
        dln_date_format(time->day, text);
        assert_string_equal(text, days[i]);
        assert_int_equal(time->grain, grains[i]);
    }
    dateline_doc_free(doc);
}

static void extreme_numbers_are_no_dates(void **state) {
    (void)state;
    expect(day, "It fell 9999 years ago.", "9999 years ago = DATE XXXX");
    expect("0001-01-01", "It fell last year, last week and 3 decades ago.",
           "last year = DATE XXXX; last week = DATE XXXX-WXX; 3 decades ago = DATE XXXX");
    expect(day, "On February 31, 2020 nothing fell.", "February 31, 2020 = DATE 2020-02-29");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_dates_in_every_order),
        cmocka_unit_test(weekdays_follow_the_clause),
        cmocka_unit_test(months_and_days_take_the_likeliest_year),
        cmocka_unit_test(days_near_publication),
        cmocka_unit_test(last_this_and_next),
        cmocka_unit_test(amounts_before_and_after),
        cmocka_unit_test(wider_spans_of_time),
        cmocka_unit_test(clock_times),
        cmocka_unit_test(sets_and_references),
        cmocka_unit_test(without_a_publication_date_days_stay_open),
        cmocka_unit_test(the_date_of_a_dateline_counts),
        cmocka_unit_test(days_and_grains),
        cmocka_unit_test(extreme_numbers_are_no_dates),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
