/* SPDX-License-Identifier: Apache-2.0
 * time_scan.c: taking words, numbers and years from a sentence, and which side of publication a clause speaks of. */
#include "resolve/times.h"

/* ---------------------------------------------------------------- taking words */

dateline_str dln_time_form_at(const dln_time_reader *r, uint32_t i) {
    return i >= r->first && i < r->end ? dln_token_form(r->doc, i) : (dateline_str){ "", 0 };
}

bool dln_time_is_form(const dln_time_reader *r, uint32_t i, const char *text) {
    return dln_str_equal_nocase(dln_time_form_at(r, i), dateline_str_from(text));
}

bool dln_time_has_capital(const dln_time_reader *r, uint32_t i) {
    return dln_char_is_upper(dln_utf8_at(dln_time_form_at(r, i), 0));
}

/* The word or phrase of one of `classes` at *at, which moves behind it; NULL: there is none. */
const dln_time_word *dln_time_take(const dln_time_reader *r, uint32_t *at, uint64_t classes) {
    static const uint64_t names = DLN_TIME_MONTH | DLN_TIME_WEEKDAY | DLN_TIME_WEEKDAYS;
    if (*at < r->first || *at >= r->end) return NULL;
    const dln_time_mark *mark = &r->marks[*at];
    if (mark->phrase != NULL && (mark->phrase->classes & classes) != 0 && *at + mark->phrase_tokens <= r->end) {
        *at += mark->phrase_tokens;
        return mark->phrase;
    }
    if (mark->word == NULL || (mark->word->classes & classes) == 0) return NULL;
    if ((mark->word->classes & classes & ~names) == 0 && !mark->mid && !dln_time_has_capital(r, *at)) return NULL;
    (*at)++;
    return mark->word;
}

bool dln_time_is(const dln_time_reader *r, uint32_t at, uint64_t classes) {
    return dln_time_take(r, &at, classes) != NULL;
}

/* A word or phrase of one of `classes` ends before `at`. */
bool dln_time_follows(const dln_time_reader *r, uint32_t at, uint64_t classes) {
    for (uint32_t back = 1; back <= 4 && at >= r->first + back; back++) {
        uint32_t begin = at - back;
        if (dln_time_take(r, &begin, classes) != NULL && begin == at) return true;
    }
    return false;
}

bool dln_time_take_form(const dln_time_reader *r, uint32_t *at, const char *text) {
    bool found = dln_time_is_form(r, *at, text);
    *at += found;
    return found;
}

/* A few at most, so that no list of them takes more than linear time. */
void dln_time_skip(const dln_time_reader *r, uint32_t *at, uint64_t classes) {
    for (int i = 0; i < 4 && dln_time_take(r, at, classes) != NULL; i++) {
    }
}

/* A hyphen with no space at either side: 'third-quarter'. */
bool dln_time_take_hyphen(const dln_time_reader *r, uint32_t *at) {
    return *at > r->first && !dln_doc_token(r->doc, *at - 1)->space_after && dln_time_take_form(r, at, "-");
}

/* ---------------------------------------------------------------- numbers */

static bool take_digits(const dln_time_reader *r, uint32_t *at, int32_t *number) {
    uint64_t value;
    dateline_str text = dln_time_form_at(r, *at);
    if (text.len == 0 || text.len > 4 || !dln_str_to_u64(text, &value)) return false;
    *number = (int32_t)value;
    (*at)++;
    return true;
}

/* 'seven', 'twenty-one', 'two hundred', 'a hundred'. */
static bool take_number_words(const dln_time_reader *r, uint32_t *at, int32_t *number) {
    const dln_time_word *word = dln_time_take(r, at, DLN_TIME_NUMBER);
    if (word == NULL) return false;
    *number = word->number;
    uint32_t next = *at;
    dln_time_take_hyphen(r, &next);
    bool tens = word->number >= 20 && word->number % 10 == 0;
    const dln_time_word *ones =
        tens && !dln_time_is_form(r, next, "a") ? dln_time_take(r, &next, DLN_TIME_NUMBER) : NULL;
    if (ones != NULL && ones->number < 10) {
        *number += ones->number;
        *at = next;
    }
    const dln_time_word *scale;
    while ((scale = dln_time_take(r, at, DLN_TIME_SCALE)) != NULL && *number < 10000) *number *= scale->number;
    return true;
}

bool dln_time_take_number(const dln_time_reader *r, uint32_t *at, int32_t *number) {
    return take_digits(r, at, number) || take_number_words(r, at, number);
}

int32_t dln_time_digits(dateline_str text) {
    uint64_t value = 0;
    return dln_str_to_u64(text, &value) && value < 100000 ? (int32_t)value : -1;
}

/* '1987', ''87', 'nineteen eighty-seven', 'two thousand'. */
bool dln_time_take_year(const dln_time_reader *r, uint32_t *at, int32_t *year) {
    dateline_str text = dln_time_form_at(r, *at);
    if (text.len == 4 && dln_time_digits(text) >= 1000 && dln_time_digits(text) < 2200) {
        *year = dln_time_digits(text);
        (*at)++;
        return true;
    }
    uint32_t next = *at;
    int32_t high, low;
    if (text.len == 0 || (text.ptr[0] >= '0' && text.ptr[0] <= '9')) return false;
    if (!take_number_words(r, &next, &high)) return false;
    bool found = high == 2000 && !dln_time_is(r, next, DLN_TIME_UNIT | DLN_TIME_UNITS);
    if (high >= 10 && high <= 21 && take_number_words(r, &next, &low) && low >= 10 && low < 100) {
        high = high * 100 + low;
        found = true;
    }
    if (found) {
        *year = high;
        *at = next;
    }
    return found;
}

/* '4', '4th', 'fourth' */
bool dln_time_take_month_day(const dln_time_reader *r, uint32_t *at, int32_t *day) {
    dateline_str text = dln_time_form_at(r, *at);
    size_t digits = 0;
    while (digits < text.len && text.ptr[digits] >= '0' && text.ptr[digits] <= '9') digits++;
    if (digits == 0) {
        const dln_time_word *word = dln_time_take(r, at, DLN_TIME_ORDINAL);
        if (word != NULL) *day = word->number;
        return word != NULL;
    }
    bool ordinal = text.len == digits + 2 && strchr("snrt", text.ptr[digits]) != NULL;
    int32_t value = dln_time_digits(dln_str_slice(text, 0, digits));
    if ((text.len > digits && !ordinal) || digits > 2 || value < 1 || value > 31) return false;
    *day = value;
    (*at)++;
    return true;
}

/* ---------------------------------------------------------------- before or after publication */

enum { CUE_WINDOW = 10 };

/* A verb in the past tense, by its form; 'be named' is none. */
static bool looks_past(const dln_time_reader *r, uint32_t at) {
    dateline_str text = dln_time_form_at(r, at);
    if (dln_time_is(r, at, DLN_TIME_PAST)) return true;
    return text.len > 4 && dln_str_ends(text, DLN_STR("ed")) && !dln_time_has_capital(r, at) &&
           !dln_time_is_form(r, at - 1, "be");
}

/* The nearest cue among the words before. */
static int side_by_words(const dln_time_reader *r, uint32_t at) {
    for (uint32_t back = 1; back <= CUE_WINDOW && at >= r->first + back; back++) {
        if (dln_time_is(r, at - back, DLN_TIME_FUTURE)) return 1;
        if (looks_past(r, at - back)) return -1;
    }
    return 0;
}

static bool is_rel(const dateline_token *token, const char *deprel) {
    return dln_str_is(token->deprel, deprel);
}

static bool is_tag(const dateline_token *token, const char *tag) {
    return dln_str_is(token->xpos, tag);
}

/* 'will', 'is to' and the like before a verb: 1; 'has', 'did', 'was': -1; 0: no auxiliary says. */
static int side_by_auxiliary(const dln_time_reader *r, uint32_t verb) {
    int side = 0;
    for (uint32_t back = 1; back <= CUE_WINDOW && verb >= r->first + back; back++) {
        const dateline_token *token = dln_doc_token(r->doc, verb - back);
        if (token->head != verb || !dln_str_starts(token->deprel, DLN_STR("aux"))) continue;
        if (is_tag(token, "MD")) return dln_time_is(r, verb - back, DLN_TIME_FUTURE) ? 1 : 0;
        if (is_tag(token, "VBD") || dln_time_is_form(r, verb - back, "has") || dln_time_is_form(r, verb - back, "have"))
            side = -1;
        if (side == 0 && (is_tag(token, "VBZ") || is_tag(token, "VBP"))) side = 1;
    }
    return side;
}

/* What the verb at `verb` says; 2: nothing, ask the one above. */
static int side_by_verb(const dln_time_reader *r, uint32_t verb) {
    const dateline_token *token = dln_doc_token(r->doc, verb);
    if (dln_time_is(r, verb, DLN_TIME_FUTURE)) return 1;
    int side = side_by_auxiliary(r, verb);
    if (side != 0) return side;
    if (is_tag(token, "VBD")) return -1;
    if (is_tag(token, "VBZ") || is_tag(token, "VBP")) return 1;
    bool participle = is_tag(token, "VBN") && dln_str_starts(token->deprel, DLN_STR("acl"));
    if (participle) return -1;
    bool complement = dln_str_starts(token->deprel, DLN_STR("xcomp")) || dln_str_starts(token->deprel, DLN_STR("acl"));
    return is_tag(token, "VB") && complement ? 1 : 2;
}

/* Whether a token stands in a picture's caption: its present tense tells what was. Blocks are in text order. */
static bool is_in_caption(const dln_time_reader *r, uint32_t at) {
    const dateline_block *blocks = r->doc->blocks.items;
    uint32_t offset = dln_doc_token(r->doc, at)->span.begin;
    size_t low = 0, high = r->doc->blocks.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (blocks[middle].span.end <= offset) low = middle + 1;
        else high = middle;
    }
    return low < r->doc->blocks.count && blocks[low].span.begin <= offset && blocks[low].kind == DATELINE_BLOCK_CAPTION;
}

/* Whether the clause puts an expression after (1) or before (-1) publication; 0: it does not say. What stands next to
 * it counts first ('by Friday', 'the Friday deadline'), then the verbs above it in the tree, then words around. */
int dln_time_side(const dln_time_reader *r, uint32_t at) {
    if (at >= r->end || dln_time_follows(r, at, DLN_TIME_LIMIT)) return 1;
    if (is_in_caption(r, at)) return -1;
    for (uint32_t on = 1; on <= 3; on++) {
        if (dln_time_is(r, at + on, DLN_TIME_LIMIT_AFTER)) return 1;
    }
    uint32_t node = at;
    for (int steps = 0; steps < 8; steps++) {
        const dateline_token *token = dln_doc_token(r->doc, node);
        bool modifier = is_rel(token, "compound") || is_rel(token, "nmod:poss");
        if (node == at && modifier) return 0; /* 'a June accord', 'Monday's vote' */
        if (token->upos == DATELINE_UPOS_VERB || token->upos == DATELINE_UPOS_AUX) {
            int side = side_by_verb(r, node);
            if (side != 2) return side;
        }
        if (token->head == DATELINE_NO_INDEX) break;
        node = token->head;
    }
    return side_by_words(r, at);
}

bool dln_time_longest(const dln_time_reader *r, uint32_t at, dln_time_pattern *const *patterns, size_t count,
                      dln_time_match *best) {
    best->end = at;
    for (size_t i = 0; i < count; i++) {
        dln_time_match m = { .value = { .clock = DLN_TIME_NO_CLOCK } };
        if (patterns[i](r, at, &m) && m.end > best->end) *best = m;
    }
    return best->end > at;
}
