#include "event/event.h"
struct dln_coder {
    int none;
};
dln_coder *dln_coder_new(const dln_lexicon *l, const dln_resolver *r, dateline_error *err) {
    (void)l;
    (void)r;
    (void)err;
    return dln_alloc(1, sizeof(dln_coder));
}
void dln_coder_free(dln_coder *m) {
    dln_free(m);
}
dateline_status dln_code(const dln_coder *m, dln_arena *s, dateline_doc *doc, dateline_error *err) {
    (void)m;
    (void)s;
    (void)doc;
    (void)err;
    return DATELINE_OK;
}
