/* SPDX-License-Identifier: Apache-2.0
 * array.c: growing arrays of items of one size. */
#include "base.h"

void dln_array_init(dln_array *array, size_t item_size) {
    *array = (dln_array){ .item_size = item_size };
}

static bool reserve(dln_array *array, size_t count) {
    if (array->status != DATELINE_OK) return false;
    if (count <= array->capacity) return true;
    size_t capacity = array->capacity < 8 ? 8 : array->capacity;
    while (capacity < count) {
        if (capacity > SIZE_MAX / 2) {
            array->status = DATELINE_NO_MEMORY;
            return false;
        }
        capacity *= 2;
    }
    void *items = dln_realloc(array->items, capacity, array->item_size);
    if (items == NULL) {
        array->status = DATELINE_NO_MEMORY;
        return false;
    }
    array->items = items;
    array->capacity = capacity;
    return true;
}

bool dln_array_resize(dln_array *array, size_t count) {
    if (!reserve(array, count)) return false;
    if (count > array->count)
        memset((char *)array->items + array->count * array->item_size, 0, (count - array->count) * array->item_size);
    array->count = count;
    return true;
}

void *dln_array_add(dln_array *array) {
    if (array->count == SIZE_MAX || !dln_array_resize(array, array->count + 1)) return NULL;
    return (char *)array->items + (array->count - 1) * array->item_size;
}

bool dln_array_push(dln_array *array, const void *item) {
    void *slot = dln_array_add(array);
    if (slot == NULL) return false;
    memcpy(slot, item, array->item_size);
    return true;
}

void dln_array_clear(dln_array *array) {
    array->count = 0;
    array->status = DATELINE_OK;
}

void dln_array_release(dln_array *array) {
    dln_free(array->items);
    dln_array_init(array, array->item_size);
}
