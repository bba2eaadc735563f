#include "resolve/resolve.h"
struct dln_resolver {
    int none;
};
dln_resolver *dln_resolver_new(const dln_lexicon *l, dateline_error *err) {
    (void)l;
    (void)err;
    return dln_alloc(1, sizeof(dln_resolver));
}
void dln_resolver_free(dln_resolver *m) {
    dln_free(m);
}
dateline_status dln_resolve(const dln_resolver *m, dln_arena *s, dateline_doc *doc, dateline_error *err) {
    (void)m;
    (void)s;
    (void)doc;
    (void)err;
    return DATELINE_OK;
}
