/* SPDX-License-Identifier: Apache-2.0
 * map.c: text to number, open addressing with linear probing. */
#include "base.h"

void dln_map_init(dln_map *map) {
    *map = (dln_map){ 0 };
    dln_array_init(&map->entries, sizeof(dln_map_entry));
}

/* The slot of a key, or the free slot where it would go. slot_count is a power of two and never full. */
static size_t slot_of(const dln_map *map, dateline_str key) {
    const dln_map_entry *entries = map->entries.items;
    size_t mask = map->slot_count - 1, slot = (size_t)dln_hash(key) & mask;
    while (map->slots[slot] != 0 && !dln_str_equal(entries[map->slots[slot] - 1].key, key)) slot = (slot + 1) & mask;
    return slot;
}

uint32_t *dln_map_get(const dln_map *map, dateline_str key) {
    if (map->slot_count == 0) return NULL;
    uint32_t number = map->slots[slot_of(map, key)];
    return number == 0 ? NULL : &((dln_map_entry *)map->entries.items)[number - 1].value;
}

static bool grow(dln_map *map) {
    size_t slot_count = map->slot_count == 0 ? 16 : map->slot_count * 2;
    uint32_t *slots = dln_alloc(slot_count, sizeof *slots);
    if (slots == NULL) {
        map->status = DATELINE_NO_MEMORY;
        return false;
    }
    dln_free(map->slots);
    map->slots = slots;
    map->slot_count = slot_count;
    const dln_map_entry *entries = map->entries.items;
    for (size_t i = 0; i < map->entries.count; i++) slots[slot_of(map, entries[i].key)] = (uint32_t)i + 1;
    return true;
}

uint32_t *dln_map_put(dln_map *map, dateline_str key, bool *is_new) {
    if (is_new != NULL) *is_new = false;
    if (map->status != DATELINE_OK) return NULL;
    if (map->entries.count * 4 >= map->slot_count * 3 && !grow(map)) return NULL;
    size_t slot = slot_of(map, key);
    if (map->slots[slot] == 0) {
        dln_map_entry *entry = dln_array_add(&map->entries);
        if (entry == NULL) {
            map->status = map->entries.status;
            return NULL;
        }
        entry->key = key;
        map->slots[slot] = (uint32_t)map->entries.count;
        if (is_new != NULL) *is_new = true;
    }
    return &((dln_map_entry *)map->entries.items)[map->slots[slot] - 1].value;
}

void dln_map_clear(dln_map *map) {
    dln_array_clear(&map->entries);
    if (map->slots != NULL) memset(map->slots, 0, map->slot_count * sizeof *map->slots);
    map->status = DATELINE_OK;
}

void dln_map_release(dln_map *map) {
    dln_array_release(&map->entries);
    dln_free(map->slots);
    dln_map_init(map);
}
