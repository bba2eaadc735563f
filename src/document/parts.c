/* SPDX-License-Identifier: Apache-2.0
 * parts.c: bylines, credits, and captions that run on from a headline. */
#include "document/document_internal.h"

dateline_span dln_span_trim(dateline_str text, dateline_span span) {
    for (size_t next = span.begin; next < span.end; span.begin = (uint32_t)next)
        if (!dln_char_is_space(dln_utf8_next(text, &next))) break;
    while (span.end > span.begin && dln_char_is_space(dln_utf8_before(text, span.end))) {
        span.end--;
        while (span.end > span.begin && ((uint8_t)text.ptr[span.end] & 0xC0) == 0x80) span.end--;
    }
    return span;
}

static bool is_closing(uint32_t c) {
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 || c == 0x201D || c == 0xBB;
}

static bool is_final(uint32_t c) {
    return c == '.' || c == '?' || c == '!' || c == 0x2026;
}

/* The last character at or before `end`; *end moves in front of it. */
static uint32_t step_back(dateline_str text, uint32_t begin, uint32_t *end) {
    if (*end <= begin) return 0;
    uint32_t c = dln_utf8_before(text, *end);
    (*end)--;
    while (*end > begin && ((uint8_t)text.ptr[*end] & 0xC0) == 0x80) (*end)--;
    return c;
}

bool dln_ends_sentence(dateline_str text, dateline_span span) {
    uint32_t end = span.end, c;
    while ((c = step_back(text, span.begin, &end)) != 0)
        if (!is_closing(c) && !dln_char_is_space(c)) break;
    return is_final(c);
}

/* ---------------------------------------------------------------- words of a line */

static uint32_t first_char(const dln_line *line, size_t word) {
    for (size_t at = line->words[word].begin; at < line->words[word].end;) {
        uint32_t c = dln_utf8_next(line->text, &at);
        if (!dln_char_is_punct(c)) return c;
    }
    return 0;
}

static bool is_upper(const dln_line *line, size_t word) {
    return word < line->count && dln_char_is_upper(first_char(line, word));
}

static bool has_lower(const dln_line *line, size_t word) {
    for (size_t at = line->words[word].begin; at < line->words[word].end;)
        if (dln_char_is_lower(dln_utf8_next(line->text, &at))) return true;
    return false;
}

static bool is_number(const dln_line *line, size_t word) {
    return dln_str_is(dln_span_str(dln_buf_str(&line->key), line->keys[word]), "#");
}

static bool has_bits(const dln_line *line, size_t word, uint32_t bits) {
    return (dln_line_phrase(line, word, 1) & bits) != 0;
}

/* ---------------------------------------------------------------- bylines */

enum { BYLINE_WORDS = 14 };

/* Names, titles, places, and what joins them. */
static bool is_byline_word(const dln_line *line, size_t word) {
    return is_upper(line, word) || has_bits(line, word, DLN_PHRASE_LINK) || is_number(line, word) ||
           memchr(line->text.ptr + line->words[word].begin, '@', line->words[word].end - line->words[word].begin) !=
               NULL;
}

bool dln_begins_byline(dln_line *line, dateline_span span) {
    uint32_t end = span.begin;
    while (end < span.end && line->text.ptr[end] != ' ') end++;
    dln_line_read(line, (dateline_span){ span.begin, end });
    return line->count == 1 && is_upper(line, 0) && has_bits(line, 0, DLN_PHRASE_BY);
}

bool dln_is_byline(dln_line *line, dateline_span span) {
    if (!dln_begins_byline(line, span)) return false;
    dln_line_read(line, span);
    if (!line->whole || line->count < 2 || line->count > BYLINE_WORDS) return false;
    if (!is_upper(line, 1) || has_bits(line, 1, DLN_PHRASE_LINK)) return false;
    if (has_bits(line, 1, DLN_PHRASE_MONTH | DLN_PHRASE_WEEKDAY) || dln_ends_sentence(line->text, span)) return false;
    if (line->count == 2 && has_lower(line, 1) && !has_bits(line, 1, DLN_PHRASE_AGENCY)) return false;
    for (size_t i = 2; i < line->count; i++)
        if (!is_byline_word(line, i)) return false;
    return true;
}

dateline_span dln_byline_author(dln_line *line, dateline_span span) {
    dln_line_read(line, span);
    dateline_span author = { span.begin, span.begin };
    if (line->count < 2 || !has_bits(line, 0, DLN_PHRASE_BY) || dln_line_kind(line) != 0) return author;
    for (size_t i = 1; i < line->count; i++) {
        uint32_t bits;
        bool is_name = is_upper(line, i) && dln_line_longest(line, i, DLN_PHRASE_AGENCY | DLN_PHRASE_TITLE, &bits) == 0;
        if (!is_name && !has_bits(line, i, DLN_PHRASE_AND)) break;
        if (i == 1) author.begin = line->words[i].begin;
        if (is_name) author.end = line->words[i].end;
        if (line->text.ptr[line->words[i].end - 1] == ',') break;
    }
    if (author.end > author.begin && line->text.ptr[author.end - 1] == ',') author.end--;
    return author;
}

/* ---------------------------------------------------------------- credits */

enum { TAIL_BYTES = 300 };

/* 'S.', 'Gen.', 'Mr.': up to three letters, the first a capital, and a full stop. */
static bool ends_abbreviated(dateline_str text, dateline_span span) {
    uint32_t end = span.end, letters = 0, first = 0;
    if (step_back(text, span.begin, &end) != '.') return false;
    for (uint32_t c; letters < 4 && dln_char_is_letter(c = step_back(text, span.begin, &end)); letters++) first = c;
    return letters >= 1 && letters <= 3 && dln_char_is_upper(first);
}

/* Does a sentence begin at `at`? One ends before, with white space between. */
static bool begins_sentence(dateline_str text, dateline_span span, uint32_t at) {
    uint32_t end = at, c = step_back(text, span.begin, &end);
    if (!dln_char_is_space(c)) return false;
    c = dln_utf8_at(text, at);
    if (dln_char_is_space(c) || dln_char_is_lower(c) || is_closing(c)) return false;
    const dateline_span before = { span.begin, end };
    return dln_ends_sentence(text, before) && !(dln_char_is_letter(c) && ends_abbreviated(text, before));
}

uint32_t dln_last_sentence(dateline_str text, dateline_span span) {
    uint32_t least = span.end - span.begin > TAIL_BYTES ? span.end - TAIL_BYTES : span.begin;
    for (uint32_t at = span.end; at > least; at--)
        if (((uint8_t)text.ptr[at - 1] & 0xC0) != 0x80 && begins_sentence(text, span, at - 1)) return at - 1;
    return span.begin;
}

/* Desks sign with letters: 'PTI ABC DEF'. */
static bool is_desk_code(const dln_line *line, size_t word) {
    dateline_span span = line->words[word];
    return span.end - span.begin <= 4 && is_upper(line, word) && !has_lower(line, word);
}

/* 'REUTERS/Ingrid Holm': an agency and its photographer. */
static bool is_photographer(const dln_line *line) {
    enum { NAME_WORDS = 4 };
    uint32_t bits;
    size_t count = line->count == 0 ? 0 : dln_line_longest(line, 0, DLN_PHRASE_AGENCY, &bits);
    if (count == 0 || count == line->count || line->count > count + NAME_WORDS) return false;
    for (size_t i = count; i < line->count; i++)
        if (!is_upper(line, i)) return false;
    return line->text.ptr[line->words[count - 1].end] == '/';
}

/* Nothing but agencies, what joins them, and desk codes behind. */
static bool is_agency_list(const dln_line *line) {
    if (line->count == 0 || !line->whole) return false;
    for (size_t at = 0, count; at < line->count; at += count) {
        uint32_t bits;
        count = dln_line_longest(line, at, DLN_PHRASE_AGENCY, &bits);
        if (count != 0 && is_upper(line, at)) continue;
        if (at == 0 || !(has_bits(line, at, DLN_PHRASE_AND) || is_desk_code(line, at))) return false;
        count = 1;
    }
    return true;
}

dateline_block_kind dln_tail_read(dln_line *line, dateline_span span, uint32_t *begin) {
    *begin = dln_last_sentence(line->text, span);
    if (span.end - *begin > TAIL_BYTES) return DATELINE_BLOCK_NONE;
    dln_line_read(line, (dateline_span){ *begin, span.end });
    if (is_agency_list(line) || is_photographer(line)) return DATELINE_BLOCK_CREDIT;
    uint32_t bits = *begin == span.begin ? 0 : dln_line_edges(line);
    if (bits == 0) return DATELINE_BLOCK_NONE;
    return (bits & DLN_PHRASE_CREDIT) != 0 ? DATELINE_BLOCK_CREDIT : DATELINE_BLOCK_FURNITURE;
}

/* ---------------------------------------------------------------- captions */

/* How a caption may show itself behind a headline that has no full stop, best first. */
typedef enum {
    SEAM_NONE = 0,
    SEAM_CAPITALS, /* 'LEADERS MEET IN OSLO The prime …' */
    SEAM_OPENER,   /* '… sign accord A worker paints …' */
    SEAM_TITLE,    /* '… friendly relations Russian President Vladimir …' */
    SEAM_NAME      /* '… sign accord Sergei Lavrov shakes …' */
} seam;

enum { HEADLINE_LEAST = 3, HEADLINE_MOST = 20, CAPTION_LEAST = 6 };

static bool ends_clean(const dln_line *line, size_t word) {
    uint32_t c = dln_utf8_before(line->text, line->words[word].end);
    return !dln_char_is_punct(c) || c == '\'' || c == '"' || c == 0x2019 || c == 0x201D;
}

/* Most words before `end` that could have small letters have a capital. */
static bool is_title_case(const dln_line *line, size_t end) {
    size_t upper = 0, counted = 0;
    for (size_t i = 0; i < end; i++) {
        if (has_bits(line, i, DLN_PHRASE_LINK)) continue;
        counted++;
        upper += is_upper(line, i);
    }
    return upper * 10 >= counted * 8;
}

static bool is_capitals(const dln_line *line, size_t end) {
    for (size_t i = 0; i < end; i++)
        if (has_lower(line, i)) return false;
    return true;
}

/* A description of a person with the name behind it begins at `word`: 'Russian President Vladimir'. */
static bool opens_person(const dln_line *line, size_t word) {
    size_t at = word;
    uint32_t bits;
    for (size_t count; at < line->count && is_upper(line, at); at += count) {
        count = dln_line_longest(line, at, DLN_PHRASE_TITLE, &bits);
        if (count == 0) break;
    }
    return at > word && is_upper(line, at);
}

static seam seam_at(const dln_line *line, size_t word) {
    bool before_upper = is_upper(line, word - 1);
    if (!is_upper(line, word) || !ends_clean(line, word - 1)) return SEAM_NONE;
    if (has_bits(line, word - 1, DLN_PHRASE_LINK)) return SEAM_NONE;
    if (has_lower(line, word) && is_capitals(line, word)) return SEAM_CAPITALS;
    bool next_lower = word + 1 < line->count && !is_upper(line, word + 1) && has_lower(line, word + 1);
    if (!before_upper && next_lower && has_bits(line, word, DLN_PHRASE_OPENER)) return SEAM_OPENER;
    if ((!before_upper || is_title_case(line, word)) && opens_person(line, word)) return SEAM_TITLE;
    if (has_bits(line, word - 1, DLN_PHRASE_TITLE)) return SEAM_NONE; /* 'leader Kim' */
    return !before_upper && is_upper(line, word + 1) ? SEAM_NAME : SEAM_NONE;
}

/* Captions say the day: a weekday or month stands among the last words. */
static bool names_a_day(dln_line *line, dateline_span span) {
    enum { LAST_BYTES = 60 };
    if (span.end - span.begin > LAST_BYTES) span.begin = span.end - LAST_BYTES;
    dln_line_read(line, span);
    for (size_t i = 1; i < line->count; i++)
        if (is_upper(line, i) && has_bits(line, i, DLN_PHRASE_MONTH | DLN_PHRASE_WEEKDAY)) return true;
    return false;
}

uint32_t dln_caption_begin(dln_line *line, dateline_span span) {
    if (!dln_ends_sentence(line->text, span)) return span.end;
    bool dated = names_a_day(line, span);
    dln_line_read(line, span);
    size_t last = line->count < HEADLINE_MOST + CAPTION_LEAST ? line->count : HEADLINE_MOST + CAPTION_LEAST;
    seam best = SEAM_NONE;
    uint32_t begin = span.end;
    for (size_t word = HEADLINE_LEAST; word + CAPTION_LEAST <= last; word++) {
        seam found = seam_at(line, word);
        bool proven = found == SEAM_CAPITALS || found == SEAM_OPENER || dated;
        if (found == SEAM_NONE || !proven || (best != SEAM_NONE && found >= best)) continue;
        best = found;
        begin = line->words[word].begin;
    }
    return begin;
}
