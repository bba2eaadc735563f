/* SPDX-License-Identifier: Apache-2.0
 * kernels_avx2.c: AVX2. Bytes are widened first: the byte multiply-add of AVX2 saturates at 16 bits, which 255 * 127
 * twice over would reach. */
#include "nn/nn.h"

#if defined __x86_64__
#include <immintrin.h>

#define TARGET __attribute__((target("avx2")))

/* Four rows of the matrix at one quad: 16 signed bytes as 16-bit numbers. */
TARGET static inline __m256i load_rows(const int8_t *w) {
    return _mm256_cvtepi8_epi16(_mm_load_si128((const __m128i *)w));
}

/* One quad of x, as 16-bit numbers, four times. */
TARGET static inline __m256i broadcast_quad(const uint8_t *x) {
    int32_t quad;
    memcpy(&quad, x, sizeof quad);
    return _mm256_broadcastq_epi64(_mm_cvtepu8_epi16(_mm_cvtsi32_si128(quad)));
}

/* Each row's two half sums stand side by side in acc: eight rows of a and b, in order. */
TARGET static inline __m256i join_halves(__m256i a, __m256i b) {
    return _mm256_permute4x64_epi64(_mm256_hadd_epi32(a, b), _MM_SHUFFLE(3, 1, 2, 0));
}

TARGET static void tile_1x1(const dln_matrix *matrix, uint32_t block, const uint8_t *x, int32_t *sums) {
    const int8_t *w = matrix->packed + (size_t)block * matrix->quads * 64;
    const int32_t *bias = matrix->bias + (size_t)block * DLN_NN_BLOCK;
    __m256i acc[4] = { _mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256() };
    for (uint32_t quad = 0; quad < matrix->quads; quad++, w += 64) {
        __m256i v = broadcast_quad(x + (size_t)quad * DLN_NN_QUAD);
        for (unsigned i = 0; i < 4; i++)
            acc[i] = _mm256_add_epi32(acc[i], _mm256_madd_epi16(v, load_rows(w + (size_t)i * 16)));
    }
    for (unsigned i = 0; i < 2; i++) {
        __m256i total = join_halves(acc[2 * i], acc[2 * i + 1]);
        total = _mm256_add_epi32(total, _mm256_loadu_si256((const __m256i *)(bias + (size_t)i * 8)));
        _mm256_storeu_si256((__m256i *)(sums + (size_t)block * DLN_NN_BLOCK + (size_t)i * 8), total);
    }
}

/* Two rows of x share the widened weights. */
TARGET static void tile_2x1(const dln_matrix *matrix, uint32_t block, const uint8_t *x, size_t x_stride, int32_t *sums,
                            size_t sum_stride) {
    const int8_t *w = matrix->packed + (size_t)block * matrix->quads * 64;
    const int32_t *bias = matrix->bias + (size_t)block * DLN_NN_BLOCK;
    __m256i acc[2][4];
    for (unsigned i = 0; i < 4; i++) acc[0][i] = acc[1][i] = _mm256_setzero_si256();
    for (uint32_t quad = 0; quad < matrix->quads; quad++, w += 64) {
        __m256i v0 = broadcast_quad(x + (size_t)quad * DLN_NN_QUAD);
        __m256i v1 = broadcast_quad(x + x_stride + (size_t)quad * DLN_NN_QUAD);
        for (unsigned i = 0; i < 4; i++) {
            __m256i rows = load_rows(w + (size_t)i * 16);
            acc[0][i] = _mm256_add_epi32(acc[0][i], _mm256_madd_epi16(v0, rows));
            acc[1][i] = _mm256_add_epi32(acc[1][i], _mm256_madd_epi16(v1, rows));
        }
    }
    for (unsigned t = 0; t < 2; t++)
        for (unsigned i = 0; i < 2; i++) {
            __m256i total = join_halves(acc[t][2 * i], acc[t][2 * i + 1]);
            total = _mm256_add_epi32(total, _mm256_loadu_si256((const __m256i *)(bias + (size_t)i * 8)));
            int32_t *to = sums + t * sum_stride + (size_t)block * DLN_NN_BLOCK + (size_t)i * 8;
            _mm256_storeu_si256((__m256i *)to, total);
        }
}

TARGET static void dense(const dln_matrix *matrix, const uint8_t *x, size_t x_stride, size_t count, int32_t *sums,
                         size_t sum_stride) {
    for (uint32_t block = 0; block < matrix->row_blocks; block++) {
        size_t t = 0;
        for (; t + 2 <= count; t += 2)
            tile_2x1(matrix, block, x + t * x_stride, x_stride, sums + t * sum_stride, sum_stride);
        for (; t < count; t++) tile_1x1(matrix, block, x + t * x_stride, sums + t * sum_stride);
    }
}

TARGET static void add_row(int16_t *sums, const int8_t *row, size_t width) {
    size_t i = 0;
    for (; i + 16 <= width; i += 16) {
        __m256i wide = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(row + i)));
        __m256i old = _mm256_loadu_si256((const __m256i *)(sums + i));
        _mm256_storeu_si256((__m256i *)(sums + i), _mm256_add_epi16(old, wide));
    }
    for (; i < width; i++) sums[i] = (int16_t)(sums[i] + row[i]);
}

TARGET static int32_t dot(const int8_t *a, const uint8_t *b, size_t width) {
    __m256i acc = _mm256_setzero_si256();
    size_t i = 0;
    for (; i + 16 <= width; i += 16) {
        __m256i left = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(a + i)));
        __m256i right = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(b + i)));
        acc = _mm256_add_epi32(acc, _mm256_madd_epi16(left, right));
    }
    __m128i four = _mm_add_epi32(_mm256_castsi256_si128(acc), _mm256_extracti128_si256(acc, 1));
    four = _mm_hadd_epi32(four, four);
    int32_t sum = _mm_cvtsi128_si32(_mm_hadd_epi32(four, four));
    for (; i < width; i++) sum += a[i] * b[i];
    return sum;
}

const dln_kernels dln_kernels_avx2 = { "avx2", dense, add_row, dot };
#endif
