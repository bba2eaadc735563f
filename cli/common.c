/* SPDX-License-Identifier: Apache-2.0
 * common.c: memory, growing text, messages. */
#include "cli.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void *allocate(size_t count, size_t size) {
    void *memory = calloc(count == 0 ? 1 : count, size);
    if (memory != NULL) return memory;
    complain("out of memory");
    exit(STATUS_IO);
}

void complain(const char *format, ...) {
    va_list args;
    va_start(args, format);
    flockfile(stderr); /* one message stays in one piece */
    fputs("dateline: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    funlockfile(stderr);
    va_end(args);
}

/* Room for `more` bytes and a NUL behind them. */
static bool reserve(text *out, size_t more) {
    if (out->failed) return false;
    if (more < out->capacity - out->len) return true;
    size_t capacity = out->capacity < 256 ? 256 : out->capacity;
    while (capacity - out->len <= more && capacity <= SIZE_MAX / 2) capacity *= 2;
    char *ptr = capacity - out->len > more ? realloc(out->ptr, capacity) : NULL;
    out->failed = ptr == NULL;
    if (out->failed) return false;
    out->ptr = ptr;
    out->capacity = capacity;
    return true;
}

void text_add(text *out, const char *bytes, size_t len) {
    if (!reserve(out, len)) return;
    if (len > 0) memcpy(out->ptr + out->len, bytes, len);
    out->len += len;
    out->ptr[out->len] = '\0';
}

void text_add_str(text *out, dateline_str str) {
    text_add(out, str.ptr, str.len);
}

void text_add_string(text *out, const char *string) {
    text_add(out, string, strlen(string));
}

void text_add_format(text *out, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (need >= 0 && reserve(out, (size_t)need)) {
        vsnprintf(out->ptr + out->len, (size_t)need + 1, format, again);
        out->len += (size_t)need;
    }
    va_end(again);
}

#define SPILL_BYTES ((size_t)1 << 20) /* most documents stay below it and are written at once */

void text_ease(text *out) {
    if (out->spill == NULL || out->failed || out->len < SPILL_BYTES) return;
    out->failed = !out->spill(out->user, out->ptr, out->len);
    out->len = 0;
}

static bool add_piece(void *user, const char *bytes, size_t len) {
    text *out = user;
    text_add(out, bytes, len);
    text_ease(out);
    return !out->failed;
}

bool text_print(text *out, const dateline_doc *doc, dateline_form form, unsigned layers) {
    if (dateline_doc_write(doc, form, layers, add_piece, out, NULL) != DATELINE_OK) out->failed = true;
    return !out->failed;
}

void text_free(text *out) {
    free(out->ptr);
    *out = (text){ 0 };
}
