/* SPDX-License-Identifier: Apache-2.0
 * unpack.c: a file's bytes, unpacked as they stream by. */
#include "ingest/ingest_internal.h"

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

typedef enum { PACKING_NONE = 0, PACKING_GZIP, PACKING_ZSTD } packing;

#define CHUNK ((size_t)1 << 16)

struct dln_unpacker {
    dln_stream *stream; /* NULL: all bytes are in memory */
    char *chunk;        /* what was read last, if there is a stream */
    const char *ptr;    /* bytes [at, end) wait to be unpacked */
    size_t at, end;
    bool exhausted;
    uint64_t done, size;
    packing packing;
    bool inside; /* within a gzip member or a Zstandard frame: an end of file here is a cut */
    z_stream gzip;
    ZSTD_DStream *zstd;
    char name[]; /* for messages */
};

/* More packed bytes, if all of the last ones are used up; a live pipe may give few. */
static dateline_status refill(dln_unpacker *unpacker, dateline_error *err) {
    if (unpacker->at < unpacker->end || unpacker->exhausted) return DATELINE_OK;
    size_t got = 0;
    if (unpacker->stream != NULL) {
        dateline_status status = dln_stream_read(unpacker->stream, unpacker->chunk, CHUNK, &got, err);
        if (status != DATELINE_OK) return status;
    }
    unpacker->at = 0;
    unpacker->end = got;
    unpacker->exhausted = got == 0;
    unpacker->done += got;
    return DATELINE_OK;
}

static dateline_str waiting(const dln_unpacker *unpacker) {
    return (dateline_str){ unpacker->ptr + unpacker->at, unpacker->end - unpacker->at };
}

static voidpf gzip_alloc(voidpf user, uInt count, uInt size) {
    (void)user;
    return dln_alloc(count, size);
}

static void gzip_free(voidpf user, voidpf ptr) {
    (void)user;
    dln_free(ptr);
}

#define GZIP_MAGIC DLN_STR("\x1F\x8B")
#define ZSTD_MAGIC DLN_STR("\x28\xB5\x2F\xFD")
#define GZIP_WINDOW (15 + 16) /* largest window; gzip header expected */

/* A frame of user data, which Zstandard passes over: 50 to 5F, 2A 4D 18. */
static bool is_skippable_frame(dateline_str head) {
    return head.len >= 4 && ((uint8_t)head.ptr[0] & 0xF0) == 0x50 && memcmp(head.ptr + 1, "\x2A\x4D\x18", 3) == 0;
}

static dateline_status refuse_packing(const dln_unpacker *unpacker, dateline_error *err) {
    static const struct {
        dateline_str magic;
        const char *name;
    } known[] = { { { "\xFD\x37zXZ\0", 6 }, "xz" },
                  { { "PK\3\4", 4 }, "zip" },
                  { { "\x37\x7A\xBC\xAF\x27\x1C", 6 }, "7z" } };
    dateline_str head = waiting(unpacker);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (dln_str_starts(head, known[i].magic))
            return dln_error_set(err, DATELINE_BAD_INPUT, 0, "%.100s: %s archives are not read; unpack it first",
                                 unpacker->name, known[i].name);
    if (head.len >= 10 && memcmp(head.ptr, "BZh", 3) == 0 && memcmp(head.ptr + 4, "1AY&SY", 6) == 0)
        return dln_error_set(err, DATELINE_BAD_INPUT, 0, "%.100s: bzip2 files are not read; unpack it first",
                             unpacker->name);
    return DATELINE_OK;
}

#define LONGEST_MAGIC 10

/* A pipe may give the head in pieces. A line end among the first bytes settles it, too: no magic number has one, and
 * who writes short lines into a live pipe waits for their answers. */
static dateline_status read_head(dln_unpacker *unpacker, dateline_error *err) {
    dateline_status status = refill(unpacker, err);
    while (status == DATELINE_OK && unpacker->stream != NULL && !unpacker->exhausted && unpacker->end < LONGEST_MAGIC &&
           memchr(unpacker->ptr, '\n', unpacker->end) == NULL) {
        size_t got = 0;
        status = dln_stream_read(unpacker->stream, unpacker->chunk + unpacker->end, CHUNK - unpacker->end, &got, err);
        if (got == 0) break;
        unpacker->end += got;
        unpacker->done += got;
    }
    return status;
}

static dateline_status find_packing(dln_unpacker *unpacker, dateline_error *err) {
    dateline_status status = read_head(unpacker, err);
    if (status != DATELINE_OK) return status;
    dateline_str head = waiting(unpacker);
    if (head.ptr == NULL || head.len == 0) return DATELINE_OK; /* an empty file */
    if (dln_str_starts(head, GZIP_MAGIC)) {
        unpacker->gzip.zalloc = gzip_alloc;
        unpacker->gzip.zfree = gzip_free;
        if (inflateInit2(&unpacker->gzip, GZIP_WINDOW) != Z_OK) return dln_error_memory(err);
        unpacker->packing = PACKING_GZIP;
        unpacker->inside = true;
        return DATELINE_OK;
    }
    if (dln_str_starts(head, ZSTD_MAGIC) || is_skippable_frame(head)) {
        unpacker->zstd = ZSTD_createDStream();
        if (unpacker->zstd == NULL) return dln_error_memory(err);
        unpacker->packing = PACKING_ZSTD;
        return DATELINE_OK;
    }
    return refuse_packing(unpacker, err);
}

static dln_unpacker *new_unpacker(const char *name, dateline_error *err) {
    size_t length = strlen(name);
    dln_unpacker *unpacker = dln_alloc(1, sizeof *unpacker + length + 1);
    if (unpacker == NULL) dln_error_memory(err);
    else memcpy(unpacker->name, name, length);
    return unpacker;
}

dln_unpacker *dln_unpacker_open(const char *path, dateline_error *err) {
    dln_unpacker *unpacker = new_unpacker(path, err);
    if (unpacker == NULL) return NULL;
    dateline_status status = DATELINE_OK;
    unpacker->ptr = unpacker->chunk = dln_alloc(CHUNK, 1);
    if (unpacker->chunk == NULL) status = dln_error_memory(err);
    if (status == DATELINE_OK) {
        unpacker->stream = dln_stream_open(path, err);
        if (unpacker->stream == NULL) status = DATELINE_IO;
        else unpacker->size = dln_stream_size(unpacker->stream);
    }
    if (status == DATELINE_OK) status = find_packing(unpacker, err);
    if (status == DATELINE_OK) return unpacker;
    dln_unpacker_close(unpacker);
    return NULL;
}

dln_unpacker *dln_unpacker_from_memory(const char *name, dateline_str bytes, dateline_error *err) {
    dln_unpacker *unpacker = new_unpacker(name, err);
    if (unpacker == NULL) return NULL;
    unpacker->ptr = bytes.ptr == NULL ? "" : bytes.ptr;
    unpacker->end = bytes.len;
    unpacker->done = unpacker->size = bytes.len;
    if (find_packing(unpacker, err) == DATELINE_OK) return unpacker;
    dln_unpacker_close(unpacker);
    return NULL;
}

static dateline_status damaged(const dln_unpacker *unpacker, const char *what, dateline_error *err) {
    uint64_t at = unpacker->done - (unpacker->end - unpacker->at);
    return dln_error_set(err, DATELINE_IO, at, "%.100s: %s at byte %llu; what came before was read", unpacker->name,
                         what, (unsigned long long)at);
}

/* Plain bytes: at least one, if there are any left. */
static void take_plain(dln_unpacker *unpacker, char *data, size_t size, size_t *got) {
    dateline_str bytes = dln_str_slice(waiting(unpacker), 0, size);
    if (bytes.len != 0) memcpy(data, bytes.ptr, bytes.len);
    unpacker->at += bytes.len;
    *got = bytes.len;
}

/* Behind a member may stand another one, or the zeros that tape and tar pad with. */
static dateline_status next_member(dln_unpacker *unpacker, dateline_error *err) {
    while (unpacker->at < unpacker->end && unpacker->ptr[unpacker->at] == '\0') unpacker->at++;
    if (unpacker->at == unpacker->end) return DATELINE_OK;
    if (unpacker->ptr[unpacker->at] != GZIP_MAGIC.ptr[0])
        return damaged(unpacker, "the gzip data is followed by something else", err);
    inflateReset(&unpacker->gzip);
    unpacker->inside = true;
    return DATELINE_OK;
}

static dateline_status take_gzip(dln_unpacker *unpacker, char *data, size_t size, size_t *got, dateline_error *err) {
    *got = 0;
    if (!unpacker->inside) {
        dateline_status status = next_member(unpacker, err);
        if (status != DATELINE_OK || !unpacker->inside) return status;
    }
    z_stream *gzip = &unpacker->gzip;
    dateline_str packed = dln_str_slice(waiting(unpacker), 0, CHUNK);
    gzip->next_in = (z_const Bytef *)(uintptr_t)packed.ptr;
    gzip->avail_in = (uInt)packed.len;
    gzip->next_out = (Bytef *)data;
    gzip->avail_out = (uInt)(size < CHUNK ? size : CHUNK);
    uInt room = gzip->avail_out;
    int result = inflate(gzip, Z_NO_FLUSH);
    unpacker->at += packed.len - gzip->avail_in;
    *got = room - gzip->avail_out;
    if (result == Z_STREAM_END) unpacker->inside = false;
    if (result == Z_MEM_ERROR) return dln_error_memory(err);
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
        return damaged(unpacker, "the gzip data is damaged", err);
    return DATELINE_OK;
}

/* A window over 128 MiB (`zstd --long`) is refused: any file could ask for gigabytes. Who trusts it unpacks it. */
static const char *zstd_fault(size_t result) {
    bool far = ZSTD_getErrorCode(result) == ZSTD_error_frameParameter_windowTooLarge;
    return far ? "a window over 128 MiB (unpack with `zstd -dc --long=31`)" : ZSTD_getErrorName(result);
}

static dateline_status take_zstd(dln_unpacker *unpacker, void *data, size_t size, size_t *got, dateline_error *err) {
    *got = 0;
    dateline_str packed = waiting(unpacker);
    if (packed.len == 0 && !unpacker->inside) return DATELINE_OK; /* else it would wait for one more frame */
    ZSTD_inBuffer in = { packed.ptr, packed.len, 0 };
    ZSTD_outBuffer out = { data, size, 0 };
    size_t result = ZSTD_decompressStream(unpacker->zstd, &out, &in);
    unpacker->at += in.pos;
    *got = out.pos;
    if (ZSTD_isError(result)) return damaged(unpacker, zstd_fault(result), err);
    unpacker->inside = result != 0;
    return DATELINE_OK;
}

static dateline_status take(dln_unpacker *unpacker, char *data, size_t size, size_t *got, dateline_error *err) {
    switch (unpacker->packing) {
    case PACKING_GZIP: return take_gzip(unpacker, data, size, got, err);
    case PACKING_ZSTD: return take_zstd(unpacker, data, size, got, err);
    case PACKING_NONE: break;
    }
    take_plain(unpacker, data, size, got);
    return DATELINE_OK;
}

dateline_status dln_unpacker_read(dln_unpacker *unpacker, void *data, size_t size, size_t *got, dateline_error *err) {
    *got = 0;
    dateline_status status = DATELINE_OK;
    while (status == DATELINE_OK && *got == 0 && size > 0) {
        status = refill(unpacker, err);
        if (status != DATELINE_OK) break;
        size_t more = 0, before = unpacker->at;
        status = take(unpacker, (char *)data + *got, size - *got, &more, err);
        *got += more;
        bool used_up = unpacker->at == unpacker->end;
        if (status != DATELINE_OK || more != 0 || unpacker->at != before || (used_up && !unpacker->exhausted)) continue;
        if (!used_up) status = damaged(unpacker, "the packed data is damaged", err);
        else if (unpacker->inside) status = damaged(unpacker, "the packed data is cut off", err);
        break;
    }
    return status;
}

uint64_t dln_unpacker_done(const dln_unpacker *unpacker) {
    return unpacker->done - (unpacker->end - unpacker->at);
}

uint64_t dln_unpacker_size(const dln_unpacker *unpacker) {
    return unpacker->size;
}

void dln_unpacker_close(dln_unpacker *unpacker) {
    if (unpacker == NULL) return;
    if (unpacker->packing == PACKING_GZIP) inflateEnd(&unpacker->gzip);
    ZSTD_freeDStream(unpacker->zstd);
    dln_stream_close(unpacker->stream);
    dln_free(unpacker->chunk);
    dln_free(unpacker);
}
