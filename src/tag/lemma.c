/* SPDX-License-Identifier: Apache-2.0
 * lemma.c: lemmas by edit script. Looked up are the word as written, the word, then its endings, longest first, each
 * with its tag. A script is `how|cut|add`: letters as written (k), in lower case (l), or but the first (t); `cut`
 * characters off the end; `add` put on. models/FORMAT.md. */
#include "tag/tag_internal.h"

#define LONGEST_ENDING 6

bool dln_lemmas_init(dln_lemmas *lemmas, dateline_str text, bool *damaged) {
    lemmas->text = text;
    dln_map_init(&lemmas->scripts);
    *damaged = false;
    for (size_t at = 0; at < text.len;) {
        size_t end = dln_str_find(text, DLN_STR("\n"), at);
        if (end == SIZE_MAX) end = text.len;
        size_t tab = end;
        while (tab > at && text.ptr[tab] != '\t') tab--;
        if (tab == at || end - tab < 4 || text.ptr[tab + 2] != '|') { /* "\tk|0|" at the least */
            *damaged = true;
            return false;
        }
        uint32_t *value = dln_map_put(&lemmas->scripts, dln_str_slice(text, at, tab), NULL);
        if (value == NULL) return false;
        *value = (uint32_t)tab + 1;
        at = end + 1;
    }
    return true;
}

void dln_lemmas_release(dln_lemmas *lemmas) {
    dln_map_release(&lemmas->scripts);
}

void dln_lemma_work_init(dln_lemma_work *work) {
    dln_buf_init(&work->folded);
    dln_buf_init(&work->lower);
    dln_buf_init(&work->key);
    dln_buf_init(&work->result);
}

void dln_lemma_work_release(dln_lemma_work *work) {
    dln_buf_release(&work->folded);
    dln_buf_release(&work->lower);
    dln_buf_release(&work->key);
    dln_buf_release(&work->result);
}

dateline_status dln_lemma_work_status(const dln_lemma_work *work) {
    const dln_buf *all[] = { &work->folded, &work->lower, &work->key, &work->result };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i]->status != DATELINE_OK) return all[i]->status;
    return DATELINE_OK;
}

static dateline_str script_of(const dln_lemmas *lemmas, char kind, dateline_str word, dateline_str tag, dln_buf *key) {
    dln_buf_clear(key);
    dln_buf_add_char(key, kind);
    dln_buf_add(key, word);
    dln_buf_add_char(key, '\t');
    dln_buf_add(key, tag);
    const uint32_t *at = dln_map_get(&lemmas->scripts, dln_buf_str(key));
    if (at == NULL) return (dateline_str){ NULL, 0 };
    size_t end = dln_str_find(lemmas->text, DLN_STR("\n"), *at);
    return dln_str_slice(lemmas->text, *at, end);
}

/* Moves *at back over `count` characters, to the start of the text at most. */
static size_t back(dateline_str text, size_t at, size_t count) {
    for (; count > 0 && at > 0; count--) {
        at--;
        while (at > 0 && ((uint8_t)text.ptr[at] & 0xC0) == 0x80) at--;
    }
    return at;
}

static dateline_str find_script(const dln_lemmas *lemmas, dateline_str form, dateline_str tag, dln_lemma_work *work) {
    dln_buf_clear(&work->folded);
    dln_buf_clear(&work->lower);
    dln_network_fold(form, false, &work->folded);
    dln_network_fold(form, true, &work->lower);
    dateline_str lower = dln_buf_str(&work->lower);
    dateline_str script = script_of(lemmas, '!', dln_buf_str(&work->folded), tag, &work->key);
    if (script.ptr == NULL) script = script_of(lemmas, '=', lower, tag, &work->key);
    size_t from = back(lower, lower.len, LONGEST_ENDING);
    for (; script.ptr == NULL && from < lower.len; dln_utf8_next(lower, &from))
        script = script_of(lemmas, '-', dln_str_slice(lower, from, lower.len), tag, &work->key);
    if (script.ptr == NULL) script = script_of(lemmas, '-', (dateline_str){ "", 0 }, tag, &work->key);
    return script;
}

/* The form in the script's letters; the form itself where nothing changes. */
static dateline_str cased(dateline_str form, char how, dln_buf *result) {
    if (how != 'l' && how != 't') return form;
    dln_buf_clear(result);
    size_t kept = 0;
    if (how == 't' && form.len > 0) dln_utf8_next(form, &kept);
    dln_buf_add(result, dln_str_slice(form, 0, kept));
    dln_text_lower(result, dln_str_slice(form, kept, form.len));
    return dln_str_equal(form, dln_buf_str(result)) ? form : dln_buf_str(result);
}

dateline_str dln_lemma(const dln_lemmas *lemmas, dateline_str form, dateline_str tag, dln_lemma_work *work) {
    dateline_str script = find_script(lemmas, form, tag, work);
    if (script.len < 4) return form;
    dateline_str rest = dln_str_slice(script, 2, script.len), number = rest;
    number.len = dln_str_find(rest, DLN_STR("|"), 0);
    uint64_t cut = 0;
    if (number.len == SIZE_MAX || !dln_str_to_u64(number, &cut)) return form;
    dateline_str add = dln_str_slice(rest, number.len + 1, rest.len);
    dateline_str word = cased(form, script.ptr[0], &work->result);
    size_t end = back(word, word.len, (size_t)cut);
    if (end + add.len == 0) return form;
    if (add.len == 0) return dln_str_slice(word, 0, end);
    if (word.ptr == form.ptr) {
        dln_buf_clear(&work->result);
        dln_buf_add(&work->result, dln_str_slice(form, 0, end));
    } else {
        work->result.len = end;
    }
    dln_buf_add(&work->result, add);
    return dln_buf_str(&work->result);
}
