/* SPDX-License-Identifier: Apache-2.0
 * What is no running text: datelines, bylines, credits, furniture; headlines and captions that stand in it. */
#include "document/document.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static dln_lexicon *lexicon;
static dln_marker *marker;

static int load(void **state) {
    (void)state;
    lexicon = dln_lexicon_load(MODEL_DIR "/en.lexicon", NULL, 0, NULL);
    marker = lexicon == NULL ? NULL : dln_marker_new(lexicon, NULL);
    return marker == NULL ? -1 : 0;
}

static int unload(void **state) {
    (void)state;
    dln_marker_free(marker);
    dln_lexicon_free(lexicon);
    return 0;
}

static dateline_doc *mark(const char *text, const char *title, const char *date) {
    dateline_input input = DATELINE_INPUT_INIT;
    input.text = dateline_str_from(text);
    input.title = dateline_str_from(title);
    input.date = dateline_date_parse(dateline_str_from(date));
    dateline_doc *doc = dln_document_new(&input, NULL);
    assert_non_null(doc);
    dln_arena scratch;
    dln_arena_init(&scratch);
    assert_int_equal(dln_document_mark(marker, &scratch, doc, NULL), DATELINE_OK);
    dln_arena_release(&scratch);
    assert_int_equal(dln_document_status(doc), DATELINE_OK);
    return doc;
}

/* The blocks as text: a letter for the kind, the words, '|' behind each. */
static void assert_marks(const char *text, const char *title, const char *want) {
    static const char letters[] = "?BHCDYRF";
    dateline_doc *doc = mark(text, title, "2024-03-12");
    dln_buf got;
    dln_buf_init(&got);
    const dateline_block *block;
    for (size_t i = 0; (block = dateline_doc_block(doc, i)) != NULL; i++)
        dln_buf_add_format(&got, "%c:%.*s|", letters[block->kind], DLN_STR_ARG(dln_span_str(doc->text, block->span)));
    if (!dln_str_is(dln_buf_str(&got), want)) fail_msg("\n%.*s\ninstead of\n%s", DLN_STR_ARG(dln_buf_str(&got)), want);
    dln_buf_release(&got);
    dateline_doc_free(doc);
}

static void assert_blocks(const char *text, const char *want) {
    assert_marks(text, NULL, want);
}

/* ---------------------------------------------------------------- datelines */

static void datelines_of_the_agencies(void **state) {
    (void)state;
    static const struct {
        const char *dateline, *place, *date;
    } cases[] = {
        { "OSLO. \u2013", "OSLO", "" },
        { "OSLO \u2014", "OSLO", "" },
        { "OSLO _", "OSLO", "" },
        { "ASTANA, Kazakhstan (AP)_", "ASTANA", "" },
        { "ASTANA, Kazakhstan (AP) \u2014", "ASTANA", "" },
        { "HARARE (AFP) --", "HARARE", "" },
        { "DAR ES SALAAM (AP ) --", "DAR ES SALAAM", "" },
        { "ST. PAUL, Minn. (AP) -", "ST. PAUL", "" },
        { "O'NEILL, Neb. --", "O'NEILL", "" },
        { "WASHINGTON, D.C. -", "WASHINGTON", "" },
        { "LIMA, March 11 (Reuters) -", "LIMA", "2024-03-11" },
        { "LIMA, 11 March (Xinhua) --", "LIMA", "2024-03-11" },
        { "LIMA, Dec. 30 (UPI) \u2014", "LIMA", "2023-12-30" },
        { "LIMA, March 11, 2024 (BSS) -", "LIMA", "2024-03-11" },
        { "LIMA (March 11, 2024) \u2013", "LIMA", "2024-03-11" },
        { "MINSK, March 11. /TASS/.", "MINSK", "2024-03-11" },
        { "MINSK, March 11 - RIA Novosti.", "MINSK", "2024-03-11" },
        { "Dubai, March 11, WAM \u2013", "Dubai", "2024-03-11" },
        { "New Delhi, March 11 (PTI)", "New Delhi", "2024-03-11" },
        { "NEW DELHI, March 11 (PTI):", "NEW DELHI", "2024-03-11" },
        { "Mumbai:", "Mumbai", "" },
        { "KARACHI:", "KARACHI", "" },
        { "Geneva (AFP) \u2013", "Geneva", "" },
        { "Springfield, Ohio \u2014", "Springfield", "" },
        { "GENEVA/LIMA, March 11 (Reuters) -", "GENEVA", "2024-03-11" },
        { "RIO DE JANEIRO \u2015", "RIO DE JANEIRO", "" },
        { "March 11 (Reuters) -", "", "2024-03-11" },
        { "(CNN) --", "", "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dln_buf text;
        dln_buf_init(&text);
        dln_buf_add_format(&text, "%s The two sides agreed to meet again.", cases[i].dateline);
        char *bytes = dln_buf_detach(&text);
        dateline_doc *doc = mark(bytes, NULL, "2024-03-12");
        const dateline_dateline *dateline = dateline_doc_dateline(doc);
        if (dateline == NULL) fail_msg("no dateline in '%s'", bytes);
        char day[DLN_DATE_CHARS] = "";
        if (dln_date_is_set(dateline->date)) dln_date_format(dateline->date, day);
        dateline_str whole = dln_span_str(doc->text, dateline->span);
        if (!dln_str_is(whole, cases[i].dateline)) fail_msg("'%.*s' in '%s'", DLN_STR_ARG(whole), bytes);
        dateline_str place = dln_span_str(doc->text, dateline->place_span);
        if (!dln_str_is(place, cases[i].place)) fail_msg("'%.*s' in '%s'", DLN_STR_ARG(place), bytes);
        assert_string_equal(day, cases[i].date);
        assert_int_equal(dateline_doc_block(doc, 0)->kind, DATELINE_BLOCK_DATELINE);
        assert_int_equal(dateline_doc_block(doc, 1)->kind, DATELINE_BLOCK_BODY);
        dateline_doc_free(doc);
        dln_free(bytes);
    }
}

static void no_datelines(void **state) {
    (void)state;
    static const char *const texts[] = {
        "NOTICE: This is the last issue of the year.",
        "UPDATE \u2014 The talks have begun.",
        "Norway \u2014 which is no member \u2014 sent a delegate.",
        "Oslo \u2014 once a quiet town \u2014 was full of delegates.",
        "MR. HOLM: I have no comment on that.",
        "THE PRESIDENT: Thank you all.",
        "Ingrid Holm, Associated Press:",
        "NORDBY--Ingrid, 98, of Bergen, died on Friday.",
        "COVID-19 \u2014 A new wave has begun.",
        "ANTI-TANK rockets were found in the house.",
        "The minister was in Oslo (AP) when the talks began.",
        "US - The talks have begun.",
        "May said on Monday that she would resign.",
        "Today's agenda: The budget and the roads.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        dateline_doc *doc = mark(texts[i], NULL, "2024-03-12");
        if (dateline_doc_dateline(doc) != NULL) fail_msg("a dateline in '%s'", texts[i]);
        dateline_doc_free(doc);
    }
}

static void a_dateline_may_stand_alone_or_behind_a_headline(void **state) {
    (void)state;
    assert_blocks("OSLO (AP) _\n\nThe talks began.", "D:OSLO (AP) _|B:The talks began.|");
    assert_blocks("Talks begin in Norway\n\nOSLO \u2014 The talks began.\n\nThey went on.",
                  "H:Talks begin in Norway|D:OSLO \u2014|B:The talks began.|B:They went on.|");
    assert_blocks("Talks begin in Norway. OSLO \u2014 The talks began.",
                  "H:Talks begin in Norway.|D:OSLO \u2014|B:The talks began.|");
    assert_blocks(
        "Talks begin in Norway. By INGRID HOLM Staff Reporter March 1, 2024 OSLO \u2014 The talks began.",
        "H:Talks begin in Norway.|Y:By INGRID HOLM Staff Reporter March 1, 2024|D:OSLO \u2014|B:The talks began.|");
    assert_blocks("Talks begin\n\nTwo delegates greet each other in Oslo.\n\nOSLO \u2014 The talks began.",
                  "H:Talks begin|C:Two delegates greet each other in Oslo.|D:OSLO \u2014|B:The talks began.|");
}

/* ---------------------------------------------------------------- headlines and captions on one line */

#define BODY "\n\nOSLO. \u2013 The talks went on late into the night, a spokesman said."
#define BODY_MARKS "D:OSLO. \u2013|B:The talks went on late into the night, a spokesman said.|"

static void headline_and_caption_on_one_line(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        { "Chile, Peru to deepen friendly ties", "Chilean President Ana Rojas and her guest Luis Paz shake hands "
                                                 "at the palace in Santiago, Chile, on Friday." },
        { "Kenya signs trade accord with neighbours", "Foreign Minister Grace Otieno speaks to reporters after the "
                                                      "ceremony in Nairobi on Tuesday." },
        { "Norway and Sweden agree on border patrols", "The two prime ministers look at a map near the frontier." },
        { "Storm leaves thousands without power", "Residents walk past a fallen tree in a suburb of Manila." },
        { "MINISTERS VOW CLOSER TIES", "Egyptian Foreign Minister Hassan Fahmy arrives for the talks." },
        { "Rivals Pledge To Keep Truce Alive", "Colombian President Rosa Vega addresses the crowd during a rally "
                                               "in Cali on Sunday." },
        { "Truce holds for a second week", "Amina Yusuf waits with her children for a truck of the relief "
                                           "agency in Kassala on March 3." },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        dln_buf text, want;
        dln_buf_init(&text);
        dln_buf_init(&want);
        dln_buf_add_format(&text, "%s %s" BODY, pairs[i][0], pairs[i][1]);
        dln_buf_add_format(&want, "H:%s|C:%s|" BODY_MARKS, pairs[i][0], pairs[i][1]);
        char *text_bytes = dln_buf_detach(&text), *want_bytes = dln_buf_detach(&want);
        assert_blocks(text_bytes, want_bytes);
        dln_free(text_bytes);
        dln_free(want_bytes);
    }
}

static void sentences_are_not_cut_in_two(void **state) {
    (void)state;
    static const char *const whole[] = {
        "Peru's foreign minister met former Chilean President Ana Rojas in Lima on Friday.",
        "The army chief told visiting Kenyan Foreign Minister Grace Otieno of the plan on Tuesday.",
        "The talks between leader Luis Paz and President Rosa Vega of Colombia failed on Sunday.",
        "He has lived in The Hague for years and will go back there on Monday.",
    };
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        dln_buf text, want;
        dln_buf_init(&text);
        dln_buf_init(&want);
        dln_buf_add_format(&text, "%s" BODY, whole[i]);
        dln_buf_add_format(&want, "H:%s|" BODY_MARKS, whole[i]);
        char *text_bytes = dln_buf_detach(&text), *want_bytes = dln_buf_detach(&want);
        assert_blocks(text_bytes, want_bytes);
        dln_free(text_bytes);
        dln_free(want_bytes);
    }
    /* without a dateline below it is the article's first sentence */
    assert_blocks(
        "Chile, Peru deepen ties Chilean President Ana Rojas said in Santiago on Friday.\n\nMore was said.",
        "B:Chile, Peru deepen ties Chilean President Ana Rojas said in Santiago on Friday.|B:More was said.|");
}

static void captions_with_labels_and_credits(void **state) {
    (void)state;
    assert_blocks("Talks begin\n\nFILE PHOTO: Ana Rojas greets her guest Luis Paz in Lima, March 1, 2024. "
                  "REUTERS/Ingrid Holm" BODY,
                  "H:Talks begin|F:FILE PHOTO:|C:Ana Rojas greets her guest Luis Paz in Lima, March 1, "
                  "2024.|R:REUTERS/Ingrid Holm|" BODY_MARKS);
    assert_blocks(
        "Kenya signs trade accord with neighbours Foreign Minister Grace Otieno speaks to reporters in Nairobi on "
        "Tuesday. (AP Photo/Ingrid Holm)" BODY,
        "H:Kenya signs trade accord with neighbours|C:Foreign Minister Grace Otieno speaks to reporters in Nairobi on "
        "Tuesday.|F:(AP Photo/Ingrid Holm)|" BODY_MARKS);
    assert_blocks("Talks begin\n\nPhoto: AFP" BODY, "H:Talks begin|F:Photo: AFP|" BODY_MARKS);
}

static void bylines_name_the_author(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        { "By Ingrid Holm", "Ingrid Holm" },
        { "By INGRID HOLM Associated Press Writer", "INGRID HOLM" },
        { "By Ingrid Holm and Lars Vik in Oslo", "Ingrid Holm and Lars Vik" },
        { "By Ingrid Holm, Foreign Editor", "Ingrid Holm" },
        { "By Our Staff Reporter", "" },
        { "By Reuters", "" },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        dln_buf text;
        dln_buf_init(&text);
        dln_buf_add_format(&text, "Talks begin\n%s" BODY, pairs[i][0]);
        char *bytes = dln_buf_detach(&text);
        dateline_doc *doc = mark(bytes, NULL, "");
        if (!dln_str_is(dateline_doc_author(doc), pairs[i][1]))
            fail_msg("'%.*s' for '%s'", DLN_STR_ARG(dateline_doc_author(doc)), pairs[i][0]);
        dateline_doc_free(doc);
        dln_free(bytes);
    }
}

static void the_given_title_is_a_headline(void **state) {
    (void)state;
    assert_marks("Talks begin. The talks began on Monday.", "Talks begin",
                 "H:Talks begin.|B:The talks began on Monday.|");
    assert_marks("Talks begin\nThe talks began on Monday.", "Talks begin",
                 "H:Talks begin|B:The talks began on Monday.|");
    assert_marks("Talks begin with a quarrel.", "Talks be", "B:Talks begin with a quarrel.|");
}

/* ---------------------------------------------------------------- bylines and credits */

static void bylines(void **state) {
    (void)state;
    static const char *const lines[] = {
        "By Ingrid Holm",
        "By INGRID HOLM",
        "By Ingrid Holm and Lars de Vries",
        "By INGRID HOLM Associated Press Writer",
        "By Ingrid Holm in Oslo",
        "By Ingrid Holm, Foreign Editor",
        "By Our Staff Reporter",
        "Staff Reporter",
        "By Reuters",
        "BYLINE: Ingrid Holm.",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        dln_buf text, want;
        dln_buf_init(&text);
        dln_buf_init(&want);
        dln_buf_add_format(&text, "Talks begin in Norway\n%s\n\nThe talks began on Monday.", lines[i]);
        dln_buf_add_format(&want, "H:Talks begin in Norway|Y:%s|B:The talks began on Monday.|", lines[i]);
        char *text_bytes = dln_buf_detach(&text), *want_bytes = dln_buf_detach(&want);
        assert_blocks(text_bytes, want_bytes);
        dln_free(text_bytes);
        dln_free(want_bytes);
    }
    assert_blocks("By Monday the talks had failed.", "B:By Monday the talks had failed.|");
    assert_blocks("By noon, Ingrid Holm had left the room.", "B:By noon, Ingrid Holm had left the room.|");
}

static void credits_at_the_end(void **state) {
    (void)state;
    static const char *const credits[] = {
        "\u2013 Agencies",
        "\u2014Reuters",
        "(AP)",
        "- AFP/Reuters",
        "PTI",
        "PTI ABC DE FG",
        "[Xinhua]",
        "(With inputs from PTI)",
        "(With agency inputs)",
        "(Reporting by Ingrid Holm; Editing by Lars Vik)",
        "Ingrid Holm contributed to this report.",
    };
    for (size_t i = 0; i < sizeof credits / sizeof *credits; i++) {
        static const char *const gaps[] = { " ", "\n", "\n\n" };
        for (size_t g = 0; g < 3; g++) {
            dln_buf text, want;
            dln_buf_init(&text);
            dln_buf_init(&want);
            dln_buf_add_format(&text, "The talks began on Monday.\n\nThey ended on Friday, she said.%s%s", gaps[g],
                               credits[i]);
            dln_buf_add_format(&want, "B:The talks began on Monday.|B:They ended on Friday, she said.|R:%s|",
                               credits[i]);
            char *text_bytes = dln_buf_detach(&text), *want_bytes = dln_buf_detach(&want);
            assert_blocks(text_bytes, want_bytes);
            dln_free(text_bytes);
            dln_free(want_bytes);
        }
    }
    assert_blocks("He works for the Associated Press (AP).", "B:He works for the Associated Press (AP).|");
    assert_blocks("Who told you? Reuters did.", "B:Who told you? Reuters did.|");
    assert_blocks("They met in 2019. The year was 2020.", "B:They met in 2019. The year was 2020.|");
}

/* ---------------------------------------------------------------- furniture */

#define ARTICLE                                                                                                        \
    "The talks between the two governments began on Monday morning in a hotel at the edge of the capital, and both "   \
    "delegations said that they would stay until an accord on the river and its dams was found."

static void furniture_lines(void **state) {
    (void)state;
    static const char *const lines[] = {
        "Advertisement",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Share Tweet Email Print",
        "Share on Facebook | Share on Twitter",
        "Also read: Minister resigns over dam",
        "READ MORE: Five things to know about the river",
        "Read more \u2014 the river in pictures",
        "ALSO READ Minister resigns over dam",
        "Follow us on Twitter and Facebook",
        "Click here to subscribe",
        "Photo: Ingrid Holm/AFP",
        "(AP Photo/Ingrid Holm)",
        "Copyright 2024 The Oslo Courier. All rights reserved.",
        "\u00a9 2024 The Oslo Courier",
        "This site uses cookies to make it better.",
        "Last updated: March 12, 2024 10:30",
        "3 Comments",
        "* * *",
        "7",
        ".picture {",
        "margin-top: 4px;",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        dln_buf text, want;
        dln_buf_init(&text);
        dln_buf_init(&want);
        dln_buf_add_format(&text, ARTICLE "\n\n%s", lines[i]);
        dln_buf_add_format(&want, "B:" ARTICLE "|F:%s|", lines[i]);
        char *text_bytes = dln_buf_detach(&text), *want_bytes = dln_buf_detach(&want);
        assert_blocks(text_bytes, want_bytes);
        dln_free(text_bytes);
        dln_free(want_bytes);
    }
}

static void headings_take_what_is_below(void **state) {
    (void)state;
    assert_blocks(
        ARTICLE "\n\nYou Might Also Like\n\nMinister resigns over dam\n\nRiver rises again\n\nThe talks go on.",
        "B:" ARTICLE "|F:You Might Also Like|F:Minister resigns over dam|F:River rises again|B:The talks go on.|");
    assert_blocks(ARTICLE "\n\nComments (2)\n\nI do not believe a word of it.\n\nMe neither!",
                  "B:" ARTICLE "|F:Comments (2)|F:I do not believe a word of it.|F:Me neither!|");
    assert_blocks("Comments\n\n" ARTICLE, "F:Comments|B:" ARTICLE "|"); /* a bar above the article */
}

static void lines_behind_the_credit_are_furniture(void **state) {
    (void)state;
    assert_blocks(ARTICLE " \u2013 Agencies\n\nPress Club of the Lake\n\nWeather",
                  "B:" ARTICLE "|R:\u2013 Agencies|F:Press Club of the Lake|F:Weather|");
}

static void prose_is_no_furniture(void **state) {
    (void)state;
    static const char *const texts[] = {
        "Comments by the minister drew anger in the capital.",
        "Read more books, the minister told the pupils.",
        "Share prices fell on Monday.",
        "Advertisement spending rose by a tenth, the bureau said.",
        "Copyright law was changed last year.",
        "Related talks on the dams will begin in June.",
        "\"Read more: it helps,\" she said.",
        "Follow the money, the prosecutor told the court.",
        "Print and radio reporters were kept out of the hall.",
        "He sells the pictures on Facebook and Twitter.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        dln_buf text, want;
        dln_buf_init(&text);
        dln_buf_init(&want);
        dln_buf_add_format(&text, ARTICLE "\n\n%s\n\nThe talks go on.", texts[i]);
        dln_buf_add_format(&want, "B:" ARTICLE "|B:%s|B:The talks go on.|", texts[i]);
        char *text_bytes = dln_buf_detach(&text), *want_bytes = dln_buf_detach(&want);
        assert_blocks(text_bytes, want_bytes);
        dln_free(text_bytes);
        dln_free(want_bytes);
    }
}

/* ---------------------------------------------------------------- paragraphs and oddities */

static void wrapped_columns_are_one_paragraph(void **state) {
    (void)state;
    assert_blocks("The talks between the two governments began on Monday in\na hotel at the edge of the capital, and "
                  "both of them\nwent on.\r\n\r\nThey ended.",
                  "B:The talks between the two governments began on Monday in\na hotel at the edge of the capital, and "
                  "both of them\nwent on.|B:They ended.|");
    assert_blocks("First point.\nSecond point.", "B:First point.|B:Second point.|");
}

static void empty_texts_have_no_blocks(void **state) {
    (void)state;
    assert_blocks("", "");
    assert_blocks(" \n\t\r\n ", "");
    assert_blocks("\u2014", "F:\u2014|");
}

static void running_text_is_left_alone(void **state) {
    (void)state;
    dateline_input input = DATELINE_INPUT_INIT;
    input.text = DLN_STR("OSLO (AP) _ One.\nAdvertisement\n\nComments");
    input.running_text = true;
    dateline_doc *doc = dln_document_new(&input, NULL);
    assert_non_null(doc);
    assert_int_equal(dln_document_mark(marker, NULL, doc, NULL), DATELINE_OK);
    assert_null(dateline_doc_dateline(doc));
    assert_int_equal(dateline_doc_block(doc, 0)->span.end, 30);
    assert_int_equal(dateline_doc_block(doc, 1)->kind, DATELINE_BLOCK_BODY);
    assert_null(dateline_doc_block(doc, 2));
    dateline_doc_free(doc);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(datelines_of_the_agencies),
        cmocka_unit_test(no_datelines),
        cmocka_unit_test(a_dateline_may_stand_alone_or_behind_a_headline),
        cmocka_unit_test(headline_and_caption_on_one_line),
        cmocka_unit_test(sentences_are_not_cut_in_two),
        cmocka_unit_test(captions_with_labels_and_credits),
        cmocka_unit_test(bylines_name_the_author),
        cmocka_unit_test(the_given_title_is_a_headline),
        cmocka_unit_test(bylines),
        cmocka_unit_test(credits_at_the_end),
        cmocka_unit_test(furniture_lines),
        cmocka_unit_test(headings_take_what_is_below),
        cmocka_unit_test(lines_behind_the_credit_are_furniture),
        cmocka_unit_test(prose_is_no_furniture),
        cmocka_unit_test(wrapped_columns_are_one_paragraph),
        cmocka_unit_test(empty_texts_have_no_blocks),
        cmocka_unit_test(running_text_is_left_alone),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
