/* SPDX-License-Identifier: Apache-2.0
 * nn_network.c: the network against tensors that the training code stored, all kernels against each other, and model
 * files that are cut short or changed. */
#include "lexicon/lexicon.h"
#include "nn/nn.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define MODEL_FILE MODEL_DIR "/en.model"
#define TRACE_FILE SOURCE_DIR "/tests/data/en.trace"
#define BROKEN_FILE MODEL_DIR "/broken-test.model"
#define HEADER 48

enum { MAX_WORDS = DLN_NN_MAX_WORDS, SENTENCES = 1000 };

static const char *const kernel_names[] = { "ref", "avx2", "avx512", "neon" };
enum { KERNEL_COUNT = sizeof kernel_names / sizeof *kernel_names };

/* The network with a set of kernels; NULL if this machine has not got them. */
static dln_network *open_with(const char *kernels) {
    if (dln_kernels_choose(kernels) == NULL) return NULL;
    dateline_error err = { 0 };
    dln_network *network = dln_network_open(MODEL_FILE, kernels, &err);
    if (network == NULL) print_error("%s\n", err.what);
    assert_non_null(network);
    return network;
}

/* ---------------------------------------------------------------- tensors of the training code */

/* tests/data/en.trace, written by train/trace.py: u64 checksum of the model; then, for each sentence, u32 words, each
 * u16 length and bytes; u32 tensors, each u8 name length, name, u8 bytes a number, u32 rows, u32 columns, numbers. */
typedef struct {
    dln_reader reader;
    uint32_t tensors_left, compared;
} trace_check;

static int64_t number_at(const void *data, size_t item_size, size_t i) {
    if (item_size == 1) return ((const uint8_t *)data)[i];
    if (item_size == 4) return ((const int32_t *)data)[i];
    return ((const int64_t *)data)[i];
}

static int64_t next_number(dln_reader *reader, size_t item_size) {
    if (item_size == 1) return dln_reader_u8(reader);
    if (item_size == 4) return (int32_t)dln_reader_u32(reader);
    return (int64_t)dln_reader_u64(reader);
}

/* Tensors come in one order on both sides. */
static void compare(void *user, const char *name, const void *data, size_t rows, size_t columns, size_t stride,
                    size_t item_size) {
    trace_check *check = user;
    dln_reader *reader = &check->reader;
    assert_true(check->tensors_left-- > 0);
    size_t len = dln_reader_u8(reader);
    const char *wanted = dln_reader_bytes(reader, len);
    assert_true(len == strlen(name) && memcmp(wanted, name, len) == 0);
    assert_int_equal(dln_reader_u8(reader), item_size);
    assert_int_equal(dln_reader_u32(reader), rows);
    assert_int_equal(dln_reader_u32(reader), columns);
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < columns; c++)
            assert_int_equal(number_at(data, item_size, r * stride + c), next_number(reader, item_size));
    check->compared++;
}

static void check_trace(const dln_network *network, dln_reader reader) {
    trace_check check = { .reader = reader };
    assert_int_equal(dln_reader_u64(&check.reader), dln_network_checksum(network));
    while (check.reader.at < check.reader.end) {
        dateline_str words[MAX_WORDS];
        dln_reading readings[MAX_WORDS];
        uint32_t count = dln_reader_u32(&check.reader);
        assert_in_range(count, 1, MAX_WORDS);
        for (uint32_t i = 0; i < count; i++) {
            words[i].len = dln_reader_u16(&check.reader);
            words[i].ptr = dln_reader_bytes(&check.reader, words[i].len);
        }
        check.tensors_left = dln_reader_u32(&check.reader);
        dln_arena scratch;
        dln_arena_init(&scratch);
        dateline_error err;
        assert_int_equal(dln_network_trace(network, &scratch, words, count, readings, compare, &check, &err),
                         DATELINE_OK);
        assert_int_equal(check.tensors_left, 0);
        for (uint32_t i = 0; i < count; i++) {
            assert_int_equal(readings[i].morph, dln_reader_u32(&check.reader));
            assert_int_equal(readings[i].head, dln_reader_u32(&check.reader));
            assert_int_equal(readings[i].label, dln_reader_u32(&check.reader));
            assert_int_equal(readings[i].entity, dln_reader_u32(&check.reader));
        }
        dln_arena_release(&scratch);
    }
    assert_int_equal(check.reader.status, DATELINE_OK);
    assert_true(check.compared >= 20);
}

static void layers_agree_with_training(void **state) {
    (void)state;
    dln_file file;
    dateline_error err;
    assert_int_equal(dln_file_map(&file, TRACE_FILE, &err), DATELINE_OK);
    for (size_t k = 0; k < KERNEL_COUNT; k++) {
        dln_network *network = open_with(kernel_names[k]);
        if (network == NULL) continue;
        check_trace(network, dln_reader_of(file.data, file.size));
        dln_network_close(network);
    }
    dln_file_unmap(&file);
}

/* ---------------------------------------------------------------- kernels end to end */

typedef struct {
    dln_array words;   /* dateline_str */
    dln_array lengths; /* uint32_t */
} sentences;

/* The lexicons' example sentences, then their halves, until there are enough. */
static void collect(sentences *out, const dln_lexicon *lexicon) {
    dln_array_init(&out->words, sizeof(dateline_str));
    dln_array_init(&out->lengths, sizeof(uint32_t));
    for (unsigned start = 0; start < 8 && out->lengths.count < SENTENCES; start++) {
        uint32_t first, count = dln_lexicon_kind(lexicon, "event", &first);
        for (uint32_t e = first; e < first + count && out->lengths.count < SENTENCES; e++) {
            dateline_str rest = dln_entry_value(lexicon, e, "example", 0);
            uint32_t length = 0, skipped = 0;
            while (rest.ptr != NULL && length < MAX_WORDS) {
                dateline_str word = dln_str_part(&rest, ' ');
                if (word.len == 0 || skipped++ < start) continue;
                assert_true(dln_array_push(&out->words, &word));
                length++;
            }
            if (length > 0) assert_true(dln_array_push(&out->lengths, &length));
        }
    }
    assert_int_equal(out->lengths.count, SENTENCES);
}

static dln_reading *read_all(const dln_network *network, const sentences *all, dln_arena *scratch) {
    dateline_error err;
    dln_reading *readings = dln_arena_alloc(scratch, all->words.count, sizeof *readings);
    assert_non_null(readings);
    assert_int_equal(
        dln_network_read(network, scratch, all->words.items, all->lengths.items, all->lengths.count, readings, &err),
        DATELINE_OK);
    return readings;
}

static void kernels_agree(void **state) {
    (void)state;
    dateline_error err;
    dln_lexicon *lexicon = dln_lexicon_load(MODEL_DIR "/en.lexicon", NULL, 0, &err);
    assert_non_null(lexicon);
    sentences all;
    collect(&all, lexicon);
    dln_network *ref = open_with("ref");
    dln_arena scratch;
    dln_arena_init(&scratch);
    const dln_reading *expected = read_all(ref, &all, &scratch);
    for (size_t k = 1; k < KERNEL_COUNT; k++) {
        dln_network *network = open_with(kernel_names[k]);
        if (network == NULL) continue;
        assert_memory_equal(read_all(network, &all, &scratch), expected, all.words.count * sizeof *expected);
        dln_network_close(network);
    }
    dln_arena_release(&scratch);
    dln_array_release(&all.words);
    dln_array_release(&all.lengths);
    dln_network_close(ref);
    dln_lexicon_free(lexicon);
}

/* What stands beside a sentence changes nothing in it. */
static void batches_change_nothing(void **state) {
    (void)state;
    dateline_error err;
    dln_lexicon *lexicon = dln_lexicon_load(MODEL_DIR "/en.lexicon", NULL, 0, &err);
    assert_non_null(lexicon);
    sentences all;
    collect(&all, lexicon);
    dln_network *network = open_with(NULL);
    dln_arena scratch, single;
    dln_arena_init(&scratch);
    dln_arena_init(&single);
    const dln_reading *expected = read_all(network, &all, &scratch);
    const uint32_t *lengths = all.lengths.items;
    for (size_t k = 0, at = 0; k < all.lengths.count; at += lengths[k++]) {
        dln_reading readings[MAX_WORDS];
        const dateline_str *words = (const dateline_str *)all.words.items + at;
        assert_int_equal(dln_network_read(network, &single, words, &lengths[k], 1, readings, &err), DATELINE_OK);
        assert_memory_equal(readings, expected + at, lengths[k] * sizeof *readings);
        dln_arena_clear(&single);
    }
    dln_arena_release(&single);
    dln_arena_release(&scratch);
    dln_array_release(&all.words);
    dln_array_release(&all.lengths);
    dln_network_close(network);
    dln_lexicon_free(lexicon);
}

/* ---------------------------------------------------------------- damaged files */

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

/* Opens what the bytes say and, if that is a network, reads a sentence with it. */
static dateline_status open_bytes(dateline_str bytes) {
    dateline_error err = { 0 };
    assert_int_equal(dln_file_write(BROKEN_FILE, bytes, &err), DATELINE_OK);
    dln_network *network = dln_network_open(BROKEN_FILE, "ref", &err);
    remove(BROKEN_FILE);
    if (network == NULL) return err.code;
    const dateline_str words[] = { DLN_STR("Peru"), DLN_STR("expelled"), DLN_STR("two"), DLN_STR("diplomats"),
                                   DLN_STR(".") };
    const uint32_t length = 5;
    dln_reading readings[5];
    dln_arena scratch;
    dln_arena_init(&scratch);
    assert_int_equal(dln_network_read(network, &scratch, words, &length, 1, readings, &err), DATELINE_OK);
    dln_arena_release(&scratch);
    dln_network_close(network);
    return DATELINE_OK;
}

static void put_u64(dln_buf *file, size_t at, uint64_t value) {
    for (size_t i = 0; i < 8; i++) file->ptr[at + i] = (char)(value >> (8 * i) & 0xFF);
}

/* The checksum of models/FORMAT.md, so that a change is left to the checks behind it. */
static void seal(dln_buf *file) {
    uint64_t lane[4] = { 0x9E3779B97F4A7C15u, 0xC2B2AE3D27D4EB4Fu, 0x165667B19E3779F9u, 0x27D4EB2F165667C5u };
    for (size_t at = HEADER; at + 32 <= file->len; at += 32) {
        dln_reader words = dln_reader_of(file->ptr + at, 32);
        for (unsigned i = 0; i < 4; i++) lane[i] = (lane[i] ^ dln_reader_u64(&words)) * 0x100000001B3u;
    }
    uint64_t h = file->len - HEADER;
    for (unsigned i = 0; i < 4; i++) {
        h = (h ^ lane[i]) * 0x100000001B3u;
        h ^= h >> 29;
    }
    put_u64(file, 16, file->len);
    put_u64(file, 24, h);
}

static void missing_file_is_refused(void **state) {
    (void)state;
    dateline_error err = { 0 };
    assert_null(dln_network_open("nowhere at all", NULL, &err));
    assert_int_equal(err.code, DATELINE_BAD_MODEL);
    assert_null(dln_network_open(MODEL_FILE, "abacus", &err));
    assert_int_equal(err.code, DATELINE_BAD_ARGUMENT);
}

static void truncations_are_refused(void **state) {
    (void)state;
    dln_buf bytes = model_bytes();
    assert_int_equal(open_bytes(dln_buf_str(&bytes)), DATELINE_OK);
    const size_t cuts[] = { 0, 1, 7, 8, 12, 16, 24, 31, 47, 48, 49, 80, 100, 1000, bytes.len / 2, bytes.len - 1 };
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++)
        assert_int_equal(open_bytes(dln_str_slice(dln_buf_str(&bytes), 0, cuts[i])), DATELINE_BAD_MODEL);
    for (size_t cut = (bytes.len - HEADER) / 64 * 32 + HEADER; cut > HEADER; cut = (cut - HEADER) / 64 * 32 + HEADER) {
        bytes.len = cut;
        seal(&bytes);
        assert_int_equal(open_bytes(dln_buf_str(&bytes)), DATELINE_BAD_MODEL);
        if (cut == HEADER + 32) break;
    }
    dln_buf_release(&bytes);
}

static void flipped_bits_are_refused(void **state) {
    (void)state;
    dln_buf bytes = model_bytes();
    size_t at = 0;
    for (int i = 0; i < 24; i++, at = (at * 3 + 5) % bytes.len) {
        if (at >= 32 && at < HEADER) continue; /* reserved: nothing reads it */
        bytes.ptr[at] ^= (char)(1 << i % 8);
        assert_int_equal(open_bytes(dln_buf_str(&bytes)), DATELINE_BAD_MODEL);
        bytes.ptr[at] ^= (char)(1 << i % 8);
    }
    dln_buf_release(&bytes);
}

/* A sealed change may make a legal other network; it must only never be read out of bounds, which sanitizers watch. */
static void sealed_changes_do_no_harm(void **state) {
    (void)state;
    dln_buf bytes = model_bytes();
    size_t refused = 0, table_end = HEADER + 32 * 40;
    for (int i = 0; i < 60; i++) {
        size_t at = HEADER + (size_t)i * 97 % (table_end - HEADER + 2000);
        bytes.ptr[at] ^= (char)(1 << i % 8);
        seal(&bytes);
        dateline_status status = open_bytes(dln_buf_str(&bytes));
        assert_true(status == DATELINE_OK || status == DATELINE_BAD_MODEL);
        refused += status == DATELINE_BAD_MODEL;
        bytes.ptr[at] ^= (char)(1 << i % 8);
    }
    assert_true(refused > 0);
    dln_buf_release(&bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layers_agree_with_training), cmocka_unit_test(kernels_agree),
        cmocka_unit_test(batches_change_nothing),     cmocka_unit_test(missing_file_is_refused),
        cmocka_unit_test(truncations_are_refused),    cmocka_unit_test(flipped_bits_are_refused),
        cmocka_unit_test(sealed_changes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
