/* SPDX-License-Identifier: Apache-2.0
 * Checking, compiling, loading and overriding, with files in the folder that the test runs in. */
#include "lexicon/lexicon.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define KINDS                                                                                                          \
    "kind: kind\nkind|optional:required;optional;repeat;phrases\nkey|optional:form;values;of\n"                        \
    "actor|required:code|optional:from;to;wikidata;office;example\nmark|phrases:free\noffice|repeat:yes\n"             \
    "kind: key\nfrom;to|form:date\nwikidata|form:qid\ncode|values:PER;CHN\nactor.office|of:office\n"                   \
    "kind: office\nmayor\nmayor\n"

static const char base_path[] = "lexicon_check_base.txt", user_path[] = "lexicon_check_user.txt",
                  image_path[] = "lexicon_check.image";

static void write_file(const char *path, const char *text) {
    assert_int_equal(dln_file_write(path, dateline_str_from(text), NULL), DATELINE_OK);
}

typedef struct {
    unsigned errors, warnings, line;
    char message[256]; /* the first */
} tally;

static void count_finding(void *user, const char *file, uint32_t line, bool is_error, const char *message) {
    tally *t = user;
    assert_true(strlen(file) > 0 && strlen(message) > 0);
    t->errors += is_error;
    t->warnings += !is_error;
    if (t->errors + t->warnings > 1) return;
    t->line = line;
    snprintf(t->message, sizeof t->message, "%s", message);
}

static tally check_texts(const char *base, const char *user) {
    tally t = { 0 };
    const char *paths[] = { base_path, user_path };
    write_file(base_path, base);
    write_file(user_path, user);
    dateline_error err = { 0 };
    dateline_status status = dln_lexicon_check(NULL, paths, 2, NULL, NULL, count_finding, &t, &err);
    assert_int_equal(status, t.errors > 0 ? DATELINE_BAD_LEXICON : DATELINE_OK);
    assert_int_equal(err.code, status);
    return t;
}

/* A lexicon with one fault on its last line, and words of the message that names it. */
typedef struct {
    const char *text, *says;
} mistake;

static const mistake mistakes[] = {
    { "Ana | code: PER\n", "before the first 'kind: …' line" },
    { "kind: No Body\n", "a kind's name has small letters" },
    { "kind: nobody\nAna\n", "unknown kind 'nobody'" },
    { "kind: actor\nAna | code: PER | colour: red\n", "no key 'colour': use from, to, wikidata, office, example" },
    { "kind: actor\nAna\n", "needs a key 'code'" },
    { "kind: actor\nAna | code: XXX\n", "'XXX' is no value of 'code': use PER, CHN" },
    { "kind: actor\nAna | code: PER | from: 2023-02-30\n", "should be a date: use YYYY-MM-DD" },
    { "kind: actor\nAna | code: PER | from: 2023-1\n", "should be a date" },
    { "kind: actor\nAna | code: PER | wikidata: Q07\n", "should be a qid" },
    { "kind: actor\nAna | code: PER | from: 2024-05 | to: 2024-04-30\n", "is later than" },
    { "kind: actor\nAna | code: PER\nAna | code: CHN\n", "stands already in lexicon_check_user.txt:2" },
    { "kind: actor\nAna; Ana | code: PER\n", "'Ana' stands twice" },
    { "kind: actor\nAna | code: PER | office: pirate\n", "names no entry of kind 'office'" },
    { "kind: actor\n-- | code: PER\n", "'--' cannot be found" },
    { "kind: actor\nAna; | code: PER\n", "empty phrase" },
    { "kind: actor\nAna | code:\n", "empty value of 'code'" },
    { "kind: actor\nAna | code: PER | Peru\n", "'Peru' is no 'key: value'" },
    { "kind: actor\n\n | code: PER\n", "a line of fields needs an entry above it" },
    { "kind: actor\nAn\xFF | code: PER\n", "not UTF-8" },
};

static uint32_t last_line(const char *text) {
    uint32_t lines = 0;
    for (; *text != '\0'; text++) lines += *text == '\n';
    return lines;
}

static void finds_each_kind_of_mistake(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        tally t = check_texts(KINDS, mistakes[i].text);
        bool told = strstr(t.message, mistakes[i].says) != NULL && t.line == last_line(mistakes[i].text);
        if (t.errors == 0 || !told) fail_msg("%s gives %u: %s", mistakes[i].text, (unsigned)t.line, t.message);
    }
}

static void accepts_what_is_right(void **state) {
    (void)state;
    tally t = check_texts(KINDS, "kind: actor\nAna | code: PER | from: 2023-02 | to: 2023-02-28 | office: mayor\n"
                                 "Ana | code: PER | from: 2024 | wikidata: Q17\nkind: mark\n***\n");
    assert_int_equal(t.errors, 0);
    assert_int_equal(t.warnings, 0);
    t = check_texts(KINDS, "kind: actor\nAna | code: PER | wikidata: Q17\nBo | code: CHN | wikidata: Q17\n");
    assert_int_equal(t.warnings, 1);
}

static bool judge_second(void *user, const dln_lexicon *lexicon, uint32_t entry, uint32_t i, char *why,
                         size_t why_size) {
    (*(unsigned *)user)++;
    snprintf(why, why_size, "not so");
    return !dln_str_is(dln_entry_value(lexicon, entry, "example", i), "bad");
}

static void judges_examples(void **state) {
    (void)state;
    const char *paths[] = { base_path, user_path };
    unsigned asked = 0;
    tally t = { 0 };
    write_file(base_path, KINDS);
    write_file(user_path, "kind: actor\nAna | code: PER | example: good; bad\n");
    assert_int_equal(dln_lexicon_check(NULL, paths, 2, judge_second, &asked, count_finding, &t, NULL),
                     DATELINE_BAD_LEXICON);
    assert_int_equal(asked, 2);
    assert_int_equal(t.errors, 1);
}

static dln_lexicon *load_over_base(const char *base, const char *user) {
    const char *base_paths[] = { base_path }, *user_paths[] = { user_path };
    write_file(base_path, base);
    write_file(user_path, user);
    dateline_error err = { 0 };
    if (dateline_lexicon_compile(base_paths, 1, image_path, NULL, NULL, &err) != DATELINE_OK) fail_msg("%s", err.what);
    return dln_lexicon_load(image_path, user_paths, 1, &err);
}

static void later_lexicons_replace_and_remove(void **state) {
    (void)state;
    dln_lexicon *lexicon =
        load_over_base(KINDS "kind: actor\nAna | code: PER | from: 2001\nAna | code: PER\n"
                             "Bo | code: CHN | from: 2001\nBo | code: CHN | from: 2005\nCy | code: CHN\n",
                       "kind: actor\nAna | code: CHN\nBo | action: remove\nDi | code: PER\n");
    assert_non_null(lexicon);
    uint32_t first;
    assert_int_equal(dln_lexicon_kind(lexicon, "actor", &first), 4);
    assert_true(dln_str_is(dln_entry_value(lexicon, first, "from", 0), "2001"));
    assert_true(dln_str_is(dln_entry_phrase(lexicon, first + 1, 0), "Cy"));
    assert_true(dln_str_is(dln_entry_phrase(lexicon, first + 2, 0), "Ana"));
    assert_true(dln_str_is(dln_entry_value(lexicon, first + 2, "code", 0), "CHN"));
    assert_true(dln_str_is(dln_entry_file(lexicon, first + 2), user_path));
    assert_true(dln_str_is(dln_entry_phrase(lexicon, first + 3, 0), "Di"));
    dln_lexicon_free(lexicon);
}

static void a_wrong_user_lexicon_is_refused(void **state) {
    (void)state;
    assert_null(load_over_base(KINDS, "kind: actor\nAna | code: XXX\n"));
    const char *missing[] = { "no/such/file.txt" };
    dateline_error err = { 0 };
    assert_null(dln_lexicon_load(image_path, missing, 1, &err));
    assert_int_equal(err.code, DATELINE_BAD_LEXICON);
    assert_null(dln_lexicon_load("no/such.image", NULL, 0, &err));
    assert_int_equal(err.code, DATELINE_BAD_LEXICON);
}

/* Every byte changed, every length: refused or read, never a crash. */
static void damaged_images_are_refused(void **state) {
    (void)state;
    dln_lexicon *whole = load_over_base(KINDS, "kind: actor\nAna | code: PER\n");
    assert_non_null(whole);
    dln_lexicon_free(whole);
    dln_file file;
    assert_int_equal(dln_file_map(&file, image_path, NULL), DATELINE_OK);
    char *bytes = dln_alloc(file.size, 1);
    memcpy(bytes, file.data, file.size);
    size_t size = file.size;
    dln_file_unmap(&file);
    for (size_t i = 0; i < size; i += 3) {
        bytes[i] = (char)(bytes[i] ^ 0x15);
        assert_int_equal(dln_file_write(image_path, (dateline_str){ bytes, size }, NULL), DATELINE_OK);
        assert_null(dln_lexicon_load(image_path, NULL, 0, NULL));
        bytes[i] = (char)(bytes[i] ^ 0x15);
        assert_int_equal(dln_file_write(image_path, (dateline_str){ bytes, i }, NULL), DATELINE_OK);
        assert_null(dln_lexicon_load(image_path, NULL, 0, NULL));
    }
    dln_free(bytes);
}

/* Numbers out of range under a checksum that is right. */
static void forged_images_are_refused(void **state) {
    (void)state;
    dln_lexicon_free(load_over_base(KINDS, "kind: actor\nAna | code: PER\n"));
    dln_file file;
    assert_int_equal(dln_file_map(&file, image_path, NULL), DATELINE_OK);
    size_t size = file.size;
    char *bytes = dln_alloc(size, 1);
    memcpy(bytes, file.data, size);
    dln_file_unmap(&file);
    enum { HEADER = 40, TABLES = 600 };
    for (size_t i = HEADER; i + 4 < HEADER + TABLES; i += 4) {
        char before[4];
        memcpy(before, bytes + i, 4);
        memset(bytes + i, 0xFF, 4);
        uint64_t checksum = dln_checksum(bytes + HEADER, size - HEADER);
        for (unsigned b = 0; b < 8; b++) bytes[32 + b] = (char)(checksum >> (8 * b));
        assert_int_equal(dln_file_write(image_path, (dateline_str){ bytes, size }, NULL), DATELINE_OK);
        dln_lexicon_free(dln_lexicon_load(image_path, NULL, 0, NULL)); /* a line number may be anything */
        memcpy(bytes + i, before, 4);
    }
    memset(bytes + HEADER, 0xFF, 4); /* the first kind's name */
    uint64_t checksum = dln_checksum(bytes + HEADER, size - HEADER);
    for (unsigned b = 0; b < 8; b++) bytes[32 + b] = (char)(checksum >> (8 * b));
    assert_int_equal(dln_file_write(image_path, (dateline_str){ bytes, size }, NULL), DATELINE_OK);
    assert_null(dln_lexicon_load(image_path, NULL, 0, NULL));
    dln_free(bytes);
}

static void our_own_lexicons_are_right(void **state) {
    (void)state;
    const char *paths[] = { SOURCE_DIR "/lexicons/en" };
    tally t = { 0 };
    dateline_error err = { 0 };
    if (dln_lexicon_check(NULL, paths, 1, NULL, NULL, count_finding, &t, &err) != DATELINE_OK) fail_msg("%s", err.what);
}

#ifdef DATELINE_FAULTS
static void every_failed_allocation_is_reported(void **state) {
    (void)state;
    const char *user_paths[] = { user_path };
    dln_lexicon_free(load_over_base(KINDS, "kind: actor\nAna \\; B | code: PER\n"));
    for (uint64_t n = 1;; n++) {
        dateline_error err = { 0 };
        dln_alloc_fail(n, n % 2 == 0);
        dln_lexicon *lexicon = dln_lexicon_load(image_path, user_paths, 1, &err);
        const char *kinds[] = { "actor" };
        dln_finder *finder = lexicon == NULL ? NULL : dln_finder_new(lexicon, kinds, 1, &err);
        dln_alloc_fail(0, false);
        bool done = finder != NULL;
        if (!done) assert_int_equal(err.code, DATELINE_NO_MEMORY);
        dln_finder_free(finder);
        dln_lexicon_free(lexicon);
        if (done) break;
    }
}
#endif

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_each_kind_of_mistake),
        cmocka_unit_test(accepts_what_is_right),
        cmocka_unit_test(judges_examples),
        cmocka_unit_test(later_lexicons_replace_and_remove),
        cmocka_unit_test(a_wrong_user_lexicon_is_refused),
        cmocka_unit_test(damaged_images_are_refused),
        cmocka_unit_test(forged_images_are_refused),
        cmocka_unit_test(our_own_lexicons_are_right),
#ifdef DATELINE_FAULTS
        cmocka_unit_test(every_failed_allocation_is_reported),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
