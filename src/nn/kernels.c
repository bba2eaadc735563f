/* SPDX-License-Identifier: Apache-2.0
 * kernels.c: packing, and which kernels this machine can run. */
#include "nn/nn.h"

static uint32_t whole(uint32_t count, uint32_t unit) {
    return (count + unit - 1) / unit;
}

size_t dln_matrix_packed_size(uint32_t rows, uint32_t columns) {
    return (size_t)whole(rows, DLN_NN_BLOCK) * DLN_NN_BLOCK * whole(columns, DLN_NN_QUAD) * DLN_NN_QUAD;
}

void dln_matrix_pack(int8_t *packed, const int8_t *weights, uint32_t rows, uint32_t columns) {
    uint32_t quads = whole(columns, DLN_NN_QUAD);
    memset(packed, 0, dln_matrix_packed_size(rows, columns));
    for (uint32_t r = 0; r < rows; r++) {
        int8_t *block = packed + (size_t)(r / DLN_NN_BLOCK) * quads * (DLN_NN_BLOCK * DLN_NN_QUAD);
        for (uint32_t c = 0; c < columns; c++) {
            size_t at = ((size_t)(c / DLN_NN_QUAD) * DLN_NN_BLOCK + r % DLN_NN_BLOCK) * DLN_NN_QUAD + c % DLN_NN_QUAD;
            block[at] = weights[(size_t)r * columns + c];
        }
    }
}

static const dln_kernels *best(void) {
#if defined __x86_64__
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl"))
        return &dln_kernels_avx512;
    if (__builtin_cpu_supports("avx2")) return &dln_kernels_avx2;
#elif defined __aarch64__
    return &dln_kernels_neon;
#endif
    return &dln_kernels_ref;
}

const dln_kernels *dln_kernels_choose(const char *name) {
    const dln_kernels *top = best();
    if (name == NULL || strcmp(name, "auto") == 0 || strcmp(name, top->name) == 0) return top;
    if (strcmp(name, "ref") == 0) return &dln_kernels_ref;
#if defined __x86_64__
    if (strcmp(name, "avx2") == 0 && __builtin_cpu_supports("avx2")) return &dln_kernels_avx2;
#endif
    return NULL;
}
