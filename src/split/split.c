/* SPDX-License-Identifier: Apache-2.0
 * split.c: the splitter's word lists, and the stage: block by block, tokens first, then sentences. */
#include "split/split_internal.h"

static void learn(dln_splitter *splitter, dateline_str word, uint32_t facts) {
    dln_buf lower;
    dln_buf_init(&lower);
    dln_text_lower(&lower, word);
    bool is_new;
    dateline_str key = dln_arena_str(&splitter->arena, dln_buf_str(&lower));
    uint32_t *value = dln_map_put(&splitter->words, key, &is_new);
    if (value != NULL) *value |= facts;
    if (lower.status != DATELINE_OK) splitter->words.status = lower.status;
    dln_buf_release(&lower);
}

static bool has_capital(dateline_str word) {
    for (size_t at = 0; at < word.len;) {
        if (dln_char_is_upper(dln_utf8_next(word, &at))) return true;
    }
    return false;
}

static uint32_t abbreviation_facts(const dln_lexicon *lexicon, uint32_t entry, dateline_str word) {
    uint32_t facts = WORD_ABBREVIATION;
    dateline_str before = dln_entry_value(lexicon, entry, "before", 0);
    if (dln_str_is(before, "name")) facts |= WORD_BEFORE_NAME;
    if (dln_str_is(before, "number")) facts |= WORD_BEFORE_NUMBER;
    if (dln_str_is(before, "lower")) facts |= WORD_BEFORE_LOWER;
    if (has_capital(word)) facts |= WORD_CAPITAL;
    return facts;
}

/* 'gonna | words: gon; na': the lengths of all words but the last, a byte each. */
static uint32_t contraction_facts(const dln_lexicon *lexicon, uint32_t entry) {
    uint32_t count = dln_entry_value_count(lexicon, entry, "words");
    if (count == 0) return WORD_ELISION;
    uint32_t facts = 0;
    for (uint32_t i = 0; i + 1 < count && i < 2; i++) {
        facts |= (uint32_t)(dln_entry_value(lexicon, entry, "words", i).len & 0xFF) << (WORD_CUT_SHIFT + 8 * i);
    }
    return facts;
}

static uint32_t facts_of(const dln_lexicon *lexicon, uint32_t entry, uint32_t kind_bit, dateline_str word) {
    if (kind_bit == WORD_ABBREVIATION) return abbreviation_facts(lexicon, entry, word);
    if (kind_bit == WORD_ELISION) return contraction_facts(lexicon, entry);
    return kind_bit;
}

static void learn_kind(dln_splitter *splitter, const dln_lexicon *lexicon, const char *kind, uint32_t kind_bit) {
    uint32_t first;
    uint32_t count = dln_lexicon_kind(lexicon, kind, &first);
    for (uint32_t entry = first; entry < first + count; entry++) {
        for (uint32_t i = 0; i < dln_entry_phrase_count(lexicon, entry); i++) {
            dateline_str word = dln_entry_phrase(lexicon, entry, i);
            learn(splitter, word, facts_of(lexicon, entry, kind_bit, word));
        }
    }
}

dln_splitter *dln_splitter_new(const dln_lexicon *lexicon, dateline_error *err) {
    dln_splitter *splitter = dln_alloc(1, sizeof *splitter);
    if (splitter == NULL) {
        dln_error_memory(err);
        return NULL;
    }
    dln_arena_init(&splitter->arena);
    dln_map_init(&splitter->words);
    learn_kind(splitter, lexicon, "abbreviation", WORD_ABBREVIATION);
    learn_kind(splitter, lexicon, "contraction", WORD_ELISION);
    learn_kind(splitter, lexicon, "hyphen_prefix", WORD_PREFIX);
    learn_kind(splitter, lexicon, "unit", WORD_UNIT);
    learn_kind(splitter, lexicon, "address_ending", WORD_ENDING);
    learn_kind(splitter, lexicon, "sentence_opener", WORD_OPENER);
    if (splitter->arena.status == DATELINE_OK && splitter->words.status == DATELINE_OK) return splitter;
    dln_splitter_free(splitter);
    dln_error_memory(err);
    return NULL;
}

void dln_splitter_free(dln_splitter *splitter) {
    if (splitter == NULL) return;
    dln_map_release(&splitter->words);
    dln_arena_release(&splitter->arena);
    dln_free(splitter);
}

uint32_t dln_split_word(const dln_splitter *splitter, dateline_str word) {
    char lower[MAX_WORD];
    if (word.len == 0 || word.len > MAX_WORD) return 0;
    bool capital = false;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        bool upper = c >= 'A' && c <= 'Z';
        capital = capital || upper;
        lower[i] = (char)(upper ? c - 'A' + 'a' : c);
    }
    const uint32_t *facts = dln_map_get(&splitter->words, (dateline_str){ lower, word.len });
    if (facts == NULL) return 0;
    bool lacks_capital = (*facts & WORD_CAPITAL) != 0 && !capital;
    return lacks_capital ? *facts & ~(uint32_t)WORD_ALL_ABBREVIATION : *facts;
}

static bool is_read(dateline_block_kind kind) {
    return kind == DATELINE_BLOCK_BODY || kind == DATELINE_BLOCK_HEADLINE || kind == DATELINE_BLOCK_CAPTION;
}

/* A blank line always ends a sentence: returns where the paragraph that starts at `begin` ends. */
static size_t paragraph_end(dateline_str text, size_t begin, size_t end) {
    bool blank = false;
    for (size_t at = begin; at < end; at++) {
        char c = text.ptr[at];
        if (c == '\n' && blank) return at;
        if (c == '\n') blank = true;
        else if (c != ' ' && c != '\t' && c != '\r') blank = false;
    }
    return end;
}

dateline_status dln_split(const dln_splitter *splitter, dln_arena *scratch, dateline_doc *doc, dateline_error *err) {
    (void)scratch;
    for (size_t i = 0; i < doc->blocks.count; i++) {
        const dateline_block *block = (const dateline_block *)doc->blocks.items + i;
        size_t begin = is_read(block->kind) ? block->span.begin : block->span.end;
        while (begin < block->span.end) {
            size_t end = paragraph_end(doc->text, begin, block->span.end);
            size_t first = doc->tokens.count;
            dln_split_tokens(splitter, doc, begin, end);
            if (doc->tokens.status != DATELINE_OK) return dln_error_memory(err);
            dln_split_sentences(splitter, doc, first);
            begin = end;
        }
    }
    return doc->sentences.status == DATELINE_OK ? DATELINE_OK : dln_error_memory(err);
}
