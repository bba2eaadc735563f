/* SPDX-License-Identifier: Apache-2.0
 * tag.c: the stage: all sentences of a doc through the network, its classes to tags, trees and names. */
#include "tag/tag_internal.h"

#define MODEL_FILE "/en.model"
#define MODEL_FORM 1 /* as `dateline info` prints it */

/* A class of the morphology head: one line of the model's section. */
typedef struct {
    dateline_upos upos;
    dateline_str xpos, feats, tag; /* tag: "UPOS XPOS", as the lemma table spells it */
} morph_class;

/* A class of the entity head. */
typedef struct {
    char place; /* B, I, L, U, or O */
    dateline_entity_type type;
} entity_class;

struct dln_tagger {
    dln_network *network;
    dln_lemmas lemmas;
    dln_arena arena;
    morph_class *morphs;
    dateline_str *labels;
    entity_class *entities;
    char version[40];
};

/* ---------------------------------------------------------------- loading */

static size_t count_lines(dateline_str text) {
    size_t lines = 1;
    for (size_t i = 0; i < text.len; i++) lines += text.ptr[i] == '\n';
    return lines;
}

/* A line without trimming: FEATS may not be cut. */
static dateline_str next_field(dateline_str *rest, char separator) {
    const char *end = rest->len == 0 ? NULL : memchr(rest->ptr, separator, rest->len);
    dateline_str field = { rest->ptr, end == NULL ? rest->len : (size_t)(end - rest->ptr) };
    *rest = end == NULL ? (dateline_str){ NULL, 0 } : (dateline_str){ end + 1, rest->len - field.len - 1 };
    return field;
}

static dateline_upos upos_of(dateline_str name) {
    for (int upos = DATELINE_UPOS_ADJ; upos <= DATELINE_UPOS_X; upos++)
        if (dln_str_is(name, dateline_upos_name((dateline_upos)upos))) return (dateline_upos)upos;
    return DATELINE_UPOS_X;
}

static dateline_entity_type entity_type_of(dateline_str name) {
    for (int type = DATELINE_ENTITY_PERSON; type <= DATELINE_ENTITY_VEHICLE; type++)
        if (dln_str_is(name, dateline_entity_type_name((dateline_entity_type)type))) return (dateline_entity_type)type;
    return DATELINE_ENTITY_NONE;
}

static void name_morphs(dln_tagger *tagger) {
    dateline_str rest = dln_network_text(tagger->network, "morph");
    tagger->morphs = dln_arena_alloc(&tagger->arena, count_lines(rest), sizeof *tagger->morphs);
    for (size_t i = 0; tagger->morphs != NULL && rest.ptr != NULL; i++) {
        dateline_str line = next_field(&rest, '\n'), upos = next_field(&line, '\t');
        morph_class *class = &tagger->morphs[i];
        class->upos = upos_of(upos);
        class->xpos = next_field(&line, '\t');
        class->feats = line.ptr == NULL ? DLN_STR("_") : line;
        if (class->xpos.ptr == NULL) class->xpos = DLN_STR("_");
        char *tag = dln_arena_alloc(&tagger->arena, 1, upos.len + 1 + class->xpos.len);
        if (tag == NULL) return;
        memcpy(tag, upos.ptr, upos.len);
        tag[upos.len] = ' ';
        memcpy(tag + upos.len + 1, class->xpos.ptr, class->xpos.len);
        class->tag = (dateline_str){ tag, upos.len + 1 + class->xpos.len };
    }
}

static void name_labels(dln_tagger *tagger) {
    dateline_str rest = dln_network_text(tagger->network, "label");
    tagger->labels = dln_arena_alloc(&tagger->arena, count_lines(rest), sizeof *tagger->labels);
    for (size_t i = 0; tagger->labels != NULL && rest.ptr != NULL; i++) tagger->labels[i] = next_field(&rest, '\n');
}

static void name_entities(dln_tagger *tagger) {
    dateline_str rest = dln_network_text(tagger->network, "nertag");
    tagger->entities = dln_arena_alloc(&tagger->arena, count_lines(rest), sizeof *tagger->entities);
    for (size_t i = 0; tagger->entities != NULL && rest.ptr != NULL; i++) {
        dateline_str line = next_field(&rest, '\n');
        tagger->entities[i].place = line.len > 0 ? line.ptr[0] : 'O';
        tagger->entities[i].type = entity_type_of(dln_str_slice(line, 2, line.len));
    }
}

static dateline_status load(dln_tagger *tagger, const char *model_dir, const char *kernels, dateline_error *err) {
    dln_buf text;
    dln_buf_init(&text);
    dln_buf_add_format(&text, "%s" MODEL_FILE, model_dir);
    char *path = dln_buf_detach(&text);
    if (path == NULL) return dln_error_memory(err);
    dateline_error own = { 0 };
    tagger->network = dln_network_open(path, kernels, &own);
    if (tagger->network == NULL) {
        if (err != NULL) *err = own;
        dln_free(path);
        return own.code;
    }
    bool damaged = false;
    dateline_status status = DATELINE_OK;
    if (!dln_lemmas_init(&tagger->lemmas, dln_network_text(tagger->network, "lemma"), &damaged))
        status = damaged ? dln_error_set(err, DATELINE_BAD_MODEL, 0, "%s: the table of lemmas is damaged", path)
                         : dln_error_memory(err);
    dln_free(path);
    if (status != DATELINE_OK) return status;
    name_morphs(tagger);
    name_labels(tagger);
    name_entities(tagger);
    if (tagger->arena.status != DATELINE_OK) return dln_error_memory(err);
    dln_buf_add_format(&text, "en %d %016llx", MODEL_FORM, (unsigned long long)dln_network_checksum(tagger->network));
    status = text.status == DATELINE_OK ? DATELINE_OK : dln_error_memory(err);
    if (text.len < sizeof tagger->version) memcpy(tagger->version, dln_buf_str(&text).ptr, text.len);
    dln_buf_release(&text);
    return status;
}

dln_tagger *dln_tagger_new(const char *model_dir, const char *kernels, dateline_error *err) {
    dln_tagger *tagger = dln_alloc(1, sizeof *tagger);
    if (tagger == NULL) {
        dln_error_memory(err);
        return NULL;
    }
    dln_arena_init(&tagger->arena);
    dln_map_init(&tagger->lemmas.scripts);
    if (load(tagger, model_dir, kernels, err) == DATELINE_OK) return tagger;
    dln_tagger_free(tagger);
    return NULL;
}

void dln_tagger_free(dln_tagger *tagger) {
    if (tagger == NULL) return;
    dln_lemmas_release(&tagger->lemmas);
    dln_arena_release(&tagger->arena);
    dln_network_close(tagger->network);
    dln_free(tagger);
}

const char *dln_tagger_version(const dln_tagger *tagger) {
    return tagger->version;
}

const char *dln_tagger_kernels(const dln_tagger *tagger) {
    return dln_network_kernels(tagger->network);
}

/* ---------------------------------------------------------------- the stage */

/* A piece of a sentence that the network reads at once: the whole of it but where it is longer than the network's
 * limit. */
typedef struct {
    uint32_t first_token, count, sentence;
} piece;

typedef struct {
    const dln_tagger *tagger;
    dateline_doc *doc;
    dln_arena *scratch;
    dateline_str *words;
    uint32_t *lengths;
    piece *pieces;
    size_t piece_count;
    dln_reading *readings; /* one a token of the pieces, in their order */
    dln_lemma_work lemma;
} work;

static size_t pieces_of(uint32_t token_count) {
    return (token_count + DLN_NN_MAX_WORDS - 1) / DLN_NN_MAX_WORDS;
}

static bool prepare(work *w) {
    const dateline_doc *doc = w->doc;
    size_t count = 0, words = 0;
    for (size_t i = 0; i < doc->sentences.count; i++) {
        count += pieces_of(dln_doc_sentence(doc, i)->token_count);
        words += dln_doc_sentence(doc, i)->token_count;
    }
    w->pieces = dln_arena_alloc(w->scratch, count, sizeof *w->pieces);
    w->lengths = dln_arena_alloc(w->scratch, count, sizeof *w->lengths);
    w->words = dln_arena_alloc(w->scratch, words, sizeof *w->words);
    w->readings = dln_arena_alloc(w->scratch, words, sizeof *w->readings);
    if (w->scratch->status != DATELINE_OK) return false;
    size_t word = 0;
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const dateline_sentence *sentence = dln_doc_sentence(doc, i);
        for (uint32_t done = 0, n; done < sentence->token_count; done += n) {
            n = sentence->token_count - done;
            if (n > DLN_NN_MAX_WORDS) n = DLN_NN_MAX_WORDS;
            w->lengths[w->piece_count] = n;
            w->pieces[w->piece_count++] = (piece){ sentence->first_token + done, n, (uint32_t)i };
            for (uint32_t k = 0; k < n; k++) w->words[word++] = dln_token_form(doc, sentence->first_token + done + k);
        }
    }
    return true;
}

/* The text's own bytes where the lemma is a part of the form, else a copy. */
static dateline_str keep(work *w, dateline_str form, dateline_str text) {
    bool inside = text.ptr >= form.ptr && text.ptr <= form.ptr + form.len;
    return inside ? text : dln_arena_str(&w->doc->arena, text);
}

/* Writes a piece's tokens. `root` is the sentence's root so far: a later piece hangs on it. */
static void write_tokens(work *w, const piece *of, const dln_reading *readings, uint32_t *root) {
    const dln_tagger *tagger = w->tagger;
    for (uint32_t i = 0; i < of->count; i++) {
        const dln_reading *reading = &readings[i];
        const morph_class *morph = &tagger->morphs[reading->morph];
        dateline_token *token = dln_doc_token(w->doc, of->first_token + i);
        dateline_str form = dln_token_form(w->doc, of->first_token + i);
        token->upos = morph->upos;
        token->xpos = morph->xpos;
        token->feats = morph->feats;
        token->lemma = keep(w, form, dln_lemma(&tagger->lemmas, form, morph->tag, &w->lemma));
        token->deprel = tagger->labels[reading->label];
        token->head = of->first_token + reading->head - 1;
        if (reading->head != 0) continue;
        token->head = *root;
        if (*root == DATELINE_NO_INDEX) *root = of->first_token + i;
        else token->deprel = DLN_STR("parataxis");
    }
}

/* ---------------------------------------------------------------- names */

/* The token of the name whose head is outside of it. */
static uint32_t head_of(const dateline_doc *doc, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++) {
        uint32_t head = dln_doc_token(doc, i)->head;
        if (head < first || head >= end) return i;
    }
    return first;
}

static void add_name(dateline_doc *doc, uint32_t first, uint32_t end, dateline_entity_type type) {
    if (type == DATELINE_ENTITY_NONE) return;
    dateline_mention mention = { .span = { dln_doc_token(doc, first)->span.begin,
                                           dln_doc_token(doc, end - 1)->span.end },
                                 .first_token = first,
                                 .token_count = end - first,
                                 .head_token = head_of(doc, first, end),
                                 .kind = DATELINE_MENTION_NAME,
                                 .entity = (uint32_t)doc->entities.count };
    dateline_entity entity = { .type = type, .mention_count = 1 };
    if (dln_array_push(&doc->entities, &entity)) dln_array_push(&doc->mentions, &mention);
}

static void write_names(work *w, const piece *of, const dln_reading *readings) {
    uint32_t begin = 0;
    for (uint32_t i = 0; i < of->count; i++) {
        const entity_class *class = &w->tagger->entities[readings[i].entity];
        if (class->place == 'B' || class->place == 'U') begin = i;
        if (class->place == 'L' || class->place == 'U')
            add_name(w->doc, of->first_token + begin, of->first_token + i + 1, class->type);
    }
}

dateline_status dln_tag(const dln_tagger *tagger, dln_arena *scratch, dateline_doc *doc, dateline_error *err) {
    work w = { .tagger = tagger, .doc = doc, .scratch = scratch };
    if (!prepare(&w)) return dln_error_memory(err);
    dateline_status status =
        dln_network_read(tagger->network, scratch, w.words, w.lengths, w.piece_count, w.readings, err);
    if (status != DATELINE_OK) return status;
    dln_lemma_work_init(&w.lemma);
    const dln_reading *readings = w.readings;
    uint32_t root = DATELINE_NO_INDEX;
    for (size_t i = 0; i < w.piece_count; readings += w.pieces[i++].count) {
        if (i == 0 || w.pieces[i].sentence != w.pieces[i - 1].sentence) root = DATELINE_NO_INDEX;
        write_tokens(&w, &w.pieces[i], readings, &root);
        write_names(&w, &w.pieces[i], readings);
    }
    status = dln_lemma_work_status(&w.lemma);
    dln_lemma_work_release(&w.lemma);
    if (status == DATELINE_OK && dln_document_status(doc) == DATELINE_OK) return DATELINE_OK;
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
