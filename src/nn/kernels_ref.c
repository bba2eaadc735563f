/* SPDX-License-Identifier: Apache-2.0
 * kernels_ref.c: the definition. What the other kernels compute, in plain C. */
#include "nn/nn.h"

static void dense_block(const dln_matrix *matrix, uint32_t block, const uint8_t *x, int32_t *sums) {
    const int8_t *w = matrix->packed + (size_t)block * matrix->quads * (DLN_NN_BLOCK * DLN_NN_QUAD);
    memcpy(sums, matrix->bias + (size_t)block * DLN_NN_BLOCK, DLN_NN_BLOCK * sizeof *sums);
    for (uint32_t quad = 0; quad < matrix->quads; quad++, x += DLN_NN_QUAD)
        for (unsigned r = 0; r < DLN_NN_BLOCK; r++, w += DLN_NN_QUAD)
            sums[r] += x[0] * w[0] + x[1] * w[1] + x[2] * w[2] + x[3] * w[3];
}

static void dense(const dln_matrix *matrix, const uint8_t *x, size_t x_stride, size_t count, int32_t *sums,
                  size_t sum_stride) {
    for (size_t t = 0; t < count; t++)
        for (uint32_t block = 0; block < matrix->row_blocks; block++)
            dense_block(matrix, block, x + t * x_stride, sums + t * sum_stride + (size_t)block * DLN_NN_BLOCK);
}

static void add_row(int16_t *sums, const int8_t *row, size_t width) {
    for (size_t i = 0; i < width; i++) sums[i] = (int16_t)(sums[i] + row[i]);
}

static int32_t dot(const int8_t *a, const uint8_t *b, size_t width) {
    int32_t sum = 0;
    for (size_t i = 0; i < width; i++) sum += a[i] * b[i];
    return sum;
}

const dln_kernels dln_kernels_ref = { "ref", dense, add_row, dot };
