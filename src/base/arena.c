/* SPDX-License-Identifier: Apache-2.0
 * arena.c: bump allocation. Chunks double up to 1 MiB; an object larger than that gets a chunk of its own size. */
#include "base.h"

struct dln_chunk {
    dln_chunk *before;
    size_t size; /* bytes behind the header */
};

#define ALIGNMENT ((size_t)16)
#define HEADER ((sizeof(dln_chunk) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)
#define FIRST_CHUNK ((size_t)4096)
#define LARGEST_CHUNK ((size_t)1 << 20)

void dln_arena_init(dln_arena *arena) {
    *arena = (dln_arena){ 0 };
}

static bool add_chunk(dln_arena *arena, size_t need) {
    size_t size = arena->chunk == NULL ? FIRST_CHUNK : arena->chunk->size * 2;
    if (size > LARGEST_CHUNK) size = LARGEST_CHUNK;
#ifdef DATELINE_ARENA_MALLOC
    size = need;
#else
    if (size < need) size = need;
#endif
    dln_chunk *chunk = need > SIZE_MAX - HEADER ? NULL : dln_alloc(1, HEADER + size);
    if (chunk == NULL) {
        arena->status = DATELINE_NO_MEMORY;
        return false;
    }
    chunk->before = arena->chunk;
    chunk->size = size;
    arena->chunk = chunk;
    arena->used = 0;
    arena->capacity = size;
    return true;
}

void *dln_arena_alloc(dln_arena *arena, size_t count, size_t size) {
    if (arena->status != DATELINE_OK) return NULL;
    if (size != 0 && count > (SIZE_MAX - ALIGNMENT) / size) {
        arena->status = DATELINE_NO_MEMORY;
        return NULL;
    }
    size_t bytes = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (bytes == 0) bytes = ALIGNMENT;
    if (bytes > arena->capacity - arena->used && !add_chunk(arena, bytes)) return NULL;
    char *at = (char *)arena->chunk + HEADER + arena->used;
    arena->used += bytes;
    return memset(at, 0, bytes);
}

void *dln_arena_copy(dln_arena *arena, const void *data, size_t size) {
    void *copy = dln_arena_alloc(arena, 1, size);
    if (copy != NULL && size != 0) memcpy(copy, data, size);
    return copy;
}

dateline_str dln_arena_str(dln_arena *arena, dateline_str text) {
    if (text.ptr == NULL) return text;
    char *copy = dln_arena_alloc(arena, 1, text.len + 1);
    if (copy == NULL) return (dateline_str){ NULL, 0 };
    if (text.len != 0) memcpy(copy, text.ptr, text.len);
    return (dateline_str){ copy, text.len };
}

static void free_chunks(dln_chunk *chunk) {
    while (chunk != NULL) {
        dln_chunk *before = chunk->before;
        dln_free(chunk);
        chunk = before;
    }
}

void dln_arena_clear(dln_arena *arena) {
#ifdef DATELINE_ARENA_MALLOC
    dln_arena_release(arena);
#else
    if (arena->chunk == NULL || arena->chunk->size > LARGEST_CHUNK) {
        dln_arena_release(arena);
        return;
    }
    free_chunks(arena->chunk->before);
    arena->chunk->before = NULL;
    arena->used = 0;
    arena->status = DATELINE_OK;
#endif
}

void dln_arena_release(dln_arena *arena) {
    free_chunks(arena->chunk);
    dln_arena_init(arena);
}
