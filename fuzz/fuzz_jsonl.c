/* SPDX-License-Identifier: Apache-2.0
 * fuzz_jsonl.c: any bytes as an input file. The first byte chooses the options:
 *   bit 0  plain text, not JSON Lines    bit 1  a limit of 64 bytes    bit 2  a renamed field */
#include "fuzz.h"
#include "ingest/ingest.h"

static void check_record(const dateline_record *record, uint64_t before) {
    const dateline_input *input = &record->input;
    must_hold(record->offset >= before);
    must_hold(input->id.len > 0 && dln_utf8_is_valid(input->id) && dln_utf8_is_valid(input->title));
    must_hold(dln_utf8_is_valid(dateline_str_from(record->reason)));
    if (record->rejected) must_hold(record->reason[0] != '\0' && memchr(record->reason, '\0', sizeof record->reason));
    else must_hold(input->text.ptr != NULL);
}

/* A record that was not rejected makes a document, or is told to be too large once it is UTF-8. */
static void make_document(const dateline_record *record) {
    dateline_error err;
    dateline_doc *doc = dln_document_new(&record->input, &err);
    must_hold(doc != NULL || err.code == DATELINE_TOO_LARGE);
    if (doc != NULL) must_hold(dln_utf8_is_valid(dateline_doc_text(doc)) && dln_utf8_is_valid(dateline_doc_id(doc)));
    dateline_doc_free(doc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    static const char *const fields[] = { "text=body" };
    dateline_source_options options = DATELINE_SOURCE_OPTIONS_INIT;
    options.form = (data[0] & 1) != 0 ? "text" : "jsonl";
    if ((data[0] & 2) != 0) options.max_bytes = 64;
    options.fields = fields;
    options.field_count = (data[0] & 4) != 0;
    const dateline_str bytes = { (const char *)data + 1, size - 1 };
    dateline_error err;
    dateline_source *source = dln_source_from_memory("fuzz", bytes, &options, &err);
    must_hold(source != NULL || err.code == DATELINE_BAD_INPUT);
    dateline_record *record = NULL;
    uint64_t offset = 0;
    while (source != NULL && dateline_source_next(source, &record, &err) == DATELINE_OK && record != NULL) {
        check_record(record, offset);
        offset = record->offset;
        if (!record->rejected) make_document(record);
        dateline_record_free(record);
    }
    dateline_source_close(source);
    return 0;
}
