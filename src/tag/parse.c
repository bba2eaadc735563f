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

static void add(dln_features *features, uint64_t value) {
    features->hash[features->count] = dln_hash_pair(features->count, value);
    features->count++;
}

static void add2(dln_features *features, uint64_t a, uint64_t b) {
    add(features, dln_hash_pair(a, b));
}

static void add3(dln_features *features, uint64_t a, uint64_t b, uint64_t c) {
    add(features, dln_hash_pair(dln_hash_pair(a, b), c));
}

static void add4(dln_features *features, uint64_t a, uint64_t b, uint64_t c, uint64_t d) {
    add(features, dln_hash_pair(dln_hash_pair(a, b), dln_hash_pair(c, d)));
}

/* What the templates ask of a token. */
typedef struct {
    uint64_t form, tag, both, upos;
    uint64_t left_tag, left2_tag, right_tag, right2_tag, left_rel, right_rel, left_form, right_form;
    uint64_t lefts, rights, relations;
} view;

static view view_of(const dln_parse *parse, uint32_t at) {
    const dln_sentence *sentence = parse->sentence;
    const dln_node *node = &parse->nodes[at];
    const uint8_t *tags = sentence->labels;
    view v = { sentence->words[at].form, tags[at], 0, sentence->upos[at], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
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
    add2(features, a->both, b->both);
    add2(features, a->both, b->form);
    add2(features, a->form, b->both);
    add2(features, a->both, b->tag);
    add2(features, a->tag, b->both);
    add2(features, a->form, b->form);
    add2(features, a->tag, b->tag);
}

static void add_self(dln_features *features, const view *v) {
    add(features, v->form);
    add(features, v->tag);
    add(features, v->both);
}

/* A token with its dependents. */
static void add_family(dln_features *features, const view *v) {
    add2(features, v->tag, v->lefts);
    add2(features, v->tag, v->rights);
    add2(features, v->form, v->lefts);
    add2(features, v->form, v->rights);
    add2(features, v->tag, v->relations);
    add2(features, v->form, v->relations);
    add3(features, v->tag, v->left_tag, v->left_rel);
    add3(features, v->tag, v->right_tag, v->right_rel);
    add3(features, v->tag, v->left_tag, v->left2_tag);
    add3(features, v->tag, v->right_tag, v->right2_tag);
}

void dln_move_features(const dln_parse *parse, dln_features *features) {
    const dln_sentence *sentence = parse->sentence;
    uint32_t nothing = sentence->count + 1, depth = parse->depth, next = parse->next;
    uint32_t at0 = depth > 0 ? parse->stack[depth - 1] : nothing, at1 = depth > 1 ? parse->stack[depth - 2] : nothing;
    uint32_t at2 = depth > 2 ? parse->stack[depth - 3] : nothing;
    view s0 = view_of(parse, at0), s1 = view_of(parse, at1), b0 = view_of(parse, next);
    view b1 = view_of(parse, next + 1 <= sentence->count ? next + 1 : nothing);
    view b2 = view_of(parse, next + 2 <= sentence->count ? next + 2 : nothing);
    uint64_t tag2 = sentence->labels[at2];
    uint64_t gap = distance(at0, next), gap1 = distance(at1, at0);
    uint64_t over = crossed(parse, at0, next), over1 = crossed(parse, at1, at0);
    features->count = 0;
    add_self(features, &s0);
    add_self(features, &s1);
    add_self(features, &b0);
    add_self(features, &b1);
    add(features, b2.tag);
    add(features, b2.form);
    add(features, tag2);
    add_pair(features, &s0, &b0);
    add_pair(features, &s1, &s0);
    add2(features, b0.tag, b1.tag);
    add2(features, b0.both, b1.tag);
    add2(features, b0.tag, b1.both);
    add2(features, s1.tag, b0.tag);
    add2(features, s1.form, b0.form);
    add3(features, b0.tag, b1.tag, b2.tag);
    add3(features, s0.tag, b0.tag, b1.tag);
    add3(features, s0.form, b0.tag, b1.tag);
    add3(features, s0.tag, b0.form, b1.tag);
    add3(features, s0.tag, b0.tag, b1.form);
    add3(features, s1.tag, s0.tag, b0.tag);
    add3(features, s1.form, s0.tag, b0.tag);
    add3(features, s1.tag, s0.form, b0.tag);
    add3(features, s1.tag, s0.tag, b0.form);
    add4(features, s1.tag, s0.tag, b0.tag, b1.tag);
    add4(features, s0.tag, b0.tag, b1.tag, b2.tag);
    add3(features, tag2, s1.tag, s0.tag);
    add4(features, tag2, s1.tag, s0.tag, b0.tag);
    add4(features, s0.tag, s0.left_tag, b0.tag, s0.left_rel);
    add4(features, s0.tag, s0.right_tag, b0.tag, s0.right_rel);
    add4(features, s0.tag, b0.tag, b0.left_tag, b0.left_rel);
    add4(features, s1.tag, s1.right_tag, s0.tag, s1.right_rel);
    add4(features, s1.tag, s1.left_tag, s0.tag, s1.left_rel);
    add4(features, s1.tag, s0.tag, s0.left_tag, s0.left_rel);
    add4(features, s1.tag, s0.tag, s0.right_tag, s0.right_rel);
    add3(features, s1.form, s0.tag, s0.left_form);
    add3(features, s1.tag, s0.tag, s0.left_form);
    add3(features, s1.form, s0.form, s0.left_form);
    add_family(features, &s0);
    add_family(features, &s1);
    add_family(features, &b0);
    add3(features, s0.tag, s0.relations, b0.tag);
    add3(features, s1.tag, s1.relations, s0.tag);
    add3(features, s0.tag, b0.tag, gap);
    add3(features, s0.form, b0.tag, gap);
    add3(features, s0.tag, b0.form, gap);
    add3(features, s1.tag, s0.tag, gap1);
    add3(features, s1.form, s0.tag, gap1);
    add3(features, s1.tag, s0.form, gap1);
    add3(features, s0.tag, b0.tag, over);
    add3(features, s1.tag, s0.tag, over1);
    add4(features, s1.tag, s0.tag, b0.tag, over1);
    add4(features, s1.upos, s0.upos, b0.upos, b1.upos);
    add4(features, s1.form, s0.upos, b0.upos, b1.upos);
    add4(features, s1.upos, s0.form, b0.upos, b1.upos);
    add4(features, s1.upos, s0.upos, b0.form, b1.upos);
    add4(features, s1.upos, s0.upos, b0.upos, b1.form);
}

/* Forms and tags beside an arc's end. */
static void add_neighbours(dln_features *features, const dln_sentence *sentence, uint32_t at, uint64_t with) {
    uint32_t nothing = sentence->count + 1;
    uint32_t before = at == 0 ? nothing : at - 1, after = at + 1;
    if (at >= sentence->count) before = after = nothing;
    add2(features, sentence->labels[before], with);
    add2(features, sentence->labels[after], with);
    add2(features, sentence->words[before].form, with);
    add2(features, sentence->words[after].form, with);
}

void dln_arc_features(const dln_parse *parse, uint32_t head, uint32_t dependent, dln_features *features) {
    const dln_sentence *sentence = parse->sentence;
    view h = view_of(parse, head), d = view_of(parse, dependent);
    uint64_t side = dependent < head, where = side * 8 + distance(head, dependent);
    uint64_t over = side * 16 + crossed(parse, head, dependent);
    features->count = 0;
    add(features, side);
    add2(features, d.form, side);
    add2(features, d.tag, side);
    add2(features, d.both, side);
    add2(features, h.form, side);
    add2(features, h.tag, side);
    add2(features, h.both, side);
    add_pair(features, &h, &d);
    add3(features, h.tag, d.tag, side);
    add3(features, h.tag, d.form, side);
    add3(features, h.form, d.tag, side);
    add3(features, h.tag, d.tag, where);
    add3(features, h.upos, d.upos, where);
    add3(features, h.tag, d.tag, over);
    add3(features, d.tag, h.relations, side);
    add4(features, d.tag, h.relations, h.tag, side);
    add3(features, d.form, h.relations, side);
    add3(features, d.tag, d.relations, side);
    add4(features, d.tag, d.relations, h.tag, side);
    add3(features, d.form, d.relations, side);
    add3(features, d.relations, h.relations, side);
    add3(features, d.tag, d.left_form, side);
    add3(features, d.form, d.left_form, side);
    add4(features, d.tag, d.left_form, h.form, side);
    add4(features, d.tag, d.left_form, h.tag, side);
    add3(features, d.tag, d.left_rel, d.left_tag);
    add3(features, d.tag, d.right_rel, d.right_tag);
    add4(features, h.tag, d.tag, side ? h.left_rel : h.right_rel, side);
    add4(features, h.tag, d.tag, side ? h.left_tag : h.right_tag, side);
    add3(features, h.form, side ? h.left_rel : h.right_rel, side);
    add2(features, sentence->words[dependent].suffix[2], side);
    add3(features, sentence->words[dependent].suffix[2], h.tag, side);
    add3(features, sentence->words[head].suffix[2], d.tag, side);
    add_neighbours(features, sentence, dependent, dln_hash_pair(d.tag, side));
    add_neighbours(features, sentence, head, dln_hash_pair(d.tag, side));
    add3(features, h.lefts, h.rights, d.tag);
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
    dln_weights_score(&model->labeller, features.hash, features.count, scores);
    for (uint32_t i = 2; i < model->deprel_count; i++)
        if (scores[i] > scores[best]) best = i;
    return (uint8_t)best;
}

void dln_parse_run(dln_parse *parse, const dln_model *model) {
    while (!dln_parse_done(parse)) {
        dln_features features;
        int32_t scores[DLN_MOVE_COUNT] = { 0 };
        dln_move_features(parse, &features);
        dln_weights_score(&model->mover, features.hash, features.count, scores);
        dln_move best = DLN_MOVE_COUNT;
        for (dln_move move = DLN_MOVE_SHIFT; move < DLN_MOVE_COUNT; move++)
            if (dln_parse_allows(parse, move) && (best == DLN_MOVE_COUNT || scores[move] > scores[best])) best = move;
        dln_parse_apply(parse, best, best == DLN_MOVE_SHIFT ? 0 : relation_of(parse, model, best));
    }
}
