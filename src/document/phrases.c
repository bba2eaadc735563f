/* SPDX-License-Identifier: Apache-2.0
 * phrases.c: what the lexicons say of lines and words that are no running text. */
#include "document/document_internal.h"

/* ---------------------------------------------------------------- words as phrases know them */

/* Between words: white space, and marks that set names apart ('AFP/Reuters', '(AP)_'). */
static bool parts_words(uint32_t c) {
    return dln_char_is_space(c) || c == '/' || c == '|' || c == '_' || c == '(' || c == ')' || c == '[' || c == ']' ||
           c == 0x2013 || c == 0x2014 || c == 0x2015 || c == DLN_REPLACEMENT;
}

/* The next word at *at; *begin == *at at the end. */
static void next_word(dateline_str text, size_t end, size_t *begin, size_t *at) {
    size_t next = *at;
    while (next < end && parts_words(dln_utf8_next(text, &next))) *at = next;
    *begin = next = *at;
    while (next < end && !parts_words(dln_utf8_next(text, &next))) *at = next;
}

/* Adds the word's key, which is empty for mere punctuation. No phrase has a word as long as KEY_BYTES: '?' then stands
 * for it, which no phrase has either. */
static void add_key(dln_buf *key, dln_buf *folded, dateline_str word) {
    enum { KEY_BYTES = 100 };
    if (word.len > KEY_BYTES) {
        dln_buf_add_char(key, '?');
        return;
    }
    dln_buf_clear(folded);
    dln_text_fold(folded, word);
    dateline_str plain = dln_buf_str(folded);
    size_t before = key->len;
    bool is_number = true;
    for (size_t at = 0; at < plain.len;) {
        uint32_t c = dln_utf8_next(plain, &at);
        bool is_sign = dln_char_is_punct(c) || (c < 0x80 && dln_char_is_symbol(c));
        if (is_sign) continue;
        is_number = is_number && dln_char_is_digit(c);
        dln_buf_add_code_point(key, c);
    }
    if (key->len > before && is_number) {
        key->len = before;
        dln_buf_add_char(key, '#');
    }
    if (folded->status != DATELINE_OK) key->status = folded->status;
}

void dln_line_init(dln_line *line, const dln_marker *marker, dateline_str text) {
    *line = (dln_line){ .marker = marker, .text = text };
    dln_buf_init(&line->key);
}

void dln_line_release(dln_line *line) {
    dln_buf_release(&line->key);
}

/* Words with their folded keys in a row, one blank between, so that a phrase of several words is one look-up. A line of
 * more words than a page part has is cut off: it is prose. */
void dln_line_read(dln_line *line, dateline_span span) {
    dln_buf folded;
    dln_buf_init(&folded);
    line->span = span;
    line->count = 0;
    line->whole = true;
    line->key.len = 0;
    for (size_t at = span.begin, begin;;) {
        next_word(line->text, span.end, &begin, &at);
        if (begin == at) break;
        line->whole = line->count < DLN_LINE_WORDS;
        if (!line->whole) break;
        if (line->count > 0) dln_buf_add_char(&line->key, ' ');
        uint32_t key_begin = (uint32_t)line->key.len;
        add_key(&line->key, &folded, dln_str_slice(line->text, begin, at));
        if (line->key.len == key_begin) {
            line->key.len -= line->count > 0; /* mere punctuation */
            continue;
        }
        line->keys[line->count] = (dateline_span){ key_begin, (uint32_t)line->key.len };
        line->words[line->count++] = (dateline_span){ (uint32_t)begin, (uint32_t)at };
    }
    dln_buf_release(&folded);
}

/* ---------------------------------------------------------------- phrases */

uint32_t dln_line_phrase(const dln_line *line, size_t first, size_t count) {
    if (count == 0 || first + count > line->count || line->key.status != DATELINE_OK) return 0;
    dateline_span span = { line->keys[first].begin, line->keys[first + count - 1].end };
    const uint32_t *bits = dln_map_get(&line->marker->phrases, dln_span_str(dln_buf_str(&line->key), span));
    return bits == NULL ? 0 : *bits;
}

size_t dln_line_longest(const dln_line *line, size_t first, uint32_t any, uint32_t *bits) {
    size_t count = line->count - first;
    if (count > line->marker->longest) count = line->marker->longest;
    for (; count > 0; count--) {
        *bits = dln_line_phrase(line, first, count);
        if ((*bits & any) != 0) return count;
    }
    *bits = 0;
    return 0;
}

static bool is_number(const dln_line *line, size_t word) {
    return dln_str_is(dln_span_str(dln_buf_str(&line->key), line->keys[word]), "#");
}

/* A line of nothing but phrases and numbers: 'Share Tweet Print', '23 Comments'. */
static uint32_t kind_of_cover(const dln_line *line) {
    uint32_t all = 0;
    for (size_t at = 0; at < line->count;) {
        uint32_t bits;
        size_t count = dln_line_longest(line, at, DLN_PHRASE_LINE, &bits);
        if (count == 0 && !is_number(line, at)) return 0;
        all |= bits;
        at += count == 0 ? 1 : count;
    }
    return all;
}

/* The first mark behind a phrase; 0: the line ends. */
static uint32_t mark_behind(const dln_line *line, size_t count) {
    uint32_t end = line->words[count - 1].end;
    uint32_t last = dln_utf8_before(line->text, end);
    if (last == ':') return last;
    size_t at = end;
    while (at < line->text.len && line->text.ptr[at] == ' ') at++;
    uint32_t c = dln_utf8_at(line->text, at);
    return c == '\r' || c == '\n' ? 0 : c;
}

static bool is_dash(uint32_t c) {
    return c == '-' || c == ':' || c == '|' || c == 0x2013 || c == 0x2014;
}

/* Somebody's words: 'Read more,' she told them. */
static bool is_quoted(const dln_line *line) {
    uint32_t c = dln_utf8_at(line->text, line->words[0].begin);
    return c == '"' || c == '\'' || c == '`' || c == 0x2018 || c == 0x201C;
}

static bool has_lower(dateline_str text) {
    for (size_t at = 0; at < text.len;)
        if (dln_char_is_lower(dln_utf8_next(text, &at))) return true;
    return false;
}

/* 'ALSO READ Minister resigns': a label of several words in capitals needs no colon. */
static bool is_capital_label(const dln_line *line, size_t count) {
    const dateline_span label = { line->words[0].begin, line->words[count - 1].end };
    return count >= 2 && !has_lower(dln_span_str(line->text, label)) && has_lower(dln_span_str(line->text, line->span));
}

static uint32_t kind_of_start(const dln_line *line) {
    uint32_t bits;
    size_t count = dln_line_longest(line, 0, DLN_PHRASE_START, &bits);
    if (count == 0 || is_quoted(line)) return 0;
    bool marked = is_dash(mark_behind(line, count)) || is_capital_label(line, count);
    return (bits & DLN_PHRASE_COLON) != 0 && !marked ? 0 : bits;
}

uint32_t dln_label_end(const dln_line *line) {
    uint32_t bits;
    size_t count = line->count == 0 ? 0 : dln_line_longest(line, 0, DLN_PHRASE_START, &bits);
    if (count == 0) return line->span.begin;
    size_t end = line->words[count - 1].end;
    for (size_t next = end; next < line->span.end; end = next) {
        uint32_t c = dln_utf8_next(line->text, &next);
        if (!is_dash(c) && !dln_char_is_space(c)) break;
    }
    return (uint32_t)end;
}

static uint32_t kind_of_end(const dln_line *line) {
    if (dln_last_sentence(line->text, line->span) != line->span.begin) return 0; /* text stands before it */
    size_t most = line->marker->longest;
    for (size_t count = line->count < most ? line->count : most; count > 0; count--) {
        uint32_t bits = dln_line_phrase(line, line->count - count, count);
        if ((bits & DLN_PHRASE_END) != 0) return bits;
    }
    return 0;
}

uint32_t dln_line_edges(const dln_line *line) {
    if (line->count == 0 || !line->whole) return 0;
    uint32_t bits = kind_of_start(line);
    return bits != 0 ? bits : kind_of_end(line);
}

uint32_t dln_line_kind(const dln_line *line) {
    uint32_t bits = line->whole ? kind_of_cover(line) : 0;
    return bits != 0 ? bits : dln_line_edges(line);
}

/* ---------------------------------------------------------------- the marker */

static void add_phrase(dln_marker *marker, dln_line *line, dateline_str phrase, uint32_t bits) {
    line->text = phrase;
    dln_line_read(line, (dateline_span){ 0, (uint32_t)phrase.len });
    if (line->count == 0) return;
    bool is_new;
    uint32_t *value = dln_map_get(&marker->phrases, dln_buf_str(&line->key));
    if (value == NULL) {
        dateline_str key = dln_arena_str(&marker->keys, dln_buf_str(&line->key));
        value = key.ptr == NULL ? NULL : dln_map_put(&marker->phrases, key, &is_new);
    }
    if (value != NULL) *value |= bits;
    if (line->count > marker->longest) marker->longest = line->count;
}

static bool has_value(const dln_lexicon *lexicon, uint32_t entry, const char *key, const char *value) {
    uint32_t count = dln_entry_value_count(lexicon, entry, key);
    for (uint32_t i = 0; i < count; i++)
        if (dln_str_is(dln_entry_value(lexicon, entry, key, i), value)) return true;
    return false;
}

static uint32_t page_word_bits(const dln_lexicon *lexicon, uint32_t entry) {
    if (has_value(lexicon, entry, "as", "by")) return DLN_PHRASE_BY;
    return has_value(lexicon, entry, "as", "and") ? DLN_PHRASE_AND : DLN_PHRASE_PARTICLE;
}

static uint32_t page_part_bits(const dln_lexicon *lexicon, uint32_t entry) {
    static const struct {
        const char *key, *value;
        uint32_t bits;
    } meanings[] = {
        { "at", "line", DLN_PHRASE_LINE },       { "at", "start", DLN_PHRASE_START },
        { "at", "end", DLN_PHRASE_END },         { "colon", "yes", DLN_PHRASE_COLON },
        { "then", "links", DLN_PHRASE_LINKS },   { "then", "all", DLN_PHRASE_ALL },
        { "as", "byline", DLN_PHRASE_BYLINE },   { "as", "credit", DLN_PHRASE_CREDIT },
        { "as", "caption", DLN_PHRASE_CAPTION },
    };
    uint32_t bits = 0;
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (has_value(lexicon, entry, meanings[i].key, meanings[i].value)) bits |= meanings[i].bits;
    return (bits & (DLN_PHRASE_START | DLN_PHRASE_END)) == 0 ? bits | DLN_PHRASE_LINE : bits;
}

/* Months and weekdays stand in their order, one entry each. */
static uint32_t bits_of(const dln_lexicon *lexicon, const char *kind, uint32_t entry, uint32_t number) {
    if (strcmp(kind, "page_part") == 0) return page_part_bits(lexicon, entry);
    if (strcmp(kind, "page_word") == 0) return page_word_bits(lexicon, entry);
    if (strcmp(kind, "agency") == 0) return DLN_PHRASE_AGENCY;
    if (strcmp(kind, "dateline_city") == 0) return DLN_PHRASE_CITY;
    if (strcmp(kind, "dateline_region") == 0) return DLN_PHRASE_REGION;
    if (strcmp(kind, "dateline_label") == 0) return DLN_PHRASE_LABEL;
    if (strcmp(kind, "dateline_month") == 0) return number & DLN_PHRASE_MONTH;
    if (strcmp(kind, "dateline_weekday") == 0) return number << 4 & DLN_PHRASE_WEEKDAY;
    if (strcmp(kind, "headline_link") == 0) return DLN_PHRASE_LINK;
    if (strcmp(kind, "caption_opener") == 0) return DLN_PHRASE_OPENER;
    if (strcmp(kind, "role") == 0) return has_value(lexicon, entry, "as", "modifier") ? 0 : DLN_PHRASE_TITLE;
    if (has_value(lexicon, entry, "as", "capital") || has_value(lexicon, entry, "as", "seat")) return DLN_PHRASE_CITY;
    if (has_value(lexicon, entry, "as", "name")) return DLN_PHRASE_REGION;
    return has_value(lexicon, entry, "as", "adjective") ? DLN_PHRASE_TITLE : 0;
}

static void add_kind(dln_marker *marker, dln_line *line, const dln_lexicon *lexicon, const char *kind) {
    uint32_t first, count = dln_lexicon_kind(lexicon, kind, &first);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t bits = bits_of(lexicon, kind, first + i, i + 1);
        uint32_t phrases = bits == 0 ? 0 : dln_entry_phrase_count(lexicon, first + i);
        for (uint32_t p = 0; p < phrases; p++) add_phrase(marker, line, dln_entry_phrase(lexicon, first + i, p), bits);
    }
}

dln_marker *dln_marker_new(const dln_lexicon *lexicon, dateline_error *err) {
    static const char *const kinds[] = { "page_part",       "page_word",      "agency",         "dateline_city",
                                         "dateline_region", "dateline_label", "dateline_month", "dateline_weekday",
                                         "headline_link",   "caption_opener", "role",           "country" };
    dln_marker *marker = dln_alloc(1, sizeof *marker);
    if (marker == NULL) {
        dln_error_memory(err);
        return NULL;
    }
    dln_map_init(&marker->phrases);
    dln_arena_init(&marker->keys);
    dln_line line;
    dln_line_init(&line, marker, (dateline_str){ NULL, 0 });
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) add_kind(marker, &line, lexicon, kinds[i]);
    bool good =
        line.key.status == DATELINE_OK && marker->phrases.status == DATELINE_OK && marker->keys.status == DATELINE_OK;
    dln_line_release(&line);
    if (good) return marker;
    dln_marker_free(marker);
    dln_error_memory(err);
    return NULL;
}

void dln_marker_free(dln_marker *marker) {
    if (marker == NULL) return;
    dln_map_release(&marker->phrases);
    dln_arena_release(&marker->keys);
    dln_free(marker);
}
