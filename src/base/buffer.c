/* SPDX-License-Identifier: Apache-2.0
 * buffer.c: growing bytes. */
#include "base.h"

#include <stdarg.h>
#include <stdio.h>

void dln_buf_init(dln_buf *buf) {
    *buf = (dln_buf){ 0 };
}

static bool drain(dln_buf *buf) {
    if (!buf->drain(buf->drain_user, buf->ptr, buf->len - 1)) {
        buf->status = DATELINE_IO;
        return false;
    }
    buf->ptr[0] = buf->ptr[buf->len - 1];
    buf->len = 1;
    return true;
}

/* Room for `more` bytes and a NUL behind them. */
static bool reserve(dln_buf *buf, size_t more) {
    if (buf->status != DATELINE_OK) return false;
    if (buf->drain != NULL && buf->len >= DLN_DRAIN_BYTES && !drain(buf)) return false;
    if (buf->capacity > buf->len && more < buf->capacity - buf->len) return true;
    size_t capacity = buf->capacity < 64 ? 64 : buf->capacity;
    while (capacity - buf->len <= more) {
        if (capacity > SIZE_MAX / 2) {
            buf->status = DATELINE_NO_MEMORY;
            return false;
        }
        capacity *= 2;
    }
    char *ptr = dln_realloc(buf->ptr, capacity, 1);
    if (ptr == NULL) {
        buf->status = DATELINE_NO_MEMORY;
        return false;
    }
    buf->ptr = ptr;
    buf->capacity = capacity;
    return true;
}

void dln_buf_add_bytes(dln_buf *buf, const void *data, size_t size) {
    if (size == 0 || !reserve(buf, size)) return;
    memcpy(buf->ptr + buf->len, data, size);
    buf->len += size;
}

void dln_buf_add(dln_buf *buf, dateline_str text) {
    dln_buf_add_bytes(buf, text.ptr, text.len);
}

void dln_buf_add_char(dln_buf *buf, char c) {
    if (reserve(buf, 1)) buf->ptr[buf->len++] = c;
}

void dln_buf_add_code_point(dln_buf *buf, uint32_t code_point) {
    char bytes[4];
    dln_buf_add_bytes(buf, bytes, dln_utf8_encode(code_point, bytes));
}

void dln_buf_add_format(dln_buf *buf, const char *format, ...) {
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (need > 0 && reserve(buf, (size_t)need)) {
        vsnprintf(buf->ptr + buf->len, (size_t)need + 1, format, again);
        buf->len += (size_t)need;
    }
    va_end(again);
}

void dln_buf_add_u32(dln_buf *buf, uint32_t value) {
    uint8_t bytes[4];
    for (unsigned i = 0; i < 4; i++) bytes[i] = (uint8_t)(value >> (8 * i));
    dln_buf_add_bytes(buf, bytes, sizeof bytes);
}

void dln_buf_add_u64(dln_buf *buf, uint64_t value) {
    dln_buf_add_u32(buf, (uint32_t)value);
    dln_buf_add_u32(buf, (uint32_t)(value >> 32));
}

dateline_str dln_buf_str(const dln_buf *buf) {
    return (dateline_str){ buf->ptr == NULL ? "" : buf->ptr, buf->len };
}

char *dln_buf_detach(dln_buf *buf) {
    if (!reserve(buf, 0)) {
        dln_buf_release(buf);
        return NULL;
    }
    char *ptr = buf->ptr;
    ptr[buf->len] = '\0';
    dln_buf_init(buf);
    return ptr;
}

void dln_buf_clear(dln_buf *buf) {
    buf->len = 0;
    buf->status = DATELINE_OK;
}

void dln_buf_release(dln_buf *buf) {
    dln_free(buf->ptr);
    dln_buf_init(buf);
}
