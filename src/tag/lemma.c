/* SPDX-License-Identifier: Apache-2.0
 * lemma.c: lemmas by edit scripts. The table knows scripts for whole forms and for suffixes; the longest one wins. */
#include "tag/tag_internal.h"

uint64_t dln_lemma_key(dateline_str text, bool whole, uint32_t label) {
    return dln_hash_pair(dln_hash(text), (uint64_t)label << 1 | whole);
}

/* Appends form with its first letter as it is and the others small. */
static void add_title(dln_buf *buf, dateline_str form) {
    size_t at = 0;
    if (form.len == 0) return;
    dln_buf_add_code_point(buf, dln_char_upper(dln_utf8_next(form, &at)));
    dln_text_lower(buf, dln_str_slice(form, at, form.len));
}

dateline_str dln_script_apply(const dln_script *script, dateline_str form, dln_buf *buf) {
    dateline_str base = form;
    dln_buf_clear(buf);
    if (script->letters == DLN_CASE_LOWER) dln_text_lower(buf, form);
    if (script->letters == DLN_CASE_TITLE) add_title(buf, form);
    if (buf->len != 0) base = dln_buf_str(buf);
    size_t rest = base.len > script->cut ? base.len - script->cut : 0;
    bool splits = rest < base.len && ((uint8_t)base.ptr[rest] & 0xC0) == 0x80;
    if (splits || rest + script->add.len == 0) return base;
    if (script->add.len == 0) return dln_str_slice(base, 0, rest);
    if (buf->len == 0) dln_buf_add(buf, form);
    if (buf->status != DATELINE_OK) return form;
    buf->len = rest;
    dln_buf_add(buf, script->add);
    return dln_buf_str(buf);
}

static int32_t find_script(const dln_model *model, dateline_str lower, uint32_t label) {
    int32_t script = dln_weights_find(&model->lemmas, dln_lemma_key(lower, true, label));
    size_t length = lower.len < DLN_LEMMA_SUFFIX ? lower.len : DLN_LEMMA_SUFFIX;
    for (;; length--) {
        if (script >= 0) return script;
        dateline_str suffix = dln_str_slice(lower, lower.len - length, lower.len);
        script = dln_weights_find(&model->lemmas, dln_lemma_key(suffix, false, label));
        if (length == 0) return script;
    }
}

dateline_str dln_lemma(const dln_model *model, dateline_str form, uint32_t label, dln_buf *lower, dln_buf *buf) {
    dln_buf_clear(lower);
    dln_text_lower(lower, form);
    int32_t script = find_script(model, dln_buf_str(lower), label);
    return script < 0 ? form : dln_script_apply(&model->scripts[script], form, buf);
}
