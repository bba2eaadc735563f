/* SPDX-License-Identifier: Apache-2.0
 * Records out of plain texts and JSON Lines. */
#include "ingest/ingest.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static dateline_source *source_of(const char *name, dateline_str bytes, const dateline_source_options *options) {
    dateline_error err;
    dateline_source *source = dln_source_from_memory(name, bytes, options, &err);
    assert_non_null(source);
    return source;
}

static dateline_record *next(dateline_source *source) {
    dateline_record *record;
    dateline_error err;
    assert_int_equal(dateline_source_next(source, &record, &err), DATELINE_OK);
    return record;
}

static void assert_str(dateline_str got, const char *want) {
    if (!dln_str_is(got, want)) fail_msg("'%.*s' instead of '%s'", DLN_STR_ARG(got), want);
}

static void assert_end(dateline_source *source) {
    assert_null(next(source));
    assert_null(next(source)); /* and it stays so */
    dateline_source_close(source);
}

/* The text of the first record of one JSON line. */
static void assert_line_text(dateline_str line, const char *want) {
    dateline_source *source = source_of("a.jsonl", line, NULL);
    dateline_record *record = next(source);
    assert_non_null(record);
    if (record->rejected) fail_msg("rejected: %s", record->reason);
    assert_str(record->input.text, want);
    dateline_record_free(record);
    assert_end(source);
}

static void assert_line_rejected(const char *line, const char *reason) {
    dateline_source *source = source_of("a.jsonl", dateline_str_from(line), NULL);
    dateline_record *record = next(source);
    assert_non_null(record);
    assert_true(record->rejected);
    assert_string_equal(record->reason, reason);
    dateline_record_free(record);
    assert_end(source);
}

static void assert_file_text(const char *bytes, size_t size, const char *want) {
    dateline_source *source = source_of("a.txt", (dateline_str){ bytes, size }, NULL);
    dateline_record *record = next(source);
    assert_non_null(record);
    assert_str(record->input.text, want);
    dateline_record_free(record);
    assert_end(source);
}
#define ASSERT_FILE_TEXT(bytes, want) assert_file_text(bytes, sizeof(bytes) - 1, want)

static void plain_text_is_one_record(void **state) {
    (void)state;
    dateline_source_options options = DATELINE_SOURCE_OPTIONS_INIT;
    options.date = (dateline_date){ 2024, 3, 5 };
    dateline_source *source = source_of("in/lima.txt.gz", DLN_STR("One.\r\nTwo.\n"), &options);
    dateline_record *record = next(source);
    assert_false(record->rejected);
    assert_str(record->input.id, "lima.txt");
    assert_str(record->input.text, "One.\r\nTwo.\n");
    assert_int_equal(record->input.date.day, 5);
    assert_int_equal(record->offset, 0);
    dateline_record_free(record);
    assert_end(source);
}

static void empty_files(void **state) {
    (void)state;
    dateline_source *source = source_of("a.txt", DLN_STR(""), NULL);
    dateline_record *record = next(source);
    assert_false(record->rejected); /* a text without events */
    assert_int_equal(record->input.text.len, 0);
    dateline_record_free(record);
    assert_end(source);
    assert_end(source_of("a.jsonl", DLN_STR(""), NULL));
    assert_end(source_of("a.jsonl", DLN_STR("\n \r\n\n"), NULL));
}

static void json_lines_carry_their_fields(void **state) {
    (void)state;
    dateline_str bytes =
        DLN_STR("{\"id\": 17, \"date\": \"2024-03-05T10:00:00Z\", \"title\": \"T\", \"text\": \"A b.\","
                " \"url\": \"http://x\", \"publication\": \"P\", \"language\": \"en\", \"tags\":"
                " [1, {\"text\": \"no\"}, []], \"n\": -1.5e3, \"b\": true}\r\n"
                "\n"
                "{\"text\":\"second\",\"url\":\"http://y\",\"title\":null,\"id\":\"\"}\n"
                "{\"text\":\"third\"}");
    dateline_source *source = source_of("dir/news.ndjson", bytes, NULL);
    dateline_record *record = next(source);
    assert_str(record->input.id, "17");
    assert_int_equal(record->input.date.month, 3);
    assert_str(record->input.title, "T");
    assert_str(record->input.text, "A b.");
    assert_str(record->input.url, "http://x");
    assert_str(record->input.publication, "P");
    assert_str(record->input.language, "en");
    dateline_record_free(record);
    record = next(source);
    assert_str(record->input.id, "http://y");
    assert_null(record->input.title.ptr);
    assert_int_equal(record->offset, dln_str_find(bytes, DLN_STR("{\"text\":\"second"), 0));
    dateline_record_free(record);
    record = next(source);
    assert_str(record->input.id, "news.ndjson:4");
    dateline_record_free(record);
    assert_end(source);
}

static void fields_are_renamed(void **state) {
    (void)state;
    const char *fields[] = { "text=body", "id=key", "title=key" };
    dateline_source_options options = DATELINE_SOURCE_OPTIONS_INIT;
    options.fields = fields;
    options.field_count = 3;
    options.form = "jsonl";
    dateline_str line = DLN_STR("{\"key\":\"k\",\"body\":\"B.\",\"text\":5}");
    dateline_source *source = source_of("-", line, &options);
    dateline_record *record = next(source);
    assert_false(record->rejected);
    assert_str(record->input.id, "k");
    assert_str(record->input.title, "k");
    assert_str(record->input.text, "B.");
    dateline_record_free(record);
    assert_end(source);
}

static void wrong_options_are_refused(void **state) {
    (void)state;
    static const char *const wrong[] = { "body", "txt=body", "text=", "=body", "" };
    dateline_error err;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        dateline_source_options options = DATELINE_SOURCE_OPTIONS_INIT;
        options.fields = &wrong[i];
        options.field_count = 1;
        assert_null(dln_source_from_memory("a", DLN_STR(""), &options, &err));
        assert_int_equal(err.code, DATELINE_BAD_ARGUMENT);
    }
    dateline_source_options options = DATELINE_SOURCE_OPTIONS_INIT;
    options.form = "xml";
    assert_null(dln_source_from_memory("a", DLN_STR(""), &options, &err));
    assert_int_equal(err.code, DATELINE_BAD_ARGUMENT);
    options = (dateline_source_options){ 0 };
    assert_null(dln_source_from_memory("a", DLN_STR(""), &options, &err));
    assert_int_equal(err.code, DATELINE_BAD_ARGUMENT);
    assert_null(dateline_source_open("/nowhere/at/all", NULL, &err));
    assert_int_equal(err.code, DATELINE_IO);
}

static void reasons_name_the_field(void **state) {
    (void)state;
    assert_line_rejected("{\"id\":\"a\"}", "field 'text' is missing");
    assert_line_rejected("{\"text\":null}", "field 'text' is missing");
    assert_line_rejected("{\"text\":[\"a\"]}", "field 'text': a string is expected, not a list");
    assert_line_rejected("{\"text\":\"a\",\"title\":7}", "field 'title': a string is expected, not a number");
    assert_line_rejected("{\"text\":\"a\",\"id\":true}", "field 'id': a string is expected, not a boolean");
    assert_line_rejected("{\"text\":\"a\",\"date\":\"5 March\"}", "field 'date': '5 March' is not a date (YYYY-MM-DD)");
    assert_line_rejected("{\"text\":\"a\",\"date\":\"2023-02-30\"}",
                         "field 'date': '2023-02-30' is not a date (YYYY-MM-DD)");
}

/* What a reason quotes is valid UTF-8 on one line, wherever it was cut. */
static void reasons_are_clean(void **state) {
    (void)state;
    assert_line_rejected("{\"text\":\"a\",\"date\":\"\xE9\\n\xC3\xA9\"}",
                         "field 'date': '????\u00e9' is not a date (YYYY-MM-DD)");
    assert_line_rejected(
        "{\"text\":\"a\",\"date\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u00e9\"}",
        "field 'date': 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa?' is not a date "
        "(YYYY-MM-DD)");
}

static void broken_json_is_rejected_with_its_place(void **state) {
    (void)state;
    assert_line_rejected("[1]", "not JSON: an object is expected: '{'");
    assert_line_rejected("{\"text\":\"a\"", "not JSON: '}' expected near end of file (byte 11 of the line)");
    assert_line_rejected("{\"text\":\"a", "not JSON: premature end of input near '\"a' (byte 10 of the line)");
    assert_line_rejected("{\"text\":\"a\\", "not JSON: invalid escape near '\"a\\' (byte 11 of the line)");
    assert_line_rejected("{\"text\":\"a\",}", "not JSON: string or '}' expected near '}' (byte 13 of the line)");
    assert_line_rejected("{\"text\":\"\\q\"}", "not JSON: invalid escape near '\"\\q' (byte 12 of the line)");
    assert_line_rejected("{\"text\":\"a\"} x", "not JSON: end of file expected near 'x' (byte 14 of the line)");
    assert_line_rejected("{\"n\":[1,],\"text\":\"a\"}", "not JSON: unexpected token near ']' (byte 9 of the line)");
    assert_line_rejected("{\"n\":{\"a\"},\"text\":\"a\"}", "not JSON: ':' expected near '}' (byte 10 of the line)");
    assert_line_rejected("{\"n\":-,\"text\":\"a\"}", "not JSON: invalid token near '-' (byte 6 of the line)");
    /* in the line as it came, although cleaning made it longer */
    assert_line_rejected("{\"\t\":NaN,\"text\":\"a\",}",
                         "not JSON: string or '}' expected near '}' (byte 21 of the line)");
}

/* Nothing but line ends is looked at: empty lines count, braces do not. */
static void plain_lines_are_texts(void **state) {
    (void)state;
    static const char *const lines[] = { "a", "", "{\"text\":1}", " b" };
    dateline_source_options options = DATELINE_SOURCE_OPTIONS_INIT;
    options.form = "lines";
    dateline_source *source = source_of("x", DLN_STR("a\n\n{\"text\":1}\n b"), &options);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        dateline_record *record = next(source);
        assert_false(record->rejected);
        assert_str(record->input.text, lines[i]);
        dateline_record_free(record);
    }
    assert_end(source);
}

static void a_rejected_line_stops_nothing(void **state) {
    (void)state;
    dateline_source *source = source_of("a.jsonl", DLN_STR("{\"id\":\"x\",\n{\"text\":\"good\"}\n"), NULL);
    dateline_record *record = next(source);
    assert_true(record->rejected);
    assert_str(record->input.id, "a.jsonl:1");
    dateline_record_free(record);
    record = next(source);
    assert_str(record->input.text, "good");
    dateline_record_free(record);
    assert_end(source);
}

static void odd_json_is_read(void **state) {
    (void)state;
    assert_line_text(DLN_STR("{\"text\":\"a\\n\\u00e9\\ud83d\\ude00\\/\\\"\"}"), "a\n\u00e9\U0001F600/\"");
    assert_line_text(DLN_STR("{\"text\":\"a\\ud83db\\ude00\\ud83d\\u0041\"}"), "a\uFFFDb\uFFFD\uFFFDA");
    assert_line_text(DLN_STR("{\"text\":\"a\tb\x01\"}"), "a\tb\x01"); /* raw control characters */
    assert_line_text(DLN_STR("{\"n\":123456789012345678901234567890,\"m\":NaN,\"text\":\"a\"}"), "a");
    assert_line_text(DLN_STR("{\"n\":1e999,\"m\":-0.5,\"text\":\"a\"}"), "a");
    assert_line_text(DLN_STR("{\"text\":\"a\0b\\u0000c\"}"), "a\uFFFDb\uFFFDc");
    assert_line_text(DLN_STR("{\"text\":5,\"text\":\"a\"}"), "a");
    assert_line_text(DLN_STR("{\"text\":\"first\",\"text\":\"last\"}"), "last");
    assert_line_text(DLN_STR("\xEF\xBB\xBF{\"text\":\"a\"}"), "a");
}

static void ids_keep_their_digits(void **state) {
    (void)state;
    static const char *const ids[] = {
        "0", "-7", "999999999999999999", "123456789012345678901234567890", "007", "2.50"
    };
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        dln_buf line;
        dln_buf_init(&line);
        dln_buf_add_format(&line, "{\"text\":\"a\",\"id\":%s}", ids[i]);
        dateline_source *source = source_of("a.jsonl", dln_buf_str(&line), NULL);
        dateline_record *record = next(source);
        assert_str(record->input.id, ids[i]);
        dateline_record_free(record);
        assert_end(source);
        dln_buf_release(&line);
    }
}

/* `head`, `count` times; then nothing: it need not be whole to be refused. */
static void assert_repetition_rejected(const char *head, int count, const char *reason) {
    dln_buf line;
    dln_buf_init(&line);
    dln_buf_add(&line, DLN_STR("{\"text\":\"a\",\"deep\":["));
    for (int i = 0; i < count; i++) dln_buf_add(&line, dateline_str_from(head));
    dateline_source *source = source_of("a.jsonl", dln_buf_str(&line), NULL);
    dateline_record *record = next(source);
    assert_true(record->rejected);
    if (strstr(record->reason, reason) == NULL) fail_msg("rejected for: %s", record->reason);
    dateline_record_free(record);
    assert_end(source);
    dln_buf_release(&line);
}

/* Neither the stack nor the heap is the input's to use up. */
static void hostile_nesting_is_rejected(void **state) {
    (void)state;
    assert_repetition_rejected("[{\"a\":", 3000, "maximum parsing depth reached");
    assert_repetition_rejected("[{\"a\":", 300000, "values in a line");
    assert_repetition_rejected("{},", 300000, "values in a line");
}

static void long_lines_are_rejected_and_passed_over(void **state) {
    (void)state;
    dln_buf bytes;
    dln_buf_init(&bytes);
    dln_buf_add(&bytes, DLN_STR("{\"text\":\""));
    for (int i = 0; i < 200000; i++) dln_buf_add_char(&bytes, 'x');
    dln_buf_add(&bytes, DLN_STR("\"}\n{\"text\":\"short\"}\n"));
    dateline_source_options options = DATELINE_SOURCE_OPTIONS_INIT;
    options.max_bytes = 1000;
    dateline_source *source = source_of("a.jsonl", dln_buf_str(&bytes), &options);
    dateline_record *record = next(source);
    assert_true(record->rejected);
    assert_string_equal(record->reason, "longer than the limit of 1000 bytes");
    assert_str(record->input.id, "a.jsonl:1");
    dateline_record_free(record);
    record = next(source);
    assert_str(record->input.text, "short");
    dateline_record_free(record);
    assert_end(source);
    source = source_of("a.txt", dln_buf_str(&bytes), &options);
    record = next(source);
    assert_true(record->rejected);
    dateline_record_free(record);
    assert_end(source);
    dln_buf_release(&bytes);
}

/* Exactly at the limit is within it. */
static void the_limit_is_inclusive(void **state) {
    (void)state;
    dateline_source_options options = DATELINE_SOURCE_OPTIONS_INIT;
    options.max_bytes = 12;
    dateline_source *source = source_of("a.jsonl", DLN_STR("{\"text\":\"x\"}\n{\"text\":\"xy\"}\n"), &options);
    dateline_record *record = next(source);
    assert_false(record->rejected);
    dateline_record_free(record);
    record = next(source);
    assert_true(record->rejected);
    dateline_record_free(record);
    assert_end(source);
}

static void character_sets(void **state) {
    (void)state;
    ASSERT_FILE_TEXT("\xEF\xBB\xBF"
                     "caf\xC3\xA9",
                     "caf\u00e9");
    ASSERT_FILE_TEXT("\xFF\xFE"
                     "h\0\xE9\0\n\0",
                     "h\u00e9\n");
    ASSERT_FILE_TEXT("\xFE\xFF"
                     "\0h\xD8\x3D\xDE\0\xD8\x3D",
                     "h\U0001F600\uFFFD");
    ASSERT_FILE_TEXT("\xFF\xFE"
                     "h\0x",
                     "h\uFFFD");
    ASSERT_FILE_TEXT("the \x93"
                     "caf\xE9\x94 \x97 it\x92s \x80"
                     "5",
                     "the \u201ccaf\u00e9\u201d \u2014 it\u2019s \u20ac5");
}

/* Broken UTF-8 is not Windows-1252; the document room replaces what is broken. */
static void broken_utf8_stays_utf8(void **state) {
    (void)state;
    ASSERT_FILE_TEXT("caf\xC3\xA9 \xE2\x80\x94 it\x92s", "caf\xC3\xA9 \xE2\x80\x94 it\x92s");
    ASSERT_FILE_TEXT("cut off \xE2\x80", "cut off \xE2\x80");
    ASSERT_FILE_TEXT("filling \xFF\xFF", "filling \xFF\xFF");
}

static void utf16_lines_keep_true_offsets(void **state) {
    (void)state;
    /* U+0A00 and U+000A: the byte 0A alone is no line feed */
    static const char bytes[] =
        "\xFF\xFE{\0\"\0t\0e\0x\0t\0\"\0:\0\"\0\0\x0A\"\0}\0\n\0{\0\"\0t\0e\0x\0t\0\"\0:\0\"\0b\0\"\0}\0";
    dateline_source *source = source_of("a.jsonl", (dateline_str){ bytes, sizeof bytes - 1 }, NULL);
    dateline_record *record = next(source);
    assert_str(record->input.text, "\u0A00");
    assert_int_equal(record->offset, 2);
    dateline_record_free(record);
    record = next(source);
    assert_str(record->input.text, "b");
    assert_int_equal(record->offset, 2 + 2 * 13);
    dateline_record_free(record);
    assert_end(source);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_is_one_record),
        cmocka_unit_test(empty_files),
        cmocka_unit_test(json_lines_carry_their_fields),
        cmocka_unit_test(fields_are_renamed),
        cmocka_unit_test(wrong_options_are_refused),
        cmocka_unit_test(reasons_name_the_field),
        cmocka_unit_test(reasons_are_clean),
        cmocka_unit_test(broken_json_is_rejected_with_its_place),
        cmocka_unit_test(plain_lines_are_texts),
        cmocka_unit_test(a_rejected_line_stops_nothing),
        cmocka_unit_test(odd_json_is_read),
        cmocka_unit_test(ids_keep_their_digits),
        cmocka_unit_test(hostile_nesting_is_rejected),
        cmocka_unit_test(long_lines_are_rejected_and_passed_over),
        cmocka_unit_test(the_limit_is_inclusive),
        cmocka_unit_test(character_sets),
        cmocka_unit_test(broken_utf8_stays_utf8),
        cmocka_unit_test(utf16_lines_keep_true_offsets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
