/* SPDX-License-Identifier: Apache-2.0
 * split_tokens.c: words, clitics, marks, numbers, addresses. Expected tokens are written with | between them, words of
 * a multiword token with ^. */
#include "split/split.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static dln_lexicon *lexicon;
static dln_splitter *splitter;

static int load(void **state) {
    (void)state;
    lexicon = dln_lexicon_load(MODEL_DIR "/en.lexicon", NULL, 0, NULL);
    if (lexicon != NULL) splitter = dln_splitter_new(lexicon, NULL);
    return splitter == NULL;
}

static int unload(void **state) {
    (void)state;
    dln_splitter_free(splitter);
    dln_lexicon_free(lexicon);
    return 0;
}

static dateline_doc *split(const char *text) {
    dateline_input input = DATELINE_INPUT_INIT;
    input.text = dateline_str_from(text);
    input.running_text = true;
    dateline_doc *doc = dln_document_new(&input, NULL);
    assert_non_null(doc);
    dateline_block body = { { 0, (uint32_t)doc->text.len }, DATELINE_BLOCK_BODY };
    dln_array_push(&doc->blocks, &body);
    dln_arena scratch;
    dln_arena_init(&scratch);
    assert_int_equal(dln_split(splitter, &scratch, doc, NULL), DATELINE_OK);
    dln_arena_release(&scratch);
    return doc;
}

static void expect(const char *text, const char *tokens) {
    dateline_doc *doc = split(text);
    dln_buf shown;
    dln_buf_init(&shown);
    unsigned inside = 0;
    for (size_t i = 0; i < doc->tokens.count; i++) {
        if (i > 0) dln_buf_add_char(&shown, inside > 0 ? '^' : '|');
        if (inside > 0) inside--;
        if (dln_doc_token(doc, i)->multiword > 0) inside = dln_doc_token(doc, i)->multiword - 1u;
        dln_buf_add(&shown, dln_token_form(doc, i));
    }
    dln_buf_add_char(&shown, '\0');
    assert_string_equal(shown.ptr, tokens);
    dln_buf_release(&shown);
    dateline_doc_free(doc);
}

static void clitics_are_words_of_one_token(void **state) {
    (void)state;
    expect("Peru's envoy didn't stay, we'll wait", "Peru^'s|envoy|did^n't|stay|,|we^'ll|wait");
    expect("They cannot; she\xE2\x80\x99s gone", "They|can^not|;|she^\xE2\x80\x99s|gone");
    expect("he wouldn't've gone", "he|would^n't^'ve|gone");
    expect("the strikers' demands", "the|strikers^'|demands");
    expect("a 'peace of the victors' is none", "a|'|peace|of|the|victors|'|is|none");
    expect("Sinead O'Hara of Cote d'Ivoire", "Sinead|O'Hara|of|Cote|d'Ivoire");
}

static void hyphens_part_compounds_but_not_prefixes(void **state) {
    (void)state;
    expect("a Nairobi-based anti-graft body", "a|Nairobi|-|based|anti-graft|body");
    expect("the ex-minister's e-mail of mid-March", "the|ex-minister^'s|e-mail|of|mid-March");
    expect("a three-day, 2019-2021 plan", "a|three|-|day|,|2019|-|2021|plan");
    expect("call 555-0143 or 1-800-555-0199", "call|555-0143|or|1-800-555-0199");
    expect("talks -- the first--stalled \xE2\x80\x94 again", "talks|--|the|first|--|stalled|\xE2\x80\x94|again");
}

static void stops_stay_with_abbreviations(void **state) {
    (void)state;
    expect("Mr. Ruiz of the U.S. left at 5 p.m. sharp", "Mr.|Ruiz|of|the|U.S.|left|at|5|p.m.|sharp");
    expect("No. 5 said no.", "No.|5|said|no|.");
    expect("J. K. Odinga and Lena B. Roy met.", "J.|K.|Odinga|and|Lena|B.|Roy|met|.");
    expect("maps, pens, etc. for sale, etc.", "maps|,|pens|,|etc.|for|sale|,|etc|.");
    expect("He sat. Sat. 4 May it was", "He|sat|.|Sat.|4|May|it|was");
    expect("the talks end.Next comes a vote", "the|talks|end|.|Next|comes|a|vote");
    expect("of Oslo (Norway)will speak", "of|Oslo|(|Norway|)|will|speak");
}

static void numbers_keep_their_marks(void **state) {
    (void)state;
    expect("$3,250.75 or 12% by 10:30, 4/5", "$|3,250.75|or|12|%|by|10:30|,|4/5");
    expect("5km in the 1990s on the 21st", "5|km|in|the|1990s|on|the|21st");
    expect("US$40m at 7pm", "US$|40|m|at|7|pm");
}

static void marks_run_together(void **state) {
    (void)state;
    expect("Really?! Yes... ``No,'' he said", "Really|?!|Yes|...|``|No|,|''|he|said");
    expect("a [draft] \xE2\x80\x9Cplan\xE2\x80\x9D and/or :-)",
           "a|[|draft|]|\xE2\x80\x9C|plan|\xE2\x80\x9D|and|/|or|:-)");
}

static void addresses_stay_whole(void **state) {
    (void)state;
    expect("(see http://news.example.org/a?b=1).", "(|see|http://news.example.org/a?b=1|)|.");
    expect("Write to desk@example.com, or www.example.net.", "Write|to|desk@example.com|,|or|www.example.net|.");
    expect("\"Desk\"<desk@example.com>", "\"|Desk|\"|<|desk@example.com|>");
    expect("#ceasefire, says @envoy", "#ceasefire|,|says|@envoy");
}

static void space_after_is_kept(void **state) {
    (void)state;
    dateline_doc *doc = split("Aid (food) came.");
    const bool expected[] = { true, false, false, true, false, true };
    assert_int_equal(doc->tokens.count, 6);
    for (size_t i = 0; i < 6; i++) assert_int_equal(dln_doc_token(doc, i)->space_after, expected[i]);
    dateline_doc_free(doc);
}

static void any_text_gives_ordered_tokens(void **state) {
    (void)state;
    static const uint32_t marks[] = { ' ', '.', '\'',   '-',    ',',   ':',    '"',
                                      '<', '@', 0x2019, 0x2014, 0x301, 0xFFFD, 0x1F600 };
    uint32_t seed = 7;
    for (int round = 0; round < 300; round++) {
        char text[2500];
        size_t len = 0;
        for (int i = 0; i < 600; i++) {
            seed = seed * 1664525u + 1013904223u;
            uint32_t pick = seed >> 24;
            len += dln_utf8_encode(pick < 96 ? marks[pick % 14] : pick - 95, text + len);
        }
        text[len] = '\0';
        dateline_doc *doc = split(text);
        for (size_t i = 0; i < doc->tokens.count; i++) {
            dateline_span span = dln_doc_token(doc, i)->span;
            assert_true(span.begin < span.end && span.end <= doc->text.len);
            if (i > 0) assert_true(dln_doc_token(doc, i - 1)->span.end <= span.begin);
        }
        dateline_doc_free(doc);
    }
}

/* Each would take minutes if any scan started over at every byte. */
static void long_chunks_take_linear_time(void **state) {
    (void)state;
    static const char *const units[] = { "a", "1-", "a.",           "A&", "'", ":)", "<",
                                         "@", "a-", "\xE2\x80\x99", ".1", "(", "s'" };
    size_t size = 1u << 19;
    char *text = dln_alloc(size + 8, 1);
    assert_non_null(text);
    for (size_t u = 0; u < sizeof units / sizeof units[0]; u++) {
        size_t len = strlen(units[u]), at = 0;
        for (; at + len <= size; at += len) memcpy(text + at, units[u], len);
        text[at] = '\0';
        dateline_doc *doc = split(text);
        assert_true(doc->tokens.count > 0);
        dateline_doc_free(doc);
    }
    dln_free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clitics_are_words_of_one_token),
        cmocka_unit_test(hyphens_part_compounds_but_not_prefixes),
        cmocka_unit_test(stops_stay_with_abbreviations),
        cmocka_unit_test(numbers_keep_their_marks),
        cmocka_unit_test(marks_run_together),
        cmocka_unit_test(addresses_stay_whole),
        cmocka_unit_test(space_after_is_kept),
        cmocka_unit_test(any_text_gives_ordered_tokens),
        cmocka_unit_test(long_chunks_take_linear_time),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
