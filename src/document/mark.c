#include "document/document.h"
struct dln_marker {
    int none;
};
dln_marker *dln_marker_new(const dln_lexicon *l, dateline_error *err) {
    (void)l;
    (void)err;
    return dln_alloc(1, sizeof(dln_marker));
}
void dln_marker_free(dln_marker *m) {
    dln_free(m);
}
dateline_status dln_document_mark(const dln_marker *m, dln_arena *s, dateline_doc *doc, dateline_error *err) {
    (void)m;
    (void)s;
    (void)err;
    dateline_block b = { { 0, (uint32_t)doc->text.len }, DATELINE_BLOCK_BODY };
    dln_array_push(&doc->blocks, &b);
    return DATELINE_OK;
}
