/* SPDX-License-Identifier: Apache-2.0
 * marks.c: quotation marks and the words between them; the room's lexicon. */
#include "quote/quote_internal.h"

bool dln_word_is(dateline_str word, const char *lower) {
    return dln_str_equal_nocase(word, dateline_str_from(lower));
}

mark_kind dln_quote_mark(const quoting *q, uint32_t token) {
    static const struct {
        const char *form;
        mark_kind kind;
    } marks[] = { { "\"", MARK_EITHER },         { "\xE2\x80\x9C", MARK_OPEN }, { "\xE2\x80\x9D", MARK_CLOSE },
                  { "\xE2\x80\x9E", MARK_OPEN }, { "\xC2\xAB", MARK_OPEN },     { "\xC2\xBB", MARK_CLOSE },
                  { "``", MARK_OPEN },           { "''", MARK_CLOSE },          { "\xE2\x80\x98", MARK_OPEN },
                  { "\xE2\x80\x99", MARK_CLOSE } };
    dateline_str form = dln_token_form(q->doc, token);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (dln_str_is(form, marks[i].form)) return marks[i].kind;
    }
    return MARK_NONE;
}

static void add_marked(quoting *q, uint32_t first, uint32_t last) {
    if (last > first + 1) dln_array_push(&q->marked, &(marked){ .first = first, .last = last });
}

/* One block: an opening mark without a partner runs to the block's end (the next paragraph opens anew). */
static void scan_tokens(quoting *q, uint32_t first, uint32_t end) {
    uint32_t open = DATELINE_NO_INDEX;
    for (uint32_t i = first; i < end; i++) {
        mark_kind kind = dln_quote_mark(q, i);
        if (kind == MARK_NONE) continue;
        bool opens = kind == MARK_OPEN || (kind == MARK_EITHER && open == DATELINE_NO_INDEX);
        if (opens && open == DATELINE_NO_INDEX) open = i;
        if (opens || open == DATELINE_NO_INDEX) continue;
        add_marked(q, open, i);
        open = DATELINE_NO_INDEX;
    }
    if (open != DATELINE_NO_INDEX && end > 0) add_marked(q, open, end - 1);
}

bool dln_quote_find_marked(quoting *q) {
    const dateline_block *blocks = q->doc->blocks.items;
    uint32_t at = 0, count = (uint32_t)q->doc->tokens.count;
    for (size_t b = 0; b < q->doc->blocks.count; b++) {
        uint32_t first = at;
        while (at < count && dln_doc_token(q->doc, at)->span.begin < blocks[b].span.end) at++;
        scan_tokens(q, first, at);
    }
    scan_tokens(q, at, count); /* given tokens have no blocks */
    return q->marked.status == DATELINE_OK;
}

/* Cues are told by their first word: 'according' stands for 'according to'. */
static void index_cue(dln_quoter *quoter, dln_buf *key, dateline_str kind, dateline_str phrase, uint32_t entry) {
    dln_buf_clear(key);
    dln_buf_add(key, kind);
    dln_buf_add_char(key, ':');
    dln_text_lower(key, dln_str_part(&phrase, ' '));
    bool is_new = false;
    uint32_t *slot = dln_map_put(&quoter->cues, dln_arena_str(&quoter->arena, dln_buf_str(key)), &is_new);
    if (slot != NULL && is_new) *slot = entry;
}

dln_quoter *dln_quoter_new(const dln_lexicon *lexicon, dateline_error *err) {
    dln_quoter *quoter = dln_alloc(1, sizeof *quoter);
    if (quoter == NULL) {
        dln_error_memory(err);
        return NULL;
    }
    dln_map_init(&quoter->cues);
    dln_arena_init(&quoter->arena);
    dln_buf key;
    dln_buf_init(&key);
    uint32_t first = 0, count = dln_lexicon_kind(lexicon, "speech", &first);
    for (uint32_t e = first; e < first + count; e++) {
        dateline_str kind = dln_entry_value(lexicon, e, "cue", 0);
        uint32_t phrases = dln_entry_phrase_count(lexicon, e);
        for (uint32_t i = 0; i < phrases; i++) index_cue(quoter, &key, kind, dln_entry_phrase(lexicon, e, i), e);
    }
    bool fine = key.status == DATELINE_OK && quoter->cues.status == DATELINE_OK && quoter->arena.status == DATELINE_OK;
    dln_buf_release(&key);
    if (fine) return quoter;
    dln_error_memory(err);
    dln_quoter_free(quoter);
    return NULL;
}

void dln_quoter_free(dln_quoter *quoter) {
    if (quoter == NULL) return;
    dln_map_release(&quoter->cues);
    dln_arena_release(&quoter->arena);
    dln_free(quoter);
}
