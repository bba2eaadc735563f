/* SPDX-License-Identifier: Apache-2.0
 * tag.c: the stage: sentence by sentence, tags, then the tree, then names; and helpers on tokens. */
#include "tag/tag_internal.h"

#define MODEL_FILE "/en.model"

struct dln_tagger {
    dln_model model;
    char version[40];
    uint32_t past, participle; /* labels VBD and VBN of a verb; DLN_LABEL_NONE: the model lacks them */
};

static dateline_status load_model(dln_tagger *tagger, const char *model_dir, dateline_error *err) {
    dln_buf path, version;
    dln_buf_init(&path);
    dln_buf_init(&version);
    dln_buf_add_format(&path, "%s" MODEL_FILE, model_dir);
    dln_buf_add_char(&path, 0);
    dateline_status status = path.status == DATELINE_OK ? DATELINE_OK : dln_error_memory(err);
    if (status == DATELINE_OK) status = dln_model_load(&tagger->model, path.ptr, err);
    dln_buf_add_format(&version, "en %d %016llx", DLN_MODEL_VERSION, (unsigned long long)tagger->model.checksum);
    if (version.len > 0 && version.len < sizeof tagger->version) memcpy(tagger->version, version.ptr, version.len);
    dln_buf_release(&version);
    dln_buf_release(&path);
    return status;
}

static uint32_t verb_label(const dln_model *model, const char *xpos) {
    for (uint32_t i = 0; i < model->label_count; i++)
        if (model->labels[i].upos == DATELINE_UPOS_VERB && dln_str_is(model->labels[i].xpos, xpos)) return i;
    return DLN_LABEL_NONE;
}

dln_tagger *dln_tagger_new(const char *model_dir, const dln_lexicon *lexicon, dateline_error *err) {
    (void)lexicon; /* what the world's names are is for `resolve` to say */
    dln_tagger *tagger = dln_alloc(1, sizeof *tagger);
    if (tagger == NULL) {
        dln_error_memory(err);
        return NULL;
    }
    if (load_model(tagger, model_dir, err) != DATELINE_OK) {
        dln_free(tagger);
        return NULL;
    }
    tagger->past = verb_label(&tagger->model, "VBD");
    tagger->participle = verb_label(&tagger->model, "VBN");
    return tagger;
}

void dln_tagger_free(dln_tagger *tagger) {
    if (tagger == NULL) return;
    dln_model_release(&tagger->model);
    dln_free(tagger);
}

const char *dln_tagger_version(const dln_tagger *tagger) {
    return tagger->version;
}

/* ---------------------------------------------------------------- the stage */

/* Working memory, once for the longest sentence of a doc. */
typedef struct {
    const dln_model *model;
    dateline_doc *doc;
    dln_sentence sentence;
    dln_parse parse;
    dateline_str *forms;
    dln_buf lower, buf;
} work;

static bool work_init(work *w, const dln_model *model, dln_arena *scratch, dateline_doc *doc) {
    size_t places = 2; /* the root and nothing stand behind the tokens */
    for (size_t i = 0; i < doc->sentences.count; i++) {
        size_t count = dln_doc_sentence(doc, i)->token_count;
        if (count + 2 > places) places = count + 2;
    }
    *w = (work){ .model = model, .doc = doc };
    dln_buf_init(&w->lower);
    dln_buf_init(&w->buf);
    w->sentence.words = dln_arena_alloc(scratch, places, sizeof(dln_word));
    w->sentence.labels = dln_arena_alloc(scratch, places, 1);
    w->sentence.upos = dln_arena_alloc(scratch, places, 1);
    w->sentence.names = dln_arena_alloc(scratch, places, 1);
    w->parse.nodes = dln_arena_alloc(scratch, places, sizeof(dln_node));
    w->parse.stack = dln_arena_alloc(scratch, places, sizeof(uint32_t));
    w->parse.heads = dln_arena_alloc(scratch, places, sizeof(uint32_t));
    w->parse.between = dln_arena_alloc(scratch, places, sizeof(uint32_t));
    w->parse.rels = dln_arena_alloc(scratch, places, 1);
    w->forms = dln_arena_alloc(scratch, places, sizeof(dateline_str));
    return scratch->status == DATELINE_OK;
}

static void read_words(work *w, const dateline_sentence *source) {
    dln_sentence *sentence = &w->sentence;
    sentence->count = source->token_count;
    for (uint32_t i = 0; i < sentence->count; i++) {
        w->forms[i] = dln_token_form(w->doc, source->first_token + i);
        dln_word_read(&sentence->words[i], w->forms[i], &w->buf);
        uint64_t form = sentence->words[i].form;
        dln_word_know(&sentence->words[i], dln_weights_find(&w->model->dictionary, form),
                      dln_weights_find(&w->model->clusters, form));
    }
    dln_sentence_close(sentence);
    sentence->style = dln_style_of(w->forms, sentence->count);
}

static uint32_t best_class(const dln_weights *weights, const dln_features *features) {
    int32_t scores[DLN_MAX_CLASSES] = { 0 };
    uint32_t best = 0;
    dln_weights_score(weights, features, scores);
    for (uint32_t i = 1; i < weights->class_count; i++)
        if (scores[i] > scores[best]) best = i;
    return best;
}

static void find_tags(work *w) {
    dln_features features;
    for (uint32_t i = 0; i < w->sentence.count; i++) {
        dln_tag_features(&w->sentence, i, &features);
        uint32_t label = best_class(&w->model->tagger, &features);
        w->sentence.labels[i] = (uint8_t)label;
        w->sentence.upos[i] = (uint8_t)w->model->labels[label].upos;
    }
}

/* Whether a tag alone can carry a sentence: finite verbs, and bare ones, which may be orders. */
static bool is_finite(const dln_label *label) {
    static const char *const tags[] = { "VBD", "VBP", "VBZ", "VB", "MD" };
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (dln_str_is(label->xpos, tags[i])) return true;
    return false;
}

/* Whether the form can be a past tense: the dictionary says so, or it does not know the word and that ends in -ed. */
static bool can_be_past(const work *w, uint32_t at, uint32_t past) {
    int32_t known = w->sentence.words[at].known;
    if (known < 0) return dln_str_ends(w->forms[at], DLN_STR("ed"));
    return (uint32_t)(known & 0xFF) == past || (uint32_t)(known >> 8) == past;
}

/* A sentence with a full stop has a finite verb. Where the tagger found none ('A bomb exploded near the gate.'), its
 * first participle that can be a past tense is one, unless an agent follows. */
static void mend_fragment(work *w, const dln_tagger *tagger) {
    dln_sentence *sentence = &w->sentence;
    uint32_t count = sentence->count, pick = count;
    if (count < 3 || tagger->past == DLN_LABEL_NONE || !dln_str_is(w->forms[count - 1], ".")) return;
    for (uint32_t i = 0; i < count; i++) {
        if (is_finite(&w->model->labels[sentence->labels[i]])) return;
        bool fits = pick == count && i > 0 && i + 1 < count && sentence->labels[i] == tagger->participle;
        if (fits && can_be_past(w, i, tagger->past) && !dln_str_is(w->forms[i + 1], "by")) pick = i;
    }
    if (pick < count) sentence->labels[pick] = (uint8_t)tagger->past;
}

/* The text's own bytes where the lemma is a part of the form, else a copy. */
static dateline_str keep(work *w, dateline_str form, dateline_str text) {
    bool inside = text.ptr >= form.ptr && text.ptr <= form.ptr + form.len;
    return inside ? text : dln_arena_str(&w->doc->arena, text);
}

/* What the table says of form and tag, else of the tag alone. */
static dateline_str feats_of(const work *w, uint32_t i) {
    uint32_t label = w->sentence.labels[i];
    int32_t feats = dln_weights_find(&w->model->features, dln_feats_key(w->sentence.words[i].form, label));
    if (feats < 0) feats = dln_weights_find(&w->model->features, dln_feats_key(0, label));
    return feats < 0 ? DLN_STR("_") : w->model->feats[feats];
}

static void write_tokens(work *w, const dateline_sentence *source) {
    const dln_sentence *sentence = &w->sentence;
    for (uint32_t i = 0; i < sentence->count; i++) {
        dateline_token *token = dln_doc_token(w->doc, source->first_token + i);
        const dln_label *label = &w->model->labels[sentence->labels[i]];
        uint32_t head = w->parse.heads[i];
        token->upos = label->upos;
        token->xpos = label->xpos;
        token->feats = feats_of(w, i);
        token->lemma = keep(w, w->forms[i], dln_lemma(w->model, w->forms[i], sentence->labels[i], &w->lower, &w->buf));
        token->head = head < sentence->count ? source->first_token + head : DATELINE_NO_INDEX;
        token->deprel = w->model->deprels[w->parse.rels[i]];
    }
}

/* ---------------------------------------------------------------- names */

/* A place is a state or a town until `resolve` knows better. */
static const dateline_entity_type NAME_TYPES[DLN_NAME_TYPES] = { DATELINE_ENTITY_PERSON, DATELINE_ENTITY_ORG,
                                                                 DATELINE_ENTITY_GPE, DATELINE_ENTITY_NONE };

/* The token of [first, end) whose head is outside of it. */
static uint32_t head_of(const work *w, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++)
        if (w->parse.heads[i] < first || w->parse.heads[i] >= end) return i;
    return first;
}

static void add_name(work *w, const dateline_sentence *source, uint32_t first, uint32_t end, uint32_t type) {
    if (NAME_TYPES[type] == DATELINE_ENTITY_NONE) return;
    dateline_mention mention = { .first_token = source->first_token + first,
                                 .token_count = end - first,
                                 .head_token = source->first_token + head_of(w, first, end),
                                 .kind = DATELINE_MENTION_NAME,
                                 .entity = (uint32_t)w->doc->entities.count };
    mention.span.begin = dln_doc_token(w->doc, mention.first_token)->span.begin;
    mention.span.end = dln_doc_token(w->doc, mention.first_token + mention.token_count - 1)->span.end;
    dateline_entity entity = { .type = NAME_TYPES[type], .mention_count = 1 };
    if (dln_array_push(&w->doc->entities, &entity)) dln_array_push(&w->doc->mentions, &mention);
}

static void find_names(work *w, const dateline_sentence *source) {
    uint8_t *names = w->sentence.names;
    uint32_t count = w->sentence.count;
    dln_features features;
    for (uint32_t i = 0; i < count; i++) {
        dln_name_features(&w->sentence, i, &features);
        names[i] = (uint8_t)best_class(&w->model->namer, &features);
        names[i] = dln_name_mend(i == 0 ? 0 : names[i - 1], names[i]);
    }
    for (uint32_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && names[i] != 0 && dln_name_goes_on(names[end]);) end++;
        if (names[i] != 0) add_name(w, source, i, end, dln_name_type(names[i]));
    }
}

dateline_status dln_tag(const dln_tagger *tagger, dln_arena *scratch, dateline_doc *doc, dateline_error *err) {
    work w;
    bool ready = work_init(&w, &tagger->model, scratch, doc);
    for (size_t i = 0; ready && i < doc->sentences.count; i++) {
        const dateline_sentence *source = dln_doc_sentence(doc, i);
        if (source->token_count == 0) continue;
        read_words(&w, source);
        find_tags(&w);
        mend_fragment(&w, tagger);
        dln_parse_begin(&w.parse, &w.sentence);
        dln_parse_run(&w.parse, &tagger->model);
        write_tokens(&w, source);
        find_names(&w, source);
        ready = w.buf.status == DATELINE_OK && w.lower.status == DATELINE_OK;
    }
    dln_buf_release(&w.lower);
    dln_buf_release(&w.buf);
    if (ready && dln_document_status(doc) == DATELINE_OK) return DATELINE_OK;
    return dln_error_memory(err);
}

/* ---------------------------------------------------------------- helpers on tokens */

bool dln_token_has_feat(const dateline_token *token, const char *feat) {
    dateline_str rest = token->feats, wanted = dateline_str_from(feat);
    while (rest.ptr != NULL)
        if (dln_str_equal(dln_str_part(&rest, '|'), wanted)) return true;
    return false;
}

bool dln_token_is_rel(const dateline_token *token, const char *deprel) {
    dateline_str wanted = dateline_str_from(deprel);
    if (!dln_str_starts(token->deprel, wanted)) return false;
    return token->deprel.len == wanted.len || token->deprel.ptr[wanted.len] == ':';
}
