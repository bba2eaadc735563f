/* SPDX-License-Identifier: Apache-2.0
 * nn: integer arithmetic for small networks. Activations are unsigned bytes, weights signed bytes, sums exact 32-bit
 * integers: every kernel gives the same numbers, whatever its width and order. Knows no language.
 *
 * A sum must not overflow: |x · w| ≤ 255 * 127 * columns, so `columns` is at most DLN_NN_MAX_COLUMNS.
 */
#ifndef DLN_NN_H
#define DLN_NN_H

#include "base/base.h"

#define DLN_NN_BLOCK 16         /* rows of a matrix that stand side by side when packed */
#define DLN_NN_QUAD 4           /* columns that stand side by side when packed */
#define DLN_NN_MAX_COLUMNS 4096 /* 255 * 127 * 4096 is less than 2^27: room for biases */

/* A matrix [rows][columns] in the order in which kernels read it: for each block of 16 rows, for each quad of 4
 * columns, 16 rows of 4 columns. Both are filled up with zeros to whole blocks and quads. */
typedef struct {
    const int8_t *packed; /* aligned to 64 bytes */
    const int32_t *bias;  /* row_blocks * 16 of them; added to each sum */
    uint32_t rows, columns;
    uint32_t row_blocks, quads;
} dln_matrix;

/* Bytes that the packed form of a matrix takes. */
size_t dln_matrix_packed_size(uint32_t rows, uint32_t columns);

/* Packs weights [rows][columns] into `packed`, which has dln_matrix_packed_size bytes. */
void dln_matrix_pack(int8_t *packed, const int8_t *weights, uint32_t rows, uint32_t columns);

/* One table a set of instructions. All members give identical results; `ref` is their definition. */
typedef struct {
    const char *name;
    /* sums[t][r] = bias[r] + Σ x[t][c] * w[r][c] for t < count. x rows are `x_stride` bytes apart and readable up to
     * quads * 4 bytes (what stands there beyond `columns` does not matter: the weights are zero); sums rows are
     * `sum_stride` numbers apart and writable up to row_blocks * 16. */
    void (*dense)(const dln_matrix *matrix, const uint8_t *x, size_t x_stride, size_t count, int32_t *sums,
                  size_t sum_stride);
    /* sums[i] += row[i] for i < width: adds a row of an embedding table. width is a multiple of 16. */
    void (*add_row)(int16_t *sums, const int8_t *row, size_t width);
    /* Σ a[i] * b[i] for i < width. width is a multiple of 16. */
    int32_t (*dot)(const int8_t *a, const uint8_t *b, size_t width);
} dln_kernels;

/* The best kernels this machine has (name NULL or "auto"), or those of a name: "ref", "avx2", "avx512", "neon".
 * NULL: not known, or not for this machine. */
const dln_kernels *dln_kernels_choose(const char *name);

extern const dln_kernels dln_kernels_ref;
#if defined __x86_64__
extern const dln_kernels dln_kernels_avx2;
extern const dln_kernels dln_kernels_avx512;
#endif
#if defined __aarch64__
extern const dln_kernels dln_kernels_neon;
#endif

/* ---------------------------------------------------------------- the network (network.c, encoder.c, decode.c) */

/* A trained network: words in, classes out. The file and its arithmetic: models/FORMAT.md. Read-only after opening,
 * shared by threads. */
typedef struct dln_network dln_network;

/* Maps and checks the file at `path`; every damage is BAD_MODEL. `kernels`: as for dln_kernels_choose; BAD_ARGUMENT if
 * they are not to be had. */
dln_network *dln_network_open(const char *path, const char *kernels, dateline_error *err);
void dln_network_close(dln_network *network);

/* A section of text ("morph", "label", "nertag", "lemma"): lines without the last line end. Absent: none. */
dateline_str dln_network_text(const dln_network *network, const char *name);
const char *dln_network_kernels(const dln_network *network);
uint64_t dln_network_checksum(const dln_network *network);

/* A word as the network sees it: quotes and dashes made plain, digits 0, ASCII letters in lower case if `lower`; a very
 * long word is cut. Appends to out. */
void dln_network_fold(dateline_str word, bool lower, dln_buf *out);

/* What the network says of a word: line numbers in the text sections, and the governor. */
typedef struct {
    uint32_t morph, label, entity;
    uint32_t head; /* 1 to n within the sentence; 0: root */
} dln_reading;

#define DLN_NN_MAX_WORDS 256 /* longest sentence: arcs take the square of it, trees in the worst case the cube */

/* Reads sentences, `lengths[i]` words each, the words one behind the other. Each sentence is read as if it were alone.
 * readings: one a word. NO_MEMORY, or BAD_ARGUMENT if a sentence is longer than DLN_NN_MAX_WORDS. */
dateline_status dln_network_read(const dln_network *network, dln_arena *scratch, const dateline_str *words,
                                 const uint32_t *lengths, size_t sentence_count, dln_reading *readings,
                                 dateline_error *err);

/* Tests: called with each layer's tensor, [rows][columns] bytes a number. */
typedef void dln_trace_fn(void *user, const char *name, const void *data, size_t rows, size_t columns, size_t stride,
                          size_t item_size);
dateline_status dln_network_trace(const dln_network *network, dln_arena *scratch, const dateline_str *words,
                                  uint32_t length, dln_reading *readings, dln_trace_fn *trace, void *user,
                                  dateline_error *err);

#endif
