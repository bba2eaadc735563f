/* SPDX-License-Identifier: Apache-2.0
 * train.c: reads the corpora, learns the classifiers in turn, writes the model: train DATA NEWS CLUSTERS MODEL
 *
 * DATA holds ud/ and ner/; which files, and why those alone, stands in models/README.md. */
#include "train.h"

#include <stdio.h>
#include <stdlib.h>

enum { FOLDS = 5, NEWS_TIMES = 5 };

/* Passes over the data. */
enum { FOLD_PASSES = 2, TAG_PASSES = 7, TREE_PASSES = 8, NAME_PASSES = 8 };

/* Bytes for tagger, mover, labeller, namer. */
static const size_t BUDGETS[] = { 2300000, 5200000, 2500000, 1500000 };

static char *path_of(const char *folder, const char *name) {
    dln_buf path;
    dln_buf_init(&path);
    dln_buf_add_format(&path, "%s/%s", folder, name);
    return need(dln_buf_detach(&path));
}

static uint32_t *order_of(const corpus *c) {
    uint32_t *order = need(dln_alloc(c->samples.count + 1, sizeof *order));
    for (size_t i = 0; i < c->samples.count; i++) order[i] = (uint32_t)i;
    return order;
}

static uint32_t best_of(const perceptron *p, const dln_features *features) {
    int32_t scores[DLN_MAX_CLASSES] = { 0 };
    uint32_t best = 0;
    perceptron_score(p, features, scores);
    for (uint32_t i = 1; i < p->class_count; i++)
        if (scores[i] > scores[best]) best = i;
    return best;
}

static dateline_upos upos_of(dateline_str label) {
    dateline_str name = dln_str_part(&label, ' ');
    for (int i = DATELINE_UPOS_ADJ; i <= DATELINE_UPOS_X; i++)
        if (dln_str_is(name, dateline_upos_name((dateline_upos)i))) return (dateline_upos)i;
    return DATELINE_UPOS_NONE;
}

/* ---------------------------------------------------------------- tagger */

static int32_t number_or_none(const number_map *map, uint64_t key) {
    const uint32_t *number = number_map_get(map, key);
    return number == NULL ? -1 : (int32_t)*number;
}

static void know_words(const corpus *c, const number_map *dictionary, const number_map *clusters) {
    for (size_t i = 0; i < c->samples.count; i++) {
        sample *s = corpus_sample(c, i);
        for (uint32_t k = 0; k < s->work.count; k++) {
            uint64_t form = s->work.words[k].form;
            dln_word_know(&s->work.words[k], number_or_none(dictionary, form), number_or_none(clusters, form));
        }
    }
}

static void learn_tags(perceptron *p, const corpus *c, uint32_t epochs, uint32_t folds, uint32_t fold) {
    uint32_t *order = order_of(c);
    uint64_t seed = 20011;
    for (uint32_t epoch = 0; epoch < epochs; epoch++) {
        size_t right = 0, all = 0;
        shuffle(order, c->samples.count, &seed);
        for (size_t i = 0; i < c->samples.count; i++) {
            sample *s = corpus_sample(c, order[i]);
            if (s->origin % folds == fold) continue;
            for (uint32_t k = 0; k < s->work.count; k++) {
                dln_features features;
                dln_tag_features(&s->work, k, &features);
                uint32_t guess = best_of(p, &features);
                perceptron_learn(p, &features, s->gold[k], guess);
                s->work.labels[k] = (uint8_t)guess;
                right += guess == s->gold[k];
                all++;
            }
        }
        fprintf(stderr, "  tags, pass %u: %.4f of training\n", epoch + 1, (double)right / (double)all);
    }
    dln_free(order);
}

/* Averages in place: afterwards `weight` is in 1/256 of an update. */
static void settle(perceptron *p) {
    for (uint32_t i = 0; i < p->rows.count; i++) {
        row *r = (row *)p->rows.items + i;
        for (uint16_t k = 0; k < r->count; k++) r->cells[k].weight = perceptron_average(p, &r->cells[k]);
    }
}

static void predict_tags(const perceptron *p, corpus *c, uint32_t folds, uint32_t fold) {
    size_t right = 0, all = 0;
    for (size_t i = 0; i < c->samples.count; i++) {
        sample *s = corpus_sample(c, i);
        if (fold != UINT32_MAX && s->origin % folds != fold) continue;
        for (uint32_t k = 0; k < s->work.count; k++) {
            dln_features features;
            dln_tag_features(&s->work, k, &features);
            uint32_t label = best_of(p, &features);
            s->work.labels[k] = (uint8_t)label;
            s->work.upos[k] = (uint8_t)upos_of(text_at(&c->labels, label));
            right += label == s->gold[k];
            all++;
        }
    }
    fprintf(stderr, "  tags of what was not read: %.4f\n", (double)right / (double)all);
}

/* Tags for the parser to learn from: each fifth of the corpus by a tagger that has not seen it. */
static void jackknife(corpus *c, const number_map *clusters) {
    uint8_t **kept = need(dln_alloc(c->samples.count, sizeof *kept));
    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        perceptron p;
        number_map dictionary;
        number_map_init(&dictionary);
        count_dictionary(&dictionary, c, FOLDS, fold);
        know_words(c, &dictionary, clusters);
        perceptron_init(&p, (uint32_t)c->labels.map.entries.count);
        learn_tags(&p, c, FOLD_PASSES, FOLDS, fold);
        settle(&p);
        predict_tags(&p, c, FOLDS, fold);
        for (size_t i = fold; i < c->samples.count; i += FOLDS)
            kept[i] =
                need(dln_arena_copy(&c->arena, corpus_sample(c, i)->work.labels, corpus_sample(c, i)->work.count));
        perceptron_release(&p);
        number_map_release(&dictionary);
    }
    for (size_t i = 0; i < c->samples.count; i++) {
        sample *s = corpus_sample(c, i);
        memcpy(s->work.labels, kept[i], s->work.count);
        for (uint32_t k = 0; k < s->work.count; k++)
            s->work.upos[k] = (uint8_t)upos_of(text_at(&c->labels, kept[i][k]));
    }
    dln_free(kept);
}

/* ---------------------------------------------------------------- parser */

static bool is_projective(const sample *s, uint32_t dependent) {
    uint32_t head = s->heads[dependent], low = head < dependent ? head : dependent;
    uint32_t high = head < dependent ? dependent : head;
    for (uint32_t i = low + 1; i < high; i++)
        if (s->heads[i] < low || s->heads[i] > high) return false;
    return true;
}

/* Hangs crossing arcs on the head's head, shortest first, until none crosses. */
static void projectivise(sample *s) {
    for (;;) {
        uint32_t pick = UINT32_MAX, length = UINT32_MAX;
        for (uint32_t i = 0; i < s->work.count; i++) {
            uint32_t head = s->heads[i], span = head < i ? i - head : head - i;
            if (head == s->work.count || span >= length || is_projective(s, i)) continue;
            pick = i;
            length = span;
        }
        if (pick == UINT32_MAX) return;
        s->heads[pick] = s->heads[s->heads[pick]];
    }
}

/* Gold arcs that a move would put out of reach (Goldberg and Nivre 2013, arc-hybrid). */
static uint32_t cost_of(const dln_parse *parse, const sample *s, dln_move move) {
    uint32_t cost = 0, next = parse->next, depth = parse->depth;
    if (move == DLN_MOVE_SHIFT) {
        for (uint32_t i = 0; i < depth; i++) {
            cost += s->heads[parse->stack[i]] == next;
            cost += i + 1 < depth && s->heads[next] == parse->stack[i];
        }
        return cost;
    }
    uint32_t top = parse->stack[depth - 1], head = s->heads[top];
    for (uint32_t i = next; i < s->work.count; i++) cost += s->heads[i] == top;
    if (move == DLN_MOVE_LEFT) return cost + (head > next) + (depth > 1 && head == parse->stack[depth - 2]);
    return cost + (head >= next);
}

static uint8_t learn_relation(perceptron *p, const dln_parse *parse, const sample *s, dln_move move) {
    uint32_t head, dependent, best = 1;
    dln_parse_arc(parse, move, &head, &dependent);
    if (head == s->work.count) return 0;
    dln_features features;
    int32_t scores[DLN_MAX_CLASSES] = { 0 };
    dln_arc_features(parse, head, dependent, &features);
    perceptron_score(p, &features, scores);
    for (uint32_t i = 2; i < p->class_count; i++)
        if (scores[i] > scores[best]) best = i;
    if (s->heads[dependent] == head && s->rels[dependent] != 0)
        perceptron_learn(p, &features, s->rels[dependent], best);
    return (uint8_t)best;
}

/* One step: learns, and says what to do: after the first pass mostly its own choice, right or wrong. */
static dln_move learn_move(perceptron *p, const dln_parse *parse, const sample *s, bool explore) {
    dln_features features;
    int32_t scores[DLN_MOVE_COUNT] = { 0 };
    dln_move best = DLN_MOVE_COUNT, gold = DLN_MOVE_COUNT;
    uint32_t least = UINT32_MAX, costs[DLN_MOVE_COUNT] = { 0 };
    dln_move_features(parse, &features);
    perceptron_score(p, &features, scores);
    for (dln_move move = DLN_MOVE_SHIFT; move < DLN_MOVE_COUNT; move++) {
        if (!dln_parse_allows(parse, move)) continue;
        costs[move] = cost_of(parse, s, move);
        if (costs[move] < least) least = costs[move];
        if (best == DLN_MOVE_COUNT || scores[move] > scores[best]) best = move;
    }
    for (dln_move move = DLN_MOVE_SHIFT; move < DLN_MOVE_COUNT; move++) {
        if (!dln_parse_allows(parse, move) || costs[move] > least) continue;
        if (gold == DLN_MOVE_COUNT || scores[move] > scores[gold]) gold = move;
    }
    perceptron_learn(p, &features, gold, costs[best] > least ? best : gold);
    return explore ? best : gold;
}

static void parse_init(dln_parse *parse, const corpus *c) {
    size_t places = 2;
    for (size_t i = 0; i < c->samples.count; i++)
        if (corpus_sample(c, i)->work.count + 2 > places) places = corpus_sample(c, i)->work.count + 2;
    parse->nodes = need(dln_alloc(places, sizeof *parse->nodes));
    parse->stack = need(dln_alloc(places, sizeof *parse->stack));
    parse->heads = need(dln_alloc(places, sizeof *parse->heads));
    parse->between = need(dln_alloc(places, sizeof *parse->between));
    parse->rels = need(dln_alloc(places, sizeof *parse->rels));
}

static void learn_trees(perceptron *mover, perceptron *labeller, const corpus *c, uint32_t epochs) {
    uint32_t *order = order_of(c);
    uint64_t seed = 30011;
    dln_parse parse;
    parse_init(&parse, c);
    for (size_t i = 0; i < c->samples.count; i++) projectivise(corpus_sample(c, i));
    for (uint32_t epoch = 0; epoch < epochs; epoch++) {
        size_t heads = 0, both = 0, all = 0;
        shuffle(order, c->samples.count, &seed);
        for (size_t i = 0; i < c->samples.count; i++) {
            const sample *s = corpus_sample(c, order[i]);
            if (s->copy) continue;
            dln_parse_begin(&parse, &s->work);
            while (!dln_parse_done(&parse)) {
                bool explore = epoch > 0 && draw(&seed) % 10 != 0;
                dln_move move = learn_move(mover, &parse, s, explore);
                dln_parse_apply(&parse, move, move == DLN_MOVE_SHIFT ? 0 : learn_relation(labeller, &parse, s, move));
            }
            for (uint32_t k = 0; k < s->work.count; k++) {
                heads += parse.heads[k] == s->heads[k];
                both += parse.heads[k] == s->heads[k] && parse.rels[k] == s->rels[k];
            }
            all += s->work.count;
        }
        fprintf(stderr, "  trees, pass %u: heads %.4f, with relations %.4f\n", epoch + 1, (double)heads / (double)all,
                (double)both / (double)all);
    }
    void *lists[] = { order, parse.nodes, parse.stack, parse.heads, parse.between, parse.rels };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) dln_free(lists[i]);
}

/* ---------------------------------------------------------------- names */

static void learn_names(perceptron *p, const corpus *c, uint32_t epochs) {
    uint32_t *order = order_of(c);
    uint64_t seed = 40009;
    for (uint32_t epoch = 0; epoch < epochs; epoch++) {
        size_t right = 0, all = 0;
        shuffle(order, c->samples.count, &seed);
        for (size_t i = 0; i < c->samples.count; i++) {
            sample *s = corpus_sample(c, order[i]);
            for (uint32_t k = 0; k < s->work.count; k++) {
                dln_features features;
                dln_name_features(&s->work, k, &features);
                uint32_t guess = best_of(p, &features);
                perceptron_learn(p, &features, s->gold_names[k], guess);
                s->work.names[k] = dln_name_mend(k == 0 ? 0 : s->work.names[k - 1], guess);
                right += guess == s->gold_names[k];
                all++;
            }
        }
        fprintf(stderr, "  names, pass %u: %.4f of training\n", epoch + 1, (double)right / (double)all);
    }
    dln_free(order);
}

/* Some sets mark whole phrases and pronouns: a name begins behind its article and has a proper noun or adjective. */
static void trim_names(const corpus *c) {
    for (size_t i = 0; i < c->samples.count; i++) {
        sample *s = corpus_sample(c, i);
        uint8_t *names = s->gold_names;
        for (uint32_t k = 0, end; k < s->work.count; k = end) {
            for (end = k + 1; end < s->work.count && names[k] != 0 && dln_name_goes_on(names[end]);) end++;
            if (names[k] == 0) continue;
            bool proper = false;
            for (uint32_t j = k; j < end; j++)
                proper = proper || s->work.upos[j] == DATELINE_UPOS_PROPN || s->work.upos[j] == DATELINE_UPOS_ADJ;
            bool article = s->work.upos[k] == DATELINE_UPOS_DET && end > k + 1;
            if (article) names[k + 1] = names[k];
            if (article) names[k] = 0;
            for (uint32_t j = k; !proper && j < end; j++) names[j] = 0;
        }
    }
}

static void read_names(corpus *c, const char *data) {
    static const char *const files[] = { "ner/gum_names_free_train.bio", "ner/wikigold_dev.bio", "ner/wnut17_train.bio",
                                         "ner/btc_dev.bio", "ner/re3d_dev.bio" };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *path = path_of(data, files[i]);
        corpus_read_bio(c, path);
        dln_free(path);
    }
}

/* ---------------------------------------------------------------- the whole */

/* The few sentences in the manner of the news count several times. */
static void read_trees(corpus *c, const char *data, const char *news) {
    char *ewt = path_of(data, "ud/en_ewt-ud-train.conllu"), *gum = path_of(data, "ud/en_gum-ud-train.conllu");
    char *list = path_of(data, "ud/gum_free_docs.txt");
    corpus_read_conllu(c, ewt, NULL);
    corpus_read_conllu(c, gum, list);
    for (int i = 0; i < NEWS_TIMES; i++) corpus_read_conllu(c, news, NULL);
    dln_free(ewt);
    dln_free(gum);
    dln_free(list);
}

/* Lines of `hash number`, from the program `clusters`. */
static void read_clusters(number_map *map, const char *path) {
    dln_arena arena;
    dln_arena_init(&arena);
    const char *at = read_whole(&arena, path).ptr;
    while (*at != 0) {
        char *end;
        bool is_new;
        uint64_t hash = strtoull(at, &end, 16);
        *number_map_put(map, hash, &is_new) = (uint32_t)strtoul(end, &end, 10);
        at = *end == '\n' ? end + 1 : end;
        if (*end != '\n') fail(path, "expected lines of hash and number");
    }
    dln_arena_release(&arena);
}

static void write_lists(dln_buf *body, const corpus *c, const dln_array *scripts) {
    uint32_t count = (uint32_t)c->labels.map.entries.count;
    dln_buf_add_u32(body, count);
    for (uint32_t i = 0; i < count; i++) {
        dateline_str xpos = text_at(&c->labels, i);
        dln_buf_add_char(body, (char)upos_of(xpos));
        dln_str_part(&xpos, ' ');
        write_text(body, xpos);
    }
    const text_list *lists[] = { &c->deprels, &c->feats };
    for (size_t k = 0; k < 2; k++) {
        count = (uint32_t)lists[k]->map.entries.count;
        dln_buf_add_u32(body, count);
        for (uint32_t i = 0; i < count; i++) write_text(body, text_at(lists[k], i));
    }
    dln_buf_add_u32(body, (uint32_t)scripts->count);
    for (size_t i = 0; i < scripts->count; i++) {
        const dln_script *script = (const dln_script *)scripts->items + i;
        dln_buf_add_char(body, (char)script->letters);
        dln_buf_add_char(body, (char)script->cut);
        write_text(body, script->add);
    }
}

int main(int argc, char **argv) {
    if (argc != 5) fail("usage", "train DATA NEWS CLUSTERS MODEL");
    corpus trees, names;
    perceptron tagger, mover, labeller, namer;
    number_map dictionary, clusters, feats, lemmas;
    dln_array scripts;
    dln_buf body;
    corpus_init(&trees);
    corpus_init(&names);
    number_map_init(&dictionary);
    number_map_init(&clusters);
    number_map_init(&feats);
    number_map_init(&lemmas);
    dln_array_init(&scripts, sizeof(dln_script));
    dln_buf_init(&body);
    read_trees(&trees, argv[1], argv[2]);
    read_names(&names, argv[1]);
    read_clusters(&clusters, argv[3]);
    corpus_restyle(&trees);
    corpus_restyle(&names);
    fprintf(stderr, "%zu sentences with trees, %zu with names\n", trees.samples.count, names.samples.count);
    uint32_t label_count = (uint32_t)trees.labels.map.entries.count;
    if (label_count > DLN_MAX_CLASSES || trees.deprels.map.entries.count > 64) fail("corpus", "too many labels");

    jackknife(&trees, &clusters);
    perceptron_init(&mover, DLN_MOVE_COUNT);
    perceptron_init(&labeller, (uint32_t)trees.deprels.map.entries.count);
    learn_trees(&mover, &labeller, &trees, TREE_PASSES);

    count_dictionary(&dictionary, &trees, 1, UINT32_MAX);
    know_words(&trees, &dictionary, &clusters);
    know_words(&names, &dictionary, &clusters);
    perceptron_init(&tagger, label_count);
    learn_tags(&tagger, &trees, TAG_PASSES, 1, UINT32_MAX);
    count_feats(&feats, &trees);
    count_lemmas(&lemmas, &scripts, &trees);

    write_lists(&body, &trees, &scripts);
    write_perceptron(&body, &tagger, BUDGETS[0]);
    write_perceptron(&body, &mover, BUDGETS[1]);
    write_perceptron(&body, &labeller, BUDGETS[2]);
    settle(&tagger);
    names.labels = trees.labels;
    predict_tags(&tagger, &names, 1, UINT32_MAX);
    trim_names(&names);
    perceptron_init(&namer, DLN_NAME_CLASSES);
    learn_names(&namer, &names, NAME_PASSES);
    write_perceptron(&body, &namer, BUDGETS[3]);
    write_table(&body, &dictionary);
    write_table(&body, &clusters);
    write_table(&body, &lemmas);
    write_table(&body, &feats);
    write_model(argv[4], &body);
    return 0;
}
