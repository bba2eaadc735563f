/* SPDX-License-Identifier: Apache-2.0
 * tag_internal.h: what the files of this room share. */
#ifndef DLN_TAG_INTERNAL_H
#define DLN_TAG_INTERNAL_H

#include "nn/nn.h"
#include "tag/tag.h"

/* Lemmas by edit script: the model's table from endings and whole words, with their tag, to scripts (lemma.c). */
typedef struct {
    dln_map scripts; /* key TAB tag: offset of the script in `text` */
    dateline_str text;
} dln_lemmas;

/* False: no memory, or text that is no such table (*damaged). */
bool dln_lemmas_init(dln_lemmas *lemmas, dateline_str text, bool *damaged);
void dln_lemmas_release(dln_lemmas *lemmas);

/* Buffers that finding a lemma needs. */
typedef struct {
    dln_buf folded, lower, key, result;
} dln_lemma_work;
void dln_lemma_work_init(dln_lemma_work *work);
void dln_lemma_work_release(dln_lemma_work *work);
dateline_status dln_lemma_work_status(const dln_lemma_work *work);

/* The lemma of a form with a tag ("UPOS XPOS"); a part of the form, or text in work->result. */
dateline_str dln_lemma(const dln_lemmas *lemmas, dateline_str form, dateline_str tag, dln_lemma_work *work);

#endif
