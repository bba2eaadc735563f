/* SPDX-License-Identifier: Apache-2.0
 * write.c: the model file; its form stands in src/tag/model.c. */
#include "train.h"

#include <stdio.h>
#include <stdlib.h>

void write_text(dln_buf *out, dateline_str text) {
    if (text.len > UINT8_MAX) fail("text is too long for the model", text.ptr);
    dln_buf_add_char(out, (char)text.len);
    dln_buf_add(out, text);
}

/* Rows of fewer updates, weights below (in 1/256 of an update) are noise. */
enum { LEAST_UPDATES = 3, LEAST_WEIGHT = 64 };

static void add_u16(dln_buf *out, uint32_t value) {
    dln_buf_add_char(out, (char)(value & 0xFF));
    dln_buf_add_char(out, (char)(value >> 8 & 0xFF));
}

/* A row on its way to the file. */
typedef struct {
    uint64_t key;
    uint32_t begin, size; /* bytes of its items in a side buffer */
    uint64_t strength;    /* its largest weight times the logarithm of its updates */
} line;

static int by_key(const void *a, const void *b) {
    uint64_t x = ((const line *)a)->key, y = ((const line *)b)->key;
    return x < y ? -1 : x > y;
}

static int by_strength(const void *a, const void *b) {
    const line *x = a, *y = b;
    if (x->strength != y->strength) return x->strength < y->strength ? 1 : -1;
    return by_key(a, b);
}

/* Two rows a bucket on average. */
static uint32_t bits_for(size_t count) {
    uint32_t bits = 1;
    while (bits < DLN_MAX_BUCKET_BITS && (size_t)2 << bits < count) bits++;
    return bits;
}

static void write_lines(dln_buf *out, uint32_t class_count, dln_array *lines, const dln_buf *items) {
    uint32_t bits = bits_for(lines->count), bucket = 0;
    dln_buf rows, starts;
    dln_buf_init(&rows);
    dln_buf_init(&starts);
    if (lines->count > 1) qsort(lines->items, lines->count, sizeof(line), by_key);
    for (size_t i = 0; i < lines->count; i++) {
        const line *l = (const line *)lines->items + i;
        for (; bucket <= l->key >> (64 - bits); bucket++) dln_buf_add_u32(&starts, (uint32_t)rows.len);
        add_u16(&rows, (uint32_t)(l->key & 0xFFFF));
        dln_buf_add_char(&rows, (char)(l->size / 3));
        dln_buf_add_bytes(&rows, items->ptr + l->begin, l->size);
    }
    for (; bucket <= 1u << bits; bucket++) dln_buf_add_u32(&starts, (uint32_t)rows.len);
    dln_buf_add_u32(out, class_count);
    dln_buf_add_u32(out, bits);
    dln_buf_add_u32(out, (uint32_t)rows.len);
    dln_buf_add(out, dln_buf_str(&starts));
    dln_buf_add(out, dln_buf_str(&rows));
    fprintf(stderr, "  %zu rows, %zu bytes\n", lines->count, starts.len + rows.len);
    dln_buf_release(&rows);
    dln_buf_release(&starts);
}

static void add_item(dln_buf *items, uint32_t class, int32_t value) {
    dln_buf_add_char(items, (char)class);
    add_u16(items, (uint32_t)value & 0xFFFF);
}

/* Keeps the strongest rows that fit. */
static void cut_lines(dln_array *lines, size_t budget) {
    size_t size = 0, kept = 0;
    const line *items = lines->items;
    if (lines->count > 1) qsort(lines->items, lines->count, sizeof(line), by_strength);
    for (; kept < lines->count; kept++) {
        size += items[kept].size + 5; /* items, head of the row, share of its bucket */
        if (size > budget) break;
    }
    lines->count = kept;
}

void write_perceptron(dln_buf *out, perceptron *p, size_t budget) {
    dln_array lines;
    dln_buf items;
    dln_array_init(&lines, sizeof(line));
    dln_buf_init(&items);
    for (size_t slot = 0; slot < p->map.slots; slot++) {
        if (p->map.keys[slot] == 0) continue;
        const row *r = (const row *)p->rows.items + p->map.values[slot];
        line l = { p->map.keys[slot], (uint32_t)items.len, 0, 0 };
        for (uint16_t k = 0; r->updates >= LEAST_UPDATES && k < r->count; k++) {
            int32_t value = perceptron_average(p, &r->cells[k]);
            if (abs(value) >= LEAST_WEIGHT) add_item(&items, r->cells[k].class, value);
            if ((uint64_t)abs(value) > l.strength) l.strength = (uint64_t)abs(value);
        }
        for (uint32_t u = r->updates, base = (uint32_t)l.strength; u > 1; u /= 2) l.strength += base;
        l.size = (uint32_t)items.len - l.begin;
        if (l.size > 0) dln_array_push(&lines, &l);
    }
    if (items.status != DATELINE_OK || lines.status != DATELINE_OK) need(NULL);
    cut_lines(&lines, budget);
    write_lines(out, p->class_count, &lines, &items);
    dln_buf_release(&items);
    dln_array_release(&lines);
}

void write_table(dln_buf *out, const number_map *table) {
    dln_array lines;
    dln_buf items;
    dln_array_init(&lines, sizeof(line));
    dln_buf_init(&items);
    for (size_t slot = 0; slot < table->slots; slot++) {
        if (table->keys[slot] == 0) continue;
        line l = { table->keys[slot], (uint32_t)items.len, 3, 0 };
        add_item(&items, 0, (int32_t)table->values[slot]);
        dln_array_push(&lines, &l);
    }
    write_lines(out, 1, &lines, &items);
    dln_buf_release(&items);
    dln_array_release(&lines);
}

void write_model(const char *path, const dln_buf *body) {
    dln_buf file;
    dateline_error err;
    dln_buf_init(&file);
    dln_buf_add_bytes(&file, DLN_MODEL_MAGIC, 8);
    dln_buf_add_u32(&file, DLN_MODEL_VERSION);
    dln_buf_add_u32(&file, 0);
    dln_buf_add_u64(&file, DLN_MODEL_HEADER + body->len);
    dln_buf_add_u64(&file, dln_model_checksum((const uint8_t *)body->ptr, body->len));
    dln_buf_add(&file, dln_buf_str(body));
    if (body->status != DATELINE_OK || file.status != DATELINE_OK) need(NULL);
    if (dln_file_write(path, dln_buf_str(&file), &err) != DATELINE_OK) fail(path, err.what);
    fprintf(stderr, "%s: %zu bytes\n", path, file.len);
    dln_buf_release(&file);
}
