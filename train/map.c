/* SPDX-License-Identifier: Apache-2.0
 * map.c: numbers by 64-bit keys, and the trainer's small tools. */
#include "train.h"

#include <stdio.h>
#include <stdlib.h>

void fail(const char *what, const char *detail) {
    fprintf(stderr, "train: %s: %s\n", what, detail);
    exit(1);
}

void *need(void *ptr) {
    if (ptr == NULL) fail("memory", "there is not enough");
    return ptr;
}

uint32_t draw(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (uint32_t)(*seed >> 32);
}

void shuffle(uint32_t *order, size_t count, uint64_t *seed) {
    for (size_t i = count; i > 1; i--) {
        size_t j = draw(seed) % i;
        uint32_t swap = order[i - 1];
        order[i - 1] = order[j];
        order[j] = swap;
    }
}

void number_map_init(number_map *map) {
    *map = (number_map){ NULL, NULL, 0, 0 };
}

/* Key 0 marks a free slot; a key that is 0 in truth becomes 1. */
static size_t slot_of(const number_map *map, uint64_t key) {
    size_t slot = (size_t)(key * 0x9e3779b97f4a7c15u >> 20) & (map->slots - 1);
    while (map->keys[slot] != 0 && map->keys[slot] != key) slot = (slot + 1) & (map->slots - 1);
    return slot;
}

uint32_t *number_map_get(const number_map *map, uint64_t key) {
    if (key == 0) key = 1;
    if (map->slots == 0) return NULL;
    size_t slot = slot_of(map, key);
    return map->keys[slot] == key ? &map->values[slot] : NULL;
}

static void grow(number_map *map) {
    number_map old = *map;
    map->slots = old.slots == 0 ? 1024 : old.slots * 2;
    map->keys = need(dln_alloc(map->slots, sizeof *map->keys));
    map->values = need(dln_alloc(map->slots, sizeof *map->values));
    for (size_t i = 0; i < old.slots; i++) {
        if (old.keys[i] == 0) continue;
        size_t slot = slot_of(map, old.keys[i]);
        map->keys[slot] = old.keys[i];
        map->values[slot] = old.values[i];
    }
    dln_free(old.keys);
    dln_free(old.values);
}

uint32_t *number_map_put(number_map *map, uint64_t key, bool *is_new) {
    if (key == 0) key = 1;
    if (map->count * 2 >= map->slots) grow(map);
    size_t slot = slot_of(map, key);
    *is_new = map->keys[slot] == 0;
    if (*is_new) map->count++;
    map->keys[slot] = key;
    return &map->values[slot];
}

void number_map_release(number_map *map) {
    dln_free(map->keys);
    dln_free(map->values);
    number_map_init(map);
}
