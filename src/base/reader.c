/* SPDX-License-Identifier: Apache-2.0
 * reader.c: bounded little-endian bytes. Files are hostile. */
#include "base.h"

dln_reader dln_reader_of(const void *data, size_t size) {
    const uint8_t *at = data;
    return (dln_reader){ at, at == NULL ? at : at + size, DATELINE_OK };
}

const void *dln_reader_bytes(dln_reader *reader, uint64_t size) {
    if (reader->status != DATELINE_OK || (uint64_t)(reader->end - reader->at) < size) {
        reader->status = DATELINE_BAD_MODEL;
        return NULL;
    }
    const uint8_t *bytes = reader->at;
    reader->at += size;
    return bytes;
}

static uint64_t number(dln_reader *reader, unsigned size) {
    const uint8_t *bytes = dln_reader_bytes(reader, size);
    uint64_t value = 0;
    for (unsigned i = 0; bytes != NULL && i < size; i++) value |= (uint64_t)bytes[i] << (8 * i);
    return value;
}

uint8_t dln_reader_u8(dln_reader *reader) {
    return (uint8_t)number(reader, 1);
}

uint16_t dln_reader_u16(dln_reader *reader) {
    return (uint16_t)number(reader, 2);
}

uint32_t dln_reader_u32(dln_reader *reader) {
    return (uint32_t)number(reader, 4);
}

uint64_t dln_reader_u64(dln_reader *reader) {
    return number(reader, 8);
}
