/* SPDX-License-Identifier: Apache-2.0
 * kernels_avx512.c: AVX-512 with VNNI. One instruction multiplies 64 bytes and adds them to 16 sums, without
 * saturation. */
#include "nn/nn.h"

#if defined __x86_64__
#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))

TARGET static inline __m512i broadcast_quad(const uint8_t *x) {
    int32_t quad;
    memcpy(&quad, x, sizeof quad);
    return _mm512_set1_epi32(quad);
}

/* Four rows of x against four blocks of the matrix: 16 sums registers, as many as hide the latency. */
TARGET static void tile_4x4(const dln_matrix *matrix, uint32_t block, const uint8_t *x, size_t x_stride, int32_t *sums,
                            size_t sum_stride) {
    size_t step = (size_t)matrix->quads * 64;
    const int8_t *w = matrix->packed + block * step;
    __m512i acc[4][4];
    for (unsigned b = 0; b < 4; b++) {
        __m512i bias = _mm512_loadu_si512(matrix->bias + (block + b) * DLN_NN_BLOCK);
        for (unsigned t = 0; t < 4; t++) acc[t][b] = bias;
    }
    for (uint32_t quad = 0; quad < matrix->quads; quad++, w += 64) {
        __m512i w0 = _mm512_load_si512(w), w1 = _mm512_load_si512(w + step);
        __m512i w2 = _mm512_load_si512(w + 2 * step), w3 = _mm512_load_si512(w + 3 * step);
        for (unsigned t = 0; t < 4; t++) {
            __m512i v = broadcast_quad(x + t * x_stride + (size_t)quad * DLN_NN_QUAD);
            acc[t][0] = _mm512_dpbusd_epi32(acc[t][0], v, w0);
            acc[t][1] = _mm512_dpbusd_epi32(acc[t][1], v, w1);
            acc[t][2] = _mm512_dpbusd_epi32(acc[t][2], v, w2);
            acc[t][3] = _mm512_dpbusd_epi32(acc[t][3], v, w3);
        }
    }
    for (unsigned t = 0; t < 4; t++)
        for (unsigned b = 0; b < 4; b++)
            _mm512_storeu_si512(sums + t * sum_stride + (size_t)(block + b) * DLN_NN_BLOCK, acc[t][b]);
}

TARGET static void tile_1x1(const dln_matrix *matrix, uint32_t block, const uint8_t *x, int32_t *sums) {
    const int8_t *w = matrix->packed + (size_t)block * matrix->quads * 64;
    __m512i acc = _mm512_loadu_si512(matrix->bias + (size_t)block * DLN_NN_BLOCK);
    for (uint32_t quad = 0; quad < matrix->quads; quad++, w += 64)
        acc = _mm512_dpbusd_epi32(acc, broadcast_quad(x + (size_t)quad * DLN_NN_QUAD), _mm512_load_si512(w));
    _mm512_storeu_si512(sums + (size_t)block * DLN_NN_BLOCK, acc);
}

TARGET static void dense(const dln_matrix *matrix, const uint8_t *x, size_t x_stride, size_t count, int32_t *sums,
                         size_t sum_stride) {
    uint32_t block = 0;
    for (; block + 4 <= matrix->row_blocks; block += 4) {
        size_t t = 0;
        for (; t + 4 <= count; t += 4)
            tile_4x4(matrix, block, x + t * x_stride, x_stride, sums + t * sum_stride, sum_stride);
        for (; t < count; t++)
            for (uint32_t b = block; b < block + 4; b++) tile_1x1(matrix, b, x + t * x_stride, sums + t * sum_stride);
    }
    for (; block < matrix->row_blocks; block++)
        for (size_t t = 0; t < count; t++) tile_1x1(matrix, block, x + t * x_stride, sums + t * sum_stride);
}

TARGET static void add_row(int16_t *sums, const int8_t *row, size_t width) {
    size_t i = 0;
    for (; i + 32 <= width; i += 32) {
        __m512i wide = _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)(row + i)));
        _mm512_storeu_si512(sums + i, _mm512_add_epi16(_mm512_loadu_si512(sums + i), wide));
    }
    for (; i < width; i++) sums[i] = (int16_t)(sums[i] + row[i]);
}

TARGET static int32_t dot(const int8_t *a, const uint8_t *b, size_t width) {
    __m512i acc = _mm512_setzero_si512();
    size_t i = 0;
    for (; i + 64 <= width; i += 64)
        acc = _mm512_dpbusd_epi32(acc, _mm512_loadu_si512(b + i), _mm512_loadu_si512(a + i));
    int32_t sum = _mm512_reduce_add_epi32(acc);
    for (; i < width; i++) sum += a[i] * b[i];
    return sum;
}

const dln_kernels dln_kernels_avx512 = { "avx512", dense, add_row, dot };
#endif
