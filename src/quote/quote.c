#include "quote/quote.h"
struct dln_quoter {
    int none;
};
dln_quoter *dln_quoter_new(const dln_lexicon *l, dateline_error *err) {
    (void)l;
    (void)err;
    return dln_alloc(1, sizeof(dln_quoter));
}
void dln_quoter_free(dln_quoter *m) {
    dln_free(m);
}
dateline_status dln_quote(const dln_quoter *m, dln_arena *s, dateline_doc *doc, dateline_error *err) {
    (void)m;
    (void)s;
    (void)doc;
    (void)err;
    return DATELINE_OK;
}
