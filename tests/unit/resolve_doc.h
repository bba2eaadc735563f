/* SPDX-License-Identifier: Apache-2.0
 * resolve_doc.h: docs with given trees, for the tests of the room `resolve`.
 *
 * A sentence is one string, tokens parted by spaces: form/UPOS/head/deprel, head counted from 1, 0 the root. After a
 * fifth `/` may stand: the lemma; `+` a plural, `!` a definite article. A sixth part begins a name of that type, as
 * many tokens as its digit says: 'Amina/PROPN/3/nsubj//PERSON2'. */
#ifndef RESOLVE_DOC_H
#define RESOLVE_DOC_H

#include "resolve/resolve.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct {
    dateline_doc *doc;
    dln_lexicon *lexicon;
    dln_resolver *resolver;
} resolve_case;

static void set_token(dateline_doc *doc, uint32_t index, uint32_t first, dateline_str *parts) {
    dateline_token *token = dln_doc_token(doc, index);
    for (int upos = DATELINE_UPOS_ADJ; upos <= DATELINE_UPOS_X; upos++) {
        if (dln_str_is(parts[1], dateline_upos_name((dateline_upos)upos))) token->upos = (dateline_upos)upos;
    }
    uint64_t head = 0;
    assert_true(dln_str_to_u64(parts[2], &head));
    token->head = head == 0 ? DATELINE_NO_INDEX : first + (uint32_t)head - 1;
    token->deprel = parts[3];
    token->lemma = parts[0];
    token->feats = token->upos == DATELINE_UPOS_NOUN ? DLN_STR("Number=Sing") : DLN_STR("_");
    if (dln_str_is(parts[4], "+")) token->feats = DLN_STR("Number=Plur");
    else if (dln_str_is(parts[4], "!")) token->feats = DLN_STR("Definite=Def|PronType=Art");
    else if (parts[4].len > 0) {
        token->lemma = parts[4];
        if (token->upos == DATELINE_UPOS_NOUN) token->feats = DLN_STR("Number=Plur");
    }
    if (parts[5].len < 2) return;
    dateline_entity entity = { 0 };
    size_t name_len = parts[5].len - 1;
    for (int type = DATELINE_ENTITY_PERSON; type <= DATELINE_ENTITY_VEHICLE; type++) {
        const char *name = dateline_entity_type_name((dateline_entity_type)type);
        if (dln_str_is(dln_str_slice(parts[5], 0, name_len), name)) entity.type = (dateline_entity_type)type;
    }
    uint32_t count = (uint32_t)(parts[5].ptr[name_len] - '0');
    dateline_mention mention = { .first_token = index,
                                 .token_count = count,
                                 .head_token = index,
                                 .kind = DATELINE_MENTION_NAME,
                                 .entity = (uint32_t)doc->entities.count };
    mention.span.begin = token->span.begin;
    mention.span.end = dln_doc_token(doc, index + count - 1)->span.end;
    dln_array_push(&doc->entities, &entity);
    dln_array_push(&doc->mentions, &mention);
}

enum { MAX_TOKENS = 400 };

/* A doc of `count` sentences, published on `day`, resolved with a small world of its own. */
static inline resolve_case resolve_sentences(const char *day, const char *const *sentences, size_t count) {
    static dateline_str parts[MAX_TOKENS][6];
    static dateline_given_token given[MAX_TOKENS];
    uint32_t firsts[MAX_TOKENS], total = 0;
    memset(parts, 0, sizeof parts);
    memset(given, 0, sizeof given);
    for (size_t i = 0; i < count; i++) {
        dateline_str rest = dateline_str_from(sentences[i]);
        uint32_t first = total;
        while (rest.len > 0) {
            dateline_str word = dln_str_part(&rest, ' ');
            if (word.len == 0) continue;
            assert_true(total < MAX_TOKENS);
            for (int k = 0; k < 6 && word.len > 0; k++) parts[total][k] = dln_str_part(&word, '/');
            given[total].form = parts[total][0];
            given[total].space_after = true;
            firsts[total++] = first;
        }
        given[total - 1].sentence_end = true;
    }
    dateline_input input = DATELINE_INPUT_INIT;
    input.date = dateline_date_parse(dateline_str_from(day));
    dateline_error err;
    resolve_case made = { 0 };
    made.doc = dln_document_new_tokens(&input, given, total, &err);
    assert_non_null(made.doc);
    for (uint32_t i = 0; i < total; i++) set_token(made.doc, i, firsts[i], parts[i]);
    const char *paths[] = { SOURCE_DIR "/lexicons/en/references.txt", SOURCE_DIR "/lexicons/en/place_words.txt",
                            SOURCE_DIR "/tests/data/resolve/world.txt" };
    made.lexicon = dln_lexicon_load(NULL, paths, 3, &err);
    assert_non_null(made.lexicon);
    made.resolver = dln_resolver_new(made.lexicon, &err);
    assert_non_null(made.resolver);
    dln_arena scratch;
    dln_arena_init(&scratch);
    assert_int_equal(dln_resolve(made.resolver, &scratch, made.doc, &err), DATELINE_OK);
    dln_arena_release(&scratch);
    return made;
}

static inline void resolve_release(resolve_case *made) {
    dln_resolver_free(made->resolver);
    dln_lexicon_free(made->lexicon);
    dateline_doc_free(made->doc);
}

/* The role filled by token `word` (its `n`-th occurrence from 0) as one line:
 * 'text | code | sectors | name', members parted by ' & '; empty: no actor. */
static inline void role_line(const resolve_case *made, const char *word, int n, const char *day, dln_buf *out) {
    dln_buf_clear(out);
    for (uint32_t i = 0; i < made->doc->tokens.count; i++) {
        if (!dln_str_is(dln_token_form(made->doc, i), word) || n-- > 0) continue;
        dateline_role roles[8];
        size_t count =
            dln_resolve_role(made->resolver, made->doc, i, dateline_date_parse(dateline_str_from(day)), roles, 8);
        for (size_t r = 0; r < count; r++) {
            if (r > 0) dln_buf_add(out, DLN_STR(" & "));
            dln_buf_add(out, dln_span_str(made->doc->text, roles[r].span));
            dln_buf_add_format(out, " | %s |", roles[r].code);
            for (uint8_t s = 0; s < roles[r].sector_count; s++) dln_buf_add_format(out, " %s", roles[r].sector[s]);
            dln_buf_add_format(out, " | %.*s", DLN_STR_ARG(roles[r].name));
        }
        return;
    }
    fail_msg("no token '%s'", word);
}

#define assert_role(made, word, n, day, expected)                                                                      \
    do {                                                                                                               \
        dln_buf line;                                                                                                  \
        dln_buf_init(&line);                                                                                           \
        role_line(made, word, n, day, &line);                                                                          \
        dln_buf_add_char(&line, '\0');                                                                                 \
        assert_string_equal(line.ptr, expected);                                                                       \
        dln_buf_release(&line);                                                                                        \
    } while (0)

#endif
