/* SPDX-License-Identifier: Apache-2.0
 * encoder.c: words to classes. Sentences are put side by side, so that the matrices are read once for many words; what
 * a word sees of its neighbours ends at its sentence. */
#include "nn/nn_internal.h"

#define BATCH_WORDS 768 /* words put side by side; their stream and inputs stay in the second-level cache */

/* Working memory of a batch of at most `room` words. */
typedef struct {
    const dln_network *network;
    dln_arena *scratch; /* lives as long as the call */
    dln_arena sentence; /* emptied after each sentence: arcs take the square of its length */
    uint32_t room, words;
    word_rows *rows;
    uint8_t *stream; /* [room][width] */
    uint8_t *input;  /* [room][widest layer] */
    int32_t *sums;   /* [room][most rows of any matrix] */
    int16_t *embedding;
    int8_t *query;  /* [room][arc_width] */
    uint8_t *key;   /* [room][arc_width] */
    uint8_t *mixed; /* [room][label_width], filled up to whole quads */
    size_t sums_stride, mixed_stride;
    dln_trace_fn *trace;
    void *trace_user;
} batch;

static size_t whole(size_t count, size_t unit) {
    return (count + unit - 1) / unit * unit;
}

static bool allocate_batch(batch *b, uint32_t room) {
    const dln_network *network = b->network;
    size_t columns = network->width, rows = network->heads.matrix.row_blocks * (size_t)DLN_NN_BLOCK;
    for (uint32_t i = 0; i < network->layer_count; i++)
        if (network->layers[i].dense.matrix.columns > columns) columns = network->layers[i].dense.matrix.columns;
    if (network->label.matrix.row_blocks * (size_t)DLN_NN_BLOCK > rows)
        rows = network->label.matrix.row_blocks * (size_t)DLN_NN_BLOCK;
    b->room = room;
    b->sums_stride = rows;
    b->mixed_stride = whole(network->label_width, DLN_NN_QUAD);
    b->rows = dln_arena_alloc(b->scratch, room, sizeof *b->rows);
    b->stream = dln_arena_alloc(b->scratch, room, whole(network->width, DLN_NN_QUAD));
    b->input = dln_arena_alloc(b->scratch, room, whole(columns, DLN_NN_QUAD));
    b->sums = dln_arena_alloc(b->scratch, room, rows * sizeof *b->sums);
    b->embedding = dln_arena_alloc(b->scratch, network->width, sizeof *b->embedding);
    b->query = dln_arena_alloc(b->scratch, room, network->arc_width);
    b->key = dln_arena_alloc(b->scratch, room, network->arc_width);
    b->mixed = dln_arena_alloc(b->scratch, room, b->mixed_stride);
    return b->scratch->status == DATELINE_OK;
}

static void trace(const batch *b, const char *name, const void *data, size_t rows, size_t columns, size_t stride,
                  size_t item_size) {
    if (b->trace != NULL) b->trace(b->trace_user, name, data, rows, columns, stride, item_size);
}

/* ---------------------------------------------------------------- words to the stream */

static void embed_word(batch *b, uint32_t first, uint32_t count, uint32_t i) {
    const dln_network *network = b->network;
    const dln_kernels *kernels = network->kernels;
    const word_rows *own = &b->rows[first + i];
    size_t width = network->width;
    int16_t *sum = b->embedding;
    memcpy(sum, network->table_bias, width * sizeof *sum);
    for (unsigned k = 0; k < OWN_ROWS; k++) kernels->add_row(sum, network->table + own->rows[k] * width, width);
    if (i > 0) kernels->add_row(sum, network->table + own[-1].rows[OWN_ROWS] * width, width);
    if (i + 1 < count) kernels->add_row(sum, network->table + own[1].rows[OWN_ROWS + 1] * width, width);
    if (network->pairs > 0) {
        uint32_t row = dln_pair_row(network, i > 0 ? own[-1].key : 0, own->key);
        kernels->add_row(sum, network->pair_table + (size_t)row * network->pair_width, network->pair_width);
    }
    uint8_t *out = b->stream + (size_t)(first + i) * width;
    for (size_t c = 0; c < width; c++) out[c] = (uint8_t)dln_clamp((sum[c] + 1) >> 1, 0, 255);
}

/* out = the larger of each channel, in the order of `step` words (forth or back) from `at`. */
static void running_maximum(uint8_t *out, size_t out_stride, const uint8_t *in, size_t in_stride, size_t channels,
                            uint32_t count, bool forward) {
    for (uint32_t k = 0; k < count; k++) {
        size_t i = forward ? k : count - 1 - k;
        const uint8_t *own = in + i * in_stride;
        uint8_t *to = out + i * out_stride;
        if (k == 0) {
            memcpy(to, own, channels);
            continue;
        }
        const uint8_t *before = forward ? to - out_stride : to + out_stride;
        for (size_t c = 0; c < channels; c++) to[c] = own[c] > before[c] ? own[c] : before[c];
    }
}

/* A sentence's inputs to a layer: itself, its neighbours, running maxima from both ends. */
static void gather(batch *b, const stream_layer *layer, uint32_t first, uint32_t count) {
    size_t width = b->network->width, s = layer->neighbours, g = layer->running, t = layer->distance;
    size_t stride = whole(layer->dense.matrix.columns, DLN_NN_QUAD);
    const uint8_t *stream = b->stream + first * width;
    uint8_t *input = b->input + first * stride;
    for (size_t i = 0; i < count; i++) {
        uint8_t *to = input + i * stride;
        memcpy(to, stream + i * width, width);
        if (i >= t) memcpy(to + width, stream + (i - t) * width, s);
        else memset(to + width, 0, s);
        if (i + t < count) memcpy(to + width + s, stream + (i + t) * width + width - s, s);
        else memset(to + width + s, 0, s);
    }
    if (g == 0) return;
    running_maximum(input + width + 2 * s, stride, stream, width, g, count, true);
    running_maximum(input + width + 2 * s + g, stride, stream + width - g, width, g, count, false);
}

/* stream += the layer's sums on the stream's grid. */
static void add_to_stream(batch *b, const dense_layer *dense) {
    size_t width = b->network->width;
    const uint8_t *shift = dense->shift;
    for (uint32_t i = 0; i < b->words; i++) {
        uint8_t *to = b->stream + i * width;
        const int32_t *sums = b->sums + i * b->sums_stride;
        for (size_t c = 0; c < width; c++) to[c] = (uint8_t)dln_clamp(to[c] + dln_shifted(sums[c], shift[c]), 0, 255);
    }
}

static void encode(batch *b, const uint32_t *lengths, size_t sentence_count) {
    const dln_network *network = b->network;
    uint32_t first = 0;
    for (size_t k = 0; k < sentence_count; first += lengths[k++])
        for (uint32_t i = 0; i < lengths[k]; i++) embed_word(b, first, lengths[k], i);
    trace(b, "h0", b->stream, b->words, network->width, network->width, 1);
    char name[] = "h1";
    for (uint32_t l = 0; l < network->layer_count; l++, name[1]++) {
        const stream_layer *layer = &network->layers[l];
        first = 0;
        for (size_t k = 0; k < sentence_count; first += lengths[k++]) gather(b, layer, first, lengths[k]);
        network->kernels->dense(&layer->dense.matrix, b->input, whole(layer->dense.matrix.columns, DLN_NN_QUAD),
                                b->words, b->sums, b->sums_stride);
        add_to_stream(b, &layer->dense);
        trace(b, name, b->stream, b->words, network->width, network->width, 1);
    }
}

/* ---------------------------------------------------------------- heads */

static const int32_t *head_sums(const batch *b, uint32_t word, head_name head) {
    return b->sums + word * b->sums_stride + b->network->head_start[head];
}

static int32_t head_value(const batch *b, uint32_t word, head_name head, uint32_t row, uint32_t more) {
    return dln_shifted(head_sums(b, word, head)[row],
                       b->network->heads.shift[b->network->head_start[head] + row] + more);
}

static uint32_t largest(const int32_t *sums, uint32_t count) {
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++)
        if (sums[i] > sums[best]) best = i;
    return best;
}

/* Queries and keys of arcs, of every word. */
static void prepare_arcs(batch *b) {
    uint32_t width = b->network->arc_width;
    for (uint32_t i = 0; i < b->words; i++)
        for (uint32_t c = 0; c < width; c++) {
            b->query[(size_t)i * width + c] = (int8_t)dln_clamp(head_value(b, i, HEAD_QUERY, c, 1), -127, 127);
            b->key[(size_t)i * width + c] = (uint8_t)dln_clamp(head_value(b, i, HEAD_KEY, c, 0), 0, 255);
        }
}

/* How likely each word is to hang on each other one; [n + 1][n + 1], row and column 0 the root. */
static int64_t *score_arcs(batch *b, uint32_t first, uint32_t n) {
    const dln_network *network = b->network;
    uint32_t shift = network->heads.shift[network->head_start[HEAD_DISTANCE]], size = n + 1;
    int64_t up = (int64_t)1 << (shift > 6 ? shift - 6 : 0), down = (int64_t)1 << (shift < 6 ? 6 - shift : 0);
    int64_t *score = dln_arena_alloc(&b->sentence, (size_t)size * size, sizeof *score);
    for (uint32_t i = 1; score != NULL && i <= n; i++) {
        const int32_t *near = head_sums(b, first + i - 1, HEAD_DISTANCE);
        const int8_t *query = b->query + (size_t)(first + i - 1) * network->arc_width;
        score[(size_t)i * size] = near[network->bins - 1] * down;
        for (uint32_t j = 1; j <= n; j++) {
            if (j == i) continue;
            int32_t dot =
                network->kernels->dot(query, b->key + (size_t)(first + j - 1) * network->arc_width, network->arc_width);
            score[(size_t)i * size + j] = dot * up + near[dln_distance_bin(network, (int32_t)j - (int32_t)i)] * down;
        }
    }
    return score;
}

/* What the label is read from: the dependent, its head and the way between them. */
static void mix_label(batch *b, uint32_t first, uint32_t i, uint32_t head) {
    const dln_network *network = b->network;
    uint32_t bin = head == 0 ? network->bins - 1 : dln_distance_bin(network, (int32_t)head - (int32_t)(i + 1));
    const int16_t *way = network->label_bins + (size_t)bin * network->label_width;
    uint8_t *to = b->mixed + (size_t)(first + i) * b->mixed_stride;
    for (uint32_t c = 0; c < network->label_width; c++) {
        int32_t sum = way[c] + dln_clamp(head_value(b, first + i, HEAD_DEPENDENT, c, 0), INT16_MIN, INT16_MAX);
        if (head > 0) sum += dln_clamp(head_value(b, first + head - 1, HEAD_GOVERNOR, c, 0), INT16_MIN, INT16_MAX);
        to[c] = (uint8_t)dln_clamp(sum, 0, 255);
    }
}

static bool read_sentence(batch *b, uint32_t first, uint32_t n, dln_reading *readings) {
    const dln_network *network = b->network;
    int64_t *score = score_arcs(b, first, n);
    uint32_t *heads = dln_arena_alloc(&b->sentence, n, sizeof *heads);
    if (score == NULL || heads == NULL || !dln_decode_tree(&b->sentence, score, n, heads)) return false;
    trace(b, "arc", score, n + 1, n + 1, n + 1, sizeof *score);
    for (uint32_t i = 0; i < n; i++) {
        readings[first + i].head = heads[i];
        readings[first + i].morph = largest(head_sums(b, first + i, HEAD_MORPH), network->morphs);
        mix_label(b, first, i, heads[i]);
    }
    trace(b, "z", b->mixed + (size_t)first * b->mixed_stride, n, network->label_width, b->mixed_stride, 1);
    trace(b, "ner", head_sums(b, first, HEAD_ENTITY), n, network->entities, b->sums_stride, sizeof(int32_t));
    return dln_decode_entities(network, b->scratch, head_sums(b, first, HEAD_ENTITY), b->sums_stride, n,
                               readings + first);
}

/* The label `root` goes with the root alone. */
static void read_labels(batch *b, dln_reading *readings) {
    const dln_network *network = b->network;
    network->kernels->dense(&network->label.matrix, b->mixed, b->mixed_stride, b->words, b->sums, b->sums_stride);
    trace(b, "rel", b->sums, b->words, network->labels, b->sums_stride, sizeof(int32_t));
    for (uint32_t i = 0; i < b->words; i++) {
        int32_t *sums = b->sums + i * b->sums_stride;
        sums[network->root_label] = INT32_MIN;
        readings[i].label = readings[i].head == 0 ? network->root_label : largest(sums, network->labels);
    }
}

static bool read_batch(batch *b, const dateline_str *words, const uint32_t *lengths, size_t sentence_count,
                       dln_reading *readings) {
    const dln_network *network = b->network;
    b->words = 0;
    for (size_t k = 0; k < sentence_count; k++) b->words += lengths[k];
    for (uint32_t i = 0; i < b->words; i++) dln_word_rows(network, words[i], &b->rows[i]);
    encode(b, lengths, sentence_count);
    network->kernels->dense(&network->heads.matrix, b->stream, network->width, b->words, b->sums, b->sums_stride);
    prepare_arcs(b);
    uint32_t first = 0;
    for (size_t k = 0; k < sentence_count; first += lengths[k++])
        if (lengths[k] > 0 && !read_sentence(b, first, lengths[k], readings)) return false;
    read_labels(b, readings);
    return true;
}

/* ---------------------------------------------------------------- calls */

static dateline_status check_lengths(const uint32_t *lengths, size_t sentence_count, uint32_t *room,
                                     dateline_error *err) {
    uint32_t longest = 1, total = 1;
    for (size_t k = 0; k < sentence_count; k++) {
        if (lengths[k] > DLN_NN_MAX_WORDS)
            return dln_error_set(err, DATELINE_BAD_ARGUMENT, k, "a sentence has %u words, the limit is %d", lengths[k],
                                 DLN_NN_MAX_WORDS);
        if (total < BATCH_WORDS) total += lengths[k];
        if (lengths[k] > longest) longest = lengths[k];
    }
    *room = total < BATCH_WORDS ? total : BATCH_WORDS;
    if (*room < longest) *room = longest;
    return DATELINE_OK;
}

static dateline_status run(batch *b, const dateline_str *words, const uint32_t *lengths, size_t sentence_count,
                           dln_reading *readings, dateline_error *err) {
    uint32_t room = 1;
    dateline_status status = check_lengths(lengths, sentence_count, &room, err);
    if (status != DATELINE_OK) return status;
    if (!allocate_batch(b, room)) return dln_error_memory(err);
    dln_arena_init(&b->sentence);
    for (size_t k = 0, at = 0; status == DATELINE_OK && k < sentence_count;) {
        size_t last = k;
        uint32_t count = 0;
        while (last < sentence_count && count + lengths[last] <= b->room) count += lengths[last++];
        if (count > 0 && !read_batch(b, words + at, lengths + k, last - k, readings + at))
            status = dln_error_memory(err);
        at += count;
        k = last;
    }
    dln_arena_release(&b->sentence);
    return status;
}

dateline_status dln_network_read(const dln_network *network, dln_arena *scratch, const dateline_str *words,
                                 const uint32_t *lengths, size_t sentence_count, dln_reading *readings,
                                 dateline_error *err) {
    batch b = { .network = network, .scratch = scratch };
    return run(&b, words, lengths, sentence_count, readings, err);
}

dateline_status dln_network_trace(const dln_network *network, dln_arena *scratch, const dateline_str *words,
                                  uint32_t length, dln_reading *readings, dln_trace_fn *trace_to, void *user,
                                  dateline_error *err) {
    batch b = { .network = network, .scratch = scratch, .trace = trace_to, .trace_user = user };
    return run(&b, words, &length, 1, readings, err);
}
