/* SPDX-License-Identifier: Apache-2.0
 * alloc.c: the one door to the heap, with a latch that tests use to make it fail. */
#include "base.h"

#include <stdlib.h>

#ifdef DATELINE_FAULTS
static uint64_t calls, fail_at;
static bool fail_after;

void dln_alloc_fail(uint64_t n, bool sticky) {
    calls = 0;
    fail_at = n;
    fail_after = sticky;
}

uint64_t dln_alloc_count(void) {
    return calls;
}

static bool must_fail(void) {
    calls++;
    return fail_at != 0 && (calls == fail_at || (fail_after && calls > fail_at));
}
#else
void dln_alloc_fail(uint64_t n, bool sticky) {
    (void)n;
    (void)sticky;
}

uint64_t dln_alloc_count(void) {
    return 0;
}

static bool must_fail(void) {
    return false;
}
#endif

void *dln_alloc(size_t count, size_t size) {
    return must_fail() ? NULL : calloc(count == 0 ? 1 : count, size == 0 ? 1 : size);
}

void *dln_realloc(void *ptr, size_t count, size_t size) {
    if (must_fail() || (size != 0 && count > SIZE_MAX / size)) return NULL;
    size_t bytes = count * size;
    return realloc(ptr, bytes == 0 ? 1 : bytes);
}

void dln_free(void *ptr) {
    free(ptr);
}
