/* SPDX-License-Identifier: Apache-2.0
 * nn_internal.h: the network's parts, as its files share them. */
#ifndef DLN_NN_INTERNAL_H
#define DLN_NN_INTERNAL_H

#include "nn/nn.h"

#define MAX_LAYERS 16
#define OWN_ROWS 9  /* rows of the embedding table that a word adds to itself */
#define ALL_ROWS 11 /* and to its neighbours on the right and on the left */
#define BIN_ENDS 8

/* The parts of the embedding table, in its order. */
enum {
    PART_KNOWN,
    PART_UNKNOWN,
    PART_CASED,
    PART_SUFFIX,
    PART_PREFIX = PART_SUFFIX + 3,
    PART_SHAPE = PART_PREFIX + 3,
    PART_LEFT,
    PART_RIGHT,
    PART_COUNT
};

/* A matrix whose sums are brought back to a smaller grid by each row's shift. */
typedef struct {
    dln_matrix matrix;
    const uint8_t *shift; /* row_blocks * 16 of them, at least 1 */
} dense_layer;

typedef struct {
    dense_layer dense;
    uint32_t neighbours, running,
        distance; /* channels from neighbours, of running maxima; how far the neighbours are */
} stream_layer;

/* Heads that read the stream are stacked in one matrix; these are their first rows in it. */
typedef enum {
    HEAD_MORPH,
    HEAD_ENTITY,
    HEAD_QUERY,
    HEAD_KEY,
    HEAD_DISTANCE,
    HEAD_DEPENDENT,
    HEAD_GOVERNOR,
    HEAD_COUNT
} head_name;

struct dln_network {
    dln_file file;
    dln_arena arena;
    const dln_kernels *kernels;
    uint64_t checksum;
    uint32_t width, layer_count, arc_width, label_width, morphs, labels, entities, bins, pairs, pair_width;
    uint32_t part_size[PART_COUNT], part_start[PART_COUNT];
    uint32_t bin_ends[BIN_ENDS];
    const uint32_t *slots; /* tag, row + 1 of known words */
    uint32_t slot_count;
    const int8_t *table;      /* [rows][width] */
    const int8_t *pair_table; /* [pairs][pair_width] */
    const int16_t *table_bias;
    stream_layer layers[MAX_LAYERS];
    dense_layer heads; /* stacked */
    uint32_t head_start[HEAD_COUNT], head_rows[HEAD_COUNT];
    dense_layer label;
    const int16_t *label_bins; /* [bins][label_width] */
    uint32_t root_label;
    bool begins[256], inside[256]; /* of entity tags: may follow O, L, U; must follow B, I */
    bool opens[256];               /* B, I: something must follow */
    uint8_t entity_type[256];      /* tags of one type share a number */
};

/* Rows of the embedding table for a word, and its key for pairs. */
typedef struct {
    uint32_t rows[ALL_ROWS];
    uint32_t key;
} word_rows;
void dln_word_rows(const dln_network *network, dateline_str word, word_rows *out);
uint32_t dln_pair_row(const dln_network *network, uint32_t left, uint32_t own);

/* Bin of a distance, head position minus dependent position (not 0). */
static inline uint32_t dln_distance_bin(const dln_network *network, int32_t distance) {
    uint32_t far = (uint32_t)(distance < 0 ? -distance : distance), bin = 0;
    while (bin < BIN_ENDS && network->bin_ends[bin] < far) bin++;
    return bin + (distance > 0 ? BIN_ENDS + 1 : 0);
}

/* A sum on a smaller grid, rounded half up. Right shifts of negative numbers are arithmetic with gcc and clang. */
static inline int32_t dln_shifted(int32_t sum, uint32_t shift) {
    return (sum + (int32_t)(1u << (shift - 1))) >> shift;
}

static inline int32_t dln_clamp(int32_t value, int32_t low, int32_t high) {
    return value < low ? low : value > high ? high : value;
}

/* Heads of the best tree: score[i * (n + 1) + j] for dependent i and head j, both 1 to n, j 0 the root. */
bool dln_decode_tree(dln_arena *scratch, const int64_t *score, uint32_t n, uint32_t *heads);

/* The best valid sequence of entity tags; sums[i * stride + tag]. */
bool dln_decode_entities(const dln_network *network, dln_arena *scratch, const int32_t *sums, size_t stride, uint32_t n,
                         dln_reading *readings);

#endif
