#include "tag/tag.h"
struct dln_tagger {
    int none;
};
dln_tagger *dln_tagger_new(const char *d, const dln_lexicon *l, dateline_error *err) {
    (void)d;
    (void)l;
    (void)err;
    return dln_alloc(1, sizeof(dln_tagger));
}
void dln_tagger_free(dln_tagger *m) {
    dln_free(m);
}
const char *dln_tagger_version(const dln_tagger *t) {
    (void)t;
    return "none";
}
dateline_status dln_tag(const dln_tagger *m, dln_arena *s, dateline_doc *doc, dateline_error *err) {
    (void)m;
    (void)s;
    (void)err;
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const dateline_sentence *q = dln_doc_sentence(doc, i);
        for (uint32_t k = 0; k < q->token_count; k++) {
            dateline_token *t = dln_doc_token(doc, q->first_token + k);
            t->upos = DATELINE_UPOS_X;
            t->xpos = DLN_STR("_");
            t->feats = DLN_STR("_");
            t->lemma = dln_span_str(doc->text, t->span);
            t->head = k == 0 ? DATELINE_NO_INDEX : q->first_token;
            t->deprel = k == 0 ? DLN_STR("root") : DLN_STR("dep");
        }
    }
    return DATELINE_OK;
}
