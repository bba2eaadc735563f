/* SPDX-License-Identifier: Apache-2.0
 * perceptron.c: averaged perceptron over hashed features, sparse in features and classes. */
#include "train.h"

void perceptron_init(perceptron *p, uint32_t class_count) {
    number_map_init(&p->map);
    dln_array_init(&p->rows, sizeof(row));
    p->class_count = class_count;
    p->clock = 1;
}

static row *row_at(const perceptron *p, uint32_t i) {
    return (row *)p->rows.items + i;
}

void perceptron_score(const perceptron *p, const dln_features *features, int32_t *scores) {
    for (size_t i = 0; i < features->count; i++) {
        const uint32_t *at = number_map_get(&p->map, features->hash[i]);
        if (at == NULL) continue;
        const row *r = row_at(p, *at);
        for (uint16_t k = 0; k < r->count; k++) scores[r->cells[k].class] += r->cells[k].weight;
    }
}

static cell *cell_of(row *r, uint32_t class) {
    for (uint16_t k = 0; k < r->count; k++)
        if (r->cells[k].class == class) return &r->cells[k];
    if (r->count == r->capacity) {
        r->capacity = (uint16_t)(r->capacity == 0 ? 2 : r->capacity * 2);
        r->cells = need(dln_realloc(r->cells, r->capacity, sizeof(cell)));
    }
    r->cells[r->count] = (cell){ 0, 0, 0, (uint8_t) class };
    return &r->cells[r->count++];
}

/* The sum over all steps is kept up lazily: `stamp` says up to which step `total` counts. */
static void change(perceptron *p, row *r, uint32_t class, int32_t by) {
    cell *c = cell_of(r, class);
    c->total += (int64_t)c->weight * (p->clock - c->stamp);
    c->stamp = p->clock;
    c->weight += by;
}

void perceptron_learn(perceptron *p, const dln_features *features, uint32_t gold, uint32_t guess) {
    if (gold != guess) {
        for (size_t i = 0; i < features->count; i++) {
            bool is_new;
            uint32_t *at = number_map_put(&p->map, features->hash[i], &is_new);
            if (is_new) {
                *at = (uint32_t)p->rows.count;
                need(dln_array_add(&p->rows));
            }
            row *r = row_at(p, *at);
            r->updates++;
            change(p, r, gold, 1);
            change(p, r, guess, -1);
        }
    }
    p->clock++;
}

int32_t perceptron_average(const perceptron *p, const cell *c) {
    int64_t total = c->total + (int64_t)c->weight * (p->clock - c->stamp);
    double value = (double)total * 256 / p->clock;
    if (value > INT16_MAX) return INT16_MAX;
    if (value < INT16_MIN) return INT16_MIN;
    return (int32_t)(value < 0 ? value - 0.5 : value + 0.5);
}

void perceptron_release(perceptron *p) {
    for (uint32_t i = 0; i < p->rows.count; i++) dln_free(row_at(p, i)->cells);
    dln_array_release(&p->rows);
    number_map_release(&p->map);
}
