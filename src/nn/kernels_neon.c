/* SPDX-License-Identifier: Apache-2.0
 * kernels_neon.c: NEON of the first 64-bit Arm processors, without the dot-product extension. */
#include "nn/nn.h"

#if defined __aarch64__
#include <arm_neon.h>

/* One quad of x, widened to signed 16-bit numbers. */
static inline int16x4_t load_quad(const uint8_t *x) {
    uint8_t bytes[8] = { x[0], x[1], x[2], x[3], 0, 0, 0, 0 };
    return vget_low_s16(vreinterpretq_s16_u16(vmovl_u8(vld1_u8(bytes))));
}

static void dense_block(const dln_matrix *matrix, uint32_t block, const uint8_t *x, int32_t *sums) {
    const int8_t *w = matrix->packed + (size_t)block * matrix->quads * 64;
    int32x4_t acc[DLN_NN_BLOCK];
    for (unsigned r = 0; r < DLN_NN_BLOCK; r++) acc[r] = vdupq_n_s32(0);
    for (uint32_t quad = 0; quad < matrix->quads; quad++, w += 64) {
        int16x4_t v = load_quad(x + (size_t)quad * DLN_NN_QUAD);
        for (unsigned r = 0; r < DLN_NN_BLOCK; r += 2) {
            int16x8_t rows = vmovl_s8(vld1_s8(w + (size_t)r * DLN_NN_QUAD));
            acc[r] = vmlal_s16(acc[r], vget_low_s16(rows), v);
            acc[r + 1] = vmlal_s16(acc[r + 1], vget_high_s16(rows), v);
        }
    }
    const int32_t *bias = matrix->bias + (size_t)block * DLN_NN_BLOCK;
    for (unsigned r = 0; r < DLN_NN_BLOCK; r++) sums[r] = bias[r] + vaddvq_s32(acc[r]);
}

static void dense(const dln_matrix *matrix, const uint8_t *x, size_t x_stride, size_t count, int32_t *sums,
                  size_t sum_stride) {
    for (uint32_t block = 0; block < matrix->row_blocks; block++)
        for (size_t t = 0; t < count; t++)
            dense_block(matrix, block, x + t * x_stride, sums + t * sum_stride + (size_t)block * DLN_NN_BLOCK);
}

static void add_row(int16_t *sums, const int8_t *row, size_t width) {
    size_t i = 0;
    for (; i + 8 <= width; i += 8) vst1q_s16(sums + i, vaddw_s8(vld1q_s16(sums + i), vld1_s8(row + i)));
    for (; i < width; i++) sums[i] = (int16_t)(sums[i] + row[i]);
}

static int32_t dot(const int8_t *a, const uint8_t *b, size_t width) {
    int32x4_t acc = vdupq_n_s32(0);
    size_t i = 0;
    for (; i + 8 <= width; i += 8) {
        int16x8_t left = vmovl_s8(vld1_s8(a + i));
        int16x8_t right = vreinterpretq_s16_u16(vmovl_u8(vld1_u8(b + i)));
        acc = vmlal_s16(acc, vget_low_s16(left), vget_low_s16(right));
        acc = vmlal_s16(acc, vget_high_s16(left), vget_high_s16(right));
    }
    int32_t sum = vaddvq_s32(acc);
    for (; i < width; i++) sum += a[i] * b[i];
    return sum;
}

const dln_kernels dln_kernels_neon = { "neon", dense, add_row, dot };
#endif
