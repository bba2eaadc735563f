/* SPDX-License-Identifier: Apache-2.0
 * words.c: a word's rows in the embedding table, found by hashing its forms, endings, beginnings and shape. */
#include "nn/nn_internal.h"

#define LONGEST_WORD 256 /* bytes that count of a longer word, cut at a character */
#define AFFIXES 3        /* of 2, 3 and 4 characters */

/* A word as it is hashed: folded text, and where its characters begin. */
typedef struct {
    char bytes[LONGEST_WORD + 4];
    uint32_t len, count;
    uint16_t begins[LONGEST_WORD + 5]; /* count + 1 of them */
} plain_word;

/* Curly quotes and dashes made plain, digits made 0. */
static uint32_t fold(uint32_t c) {
    if (c >= '0' && c <= '9') return '0';
    if (c < 0x80) return c == '`' ? '\'' : c;
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032: return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x2033: return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212: return '-';
    default: return c;
    }
}

static void fold_word(dateline_str word, plain_word *out) {
    out->len = out->count = 0;
    for (size_t at = 0; at < word.len && out->len < LONGEST_WORD;) {
        out->begins[out->count++] = (uint16_t)out->len;
        out->len += (uint32_t)dln_utf8_encode(fold(dln_utf8_next(word, &at)), out->bytes + out->len);
    }
    out->begins[out->count] = (uint16_t)out->len;
}

static void lower_word(plain_word *word) {
    for (uint32_t i = 0; i < word->len; i++)
        if (word->bytes[i] >= 'A' && word->bytes[i] <= 'Z') word->bytes[i] = (char)(word->bytes[i] + 32);
}

void dln_network_fold(dateline_str word, bool lower, dln_buf *out) {
    plain_word plain;
    fold_word(word, &plain);
    if (lower) lower_word(&plain);
    dln_buf_add_bytes(out, plain.bytes, plain.len);
}

/* FNV-1a over the seed and the bytes, then mixed so that the low bits are good. */
static uint64_t hash(const char *bytes, size_t len, uint64_t seed) {
    uint64_t h = (0xcbf29ce484222325u ^ seed) * 0x100000001b3u;
    for (size_t i = 0; i < len; i++) h = (h ^ (uint8_t)bytes[i]) * 0x100000001b3u;
    h ^= h >> 32;
    h *= 0x9E3779B97F4A7C15u;
    return h ^ (h >> 29);
}

static uint32_t row_of_hash(const dln_network *network, unsigned part, uint64_t h) {
    return network->part_start[part] + (uint32_t)(h % network->part_size[part]);
}

static uint32_t row_of_word(const dln_network *network, uint64_t h) {
    uint32_t mask = network->slot_count - 1, slot = (uint32_t)h & mask, tag = (uint32_t)(h >> 32);
    for (uint32_t tried = 0; tried < network->slot_count && network->slots[2 * slot + 1] != 0; tried++) {
        if (network->slots[2 * slot] == tag) return network->slots[2 * slot + 1] - 1;
        slot = (slot + 1) & mask;
    }
    return row_of_hash(network, PART_UNKNOWN, h);
}

/* Kind of each character, no run of one kind longer than three. */
static uint64_t hash_of_shape(const plain_word *word) {
    char shape[LONGEST_WORD + 4];
    size_t len = 0;
    for (uint32_t i = 0; i < word->count; i++) {
        unsigned char c = (unsigned char)word->bytes[word->begins[i]];
        char kind = c >= 0x80 ? 'u' : c >= 'A' && c <= 'Z' ? 'X' : c >= 'a' && c <= 'z' ? 'x' : (char)c;
        bool fourth = len >= 3 && shape[len - 1] == kind && shape[len - 2] == kind && shape[len - 3] == kind;
        if (!fourth) shape[len++] = kind;
    }
    return hash(shape, len, 9);
}

void dln_word_rows(const dln_network *network, dateline_str word, word_rows *out) {
    plain_word plain;
    fold_word(word, &plain);
    out->rows[1] = row_of_hash(network, PART_CASED, hash(plain.bytes, plain.len, 2));
    out->rows[8] = row_of_hash(network, PART_SHAPE, hash_of_shape(&plain));
    lower_word(&plain);
    uint64_t h = hash(plain.bytes, plain.len, 1);
    out->key = (uint32_t)(h >> 32);
    out->rows[0] = row_of_word(network, h);
    for (unsigned k = 0; k < AFFIXES; k++) {
        uint32_t n = k + 2 < plain.count ? k + 2 : plain.count;
        uint32_t from = plain.begins[plain.count - n], to = plain.begins[n];
        out->rows[2 + k] = row_of_hash(network, PART_SUFFIX + k, hash(plain.bytes + from, plain.len - from, 3 + k));
        out->rows[5 + k] = row_of_hash(network, PART_PREFIX + k, hash(plain.bytes, to, 6 + k));
    }
    out->rows[9] = row_of_hash(network, PART_LEFT, hash(plain.bytes, plain.len, 10));
    out->rows[10] = row_of_hash(network, PART_RIGHT, hash(plain.bytes, plain.len, 11));
}

uint32_t dln_pair_row(const dln_network *network, uint32_t left, uint32_t own) {
    uint64_t h = (left * 0x9E3779B97F4A7C15u + own) * 0xC2B2AE3D27D4EB4Fu;
    return (uint32_t)((h >> 40) % network->pairs);
}
