/* SPDX-License-Identifier: Apache-2.0
 * Packed input: gzip and Zstandard, in several parts, damaged, cut off. */
#include "ingest/ingest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>
#include <zlib.h>
#include <zstd.h>

static void add_gzip(dln_buf *out, dateline_str text) {
    unsigned char packed[4096];
    z_stream stream = { 0 };
    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = (z_const Bytef *)(uintptr_t)text.ptr;
    stream.avail_in = (uInt)text.len;
    int result = Z_OK;
    while (result != Z_STREAM_END) {
        stream.next_out = packed;
        stream.avail_out = sizeof packed;
        result = deflate(&stream, Z_FINISH);
        dln_buf_add_bytes(out, packed, sizeof packed - stream.avail_out);
    }
    deflateEnd(&stream);
}

static void add_zstd(dln_buf *out, dateline_str text) {
    size_t room = ZSTD_compressBound(text.len);
    char *packed = dln_alloc(room, 1);
    assert_non_null(packed);
    ZSTD_CCtx *context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    size_t size = ZSTD_compress2(context, packed, room, text.ptr, text.len);
    ZSTD_freeCCtx(context);
    assert_false(ZSTD_isError(size));
    dln_buf_add_bytes(out, packed, size);
    dln_free(packed);
}

enum { LINES = 5000 };

/* Lines [first, end) of a JSON Lines file: {"id":7,"text":"item 7"} */
static void add_lines(dln_buf *out, unsigned first, unsigned end) {
    for (unsigned i = first; i < end; i++) dln_buf_add_format(out, "{\"id\":%u,\"text\":\"item %u\"}\n", i, i);
}

typedef void pack_fn(dln_buf *out, dateline_str text);

/* All lines, packed in two parts that do not end with a line. */
static void pack_lines(dln_buf *out, pack_fn *pack) {
    dln_buf lines;
    dln_buf_init(&lines);
    add_lines(&lines, 0, LINES);
    dateline_str text = dln_buf_str(&lines);
    pack(out, dln_str_slice(text, 0, text.len / 2));
    pack(out, dln_str_slice(text, text.len / 2, text.len));
    dln_buf_release(&lines);
    assert_int_equal(out->status, DATELINE_OK);
}

/* Reads to the end; returns how many records there were, the first ones of which have the ids 0, 1, 2 … */
static unsigned read_all(dateline_str bytes, dateline_status *status, dateline_error *err) {
    dateline_source_options options = DATELINE_SOURCE_OPTIONS_INIT;
    options.form = "jsonl";
    dateline_source *source = dln_source_from_memory("packed", bytes, &options, err);
    assert_non_null(source);
    unsigned count = 0, in_order = 0;
    for (dateline_record *record; (*status = dateline_source_next(source, &record, err)) == DATELINE_OK; count++) {
        if (record == NULL) break;
        uint64_t id;
        if (dln_str_to_u64(record->input.id, &id) && id == count) in_order++;
        dateline_record_free(record);
    }
    dateline_source_close(source);
    return in_order;
}

static void assert_all_read(dateline_str bytes) {
    dateline_error err;
    dateline_status status;
    assert_int_equal(read_all(bytes, &status, &err), LINES);
    assert_int_equal(status, DATELINE_OK);
}

static void several_parts_are_one_stream(void **state) {
    (void)state;
    pack_fn *const packs[] = { add_gzip, add_zstd };
    for (size_t i = 0; i < 2; i++) {
        dln_buf packed;
        dln_buf_init(&packed);
        pack_lines(&packed, packs[i]);
        assert_all_read(dln_buf_str(&packed));
        dln_buf_release(&packed);
    }
}

static void padding_and_skippable_frames_are_passed_over(void **state) {
    (void)state;
    dln_buf packed;
    dln_buf_init(&packed);
    pack_lines(&packed, add_gzip);
    for (int i = 0; i < 1000; i++) dln_buf_add_char(&packed, '\0');
    assert_all_read(dln_buf_str(&packed));
    dln_buf_clear(&packed);
    dln_buf_add_bytes(&packed, "\x51\x2A\x4D\x18\x03\0\0\0abc", 11);
    pack_lines(&packed, add_zstd);
    assert_all_read(dln_buf_str(&packed));
    dln_buf_release(&packed);
}

/* Whole lines before the cut come out, then the stream fails; the half line does not come out. */
static void a_cut_gives_what_came_before(void **state) {
    (void)state;
    pack_fn *const packs[] = { add_gzip, add_zstd };
    for (size_t i = 0; i < 2; i++) {
        dln_buf packed;
        dln_buf_init(&packed);
        pack_lines(&packed, packs[i]);
        dateline_error err;
        dateline_status status;
        dateline_str bytes = dln_buf_str(&packed);
        unsigned count = read_all(dln_str_slice(bytes, 0, bytes.len * 3 / 4), &status, &err);
        assert_int_equal(status, DATELINE_IO);
        assert_int_equal(err.code, DATELINE_IO);
        assert_non_null(strstr(err.what, "cut off"));
        assert_in_range(count, LINES / 2 - 1, LINES - 1);
        dln_buf_release(&packed);
    }
}

static void damage_is_told(void **state) {
    (void)state;
    pack_fn *const packs[] = { add_gzip, add_zstd };
    for (size_t i = 0; i < 2; i++) {
        dln_buf packed;
        dln_buf_init(&packed);
        pack_lines(&packed, packs[i]);
        dln_buf_add(&packed, DLN_STR("garbage behind the last part"));
        dateline_error err;
        dateline_status status;
        assert_int_equal(read_all(dln_buf_str(&packed), &status, &err), LINES);
        assert_int_equal(status, DATELINE_IO);
        memset(packed.ptr + packed.len / 4, 0x55, 40);
        assert_true(read_all(dln_buf_str(&packed), &status, &err) < LINES);
        assert_int_equal(status, DATELINE_IO);
        dln_buf_release(&packed);
    }
}

/* A cut in a plain text leaves no half text. */
static void a_cut_text_is_no_text(void **state) {
    (void)state;
    dln_buf packed;
    dln_buf_init(&packed);
    add_gzip(&packed, DLN_STR("A first sentence. A second sentence."));
    dateline_error err;
    dateline_str cut = dln_str_slice(dln_buf_str(&packed), 0, packed.len - 9);
    dateline_source *source = dln_source_from_memory("a.txt.gz", cut, NULL, &err);
    assert_non_null(source);
    dateline_record *record;
    assert_int_equal(dateline_source_next(source, &record, &err), DATELINE_IO);
    assert_null(record);
    dateline_source_close(source);
    dln_buf_release(&packed);
}

/* From a file: the packed bytes are what progress counts; the name without its ending makes the ids. */
static void files_report_progress(void **state) {
    (void)state;
    dln_buf packed;
    dln_buf_init(&packed);
    pack_lines(&packed, add_gzip);
    dateline_error err;
    const char *path = "ingest_packed_test.jsonl.gz";
    assert_int_equal(dln_file_write(path, dln_buf_str(&packed), &err), DATELINE_OK);
    dateline_source *source = dateline_source_open(path, NULL, &err);
    assert_non_null(source);
    uint64_t done, all, before = 0;
    unsigned count = 0;
    for (dateline_record *record; dateline_source_next(source, &record, &err) == DATELINE_OK && record != NULL;) {
        dateline_source_progress(source, &done, &all);
        assert_true(done >= before && done <= all);
        assert_int_equal(all, packed.len);
        before = done;
        count++;
        dateline_record_free(record);
    }
    assert_int_equal(count, LINES);
    assert_int_equal(before, packed.len);
    dateline_source_close(source);
    assert_int_equal(remove(path), 0);
    dln_buf_release(&packed);
}

static void other_packings_are_refused_by_name(void **state) {
    (void)state;
    dateline_error err;
    assert_null(dln_source_from_memory("a", (dateline_str){ "\xFD\x37zXZ\0\0", 7 }, NULL, &err));
    assert_int_equal(err.code, DATELINE_BAD_INPUT);
    assert_non_null(strstr(err.what, "xz"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(several_parts_are_one_stream),
        cmocka_unit_test(padding_and_skippable_frames_are_passed_over),
        cmocka_unit_test(a_cut_gives_what_came_before),
        cmocka_unit_test(damage_is_told),
        cmocka_unit_test(a_cut_text_is_no_text),
        cmocka_unit_test(files_report_progress),
        cmocka_unit_test(other_packings_are_refused_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
