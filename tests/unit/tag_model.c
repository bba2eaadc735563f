/* SPDX-License-Identifier: Apache-2.0
 * tag_model.c: a model file that is cut short or changed anywhere is refused, never read. */
#include "tag/tag_internal.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <stdio.h>

#define MODEL_FILE MODEL_DIR "/en.model"
#define BROKEN_FILE MODEL_DIR "/broken-test.model"

static dln_buf model_bytes(void) {
    dln_file file;
    dln_buf bytes;
    dateline_error err;
    dln_buf_init(&bytes);
    assert_int_equal(dln_file_map(&file, MODEL_FILE, &err), DATELINE_OK);
    dln_buf_add_bytes(&bytes, file.data, file.size);
    dln_file_unmap(&file);
    return bytes;
}

static dateline_status load(dateline_str bytes) {
    dateline_error err;
    dln_model model;
    assert_int_equal(dln_file_write(BROKEN_FILE, bytes, &err), DATELINE_OK);
    dateline_status status = dln_model_load(&model, BROKEN_FILE, &err);
    if (status == DATELINE_OK) dln_model_release(&model);
    else assert_int_equal(err.code, status);
    remove(BROKEN_FILE);
    return status;
}

static void put_u64(dln_buf *file, size_t at, uint64_t value) {
    for (size_t i = 0; i < 8; i++) file->ptr[at + i] = (char)(value >> (8 * i) & 0xFF);
}

/* Makes size and checksum right again, so that a change is left to the checks behind them. */
static void seal(dln_buf *file) {
    put_u64(file, 16, file->len);
    const uint8_t *body = (const uint8_t *)file->ptr + DLN_MODEL_HEADER;
    put_u64(file, 24, dln_model_checksum(body, file->len - DLN_MODEL_HEADER));
}

static void whole_file_loads(void **state) {
    (void)state;
    dln_buf bytes = model_bytes();
    assert_int_equal(load(dln_buf_str(&bytes)), DATELINE_OK);
    dln_buf_release(&bytes);
}

static void missing_file_is_refused(void **state) {
    (void)state;
    dateline_error err;
    assert_null(dln_tagger_new("/nowhere at all", NULL, &err));
    assert_int_equal(err.code, DATELINE_BAD_MODEL);
}

static void truncations_are_refused(void **state) {
    (void)state;
    dln_buf bytes = model_bytes();
    const size_t cuts[] = { 0, 1, 7, 8, 12, 16, 24, 31, 32, 33, 40, 100, 1000, bytes.len / 2, bytes.len - 1 };
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++)
        assert_int_equal(load(dln_str_slice(dln_buf_str(&bytes), 0, cuts[i])), DATELINE_BAD_MODEL);
    dln_buf_release(&bytes);
}

static void sealed_truncations_are_refused(void **state) {
    (void)state;
    dln_buf bytes = model_bytes();
    for (size_t cut = bytes.len - 1; cut > DLN_MODEL_HEADER; cut = cut * 2 / 3) {
        bytes.len = cut;
        seal(&bytes);
        assert_int_equal(load(dln_buf_str(&bytes)), DATELINE_BAD_MODEL);
    }
    dln_buf_release(&bytes);
}

static void flipped_bits_are_refused(void **state) {
    (void)state;
    dln_buf bytes = model_bytes();
    size_t at = 0;
    for (int i = 0; i < 24; i++, at = (at * 3 + 5) % bytes.len) {
        bytes.ptr[at] ^= (char)(1 << i % 8);
        assert_int_equal(load(dln_buf_str(&bytes)), DATELINE_BAD_MODEL);
        bytes.ptr[at] ^= (char)(1 << i % 8);
    }
    dln_buf_release(&bytes);
}

/* A sealed flip may be a legal other model; it must only not be read out of bounds, which the sanitizers watch. */
static void sealed_flips_do_no_harm(void **state) {
    (void)state;
    dln_buf bytes = model_bytes();
    size_t at = DLN_MODEL_HEADER, refused = 0;
    for (int i = 0; i < 24; i++) {
        bytes.ptr[at] ^= (char)(1 << i % 8);
        seal(&bytes);
        dateline_status status = load(dln_buf_str(&bytes));
        assert_true(status == DATELINE_OK || status == DATELINE_BAD_MODEL);
        refused += status == DATELINE_BAD_MODEL;
        bytes.ptr[at] ^= (char)(1 << i % 8);
        at = at < 64 ? at + 1 : DLN_MODEL_HEADER + (at * 7 + 3) % (bytes.len - DLN_MODEL_HEADER);
    }
    assert_true(refused > 0);
    dln_buf_release(&bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_file_loads),         cmocka_unit_test(missing_file_is_refused),
        cmocka_unit_test(truncations_are_refused),  cmocka_unit_test(sealed_truncations_are_refused),
        cmocka_unit_test(flipped_bits_are_refused), cmocka_unit_test(sealed_flips_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
