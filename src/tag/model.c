/* SPDX-License-Identifier: Apache-2.0
 * model.c: the model file, mapped and checked. All numbers are little-endian.
 *
 *     magic          8 bytes, DLN_MODEL_MAGIC
 *     version        u32
 *     reserved       u32, 0
 *     size           u64, of the whole file
 *     checksum       u64, of everything behind it
 *     labels         u32 count, then u8 universal tag, text
 *     relations      u32 count, then text
 *     features       u32 count, then text
 *     lemma scripts  u32 count, then u8 case, u8 cut, text
 *     weights        eight times: tagger, mover, labeller, namer, dictionary, clusters, lemmas, features
 *
 * A text is u8 length and bytes. Weights are u32 classes, u32 bits, u32 bytes of rows, then u32 start of each of
 * 2^bits buckets and of their end, then the rows: u16 low bits of the feature's hash, u8 count, and count times
 * u8 class, i16 weight. A table is weights of one class. */
#include "tag/tag_internal.h"

static uint32_t u32_at(const uint8_t *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static uint32_t u16_at(const uint8_t *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8;
}

#define ROW_HEAD ((size_t)3)
#define ROW_ITEM ((size_t)3)

/* The rows of a feature's bucket. */
typedef struct {
    const uint8_t *at, *end;
} bucket;

static const uint8_t *start_of(const dln_weights *weights, uint64_t feature) {
    return weights->starts + 4 * (size_t)(feature >> (64 - weights->bits));
}

static bucket bucket_of(const dln_weights *weights, uint64_t feature) {
    const uint8_t *start = start_of(weights, feature);
    return (bucket){ weights->rows + u32_at(start), weights->rows + u32_at(start + 4) };
}

/* The row of a feature in its bucket, NULL if there is none. The loader has checked that rows fill their buckets. */
static const uint8_t *row_of(bucket b, uint64_t feature) {
    uint32_t check = (uint32_t)(feature & 0xFFFF);
    while (b.at < b.end && u16_at(b.at) != check) b.at += ROW_HEAD + ROW_ITEM * b.at[2];
    return b.at < b.end ? b.at : NULL;
}

/* Most time goes into waiting for memory, so all places are asked for before the first is read. */
void dln_weights_score(const dln_weights *weights, const dln_features *features, int32_t *scores) {
    bucket buckets[DLN_MAX_FEATURES];
    for (size_t i = 0; i < features->count; i++) __builtin_prefetch(start_of(weights, features->hash[i]));
    for (size_t i = 0; i < features->count; i++) {
        buckets[i] = bucket_of(weights, features->hash[i]);
        __builtin_prefetch(buckets[i].at);
    }
    for (size_t i = 0; i < features->count; i++) {
        const uint8_t *row = row_of(buckets[i], features->hash[i]);
        if (row == NULL) continue;
        const uint8_t *item = row + ROW_HEAD, *end = item + ROW_ITEM * row[2];
        for (; item < end; item += ROW_ITEM) scores[item[0]] += (int16_t)u16_at(item + 1);
    }
}

int32_t dln_weights_find(const dln_weights *table, uint64_t key) {
    const uint8_t *row = row_of(bucket_of(table, key), key);
    return row == NULL ? -1 : (int32_t)u16_at(row + ROW_HEAD + 1);
}

/* FNV-1a over words of eight bytes (the last one filled up with zeros). */
uint64_t dln_model_checksum(const uint8_t *bytes, size_t size) {
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t at = 0; at < size; at += 8) {
        uint64_t word = 0;
        size_t end = size - at < 8 ? size - at : 8;
        for (size_t i = 0; i < end; i++) word |= (uint64_t)bytes[at + i] << (8 * i);
        hash = (hash ^ word) * 0x100000001b3u;
        hash ^= hash >> 29;
    }
    return hash;
}

/* ---------------------------------------------------------------- reading */

static void fail(dln_reader *reader) {
    reader->status = DATELINE_BAD_MODEL;
}

static dateline_str read_text(dln_reader *reader) {
    uint8_t size = dln_reader_u8(reader);
    const char *bytes = dln_reader_bytes(reader, size);
    return bytes == NULL ? (dateline_str){ NULL, 0 } : (dateline_str){ bytes, size };
}

/* A count of items of at least `size` bytes each, and memory for them. */
static uint32_t read_count(dln_reader *reader, uint32_t limit, size_t size) {
    uint32_t count = dln_reader_u32(reader);
    if (count == 0 || count > limit || count > (size_t)(reader->end - reader->at) / size) fail(reader);
    return reader->status == DATELINE_OK ? count : 0;
}

static void read_labels(dln_model *model, dln_reader *reader) {
    model->label_count = read_count(reader, DLN_MAX_CLASSES, 2);
    model->labels = dln_arena_alloc(&model->arena, model->label_count, sizeof *model->labels);
    for (uint32_t i = 0; model->labels != NULL && i < model->label_count; i++) {
        uint8_t upos = dln_reader_u8(reader);
        if (upos > DATELINE_UPOS_X) fail(reader);
        model->labels[i] = (dln_label){ (dateline_upos)upos, read_text(reader) };
    }
}

static dateline_str *read_texts(dln_model *model, dln_reader *reader, uint32_t limit, uint32_t *count) {
    *count = read_count(reader, limit, 1);
    dateline_str *texts = dln_arena_alloc(&model->arena, *count, sizeof *texts);
    for (uint32_t i = 0; texts != NULL && i < *count; i++) texts[i] = read_text(reader);
    return texts;
}

static void read_scripts(dln_model *model, dln_reader *reader) {
    model->script_count = read_count(reader, UINT16_MAX, 3);
    model->scripts = dln_arena_alloc(&model->arena, model->script_count, sizeof *model->scripts);
    for (uint32_t i = 0; model->scripts != NULL && i < model->script_count; i++) {
        uint8_t letters = dln_reader_u8(reader), cut = dln_reader_u8(reader);
        if (letters >= DLN_CASE_COUNT) fail(reader);
        model->scripts[i] = (dln_script){ (dln_case)letters, cut, read_text(reader) };
    }
}

/* Rows of one bucket: they must fill it, and name classes that exist. */
static bool check_bucket(const dln_weights *weights, uint32_t at, uint32_t end, uint32_t value_limit) {
    while (at < end) {
        if (end - at < ROW_HEAD) return false;
        const uint8_t *row = weights->rows + at;
        uint32_t size = (uint32_t)(ROW_HEAD + ROW_ITEM * row[2]);
        if (row[2] == 0 || end - at < size) return false;
        for (const uint8_t *item = row + ROW_HEAD; item < row + size; item += ROW_ITEM)
            if (item[0] >= weights->class_count || u16_at(item + 1) >= value_limit) return false;
        at += size;
    }
    return true;
}

static bool check_rows(const dln_weights *weights, uint32_t size, uint32_t value_limit) {
    uint32_t before = u32_at(weights->starts), buckets = 1u << weights->bits;
    if (before != 0) return false;
    for (uint32_t i = 1; i <= buckets; i++) {
        uint32_t end = u32_at(weights->starts + 4 * (size_t)i);
        if (end < before || end > size || !check_bucket(weights, before, end, value_limit)) return false;
        before = end;
    }
    return before == size;
}

/* value_limit: one past the largest 16-bit number that an item may hold. */
static dln_weights read_weights(dln_reader *reader, uint32_t class_count, uint32_t value_limit) {
    dln_weights weights = { NULL, NULL, dln_reader_u32(reader), dln_reader_u32(reader) };
    uint32_t size = dln_reader_u32(reader);
    if (weights.class_count != class_count || weights.bits == 0 || weights.bits > DLN_MAX_BUCKET_BITS) fail(reader);
    if (reader->status == DATELINE_OK)
        weights.starts = dln_reader_bytes(reader, 4 * (((uint64_t)1 << weights.bits) + 1));
    weights.rows = dln_reader_bytes(reader, size);
    bool whole = weights.starts != NULL && weights.rows != NULL;
    if (!whole || !check_rows(&weights, size, value_limit)) fail(reader);
    return weights;
}

static void read_body(dln_model *model, dln_reader *reader) {
    const uint32_t any = 1u << 16;
    read_labels(model, reader);
    model->deprels = read_texts(model, reader, DLN_MAX_CLASSES, &model->deprel_count);
    model->feats = read_texts(model, reader, UINT16_MAX, &model->feats_count);
    read_scripts(model, reader);
    model->tagger = read_weights(reader, model->label_count, any);
    model->mover = read_weights(reader, DLN_MOVE_COUNT, any);
    model->labeller = read_weights(reader, model->deprel_count, any);
    model->namer = read_weights(reader, DLN_NAME_CLASSES, any);
    model->dictionary = read_weights(reader, 1, any);
    model->clusters = read_weights(reader, 1, any);
    model->lemmas = read_weights(reader, 1, model->script_count);
    model->features = read_weights(reader, 1, model->feats_count);
    if (reader->at != reader->end) fail(reader);
}

static bool check_header(dln_model *model, dln_reader *reader) {
    const void *magic = dln_reader_bytes(reader, 8);
    uint32_t version = dln_reader_u32(reader), reserved = dln_reader_u32(reader);
    uint64_t size = dln_reader_u64(reader);
    model->checksum = dln_reader_u64(reader);
    return reader->status == DATELINE_OK && memcmp(magic, DLN_MODEL_MAGIC, 8) == 0 && version == DLN_MODEL_VERSION &&
           reserved == 0 && size == model->file.size &&
           dln_model_checksum(reader->at, (size_t)(reader->end - reader->at)) == model->checksum;
}

dateline_status dln_model_load(dln_model *model, const char *path, dateline_error *err) {
    *model = (dln_model){ 0 };
    dln_arena_init(&model->arena);
    if (dln_file_map(&model->file, path, err) != DATELINE_OK)
        return dln_error_set(err, DATELINE_BAD_MODEL, 0, "%.150s: cannot read the model", path);
    dln_reader reader = dln_reader_of(model->file.data, model->file.size);
    if (!check_header(model, &reader)) fail(&reader);
    else read_body(model, &reader);
    dateline_status status = model->arena.status;
    if (status != DATELINE_OK) dln_error_memory(err);
    else if (reader.status != DATELINE_OK)
        status = dln_error_set(err, DATELINE_BAD_MODEL, 0, "%.100s: damaged, or not of version %d; install it again",
                               path, DLN_MODEL_VERSION);
    if (status != DATELINE_OK) dln_model_release(model);
    return status;
}

void dln_model_release(dln_model *model) {
    dln_file_unmap(&model->file);
    dln_arena_release(&model->arena);
}
