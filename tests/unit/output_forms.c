/* SPDX-License-Identifier: Apache-2.0
 * output_forms.c: each printed form of one document, byte for byte. */
#include "output_sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
/* cmocka needs the above first */
#include <cmocka.h>

static void check_form(dateline_form form, unsigned layers, const char *expected) {
    dateline_doc *doc = sample_doc();
    assert_non_null(doc);
    char *out;
    size_t len;
    dateline_error err;
    assert_int_equal(dateline_doc_print(doc, form, layers, &out, &len, &err), DATELINE_OK);
    assert_string_equal(out, expected);
    assert_int_equal(len, strlen(expected));
    dateline_text_free(out);
    dateline_doc_free(doc);
}

#define CITE                                                                                                           \
    "\"cite_info\":{\"url\":null,\"title\":\"A \\\"title\\\"\",\"publication\":null,\"language\":null,"                \
    "\"coder\":\"dateline " DATELINE_VERSION "\",\"codebook\":\"PLOVER-2.0\"}}"
#define FIRST_SENTENCE "Torvaldsen, Norway\u2019s \u201Ctireless\u201D envoy, didn't visit Lima on Monday, she said."
#define LIMA                                                                                                           \
    "{\"extracted_place\":\"Lima\",\"start\":52,\"end\":56,\"resolved_place\":\"Lima\",\"geonameid\":3936456,"         \
    "\"lat\":-12.04318,\"lon\":-77.02824,\"city\":\"Lima\",\"district\":null,\"province\":null,\"country\":\"Peru\","  \
    "\"country_code\":\"PER\",\"feature_class\":\"P\",\"feature_code\":\"PPLC\",\"resolution\":4}"
#define FIRST_EVENT                                                                                                    \
    "{\"id\":\"s,1:1\",\"doc_id\":\"s,1\",\"story_id\":null,\"date\":\"2024-03-11\",\"date_resolution\":\"day\","      \
    "\"date_source\":\"text\",\"event\":\"CONSULT\",\"mode\":[\"visit\"],\"context\":[\"diplomatic\",\"economic\"],"   \
    "\"auxiliary\":[\"future\",\"negation\"],\"cameo\":\"042\",\"quad_code\":1,\"event_scale\":4,\"goldstein\":1.9,"   \
    "\"actor\":[{\"entity_text\":\"Torvaldsen\",\"start\":0,\"end\":10,\"name\":\"Eva Torvaldsen\","                   \
    "\"identifier_id\":null,\"code\":\"NOR\",\"sector\":[\"GOV\",\"ELI\"],\"office\":\"envoy\",\"entity\":0}],"        \
    "\"recipient\":[{\"entity_text\":\"Lima\",\"start\":52,\"end\":56,\"name\":\"Peru\",\"identifier_id\":\"Q419\","   \
    "\"code\":\"PER\",\"sector\":[],\"office\":null,\"entity\":null}],\"event_loc\":" LIMA ","                         \
    "\"event_text\":[{\"start\":46,\"end\":51,\"text\":\"visit\"},{\"start\":60,\"end\":66,\"text\":\"Monday\"}],"     \
    "\"size\":{\"dead\":0,\"injured\":null,\"arrested\":12,\"participants\":null},"                                    \
    "\"attribution\":{\"speaker\":{\"entity_text\":\"she\",\"start\":68,\"end\":71,\"name\":null,"                     \
    "\"identifier_id\":null,\"code\":\"NOR\",\"sector\":[\"GOV\"],\"office\":null,\"entity\":0},"                      \
    "\"outlet\":\"Morning; Post\",\"kind\":\"indirect\",\"quote\":{\"start\":0,\"end\":66,\"text\":"                   \
    "\"Torvaldsen, Norway\u2019s \u201Ctireless\u201D envoy, didn't visit Lima on Monday\"}},"                         \
    "\"text\":\"" FIRST_SENTENCE "\",\"text_info\":{\"sequence\":0,\"start\":0,\"end\":77},\"confidence\":0.93," CITE
#define SECOND_EVENT                                                                                                   \
    "{\"id\":\"s,1:2\",\"doc_id\":\"s,1\",\"story_id\":null,\"date\":null,\"date_resolution\":null,"                   \
    "\"date_source\":null,\"event\":\"PROTEST\",\"mode\":[],\"context\":[],\"auxiliary\":[],\"cameo\":null,"           \
    "\"quad_code\":4,\"event_scale\":-6.5,\"goldstein\":null,\"actor\":[],\"recipient\":[],\"event_loc\":null,"        \
    "\"event_text\":[{\"start\":85,\"end\":90,\"text\":\"spoke\"}],\"size\":{\"dead\":null,\"injured\":null,"          \
    "\"arrested\":null,\"participants\":null},\"attribution\":null,\"text\":\"Nobody spoke.\","                        \
    "\"text_info\":{\"sequence\":1,\"start\":78,\"end\":91},\"confidence\":1," CITE

static void events_as_json(void **state) {
    (void)state;
    check_form(DATELINE_FORM_EVENTS_JSONL, 0, FIRST_EVENT "\n" SECOND_EVENT "\n");
}

#define HEAD                                                                                                           \
    "{\"id\":\"s,1\",\"url\":null,\"title\":\"A \\\"title\\\"\",\"date\":\"2024-03-12\",\"publication\":null,"         \
    "\"author\":null,\"language\":null,\"dateline\":null,\"text\":\"" FIRST_SENTENCE "\\nNobody spoke.\""

static void only_the_layers_asked_for(void **state) {
    (void)state;
    check_form(DATELINE_FORM_LAYERS_JSONL, 0, HEAD "}\n");
    check_form(DATELINE_FORM_LAYERS_JSONL, DATELINE_LAYER_PLACES | DATELINE_LAYER_TIMES,
               HEAD ",\"places\":[" LIMA "],\"times\":[{\"start\":60,\"end\":66,\"text\":\"Monday\",\"type\":\"DATE\","
                    "\"value\":\"2024-03-11\"}]}\n");
    check_form(DATELINE_FORM_LAYERS_JSONL, DATELINE_LAYER_EVENTS,
               HEAD ",\"events\":[" FIRST_EVENT "," SECOND_EVENT "]}\n");
}

static void mentions_stand_with_their_entity(void **state) {
    (void)state;
    check_form(DATELINE_FORM_LAYERS_JSONL, DATELINE_LAYER_ENTITIES | DATELINE_LAYER_QUOTES,
               HEAD ",\"entities\":[{\"id\":0,\"type\":\"PERSON\",\"name\":\"Eva Torvaldsen\",\"identifier_id\":null,"
                    "\"code\":\"NOR\",\"sector\":[\"GOV\"],\"office\":\"envoy\",\"mentions\":["
                    "{\"start\":0,\"end\":10,\"kind\":\"name\"},{\"start\":68,\"end\":71,\"kind\":\"pronoun\"}]},"
                    "{\"id\":1,\"type\":\"GPE\",\"name\":\"Peru\",\"identifier_id\":\"Q419\",\"code\":\"PER\","
                    "\"sector\":[],\"office\":null,\"mentions\":[{\"start\":52,\"end\":56,\"kind\":\"name\"}]}],"
                    "\"quotes\":[{\"start\":0,\"end\":66,\"kind\":\"indirect\",\"speaker\":{\"start\":68,\"end\":71,"
                    "\"entity\":0},\"cue\":{\"start\":72,\"end\":76},\"outlet\":\"Morning; Post\"}]}\n");
}

static void conllu_with_multiword_tokens(void **state) {
    (void)state;
    check_form(DATELINE_FORM_CONLLU, 0,
               "# newdoc id = s,1\n# sent_id = s,1-1\n# text = " FIRST_SENTENCE "\n"
               "1\tTorvaldsen\tTorvaldsen\tPROPN\t_\t_\t12\tnsubj\t_\tNER=B-PERSON|SpaceAfter=No\n"
               "2\t,\t,\tPUNCT\t_\t_\t8\tpunct\t_\t_\n"
               "3-4\tNorway\u2019s\t_\t_\t_\t_\t_\t_\t_\t_\n"
               "3\tNorway\tNorway\tPROPN\t_\t_\t8\tnmod:poss\t_\t_\n"
               "4\t\u2019s\t's\tPART\t_\t_\t3\tcase\t_\t_\n"
               "5\t\u201C\t\u201C\tPUNCT\t_\t_\t6\tpunct\t_\tSpaceAfter=No\n"
               "6\ttireless\ttireless\tADJ\t_\t_\t8\tamod\t_\tSpaceAfter=No\n"
               "7\t\u201D\t\u201D\tPUNCT\t_\t_\t6\tpunct\t_\t_\n"
               "8\tenvoy\tenvoy\tNOUN\t_\t_\t1\tappos\t_\tSpaceAfter=No\n"
               "9\t,\t,\tPUNCT\t_\t_\t8\tpunct\t_\t_\n"
               "10-11\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
               "10\tdid\tdo\tAUX\t_\t_\t12\taux\t_\t_\n"
               "11\tn't\tnot\tPART\t_\t_\t12\tadvmod\t_\t_\n"
               "12\tvisit\tvisit\tVERB\t_\t_\t0\troot\t_\t_\n"
               "13\tLima\tLima\tPROPN\t_\t_\t12\tobj\t_\tNER=B-GPE\n"
               "14\ton\ton\tADP\t_\t_\t15\tcase\t_\t_\n"
               "15\tMonday\tMonday\tPROPN\t_\t_\t12\tobl\t_\tSpaceAfter=No\n"
               "16\t,\t,\tPUNCT\t_\t_\t18\tpunct\t_\t_\n"
               "17\tshe\tshe\tPRON\t_\t_\t18\tnsubj\t_\t_\n"
               "18\tsaid\tsay\tVERB\t_\t_\t12\tparataxis\t_\tSpaceAfter=No\n"
               "19\t.\t.\tPUNCT\t_\t_\t12\tpunct\t_\t_\n\n"
               "# sent_id = s,1-2\n# text = Nobody spoke.\n"
               "1\tNobody\tnobody\tPRON\t_\t_\t2\tnsubj\t_\t_\n"
               "2\tspoke\tspeak\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n"
               "3\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n");
}

static void csv_cells_are_quoted_where_needed(void **state) {
    (void)state;
    check_form(DATELINE_FORM_EVENTS_CSV, 0,
               "\"s,1:1\",\"s,1\",,2024-03-11,day,text,CONSULT,visit,diplomatic;economic,future;negation,042,1,4,1.9,"
               "Torvaldsen,Eva Torvaldsen,,NOR,GOV ELI,envoy,Lima,Peru,Q419,PER,,,"
               "Lima,Lima,3936456,-12.04318,-77.02824,Lima,,,Peru,PER,P,PPLC,4,visit;Monday,46,51,0,,12,,"
               "she,,,NOR,GOV,,Morning; Post,indirect,"
               "\"Torvaldsen, Norway\u2019s \u201Ctireless\u201D envoy, didn't visit Lima on Monday\","
               "\"" FIRST_SENTENCE "\",0,0,77,0.93,,\"A \"\"title\"\"\",,,dateline " DATELINE_VERSION ",PLOVER-2.0\n"
               "\"s,1:2\",\"s,1\",,,,,PROTEST,,,,,4,-6.5,,,,,,,,,,,,,,,,,,,,,,,,,,,spoke,85,90,,,,,,,,,,,,,,"
               "Nobody spoke.,1,78,91,1,,\"A \"\"title\"\"\",,,dateline " DATELINE_VERSION ",PLOVER-2.0\n");
}

/* Columns of a CSV line that has no quoted cell with a comma. */
static size_t columns(const char *line) {
    size_t count = 1;
    for (; *line != '\n' && *line != '\0'; line++) count += *line == ',';
    return count;
}

static void csv_header_names_every_column(void **state) {
    (void)state;
    dateline_doc *doc = sample_doc();
    assert_non_null(doc);
    doc->id = DLN_STR("plain");
    doc->title = DLN_STR("plain");
    char *out;
    size_t len;
    assert_int_equal(dateline_doc_print(doc, DATELINE_FORM_EVENTS_CSV, 0, &out, &len, NULL), DATELINE_OK);
    const char *second = strstr(out, "plain:2");
    assert_non_null(second);
    assert_int_equal(columns(dateline_csv_header()), columns(second));
    dateline_text_free(out);
    dateline_doc_free(doc);
}

static void csv_columns_are_documented(void **state) {
    (void)state;
    dln_file page;
    assert_int_equal(dln_file_map(&page, SOURCE_DIR "/docs/event-schema.md", NULL), DATELINE_OK);
    dateline_str rest = dateline_str_from(dateline_csv_header()), name;
    size_t count = 0;
    for (; (name = dln_str_part(&rest, ',')).ptr != NULL; count++) {
        char quoted[80];
        snprintf(quoted, sizeof quoted, "`%.*s`", DLN_STR_ARG(name));
        if (dln_str_find((dateline_str){ page.data, page.size }, dateline_str_from(quoted), 0) == SIZE_MAX)
            fail_msg("docs/event-schema.md lacks %s", quoted);
    }
    assert_true(count > 50);
    dln_file_unmap(&page);
}

static void mixed_quotes_are_direct_inside_their_marks(void **state) {
    (void)state;
    dateline_doc *doc = sample_doc();
    assert_non_null(doc);
    dateline_quote *quote = doc->quotes.items;
    dateline_event *event = doc->events.items;
    quote->kind = DATELINE_QUOTE_MIXED;
    static const struct {
        uint32_t trigger;
        const char *kind;
    } cases[] = { { 3, "\"kind\":\"indirect\"" }, { 5, "\"kind\":\"direct\"" }, { 11, "\"kind\":\"indirect\"" } };
    for (size_t i = 0; i < 3; i++) {
        char *out;
        size_t len;
        event->trigger_token = cases[i].trigger;
        assert_int_equal(dateline_doc_print(doc, DATELINE_FORM_EVENTS_JSONL, 0, &out, &len, NULL), DATELINE_OK);
        assert_non_null(strstr(out, cases[i].kind));
        dateline_text_free(out);
    }
    dateline_doc_free(doc);
}

static void unknown_form_is_an_error(void **state) {
    (void)state;
    dateline_doc *doc = sample_doc();
    char *out;
    size_t len;
    dateline_error err;
    assert_int_equal(dateline_doc_print(doc, (dateline_form)99, 0, &out, &len, &err), DATELINE_BAD_ARGUMENT);
    assert_null(out);
    assert_int_equal(dateline_doc_print(NULL, DATELINE_FORM_CONLLU, 0, &out, &len, &err), DATELINE_BAD_ARGUMENT);
    dateline_doc_free(doc);
}

/* Gathers pieces; refuses all from number `stop_at` on. */
typedef struct {
    dln_buf whole;
    size_t pieces, longest, stop_at;
} pieces_log;

static bool log_piece(void *user, const char *bytes, size_t len) {
    pieces_log *log = user;
    if (log->pieces++ >= log->stop_at) return false;
    if (len > log->longest) log->longest = len;
    dln_buf_add_bytes(&log->whole, bytes, len);
    return true;
}

/* Many sentences of one-letter words: records much longer than a piece. */
static dateline_doc *long_document(void) {
    enum { TOKENS = 4000 };
    static dateline_given_token tokens[TOKENS];
    for (size_t i = 0; i < TOKENS; i++)
        tokens[i] = (dateline_given_token){ .form = DLN_STR("a"), .space_after = true, .sentence_end = i % 5 == 0 };
    dateline_input input = DATELINE_INPUT_INIT;
    dateline_doc *doc = dln_document_new_tokens(&input, tokens, TOKENS, NULL);
    assert_non_null(doc);
    return doc;
}

static void pieces_make_the_whole(void **state) {
    (void)state;
    dateline_doc *doc = long_document();
    for (int form = DATELINE_FORM_EVENTS_JSONL; form <= DATELINE_FORM_ACTORS_JSONL; form++) {
        char *out;
        size_t out_len;
        pieces_log log = { .stop_at = SIZE_MAX };
        dateline_status status = dateline_doc_print(doc, (dateline_form)form, DATELINE_LAYER_ALL, &out, &out_len, NULL);
        assert_int_equal(status, DATELINE_OK);
        status = dateline_doc_write(doc, (dateline_form)form, DATELINE_LAYER_ALL, log_piece, &log, NULL);
        assert_int_equal(status, DATELINE_OK);
        assert_int_equal(log.whole.len, out_len);
        if (out_len > 0) assert_memory_equal(log.whole.ptr, out, out_len);
        assert_true(log.longest < 2 * DLN_DRAIN_BYTES);
        if (form == DATELINE_FORM_LAYERS_JSONL) assert_true(log.pieces > 3);
        dln_buf_release(&log.whole);
        dateline_text_free(out);
    }
    dateline_doc_free(doc);
}

static void a_writer_can_stop(void **state) {
    (void)state;
    dateline_doc *doc = long_document();
    for (size_t stop_at = 0; stop_at < 3; stop_at++) {
        pieces_log log = { .stop_at = stop_at };
        dateline_status status =
            dateline_doc_write(doc, DATELINE_FORM_LAYERS_JSONL, DATELINE_LAYER_ALL, log_piece, &log, NULL);
        assert_int_equal(status, DATELINE_IO);
        assert_int_equal(log.pieces, stop_at + 1); /* and is not asked again */
        dln_buf_release(&log.whole);
    }
    assert_int_equal(dateline_doc_write(doc, DATELINE_FORM_NONE, 0, log_piece, NULL, NULL), DATELINE_BAD_ARGUMENT);
    assert_int_equal(dateline_doc_write(doc, DATELINE_FORM_CONLLU, 0, NULL, NULL, NULL), DATELINE_BAD_ARGUMENT);
    dateline_doc_free(doc);
}

static void every_failed_allocation_is_returned(void **state) {
    (void)state;
    dateline_doc *doc = sample_doc();
    assert_non_null(doc);
    for (int form = DATELINE_FORM_EVENTS_JSONL; form <= DATELINE_FORM_CONLLU; form++) {
        dateline_status status = DATELINE_NO_MEMORY;
        for (uint64_t n = 1; status != DATELINE_OK; n++) {
            char *out;
            size_t len;
            dln_alloc_fail(n, false);
            status = dateline_doc_print(doc, (dateline_form)form, DATELINE_LAYER_ALL, &out, &len, NULL);
            dln_alloc_fail(0, false);
            assert_true(status == DATELINE_OK || status == DATELINE_NO_MEMORY);
            assert_int_equal(out != NULL, status == DATELINE_OK);
            dateline_text_free(out);
        }
    }
    dateline_doc_free(doc);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_as_json),
        cmocka_unit_test(only_the_layers_asked_for),
        cmocka_unit_test(mentions_stand_with_their_entity),
        cmocka_unit_test(conllu_with_multiword_tokens),
        cmocka_unit_test(csv_cells_are_quoted_where_needed),
        cmocka_unit_test(csv_header_names_every_column),
        cmocka_unit_test(csv_columns_are_documented),
        cmocka_unit_test(mixed_quotes_are_direct_inside_their_marks),
        cmocka_unit_test(unknown_form_is_an_error),
        cmocka_unit_test(pieces_make_the_whole),
        cmocka_unit_test(a_writer_can_stop),
        cmocka_unit_test(every_failed_allocation_is_returned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
