/* SPDX-License-Identifier: Apache-2.0 */
#include "nn/nn.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MAX_ROWS = 130, MAX_COLUMNS = 520, MAX_COUNT = 11 };

static uint32_t state_of_noise = 1;

/* xorshift32: Marsaglia 2003. */
static uint32_t noise(void) {
    state_of_noise ^= state_of_noise << 13;
    state_of_noise ^= state_of_noise >> 17;
    state_of_noise ^= state_of_noise << 5;
    return state_of_noise;
}

static const char *const names[] = { "avx2", "avx512", "neon" };

/* Extreme values in every other trial: sums of 16 bits would saturate there. */
static int8_t weight(bool extreme) {
    return extreme ? (int8_t)(noise() % 2 == 0 ? 127 : -127) : (int8_t)((int)(noise() % 255) - 127);
}

static void check_dense(const dln_kernels *kernels, uint32_t rows, uint32_t columns, size_t count, bool extreme) {
    int8_t *weights = malloc((size_t)rows * columns),
           *packed = aligned_alloc(64, dln_matrix_packed_size(rows, columns));
    size_t stride = (columns + 3) / 4 * 4, sum_stride = (rows + 15) / 16 * 16;
    uint8_t *x = malloc(stride * count);
    int32_t *bias = calloc(sum_stride, sizeof *bias);
    int32_t *expected = calloc(sum_stride * count, sizeof *expected), *got = calloc(sum_stride * count, sizeof *got);
    for (size_t i = 0; i < (size_t)rows * columns; i++) weights[i] = weight(extreme);
    for (size_t i = 0; i < stride * count; i++) x[i] = extreme ? 255 : (uint8_t)noise();
    for (uint32_t r = 0; r < rows; r++) bias[r] = (int32_t)(noise() % 2000001) - 1000000;
    dln_matrix_pack(packed, weights, rows, columns);
    dln_matrix matrix = { packed, bias, rows, columns, (rows + 15) / 16, (columns + 3) / 4 };
    dln_kernels_ref.dense(&matrix, x, stride, count, expected, sum_stride);
    for (uint32_t r = 0; r < rows; r++) { /* the definition itself, against the unpacked matrix */
        int32_t sum = bias[r];
        for (uint32_t c = 0; c < columns; c++) sum += x[c] * weights[(size_t)r * columns + c];
        assert_int_equal(expected[r], sum);
    }
    kernels->dense(&matrix, x, stride, count, got, sum_stride);
    assert_memory_equal(expected, got, sum_stride * count * sizeof *got);
    free(weights);
    free(packed);
    free(x);
    free(bias);
    free(expected);
    free(got);
}

static void dense_agrees(void **state) {
    (void)state;
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        const dln_kernels *kernels = dln_kernels_choose(names[n]);
        if (kernels == NULL) continue;
        for (unsigned trial = 0; trial < 60; trial++)
            check_dense(kernels, 1 + noise() % MAX_ROWS, 1 + noise() % MAX_COLUMNS, 1 + noise() % MAX_COUNT,
                        trial % 2 == 1);
    }
}

static void rows_and_dots_agree(void **state) {
    (void)state;
    int8_t row[MAX_COLUMNS];
    uint8_t other[MAX_COLUMNS];
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        const dln_kernels *kernels = dln_kernels_choose(names[n]);
        if (kernels == NULL) continue;
        for (size_t width = 16; width <= MAX_COLUMNS; width += 16) {
            int16_t expected[MAX_COLUMNS] = { 0 }, got[MAX_COLUMNS] = { 0 };
            for (size_t i = 0; i < width; i++) {
                row[i] = weight(width % 32 == 0);
                other[i] = (uint8_t)(width % 32 == 0 ? 255 : noise());
                expected[i] = got[i] = (int16_t)(noise() % 4000);
            }
            dln_kernels_ref.add_row(expected, row, width);
            kernels->add_row(got, row, width);
            assert_memory_equal(expected, got, sizeof got);
            assert_int_equal(kernels->dot(row, other, width), dln_kernels_ref.dot(row, other, width));
        }
    }
}

static void names_are_known(void **state) {
    (void)state;
    assert_string_equal(dln_kernels_choose("ref")->name, "ref");
    assert_non_null(dln_kernels_choose(NULL));
    assert_ptr_equal(dln_kernels_choose("auto"), dln_kernels_choose(NULL));
    assert_null(dln_kernels_choose("abacus"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dense_agrees),
        cmocka_unit_test(rows_and_dots_agree),
        cmocka_unit_test(names_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
