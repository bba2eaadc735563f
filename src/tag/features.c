/* SPDX-License-Identifier: Apache-2.0
 * features.c: words and the templates of tagger and entity finder. A template's number is its place in the list, so
 * each function adds the same number of features at every token. */
#include "tag/tag_internal.h"

/* ---------------------------------------------------------------- words */

/* Lower case, plain quotes and dashes, digits as 0. */
static void fold(dln_buf *buf, dateline_str form) {
    dln_buf_clear(buf);
    bool ascii = true;
    for (size_t i = 0; i < form.len; i++) ascii = ascii && (form.ptr[i] & 0x80) == 0;
    if (ascii) dln_buf_add(buf, form);
    else dln_text_fold(buf, form);
    for (size_t i = 0; i < buf->len; i++) {
        char c = buf->ptr[i];
        if (c >= 'A' && c <= 'Z') buf->ptr[i] = (char)(c - 'A' + 'a');
        else if (c >= '0' && c <= '9') buf->ptr[i] = '0';
    }
}

/* 'Xx', 'XX', 'd', 'x-x': classes of characters, runs cut to two. */
static uint64_t shape_of(dateline_str form) {
    uint64_t hash = 0;
    uint32_t last = 0, run = 0;
    for (size_t at = 0; at < form.len;) {
        uint32_t c = dln_utf8_next(form, &at);
        uint32_t class = c;
        if (dln_char_is_upper(c)) class = 'X';
        else if (dln_char_is_letter(c)) class = 'x';
        else if (dln_char_is_digit(c)) class = 'd';
        run = class == last ? run + 1 : 1;
        last = class;
        if (run <= 2) hash = dln_hash_pair(hash, class);
    }
    return hash;
}

void dln_word_read(dln_word *word, dateline_str form, dln_buf *buf) {
    fold(buf, form);
    dateline_str folded = dln_buf_str(buf);
    word->form = dln_hash(folded);
    word->shape = shape_of(form);
    for (size_t i = 0; i < 4; i++)
        word->suffix[i] = dln_hash(dln_str_slice(folded, folded.len > i ? folded.len - i - 1 : 0, folded.len));
    for (size_t i = 0; i < 3; i++) word->prefix[i] = dln_hash(dln_str_slice(folded, 0, i + 1));
    word->known = -1;
}

void dln_word_know(dln_word *word, int32_t known, int32_t cluster) {
    word->known = known;
    word->cluster = (uint16_t)(cluster < 0 ? 0 : cluster % 512);
    word->family = (uint16_t)(cluster < 0 ? 0 : cluster / 512);
}

static void fill_place(dln_sentence *sentence, uint32_t at, uint8_t label) {
    const uint64_t what = label;
    sentence->words[at] = (dln_word){ what, what, { what, what, what, what }, { what, what, what }, -1, label, label };
    sentence->labels[at] = label;
    sentence->upos[at] = label;
    sentence->names[at] = label;
}

void dln_sentence_close(dln_sentence *sentence) {
    fill_place(sentence, sentence->count, DLN_LABEL_ROOT);
    fill_place(sentence, sentence->count + 1, DLN_LABEL_NONE);
}

/* Counts first letters and others; what few words leave open is mixed. */
dln_style dln_style_of(const dateline_str *forms, size_t count) {
    size_t words = 0, upper_first = 0, upper = 0, lower = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        uint32_t c = forms[i].len == 0 ? 0 : dln_utf8_next(forms[i], &at);
        if (!dln_char_is_letter(c) || at == forms[i].len) continue;
        words++;
        upper_first += dln_char_is_upper(c);
        uint32_t second = dln_utf8_next(forms[i], &at);
        upper += dln_char_is_upper(c) && dln_char_is_upper(second);
        lower += dln_char_is_lower(second);
    }
    if (words < 3) return DLN_STYLE_MIXED;
    if (upper * 10 >= words * 9) return DLN_STYLE_UPPER;
    if (upper_first == 0) return DLN_STYLE_LOWER;
    return lower > 0 && upper_first * 10 >= words * 7 ? DLN_STYLE_TITLE : DLN_STYLE_MIXED;
}

/* ---------------------------------------------------------------- templates */

/* The place `by` from `at`, or that of nothing. */
static uint32_t beside(const dln_sentence *sentence, uint32_t at, int by) {
    int64_t place = (int64_t)at + by;
    return place < 0 || place >= sentence->count ? sentence->count + 1 : (uint32_t)place;
}

/* Clusters round a word, with the class of the word before. */
static void add_clusters(dln_features *features, const dln_sentence *sentence, uint32_t at, uint64_t before) {
    const dln_word *words = sentence->words, *word = &words[at];
    const dln_word *left = &words[beside(sentence, at, -1)], *right = &words[beside(sentence, at, 1)];
    dln_feature(features, word->cluster);
    dln_feature(features, left->cluster);
    dln_feature(features, right->cluster);
    dln_feature2(features, word->cluster, before);
    dln_feature2(features, word->cluster, right->cluster);
    dln_feature2(features, left->cluster, word->cluster);
    dln_feature3(features, left->family, word->family, right->family);
    dln_feature3(features, word->family, right->family, before);
    dln_feature2(features, right->cluster, before);
}

void dln_tag_features(const dln_sentence *sentence, uint32_t at, dln_features *features) {
    uint32_t i1 = beside(sentence, at, -1), i2 = beside(sentence, at, -2);
    uint32_t j1 = beside(sentence, at, 1), j2 = beside(sentence, at, 2);
    const dln_word *words = sentence->words, *word = &words[at];
    uint64_t tag1 = sentence->labels[i1], tag2 = sentence->labels[i2];
    uint64_t style = sentence->style, known = (uint64_t)word->known;
    uint64_t next = (uint64_t)words[j1].known, next2 = (uint64_t)words[j2].known;
    features->count = 0;
    dln_feature(features, 1);
    dln_feature(features, word->form);
    dln_feature2(features, word->shape, style);
    dln_feature3(features, word->shape, style, at == 0);
    for (size_t i = 0; i < 4; i++) dln_feature(features, word->suffix[i]);
    for (size_t i = 0; i < 3; i++) dln_feature(features, word->prefix[i]);
    dln_feature(features, known);
    dln_feature2(features, known, tag1);
    dln_feature3(features, known, tag1, tag2);
    dln_feature(features, tag1);
    dln_feature2(features, tag1, tag2);
    dln_feature2(features, word->form, tag1);
    dln_feature3(features, word->form, tag1, tag2);
    dln_feature2(features, word->suffix[2], tag1);
    dln_feature(features, words[i1].form);
    dln_feature(features, words[i2].form);
    dln_feature(features, words[j1].form);
    dln_feature(features, words[j2].form);
    dln_feature2(features, words[i1].form, word->form);
    dln_feature2(features, word->form, words[j1].form);
    dln_feature2(features, tag1, words[j1].form);
    dln_feature2(features, words[i1].form, words[j1].form);
    dln_feature(features, words[j1].suffix[2]);
    dln_feature2(features, words[j1].shape, word->shape);
    dln_feature(features, next);
    dln_feature2(features, next, tag1);
    dln_feature2(features, known, next);
    dln_feature3(features, known, next, tag1);
    dln_feature3(features, known, next, next2);
    dln_feature2(features, word->suffix[2], next);
    dln_feature2(features, word->form, next);
    dln_feature2(features, words[i1].shape, word->shape);
    add_clusters(features, sentence, at, tag1);
}

void dln_name_features(const dln_sentence *sentence, uint32_t at, dln_features *features) {
    uint32_t i1 = beside(sentence, at, -1), i2 = beside(sentence, at, -2);
    uint32_t j1 = beside(sentence, at, 1), j2 = beside(sentence, at, 2);
    const dln_word *words = sentence->words, *word = &words[at];
    const uint8_t *labels = sentence->labels;
    uint64_t name1 = sentence->names[i1], name2 = sentence->names[i2], style = sentence->style;
    features->count = 0;
    dln_feature2(features, name1, name2);
    dln_feature(features, word->form);
    dln_feature2(features, word->form, name1);
    dln_feature2(features, word->shape, style);
    dln_feature3(features, word->shape, style, name1);
    dln_feature2(features, word->shape, at == 0);
    for (size_t i = 0; i < 4; i++) dln_feature2(features, word->suffix[i], word->shape);
    for (size_t i = 0; i < 3; i++) dln_feature2(features, word->prefix[i], word->shape);
    dln_feature2(features, labels[at], name1);
    dln_feature3(features, labels[at], labels[i1], name1);
    dln_feature3(features, labels[at], labels[j1], name1);
    dln_feature2(features, words[i1].form, name1);
    dln_feature2(features, words[i2].form, name1);
    dln_feature2(features, words[j1].form, name1);
    dln_feature2(features, words[j2].form, name1);
    dln_feature3(features, words[i1].form, word->form, name1);
    dln_feature3(features, word->form, words[j1].form, name1);
    dln_feature2(features, words[i1].form, word->shape);
    dln_feature2(features, words[j1].form, word->shape);
    dln_feature3(features, words[i1].shape, word->shape, name1);
    dln_feature3(features, words[j1].shape, word->shape, name1);
    dln_feature3(features, words[i1].form, words[i2].form, word->shape);
    dln_feature3(features, words[j1].form, words[j2].form, word->shape);
    dln_feature2(features, words[j1].suffix[2], word->shape);
    dln_feature3(features, words[i1].form, words[j1].form, name1);
    add_clusters(features, sentence, at, name1);
    dln_feature2(features, word->cluster, word->shape);
    dln_feature3(features, words[i1].cluster, word->cluster, word->shape);
    dln_feature3(features, words[j1].cluster, word->cluster, word->shape);
    dln_feature2(features, words[i2].cluster, name1);
    dln_feature2(features, words[j2].cluster, name1);
}
