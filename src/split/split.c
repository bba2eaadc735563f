#include "split/split.h"
struct dln_splitter {
    int none;
};
dln_splitter *dln_splitter_new(const dln_lexicon *l, dateline_error *err) {
    (void)l;
    (void)err;
    return dln_alloc(1, sizeof(dln_splitter));
}
void dln_splitter_free(dln_splitter *m) {
    dln_free(m);
}
/* interim: white space and punctuation at word ends; sentence ends at . ! ? */
dateline_status dln_split(const dln_splitter *m, dln_arena *s, dateline_doc *doc, dateline_error *err) {
    (void)m;
    (void)s;
    (void)err;
    dateline_str t = doc->text;
    size_t first = 0;
    for (size_t at = 0; at < t.len;) {
        while (at < t.len && (t.ptr[at] == ' ' || t.ptr[at] == '\n')) at++;
        size_t b = at;
        while (at < t.len && t.ptr[at] != ' ' && t.ptr[at] != '\n') at++;
        if (at == b) break;
        size_t e = at;
        bool punct = e - b > 1 && strchr(".,;:!?", t.ptr[e - 1]) != NULL;
        dateline_token tok = { .span = { (uint32_t)b, (uint32_t)(punct ? e - 1 : e) },
                               .space_after = !punct,
                               .head = DATELINE_NO_INDEX };
        dln_array_push(&doc->tokens, &tok);
        if (punct) {
            dateline_token p = { .span = { (uint32_t)e - 1, (uint32_t)e },
                                 .space_after = true,
                                 .head = DATELINE_NO_INDEX };
            dln_array_push(&doc->tokens, &p);
        }
        if (strchr(".!?", t.ptr[e - 1]) != NULL) {
            dateline_sentence q = { { dln_doc_token(doc, first)->span.begin, (uint32_t)e },
                                    (uint32_t)first,
                                    (uint32_t)(doc->tokens.count - first) };
            dln_array_push(&doc->sentences, &q);
            first = doc->tokens.count;
        }
    }
    if (first < doc->tokens.count) {
        dateline_sentence q = { { dln_doc_token(doc, first)->span.begin,
                                  dln_doc_token(doc, doc->tokens.count - 1)->span.end },
                                (uint32_t)first,
                                (uint32_t)(doc->tokens.count - first) };
        dln_array_push(&doc->sentences, &q);
    }
    return DATELINE_OK;
}
