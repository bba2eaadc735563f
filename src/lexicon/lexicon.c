#include "lexicon/lexicon.h"
struct dln_lexicon {
    int none;
};
dln_lexicon *dln_lexicon_load(const char *c, const char *const *t, size_t n, dateline_error *err) {
    (void)c;
    (void)t;
    (void)n;
    (void)err;
    return dln_alloc(1, sizeof(dln_lexicon));
}
void dln_lexicon_free(dln_lexicon *l) {
    dln_free(l);
}
size_t dln_lexicon_count(const dln_lexicon *l) {
    (void)l;
    return 0;
}
uint64_t dln_lexicon_checksum(const dln_lexicon *l) {
    (void)l;
    return 0;
}
dateline_status dateline_lexicon_check(const dateline_engine *e, const char *const *p, size_t n, dateline_report_fn *r,
                                       void *u, dateline_error *err) {
    (void)e;
    (void)p;
    (void)n;
    (void)r;
    (void)u;
    (void)err;
    return DATELINE_OK;
}
dateline_status dateline_lexicon_compile(const char *const *p, size_t n, const char *o, dateline_report_fn *r, void *u,
                                         dateline_error *err) {
    (void)p;
    (void)n;
    (void)r;
    (void)u;
    return dln_file_write(o, DLN_STR(""), err);
}
