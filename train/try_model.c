/* SPDX-License-Identifier: Apache-2.0
 * try_model.c: how good a model is, without the program: try_model MODEL_DIR FILE
 *
 * FILE.conllu: its sentences and tokens tagged anew, as CoNLL-U on standard output. FILE.bio: scores of names. */
#include "train.h"

#include <stdio.h>
#include <stdlib.h>

/* A doc of one sentence after the other, tokens with a space between. */
static dateline_doc *doc_of(const corpus *c) {
    dln_buf text;
    dln_buf_init(&text);
    for (size_t i = 0; i < c->samples.count; i++) {
        const sample *s = corpus_sample(c, i);
        for (uint32_t k = 0; k < s->work.count; k++) {
            dln_buf_add(&text, s->forms[k]);
            dln_buf_add_char(&text, ' ');
        }
    }
    dateline_input input = DATELINE_INPUT_INIT;
    dateline_error err;
    input.text = dln_buf_str(&text);
    dateline_doc *doc = need(dln_document_new(&input, &err));
    uint32_t at = 0, token = 0;
    for (size_t i = 0; i < c->samples.count; i++) {
        const sample *s = corpus_sample(c, i);
        dateline_sentence sentence = { { at, at }, token, s->work.count };
        for (uint32_t k = 0; k < s->work.count; k++) {
            dateline_token t = { .span = { at, at + (uint32_t)s->forms[k].len }, .space_after = true };
            dln_array_push(&doc->tokens, &t);
            at = t.span.end + 1;
            sentence.span.end = t.span.end;
        }
        token += s->work.count;
        dln_array_push(&doc->sentences, &sentence);
    }
    dln_buf_release(&text);
    return doc;
}

static void print_sentence(const dateline_doc *doc, const dateline_sentence *sentence) {
    for (uint32_t k = 0; k < sentence->token_count; k++) {
        const dateline_token *t = dln_doc_token(doc, sentence->first_token + k);
        dateline_str form = dln_token_form(doc, sentence->first_token + k);
        uint32_t head = t->head == DATELINE_NO_INDEX ? 0 : t->head - sentence->first_token + 1;
        printf("%u\t%.*s\t%.*s\t%s\t%.*s\t%.*s\t%u\t%.*s\t_\t_\n", k + 1, DLN_STR_ARG(form), DLN_STR_ARG(t->lemma),
               dateline_upos_name(t->upos), DLN_STR_ARG(t->xpos), DLN_STR_ARG(t->feats), head, DLN_STR_ARG(t->deprel));
    }
    printf("\n");
}

/* ---------------------------------------------------------------- names */

typedef struct {
    uint32_t first, end, type;
} name;

static void gold_names(const corpus *c, dln_array *names) {
    uint32_t token = 0;
    for (size_t i = 0; i < c->samples.count; i++) {
        const sample *s = corpus_sample(c, i);
        for (uint32_t k = 0; k < s->work.count; k++) {
            uint32_t class = s->gold_names[k];
            if (class == 0 || dln_name_goes_on(class)) continue;
            name n = { token + k, token + k + 1, dln_name_type(class) };
            while (n.end - token < s->work.count && s->gold_names[n.end - token] == class + 1) n.end++;
            dln_array_push(names, &n);
        }
        token += s->work.count;
    }
}

static uint32_t type_of(dateline_entity_type type) {
    return type == DATELINE_ENTITY_PERSON ? 0 : type == DATELINE_ENTITY_ORG ? 1 : 2;
}

static void score_names(const corpus *c, const dateline_doc *doc) {
    static const char *const types[] = { "person", "organisation", "place" };
    dln_array gold;
    dln_array_init(&gold, sizeof(name));
    gold_names(c, &gold);
    for (uint32_t type = 0; type < 3; type++) {
        uint32_t right = 0, wanted = 0, found = 0;
        for (size_t i = 0; i < doc->mentions.count; i++)
            found += type_of(dln_doc_entity(doc, dln_doc_mention(doc, i)->entity)->type) == type;
        for (size_t i = 0, m = 0; i < gold.count; i++) {
            const name *n = (const name *)gold.items + i;
            if (n->type != type) continue;
            wanted++;
            while (m < doc->mentions.count && dln_doc_mention(doc, m)->first_token < n->first) m++;
            if (m == doc->mentions.count) continue;
            const dateline_mention *mention = dln_doc_mention(doc, m);
            right += mention->first_token == n->first && mention->token_count == n->end - n->first &&
                     type_of(dln_doc_entity(doc, mention->entity)->type) == type;
        }
        printf("%-13s precision %.3f recall %.3f F1 %.3f of %u\n", types[type], (double)right / (found + 1e-9),
               (double)right / (wanted + 1e-9), 2.0 * right / (found + wanted + 1e-9), wanted);
    }
    dln_array_release(&gold);
}

int main(int argc, char **argv) {
    if (argc != 3) fail("usage", "try_model MODEL_DIR FILE");
    dateline_error err;
    corpus c;
    dln_arena scratch;
    corpus_init(&c);
    dln_arena_init(&scratch);
    bool names = dln_str_ends(dateline_str_from(argv[2]), DLN_STR(".bio"));
    if (names) corpus_read_bio(&c, argv[2]);
    else corpus_read_conllu(&c, argv[2], NULL);
    dln_tagger *tagger = dln_tagger_new(argv[1], NULL, &err);
    if (tagger == NULL) fail(argv[1], err.what);
    dateline_doc *doc = doc_of(&c);
    if (dln_tag(tagger, &scratch, doc, &err) != DATELINE_OK) fail(argv[2], err.what);
    if (names) score_names(&c, doc);
    else
        for (size_t i = 0; i < doc->sentences.count; i++) print_sentence(doc, dln_doc_sentence(doc, i));
    dateline_doc_free(doc);
    dln_tagger_free(tagger);
    dln_arena_release(&scratch);
    return 0;
}
