/* SPDX-License-Identifier: Apache-2.0
 * parse.c: the parser: moves, features of its state, and the greedy run. Linear in the sentence's length. */
#include "tag/tag_internal.h"

/* Counts of commas and verbs pack into one word; longer sentences wrap, which does a feature no harm. */
enum { COMMA = 1, VERB = 1 << 16 };

void dln_parse_begin(dln_parse *parse, const dln_sentence *sentence) {
    uint32_t count = sentence->count, nothing = count + 1, seen = 0;
    parse->sentence = sentence;
    parse->depth = parse->next = 0;
    for (uint32_t i = 0; i < count + 2; i++) {
        parse->nodes[i] = (dln_node){ { nothing, nothing }, { nothing, nothing }, 0, 0, 0 };
        parse->heads[i] = nothing;
        parse->rels[i] = 0;
        parse->between[i] = seen;
        seen += sentence->upos[i] == DATELINE_UPOS_PUNCT ? COMMA : 0;
        seen += sentence->upos[i] == DATELINE_UPOS_VERB || sentence->upos[i] == DATELINE_UPOS_AUX ? VERB : 0;
    }
}

bool dln_parse_allows(const dln_parse *parse, dln_move move) {
    bool at_root = parse->next == parse->sentence->count;
    switch (move) {
    case DLN_MOVE_SHIFT: return !at_root;
    case DLN_MOVE_LEFT: return parse->depth >= 1 && (!at_root || parse->depth == 1);
    case DLN_MOVE_RIGHT: return parse->depth >= 2;
    case DLN_MOVE_COUNT: break;
    }
    return false;
}

void dln_parse_arc(const dln_parse *parse, dln_move move, uint32_t *head, uint32_t *dependent) {
    *dependent = parse->stack[parse->depth - 1];
    *head = move == DLN_MOVE_LEFT ? parse->next : parse->stack[parse->depth - 2];
}

/* Dependents of a head come from the inside out, so the newest one is the outermost. */
static void attach(dln_parse *parse, uint32_t head, uint32_t dependent, uint8_t relation) {
    dln_node *node = &parse->nodes[head];
    bool left = dependent < head;
    uint32_t *outer = left ? node->left : node->right;
    outer[1] = outer[0];
    outer[0] = dependent;
    *(left ? &node->left_count : &node->right_count) += 1;
    node->relations |= (uint64_t)1 << (relation % 64);
    parse->heads[dependent] = head;
    parse->rels[dependent] = relation;
}

void dln_parse_apply(dln_parse *parse, dln_move move, uint8_t relation) {
    if (move == DLN_MOVE_SHIFT) {
        parse->stack[parse->depth++] = parse->next++;
        return;
    }
    uint32_t head, dependent;
    dln_parse_arc(parse, move, &head, &dependent);
    attach(parse, head, dependent, relation);
    parse->depth--;
}

/* ---------------------------------------------------------------- features */

/* What the templates ask of a token. */
typedef struct {
    uint64_t form, tag, both, upos, cluster, family;
    uint64_t left_tag, left2_tag, right_tag, right2_tag, left_rel, right_rel, left_form, right_form;
    uint64_t lefts, rights, relations;
} view;

static view view_of(const dln_parse *parse, uint32_t at) {
    const dln_sentence *sentence = parse->sentence;
    const dln_node *node = &parse->nodes[at];
    const uint8_t *tags = sentence->labels;
    view v = { sentence->words[at].form,
               tags[at],
               0,
               sentence->upos[at],
               sentence->words[at].cluster,
               sentence->words[at].family,
               0,
               0,
               0,
               0,
               0,
               0,
               0,
               0,
               0,
               0,
               0 };
    v.both = dln_hash_pair(v.form, v.tag);
    v.left_tag = tags[node->left[0]];
    v.left2_tag = tags[node->left[1]];
    v.right_tag = tags[node->right[0]];
    v.right2_tag = tags[node->right[1]];
    v.left_rel = parse->rels[node->left[0]];
    v.right_rel = parse->rels[node->right[0]];
    v.left_form = sentence->words[node->left[0]].form;
    v.right_form = sentence->words[node->right[0]].form;
    v.lefts = node->left_count < 4 ? node->left_count : 4;
    v.rights = node->right_count < 4 ? node->right_count : 4;
    v.relations = node->relations;
    return v;
}

static uint64_t distance(uint32_t a, uint32_t b) {
    uint32_t gap = a < b ? b - a : a - b;
    return gap <= 5 ? gap : gap <= 10 ? 6 : 7;
}

/* Commas and verbs between two tokens, few or many. */
static uint64_t crossed(const dln_parse *parse, uint32_t a, uint32_t b) {
    uint32_t low = a < b ? a : b, high = a < b ? b : a;
    uint32_t sum = parse->between[high] - parse->between[low];
    uint32_t commas = sum & 0xFFFF, verbs = sum >> 16;
    return (commas < 3 ? commas : 3) * 4 + (verbs < 3 ? verbs : 3);
}

/* Two tokens in every mix of form and tag. */
static void add_pair(dln_features *features, const view *a, const view *b) {
    dln_feature2(features, a->both, b->both);
    dln_feature2(features, a->both, b->form);
    dln_feature2(features, a->form, b->both);
    dln_feature2(features, a->both, b->tag);
    dln_feature2(features, a->tag, b->both);
    dln_feature2(features, a->form, b->form);
    dln_feature2(features, a->tag, b->tag);
}

static void add_self(dln_features *features, const view *v) {
    dln_feature(features, v->form);
    dln_feature(features, v->tag);
    dln_feature(features, v->both);
}

/* Two tokens by the company they keep. */
static void add_clusters(dln_features *features, const view *a, const view *b) {
    dln_feature2(features, a->cluster, b->cluster);
    dln_feature2(features, a->family, b->family);
    dln_feature2(features, a->form, b->cluster);
    dln_feature2(features, a->cluster, b->form);
    dln_feature3(features, a->cluster, a->tag, b->tag);
    dln_feature3(features, a->tag, b->cluster, b->tag);
    dln_feature4(features, a->family, a->tag, b->family, b->tag);
}

/* A token with its dependents. */
static void add_family(dln_features *features, const view *v) {
    dln_feature2(features, v->tag, v->lefts);
    dln_feature2(features, v->tag, v->rights);
    dln_feature2(features, v->form, v->lefts);
    dln_feature2(features, v->form, v->rights);
    dln_feature2(features, v->tag, v->relations);
    dln_feature2(features, v->form, v->relations);
    dln_feature3(features, v->tag, v->left_tag, v->left_rel);
    dln_feature3(features, v->tag, v->right_tag, v->right_rel);
    dln_feature3(features, v->tag, v->left_tag, v->left2_tag);
    dln_feature3(features, v->tag, v->right_tag, v->right2_tag);
}

/* The places that decide a move: three on the stack, the next three tokens, and how far apart they are. */
typedef struct {
    view s0, s1, b0, b1, b2;
    uint64_t tag2, gap, gap1, over, over1;
} views;

static void read_places(const dln_parse *parse, views *v) {
    const dln_sentence *sentence = parse->sentence;
    uint32_t nothing = sentence->count + 1, depth = parse->depth, next = parse->next;
    uint32_t at0 = depth > 0 ? parse->stack[depth - 1] : nothing, at1 = depth > 1 ? parse->stack[depth - 2] : nothing;
    v->s0 = view_of(parse, at0);
    v->s1 = view_of(parse, at1);
    v->b0 = view_of(parse, next);
    v->b1 = view_of(parse, next + 1 <= sentence->count ? next + 1 : nothing);
    v->b2 = view_of(parse, next + 2 <= sentence->count ? next + 2 : nothing);
    v->tag2 = sentence->labels[depth > 2 ? parse->stack[depth - 3] : nothing];
    v->gap = distance(at0, next);
    v->gap1 = distance(at1, at0);
    v->over = crossed(parse, at0, next);
    v->over1 = crossed(parse, at1, at0);
}

/* Each place, and the pairs that an arc would join. */
static void add_places(dln_features *features, const views *v) {
    add_self(features, &v->s0);
    add_self(features, &v->s1);
    add_self(features, &v->b0);
    add_self(features, &v->b1);
    dln_feature(features, v->b2.tag);
    dln_feature(features, v->b2.form);
    dln_feature(features, v->tag2);
    add_pair(features, &v->s0, &v->b0);
    add_pair(features, &v->s1, &v->s0);
}

/* Tags and forms in a row. */
static void add_sequences(dln_features *features, const views *v) {
    dln_feature2(features, v->b0.tag, v->b1.tag);
    dln_feature2(features, v->b0.both, v->b1.tag);
    dln_feature2(features, v->b0.tag, v->b1.both);
    dln_feature2(features, v->s1.tag, v->b0.tag);
    dln_feature2(features, v->s1.form, v->b0.form);
    dln_feature3(features, v->b0.tag, v->b1.tag, v->b2.tag);
    dln_feature3(features, v->s0.tag, v->b0.tag, v->b1.tag);
    dln_feature3(features, v->s0.form, v->b0.tag, v->b1.tag);
    dln_feature3(features, v->s0.tag, v->b0.form, v->b1.tag);
    dln_feature3(features, v->s0.tag, v->b0.tag, v->b1.form);
    dln_feature3(features, v->s1.tag, v->s0.tag, v->b0.tag);
    dln_feature3(features, v->s1.form, v->s0.tag, v->b0.tag);
    dln_feature3(features, v->s1.tag, v->s0.form, v->b0.tag);
    dln_feature3(features, v->s1.tag, v->s0.tag, v->b0.form);
    dln_feature4(features, v->s1.tag, v->s0.tag, v->b0.tag, v->b1.tag);
    dln_feature4(features, v->s0.tag, v->b0.tag, v->b1.tag, v->b2.tag);
    dln_feature3(features, v->tag2, v->s1.tag, v->s0.tag);
    dln_feature4(features, v->tag2, v->s1.tag, v->s0.tag, v->b0.tag);
}

/* What hangs on the places already. */
static void add_families(dln_features *features, const views *v) {
    dln_feature4(features, v->s0.tag, v->s0.left_tag, v->b0.tag, v->s0.left_rel);
    dln_feature4(features, v->s0.tag, v->s0.right_tag, v->b0.tag, v->s0.right_rel);
    dln_feature4(features, v->s0.tag, v->b0.tag, v->b0.left_tag, v->b0.left_rel);
    dln_feature4(features, v->s1.tag, v->s1.right_tag, v->s0.tag, v->s1.right_rel);
    dln_feature4(features, v->s1.tag, v->s1.left_tag, v->s0.tag, v->s1.left_rel);
    dln_feature4(features, v->s1.tag, v->s0.tag, v->s0.left_tag, v->s0.left_rel);
    dln_feature4(features, v->s1.tag, v->s0.tag, v->s0.right_tag, v->s0.right_rel);
    dln_feature3(features, v->s1.form, v->s0.tag, v->s0.left_form);
    dln_feature3(features, v->s1.tag, v->s0.tag, v->s0.left_form);
    dln_feature3(features, v->s1.form, v->s0.form, v->s0.left_form);
    add_family(features, &v->s0);
    add_family(features, &v->s1);
    add_family(features, &v->b0);
    dln_feature3(features, v->s0.tag, v->s0.relations, v->b0.tag);
    dln_feature3(features, v->s1.tag, v->s1.relations, v->s0.tag);
}

/* How far apart the places are, what stands between, and what kinds of words they are. */
static void add_gaps(dln_features *features, const views *v) {
    dln_feature3(features, v->s0.tag, v->b0.tag, v->gap);
    dln_feature3(features, v->s0.form, v->b0.tag, v->gap);
    dln_feature3(features, v->s0.tag, v->b0.form, v->gap);
    dln_feature3(features, v->s1.tag, v->s0.tag, v->gap1);
    dln_feature3(features, v->s1.form, v->s0.tag, v->gap1);
    dln_feature3(features, v->s1.tag, v->s0.form, v->gap1);
    dln_feature3(features, v->s0.tag, v->b0.tag, v->over);
    dln_feature3(features, v->s1.tag, v->s0.tag, v->over1);
    dln_feature4(features, v->s1.tag, v->s0.tag, v->b0.tag, v->over1);
    dln_feature4(features, v->s1.upos, v->s0.upos, v->b0.upos, v->b1.upos);
    dln_feature4(features, v->s1.form, v->s0.upos, v->b0.upos, v->b1.upos);
    dln_feature4(features, v->s1.upos, v->s0.form, v->b0.upos, v->b1.upos);
    dln_feature4(features, v->s1.upos, v->s0.upos, v->b0.form, v->b1.upos);
    dln_feature4(features, v->s1.upos, v->s0.upos, v->b0.upos, v->b1.form);
}

/* Clusters. */
static void add_company(dln_features *features, const views *v) {
    add_clusters(features, &v->s0, &v->b0);
    add_clusters(features, &v->s1, &v->s0);
    dln_feature3(features, v->s1.family, v->s0.family, v->b0.family);
    dln_feature4(features, v->s1.family, v->s0.family, v->b0.family, v->b1.family);
    dln_feature4(features, v->s1.tag, v->s1.cluster, v->s0.tag, v->b0.tag);
    dln_feature4(features, v->s1.tag, v->s0.tag, v->s0.cluster, v->b0.tag);
    dln_feature4(features, v->s1.tag, v->s0.tag, v->b0.tag, v->b0.cluster);
}

void dln_move_features(const dln_parse *parse, dln_features *features) {
    views v;
    read_places(parse, &v);
    features->count = 0;
    add_places(features, &v);
    add_sequences(features, &v);
    add_families(features, &v);
    add_gaps(features, &v);
    add_company(features, &v);
}

/* Forms and tags beside an arc's end. */
static void add_neighbours(dln_features *features, const dln_sentence *sentence, uint32_t at, uint64_t with) {
    uint32_t nothing = sentence->count + 1;
    uint32_t before = at == 0 ? nothing : at - 1, after = at + 1;
    if (at >= sentence->count) before = after = nothing;
    dln_feature2(features, sentence->labels[before], with);
    dln_feature2(features, sentence->labels[after], with);
    dln_feature2(features, sentence->words[before].form, with);
    dln_feature2(features, sentence->words[after].form, with);
}

/* What hangs on both ends of an arc. */
static void add_ties(dln_features *features, const view *h, const view *d, uint64_t side) {
    dln_feature3(features, d->tag, h->relations, side);
    dln_feature4(features, d->tag, h->relations, h->tag, side);
    dln_feature3(features, d->form, h->relations, side);
    dln_feature3(features, d->tag, d->relations, side);
    dln_feature4(features, d->tag, d->relations, h->tag, side);
    dln_feature3(features, d->form, d->relations, side);
    dln_feature3(features, d->relations, h->relations, side);
    dln_feature3(features, d->tag, d->left_form, side);
    dln_feature3(features, d->form, d->left_form, side);
    dln_feature4(features, d->tag, d->left_form, h->form, side);
    dln_feature4(features, d->tag, d->left_form, h->tag, side);
    dln_feature3(features, d->tag, d->left_rel, d->left_tag);
    dln_feature3(features, d->tag, d->right_rel, d->right_tag);
    dln_feature4(features, h->tag, d->tag, side ? h->left_rel : h->right_rel, side);
    dln_feature4(features, h->tag, d->tag, side ? h->left_tag : h->right_tag, side);
    dln_feature3(features, h->form, side ? h->left_rel : h->right_rel, side);
}

void dln_arc_features(const dln_parse *parse, uint32_t head, uint32_t dependent, dln_features *features) {
    const dln_sentence *sentence = parse->sentence;
    view h = view_of(parse, head), d = view_of(parse, dependent);
    uint64_t side = dependent < head, where = side * 8 + distance(head, dependent);
    uint64_t over = side * 16 + crossed(parse, head, dependent);
    features->count = 0;
    dln_feature(features, side);
    dln_feature2(features, d.form, side);
    dln_feature2(features, d.tag, side);
    dln_feature2(features, d.both, side);
    dln_feature2(features, h.form, side);
    dln_feature2(features, h.tag, side);
    dln_feature2(features, h.both, side);
    add_pair(features, &h, &d);
    dln_feature3(features, h.tag, d.tag, side);
    dln_feature3(features, h.tag, d.form, side);
    dln_feature3(features, h.form, d.tag, side);
    dln_feature3(features, h.tag, d.tag, where);
    dln_feature3(features, h.upos, d.upos, where);
    dln_feature3(features, h.tag, d.tag, over);
    add_ties(features, &h, &d, side);
    dln_feature2(features, sentence->words[dependent].suffix[2], side);
    dln_feature3(features, sentence->words[dependent].suffix[2], h.tag, side);
    dln_feature3(features, sentence->words[head].suffix[2], d.tag, side);
    add_neighbours(features, sentence, dependent, dln_hash_pair(d.tag, side));
    add_neighbours(features, sentence, head, dln_hash_pair(d.tag, side));
    dln_feature3(features, h.lefts, h.rights, d.tag);
    dln_feature2(features, d.cluster, side);
    add_clusters(features, &h, &d);
    dln_feature4(features, d.cluster, d.left_form, h.family, side);
    dln_feature4(features, d.family, d.left_form, h.cluster, side);
    dln_feature4(features, d.cluster, h.tag, d.tag, side);
}

/* ---------------------------------------------------------------- the run */

/* The root's only relation is number 0, which no other arc may take. */
static uint8_t relation_of(const dln_parse *parse, const dln_model *model, dln_move move) {
    uint32_t head, dependent, best = 1;
    dln_parse_arc(parse, move, &head, &dependent);
    if (head == parse->sentence->count || model->deprel_count < 2) return 0;
    dln_features features;
    int32_t scores[DLN_MAX_CLASSES] = { 0 };
    dln_arc_features(parse, head, dependent, &features);
    dln_weights_score(&model->labeller, &features, scores);
    for (uint32_t i = 2; i < model->deprel_count; i++)
        if (scores[i] > scores[best]) best = i;
    return (uint8_t)best;
}

void dln_parse_run(dln_parse *parse, const dln_model *model) {
    while (!dln_parse_done(parse)) {
        dln_features features;
        int32_t scores[DLN_MOVE_COUNT] = { 0 };
        dln_move_features(parse, &features);
        dln_weights_score(&model->mover, &features, scores);
        dln_move best = DLN_MOVE_COUNT;
        for (dln_move move = DLN_MOVE_SHIFT; move < DLN_MOVE_COUNT; move++)
            if (dln_parse_allows(parse, move) && (best == DLN_MOVE_COUNT || scores[move] > scores[best])) best = move;
        dln_parse_apply(parse, best, best == DLN_MOVE_SHIFT ? 0 : relation_of(parse, model, best));
    }
}
