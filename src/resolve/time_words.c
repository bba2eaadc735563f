/* SPDX-License-Identifier: Apache-2.0
 * time_words.c: the lexicon's words of time, and where they stand in a text. */
#include "resolve/times.h"

enum { MAX_PHRASE_TOKENS = 6, MAX_PHRASE_BYTES = 64 };

static uint64_t class_of(dateline_str name) {
#define X(class_name, text, bit)                                                                                       \
    if (dln_str_is(name, text)) return 1ull << (bit);
    DLN_TIME_CLASS_MAP(X)
#undef X
    return 0;
}

static dln_time_word *word_at(const dln_times *times, uint32_t index) {
    return (dln_time_word *)times->words.items + index;
}

static dln_time_word *learn(dln_times *times, dateline_str key) {
    bool is_new;
    uint32_t *index = dln_map_put(&times->index, dln_arena_str(&times->arena, key), &is_new);
    if (index == NULL) return NULL;
    if (is_new) {
        if (dln_array_add(&times->words) == NULL) return NULL;
        *index = (uint32_t)times->words.count - 1;
    }
    return word_at(times, *index);
}

/* '-1' is a number, 'P1D' is not. */
static bool to_number(dateline_str text, int32_t *number) {
    bool negative = text.len > 0 && text.ptr[0] == '-';
    uint64_t value;
    if (!dln_str_to_u64(dln_str_slice(text, negative, text.len), &value) || value > 100000) return false;
    *number = negative ? -(int32_t)value : (int32_t)value;
    return true;
}

static void learn_phrase(dln_times *times, dateline_str phrase, uint64_t classes, dateline_str value) {
    dln_buf lower;
    dln_buf_init(&lower);
    dln_text_lower(&lower, phrase);
    dateline_str key = dln_buf_str(&lower);
    dln_time_word *word = learn(times, key);
    if (word != NULL) {
        word->classes |= classes;
        if (!to_number(value, &word->number) && value.len > 0) word->value = value;
    }
    size_t first = 0; /* the end of its first token: a space, apostrophe or hyphen */
    while (first < key.len && strchr(" '-", key.ptr[first]) == NULL) first++;
    if (first < key.len && first > 0) {
        word = learn(times, dln_str_slice(key, 0, first));
        if (word != NULL) word->starts_phrase = true;
    }
    if (lower.status != DATELINE_OK) times->words.status = lower.status;
    dln_buf_release(&lower);
}

dln_times *dln_times_new(const dln_lexicon *lexicon, dateline_error *err) {
    dln_times *times = dln_alloc(1, sizeof *times);
    if (times == NULL) {
        dln_error_memory(err);
        return NULL;
    }
    dln_arena_init(&times->arena);
    dln_map_init(&times->index);
    dln_array_init(&times->words, sizeof(dln_time_word));
    uint32_t first, count = dln_lexicon_kind(lexicon, "time", &first);
    for (uint32_t entry = first; entry < first + count; entry++) {
        uint64_t classes = class_of(dln_entry_value(lexicon, entry, "as", 0));
        dateline_str value = dln_entry_value(lexicon, entry, "value", 0);
        for (uint32_t i = 0; i < dln_entry_phrase_count(lexicon, entry); i++) {
            learn_phrase(times, dln_entry_phrase(lexicon, entry, i), classes, value);
        }
    }
    bool good =
        times->arena.status == DATELINE_OK && times->index.status == DATELINE_OK && times->words.status == DATELINE_OK;
    if (good) return times;
    dln_times_free(times);
    dln_error_memory(err);
    return NULL;
}

void dln_times_free(dln_times *times) {
    if (times == NULL) return;
    dln_array_release(&times->words);
    dln_map_release(&times->index);
    dln_arena_release(&times->arena);
    dln_free(times);
}

/* Tokens as a key of the map: lower case, one space where there is space, ' for a typographic apostrophe. */
typedef struct {
    char text[MAX_PHRASE_BYTES];
    size_t len;
} phrase_key;

static bool add_token(phrase_key *key, dateline_str form, bool space) {
    if (space) key->text[key->len++] = ' ';
    for (size_t at = 0; at < form.len;) {
        uint32_t c = dln_char_lower(dln_utf8_next(form, &at));
        if (c == 0x2019) c = '\'';
        if (key->len + 5 > sizeof key->text) return false;
        key->len += dln_utf8_encode(c, key->text + key->len);
    }
    return key->len + 5 <= sizeof key->text;
}

static const dln_time_word *look_up(const dln_times *times, const phrase_key *key) {
    const uint32_t *index = dln_map_get(&times->index, (dateline_str){ key->text, key->len });
    return index == NULL ? NULL : word_at(times, *index);
}

static void mark_token(const dln_times *times, const dateline_doc *doc, size_t i, size_t end, dln_time_mark *mark) {
    phrase_key key = { .len = 0 };
    dateline_str form = dln_token_form(doc, i);
    mark->mid = form.len > 4 && dln_str_equal_nocase(dln_str_slice(form, 0, 4), DLN_STR("mid-"));
    if (!add_token(&key, mark->mid ? dln_str_slice(form, 4, form.len) : form, false)) return;
    const dln_time_word *word = look_up(times, &key);
    if (word == NULL) return;
    mark->word = word;
    if (!word->starts_phrase) return;
    for (size_t next = i + 1; next < end && next < i + MAX_PHRASE_TOKENS; next++) {
        if (!add_token(&key, dln_token_form(doc, next), dln_doc_token(doc, next - 1)->space_after)) return;
        const dln_time_word *phrase = look_up(times, &key);
        if (phrase == NULL || phrase->classes == 0) continue;
        mark->phrase = phrase;
        mark->phrase_tokens = (uint32_t)(next + 1 - i);
    }
}

const dln_time_mark *dln_times_mark(const dln_times *times, dln_arena *scratch, const dateline_doc *doc) {
    dln_time_mark *marks = dln_arena_alloc(scratch, doc->tokens.count + 1, sizeof *marks);
    if (marks == NULL) return NULL;
    for (size_t s = 0; s < doc->sentences.count; s++) {
        const dateline_sentence *sentence = dln_doc_sentence(doc, s);
        size_t end = sentence->first_token + sentence->token_count;
        for (size_t i = sentence->first_token; i < end; i++) mark_token(times, doc, i, end, &marks[i]);
    }
    return marks;
}

/* ---------------------------------------------------------------- datelines */

static bool is_word_byte(char c) {
    return c == '.' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* The next word of the text in [*at, end), a stop behind it included. */
static dateline_span next_word(dateline_str text, uint32_t *at, uint32_t end) {
    while (*at < end && !is_word_byte(text.ptr[*at])) (*at)++;
    dateline_span word = { *at, *at };
    while (word.end < end && is_word_byte(text.ptr[word.end])) word.end++;
    *at = word.end;
    return word;
}

static bool is_month(const dln_times *times, dateline_str word) {
    phrase_key key = { .len = 0 };
    if (word.len == 0 || !add_token(&key, word, false)) return false;
    const dln_time_word *found = look_up(times, &key);
    return found != NULL && (found->classes & DLN_TIME_MONTH) != 0;
}

static bool is_number(dateline_str word) {
    uint64_t value;
    return dln_str_to_u64(word, &value);
}

/* 'Sept. 13', '13 September 2023': a month and the numbers beside it. */
dateline_span dln_times_dateline_span(const dln_times *times, const dateline_doc *doc) {
    dateline_span date = { 0, 0 }, before = { 0, 0 };
    uint32_t at = doc->dateline.span.begin, end = doc->dateline.span.end;
    while (at < end && date.end == 0) {
        dateline_span word = next_word(doc->text, &at, end);
        if (is_month(times, dln_span_str(doc->text, word))) date = word;
        else before = word;
    }
    if (date.end == 0) return date;
    if (before.end + 1 == date.begin && is_number(dln_span_str(doc->text, before))) date.begin = before.begin;
    for (int numbers = 0; numbers < 2; numbers++) {
        dateline_span word = next_word(doc->text, &at, end);
        dateline_str digits = dln_span_str(doc->text, word);
        if (digits.len > 0 && digits.ptr[digits.len - 1] == '.') digits.len--;
        if (word.begin > date.end + 2 || !is_number(digits)) break;
        date.end = word.begin + (uint32_t)digits.len;
    }
    return date;
}
