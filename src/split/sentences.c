/* SPDX-License-Identifier: Apache-2.0
 * sentences.c: where sentences end. A full stop, question or exclamation mark ends one, with the closing quotation
 * marks and brackets behind it, unless what follows says otherwise; so does the end of a line that is a heading or an
 * item of a list. */
#include "split/split_internal.h"

typedef struct {
    const dln_splitter *splitter;
    dateline_doc *doc;
    size_t first, end; /* tokens of the stretch */
    size_t wrap;       /* length of its longest line, in bytes */
    size_t start;      /* first token of the sentence at hand */
    size_t brackets;   /* open in it */
    bool quote_open;   /* straight quotation marks */
} walk;

static dateline_str form(const walk *w, size_t i) {
    return dln_token_form(w->doc, i);
}
static uint32_t first_char(const walk *w, size_t i) {
    return i < w->end ? dln_utf8_at(form(w, i), 0) : 0;
}
static bool space_before(const walk *w, size_t i) {
    return i == w->first || dln_doc_token(w->doc, i - 1)->space_after;
}

/* ---------------------------------------------------------------- kinds of tokens */

static bool is_ellipsis(dateline_str text) {
    return dln_str_is(text, "\xE2\x80\xA6") || (text.len > 1 && text.ptr[0] == '.' && text.ptr[1] == '.');
}

static bool is_terminal(dateline_str text) {
    if (is_ellipsis(text)) return true;
    for (size_t i = 0; i < text.len; i++) {
        if (strchr(".!?", text.ptr[i]) == NULL) return false;
    }
    return text.len > 0;
}

static bool space_after(const walk *w, size_t i) {
    return i + 1 == w->end || dln_doc_token(w->doc, i)->space_after;
}

/* A straight quotation mark closes by the side its space is on, else by count. */
static bool straight_quote_closes(const walk *w, size_t i) {
    bool before = space_before(w, i), behind = space_after(w, i);
    return before == behind ? w->quote_open : behind;
}

static bool closes(const walk *w, size_t i, bool *is_quote) {
    dateline_str text = form(w, i);
    uint32_t c = dln_utf8_at(text, 0);
    *is_quote = true;
    if (dln_str_is(text, "''") || c == 0x201D || c == 0xBB) return true;
    if (dln_str_is(text, "'") || c == 0x2019) return !space_before(w, i);
    if (dln_str_is(text, "\"")) return straight_quote_closes(w, i);
    *is_quote = false;
    return text.len == 1 && (c == ')' || c == ']' || c == '}');
}

static bool opens(const walk *w, size_t i) {
    dateline_str text = form(w, i);
    uint32_t c = dln_utf8_at(text, 0);
    if (dln_str_is(text, "``") || c == 0x201C || c == 0x2018 || c == 0xAB) return true;
    return text.len == 1 && c != 0 && c < 0x80 && strchr("\"'([{<", (int)c) != NULL;
}

/* The first letter or digit at or behind token i, past opening marks. */
static uint32_t opening_letter(const walk *w, size_t i) {
    while (i < w->end && opens(w, i)) i++;
    return first_char(w, i);
}

/* ---------------------------------------------------------------- decisions */

/* The number of an item: '1.' where a sentence begins or behind a colon. */
static bool is_item_label(const walk *w, size_t stop) {
    if (stop == w->start) return false;
    if (stop - w->start > 1 && !dln_str_is(form(w, stop - 2), ":")) return false;
    dateline_str label = form(w, stop - 1);
    return label.len <= 3 && (is_ascii_digit((unsigned char)label.ptr[0]) || label.len == 1);
}

/* What follows a word that ends in its own stop ('p.m.', 'Inc.') opens a new sentence. */
static bool opens_after_abbreviation(const walk *w, size_t i, size_t next) {
    uint32_t facts = dln_split_word(w->splitter, form(w, i));
    if ((facts & (WORD_BEFORE_NAME | WORD_BEFORE_NUMBER)) != 0) return false;
    if (form(w, i).len <= 2 || !dln_char_is_upper(opening_letter(w, next))) return false;
    while (next + 1 < w->end && opens(w, next)) next++;
    return (dln_split_word(w->splitter, form(w, next)) & WORD_OPENER) != 0;
}

/* Whether `next` opens a sentence, where a terminal stands at `stop` and closers between. */
static bool opens_after_terminal(const walk *w, size_t stop, size_t next, bool quote_closed) {
    uint32_t c = opening_letter(w, next);
    dateline_str text = form(w, stop);
    bool lower = dln_char_is_lower(c);
    if (!space_before(w, next)) return dln_char_is_upper(c) && !is_ellipsis(text);
    if (lower && (quote_closed || is_ellipsis(text))) return false;
    if (c == ',' || c == ';' || c == ':' || is_terminal(form(w, next))) return false;
    if (dln_str_is(text, ".") && is_item_label(w, stop)) return false;
    return w->brackets == 0 || !lower;
}

static size_t line_begin(dateline_str text, size_t at) {
    while (at > 0 && text.ptr[at - 1] != '\n') at--;
    return at;
}

/* '- ', '• ', '3. ' */
static bool is_bullet(const walk *w, size_t i) {
    dateline_str text = form(w, i);
    if (dln_str_is(text, "-") || dln_str_is(text, "*") || first_char(w, i) == 0x2022) return true;
    if (i + 1 >= w->end || text.len > 2 || !is_ascii_digit((unsigned char)text.ptr[0])) return false;
    return dln_str_is(form(w, i + 1), ".") || dln_str_is(form(w, i + 1), ")");
}

/* No one wraps lines at more columns: where a line is longer, each line is a paragraph. */
enum { WIDEST_WRAP = 120 };

/* A line break between i and i + 1 parts a heading, paragraph or list item from what follows, rather than wrapping a
 * line: a wrapped line has no room for the next word. */
static bool line_break_parts(const walk *w, size_t i) {
    dateline_str text = w->doc->text;
    size_t begin = dln_doc_token(w->doc, i)->span.end, end = dln_doc_token(w->doc, i + 1)->span.begin;
    size_t at = dln_str_find(dln_str_slice(text, 0, end), DLN_STR("\n"), begin);
    if (at == SIZE_MAX) return false;
    if (is_bullet(w, i + 1)) return true;
    if (dln_char_is_lower(opening_letter(w, i + 1)) || dln_str_is(form(w, i), ",")) return false;
    size_t with_next = at - line_begin(text, begin) + 1 + form(w, i + 1).len;
    return w->wrap > WIDEST_WRAP || with_next < w->wrap * 3 / 4;
}

static void note_mark(walk *w, size_t i) {
    dateline_str text = form(w, i);
    if (text.len != 1) return;
    char c = text.ptr[0];
    if (c == '"') w->quote_open = !straight_quote_closes(w, i);
    if (strchr("([{", c) != NULL) w->brackets++;
    if (strchr(")]}", c) != NULL && w->brackets > 0) w->brackets--;
}

static void finish(walk *w, size_t end) {
    if (end == w->start) return;
    dateline_sentence sentence = {
        .span = { dln_doc_token(w->doc, w->start)->span.begin, dln_doc_token(w->doc, end - 1)->span.end },
        .first_token = (uint32_t)w->start,
        .token_count = (uint32_t)(end - w->start),
    };
    dln_array_push(&w->doc->sentences, &sentence);
    w->start = end;
    w->brackets = 0;
}

static size_t longest_line(const walk *w) {
    if (w->first == w->end) return 0;
    dateline_str text = w->doc->text;
    size_t longest = 0, at = dln_doc_token(w->doc, w->first)->span.begin;
    size_t end = dln_doc_token(w->doc, w->end - 1)->span.end;
    for (size_t line = at; at <= end; at++) {
        if (at < end && text.ptr[at] != '\n') continue;
        if (at - line > longest) longest = at - line;
        line = at + 1;
    }
    return longest;
}

/* Past footnote numbers in brackets: '[3]', '[4, 5]'. */
static size_t skip_notes(const walk *w, size_t i) {
    while (i + 2 < w->end && dln_str_is(form(w, i), "[") && is_ascii_digit(first_char(w, i + 1))) {
        size_t to = i + 2;
        while (to < w->end && to - i < 16 && (is_ascii_digit(first_char(w, to)) || dln_str_is(form(w, to), ","))) to++;
        if (to >= w->end || !dln_str_is(form(w, to), "]")) break;
        i = to + 1;
    }
    return i;
}

/* Past the closing marks behind a terminal; *quote_closed tells whether a quotation mark was among them. */
static size_t skip_closers(walk *w, size_t i, bool *quote_closed) {
    *quote_closed = false;
    for (bool is_quote; i < w->end && closes(w, i, &is_quote); i++) {
        *quote_closed = *quote_closed || is_quote;
        note_mark(w, i);
    }
    return i;
}

void dln_split_sentences(const dln_splitter *splitter, dateline_doc *doc, size_t first) {
    walk w = { .splitter = splitter, .doc = doc, .first = first, .end = doc->tokens.count, .start = first };
    w.wrap = longest_line(&w);
    for (size_t i = first; i < w.end;) {
        size_t next = i + 1;
        note_mark(&w, i);
        bool ends = false, quote_closed = false;
        dateline_str text = form(&w, i);
        if (is_terminal(text)) {
            next = skip_notes(&w, skip_closers(&w, next, &quote_closed));
            ends = next < w.end && opens_after_terminal(&w, i, next, quote_closed);
        } else if (text.len > 1 && text.ptr[text.len - 1] == '.' && next < w.end) {
            ends = opens_after_abbreviation(&w, i, next);
        }
        if (next < w.end && !ends) ends = line_break_parts(&w, next - 1);
        if (ends) finish(&w, next);
        i = next;
    }
    finish(&w, w.end);
}
