/* SPDX-License-Identifier: Apache-2.0
 * conllu.c: CoNLL-U (universaldependencies.org/format.html). Names stand in MISC as NER=B-PERSON, NER=I-PERSON. */
#include "output/output.h"

/* Text in one line: tabs and line ends become spaces. */
static void add_line(dln_buf *out, dateline_str text) {
    for (size_t at = 0; at < text.len;) {
        size_t begin = at;
        while (at < text.len && (uint8_t)text.ptr[at] >= ' ') at++;
        dln_buf_add_bytes(out, text.ptr + begin, at - begin);
        if (at < text.len) dln_buf_add_char(out, ' ');
        at++;
    }
}

/* A column: never empty. */
static void add_column(dln_buf *out, dateline_str text) {
    if (text.len == 0) dln_buf_add_char(out, '_');
    else add_line(out, text);
    dln_buf_add_char(out, '\t');
}

/* ---------------------------------------------------------------- names */

/* Walks the names beside the tokens; of nested names the outermost counts. */
typedef struct {
    const dateline_doc *doc;
    size_t next;         /* mention to look at */
    uint32_t begin, end; /* tokens of the name that was found last */
    dateline_entity_type type;
} name_walk;

/* Moves on to the name that covers the token, if there is one. Tokens come in order, so this is one pass. */
static void seek_name(name_walk *walk, uint32_t token) {
    const dateline_mention *mention;
    while (token >= walk->end && (mention = dateline_doc_mention(walk->doc, walk->next)) != NULL) {
        if (mention->first_token > token) return;
        walk->next++;
        if (mention->kind != DATELINE_MENTION_NAME || mention->first_token < token) continue;
        const dateline_entity *entity = dateline_doc_entity(walk->doc, mention->entity);
        walk->type = entity != NULL ? entity->type : DATELINE_ENTITY_NONE;
        walk->begin = token;
        walk->end = token + mention->token_count;
    }
}

/* ---------------------------------------------------------------- lines */

/* Keys in the order of the alphabet, as the format wants them. */
static void add_misc(dln_buf *out, name_walk *walk, uint32_t token, bool space_after) {
    seek_name(walk, token);
    bool named = token < walk->end && walk->type != DATELINE_ENTITY_NONE;
    if (named) {
        dln_buf_add(out, token == walk->begin ? DLN_STR("NER=B-") : DLN_STR("NER=I-"));
        dln_buf_add(out, dateline_str_from(dateline_entity_type_name(walk->type)));
    }
    if (!space_after) dln_buf_add(out, named ? DLN_STR("|SpaceAfter=No") : DLN_STR("SpaceAfter=No"));
    if (!named && space_after) dln_buf_add_char(out, '_');
    dln_buf_add_char(out, '\n');
}

/* 0 for a root, `_` where no tree has been made. */
static void add_head(dln_buf *out, const dateline_token *token, uint32_t first) {
    if (token->head != DATELINE_NO_INDEX) dln_buf_add_format(out, "%u\t", (unsigned)(token->head - first + 1));
    else if (token->deprel.len > 0) dln_buf_add(out, DLN_STR("0\t"));
    else dln_buf_add(out, DLN_STR("_\t"));
}

static void add_word(dln_buf *out, name_walk *walk, uint32_t index, uint32_t first, bool space_after) {
    const dateline_token *token = dateline_doc_token(walk->doc, index);
    dln_buf_add_format(out, "%u\t", (unsigned)(index - first + 1));
    add_column(out, dln_slice(walk->doc, token->span));
    add_column(out, token->lemma);
    add_column(out, dateline_str_from(dateline_upos_name(token->upos)));
    add_column(out, token->xpos);
    add_column(out, token->feats);
    add_head(out, token, first);
    add_column(out, token->deprel);
    add_column(out, (dateline_str){ NULL, 0 });
    add_misc(out, walk, index, space_after);
}

/* The line of a multiword token: its range and its surface form. */
static void add_range(dln_buf *out, const dateline_doc *doc, uint32_t index, uint32_t first, unsigned words) {
    const dateline_token *from = dateline_doc_token(doc, index), *to = dateline_doc_token(doc, index + words - 1);
    unsigned number = index - first + 1;
    dln_buf_add_format(out, "%u-%u\t", number, number + words - 1);
    add_column(out, dln_slice(doc, (dateline_span){ from->span.begin, to->span.end }));
    dln_buf_add(out, DLN_STR("_\t_\t_\t_\t_\t_\t_\t"));
    dln_buf_add(out, to->space_after ? DLN_STR("_\n") : DLN_STR("SpaceAfter=No\n"));
}

/* Words of a multiword token carry no SpaceAfter: its range line does. */
static void add_sentence(dln_buf *out, name_walk *walk, const dateline_sentence *sentence) {
    uint32_t first = sentence->first_token, end = first + sentence->token_count;
    uint32_t range_end = first; /* of the multiword token we are in: its words carry no SpaceAfter */
    for (uint32_t i = first; i < end; i++) {
        const dateline_token *token = dateline_doc_token(walk->doc, i);
        unsigned words = token->multiword;
        if (words > 1 && i >= range_end && words <= end - i) {
            add_range(out, walk->doc, i, first, words);
            range_end = i + words;
        }
        add_word(out, walk, i, first, i < range_end || token->space_after);
    }
    dln_buf_add_char(out, '\n');
}

void dln_print_conllu(dln_buf *out, const dateline_doc *doc) {
    dateline_str name = dln_doc_name(doc);
    dln_buf_add(out, DLN_STR("# newdoc id = "));
    add_line(out, name);
    dln_buf_add_char(out, '\n');
    name_walk walk = { .doc = doc };
    const dateline_sentence *sentence;
    for (size_t i = 0; (sentence = dateline_doc_sentence(doc, i)) != NULL; i++) {
        dln_buf_add(out, DLN_STR("# sent_id = "));
        add_line(out, name);
        dln_buf_add_format(out, "-%zu\n# text = ", i + 1);
        add_line(out, dln_slice(doc, sentence->span));
        dln_buf_add_char(out, '\n');
        add_sentence(out, &walk, sentence);
    }
}
